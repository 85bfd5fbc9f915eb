"""The report: one file for both languages, escaped, with a drill-down that says why a claim was dropped."""

from __future__ import annotations

from typing import Any

import pytest

from evals.measures import judge_run
from evals.page import report_page
from evals.run import make_run, open_bench, read_questions


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    with open_bench(say=lambda text: None) as bench:
        return make_run(bench, read_questions(split="test", limit=8), chosen={"split": "test"})


def _page(run: dict[str, Any], **changes: Any) -> str:
    first, *rest = run["comparable"]["questions"]
    changed = {**run, "comparable": {**run["comparable"], "questions": [{**first, **changes}, *rest]}}
    return report_page(changed, judge_run(changed), run, judge_run(run))


def test_the_page_stands_alone_in_both_languages(run: dict[str, Any]) -> None:
    page = _page(run)
    assert "<script" not in page
    assert "<link" not in page
    assert "url(" not in page
    for korean, english in (
        ("구간별 품질", "Quality by slice"),
        ("거절의 정확성", "Refusal"),
        ("응답 시간", "Latency"),
    ):
        assert korean in page
        assert english in page
    assert run["digest"][:16] in page


def test_a_dropped_claim_is_shown_with_its_reason(run: dict[str, Any]) -> None:
    page = _page(run, dropped=[{"text": "<b>75%</b>까지 지원합니다.", "reason": "number: 75"}])
    assert "출처에 없는 숫자" in page
    assert "figure not in the source" in page
    assert "&lt;b&gt;75%&lt;/b&gt;까지" in page
    assert "<b>75%</b>" not in page


def test_a_run_of_before_claims_were_kept_still_makes_a_page(run: dict[str, Any]) -> None:
    old = [{name: value for name, value in row.items() if name != "dropped"} for row in run["comparable"]["questions"]]
    older = {**run, "comparable": {**run["comparable"], "questions": old}}
    assert "Question by question" in report_page(older, judge_run(older))


def test_every_question_has_its_place_with_ranks_of_both_legs(run: dict[str, Any]) -> None:
    page = _page(run)
    for row in run["comparable"]["questions"]:
        assert f"id='q-{row['id']}'" in page
    assert page.count("<details") == len(run["comparable"]["questions"])


def test_how_a_question_came_out_is_told_in_both_languages(run: dict[str, Any]) -> None:
    first = run["comparable"]["questions"][0]
    page = _page(run, expected={**first["expected"], "must_contain": [["so one would never say it"]]})
    assert "빠진 사실: so one would never say it" in page
    assert "fact missing: so one would never say it" in page
    assert "모두 맞음" in page


def test_the_page_says_who_judged_and_which_questions_are_compared(run: dict[str, Any]) -> None:
    page = report_page(run, judge_run(run), run, judge_run(run), judge="rules-0")
    assert "rules-0" in page
    assert f"함께 있는 질문 {len(run['comparable']['questions'])}개만" in page
