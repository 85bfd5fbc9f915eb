"""Figures with their scale and unit, written in digits or in words, so that 100억 is never taken for 100 billion."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and what it counts: ``%``, ``%p``, a currency, or nothing known (empty)."""

    value: Decimal
    unit: str


_SCALES = {
    "십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_UNITS: tuple[tuple[str, str], ...] = (
    ("%p", r"%\s?p\b|%포인트|퍼센트\s?포인트|percentage\s+points?"),
    ("%", r"%|퍼센트|프로(?![가-힣])|per\s?cent(?:age)?\b"),
    ("USD", r"달러|불(?![가-힣])|미불|US\s?dollars?|dollars?|USD"),
    ("EUR", r"유로|euros?|EUR"),
    ("KRW", r"원(?![가-힣]{2})|won\b|KRW"),
)
_BEFORE = {"$": "USD", "US$": "USD", "USD": "USD", "₩": "KRW", "KRW": "KRW", "€": "EUR", "EUR": "EUR"}
_UNIT = "|".join(f"(?P<u{n}>{pattern})" for n, (_, pattern) in enumerate(_UNITS))
_KOREAN_SCALE = r"(?:[십백천]?[만억조경]|[십백천](?=\s?(?:원|달러|불|명|개|호|평|유로)))"
_FIGURE = re.compile(
    rf"(?P<before>US\$|USD|KRW|EUR|[$₩€])?\s?(?P<first>\d[\d,]*(?:\.\d+)?)"
    rf"(?P<scaled>\s?(?:{_KOREAN_SCALE}|(?:hundred|thousand|million|billion|trillion|mn|bn|tn)\b))?"
    rf"(?P<more>(?:\s?\d[\d,]*(?:\.\d+)?\s?{_KOREAN_SCALE})*)\s?(?:{_UNIT})?",
    re.IGNORECASE,
)
_HALF_YEAR = re.compile(r"\b(?:first|second|latter)[\s-]half\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"['‘’′`](\d{2})(?!\d|\s?(?:%|억|조|만|원))")
_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([십백천]?[만억조경]|[십백천]|[a-z]+)?", re.IGNORECASE)

_ENGLISH_WORDS = {
    word: value
    for value, words in {
        0.5: "half", 2: "two twice double second both", 3: "three triple third thrice", 4: "four fourth", 5: "five fifth",
        6: "six sixth", 7: "seven seventh", 8: "eight eighth", 9: "nine ninth", 10: "ten tenth", 11: "eleven", 12: "twelve dozen",
        13: "thirteen",
        14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty",
        40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
        100: "hundred hundreds", 1000: "thousand thousands",
        10**6: "million millions", 10**9: "billion billions", 10**12: "trillion trillions",
    }.items()
    for word in words.split()
}  # fmt: skip
# A scale after digits belongs to them.
_ENGLISH_WORD = re.compile(rf"(?<!\d)(?<!\d\s)\b(?:{'|'.join(_ENGLISH_WORDS)})\b", re.IGNORECASE)
_KOREAN_WORD = re.compile(
    r"(?<![가-힣\d])(?:[일이삼사오육칠팔구십백천만억조]+(?=\s?(?:원|달러|불|유로|퍼센트|프로|%|명|개|건|곳|배|호|평|년|개월|회|차례|여))"
    r"|[일이삼사오육칠팔구십백천만]*[십백천만][억조]|(?:수|몇)\s?[십백천만억조]+|절반|반값"
    r"|(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무)\s?(?=(?:개|곳|배|명|건|번|차례|가지|나라|해|달|주)(?![가-힣]{2})))"
)


def figures(text: str) -> set[Figure]:
    """Every figure in ``text`` that is written with digits; ``'19`` is also 2019."""
    found = {Figure(Decimal(2000 + int(year)), "") for year in _SHORT_YEAR.findall(text)}
    for match in _FIGURE.finditer(unicodedata.normalize("NFKC", text)):
        unit = next((name for n, (name, _) in enumerate(_UNITS) if match[f"u{n}"]), "")
        unit = unit or _BEFORE.get((match["before"] or "").upper(), "")
        parts = [_part(*part) for part in _PART.findall(f"{match['first']}{match['scaled'] or ''}{match['more']}")]
        found.add(Figure(sum(parts, Decimal(0)), unit))
    return found


def has_figure(figure: Figure, among: set[Figure]) -> bool:
    """Whether ``figure`` is among them: the same value in the same unit, or without a unit of its own."""
    return any(other.value == figure.value and figure.unit in ("", other.unit) for other in among)


def worded(text: str) -> set[str]:
    """Numbers that are written as words, in lower case and without blanks."""
    found = {match.group().lower() for match in _ENGLISH_WORD.finditer(_HALF_YEAR.sub(" ", text))}
    return found | {"".join(match.group().split()) for match in _KOREAN_WORD.finditer(text)}


def has_worded(word: str, source: str) -> bool:
    """Whether a number word stands in ``source``, as that word or, for small English ones, in digits."""
    if word in worded(source) or (not word.isascii() and word in "".join(source.split())):
        return True
    value = _ENGLISH_WORDS.get(word)
    return value is not None and value < 100 and has_figure(Figure(Decimal(str(value)), ""), figures(source))


def _part(digits: str, scale: str) -> Decimal:
    value = Decimal(digits.replace(",", ""))
    lowered = scale.lower()
    if lowered in _SCALES:
        return value * _SCALES[lowered]
    for character in scale:
        value *= _SCALES.get(character, 1)
    return value
