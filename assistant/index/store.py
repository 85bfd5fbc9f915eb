"""The SQL store: documents, pages, chunks, and the originals by content digest."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    literal_column,
    select,
    update,
)

from assistant.errors import NotFoundError
from assistant.index import document_corrections, file_log, schema
from assistant.index.amendments import amend
from assistant.index.record_rows import dump_amendment, dump_record, load_amendment, load_record, read_field
from assistant.types import (
    Amendment,
    Block,
    BlockKind,
    Box,
    Chunk,
    Document,
    DocumentKind,
    DocumentVersion,
    FileEntry,
    Filters,
    Page,
    Period,
    Precision,
    ReadingFacts,
    Record,
    RecordType,
    Span,
)

_MAX_PARAMETERS = 500
_MAPPED_BYTES = 256 << 20
# Made once: every search runs them, and putting a statement together takes longer than running it.
_CHUNKS = select(schema.chunks).where(schema.chunks.c.chunk_id.in_(bindparam("ids", expanding=True)))
_DOCUMENTS = select(schema.documents).where(schema.documents.c.document_id.in_(bindparam("ids", expanding=True)))
# Marks a transaction that changes no document.
_TALK = "annae_talk"
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


def open_engine(url: str) -> Engine:
    """An engine for ``url``; SQLite gets write-ahead logging, foreign keys and a patient lock."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _configure(connection: Any, _: object) -> None:
            cursor = connection.cursor()
            # Mapped, a row of a large file is read without a call to the system for each of its pages.
            mapped = f"mmap_size={_MAPPED_BYTES}"
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", mapped):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return engine


class Store:
    """Reads and writes the truth. Each method is one transaction.

    Args:
        engine: where the tables live.
        originals: folder in which ingested files are kept under their SHA-256.
    """

    def __init__(self, engine: Engine, originals: Path) -> None:
        self._engine = engine
        self._originals = originals
        # Documents by id, as every search needs them; forgotten whenever one changes.
        self._documents: dict[str, Document] = {}
        self._records: list[Record] | None = None
        event.listen(engine, "commit", self._forget)
        schema.metadata.create_all(engine)

    def _forget(self, connection: Connection) -> None:
        if connection.get_execution_options().get(_TALK):
            return
        # A new dictionary: a search under way goes on with the one it holds.
        self._documents = {}
        self._records = None

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # --- documents ---

    def put_document(
        self,
        document: Document,
        version: str,
        pages: Sequence[Page],
        blocks: Sequence[Block],
        chunks: Sequence[Chunk],
        records: Sequence[Record] = (),
        amendments: Sequence[Amendment] = (),
        *,
        facts: ReadingFacts | None = None,
        file: FileEntry | None = None,
        replaced_at: str | None = None,
    ) -> None:
        """Store a document whole, replacing its old version; when this returns it survives a crash.

        The old version's chunks are remembered as tombstones until the derived indexes have dropped them.

        Args:
            facts: how it was read.
            file: what is to be remembered of its file.
            replaced_at: now, in ISO 8601: the old version's text and original are kept under it if the file itself has changed.
        """
        with self._engine.begin() as connection:
            forgotten: list[str] = []
            if replaced_at is not None:
                forgotten = file_log.keep_version(connection, document.document_id, document.digest, replaced_at)
            replaced = self._delete(connection, document.document_id)
            row = document_corrections.lay_over(connection, _document_row(document))
            connection.execute(insert(schema.documents).values(**row, version=version, indexed=False))
            by_page: dict[int, list[list[Any]]] = {}
            for block in blocks:
                by_page.setdefault(block.page, []).append([block.kind.value, block.level, block.start, block.end])
            if pages:
                connection.execute(
                    insert(schema.pages),
                    [_page_row(document.document_id, page, by_page.get(page.number, [])) for page in pages],
                )
            if chunks:
                connection.execute(insert(schema.chunks), [_chunk_row(chunk) for chunk in chunks])
                # An unchanged chunk of the old version lives on.
                _exhume(connection, [chunk.chunk_id for chunk in chunks])
            if records:
                connection.execute(insert(schema.records), [_record_row(n, r) for n, r in enumerate(records)])
            if amendments:
                rows = [
                    {"document_id": document.document_id, "ordinal": n, "data": dump_amendment(a)}
                    for n, a in enumerate(amendments)
                ]
                connection.execute(insert(schema.amendments), rows)
            if facts is not None:
                file_log.put_facts(connection, document, facts)
            if file is not None:
                file_log.put_file(connection, file)
        for digest in (replaced, *forgotten):
            self._drop_original(digest)

    def remove_document(self, document_id: str) -> None:
        """Delete a document, its older versions, and its originals if no other document has the same bytes.

        The id of a file that could not be taken in makes that failure forgotten.

        Raises:
            NotFoundError: there is no such document.
        """
        with self._engine.begin() as connection:
            digests = [self._delete(connection, document_id), *file_log.drop_versions(connection, document_id)]
            was_file = file_log.forget_file(connection, document_id)
            document_corrections.forget(connection, document_id)
        if digests[0] is None and not was_file:
            raise NotFoundError(document_id, "no such document", "List the documents to see their ids")
        for digest in digests:
            self._drop_original(digest)

    @staticmethod
    def _delete(connection: Connection, document_id: str) -> str | None:
        """Delete a document's rows and return the digest of its original, if it was there."""
        old = select(schema.chunks.c.chunk_id).where(schema.chunks.c.document_id == document_id)
        buried = select(schema.tombstones.c.chunk_id)
        connection.execute(
            insert(schema.tombstones).from_select(["chunk_id"], old.where(schema.chunks.c.chunk_id.not_in(buried)))
        )
        digest = connection.execute(
            select(schema.documents.c.digest).where(schema.documents.c.document_id == document_id)
        ).scalar_one_or_none()
        connection.execute(delete(schema.documents).where(schema.documents.c.document_id == document_id))
        return digest

    def document(self, document_id: str) -> Document:
        """One document. Raises NotFoundError."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(schema.documents).where(schema.documents.c.document_id == document_id)
            ).one_or_none()
        if row is None:
            raise NotFoundError(document_id, "no such document", "List the documents to see their ids")
        return _document(row)

    def documents(self) -> list[Document]:
        """All documents, by source name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.documents).order_by(schema.documents.c.source)).all()
        return [_document(row) for row in rows]

    def version(self, document_id: str) -> str | None:
        """The stored version's fingerprint, or ``None`` if the document is not stored."""
        with self._engine.connect() as connection:
            return connection.execute(
                select(schema.documents.c.version).where(schema.documents.c.document_id == document_id)
            ).scalar_one_or_none()

    def page(self, document_id: str, number: int) -> Page:
        """One page, counted from 1. Raises NotFoundError."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(schema.pages).where(schema.pages.c.document_id == document_id, schema.pages.c.number == number)
            ).one_or_none()
        if row is None:
            raise NotFoundError(
                f"{document_id} page {number}", "no such page", "See the document for its number of pages"
            )
        return _page(row)

    def pages(self, document_id: str) -> list[tuple[Page, list[Block]]]:
        """All pages of a document in order, each with its blocks."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(schema.pages).where(schema.pages.c.document_id == document_id).order_by(schema.pages.c.number)
            ).all()
        return [
            (_page(row), [Block(BlockKind(k), level, row.number, s, e) for k, level, s, e in row.blocks])
            for row in rows
        ]

    def correct_document(
        self, document_id: str, fields: Mapping[str, dict[str, Any] | None], corrected_by: str
    ) -> Document:
        """Put an officer's values over a document's description, now and after every new ingest.

        Args:
            fields: by name, each as its columns in the ``documents`` table; ``None`` takes a correction back.

        Raises:
            NotFoundError: there is no such document.
        """
        self.document(document_id)
        with self._engine.begin() as connection:
            document_corrections.correct(connection, document_id, fields, corrected_by)
        return self.document(document_id)

    def corrected_fields(self) -> dict[str, list[str]]:
        """The corrected fields of each document that has any, by id."""
        with self._engine.connect() as connection:
            return document_corrections.corrected_fields(connection)

    # --- how documents were read, their versions, and files that failed ---

    def facts(self) -> dict[str, ReadingFacts]:
        """How each document was read, by id; a document that was stored before this was noted has no entry."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.document_facts)).all()
        return {row.document_id: file_log.load_facts(row) for row in rows}

    def superseded_by(self, document_id: str) -> Document | None:
        """The newest document with the same title, marks of revision aside, that was published later; by the same publisher, if known."""
        facts, documents = schema.document_facts, schema.documents
        with self._engine.connect() as connection:
            own = connection.execute(
                select(documents, facts.c.title_key).join(facts).where(documents.c.document_id == document_id)
            ).one_or_none()
            if own is None or not own.title_key or not own.published_end:
                return None
            rows = connection.execute(
                select(documents)
                .join(facts)
                .where(facts.c.title_key == own.title_key, documents.c.published_start > own.published_end)
                .order_by(documents.c.published_start.desc(), documents.c.document_id)
            ).all()
        same = (row for row in rows if not own.publisher or row.publisher in (None, own.publisher))
        return next(map(_document, same), None)

    def document_versions(self, document_id: str) -> list[DocumentVersion]:
        """A document's older versions, oldest first; the document itself is the newest."""
        with self._engine.connect() as connection:
            return [version for version, _ in file_log.versions(connection, document_id)]

    def version_page(self, document_id: str, version: int, number: int) -> Page:
        """One page of an older version, both counted from 1. Raises NotFoundError."""
        with self._engine.connect() as connection:
            for found, pages in file_log.versions(connection, document_id):
                if found.number == version and number in dict(pages):
                    return Page(number, dict(pages)[number])
        raise NotFoundError(
            f"{document_id} version {version} page {number}", "no such page", "List the document's versions"
        )

    def files(self) -> list[FileEntry]:
        """Every file that was seen, by name, with what became of it."""
        with self._engine.connect() as connection:
            return file_log.files(connection)

    def put_file(self, entry: FileEntry) -> None:
        """Remember what became of a file."""
        with self._engine.begin() as connection:
            file_log.put_file(connection, entry)

    def forget_files(self, names: Sequence[str]) -> None:
        """Forget files that are no longer there; their documents stay."""
        with self._engine.begin() as connection:
            file_log.forget_files(connection, names)

    def matching_documents(self, filters: Filters) -> frozenset[str] | None:
        """Ids of the documents that pass, or ``None`` when every document does. An undated document passes no date filter."""
        conditions: list[ColumnElement[bool]] = []
        table = schema.documents.c
        if filters.documents is not None:
            conditions.append(table.document_id.in_(filters.documents))
        if filters.language:
            conditions.append(table.language == filters.language)
        if filters.kind:
            conditions.append(table.kind == filters.kind.value)
        if filters.publisher:
            conditions.append(table.publisher == filters.publisher)
        if filters.published_from:
            conditions.append(table.published_end >= filters.published_from.isoformat())
        if filters.published_to:
            conditions.append(table.published_start <= filters.published_to.isoformat())
        if not conditions:
            return None
        with self._engine.connect() as connection:
            return frozenset(connection.execute(select(table.document_id).where(*conditions)).scalars())

    # --- chunks ---

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, tuple[Chunk, Document]]:
        """The chunks with these ids that are stored, with their documents."""
        found: dict[str, tuple[Chunk, Document]] = {}
        known = self._documents
        with self._engine.connect() as connection:
            for start in range(0, len(chunk_ids), _MAX_PARAMETERS):
                ids = chunk_ids[start : start + _MAX_PARAMETERS]
                rows = connection.execute(_CHUNKS, {"ids": ids}).all()
                if unknown := {row.document_id for row in rows} - known.keys():
                    found_documents = connection.execute(_DOCUMENTS, {"ids": list(unknown)})
                    known.update((row.document_id, _document(row)) for row in found_documents)
                found |= {row.chunk_id: (_chunk(row), known[row.document_id]) for row in rows}
        return found

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """A document's chunks in reading order."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(schema.chunks)
                .where(schema.chunks.c.document_id == document_id)
                .order_by(schema.chunks.c.ordinal)
            ).all()
        return [_chunk(row) for row in rows]

    def chunk_ids(self) -> set[str]:
        """Every chunk's id."""
        with self._engine.connect() as connection:
            return set(connection.execute(select(schema.chunks.c.chunk_id)).scalars())

    def chunk_count(self) -> int:
        """How many chunks are stored."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(schema.chunks)).scalar_one()

    # --- records ---

    def records(self, record_type: RecordType | None = None, document_id: str | None = None) -> list[Record]:
        """Records as later notices and officers' corrections leave them, by source name and place in the document."""
        if self._records is None:
            self._records = self._resolved_records()
        return [
            record
            for record in self._records
            if record_type in (None, record.type) and document_id in (None, record.document_id)
        ]

    def _resolved_records(self) -> list[Record]:
        table, corrections = schema.records, schema.record_corrections
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table)
                .join(schema.documents)
                .order_by(schema.documents.c.source, table.c.document_id, table.c.ordinal)
            ).all()
            amendments = connection.execute(select(schema.amendments.c.data)).scalars().all()
            corrected = connection.execute(select(corrections)).all()
        records = [load_record(row.record_id, row.document_id, row.type, row.data) for row in rows]
        documents = {document.document_id: document for document in self.documents()}
        records = amend(records, [load_amendment(data) for data in amendments], documents)
        words: dict[str, dict[str, Any]] = {}
        for row in corrected:
            words.setdefault(row.record_id, {})[row.field] = read_field(row.field, row.value)
        return [replace(record, **words.get(record.record_id, {})) for record in records]

    def correct_record(self, record_id: str, fields: dict[str, Any], corrected_by: str) -> Record:
        """Put an officer's values (JSON, dates in ISO 8601) over a record's fields, now and after every new ingest.

        Raises:
            NotFoundError: there is no such record.
            ValueError: a field that records do not have, or a value that it cannot hold.
        """
        if all(record.record_id != record_id for record in self.records()):
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
        return next(record for record in self.records() if record.record_id == record_id)

    # --- state of the derived indexes ---

    def unindexed_documents(self) -> list[Document]:
        """Documents whose chunks are not known to be in the derived indexes."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.documents).where(schema.documents.c.indexed.is_(False))).all()
        return [_document(row) for row in rows]

    def mark_indexed(self, document_ids: Sequence[str], buried: Sequence[str]) -> None:
        """Record that the derived indexes hold these documents and no longer hold the ``buried`` chunks."""
        with self._engine.begin() as connection:
            for document_id in document_ids:
                connection.execute(
                    update(schema.documents).where(schema.documents.c.document_id == document_id).values(indexed=True)
                )
            _exhume(connection, buried)

    def mark_unindexed(self, document_ids: Sequence[str] | None = None) -> None:
        """Record that these documents, or all of them, are to be indexed again."""
        statement = update(schema.documents).values(indexed=False)
        if document_ids is not None:
            statement = statement.where(schema.documents.c.document_id.in_(document_ids))
        with self._engine.begin() as connection:
            connection.execute(statement)

    def tombstones(self) -> list[str]:
        """Chunks that were deleted or replaced and may still be in the derived indexes."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(schema.tombstones.c.chunk_id)).scalars())

    def state(self, key: str) -> str | None:
        """A remembered fact about the derived indexes."""
        with self._engine.connect() as connection:
            return connection.execute(
                select(schema.index_state.c.value).where(schema.index_state.c.key == key)
            ).scalar_one_or_none()

    def set_state(self, key: str, value: str) -> None:
        """Remember a fact about the derived indexes."""
        with self._engine.begin() as connection:
            connection.execute(delete(schema.index_state).where(schema.index_state.c.key == key))
            connection.execute(insert(schema.index_state).values(key=key, value=value))

    # --- conversations and feedback ---

    def append_turns(self, conversation_id: str, turns: Sequence[tuple[str, str]]) -> None:
        """Add ``(role, content)`` turns to the end of a conversation."""
        table = schema.conversations
        with self._talk().begin() as connection:
            last = connection.execute(
                select(func.max(table.c.position)).where(table.c.conversation_id == conversation_id)
            ).scalar_one()
            first = 0 if last is None else last + 1
            connection.execute(
                insert(table),
                [
                    {"conversation_id": conversation_id, "position": first + n, "role": role, "content": content}
                    for n, (role, content) in enumerate(turns)
                ],
            )

    def turns(self, conversation_id: str) -> list[tuple[str, str]]:
        """A conversation's ``(role, content)`` turns, oldest first; empty if unknown."""
        table = schema.conversations
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.position)
            ).all()
        return [(row.role, row.content) for row in rows]

    def conversations(self) -> list[tuple[str, str]]:
        """Every stored conversation's id and its first question, the latest begun first."""
        table = schema.conversations
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table.c.conversation_id, table.c.content)
                .where(table.c.position == 0)
                .order_by(
                    literal_column("rowid").desc() if self._engine.dialect.name == "sqlite" else table.c.conversation_id
                )
            ).all()
        return [(row.conversation_id, row.content) for row in rows]

    def delete_conversation(self, conversation_id: str) -> None:
        """Delete a conversation for good. Raises NotFoundError."""
        table = schema.conversations
        with self._talk().begin() as connection:
            gone = connection.execute(delete(table).where(table.c.conversation_id == conversation_id)).rowcount
        if not gone:
            raise NotFoundError(conversation_id, "no such conversation", "It may have been deleted already")

    def _talk(self) -> Engine:
        """The engine for what people say: writing it leaves documents and records as they are."""
        return self._engine.execution_options(**{_TALK: True})

    def add_feedback(self, answer_id: str, *, helpful: bool, reason: str | None) -> None:
        """Keep what a reader said of an answer."""
        with self._talk().begin() as connection:
            connection.execute(insert(schema.feedback).values(answer_id=answer_id, helpful=helpful, reason=reason))

    # --- originals ---

    def original_path(self, digest: str) -> Path:
        """Where the file with this SHA-256 is kept."""
        return self._originals / digest[:2] / digest

    def drop_orphaned_originals(self) -> None:
        """Delete kept files that belong to no document: what an interrupted ingest or removal left behind."""
        with self._engine.connect() as connection:
            known = set(connection.execute(select(schema.documents.c.digest)).scalars())
            known |= set(connection.execute(select(schema.document_versions.c.digest)).scalars())
        for path in self._originals.glob("*/*"):
            if path.name not in known:
                path.unlink(missing_ok=True)

    def _drop_original(self, digest: str | None) -> None:
        """Delete a kept file unless a document or an older version still has these bytes."""
        if digest is None:
            return
        with self._engine.connect() as connection:
            same = select(func.count()).select_from(schema.documents).where(schema.documents.c.digest == digest)
            shared = connection.execute(same).scalar_one()
            older = schema.document_versions
            shared += connection.execute(
                select(func.count()).select_from(older).where(older.c.digest == digest)
            ).scalar_one()
        if not shared:
            self.original_path(digest).unlink(missing_ok=True)

    def keep_original(self, digest: str, content: bytes) -> None:
        """Keep a file under its digest; a crash leaves it whole or absent."""
        path = self.original_path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with _atomic_write(path) as file:
            file.write(content)


def _exhume(connection: Connection, chunk_ids: Sequence[str]) -> None:
    for start in range(0, len(chunk_ids), _MAX_PARAMETERS):
        ids = chunk_ids[start : start + _MAX_PARAMETERS]
        connection.execute(delete(schema.tombstones).where(schema.tombstones.c.chunk_id.in_(ids)))


@contextmanager
def _atomic_write(path: Path) -> Iterator[Any]:
    partial = path.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _document_row(document: Document) -> dict[str, Any]:
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


def _document(row: Row[Any]) -> Document:
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
    )


def _record_row(ordinal: int, record: Record) -> dict[str, Any]:
    return {
        "record_id": record.record_id,
        "document_id": record.document_id,
        "ordinal": ordinal,
        "type": record.type.value,
        "data": dump_record(record),
    }


def _page_row(document_id: str, page: Page, blocks: list[list[Any]]) -> dict[str, Any]:
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
        "blocks": blocks,
    }


def _page(row: Row[Any]) -> Page:
    boxes = tuple(Box(*values) for values in json.loads(zlib.decompress(row.boxes))) if row.boxes else ()
    return Page(row.number, row.text, row.label, row.width, row.height, boxes)


def _chunk_row(chunk: Chunk) -> dict[str, Any]:
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


def _chunk(row: Row[Any]) -> Chunk:
    spans = tuple(Span(*values) for values in row.spans)
    return Chunk(
        row.chunk_id, row.document_id, row.ordinal, row.text, tuple(row.section), spans, row.language, row.digest
    )
