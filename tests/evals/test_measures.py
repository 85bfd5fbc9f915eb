"""Measures of a run and of two, on small runs written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from evals.gate import as_toml, fallen, propose, read_thresholds
from evals.measures import change, compare, confusion, judge_run, latency, summary
from evals.page import report_page
from evals.report import changed_settings, moved_questions, summary_json

PAST = ["지났", "passed"]


def answer(text: str, quote: str = "", language: str = "ko", status: str = "answered", **more: Any) -> dict[str, Any]:
    citation = {
        "number": 1, "chunk_id": "c1", "title": "안내", "section": [], "quote": quote, "source": "doc", "page": 1,
        "published": "2026-11-01",
    }  # fmt: skip
    answered = status == "answered"
    return {
        "status": status,
        "language": language,
        "text": text,
        "claims": [{"text": text.removesuffix(" [1]"), "citations": [1]}] if answered else [],
        "citations": [citation] if answered else [],
        "notices": [],
        **more,
    }


def asked(identity: str, got: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    expected = {
        "id": identity, "lang": "ko", "question": "한도는 얼마인가요?", "history": [], "as_of": None, "kind": "fact",
        "cross_lingual": False,
        "doc": ["doc"], "evidence": ["한도는 2억원입니다."], "must_contain": [["2억"]], "expected_status": ["answered"], **more,
    }  # fmt: skip
    hits = [
        {
            "rank": 1,
            "chunk_id": "c1",
            "source": "doc",
            "score": 0.8,
            "ranks": {"lexical": 1},
            "text": "한도는 2억원입니다.",
        }
    ]
    day = expected["as_of"] or "2026-11-22"
    error = None if got else "KeyError: 'x'"
    return {
        "id": identity,
        "expected": expected,
        "as_of": day,
        "error": error,
        "got": got,
        "retrieved": hits,
        "relevant": ["c1"],
    }


def run_of(*rows: dict[str, Any], digest: str = "d") -> dict[str, Any]:
    comparable = {
        "chosen": {}, "settings": {"answer_chunks": 8}, "embedder": "e", "analysis": "a", "versions": {}, "corpus_digest": "c",
        "questions_digest": "q", "questions": list(rows),
    }  # fmt: skip
    about = {"made": "now", "seconds": 1.0, "python": "3.11", "cores": 2}
    return {
        "digest": digest,
        "comparable": comparable,
        "about": about,
        "seconds": {row["id"]: {"total": 0.01} for row in rows},
    }


RIGHT = answer("한도는 2억원입니다. [1]", "한도는 2억원입니다.")


def scores(row: dict[str, Any]) -> dict[str, float | None]:
    return judge_run(run_of(row))[row["id"]].scores


def test_a_right_answer_is_right_in_every_way() -> None:
    found = scores(asked("q", RIGHT))
    for measure in (
        "right",
        "facts_all",
        "gold_citation",
        "citation_recall",
        "citation_precision",
        "language",
        "success@1",
    ):
        assert found[measure] == 1.0, measure
    assert found["declines"] is None


def test_some_facts_make_a_partial_answer() -> None:
    row = asked("q", RIGHT, must_contain=[["2억"], ["70%"]])
    judged = judge_run(run_of(row))["q"]
    assert judged.outcome == "partial"
    assert judged.scores["facts_share"] == 0.5
    assert judged.scores["right"] == 0.0
    assert "fact missing: 70%" in judged.notes


def test_a_fact_after_600_characters_does_not_count() -> None:
    assert scores(asked("q", answer("가" * 600 + " 2억원 [1]", "한도는 2억원입니다.")))["facts_all"] == 0.0


def test_what_must_not_be_said_makes_an_answer_wrong() -> None:
    found = scores(asked("q", RIGHT, must_not_contain=["2억원"]))
    assert (found["facts_all"], found["facts_share"], found["right"]) == (0.0, 0.0, 0.0)


def test_declining_what_cannot_be_answered_is_right() -> None:
    row = asked(
        "q",
        answer("찾지 못했습니다.", status="no_evidence"),
        must_contain=[],
        evidence=[],
        expected_status=["no_evidence"],
    )
    assert scores(row)["right"] == scores(row)["declines"] == 1.0


def test_an_answer_of_another_citation_is_not_supported() -> None:
    found = scores(asked("q", answer("한도는 2억원입니다. [1]", "접수 기간은 3월입니다.")))
    assert (found["citation_recall"], found["citation_precision"], found["gold_citation"]) == (0.0, 0.0, 0.0)


def test_an_answer_in_the_other_language_is_noticed() -> None:
    assert (
        scores(asked("q", answer("The limit is 2억원. It is a grant for companies abroad.", language="en")))["language"]
        == 0.0
    )


def test_a_quotation_may_be_in_the_other_language() -> None:
    text = "영어 원문 「Support」에 다음과 같이 나와 있습니다. “The upper limit for a project is 200 million won” [1]"
    assert scores(asked("q", answer(text, "The upper limit for a project is 200 million won")))["language"] == 1.0


@pytest.mark.parametrize(
    ("text", "truth"), [("접수 마감은 12월 1일이었고 이미 지났습니다.", 1.0), ("접수 마감은 12월 1일입니다.", 0.0)]
)
def test_what_is_over_has_to_be_called_over(text: str, truth: float) -> None:
    row = asked("q", answer(text), must_contain=[["12월 1일", "2026-12-01"], PAST], kind="event", as_of="2026-12-20")
    assert scores(row)["date_truth"] == truth


@pytest.mark.parametrize(
    ("text", "truth"), [("접수 마감은 12월 1일입니다.", 1.0), ("12월 1일 마감으로 접수는 이미 종료되었습니다.", 0.0)]
)
def test_what_is_to_come_must_not_be_called_over(text: str, truth: float) -> None:
    row = asked("q", answer(text), must_contain=[["12월 1일", "2026-12-01"]], kind="event", as_of="2026-11-20")
    assert scores(row)["date_truth"] == truth


def test_a_starred_line_needs_its_note() -> None:
    row = asked("q", answer("한도는 2억원입니다. [1]", "한도는 2억원입니다*."))
    row["retrieved"][0]["text"] = "한도는 2억원입니다*.\n* 컨소시엄은 3억원"
    assert scores(row)["notes"] == 0.0


def test_old_sources_have_to_be_called_old() -> None:
    got = answer("한도는 2억원입니다. [1]", "한도는 2억원입니다.")
    got["citations"][0]["published"] = "2019-07"
    assert scores(asked("q", got))["notices"] == 0.0
    assert scores(asked("q", {**got, "notices": [{"kind": "stale", "text": "2019년 자료입니다."}]}))["notices"] == 1.0


def test_a_pair_with_two_outcomes_lacks_parity() -> None:
    refused = answer("The documents do not answer this.", language="en", status="no_evidence")
    korean = asked("p-ko", RIGHT, pair="p", kind="parity")
    english = asked("p-en", refused, pair="p", kind="parity", lang="en")
    same = asked(
        "p-en", answer("The limit is 2억원. [1]", "한도는 2억원입니다.", "en"), pair="p", kind="parity", lang="en"
    )
    assert judge_run(run_of(korean, english))["p-ko"].scores["parity"] == 0.0
    assert judge_run(run_of(korean, same))["p-en"].scores["parity"] == 1.0
    run = run_of(korean, same)
    assert summary(run, judge_run(run))["all"]["parity"].size == 1


def test_a_broken_question_counts_as_wrong_and_is_told() -> None:
    run = run_of(asked("q", None))
    judged = judge_run(run)["q"]
    assert judged.outcome == "error"
    assert judged.scores["right"] == 0.0
    assert confusion(run) == {"answered": {"error": 1}}
    assert latency(run)["total"]["p50"] == 10.0


# --- Two runs ---


def test_a_clear_change_is_significant_and_a_small_one_is_not() -> None:
    clear = change([(0.0, 1.0)] * 12 + [(1.0, 1.0)] * 10)
    assert clear.p_value < 0.01
    assert clear.difference.low > 0
    assert change([(0.0, 1.0), *[(1.0, 1.0)] * 20]).p_value == 1.0
    assert change([(1.0, 1.0)] * 5).p_value == 1.0


def test_two_runs_are_compared_question_by_question() -> None:
    wrong = answer("찾지 못했습니다.", status="no_evidence")
    before, after = (
        run_of(asked("a", wrong), asked("b", RIGHT)),
        run_of(asked("a", RIGHT), asked("b", RIGHT), asked("c", RIGHT)),
    )
    judged = judge_run(before), judge_run(after)
    assert moved_questions(after, *judged) == {"better": ["a"], "worse": []}
    assert compare(before, after, *judged)["all"]["right"].questions == 2
    after["comparable"]["settings"]["answer_chunks"] = 5
    assert changed_settings(before, after) == {"answer_chunks": [8, 5]}
    told = summary_json(after, judged[1], before, judged[0])
    assert told["since"]["better"] == ["a"]
    assert told["slices"]["all"]["right"]["mean"] == 1.0


def test_a_question_that_was_rewritten_is_not_compared() -> None:
    before, after = run_of(asked("a", RIGHT)), run_of(asked("a", RIGHT, question="다른 질문"))
    assert compare(before, after, judge_run(before), judge_run(after)) == {}


def test_the_page_holds_both_languages_and_escapes() -> None:
    run = run_of(asked("a", answer("<script>alert(1)</script> 2억원 [1]", "한도는 2억원입니다.")))
    judged = judge_run(run)
    page = report_page(run, judged, run, judged)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "구간별 품질" in page
    assert "Quality by slice" in page
    assert 'src="' not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


# --- Thresholds ---


def test_proposed_thresholds_hold_for_what_they_were_taken_from(tmp_path: Any) -> None:
    run = run_of(asked("a", RIGHT), asked("b", RIGHT))
    means = summary(run, judge_run(run))
    path = tmp_path / "thresholds.toml"
    path.write_text(as_toml(propose(means)), encoding="utf-8")
    wanted = read_thresholds(path)
    assert wanted["all"]["citation_precision"] == 0.98
    assert fallen(wanted, means) == []
    assert fallen(wanted, {"all": {}})[0].startswith("all: Right as a whole (right) was not measured")


@pytest.mark.parametrize("text", ['["all"]\nrigth = 0.5', '["all"]\nright = 5', "[all"])
def test_a_wrong_threshold_is_refused(tmp_path: Any, text: str) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="toml"):
        read_thresholds(path)
