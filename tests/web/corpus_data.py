"""The whole of ``corpus/`` as it was taken in, for servers that write to a copy of their own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.index.embedder import Embedder
from assistant.settings import Settings


@dataclass(frozen=True)
class CorpusData:
    """A data folder that nobody may write to, and the embedder it was filled with."""

    folder: Path
    embedder: Embedder

    def copy_to(self, folder: Path) -> Path:
        """Copy the data into ``folder`` and return it."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder


class SettingsOnADay(Settings):
    """The day on which the sample events are still ahead."""

    def today(self) -> date:
        return date(2026, 11, 22)
