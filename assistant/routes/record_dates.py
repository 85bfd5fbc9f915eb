"""The days of a record as a reader writes them."""

from __future__ import annotations

from datetime import date

from assistant.contract.records import RecordModel
from assistant.text.dates import format_period
from assistant.types import Language, Period, Precision


def day(value: date, language: Language) -> str:
    """One day: 2026년 12월 2일, 2 December 2026."""
    return format_period(Period(value, value, Precision.DAY), language)


def period(record: RecordModel, language: Language) -> str | None:
    """When it is, as exactly as it is known; ``None`` where the documents are silent."""
    first, last = record.start or record.end, record.end or record.start
    if first is None or last is None:
        return None
    return format_period(Period(first, last, record.precision or Precision.DAY), language)
