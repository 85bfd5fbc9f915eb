"""Whether a record is what a question asks for, and whether two records are of one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.records.request import RecordRequest
from assistant.generation.records.same_thing import SameThing
from assistant.text.places import HOME, Place, find_places
from assistant.text.termbase import TermFinder
from assistant.types import Document, Precision, Record, RecordStatus, RecordType

_HALF = 0.5
_NAMED = 0.75


class RecordMatcher:
    """Sets records against what is asked for.

    Args:
        documents: of the records, by id.
        terms: official names in both languages.
    """

    def __init__(self, documents: Mapping[str, Document], terms: TermFinder | None = None) -> None:
        self._documents = documents
        self._same = SameThing(terms)

    def fits(self, record: Record, request: RecordRequest) -> bool:
        """Whether it is of the sort, at the place and on the subject asked for; its time aside."""
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
        own = " ".join(filter(None, (record.title, record.organiser, record.contact, document.publisher)))
        said = f"{own} {document.title}"
        # Of a name more must be said than the sort of thing it is, and by the record itself: a paper may tell of several things.
        return all(
            concepts_said([concept], own)[0] >= _NAMED if concept.is_name else concepts_said([concept], said)[0] > _HALF
            for concept in request.about
        )

    def first(self, records: Sequence[Record], count: int) -> list[Record]:
        """The first ``count`` of them, each thing once, however many papers tell of it."""
        kept: list[Record] = []
        for record in records:
            if len(kept) == count:
                break
            if not any(self._same.are(record, one) or _are_one_event(record, one) for one in kept):
                kept.append(record)
        return kept


def is_ahead(record: Record, as_of: date, *, running: bool) -> bool:
    """Whether an event has not begun (or is ``running`` and that counts), or a call can still be answered."""
    status = record.status(as_of)
    if record.type is RecordType.EVENT:
        # A month that has begun may still hold the day.
        to_come = record.start is not None and (
            record.start >= as_of or record.precision is not Precision.DAY or running
        )
        return to_come and status in (RecordStatus.UPCOMING, RecordStatus.PLANNED, RecordStatus.OPEN)
    return status in (RecordStatus.UPCOMING, RecordStatus.OPEN) and record.deadline is not None


def places_of(record: Record) -> list[Place]:
    """Where a record is held or meant for: by its place and country, and by its name."""
    said = (record.title, record.place, record.country, record.organiser)
    return [place for text in said if text for place in find_places(text)]


def _is_there(record: Record, places: Sequence[Place]) -> bool:
    held = places_of(record)
    return all(_is_in(held, place) for place in places)


def _is_in(held: Sequence[Place], asked: Place) -> bool:
    if asked.key == HOME:
        # A notice at home seldom says its country.
        return not any(place.country not in (HOME, None) or place.members for place in held)
    return any(asked.covers(place) for place in held)


def is_near(record: Record, places: Sequence[Place]) -> bool:
    """Whether it is held, or meant for, somewhere close to one of ``places``."""
    return any(asked.is_near(place) for asked in places for place in places_of(record))


def _are_one_event(one: Record, other: Record) -> bool:
    """Whether two events of different papers, called otherwise, are held on the same days in the same country."""
    is_exact = one.precision is Precision.DAY and one.start is not None and one.document_id != other.document_id
    if not is_exact or (one.start, one.end, one.precision) != (other.start, other.end, other.precision):
        return False
    countries, others = ({place.country for place in places_of(record)} - {None} for record in (one, other))
    return bool(countries & others)
