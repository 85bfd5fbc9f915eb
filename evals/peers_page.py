"""The comparison with other pipelines as a section of a report, or as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from evals.charts import intervals, scatter
from evals.page_frame import both, framed, twice
from evals.peers import MEASURES, OWN
from evals.scoring import Interval

_GROUPS = {
    "all": ("전체", "All questions"),
    "ko": ("한국어 질문, 한국어 문서", "Korean questions, Korean papers"),
    "en": ("영어 질문, 영어 문서", "English questions, English papers"),
    "cross": ("교차 언어", "Across the languages"),
    "follow-up": ("이어지는 질문", "Follow-ups"),
}
_SHOWN = "S@5"
_SIGNIFICANT = 0.05


def peers_page(found: Mapping[str, Any]) -> str:
    """The comparison as one file."""
    title = both("안내 · 다른 검색 파이프라인과의 비교", "Annae beside other pipelines")
    return framed("Annae · 비교 · peers", [f"<h1>{title}</h1>", peers_section(found)])


def peers_section(found: Mapping[str, Any]) -> str:
    """The comparison as a section; the pipelines in the order in which they were measured."""
    pipelines = found["pipelines"]
    parts = [f"<h2>{both('다른 파이프라인과 나란히', 'Side by side with peers')}</h2>", _about(found)]
    figures = []
    for group in pipelines[0]["groups"]:

        def draw(language: int, group: str = group) -> str:
            rows = [(pipeline["name"], _interval(pipeline["groups"][group][_SHOWN])) for pipeline in pipelines]
            return intervals(f"{_GROUPS[group][language]}, {_SHOWN}", rows)

        figures.append(f"<figure><h3>{both(*_GROUPS[group])} · {_SHOWN}</h3>{twice(draw)}</figure>")

    def pareto(language: int) -> str:
        label, x_name = (("품질과 응답 시간", "질문당 중앙값 (ms)"), ("Quality and latency", "median ms a question"))[
            language
        ]
        points = [(p["p50_ms"], p["groups"]["all"][_SHOWN]["mean"], p["name"], True) for p in pipelines]
        return scatter(label, x_name, _SHOWN, points, joined=False)

    figures.append(f"<figure><h3>{both('품질과 응답 시간', 'Quality and latency')}</h3>{twice(pareto)}</figure>")
    parts.append(f'<div class="plots">{"".join(figures)}</div>')
    parts += [_table(found, group) for group in pipelines[0]["groups"]]
    versions = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in found["versions"].items())
    parts.append(f"<h3>{both('버전', 'Versions')}</h3><dl>{versions}</dl>")
    return "\n".join(parts)


def _about(found: Mapping[str, Any]) -> str:
    count, corpus, model = found["questions"], escape(found["corpus"]), escape(found["embedder"])
    korean = (
        f"같은 문서({corpus}), 근거가 있는 같은 질문 {count}개, 같은 임베딩({model})입니다. "
        "S@k는 상위 k개 결과에 근거가 있는 질문의 비율, R@k는 근거 조각 가운데 상위 k개에 있는 비율입니다. "
        "조각의 길이가 서로 다르므로, S@500c처럼 결과를 차례로 500자까지 읽었을 때 근거가 나오는 비율도 함께 봅니다. "
        "다른 파이프라인에는 Annae가 읽어 낸 글을 주므로, 파일을 읽는 시간은 Annae의 색인 시간에만 들어 있습니다. "
        "별표는 Annae와의 차이가 5% 수준에서 유의한 값입니다."
    )
    english = (
        f"The same documents ({corpus}), the same {count} questions with evidence, the same embedder ({model}). "
        "S@k: share of questions with evidence among the first k results. R@k: share of the pieces of evidence there. "
        "Chunks differ in length, so S@500c tells how often evidence stands in the first 500 characters of the results. "
        "The peers get the text that Annae's loaders read, so only Annae's ingest time includes reading files. "
        "A star: the difference from Annae is significant at 5 %."
    )
    return f'<p class="quiet">{both(korean, english)}</p>'


def _table(found: Mapping[str, Any], group: str) -> str:
    columns = (
        ("파이프라인", "pipeline"),
        ("조각 수", "chunks"),
        ("길이 중앙값", "median characters"),
        *((measure, measure) for measure in MEASURES),
        ("p50 ms", "p50 ms"),
        ("p95 ms", "p95 ms"),
        ("색인 초", "ingest s"),
    )
    head = "".join(f"<th>{both(*column)}</th>" for column in columns)
    rows = []
    for pipeline in found["pipelines"]:
        behind = pipeline["behind_own"].get(group, {})
        cells = [str(pipeline["chunks"]), str(pipeline["median_chars"])]
        for measure in MEASURES:
            value = pipeline["groups"][group][measure]
            star = "*" if behind.get(measure, {"p": 1.0})["p"] < _SIGNIFICANT else ""
            cells.append(
                f"{value['mean']:.3f}{star}<br><span class='quiet'>{value['low']:.2f}–{value['high']:.2f}</span>"
            )
        cells += [f"{pipeline['p50_ms']:.1f}", f"{pipeline['p95_ms']:.1f}", f"{pipeline['ingest_s']:.1f}"]
        name = f"<b>{OWN}</b>" if pipeline["name"] == OWN else escape(pipeline["name"])
        rows.append(f"<tr><td>{name}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    size = found["pipelines"][0]["groups"][group][_SHOWN]["size"]
    return (
        f"<h3>{both(*_GROUPS[group])} ({size})</h3><div class='scroll' tabindex='0'><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _interval(told: Mapping[str, Any]) -> Interval:
    return Interval(told["mean"], told["low"], told["high"], told["size"])
