"""What people asked and how it ended, without what tells who they are."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import insert

from assistant.desk import schema
from assistant.desk.database import DeskDatabase
from assistant.desk.masking import mask
from assistant.desk.retention import Retention
from assistant.desk.topics import topic_of
from assistant.generation.event import Event
from assistant.retrieval.query import QueryBuilder
from assistant.types import Answer, AnswerStatus, Question

_LOG = logging.getLogger("annae.desk")
_MAX_CONCEPTS = 8
_MAX_QUESTION_CHARS = 500
_LOOK_SECONDS = 3600.0


class QuestionLog:
    """Writes questions down in a thread of its own, so that no answer waits for it, and has what is too old deleted every day.

    Args:
        query_builder: gives the way to the builder that says what was searched for; called when first needed.
        today: the day in the service's time zone.
        retention: deletes what is too old, and says whether questions are kept at all.
    """

    def __init__(
        self,
        database: DeskDatabase,
        query_builder: Callable[[], QueryBuilder],
        today: Callable[[], date],
        retention: Retention,
    ) -> None:
        self._database = database
        self._query_builder = query_builder
        self._today = today
        self._retention = retention
        self._queue: queue.Queue[tuple[Question, Answer] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._purged: date | None = None

    def observe(self, question: Question, events: Iterator[Event]) -> Iterator[Event]:
        """The events of an answer, passed on; the answer is noted as it goes by."""
        for event in events:
            if event.answer is not None:
                self.note(question, event.answer)
            yield event

    def note(self, question: Question, answer: Answer) -> None:
        """Note a question and its answer; returns at once."""
        if self._retention.periods.questions:
            self.start()
            self._queue.put((question, answer))

    def start(self) -> None:
        """Start the thread that writes and deletes, if it does not run."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="desk questions", daemon=True)
                self._thread.start()

    def flush(self) -> None:
        """Wait until everything noted so far is written."""
        self._queue.join()

    def close(self) -> None:
        """Write what is left and stop."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _run(self) -> None:
        while True:
            try:
                if self._purged != (today := self._today()):
                    self._purged = today
                    self._retention.purge()
            except Exception:
                _LOG.exception("what is too old was not deleted")
            try:
                entry = self._queue.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue
            try:
                if entry is None:
                    return
                self._write(*entry)
            except Exception:
                # Insight is not worth an answer.
                _LOG.exception("a question was not noted")
            finally:
                self._queue.task_done()

    def _write(self, question: Question, answer: Answer) -> None:
        masked = mask(question.text, answer.language)[:_MAX_QUESTION_CHARS]
        refused = answer.status == AnswerStatus.REFUSED
        cited = {number for claim in answer.claims for number in claim.citations}
        concepts: list[str] = []
        nearest: list[str] = []
        if answer.status == AnswerStatus.NO_EVIDENCE:
            query = self._query_builder().build(masked)
            telling = sorted(query.concepts, key=lambda concept: concept.weight * concept.emphasis, reverse=True)
            concepts = list(dict.fromkeys(concept.text for concept in telling))[:_MAX_CONCEPTS]
            nearest = list(dict.fromkeys(citation.document.title for citation in answer.citations))
        documents = {c.document.document_id for c in answer.citations if c.number in cited}
        with self._database.writing() as connection:
            connection.execute(
                insert(schema.questions).values(
                    answer_id=answer.answer_id,
                    day=self._today().isoformat(),
                    language=answer.language,
                    status=answer.status.value,
                    topic=topic_of(masked),
                    # What was refused may be an attack or about a person: that it happened is enough.
                    question="" if refused else masked,
                    concepts=concepts,
                    documents=sorted(documents),
                    nearest=nearest,
                )
            )
