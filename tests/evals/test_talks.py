"""Conversations are held live, and the set of them is sound."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.types import Answer, AnswerStatus, Question
from evals.datasets import ROOT, read_jsonl
from evals.matching import unified
from evals.talks import TALKS, hold, main, table

TEXTS = ROOT / "corpus" / "texts"
TALK = {
    "id": "tk-x",
    "as_of": "2026-11-22",
    "turns": [
        {"question": "규모는?", "evidence": ["1.5조원"], "must_contain": [["1.5조"]], "expected": "answered"},
        {"question": "And the deadline?", "evidence": [], "must_contain": [], "expected": "declined"},
    ],
}


class _Scripted:
    """Gives the answers it was given, and remembers what it was asked."""

    def __init__(self, *answers: tuple[AnswerStatus, str]) -> None:
        self._answers = list(answers)
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        status, text = self._answers[len(self.asked) - 1]
        return Answer("a", "c", status, "ko", "extractive", date(2026, 11, 22), text, (), (), (), ())


def test_each_answer_is_the_history_of_the_next_question() -> None:
    assistant = _Scripted((AnswerStatus.ANSWERED, "총 1.5조원입니다."), (AnswerStatus.NO_EVIDENCE, "없습니다."))
    judged = list(hold(assistant, TALK))
    assert [turn.content for turn in assistant.asked[1].history] == ["규모는?", "총 1.5조원입니다."]
    assert [one.scores for one in judged] == [{"facts": True, "refused": False, "cited": False}, {"declined": True}]
    assert all(one.is_right for one in judged)
    assert "later  declined  1.000" in table(judged)


def test_a_wrong_answer_and_one_where_none_is_expected_count_as_such() -> None:
    assistant = _Scripted((AnswerStatus.NO_EVIDENCE, "없습니다."), (AnswerStatus.ANSWERED, "1월 8일"))
    assert [one.scores for one in hold(assistant, TALK)] == [{"facts": False, "refused": True}, {"declined": False}]


def test_the_set_s_evidence_stands_in_its_documents_and_says_its_facts() -> None:
    talks = read_jsonl(TALKS)
    assert len({talk["id"] for talk in talks}) == len(talks) >= 40
    assert {talk["lang"] for talk in talks} == {"ko", "en"}
    assert all(len(talk["turns"]) >= 2 for talk in talks)
    for turn in (turn for talk in talks for turn in talk["turns"]):
        assert (turn["expected"] == "declined") is not bool(turn["evidence"] or turn["must_contain"] or turn["doc"])
        papers = "\n".join((TEXTS / f"{name}.md").read_text("utf-8") for name in turn["doc"])
        solid = "".join(unified(papers).split())
        assert all("".join(unified(piece).split()) in solid for piece in turn["evidence"]), turn["question"]


def test_the_command_prints_how_the_talks_went(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    one = tmp_path_factory.mktemp("talks") / "one.jsonl"
    one.write_text(json.dumps(read_jsonl(TALKS)[0], ensure_ascii=False) + "\n", "utf-8")
    assert main([str(one), "--failures"]) == 0
    assert "first  facts" in capsys.readouterr().out
