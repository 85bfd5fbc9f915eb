"""Saying a period in either language, so that it reads back to the same days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from assistant.text.dates.days import last_day
from assistant.text.dates.grammar import DAY_NAMES, MONTH_NAMES
from assistant.types import Language, Period, Precision

_LETTERS = "월화수목금토일"
_SIZES = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}
_ORDINALS = ("first", "second", "third", "fourth")


def format_period(period: Period, language: Language) -> str:
    """Say ``period`` in ``language`` exactly; what is not a whole month, quarter, half or year is said in days."""
    ends = _ends(period)
    if ends is not None:
        return ("~" if language == "ko" else " to ").join(format_period(end, language) for end in ends)
    return _korean(period) if language == "ko" else _english(period)


def _ends(period: Period) -> tuple[Period, Period] | None:
    """Of a period whose ends are known to different precisions (2018 to July 2019), the unit of either; ``None`` for any other."""
    if period.precision is Precision.DAY or _third(period) is not None or _months(period):
        return None
    first, last = (_unit(period, day) for day in (period.start, period.end))
    return (first, last) if first.start == period.start and last.end == period.end else None


def _unit(period: Period, day: date) -> Period:
    """The largest unit, of the period's precision or a month, that begins or ends the period on ``day``; else the day itself."""
    for precision in (period.precision, Precision.MONTH):
        size = _SIZES.get(precision, 1)
        month = day.month - (day.month - 1) % size
        unit = Period(date(day.year, month, 1), last_day(day.year, month + size - 1), precision)
        if day == (unit.start if day == period.start else unit.end):
            return unit
    return Period(day, day, Precision.DAY)


def _third(period: Period) -> int | None:
    """Which third of a month (or of a year) the period is, if it is one."""
    start, end = period.start, period.end
    if period.precision is Precision.YEAR:
        whole = next(
            (n for n in range(3) if (start, end) == (date(start.year, 4 * n + 1, 1), last_day(start.year, 4 * n + 4))),
            None,
        )
        return whole
    if period.precision is not Precision.MONTH or (start.year, start.month) != (end.year, end.month):
        return None
    ends = (10, 20, monthrange(start.year, start.month)[1])
    return next((n for n in range(3) if (start.day, end.day) == (10 * n + 1, ends[n])), None)


def _months(period: Period) -> int:
    """How many months the precision counts in; 0 when the period does not fit it."""
    size = _SIZES.get(period.precision, 0)
    fits = size and period.start.day == 1 and (period.start.month - 1) % size == 0
    return (
        size
        if fits and period.end.month % size == 0 and period.end == last_day(period.end.year, period.end.month)
        else 0
    )


def _korean(period: Period) -> str:
    start, end = period.start, period.end
    third = _third(period)
    if third is not None:
        word = ("초", "중순" if period.precision is Precision.MONTH else "중반", "말")[third]
        return f"{start.year}년 {f'{start.month}월 ' if period.precision is Precision.MONTH else ''}{word}"
    match _months(period):
        case 12:
            return f"{start.year}년" if start.year == end.year else f"{start.year}~{end.year}년"
        case 6:
            names = [f"{day.year}년 {'상' if day.month <= 6 else '하'}반기" for day in (start, end)]
        case 3:
            names = [f"{day.year}년 {(day.month + 2) // 3}분기" for day in (start, end)]
        case 1:
            names = [f"{day.year}년 {day.month}월" for day in (start, end)]
            if names[0] != names[1] and start.year == end.year:
                return f"{start.year}년 {start.month}~{end.month}월"
        case _:
            names = [f"{start.year}년 {start.month}월 {start.day}일({_LETTERS[start.weekday()]})"]
            shown = f"{end.day}일({_LETTERS[end.weekday()]})"
            if (start.year, start.month) != (end.year, end.month):
                shown = f"{end.month}월 {shown}"
            names.append(f"{end.year}년 {shown}" if start.year != end.year else shown)
            return names[0] if start == end else "~".join(names)
    return names[0] if names[0] == names[1] else "~".join(names)


def _english(period: Period) -> str:
    start, end = period.start, period.end
    third = _third(period)
    if third is not None:
        month = f"{MONTH_NAMES[start.month - 1].title()} " if period.precision is Precision.MONTH else ""
        return f"{('early', 'mid', 'late')[third]}{'-' if third == 1 else ' '}{month}{start.year}"
    match _months(period):
        case 12:
            return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
        case 6:
            names = [f"{_ORDINALS[(day.month - 1) // 6]} half of {day.year}" for day in (start, end)]
        case 3:
            names = [f"{_ORDINALS[(day.month - 1) // 3]} quarter of {day.year}" for day in (start, end)]
        case 1:
            names = [f"{MONTH_NAMES[day.month - 1].title()} {day.year}" for day in (start, end)]
            if names[0] != names[1] and start.year == end.year:
                names[0] = names[0].removesuffix(f" {start.year}")
        case _:
            if start != end and (start.year, start.month) == (end.year, end.month):
                return f"{start.day}–{end.day} {MONTH_NAMES[end.month - 1].title()} {end.year}"
            names = [
                f"{DAY_NAMES[day.weekday()].title()} {day.day} {MONTH_NAMES[day.month - 1].title()} {day.year}"
                for day in (start, end)
            ]
    return names[0] if names[0] == names[1] else " to ".join(names)
