"""What the store remembers besides the documents: how they were read, their older versions, and files that failed.

Functions over a connection, so that the store can write all of it in a document's own transaction.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from assistant.index import schema
from assistant.text.titles import title_key
from assistant.types import Document, DocumentVersion, Failure, FileEntry, ReadingFacts

# Of a file that changes every day the oldest versions go.
_MAX_VERSIONS = 20


def put_facts(connection: Connection, document: Document, facts: ReadingFacts) -> None:
    """Remember how a document was read."""
    data = asdict(facts)
    sketch = data.pop("sketch")
    data["last_deadline"] = facts.last_deadline.isoformat() if facts.last_deadline else None
    row = {
        "document_id": document.document_id,
        "title_key": title_key(document.title),
        "sketch": sketch,
        "data": data,
    }
    connection.execute(insert(schema.document_facts).values(**row))


def load_facts(row: Row[Any]) -> ReadingFacts:
    """The facts in a row of ``document_facts``."""
    data = row.data
    return ReadingFacts(
        empty_pages=tuple(data["empty_pages"]),
        ocr_pages=tuple((page, confidence) for page, confidence in data["ocr_pages"]),
        tables=tuple((page, count) for page, count in data["tables"]),
        lost_tables=tuple((page, count) for page, count in data["lost_tables"]),
        encoding=data["encoding"],
        is_locked=data["is_locked"],
        last_deadline=date.fromisoformat(data["last_deadline"]) if data["last_deadline"] else None,
        problems=tuple(data["problems"]),
        sketch=row.sketch,
    )


def keep_version(connection: Connection, document_id: str, new_digest: str, replaced_at: str) -> list[str]:
    """Keep the stored version of a document whose file has changed, before it is replaced.

    Returns:
        Digests of versions that are forgotten because there are too many.
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


def versions(connection: Connection, document_id: str) -> list[tuple[DocumentVersion, list[tuple[int, str]]]]:
    """Older versions with their pages' numbers and texts, oldest first."""
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


def drop_versions(connection: Connection, document_id: str) -> list[str]:
    """Forget a document's older versions; returns the digests of their originals."""
    table = schema.document_versions
    digests = list(connection.execute(select(table.c.digest).where(table.c.document_id == document_id)).scalars())
    connection.execute(delete(table).where(table.c.document_id == document_id))
    return digests


def put_file(connection: Connection, entry: FileEntry) -> None:
    """Remember what became of a file, in place of what was known of it."""
    table = schema.files
    failure = entry.failure
    connection.execute(delete(table).where(table.c.name == entry.name))
    connection.execute(
        insert(table).values(
            name=entry.name,
            parent=entry.parent,
            document_id=entry.document_id,
            path=entry.path,
            version=entry.version,
            failure=[failure.kind, failure.problem, failure.remedy, failure.at] if failure else None,
        )
    )


def files(connection: Connection) -> list[FileEntry]:
    """Every file that was seen, by name."""
    rows = connection.execute(select(schema.files).order_by(schema.files.c.name))
    return [
        FileEntry(
            row.name,
            row.path,
            row.document_id,
            row.version,
            row.parent,
            Failure(*row.failure) if row.failure is not None else None,
        )
        for row in rows
    ]


def forget_file(connection: Connection, document_id: str) -> bool:
    """Forget the file of a document, so that it may come back; whether one was known."""
    table = schema.files
    mine = table.c.document_id == document_id
    parents = [name for name in connection.execute(select(table.c.parent).where(mine)).scalars() if name]
    connection.execute(update(table).where(table.c.name.in_(parents)).values(version=None))
    return connection.execute(delete(table).where(mine)).rowcount > 0


def forget_files(connection: Connection, names: Sequence[str]) -> None:
    """Forget files by name."""
    for name in names:
        connection.execute(delete(schema.files).where(schema.files.c.name == name))
