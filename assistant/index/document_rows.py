"""Documents, pages and chunks as rows of their tables, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, func, select

from assistant.index import schema
from assistant.types import Block, BlockKind, Box, Chunk, Document, DocumentKind, Page, Period, Precision, Span

_OLDER_VERSIONS = (
    select(func.max(schema.document_versions.c.number))
    .where(schema.document_versions.c.document_id == schema.documents.c.document_id)
    .scalar_subquery()
)
DOCUMENTS = select(
    schema.documents,
    schema.document_facts.c.data["ocr_pages"].label("ocr_pages"),
    _OLDER_VERSIONS.label("older_versions"),
).outerjoin(schema.document_facts)
"""Rows for ``load_document``."""


Values = Row[Any] | SimpleNamespace
"""A row of a table, or what was kept of one."""


def document_row(document: Document) -> dict[str, Any]:
    """A document's description; ``version`` and ``indexed`` are the store's own."""
    published = document.published
    return {
        "document_id": document.document_id,
        "source": document.source,
        "digest": document.digest,
        "media_type": document.media_type,
        "title": document.title,
        "publisher": document.publisher,
        "published_start": published.start.isoformat() if published else None,
        "published_end": published.end.isoformat() if published else None,
        "published_precision": published.precision.value if published else None,
        "language": document.language,
        "kind": document.kind.value if document.kind else None,
        "url": document.url,
        "pages": document.pages,
        "warnings": list(document.warnings),
    }


def load_document(row: Values) -> Document:
    """The document of a row of ``DOCUMENTS``."""
    published = None
    if row.published_start:
        published = Period(
            date.fromisoformat(row.published_start),
            date.fromisoformat(row.published_end),
            Precision(row.published_precision),
        )
    return Document(
        document_id=row.document_id,
        source=row.source,
        digest=row.digest,
        media_type=row.media_type,
        title=row.title,
        publisher=row.publisher,
        published=published,
        language=row.language,
        kind=DocumentKind(row.kind) if row.kind else None,
        url=row.url,
        pages=row.pages,
        status="ready" if row.indexed else "indexing",
        warnings=tuple(row.warnings),
        ocr_pages=tuple((page, confidence) for page, confidence in row.ocr_pages or ()),
        version=(row.older_versions or 0) + 1,
    )


def page_row(document_id: str, page: Page, blocks: Sequence[Block]) -> dict[str, Any]:
    """A page with the blocks on it."""
    boxes = [
        [b.start, b.end, round(b.left, 1), round(b.top, 1), round(b.right, 1), round(b.bottom, 1)] for b in page.boxes
    ]
    return {
        "document_id": document_id,
        "number": page.number,
        "text": page.text,
        "label": page.label,
        "width": page.width,
        "height": page.height,
        "boxes": zlib.compress(json.dumps(boxes).encode()) if boxes else None,
        "blocks": [[block.kind.value, block.level, block.start, block.end] for block in blocks],
    }


def load_page(row: Values) -> Page:
    """The page of a row."""
    boxes = tuple(Box(*values) for values in json.loads(zlib.decompress(row.boxes))) if row.boxes else ()
    return Page(row.number, row.text, row.label, row.width, row.height, boxes)


def load_blocks(row: Values) -> list[Block]:
    """The blocks on the page of a row, in order."""
    return [Block(BlockKind(kind), level, row.number, start, end) for kind, level, start, end in row.blocks]


def chunk_row(chunk: Chunk) -> dict[str, Any]:
    """A chunk."""
    return {
        "chunk_id": chunk.chunk_id,
        "document_id": chunk.document_id,
        "ordinal": chunk.ordinal,
        "text": chunk.text,
        "section": list(chunk.section),
        "spans": [[span.page, span.start, span.end] for span in chunk.spans],
        "language": chunk.language,
        "digest": chunk.digest,
    }


def load_chunk(row: Values) -> Chunk:
    """The chunk of a row."""
    spans = tuple(Span(*values) for values in row.spans)
    return Chunk(
        row.chunk_id, row.document_id, row.ordinal, row.text, tuple(row.section), spans, row.language, row.digest
    )
