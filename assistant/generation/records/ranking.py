"""Which of several records has the largest sum, the lowest rate, the nearest deadline: compared among those that can be, and said so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.generation.draft import Draft
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.generation.records.match import RecordMatcher, is_ahead
from assistant.generation.records.request import RecordRequest, record_named
from assistant.generation.records.value import sort_of_sum, value_of
from assistant.generation.records.wording import RecordWriter, event_period
from assistant.messages import message
from assistant.text.amounts import MONEY, Amount, Unit, find_amounts
from assistant.text.dates import format_period
from assistant.text.language import has_hangul
from assistant.text.particles import with_particle
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Claim, Document, Language, Precision, Query, Question, Record, RecordType

Measure = Literal["amount", "share", "rate", "deadline", "length", "fee"]

_MAX_CHARS = 560
_MAX_LINES = 4
_I = re.IGNORECASE
_TOP = r"(?:가장|제일|젤)\s?"
# The measure that a superlative is of: by its noun, where there is one; else by the word itself.
_MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    ("fee", re.compile(r"참가비|등록비|참가\s?비용|\bfees?\b|\bcheapest\b", _I)),
    ("deadline", re.compile(r"마감|기한|닫|\bclos\w*|\bdeadlines?\b|\bdue\b|\bexpir\w*", _I)),
    ("rate", re.compile(r"금리|이자|이율|\binterest\b|\brates?\b", _I)),
    ("share", re.compile(r"비율|보조율|지원율|몇\s?%|\bshares?\b|\bpercent(?:age)?s?\b|\bportion\b", _I)),
    (
        "amount",
        re.compile(
            r"한도|지원금|금액|지원액|예산|사업비|용역비|계약금|돈|얼마|규모|\bcaps?\b|\blimits?\b|\bamounts?\b|\bbudgets?\b|\bmoney\b"
            r"|\bsums?\b|\bworth\b|\bvalues?\b|\b(?:gives?|pays?|offers?|provides?|lends?)\b",
            _I,
        ),
    ),
    ("length", re.compile(r"오래|길게|긴\s|짧은\s|\blongest\b|\bshortest\b", _I)),
)
_MOST = re.compile(
    rf"{_TOP}(?:\S{{1,6}}\s)?(?:크|큰|많|높|길|긴|오래|늦|나중|비싼|멀|여유)"
    r"|\b(?:larg|bigg|high|great|long|lat)est\b|\bmost\b|\bmaximum\b|\bclos\w* last\b",
    _I,
)
_LEAST = re.compile(
    rf"{_TOP}(?:\S{{1,6}}\s)?(?:작|적|낮|싼|싸|저렴|짧|빨리|빠른|빠르|먼저|일찍|이른|임박|급|가까)"
    r"|\b(?:small|low|cheap|short|earli|soon|near)est\b|\bleast\b|\bminimum\b|\bclos\w* (?:first|next)\b",
    _I,
)
# "총예산" and the size of a fund are told of few; "which program" asks what one gets.
# What one has to pay or to lodge is in no record.
_UNRECORDED = re.compile(
    r"보증금|보증률|수수료|선급금|인원|직원|기업\s?수|\bbonds?\b|\bdeposits?\b|\bturnover\b|\bstaff\b", _I
)
# What the turn before asked for is meant.
_OF_THEM = re.compile(r"그\s?중|이\s?중|그것들|\b(?:of|among) (?:them|these|those)\b", _I)
_WHOLE = re.compile(r"총|전체|규모|예산|\btotal\b|\bsize\b|\bbudget|\boverall\b", _I)
# Size alone is that of what one gets, or of what is to be built.
_SIZE = re.compile(rf"{_TOP}(?:큰|많은|작은|적은)\s|\b(?:larg|bigg|small)est\b", _I)
_SUPERLATIVE = re.compile(
    r"(?:(?:가장|제일|젤)\s?)?(?:크|큰|많|높|낮|작|적|빠르|빠른|빨리|먼저|늦|길|긴|짧|급|임박|싸|싼|저렴|이르|이른|가까)[가-힣]{0,2}|가장|제일|젤|상품"
    r"|first|next|last|most|least|\w+est",
    _I,
)
_ASKS = re.compile(
    r"뭐|뭔|무엇|무슨|어떤|어느|어디|알려|있|[은는]\s?\?*\s*$|(?:사업|공고|입찰|행사|대출|바우처|프로그램)\s*\??$", _I
)
_ASKS_ENGLISH = re.compile(r"^\W*(?:(?:so|and|please)\W+)?(?:which\b|what(?:'s| is| are)?\b|(?:the )?\w+est\b)", _I)
_PAST = re.compile(r"지난|작년|과거|역대|\bpast\b|\bprevious\b|\blast year\b|\bever\b|\bwas\b|\bwere\b|\bdid\b", _I)
_CLOSING = (RecordType.PROGRAM, RecordType.TENDER, RecordType.EVENT)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record with what it is compared by; only those of one ``unit`` compare."""

    record: Record
    key: float
    unit: str
    text: str
    fields: tuple[str, ...]


class RecordRanker:
    """Compares records that can still be taken part in.

    Args:
        records: all of them, as later notices leave them.
        documents: by id.
        terms: official names in both languages.
    """

    def __init__(
        self, records: Sequence[Record], documents: Mapping[str, Document], terms: TermFinder | None = None
    ) -> None:
        self._records = [record for record in records if record.document_id in documents and not record.cancelled]
        self._documents = documents
        self._matcher = RecordMatcher(documents, terms)

    def compose(self, question: Question, language: Language, query: Query) -> Draft | None:
        """The first, those behind it, and what was compared; ``no_evidence`` where the records do not hold what is asked for.

        ``None`` where nothing is to be compared, or where the question tells more than the sort of records that it means.
        """
        asked = _asked(question.text)
        if asked is None:
            return None
        measure, most = asked
        requests = _requests(question, query, measure)
        if not requests:
            return None
        if measure == "fee":
            is_event = requests[0].type is RecordType.EVENT
            text = listed(language, "rank_no_fee")
            return Draft(AnswerStatus.NO_EVIDENCE, text=text) if is_event else None
        ahead = [r for r in self._fitting(requests) if is_ahead(r, question.as_of, running=True)]
        compared = self._matcher.first(ahead, len(ahead))
        entries = [e for record in compared if (e := _entry(record, measure, language)) is not None]
        if not entries:
            return None
        told = _Ranked(measure, most, requests[0], entries, compared)
        return told.draft(RecordWriter(self._documents), language, question.as_of)

    def _fitting(self, requests: Sequence[RecordRequest]) -> Iterator[Record]:
        for request in requests:
            for record in self._records:
                if record.type is request.type and self._matcher.fits(record, request):
                    yield record


class _Ranked:
    """What is said of the records compared."""

    def __init__(
        self,
        measure: Measure,
        most: bool,
        request: RecordRequest,
        entries: Sequence[_Entry],
        compared: Sequence[Record],
    ) -> None:
        self._measure = measure
        units = [entry.unit for entry in entries]
        self._unit = max(dict.fromkeys(units), key=units.count)
        alike = [entry for entry in entries if entry.unit == self._unit]
        self._ranked = sorted(alike, key=lambda entry: -entry.key if most else entry.key)
        self._other = [entry for entry in entries if entry.unit != self._unit]
        self._silent = [record for record in compared if all(entry.record is not record for entry in entries)]
        self._key = f"{measure}_{'most' if most else 'least'}"
        self._type = request.type
        self._kind = request.kind if request.noun else "call"

    def draft(self, writer: RecordWriter, language: Language, as_of: date) -> Draft:
        citations = CitationList()
        claims: list[Claim] = []
        shown: list[Record] = []
        closing = self._closing(writer, language, citations)
        room = _MAX_CHARS - sum(len(claim.text) for claim in closing)
        for place, entry in enumerate(self._ranked[:_MAX_LINES]):
            line = self._line(entry, writer, language, as_of, citations, is_brief=place > 0)
            line = Claim(self._said(self._place_key(place), language, line=line.text), line.citations)
            if claims and sum(len(claim.text) for claim in claims) + len(line.text) > room:
                break
            claims.append(line)
            shown.append(entry.record)
        return Draft(AnswerStatus.ANSWERED, (*claims, *closing), citations.all(), records=tuple(shown))

    def _place_key(self, place: int) -> str:
        if place == 0:
            alone = "rank_only" if self._other or self._silent else "rank_single"
            return f"rank_{self._key}" if len(self._ranked) > 1 else alone
        return "rank_same" if self._ranked[place].key == self._ranked[0].key else "rank_next"

    def _said(self, key: str, language: Language, **values: str) -> str:
        by_type = f"_{self._type.value}" if self._measure == "amount" else ""
        noun = listed(language, f"measure_{self._measure}{by_type}")
        return listed(language, key, noun=noun, subject=with_particle(noun, "이"), **values)

    def _closing(self, writer: RecordWriter, language: Language, citations: CitationList) -> list[Claim]:
        """What was compared, and what could not be."""
        claims = []
        if len(self._ranked) > 1:
            numbers = [n for entry in self._ranked for n in writer.cite(entry.record, ("title",), citations)]
            sort = listed(language, f"open_{self._kind}")
            claims.append(Claim(self._said("rank_among", language, sort=sort), tuple(dict.fromkeys(numbers))))
        other = [
            message(language, "record_line", title=writer.name(entry.record), facts=entry.text) for entry in self._other
        ]
        if other:
            cited = [n for e in self._other for n in writer.cite(e.record, ("title", *e.fields), citations)]
            told = self._said("rank_other_unit", language, names=", ".join(other))
            claims.append(Claim(told, tuple(dict.fromkeys(cited))))
        if self._silent:
            cited = [n for record in self._silent for n in writer.cite(record, ("title",), citations)]
            names = ", ".join(listed(language, "choice", name=writer.name(record)) for record in self._silent)
            claims.append(Claim(self._said("rank_silent", language, names=names), tuple(dict.fromkeys(cited))))
        return claims

    def _line(
        self,
        entry: _Entry,
        writer: RecordWriter,
        language: Language,
        as_of: date,
        citations: CitationList,
        *,
        is_brief: bool,
    ) -> Claim:
        if self._measure == "deadline":
            return writer.line(entry.record, language, as_of, citations, is_brief=is_brief)
        text = message(language, "record_line", title=writer.name(entry.record), facts=entry.text)
        return Claim(text, writer.cite(entry.record, ("title", *entry.fields), citations))


def _asked(text: str) -> tuple[Measure, bool] | None:
    """The measure that a question asks for the most (true) or the least of."""
    most, least = _MOST.search(text), _LEAST.search(text)
    asks = _ASKS if has_hangul(text) else _ASKS_ENGLISH
    if _UNRECORDED.search(text) or (most is None) == (least is None) or not asks.search(text) or _PAST.search(text):
        return None
    measure = next((measure for measure, pattern in _MEASURES if pattern.search(text)), None)
    if measure is None:
        return ("amount", most is not None) if _SIZE.search(text) else None
    return measure, most is not None


def _requests(question: Question, query: Query, measure: Measure) -> list[RecordRequest]:
    """The sorts of records that are to be compared; empty where the question tells more than that."""
    request = record_named(question.text, question.as_of, query)
    before = next((turn.content for turn in reversed(question.history) if turn.role == "user"), "")
    if request is None and _OF_THEM.search(question.text):
        request = record_named(before, question.as_of, query)
    if request is None:
        if measure != "deadline":
            return []
        request = RecordRequest(RecordType.PROGRAM, "")
    about = tuple(c for c in request.about if not _is_of_measure(c.text))
    if about and not (request.is_subject or all(_is_subject(c.text, question.text, request.noun) for c in about)):
        return []
    if measure == "length" and request.type is not RecordType.EVENT:
        return []
    if measure in ("amount", "share", "rate") and request.type is RecordType.EVENT:
        return []
    if measure == "amount" and request.type is RecordType.PROGRAM and _WHOLE.search(question.text):
        return []
    request = replace(request, about=about)
    types = _CLOSING if measure == "deadline" and not request.noun else request.types
    return [replace(request, type=kind) for kind in types]


def _is_subject(words: str, question: str, noun: str) -> bool:
    """Whether words are plainly what the records are to be about: 교통 관련, "on traffic", "traffic tender"."""
    before, after = r"(?:on|about|for|related to)\s(?:\w+\s){0,2}", r"\S{0,2}\s?(?:관련|분야|쪽)"
    joined = rf"\s(?:\w+\s)?{re.escape(noun)}"
    return bool(re.search(rf"\b{before}{re.escape(words)}|{re.escape(words)}(?:{after}|{joined})", question, _I))


def _is_of_measure(words: str) -> bool:
    """Whether words only say what is compared, or that it is."""
    return bool(_SUPERLATIVE.fullmatch(words)) or any(pattern.search(words) for _, pattern in _MEASURES)


def _entry(record: Record, measure: Measure, language: Language) -> _Entry | None:
    """What a record is compared by; ``None`` where it does not say it, or says another sort of it."""
    if measure == "deadline":
        if record.deadline is None:
            return None
        return _Entry(record, record.deadline.toordinal(), "day", "", ())
    if measure == "length":
        period = event_period(record)
        if period is None or record.precision is not Precision.DAY:
            return None
        return _Entry(
            record, (period.end - period.start).days, "day", format_period(period, language), ("start", "end")
        )
    value = value_of(record, measure, language)
    amount = _amount(getattr(record, measure))
    if value is None or amount is None:
        return None
    # The size of a fund is no sum that one gets.
    is_whole = measure == "amount" and record.type is RecordType.PROGRAM and record.amount_krw is None
    if is_whole and sort_of_sum(record, "amount") != "cap":
        return None
    is_money = amount.unit in MONEY
    if is_money != (measure == "amount") or (measure == "share" and amount.unit is not Unit.PERCENT):
        return None
    return _Entry(record, float(amount.upper), amount.unit.value, value.text, (measure,))


def _amount(written: str | None) -> Amount | None:
    amounts = find_amounts(written) if written else []
    return amounts[0] if len(amounts) == 1 else None
