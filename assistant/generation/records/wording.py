"""A record said in one sentence, with the places it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.generation.quoting.clauses import bare
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.messages import MESSAGES, message
from assistant.text.dates import find_dates, format_period
from assistant.text.dates.written import written_date
from assistant.text.places import find_places
from assistant.types import (
    Change,
    Claim,
    DeadlineKind,
    Document,
    Evidence,
    Language,
    Period,
    Precision,
    Record,
    RecordStatus,
    RecordType,
)

_MAX_PLACE_CHARS = 48
_MAX_WRITTEN_CHARS = 90
_MIN_NAME_CHARS = 6
_DATES = frozenset({"start", "end", "deadline"})


def moved(record: Record) -> Change | None:
    """The day that the latest notice on a record moved; ``None`` where it moved none."""
    latest = record.changes[-1].document_id if record.changes else None
    dated = (c for c in record.changes if c.document_id == latest and c.field in _DATES and c.old and c.new)
    return next(dated, None)


class RecordWriter:
    """Says records in the asker's language.

    Args:
        documents: the records' documents by id.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def line(
        self, record: Record, language: Language, as_of: date, citations: CitationList, *, is_brief: bool = False
    ) -> Claim:
        """Title, when, where, and until when to apply: ``「…」: 2027년 3월 2일(화), 코엑스, 신청 마감 2027년 1월 8일(금) (D-47)``.

        ``is_brief`` leaves out the place and from when on, and what a title says of itself behind a colon.
        """
        fields = ["title"]
        parts = []
        period = event_period(record)
        if record.type is RecordType.EVENT and period is not None:
            parts.append(format_period(period, language))
            fields += ["start", "end"]
        place = _place(record, language) if record.type is RecordType.EVENT else None
        if is_brief:
            pass
        elif place is not None:
            parts.append(place)
            fields.append("place")
        elif record.type is RecordType.EVENT and record.online:
            parts.append(message(language, "online"))
            fields.append("online")
        deadline = _deadline(record, language)
        opens = record.start if record.type is not RecordType.EVENT and record.precision is Precision.DAY else None
        if is_brief and deadline is not None:
            parts.append(deadline.brief)
            fields.append("deadline")
        elif deadline is not None and opens is not None and as_of < opens <= deadline.day:
            days = format_period(Period(opens, deadline.day, Precision.DAY), language)
            parts.append(listed(language, "application_period", days=days))
            fields += ["start", "deadline"]
        elif deadline is not None:
            parts.append(message(language, "record_deadline", date=deadline.text))
            fields.append("deadline")
            if record.deadline_kind is DeadlineKind.UNTIL_BUDGET:
                parts.append(listed(language, "until_budget"))
        if not parts and (written := _written(record, "deadline")):
            # "Within 30 days of the notice" is said as it is written.
            parts.append(f"“{written}”")
            fields.append("deadline")
        title = short_title(record.title) if is_brief else record.title
        text = message(language, "record_line", title=title, facts=", ".join(parts))
        # Only a day that is known exactly can be counted to.
        exact = deadline.day if deadline else record.start if record.precision is Precision.DAY else None
        if exact is not None and exact >= as_of:
            text += f" (D-{(exact - as_of).days})"
        return self._claim(text, record, fields, citations)

    def name(self, record: Record) -> str:
        """What a record is called where several are named in one sentence."""
        return short_title(record.title)

    def cite(self, record: Record, fields: Sequence[str], citations: CitationList) -> tuple[int, ...]:
        """The numbers of the citations for fields of a record, of what a later notice changed for that notice."""
        return self._claim("", record, fields, citations).citations

    def organiser(self, record: Record, language: Language, citations: CitationList) -> Claim:
        """Who holds the event or buys by the tender."""
        key = "bought_by" if record.type is RecordType.TENDER else "held_by"
        facts = listed(language, key, name=record.organiser)
        told = message(language, "record_line", title=record.title, facts=facts)
        return self._claim(told, record, ["title", "organiser"], citations)

    def place(self, record: Record, language: Language, citations: CitationList) -> Claim:
        """Where the event is held, as its document writes it if that is long."""
        facts = listed(language, "held_at", place=_place(record, language) or record.place)
        told = message(language, "record_line", title=record.title, facts=facts)
        return self._claim(told, record, ["title", "place"], citations)

    def undated(self, record: Record, language: Language, citations: CitationList) -> Claim:
        """An event whose days are not known: as its document writes them, or that it names none."""
        written = _written(record, "start")
        key, fields = ("no_year", ["title", "start"]) if written else ("no_day", ["title"])
        return self._claim(listed(language, key, title=record.title, written=written), record, fields, citations)

    def standing(self, record: Record, language: Language, as_of: date, citations: CitationList) -> Claim | None:
        """Where the record stands on ``as_of``: past, closed, not yet open, open, cancelled; ``None`` when its dates don't tell."""
        status = record.status(as_of)
        if status is RecordStatus.CANCELLED:
            return self._claim(
                message(language, "is_cancelled", title=record.title), record, ["cancelled", "title"], citations
            )
        last = event_period(record) if record.type is RecordType.EVENT else None
        if status is RecordStatus.PAST and last is not None:
            told = message(language, "is_past", title=record.title, date=format_period(last, language))
            return self._claim(told, record, ["title", "start", "end"], citations)
        deadline = _deadline(record, language)
        if deadline is None:
            return None
        begins = record.start if record.type is not RecordType.EVENT else None
        if begins is not None and as_of < begins and as_of <= deadline.day:
            opening = format_period(_day(begins), language)
            told = message(language, "is_not_open", title=record.title, opening=opening, date=deadline.text)
            return self._claim(told, record, ["title", "start", "deadline"], citations)
        return self._until("is_open", record, deadline, language, as_of, citations)

    def deadline(self, record: Record, language: Language, as_of: date, citations: CitationList) -> Claim | None:
        """Until when one can, or could, apply; ``None`` where no day is known."""
        deadline = _deadline(record, language)
        if deadline is None:
            return None
        return self._until("deadline_is", record, deadline, language, as_of, citations)

    def _until(
        self, key: str, record: Record, deadline: _Deadline, language: Language, as_of: date, citations: CitationList
    ) -> Claim:
        """The deadline, said by ``key`` with the days left; that it has closed where it is past."""
        if deadline.day < as_of:
            told = message(language, "is_closed", title=record.title, date=deadline.inner)
        else:
            told = f"{message(language, key, title=record.title, date=deadline.text)} (D-{(deadline.day - as_of).days})"
        return self._claim(told, record, ["title", "deadline"], citations)

    def days(self, record: Record, language: Language, as_of: date, citations: CitationList) -> Claim | None:
        """When an event is held, and that it has passed if it has; ``None`` where its days are not known."""
        period = event_period(record) if record.type is RecordType.EVENT else None
        if period is None:
            return None
        key = "held_on_past" if record.status(as_of) is RecordStatus.PAST else "held_on"
        told = message(language, key, title=record.title, date=format_period(period, language))
        return self._claim(told, record, ["title", "start", "end"], citations)

    def change(self, record: Record, language: Language, citations: CitationList) -> Claim | None:
        """What the latest notice changed: the deadline or the days, old and new, or that it was cancelled; ``None`` if nothing."""
        if not record.changes:
            return None
        latest = record.changes[-1].document_id
        title = record.proofs("title")
        if record.cancelled:
            changes = [change for change in record.changes if change.document_id == latest]
            cited = next((c for c in changes if c.field == "cancelled"), changes[-1])
            told = message(language, "is_cancelled", title=record.title)
            return self._both(told, record, latest, [cited.evidence], title, citations)
        change = moved(record)
        if change is None or not (change.old and change.new):
            return None
        old, new = (format_period(_day(date.fromisoformat(day)), language) for day in (change.old, change.new))
        told = message(language, f"changed_{change.field}", title=record.title, old=old, new=new)
        return self._both(told, record, latest, [change.evidence], title, citations)

    def was(self, record: Record, change: Change, language: Language, citations: CitationList) -> Claim | None:
        """A field before and after a change, each with where it is written; ``None`` where either is not written."""
        earlier = [
            (one.document_id, one.evidence)
            for one in record.changes[: record.changes.index(change)]
            if one.field == change.field
        ]
        old = earlier[-1:] or [(record.document_id, e) for e in record.evidence if e.field == change.field][:1]
        if not old or not change.old or not change.new:
            return None
        name = change.field if f"field_{change.field}" in MESSAGES[language] else "other"
        named = {"title": record.title, "field": message(language, f"field_{name}")}
        if change.field in _DATES:
            days = (format_period(_day(date.fromisoformat(day)), language) for day in (change.old, change.new))
            told = message(language, "was_date", **named, **dict(zip(("old", "new"), days, strict=True)))
        else:
            quotes = (bare(evidence.quote)[:_MAX_WRITTEN_CHARS] for evidence in (old[0][1], change.evidence))
            told = message(language, "was_written", **named, **dict(zip(("old", "new"), quotes, strict=True)))
        numbers = [
            number
            for document_id, evidence in (*old, (change.document_id, change.evidence))
            for number in self._cited(told, document_id, [evidence], citations).citations
        ]
        titles = record.proofs("title")
        numbers += self._cited(told, record.document_id, titles, citations).citations
        return Claim(told, tuple(dict.fromkeys(numbers)))

    def _both(
        self,
        text: str,
        record: Record,
        notice: str,
        changed: Sequence[Evidence],
        title: Sequence[Evidence],
        citations: CitationList,
    ) -> Claim:
        """A claim that rests on the later notice and on the record it changed."""
        new = self._cited(text, notice, changed, citations)
        old = self._cited(text, record.document_id, title, citations)
        return Claim(text, (*new.citations, *old.citations))

    def _claim(self, text: str, record: Record, fields: Sequence[str], citations: CitationList) -> Claim:
        proof = [evidence for field in fields for evidence in record.proofs(field)]
        changed = {change.field: change for change in record.changes if change.field in fields}
        claim = self._cited(text, record.document_id, [e for e in proof if e.field not in changed], citations)
        numbers = list(claim.citations)
        for change in changed.values():
            numbers += self._cited(text, change.document_id, [change.evidence], citations).citations
        return Claim(text, tuple(dict.fromkeys(numbers)))

    def _cited(self, text: str, document_id: str, proof: Sequence[Evidence], citations: CitationList) -> Claim:
        document = self._documents[document_id]
        numbers = [citations.cite_evidence(document, evidence) for evidence in proof]
        return Claim(text, tuple(dict.fromkeys(numbers)))


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A last day, and how it is said: ``text`` within a sentence, ``inner`` within brackets, ``brief`` by itself."""

    day: date
    text: str
    inner: str
    brief: str


def _deadline(record: Record, language: Language) -> _Deadline | None:
    """Until when one may apply. A day that was counted from another is said beside the words that it was counted by; ``None`` where it is
    not known which words these are."""
    if record.deadline is None:
        return None
    day = format_period(_day(record.deadline), language)
    until = listed(language, "until", date=written_date(record.deadline.isoformat(), language))
    is_changed = any(change.field == "deadline" for change in record.changes)
    if record.deadline_kind is not DeadlineKind.RELATIVE or is_changed:
        return _Deadline(record.deadline, day, day, until)
    quotes = (evidence.quote for evidence in record.proofs("deadline"))
    counted = ((quote, m) for quote in quotes for m in find_dates(quote) if m.kind == "relative" and m.days)
    for quote, mention in counted:
        words, days = quote[mention.start : mention.end], mention.days or 0
        notice = written_date((record.deadline - timedelta(days=days)).isoformat(), language)
        key = "counted_from_notice" if days > 0 else "counted"
        text = listed(language, key, date=day, words=words, notice=notice)
        inner = f"{day}, “{words}”"
        return _Deadline(record.deadline, text, inner, listed(language, "counted", date=until, words=words))
    return None


def short_title(title: str) -> str:
    """A name without what it says of itself behind a colon."""
    name, _, rest = title.partition(": ")
    return name if rest and len(name) >= _MIN_NAME_CHARS else title


def event_period(record: Record) -> Period | None:
    """From a record's first to its last day, if it has any."""
    first, last = record.start or record.end, record.end or record.start
    if first is None or last is None:
        return None
    return Period(first, last, record.precision or Precision.DAY)


def _written(record: Record, field: str) -> str | None:
    """The words in which a field is written, if they are few."""
    quotes = (bare(evidence.quote) for evidence in record.proofs(field))
    return next((quote for quote in quotes if len(quote) <= _MAX_WRITTEN_CHARS), None)


def _place(record: Record, language: Language) -> str | None:
    """Where an event is held: its name as the reader's language has it, or as it is written, what follows a semicolon aside."""
    written = (record.place or "").partition(";")[0].strip()
    if not written or len(written) > _MAX_PLACE_CHARS:
        return None
    known = find_places(written)
    return known[0].name(language) if len(known) == 1 and known[0].end - known[0].start == len(written) else written


def _day(day: date) -> Period:
    return Period(day, day, Precision.DAY)
