"""Times as the desk stores them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives this moment in UTC."""


def stamp(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC with seconds; stamps sort as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(stamped: str) -> datetime:
    """The moment that a stamp means."""
    return datetime.fromisoformat(stamped)
