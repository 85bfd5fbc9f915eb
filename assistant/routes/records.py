"""Structured facts, and events as a calendar."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.contract.calendar_file import calendar_file
from assistant.contract.records import RECORDS_EXAMPLES, RecordsOfTypeQuery, RecordsQuery, RecordsResponse
from assistant.routes.context import Context
from assistant.routes.description import problems
from assistant.routes.headers import NO_SNIFFING
from assistant.types import RecordType

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"examples": RECORDS_EXAMPLES}}},
    **problems(422),
}


def routes(context: Context) -> APIRouter:
    """Records of all kinds, selected by days."""
    router = APIRouter(tags=["records"])

    @router.get("/api/records", responses=_RESPONSES, summary="Structured facts · 구조화된 정보")
    def list_records(query: Annotated[RecordsQuery, Query()]) -> RecordsResponse:
        """Events, programs, tenders and tasks with their sources: what is ahead first, soonest first."""
        return found_records(context, query, query.type)

    @router.get("/api/events", responses=_RESPONSES, summary="Events · 행사")
    def list_events(query: Annotated[RecordsOfTypeQuery, Query()]) -> RecordsResponse:
        """Events: upcoming ones first, soonest first; past ones say so."""
        return found_records(context, query, RecordType.EVENT)

    @router.get("/api/programs", responses=_RESPONSES, summary="Support programs · 지원사업")
    def list_programs(query: Annotated[RecordsOfTypeQuery, Query()]) -> RecordsResponse:
        """Support programs: open ones first, soonest deadline first."""
        return found_records(context, query, RecordType.PROGRAM)

    @router.get("/api/tenders", responses=_RESPONSES, summary="Tenders · 입찰")
    def list_tenders(query: Annotated[RecordsOfTypeQuery, Query()]) -> RecordsResponse:
        """Tenders: open ones first, soonest deadline first."""
        return found_records(context, query, RecordType.TENDER)

    @router.get(
        "/api/events.ics",
        summary="Upcoming events as a calendar · 다가오는 행사 달력",
        response_class=Response,
        responses={
            200: {"description": "iCalendar (RFC 5545).", "content": {"text/calendar": {"schema": {"type": "string"}}}},
            **problems(422),
        },
    )
    def events_calendar(query: Annotated[RecordsOfTypeQuery, Query()]) -> Response:
        """Events on a known day that are still ahead, each with its source and quotation; none that was cancelled."""
        chosen = {record.record_id for record in found_records(context, query, RecordType.EVENT).records}
        records = [record for record in context.store.records(RecordType.EVENT) if record.record_id in chosen]
        content = calendar_file(records, context.documents(), query.as_of or context.settings.today())
        headers = NO_SNIFFING | {"content-disposition": 'inline; filename="annae-events.ics"'}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    return router


def found_records(context: Context, query: RecordsOfTypeQuery, kind: RecordType | None) -> RecordsResponse:
    """The records of ``kind`` (``None`` for all) that a query selects, as they stand on its day or today."""
    found = context.store.records(kind)
    as_of = query.as_of or context.settings.today()
    return RecordsResponse.of(found, context.documents(), as_of, query.start, query.end)
