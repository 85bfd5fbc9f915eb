"""Documents, their pages and their older versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, Field

from assistant.types import Document, DocumentKind, DocumentVersion, Language


class DocumentModel(BaseModel):
    """A stored document."""

    document_id: str
    source: str
    title: str
    publisher: str | None
    published: str | None
    published_precision: str | None
    language: Language
    kind: DocumentKind | None
    pages: int
    status: str
    url: Annotated[str | None, Field(description="Where the document was published.")]
    warnings: list[str]

    @classmethod
    def of(cls, document: Document) -> DocumentModel:
        """The document as HTTP shows it."""
        return cls(
            document_id=document.document_id,
            source=document.source,
            title=document.title,
            publisher=document.publisher,
            published=document.published.isoformat() if document.published else None,
            published_precision=document.published.precision.value if document.published else None,
            language=document.language,
            kind=document.kind,
            pages=document.pages,
            status=document.status,
            url=document.url,
            warnings=list(document.warnings),
        )


class DocumentsResponse(BaseModel):
    """All documents, by source name."""

    documents: list[DocumentModel]


class PageModel(BaseModel):
    """One page's stored text."""

    number: Annotated[int, Field(description="Counted from 1.")]
    text: str


class VersionModel(BaseModel):
    """An older version of a document whose file has changed since."""

    number: Annotated[int, Field(description="Counted from 1, oldest first.")]
    digest: Annotated[str, Field(description="SHA-256 of the file.")]
    title: str
    published: str | None
    replaced_at: Annotated[str, Field(description="When the next version replaced it, ISO 8601.")]
    pages: int


class VersionsResponse(BaseModel):
    """A document's older versions, oldest first; the document itself is the newest."""

    document_id: str
    versions: list[VersionModel]

    @classmethod
    def of(cls, document_id: str, versions: Iterable[DocumentVersion]) -> VersionsResponse:
        """The versions as HTTP shows them."""
        listed = [
            VersionModel(
                number=version.number,
                digest=version.digest,
                title=version.title,
                published=version.published,
                replaced_at=version.replaced_at,
                pages=version.pages,
            )
            for version in versions
        ]
        return cls(document_id=document_id, versions=listed)
