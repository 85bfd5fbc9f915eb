"""Structured facts from a document: events, programs, tenders, tasks, and what the document says of earlier notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingest.records.outline import outline_of
from assistant.types import Amendment, Block, Chunk, Document, Page, Record


@dataclass(frozen=True, slots=True)
class Extraction:
    """The records of one document in reading order, and what it amends."""

    records: tuple[Record, ...]
    amendments: tuple[Amendment, ...]


class RecordExtractor:
    """Read records by rules, each field with the place it stands at."""

    def extract(
        self, document: Document, pages: Sequence[Page], blocks: Sequence[Block], chunks: Sequence[Chunk]
    ) -> Extraction:
        """The records of a document that was just structured and chunked."""
        outline = outline_of(document, pages, blocks, chunks)
        return Extraction((), ())
