"""Which events, tenders or programs there are: by sort, place, subject, time and whether they are open; and plainly that there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.generation.draft import Draft
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.generation.records.match import RecordMatcher, is_ahead, is_near, places_of
from assistant.generation.records.request import RecordRequest, record_named, record_request
from assistant.generation.records.wording import RecordWriter, event_period
from assistant.messages import message
from assistant.text.language import has_hangul
from assistant.text.particles import with_particle
from assistant.text.places import HOME, Place, place_name
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
_MAX_CHARS = 560
_MAX_OTHERS = 2
_ASKS_PLACE = re.compile(
    r"어디(?:서|에서)\s?(?:해|하|열|개최|진행|있)|(?:장소|개최지)(?:는|가|요)?\s*(?:어디|\?|$)"
    r"|\bwhere (?:is|are|will|does|do)\b[^?]*\b(?:held|take place|happen|be|it|roadshow|plaza"
    r"|expo|fair|forum|event|day|clinic|seminar|conference|briefing)\b|\bvenue\b",
    re.IGNORECASE,
)
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
        self._matcher = RecordMatcher(documents, terms)

    def compose(self, question: Question, language: Language, query: Query, *, one: bool = False) -> Draft | None:
        """Those that fit, soonest first, each with where it is written; ``no_evidence`` with the nearest where none does.

        ``None`` where no records are asked for, or the telling words of the question may be of something else.

        Args:
            one: answer only whether one can still take part in what is named, which may ask for more than the calendar knows; without
                it, only every other question.
        """
        request = record_request(question.text, question.as_of, query)
        if request is None:
            return self._detail(question, language, query)
        if request.one is not one:
            return None
        of_type = [record for record in self._records if record.type in request.types]
        fitting = [record for record in of_type if self._matcher.fits(record, request)]
        if not fitting:
            return self._none(request, of_type, question, language)
        telling = _Telling(request, question, language, RecordWriter(self._documents), self._matcher)
        if request.cancelled:
            return telling.cancelled(fitting)
        if request.changed and not request.one:
            return telling.changed(fitting)
        if request.past and not request.one:
            return telling.past(fitting)
        if request.standing or request.one:
            return telling.standing(fitting)
        return telling.ahead(fitting, of_type)

    def _detail(self, question: Question, language: Language, query: Query) -> Draft | None:
        """Who holds the event or buys by the tender that the question names, or where it is held; ``None`` where it asks for neither, names
        no such thing, or nobody says."""
        asks = _ASKS_ORGANISER if _ASKS_ORGANISER.search(question.text) else _ASKS_PLACE
        request = record_named(question.text, question.as_of, query) if asks.search(question.text) else None
        if request is None:
            return None
        asking = " ".join(match.group() for match in asks.finditer(question.text)).casefold()
        about = tuple(c for c in request.about if c.text.casefold() not in asking)
        if not (request.places or about or request.sorts):
            return None
        meant = replace(request, about=about)
        told = [r for r in self._records if r.type is request.type and r.type is not RecordType.PROGRAM]
        told = [r for r in told if (r.organiser if asks is _ASKS_ORGANISER else r.type is RecordType.EVENT and r.place)]
        fitting = self._matcher.first([record for record in told if self._matcher.fits(record, meant)], 2)
        if len(fitting) != 1:
            return None
        writer, citations = RecordWriter(self._documents), CitationList()
        tell = writer.organiser if asks is _ASKS_ORGANISER else writer.place
        return Draft(
            AnswerStatus.ANSWERED, (tell(fitting[0], language, citations),), citations.all(), records=tuple(fitting)
        )

    def _none(
        self, request: RecordRequest, of_type: Sequence[Record], question: Question, language: Language
    ) -> Draft | None:
        """That there is none, what was looked for by name, and the nearest that are still ahead."""
        if request.one or (request.about and not request.is_subject) or not (request.about or request.places):
            return None
        if (request.standing or request.cancelled or request.changed) and request.about:
            # "Is the guarantee fee program still open?" knows of one, which may be called otherwise here.
            return None
        ahead = [record for record in of_type if is_ahead(record, question.as_of, running=True)]
        ahead.sort(key=lambda record: (not is_near(record, request.places), _when(record)))
        noun = _noun(request, language)
        what = noun
        if request.about:
            what = listed(language, "of_subject", noun=what, subject=", ".join(c.text for c in request.about))
        if request.places:
            names = ", ".join(_name(place, question.text) for place in request.places)
            what = listed(language, f"of_place_{request.kind}", noun=what, places=names)
        if language == "ko":
            what = with_particle(what, "이")
        noun = listed(language, request.kind)
        writer, citations, notices = RecordWriter(self._documents), CitationList(), []
        near = [record for record in ahead if is_near(record, request.places)]
        for record in self._matcher.first(near or ahead, _MAX_OTHERS):
            line = writer.line(record, language, question.as_of, citations)
            key, country = _nearness(record, request.places, language)
            told = listed(language, key, noun=noun, country=country, line=line.text, number=line.citations[0])
            notices.append(Notice("passage", told))
        text = listed(language, "no_such" if ahead else "no_such_ahead", what=what, noun=noun)
        return Draft(AnswerStatus.NO_EVIDENCE, (), citations.all(), tuple(notices), text)


class _Telling:
    """What is said of the records that fit."""

    def __init__(
        self,
        request: RecordRequest,
        question: Question,
        language: Language,
        writer: RecordWriter,
        matcher: RecordMatcher,
    ) -> None:
        self._matcher = matcher
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
            shown = self._matcher.first(within, _MAX_LINES)
            if shown:
                return self._draft([self._line(record) for record in shown], shown)
            noun = listed(self._language, self._request.kind)
            return Draft(AnswerStatus.NO_EVIDENCE, text=listed(self._language, "none_closed", noun=noun))
        latest = self._matcher.first(sorted(over, key=_when, reverse=True), _MAX_OTHERS)
        claims = [self._line(record) for record in latest]
        if not claims:
            return None
        return self._draft([self._said("none_then_event", claims[0]), *claims[1:]], latest)

    def standing(self, records: Sequence[Record]) -> Draft | None:
        """Whether each is open, over or cancelled; ``None`` where the days of none tell."""
        claims: list[Claim] = []
        shown: list[Record] = []
        # What is still open leads.
        ordered = sorted(records, key=lambda record: (record.status(self._as_of) in _OVER, _when(record)))
        for record in self._matcher.first(ordered, _MAX_LINES):
            changed = self._writer.change(record, self._language, self._citations)
            stands = None
            if not record.cancelled:
                stands = self._writer.standing(record, self._language, self._as_of, self._citations)
            told = [claim for claim in (changed, stands) if claim is not None]
            claims += told
            shown += [record] if told else []
        over = bool(shown) and all(record.status(self._as_of) in _OVER for record in shown)
        return self._draft(claims, shown, over=over) if claims else None

    def cancelled(self, records: Sequence[Record]) -> Draft:
        """Those that were cancelled; else how those asked about stand, or that none was."""
        off = self._matcher.first([record for record in records if record.cancelled], _MAX_LINES)
        claims = [c for r in off if (c := self._writer.change(r, self._language, self._citations)) is not None]
        if claims:
            return self._draft(claims, off)
        if self._request.about or self._request.places or self._request.sorts:
            shown = self._matcher.first(sorted(records, key=_when, reverse=True), _MAX_OTHERS)
            for record in shown:
                line = self._line(record)
                told = listed(self._language, "not_cancelled", title=record.title)
                title = self._writer.cite(record, ("title",), self._citations)
                claims += [Claim(told, title), line]
            return self._draft(claims, shown)
        noun = listed(self._language, self._request.kind)
        return Draft(AnswerStatus.NO_EVIDENCE, text=listed(self._language, "none_cancelled", noun=noun))

    def changed(self, records: Sequence[Record]) -> Draft | None:
        """Those that a later notice moved or corrected, with what was changed; that there is none, where no one thing was asked about."""
        touched = self._matcher.first([record for record in records if record.changes], _MAX_LINES)
        claims = [c for r in touched if (c := self._writer.change(r, self._language, self._citations)) is not None]
        if claims:
            return self._draft(claims, touched)
        if self._request.about or self._request.places:
            return None
        noun = listed(self._language, self._request.kind)
        return Draft(AnswerStatus.NO_EVIDENCE, text=listed(self._language, "none_changed", noun=noun))

    def ahead(self, records: Sequence[Record], others: Sequence[Record]) -> Draft | None:
        """Those ahead in the time asked about; else those ahead at another time; else what there was, and that no more is ahead."""
        coming = sorted(
            (r for r in records if is_ahead(r, self._as_of, running=self._request.open_now) and self._may_close(r)),
            key=self._due,
        )
        within = [record for record in coming if self._falls_in(record)]
        off = [r for r in records if r.cancelled and self._falls_in(r) and not _is_before(r, self._as_of)]
        cancelled = self._matcher.first(off, _MAX_OTHERS)
        kind = self._request.kind
        if within or coming:
            shown = self._matcher.first(within or coming, _MAX_LINES)
            told = [c for r in cancelled if (c := self._writer.change(r, self._language, self._citations)) is not None]
            room = _MAX_CHARS - sum(len(claim.text) for claim in told)
            by_opening = self._request.open_now and self._request.type is not RecordType.EVENT
            now = [record for record in shown if record.status(self._as_of) is RecordStatus.OPEN]
            if by_opening:
                # What can be applied for today goes first.
                shown = [*now, *(record for record in shown if record not in now)]
            claims = self._lines(shown, room)
            if by_opening and 0 < len(now) < len(claims):
                claims[len(now)] = self._said("not_yet", claims[len(now)])
            if not within:
                claims[0] = self._said(f"none_within_{kind}", claims[0])
            elif self._request.count:
                claims[0] = self._counted(claims[0], len(shown), len(self._matcher.first(within, len(within))))
            return self._draft([*claims, *told], shown)
        if cancelled:
            told = [c for r in cancelled if (c := self._writer.change(r, self._language, self._citations)) is not None]
            rest = self._matcher.first(
                sorted((r for r in others if is_ahead(r, self._as_of, running=False)), key=_when), _MAX_OTHERS
            )
            told += [self._said("other", self._line(record)) for record in rest]
            return self._draft(told, [*cancelled, *rest]) if told else None
        past = sorted((r for r in records if r.status(self._as_of) in _OVER), key=_when, reverse=True)
        undated = [r for r in records if r.type is RecordType.EVENT and r.start is None and not r.cancelled]
        shown = [*self._matcher.first(past, _MAX_OTHERS), *self._matcher.first(undated, _MAX_LINES - _MAX_OTHERS)]
        if not shown:
            return None
        claims = [self._line(record) for record in shown]
        claims[0] = self._said(f"none_ahead_{kind}", claims[0])
        return self._draft(claims, shown, over=True)

    def _lines(self, records: Sequence[Record], room: int) -> list[Claim]:
        """A line each, in ``room`` characters: the later ones say less where they have to."""
        claims = [self._line(record) for record in records]
        for place in range(len(claims) - 1, 0, -1):
            if sum(len(claim.text) for claim in claims) > room:
                claims[place] = self._line(records[place], is_brief=True)
        return claims

    def _line(self, record: Record, *, is_brief: bool = False) -> Claim:
        if record.type is RecordType.EVENT and record.start is None:
            return self._writer.undated(record, self._language, self._citations)
        return self._writer.line(record, self._language, self._as_of, self._citations, is_brief=is_brief)

    def _said(self, key: str, line: Claim) -> Claim:
        return Claim(listed(self._language, key, line=line.text), line.citations)

    def _counted(self, line: Claim, shown: int, number: int) -> Claim:
        """How many there are, in words, before the first of them."""
        words = listed(self._language, "numbers").split()
        if number > len(words):
            return line
        key = "in_all" if shown == number else "in_all_first"
        text = listed(self._language, key, number=words[number - 1], shown=words[shown - 1], line=line.text)
        return Claim(text, line.citations)

    def _may_close(self, record: Record) -> bool:
        return not self._request.closes or (record.deadline is not None and record.deadline >= self._as_of)

    def _due(self, record: Record) -> date:
        return record.deadline if self._request.closes and record.deadline else _when(record)

    def _falls_in(self, record: Record) -> bool:
        window = self._request.window
        if self._request.opens and window is not None:
            return record.start is not None and window.start <= record.start <= window.end
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


def _is_before(record: Record, as_of: date) -> bool:
    """Whether the days of a record, cancelled or not, are over."""
    last = record.end or record.start or record.deadline
    return last is not None and last < as_of


def _when(record: Record) -> date:
    # "In the first half of the year" may be any day of it: exact days go first.
    is_exact = record.precision in (Precision.DAY, Precision.MONTH)
    first = (record.start if is_exact else record.end) if record.type is RecordType.EVENT else record.deadline
    return first or record.end or date.max


def _nearness(record: Record, places: Sequence[Place], language: Language) -> tuple[str, str]:
    """How a record is offered in place of one that was asked for, and the country that they share."""
    held = {place.country for place in places_of(record)} - {None, HOME}
    shared = [place.country for place in places if place.country in held]
    if shared and shared[0] is not None:
        return "nearest_country", place_name(shared[0], language)
    return "nearest_region" if is_near(record, places) else "nearest", ""


def _noun(request: RecordRequest, language: Language) -> str:
    """What the question calls the sort of thing it asks for; the type's own name where it names no sort."""
    if not request.sorts or has_hangul(request.noun) != (language == "ko"):
        return listed(language, request.kind)
    return request.noun if language == "ko" else request.noun.lower().removesuffix("s")


def _name(place: Place, question: str) -> str:
    """A place as the question writes it, with the article that it needs there."""
    written = question[place.start : place.end]
    return f"the {written}" if question[: place.start].casefold().endswith("the ") else written
