"""Which events, tenders or programs there are: by sort, place, subject, time and whether they are open; and plainly that there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.generation.coverage import concepts_said
from assistant.generation.draft import Draft
from assistant.generation.record_list_words import listed
from assistant.generation.record_request import RecordRequest, record_named, record_request
from assistant.generation.record_wording import RecordWriter, event_period
from assistant.generation.same_thing import SameThing
from assistant.generation.wording import CitationList
from assistant.messages import message
from assistant.text.language import has_hangul
from assistant.text.particles import with_particle
from assistant.text.places import HOME, Place, find_places, place_name
from assistant.text.termbase import TermFinder
from assistant.types import (
    AnswerStatus,
    Citation,
    Claim,
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
_MAX_OTHERS = 2
_HALF = 0.5
_NAMED = 0.75
_ASKS_ORGANISER = re.compile(
    r"발주처|발주\s?기관|발주자|주최|주관|누가\s?(?:열|여는|발주|내놓|공고|개최)|\bwho(?:'s| is| are)? ?(?:hold|host"
    r"|organi[sz]|buy|issu|run)\w*|\bbuyer\b|\borgani[sz]er\b|\bhost(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_OVER = frozenset({RecordStatus.PAST, RecordStatus.CLOSED})


class RecordFinder:
    """Lists the records that a question asks for.

    Args:
        records: all of them, as later notices leave them.
        documents: by id.
        terms: official names in both languages.
    """

    def __init__(
        self, records: Sequence[Record], documents: Mapping[str, Document], terms: TermFinder | None = None
    ) -> None:
        self._records = [record for record in records if record.document_id in documents]
        self._documents = documents
        self._same = SameThing(terms)

    def compose(self, question: Question, language: Language, query: Query, *, one: bool = False) -> Draft | None:
        """Those that fit, soonest first, each with where it is written; ``no_evidence`` with the nearest where none does.

        ``None`` where no records are asked for, or the telling words of the question may be of something else.

        Args:
            one: answer only whether one can still take part in what is named, which may ask for more than the calendar knows; without
                it, only every other question.
        """
        request = record_request(question.text, question.as_of, query)
        if request is None:
            return self._organiser(question, language, query) if _ASKS_ORGANISER.search(question.text) else None
        if request.one is not one:
            return None
        of_type = [record for record in self._records if record.type is request.type]
        fitting = [record for record in of_type if self._fits(record, request)]
        if not fitting:
            return self._none(request, of_type, question, language)
        telling = _Telling(request, question, language, RecordWriter(self._documents), self._first)
        if request.past:
            return telling.past(fitting)
        if request.standing or request.one:
            return telling.standing(fitting)
        return telling.ahead(fitting, of_type)

    def _organiser(self, question: Question, language: Language, query: Query) -> Draft | None:
        """Who holds the event, or buys by the tender, that the question names; ``None`` where it is not one, or nobody is named."""
        request = record_named(question.text, question.as_of, query)
        if request is None or not (request.places or request.about):
            return None
        asking = " ".join(match.group() for match in _ASKS_ORGANISER.finditer(question.text)).casefold()
        about = tuple(c for c in request.about if c.text.casefold() not in asking)
        meant = replace(request, about=about)
        of_type = [r for r in self._records if r.type is request.type and r.type is not RecordType.PROGRAM]
        fitting = self._first([record for record in of_type if record.organiser and self._fits(record, meant)], 2)
        if len(fitting) != 1 or not (meant.places or about):
            return None
        citations = CitationList()
        claim = RecordWriter(self._documents).organiser(fitting[0], language, citations)
        return Draft(AnswerStatus.ANSWERED, (claim,), citations.all(), records=tuple(fitting))

    def _fits(self, record: Record, request: RecordRequest) -> bool:
        return (
            self._is_of_sort(record, request) and _is_there(record, request.places) and self._is_about(record, request)
        )

    def _is_of_sort(self, record: Record, request: RecordRequest) -> bool:
        quotes = " ".join(
            e.quote for e in record.evidence if record.type is RecordType.PROGRAM and e.field != "eligible"
        )
        said = f"{record.title} {quotes}"
        return all(sort.search(said) for sort in request.sorts) and (not request.online or bool(record.online))

    def _is_about(self, record: Record, request: RecordRequest) -> bool:
        document = self._documents[record.document_id]
        said = " ".join(
            filter(None, (record.title, record.organiser, record.contact, document.publisher, document.title))
        )
        shares = zip(concepts_said(request.about, said), request.about, strict=True)
        # Of a name more must be said than the sort of thing it is.
        return all(share >= _NAMED if concept.is_name else share > _HALF for share, concept in shares)

    def _none(
        self, request: RecordRequest, of_type: Sequence[Record], question: Question, language: Language
    ) -> Draft | None:
        """That there is none, what was looked for by name, and the nearest that are still ahead."""
        if request.one or (request.about and not request.is_subject) or not (request.about or request.places):
            return None
        ahead = [record for record in of_type if _is_ahead(record, question.as_of, running=True)]
        ahead.sort(key=lambda record: (not _is_near(record, request.places), _when(record)))
        noun = _noun(request, language)
        what = noun
        if request.about:
            what = listed(language, "of_subject", noun=what, subject=", ".join(c.text for c in request.about))
        if request.places:
            names = ", ".join(_name(place, question.text) for place in request.places)
            what = listed(language, f"of_place_{request.type.value}", noun=what, places=names)
        if language == "ko":
            what = with_particle(what, "이")
        noun = listed(language, request.type.value)
        writer, citations, notices = RecordWriter(self._documents), CitationList(), []
        near = [record for record in ahead if _is_near(record, request.places)]
        for record in self._first(near or ahead, _MAX_OTHERS):
            line = writer.line(record, language, question.as_of, citations)
            key, country = _nearness(record, request.places, language)
            told = listed(language, key, noun=noun, country=country, line=line.text, number=line.citations[0])
            notices.append(Notice("passage", told))
        text = listed(language, "no_such" if ahead else "no_such_ahead", what=what, noun=noun)
        return Draft(AnswerStatus.NO_EVIDENCE, (), citations.all(), tuple(notices), text)

    def _first(self, records: Sequence[Record], count: int) -> list[Record]:
        """The first ``count`` of them, each thing once, however many papers tell of it."""
        kept: list[Record] = []
        for record in records:
            if len(kept) == count:
                break
            if not any(self._same.are(record, one) or _are_one_event(record, one) for one in kept):
                kept.append(record)
        return kept


class _Telling:
    """What is said of the records that fit."""

    def __init__(
        self,
        request: RecordRequest,
        question: Question,
        language: Language,
        writer: RecordWriter,
        first: Callable[[Sequence[Record], int], list[Record]],
    ) -> None:
        self._first = first
        self._request = request
        self._as_of = question.as_of
        self._language = language
        self._writer = writer
        self._citations = CitationList()

    def past(self, records: Sequence[Record]) -> Draft | None:
        """Those that are over, in the time asked about, the latest first."""
        over = [record for record in records if record.status(self._as_of) in _OVER]
        within = sorted((record for record in over if self._falls_in(record)), key=_when, reverse=True)
        if within or self._request.type is not RecordType.EVENT:
            shown = self._first(within, _MAX_LINES)
            return self._draft([self._line(record) for record in shown], shown) if shown else None
        latest = self._first(sorted(over, key=_when, reverse=True), _MAX_OTHERS)
        claims = [self._line(record) for record in latest]
        if not claims:
            return None
        return self._draft([self._said("none_then_event", claims[0]), *claims[1:]], latest)

    def standing(self, records: Sequence[Record]) -> Draft | None:
        """Whether each is open, over or cancelled; ``None`` where the days of none tell."""
        claims: list[Claim] = []
        shown: list[Record] = []
        for record in self._first(sorted(records, key=_when), _MAX_LINES):
            changed = self._writer.change(record, self._language, self._citations)
            stands = None
            if not record.cancelled:
                stands = self._writer.standing(record, self._language, self._as_of, self._citations)
            told = [claim for claim in (changed, stands) if claim is not None]
            claims += told
            shown += [record] if told else []
        over = bool(shown) and all(record.status(self._as_of) in _OVER for record in shown)
        return self._draft(claims, shown, over=over) if claims else None

    def ahead(self, records: Sequence[Record], others: Sequence[Record]) -> Draft | None:
        """Those ahead in the time asked about; else those ahead at another time; else what there was, and that no more is ahead."""
        coming = sorted((r for r in records if _is_ahead(r, self._as_of, self._request.open_now)), key=_when)
        within = [record for record in coming if self._falls_in(record)]
        off = [r for r in records if r.cancelled and self._falls_in(r) and not _is_before(r, self._as_of)]
        cancelled = self._first(off, _MAX_OTHERS)
        kind = self._request.type.value
        if within or coming:
            shown = self._first(within or coming, _MAX_LINES)
            claims = [self._line(record) for record in shown]
            if self._request.open_now and self._request.type is not RecordType.EVENT:
                shown, claims = self._by_opening(shown)
            if not within:
                claims[0] = self._said(f"none_within_{kind}", claims[0])
            told = [c for r in cancelled if (c := self._writer.change(r, self._language, self._citations)) is not None]
            return self._draft([*claims, *told], shown)
        if cancelled:
            told = [c for r in cancelled if (c := self._writer.change(r, self._language, self._citations)) is not None]
            rest = self._first(sorted((r for r in others if _is_ahead(r, self._as_of, False)), key=_when), _MAX_OTHERS)
            told += [self._said("other", self._line(record)) for record in rest]
            return self._draft(told, [*cancelled, *rest]) if told else None
        past = sorted((r for r in records if r.status(self._as_of) in _OVER), key=_when, reverse=True)
        undated = [r for r in records if r.type is RecordType.EVENT and r.start is None and not r.cancelled]
        shown = [*self._first(past, _MAX_OTHERS), *self._first(undated, _MAX_LINES - _MAX_OTHERS)]
        if not shown:
            return None
        claims = [self._line(record) for record in shown]
        claims[0] = self._said(f"none_ahead_{kind}", claims[0])
        return self._draft(claims, shown, over=True)

    def _by_opening(self, records: Sequence[Record]) -> tuple[list[Record], list[Claim]]:
        """What can be applied for today first, then what is not open yet, the first of these saying so."""
        now = [record for record in records if record.status(self._as_of) is RecordStatus.OPEN]
        later = [record for record in records if record not in now]
        claims = [self._line(record) for record in (*now, *later)]
        if later and now:
            claims[len(now)] = self._said("not_yet", claims[len(now)])
        return [*now, *later], claims

    def _line(self, record: Record) -> Claim:
        if record.type is RecordType.EVENT and record.start is None:
            return self._writer.undated(record, self._language, self._citations)
        return self._writer.line(record, self._language, self._as_of, self._citations)

    def _said(self, key: str, line: Claim) -> Claim:
        return Claim(listed(self._language, key, line=line.text), line.citations)

    def _falls_in(self, record: Record) -> bool:
        return falls_in(record, self._request.window, closes=self._request.closes)

    def _draft(self, claims: Sequence[Claim], records: Sequence[Record], *, over: bool = False) -> Draft:
        notices = (Notice("past_event", message(self._language, "past_advice")),) if over else ()
        cited: tuple[Citation, ...] = self._citations.all()
        return Draft(AnswerStatus.ANSWERED, tuple(claims), cited, notices, records=tuple(records))


def falls_in(record: Record, window: Period | None, *, closes: bool = False) -> bool:
    """Whether a record's deadline, or (unless ``closes``) its days or the time to apply, lie in a window; any does where there is none."""
    if window is None:
        return True
    is_due = record.deadline is not None and (closes or record.type is not RecordType.EVENT)
    if is_due and record.deadline is not None and window.start <= record.deadline <= window.end:
        return True
    period = event_period(record)
    if closes or period is None or (record.type is not RecordType.EVENT and record.start is None):
        return False
    return period.start <= window.end and window.start <= period.end


def _are_one_event(one: Record, other: Record) -> bool:
    """Whether two events of different papers, called otherwise, are held on the same days in the same country."""
    is_exact = one.precision is Precision.DAY and one.start is not None and one.document_id != other.document_id
    if not is_exact or (one.start, one.end, one.precision) != (other.start, other.end, other.precision):
        return False
    countries, others = ({place.country for place in _places_of(record)} - {None} for record in (one, other))
    return bool(countries & others)


def _is_before(record: Record, as_of: date) -> bool:
    """Whether the days of a record, cancelled or not, are over."""
    last = record.end or record.start or record.deadline
    return last is not None and last < as_of


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
    # "In the first half of the year" may be any day of it: exact days go first.
    is_exact = record.precision in (Precision.DAY, Precision.MONTH)
    first = (record.start if is_exact else record.end) if record.type is RecordType.EVENT else record.deadline
    return first or record.end or date.max


def _places_of(record: Record) -> list[Place]:
    """Where a record is held or meant for: by its place and country, and by its name."""
    said = (record.title, record.place, record.country, record.organiser)
    return [place for text in said if text for place in find_places(text)]


def _is_there(record: Record, places: Sequence[Place]) -> bool:
    held = _places_of(record)
    return all(_is_in(held, place) for place in places)


def _is_in(held: Sequence[Place], asked: Place) -> bool:
    if asked.key == HOME:
        # A notice at home seldom says its country.
        return not any(place.country not in (HOME, None) or place.members for place in held)
    return any(asked.covers(place) for place in held)


def _is_near(record: Record, places: Sequence[Place]) -> bool:
    return any(asked.is_near(place) for asked in places for place in _places_of(record))


def _nearness(record: Record, places: Sequence[Place], language: Language) -> tuple[str, str]:
    """How a record is offered in place of one that was asked for, and the country that they share."""
    held = {place.country for place in _places_of(record)} - {None, HOME}
    shared = [place.country for place in places if place.country in held]
    if shared and shared[0] is not None:
        return "nearest_country", place_name(shared[0], language)
    return "nearest_region" if _is_near(record, places) else "nearest", ""


def _noun(request: RecordRequest, language: Language) -> str:
    """What the question calls the sort of thing it asks for; the type's own name where it names no sort."""
    if not request.sorts or has_hangul(request.noun) != (language == "ko"):
        return listed(language, request.type.value)
    return request.noun if language == "ko" else request.noun.lower().removesuffix("s")


def _name(place: Place, question: str) -> str:
    """A place as the question writes it, with the article that it needs there."""
    written = question[place.start : place.end]
    return f"the {written}" if question[: place.start].casefold().endswith("the ") else written
