"""The termbase in effect: the operator's file if there is one, else the bundled one; a change is seen without a restart."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.text.term_check import TermRow, read_rows, write_rows
from assistant.text.termbase import Termbase, TermMatch

TERMBASE_NAME = "termbase.csv"
"""The operator's termbase in the data folder."""
_LOG = logging.getLogger(__name__)
_Stamp = tuple[int, int] | None


class TermbaseFile:
    """A termbase that follows its file.

    A query looks at most once in ``check_seconds`` whether the file's time or size has changed, which costs microseconds. A changed file
    is read in a thread of its own while queries go on with the old entries; one that cannot be read is logged and not used.

    Args:
        path: the operator's CSV, which need not exist.
        check_seconds: how long to trust that nothing has changed.

    Raises:
        ConfigurationError: the file is there and broken; only then is there nothing older to go on with.
    """

    def __init__(self, path: Path, check_seconds: float = 1.0) -> None:
        self._path = path
        self._check_seconds = check_seconds
        self._lock = threading.Lock()
        self._stamp = self._stamp_now()
        self._termbase = self._load(self._stamp)
        self._checked = time.monotonic()

    @property
    def path(self) -> Path:
        """Where the operator's file is, or would be."""
        return self._path

    def current(self) -> Termbase:
        """The termbase in effect; notices a change, and does not wait for it to be read."""
        now = time.monotonic()
        if now - self._checked >= self._check_seconds:
            self._checked = now
            if self._stamp_now() != self._stamp:
                threading.Thread(target=self.refresh, name="termbase", daemon=True).start()
        return self._termbase

    def find(self, text: str) -> list[TermMatch]:
        """Terms in ``text`` by the termbase in effect; see ``Termbase.find``."""
        return self.current().find(text)

    def refresh(self) -> bool:
        """Read the file again if it has changed; whether other entries are in effect now."""
        with self._lock:
            stamp = self._stamp_now()
            if stamp == self._stamp:
                return False
            # Set first: a file that is broken is told of once, not with every query.
            self._stamp = stamp
            try:
                self._termbase = self._load(stamp).prepare()
            except ConfigurationError as error:
                _LOG.error("the changed termbase is not used, the one before it stays: %s", error)
                return False
            _LOG.info("termbase read again: %d entries of %s", len(self._termbase.terms), self._path)
            return True

    def _load(self, stamp: _Stamp) -> Termbase:
        return Termbase.load(self._path if stamp else None)

    def _stamp_now(self) -> _Stamp:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size


def rows_in_effect(path: Path) -> list[TermRow]:
    """The rows of the operator's file at ``path`` if it exists, else the bundled ones.

    Raises:
        ConfigurationError: the file cannot be read as a termbase.
    """
    try:
        content, name = path.read_bytes(), str(path)
    except FileNotFoundError:
        content, name = (files("assistant.text") / "data" / "termbase.csv").read_bytes(), "termbase.csv"
    except OSError as error:
        raise ConfigurationError(str(path), f"it cannot be read ({error.strerror})", "Check the path") from error
    return read_rows(content, name)


def save_rows(path: Path, rows: Iterable[TermRow]) -> None:
    """Write the CSV of ``rows`` to ``path``, whole or not at all: a reader sees the old file or the new one.

    Raises:
        ConfigurationError: it cannot be written.
    """
    content = write_rows(rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # A temporary file is for its owner alone; this one is for the group that edits it, as any new file.
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise ConfigurationError(str(path), f"it cannot be written ({error.strerror})", "Check the path") from error
