"""Passages, documents and their pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body

from assistant.contract.documents import DocumentModel, DocumentsResponse, PageModel, VersionsResponse
from assistant.contract.health import DocumentHealthModel, HealthReportsResponse
from assistant.contract.search import SEARCH_REQUEST_EXAMPLES, SEARCH_RESPONSE_EXAMPLES, SearchRequest, SearchResponse
from assistant.index.health import HealthReporter
from assistant.routes.context import Context, check_document_id
from assistant.routes.description import problems
from assistant.routes.questions import check_question
from assistant.text.language import detect_language


def routes(context: Context) -> APIRouter:
    """Search, documents, their health and their older versions."""
    router = APIRouter(tags=["documents"])

    @router.post(
        "/api/search",
        response_model=SearchResponse,
        response_model_exclude_unset=True,
        summary="Find passages · 검색",
        responses={
            200: {"content": {"application/json": {"examples": SEARCH_RESPONSE_EXAMPLES}}},
            **problems(413, 422, 504),
        },
    )
    async def search(body: Annotated[SearchRequest, Body(openapi_examples=SEARCH_REQUEST_EXAMPLES)]) -> SearchResponse:
        """Passages, best first, with their rank in each leg of the search."""
        check_question("query", body.query, detect_language(body.query), context.settings.max_question_chars)

        def run() -> SearchResponse:
            retriever = context.workspace.retriever
            query = retriever.query_builder.build(body.query)
            hits = retriever.search(query, body.top_k, body.filters.to_filters())
            return SearchResponse.of(query, hits, versions=retriever.versions, explain=body.explain)

        return await context.in_time(run)

    @router.get("/api/documents", responses=problems())
    def list_documents() -> DocumentsResponse:
        """All documents, by source name · 등록된 문서 목록."""
        return DocumentsResponse(documents=[DocumentModel.of(document) for document in context.store.documents()])

    @router.get("/api/documents/health", responses=problems(422))
    def documents_health(as_of: date | None = None) -> HealthReportsResponse:
        """What happened to every document, and to every file that could not be taken in · 문서 상태."""
        day = as_of or context.settings.today()
        reports = HealthReporter(context.store, day).reports()
        return HealthReportsResponse(documents=[DocumentHealthModel.of(report, day) for report in reports])

    @router.get("/api/documents/{document_id}/health", responses=problems(404, 422))
    def document_health(document_id: str, as_of: date | None = None) -> DocumentHealthModel:
        """What happened to one document · 문서 상태."""
        check_document_id(document_id)
        day = as_of or context.settings.today()
        return DocumentHealthModel.of(HealthReporter(context.store, day).report(document_id), day)

    @router.get("/api/documents/{document_id}/versions", responses=problems(404))
    def document_versions(document_id: str) -> VersionsResponse:
        """The older versions that are kept, oldest first · 이전 판 목록."""
        document = context.document(document_id)
        return VersionsResponse.of(document_id, context.store.older_versions.of(document.document_id))

    @router.get(
        "/api/documents/{document_id}/versions/{version}/pages/{number}",
        responses=problems(404, 422),
    )
    def show_version_page(document_id: str, version: int, number: int) -> PageModel:
        """One page of an older version, both counted from 1, so that an older citation still resolves · 이전 판의 본문."""
        context.document(document_id)
        found = context.store.older_versions.page(document_id, version, number)
        return PageModel(number=found.number, text=found.text)

    @router.get("/api/documents/{document_id}", responses=problems(404))
    def show_document(document_id: str) -> DocumentModel:
        """One document · 문서 정보."""
        return DocumentModel.of(context.document(document_id))

    @router.get("/api/documents/{document_id}/pages/{number}", responses=problems(404, 422))
    def show_page(document_id: str, number: int) -> PageModel:
        """One page's stored text, pages counted from 1; citations are spans of it · 쪽의 본문."""
        context.document(document_id)
        found = context.page(document_id, number)
        return PageModel(number=found.number, text=found.text)

    return router
