"""How documents were read, as rows beside them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, update

from assistant.index import schema
from assistant.text.titles import title_key
from assistant.types import Document, ReadingFacts


def put_facts(connection: Connection, document: Document, facts: ReadingFacts) -> None:
    """Remember how a document was read, and the title by which newer and older papers of its kind are found: its file's own."""
    row = {"document_id": document.document_id, "title_key": title_key(document.title), **_columns(facts)}
    connection.execute(insert(schema.document_facts).values(**row))


def change_facts(connection: Connection, document_id: str, facts: ReadingFacts) -> None:
    """Remember these facts in place of those that a document has; nothing happens where it has none."""
    table = schema.document_facts
    connection.execute(update(table).where(table.c.document_id == document_id).values(**_columns(facts)))


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
        tracks_changes=data.get("tracks_changes", False),
        last_deadline=date.fromisoformat(data["last_deadline"]) if data["last_deadline"] else None,
        problems=tuple(data["problems"]),
        sketch=row.sketch,
        records_by=data.get("records_by", ""),
    )


def _columns(facts: ReadingFacts) -> dict[str, Any]:
    data = asdict(facts)
    sketch = data.pop("sketch")
    data["last_deadline"] = facts.last_deadline.isoformat() if facts.last_deadline else None
    return {"sketch": sketch, "data": data}
