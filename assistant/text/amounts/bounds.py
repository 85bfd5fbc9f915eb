"""The words around an amount that make it a limit or an estimate."""

from __future__ import annotations

import re

from assistant.text.amounts.amount import Bound, Unit

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


def read_bound(text: str, start: int, end: int, unit: Unit) -> tuple[Bound | None, bool]:
    """The ``bound`` and ``strict`` of the amount in ``text[start:end]``, by the words after it and before it."""
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


def is_approximate(text: str, start: int, end: int) -> bool:
    """Whether a word such as 약, 내외 or "about" stands beside the amount in ``text[start:end]``."""
    if _APPROXIMATE_AFTER.match(text, end):
        return True
    before = text[max(0, start - 16) : start]
    last = before.rstrip(" .")[-1:]
    if not (last.isascii() and last.isalpha()) and last not in "약략의":
        return False
    match = _APPROXIMATE_BEFORE.search(before)
    return match is not None and not (match.start() and before[match.start() - 1].isalpha())
