"""The drill-down of the report: what was asked, expected, said, dropped and found, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from evals.measures import Judged
from evals.page_frame import both
from evals.page_words import note_text, outcome_name, roles_name, slice_name, status_name

_REASONS = {
    "no_source": ("출처 없음", "no source"),
    "citation": ("출처 없음", "no source"),
    "language": ("다른 언어", "other language"),
    "form": ("문장이 아님", "no sentence"),
    "instruction": ("지시문", "instruction"),
    "number": ("출처에 없는 숫자", "figure not in the source"),
    "name": ("출처에 없는 이름", "name not in the source"),
    "quotation": ("원문과 다른 인용", "quotation that does not stand"),
    "polarity": ("뜻이 뒤집힘", "turned round"),
    "similarity": ("출처와 다른 내용", "not what the source says"),
    "verifier": ("검증 실패", "not verified"),
}


# The rank of a hit after each step of the search: its key in a run, and what the step is called.
_STEPS = (
    ("lexical", "단어", "words"),
    ("dense", "의미", "meaning"),
    ("fused", "합친 순위", "fused"),
    ("second_look", "다시 본 순위", "second look"),
    ("rerank", "재순위", "reranked"),
)


def questions_section(
    run: Mapping[str, Any], judged: Mapping[str, Judged], judged_earlier: Mapping[str, Judged] | None
) -> str:
    """Every question, by kind."""
    kinds: dict[str, list[str]] = {}
    for row in run["comparable"]["questions"]:
        kinds.setdefault(row["expected"]["kind"], []).append(_question(row, judged[row["id"]], judged_earlier))
    parts = []
    for kind, items in kinds.items():
        parts.append(f"<h3>{slice_name(f'kind/{kind}')} ({len(items)})</h3>{''.join(items)}")
    title = both("질문별 자세히 보기", "Question by question")
    paper = both("인쇄물에는 펼친 질문만 나옵니다.", "On paper only the questions that were opened appear.")
    return f'<h2>{title}</h2><p class="quiet paper">{paper}</p>{"".join(parts)}'


def _question(row: Mapping[str, Any], judged: Judged, judged_earlier: Mapping[str, Judged] | None) -> str:
    item, got = row["expected"], row["got"]
    right = bool(judged.scores["right"])
    mark = ""
    if judged_earlier and row["id"] in judged_earlier:
        was = bool(judged_earlier[row["id"]].scores["right"])
        if was != right:
            mark = f" <b class='{'better' if right else 'worse'}'>{both('좋아짐', 'better') if right else both('나빠짐', 'worse')}</b>"
    turns = "".join(
        f"<p class='quiet'>{roles_name(turn['role'])}: {escape(turn['content'])}</p>"
        for turn in item.get("history", ())
    )
    expected = ", ".join(map(status_name, item["expected_status"])) + "".join(
        f" · {escape(' / '.join(fact[:4]))}" for fact in item["must_contain"]
    )
    evidence = "".join(f"<blockquote>{escape(piece)}</blockquote>" for piece in item["evidence"])
    body = [turns, f"<dl><dt>{both('기대', 'Expected')}</dt><dd>{expected}{evidence}</dd>"]
    if got:
        notices = "".join(f"<br>※ {escape(notice['text'])}" for notice in got["notices"])
        quotes = "".join(
            f"<blockquote>[{c['number']}] {escape(c['source'])}, p. {c['page']}: {escape(c['quote'])}</blockquote>"
            for c in got["citations"]
        )
        text = escape(got["text"]).replace("\n", "<br>")
        body.append(f"<dt>{both('결과', 'Got')}</dt><dd>{status_name(got['status'])}: {text}{notices}{quotes}</dd>")
    # Runs of before claims were kept have none.
    dropped = "".join(f"<li>{_reason(one['reason'])} {escape(one['text'])}</li>" for one in row.get("dropped", ()))
    if dropped:
        body.append(f"<dt>{both('버린 문장', 'Dropped')}</dt><dd><ul>{dropped}</ul></dd>")
    notes = "".join(f"<li>{note_text(note)}</li>" for note in judged.notes)
    body.append(f"<dt>{both('판정', 'Judged')}</dt><dd>{outcome_name(judged.outcome)}<ul>{notes}</ul></dd></dl>")
    relevant = set(row["relevant"])
    # Runs of before the second look was kept have none; a cross-encoder takes its place where one is set.
    steps = [step for step in _STEPS if any(step[0] in hit["ranks"] for hit in row["retrieved"])]
    hits = "".join(
        f"<tr><td>{hit['rank']}{' ●' if hit['chunk_id'] in relevant else ''}</td><td>{hit['score']:.3f}</td>"
        f"{_ranks(hit, steps)}"
        f"<td class='t'>{escape(hit['source'])}: {escape(' '.join(hit['text'].split())[:110])}</td></tr>"
        for hit in row["retrieved"][:8]
    )
    if hits:
        head = f"<th>#</th><th>{both('점수', 'score')}</th>"
        head += "".join(f"<th>{both(korean, english)}</th>" for _, korean, english in steps)
        head += f"<th class='t'>{both('문단', 'passage')}</th>"
        body.append(
            f"<div class='scroll' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{hits}</tbody></table></div>"
        )
    head = f"{escape(row['id'])} · {outcome_name(judged.outcome)}{mark} · <span lang='{item['lang']}'>{escape(item['question'])}</span>"
    return f"<details class='{'ok' if right else 'bad'}' id='q-{escape(row['id'])}'><summary>{head}</summary>{''.join(body)}</details>"


def _ranks(hit: Mapping[str, Any], steps: Sequence[tuple[str, str, str]]) -> str:
    return "".join(f"<td>{hit['ranks'].get(step, '')}</td>" for step, _, _ in steps)


def _reason(reason: str) -> str:
    """Why a sentence was dropped, such as ``number: 70``."""
    kind, _, what = reason.partition(": ")
    told = both(*(escape(text) for text in _REASONS.get(kind, (kind, kind))))
    return f"<b>{told}</b>{f' <q>{escape(what)}</q>' if what else ''}:"
