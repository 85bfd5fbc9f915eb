"""Spreadsheet values as their cell shows them: numbers by their format, days in ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# The formats that a workbook may name by number alone.
BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%",
    10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: "yyyy-mm-dd", 28: "mm-dd", 29: "mm-dd", 30: "yyyy-mm-dd",
    31: "yyyy-mm-dd", 32: "h:mm", 33: "h:mm:ss", 34: "yyyy-mm-dd", 35: "yyyy-mm-dd", 36: "yyyy-mm-dd", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: "yyyy-mm-dd", 51: "mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd",
    54: "mm-dd", 55: "yyyy-mm-dd", 56: "mm-dd", 57: "yyyy-mm-dd", 58: "mm-dd",
}  # fmt: skip
_GENERAL_DIGITS = 15
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_MAX_DAYS = 2_958_465  # the last day of the year 9999
_FALSE_LEAP_DAY = 60  # spreadsheets count a 29 February 1900, which never was
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_BRACKET = re.compile(r"\[(?:\$([^\]\-]*)[^\]]*|[^\]]*)\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_SPACING = re.compile(r"_.|\*.")
_NUMBER_PATTERN = re.compile(r"[#0?,]*[#0?](?:\.[#0?]*)?,*|\.[#0?]+")


def shown(value: str, code: str, *, from_1904: bool = False) -> str:
    """A stored number as a cell with the number format ``code`` shows it; the value itself where that is unclear.

    Days are always ``2027-01-15`` (``2027-01`` if the format has no day), times ``14:00``.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return value
    if _is_time(code):
        return _moment(float(number), code, from_1904)
    return _number(number, code)


def _bare(code: str) -> str:
    return _SPACING.sub("", _LITERAL.sub("", code))


def _is_time(code: str) -> bool:
    bare = _bare(code.split(";")[0])
    if _ELAPSED.search(bare):
        return True
    return code.lower() != "general" and re.search(r"[ymdhs]", _BRACKET.sub("", bare), re.IGNORECASE) is not None


def _moment(days: float, code: str, from_1904: bool) -> str:
    if _ELAPSED.search(code):
        minutes = round(days * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if not 0 <= days <= _MAX_DAYS:
        return _general(Decimal(days))
    if not from_1904 and days < _FALSE_LEAP_DAY:
        days += 1
    moment = (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(seconds=round(days * 86_400))
    bare = _BRACKET.sub("", _bare(code.split(";")[0])).lower()
    has_time = "h" in bare or "s" in bare
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if "y" not in bare and "d" not in bare and has_time:
        return clock
    if "y" in bare and "m" in bare and "d" not in bare and not has_time:
        return f"{moment:%Y-%m}"
    return f"{moment:%Y-%m-%d} {clock}" if has_time else f"{moment:%Y-%m-%d}"


def _number(number: Decimal, code: str) -> str:
    sections = _sections(code)
    section = sections[0]
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif not number and len(sections) > 2:
        section = sections[2]
    section = _SPACING.sub("", _BRACKET.sub(lambda match: f'"{match[1] or ""}"', section))
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2])
        return chr(0xE000 + len(literals) - 1)

    section = _LITERAL.sub(keep, section)[:200]
    if not section.strip() or section.strip().lower() == "general" or re.search(r"E[+-]|/", section):
        text = _general(number)
    elif (pattern := _NUMBER_PATTERN.search(section)) is None:
        text = section if section.strip() != "@" else _general(number)
    else:
        digits = _digits(number, pattern[0], section.count("%"))
        text = section[: pattern.start()] + digits + section[pattern.end() :]
    return re.sub("[\ue000-\uf8ff]", lambda match: _at(literals, ord(match[0]) - 0xE000), text).strip()


def _at(literals: list[str], index: int) -> str:
    return literals[index] if index < len(literals) else ""


def _sections(code: str) -> list[str]:
    pieces = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])*', code)
    return [piece for index, piece in enumerate(pieces) if piece or index == 0]


def _digits(number: Decimal, pattern: str, percents: int) -> str:
    """A number in a pattern such as ``#,##0.0#``; commas at the end of it divide by a thousand each."""
    body = pattern.rstrip(",")
    number = number.scaleb(2 * percents - 3 * (len(pattern) - len(body)))
    whole, _, fraction = body.partition(".")
    if number.adjusted() > 30:
        return _general(number)
    rounded = number.quantize(Decimal(1).scaleb(-min(len(fraction), 20)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if fraction:
        needed = len(fraction.rstrip("#?"))
        head, _, tail = text.partition(".")
        kept = tail[:needed] + tail[needed:].rstrip("0")
        text = f"{head}.{kept}" if kept else head
    zeros = whole.count("0")
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    head, dot, tail = text.partition(".")
    return sign + head.rjust(zeros, "0") + dot + tail


def _general(number: Decimal) -> str:
    """A number without a format: up to fifteen digits, no exponent unless it is huge or tiny."""
    rounded = Decimal(f"{number:.{_GENERAL_DIGITS}g}")
    if rounded and not -10 <= rounded.adjusted() <= 20:
        return f"{rounded.normalize():g}"
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
