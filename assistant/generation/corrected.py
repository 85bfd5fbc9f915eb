"""Lines that a later notice corrects are told from that notice, and not from the paper that it corrects.

Records know of the deadline or the days that a notice moves. A notice often corrects more than that, row by row
("질의 접수 마감 | 당초 | 정정").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.generation.quoting.clauses import CELL
from assistant.types import Chunk, Document, Record, ScoredChunk

_OLD = re.compile(
    r"당초|변경\s?전|정정\s?전|기존|종전|\b(?:old|before|original(?:ly)?|previous(?:ly)?|was)\b", re.IGNORECASE
)
_NEW = re.compile(r"변경(?!\s?전)|정정(?!\s?전)|\b(?:new|after|now|corrected|revised|changed|amended)\b", re.IGNORECASE)
_MIN_LABEL, _MIN_VALUE = 2, 4


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a notice's table: what it corrects, and the value that no longer holds."""

    label: str
    old: str
    chunk: Chunk

    def corrects(self, line: str) -> bool:
        """Whether a line gives the old value of the same thing."""
        squeezed = _squeezed(line)
        return self.label in squeezed and self.old in squeezed


def without_corrected(
    hits: Sequence[ScoredChunk],
    records: Sequence[Record],
    documents: dict[str, Document],
    chunks: Callable[[str], Sequence[Chunk]],
) -> list[ScoredChunk]:
    """The hits without the lines that a notice corrects, best first as given, each followed by the notice's own passage if that was not
    found.

    Args:
        hits: best first.
        records: as later notices leave them; their changes tell which paper corrects which.
        documents: by id.
        chunks: the chunks of a document, by its id.
    """
    notices: dict[str, set[str]] = {}
    for record in records:
        for change in record.changes:
            notices.setdefault(record.document_id, set()).add(change.document_id)
    found = {hit.chunk.chunk_id for hit in hits}
    kept: list[ScoredChunk] = []
    for hit in hits:
        own = sorted(notices.get(hit.document.document_id, ()))
        rows = [row for notice in own if notice in documents for row in _rows(chunks(notice))]
        rest, corrected = _parted(hit, rows)
        if rest is not None:
            kept.append(rest)
        for row in corrected:
            if row.chunk.chunk_id not in found:
                found.add(row.chunk.chunk_id)
                kept.append(replace(hit, chunk=row.chunk, document=documents[row.chunk.document_id]))
    return kept


def _parted(hit: ScoredChunk, rows: Sequence[_Row]) -> tuple[ScoredChunk | None, list[_Row]]:
    """What is left of a hit (``None``: nothing), and the rows that correct the rest."""
    chunk = hit.chunk
    lines = list(zip(chunk.text.split("\n"), chunk.spans, strict=True))
    corrected = [row for row in rows if any(row.corrects(line) for line, _ in lines)]
    if not corrected:
        return hit, []
    left = [(line, span) for line, span in lines if not any(row.corrects(line) for row in corrected)]
    if not left:
        return None, corrected
    text, spans = "\n".join(line for line, _ in left), tuple(span for _, span in left)
    return replace(hit, chunk=replace(chunk, text=text, spans=spans)), corrected


def _rows(chunks: Sequence[Chunk]) -> Iterator[_Row]:
    for chunk in chunks:
        place: int | None = None
        for line in chunk.text.split("\n"):
            if CELL not in line:
                place = None
                continue
            cells = [cell.strip() for cell in line.split(CELL)]
            if is_before_and_after(line):
                place = next(n for n, cell in enumerate(cells) if n and _OLD.search(cell))
            elif place is not None and place < len(cells):
                row = _Row(_squeezed(cells[0]), _squeezed(cells[place]), chunk)
                if len(row.label) >= _MIN_LABEL and len(row.old) >= _MIN_VALUE:
                    yield row


def is_before_and_after(header: str) -> bool:
    """Whether a table's header has a column for what was and one for what is now (당초, 정정)."""
    cells = header.split(CELL)[1:]
    old = [bool(_OLD.search(cell)) for cell in cells]
    return any(old) and any(not was and _NEW.search(cell) for was, cell in zip(old, cells, strict=True))


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
