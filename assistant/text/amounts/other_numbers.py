"""Numbers that are no amounts: dates, times, ordinals, telephone numbers, versions and codes."""

from __future__ import annotations

import re

from assistant.text.amounts.amount import Unit
from assistant.text.amounts.quantity import Quantity

_OTHER_NUMBERS = re.compile(
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


def other_numbers(text: str) -> list[tuple[int, int]]:
    """Start and end of each of them, in order."""
    return [match.span() for match in _OTHER_NUMBERS.finditer(text)]


def is_calendar(text: str, quantity: Quantity) -> bool:
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
