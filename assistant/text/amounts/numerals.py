"""Numbers as Korean and English write them: 3조 2천억, 1,748만, 2.5 million, 세, twelve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

EXACT = Context(prec=80)
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?(?![.,]?\d)"
_SMALL = {"천": 1_000, "백": 100, "십": 10}
KOREAN_SCALE = {"조": 10**12, "억": 10**8, "만": 10**4}
ENGLISH_SCALE = {
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
NUMBER_WORDS = "|".join(
    sorted((re.escape(word) for word in _ENGLISH_NUMBER if word not in ("a", "half a")), key=len, reverse=True)
)
_DIGITS = re.compile(_NUMBER)
_KOREAN_PART = re.compile(rf"(?P<number>{_NUMBER})?\s?(?P<small>[천백십])?(?P<big>[조억만])?")
_ENGLISH_WORD = re.compile(rf"(?:{NUMBER_WORDS}|half a|a)\b", re.IGNORECASE)
_HANGUL_WORD = re.compile("한|두|세|네|다섯|여섯|일곱|여덟|아홉|열")
_SCALE = re.compile(
    r"[ -]?(?P<word>hundred|thousand|million|billion|trillion)\b|\s?(?P<short>mn|mln|bn|tn|m|k)\b", re.IGNORECASE
)
_MONEY_WORD = re.compile(r"\s?(?:원|달러|유로)")
_MANY = re.compile(r"\s?여(?=\s?(?:[가-힣㎡㎢%社所]|k?m))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: ``scaled`` when a word such as 만 or million stands with it, ``small`` when only 천, 백 or 십."""

    end: int
    value: Decimal
    scaled: bool = False
    small: bool = False
    big: int = 1
    many: bool = False
    literal: bool = True


def _korean_number(text: str, position: int) -> Number | None:
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
        big = KOREAN_SCALE[match["big"]] if match["big"] else 0
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
    return Number(end, total + section, scaled, scaled and not any_big, first_big)


def read_number(text: str, position: int) -> Number | None:
    """The number that begins at ``position``, with the scale that stands with it (million, 여 만)."""
    if _DIGITS.match(text, position):
        number = _korean_number(text, position)
        if number is None:
            return None
        if not number.scaled and (scale := _SCALE.match(text, number.end)):
            return _scaled(number, scale)
        if many := _MANY.match(text, number.end):
            more = _KOREAN_PART.match(text, many.end())
            if more and more["number"] is None and more["big"] and not number.scaled:
                big = KOREAN_SCALE[more["big"]]
                return Number(more.end(), number.value * big, True, False, big, True)
            return Number(many.end(), number.value, number.scaled, number.small, number.big, True)
        return number
    if word := _HANGUL_WORD.match(text, position):
        return Number(word.end(), _KOREAN_NUMBER[word[0]], literal=False)
    if word := _ENGLISH_WORD.match(text, position):
        number = Number(word.end(), _ENGLISH_NUMBER[word[0].lower()], literal=False)
        scale = _SCALE.match(text, number.end)
        return _scaled(number, scale) if scale and scale["word"] else number
    return None


def _scaled(number: Number, scale: re.Match[str]) -> Number:
    word = (scale["word"] or scale["short"]).lower()
    if word in ("m", "k") and scale["short"] != ("M" if word == "m" else scale["short"]):
        return number  # "5 m" is metres
    factor = ENGLISH_SCALE[word]
    return Number(scale.end(), number.value * factor, True, False, factor, literal=number.literal)
