"""Amounts in Korean and English official prose: money, shares, areas, counts and lengths of time.

``find_amounts`` reads what is written and nothing more: values are exact decimals, a range keeps both ends, and
words such as 내외, 최대 or "at least" are kept as flags. ``format_amount`` says the same value in either language.
A bare 억 or 조 amount (``3천억``) is money in won, as Korean official papers mean it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from typing import Literal

from assistant.types import Language


class Unit(StrEnum):
    """What an amount counts."""

    KRW = "KRW"
    USD = "USD"
    EUR = "EUR"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    PYEONG = "pyeong"
    M2 = "m2"
    KM2 = "km2"
    KM = "km"
    HOUSEHOLDS = "households"
    COMPANIES = "companies"
    COUNTRIES = "countries"
    PLACES = "places"
    PEOPLE = "people"
    TIMES = "times"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    PLAIN = "plain"


MONEY = frozenset({Unit.KRW, Unit.USD, Unit.EUR})
Bound = Literal["max", "min"]


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount written in ``text[start:end]``; ``lower == upper`` unless it is a range.

    ``bound`` is ``max`` for "최대, 이내, up to" and ``min`` for "최소, 이상, at least"; ``strict`` when the bound
    itself is left out (미만, 초과, less than, more than).
    """

    start: int
    end: int
    lower: Decimal
    upper: Decimal
    unit: Unit
    approximate: bool = False
    bound: Bound | None = None
    strict: bool = False


_CONTEXT = Context(prec=80)
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?(?![.,]?\d)"
_SMALL = {"천": 1_000, "백": 100, "십": 10}
_BIG = {"조": 10**12, "억": 10**8, "만": 10**4}
_ENGLISH_SCALE = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "mn": 10**6,
    "mln": 10**6,
    "m": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "k": 10**3,
}
_ENGLISH_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ENGLISH_NUMBER = {word: Decimal(value) for value, word in enumerate(_ENGLISH_WORDS)}
_ENGLISH_NUMBER |= {word: Decimal((value + 3) * 10) for value, word in enumerate(("thirty", "forty", "fifty", "sixty"))}
_ENGLISH_NUMBER |= {"a": Decimal(1), "half a": Decimal("0.5")}
_KOREAN_NUMBER = {
    word: Decimal(value)
    for value, word in enumerate(("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"), start=1)
}

_WORDS = "|".join(
    sorted((re.escape(word) for word in _ENGLISH_NUMBER if word not in ("a", "half a")), key=len, reverse=True)
)
_CURRENCY_BEFORE = r"(?:US\s?\$|USD|U\.S\.\s?\$|\$|미화|미\s?달러|KRW|₩|￦|EUR|€|유로화)"
_START = re.compile(
    rf"(?:(?<![A-Za-z]){_CURRENCY_BEFORE}\s?)?(?<![\d_/])(?<!\d[.,:])\d"
    rf"|(?<![A-Za-z])(?:{_CURRENCY_BEFORE}\s?)?\b(?:{_WORDS}|half a(?= (?:million|billion|trillion))"
    r"|a(?= (?:hundred|thousand|million|billion|trillion)))\b"
    r"|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s?(?:개|곳|명|차례|번|배|나라|해|달))",
    re.IGNORECASE,
)
_CURRENCY = re.compile(rf"{_CURRENCY_BEFORE}\s?", re.IGNORECASE)
_DIGITS = re.compile(_NUMBER)
_KOREAN_PART = re.compile(rf"(?P<number>{_NUMBER})?\s?(?P<small>[천백십])?(?P<big>[조억만])?")
_ENGLISH_WORD = re.compile(rf"(?:{_WORDS}|half a|a)\b", re.IGNORECASE)
_HANGUL_WORD = re.compile("한|두|세|네|다섯|여섯|일곱|여덟|아홉|열")
_SCALE = re.compile(
    r"[ -]?(?P<word>hundred|thousand|million|billion|trillion)\b|\s?(?P<short>mn|mln|bn|tn|m|k)\b", re.IGNORECASE
)
_RANGE = re.compile(r"\s?[~∼～〜–—]\s?|-(?=[\d$€₩])|\s(?:to|and)\s|\s?(?:에서|부터)\s?", re.IGNORECASE)

_ADJECTIVE = (
    r"(?:(?:Korean|foreign|overseas|domestic|local|new|other|partner|tenant|small|promising|regional|developing|member"
    r"|major|participating|start-up|housing|calendar|working|business)\s)?"
)
_UNITS: tuple[tuple[Unit, str], ...] = (
    (
        Unit.PERCENTAGE_POINT,
        r"\s?%\s?(?:p\b|P\b|p(?=[가-힣])|포인트)|\s?퍼센트\s?포인트|\spercentage[ -]points?\b|\s?pp\b",
    ),
    (Unit.PERCENT, r"\s?[%％]|\s?(?:퍼센트|프로(?![가-힣]))|\sper\s?cent\b"),
    (Unit.KRW, r"\s?원(?!칙)|\s(?:Korean\s)?won\b|\sKRW\b"),
    (Unit.USD, r"\s?(?:미\s?)?(?:달러|불(?!가|법|필|량|편|과))|\s(?:US\s|U\.S\.\s)?dollars?\b|\sUSD\b"),
    (Unit.EUR, r"\s?유로(?!화)|\seuros?\b|\sEUR\b"),
    (Unit.PYEONG, r"\s?평(?![가균일])|\spyeong\b"),
    (Unit.KM2, r"\s?(?:㎢|km²|km2\b|제곱\s?킬로미터|평방\s?킬로미터)|\s(?:sq\.?\s?km|square\skilomet(?:er|re)s?)\b"),
    (Unit.M2, r"\s?(?:㎡|m²|m2\b|제곱\s?미터|평방\s?미터)|\s(?:sqm|sq\.?\s?m|square\smet(?:er|re)s?)\b"),
    (Unit.KM, r"\s?(?:㎞|km\b|km(?=[가-힣])|킬로미터)|\skilomet(?:er|re)s?\b"),
    (
        Unit.HOUSEHOLDS,
        rf"\s?(?:가구|세대|호(?!선|텔|주|황|응))|\s{_ADJECTIVE}(?:households?|homes?|housing\sunits?|families)\b",
    ),
    (
        Unit.COMPANIES,
        r"\s?(?:개\s?(?:중소|중견|대|국내|입주|회원)?\s?(?:사(?!업|례|항|안|무|람|용|이트)|社|기업|업체|회사)|社"
        r"|사(?![가-힣]))"
        rf"|\s{_ADJECTIVE}(?:companies|company|firms?|SMEs?|start-?ups|enterprises?|businesses)\b",
    ),
    (Unit.COUNTRIES, rf"\s?(?:개\s?(?:국(?!내|민|책|제)|나라)|나라)|\s{_ADJECTIVE}(?:countries|country|nations?)\b"),
    (
        Unit.PLACES,
        r"\s?(?:개\s?(?:소(?![가-힣])|소(?=[가에를의로는도])|所|도시|지역|지구|센터|무역관|거점|시도|장소)|개?소(?=[\s,)(·]|$)"
        r"|곳|所)"
        rf"|\s{_ADJECTIVE}(?:places?|cent(?:er|re)s?|offices?|sites?|cities|city|locations?|branches|provinces?|regions?)\b",
    ),
    (
        Unit.PEOPLE,
        r"\s?(?:명(?!칭|시|령|단|의)|명(?=의\s)|인(?=[\s,)·]|$|\s?(?:이상|이하|이내|미만)))"
        rf"|\s{_ADJECTIVE}(?:people|persons?|residents?|employees?|workers?|trainees?|participants?|jobs?|specialists?)\b",
    ),
    (Unit.TIMES, r"\s?(?:회(?!의|사|원|계|담|장|수)|차례|번(?!째|호|지))|\stimes?\b(?!\s(?:zone|limit))"),
    (Unit.DAYS, rf"\s?일간|\s?일(?=\s?(?:이내|동안|전|후|안|이상|이하|미만|내(?![가-힣])|넘))|\s{_ADJECTIVE}days?\b"),
    (Unit.MONTHS, r"\s?(?:개월|달(?!러|성)(?=\s?(?:간|동안|전|후|안|이내|이상|[\s,.)]|$)))|\s(?:calendar\s)?months?\b"),
    (
        Unit.YEARS,
        r"\s?(?:개\s?년|년간|년(?!\s?\d|도|생|\s?[~∼～〜]|\s?(?:상|하)반기|\s?[초말중](?:[\s,.)까부]|$)|\s?까지"
        r"|\s?[1-4]분기|대(?![가-힣]))|해(?=\s?(?:동안|전|후|째)))"
        r"|\s(?:calendar\s|fiscal\s)?years?\b",
    ),
)
_UNIT = re.compile("|".join(f"(?P<{unit.name}>{pattern})" for unit, pattern in _UNITS), re.IGNORECASE)
_DAY = re.compile(r"\s?일(?!\s?\d|본|반|정|자)")
_LIMIT = re.compile(r"(?:최대|최소|총)\s?$")
_RUN = re.compile(r"\d[\d.,]*")
_MONEY_WORD = re.compile(r"\s?(?:원|달러|유로)")
_MANY = re.compile(r"\s?여(?=\s?(?:[가-힣㎡㎢%社所]|k?m))")
_NOT_MONEY = re.compile(
    r"\s?(?:인구|명|인(?![가-힣])|개|대(?![가-힣])|건|톤|엔|위안|파운드|동(?![가-힣])|루피|배|kWh|[A-Za-z])"
)

_DATES = re.compile(
    r"[‘’'`´′]\s?\d{2,4}(?:\s?\.\s?\d{1,2}(?!\d))*(?:\s?[~∼～–-]\s?[‘’'`´′]?\d{2}(?=년|[\s)]))?"
    r"|(?<!\d)(?:19|20)\d\d\s?[.\-/]\s?\d{1,2}(?:\s?[.\-/]\s?\d{1,2})?(?!\d|\s?[가-힣%]*[억조만])\.?"
    r"|(?<!\d)\d{2,4}\s?년\s?\d{1,2}\s?월(?:\s?\d{1,2}\s?일)?|(?<!\d)\d{2}\.\d{1,2}월|(?<![\d])\d{1,2}\s?월(?:\s?\d{1,2}(?:\s?[~∼～〜–-]\s?\d{1,2})?\s?일)?"
    r"|(?<!\d)\d{1,2}:\d{2}|(?<!\d)\d{1,2}\s?시(?!\s?범|\s?장|\s?스)(?:\s?\d{1,2}\s?분)?|(?<!\d)\d{1,2}:\d\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:st|nd|rd|th)?(?:\s?(?:[-–~]|to|and)\s?\d{1,2}(?:st|nd|rd|th)?)?(?!\d)"
    r"|(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?:\s?(?:[-–~]|to|and)\s?\d{1,2})?\s(?:of\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\b[DＤ]\s?[-+]\s?\d{1,3}\b|(?<!\d)\+?\d{2,4}-\d{3,4}-\d{4}|(?<![\d])\d++(?:\.\d++){2,}|\bv(?:er(?:sion)?)?\.?\s?\d[\d.]*"
    r"|(?<!\d)\d{1,2}\s?[ap]\.?m\b|\b[QH][1-4]\b|\b[1-4][QH]\b|(?<!\d)[1-4](?:/4)?\s?분기"
    r"|(?<!\d)\d{1,2}\.(?:\s?\d{1,2}\.)?\s?\([월화수목금토일]\)|(?:제\s?)\d+(?:[-~]\d+)?|\b[A-Za-z][A-Za-z]*-[\d-]+\d*"
    r"|(?<!\d)\d{1,4}(?:st|nd|rd|th)\b|\bISO(?:/IEC)?\s?\d+|(?m:^)[#\s]{0,6}\(?\d{1,2}(?:\)|\.(?=\s))|(?<!\d)\d{1,3}-\d{1,4}-\d{1,4}(?!\d)|\(\d{1,2}\)",
    re.IGNORECASE,
)
_APPROXIMATE_BEFORE = re.compile(
    r"(?:약|대략|거의|around|about|approximately|approx\.?|roughly|nearly|almost|some|circa)\s?$", re.I
)
_APPROXIMATE_AFTER = re.compile(r"\s?(?:내외|안팎|가량|정도|남짓|수준|or so\b)", re.IGNORECASE)
_BEFORE: tuple[tuple[Bound, bool, re.Pattern[str]], ...] = (
    (
        "max",
        False,
        re.compile(
            r"(?:최대|최고|up to|at most|not? more than|not exceeding|maximum(?: of)?|within|not? over)\s?$", re.I
        ),
    ),
    ("min", False, re.compile(r"(?:최소|최저|적어도|at least|not? (?:less|fewer) than|minimum(?: of)?)\s?$", re.I)),
    ("max", True, re.compile(r"(?:(?:less|fewer|younger|lower) than|under|below)\s?$", re.I)),
    ("min", True, re.compile(r"(?:(?:more|greater|older|higher) than|over|above|exceeding|exceeds?)\s?$", re.I)),
)
_AFTER: tuple[tuple[Bound, bool, re.Pattern[str]], ...] = (
    ("max", False, re.compile(r"\s?(?:이내|이하|한도|까지|or (?:less|fewer)\b|at most\b|안에|내(?![외가-힣]))", re.I)),
    ("min", False, re.compile(r"\s?(?:이상|or more\b|at least\b|or over\b)", re.I)),
    ("max", True, re.compile(r"\s?미만")),
    ("min", True, re.compile(r"(?:\s?초과|[을를이가]?\s?(?:넘는|넘게|웃도는|상회하는))")),
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as read: ``scaled`` when a word such as 만 or million stands with it, ``small`` when only 천, 백 or 십."""

    end: int
    value: Decimal
    scaled: bool = False
    small: bool = False
    big: int = 1
    many: bool = False
    literal: bool = True


def _korean_number(text: str, position: int) -> _Number | None:
    """A numeral such as 3조 2천억, 1,748만, 536천 or 2.5, from ``position``."""
    total = section = Decimal(0)
    end = position
    last_big, last_small, any_big, scaled, count = 10**16, 10**4, False, False, 0
    first_big = 1
    while count < 8:
        start = end
        if count and text[start : start + 1] == " " and last_big < 10**16:
            start += 1  # 1억 5천만: a space only after 조, 억 or 만
            if last_small != 10**4:
                break
        match = _KOREAN_PART.match(text, start)
        if not match or (match["number"] is None and not (count and match["big"] and last_small != 10**4)):
            break
        number = Decimal((match["number"] or "0").replace(",", ""))
        small = _SMALL[match["small"]] if match["small"] else 1
        big = _BIG[match["big"]] if match["big"] else 0
        stop = match.end()
        if not match["small"] and not match["big"]:
            if match["number"] is None:
                break
            stop = match.end("number")
            if count and start != end and not (number < 10**4 and _MONEY_WORD.match(text, stop)):
                break  # "1억 5" is two numbers, "1억 5 원" is one
        if (small > 1 and small >= last_small) or (big and big >= last_big):
            break
        if count and big == 0 and small == 1 and last_small == 10**4 and start == end and number >= 10**4:
            break
        section += number * small
        end = stop
        count += 1
        if big:
            total += section * big
            first_big = first_big if any_big else big
            section, last_big, last_small, any_big = Decimal(0), big, 10**4, True
        else:
            last_small = small
            if small == 1:
                break
        scaled = scaled or small > 1 or big > 0
    if not count:
        return None
    return _Number(end, total + section, scaled, scaled and not any_big, first_big)


def _number(text: str, position: int) -> _Number | None:
    if _DIGITS.match(text, position):
        number = _korean_number(text, position)
        if number is None:
            return None
        if not number.scaled and (scale := _SCALE.match(text, number.end)):
            return _scaled(number, scale)
        if many := _MANY.match(text, number.end):
            more = _KOREAN_PART.match(text, many.end())
            if more and more["number"] is None and more["big"] and not number.scaled:
                big = _BIG[more["big"]]
                return _Number(more.end(), number.value * big, True, False, big, True)
            return _Number(many.end(), number.value, number.scaled, number.small, number.big, True)
        return number
    if word := _HANGUL_WORD.match(text, position):
        return _Number(word.end(), _KOREAN_NUMBER[word[0]], literal=False)
    if word := _ENGLISH_WORD.match(text, position):
        number = _Number(word.end(), _ENGLISH_NUMBER[word[0].lower()], literal=False)
        scale = _SCALE.match(text, number.end)
        return _scaled(number, scale) if scale and scale["word"] else number
    return None


def _scaled(number: _Number, scale: re.Match[str]) -> _Number:
    word = (scale["word"] or scale["short"]).lower()
    if word in ("m", "k") and scale["short"] != ("M" if word == "m" else scale["short"]):
        return number  # "5 m" is metres
    factor = _ENGLISH_SCALE[word]
    return _Number(scale.end(), number.value * factor, True, False, factor, literal=number.literal)


@dataclass(frozen=True, slots=True)
class _Quantity:
    start: int
    end: int
    number: _Number
    currency: Unit | None
    unit: Unit | None


def _currency(prefix: str) -> Unit:
    prefix = prefix.upper()
    if "KRW" in prefix or "₩" in prefix or "￦" in prefix:
        return Unit.KRW
    return Unit.EUR if "EUR" in prefix or "€" in prefix or "유로" in prefix else Unit.USD


def _quantity(text: str, position: int) -> _Quantity | None:
    """A number with the currency before it and the unit after it."""
    currency = None
    start = position
    if prefix := _CURRENCY.match(text, position):
        currency, position = _currency(prefix[0]), prefix.end()
    number = _number(text, position)
    if number is None:
        return None
    unit, end = None, number.end
    following = text[end : end + 2].lstrip()[:1]
    if (following > "9" or following == "%") and (match := _UNIT.match(text, end)):
        found = Unit[match.lastgroup or "PLAIN"]
        if currency is None or found is currency:
            unit, end = found, match.end()
    return _Quantity(start, end, number, currency, currency or unit)


def _dates(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _DATES.finditer(text)]


def _minus(text: str, quantity: _Quantity) -> bool:
    before = text[max(0, quantity.start - 2) : quantity.start]
    return bool(
        quantity.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT)
        and before[-1:] in ("-", "−", "△", "▲")
        and (len(before) == 1 or before[0] in " (|\n")
    )


def _is_calendar(text: str, quantity: _Quantity) -> bool:
    """Whether a number without a unit is rather a year, an age of a standard (5G) or part of a code."""
    number, value = quantity.number, quantity.number.value
    after = text[quantity.end : quantity.end + 1] or " "
    if quantity.unit is Unit.YEARS and value >= 1000:
        return True
    if quantity.unit is not None:
        return False
    if number.literal and not number.scaled and 1900 <= value <= 2099 and number.end - quantity.start == 4:
        return True
    return after.isascii() and (after.isalpha() or after in "_/") and number.literal and not number.scaled


def _range(text: str, first: _Quantity) -> tuple[_Quantity, Decimal, Decimal, Unit | None, bool] | None:
    """The second end of a range that ``first`` begins, with both values and the unit they share."""
    joint = _RANGE.match(text, first.end)
    if not joint or first.number.literal is False:
        return None
    word = joint[0].strip().lower()
    if word == "and" and not re.search(r"\bbetween\s$", text[max(0, first.start - 10) : first.start], re.IGNORECASE):
        return None
    if word in ("에서", "부터") and first.unit is None:
        return None
    second = _quantity(text, joint.end())
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


def _ends_small(text: str, quantity: _Quantity) -> bool:
    """Whether 천, 백 or 십 stands before the 만, 억 or 조: 1천~2천억 shares its 억, 5천~1만 does not share its 만."""
    return bool(re.search("[천백십][조억만]", text[quantity.start : quantity.number.end]))


def _bound(text: str, start: int, end: int, unit: Unit) -> tuple[Bound | None, bool]:
    after = text[end : end + 14]
    if after.lstrip()[:1].isalpha():
        for bound, strict, pattern in _AFTER:
            if pattern.match(after):
                return bound, strict
    before = text[max(0, start - 24) : start]
    last = before.rstrip()[-1:]
    if not (last.isascii() and last.isalpha()) and last not in "대고소저도약략의":
        return None, False
    before = _APPROXIMATE_BEFORE.sub("", before)
    for bound, strict, pattern in _BEFORE:
        match = pattern.search(before)
        if not match or (match.start() and before[match.start() - 1].isalpha() and before[match.start()].isascii()):
            continue
        if (
            strict
            and bound == "min"
            and unit in (Unit.DAYS, Unit.MONTHS, Unit.YEARS)
            and match[0].strip().lower() == "over"
        ):
            continue  # "over three years" is a length, not a floor
        return bound, strict
    return None, False


def find_amounts(text: str) -> list[Amount]:
    """Every amount in ``text``, in order and without overlap; dates, times, ordinals and codes are left alone."""
    with localcontext(_CONTEXT):
        return _find(text)


def _find(text: str) -> list[Amount]:
    dates = _dates(text)
    amounts: list[Amount] = []
    position = index = 0
    while match := _START.search(text, position):
        start = match.start()
        while index < len(dates) and dates[index][1] <= start:
            index += 1
        digits = match.end() - 1
        if index < len(dates) and dates[index][0] <= max(start, digits) < dates[index][1]:
            position = max(dates[index][1], start + 1)
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
    first = _quantity(text, start)
    if first is None:
        return None
    before = text[start - 1 : start] if start else ""
    if before.isascii() and before.isalpha() and text[start].isdigit():
        return None
    if _is_calendar(text, first):
        return None
    lower = upper = first.number.value
    unit, end, last, many = first.unit, first.end, first.number, first.number.many
    if (
        unit is None
        and (day := _DAY.match(text, end))
        and (upper > 31 or _LIMIT.search(text[max(0, start - 4) : start]))
    ):
        unit, end = Unit.DAYS, day.end()
    if span := _range(text, first):
        second, lower, upper, unit, many = span
        end, last = second.end, second.number
    if unit is Unit.HOUSEHOLDS and text[end - 1] == "호" and not _counts_homes(text, first.start, last, end):
        return None
    if unit is None and last.scaled and last.big in (10**8, 10**12) and re.search("[억조]", text[start : last.end]):
        unit = None if _NOT_MONEY.match(text, last.end) else Unit.KRW
    if unit is None:
        unit = Unit.PLAIN
    if _minus(text, first):
        lower, upper, start = -upper, -lower, start - 1
    bound, strict = _bound(text, start, end, unit)
    approximate = (
        many or _APPROXIMATE_AFTER.match(text, end) is not None or _is_approximate(text[max(0, start - 16) : start])
    )
    return Amount(start, end, lower, upper, unit, approximate, bound, strict)


_HOMES_AFTER = re.compile(r"\s?(?:규모|이상|이하|이내|미만|내외|안팎|가량|공급|건설|입주|단지|주택|분양)")


def _counts_homes(text: str, start: int, last: _Number, end: int) -> bool:
    """Whether 호 counts homes (4만호, 1,200호, 500호 규모) and is not the number of a notice or a room (041호, 1호)."""
    return last.scaled or "," in text[start:end] or _HOMES_AFTER.match(text, end) is not None


def _is_approximate(before: str) -> bool:
    last = before.rstrip(" .")[-1:]
    if not (last.isascii() and last.isalpha()) and last not in "약략의":
        return False
    match = _APPROXIMATE_BEFORE.search(before)
    return match is not None and not (match.start() and before[match.start() - 1].isalpha())


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
    for word, size in _BIG.items():
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
            size = _ENGLISH_SCALE[word]
            if value >= size and (value * 1000) % size == 0:
                return f"{_digits(value / size)} {word}", True
    return _digits(value), False


def format_amount(amount: Amount, language: Language) -> str:
    """Say ``amount`` in ``language``: exact, never rounded, with its "about", "up to" or "at least"."""
    with localcontext(_CONTEXT):
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
