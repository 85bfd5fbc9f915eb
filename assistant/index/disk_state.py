"""What a data folder holds, told from its files: no index is opened, and nothing heavy is imported."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE_NAME = "annae.sqlite3"
_QUESTIONS = (
    "SELECT document_id, version FROM documents ORDER BY document_id",
    "SELECT key, value FROM index_state ORDER BY key",
)
# What a started but unfinished change leaves; "settled" is Indexer's word for the same in the derived indexes.
_UNFINISHED = (
    "SELECT 1 FROM documents WHERE NOT indexed",
    "SELECT 1 FROM tombstones",
    "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM index_state WHERE key = 'settled' AND value = 'yes')",
)


def disk_state(data_dir: Path) -> str | None:
    """A digest of which versions of which documents are stored and of what the indexes were built with.

    Returns:
        ``None`` if there is no such folder, if it is not SQLite's, or if something in it is missing or unfinished.
    """
    segments = sorted((data_dir / "lexical").glob("*/meta.json"))
    if not segments or not (data_dir / "vectors" / "chroma.sqlite3").is_file():
        return None
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{(data_dir / DATABASE_NAME).resolve().as_uri()}?mode=ro", uri=True)) as database:
            if any(database.execute(question).fetchone() for question in _UNFINISHED):
                return None
            for question in _QUESTIONS:
                for row in database.execute(question):
                    digest.update(repr(row).encode())
        for path in segments:
            digest.update(path.read_bytes())
    except (sqlite3.Error, OSError):
        return None
    return digest.hexdigest()
