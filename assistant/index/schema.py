"""Tables of the SQL store. The store is the truth: every other index can be rebuilt from it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _of_document(*, primary_key: bool = False) -> Column[str]:
    """The document that a row belongs to: it goes when the document goes."""
    key = ForeignKey("documents.document_id", ondelete="CASCADE")
    return Column("document_id", key, primary_key=primary_key, nullable=False)


documents = Table(
    "documents",
    metadata,
    Column("document_id", String(32), primary_key=True),
    Column("source", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text),
    Column("published_start", String(10)),
    Column("published_end", String(10)),
    Column("published_precision", String(10)),
    Column("language", String(2), nullable=False),
    Column("kind", String(20)),
    Column("url", Text),
    Column("pages", Integer, nullable=False),
    Column("warnings", JSON, nullable=False),
    # Fingerprint of everything the chunks were made from: file, metadata and chunking settings.
    Column("version", String(64), nullable=False),
    # Whether the derived indexes hold exactly this version's chunks.
    Column("indexed", Boolean, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    _of_document(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("label", Text),
    Column("width", Float),
    Column("height", Float),
    # zlib-compressed JSON list of [start, end, left, top, right, bottom].
    Column("boxes", LargeBinary),
    # JSON list of [kind, level, start, end], for the readable view of the page.
    Column("blocks", JSON, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("chunk_id", String(20), primary_key=True),
    _of_document(),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("section", JSON, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("language", String(2), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_chunks_document", "document_id", "ordinal"),
)

# Structured facts of documents, as extracted; ``data`` holds every field but the keys.
records = Table(
    "records",
    metadata,
    Column("record_id", String(32), primary_key=True),
    _of_document(),
    Column("ordinal", Integer, nullable=False),
    Column("type", String(10), nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_records_document", "document_id", "ordinal"),
)

# What later notices say about earlier ones; applied when records are read.
amendments = Table(
    "amendments",
    metadata,
    _of_document(primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("data", JSON, nullable=False),
)

# An officer's word on a record. No foreign key: it outlives the rows that a new ingest replaces.
record_corrections = Table(
    "record_corrections",
    metadata,
    Column("record_id", String(32), primary_key=True),
    Column("field", String(20), primary_key=True),
    Column("value", JSON),
    Column("corrected_by", Text, nullable=False),
)

# What happened to a document while it was read.
document_facts = Table(
    "document_facts",
    metadata,
    _of_document(primary_key=True),
    # The title without marks of revision: documents that share it are versions of one paper.
    Column("title_key", Text, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_document_facts_title_key", "title_key"),
)

# Older versions of documents whose file changed. No foreign key: they outlive the rows that the new version replaces.
document_versions = Table(
    "document_versions",
    metadata,
    Column("document_id", String(32), primary_key=True),
    # Counted from 1, oldest first.
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Text),
    Column("replaced_at", String(32), nullable=False),
    # zlib-compressed JSON: the document's description, pages and chunks (from before these were kept, a list of [number, text]).
    Column("pages", LargeBinary, nullable=False),
)

# Every file that was seen, with what became of it: a file that failed has no document.
files = Table(
    "files",
    metadata,
    # As the document is named: the path in its folder; parts of archives are named parent/part.
    Column("name", Text, primary_key=True),
    # The archive or mail that it is a part of.
    Column("parent", Text),
    Column("document_id", String(32), nullable=False),
    Column("path", Text, nullable=False),
    # Fingerprint of what was taken in last, whole; none if it never was.
    Column("version", String(64)),
    # [kind, problem, remedy, when] of the last attempt, if it failed.
    Column("failure", JSON(none_as_null=True)),
    Index("ix_files_parent", "parent"),
    Index("ix_files_document", "document_id"),
)

# What the derived indexes were built with, and chunks that must still be taken out of them.
index_state = Table(
    "index_state",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

tombstones = Table("tombstones", metadata, Column("chunk_id", String(20), primary_key=True))

# What officers corrected of a document's description: columns of its row, and what ingest had found there.
document_corrections = Table(
    "document_corrections",
    metadata,
    Column("document_id", String(32), primary_key=True),
    Column("field", String(20), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("found", JSON, nullable=False),
    Column("corrected_by", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(10), nullable=False),
    Column("content", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("feedback_id", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", String(32), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
)
