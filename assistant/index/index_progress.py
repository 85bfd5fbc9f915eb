"""How far the derived indexes are behind the store."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, delete, insert, select, update

from assistant.index import schema
from assistant.index.database import MAX_PARAMETERS
from assistant.index.document_rows import DOCUMENTS, load_document
from assistant.types import Document


class IndexProgress:
    """What the derived indexes must still take in and drop, and facts about them by key."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unindexed_documents(self) -> list[Document]:
        """Documents whose chunks are not known to be in the derived indexes."""
        with self._engine.connect() as connection:
            rows = connection.execute(DOCUMENTS.where(schema.documents.c.indexed.is_(False))).all()
        return [load_document(row) for row in rows]

    def mark_indexed(self, document_ids: Sequence[str], buried: Sequence[str]) -> None:
        """Record that the derived indexes hold these documents and no longer hold the ``buried`` chunks."""
        with self._engine.begin() as connection:
            for document_id in document_ids:
                connection.execute(
                    update(schema.documents).where(schema.documents.c.document_id == document_id).values(indexed=True)
                )
            exhume(connection, buried)

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


def bury(connection: Connection, document_id: str) -> None:
    """Leave tombstones for a document's chunks, which are about to be deleted."""
    doomed = select(schema.chunks.c.chunk_id).where(schema.chunks.c.document_id == document_id)
    buried = select(schema.tombstones.c.chunk_id)
    connection.execute(
        insert(schema.tombstones).from_select(["chunk_id"], doomed.where(schema.chunks.c.chunk_id.not_in(buried)))
    )


def exhume(connection: Connection, chunk_ids: Sequence[str]) -> None:
    """Take tombstones away."""
    for start in range(0, len(chunk_ids), MAX_PARAMETERS):
        ids = chunk_ids[start : start + MAX_PARAMETERS]
        connection.execute(delete(schema.tombstones).where(schema.tombstones.c.chunk_id.in_(ids)))
