"""Finds amounts in a text."""

from __future__ import annotations

import re
from decimal import localcontext

from assistant.text.amounts.amount import Amount, Unit
from assistant.text.amounts.bounds import is_approximate, read_bound
from assistant.text.amounts.numerals import EXACT, NUMBER_WORDS, Number
from assistant.text.amounts.other_numbers import is_calendar, other_numbers
from assistant.text.amounts.quantity import Quantity, read_quantity, read_range
from assistant.text.amounts.units import CURRENCY_BEFORE

_START = re.compile(
    rf"(?:(?<![A-Za-z]){CURRENCY_BEFORE}\s?)?(?<![\d_/])(?<!\d[.,:])\d"
    rf"|(?<![A-Za-z])(?:{CURRENCY_BEFORE}\s?)?\b(?:{NUMBER_WORDS}|half a(?= (?:million|billion|trillion))"
    r"|a(?= (?:hundred|thousand|million|billion|trillion)))\b"
    r"|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s?(?:개|곳|명|차례|번|배|나라|해|달))",
    re.IGNORECASE,
)
_DAY = re.compile(r"\s?일(?!\s?\d|본|반|정|자)")
_LIMIT = re.compile(r"(?:최대|최소|총)\s?$")
_RUN = re.compile(r"\d[\d.,]*")
_NOT_MONEY = re.compile(
    r"\s?(?:인구|명|인(?![가-힣])|개|대(?![가-힣])|건|톤|엔|위안|파운드|동(?![가-힣])|루피|배|kWh|[A-Za-z])"
)
_HOMES_AFTER = re.compile(r"\s?(?:규모|이상|이하|이내|미만|내외|안팎|가량|공급|건설|입주|단지|주택|분양)")


def find_amounts(text: str) -> list[Amount]:
    """Every amount in ``text``, in order and without overlap; dates, times, ordinals and codes are left alone."""
    with localcontext(EXACT):
        return _find(text)


def _find(text: str) -> list[Amount]:
    others = other_numbers(text)
    amounts: list[Amount] = []
    position = index = 0
    while match := _START.search(text, position):
        start = match.start()
        while index < len(others) and others[index][1] <= start:
            index += 1
        digits = match.end() - 1
        if index < len(others) and others[index][0] <= max(start, digits) < others[index][1]:
            position = max(others[index][1], start + 1)
            continue
        amount = _amount(text, start)
        if amount is None:
            run = _RUN.match(text, digits)
            position = max(run.end() if run else 0, match.end())
            continue
        position = max(amount.end, start + 1)
        if amount.unit is not Unit.PLAIN or _worth(text, amount):
            amounts.append(amount)
    return amounts


def _worth(text: str, amount: Amount) -> bool:
    """Whether a bare number says something: digits do, number words and numbers glued to letters do not."""
    before = text[amount.start - 1 : amount.start] if amount.start else ""
    return text[amount.start].isdigit() and not (before.isascii() and before.isalpha()) and before not in ("#", "№")


def _amount(text: str, start: int) -> Amount | None:
    first = read_quantity(text, start)
    if first is None:
        return None
    before = text[start - 1 : start] if start else ""
    if before.isascii() and before.isalpha() and text[start].isdigit():
        return None
    if is_calendar(text, first):
        return None
    lower = upper = first.number.value
    unit, end, last, many = first.unit, first.end, first.number, first.number.many
    if (
        unit is None
        and (day := _DAY.match(text, end))
        and (upper > 31 or _LIMIT.search(text[max(0, start - 4) : start]))
    ):
        unit, end = Unit.DAYS, day.end()
    if span := read_range(text, first):
        second, lower, upper, unit, many = span
        end, last = second.end, second.number
    if unit is Unit.HOUSEHOLDS and text[end - 1] == "호" and not _counts_homes(text, first.start, last, end):
        return None
    if unit is None and last.scaled and last.big in (10**8, 10**12) and re.search("[억조]", text[start : last.end]):
        unit = None if _NOT_MONEY.match(text, last.end) else Unit.KRW
    if unit is None:
        unit = Unit.PLAIN
    if _is_negative(text, first):
        lower, upper, start = -upper, -lower, start - 1
    bound, strict = read_bound(text, start, end, unit)
    approximate = many or is_approximate(text, start, end)
    return Amount(start, end, lower, upper, unit, approximate, bound, strict)


def _is_negative(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.start - 2) : quantity.start]
    return bool(
        quantity.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT)
        and before[-1:] in ("-", "−", "△", "▲")
        and (len(before) == 1 or before[0] in " (|\n")
    )


def _counts_homes(text: str, start: int, last: Number, end: int) -> bool:
    """Whether 호 counts homes (4만호, 1,200호, 500호 규모) and is not the number of a notice or a room (041호, 1호)."""
    return last.scaled or "," in text[start:end] or _HOMES_AFTER.match(text, end) is not None
