"""Every date in a text: what reads as one, which pairs are a range, and which words make it a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.text.dates.days import COARSE, Days, days_in, settle, settle_pair
from assistant.text.dates.grammar import (
    ANY,
    BUDGET,
    CONTEXT_WORD,
    DEADLINE_BEFORE,
    EARLIER,
    EVERY,
    OPEN_BEFORE,
    PAST,
    RELATIVE,
    ROLLING,
    RUN,
    SINCE,
    UNTIL,
    WHOLE,
)
from assistant.text.dates.mention import DateMention
from assistant.text.dates.points import Point, is_possible, read_point, read_second, read_times
from assistant.types import Period, Precision

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
    found = [DateMention(*match.span(), kind="until_budget") for match in BUDGET.finditer(text)]
    found += [DateMention(*match.span(), kind="rolling") for match in ROLLING.finditer(text)]
    found += [_relative(match) for match in RELATIVE.finditer(text)]
    return sorted(found, key=lambda mention: mention.start)


def _in_context(text: str, point: Point, second: Point | None) -> bool:
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
        return bool(CONTEXT_WORD.search(window))
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
    while match := ANY.search(text, position):
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
        if (whole := WHOLE.match(text, start)) and not is_possible(*(int(whole[n]) for n in (1, 2, 3))):
            position = whole.end()
            continue
        mention = _mention(text, start, anchor, edge)
        if mention is None or mention.end > limit:
            run = RUN.match(text, start)
            position = max(run.end() if run else 0, start + 1)
            continue
        yield mention.start, mention.end, mention
        position = edge = max(mention.end, start + 1)


def _mention(text: str, start: int, anchor: date | None, edge: int) -> DateMention | None:
    first = read_point(text, start)
    if first is None:
        return _time_alone(text, start)
    if first.year is None and EVERY.search(text, max(0, start - 12), start):
        return None
    second = read_second(text, first)
    if not _in_context(text, first, second):
        return None
    if first.start < edge:
        first = replace(first, start=start)
    window = text[max(0, first.start - 30) : first.start] + text[first.end : first.end + 26]
    past = first.year is None and first.day is not None and bool(PAST.search(window))
    if second:
        pair = settle_pair(first, second, anchor, past)
        if pair:
            return _range(text, first, second, *pair)
        if anchor is None and first.year is None and second.year is None and _runs_forward(first, second):
            flags = _flags(text, first.start, second.end, second)
            return replace(flags, start=first.start, open_start=False, open_end=False)
    return _single(text, first, settle(first, anchor, past))


def _runs_forward(first: Point, second: Point) -> bool:
    return first.kind != "year" and second.kind != "year"


def _time_alone(text: str, start: int) -> DateMention | None:
    before = text[start - 1 : start] if start else " "
    if before.isascii() and (before.isalnum() or before in "_.:,"):
        return None
    times = read_times(text, start)
    if times is None or times[1] is None:
        return None
    deadline = bool(UNTIL.match(text, times[0])) or bool(DEADLINE_BEFORE.search(text[max(0, start - 24) : start]))
    return DateMention(start, times[0], time=times[1], end_time=times[2], is_deadline=deadline, open_start=deadline)


def _range(text: str, first: Point, second: Point, begin: Days, last: Days) -> DateMention:
    precision = max(begin.precision, last.precision, key=COARSE.index)
    whole = last.end
    deadline = bool(UNTIL.match(text, second.end)) and second.time is not None
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


def _flags(text: str, start: int, end: int, point: Point) -> DateMention:
    """The words around a date: by, until, 까지, 부터, a tilde before or after."""
    before = text[max(0, start - 26) : start]
    deadline = point.within or bool(UNTIL.match(text, end)) or bool(DEADLINE_BEFORE.search(before))
    deadline = deadline or bool(re.search(r"[~∼～〜]\s?$", before))
    since = None if deadline else SINCE.match(text, end)
    if since and since[0].strip()[:1] in ("-", "–", "—"):
        since = None  # a dash opens an explanation, only a tilde leaves the end open
    opened = since is not None or (not deadline and bool(OPEN_BEFORE.search(before)))
    if since and since[0].strip() in ("~", "∼", "～", "〜"):
        end = since.end()
    earlier = bool(EARLIER.match(text, end))
    return DateMention(start, end, open_start=deadline or earlier, open_end=opened, is_deadline=deadline)


def _single(text: str, point: Point, days: Days | None) -> DateMention:
    flags = _flags(text, point.start, point.end, point)
    if point.day2 or point.month2:  # "from 3 to 7 November" is closed at both ends
        deadline = flags.is_deadline and point.time is not None
        flags = replace(flags, open_start=False, open_end=False, is_deadline=deadline)
    approximate = point.third is not None
    period = Period(days.start, days.end, days.precision) if days else None
    if days and period and flags.is_deadline and point.third == 2:
        whole = (
            days_in(replace(point, third=None), days.start.year) if point.month or point.month_offset is None else None
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
