"""HTTP: JSON into arguments, answers into JSON, and nothing else."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs, quote

import anyio
from fastapi import Body, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer_replay import AnswerReplay
from assistant.assistant import Event, PolicyAssistant
from assistant.calendar_file import calendar_file
from assistant.citation_contract import CitationModel, without_controls
from assistant.contract import (
    ANSWER_EXAMPLES,
    CHAT_REQUEST_EXAMPLES,
    FEEDBACK_REQUEST_EXAMPLES,
    SEARCH_REQUEST_EXAMPLES,
    SEARCH_RESPONSE_EXAMPLES,
    AnswerModel,
    ChatRequest,
    CitedClaimModel,
    ConversationId,
    ConversationResponse,
    DocumentModel,
    DocumentsResponse,
    FeedbackRequest,
    HealthModel,
    InvalidPart,
    PageModel,
    Problem,
    ReadyModel,
    SearchRequest,
    SearchResponse,
    SuggestionsResponse,
)
from assistant.desk.desk import Desk
from assistant.desk.masking import mask
from assistant.desk.routes import desk_router
from assistant.document_contract import DocumentHealthModel, HealthReportsResponse, VersionsResponse
from assistant.document_view import page_view
from assistant.eligibility_contract import (
    ELIGIBILITY_EXAMPLES,
    ELIGIBILITY_REQUEST_EXAMPLES,
    EligibilityRequest,
    EligibilityResponse,
)
from assistant.errors import (
    AnnaeError,
    ConflictError,
    DataFolderBusyError,
    ForbiddenError,
    IngestError,
    NotFoundError,
    RefusedError,
    SignInError,
    TooManyAttemptsError,
)
from assistant.generation.suggestions import suggestions
from assistant.index.health import HealthReporter
from assistant.ingest.loaders.pdf import render_page
from assistant.messages import MESSAGES, message
from assistant.record_contract import RECORDS_EXAMPLES, RecordsOfTypeQuery, RecordsQuery, RecordsResponse
from assistant.text.language import detect_language
from assistant.types import Document, Language, RecordStatus, RecordType, Span
from assistant.workspace import Workspace

_T = TypeVar("_T")

_log = logging.getLogger("annae.http")
# Whatever is not listed is our own failure: 500, told to the log and not to the reader.
_STATUS_BY_ERROR: tuple[tuple[type[Exception], int], ...] = (
    (NotFoundError, 404),
    (SignInError, 401),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (RefusedError, 422),
    (TooManyAttemptsError, 429),
    (IngestError, 422),
    (DataFolderBusyError, 503),
    (TimeoutError, 504),
)
_PROBLEM_TYPE = "application/problem+json"
_NO_SNIFFING = {"x-content-type-options": "nosniff"}
_PAGE_HEADERS = _NO_SNIFFING | {
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'",
}
# The page that carries the widget: the one page with a script, and that only from here.
_DEMO_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_DEMO_EVENTS = 3
# The officers' desk: nothing but its own files, and no text of anybody's becomes markup.
_DESK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
)
# Whom the widget's own files may be given to: everybody; they are public code.
_SCRIPT_HEADERS = _NO_SNIFFING | {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=300",
}
_CROSS_ORIGIN_PATHS = ("/api/chat", "/api/feedback", "/api/eligibility", "/api/inquiries", "/api/suggestions")
_LOOKUP_PATH = "/api/inquiries/"
# Bodies that may be large: they are not kept in memory, and read only when the route knows who sends them.
_UPLOAD_PATH = re.compile(r"/api/desk/(?:documents|documents/[^/]+/file|terms/import)")
_STATIC_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_STATIC_NAME = re.compile(r"[A-Za-z0-9_-]+\.(?:js|css|svg)")
_STREAM_HEADERS = _NO_SNIFFING | {"cache-control": "no-store", "x-accel-buffering": "no"}
_DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
# More pages than any document has, and a number that every database can hold.
_MAX_PAGE = 2**31 - 1
_MAX_ECHO_CHARS = 200
_MAX_ERRORS = 20

_PROBLEM_TEXTS = {
    401: "Nobody is signed in.",
    403: "This account may not do that.",
    404: "There is no such document or page.",
    409: "Somebody else changed it meanwhile.",
    413: "The body is over ANNAE_MAX_REQUEST_KB.",
    422: "The request is not valid; `errors` names every field that is wrong.",
    429: "Too many attempts; Retry-After says how long to wait.",
    500: "Something broke here; the reason is in the server's log.",
    504: "No answer within ANNAE_REQUEST_TIMEOUT_SECONDS.",
}
_EXAMPLE_STREAM = (
    'event: status\ndata: {"step": "retrieving"}\n\n'
    'event: status\ndata: {"step": "composing"}\n\n'
    'event: claim\ndata: {"text": "중견기업 지원 비율은 최대 80%입니다.", "citations": [1]}\n\n'
    'event: final\ndata: {"answer_id": "…", "status": "answered", …}\n\n'
)


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem, "description": _PROBLEM_TEXTS[status]} for status in (*statuses, 500)}


def create_app(
    assistant: PolicyAssistant,
    workspace: Workspace,
    desk: Desk | None = None,
    demo_account: tuple[str, str] | None = None,
) -> FastAPI:
    """The web service around a built assistant.

    Args:
        assistant: answers questions.
        workspace: where documents are read from; its settings give limits and today's date.
        desk: the officers' side; made here unless one is given.
        demo_account: name and password of the desk's demo account, which the demo page then shows to everybody.
    """
    settings = workspace.settings
    officers = desk or Desk(assistant, workspace)
    replay = AnswerReplay()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        officers.start()
        yield
        await anyio.to_thread.run_sync(officers.close)

    app = FastAPI(
        title="Annae (안내)",
        version="1",
        summary="Cited answers from Korean and English policy documents. 한국어·영어 정책 문서에 근거한 답변.",
        description="Every sentence of an answer carries a verbatim quotation: `page.text[start:end] == quote`. "
        "Errors are problem details (RFC 9457). Dates are ISO 8601.\n\n"
        "답변의 모든 문장에 원문 인용이 붙습니다. 오류는 problem details(RFC 9457), 날짜는 ISO 8601 형식입니다.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_tags=[
            {"name": "answers", "description": "Questions and answers · 질문과 답변"},
            {"name": "documents", "description": "Passages, documents and their pages · 검색과 문서"},
            {"name": "records", "description": "Events, programs, tenders and tasks · 행사, 지원사업, 입찰, 과제"},
            {"name": "inquiries", "description": "Questions handed over to the center · 센터 문의"},
            {"name": "desk", "description": "For signed-in officers · 담당자용"},
            {"name": "service", "description": "For those who run it · 운영"},
        ],
    )
    templates = Environment(
        loader=FileSystemLoader(str(files("assistant") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["pretty"] = partial(json.dumps, ensure_ascii=False, indent=2)
    app.add_middleware(
        _BodyLimit,
        max_bytes=settings.max_request_kb * 1024,
        max_upload_bytes=settings.max_upload_mb * 1_000_000,
        timeout_seconds=settings.request_timeout_seconds,
    )
    if settings.cors_origins:
        app.add_middleware(_CrossOrigin, origins=settings.cors_origins)

    def page(template: str, language: Language, status: int = 200, **values: Any) -> HTMLResponse:
        text = MESSAGES[language]
        html = templates.get_template(template).render(interface=language, text=text, **values)
        return HTMLResponse(html, status_code=status, headers=_PAGE_HEADERS)

    def error_page(request: Request, problem: Problem) -> Response:
        return page("error.html", _interface(request), problem.status, title=problem.title, problem=problem)

    _add_error_handlers(app, error_page)
    _describe_problems(app)

    def question_problem(text: str, language: Language) -> str | None:
        if not text.strip():
            return message(language, "empty_question")
        if len(text) > settings.max_question_chars:
            return message(language, "too_long", limit=settings.max_question_chars)
        return None

    def check_question(field: str, text: str, language: Language) -> None:
        problem = question_problem(text, language)
        if problem:
            raise RequestValidationError([{"loc": ("body", field), "type": "question", "msg": problem}])

    async def in_time(call: Callable[[], _T]) -> _T:
        # A thread cannot be stopped: it is left to finish, and its result is dropped.
        with anyio.fail_after(settings.request_timeout_seconds):
            return await anyio.to_thread.run_sync(call, abandon_on_cancel=True)

    def check_document_id(document_id: str) -> None:
        if not _DOCUMENT_ID.fullmatch(document_id):
            raise NotFoundError(_echo(document_id), "no such document", "List the documents to see their ids")

    def stored_document(document_id: str) -> Document:
        check_document_id(document_id)
        return workspace.store.document(document_id)

    def check_page(document_id: str, number: int) -> None:
        if not 1 <= number <= _MAX_PAGE:
            raise NotFoundError(f"{document_id} page {number}", "no such page", "Pages are counted from 1")

    def original_bytes(document: Document) -> bytes:
        try:
            return Path(workspace.store.original_path(document.digest)).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(document.source, "its original is not kept here", "Take the file in again") from error

    # --- answers ---

    @app.post(
        "/api/chat",
        response_model=AnswerModel,
        tags=["answers"],
        summary="Answer a question · 질문에 답변",
        responses={
            200: {
                "description": "The answer, whatever its `status`. With `Accept: text/event-stream` it streams as events `status` "
                '(`{"step"}`), `claim` (one verified claim: `{"text", "citations", "sources"}`, the sources being the '
                "citations it names), `final` (the whole object) and, if something "
                "breaks on the way, `error` (a problem).",
                "content": {
                    "application/json": {"examples": ANSWER_EXAMPLES},
                    "text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE_STREAM},
                },
            },
            **_problems(413, 422, 504),
        },
    )
    async def chat(
        body: Annotated[ChatRequest, Body(openapi_examples=CHAT_REQUEST_EXAMPLES)], request: Request
    ) -> Response:
        """Every sentence of the answer is a claim with at least one citation; outcomes such as `no_evidence` are data, not errors."""
        check_question("question", body.question, body.language or detect_language(body.question))
        question = body.to_question(settings.today())
        if "text/event-stream" in request.headers.get("accept", ""):
            answering = replay.events(
                body.request_id, question, lambda: officers.questions.observe(question, assistant.stream(question))
            )
            events = _sse(answering, settings.request_timeout_seconds)
            return StreamingResponse(events, media_type="text/event-stream", headers=_STREAM_HEADERS)
        answer = await in_time(lambda: assistant.ask(question))
        officers.questions.note(question, answer)
        return JSONResponse(AnswerModel.of(answer).model_dump(mode="json"), headers=_NO_SNIFFING)

    @app.post("/api/feedback", status_code=204, responses=_problems(413, 422), tags=["answers"])
    def feedback(body: Annotated[FeedbackRequest, Body(openapi_examples=FEEDBACK_REQUEST_EXAMPLES)]) -> Response:
        """Say whether an answer helped · 답변이 도움이 되었는지 알리기."""
        reason = mask(body.reason, detect_language(body.reason)) if body.reason else None
        workspace.store.add_feedback(body.answer_id, helpful=body.helpful, reason=reason)
        return Response(status_code=204)

    @app.get("/api/conversations/{conversation_id}", responses=_problems(404, 422), tags=["answers"])
    def show_conversation(conversation_id: ConversationId) -> ConversationResponse:
        """A conversation, for who holds its id · 대화 보기."""
        turns = workspace.store.turns(conversation_id)
        if not turns:
            raise NotFoundError(conversation_id, "no such conversation", "It may have been deleted already")
        return ConversationResponse.of(conversation_id, turns)

    @app.delete(
        "/api/conversations/{conversation_id}", status_code=204, responses=_problems(404, 422), tags=["answers"]
    )
    def delete_conversation(conversation_id: ConversationId) -> Response:
        """Delete a conversation for good, for who holds its id · 대화 지우기."""
        workspace.store.delete_conversation(conversation_id)
        return Response(status_code=204)

    @app.get("/api/suggestions", responses=_problems(422), tags=["answers"])
    def list_suggestions(language: Language) -> SuggestionsResponse:
        """Questions that the documents can answer, to begin with · 처음 물어볼 만한 질문."""
        store = workspace.store
        return SuggestionsResponse(
            questions=list(suggestions(language, settings.today(), store.documents(), store.records()))
        )

    # --- documents ---

    @app.post(
        "/api/search",
        response_model=SearchResponse,
        response_model_exclude_unset=True,
        tags=["documents"],
        summary="Find passages · 검색",
        responses={
            200: {"content": {"application/json": {"examples": SEARCH_RESPONSE_EXAMPLES}}},
            **_problems(413, 422, 504),
        },
    )
    async def search(body: Annotated[SearchRequest, Body(openapi_examples=SEARCH_REQUEST_EXAMPLES)]) -> SearchResponse:
        """Passages, best first, with their rank in each leg of the search."""
        check_question("query", body.query, detect_language(body.query))

        def run() -> SearchResponse:
            query = workspace.retriever.query_builder.build(body.query)
            hits = workspace.retriever.search(query, body.top_k, body.filters.to_filters())
            return SearchResponse.of(query, hits, explain=body.explain)

        return await in_time(run)

    @app.get("/api/documents", responses=_problems(), tags=["documents"])
    def list_documents() -> DocumentsResponse:
        """All documents, by source name · 등록된 문서 목록."""
        return DocumentsResponse(documents=[DocumentModel.of(document) for document in workspace.store.documents()])

    @app.get("/api/documents/health", responses=_problems(422), tags=["documents"])
    def documents_health(as_of: date | None = None) -> HealthReportsResponse:
        """What happened to every document, and to every file that could not be taken in · 문서 상태."""
        day = as_of or settings.today()
        reports = HealthReporter(workspace.store, day).reports()
        return HealthReportsResponse(documents=[DocumentHealthModel.of(report, day) for report in reports])

    @app.get("/api/documents/{document_id}/health", responses=_problems(404, 422), tags=["documents"])
    def document_health(document_id: str, as_of: date | None = None) -> DocumentHealthModel:
        """What happened to one document · 문서 상태."""
        check_document_id(document_id)
        day = as_of or settings.today()
        return DocumentHealthModel.of(HealthReporter(workspace.store, day).report(document_id), day)

    @app.get("/api/documents/{document_id}/versions", responses=_problems(404), tags=["documents"])
    def document_versions(document_id: str) -> VersionsResponse:
        """The older versions that are kept, oldest first · 이전 판 목록."""
        document = stored_document(document_id)
        return VersionsResponse.of(document_id, workspace.store.document_versions(document.document_id))

    @app.get(
        "/api/documents/{document_id}/versions/{version}/pages/{number}",
        responses=_problems(404, 422),
        tags=["documents"],
    )
    def show_version_page(document_id: str, version: int, number: int) -> PageModel:
        """One page of an older version, both counted from 1, so that an older citation still resolves · 이전 판의 본문."""
        stored_document(document_id)
        found = workspace.store.version_page(document_id, version, number)
        return PageModel(number=found.number, text=found.text)

    @app.get("/api/documents/{document_id}", responses=_problems(404), tags=["documents"])
    def show_document(document_id: str) -> DocumentModel:
        """One document · 문서 정보."""
        return DocumentModel.of(stored_document(document_id))

    @app.get("/api/documents/{document_id}/pages/{number}", responses=_problems(404, 422), tags=["documents"])
    def show_page(document_id: str, number: int) -> PageModel:
        """One page's stored text, pages counted from 1; citations are spans of it · 쪽의 본문."""
        stored_document(document_id)
        check_page(document_id, number)
        found = workspace.store.page(document_id, number)
        return PageModel(number=found.number, text=found.text)

    # --- records ---

    def records_response(query: RecordsOfTypeQuery, kind: RecordType | None) -> RecordsResponse:
        as_of = query.as_of or settings.today()
        documents = {document.document_id: document for document in workspace.store.documents()}
        found = workspace.store.records(kind)
        return RecordsResponse.of(found, documents, as_of, query.start, query.end)

    examples: dict[int | str, dict[str, Any]] = {
        200: {"content": {"application/json": {"examples": RECORDS_EXAMPLES}}},
        **_problems(422),
    }

    @app.get("/api/records", responses=examples, tags=["records"], summary="Structured facts · 구조화된 정보")
    def list_records(query: Annotated[RecordsQuery, Query()]) -> RecordsResponse:
        """Events, programs, tenders and tasks with their sources: what is ahead first, soonest first."""
        return records_response(query, query.type)

    @app.get("/api/events", responses=examples, tags=["records"], summary="Events · 행사")
    def list_events(query: Annotated[RecordsOfTypeQuery, Query()]) -> RecordsResponse:
        """Events: upcoming ones first, soonest first; past ones say so."""
        return records_response(query, RecordType.EVENT)

    @app.get("/api/programs", responses=examples, tags=["records"], summary="Support programs · 지원사업")
    def list_programs(query: Annotated[RecordsOfTypeQuery, Query()]) -> RecordsResponse:
        """Support programs: open ones first, soonest deadline first."""
        return records_response(query, RecordType.PROGRAM)

    @app.get("/api/tenders", responses=examples, tags=["records"], summary="Tenders · 입찰")
    def list_tenders(query: Annotated[RecordsOfTypeQuery, Query()]) -> RecordsResponse:
        """Tenders: open ones first, soonest deadline first."""
        return records_response(query, RecordType.TENDER)

    @app.get(
        "/api/events.ics",
        tags=["records"],
        summary="Upcoming events as a calendar · 다가오는 행사 달력",
        response_class=Response,
        responses={
            200: {"description": "iCalendar (RFC 5545).", "content": {"text/calendar": {"schema": {"type": "string"}}}},
            **_problems(422),
        },
    )
    def events_calendar(query: Annotated[RecordsOfTypeQuery, Query()]) -> Response:
        """Events on a known day that are still ahead, each with its source and quotation; none that was cancelled."""
        chosen = {record.record_id for record in records_response(query, RecordType.EVENT).records}
        records = [record for record in workspace.store.records(RecordType.EVENT) if record.record_id in chosen]
        documents = {document.document_id: document for document in workspace.store.documents()}
        content = calendar_file(records, documents, query.as_of or settings.today())
        headers = _NO_SNIFFING | {"content-disposition": 'inline; filename="annae-events.ics"'}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    # --- service ---

    @app.get("/healthz", responses=_problems(), tags=["service"])
    def healthz() -> HealthModel:
        """The process is alive."""
        return HealthModel()

    @app.get(
        "/readyz",
        response_model=ReadyModel,
        responses={
            503: {"model": ReadyModel, "description": "No documents yet, or some wait to be indexed."},
            **_problems(),
        },
        tags=["service"],
    )
    def readyz() -> Response:
        """Documents are stored and indexed, so that questions can be answered."""
        documents = workspace.store.documents()
        waiting = sum(document.status != "ready" for document in documents)
        ready = bool(documents) and not waiting
        body = ReadyModel(status="ready" if ready else "not_ready", documents=len(documents), waiting=waiting)
        return JSONResponse(body.model_dump(mode="json"), status_code=200 if ready else 503)

    # --- eligibility ---

    @app.post(
        "/api/eligibility",
        tags=["records"],
        summary="May this company take part? · 신청 자격 확인",
        responses={
            200: {"content": {"application/json": {"examples": ELIGIBILITY_EXAMPLES}}},
            **_problems(404, 413, 422),
        },
    )
    def check_eligibility(
        body: Annotated[EligibilityRequest, Body(openapi_examples=ELIGIBILITY_REQUEST_EXAMPLES)],
    ) -> EligibilityResponse:
        """Each program's conditions set against a profile by rules, never by a model; an unknown profile field is refused by name."""
        if body.document_id is not None:
            stored_document(body.document_id)
        documents = {document.document_id: document for document in workspace.store.documents()}
        records = workspace.store.records(document_id=body.document_id)
        return EligibilityResponse.of(body, records, documents, settings.today())

    app.include_router(desk_router(officers))

    # --- pages for people, which work without scripts ---

    def chat_page(language: Language, **values: Any) -> HTMLResponse:
        defaults = {"question": "", "answer": None, "problem": None, "max_chars": settings.max_question_chars}
        return page("chat.html", language, title=MESSAGES[language]["page_title"], **(defaults | values))

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def chat_form(request: Request) -> HTMLResponse:
        return chat_page(_interface(request))

    @app.post("/", response_class=HTMLResponse, include_in_schema=False)
    async def chat_answer(request: Request) -> HTMLResponse:
        language = _interface(request)
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        question = without_controls(form.get("question", [""])[0]).strip()
        problem = question_problem(question, language)
        if problem:
            return chat_page(language, question=question[: settings.max_question_chars], problem=problem)
        asked = ChatRequest(question=question).to_question(settings.today())
        answer = await in_time(lambda: assistant.ask(asked))
        officers.questions.note(asked, answer)
        return chat_page(language, question=question, answer=AnswerModel.of(answer))

    @app.get("/documents", response_class=HTMLResponse, include_in_schema=False)
    def documents_page(request: Request) -> HTMLResponse:
        documents = [DocumentModel.of(document) for document in workspace.store.documents()]
        language = _interface(request)
        return page("documents.html", language, title=MESSAGES[language]["documents"], documents=documents)

    @app.get("/documents/{document_id}", response_class=HTMLResponse, include_in_schema=False)
    def document_page(
        request: Request,
        document_id: str,
        page_number: Annotated[int, Query(alias="page", ge=1)] = 1,
        start: Annotated[int, Query(ge=0)] = 0,
        end: Annotated[int, Query(ge=0)] = 0,
    ) -> HTMLResponse:
        document = stored_document(document_id)
        cited = Span(page_number, start, end) if end > start else None
        is_pdf = document.media_type == "application/pdf"
        views = [
            page_view(stored, blocks, cited, f"/documents/{document_id}/pages/{stored.number}.png" if is_pdf else None)
            for stored, blocks in workspace.store.pages(document_id)
        ]
        shown = page(
            "document.html",
            _interface(request, document.language),
            title=document.title,
            document=DocumentModel.of(document),
            pages=views,
            cited=(cited.page, cited.start, cited.end) if cited else None,
        )
        # Whoever may ask from elsewhere may also show the source there.
        ancestors = " ".join(("frame-ancestors 'self'", *settings.cors_origins))
        policy = _PAGE_HEADERS["content-security-policy"].replace("frame-ancestors 'self'", ancestors)
        shown.headers["content-security-policy"] = policy
        return shown

    @app.get("/documents/{document_id}/pages/{number}.png", include_in_schema=False)
    async def page_image(document_id: str, number: int) -> Response:
        document = stored_document(document_id)
        check_page(document_id, number)
        workspace.store.page(document_id, number)
        if document.media_type != "application/pdf":
            raise NotFoundError(f"{document_id} page {number}", "only PDF pages have an image", "Read the page's text")
        content = original_bytes(document)
        image = await in_time(lambda: render_page(content, number))
        return Response(
            image, media_type="image/png", headers=_NO_SNIFFING | {"cache-control": "public, max-age=86400"}
        )

    @app.get("/documents/{document_id}/original", include_in_schema=False)
    def original(document_id: str) -> Response:
        document = stored_document(document_id)
        # Never shown in the browser: an HTML original is somebody else's code.
        attachment = f"attachment; filename*=UTF-8''{quote(document.source, safe='')}"
        headers = _NO_SNIFFING | {"content-disposition": attachment, "content-security-policy": "sandbox"}
        return Response(original_bytes(document), media_type="application/octet-stream", headers=headers)

    # --- the widget and a page to try it on ---

    static_folder = Path(str(files("assistant") / "static"))

    def static_file(name: str) -> Response:
        path = static_folder / name
        if not _STATIC_NAME.fullmatch(name) or not path.is_file():
            raise NotFoundError(_echo(name), "there is no such file here", "Build the web part: make web")
        return FileResponse(path, media_type=_STATIC_TYPES[path.suffix], headers=_SCRIPT_HEADERS)

    @app.get("/widget.js", include_in_schema=False)
    def widget() -> Response:
        return static_file("widget.js")

    @app.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        return static_file(name)

    @app.get("/demo", response_class=HTMLResponse, include_in_schema=False)
    def demo_page(request: Request) -> HTMLResponse:
        events = records_response(RecordsOfTypeQuery(), RecordType.EVENT).records
        shown = page(
            "demo.html",
            _interface(request),
            built=(static_folder / "widget.js").is_file(),
            events=[event for event in events if event.status is RecordStatus.UPCOMING][:_DEMO_EVENTS],
            account=demo_account,
        )
        shown.headers["content-security-policy"] = _DEMO_POLICY
        if demo_account:
            shown.headers["cache-control"] = "no-store"
        return shown

    @app.get("/desk", response_class=HTMLResponse, include_in_schema=False)
    def desk_page(request: Request) -> HTMLResponse:
        shown = page("desk.html", _interface(request), built=(static_folder / "desk.js").is_file())
        shown.headers["content-security-policy"] = _DESK_POLICY
        return shown

    @app.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    def interface_page(request: Request) -> HTMLResponse:
        return page("api.html", _interface(request), title=app.title, schema=app.openapi())

    return app


def _interface(request: Request, default: Language | None = None) -> Language:
    """The language of a page's own words: as asked for in the address, else ``default``, else the browser's first choice."""
    asked = request.query_params.get("lang")
    if asked in ("ko", "en"):
        return "ko" if asked == "ko" else "en"
    if default:
        return default
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "ko"


async def _sse(events: Iterator[Event], timeout_seconds: float) -> AsyncIterator[str]:
    """Server-sent events of an answer; a failure on the way becomes an ``error`` event, never a broken stream."""
    deadline = anyio.current_time() + timeout_seconds
    try:
        while True:
            # No yield inside the scope: the reader may be slow, and that is not our step's time.
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                event = await anyio.to_thread.run_sync(partial(next, events, None), abandon_on_cancel=True)
            if event is None:
                return
            yield _sse_event(event.kind, _sse_data(event))
    except Exception as error:
        yield _sse_event("error", _problem_of(error, "a streamed answer").model_dump(mode="json"))


def _sse_data(event: Event) -> dict[str, Any]:
    if event.claim is not None:
        return CitedClaimModel(
            text=event.claim.text,
            citations=list(event.claim.citations),
            sources=[CitationModel.of(citation) for citation in event.citations],
        ).model_dump(mode="json")
    if event.answer is not None:
        return AnswerModel.of(event.answer).model_dump(mode="json")
    return {"step": event.step}


def _sse_event(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


# --- Errors ---


def _problem_of(error: Exception, what: str) -> Problem:
    """An error as a problem: the caller's own mistakes in full, ours only in the log."""
    status = next((code for kind, code in _STATUS_BY_ERROR if isinstance(error, kind)), 500)
    if status == 504:
        return Problem(title="It took too long", status=504, detail="No answer in the time allowed. Please try again.")
    if isinstance(error, AnnaeError) and status < 500:
        problem = Problem(title=error.problem, status=status, detail=_echo(str(error), 1000))
        if isinstance(error, ConflictError):
            problem.version = error.version
        if isinstance(error, RefusedError):
            problem.errors = [InvalidPart(where=_echo(where), problem=_echo(what, 400)) for where, what in error.parts]
        return problem
    _log.error("%s failed", what, exc_info=error)
    if status == 503:
        return Problem(title="Busy", status=503, detail="The service is at work on its data. Please try again.")
    return Problem(title="Something broke here", status=500, detail="The reason is in the server's log.")


def _respond(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    body = problem.model_dump(exclude=_unsaid(problem))
    return JSONResponse(
        body, status_code=problem.status, media_type=_PROBLEM_TYPE, headers=_NO_SNIFFING | (headers or {})
    )


def _unsaid(problem: Problem) -> set[str]:
    """The members that this problem has nothing to say in."""
    return {name for name, said in (("errors", problem.errors), ("version", problem.version)) if not said}


def _add_error_handlers(app: FastAPI, error_page: Callable[[Request, Problem], Response]) -> None:
    """Every error is a problem; a browser that opens a page gets it as a page."""

    def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
        wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
        return error_page(request, problem) if wants_page else _respond(problem, headers)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        wrong = [_invalid_part(part) for part in error.errors()[:_MAX_ERRORS]]
        detail = "; ".join(f"{part.where}: {part.problem}" for part in wrong[:3])
        return answer(request, Problem(title="The request is not valid", status=422, detail=detail, errors=wrong))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        try:
            title = HTTPStatus(error.status_code).phrase
        except ValueError:
            title = "The request failed"
        detail = f"{request.method} {_echo(request.url.path)}: {error.detail}"
        problem = Problem(title=title, status=error.status_code, detail=detail)
        return answer(request, problem, dict(error.headers or {}))

    def _failed(request: Request, error: Exception) -> Response:
        waiting = {"retry-after": str(error.seconds)} if isinstance(error, TooManyAttemptsError) else None
        return answer(request, _problem_of(error, f"{request.method} {_echo(request.url.path)}"), waiting)

    for kind in (AnnaeError, TimeoutError, Exception):
        app.add_exception_handler(kind, _failed)


def _invalid_part(error: dict[str, Any]) -> InvalidPart:
    where = _echo(".".join(str(part) for part in error["loc"]))
    match error["type"]:
        case "extra_forbidden":
            problem = "there is no such field"
        case "missing":
            problem = "it is required"
        case "json_invalid":
            problem = f"not JSON ({error.get('ctx', {}).get('error', 'malformed')})"
        case _:
            problem = str(error["msg"]).removeprefix("Value error, ")
    return InvalidPart(where=where, problem=_echo(problem))


def _echo(text: str, limit: int = _MAX_ECHO_CHARS) -> str:
    """What a caller sent, fit to be sent back: short, without control characters and lone surrogates."""
    return without_controls(text[:limit]).encode("utf-8", "replace").decode("utf-8")


def _describe_problems(app: FastAPI) -> None:
    """Make the OpenAPI description say ``application/problem+json`` where errors are; FastAPI only knows one media type a route."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        schema = generate()
        reference = {"$ref": "#/components/schemas/Problem"}
        for operations in schema["paths"].values():
            for operation in operations.values():
                # FastAPI's own 422 is for routes that say nothing of it: those on which no parameter can be wrong.
                if "HTTPValidationError" in str(operation["responses"].get("422")):
                    del operation["responses"]["422"]
                for status, response in operation["responses"].items():
                    if response.get("content", {}).get("application/json", {}).get("schema") == reference:
                        example = _respond_example(int(status))
                        response["content"] = {_PROBLEM_TYPE: {"schema": reference, "example": example}}
        for unused in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(unused, None)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def _respond_example(status: int) -> dict[str, Any]:
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=_PROBLEM_TEXTS[status])
    if status == 422:
        part = InvalidPart(where="body.questoin", problem="there is no such field")
        problem = Problem(
            title="The request is not valid", status=422, detail=f"{part.where}: {part.problem}", errors=[part]
        )
    return problem.model_dump(mode="json", exclude=_unsaid(problem))


class _CrossOrigin:
    """Lets pages of the named origins ask, check eligibility, hand over and send feedback; every other route stays with its own origin."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._opened = CORSMiddleware(
            app, allow_origins=origins, allow_methods=["POST"], allow_headers=["content-type"], max_age=3600
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        opened = path in _CROSS_ORIGIN_PATHS or path.startswith(_LOOKUP_PATH)
        await (self._opened if opened else self._app)(scope, receive, send)


class _BodyLimit:
    """Refuses bodies over a limit, counted as they arrive, and those that do not arrive in time."""

    def __init__(self, app: ASGIApp, max_bytes: int, max_upload_bytes: int, timeout_seconds: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._max_upload_bytes = max_upload_bytes
        self._timeout_seconds = timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        if _UPLOAD_PATH.fullmatch(scope["path"]):
            await self._app(scope, self._counted(receive), send)
            return
        try:
            with anyio.fail_after(self._timeout_seconds):
                body = await self._read(receive)
        except TimeoutError:
            problem = Problem(title="Request Timeout", status=408, detail="The body did not arrive in time.")
            await _respond(problem)(scope, receive, send)
            return
        if body is None:
            limit = f"The body is over {self._max_bytes // 1024} KiB."
            problem = Problem(title="The body is too large", status=413, detail=limit)
            # The rest is not read, so the connection cannot be used again.
            await _respond(problem, {"connection": "close"})(scope, receive, send)
            return
        delivered = False

        async def replay() -> Message:
            nonlocal delivered
            if delivered:
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    def _counted(self, receive: Receive) -> Receive:
        """The parts of an upload as they arrive, each in time, until they are over its limit."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            try:
                with anyio.fail_after(self._timeout_seconds):
                    part = await receive()
            except TimeoutError as error:
                raise HTTPException(408, "The body did not arrive in time.") from error
            taken += len(part.get("body", b""))
            if taken > self._max_upload_bytes:
                limit = f"The upload is over {self._max_upload_bytes // 1_000_000} MB."
                raise HTTPException(413, limit, headers={"connection": "close"})
            return part

        return counted

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body, or ``None`` as soon as it is over the limit."""
        body = bytearray()
        while True:
            part = await receive()
            if part["type"] != "http.request":
                # The client went away; what it sent is as good as nothing, and nobody reads the reply.
                return bytes(body)
            body += part.get("body", b"")
            if len(body) > self._max_bytes:
                return None
            if not part.get("more_body", False):
                return bytes(body)
