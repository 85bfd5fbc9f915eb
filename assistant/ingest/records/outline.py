"""A document as its readers of records see it: lines in order, each with its section, its label and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.types import Block, BlockKind, Chunk, Document, Evidence, Page

# "□ 신청 기간: …", "1회차: …", "ㅇ (규모) …", "Deadline: …": a short label before what it labels.
_LABELLED = re.compile(
    r"^(?:[□■◆◇○●◦•ㅇ▪▶·*※-]|\d{1,2}[.)]|[①-⑳]|[가-하][.)])?\s*"
    r"(?:\((?P<inner>[^():]{1,20})\)\s*|(?P<label>(?:[^:：\d|]|제?\d{1,2}\s?(?:회차|차시|일차|차|회|강|기))[^:：|]{0,39}?)\s*[:：]\s+)(?P<value>\S.*)$",
    re.DOTALL,
)
_CELL = " | "
_ROWS = (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Entry:
    """A block of the document. ``label`` and ``value`` are set for "label: value" lines and for rows of two-column tables.

    ``cells`` are a table row's cells and ``header`` those of its table's first row; ``section`` is the heading path, outermost first.
    """

    text: str
    kind: BlockKind
    level: int
    page: int
    start: int
    end: int
    chunk_id: str
    section: tuple[str, ...]
    label: str | None = None
    value: str | None = None
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    def evidence(self, field: str) -> Evidence:
        """This entry as the proof of a record's field."""
        return Evidence(field, self.chunk_id, self.section, self.page, self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Outline:
    """A stored document and its entries in reading order."""

    document: Document
    entries: tuple[Entry, ...]


def outline_of(document: Document, pages: Sequence[Page], blocks: Sequence[Block], chunks: Sequence[Chunk]) -> Outline:
    """The outline of a document that was just structured and chunked, in reading order.

    A heading belongs to the chunk below it; a block that was split over chunks, to its first.
    """
    chunk_at = {(span.page, span.start): chunk for chunk in chunks for span in chunk.spans}
    texts = {page.number: page.text for page in pages}
    entries: list[Entry] = []
    below: Chunk | None = chunks[-1] if chunks else None
    for block in reversed(blocks):
        below = chunk_at.get((block.page, block.start), below)
        text = texts[block.page][block.start : block.end]
        cells = tuple(cell.strip() for cell in text.split(_CELL)) if block.kind in _ROWS else ()
        label, value = _labelled(text, block.kind, cells)
        chunk_id, section = (below.chunk_id, below.section) if below else ("", ())
        entries.append(
            Entry(
                text,
                block.kind,
                block.level,
                block.page,
                block.start,
                block.end,
                chunk_id,
                section,
                label,
                value,
                cells,
            )
        )
    return Outline(document, tuple(_with_headers(entries[::-1])))


def _with_headers(entries: Sequence[Entry]) -> Iterator[Entry]:
    header: tuple[str, ...] = ()
    for entry in entries:
        if entry.kind is BlockKind.TABLE_HEADER:
            header = entry.cells
        elif entry.kind is not BlockKind.TABLE_ROW:
            header = ()
        yield replace(entry, header=header) if header else entry


def _labelled(text: str, kind: BlockKind, cells: tuple[str, ...]) -> tuple[str | None, str | None]:
    if len(cells) == 2:
        return cells
    match = None if cells or kind is BlockKind.HEADING else _LABELLED.match(text)
    return ((match["label"] or match["inner"]).strip(), match["value"]) if match else (None, None)
