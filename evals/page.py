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
    slices_of,
    status_of,
    summary,
)
from evals.page_frame import both, framed, twice
from evals.page_questions import questions_section
from evals.page_words import SLICES, STATUSES, measure_name, slice_name, status_name
from evals.peers_page import peers_section
from evals.report import changed_settings, moved_questions
from evals.run import DEPTH
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
_GROUPS = (
    (
        "답변",
        "Answers",
        ("right", "status", "answers", "declines", "facts_all", "facts_share", "language", "date_truth", "parity"),
    ),
    (
        "인용과 알림",
        "Citations and notices",
        ("gold_citation", "citation_recall", "citation_precision", "notes", "notices"),
    ),
    ("검색", "Retrieval", ("success@1", "success@5", "success@10", "R@10", "nDCG@10", "RR@10")),
)


def report_page(
    run: Mapping[str, Any],
    judged: Mapping[str, Judged],
    earlier: Mapping[str, Any] | None = None,
    judged_earlier: Mapping[str, Judged] | None = None,
    peers: Mapping[str, Any] | None = None,
    *,
    judge: str = "",
) -> str:
    """The report of a run, with what changed since an earlier one, and beside other pipelines where that was measured.

    Args:
        judge: name of who judged the citations, told at the top.
    """
    means = summary(run, judged)
    old = summary(earlier, judged_earlier) if earlier and judged_earlier else None
    parts = [
        _head(run, judged, judge),
        _quality(means, old, run),
        _tables(means),
        _refusal(run),
        _retrieval(run),
        _speed(run),
    ]
    if earlier and judged_earlier:
        parts.insert(1, _changes(run, judged, earlier, judged_earlier))
    if peers:
        parts.append(peers_section(peers))
    parts += [questions_section(run, judged, judged_earlier), _settings(run)]
    return framed("Annae 평가 보고서 · evaluation", parts)


def _head(run: Mapping[str, Any], judged: Mapping[str, Judged], judge: str) -> str:
    about, right = run["about"], sum(j.scores["right"] or 0 for j in judged.values())
    facts: tuple[tuple[str, str, str], ...] = (
        ("질문", "Questions", str(len(judged))),
        ("맞은 질문", "Right", f"{right:.0f} ({right / max(1, len(judged)):.0%})"),
        ("실행 시각", "Made", about["made"]),
        ("실행 식별값", "Digest", run["digest"][:16]),
        ("문서 식별값", "Corpus", run["comparable"]["corpus_digest"][:16]),
        ("임베딩", "Embedder", run["comparable"]["embedder"]),
        ("걸린 시간", "Took", f"{about['seconds']:.0f} s · {about['cores']} cores · Python {about['python']}"),
    )
    if judge:
        facts = (*facts, ("인용 판정", "Citations judged by", judge))
    if model := about.get("model"):
        told = f"{model['calls']} calls · {model['input_tokens']} + {model['output_tokens']} tokens · cost {model['cost']:g}"
        facts = (*facts, ("언어 모델", "Language model", told))
    rows = "".join(f"<dt>{both(ko, en)}</dt><dd>{escape(value)}</dd>" for ko, en, value in facts)
    return f"<h1>{both('안내 평가 보고서', 'Annae: evaluation report')}</h1><dl>{rows}</dl>"


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
            rows = [(SLICES.get(name, (name, name))[language], means[name][measure]) for name in names]
            before = [old.get(name, {}).get(measure) for name in names] if old else ()
            least = [wanted.get(name, {}).get(measure) for name in names]
            return intervals(MEASURES[measure][language], rows, before, least)

        figures.append(f"<figure><h3>{measure_name(measure)}</h3>{twice(draw)}</figure>")
    legend = both(
        "점은 평균, 선은 95% 부트스트랩 구간, 괄호는 질문 수입니다. 빈 원은 이전 실행, 붉은 눈금은 통과 기준입니다.",
        "Dots: means. Lines: 95 % bootstrap intervals. In brackets: questions. Hollow: the earlier run. Red tick: the threshold.",
    )
    title = both("구간별 품질", "Quality by slice")
    return f'<h2>{title}</h2><p class="quiet">{legend}</p><div class="plots">{"".join(figures)}</div>'


def _tables(means: Mapping[str, Mapping[str, Interval]]) -> str:
    parts = [f"<h2>{both('모든 지표', 'All measures')}</h2>"]
    for korean, english, measures in _GROUPS:
        shown = {name: found for name, found in means.items() if set(measures) & set(found)}
        if not shown:
            continue
        head = "".join(f"<th>{measure_name(measure)}</th>" for measure in measures)
        rows = []
        for name, found in shown.items():
            cells = "".join(
                f"<td>{i.mean:.3f}<br><span class='quiet'>{i.low:.2f}–{i.high:.2f}</span></td>"
                if (i := found.get(m))
                else "<td></td>"
                for m in measures
            )
            rows.append(f"<tr><td>{slice_name(name)}</td>{cells}</tr>")
        corner = both("구분", "slice")
        parts.append(
            f"<h3>{both(korean, english)}</h3><div class='scroll' tabindex='0'><table><thead><tr><th>{corner}</th>{head}</tr></thead>"
            f"<tbody>{''.join(rows)}</tbody></table></div>"
        )
    return "".join(parts)


def _refusal(run: Mapping[str, Any]) -> str:
    found = confusion(run)
    columns = [status for status in STATUSES if any(status in counts for counts in found.values())]
    head = "".join(f"<th>{status_name(status)}</th>" for status in columns)
    rows = "".join(
        f"<tr><td>{status_name(expected)}</td>{''.join(f'<td>{counts.get(status, 0)}</td>' for status in columns)}</tr>"
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

    note = both(
        "두 선이 가까울수록 답할지 말지를 잘 정한 것입니다.",
        "The closer the lines, the better the decision to answer.",
    )
    corner = both("기대 \\ 결과", "expected \\ got")
    return (
        f"<h2>{both('거절의 정확성', 'Refusal')}</h2><div class='plots'>"
        f"<div class='scroll' tabindex='0'><table><thead><tr><th>{corner}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div><figure>{twice(draw)}<figcaption class='quiet'>{note}</figcaption></figure></div>"
    )


def _retrieval(run: Mapping[str, Any]) -> str:
    found: dict[str, list[int]] = {}
    for row in run["comparable"]["questions"]:
        if row["relevant"]:
            relevant = set(row["relevant"])
            rank = next((hit["rank"] for hit in row["retrieved"] if hit["chunk_id"] in relevant), DEPTH + 1)
            for name in slices_of(row):
                if name.startswith("direction/"):
                    found.setdefault(name, []).append(rank)
    if not found:
        return ""

    def draw(language: int) -> str:
        lines = [
            (
                f"{SLICES[name][language]} ({len(ranks)})",
                [(float(k), sum(rank <= k for rank in ranks) / len(ranks)) for k in range(1, DEPTH + 1)],
            )
            for name, ranks in sorted(found.items(), reverse=True)
        ]
        return curves(("검색 깊이", "Retrieval depth")[language], "k", lines)

    note = both(
        "상위 k개 결과에 근거가 있는 질문의 비율입니다.",
        "Share of questions with evidence among the first k results.",
    )
    title = both("검색 깊이별 성공률", "Retrieval by depth")
    return f"<h2>{title}</h2><figure>{twice(draw)}<figcaption class='quiet'>{note}</figcaption></figure>"


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

    head = f"<th>{both('단계', 'step')}</th><th>p50 ms</th><th>p95 ms</th><th>{both('최대', 'max')} ms</th>"
    return (
        f"<h2>{both('응답 시간', 'Latency')}</h2><div class='plots'><figure>{twice(draw)}</figure>"
        f"<div class='scroll' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></div>"
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
        f"<p class='{kind}'>{both(ko, en)} ({len(moved[kind])}): "
        + ", ".join(f"<a href='#q-{escape(i)}'>{escape(i)}</a>" for i in moved[kind])
        + "</p>"
        for kind, ko, en in (("worse", "나빠진 질문", "Worse"), ("better", "좋아진 질문", "Better"))
    )
    settings = "".join(
        f"<dt>{both(*_RUN_FACTS.get(name, (escape(name), escape(name))))}</dt><dd>{_shortened(a)} → {_shortened(b)}</dd>"
        for name, (a, b) in changed_settings(earlier, run).items()
    )
    shared = len(judged.keys() & judged_earlier.keys())
    told, made = f"{len(judged_earlier)} · {len(judged)}", escape(str(earlier["about"]["made"]))
    compared = both(
        f"이전 실행: {made}, {_shortened(earlier['digest'])}. 두 실행({told}개)에 함께 있는 질문 {shared}개만 견줍니다.",
        f"The other run: {made}, {_shortened(earlier['digest'])}. Only the {shared} questions of both ({told}) are compared.",
    )
    head = "".join(
        f"<th{' class=t' if en == 'measure' else ''}>{both(ko, en)}</th>"
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
    note = both(
        "p는 질문별 짝지은 순열 검정입니다. 여러 번 검정하므로 하나하나의 p는 조심해서 읽으십시오.",
        "p: paired permutation test by question. There are many tests, so read a single p with care.",
    )
    title = both("이전 실행과 달라진 점", "Since the other run")
    return (
        f"<h2>{title}</h2><p class='quiet'>{compared}</p>{lists}<dl>{settings}</dl><div class='scroll' tabindex='0'><table>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div><p class='quiet'>{note}</p>"
    )


# What a run is told by besides its settings, which go by their own names.
_RUN_FACTS = {
    "questions_digest": ("질문 식별값", "Questions"),
    "corpus_digest": ("문서 식별값", "Corpus"),
    "embedder": ("임베딩", "Embedder"),
    "analysis": ("형태소 분석", "Analysis"),
}
_DIGEST_CHARS = 64


def _shortened(value: Any) -> str:
    """A setting as text, of a digest its first 16 characters."""
    text = str(value)
    is_digest = len(text) == _DIGEST_CHARS and all(c in "0123456789abcdef" for c in text)
    return escape(text[:16] if is_digest else text)


def _change_row(name: str, measure: str, change: Change) -> str:
    d = change.difference
    kind = ("better" if d.mean > 0 else "worse") if change.p_value < 0.05 else ""
    return (
        f"<tr class='{kind}'><td>{slice_name(name)}</td><td class='t'>{measure_name(measure)}</td><td>{change.questions}</td>"
        f"<td>{change.before:.3f}</td><td>{change.after:.3f}</td><td>{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]</td>"
        f"<td>{change.p_value:.3f}</td></tr>"
    )


def _settings(run: Mapping[str, Any]) -> str:
    told = {**run["comparable"]["settings"], **run["comparable"]["versions"], "analysis": run["comparable"]["analysis"]}
    rows = "".join(f"<dt>{escape(str(name))}</dt><dd>{escape(str(value))}</dd>" for name, value in told.items())
    return f"<h2>{both('설정과 버전', 'Settings and versions')}</h2><dl>{rows}</dl>"
