"""A number with what it counts, and the range that two of them make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.text.amounts.amount import Unit
from assistant.text.amounts.numerals import Number, read_number
from assistant.text.amounts.units import CURRENCY, UNIT, currency_of

_RANGE = re.compile(r"\s?[~∼～〜–—]\s?|-(?=[\d$€₩])|\s(?:to|and)\s|\s?(?:에서|부터)\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at ``text[start:end]``; ``unit`` is what it counts, ``currency`` what was written before it."""

    start: int
    end: int
    number: Number
    currency: Unit | None
    unit: Unit | None


def read_quantity(text: str, position: int) -> Quantity | None:
    """A number with the currency before it and the unit after it."""
    currency = None
    start = position
    if prefix := CURRENCY.match(text, position):
        currency, position = currency_of(prefix[0]), prefix.end()
    number = read_number(text, position)
    if number is None:
        return None
    unit, end = None, number.end
    following = text[end : end + 2].lstrip()[:1]
    if (following > "9" or following == "%") and (match := UNIT.match(text, end)):
        found = Unit[match.lastgroup or "PLAIN"]
        if currency is None or found is currency:
            unit, end = found, match.end()
    return Quantity(start, end, number, currency, currency or unit)


def read_range(text: str, first: Quantity) -> tuple[Quantity, Decimal, Decimal, Unit | None, bool] | None:
    """The second end of a range that ``first`` begins, with both values and the unit they share."""
    joint = _RANGE.match(text, first.end)
    if not joint or first.number.literal is False:
        return None
    word = joint[0].strip().lower()
    if word == "and" and not re.search(r"\bbetween\s$", text[max(0, first.start - 10) : first.start], re.IGNORECASE):
        return None
    if word in ("에서", "부터") and first.unit is None:
        return None
    second = read_quantity(text, joint.end())
    if second is None or not second.number.literal:
        return None
    if first.unit is not None and second.unit is not first.unit and not (first.currency and second.unit is None):
        return None
    if word == "to" and first.unit is None and second.unit is None:
        return None
    lower, upper = first.number.value, second.number.value
    if second.number.scaled and (not first.number.scaled or (first.number.small and not second.number.small)):
        shares = not first.number.scaled or _ends_small(text, second)
        same = (first.unit is None or first.currency) and lower * second.number.big <= upper
        if shares and (same or first.number.small):
            lower = lower * second.number.big
    if lower > upper:
        return None
    return second, lower, upper, second.unit or first.unit, second.number.many or first.number.many


def _ends_small(text: str, quantity: Quantity) -> bool:
    """Whether 천, 백 or 십 stands before the 만, 억 or 조: 1천~2천억 shares its 억, 5천~1만 does not share its 만."""
    return bool(re.search("[천백십][조억만]", text[quantity.start : quantity.number.end]))
