"""Who did what, when and on what: written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.desk import schema
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.contract.accounts import AuditEntry
from assistant.desk.database import DeskDatabase

NOBODY = "-"
"""The actor where nobody is signed in."""
SYSTEM = "system"
"""The actor where the server itself acts."""
_MAX_SUBJECT_CHARS = 120


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Limits on the entries; days are included, ``None`` = any."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: str | None = None
    until: str | None = None
    before: int | None = None


class AuditLog:
    """The append-only log of everything done at the desk.

    An entry is written in the transaction of what it tells of: neither is there without the other.
    """

    def __init__(self, database: DeskDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(self, connection: Connection, actor: str, action: str, subject: str, **details: Any) -> None:
        """Write an entry. ``details`` holds no secret and none of an inquirer's words."""
        connection.execute(
            insert(schema.audit).values(
                at=stamp(self._clock()),
                actor=actor,
                action=action,
                subject=subject[:_MAX_SUBJECT_CHARS],
                details=details,
            )
        )

    def note(self, actor: str, action: str, subject: str, **details: Any) -> None:
        """Write an entry about something that was done outside the desk's own tables."""
        with self._database.writing() as connection:
            self.record(connection, actor, action, subject, **details)

    def entries(self, wanted: AuditFilter, limit: int) -> list[AuditEntry]:
        """Entries that pass, newest first."""
        table = schema.audit.c
        conditions = [
            condition
            for given, condition in (
                (wanted.actor, table.actor == wanted.actor),
                (wanted.action, table.action == wanted.action),
                (wanted.subject, table.subject == wanted.subject),
                (wanted.since, table.at >= (wanted.since or "")),
                # A day's last stamp sorts before the day with a tilde behind it.
                (wanted.until, table.at <= f"{wanted.until}~"),
                (wanted.before, table.entry_id < (wanted.before or 0)),
            )
            if given is not None
        ]
        with self._database.reading() as connection:
            rows = connection.execute(
                select(schema.audit).where(*conditions).order_by(table.entry_id.desc()).limit(limit)
            ).all()
        return [
            AuditEntry(
                entry_id=row.entry_id,
                at=moment(row.at),
                actor=row.actor,
                action=row.action,
                subject=row.subject,
                details=row.details,
            )
            for row in rows
        ]
