"""Older _versions of documents whose file has changed."""

from __future__ import annotations

import json
import zlib

from sqlalchemy import Connection, Engine, delete, func, insert, select

from assistant.errors import NotFoundError
from assistant.index import schema
from assistant.types import DocumentVersion, Page

# Of a file that changes every day the oldest _versions go.
_MAX_VERSIONS = 20


class OlderVersions:
    """The versions that are kept; a document's newest version is the document itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, document_id: str) -> list[DocumentVersion]:
        """A document's older versions, oldest first."""
        with self._engine.connect() as connection:
            return [version for version, _ in _versions(connection, document_id)]

    def page(self, document_id: str, version: int, number: int) -> Page:
        """One page of an older version, both counted from 1. Raises NotFoundError."""
        with self._engine.connect() as connection:
            for found, pages in _versions(connection, document_id):
                if found.number == version and number in dict(pages):
                    return Page(number, dict(pages)[number])
        raise NotFoundError(
            f"{document_id} version {version} page {number}", "no such page", "List the document's versions"
        )


def keep_version(connection: Connection, document_id: str, new_digest: str, replaced_at: str) -> list[str]:
    """Keep the stored version of a document whose file has changed, before it is replaced.

    Returns:
        Digests of _versions that are forgotten because there are too many.
    """
    table, documents = schema.document_versions, schema.documents
    old = connection.execute(select(documents).where(documents.c.document_id == document_id)).one_or_none()
    if old is None or old.digest == new_digest:
        return []
    last = connection.execute(select(func.max(table.c.number)).where(table.c.document_id == document_id)).scalar_one()
    pages = connection.execute(
        select(schema.pages.c.number, schema.pages.c.text)
        .where(schema.pages.c.document_id == document_id)
        .order_by(schema.pages.c.number)
    )
    number = (last or 0) + 1
    packed = zlib.compress(json.dumps([list(page) for page in pages], ensure_ascii=False).encode())
    connection.execute(
        insert(table).values(
            document_id=document_id,
            number=number,
            digest=old.digest,
            title=old.title,
            published=old.published_start,
            replaced_at=replaced_at,
            pages=packed,
        )
    )
    forgotten = (table.c.document_id == document_id) & (table.c.number <= number - _MAX_VERSIONS)
    digests = list(connection.execute(select(table.c.digest).where(forgotten)).scalars())
    connection.execute(delete(table).where(forgotten))
    return digests


def drop_versions(connection: Connection, document_id: str) -> list[str]:
    """Forget a document's older _versions; returns the digests of their originals."""
    table = schema.document_versions
    digests = list(connection.execute(select(table.c.digest).where(table.c.document_id == document_id)).scalars())
    connection.execute(delete(table).where(table.c.document_id == document_id))
    return digests


def _versions(connection: Connection, document_id: str) -> list[tuple[DocumentVersion, list[tuple[int, str]]]]:
    """Older _versions with their pages' numbers and texts, oldest first."""
    table = schema.document_versions
    rows = connection.execute(select(table).where(table.c.document_id == document_id).order_by(table.c.number))
    found = []
    for row in rows:
        pages = [(number, text) for number, text in json.loads(zlib.decompress(row.pages))]
        version = DocumentVersion(
            row.document_id, row.number, row.digest, row.title, row.published, row.replaced_at, len(pages)
        )
        found.append((version, pages))
    return found
