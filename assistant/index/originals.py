"""The files as they were taken in, by the SHA-256 of their bytes."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path


class Originals:
    """A folder of files under their digests.

    Args:
        folder: made when the first file is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        """Where the file with this SHA-256 is kept."""
        return self._folder / digest[:2] / digest

    def keep(self, digest: str, content: bytes) -> None:
        """Keep a file under its digest; a crash leaves it whole or absent."""
        path = self.path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    def drop(self, digest: str) -> None:
        """Delete a kept file, if it is there."""
        self.path(digest).unlink(missing_ok=True)

    def drop_all_but(self, digests: Collection[str]) -> None:
        """Delete every other file, half-written ones too."""
        for path in self._folder.glob("*/*"):
            if path.name not in digests:
                path.unlink(missing_ok=True)
