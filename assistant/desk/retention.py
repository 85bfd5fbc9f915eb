"""What is too old is deleted: questions kept for insight, conversations, closed inquiries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, insert, literal, select

from assistant.desk import schema
from assistant.desk.audit import SYSTEM, AuditLog
from assistant.desk.database import DeskDatabase
from assistant.desk.inquiries import DRAFT_CONVERSATION, Inquiries
from assistant.index import schema as store_schema


@dataclass(frozen=True, slots=True)
class Periods:
    """How many days each is kept. ``questions`` may be 0: none is kept."""

    questions: int
    conversations: int
    inquiries: int


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each were deleted."""

    questions: int
    conversations: int
    inquiries: int


class Retention:
    """Deletes what is older than its period, from the disk too.

    Messages carry no date, so a conversation's age is counted from the first purge that saw its latest message: it goes between
    ``periods.conversations`` days after that message and a day later, as long as a purge runs every day.

    Args:
        today: the day in the service's time zone.
    """

    def __init__(
        self,
        database: DeskDatabase,
        audit: AuditLog,
        inquiries: Inquiries,
        today: Callable[[], date],
        periods: Periods,
    ) -> None:
        self._database = database
        self._audit = audit
        self._inquiries = inquiries
        self._today = today
        self.periods = periods

    def purge(self) -> Purged:
        """Delete what is too old today, for good; the log keeps how much it was."""
        today = self._today()
        closed = self._inquiries.closed_before(today - timedelta(days=self.periods.inquiries))
        for inquiry_id in closed:
            self._inquiries.erase(SYSTEM, inquiry_id)
        with self._database.writing() as connection:
            questions = self._purge_questions(connection, today)
            conversations = self._purge_conversations(connection, today)
        if questions or conversations:
            self._database.forget_deleted()
        return Purged(questions, conversations, len(closed))

    def _purge_questions(self, connection: Connection, today: date) -> int:
        """Delete old questions, and feedback that belongs to none."""
        days = self.periods.questions
        oldest = (today - timedelta(days=days)).isoformat()
        kept, feedback = schema.questions.c, store_schema.feedback
        # With no retention today's go too.
        old = kept.day < oldest if days else kept.day <= oldest
        gone = connection.execute(delete(schema.questions).where(old)).rowcount
        connection.execute(delete(feedback).where(feedback.c.answer_id.not_in(select(kept.answer_id))))
        if gone:
            self._audit.record(connection, SYSTEM, "insight.purge", "questions", deleted=gone, before=oldest)
        return gone

    def _purge_conversations(self, connection: Connection, today: date) -> int:
        """Delete conversations that nobody has gone on with; those of drafts go with their inquiry."""
        turns, seen = store_schema.conversations, schema.conversation_days
        drafts = select(literal(DRAFT_CONVERSATION) + schema.inquiries.c.inquiry_id)
        counted = (
            select(turns.c.conversation_id, func.count())
            .where(turns.c.conversation_id.not_in(drafts))
            .group_by(turns.c.conversation_id)
        )
        there = {row[0]: row[1] for row in connection.execute(counted)}
        known = {row.conversation_id: row.turns for row in connection.execute(select(seen))}
        fresh = [key for key, count in there.items() if known.get(key) != count]
        for key in [*fresh, *(known.keys() - there.keys())]:
            connection.execute(delete(seen).where(seen.c.conversation_id == key))
        if fresh:
            rows = [{"conversation_id": key, "turns": there[key], "day": today.isoformat()} for key in fresh]
            connection.execute(insert(seen), rows)
        oldest = (today - timedelta(days=self.periods.conversations)).isoformat()
        old = select(seen.c.conversation_id).where(seen.c.day < oldest)
        gone = connection.execute(select(func.count()).select_from(old.subquery())).scalar_one()
        if gone:
            connection.execute(delete(turns).where(turns.c.conversation_id.in_(old)))
            connection.execute(delete(seen).where(seen.c.day < oldest))
            self._audit.record(connection, SYSTEM, "conversation.purge", "conversations", deleted=gone, before=oldest)
        return gone
