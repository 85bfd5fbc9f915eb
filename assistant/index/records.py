"""Structured facts of documents, as later notices and officers' corrections leave them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from assistant.errors import NotFoundError
from assistant.index import schema
from assistant.index.amendments import amend
from assistant.index.document_rows import DOCUMENTS, load_document
from assistant.index.record_rows import load_amendment, load_record, read_field
from assistant.types import Record, RecordType

# What an officer may correct in a record.
CORRECTABLE_FIELDS = frozenset(
    [
        "title",
        "start",
        "end",
        "precision",
        "deadline",
        "deadline_time",
        "deadline_kind",
        "place",
        "online",
        "organiser",
        "country",
        "amount",
        "amount_krw",
        "rate",
        "share",
        "eligible",
        "owner",
        "requirements",
        "how_to_apply",
        "contact",
        "planned",
        "cancelled",
    ]
)


class Records:
    """The stored records; what was resolved once is remembered until ``forget``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._resolved: list[Record] | None = None

    def forget(self) -> None:
        """Read the tables anew the next time: something has changed in them."""
        self._resolved = None

    def find(self, record_type: RecordType | None = None, document_id: str | None = None) -> list[Record]:
        """Records by source name and place in the document."""
        resolved = self._resolved
        if resolved is None:
            resolved = self._resolved = self._resolve()
        return [
            record
            for record in resolved
            if record_type in (None, record.type) and document_id in (None, record.document_id)
        ]

    def _resolve(self) -> list[Record]:
        table, corrections = schema.records, schema.record_corrections
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table)
                .join(schema.documents)
                .order_by(schema.documents.c.source, table.c.document_id, table.c.ordinal)
            ).all()
            amendments = connection.execute(select(schema.amendments.c.data)).scalars().all()
            corrected = connection.execute(select(corrections)).all()
            documents = [load_document(row) for row in connection.execute(DOCUMENTS)]
        records = [load_record(row.record_id, row.document_id, row.type, row.data) for row in rows]
        by_id = {document.document_id: document for document in documents}
        records = amend(records, [load_amendment(data) for data in amendments], by_id)
        words: dict[str, dict[str, Any]] = {}
        for row in corrected:
            words.setdefault(row.record_id, {})[row.field] = read_field(row.field, row.value)
        return [replace(record, **words.get(record.record_id, {})) for record in records]

    def correct(self, record_id: str, fields: dict[str, Any], corrected_by: str) -> Record:
        """Put an officer's values (JSON, dates in ISO 8601) over a record's fields, now and after every new ingest.

        Raises:
            NotFoundError: there is no such record.
            ValueError: a field that records do not have, or a value that it cannot hold.
        """
        if all(record.record_id != record_id for record in self.find()):
            raise NotFoundError(record_id, "no such record", "List the records to see their ids")
        table = schema.record_corrections
        for name, value in fields.items():
            if name not in CORRECTABLE_FIELDS:
                raise ValueError(f"{name}: a record has no such field to correct")
            read_field(name, value)
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.record_id == record_id, table.c.field.in_(list(fields))))
            rows = [
                {"record_id": record_id, "field": name, "value": value, "corrected_by": corrected_by}
                for name, value in fields.items()
            ]
            connection.execute(insert(table), rows)
        return next(record for record in self.find() if record.record_id == record_id)
