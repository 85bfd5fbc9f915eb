"""Recognises an ingest that has nothing to do before anything heavy is imported.

Most of such an ingest would be the start of the store, the indexes and the loaders.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.index.disk_state import disk_state

_PACKAGE = Path(__file__).parent.parent


class IngestReceipt:
    """What one ingest is about to read, to be compared with what the last one that took everything in has read.

    A receipt holds while the same paths hold the same files, the settings and the package's own files are the same, and the data
    folder is as that ingest left it. If any of this has changed the pipeline looks at every file, as without a receipt. A file is
    the same by its size and by its times, among them the time of its last change that only the system sets.

    The files are looked at when the object is made: what changes while the ingest runs is found by the next one.

    Args:
        data_dir: the data folder; its own files are not read when it lies within ``paths``.
        paths: files and folders to take in.
        settings: a text that changes with the settings.
    """

    def __init__(self, data_dir: Path, paths: Sequence[Path], settings: str) -> None:
        self._data_dir = data_dir
        self._file = data_dir / "receipt.json"
        self._inputs = _inputs(paths, data_dir, settings)

    def unchanged(self) -> int | None:
        """How many documents the last ingest of the same files took in or found stored; ``None`` if there may be work to do."""
        try:
            receipt = json.loads(self._file.read_text(encoding="utf-8"))
            same = self._inputs is not None and receipt["inputs"] == self._inputs
            documents = int(receipt["documents"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return documents if same and receipt["state"] == disk_state(self._data_dir) else None

    def keep(self, documents: int) -> None:
        """Remember that this ingest has ended, that nothing failed, and how many documents its files hold."""
        state = disk_state(self._data_dir)
        if self._inputs is not None and state is not None:
            receipt = {"inputs": self._inputs, "state": state, "documents": documents}
            partial = self._file.with_suffix(f".{os.getpid()}.part")
            # Without a receipt the next ingest takes a second longer, no more.
            with suppress(OSError):
                partial.write_text(json.dumps(receipt), encoding="utf-8")
                partial.replace(self._file)


def _inputs(paths: Sequence[Path], data_dir: Path, settings: str) -> str | None:
    """A digest of everything that what is stored depends on, or ``None`` if some of it cannot be looked at."""
    digest = hashlib.sha256(settings.encode())
    try:
        for path in _files(paths, data_dir):
            found = path.stat()
            digest.update(repr((str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns)).encode())
    except OSError:
        return None
    return digest.hexdigest()


def _files(paths: Sequence[Path], data_dir: Path) -> Iterator[Path]:
    yield from _below(_PACKAGE, skipped=_PACKAGE / "static")
    # The operator's terms may have a say in what is read out of a document.
    yield from sorted(data_dir.glob("*.csv"))
    for path in paths:
        yield from _read_for(path.resolve(), data_dir)


def _read_for(path: Path, data_dir: Path) -> Iterator[Path]:
    """The files that may be read when ``path`` is taken in."""
    if path.is_dir():
        yield from _below(path, skipped=data_dir)
        return
    from assistant.ingest.manifest import MANIFEST_NAME

    yield path
    if (manifest := path.parent / MANIFEST_NAME).is_file():
        yield manifest


def _below(folder: Path, skipped: Path) -> Iterator[Path]:
    """Every file under a folder in a fixed order, without ``skipped`` and what Python keeps of compiled modules."""
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        here = Path(parent)
        folders[:] = sorted(
            name for name in folders if name != "__pycache__" and (here / name).resolve() != skipped.resolve()
        )
        yield from (here / name for name in sorted(names) if (here / name).is_file())


def _refuse(error: OSError) -> None:
    raise error
