"""The time that a question for records names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.text.dates import find_dates
from assistant.types import Period, Precision

_QUARTER = re.compile(
    r"(?P<this>이번|금)\s?분기|(?:다음|차기)\s?분기|\b(?P<these>this)\s+quarter|\bnext\s+quarter|\bcoming\s+quarter",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:앞으로|향후|이후|다음)\s?(?P<ko>\d{1,3}|한|두|세|네)\s?(?P<ko_unit>일|주|달|개월)|(?P<in_ko>\d{1,3}|한|두|세|네)\s?(?P<in_unit>일|주|달"
    r"|개월)\s?(?:안|이내|내)에?"
    r"|\b(?:next|within|coming|in the next)\s(?P<en>\d{1,3}|a|one|two|three|four|six)\s(?P<en_unit>day|week|month)s?",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(?P<next>다음\s?주|차주|\bnext week\b)|이번\s?주|금주|\bthis week\b", re.IGNORECASE)
_NUMBERS = {"한": 1, "두": 2, "세": 3, "네": 4, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_DAYS = {"일": 1, "day": 1, "주": 7, "week": 7, "달": 30, "개월": 30, "month": 30}
_BEFORE = re.compile(r"\bbefore(?: the)?\s$", re.IGNORECASE)
_KOREAN_BEFORE = re.compile(r"\s?(?:이전|전)(?:에|까지)?(?:\s|$)")


def window_asked(text: str, as_of: date) -> Period | None:
    """The time that a question names, read on ``as_of``: a month, quarter, half-year or year, or so many weeks from now."""
    if (match := _QUARTER.search(text)) is not None:
        ahead = 0 if match["this"] or match["these"] else 1
        return _quarter(as_of, ahead)
    if (match := _WEEK.search(text)) is not None:
        monday = as_of + timedelta(days=(7 if match["next"] else 0) - as_of.weekday())
        return Period(monday, monday + timedelta(days=6), Precision.DAY)
    if (match := _SPAN.search(text)) is not None:
        count = match["ko"] or match["in_ko"] or match["en"]
        unit = match["ko_unit"] or match["in_unit"] or match["en_unit"]
        number = _NUMBERS.get(count.lower()) or int(count)
        return Period(as_of, as_of + timedelta(days=number * _DAYS[unit.lower()]), Precision.DAY)
    found = [(mention, mention.period) for mention in find_dates(text, as_of) if mention.period is not None]
    chosen = next(((m, period) for m, period in found if period.end >= as_of), found[0] if found else None)
    if chosen is None:
        return None
    mention, period = chosen
    if period.start > as_of and (_BEFORE.search(text[: mention.start]) or _KOREAN_BEFORE.match(text[mention.end :])):
        return Period(as_of, period.start - timedelta(days=1), Precision.DAY)
    return period


def _quarter(as_of: date, ahead: int) -> Period:
    number = (as_of.month - 1) // 3 + ahead
    year, quarter = as_of.year + number // 4, number % 4
    start = date(year, 3 * quarter + 1, 1)
    end = date(year + (quarter == 3), (3 * quarter + 3) % 12 + 1, 1) - timedelta(days=1)
    return Period(start, end, Precision.QUARTER)
