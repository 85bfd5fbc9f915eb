"""Takes personal data out of what people write, before it is kept for insight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.types import Language

_MASKS: dict[Language, dict[str, str]] = {
    "ko": {"resident": "[주민등록번호]", "card": "[카드번호]", "email": "[이메일]", "phone": "[전화번호]"},
    "en": {"resident": "[resident number]", "card": "[card number]", "email": "[e-mail]", "phone": "[phone number]"},
}
# Full-width forms and the many dashes that keyboards give; one character for one, so that places stay.
_PLAIN = str.maketrans(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | dict.fromkeys("‐‑‒–—―−－", "-")
    | {"＠": "@", "．": ".", "＋": "+", "（": "(", "）": ")", "\u00a0": " ", "\u3000": " "}
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_PATTERNS = (
    ("email", re.compile(r"[a-z0-9._%+-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.I | re.A)),
    # Six digits of a birthday, then seven of which the first says the century; also with stars in place of the last.
    (
        "resident",
        re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?-?\s?[0-9](?:\d{6}|[\d*]{0,5}\*)(?!\d)"),
    ),
    ("card", re.compile(r"(?<!\d)(?:\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{1,7}|3\d{3}[ .-]\d{6}[ .-]\d{5})(?!\d)")),
    ("card", re.compile(r"(?<!\d)[2-69]\d{13,15}(?!\d)")),
    ("phone", re.compile(r"(?<![\d+])\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,5}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)\(?01[016-9]\)?\s?[.-]?\s?\d{3,4}\s?[.-]?\s?\d{4}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)\(?0(?:2|[3-6][1-5]|50\d?|70|80)\)?\s?[.-]?\s?\d{3,4}\s?[.-]?\s?\d{4}(?!\d)")),
)
_UNGROUPED_CARD = _PATTERNS[3][1]


def mask(text: str, language: Language) -> str:
    """``text`` with resident registration numbers, card and telephone numbers and e-mail addresses replaced by their kind.

    Written with full-width digits, odd dashes, spaces or none, they are found too. Amounts, dates, and the registration numbers of
    companies stay. A number is rather masked once too often than once too seldom.
    """
    text = _INVISIBLE.sub("", text)
    taken: list[tuple[int, int, str]] = []
    plain = text.translate(_PLAIN)
    for kind, start, end in _found(plain):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
            taken.append((start, end, _MASKS[language][kind]))
    for start, end, shown in sorted(taken, reverse=True):
        text = f"{text[:start]}{shown}{text[end:]}"
    return text


def _found(plain: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            # A long plain number is a card only if its check digit says so: it may be an amount.
            if pattern is not _UNGROUPED_CARD or _passes_luhn(match.group()):
                yield kind, match.start(), match.end()


def _passes_luhn(digits: str) -> bool:
    """The check digit of card numbers (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
