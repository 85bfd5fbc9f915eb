"""The days of a record or a document as a reader writes them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from assistant.contract.records import RecordModel
from assistant.text.dates import format_period
from assistant.types import Language, Period, Precision

# What is published on a Monday is not sought by it.
_WEEKDAY = re.compile(r"\([월화수목금토일]\)$|^\w+day ")


def day(value: date, language: Language) -> str:
    """One day: 2026년 12월 2일, 2 December 2026."""
    return format_period(Period(value, value, Precision.DAY), language)


def written(iso: str, language: Language) -> str:
    """A day as exact as ISO 8601 has it, as in ``Period.isoformat``: 2019년 7월, July 2019; 2019년 하반기 for 2019-07/2019-12."""
    first, _, last = iso.partition("/")
    (year, month, *_), (last_year, last_month, *_) = _numbers(first), _numbers(last or first)
    if len(first) == len("2019-07-08"):
        return _WEEKDAY.sub("", day(date.fromisoformat(first), language))
    if len(first) == len("2019"):
        return format_period(Period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR), language)
    months = {3: Precision.QUARTER, 6: Precision.HALF}.get(last_month - month + 1, Precision.MONTH)
    end = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return format_period(Period(date(year, month, 1), end, months), language)


def _numbers(iso: str) -> list[int]:
    return [*(int(part) for part in iso.split("-")), 1]


def period(record: RecordModel, language: Language) -> str | None:
    """When it is, as exactly as it is known; ``None`` where the documents are silent."""
    first, last = record.start or record.end, record.end or record.start
    if first is None or last is None:
        return None
    return format_period(Period(first, last, record.precision or Precision.DAY), language)
