"""The days that a written date stands for: a missing year is read against the document's date, weekdays are checked."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.text.dates.points import Point, is_possible
from assistant.types import Precision


@dataclass(frozen=True, slots=True)
class Days:
    """The days a point stands for; ``year`` is the year it begins in."""

    start: date
    end: date
    precision: Precision
    inferred: bool = False
    conflict: bool = False


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def days_in(point: Point, year: int) -> tuple[date, date, Precision] | None:
    """The days of ``point`` in ``year``; ``None`` where that year has no such day."""
    if not 1 <= year <= 9998:
        return None
    month, day, third = point.month, point.day, point.third
    if month and day:
        if not is_possible(year, month, point.day2 or day):
            return None
        return date(year, month, day), date(year, month, point.day2 or day), Precision.DAY
    if month and point.half:
        return (date(year, month, 1), date(year, month, 15), Precision.MONTH) if point.half == 1 else (
            date(year, month, 16), last_day(year, month), Precision.MONTH)  # fmt: skip
    if month and third is not None:
        end = last_day(year, month) if third == 2 else date(year, month, 10 * third + 10)
        return date(year, month, 10 * third + 1), end, Precision.MONTH
    if month:
        return date(year, month, 1), last_day(year, point.month2 or month), Precision.MONTH
    if point.half:
        return date(year, 6 * point.half - 5, 1), last_day(year, 6 * point.half), Precision.HALF
    if point.quarter:
        return date(year, 3 * point.quarter - 2, 1), last_day(year, 3 * point.quarter), Precision.QUARTER
    if day:
        return None
    if third is not None:
        return date(year, 4 * third + 1, 1), last_day(year, 4 * third + 4), Precision.YEAR
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR


def settle(point: Point, anchor: date | None, past: bool) -> Days | None:
    """The days of a point, with a missing year read against ``anchor``."""
    year = point.year
    if year is None and point.offset is not None:
        if anchor is None:
            return None
        year = anchor.year + point.offset
    if year is not None:
        span = days_in(point, year)
        return _checked(point, span, inferred=point.year is None) if span else None
    if anchor is None:
        return None
    if (
        point.day_offset is not None
        or point.week_offset is not None
        or point.month_offset is not None
        or point.kind == "day"
    ):
        return _near(point, anchor)
    if point.month is None and point.half is None and point.quarter is None:
        return None
    return _missing_year(point, anchor, past)


def _checked(point: Point, span: tuple[date, date, Precision], inferred: bool) -> Days:
    conflict = point.weekday is not None and span[0].weekday() != point.weekday
    conflict = conflict or (
        point.weekday2 is not None and point.day2 is not None and span[1].weekday() != point.weekday2
    )
    return Days(*span, inferred=inferred, conflict=conflict)


def _near(point: Point, anchor: date) -> Days | None:
    """오늘, 다음 주, 다음 달 말, 오는 13일."""
    if point.day_offset is not None:
        day = anchor + timedelta(days=point.day_offset)
        return _checked(point, (day, day, Precision.DAY), inferred=True)
    if point.week_offset is not None:
        monday = anchor + timedelta(days=7 * point.week_offset - anchor.weekday())
        return Days(monday, monday + timedelta(days=6), Precision.DAY, inferred=True)
    offset = point.month_offset or 0
    if point.kind == "day" and point.day:
        offset = (
            (1 if point.day < anchor.day else 0) if point.direction != "past" else (-1 if point.day > anchor.day else 0)
        )
    index = anchor.year * 12 + anchor.month - 1 + offset
    span = days_in(replace(point, month=index % 12 + 1), index // 12)
    return _checked(point, span, inferred=True) if span else None


def _missing_year(point: Point, anchor: date, past: bool) -> Days | None:
    """The reading that notices mean: from a month before the anchor to eleven months after it."""
    spans = [span for year in range(anchor.year - 5, anchor.year + 6) if (span := days_in(point, year))]
    exact = point.day is not None
    chosen: tuple[date, date, Precision] | None
    if point.direction == "this":
        chosen = next((span for span in spans if span[0].year == anchor.year), None)
    elif point.direction == "past" or (past and point.direction is None):
        chosen = next((span for span in reversed(spans) if (span[0] if exact or past else span[1]) <= anchor), None)
    elif point.direction == "next":
        chosen = next((span for span in spans if span[0] > anchor), None)
    elif point.direction == "future":
        chosen = next((span for span in spans if span[1] >= anchor), None)
    else:
        chosen = next((span for span in spans if span[1] >= anchor - timedelta(days=31)), None)
        if point.weekday is not None:
            close = sorted(spans, key=lambda span: abs(span[0] - anchor))
            close = [span for span in close if abs(span[0].year - anchor.year) <= 1]
            chosen = next((span for span in close if span[0].weekday() == point.weekday), chosen)
    return _checked(point, chosen, inferred=True) if chosen else None


COARSE = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR)


def settle_pair(first: Point, second: Point, anchor: date | None, past: bool) -> tuple[Days, Days] | None:
    """The days of both ends of a range; each end may lend the other its year. ``None`` where it runs backwards."""
    own = (first.year, first.offset, first.direction, first.month_offset, first.day_offset)
    if (
        all(value is None for value in own)
        and (second.year is not None or second.offset is not None)
        and first.kind != "year"
    ):
        last = settle(second, anchor, past)
        begin = days_in(first, last.start.year) if last else None
        if last and begin and begin[0] > last.end:
            begin = days_in(first, last.start.year - 1)
        return (_checked(first, begin, inferred=last.inferred), last) if last and begin else None
    days = settle(first, anchor, past)
    if days is None:
        return None
    if second.year is not None or second.offset is not None or second.month_offset is not None:
        last = settle(second, anchor, past)
    else:
        span = days_in(second, days.start.year)
        if span and span[1] < days.start and (second.month is not None) and second.month < days.start.month:
            span = days_in(second, days.start.year + 1)
        last = _checked(second, span, inferred=days.inferred) if span else None
    if last is None or last.end < days.start:
        return None
    return days, last
