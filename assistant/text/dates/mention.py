"""What is found in a text: a date, a period, a deadline or a time, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time as day_time
from typing import Literal

from assistant.types import Period

Kind = Literal["fixed", "rolling", "until_budget", "relative"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """The date, period or time written in ``text[start:end]``.

    ``period`` is ``None`` where the text alone does not settle it. ``open_start`` and ``open_end`` mark an interval
    that names only its end or its beginning; ``is_deadline`` that the end is the last day (까지, by, no later than).
    ``days`` (or ``months``) and ``anchor_word`` belong to ``relative``: D-7 is -7 days, "within 30 days of the
    notice" is 30. ``approximate`` stands for a third of a month or year (초, 중순, 말, early, mid, late).
    """

    start: int
    end: int
    period: Period | None = None
    kind: Kind = "fixed"
    open_start: bool = False
    open_end: bool = False
    is_deadline: bool = False
    days: int | None = None
    months: int | None = None
    anchor_word: str | None = None
    time: day_time | None = None
    end_time: day_time | None = None
    inferred_year: bool = False
    weekday_conflict: bool = False
    approximate: bool = False
