"""The days a notice names: when something takes place, and until when one may apply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.ingest.records.patterns import any_case
from assistant.text.dates import DateMention, find_dates
from assistant.types import DeadlineKind, Document, Period, Precision

# What says that the days may still move.
_TENTATIVE = any_case(
    r"미정|잠정|추후\s?(?:확정|공지|안내|공고|알림|알립니다|결정)|변경될\s?수|확정되지|\(안\)|\bTB[AD]\b|to be (?:announced|confirmed|decided|determined|fixed)"
    r"|tentative(?:ly)?|provisional(?:ly)?|not (?:yet )?(?:been )?(?:fixed|decided|confirmed|set)|no day fixed|this is a plan\b"
)
_PLAN = any_case(r"예정|계획|추진|planned|\bplans?\b|expected|scheduled for|intends?|under consideration|검토")
_COARSE = (Precision.QUARTER, Precision.HALF, Precision.YEAR)
_EVENT_WORD = any_case(
    r"행사|개최|세미나|웨비나|설명회|상담회|교육|회의|회차|event|session|webinar|seminar|workshop|course|fair|conference|meeting"
)
_DAY_WORDS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "일주일": 7, "1주일": 7, "1주": 7, "2주": 14}
_COUNTED_DAYS = re.compile(r"(하루|이틀|사흘|나흘|닷새|일주일|1주일|1주|2주) 전")
_PAST = any_case(r"지난\s?$|last\s?$|past\s?$")
_UNSAID = any_case(r"않|없|\bnot (?:say|state|stated|given|mention)|받지\s")
_NOTICE_WORD = any_case(r"공고|게시|notice|publication|announcement")


@dataclass(frozen=True, slots=True)
class When:
    """The days that ``text[begin:finish]`` names; ``conflict`` where its weekday belongs to another day (the days are then unknown).

    ``vague`` days are coarser than a month or a part of one (early December).
    """

    start: date | None
    end: date | None
    precision: Precision | None
    inferred: bool
    conflict: bool
    planned: bool
    vague: bool
    begin: int
    finish: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to apply, and the first one where the text names it."""

    kind: DeadlineKind
    day: date | None = None
    time: str | None = None
    opens: date | None = None
    inferred: bool = False
    conflict: bool = False


def anchor_of(document: Document) -> date | None:
    """The day against which the document's dates without a year are read: when it came out.

    A paper of which only the year (or half-year) is known may name any of its months, so the day after its first month counts.
    """
    if document.published is None:
        return None
    first = document.published.start
    return first + timedelta(days=31) if document.published.precision in _COARSE else first


def says_tentative(text: str) -> bool:
    """Whether the words say that something is not fixed."""
    return bool(_TENTATIVE.search(text))


def says_plan(text: str) -> bool:
    """Whether the words speak of a plan."""
    return bool(_PLAN.search(text)) or says_tentative(text)


def read_when(text: str, anchor: date | None) -> When | None:
    """The days named first in ``text``; ``None`` where it names none. Several days of one list make one interval."""
    mentions = [mention for mention in find_dates(text, anchor) if mention.kind == "fixed" and _is_day(mention)]
    if not mentions:
        return None
    first = mentions[0]
    if first.weekday_conflict or first.period is None:
        return When(None, None, None, False, first.weekday_conflict, says_plan(text), False, first.start, first.end)
    period = first.period
    if (
        first.inferred_year
        and anchor
        and period.end < anchor
        and period.precision in _COARSE
        and not _PAST.search(text[: first.start])
    ):
        # "Q4" in a calendar that came out in January is ahead, whatever is nearer.
        period = Period(
            period.start.replace(year=period.start.year + 1),
            period.end.replace(year=period.end.year + 1),
            period.precision,
        )
    end, finish = period.end, first.end
    for other in mentions[1:]:
        joined = text[finish : other.start]
        close = other.period is not None and not other.weekday_conflict and other.period.precision is period.precision
        if not (
            close
            and other.period
            and other.period.start > end
            and re.fullmatch(r"[\s,·&/]*(?:및|와|and)?[\s,]*", joined)
        ):
            break
        end, finish = other.period.end, other.end
    vague = period.precision in _COARSE or first.approximate
    planned = says_tentative(text) or (vague and says_plan(text))
    return When(period.start, end, period.precision, first.inferred_year, False, planned, vague, first.start, finish)


def _is_day(mention: DateMention) -> bool:
    # A time of day alone has no period either, but it does have a time.
    return mention.period is not None or mention.time is None


def read_deadline(
    text: str, document: Document, begins: date | None = None, *, labelled: bool = True
) -> Deadline | None:
    """Until when one may apply by ``text``; ``None`` where it does not say.

    Args:
        begins: the first day of the event if it is fixed, for "three days before the event".
        labelled: the text stands under a label that asks for the deadline, so that any date in it is one.
    """
    anchor = anchor_of(document)
    text = _COUNTED_DAYS.sub(lambda match: f"{_DAY_WORDS[match[1]]}일 전", text)
    mentions = find_dates(text, anchor)
    fixed = [m for m in mentions if m.kind == "fixed" and (m.period or m.weekday_conflict)]
    if not labelled:
        if _UNSAID.search(text):
            return None
        exact = [m for m in fixed if m.weekday_conflict or (m.period and m.period.precision is Precision.DAY)]
        fixed = [m for m in fixed if m.is_deadline or (m in exact and _closes(text, m))]
    if fixed:
        last = fixed[-1] if labelled else next((m for m in fixed if m.is_deadline), fixed[0])
        # "2월 12일까지, 결과는 2월 19일" names the deadline first; "2월 1일부터 2월 12일까지" last.
        last = next((m for m in fixed if m.is_deadline), last)
        if labelled and not last.is_deadline:
            last = next((m for m in fixed if _closes(text, m)), fixed[0] if not _opens(text, fixed[0]) else fixed[-1])
        return _fixed(text, last, fixed)
    if any(mention.kind == "until_budget" for mention in mentions):
        return Deadline(DeadlineKind.UNTIL_BUDGET)
    if any(mention.kind == "rolling" for mention in mentions) and (
        labelled or re.search("접수|신청|모집|appl|regist", text, re.I)
    ):
        return Deadline(DeadlineKind.ROLLING)
    counted = [m for m in mentions if m.kind == "relative" and (labelled or m.is_deadline or (m.days or 0) < 0)]
    return _counted(text, counted[0], mentions, document, begins) if counted else None


def _fixed(text: str, mention: DateMention, others: list[DateMention]) -> Deadline:
    if mention.weekday_conflict or mention.period is None:
        return Deadline(DeadlineKind.FIXED, conflict=True)
    period = mention.period
    clock = mention.end_time or mention.time
    opens = None if mention.open_start or period.start == period.end else period.start
    if opens is None and others[0] is not mention and others[0].period and _opens(text, others[0]):
        opens = others[0].period.start
    return Deadline(
        DeadlineKind.FIXED,
        period.end,
        clock.strftime("%H:%M") if clock else _clock_beside(text, mention),
        opens,
        mention.inferred_year,
    )


def _clock_beside(text: str, mention: DateMention) -> str | None:
    """A time of day right before or after the date: "by 14:00 on 30 March", "2. 12.(금) / 18:00까지"."""
    times = [other for other in find_dates(text) if other.time is not None and other.period is None]
    beside = [t for t in times if 0 <= t.start - mention.end < 14 or 0 <= mention.start - t.end < 6]
    clock = (beside[0].end_time or beside[0].time) if beside else None
    return clock.strftime("%H:%M") if clock else None


def _closes(text: str, mention: DateMention) -> bool:
    before = text[max(0, mention.start - 40) : mention.start]
    after = text[mention.end : mention.end + 14]
    return bool(
        re.search(
            r"(?:clos(?:es?|ing)|ends?|due|deadline|by|until|before|no later than|at the latest)\b[^.;]{0,14}$",
            before,
            re.I,
        )
        or re.search(r"(?:마감|기한)[^.;]{0,6}$", before)
        or re.match(r"\s?(?:\([^)]{0,12}\)\s?)?(?:까지|마감|한\b)", after)
    )


def _opens(text: str, mention: DateMention) -> bool:
    before = text[max(0, mention.start - 30) : mention.start]
    return mention.open_end or bool(
        re.search(r"(?:open(?:s|ed)?|starts?|begins?|from)\b[^.;]{0,12}$", before, re.I)
        or re.match(r"\s?부터", text[mention.end : mention.end + 4])
    )


def _counted(
    text: str, mention: DateMention, mentions: list[DateMention], document: Document, begins: date | None
) -> Deadline:
    clock = next((m.end_time or m.time for m in mentions if m.time is not None and m.period is None), None)
    time = clock.strftime("%H:%M") if clock else None
    word, day = mention.anchor_word or "", None
    if mention.days is not None:
        if _NOTICE_WORD.search(word) and document.published and document.published.precision is Precision.DAY:
            day = document.published.start + timedelta(days=mention.days)
        elif (_EVENT_WORD.search(word) or word == "D") and begins:
            day = begins + timedelta(days=mention.days)
    return Deadline(DeadlineKind.RELATIVE, day, time)
