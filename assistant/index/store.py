"""The SQL store: documents with their pages, chunks and records, and the parts that keep the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, delete, event, func, insert, select

from assistant.errors import NotFoundError
from assistant.index import document_corrections, schema
from assistant.index.conversations import Conversations, Feedback
from assistant.index.database import MAX_PARAMETERS, is_talk
from assistant.index.document_rows import (
    DOCUMENTS,
    chunk_row,
    document_row,
    load_blocks,
    load_chunk,
    load_document,
    load_page,
    page_row,
)
from assistant.index.file_log import FileLog, forget_file, put_file
from assistant.index.index_progress import IndexProgress, bury, exhume
from assistant.index.older_versions import OlderVersions, drop_versions, keep_version
from assistant.index.originals import Originals
from assistant.index.reading_facts import change_facts, load_facts, put_facts
from assistant.index.record_rows import dump_amendment, record_row
from assistant.index.records import Records
from assistant.types import (
    Amendment,
    Block,
    Chunk,
    Document,
    FileEntry,
    Filters,
    Page,
    ReadingFacts,
    Record,
    RecordType,
)

# Made once: every search runs them, and putting a statement together takes longer than running it.
_CHUNKS = select(schema.chunks).where(schema.chunks.c.chunk_id.in_(bindparam("ids", expanding=True)))
_DOCUMENTS = DOCUMENTS.where(schema.documents.c.document_id.in_(bindparam("ids", expanding=True)))


class Store:
    """Reads and writes the truth. Each method is one transaction.

    Attributes:
        originals: the files as they were taken in.
        files: every file that was seen, and what became of it.
        older_versions: of documents whose file has changed.
        index_progress: what the derived indexes must still take in and drop.
        conversations: what was said.
        feedback: what readers said of answers.

    Args:
        engine: where the tables live.
        originals: folder in which ingested files are kept under their SHA-256.
    """

    def __init__(self, engine: Engine, originals: Path) -> None:
        self._engine = engine
        self.originals = Originals(originals)
        self.files = FileLog(engine)
        self.older_versions = OlderVersions(engine)
        self.index_progress = IndexProgress(engine)
        self.conversations = Conversations(engine)
        self.feedback = Feedback(engine)
        self._records = Records(engine)
        # Documents by id, as every search needs them; forgotten whenever one changes.
        self._documents: dict[str, Document] = {}
        event.listen(engine, "commit", self._forget)
        schema.metadata.create_all(engine)

    def _forget(self, connection: Connection) -> None:
        if is_talk(connection):
            return
        # A new dictionary: a search under way goes on with the one it holds.
        self._documents = {}
        self._records.forget()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

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
                forgotten = keep_version(connection, document.document_id, document.digest, replaced_at)
            replaced = self._delete(connection, document.document_id)
            row = document_corrections.lay_over(connection, document_row(document))
            connection.execute(insert(schema.documents).values(**row, version=version, indexed=False))
            _insert_pages(connection, document.document_id, pages, blocks)
            if chunks:
                connection.execute(insert(schema.chunks), [chunk_row(chunk) for chunk in chunks])
                # An unchanged chunk of the old version lives on.
                exhume(connection, [chunk.chunk_id for chunk in chunks])
            _insert_records(connection, document.document_id, records, amendments)
            if facts is not None:
                put_facts(connection, document, facts)
            if file is not None:
                put_file(connection, file)
        for digest in (replaced, *forgotten):
            self._drop_original(digest)

    def remove_document(self, document_id: str) -> None:
        """Delete a document, its older versions, and its originals if no other document has the same bytes.

        The id of a file that could not be taken in makes that failure forgotten.

        Raises:
            NotFoundError: there is no such document.
        """
        with self._engine.begin() as connection:
            digests = [self._delete(connection, document_id), *drop_versions(connection, document_id)]
            was_file = forget_file(connection, document_id)
            document_corrections.forget(connection, document_id)
        if digests[0] is None and not was_file:
            raise NotFoundError(document_id, "no such document", "List the documents to see their ids")
        for digest in digests:
            self._drop_original(digest)

    @staticmethod
    def _delete(connection: Connection, document_id: str) -> str | None:
        """Delete a document's rows and return the digest of its original, if it was there."""
        bury(connection, document_id)
        digest = connection.execute(
            select(schema.documents.c.digest).where(schema.documents.c.document_id == document_id)
        ).scalar_one_or_none()
        connection.execute(delete(schema.documents).where(schema.documents.c.document_id == document_id))
        return digest

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
            self.originals.drop(digest)

    def drop_orphaned_originals(self) -> None:
        """Delete kept files that belong to no document: what an interrupted ingest or removal left behind."""
        with self._engine.connect() as connection:
            known = set(connection.execute(select(schema.documents.c.digest)).scalars())
            known |= set(connection.execute(select(schema.document_versions.c.digest)).scalars())
        self.originals.drop_all_but(known)

    def document(self, document_id: str) -> Document:
        """One document. Raises NotFoundError."""
        with self._engine.connect() as connection:
            row = connection.execute(DOCUMENTS.where(schema.documents.c.document_id == document_id)).one_or_none()
        if row is None:
            raise NotFoundError(document_id, "no such document", "List the documents to see their ids")
        return load_document(row)

    def documents(self) -> list[Document]:
        """All documents, by source name."""
        with self._engine.connect() as connection:
            rows = connection.execute(DOCUMENTS.order_by(schema.documents.c.source)).all()
        return [load_document(row) for row in rows]

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
        return load_page(row)

    def pages(self, document_id: str) -> list[tuple[Page, list[Block]]]:
        """All pages of a document in order, each with its blocks."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(schema.pages).where(schema.pages.c.document_id == document_id).order_by(schema.pages.c.number)
            ).all()
        return [(load_page(row), load_blocks(row)) for row in rows]

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

    def facts(self) -> dict[str, ReadingFacts]:
        """How each document was read, by id; a document that was stored before this was noted has no entry."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.document_facts)).all()
        return {row.document_id: load_facts(row) for row in rows}

    def superseded_by(self, document_id: str) -> Document | None:
        """The newest document with the same title, marks of revision aside, that was published later; by the same publisher, if known."""
        return self._same_title(document_id, later=True)

    def supersedes(self, document_id: str) -> Document | None:
        """The latest document with the same title, marks of revision aside, that was published before; by the same publisher, if known."""
        return self._same_title(document_id, later=False)

    def _same_title(self, document_id: str, *, later: bool) -> Document | None:
        facts, documents = schema.document_facts, schema.documents
        first, last = documents.c.published_start, documents.c.published_end
        with self._engine.connect() as connection:
            own = connection.execute(
                select(documents, facts.c.title_key).join(facts).where(documents.c.document_id == document_id)
            ).one_or_none()
            if own is None or not own.title_key or own.published_end is None:
                return None
            in_order = first > own.published_end if later else last < own.published_start
            rows = connection.execute(
                DOCUMENTS.where(facts.c.title_key == own.title_key, in_order).order_by(
                    (first if later else last).desc(), documents.c.document_id
                )
            ).all()
        same = (row for row in rows if not own.publisher or row.publisher in (None, own.publisher))
        return next(map(load_document, same), None)

    def earlier(self, document: Document) -> list[tuple[Document, list[Chunk]]]:
        """What a document was before, with its chunks: its own last version, then the document that it supersedes."""
        found = []
        if document.version > 1:
            last = self.older_versions.get(document.document_id, document.version - 1)
            found.append((last.document, list(last.chunks)))
        replaced = self.supersedes(document.document_id)
        if replaced is not None:
            found.append((replaced, self.document_chunks(replaced.document_id)))
        return found

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, tuple[Chunk, Document]]:
        """The chunks with these ids that are stored, with their documents."""
        found: dict[str, tuple[Chunk, Document]] = {}
        known = self._documents
        with self._engine.connect() as connection:
            for start in range(0, len(chunk_ids), MAX_PARAMETERS):
                ids = chunk_ids[start : start + MAX_PARAMETERS]
                rows = connection.execute(_CHUNKS, {"ids": ids}).all()
                if unknown := {row.document_id for row in rows} - known.keys():
                    found_documents = connection.execute(_DOCUMENTS, {"ids": list(unknown)})
                    known.update((row.document_id, load_document(row)) for row in found_documents)
                found |= {row.chunk_id: (load_chunk(row), known[row.document_id]) for row in rows}
        return found

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """A document's chunks in reading order."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(schema.chunks)
                .where(schema.chunks.c.document_id == document_id)
                .order_by(schema.chunks.c.ordinal)
            ).all()
        return [load_chunk(row) for row in rows]

    def chunk_ids(self) -> set[str]:
        """Every chunk's id."""
        with self._engine.connect() as connection:
            return set(connection.execute(select(schema.chunks.c.chunk_id)).scalars())

    def chunk_count(self) -> int:
        """How many chunks are stored."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(schema.chunks)).scalar_one()

    def records(self, record_type: RecordType | None = None, document_id: str | None = None) -> list[Record]:
        """Records as later notices and officers' corrections leave them, by source name and place in the document."""
        return self._records.find(record_type, document_id)

    def replace_records(
        self,
        document_id: str,
        records: Sequence[Record],
        amendments: Sequence[Amendment],
        facts: ReadingFacts | None = None,
    ) -> int:
        """Put a document's records and amendments in place of those it has, all at once.

        Args:
            facts: in place of what is remembered of how it was read; ``None`` leaves that alone.

        Returns:
            How many of the records it did not have before.

        Raises:
            NotFoundError: there is no such document (any more).
        """
        self.document(document_id)
        with self._engine.begin() as connection:
            own = schema.records.c
            had = set(connection.scalars(select(own.record_id).where(own.document_id == document_id)))
            for table in (schema.records, schema.amendments):
                connection.execute(delete(table).where(table.c.document_id == document_id))
            _insert_records(connection, document_id, records, amendments)
            if facts is not None:
                change_facts(connection, document_id, facts)
        return sum(record.record_id not in had for record in records)

    def correct_record(self, record_id: str, fields: dict[str, Any], corrected_by: str) -> Record:
        """Put an officer's values over a record's fields. Raises as ``Records.correct``."""
        return self._records.correct(record_id, fields, corrected_by)


def _insert_pages(connection: Connection, document_id: str, pages: Sequence[Page], blocks: Sequence[Block]) -> None:
    by_page: dict[int, list[Block]] = {}
    for block in blocks:
        by_page.setdefault(block.page, []).append(block)
    if pages:
        rows = [page_row(document_id, page, by_page.get(page.number, [])) for page in pages]
        connection.execute(insert(schema.pages), rows)


def _insert_records(
    connection: Connection, document_id: str, records: Sequence[Record], amendments: Sequence[Amendment]
) -> None:
    if records:
        connection.execute(insert(schema.records), [record_row(n, record) for n, record in enumerate(records)])
    if amendments:
        rows = [
            {"document_id": document_id, "ordinal": n, "data": dump_amendment(amendment)}
            for n, amendment in enumerate(amendments)
        ]
        connection.execute(insert(schema.amendments), rows)
