"""What a language model says that a passage states, held against the passage: what cannot be found there letter by letter, or reads otherwise, is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.ingest.records.draft import Draft, evidence
from assistant.ingest.records.outline import Entry
from assistant.ingest.records.periods import anchor_of, read_deadline, read_when
from assistant.text.amounts import MONEY, Amount, Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.text.normalize import normalize_text
from assistant.types import DeadlineKind, Document, ProposedField, ProposedRecord, Record, RecordType

_MAX_TITLE_CHARS = 120
_MAX_PROSE_CHARS = 300
_DEADLINE_WORD = re.compile(
    r"마감|기한|기간|접수|제출|까지|예산\s?소진|상시|수시|deadline|clos(?:es?|ing)|due\b|\bby\b|until|no later than|submi|appl|rolling",
    re.IGNORECASE,
)
_PER_ONE = re.compile(
    r"(?:기업|업체|사업|개사|건|과제)\s?(?:당|별)|이내|최대|한도|up to|per (?:company|project|firm)|at most|maximum",
    re.IGNORECASE,
)
# Words of a value that is no more than a sort of thing.
_NAMELESS = re.compile(
    r"^(?:행사|사업|지원사업|입찰|공고|안내|과제|event|program(?:me)?|tender|task|notice)s?$", re.IGNORECASE
)
_NAMES = frozenset({"place", "organiser", "country", "owner", "contact"})
_PROSE = frozenset({"eligible", "requirements", "how_to_apply"})
# What a record must tell besides its title to be worth keeping.
_NEEDED: dict[RecordType, frozenset[str]] = {
    RecordType.EVENT: frozenset({"start", "deadline"}),
    RecordType.TENDER: frozenset({"deadline", "amount"}),
    RecordType.PROGRAM: frozenset({"deadline", "amount", "rate", "share", "eligible"}),
    RecordType.TASK: frozenset({"owner", "deadline"}),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation as it stands in an entry: ``entry.text[start:end]``; ``value_start:value_end`` is the value within, if it is there as written."""

    entry: Entry
    start: int
    end: int
    value_start: int = -1
    value_end: int = -1

    @property
    def quote(self) -> str:
        return self.entry.text[self.start : self.end]

    @property
    def value(self) -> str:
        return self.entry.text[self.value_start : self.value_end]

    @property
    def has_value(self) -> bool:
        return self.value_start >= 0


class ProposalCheck:
    """Turns a proposed record into one of ours, as far as its document bears it out."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchor = anchor_of(document)
        self._readers: dict[str, Callable[[Draft, ProposedField, _Found], None]] = {
            "start": self._put_days,
            "end": self._put_end,
            "deadline": self._put_deadline,
            "amount": self._put_amount,
            "rate": self._put_ratio,
            "share": self._put_ratio,
        }

    def verified(self, proposed: ProposedRecord, entries: Sequence[Entry]) -> Record | None:
        """The record with the fields that the entries prove, without an id; ``None`` where its title or all else is unproven."""
        fields = {field.name: field for field in proposed.fields}
        title = fields.pop("title", None)
        found = _find(title, entries) if title else None
        if found is None or not found.has_value or not _is_title(found.value):
            return None
        proof = evidence(found.entry, "title", found.value_start, found.value_end)
        draft = Draft(proposed.type, self._document.document_id, found.value, [proof])
        for name in sorted(fields, key=lambda name: name == "end"):
            place = _find(fields[name], entries)
            if place is None:
                continue
            if (read := self._readers.get(name)) is not None:
                read(draft, fields[name], place)
            elif name in _NAMES and place.has_value and len(place.value) > 1:
                draft.put(name, place.value, evidence(place.entry, name, place.start, place.end))
            elif name in _PROSE:
                _put_whole(draft, name, place.entry)
        kept = {"deadline" if name == "deadline_kind" else name for name in draft.fields}
        return draft.build() if kept & _NEEDED[proposed.type] else None

    def _put_days(self, draft: Draft, field: ProposedField, place: _Found) -> None:
        mentions = [
            m for m in find_dates(place.entry.text, self._anchor) if m.start < place.end and place.start < m.end
        ]
        if any(m.weekday_conflict or m.start < place.start or place.end < m.end for m in mentions):
            # The quotation cuts a date in two, or leaves out the weekday that contradicts it.
            return
        when = read_when(place.quote, self._anchor)
        if when is None or when.start is None or when.end is None or not _agrees(field.value, when.start, when.end):
            return
        draft.put_when(when, evidence(place.entry, "start", place.start, place.end))
        if when.end != when.start:
            draft.proofs.append(evidence(place.entry, "end", place.start, place.end))

    def _put_end(self, draft: Draft, field: ProposedField, place: _Found) -> None:
        start, end = draft.fields.get("start"), draft.fields.get("end")
        if start is None or end != start:
            return
        other = Draft(draft.type, draft.document_id, draft.title, [])
        self._put_days(other, field, place)
        last = other.fields.get("end")
        if last is not None and last > start and other.fields["precision"] is draft.fields["precision"]:
            draft.fields["end"] = last
            draft.proofs.append(evidence(place.entry, "end", place.start, place.end))

    def _put_deadline(self, draft: Draft, field: ProposedField, place: _Found) -> None:
        if not _DEADLINE_WORD.search(f"{place.entry.text} {' '.join(place.entry.header)}"):
            return
        mentions = [
            m for m in find_dates(place.entry.text, self._anchor) if m.start < place.end and place.start < m.end
        ]
        if any(m.weekday_conflict or m.start < place.start or place.end < m.end for m in mentions):
            return
        deadline = read_deadline(place.quote, self._document)
        if deadline is None or deadline.conflict or deadline.kind is DeadlineKind.RELATIVE:
            return
        if deadline.day is not None and not _agrees(field.value, deadline.day, deadline.day):
            return
        proof = evidence(place.entry, "deadline", place.start, place.end)
        kind = evidence(place.entry, "deadline_kind", place.start, place.end)
        draft.put_deadline(deadline, *([proof, kind] if deadline.day else [kind]))

    def _put_amount(self, draft: Draft, _: ProposedField, place: _Found) -> None:
        amount = _whole_amount(place)
        if amount is None or amount.unit not in MONEY:
            return
        draft.put("amount", place.value, evidence(place.entry, "amount", place.start, place.end))
        for_one = draft.type is RecordType.TENDER or _PER_ONE.search(place.entry.text)
        if amount.unit is Unit.KRW and for_one:
            draft.put("amount_krw", int(amount.upper), evidence(place.entry, "amount_krw", place.start, place.end))

    def _put_ratio(self, draft: Draft, field: ProposedField, place: _Found) -> None:
        amount = _whole_amount(place)
        units = {Unit.PERCENT, Unit.PERCENTAGE_POINT} if field.name == "rate" else {Unit.PERCENT}
        if amount is not None and amount.unit in units and 0 < amount.upper <= 100:
            draft.put(field.name, place.value, evidence(place.entry, field.name, place.start, place.end))


def _find(field: ProposedField, entries: Sequence[Entry]) -> _Found | None:
    """The first line that holds the quotation; one that holds the value within it goes before one that does not."""
    quote = _pattern(field.quote)
    value = _pattern(field.value)
    best: _Found | None = None
    for entry in entries:
        for match in quote.finditer(entry.text) if quote else ():
            found = _Found(entry, *match.span())
            if not _is_whole(entry.text, found.start, found.end):
                continue
            within = value.search(entry.text, found.start, found.end) if value else None
            if within is not None and _is_whole(entry.text, *within.span()):
                return _Found(entry, found.start, found.end, *within.span())
            best = best or found
    return best


def _pattern(text: str) -> re.Pattern[str] | None:
    words = normalize_text(text).split()
    return re.compile(r"\s+".join(map(re.escape, words))) if sum(map(len, words)) > 1 else None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span cuts no number and no Latin word in two."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    first, last = text[start], text[end - 1]
    cut_before = _joined(before[-1:], first) or (first.isdigit() and re.search(r"\d[.,]$", before) is not None)
    cut_after = _joined(last, after[:1]) or (last.isdigit() and re.match(r"[.,]\d", after) is not None)
    return not (cut_before or cut_after)


def _joined(one: str, other: str) -> bool:
    return (one.isdigit() and other.isdigit()) or (
        one.isascii() and one.isalpha() and other.isascii() and other.isalpha()
    )


def _is_title(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    figures = [(m.start, m.end) for m in find_dates(text)] + [(a.start, a.end) for a in find_amounts(text)]
    is_figure = any(end - start > len(text) / 2 for start, end in figures)
    return 3 <= len(text) <= _MAX_TITLE_CHARS and letters >= 2 and not is_figure and not _NAMELESS.match(text)


def _whole_amount(place: _Found) -> Amount | None:
    """The one amount that the value is, read in its line, so that nothing of it is cut off (2억원 of 12억원)."""
    if not place.has_value:
        return None
    inside = [a for a in find_amounts(place.entry.text) if a.start < place.value_end and place.value_start < a.end]
    if len(inside) != 1:
        return None
    amount = inside[0]
    within = place.value_start <= amount.start and amount.end <= place.value_end
    return amount if within else None


def _agrees(value: str, start: date, end: date) -> bool:
    """Whether the model's own reading of a date, where it gives one, is that of the grammar."""
    try:
        said = date.fromisoformat(value[:10])
    except ValueError:
        periods = [m.period for m in find_dates(value, start) if m.period is not None]
        return not periods or any(p.start <= end and start <= p.end for p in periods)
    return start <= said <= end


def _put_whole(draft: Draft, name: str, entry: Entry) -> None:
    """A condition is kept with its whole line: half of it may say the opposite."""
    start = len(entry.text) - len(entry.value) if entry.value and entry.text.endswith(entry.value) else 0
    if len(entry.text) - start <= _MAX_PROSE_CHARS:
        draft.put(name, entry.text[start:], evidence(entry, name, start))
