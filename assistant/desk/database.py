"""The desk's door to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from assistant.desk import schema
from assistant.index.database import open_engine


class DeskDatabase:
    """Transactions over the desk's tables.

    It has connections of its own: the store forgets what it knows of documents whenever its own connections commit, and no
    heartbeat of an officer should cost a search that.

    Args:
        url: the SQLAlchemy URL of the store.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _overwrite_deleted)
        schema.metadata.create_all(self._engine)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; all of it happens or nothing."""
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from."""
        with self._engine.connect() as connection:
            yield connection

    def forget_deleted(self) -> None:
        """Take what was deleted out of the journal too, as far as others' reading allows."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _overwrite_deleted(connection: Any, _: object) -> None:
    # Otherwise the words of a deleted row stay readable in the file until the space is needed again.
    connection.execute("PRAGMA secure_delete=ON")
