"""What officers corrected of a document's description, laid over what every ingest finds anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from assistant.index import schema

Columns = dict[str, Any]
"""Values by column of the ``documents`` table."""


def lay_over(connection: Connection, row: Columns) -> Columns:
    """A document's row with its corrections; what was found in their place is remembered, for when one is taken back."""
    table = schema.document_corrections
    for correction in connection.execute(select(table).where(table.c.document_id == row["document_id"])).all():
        found = {column: row[column] for column in correction.value}
        connection.execute(
            update(table)
            .where(table.c.document_id == correction.document_id, table.c.field == correction.field)
            .values(found=found)
        )
        row = row | correction.value
    return row


def correct(connection: Connection, document_id: str, fields: Mapping[str, Columns | None], corrected_by: str) -> None:
    """Correct fields of a stored document, each given as its columns; ``None`` takes a correction back."""
    table, documents = schema.document_corrections, schema.documents
    row = connection.execute(select(documents).where(documents.c.document_id == document_id)).mappings().one()
    for field, value in fields.items():
        this = (table.c.document_id == document_id, table.c.field == field)
        earlier = connection.execute(select(table).where(*this)).one_or_none()
        if value is None and earlier is None:
            continue
        connection.execute(delete(table).where(*this))
        if value is not None:
            found = earlier.found if earlier else {column: row[column] for column in value}
            connection.execute(
                insert(table).values(
                    document_id=document_id, field=field, value=value, found=found, corrected_by=corrected_by
                )
            )
        columns = value if value is not None else (earlier.found if earlier else {})
        connection.execute(update(documents).where(documents.c.document_id == document_id).values(**columns))


def corrected_fields(connection: Connection) -> dict[str, list[str]]:
    """The corrected fields of each document that has any, by id."""
    table = schema.document_corrections.c
    found: dict[str, list[str]] = {}
    for document_id, field in connection.execute(select(table.document_id, table.field).order_by(table.field)):
        found.setdefault(document_id, []).append(field)
    return found


def forget(connection: Connection, document_id: str) -> None:
    """The document was removed: nothing is to be corrected any more."""
    table = schema.document_corrections
    connection.execute(delete(table).where(table.c.document_id == document_id))
