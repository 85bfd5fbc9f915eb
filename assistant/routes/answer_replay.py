"""Lets a reader whose connection broke hear the same answer again, from its beginning, without asking it anew."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator

from assistant.generation.event import Event
from assistant.types import Question


class AnswerReplay:
    """Keeps the events of recent answers under keys that the askers made up.

    An answer is worked on only while somebody reads it: a reader who goes away leaves it where it stands, and the next one with the
    same key and question hears what was said so far and draws the rest. Nothing is said twice to the conversation's memory or to the
    question log, since the work behind it runs once.

    Args:
        keep_seconds: how long an answer is kept, from its first reader on.
        max_answers: most answers kept; the oldest goes first.
        clock: seconds that never go back.
    """

    def __init__(
        self, keep_seconds: float = 300.0, max_answers: int = 256, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._keep_seconds = keep_seconds
        self._max_answers = max_answers
        self._clock = clock
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, tuple[float, Question, _Recording]] = OrderedDict()

    def events(self, key: str | None, question: Question, answer: Callable[[], Iterator[Event]]) -> Iterator[Event]:
        """The answer's events: those kept under ``key`` for this very question, else those of ``answer()``.

        Without a key nothing is kept. A key that was used for another question is taken as new.
        """
        if key is None:
            return answer()
        with self._lock:
            now = self._clock()
            while self._answers and next(iter(self._answers.values()))[0] <= now - self._keep_seconds:
                self._answers.popitem(last=False)
            kept = self._answers.get(key)
            if kept is None or kept[1] != question or kept[2].failed:
                self._answers.pop(key, None)
                kept = (now, question, _Recording(answer()))
                self._answers[key] = kept
                if len(self._answers) > self._max_answers:
                    self._answers.popitem(last=False)
            return kept[2].read()


class _Recording:
    """Events drawn from an iterator once, for any number of readers."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self._drawn: list[Event] = []
        self._lock = threading.Lock()
        self.failed = False

    def read(self) -> Iterator[Event]:
        at = 0
        while True:
            # Two readers never run the work at once; the second finds drawn what the first was waiting for.
            with self._lock:
                if at == len(self._drawn):
                    try:
                        event = next(self._events, None)
                    except Exception:
                        self.failed = True
                        raise
                    if event is None:
                        return
                    self._drawn.append(event)
                event = self._drawn[at]
            at += 1
            yield event
