"""The gate catches what a change may break: real parts, each with one fault planted in front of or behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from assistant.generation.event import Event
from assistant.messages import MESSAGES
from assistant.types import Answer, Claim, Question, ScoredChunk
from evals.gate import fallen, propose
from evals.measures import judge_run, summary
from evals.run import Bench, make_run, open_bench, read_questions

_SETS = ("facts", "financing", "responsibility", "parity", "events", "unanswerable")
_LIMIT = 42
# Answers of these come with a note of the document.
_WITH_NOTES = {"fi-007", "di-001", "fp-008", "ms-002"}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with open_bench() as opened:
        yield opened


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    noted = [row for row in read_questions() if row["id"] in _WITH_NOTES]
    return (
        read_questions(_SETS, "test", _LIMIT)
        + [row for row in noted if row["set"] not in _SETS]
        + [row for row in noted if row["set"] in _SETS]
    )


@pytest.fixture(scope="module")
def sound(bench: Bench, questions: list[dict[str, Any]]) -> dict[str, Any]:
    return make_run(bench, _once(questions))


@pytest.fixture(scope="module")
def thresholds(sound: dict[str, Any]) -> dict[str, dict[str, float]]:
    return propose(summary(sound, judge_run(sound)))


def _once(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["id"]: row for row in questions}.values())


def _fallen(bench: Bench, questions: list[dict[str, Any]], thresholds: dict[str, dict[str, float]]) -> set[str]:
    run = make_run(bench, _once(questions))
    problems = fallen(thresholds, summary(run, judge_run(run)))
    return {f"{line.split(':')[0]} {line.split('(')[1].split(')')[0]}" for line in problems}


@dataclass(frozen=True)
class Changed:
    """The real assistant with its question or its answer changed."""

    inner: Any
    question: Callable[[Question], Question] = lambda question: question
    answer: Callable[[Answer], Answer] = lambda answer: answer

    def stream(self, question: Question) -> Iterator[Event]:
        for event in self.inner.stream(self.question(question)):
            yield replace(event, answer=self.answer(event.answer)) if event.answer else event


@dataclass(frozen=True)
class Reversed:
    """The real retriever with the ranks of its results turned round."""

    inner: Any

    def search(self, *arguments: Any) -> list[ScoredChunk]:
        found = self.inner.search(*arguments)
        return [replace(hit, score=other.score) for hit, other in zip(reversed(found), found, strict=True)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_the_sound_assistant_passes_and_repeats_itself(
    bench: Bench, questions: list[dict[str, Any]], sound: dict[str, Any], thresholds: dict[str, dict[str, float]]
) -> None:
    assert fallen(thresholds, summary(sound, judge_run(sound))) == []
    assert make_run(bench, _once(questions))["digest"] == sound["digest"]


def test_shuffled_ranks_are_caught(bench: Bench, questions: Any, thresholds: Any) -> None:
    whole = bench.recorder.inner
    bench.recorder.inner = Reversed(whole)
    try:
        found = _fallen(bench, questions, thresholds)
    finally:
        bench.recorder.inner = whole
    assert {"all success@1", "all gold_citation", "all right"} <= found


def test_off_by_one_citations_are_caught(bench: Bench, questions: Any, thresholds: Any) -> None:
    def shifted(answer: Answer) -> Answer:
        claims = tuple(Claim(c.text, tuple(n % len(answer.citations) + 1 for n in c.citations)) for c in answer.claims)
        return replace(answer, claims=claims)

    found = _fallen(replace(bench, assistant=Changed(bench.assistant, answer=shifted)), questions, thresholds)
    assert {"all citation_recall", "all citation_precision"} <= found


def test_dropped_notes_are_caught(bench: Bench, questions: Any, thresholds: Any) -> None:
    def bare(answer: Answer) -> Answer:
        return replace(answer, claims=tuple(Claim(c.text.split(" (")[0], c.citations[:1]) for c in answer.claims))

    found = _fallen(replace(bench, assistant=Changed(bench.assistant, answer=bare)), questions, thresholds)
    assert "all notes" in found


def test_dropped_notices_are_caught(bench: Bench, questions: Any, thresholds: Any) -> None:
    silent = Changed(bench.assistant, answer=lambda answer: replace(answer, notices=()))
    assert "all notices" in _fallen(replace(bench, assistant=silent), questions, thresholds)


def test_the_wrong_language_is_caught(bench: Bench, questions: Any, thresholds: Any) -> None:
    def other(question: Question) -> Question:
        return replace(question, language="en" if any("가" <= c <= "힣" for c in question.text) else "ko")

    found = _fallen(replace(bench, assistant=Changed(bench.assistant, question=other)), questions, thresholds)
    assert {"lang/ko language", "lang/en language"} <= found


def test_a_clock_that_stands_still_is_caught(bench: Bench, questions: Any, thresholds: Any) -> None:
    still = Changed(bench.assistant, question=lambda question: replace(question, as_of=date(2010, 1, 1)))
    assert "all notices" in _fallen(replace(bench, assistant=still), questions, thresholds)


@pytest.mark.parametrize(("language", "other"), [("ko", "en"), ("en", "ko")])
def test_removed_messages_of_one_language_are_caught(
    bench: Bench,
    questions: Any,
    sound: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    other: str,
) -> None:
    # What was said before may be in either language, so that a follow-up reads the messages of both.
    alone = [row for row in questions if not row["history"]]
    rows = [row for row in sound["comparable"]["questions"] if not row["expected"]["history"]]
    kept = {**sound, "comparable": {**sound["comparable"], "questions": rows}}
    thresholds = propose(summary(kept, judge_run(kept)))
    monkeypatch.setitem(MESSAGES, language, {})
    found = _fallen(bench, alone, thresholds)
    assert {f"lang/{language} right", f"lang/{language} language", "all parity"} <= found
    assert f"lang/{other} right" not in found
