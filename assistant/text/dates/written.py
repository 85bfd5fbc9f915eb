"""A date or a moment in ISO 8601 as people write it."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.text.dates.grammar import MONTH_NAMES
from assistant.types import Language

_SEOUL = ZoneInfo("Asia/Seoul")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def written_date(iso: str, language: Language) -> str:
    """``2026-03-02`` as ``2026년 3월 2일`` or ``2 March 2026``; no more exact than it is given.

    Of a moment with its zone the day in Seoul is said, for there the offices are. What is neither stays as it is.
    """
    match = _DATE.fullmatch(_day_in_seoul(iso))
    if match is None:
        return iso
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and not 1 <= month <= 12:
        return iso
    if language == "ko":
        return f"{year}년" + (f" {month}월" if month else "") + (f" {day}일" if day else "")
    words = (str(day) if day else "", MONTH_NAMES[month - 1].title() if month else "", str(year))
    return " ".join(filter(None, words))


def _day_in_seoul(iso: str) -> str:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return moment.astimezone(_SEOUL).date().isoformat() if moment.tzinfo else iso
