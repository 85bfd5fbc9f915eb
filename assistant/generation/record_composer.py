"""Answers from records: what is coming up, what is open, and whether something is over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.generation.coverage import concepts_said
from assistant.generation.draft import Draft
from assistant.generation.record_wording import RecordWriter, event_period
from assistant.generation.wording import CitationList
from assistant.messages import message
from assistant.text.dates import find_dates
from assistant.types import (
    AnswerStatus,
    Claim,
    Concept,
    Document,
    Language,
    Notice,
    Period,
    Precision,
    Query,
    Question,
    Record,
    RecordStatus,
    RecordType,
)

_MAX_LINES = 5
_LATEST_PAST = 2
# "upcoming events" is a question too.
_FEW_WORDS = 4
_NAMED = 0.5
_OVER = frozenset({RecordStatus.PAST, RecordStatus.CLOSED})
_AHEAD = re.compile(
    r"다가오|예정된|예정인|앞으로|곧\s|조만간|향후|이번\s?(?:달|주|분기)|다음\s?(?:달|주|분기|행사|일정|설명회|공고|입찰)|올해|내년|남은|(?:지금|현재|요즘|최근)\s?(?:모집|접수|진행|신청|열려|열리|공고)"
    r"|(?:신청|접수|모집|지원)(?:할|받을)?\s?(?:가능한|할 수 있는|중인|받는)"
    r"|\bupcoming\b|\bcoming up\b|\bahead\b|\bnext (?:month|week|quarter|year|event|webinar)|\bthis (?:month|week|year|quarter)|\bscheduled\b|\bplanned\b|\bsoon\b"
    r"|\b(?:open|available|accepting applications) (?:now|today|at the moment|right now)|\bcurrently (?:open|available|accepting|running)|\bstill open\b|\bdeadlines?\b",
    re.IGNORECASE,
)
_ASKS_FOR_LIST = re.compile(
    r"뭐가|무엇|무슨|어떤|있나|있습니까|있어|있는지|있을까|알려|목록|일정|정리|보여|소개|언제|[은는]\s?\??\s*$"
    r"|\bwhat\b|\bwhich\b|\bany\b|\blist\b|\bshow\b|\bare there\b|\bwhen\b|\btell me\b",
    re.IGNORECASE,
)
_ASKS_RUNNING = re.compile(r"지금|현재|오늘|진행\s?중|\bnow\b|\btoday\b|\bcurrently\b|\brunning\b", re.IGNORECASE)
_ASKS_WHICH = re.compile(r"무슨|어떤|무엇|뭐가|\bwhat\b|\bwhich\b|\bany\b|\bare there\b", re.IGNORECASE)
_TYPES: tuple[tuple[RecordType, re.Pattern[str]], ...] = (
    (
        RecordType.EVENT,
        re.compile(
            r"행사|설명회|로드쇼|박람회|전시회|세미나|웨비나|포럼|컨퍼런스|상담회|교육|워크숍|이벤트"
            r"|\bevents?\b|\bwebinars?\b|\broad\s?shows?\b|\bfairs?\b|\bexpos?\b|\bseminars?\b|\bconferences?\b|\bworkshops?\b|\bbriefings?\b",
            re.IGNORECASE,
        ),
    ),
    (
        RecordType.TENDER,
        re.compile(r"입찰|발주|용역|조달|\btenders?\b|\bbids?\b|\brequests? for proposals?\b|\brfps?\b", re.IGNORECASE),
    ),
    (
        RecordType.PROGRAM,
        re.compile(
            r"지원\s?(?:사업|프로그램|금|제도)|사업\s?공고|모집\s?(?:공고|중)|바우처|보조금|대출|\bprogram(?:me)?s?\b|\bgrants?\b|\bcalls?\b|\bschemes?\b|\bsupport\b|\bloans?\b",
            re.IGNORECASE,
        ),
    ),
)
_ASKS_STANDING = re.compile(
    r"아직|지금|현재|벌써|이미|오늘|늦(?:었|지)|가능(?:한가|할까|해|합니까|한지)|열려\s?있|닫혔|마감(?:됐|되었|인가|된)|끝났|지났|할 수 있(?:나|습|어|을)"
    r"|\bstill\b|\balready\b|\bnow\b|\btoday\b|\btoo late\b|\bclosed?\b|\bopen\b|\bover\b|\bcoming up\b|\bpast\b|\bshut\b(?!\sout)|\bmissed\b",
    re.IGNORECASE,
)
_ASKS_DEADLINE = re.compile(
    r"언제까지|며칠까지|몇\s?(?:월|일)까지|(?:신청|접수|제출|모집|응모|입찰)\s?(?:마감|기한)|마감(?:일|이|은|\s?언제)|until when|by when|\bdeadline\b|\bdue\b"
    r"|(?:proposals?|applications?|bids?|forms?)\b.{0,20}\b(?:in|due|close)\b|how long can (?:i|we) (?:still )?(?:apply|register)",
    re.IGNORECASE,
)
_ASKS_DAYS = re.compile(
    r"언제\s?(?:열|개최|하|있|진행|예요|인가|입니까|에요|죠)|며칠(?:이|에|예|인)|\bwhen (?:is|will|does)\b.{0,60}\b(?:held|take place|taking place|happen|start|roadshow|webinar|expo|fair|event|conference|seminar|day|briefing)",
    re.IGNORECASE,
)
# Words that any question about what is ahead may hold.
_COMMON = re.compile(
    r"신청|접수|모집|참가|참여|기업|회사|중소|중견|스타트업|스마트|도시|시티|해외|수출|진출|지원|한국|국내|사업|열리|열|가능|예정|다가오|일정|공고|최근|현재|지금|이번|다음|올해|내년|달|월|년|분기|반기|남|온라인|무료|목록|종류"
    r"|compan|sme|start-?up|smart|cit|export|abroad|overseas|korea|open|available|support|upcoming|coming|next|this|month|year|week|quarter|half|scheduled|planned|soon|currently|now|apply|application|register|accept|still|online|deadline|\d",
    re.IGNORECASE,
)


class RecordComposer:
    """Answers what only the calendar can: which events are ahead, which calls are open, whether a deadline has passed."""

    def upcoming(
        self,
        question: Question,
        language: Language,
        query: Query,
        records: Sequence[Record],
        documents: Mapping[str, Document],
    ) -> Draft | None:
        """What is ahead of ``as_of``, soonest first; where nothing is in the time asked about, the next ones; where nothing is ahead
        at all, the latest past ones. ``None`` if that is not asked."""
        wanted = _wanted_type(question.text)
        asked = _ASKS_FOR_LIST.search(question.text) or len(question.text.split()) <= _FEW_WORDS
        if wanted is None or not (_AHEAD.search(question.text) and asked):
            return None
        if any(_is_particular(concept) for concept in query.concepts):
            return None
        of_type = [record for record in records if record.type is wanted]
        about = [record for record in of_type if _is_about(record, query)]
        is_one = len(about) == 1 and not _ASKS_WHICH.search(question.text)
        if not about or (is_one and _ASKS_STANDING.search(question.text)):
            return None
        window = _window(question.text, question.as_of)
        running = _ASKS_RUNNING.search(question.text) is not None
        ahead = sorted((record for record in about if _is_ahead(record, question.as_of, running)), key=_when)
        within = [record for record in ahead if _falls_in(record, window)]
        writer, citations = RecordWriter(documents), CitationList()
        if ahead:
            shown = (within or ahead)[:_MAX_LINES]
            claims = [writer.line(record, language, question.as_of, citations) for record in shown]
            if not within:
                told = message(language, f"none_within_{wanted.value}", next=claims[0].text)
                claims[0] = Claim(told, claims[0].citations)
            return _draft(claims, citations, shown, ())
        past = sorted((r for r in about if r.status(question.as_of) in _OVER), key=_when, reverse=True)
        claims = [writer.line(record, language, question.as_of, citations) for record in past[:_LATEST_PAST]]
        if not claims:
            return None
        first = Claim(message(language, f"none_ahead_{wanted.value}", last=claims[0].text), claims[0].citations)
        notice = Notice("past_event", message(language, "past_advice"))
        return _draft([first, *claims[1:]], citations, past[:_LATEST_PAST], (notice,))

    def standing(
        self,
        question: Question,
        language: Language,
        cited: Sequence[str],
        records: Sequence[Record],
        documents: Mapping[str, Document],
    ) -> Draft | None:
        """What the calendar and later notices say of the record that an answer rests on.

        Args:
            cited: ids of the documents the answer cites, the most important first.

        Returns:
            Its change or cancellation, always; where it stands, its deadline or its days if the question asks that;
            ``None`` where there is nothing to say.
        """
        record = _main_record(cited, records)
        if record is None:
            return None
        writer, citations = RecordWriter(documents), CitationList()
        told = [writer.change(record, language, citations)]
        if not record.cancelled:
            told.append(self._asked(question, language, record, writer, citations))
        claims = [claim for claim in told if claim is not None]
        tells_past = _ASKS_STANDING.search(question.text) and record.status(question.as_of) in _OVER
        notices = (Notice("past_event", message(language, "past_advice")),) if tells_past else ()
        return _draft(claims, citations, [record], notices) if claims else None

    def asks(self, question: str) -> bool:
        """Whether a question asks for a deadline, for an event's days, or whether something is still open."""
        return any(pattern.search(question) for pattern in (_ASKS_STANDING, _ASKS_DEADLINE, _ASKS_DAYS))

    def _asked(
        self, question: Question, language: Language, record: Record, writer: RecordWriter, citations: CitationList
    ) -> Claim | None:
        if _ASKS_STANDING.search(question.text):
            return writer.standing(record, language, question.as_of, citations)
        if _ASKS_DEADLINE.search(question.text):
            return writer.deadline(record, language, question.as_of, citations)
        if _ASKS_DAYS.search(question.text):
            return writer.days(record, language, citations)
        return None


def _draft(
    claims: Sequence[Claim], citations: CitationList, records: Sequence[Record], notices: Sequence[Notice]
) -> Draft:
    return Draft(AnswerStatus.ANSWERED, tuple(claims), citations.all(), tuple(notices), records=tuple(records))


def _wanted_type(text: str) -> RecordType | None:
    return next((kind for kind, pattern in _TYPES if pattern.search(text)), None)


def _is_particular(concept: Concept) -> bool:
    """Whether a word asks for something particular: no name of a place or body, no sort of record, no word of the calendar."""
    common = (
        _COMMON.search(concept.text)
        or _AHEAD.search(concept.text)
        or any(pattern.search(concept.text) for _, pattern in _TYPES)
    )
    return not (concept.is_name or common) and concept.emphasis == 1.0


def _is_about(record: Record, query: Query) -> bool:
    """Whether a record says every proper name that the question names."""
    names = [concept for concept in query.concepts if concept.is_name and concept.emphasis == 1.0]
    said = " ".join(filter(None, (record.title, record.place, record.country, record.organiser)))
    quotes = " ".join(evidence.quote for evidence in record.evidence)
    return all(value >= _NAMED for value in concepts_said(names, f"{said} {quotes}"))


def _is_ahead(record: Record, as_of: date, running: bool) -> bool:
    """Whether an event has not begun (or is ``running`` and that counts), or a call can still be answered."""
    status = record.status(as_of)
    if record.type is RecordType.EVENT:
        # A month that has begun may still hold the day.
        to_come = record.start is not None and (
            record.start >= as_of or record.precision is not Precision.DAY or running
        )
        return to_come and status in (RecordStatus.UPCOMING, RecordStatus.PLANNED, RecordStatus.OPEN)
    return status in (RecordStatus.UPCOMING, RecordStatus.OPEN) and record.deadline is not None


def _when(record: Record) -> date:
    first = record.start if record.type is RecordType.EVENT else record.deadline
    return first or record.end or date.max


def _window(text: str, as_of: date) -> Period | None:
    """The month, quarter or year that the question names, if it is not over."""
    periods = (mention.period for mention in find_dates(text, as_of))
    return next((period for period in periods if period is not None and period.end >= as_of), None)


def _falls_in(record: Record, window: Period | None) -> bool:
    if window is None:
        return True
    period = event_period(record)
    if record.deadline is not None and window.start <= record.deadline <= window.end:
        return True
    return period is not None and period.start <= window.end and window.start <= period.end


def _main_record(cited: Sequence[str], records: Sequence[Record]) -> Record | None:
    """The event, tender or program of the first cited document that is about one, or that changed one."""
    for document_id in cited:
        own = [r for r in records if r.document_id == document_id and r.type is not RecordType.TASK]
        amended = [r for r in records if r.amended_by == document_id]
        if len(amended) == 1:
            return amended[0]
        changed = [record for record in own if record.changes]
        if len(changed) == 1:
            return changed[0]
        # A paper on many programs or events says nothing of which one is meant.
        return own[0] if len(own) == 1 else None
    return None
