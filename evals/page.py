"""A run as one HTML file: works offline, in both languages without a script, and on paper."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from evals.charts import curves, histogram, intervals
from evals.gate import THRESHOLDS, read_thresholds
from evals.measures import (
    ANSWERS,
    MEASURES,
    Change,
    Judged,
    compare,
    confusion,
    is_answerable,
    latency,
    status_of,
    summary,
)
from evals.report import changed_settings, moved_questions
from evals.scoring import Interval

_MAIN = (
    "right",
    "facts_all",
    "answers",
    "declines",
    "gold_citation",
    "citation_precision",
    "parity",
    "success@1",
    "success@5",
)
_PLOTTED = ("right", "facts_all", "gold_citation", "declines")
_SLICES = {
    "all": ("전체", "All"),
    "lang/ko": ("한국어 질문", "Korean questions"),
    "lang/en": ("영어 질문", "English questions"),
    "direction/ko": ("한국어 → 한국어 문서", "Korean, Korean papers"),
    "direction/en": ("영어 → 영어 문서", "English, English papers"),
    "direction/cross": ("교차 언어", "Across the languages"),
    "follow-up": ("이어지는 질문", "Follow-ups"),
    "kind/adversarial": ("공격성 질문", "Adversarial"),
    "kind/comparison": ("비교", "Comparison"),
    "kind/definition": ("용어", "Definition"),
    "kind/dialogue": ("대화", "Dialogue"),
    "kind/eligibility": ("신청 자격", "Eligibility"),
    "kind/event": ("행사·일정", "Event"),
    "kind/fact": ("사실", "Fact"),
    "kind/false_premise": ("잘못된 전제", "False premise"),
    "kind/financing": ("금융", "Financing"),
    "kind/misspelt": ("오타·혼용", "Misspelt"),
    "kind/parity": ("한영 짝 질문", "Parity pairs"),
    "kind/responsibility": ("담당 기관", "Responsibility"),
    "kind/unanswerable": ("문서에 없음", "Unanswerable"),
}
_STATUSES = {
    "answered": ("답변", "answered"),
    "partial": ("부분 답변", "partial"),
    "no_evidence": ("근거 없음", "no evidence"),
    "out_of_scope": ("범위 밖", "out of scope"),
    "refused": ("거절", "refused"),
    "clarify": ("확인 필요", "clarify"),
    "error": ("오류", "error"),
}
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.6 'Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo',system-ui,sans-serif;color:#1f2933;
  max-width:76rem;margin:0 auto;padding:1rem;word-break:keep-all;overflow-wrap:anywhere}
h1{font-size:1.6rem}
h2{font-size:1.25rem;border-bottom:2px solid #0b6e99;margin-top:2.2rem}
h3{font-size:1.05rem}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{border:1px solid #c9d1d9;padding:.2rem .5rem;text-align:right}
th:first-child,td:first-child,td.t{text-align:left}
thead th{background:#eef3f6}
.scroll{overflow-x:auto}
svg{max-width:100%;height:auto}
.plots{display:flex;flex-wrap:wrap;gap:1rem}
.plots figure{margin:0}
.better{color:#22662a}
.worse{color:#a3260c}
.quiet{color:#52606d}
details{border:1px solid #c9d1d9;border-radius:4px;margin:.25rem 0;padding:.2rem .6rem}
summary{cursor:pointer}
.ok summary::before{content:'○ '}
.bad summary::before{content:'✕ ';color:#a3260c}
blockquote{margin:.3rem 0;padding:.1rem .8rem;border-left:3px solid #c9d1d9}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem}
dt{color:#52606d}
dd{margin:0}
input.l{position:absolute;opacity:0}
label.l{border:1px solid #0b6e99;padding:.15rem .7rem;cursor:pointer}
#l-ko:checked~label[for=l-ko],#l-en:checked~label[for=l-en]{background:#0b6e99;color:#fff}
input.l:focus-visible+input.l,input.l:focus-visible~label{outline:2px solid #b7410e}
#l-ko:checked~main .en,#l-en:checked~main .ko{display:none}
@media print{label.l{display:none}
details:not([open]){display:none}
body{font-size:11px;max-width:none}
h2{break-after:avoid}
figure,tr{break-inside:avoid}
}
"""


def report_page(
    run: Mapping[str, Any],
    judged: Mapping[str, Judged],
    earlier: Mapping[str, Any] | None = None,
    judged_earlier: Mapping[str, Judged] | None = None,
) -> str:
    """The report of a run, with what changed since an earlier one."""
    means = summary(run, judged)
    old = summary(earlier, judged_earlier) if earlier and judged_earlier else None
    parts = [
        _head(run, judged),
        _quality(means, old, run),
        _tables(means),
        _refusal(run),
        _retrieval(means),
        _speed(run),
    ]
    if earlier and judged_earlier:
        parts.insert(1, _changes(run, judged, earlier, judged_earlier))
    parts += [_questions(run, judged, judged_earlier), _settings(run)]
    return "\n".join(
        (
            '<!doctype html><html lang="ko"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Annae 평가 보고서 · evaluation</title>',
            f"<style>{_STYLE}</style></head><body>",
            '<input class="l" type="radio" name="l" id="l-ko" checked><input class="l" type="radio" name="l" id="l-en">',
            '<label class="l" for="l-ko">한국어</label> <label class="l" for="l-en" lang="en">English</label>',
            "<main>",
            *parts,
            "</main></body></html>\n",
        )
    )


def _both(korean: str, english: str) -> str:
    """A sentence in both languages, of which the page shows one; inner text must be escaped already."""
    return f'<span class="ko" lang="ko">{korean}</span><span class="en" lang="en">{english}</span>'


def _measure(name: str) -> str:
    return _both(*(escape(text) for text in MEASURES[name]))


def _slice(name: str) -> str:
    return _both(*(escape(text) for text in _SLICES.get(name, (name, name))))


def _status(name: str) -> str:
    return _both(*_STATUSES.get(name, (name, name)))


def _twice(draw: Any) -> str:
    """A chart drawn once in each language."""
    return f'<div class="ko" lang="ko">{draw(0)}</div><div class="en" lang="en">{draw(1)}</div>'


def _head(run: Mapping[str, Any], judged: Mapping[str, Judged]) -> str:
    about, right = run["about"], sum(j.scores["right"] or 0 for j in judged.values())
    facts = (
        ("질문", "Questions", str(len(judged))),
        ("맞은 질문", "Right", f"{right:.0f} ({right / max(1, len(judged)):.0%})"),
        ("실행 시각", "Made", about["made"]),
        ("실행 식별값", "Digest", run["digest"][:16]),
        ("문서 식별값", "Corpus", run["comparable"]["corpus_digest"][:16]),
        ("임베딩", "Embedder", run["comparable"]["embedder"]),
        ("걸린 시간", "Took", f"{about['seconds']:.0f} s · {about['cores']} cores · Python {about['python']}"),
    )
    rows = "".join(f"<dt>{_both(ko, en)}</dt><dd>{escape(value)}</dd>" for ko, en, value in facts)
    return f"<h1>{_both('안내 평가 보고서', 'Annae: evaluation report')}</h1><dl>{rows}</dl>"


def _quality(
    means: Mapping[str, Mapping[str, Interval]],
    old: Mapping[str, Mapping[str, Interval]] | None,
    run: Mapping[str, Any],
) -> str:
    wanted = (
        read_thresholds(THRESHOLDS)
        if run["comparable"]["chosen"].get("split") == "test" and THRESHOLDS.is_file()
        else {}
    )
    figures = []
    for measure in _PLOTTED:
        names = [name for name, found in means.items() if measure in found]
        if not names:
            continue

        def draw(language: int, measure: str = measure, names: Sequence[str] = tuple(names)) -> str:
            rows = [(_SLICES.get(name, (name, name))[language], means[name][measure]) for name in names]
            before = [old.get(name, {}).get(measure) for name in names] if old else ()
            least = [wanted.get(name, {}).get(measure) for name in names]
            return intervals(MEASURES[measure][language], rows, before, least)

        figures.append(f"<figure><h3>{_measure(measure)}</h3>{_twice(draw)}</figure>")
    legend = _both(
        "점은 평균, 선은 95% 부트스트랩 구간, 괄호는 질문 수입니다. 빈 원은 이전 실행, 붉은 눈금은 통과 기준입니다.",
        "Dots: means. Lines: 95 % bootstrap intervals. In brackets: questions. Hollow: the earlier run. Red tick: the threshold.",
    )
    title = _both("구간별 품질", "Quality by slice")
    return f'<h2>{title}</h2><p class="quiet">{legend}</p><div class="plots">{"".join(figures)}</div>'


def _tables(means: Mapping[str, Mapping[str, Interval]]) -> str:
    head = "".join(f"<th>{_measure(measure)}</th>" for measure in MEASURES)
    rows = []
    for name, found in means.items():
        cells = "".join(
            f"<td>{i.mean:.3f}<br><span class='quiet'>{i.low:.2f}–{i.high:.2f}</span></td>"
            if (i := found.get(m))
            else "<td></td>"
            for m in MEASURES
        )
        rows.append(f"<tr><td>{_slice(name)}</td>{cells}</tr>")
    title = _both("모든 지표", "All measures")
    return f'<h2>{title}</h2><div class="scroll"><table><thead><tr><th></th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _refusal(run: Mapping[str, Any]) -> str:
    found = confusion(run)
    columns = [status for status in _STATUSES if any(status in counts for counts in found.values())]
    head = "".join(f"<th>{_status(status)}</th>" for status in columns)
    rows = "".join(
        f"<tr><td>{_status(expected)}</td>{''.join(f'<td>{counts.get(status, 0)}</td>' for status in columns)}</tr>"
        for expected, counts in found.items()
    )
    bins: dict[int, list[tuple[bool, bool]]] = {}
    for row in run["comparable"]["questions"]:
        if row["retrieved"]:
            place = min(9, math.floor(row["retrieved"][0]["score"] * 10))
            bins.setdefault(place, []).append((status_of(row) in ANSWERS, is_answerable(row)))

    def draw(language: int) -> str:
        points = sorted(bins.items())
        names = (("답변한 비율", "답이 있는 비율"), ("share answered", "share answerable"))[language]
        lines = [
            (name, [((place + 0.5) / 10, sum(pair[part] for pair in pairs) / len(pairs)) for place, pairs in points])
            for part, name in enumerate(names)
        ]
        axis = ("첫 검색 결과의 점수", "score of the first passage")[language]
        return curves(axis, axis, lines)

    note = _both(
        "두 선이 가까울수록 답할지 말지를 잘 정한 것입니다.",
        "The closer the lines, the better the decision to answer.",
    )
    corner = _both("기대 \\ 결과", "expected \\ got")
    return (
        f"<h2>{_both('거절의 정확성', 'Refusal')}</h2><div class='plots'><div><table><thead><tr><th>{corner}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div><figure>{_twice(draw)}<figcaption class='quiet'>{note}</figcaption></figure></div>"
    )


def _retrieval(means: Mapping[str, Mapping[str, Interval]]) -> str:
    names = [name for name in ("direction/ko", "direction/en", "direction/cross") if "success@1" in means.get(name, {})]
    if not names:
        return ""

    def draw(language: int) -> str:
        lines = [
            (_SLICES[name][language], [(float(k), means[name][f"success@{k}"].mean) for k in (1, 5, 10)])
            for name in names
        ]
        return curves(("검색 깊이", "Retrieval depth")[language], "k", lines)

    return f"<h2>{_both('검색 깊이별 성공률', 'Retrieval by depth')}</h2><figure>{_twice(draw)}</figure>"


def _speed(run: Mapping[str, Any]) -> str:
    times = latency(run)
    rows = "".join(
        f"<tr><td>{escape(step)}</td><td>{t['p50']:.1f}</td><td>{t['p95']:.1f}</td><td>{t['max']:.1f}</td></tr>"
        for step, t in times.items()
    )
    values = [spent["total"] * 1000 for spent in run["seconds"].values()]
    total = times.get("total", {"p50": 0.0, "p95": 0.0})

    def draw(language: int) -> str:
        label = ("질문당 걸린 시간 (ms)", "Milliseconds a question")[language]
        return histogram(label, values, label, [("p50", total["p50"]), ("p95", total["p95"])])

    head = f"<th>{_both('단계', 'step')}</th><th>p50 ms</th><th>p95 ms</th><th>{_both('최대', 'max')} ms</th>"
    return (
        f"<h2>{_both('응답 시간', 'Latency')}</h2><div class='plots'><figure>{_twice(draw)}</figure>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _changes(
    run: Mapping[str, Any],
    judged: Mapping[str, Judged],
    earlier: Mapping[str, Any],
    judged_earlier: Mapping[str, Judged],
) -> str:
    rows = []
    for name, measures in compare(earlier, run, judged_earlier, judged).items():
        for measure, change in measures.items():
            if measure in _MAIN and change.difference.mean:
                rows.append(_change_row(name, measure, change))
    moved = moved_questions(run, judged_earlier, judged)
    lists = "".join(
        f"<p class='{kind}'>{_both(ko, en)} ({len(moved[kind])}): "
        + ", ".join(f"<a href='#q-{escape(i)}'>{escape(i)}</a>" for i in moved[kind])
        + "</p>"
        for kind, ko, en in (("worse", "나빠진 질문", "Worse"), ("better", "좋아진 질문", "Better"))
    )
    settings = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(a))} → {escape(str(b))}</dd>"
        for name, (a, b) in changed_settings(earlier, run).items()
    )
    head = "".join(
        f"<th>{_both(ko, en)}</th>"
        for ko, en in (
            ("구간", "slice"),
            ("지표", "measure"),
            ("질문", "n"),
            ("이전", "before"),
            ("지금", "now"),
            ("차이 (95%)", "difference (95 %)"),
            ("p", "p"),
        )
    )
    note = _both(
        "p는 질문별 짝지은 순열 검정입니다. 여러 번 검정하므로 하나하나의 p는 조심해서 읽으십시오.",
        "p: paired permutation test by question. There are many tests, so read a single p with care.",
    )
    return (
        f"<h2>{_both('이전 실행과 달라진 점', 'Since the other run')}</h2>{lists}<dl>{settings}</dl><div class='scroll'><table>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div><p class='quiet'>{note}</p>"
    )


def _change_row(name: str, measure: str, change: Change) -> str:
    d = change.difference
    kind = ("better" if d.mean > 0 else "worse") if change.p_value < 0.05 else ""
    return (
        f"<tr class='{kind}'><td>{_slice(name)}</td><td class='t'>{_measure(measure)}</td><td>{change.questions}</td>"
        f"<td>{change.before:.3f}</td><td>{change.after:.3f}</td><td>{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]</td>"
        f"<td>{change.p_value:.3f}</td></tr>"
    )


def _questions(
    run: Mapping[str, Any], judged: Mapping[str, Judged], judged_earlier: Mapping[str, Judged] | None
) -> str:
    kinds: dict[str, list[str]] = {}
    for row in run["comparable"]["questions"]:
        kinds.setdefault(row["expected"]["kind"], []).append(_question(row, judged[row["id"]], judged_earlier))
    parts = []
    for kind, items in kinds.items():
        parts.append(f"<h3>{_slice(f'kind/{kind}')} ({len(items)})</h3>{''.join(items)}")
    title = _both("질문별 자세히 보기", "Question by question")
    return f"<h2>{title}</h2>{''.join(parts)}"


def _question(row: Mapping[str, Any], judged: Judged, judged_earlier: Mapping[str, Judged] | None) -> str:
    item, got = row["expected"], row["got"]
    right = bool(judged.scores["right"])
    mark = ""
    if judged_earlier and row["id"] in judged_earlier:
        was = bool(judged_earlier[row["id"]].scores["right"])
        if was != right:
            mark = f" <b class='{'better' if right else 'worse'}'>{_both('좋아짐', 'better') if right else _both('나빠짐', 'worse')}</b>"
    turns = "".join(
        f"<p class='quiet'>{escape(turn['role'])}: {escape(turn['content'])}</p>" for turn in item.get("history", ())
    )
    expected = ", ".join(item["expected_status"]) + "".join(
        f" · {escape(' / '.join(fact[:4]))}" for fact in item["must_contain"]
    )
    evidence = "".join(f"<blockquote>{escape(piece)}</blockquote>" for piece in item["evidence"])
    body = [turns, f"<dl><dt>{_both('기대', 'Expected')}</dt><dd>{expected}{evidence}</dd>"]
    if got:
        notices = "".join(f"<br>※ {escape(notice['text'])}" for notice in got["notices"])
        quotes = "".join(
            f"<blockquote>[{c['number']}] {escape(c['source'])}, p. {c['page']}: {escape(c['quote'])}</blockquote>"
            for c in got["citations"]
        )
        text = escape(got["text"]).replace("\n", "<br>")
        body.append(f"<dt>{_both('결과', 'Got')}</dt><dd>{_status(got['status'])}: {text}{notices}{quotes}</dd>")
    notes = "".join(f"<li>{escape(note)}</li>" for note in judged.notes)
    body.append(f"<dt>{_both('판정', 'Judged')}</dt><dd>{escape(judged.outcome)}<ul>{notes}</ul></dd></dl>")
    relevant = set(row["relevant"])
    hits = "".join(
        f"<tr><td>{hit['rank']}{' ●' if hit['chunk_id'] in relevant else ''}</td><td>{hit['score']:.3f}</td>"
        f"<td>{hit['ranks'].get('lexical', '')}</td><td>{hit['ranks'].get('dense', '')}</td>"
        f"<td class='t'>{escape(hit['source'])}: {escape(' '.join(hit['text'].split())[:110])}</td></tr>"
        for hit in row["retrieved"][:8]
    )
    if hits:
        head = f"<th>#</th><th>{_both('점수', 'score')}</th><th>{_both('단어', 'words')}</th><th>{_both('의미', 'meaning')}</th><th></th>"
        body.append(f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>{hits}</tbody></table></div>")
    head = f"{escape(row['id'])} · {escape(judged.outcome)}{mark} · <span lang='{item['lang']}'>{escape(item['question'])}</span>"
    return f"<details class='{'ok' if right else 'bad'}' id='q-{escape(row['id'])}'><summary>{head}</summary>{''.join(body)}</details>"


def _settings(run: Mapping[str, Any]) -> str:
    told = {**run["comparable"]["settings"], **run["comparable"]["versions"], "analysis": run["comparable"]["analysis"]}
    rows = "".join(f"<dt>{escape(str(name))}</dt><dd>{escape(str(value))}</dd>" for name, value in told.items())
    return f"<h2>{_both('설정과 버전', 'Settings and versions')}</h2><dl>{rows}</dl>"
