"""A page of a PDF as its physical lines of words, and the ruled tables among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.ingest.loaders.pdf.ruled_tables import Cell, RuledTable
from assistant.ingest.loaders.pdf.words import Word
from assistant.ingest.loaders.repair import UNIT
from assistant.text.normalize import normalize_text

_UNIT = re.compile(UNIT)
_NARROW_GAP_RATIO = 0.6  # of the font size; wider than this is two columns, not one number


@dataclass(slots=True)
class PdfLine:
    """A physical line of words, or a whole table at its place."""

    words: list[Word] = field(default_factory=list)
    size: float = 0.0
    table: RuledTable | None = None

    def gaps(self) -> Iterator[tuple[int, float]]:
        """Index of each word but the first, with the blank before it in points."""
        for index in range(1, len(self.words)):
            yield index, self.words[index].left - self.words[index - 1].right


@dataclass(slots=True)
class PdfPage:
    """A page as it was read, sizes in points; ``is_picture`` says that its text is missing or is not text."""

    lines: list[PdfLine]
    width: float
    height: float
    is_picture: bool = False
    ocr_confidence: float | None = None
    lost_tables: int = 0


def with_tables(lines: list[PdfLine], tables: Sequence[RuledTable]) -> list[PdfLine]:
    """Move the words inside ruled tables into them; each table stands where its first word stood."""
    if not tables:
        return lines
    inside: dict[int, tuple[RuledTable, Cell]] = {}  # by the word's identity
    for word in (word for line in lines for word in line.words):
        for table in tables:
            if (cell := table.cell_of(word)) is not None:
                inside[id(word)] = table, cell
                break
    for line in lines:
        for cell_words in _by_cell(line, inside):
            table, cell = inside[id(cell_words[0])]
            table.words.setdefault(cell, []).append(cell_words)
    real = {id(table) for table in tables if table.is_table()}
    result: list[PdfLine] = []
    placed: set[int] = set()
    for line in lines:
        here = [inside[id(word)][0] for word in line.words if id(word) in inside and id(inside[id(word)][0]) in real]
        for table in here:
            if id(table) not in placed:
                placed.add(id(table))
                result.append(PdfLine(table=table))
        rest = [w for w in line.words if not (id(w) in inside and id(inside[id(w)][0]) in real)]
        if rest or not line.words:
            result.append(PdfLine(rest, line.size))
    return result


def _by_cell(line: PdfLine, inside: dict[int, tuple[RuledTable, Cell]]) -> list[list[Word]]:
    """The line's words that stand in cells, together by cell."""
    groups: dict[int, list[Word]] = {}
    for word in line.words:
        if id(word) in inside:
            groups.setdefault(id(inside[id(word)][1]), []).append(word)
    return list(groups.values())


def joined_units(line: PdfLine) -> list[Word]:
    """The line's words, with a number and its unit as one word where only a font change split them."""
    words: list[Word] = []
    for word in line.words:
        last = words[-1] if words else None
        near = last is not None and -1 <= word.left - last.right < _NARROW_GAP_RATIO * line.size
        if last is not None and near and last.text[-1].isdigit() and _UNIT.match(word.text):
            words[-1] = Word(
                normalize_text(last.text + word.text),
                last.left,
                min(last.top, word.top),
                word.right,
                max(last.bottom, word.bottom),
            )
        else:
            words.append(word)
    return words
