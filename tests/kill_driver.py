"""Takes folders in and says what it acknowledged; made to be killed.

Loads the libraries once; for each line ``DATA<tab>FOLDER`` on its input it forks a process that ingests, prints that process's id and
what it acknowledges, and ``ended`` when it is gone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import chromadb  # noqa: F401 - loaded before the first fork
import tantivy  # noqa: F401
from hashing_embedder import HashingEmbedder

from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.text.morphemes import forms
from assistant.workspace import Workspace


def _say(text: str) -> None:
    # One write a line: a kill never leaves half of one.
    os.write(1, f"{text}\n".encode())


def _ingest(data: Path, folder: Path) -> None:
    _say(f"pid {os.getpid()}")
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace, workspace.writing():
        workspace.indexer.repair()
        for step in workspace.pipeline.ingest([folder], IngestReport()):
            _say(f"ack {step.name}")


def main() -> None:
    forms("한국어 사전을 미리 읽습니다")
    for line in sys.stdin:
        data, folder = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                _ingest(Path(data), Path(folder))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        _say("ended")


if __name__ == "__main__":
    main()
