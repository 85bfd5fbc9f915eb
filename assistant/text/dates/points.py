"""One date as it is written, with its weekday and its time, before a missing year is settled."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import time as day_time

from assistant.text.dates.grammar import (
    BEFORE_TIME,
    CLOSE,
    COMPILED,
    DAY_ONLY,
    ENGLISH_WEEKDAY,
    INNER_DAY,
    JOIN,
    KOREAN_WEEKDAY,
    MONTHS,
    OFFSETS,
    SHORT_YEAR,
    THIRDS,
    TILDE,
    TIME,
    TIME_JOIN,
    WEEKDAY_BEFORE,
    WEEKDAYS,
)

_FOLLOWING = ("다음", "내달", "익월", "내일", "next", "tomorrow")
_PRECEDING = ("지난", "전월", "어제", "last", "yesterday")


@dataclass(frozen=True, slots=True)
class Point:
    """One date as written, before a missing year is settled."""

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    month2: int | None = None
    day: int | None = None
    day2: int | None = None
    half: int | None = None
    quarter: int | None = None
    third: int | None = None
    offset: int | None = None  # years from the anchor: 내년 is 1
    direction: str | None = None  # future, past or this
    month_offset: int | None = None
    day_offset: int | None = None
    week_offset: int | None = None
    weekday: int | None = None
    weekday2: int | None = None
    within: bool = False  # 연내
    time: day_time | None = None
    end_time: day_time | None = None


def _century(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _steps(words: str) -> int:
    """How many days, weeks or months from the present one such words lead: 1, -1 or 0."""
    words = words.lower()
    return words.startswith(_FOLLOWING) - words.startswith(_PRECEDING)


def _build(kind: str, match: re.Match[str]) -> Point | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    year: int | None = None
    if "y" in groups:
        year = int(groups["y"])
    elif "ay" in groups or "yy" in groups:
        year = _century(groups.get("ay") or groups["yy"])
    month = int(groups["m"]) if "m" in groups else MONTHS[groups["mon"][:3].lower()] if "mon" in groups else None
    month2 = int(groups["m2"]) if "m2" in groups else None
    day = int(groups["d"]) if "d" in groups else None
    day2 = int(groups["d2"]) if "d2" in groups else None
    if not is_possible(year, month, day) or not is_possible(year, month2 or month, day2):
        return None
    if (month2 and (day or month2 <= (month or 0))) or (day2 and day2 <= (day or 0)):
        return None
    point = Point(match.start(), match.end(), kind, year, month, month2, day, day2)
    part = (groups.get("part") or groups.get("part2") or groups.get("kpart") or "").lower()
    if part:
        if day:
            return None
        point = replace(point, third=THIRDS[part])
    if word := groups.get("half"):
        point = replace(point, half=2 if word.lower() in ("하반기", "下半期", "下", "하", "second", "h2", "2h") else 1)
    if word := groups.get("q"):
        ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4}
        point = replace(point, quarter=ordinals.get(word.lower()) or int(re.sub(r"\D", "", word)))
    return _relative_words(point, groups)


def _relative_words(point: Point, groups: dict[str, str]) -> Point:
    """Read the words that count from the anchor: 내년, 오는, next, 다음 달."""
    if not groups.keys() & {"rel", "rel2", "rmon", "rday", "week"}:
        return point
    word = re.sub(r"\s+", " ", (groups.get("rel") or groups.get("rel2") or "").lower())
    if word in OFFSETS and word != "this":
        point = replace(point, offset=OFFSETS[word], within=word == "연내")
        if word in ("연초", "연말"):
            point = replace(point, third=THIRDS[word])
    elif word:
        past, this = word in ("지난", "last", "past"), word == "this"
        point = replace(point, direction="past" if past else "this" if this else "next" if word == "next" else "future")
    if month := groups.get("rmon"):
        point = replace(point, month_offset=_steps(month))
    if day := groups.get("rday"):
        point = replace(point, day_offset=_steps(day))
    if week := groups.get("week"):
        point = replace(point, week_offset=_steps(week))
    return point


def is_possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether a calendar has such a day; what is not given is no obstacle."""
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= (monthrange(year or 2000, month)[1] if month else 31)


def _clock(match: re.Match[str]) -> day_time | None:
    if match["noon"]:
        return day_time(12)
    hour = int(match["h"] or match["h2"] or match["h3"])
    minute = int(match["min"] or match["min2"] or match["min3"] or (30 if match["half"] else 0))
    half_day = {"오전": "a", "새벽": "a", "오후": "p", "저녁": "p", "밤": "p"}.get(match["ko"] or match["ko2"] or "")
    half_day = half_day or (match["ap2"] or match["ap3"] or "").lower()
    if half_day and not 1 <= hour <= 12:
        half_day = "" if half_day == "p" else "x"
    if half_day == "p" and hour < 12:
        hour += 12
    elif half_day == "a" and hour == 12:
        hour = 0
    return day_time(hour, minute) if hour < 24 and half_day != "x" else None


def read_times(text: str, position: int) -> tuple[int, day_time | None, day_time | None] | None:
    """A time, or a range of times, at ``position``: where it ends, and both."""
    first = TIME.match(text, position)
    if not first:
        return None
    begin, end = _clock(first), first.end()
    if begin is None:
        return (end, None, None) if (first["h2"] or first["h"]) == "24" else None
    if first["h0"] and int(first["h0"]) <= 12:
        hour = int(first["h0"]) % 12 + (12 if begin.hour >= 12 else 0)
        start = day_time(hour)
        return end, start if start < begin else day_time(hour - 12) if hour >= 12 else start, begin
    joint = TIME_JOIN.match(text, end)
    second = TIME.match(text, joint.end()) if joint else None
    if second and (finish := _clock(second)) is not None:
        stated = second["ko"] or second["ko2"] or second["ap2"] or second["ap3"] or second["noon"]
        if not stated and (first["ko"] or first["ko2"]) and begin.hour >= 12 and finish.hour < 12:
            finish = finish.replace(hour=finish.hour + 12)
        if finish > begin:
            return second.end(), begin, finish
    return end, begin, None


def _with_suffix(text: str, point: Point) -> Point:
    """Add the weekday and the time that stand around a date."""
    end = point.end
    before = WEEKDAY_BEFORE.search(text, max(0, point.start - 14), point.start)
    if before and point.day is not None:
        point = replace(point, start=before.start(), weekday=WEEKDAYS[before[1][:3].lower()])
    inside = False
    if weekday := KOREAN_WEEKDAY.match(text, end):
        if point.day is not None or point.day_offset is not None:
            letter = weekday["w"] or weekday["w2"]
            end, inside = weekday.end(), weekday["more"] is not None
            point = _weekday(point, WEEKDAYS[letter], None)
    elif point.day is not None and (weekday := ENGLISH_WEEKDAY.match(text, _english_end(text, point))):
        end = max(end, weekday.end())
        second = WEEKDAYS[weekday["w2"][:3].lower()] if weekday["w2"] else None
        point = _weekday(point, WEEKDAYS[weekday["w"][:3].lower()], second)
    if end != point.end:
        point = replace(point, end=end)
    if point.day is None and point.day_offset is None:
        return point
    gap = BEFORE_TIME.match(text, end)
    clock = read_times(text, gap.end() if gap else end)
    if clock:
        close = CLOSE.match(text, clock[0]) if inside else None
        return replace(point, end=close.end() if close else clock[0], time=clock[1], end_time=clock[2])
    return point


def _english_end(text: str, point: Point) -> int:
    """Where a weekday may follow: after the day (October 13 (Tuesday), 2020) or after the whole date."""
    inner = INNER_DAY.search(text, point.start, point.end)
    return inner.start() if inner and inner.start() > point.start else point.end


def _weekday(point: Point, first: int, second: int | None) -> Point:
    if point.day2 is not None and second is None and point.weekday is None:
        return replace(point, weekday2=first)
    return replace(point, weekday=first if point.weekday is None else point.weekday, weekday2=second)


def read_point(text: str, position: int) -> Point | None:
    """The date that begins at ``position``, with its weekday and time."""
    letter = text[position : position + 1]
    first = (
        "D" if letter.isdigit() else "L" if letter.isascii() and letter.isalpha() else "H" if letter >= "가" else "A"
    )
    for kind, pattern in COMPILED[first]:
        match = pattern.match(text, position)
        if match and match.end() > position and (point := _build(kind, match)) and _acceptable(text, point, match):
            return _with_suffix(text, point)
    return None


def _acceptable(text: str, point: Point, match: re.Match[str]) -> bool:
    """Whether the words around allow this reading (dates that need a context are checked in ``reading.py``)."""
    before = text[point.start - 1 : point.start] if point.start else " "
    after = text[point.end : point.end + 12]
    letter, latin = match[0][0], before.isascii() and (before.isalnum() or before == "_")
    if letter.isdigit():
        joined = before in ".,:" and text[max(0, point.start - 2) : point.start - 1].isdigit()
        stands = not (latin or joined or before in "/#$€₩")
    elif letter.isascii() and letter.isalpha():
        stands = not latin
    elif "가" <= letter <= "힣":
        stands = not "가" <= before <= "힣" or point.kind == "half"
    else:
        stands = not latin and (not before.isalnum() or "가" <= before <= "힣")
    if not stands:
        return False
    if point.kind == "year":
        return _year_stands(text, point, match)
    if point.kind == "month" and "mon" in match.groupdict():
        return _month_stands(text, point, match)
    if point.kind == "half" and match[0].lower().strip() in ("first half", "second half"):
        return (
            bool(re.match(r"\s*(?:[,.;)|]|$|of the year|and|the)", after))
            or text[max(0, point.start - 3) : point.start].lower() == "in "
        )
    if point.kind in ("half", "quarter") and point.year is None and match[0][0].isascii():
        return point.kind != "quarter" or match[0][0].isdigit() or "Q" in match[0] or point.offset is not None
    return point.kind != "yearword" or point.direction is not None or point.offset is not None


def _year_stands(text: str, point: Point, match: re.Match[str]) -> bool:
    before = text[max(0, point.start - 6) : point.start]
    if "년" in match[0] or match[0][0] in "‘’'`´′＇":
        return not (
            match[0][0].isdigit() and before.endswith("-") and before[-2:-1].isascii() and before[-2:-1].isalpha()
        )
    if re.search(r"(?:KRW|USD|EUR|US)\s?$|[A-Za-z\d]-$|(?<!\d)\+$", before) or (
        point.year is not None and point.third is None and not match[0].isdigit()
    ):
        return False
    return not re.match(
        r"\s?(?:[%％㎢㎡]|개|명|만|억|천|조|원|불|달러|호(?!텔)|곳|평|가구|세대|회(?![가-힣])|여|m\b|km|kg|s\b"
        r"|(?:won|people|companies|homes|visits|dollars|households|jobs|employees|participants|million|billion)\b)",
        text[point.end : point.end + 14],
    )


def _month_stands(text: str, point: Point, match: re.Match[str]) -> bool:
    """A month's name alone: "May", "March", "Mar" and "Sat" are words too."""
    name = match["mon"]
    if not name[0].isupper():
        return False
    if point.day or point.year or point.third is not None or point.direction or point.offset is not None:
        return True
    if name.lower() in ("may", "march", "mar", "jan", "dec", "oct", "sep", "sept", "nov"):
        before = text[max(0, point.start - 12) : point.start]
        joint = re.match(
            rf"\s?(?:to|{TILDE}|until|through)\s?(?:the end of\s)?[A-Z][a-z]{{2}}", text[point.end : point.end + 14]
        )
        return bool(
            re.search(
                r"(?:\b(?:in|of|by|between|from|to|until|since|during|before|after|till|through|and)\s|[(~–—-]\s?)$",
                before,
            )
        ) or bool(joint)
    return True


def read_second(text: str, first: Point) -> Point | None:
    """The other end of a range that ``first`` begins."""
    joint = JOIN.match(text, first.end)
    if not joint or first.month2 or first.day2:
        return None
    word = (joint["word"] or "").lower()
    if word == "and" and not re.search(
        r"\bbetween\s(?:the\s)?$", text[max(0, first.start - 14) : first.start], re.IGNORECASE
    ):
        return None
    position = joint.end()
    if first.kind == "year" and first.third is None and (short := SHORT_YEAR.match(text, position)):
        digits = short["ay"] or short["by"]
        year = _century(digits)
        if short["by"] or (word == "" and first.year is not None and year > first.year):
            return Point(position, short.end(), "year", year=year)
    second = read_point(text, position)
    if (
        second
        and second.kind == "md"
        and (first.day is None or (text[second.end : second.end + 1].isalpha() and text[second.end].isascii()))
    ):
        second = None
    if second and second.kind == "year" and first.kind == "month" and first.year is None:
        second = None
    if second is None and first.day is not None and (day := DAY_ONLY.match(text, position)):
        number = int(day["d"])
        if is_possible(first.year, first.month, number):
            second = replace(first, start=position, end=day.end(), day=number, weekday=None, time=None, end_time=None)
            second = _with_suffix(text, second)
    if second and (second.day is None) != (first.day is None) and second.day is not None and first.kind == "year":
        return second if joint["mark"] else None
    return second
