"""Pages for people, which work without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from assistant.contract.answers import AnswerModel, ChatRequest
from assistant.contract.documents import DocumentModel
from assistant.contract.fields import without_controls
from assistant.errors import NotFoundError
from assistant.index.store import Store
from assistant.ingest.loaders.pdf import render_page
from assistant.messages import MESSAGES
from assistant.routes.context import Context
from assistant.routes.document_view import page_view
from assistant.routes.headers import NO_SNIFFING, PAGE_HEADERS
from assistant.routes.interface_language import interface_language
from assistant.routes.questions import question_problem
from assistant.routes.shown_version import shown_version
from assistant.types import Document, Language, Span

# A SHA-256 or how it begins.
_DIGEST = r"^[0-9a-f]{0,64}$"


def routes(context: Context) -> APIRouter:
    """The chat, the documents and this interface, as pages."""
    router = APIRouter()
    render = context.templates.render
    max_chars = context.settings.max_question_chars

    def chat_page(language: Language, **values: Any) -> HTMLResponse:
        defaults = {"question": "", "answer": None, "problem": None, "max_chars": max_chars}
        return render("chat.html", language, title=MESSAGES[language]["page_title"], **(defaults | values))

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    def chat_form(request: Request) -> HTMLResponse:
        return chat_page(interface_language(request))

    @router.post("/", response_class=HTMLResponse, include_in_schema=False)
    async def chat_answer(request: Request) -> HTMLResponse:
        language = interface_language(request)
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        question = without_controls(form.get("question", [""])[0]).strip()
        problem = question_problem(question, language, max_chars)
        if problem:
            return chat_page(language, question=question[:max_chars], problem=problem)
        asked = ChatRequest(question=question).to_question(context.settings.today())
        answer = await context.in_time(lambda: context.assistant.ask(asked))
        context.desk.questions.note(asked, answer)
        return chat_page(language, question=question, answer=AnswerModel.of(answer))

    @router.get("/documents", response_class=HTMLResponse, include_in_schema=False)
    def documents_page(request: Request) -> HTMLResponse:
        documents = [DocumentModel.of(document) for document in context.store.documents()]
        language = interface_language(request)
        return render("documents.html", language, title=MESSAGES[language]["documents"], documents=documents)

    @router.get("/documents/{document_id}", response_class=HTMLResponse, include_in_schema=False)
    def document_page(
        request: Request,
        document_id: str,
        page_number: Annotated[int, Query(alias="page", ge=1)] = 1,
        start: Annotated[int, Query(ge=0)] = 0,
        end: Annotated[int, Query(ge=0)] = 0,
        file: Annotated[str, Query(pattern=_DIGEST)] = "",
    ) -> HTMLResponse:
        version = shown_version(context.store, context.document(document_id), file)
        document = version.document
        # What a lost version said there is not known.
        cited = Span(page_number, start, end) if end > start and not version.is_lost else None
        has_images = document.media_type == "application/pdf" and version.replaced is None
        images = f"/documents/{document_id}/pages"
        views = [
            page_view(stored, blocks, cited, f"{images}/{stored.number}.png" if has_images else None)
            for stored, blocks in version.pages
        ]
        shown = render(
            "document.html",
            interface_language(request, document.language),
            title=document.title,
            document=DocumentModel.of(document),
            pages=views,
            recognised=dict(document.ocr_pages),
            cited=(cited.page, cited.start, cited.end) if cited else None,
            version=version,
            file=file,
        )
        # Whoever may ask from elsewhere may also show the source there.
        ancestors = " ".join(("frame-ancestors 'self'", *context.settings.cors_origins))
        policy = PAGE_HEADERS["content-security-policy"].replace("frame-ancestors 'self'", ancestors)
        shown.headers["content-security-policy"] = policy
        return shown

    @router.get("/documents/{document_id}/pages/{number}.png", include_in_schema=False)
    async def page_image(document_id: str, number: int) -> Response:
        document = context.document(document_id)
        context.page(document_id, number)
        if document.media_type != "application/pdf":
            raise NotFoundError(f"{document_id} page {number}", "only PDF pages have an image", "Read the page's text")
        content = _original_bytes(context.store, document)
        image = await context.in_time(lambda: render_page(content, number))
        return Response(image, media_type="image/png", headers=NO_SNIFFING | {"cache-control": "public, max-age=86400"})

    @router.get("/documents/{document_id}/original", include_in_schema=False)
    def original(document_id: str, file: Annotated[str, Query(pattern=_DIGEST)] = "") -> Response:
        document = context.document(document_id)
        if not document.digest.startswith(file):
            number = context.store.older_versions.number(document_id, file)
            if number is None:
                raise NotFoundError(document.source, "this version is not kept here", "List the document's versions")
            document = context.store.older_versions.get(document_id, number).document
        # Never shown in the browser: an HTML original is somebody else's code.
        attachment = f"attachment; filename*=UTF-8''{quote(document.source, safe='')}"
        headers = NO_SNIFFING | {"content-disposition": attachment, "content-security-policy": "sandbox"}
        return Response(
            _original_bytes(context.store, document), media_type="application/octet-stream", headers=headers
        )

    @router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    def interface_page(request: Request) -> HTMLResponse:
        app = request.app
        return render("api.html", interface_language(request), title=app.title, schema=app.openapi())

    return router


def _original_bytes(store: Store, document: Document) -> bytes:
    try:
        return Path(store.originals.path(document.digest)).read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(document.source, "its original is not kept here", "Take the file in again") from error
