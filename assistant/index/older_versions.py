"""Older versions of documents whose file has changed."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select

from assistant.errors import NotFoundError
from assistant.index import schema
from assistant.index.document_rows import (
    DOCUMENTS,
    chunk_row,
    document_row,
    load_blocks,
    load_chunk,
    load_document,
    load_page,
)
from assistant.types import Block, BlockKind, Chunk, Document, DocumentVersion, Page

OLDER = "older"
"""Status of a document that is an older version of itself."""
# Of a file that changes every day the oldest versions go.
_MAX_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class OlderVersion:
    """A kept version, whole: ``document`` describes it as it was, with the number of the version and status ``older``.

    Versions that were kept before chunks were have none.
    """

    document: Document
    pages: tuple[tuple[Page, tuple[Block, ...]], ...]
    chunks: tuple[Chunk, ...]


class OlderVersions:
    """The versions that are kept; a document's newest version is the document itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, document_id: str) -> list[DocumentVersion]:
        """A document's older versions, oldest first."""
        table = schema.document_versions
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).where(table.c.document_id == document_id).order_by(table.c.number))
            return [
                DocumentVersion(
                    row.document_id,
                    row.number,
                    row.digest,
                    row.title,
                    row.published,
                    row.replaced_at,
                    len(_unpacked(row)["pages"]),
                )
                for row in rows
            ]

    def page(self, document_id: str, version: int, number: int) -> Page:
        """One page of an older version, both counted from 1. Raises NotFoundError."""
        try:
            return next(page for page, _ in self.get(document_id, version).pages if page.number == number)
        except StopIteration:
            raise _no_page(document_id, version, number) from None

    def get(self, document_id: str, version: int) -> OlderVersion:
        """An older version, counted from 1. Raises NotFoundError."""
        table = schema.document_versions.c
        with self._engine.connect() as connection:
            row = connection.execute(
                select(schema.document_versions).where(table.document_id == document_id, table.number == version)
            ).one_or_none()
            newest = connection.execute(DOCUMENTS.where(schema.documents.c.document_id == document_id)).one_or_none()
        if row is None or newest is None:
            raise NotFoundError(f"{document_id} version {version}", "no such version", "List the document's versions")
        return _load(row, load_document(newest))

    def number(self, document_id: str, digest: str) -> int | None:
        """The latest older version whose file has this SHA-256, or one that begins so; ``None`` if none is kept."""
        table = schema.document_versions.c
        with self._engine.connect() as connection:
            number: int | None = connection.execute(
                select(func.max(table.number)).where(
                    table.document_id == document_id, table.digest.startswith(digest, autoescape=True)
                )
            ).scalar_one()
        return number


def keep_version(connection: Connection, document_id: str, new_digest: str, replaced_at: str) -> list[str]:
    """Keep the stored version of a document whose file has changed, before it is replaced.

    Returns:
        Digests of versions that are forgotten because there are too many.
    """
    table, documents = schema.document_versions, schema.documents
    old = connection.execute(DOCUMENTS.where(documents.c.document_id == document_id)).one_or_none()
    if old is None or old.digest == new_digest:
        return []
    number = load_document(old).version
    connection.execute(
        insert(table).values(
            document_id=document_id,
            number=number,
            digest=old.digest,
            title=old.title,
            published=old.published_start,
            replaced_at=replaced_at,
            pages=_packed(connection, load_document(old)),
        )
    )
    forgotten = (table.c.document_id == document_id) & (table.c.number <= number - _MAX_VERSIONS)
    digests = list(connection.execute(select(table.c.digest).where(forgotten)).scalars())
    connection.execute(delete(table).where(forgotten))
    return digests


def drop_versions(connection: Connection, document_id: str) -> list[str]:
    """Forget a document's older versions; returns the digests of their originals."""
    table = schema.document_versions
    digests = list(connection.execute(select(table.c.digest).where(table.c.document_id == document_id)).scalars())
    connection.execute(delete(table).where(table.c.document_id == document_id))
    return digests


def _packed(connection: Connection, document: Document) -> bytes:
    """A stored document with its pages and chunks as it is kept."""
    own = document.document_id
    pages = connection.execute(
        select(schema.pages).where(schema.pages.c.document_id == own).order_by(schema.pages.c.number)
    )
    chunks = connection.execute(
        select(schema.chunks).where(schema.chunks.c.document_id == own).order_by(schema.chunks.c.ordinal)
    )
    kept = {
        "document": document_row(document) | {"ocr_pages": document.ocr_pages},
        "pages": [[page.number, page.text, page.label, page.blocks] for page in pages],
        "chunks": [chunk_row(load_chunk(chunk)) for chunk in chunks],
    }
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode())


def _unpacked(row: Row[Any]) -> dict[str, Any]:
    kept = json.loads(zlib.decompress(row.pages))
    if isinstance(kept, dict):
        return kept
    # Kept when there was nothing but the pages' numbers and texts.
    return {"document": {}, "pages": [[number, text, None, None] for number, text in kept], "chunks": []}


def _load(row: Row[Any], newest: Document) -> OlderVersion:
    kept = _unpacked(row)
    known = document_row(newest) | {"title": row.title, "digest": row.digest, "ocr_pages": ()} | kept["document"]
    described = load_document(SimpleNamespace(**known, indexed=False, older_versions=None))
    pages = []
    for number, text, label, blocks in kept["pages"]:
        page = SimpleNamespace(number=number, text=text, label=label, width=None, height=None, boxes=None)
        placed = load_blocks(SimpleNamespace(number=number, blocks=blocks)) if blocks else _lines(number, text)
        pages.append((load_page(page), tuple(placed)))
    chunks = tuple(load_chunk(SimpleNamespace(**chunk)) for chunk in kept["chunks"])
    return OlderVersion(replace(described, version=row.number, status=OLDER), tuple(pages), chunks)


def _lines(number: int, text: str) -> list[Block]:
    """Every line that is not empty as a paragraph."""
    found = re.finditer(r"[^\n]*\S[^\n]*", text)
    return [Block(BlockKind.PARAGRAPH, 1, number, match.start(), match.end()) for match in found]


def _no_page(document_id: str, version: int, number: int) -> NotFoundError:
    return NotFoundError(
        f"{document_id} version {version} page {number}", "no such page", "List the document's versions"
    )
