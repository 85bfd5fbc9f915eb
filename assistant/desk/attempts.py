"""How often something may be tried before it has to wait."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from assistant.desk import schema
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.database import DeskDatabase
from assistant.errors import TooManyAttemptsError

_WINDOW = timedelta(minutes=15)


class Attempts:
    """Counts attempts by subject, a name or an address, over fifteen minutes. Subjects are kept as digests only."""

    def __init__(self, database: DeskDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def count(self, limits: dict[str, int]) -> None:
        """Note an attempt for each subject, before it is made, so that attempts side by side count too.

        Args:
            limits: how many attempts each subject has.

        Raises:
            TooManyAttemptsError: one of them has had its attempts; this one is not noted.
        """
        now = self._clock()
        table = schema.attempts.c
        with self._database.writing() as connection:
            connection.execute(delete(schema.attempts).where(table.at < stamp(now - _WINDOW)))
            for subject, limit in limits.items():
                kept = connection.execute(
                    select(func.count(), func.min(table.at)).where(table.subject == _digest(subject))
                ).one()
                if kept[0] >= limit:
                    wait = moment(kept[1]) + _WINDOW - now
                    raise TooManyAttemptsError(
                        "sign-in" if subject.startswith("name:") else "request",
                        "too many attempts",
                        "Wait a while before the next one",
                        seconds=max(1, round(wait.total_seconds())),
                    )
            connection.execute(
                insert(schema.attempts), [{"subject": _digest(subject), "at": stamp(now)} for subject in limits]
            )

    def forget(self, subject: str) -> None:
        """The last attempt succeeded: those before it no longer count."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.attempts).where(schema.attempts.c.subject == _digest(subject)))

    def take_back(self, subject: str) -> None:
        """The last attempt succeeded and does not count; those before it do."""
        table = schema.attempts.c
        latest = select(func.max(table.attempt_id)).where(table.subject == _digest(subject)).scalar_subquery()
        with self._database.writing() as connection:
            connection.execute(delete(schema.attempts).where(table.attempt_id == latest))

    def locked_until(self, subject: str, limit: int) -> datetime | None:
        """When the subject may try again, if it has to wait now."""
        table = schema.attempts.c
        since = stamp(self._clock() - _WINDOW)
        with self._database.reading() as connection:
            kept = connection.execute(
                select(func.count(), func.min(table.at)).where(table.subject == _digest(subject), table.at >= since)
            ).one()
        return moment(kept[1]) + _WINDOW if kept[0] >= limit else None


def _digest(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()
