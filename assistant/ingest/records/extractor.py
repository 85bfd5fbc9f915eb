"""Structured facts from a document: events, programs, tenders, tasks, and what the document says of earlier notices."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from assistant.ingest.records.amendments import AmendmentReader
from assistant.ingest.records.criteria import with_criteria
from assistant.ingest.records.events import EventReader
from assistant.ingest.records.inline_labels import with_labels_apart
from assistant.ingest.records.outline import Outline, outline_of
from assistant.ingest.records.programs import ProgramReader
from assistant.ingest.records.tasks import TaskReader
from assistant.ingest.records.tenders import TenderReader
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
        apart = with_labels_apart(_titled(outline))
        notice = AmendmentReader().read(apart)
        if notice.records:
            # The paper is about an earlier notice: what else it lists is that notice's, old dates among them.
            return Extraction(tuple(identified(notice.records)), notice.amendments)
        found = with_criteria([*EventReader().read(apart), *TenderReader().read(apart)], outline.entries)
        found += [*ProgramReader().read(outline), *TaskReader().read(outline)]
        return Extraction(tuple(identified(found)), notice.amendments)


def _titled(outline: Outline) -> Outline:
    """The outline with the first line for a title where the document has only its file's name."""
    document, first = outline.document, next(iter(outline.entries), None)
    stem = PurePath(document.source).stem
    if (
        first is None
        or document.title not in (stem, document.source)
        or first.label
        or first.cells
        or len(first.text) > 120
    ):
        return outline
    return replace(outline, document=replace(document, title=first.text))


def identified(records: Sequence[Record]) -> Iterator[Record]:
    """The records with ids that a new ingest of the same document gives again."""
    seen: Counter[tuple[str, str]] = Counter()
    for record in records:
        key = (record.type.value, re.sub(r"\W+", "", record.title).casefold())
        parts = (record.document_id, *key, str(seen[key]))
        seen[key] += 1
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        yield replace(record, record_id=digest[:16])
