"""A date, a moment or the time of a paper as people write it."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.text.dates.days import last_day
from assistant.text.dates.formatting import format_period
from assistant.text.dates.grammar import MONTH_NAMES
from assistant.types import Language, Period, Precision

_SEOUL = ZoneInfo("Asia/Seoul")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MONTHS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])/(\d{4})-(0[1-9]|1[0-2])")


def written_date(iso: str, language: Language) -> str:
    """``2026-03-02`` as ``2026년 3월 2일`` or ``2 March 2026``; no more exact than it is given.

    Of a moment with its zone the day in Seoul is said, for there the offices are. Months as ``Period.isoformat`` has them are the
    quarter or half year that they make (``2019-07/2019-12``: 2019년 하반기). What is none of these stays as it is.
    """
    if months := _MONTHS.fullmatch(iso):
        return format_period(_period(*map(int, months.groups())), language)
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


def written_period(period: Period, language: Language) -> str:
    """When a paper came out, within a sentence, as exact as it is known: ``2019년 7월``, ``the second half of 2019``."""
    article = "the " if language == "en" and period.precision in (Precision.HALF, Precision.QUARTER) else ""
    return f"{article}{written_date(period.isoformat(), language)}"


def _period(year: int, month: int, last_year: int, last_month: int) -> Period:
    count = 12 * (last_year - year) + last_month - month + 1
    precision = {3: Precision.QUARTER, 6: Precision.HALF}.get(count, Precision.MONTH)
    return Period(date(year, month, 1), last_day(last_year, last_month), precision)


def _day_in_seoul(iso: str) -> str:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return moment.astimezone(_SEOUL).date().isoformat() if moment.tzinfo else iso
