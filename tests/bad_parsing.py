"""Chunkers that fail as parsers of hostile files do: they hang, crash, eat memory, or stumble."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Mapping

from assistant.ingest.chunking import Chunker
from assistant.ingest.structure import StructuredDocument
from assistant.types import Chunk


def _hang() -> None:
    while True:
        time.sleep(1)


def _crash() -> None:
    ctypes.string_at(0)


def _eat() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))


def _stumble() -> None:
    raise ZeroDivisionError("by accident")


_FAULTS: Mapping[str, Callable[[], None]] = {"hang": _hang, "crash": _crash, "eat": _eat, "stumble": _stumble}


class FaultyChunker(Chunker):
    """A chunker that does what a document's text says: one that holds the word ``hang`` hangs."""

    def split(self, document_id: str, title: str, document: StructuredDocument) -> list[Chunk]:
        text = document.pages[0].text
        for word, fault in _FAULTS.items():
            if word in text:
                fault()
        return super().split(document_id, title, document)
