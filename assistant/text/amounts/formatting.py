"""Says an amount in Korean or English."""

from __future__ import annotations

from decimal import Decimal, localcontext

from assistant.text.amounts.amount import MONEY, Amount, Unit
from assistant.text.amounts.numerals import ENGLISH_SCALE, EXACT, KOREAN_SCALE
from assistant.types import Language

_KOREAN_UNIT = {
    Unit.KRW: " 원", Unit.USD: " 달러", Unit.EUR: " 유로", Unit.PERCENT: "%", Unit.PERCENTAGE_POINT: "%p",
    Unit.PYEONG: " 평", Unit.M2: "㎡", Unit.KM2: "㎢", Unit.KM: "km", Unit.HOUSEHOLDS: "가구", Unit.COMPANIES: "개사",
    Unit.COUNTRIES: "개국", Unit.PLACES: "곳", Unit.PEOPLE: "명", Unit.TIMES: "회", Unit.DAYS: "일간",
    Unit.MONTHS: "개월", Unit.YEARS: "년", Unit.PLAIN: "",
}  # fmt: skip
_ENGLISH_UNIT = {
    Unit.PERCENT: ("%", "%"), Unit.PERCENTAGE_POINT: (" percentage point", " percentage points"),
    Unit.PYEONG: (" pyeong", " pyeong"), Unit.M2: (" m²", " m²"), Unit.KM2: (" km²", " km²"), Unit.KM: (" km", " km"),
    Unit.HOUSEHOLDS: (" household", " households"), Unit.COMPANIES: (" company", " companies"),
    Unit.COUNTRIES: (" country", " countries"), Unit.PLACES: (" place", " places"), Unit.PEOPLE: (" person", " people"),
    Unit.TIMES: (" time", " times"), Unit.DAYS: (" day", " days"), Unit.MONTHS: (" month", " months"),
    Unit.YEARS: (" year", " years"), Unit.PLAIN: ("", ""),
}  # fmt: skip
_PLAIN_DIGITS = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINT, Unit.KM2, Unit.KM, Unit.M2, Unit.PLAIN})


def _digits(value: Decimal) -> str:
    """All digits with thousands separators and no closing zeros after the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _korean(value: Decimal, unit: Unit) -> str:
    if unit in _PLAIN_DIGITS or value < 10_000 or (unit not in MONEY and value % 1000):
        return _digits(value)
    parts: list[str] = []
    rest = value
    for word, size in KOREAN_SCALE.items():
        group = rest // size
        rest -= group * size
        if group:
            parts.append(_group(group) + word)
    if rest:
        parts.append(_group(rest))
    return " ".join(parts)


def _group(value: Decimal) -> str:
    return f"{value // 1000:f}천" if 1000 <= value < 10_000 and value % 1000 == 0 else _digits(value)


def _english(value: Decimal, unit: Unit, scaled: bool = True) -> tuple[str, bool]:
    """The digits, shortened by million, billion or trillion where that loses nothing."""
    if scaled and unit is not Unit.PLAIN:
        for word in ("trillion", "billion", "million"):
            size = ENGLISH_SCALE[word]
            if value >= size and (value * 1000) % size == 0:
                return f"{_digits(value / size)} {word}", True
    return _digits(value), False


def format_amount(amount: Amount, language: Language) -> str:
    """Say ``amount`` in ``language``: exact, never rounded, with its "about", "up to" or "at least"."""
    with localcontext(EXACT):
        lower, upper = abs(amount.lower), abs(amount.upper)
        negative = amount.upper < 0 or amount.lower < 0
        if negative:
            lower, upper = upper, lower
        text = _said(lower, upper, amount.unit, language)
    if negative:
        text = "-" + text
    about = amount.approximate
    if language == "ko":
        word = {("max", True): " 미만", ("min", True): " 초과"}.get((amount.bound or "", amount.strict), "")
        before = {("max", False): "최대 ", ("min", False): "최소 "}.get((amount.bound or "", amount.strict), "")
        return f"{before}{'약 ' if about else ''}{text}{word}"
    before = {
        ("max", False): "up to ", ("min", False): "at least ", ("max", True): "less than ", ("min", True): "more than ",
    }.get((amount.bound or "", amount.strict), "")  # fmt: skip
    return f"{before}{'about ' if about else ''}{text}"


def _said(lower: Decimal, upper: Decimal, unit: Unit, language: Language) -> str:
    if language == "ko":
        ending = _KOREAN_UNIT[unit]
        if lower == upper:
            return _korean(upper, unit) + ending
        # 5~2만 would read as 50,000 to 20,000: the unit stands with both ends unless both are written in plain digits.
        return _korean(lower, unit) + ("" if upper < 10_000 else ending) + "~" + _korean(upper, unit) + ending
    before = f"{unit.value} " if unit in MONEY else ""
    singular, plural = ("", "") if unit in MONEY else _ENGLISH_UNIT[unit]
    if lower == upper:
        return before + _english(upper, unit)[0] + (singular if upper == 1 else plural)
    first, first_scaled = _english(lower, unit)
    last, last_scaled = _english(upper, unit)
    if last_scaled and not first_scaled:
        last = _english(upper, unit, scaled=False)[0]
    if first_scaled:
        return f"{before}{first}{plural} to {before}{last}{plural}"
    return f"{before}{first}–{last}{plural}"
