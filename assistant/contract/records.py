"""Records as HTTP and ``--json`` show them: selection, order, and the objects themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from assistant.contract.citations import CitationModel, document_url
from assistant.contract.fields import IsoDay, RequestModel
from assistant.text.amounts import MONEY, find_amounts, format_amount
from assistant.types import (
    Change,
    Citation,
    DeadlineKind,
    Document,
    Evidence,
    Language,
    Precision,
    Record,
    RecordStatus,
    RecordType,
)

_AHEAD = (RecordStatus.UPCOMING, RecordStatus.OPEN)
_ORDER = {RecordStatus.PLANNED: 2, RecordStatus.PAST: 3, RecordStatus.CLOSED: 3, RecordStatus.CANCELLED: 4}


class RecordsOfTypeQuery(RequestModel):
    """Which records of one type are asked for."""

    model_config = ConfigDict(populate_by_name=True)

    start: Annotated[
        IsoDay | None,
        Field(alias="from", description="Only what lasts until this day or later; undated records drop out."),
    ] = None
    end: Annotated[
        IsoDay | None,
        Field(alias="to", description="Only what begins on this day or earlier; undated records drop out."),
    ] = None
    as_of: Annotated[IsoDay | None, Field(description="The date that counts as today; today if left out.")] = None


class RecordsQuery(RecordsOfTypeQuery):
    """Which records are asked for."""

    type: Annotated[RecordType | None, Field(description="Only records of this type.")] = None


class RecordCitationModel(BaseModel):
    """A verbatim span of a stored page and the fields of the record that it proves."""

    fields: Annotated[list[str], Field(description="The record's fields that this passage proves.")]
    document_id: str
    chunk_id: str
    title: str
    publisher: str | None
    published: str | None
    language: str
    page: int
    section: list[str]
    quote: str
    start: int
    end: int
    url: str
    ocr_confidence: Annotated[float | None, Field(description="As of an answer's citation.", ge=0, le=1)] = None


class ChangeModel(BaseModel):
    """What a later notice changed: the old value as it was, and the new one."""

    field: str
    old: str | None
    new: str | None
    document_id: Annotated[str, Field(description="The notice that changed it.")]
    quote: Annotated[str, Field(description="The notice's own words.")]
    page: int
    url: str


class RecordModel(BaseModel):
    """A structured fact of one document. What its text does not say is null."""

    record_id: str
    type: RecordType
    title: str
    start: date | None
    end: date | None
    precision: Annotated[Precision | None, Field(description="How exactly start and end are known.")]
    year_inferred: Annotated[bool, Field(description="The year is not written but read from the document's date.")]
    deadline: date | None
    deadline_time: Annotated[str | None, Field(description="HH:MM, in the time of the place that the notice names.")]
    deadline_kind: DeadlineKind
    place: str | None
    online: Annotated[bool | None, Field(description="Whether one can take part over the network.")]
    organiser: Annotated[str | None, Field(description="Who holds the event; who buys, for a tender.")]
    country: str | None
    amount: Annotated[str | None, Field(description="As written.")]
    amount_krw: Annotated[int | None, Field(description="In won, if it is written in won.")]
    amount_said: Annotated[
        dict[Language, str] | None,
        Field(description="The sum as each language writes it; null where `amount` is not read as one sum of money."),
    ]
    rate: str | None
    share: str | None
    eligible: str | None
    requirements: str | None
    how_to_apply: str | None
    contact: str | None
    owner: str | None
    status: RecordStatus
    days_left: Annotated[
        int | None, Field(description="Days from as_of to the event's first day, else to the deadline; null once over.")
    ]
    document_id: str
    source: Annotated[str, Field(description="The ingested file's name.")]
    citations: list[RecordCitationModel]
    amended_by: Annotated[str | None, Field(description="The document of the latest notice that changed this record.")]
    changes: list[ChangeModel]

    @classmethod
    def of(cls, record: Record, documents: Mapping[str, Document], as_of: date) -> RecordModel:
        """The record as it stands on ``as_of``."""
        same = cls.model_fields.keys() - {"amount_said", "status", "days_left", "source", "citations", "changes"}
        return cls(
            **{name: getattr(record, name) for name in same},
            amount_said=_amount_said(record.amount),
            status=record.status(as_of),
            days_left=_days_left(record, as_of),
            source=documents[record.document_id].source,
            citations=_citations(record, documents),
            changes=[_change(change) for change in record.changes],
        )


class RecordsResponse(BaseModel):
    """Records; what is ahead comes first, soonest first, then plans, then what is over, the latest first."""

    records: list[RecordModel]

    @classmethod
    def of(
        cls,
        records: Sequence[Record],
        documents: Mapping[str, Document],
        as_of: date,
        start: date | None = None,
        end: date | None = None,
    ) -> RecordsResponse:
        """The records that overlap ``start`` to ``end`` (both included; ``None`` = no limit), in order."""
        chosen = [record for record in records if _overlaps(record, start, end)]
        chosen.sort(key=lambda record: _rank(record, as_of))
        return cls(records=[RecordModel.of(record, documents, as_of) for record in chosen])


def _amount_said(written: str | None) -> dict[Language, str] | None:
    sums = [amount for amount in find_amounts(written or "") if amount.unit in MONEY]
    return {language: format_amount(sums[0], language) for language in get_args(Language)} if len(sums) == 1 else None


def _next_day(record: Record, as_of: date) -> date | None:
    """The day that matters next: an event's first day (its last once it runs), anything else's deadline."""
    if record.type is RecordType.EVENT:
        return record.start if record.start is None or record.start >= as_of else record.end
    return record.deadline or record.end or record.start


def _rank(record: Record, as_of: date) -> tuple[int, int, str, str]:
    status = record.status(as_of)
    day = _next_day(record, as_of)
    if status in _AHEAD:
        group, order = (0, day.toordinal()) if day and day >= as_of else (1, 0)
    else:
        group = _ORDER[status]
        last = day.toordinal() if day else date.max.toordinal()
        order = -last if group == 3 else last
    return group, order, record.title, record.record_id


def _days_left(record: Record, as_of: date) -> int | None:
    if record.cancelled:
        return None
    day = record.start if record.type is RecordType.EVENT else record.deadline
    return (day - as_of).days if day and day >= as_of else None


def _overlaps(record: Record, start: date | None, end: date | None) -> bool:
    if start is None and end is None:
        return True
    spans = []
    if record.start or record.end:
        spans.append(
            (
                record.start or date.min,
                record.end or (record.start if record.type is RecordType.EVENT else None) or date.max,
            )
        )
    if record.deadline and (record.type is not RecordType.EVENT or not spans):
        spans.append((record.deadline, record.deadline))
    return any(first <= (end or date.max) and (start or date.min) <= last for first, last in spans)


def _citations(record: Record, documents: Mapping[str, Document]) -> list[RecordCitationModel]:
    """The proofs of what now holds: of a field that a later notice changed, only that notice's words."""
    changed = {change.field: change for change in record.changes}
    proofs = [(record.document_id, proof) for proof in record.evidence if proof.field not in changed]
    latest = [(change.document_id, replace(change.evidence, field=name)) for name, change in changed.items()]
    grouped: dict[tuple[str, int, int, int], tuple[Evidence, list[str]]] = {}
    for document_id, proof in (*latest, *proofs):
        key = (document_id, proof.page, proof.start, proof.end)
        fields = grouped.setdefault(key, (proof, []))[1]
        if proof.field not in fields:
            fields.append(proof.field)
    return [
        _citation(documents[document_id], proof, fields)
        for (document_id, *_), (proof, fields) in grouped.items()
        if document_id in documents
    ]


def _citation(document: Document, proof: Evidence, fields: list[str]) -> RecordCitationModel:
    shown = CitationModel.of(
        Citation(0, document, proof.chunk_id, proof.page, proof.section, proof.quote, proof.start, proof.end)
    )
    return RecordCitationModel(fields=fields, **shown.model_dump(exclude={"number"}))


def _change(change: Change) -> ChangeModel:
    proof = change.evidence
    return ChangeModel(
        field=change.field,
        old=change.old,
        new=change.new,
        document_id=change.document_id,
        quote=proof.quote,
        page=proof.page,
        url=document_url(change.document_id, proof.page, proof.start, proof.end),
    )


# --- Examples for the OpenAPI page, one per language ---


def _example(language: str) -> dict[str, Any]:
    title, quote, publisher, place = {
        "ko": (
            "스마트도시 수출상담회",
            "□ 일시: 2027. 3. 9.(화)~10.(수)",
            "가상시 스마트도시지원센터",
            "누리컨벤션센터",
        ),
        "en": (
            "Smart Solutions Roadshow",
            "Dates: March 9–10, 2027",
            "Example Export Association",
            "Example Hall, Bangkok",
        ),
    }[language]
    url = document_url("717d3a4d49cb8e3d", 1, 96, 96 + len(quote))
    citation = RecordCitationModel(
        fields=["start", "end"], document_id="717d3a4d49cb8e3d", chunk_id="5330c72204690125fe4c", title=title, publisher=publisher,
        published="2026-11-17", language=language, page=1, section=[title], quote=quote, start=96, end=96 + len(quote), url=url,
    )  # fmt: skip
    record = RecordModel(
        record_id="9c1f2ab04d5e6f70", type=RecordType.EVENT, title=title, start=date(2027, 3, 9), end=date(2027, 3, 10),
        precision=Precision.DAY, year_inferred=False, deadline=date(2027, 2, 12), deadline_time="18:00", deadline_kind=DeadlineKind.FIXED,
        place=place, online=None, organiser=publisher, country=None, amount=None, amount_krw=None, amount_said=None, rate=None, share=None,
        eligible=None, requirements=None, how_to_apply=None, contact=None, owner=None, status=RecordStatus.UPCOMING, days_left=107,
        document_id="717d3a4d49cb8e3d", source="notice.html", citations=[citation], amended_by=None, changes=[],
    )  # fmt: skip
    return RecordsResponse(records=[record]).model_dump(mode="json")


RECORDS_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "다가오는 행사", "value": _example("ko")},
    "en": {"summary": "An upcoming event", "value": _example("en")},
}
