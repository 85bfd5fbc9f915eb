"""Documents, records and jobs."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
import json
from collections.abc import Iterator
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from assistant.desk.contract.documents import (
    CorrectedRecord,
    DeskDocument,
    DeskDocumentsResponse,
    DocumentCorrection,
    JobModel,
    JobsResponse,
    RecordCorrection,
)
from assistant.desk.desk import Desk
from assistant.desk.routes.access import NO_STORE, Access, guarded
from assistant.desk.routes.uploads import LOCKABLE_FORM, drop, received
from assistant.desk.sessions import Session
from assistant.error_messages import in_language
from assistant.errors import AnnaeError, RefusedError
from assistant.routes.interface_language import interface_language
from assistant.types import Language

_QUIET_SECONDS = 120.0
_EXAMPLE_EVENT = 'event: job\ndata: {"job_id": "…", "state": "running", "done": 1, "total": 3, "items": […]}\n\n'


def routes(desk: Desk, access: Access) -> APIRouter:
    """Uploads, corrections, removal, and the work behind them."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806
    Editor = Annotated[Session, Depends(access.require("editor"))]  # noqa: N806
    Admin = Annotated[Session, Depends(access.require("admin"))]  # noqa: N806

    @router.get("/documents", responses=guarded())
    def list_documents(session: Officer) -> DeskDocumentsResponse:
        """All documents with their corrections · 문서 관리."""
        return DeskDocumentsResponse(documents=desk.documents.all())

    @router.post("/documents", status_code=202, responses=guarded(413, 422), openapi_extra=LOCKABLE_FORM)
    async def upload(request: Request, session: Editor) -> JobModel:
        """Take files in, in the background · 문서 올리기."""
        files = await received(request, desk.documents.folder)
        return await anyio.to_thread.run_sync(desk.documents.upload, session.account.name, files)

    @router.put(
        "/documents/{document_id}/file", status_code=202, responses=guarded(404, 413, 422), openapi_extra=LOCKABLE_FORM
    )
    async def replace(document_id: str, request: Request, session: Editor) -> JobModel:
        """Put a new file in a document's place · 문서 교체."""
        desk.workspace.store.document(document_id)
        files = await received(request, desk.documents.folder, max_files=1)
        try:
            return await anyio.to_thread.run_sync(desk.documents.replace, session.account.name, document_id, files[0])
        except AnnaeError:
            drop(files)
            raise

    @router.patch("/documents/{document_id}", responses=guarded(404, 422))
    def correct(document_id: str, body: DocumentCorrection, session: Editor) -> DeskDocument:
        """Correct title, publisher, date or kind; it survives taking the file in again · 문서 정보 수정."""
        return desk.documents.correct(session.account.name, document_id, body)

    @router.delete("/documents/{document_id}", status_code=202, responses=guarded(404))
    def remove(document_id: str, session: Editor) -> JobModel:
        """Remove a document and every trace of it · 문서 삭제."""
        return desk.documents.remove(session.account.name, document_id)

    @router.post("/documents/{document_id}/reindex", status_code=202, responses=guarded(404))
    def reindex(document_id: str, session: Editor) -> JobModel:
        """Index one document anew · 문서 다시 색인."""
        return desk.documents.reindex(session.account.name, document_id)

    @router.post("/reindex", status_code=202, responses=guarded())
    def rebuild(session: Admin) -> JobModel:
        """Build both indexes anew · 전체 다시 색인."""
        return desk.documents.rebuild(session.account.name)

    @router.get("/jobs", responses=guarded())
    def list_jobs(request: Request, session: Officer) -> JobsResponse:
        """Work in the background, latest first · 작업 목록."""
        language = interface_language(request)
        return JobsResponse(jobs=[_told(job, language) for job in desk.jobs.all()])

    @router.get(
        "/jobs/{job_id}",
        response_model=JobModel,
        responses={
            200: {
                "description": "The job; with `Accept: text/event-stream` an event `job` whenever it changes, until it ends.",
                "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE_EVENT}},
            },
            **guarded(404),
        },
    )
    def show_job(job_id: str, request: Request, session: Officer) -> Response | JobModel:
        """One job · 작업 진행."""
        job, language = desk.jobs.job(job_id), interface_language(request)
        if "text/event-stream" not in request.headers.get("accept", ""):
            return _told(job, language)
        headers = NO_STORE | {"x-accel-buffering": "no"}
        return StreamingResponse(_events(desk, job_id, language), media_type="text/event-stream", headers=headers)

    @router.patch("/records/{record_id}", responses=guarded(404, 422))
    def correct_record(record_id: str, body: RecordCorrection, session: Editor) -> CorrectedRecord:
        """Correct a record's fields; it survives taking the file in again · 일정·사업 정보 수정."""
        try:
            desk.workspace.store.correct_record(record_id, body.fields, session.account.name)
        except ValueError as error:
            field = str(error).partition(":")[0][:60]
            raise RefusedError(
                record_id, "a field cannot be corrected so", "See its values", parts=((field, str(error)[:300]),)
            ) from error
        desk.audit.note(session.account.name, "record.correct", f"record:{record_id}", fields=sorted(body.fields))
        return CorrectedRecord(record_id=record_id, corrections=body.fields)

    return router


def _events(desk: Desk, job_id: str, language: Language) -> Iterator[str]:
    for job in desk.jobs.follow(job_id, _QUIET_SECONDS):
        data: Any = _told(job, language).model_dump(mode="json")
        yield f"event: job\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _told(job: JobModel, language: Language) -> JobModel:
    """The job with what went wrong in ``language``."""
    items = [item.model_copy(update={"problem": _said(item.problem, language)}) for item in job.items]
    return job.model_copy(update={"items": items, "problem": _said(job.problem, language)})


def _said(problem: str | None, language: Language) -> str | None:
    return None if problem is None else in_language(problem, language)
