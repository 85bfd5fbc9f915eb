"""The tables of a document: rows with their heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assistant.ingest.records.outline import Entry, Outline
from assistant.types import BlockKind

_TABLE = (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the entry and the cells of its first row, and the rows below."""

    head: Entry
    rows: tuple[Entry, ...]


def tables_of(outline: Outline) -> Iterator[Table]:
    """The tables in reading order. The first row counts as the head where the file does not say which one is."""
    for is_table, group in groupby(outline.entries, key=lambda entry: entry.kind in _TABLE):
        if not is_table:
            continue
        head: Entry | None = None
        rows: list[Entry] = []
        for entry in group:
            starts = head is None or (entry.kind is BlockKind.TABLE_HEADER and entry.cells != head.cells)
            if starts or (
                head is not None and len(entry.cells) != len(head.cells) and len(entry.cells) > 2 and not rows
            ):
                if head is not None and rows:
                    yield Table(head, tuple(rows))
                head, rows = entry, []
            elif head is not None and entry.cells != head.cells:
                rows.append(entry)
        if head is not None and rows:
            yield Table(head, tuple(rows))
