"""HTTP: JSON into arguments, answers into JSON, and nothing else."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.resources import files
from typing import Annotated, Any

from fastapi import FastAPI, Form, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.assistant import PolicyAssistant
from assistant.contract import (
    AnswerModel,
    ChatRequest,
    ClaimModel,
    ConceptModel,
    DocumentModel,
    DocumentsResponse,
    FeedbackRequest,
    HitModel,
    PageModel,
    Problem,
    SearchRequest,
    SearchResponse,
)
from assistant.document_view import page_view
from assistant.errors import AnnaeError, ConfigurationError, DataFolderBusyError, IngestError, NotFoundError
from assistant.ingest.loaders.pdf import render_page
from assistant.messages import MESSAGES, message
from assistant.text.language import detect_language
from assistant.types import Language, Span
from assistant.workspace import Workspace

_log = logging.getLogger("annae.http")
_STATUS_BY_ERROR: tuple[tuple[type[AnnaeError], int], ...] = (
    (NotFoundError, 404),
    (IngestError, 422),
    (DataFolderBusyError, 503),
    (ConfigurationError, 500),
)
_SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text, "content": {"application/problem+json": {}}}
    for status, text in (
        (404, "Not found"),
        (413, "Body too large"),
        (422, "Not a valid request"),
        (504, "Took too long"),
    )
}


def create_app(assistant: PolicyAssistant, workspace: Workspace) -> FastAPI:
    """The web service around a built assistant.

    Args:
        assistant: answers questions.
        workspace: where documents are read from; its settings give limits and today's date.
    """
    settings = workspace.settings
    app = FastAPI(
        title="Annae (안내)",
        version="1",
        summary="Cited answers from Korean and English policy documents. 한국어·영어 정책 문서에 근거한 답변.",
        description="Every sentence of an answer carries a verbatim quotation. 답변의 모든 문장에 원문 인용이 붙습니다.",
    )
    templates = Environment(
        loader=FileSystemLoader(str(files("assistant") / "templates")), autoescape=True, undefined=StrictUndefined
    )
    app.add_middleware(_BodyLimit, max_bytes=settings.max_request_kb * 1024)
    _add_error_handlers(app)

    def question_problem(text: str, language: Language) -> str | None:
        if not text.strip():
            return message(language, "empty_question")
        if len(text) > settings.max_question_chars:
            return message(language, "too_long", limit=settings.max_question_chars)
        return None

    async def in_time(call: Callable[[], Any]) -> Any:
        try:
            return await asyncio.wait_for(run_in_threadpool(call), settings.request_timeout_seconds)
        except TimeoutError as error:
            raise HTTPException(504, f"no answer within {settings.request_timeout_seconds:g} seconds") from error

    @app.post("/api/chat", response_model=AnswerModel, responses=_PROBLEMS, tags=["answers"])
    async def chat(body: ChatRequest, request: Request) -> Any:
        """Answer a question. With ``Accept: text/event-stream`` the answer streams as ``status``, ``claim`` and ``final`` events."""
        problem = question_problem(body.question, body.language or detect_language(body.question))
        if problem:
            raise HTTPException(422, problem)
        question = body.to_question(settings.today())
        if "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(_sse(assistant.stream(question)), media_type="text/event-stream")
        return AnswerModel.of(await in_time(lambda: assistant.ask(question)))

    @app.post("/api/search", response_model=SearchResponse, responses=_PROBLEMS, tags=["documents"])
    async def search(body: SearchRequest) -> Any:
        """Find passages, best first."""
        problem = question_problem(body.query, detect_language(body.query))
        if problem:
            raise HTTPException(422, problem)

        def run() -> SearchResponse:
            query = workspace.retriever.query_builder.build(body.query)
            hits = workspace.retriever.search(query, body.top_k, body.filters.to_filters())
            concepts = [
                ConceptModel(
                    text=concept.text,
                    alternatives={
                        language: [f"{a.text} ({a.origin} {a.weight:.2f})" for a in alternatives]
                        for language, alternatives in concept.alternatives.items()
                    },
                )
                for concept in query.concepts
            ]
            return SearchResponse(hits=[HitModel.of(hit) for hit in hits], concepts=concepts if body.explain else None)

        return await in_time(run)

    @app.get("/api/documents", response_model=DocumentsResponse, tags=["documents"])
    def list_documents() -> Any:
        """All documents, by source name."""
        return DocumentsResponse(documents=[DocumentModel.of(document) for document in workspace.store.documents()])

    @app.get("/api/documents/{document_id}", response_model=DocumentModel, responses=_PROBLEMS, tags=["documents"])
    def show_document(document_id: str) -> Any:
        """One document."""
        return DocumentModel.of(workspace.store.document(document_id))

    @app.get(
        "/api/documents/{document_id}/pages/{number}", response_model=PageModel, responses=_PROBLEMS, tags=["documents"]
    )
    def show_page(document_id: str, number: int) -> Any:
        """One page's stored text, pages counted from 1; citations are spans of it."""
        page = workspace.store.page(document_id, number)
        return PageModel(number=page.number, text=page.text)

    @app.post("/api/feedback", status_code=204, responses=_PROBLEMS, tags=["answers"])
    def feedback(body: FeedbackRequest) -> Response:
        """Say whether an answer helped."""
        workspace.store.add_feedback(body.answer_id, helpful=body.helpful, reason=body.reason)
        return Response(status_code=204)

    @app.get("/healthz", tags=["service"])
    def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["service"])
    def readyz() -> Response:
        """Documents are stored and indexed, so that questions can be answered."""
        documents = workspace.store.documents()
        waiting = sum(document.status != "ready" for document in documents)
        body = {
            "status": "ready" if documents and not waiting else "not_ready",
            "documents": len(documents),
            "waiting": waiting,
        }
        return JSONResponse(body, status_code=200 if body["status"] == "ready" else 503)

    # --- pages for people, which work without scripts ---

    def page(template: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(templates.get_template(template).render(**values), headers=_SECURITY_HEADERS)

    def chat_page(language: Language, **values: Any) -> HTMLResponse:
        text = MESSAGES[language]
        defaults = {"question": "", "answer": None, "problem": None, "max_chars": settings.max_question_chars}
        return page("chat.html", language=language, text=text, title=text["page_title"], **(defaults | values))

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def chat_form(lang: Language = "ko") -> HTMLResponse:
        return chat_page(lang)

    @app.post("/", response_class=HTMLResponse, include_in_schema=False)
    async def chat_answer(question: Annotated[str, Form()] = "", lang: Language = "ko") -> HTMLResponse:
        problem = question_problem(question, lang)
        if problem:
            return chat_page(lang, question=question[: settings.max_question_chars], problem=problem)
        asked = ChatRequest(question=question).to_question(settings.today())
        answer = await in_time(lambda: assistant.ask(asked))
        return chat_page(lang, question=question, answer=AnswerModel.of(answer))

    @app.get("/documents", response_class=HTMLResponse, include_in_schema=False)
    def documents_page(lang: Language = "ko") -> HTMLResponse:
        documents = [DocumentModel.of(document) for document in workspace.store.documents()]
        text = MESSAGES[lang]
        return page("documents.html", language=lang, text=text, title=text["documents"], documents=documents)

    @app.get("/documents/{document_id}", response_class=HTMLResponse, include_in_schema=False)
    def document_page(
        document_id: str,
        page_number: Annotated[int, Query(alias="page", ge=1)] = 1,
        start: Annotated[int, Query(ge=0)] = 0,
        end: Annotated[int, Query(ge=0)] = 0,
        lang: Language | None = None,
    ) -> HTMLResponse:
        document = workspace.store.document(document_id)
        cited = Span(page_number, start, end) if end > start else None
        is_pdf = document.media_type == "application/pdf"
        views = [
            page_view(stored, blocks, cited, f"/documents/{document_id}/pages/{stored.number}.png" if is_pdf else None)
            for stored, blocks in workspace.store.pages(document_id)
        ]
        interface = lang or document.language
        return page(
            "document.html",
            language=document.language,
            interface=interface,
            text=MESSAGES[interface],
            title=document.title,
            document=DocumentModel.of(document),
            pages=views,
        )

    @app.get("/documents/{document_id}/pages/{number}.png", include_in_schema=False)
    async def page_image(document_id: str, number: int) -> Response:
        document = workspace.store.document(document_id)
        workspace.store.page(document_id, number)
        if document.media_type != "application/pdf":
            raise NotFoundError(f"{document_id} page {number}", "only PDF pages have an image", "Read the page's text")
        content = workspace.store.original_path(document.digest).read_bytes()
        image = await in_time(lambda: render_page(content, number))
        return Response(image, media_type="image/png", headers={"cache-control": "public, max-age=86400"})

    @app.get("/documents/{document_id}/original", include_in_schema=False)
    def original(document_id: str) -> Response:
        document = workspace.store.document(document_id)
        content = workspace.store.original_path(document.digest).read_bytes()
        # Never shown in the browser: an HTML original is somebody else's code.
        from urllib.parse import quote

        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(document.source)}",
            "x-content-type-options": "nosniff",
        }
        return Response(content, media_type="application/octet-stream", headers=headers)

    return app


async def _sse(events: Iterator[Any]) -> AsyncIterator[str]:
    """Server-sent events of an answer; a failure on the way becomes an ``error`` event, never a broken stream."""
    try:
        async for event in iterate_in_threadpool(events):
            match event.kind:
                case "claim":
                    data = ClaimModel(text=event.claim.text, citations=list(event.claim.citations)).model_dump(
                        mode="json"
                    )
                case "final":
                    data = AnswerModel.of(event.answer).model_dump(mode="json")
                case _:
                    data = {"step": event.step}
            yield f"event: {event.kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
    except Exception as error:
        _log.exception("a streamed answer failed")
        problem = Problem(title="The answer could not be finished", status=500, detail=type(error).__name__)
        yield f"event: error\ndata: {problem.model_dump_json()}\n\n"


def _problem(status: int, title: str, detail: str) -> JSONResponse:
    body = Problem(title=title, status=status, detail=detail).model_dump()
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def _add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(AnnaeError)
    def _annae(request: Request, error: AnnaeError) -> JSONResponse:
        status = next((code for kind, code in _STATUS_BY_ERROR if isinstance(error, kind)), 500)
        return _problem(status, error.problem, str(error))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _problem(422, "The request is not valid", f"{where}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        return _problem(error.status_code, "The request failed", str(error.detail))

    @app.exception_handler(Exception)
    def _unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.exception("%s %s failed", request.method, request.url.path)
        return _problem(500, "Something broke here", "The error is in the server's log.")


class _BodyLimit:
    """Refuses bodies over a limit, counted as they arrive."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = b""
        more = scope["method"] in ("POST", "PUT", "PATCH")
        while more:
            part = await receive()
            if part["type"] != "http.request":
                return
            body += part.get("body", b"")
            more = part.get("more_body", False)
            if len(body) > self._max_bytes:
                limit = f"The body is over {self._max_bytes // 1024} KiB"
                await _problem(413, "The body is too large", limit)(scope, receive, send)
                return
        delivered = False

        async def replay() -> Message:
            nonlocal delivered
            if delivered or scope["method"] not in ("POST", "PUT", "PATCH"):
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)
