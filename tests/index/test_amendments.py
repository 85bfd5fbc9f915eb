from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.index.amendments import amend
from assistant.types import (
    Amendment,
    Document,
    DocumentKind,
    Evidence,
    Period,
    Precision,
    Record,
    RecordStatus,
    RecordType,
)

_DAY = date(2026, 11, 1)


def _document(
    name: str, published: date | None = _DAY, publisher: str | None = "예시진흥원", title: str = "안내"
) -> Document:
    period = Period(published, published, Precision.DAY) if published else None
    return Document(
        name,
        f"{name}.html",
        "0",
        "text/html",
        title,
        publisher,
        period,
        "ko",
        DocumentKind.EVENT_NOTICE,
        None,
        1,
        "ready",
    )


def _evidence(field: str, quote: str = "…") -> Evidence:
    return Evidence(field, "c", (), 1, 0, len(quote), quote)


def _event(
    name: str, document: str, title: str = "중동 물산업 온라인 설명회", start: date | None = date(2027, 1, 21)
) -> Record:
    return Record(
        name,
        RecordType.EVENT,
        document,
        title,
        (_evidence("title"), _evidence("start")),
        start,
        start,
        Precision.DAY,
        place="예시관",
    )


def _amendment(document: str, target: str = "중동 물산업 온라인 설명회", **changes: object) -> Amendment:
    kind = "cancellation" if "cancelled" in changes else "correction"
    return Amendment(document, target, kind, dict(changes), tuple(_evidence(name, f"새 {name}") for name in changes))


def _documents(*documents: Document) -> dict[str, Document]:
    return {document.document_id: document for document in documents}


def test_a_correction_changes_the_record_and_keeps_the_old_value_as_the_old_one() -> None:
    documents = _documents(_document("notice"), _document("fix", date(2026, 11, 9)))
    (record,) = amend([_event("e", "notice")], [_amendment("fix", start="2027-01-28", end="2027-01-28")], documents)
    assert (record.start, record.end, record.place) == (date(2027, 1, 28), date(2027, 1, 28), "예시관")
    change = record.changes[0]
    assert (change.field, change.old, change.new) == ("start", "2027-01-21", "2027-01-28")
    assert (change.document_id, change.evidence.quote, record.amended_by) == ("fix", "새 start", "fix")


def test_the_latest_notice_decides_in_whatever_order_they_come() -> None:
    documents = _documents(_document("notice"), _document("a", date(2026, 11, 9)), _document("b", date(2026, 11, 20)))
    first, second = _amendment("a", start="2027-01-28"), _amendment("b", start="2027-02-04")
    for order in ([first, second], [second, first]):
        (record,) = amend([_event("e", "notice")], order, documents)
        assert record.start == date(2027, 2, 4)
        assert [change.old for change in record.changes] == ["2027-01-21", "2027-01-28"]
        assert record.amended_by == "b"


def test_a_cancelled_event_is_no_longer_ahead() -> None:
    documents = _documents(_document("notice"), _document("fix", date(2026, 11, 9)))
    (record,) = amend([_event("e", "notice")], [_amendment("fix", cancelled=True)], documents)
    assert record.status(date(2026, 11, 22)) is RecordStatus.CANCELLED


def test_an_event_put_off_without_a_new_day_is_a_plan() -> None:
    documents = _documents(_document("notice"), _document("fix", date(2026, 11, 9)))
    change = _amendment("fix", start=None, end=None, precision=None, planned=True)
    (record,) = amend([_event("e", "notice")], [change], documents)
    assert (record.start, record.status(date(2026, 11, 22))) == (None, RecordStatus.PLANNED)
    assert record.changes[0].old == "2027-01-21"


def test_the_notices_own_record_goes_once_the_earlier_one_is_known() -> None:
    documents = _documents(_document("notice"), _document("fix", date(2026, 11, 9)))
    own = _event("f", "fix", start=date(2027, 1, 28))
    amendment = _amendment("fix", start="2027-01-28")
    assert [r.record_id for r in amend([_event("e", "notice"), own], [amendment], documents)] == ["e"]
    # Alone it is all that is known.
    assert [r.record_id for r in amend([own], [amendment], documents)] == ["f"]


@pytest.mark.parametrize(
    ("target", "publisher", "published"),
    [
        ("북미 물산업 투자 상담회", "예시진흥원", date(2026, 11, 9)),
        ("2026 중동 물산업 온라인 설명회", "예시진흥원", date(2026, 11, 9)),
        ("제4회 중동 물산업 온라인 설명회", "예시진흥원", date(2026, 11, 9)),
        ("중동 물산업 온라인 교육", "다른공사", date(2026, 11, 9)),
        ("중동 물산업 온라인 설명회", "예시진흥원", date(2026, 10, 1)),
    ],
    ids=["another title", "another year", "another number", "another publisher", "older than the record"],
)
def test_what_is_not_meant_stays_as_it_is(target: str, publisher: str, published: date) -> None:
    title = {"2026": "2027 중동 물산업 온라인 설명회", "제4회": "제3회 중동 물산업 온라인 설명회"}.get(
        target.split()[0], "중동 물산업 온라인 설명회"
    )
    record = _event("e", "notice", title)
    documents = _documents(_document("notice"), _document("fix", published, publisher))
    assert amend([record], [_amendment("fix", target, start="2027-01-28")], documents) == [record]


def test_where_two_different_records_fit_as_well_none_is_changed() -> None:
    records = [_event("e", "a"), _event("f", "b", start=date(2027, 3, 4))]
    documents = _documents(_document("a"), _document("b"), _document("fix", date(2026, 11, 9)))
    assert amend(records, [_amendment("fix", cancelled=True)], documents) == records


def test_a_notice_and_a_release_on_the_same_event_are_both_changed() -> None:
    records = [_event("e", "a"), _event("f", "b", "중동 물산업 온라인 설명회 개최 안내")]
    documents = _documents(_document("a"), _document("b"), _document("fix", date(2026, 11, 9)))
    assert all(record.cancelled for record in amend(records, [_amendment("fix", cancelled=True)], documents))


def test_a_notice_may_name_the_documents_title_instead_of_the_records() -> None:
    record = replace(_event("e", "a", "Water Cycle Fair"), type=RecordType.TENDER, deadline=date(2027, 1, 15))
    document = _document("a", title="Water Cycle Fair: pumping stations, call for participants")
    documents = _documents(document, _document("fix", date(2026, 11, 9)))
    amendment = _amendment("fix", "Water Cycle Fair: pumping stations", deadline="2027-02-05")
    assert amend([record], [amendment], documents)[0].deadline == date(2027, 2, 5)


def test_fields_that_name_the_record_cannot_be_amended() -> None:
    documents = _documents(_document("notice"), _document("fix", date(2026, 11, 9)))
    record = _event("e", "notice")
    assert amend([record], [_amendment("fix", title="다른 이름", document_id="x")], documents) == [record]


def test_a_period_to_apply_ends_with_its_new_deadline() -> None:
    record = replace(_event("e", "notice"), type=RecordType.PROGRAM, end=date(2027, 1, 29), deadline=date(2027, 1, 29))
    documents = _documents(_document("notice"), _document("fix", date(2026, 11, 9)))
    (after,) = amend([record], [_amendment("fix", deadline="2027-02-12")], documents)
    assert (after.deadline, after.end) == (date(2027, 2, 12), date(2027, 2, 12))
