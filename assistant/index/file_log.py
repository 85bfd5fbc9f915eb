"""Every file that was seen, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, delete, insert, select, update

from assistant.index import schema
from assistant.types import Failure, FileEntry


class FileLog:
    """The files by name; parts of archives and mails are files too."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[FileEntry]:
        """Every file, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.files).order_by(schema.files.c.name)).all()
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

    def put(self, entry: FileEntry) -> None:
        """Remember what became of a file, in place of what was known of it."""
        with self._engine.begin() as connection:
            put_file(connection, entry)

    def forget(self, names: Sequence[str]) -> None:
        """Forget files that are no longer there; their documents stay."""
        with self._engine.begin() as connection:
            for name in names:
                connection.execute(delete(schema.files).where(schema.files.c.name == name))


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


def forget_file(connection: Connection, document_id: str) -> bool:
    """Forget the file of a document, so that it may come back; whether one was known."""
    table = schema.files
    mine = table.c.document_id == document_id
    parents = [name for name in connection.execute(select(table.c.parent).where(mine)).scalars() if name]
    connection.execute(update(table).where(table.c.name.in_(parents)).values(version=None))
    return connection.execute(delete(table).where(mine)).rowcount > 0
