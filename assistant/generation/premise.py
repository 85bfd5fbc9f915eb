"""Whether a question takes something for granted that the sources say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.text.amounts import MONEY, Unit, find_amounts
from assistant.text.dates import find_dates

# The question asks for a confirmation, or repeats what its asker heard.
_CONFIRMS = re.compile(
    r"맞(?:나요|죠|지요|습니까|는지|아요|는가요)|(?:이|하|되|받|열리|있|없|가)(?:죠|지요)\?|[다이]?(?:라|다|는)(?:던데|는데|고\s?(?:하던|들었|하는데|알고|봤))|아닌가요|아니에요|인가요\?$"
    r"|\bright\?|\bcorrect\?|\bis (?:it|that) true|\bisn't\b|\baren't\b|\bdoesn't\b|\bi (?:heard|read|was told|thought)\b|\bsince\b|\bas\b.{0,30}\bsays\b",
    re.IGNORECASE,
)
_UNITS = MONEY | {
    Unit.PERCENT,
    Unit.PERCENTAGE_POINT,
    Unit.KM2,
    Unit.M2,
    Unit.PYEONG,
    Unit.COMPANIES,
    Unit.COUNTRIES,
    Unit.PLACES,
}


def contradicted(question: str, passages: Iterable[str], anchor: date | None) -> str | None:
    """What kind of figure of a confirming question the passages have another value for: ``amount``, ``date``, or ``None``.

    A figure is contradicted when no passage holds it and one holds another of the same unit.
    """
    if not _CONFIRMS.search(question):
        return None
    texts = list(passages)
    asked = [amount for amount in find_amounts(question) if amount.unit in _UNITS]
    held = [amount for text in texts for amount in find_amounts(text)]
    for amount in asked:
        same = [other for other in held if other.unit == amount.unit]
        if same and all((other.lower, other.upper) != (amount.lower, amount.upper) for other in same):
            return "amount"
    days = {mention.period for text in texts for mention in find_dates(text, anchor) if mention.period}
    for mention in find_dates(question, anchor):
        period = mention.period
        if period and days and not any(day.start <= period.end and period.start <= day.end for day in days):
            return "date"
    return None
