"""Dates, periods, deadlines and times in Korean and English official prose.

``find_dates`` reads what is written. A missing year, and words such as 내년 or "this October", are read against
``anchor`` (the document's publication date) and marked; without an anchor the period stays ``None``. Nothing here
looks at a clock. ``format_period`` says a period in either language so that it reads back to the same days.
"""

from assistant.text.dates.formatting import format_period
from assistant.text.dates.mention import DateMention, Kind
from assistant.text.dates.reading import find_dates

__all__ = ["DateMention", "Kind", "find_dates", "format_period"]
