"""The connection to the SQL store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

MAX_PARAMETERS = 500
"""The most values that one statement names."""

_MAPPED_BYTES = 256 << 20
# Marks a transaction that changes no document.
_TALK = "annae_talk"


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


def talk(engine: Engine) -> Engine:
    """The engine for what people say: writing it leaves documents and records as they are."""
    return engine.execution_options(**{_TALK: True})


def is_talk(connection: Connection) -> bool:
    """Whether a transaction was begun on the engine for what people say."""
    return bool(connection.get_execution_options().get(_TALK))
