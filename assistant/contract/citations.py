"""Citations: what every answer, record and draft is proven with."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from assistant.types import Citation, Language

# So many characters of a SHA-256 tell a document's versions apart.
_DIGEST_CHARS = 12


class CitationModel(BaseModel):
    """A verbatim span of a stored page: ``page.text[start:end] == quote``."""

    number: int
    document_id: str
    chunk_id: str
    title: str
    publisher: str | None
    published: Annotated[str | None, Field(description="ISO 8601, as exact as it is known: 2019-07-08, 2019-07, 2019.")]
    language: Language
    page: int
    section: list[str]
    quote: str
    start: int
    end: int
    url: Annotated[
        str,
        Field(
            description="The document's readable view, scrolled to the highlighted quotation; once the file has changed, "
            "the version that was cited, marked as older."
        ),
    ]
    older_version: Annotated[
        int | None,
        Field(
            description="Where an older version of the document is quoted, which one, counted from 1: its text is at "
            "`/api/documents/{id}/versions/{n}/pages/{page}`; else left out.",
            ge=1,
            exclude_if=lambda number: number is None,
        ),
    ] = None
    ocr_confidence: Annotated[
        float | None,
        Field(
            description="0 to 1, where the page is a picture and its text was recognised; else left out.",
            ge=0,
            le=1,
            exclude_if=lambda confidence: confidence is None,
        ),
    ] = None

    @classmethod
    def of(cls, citation: Citation) -> CitationModel:
        """The citation as HTTP shows it."""
        document = citation.document
        return cls(
            number=citation.number,
            document_id=document.document_id,
            chunk_id=citation.chunk_id,
            title=document.title,
            publisher=document.publisher,
            published=document.published.isoformat() if document.published else None,
            language=document.language,
            page=citation.page,
            section=list(citation.section),
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            url=document_url(document.document_id, citation.page, citation.start, citation.end, digest=document.digest),
            older_version=document.version if document.status == "older" else None,
            ocr_confidence=dict(document.ocr_pages).get(citation.page),
        )


def document_url(document_id: str, page: int, start: int, end: int, *, digest: str = "") -> str:
    """The path of a document's readable view with ``start:end`` of a page highlighted, as its file with this SHA-256 had it."""
    file = f"&file={digest[:_DIGEST_CHARS]}" if digest else ""
    return f"/documents/{document_id}?page={page}&start={start}&end={end}{file}#cited"
