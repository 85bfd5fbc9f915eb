"""An answer that broke off is heard again from its beginning, and is worked on once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.generation.event import Event
from assistant.routes.answer_replay import AnswerReplay
from assistant.types import Question

QUESTION = Question(text="몇 %까지 지원받나요?", as_of=date(2026, 11, 22))
KEY = "k" * 32


class Work:
    """Steps of an answer, and how many were taken."""

    def __init__(self, *steps: str, fails_at: int | None = None) -> None:
        self._steps = steps
        self._fails_at = fails_at
        self.begun = 0
        self.taken = 0

    def __call__(self) -> Iterator[Event]:
        self.begun += 1
        return self._events()

    def _events(self) -> Iterator[Event]:
        for at, step in enumerate(self._steps):
            if at == self._fails_at:
                raise RuntimeError(step)
            self.taken += 1
            yield Event("status", step=step)


def steps(events: Iterator[Event]) -> list[str | None]:
    return [event.step for event in events]


@pytest.mark.parametrize("heard", [0, 1, 2, 3])
def test_whoever_comes_back_hears_all_of_it_and_the_work_is_done_once(heard: int) -> None:
    replay, work = AnswerReplay(), Work("a", "b", "c")
    first = replay.events(KEY, QUESTION, work)
    for _ in range(heard):
        next(first)
    assert steps(replay.events(KEY, QUESTION, work)) == ["a", "b", "c"]
    assert (work.begun, work.taken) == (1, 3)


def test_nothing_is_worked_on_that_nobody_waits_for() -> None:
    replay, work = AnswerReplay(), Work("a", "b", "c")
    next(replay.events(KEY, QUESTION, work))
    assert work.taken == 1


def test_without_a_key_every_question_is_asked_anew() -> None:
    replay, work = AnswerReplay(), Work("a")
    assert steps(replay.events(None, QUESTION, work)) == steps(replay.events(None, QUESTION, work)) == ["a"]
    assert work.begun == 2


def test_a_key_does_not_open_the_answer_to_another_question() -> None:
    replay, secret, other = AnswerReplay(), Work("secret"), Work("other")
    assert steps(replay.events(KEY, QUESTION, secret)) == ["secret"]
    asked = Question(text="다른 질문", as_of=QUESTION.as_of)
    assert steps(replay.events(KEY, asked, other)) == ["other"]


def test_an_answer_that_failed_is_asked_anew() -> None:
    replay, broken, whole = AnswerReplay(), Work("a", "b", fails_at=1), Work("a", "b")
    with pytest.raises(RuntimeError):
        steps(replay.events(KEY, QUESTION, broken))
    assert steps(replay.events(KEY, QUESTION, whole)) == ["a", "b"]


def test_an_answer_is_kept_for_its_time_and_the_oldest_goes_first() -> None:
    now = [0.0]
    replay, work = AnswerReplay(keep_seconds=10, max_answers=2, clock=lambda: now[0]), Work("a")
    steps(replay.events("one", QUESTION, work))
    now[0] = 9.9
    steps(replay.events("one", QUESTION, work))
    assert work.begun == 1
    now[0] = 10.0
    steps(replay.events("one", QUESTION, work))
    assert work.begun == 2
    steps(replay.events("two", QUESTION, work))
    steps(replay.events("three", QUESTION, work))
    steps(replay.events("two", QUESTION, work))
    assert work.begun == 4
    steps(replay.events("one", QUESTION, work))
    assert work.begun == 5


def test_two_readers_at_once_hear_the_same() -> None:
    replay, work = AnswerReplay(), Work(*(str(number) for number in range(200)))
    heard: list[list[str | None]] = [[], []]

    def listen(reader: int) -> None:
        heard[reader] = steps(replay.events(KEY, QUESTION, work))

    readers = [threading.Thread(target=listen, args=(reader,)) for reader in range(2)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join(10)
    assert heard[0] == heard[1] == [str(number) for number in range(200)]
    assert (work.begun, work.taken) == (1, 200)
