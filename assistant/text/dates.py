"""Dates, periods, deadlines and times in Korean and English official prose.

``find_dates`` reads what is written. A missing year, and words such as 내년 or "this October", are read against
``anchor`` (the document's publication date) and marked; without an anchor the period stays ``None``. Nothing here
looks at a clock. ``format_period`` says a period in either language so that it reads back to the same days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from datetime import time as day_time
from typing import Literal

from assistant.types import Language, Period, Precision

Kind = Literal["fixed", "rolling", "until_budget", "relative"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """The date, period or time written in ``text[start:end]``.

    ``period`` is ``None`` where the text alone does not settle it. ``open_start`` and ``open_end`` mark an interval
    that names only its end or its beginning; ``is_deadline`` that the end is the last day (까지, by, no later than).
    ``days`` (or ``months``) and ``anchor_word`` belong to ``relative``: D-7 is -7 days, "within 30 days of the
    notice" is 30. ``approximate`` stands for a third of a month or year (초, 중순, 말, early, mid, late).
    """

    start: int
    end: int
    period: Period | None = None
    kind: Kind = "fixed"
    open_start: bool = False
    open_end: bool = False
    is_deadline: bool = False
    days: int | None = None
    months: int | None = None
    anchor_word: str | None = None
    time: day_time | None = None
    end_time: day_time | None = None
    inferred_year: bool = False
    weekday_conflict: bool = False
    approximate: bool = False


# --- The grammar -------------------------------------------------------------------------------

_TILDE = r"[~∼～〜–—-]"
_YEAR = r"(?:19|20)\d\d"
_APOSTROPHE = "[‘’'`´′＇]"
_ORDINAL = r"(?:st|nd|rd|th)?"
_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                "november", "december")  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = (
    r"(?P<mon>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?![a-z])"
)
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {name[:3]: number for number, name in enumerate(_DAY_NAMES)}
_WEEKDAYS |= {name: number for number, name in enumerate("월화수목금토일")}
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)"
_KOREAN_PART = (
    r"(?:\s?(?P<part>초순|초반|초|상순|중순|중반|하순|말경|말)"
    r"(?=까지|부터|에|경|쯤|께|이후|이전|이내|로|의|은|는|이|[^가-힣]|$))?"
)
_THIRDS = {
    "초": 0, "초순": 0, "초반": 0, "상순": 0, "연초": 0, "early": 0, "beginning": 0, "start": 0,
    "중순": 1, "중반": 1, "mid": 1, "middle": 1,
    "하순": 2, "말경": 2, "말": 2, "연말": 2, "late": 2, "end": 2,
}  # fmt: skip
_ENGLISH_PART = r"(?:(?:(?P<part>early|mid|late)(?:\s(?:in\s)?|-)|(?:the\s)?(?P<part2>beginning|start|middle|end)\sof\s(?:the\s)?))?"
_YEAR_WORD = "올해|금년|내년|명년|작년|지난해|내후년|재작년"
_DIRECTION_WORD = "오는|다가오는|지난"
_OFFSETS = {
    "올해": 0, "금년": 0, "연내": 0, "연초": 0, "연말": 0, "내년": 1, "명년": 1, "작년": -1, "지난해": -1, "내후년": 2,
    "재작년": -2, "this year": 0, "next year": 1, "last year": -1, "the year": 0, "this": 0,
}  # fmt: skip
_KOREAN_YEAR = (
    rf"(?:(?P<y>{_YEAR})(?:\s?년도?|(?=\s?[.\s]))|{_APOSTROPHE}\s?(?P<ay>\d\d)(?:\s?년도?)?|(?P<yy>\d\d)(?:년|(?=\.\d{{1,2}}월))"
    rf"|(?P<rel>{_YEAR_WORD}|{_DIRECTION_WORD}))"
)
_NOT_UNIT = r"(?!\d|[.,:]\d|\s?(?:[%％㎢㎡㎞°조억만천백배점명원불개곳건평]|%p|[a-zA-Z]{2,}\d|km|m\b|[xX×]))"

# Kind, possible first characters, pattern. Every pattern names its parts the same way, so one builder reads them all;
# the first that matches wins.
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        "ymd",
        "D",
        rf"(?P<y>{_YEAR})\s?(?P<sep>[.\-/])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<d>\d{{1,2}})(?!\d|[.,:]\d|[-/]\d)\.?",
    ),
    ("ymd", "A", rf"{_APOSTROPHE}\s?(?P<ay>\d\d)\s?\.\s?(?P<m>\d{{1,2}})\s?\.\s?(?P<d>\d{{1,2}})(?!\d|[.,:]\d)\.?"),
    ("ymd", "D", r"(?P<yy>\d\d)\.\s?(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})\.?(?=\s?\([월화수목금토일])"),
    (
        "month",
        "DAH",
        rf"(?:{_KOREAN_YEAR}[\s.,]*)?(?P<m>\d{{1,2}})(?:월?\s?{_TILDE}\s?(?P<m2>\d{{1,2}}))?\s?월"
        rf"(?!드|급|세|평|간|스|요|례|별|액)(?:\s?(?P<d>\d{{1,2}})(?:일?\s?{_TILDE}\s?(?P<d2>\d{{1,2}}))?\s?일(?!\s?간))?{_KOREAN_PART}",
    ),
    ("half", "DAH", rf"{_KOREAN_YEAR}[\s.]*(?P<half>상반기|하반기|上半期|下半期|上|下)"),
    ("half", "A", rf"{_APOSTROPHE}\s?(?P<ay>\d\d)(?:년)?\.?\s?(?P<half>상|하)(?![가-힣])"),
    ("half", "H", r"(?P<half>상반기|하반기)"),
    ("quarter", "DAH", rf"(?:{_KOREAN_YEAR}[\s.]*)?(?P<q>[1-4])(?:\s?/\s?4)?\s?분기"),
    ("ym", "D", rf"(?P<y>{_YEAR})\s?\.\s?(?P<m>\d{{1,2}}){_NOT_UNIT}\.?"),
    ("ym", "D", rf"(?P<y>{_YEAR})(?P<sep>[-/])(?P<m>0[1-9]|1[0-2])(?!\d|[-/]\d|호)"),
    ("ym", "A", rf"{_APOSTROPHE}\s?(?P<ay>\d\d)\s?\.\s?(?P<m>\d{{1,2}}){_NOT_UNIT}\.?"),
    (
        "relmonth",
        "H",
        rf"(?P<rmon>다음\s?달|내달|익월|이번\s?달|이달|금월|지난\s?달|전월)(?:\s?(?P<d>\d{{1,2}})\s?일)?{_KOREAN_PART}",
    ),
    (
        "relday",
        "H",
        r"(?P<rday>오늘|내일|어제)(?=까지|부터|[은는의]?(?:\s|[,.)]|$))|(?P<week>이번|다음|지난)\s?주(?![가-힣]|\s?제)",
    ),
    ("day", "H", rf"(?P<rel>{_DIRECTION_WORD})\s(?P<d>\d{{1,2}})\s?일(?!\s?간)"),
    ("yearword", "H", r"(?P<rel>연내|연초|연말)(?![가-힣])|(?P<rel2>연말|연초|연내)(?=까지|부터|에|로)"),
    ("yearword", "H", rf"(?P<rel>{_YEAR_WORD}){_KOREAN_PART}"),
    # English
    ("half", "L", rf"(?:the\s)?(?P<half>first|second)\shalf\sof\s{_MONTH}(?:,?\s(?P<y>{_YEAR}))?"),
    (
        "half",
        "L",
        rf"(?:the\s)?(?P<half>first|second)[\s-]half(?:(?:\sof|,)?\s(?:(?P<y>{_YEAR})|(?P<rel>(?:this|next|last|the)\syear)))?",
    ),
    ("half", "DL", rf"(?:the\s)?(?P<half>H[12]|[12]H)(?:,|\sof)?\s?(?P<y>{_YEAR})?(?![\dA-Za-z])"),
    ("half", "D", rf"(?P<y>{_YEAR}),?\s?(?P<half>H[12]|[12]H)(?![A-Za-z\d])"),
    (
        "quarter",
        "L",
        r"(?:the\s)?(?P<q>first|second|third|fourth)[\s-]quarter"
        rf"(?:(?:\sof|,)?\s(?:(?P<y>{_YEAR})|(?P<rel>(?:this|next|last|the)\syear)))?",
    ),
    ("quarter", "DL", rf"(?P<q>Q[1-4]|[1-4]Q)(?:,|\sof)?\s?(?P<y>{_YEAR})?(?![\dA-Za-z])"),
    ("quarter", "D", rf"(?P<y>{_YEAR}),?\s?(?P<q>Q[1-4]|[1-4]Q)(?![A-Za-z\d])"),
    (
        "month",
        "L",
        rf"{_ENGLISH_PART}(?:(?P<rel>this\scoming|coming|upcoming|this|next|last|past)\s)?{_MONTH}"
        rf"(?:\s(?:the\s)?(?P<d>\d{{1,2}}){_ORDINAL}(?![\d:%A-Za-z]|[.,]\d|\s?(?:%|million|billion|companies|a\.?m|p\.?m))"
        rf"(?:\s?(?:{_TILDE}|to|and|through|&)\s?(?:the\s)?(?P<d2>\d{{1,2}}){_ORDINAL}(?![\d:A-Za-z]|[.,]\d))?)?"
        rf"(?P<wday>,?\s\(?{_DAY}(?:\s(?:and|to)\s{_DAY})?\)?)?"
        rf"(?:,?\s(?:of\s)?(?P<y>{_YEAR})(?!\d|,\d)|\s(?:of\s)?(?P<rel2>this\syear|next\syear|last\syear))?",
    ),
    (
        "month",
        "D",
        rf"(?P<d>\d{{1,2}}){_ORDINAL}(?:\s?(?:{_TILDE}|to|and|through|&)\s?(?P<d2>\d{{1,2}}){_ORDINAL})?\s(?:of\s)?{_MONTH}"
        rf"(?:,?\s(?:of\s)?(?P<y>{_YEAR})(?!\d|,\d)|\s(?:of\s)?(?P<rel2>this\syear|next\syear|last\syear))?",
    ),
    ("relmonth", "L", rf"{_ENGLISH_PART}(?P<rmon>(?:this|next|last)\smonth)\b"),
    ("relday", "L", r"(?P<rday>today|tomorrow|yesterday)\b|(?P<week>this|next|last)\sweek\b"),
    ("yearword", "L", rf"{_ENGLISH_PART}(?P<rel>(?:this|next|last)\syear)\b"),
    ("yearword", "L", r"(?:the\s)?(?P<part>end)\sof\s(?P<rel>the\syear)\b"),
    ("md", "D", r"(?P<m>\d{1,2})\s?\.\s?(?P<d>\d{1,2})(?!\d|[.,:]\d)(?P<dot>\.)?"),
    ("md", "D", r"(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=\s?\([월화수목금토일])(?P<dot>)"),
    (
        "year",
        "DL",
        rf"{_ENGLISH_PART}(?P<y>{_YEAR})"
        rf"(?:\s?년도?(?!\s?대(?![가-힣])){_KOREAN_PART.replace('part', 'kpart')}|(?![\d년]|,\d{{3}}|[.:/]\d|-\d))",
    ),
    (
        "year",
        "A",
        rf"{_APOSTROPHE}\s?(?P<ay>\d\d)(?!\d)(?:\s?년도?(?!간|대){_KOREAN_PART}|(?=\s?(?:[~∼～〜–)\],;→·/\n]|-|$|까지|부터|이후|이전|\s[^a-z%])))",
    ),
)
# By the first character: D a digit, A an apostrophe, H Hangul, L a Latin letter.
_COMPILED = {
    first: tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, starts, pattern in _PATTERNS if first in starts)
    for first in "DAHL"
}

_START = re.compile(
    rf"(?<![\d])\d|{_APOSTROPHE}\s?\d\d|오는|다가오는|지난|올해|금년|내년|명년|작년|내후년|재작년|다음|내달|익월|이번|이달|금월|전월|연[내초말]"
    r"|오늘|내일|어제|상반기|하반기|(?<![A-Za-z])(?:the\s(?:first|second|third|fourth|beginning|start|middle|end)\b|first|second|third|fourth"
    r"|early|mid|late|beginning|start|middle|end\sof|this|next|last|coming|upcoming|past|today|tomorrow|yesterday|[QH][1-4]"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<noon>정오|noon\b)"
    r"|(?P<ko>오전|오후|낮|밤|새벽|저녁)?\s?(?P<h>\d{1,2})\s?시(?!간|범|장|도|스|설|행|작|기|점|민|내|의회|각)(?:\s?(?P<min>[0-5]?\d)\s?분|\s?(?P<half>반)(?![가-힣]))?"
    r"|(?P<ko2>오전|오후)?\s?(?P<h2>\d{1,2}):(?P<min2>[0-5]\d)(?![\d:])(?:\s?(?P<ap2>[ap])\.?m\b\.?)?"
    r"|(?:(?P<h0>\d{1,2})\s?(?:[–~-]|to)\s?)?(?P<h3>\d{1,2})(?:\.(?P<min3>[0-5]\d))?\s?(?P<ap3>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
_TIME_JOIN = re.compile(r"\s?(?:~|∼|～|〜|–|—|-|부터|에서|\bto\b|\band\b|\buntil\b)\s?", re.IGNORECASE)
_BEFORE_TIME = re.compile(r",?\s?(?:at\s|by\s|from\s|에\s)?|\s?\|\s?", re.IGNORECASE)
_JOIN = re.compile(
    rf"\s?(?P<mark>{_TILDE}|부터|에서)\s?|\s(?P<word>to|until|till|through|and)\s(?:the\s)?(?:(?:{_DAY}),?\s)?",
    re.IGNORECASE,
)
_KOREAN_WEEKDAY = re.compile(
    r"\s?\(\s?(?P<w>[월화수목금토일])(?:요일)?(?:(?P<more>,?\s?(?=[\d오정낮]))|\s?\))|\s?(?P<w2>[월화수목금토일])요일"
)
_ENGLISH_WEEKDAY = re.compile(
    rf",?\s\(?(?P<w>{_DAY})(?:\s?(?:and|to|&|{_TILDE})\s?(?P<w2>{_DAY}))?\)?(?![a-z])", re.IGNORECASE
)
_WEEKDAY_BEFORE = re.compile(rf"(?<![A-Za-z])({_DAY}),?\s(?:the\s)?$", re.IGNORECASE)
_DAY_ONLY = re.compile(r"(?P<d>\d{1,2})\s?(?:일(?!\s?간)|\.(?!\d)|(?=\s?\([월화수목금토일]))")
_CLOSE = re.compile(r"\s?\)")
_INNER_DAY = re.compile(rf",?\s\(?{_DAY}", re.IGNORECASE)
_SHORT_YEAR = re.compile(
    rf"(?P<ay>\d\d)(?:\s?년도?(?!간)|(?=\s?(?:[),;~\n]|$)))|{_APOSTROPHE}\s?(?P<by>\d\d)(?!\d|\s?\.)(?:\s?년도?(?!간))?"
)
_DEADLINE_BEFORE = re.compile(
    r"(?<![a-z])(?:by|until|till|no later than|not later than|on or before|before|due(?: on| by)?)\s(?:the\s)?$", re.I
)
_OPEN_BEFORE = re.compile(
    r"(?<![a-z])(?:since|after|starting(?: from| in| on)?|beginning(?: in| on)|as of|from)\s(?:the\s)?$", re.IGNORECASE
)
_UNTIL = re.compile(r"\s?(?:\([^()]{0,12}\)\s?)?(?:까지|이내|內|내(?=[\s,)에로·]|$)|한(?=[\s,)]|$))")
_EVERY = re.compile(r"(?:매년|매월|매해|해마다|\bevery|\beach)\s?$", re.IGNORECASE)
_SINCE = re.compile(rf"\s?(?:부터|이후|이래|{_TILDE}(?!\s?\d)|onwards?\b|on(?=\s*(?:[|,.;)]|$)))", re.IGNORECASE)
_EARLIER = re.compile(r"\s?이전")
_PAST = re.compile(
    r"정상\s?임석|후속\s?조치|체결(?:한|했|하고)|열린|개최(?:했|한\s)|발표(?:한|했)|(?:was|were) (?:held|signed)|(?:signed|held|met) on",
    re.I,
)
_CONTEXT_WORD = re.compile(
    "체결|협약|개최|정상|발표|출범|착수|선정|서명|회의|회담|마감|접수|공고|시행|개막|착공|준공|발족|설명회|기준|부터|까지|종료"
)


@dataclass(frozen=True, slots=True)
class _Point:
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
    late_time: bool = False  # the time stands by the end of the interval


def _century(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _sign(word: str) -> int:
    return (
        1
        if word in ("다음", "내달", "익월", "next", "내일", "tomorrow")
        else -1
        if word in ("지난", "전월", "last", "어제", "yesterday")
        else 0
    )


def _build(kind: str, match: re.Match[str]) -> _Point | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    year: int | None = None
    if "y" in groups:
        year = int(groups["y"])
    elif "ay" in groups or "yy" in groups:
        year = _century(groups.get("ay") or groups["yy"])
    month = int(groups["m"]) if "m" in groups else _MONTHS[groups["mon"][:3].lower()] if "mon" in groups else None
    month2 = int(groups["m2"]) if "m2" in groups else None
    day = int(groups["d"]) if "d" in groups else None
    day2 = int(groups["d2"]) if "d2" in groups else None
    if not _possible(year, month, day) or not _possible(year, month2 or month, day2):
        return None
    if (month2 and (day or month2 <= (month or 0))) or (day2 and day2 <= (day or 0)):
        return None
    point = _Point(match.start(), match.end(), kind, year, month, month2, day, day2)
    part = (groups.get("part") or groups.get("part2") or groups.get("kpart") or "").lower()
    if part:
        if day:
            return None
        point = replace(point, third=_THIRDS[part])
    if word := groups.get("half"):
        point = replace(point, half=2 if word.lower() in ("하반기", "下半期", "下", "하", "second", "h2", "2h") else 1)
    if word := groups.get("q"):
        ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4}
        point = replace(point, quarter=ordinals.get(word.lower()) or int(re.sub(r"\D", "", word)))
    return _relative_words(point, groups)


def _relative_words(point: _Point, groups: dict[str, str]) -> _Point:
    """Read the words that count from the anchor: 내년, 오는, next, 다음 달."""
    if not groups.keys() & {"rel", "rel2", "rmon", "rday", "week"}:
        return point
    word = re.sub(r"\s+", " ", (groups.get("rel") or groups.get("rel2") or "").lower())
    if word in _OFFSETS and word != "this":
        point = replace(point, offset=_OFFSETS[word], within=word == "연내")
        if word in ("연초", "연말"):
            point = replace(point, third=_THIRDS[word])
    elif word:
        past, this = word in ("지난", "last", "past"), word == "this"
        point = replace(point, direction="past" if past else "this" if this else "next" if word == "next" else "future")
    if month := groups.get("rmon"):
        point = replace(point, month_offset=_sign(month.split()[0].lower().removesuffix("달") or month))
        if month.startswith("지난"):
            point = replace(point, month_offset=-1)
        if month in ("내달", "익월") or month.startswith("다음"):
            point = replace(point, month_offset=1)
        if month == "전월":
            point = replace(point, month_offset=-1)
    if day := groups.get("rday"):
        point = replace(point, day_offset=_sign(day.lower()))
    if week := groups.get("week"):
        point = replace(point, week_offset=_sign(week.lower()))
    return point


def _possible(year: int | None, month: int | None, day: int | None) -> bool:
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= (monthrange(year or 2000, month)[1] if month else 31)


# --- Reading one date, its weekday and its time -------------------------------------------------


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


def _times(text: str, position: int) -> tuple[int, day_time | None, day_time | None] | None:
    """A time, or a range of times, at ``position``: where it ends, and both."""
    first = _TIME.match(text, position)
    if not first:
        return None
    begin, end = _clock(first), first.end()
    if begin is None:
        return (end, None, None) if (first["h2"] or first["h"]) == "24" else None
    if first["h0"] and int(first["h0"]) <= 12:
        hour = int(first["h0"]) % 12 + (12 if begin.hour >= 12 else 0)
        start = day_time(hour)
        return end, start if start < begin else day_time(hour - 12) if hour >= 12 else start, begin
    joint = _TIME_JOIN.match(text, end)
    second = _TIME.match(text, joint.end()) if joint else None
    if second and (finish := _clock(second)) is not None:
        stated = second["ko"] or second["ko2"] or second["ap2"] or second["ap3"] or second["noon"]
        if not stated and (first["ko"] or first["ko2"]) and begin.hour >= 12 and finish.hour < 12:
            finish = finish.replace(hour=finish.hour + 12)
        if finish > begin:
            return second.end(), begin, finish
    return end, begin, None


def _with_suffix(text: str, point: _Point) -> _Point:
    """Add the weekday and the time that stand around a date."""
    end = point.end
    before = _WEEKDAY_BEFORE.search(text, max(0, point.start - 14), point.start)
    if before and point.day is not None:
        point = replace(point, start=before.start(), weekday=_WEEKDAYS[before[1][:3].lower()])
    inside = False
    if weekday := _KOREAN_WEEKDAY.match(text, end):
        if point.day is not None or point.day_offset is not None:
            letter = weekday["w"] or weekday["w2"]
            end, inside = weekday.end(), weekday["more"] is not None
            point = _weekday(point, _WEEKDAYS[letter], None)
    elif point.day is not None and (weekday := _ENGLISH_WEEKDAY.match(text, _english_end(text, point))):
        end = max(end, weekday.end())
        second = _WEEKDAYS[weekday["w2"][:3].lower()] if weekday["w2"] else None
        point = _weekday(point, _WEEKDAYS[weekday["w"][:3].lower()], second)
    if end != point.end:
        point = replace(point, end=end)
    if point.day is None and point.day_offset is None:
        return point
    gap = _BEFORE_TIME.match(text, end)
    clock = _times(text, gap.end() if gap else end)
    if clock:
        close = _CLOSE.match(text, clock[0]) if inside else None
        return replace(point, end=close.end() if close else clock[0], time=clock[1], end_time=clock[2])
    return point


def _english_end(text: str, point: _Point) -> int:
    """Where a weekday may follow: after the day (October 13 (Tuesday), 2020) or after the whole date."""
    inner = _INNER_DAY.search(text, point.start, point.end)
    return inner.start() if inner and inner.start() > point.start else point.end


def _weekday(point: _Point, first: int, second: int | None) -> _Point:
    if point.day2 is not None and second is None and point.weekday is None:
        return replace(point, weekday2=first)
    return replace(point, weekday=first if point.weekday is None else point.weekday, weekday2=second)


def _point(text: str, position: int) -> _Point | None:
    """The date that begins at ``position``, with its weekday and time."""
    letter = text[position : position + 1]
    first = (
        "D" if letter.isdigit() else "L" if letter.isascii() and letter.isalpha() else "H" if letter >= "가" else "A"
    )
    for kind, pattern in _COMPILED[first]:
        match = pattern.match(text, position)
        if match and match.end() > position and (point := _build(kind, match)) and _acceptable(text, point, match):
            return _with_suffix(text, point)
    return None


def _acceptable(text: str, point: _Point, match: re.Match[str]) -> bool:
    """Whether the words around allow this reading (dates that need a context are checked by ``_in_context``)."""
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


def _year_stands(text: str, point: _Point, match: re.Match[str]) -> bool:
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


def _month_stands(text: str, point: _Point, match: re.Match[str]) -> bool:
    """A month's name alone: "May", "March", "Mar" and "Sat" are words too."""
    name = match["mon"]
    if not name[0].isupper():
        return False
    if point.day or point.year or point.third is not None or point.direction or point.offset is not None:
        return True
    if name.lower() in ("may", "march", "mar", "jan", "dec", "oct", "sep", "sept", "nov"):
        before = text[max(0, point.start - 12) : point.start]
        joint = re.match(
            rf"\s?(?:to|{_TILDE}|until|through)\s?(?:the end of\s)?[A-Z][a-z]{{2}}", text[point.end : point.end + 14]
        )
        return bool(
            re.search(
                r"(?:\b(?:in|of|by|between|from|to|until|since|during|before|after|till|through|and)\s|[(~–—-]\s?)$",
                before,
            )
        ) or bool(joint)
    return True


# --- Settling the days -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Days:
    """The days a point stands for; ``year`` is the year it begins in."""

    start: date
    end: date
    precision: Precision
    inferred: bool = False
    conflict: bool = False


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _span(point: _Point, year: int) -> tuple[date, date, Precision] | None:
    """The days of ``point`` in ``year``; ``None`` where that year has no such day."""
    if not 1 <= year <= 9998:
        return None
    month, day, third = point.month, point.day, point.third
    if month and day:
        if not _possible(year, month, point.day2 or day):
            return None
        return date(year, month, day), date(year, month, point.day2 or day), Precision.DAY
    if month and point.half:
        return (date(year, month, 1), date(year, month, 15), Precision.MONTH) if point.half == 1 else (
            date(year, month, 16), _last_day(year, month), Precision.MONTH)  # fmt: skip
    if month and third is not None:
        end = _last_day(year, month) if third == 2 else date(year, month, 10 * third + 10)
        return date(year, month, 10 * third + 1), end, Precision.MONTH
    if month:
        return date(year, month, 1), _last_day(year, point.month2 or month), Precision.MONTH
    if point.half:
        return date(year, 6 * point.half - 5, 1), _last_day(year, 6 * point.half), Precision.HALF
    if point.quarter:
        return date(year, 3 * point.quarter - 2, 1), _last_day(year, 3 * point.quarter), Precision.QUARTER
    if day:
        return None
    if third is not None:
        return date(year, 4 * third + 1, 1), _last_day(year, 4 * third + 4), Precision.YEAR
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR


def _settle(point: _Point, anchor: date | None, past: bool) -> _Days | None:
    """The days of a point, with a missing year read against ``anchor``."""
    year = point.year
    if year is None and point.offset is not None:
        if anchor is None:
            return None
        year = anchor.year + point.offset
    if year is not None:
        span = _span(point, year)
        return _checked(point, span, inferred=point.year is None) if span else None
    if anchor is None:
        return None
    if (
        point.day_offset is not None
        or point.week_offset is not None
        or point.month_offset is not None
        or point.kind == "day"
    ):
        return _near(point, anchor)
    if point.month is None and point.half is None and point.quarter is None:
        return None
    return _missing_year(point, anchor, past)


def _checked(point: _Point, span: tuple[date, date, Precision], inferred: bool) -> _Days:
    conflict = point.weekday is not None and span[0].weekday() != point.weekday
    conflict = conflict or (
        point.weekday2 is not None and point.day2 is not None and span[1].weekday() != point.weekday2
    )
    return _Days(*span, inferred=inferred, conflict=conflict)


def _near(point: _Point, anchor: date) -> _Days | None:
    """오늘, 다음 주, 다음 달 말, 오는 13일."""
    if point.day_offset is not None:
        day = anchor + timedelta(days=point.day_offset)
        return _checked(point, (day, day, Precision.DAY), inferred=True)
    if point.week_offset is not None:
        monday = anchor + timedelta(days=7 * point.week_offset - anchor.weekday())
        return _Days(monday, monday + timedelta(days=6), Precision.DAY, inferred=True)
    offset = point.month_offset or 0
    if point.kind == "day" and point.day:
        offset = (
            (1 if point.day < anchor.day else 0) if point.direction != "past" else (-1 if point.day > anchor.day else 0)
        )
    index = anchor.year * 12 + anchor.month - 1 + offset
    span = _span(replace(point, month=index % 12 + 1), index // 12)
    return _checked(point, span, inferred=True) if span else None


def _missing_year(point: _Point, anchor: date, past: bool) -> _Days | None:
    """The reading that notices mean: from a month before the anchor to eleven months after it."""
    spans = [span for year in range(anchor.year - 5, anchor.year + 6) if (span := _span(point, year))]
    exact = point.day is not None
    chosen: tuple[date, date, Precision] | None
    if point.direction == "this":
        chosen = next((span for span in spans if span[0].year == anchor.year), None)
    elif point.direction == "past" or (past and point.direction is None):
        chosen = next((span for span in reversed(spans) if (span[0] if exact or past else span[1]) <= anchor), None)
    elif point.direction == "next":
        chosen = next((span for span in spans if span[0] > anchor), None)
    elif point.direction == "future":
        chosen = next((span for span in spans if span[1] >= anchor), None)
    else:
        chosen = next((span for span in spans if span[1] >= anchor - timedelta(days=31)), None)
        if point.weekday is not None:
            close = sorted(spans, key=lambda span: abs(span[0] - anchor))
            close = [span for span in close if abs(span[0].year - anchor.year) <= 1]
            chosen = next((span for span in close if span[0].weekday() == point.weekday), chosen)
    return _checked(point, chosen, inferred=True) if chosen else None


_COARSE = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR)


def _pair(first: _Point, second: _Point, anchor: date | None, past: bool) -> tuple[_Days, _Days] | None:
    """The days of both ends of a range; each end may lend the other its year. ``None`` where it runs backwards."""
    own = (first.year, first.offset, first.direction, first.month_offset, first.day_offset)
    if (
        all(value is None for value in own)
        and (second.year is not None or second.offset is not None)
        and first.kind != "year"
    ):
        last = _settle(second, anchor, past)
        begin = _span(first, last.start.year) if last else None
        if last and begin and begin[0] > last.end:
            begin = _span(first, last.start.year - 1)
        return (_checked(first, begin, inferred=last.inferred), last) if last and begin else None
    days = _settle(first, anchor, past)
    if days is None:
        return None
    if second.year is not None or second.offset is not None or second.month_offset is not None:
        last = _settle(second, anchor, past)
    else:
        span = _span(second, days.start.year)
        if span and span[1] < days.start and (second.month is not None) and second.month < days.start.month:
            span = _span(second, days.start.year + 1)
        last = _checked(second, span, inferred=days.inferred) if span else None
    if last is None or last.end < days.start:
        return None
    return days, last


def _second(text: str, first: _Point) -> _Point | None:
    """The other end of a range that ``first`` begins."""
    joint = _JOIN.match(text, first.end)
    if not joint or first.month2 or first.day2:
        return None
    word = (joint["word"] or "").lower()
    if word == "and" and not re.search(
        r"\bbetween\s(?:the\s)?$", text[max(0, first.start - 14) : first.start], re.IGNORECASE
    ):
        return None
    position = joint.end()
    if first.kind == "year" and first.third is None and (short := _SHORT_YEAR.match(text, position)):
        digits = short["ay"] or short["by"]
        year = _century(digits)
        if short["by"] or (word == "" and first.year is not None and year > first.year):
            return _Point(position, short.end(), "year", year=year)
    second = _point(text, position)
    if (
        second
        and second.kind == "md"
        and (first.day is None or (text[second.end : second.end + 1].isalpha() and text[second.end].isascii()))
    ):
        second = None
    if second and second.kind == "year" and first.kind == "month" and first.year is None:
        second = None
    if second is None and first.day is not None and (day := _DAY_ONLY.match(text, position)):
        number = int(day["d"])
        if _possible(first.year, first.month, number):
            second = replace(first, start=position, end=day.end(), day=number, weekday=None, time=None, end_time=None)
            second = _with_suffix(text, second)
    if second and (second.day is None) != (first.day is None) and second.day is not None and first.kind == "year":
        return second if joint["mark"] else None
    return second


# --- Reading a text ----------------------------------------------------------------------------

_ROLLING = re.compile(
    r"(?<![가-힣])상시(?!험|설|근로|\s?근로|고용|장)|(?<![가-힣])수시(?!로)|(?<![가-힣])연중(?!도)|(?:on\sa\s)?rolling\sbasis|rolling\sadmissions?"
    r"|(?<![A-Za-z])(?:year-round|all\syear(?:\sround)?|throughout\sthe\syear|at\sany\stime)(?![A-Za-z])",
    re.IGNORECASE,
)
_BUDGET = re.compile(
    r"(?:예산|재원|자금|한도|기금)[이의]?\s?(?:소진|바닥|떨어)(?:\s?(?:시|될\s?때|할\s?때|되면|날\s?때))?(?:\s?까지)?"
    r"|(?:until|while|when|as\slong\sas)\s(?:the\s|its\s)?(?:budget|funds?|funding|money)\s"
    r"(?:(?:is|are|has\sbeen|have\sbeen)\s)?(?:used\sup|exhausted|spent|depleted|lasts?|runs?\sout|available)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<![A-Za-z])[DＤ]\s?(?P<sign>[-+−])\s?(?P<count>\d{1,3})(?![\d.])(?:\s?일)?"
    r"|(?P<word>[가-힣]{1,12}일)(?:로)?부터\s?(?P<n>\d{1,4})\s?(?P<unit>일|주|개월)(?:\s?(?:이내|안에|간|내|동안))?"
    r"|(?P<word2>[가-힣]{1,12})\s?(?:후|뒤|이후)(?:\s?로?부터)?\s?(?P<n2>\d{1,4})\s?(?P<unit2>일|주|개월)\s?(?:이내|안에|내)"
    r"|(?P<word3>[가-힣]{1,12})\s(?P<n3>\d{1,4})\s?(?P<unit3>일|주|개월)\s?전"
    r"|(?<![A-Za-z])(?P<within>within\s)?(?P<n4>\d{1,4}|one|two|three|four|five|six|seven|ten)\s(?:(?:calendar|working|business)\s)?(?P<unit4>days?|weeks?|months?)"
    r"\s(?P<way>(?(within)of|from)|from|after|following|before|prior\sto)\s(?:the\s)?(?P<word4>[A-Za-z]+(?:\s(?:of\s)?(?:the\s)?(?:notice|award|date|contract|publication|announcement|event|meeting|signing))?)",
    re.IGNORECASE,
)
_COUNT_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


def _relative(match: re.Match[str]) -> DateMention:
    if match["sign"]:
        count = int(match["count"])
        return DateMention(
            *match.span(), kind="relative", days=count if match["sign"] == "+" else -count, anchor_word="D"
        )
    which = next(number for number in ("", "2", "3", "4") if match["n" + number])
    word, amount, unit = match["word" + which], match["n" + which].lower(), match["unit" + which]
    count = _COUNT_WORDS.get(amount) or int(amount)
    if which == "3" or (which == "4" and match["way"].lower() in ("before", "prior to")):
        count = -count
    months = unit.startswith(("개월", "month"))
    count *= 7 if unit.startswith(("주", "week")) else 1
    return DateMention(
        *match.span(), kind="relative", days=None if months else count, months=count if months else None, anchor_word=word,
        is_deadline=bool(re.search("이내|안에|내$", match[0])) or bool(match["within"]),
    )  # fmt: skip


def _special(text: str) -> list[DateMention]:
    found = [DateMention(*match.span(), kind="until_budget") for match in _BUDGET.finditer(text)]
    found += [DateMention(*match.span(), kind="rolling") for match in _ROLLING.finditer(text)]
    found += [_relative(match) for match in _RELATIVE.finditer(text)]
    return sorted(found, key=lambda mention: mention.start)


def _in_context(text: str, point: _Point, second: _Point | None) -> bool:
    """Whether a bare pair such as 3.13 stands where a date would."""
    if point.kind != "md":
        return True
    after, before = text[point.end : point.end + 16], text[max(0, point.start - 16) : point.start]
    if point.weekday is not None or (re.match(r"\s?(?:까지|부터(?!\s?\d)|이후)", after) and text[point.end - 1] == "."):
        return True
    if re.match(r"\s?(?:[%％㎢㎡㎞°조억만천백배점명원불개곳건평회]|%?p\b|[A-Za-z]|-\d|\.\d)", after) or re.search(
        r"[A-Za-z][\s.]?$|제\s?$", before
    ):
        return False
    if re.search(r"(?:오는|지난|당일|일시\s?:?|기간\s?:?|일자\s?:?|날짜\s?:?|마감\s?:?)\s?$", before):
        return True
    if (second is not None and second.kind in ("md", "ymd") and second.month != point.month) or (
        second is not None and second.weekday is not None
    ):
        return text[point.end - 1] == "." or (point.day or 0) > 9 or (second.day or 0) > 9
    if second is not None and text[point.end - 1] == "." and text[second.end - 1] == ".":
        return True
    if re.search(r"[~∼～〜–]\s?$", before) and text[point.end - 1] == ".":
        return True
    opening = before.rfind("(")
    if opening >= 0 and ")" not in before[opening:]:
        closing = after.find(")")
        window = text[max(0, point.start - 28) : point.start] + after[: closing if closing >= 0 else None]
        return bool(_CONTEXT_WORD.search(window))
    return False


def find_dates(text: str, anchor: date | None = None) -> list[DateMention]:
    """Every date, period, deadline and time in ``text``, in order and without overlap."""
    if anchor is not None and not 1000 <= anchor.year <= 9000:
        anchor = None  # no document's date
    special = _special(text)
    found: list[DateMention] = []
    for mention in special:
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    taken = [(mention.start, mention.end) for mention in found]
    for start, end, mention in _dates(text, anchor, taken):
        found.append(replace(mention, start=start, end=end))
    return sorted(found, key=lambda mention: mention.start)


def _dates(text: str, anchor: date | None, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, DateMention]]:
    position, edge, index = 0, 0, 0
    while match := _ANY.search(text, position):
        start = match.start()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] <= start:
            position = taken[index][1]
            continue
        limit = taken[index][0] if index < len(taken) else len(text)
        if start > 1 and text[start - 1] == "-" and text[start - 2].isascii() and text[start - 2].isalnum():
            position = match.end()  # the tail of a code
            continue
        if (whole := _WHOLE.match(text, start)) and not _possible(*(int(whole[n]) for n in (1, 2, 3))):
            position = whole.end()
            continue
        mention = _mention(text, start, anchor, edge)
        if mention is None or mention.end > limit:
            run = _RUN.match(text, start)
            position = max(run.end() if run else 0, start + 1)
            continue
        yield mention.start, mention.end, mention
        position = edge = max(mention.end, start + 1)


_ANY = re.compile(f"(?:{_START.pattern})|오전|오후|정오|(?<![A-Za-z])noon", re.IGNORECASE)
# A whole date that no calendar has (2027년 2월 29일) must not be read by its tail.
_WHOLE = re.compile(rf"({_YEAR})\s?[년.\-/]\s?(\d{{1,2}})\s?[월.\-/]\s?(\d{{1,2}})(?!\d)(?:\s?일)?")
_RUN = re.compile(r"\d+(?:[.,:/-]\d+)*(?:\.(?=\d))?")


def _mention(text: str, start: int, anchor: date | None, edge: int) -> DateMention | None:
    first = _point(text, start)
    if first is None:
        return _time_alone(text, start)
    if first.year is None and _EVERY.search(text, max(0, start - 12), start):
        return None
    second = _second(text, first)
    if not _in_context(text, first, second):
        return None
    if first.start < edge:
        first = replace(first, start=start)
    window = text[max(0, first.start - 30) : first.start] + text[first.end : first.end + 26]
    past = first.year is None and first.day is not None and bool(_PAST.search(window))
    if second:
        pair = _pair(first, second, anchor, past)
        if pair:
            return _range(text, first, second, *pair)
        if anchor is None and first.year is None and second.year is None and _runs_forward(first, second):
            flags = _flags(text, first.start, second.end, second)
            return replace(flags, start=first.start, open_start=False, open_end=False)
    return _single(text, first, _settle(first, anchor, past))


def _runs_forward(first: _Point, second: _Point) -> bool:
    return first.kind != "year" and second.kind != "year"


def _time_alone(text: str, start: int) -> DateMention | None:
    before = text[start - 1 : start] if start else " "
    if before.isascii() and (before.isalnum() or before in "_.:,"):
        return None
    times = _times(text, start)
    if times is None or times[1] is None:
        return None
    deadline = bool(_UNTIL.match(text, times[0])) or bool(_DEADLINE_BEFORE.search(text[max(0, start - 24) : start]))
    return DateMention(start, times[0], time=times[1], end_time=times[2], is_deadline=deadline, open_start=deadline)


def _range(text: str, first: _Point, second: _Point, begin: _Days, last: _Days) -> DateMention:
    precision = max(begin.precision, last.precision, key=_COARSE.index)
    whole = last.end
    deadline = bool(_UNTIL.match(text, second.end)) and second.time is not None
    opening, closing = first.time, second.end_time
    if second.time is not None:
        comma = text[second.start : second.end].find(",")
        if closing is None and first.time is None and comma < 0:
            closing = second.time
        elif first.time is None:
            opening = second.time
        else:
            closing = second.end_time or second.time
    return DateMention(
        first.start,
        second.end,
        Period(begin.start, whole, precision),
        is_deadline=deadline,
        time=opening,
        end_time=closing,
        inferred_year=begin.inferred or last.inferred,
        weekday_conflict=begin.conflict or last.conflict,
        approximate=first.third is not None or second.third is not None,
    )


def _flags(text: str, start: int, end: int, point: _Point) -> DateMention:
    """The words around a date: by, until, 까지, 부터, a tilde before or after."""
    before = text[max(0, start - 26) : start]
    deadline = point.within or bool(_UNTIL.match(text, end)) or bool(_DEADLINE_BEFORE.search(before))
    deadline = deadline or bool(re.search(r"[~∼～〜]\s?$", before))
    since = None if deadline else _SINCE.match(text, end)
    if since and since[0].strip()[:1] in ("-", "–", "—"):
        since = None  # a dash opens an explanation, only a tilde leaves the end open
    opened = since is not None or (not deadline and bool(_OPEN_BEFORE.search(before)))
    if since and since[0].strip() in ("~", "∼", "～", "〜"):
        end = since.end()
    earlier = bool(_EARLIER.match(text, end))
    return DateMention(start, end, open_start=deadline or earlier, open_end=opened, is_deadline=deadline)


def _single(text: str, point: _Point, days: _Days | None) -> DateMention:
    flags = _flags(text, point.start, point.end, point)
    if point.day2 or point.month2:  # "from 3 to 7 November" is closed at both ends
        deadline = flags.is_deadline and point.time is not None
        flags = replace(flags, open_start=False, open_end=False, is_deadline=deadline)
    approximate = point.third is not None
    period = Period(days.start, days.end, days.precision) if days else None
    if days and period and flags.is_deadline and point.third == 2:
        whole = (
            _span(replace(point, third=None), days.start.year) if point.month or point.month_offset is None else None
        )
        period = (
            Period(*whole) if whole else Period(date(days.start.year, days.start.month, 1), days.end, Precision.MONTH)
        )
        approximate = False
    return replace(
        flags,
        period=period,
        time=point.time,
        end_time=point.end_time,
        inferred_year=days is not None and days.inferred,
        weekday_conflict=days is not None and days.conflict,
        approximate=approximate,
    )


# --- Saying a period ---------------------------------------------------------------------------

_LETTERS = "월화수목금토일"
_ORDINALS = ("first", "second", "third", "fourth")


def format_period(period: Period, language: Language) -> str:
    """Say ``period`` in ``language`` exactly; what is not a whole month, quarter, half or year is said in days."""
    return _korean(period) if language == "ko" else _english(period)


def _third(period: Period) -> int | None:
    """Which third of a month (or of a year) the period is, if it is one."""
    start, end = period.start, period.end
    if period.precision is Precision.YEAR:
        whole = next(
            (n for n in range(3) if (start, end) == (date(start.year, 4 * n + 1, 1), _last_day(start.year, 4 * n + 4))),
            None,
        )
        return whole
    if period.precision is not Precision.MONTH or (start.year, start.month) != (end.year, end.month):
        return None
    ends = (10, 20, monthrange(start.year, start.month)[1])
    return next((n for n in range(3) if (start.day, end.day) == (10 * n + 1, ends[n])), None)


def _months(period: Period) -> int:
    """How many months the precision counts in; 0 when the period does not fit it."""
    size = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}.get(period.precision, 0)
    fits = size and period.start.day == 1 and (period.start.month - 1) % size == 0
    return (
        size
        if fits and period.end.month % size == 0 and period.end == _last_day(period.end.year, period.end.month)
        else 0
    )


def _korean(period: Period) -> str:
    start, end = period.start, period.end
    third = _third(period)
    if third is not None:
        word = ("초", "중순" if period.precision is Precision.MONTH else "중반", "말")[third]
        return f"{start.year}년 {f'{start.month}월 ' if period.precision is Precision.MONTH else ''}{word}"
    match _months(period):
        case 12:
            return f"{start.year}년" if start.year == end.year else f"{start.year}~{end.year}년"
        case 6:
            names = [f"{day.year}년 {'상' if day.month <= 6 else '하'}반기" for day in (start, end)]
        case 3:
            names = [f"{day.year}년 {(day.month + 2) // 3}분기" for day in (start, end)]
        case 1:
            names = [f"{day.year}년 {day.month}월" for day in (start, end)]
            if names[0] != names[1] and start.year == end.year:
                return f"{start.year}년 {start.month}~{end.month}월"
        case _:
            names = [f"{start.year}년 {start.month}월 {start.day}일({_LETTERS[start.weekday()]})"]
            shown = f"{end.day}일({_LETTERS[end.weekday()]})"
            if (start.year, start.month) != (end.year, end.month):
                shown = f"{end.month}월 {shown}"
            names.append(f"{end.year}년 {shown}" if start.year != end.year else shown)
            return names[0] if start == end else "~".join(names)
    return names[0] if names[0] == names[1] else "~".join(names)


def _english(period: Period) -> str:
    start, end = period.start, period.end
    third = _third(period)
    if third is not None:
        month = f"{_MONTH_NAMES[start.month - 1].title()} " if period.precision is Precision.MONTH else ""
        return f"{('early', 'mid', 'late')[third]}{'-' if third == 1 else ' '}{month}{start.year}"
    match _months(period):
        case 12:
            return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
        case 6:
            names = [f"{_ORDINALS[(day.month - 1) // 6]} half of {day.year}" for day in (start, end)]
        case 3:
            names = [f"{_ORDINALS[(day.month - 1) // 3]} quarter of {day.year}" for day in (start, end)]
        case 1:
            names = [f"{_MONTH_NAMES[day.month - 1].title()} {day.year}" for day in (start, end)]
            if names[0] != names[1] and start.year == end.year:
                names[0] = names[0].removesuffix(f" {start.year}")
        case _:
            if start != end and (start.year, start.month) == (end.year, end.month):
                return f"{start.day}–{end.day} {_MONTH_NAMES[end.month - 1].title()} {end.year}"
            names = [
                f"{_DAY_NAMES[day.weekday()].title()} {day.day} {_MONTH_NAMES[day.month - 1].title()} {day.year}"
                for day in (start, end)
            ]
    return names[0] if names[0] == names[1] else " to ".join(names)
