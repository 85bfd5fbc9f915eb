"""Table rows that only wide gaps between words show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.ingest.loaders.grid import names_columns
from assistant.ingest.loaders.lines import starts_with_marker
from assistant.ingest.loaders.pdf.page import PdfLine
from assistant.ingest.loaders.pdf.words import Word, assemble_row, joined_words
from assistant.types import Line, LineKind

_WIDE_GAP_SPACES = 2.5
_TYPICAL_SPACE_RATIO = 0.3  # of the font size; a blank that pdfium inserts has no width of its own
_COLUMN_TOLERANCE_POINTS = 3.0
_JUSTIFIED_MIN_GAPS = 4
_COLUMN_GAP_RATIO = 1.5  # of the font size; the blanks of justified text stay below
_ROW_LEADING = 0.9  # of the font size; a wider blank between lines ends a cell


@dataclass(slots=True)
class GapRow:
    """A table row that only gaps show: where its columns begin, and the lines that go on with its cells."""

    starts: dict[int, float]
    rest: list[int]


def gap_rows(lines: Sequence[PdfLine]) -> dict[int, GapRow]:
    """The rows among the lines, by the index of their first line.

    Two wide gaps make a row; a single one does if its column begins where the next or the last row's does.
    """
    found: dict[int, GapRow] = {}
    index = 0
    while index < len(lines):
        starts = _column_starts(lines[index])
        rest: list[int] = []
        following = index + 1
        while starts and following < len(lines) and _goes_on(lines, index, following, starts):
            rest.append(following)
            following += 1
        if starts:
            found[index] = GapRow(starts, rest)
        index = following
    for first, row in list(found.items()):
        if len(row.starts) > 1:
            continue
        before = (other for start, other in found.items() if start + len(other.rest) + 1 == first)
        after = found.get(first + len(row.rest) + 1)
        neighbours = [other.starts for other in (*before, after) if other is not None]
        if not _aligned(row.starts, neighbours):
            row.starts = {}
    return {first: row for first, row in found.items() if row.starts}


def row_line(lines: Sequence[PdfLine], index: int, rows: dict[int, GapRow]) -> Line:
    """The row that begins at ``lines[index]``, one of ``rows``."""
    row = rows[index]
    cells: list[list[list[Word]]] = [[]]
    lefts = [lines[index].words[0].left, *row.starts.values()]
    for position, word in enumerate(lines[index].words):
        if position in row.starts:
            cells.append([])
        if not cells[-1]:
            cells[-1].append([])
        cells[-1][-1].append(word)
    for number in row.rest:
        inner = _column_starts(lines[number])
        column = 0
        for position, word in enumerate(lines[number].words):
            if position == 0 or position in inner:
                column = min(range(len(lefts)), key=lambda at: abs(lefts[at] - word.left))
                cells[column].append([])
            cells[column][-1].append(word)
    joined = [joined_words(cell) for cell in cells]
    above = any(start < index <= start + len(other.rest) + 1 for start, other in rows.items())
    header = not above and names_columns(joined[0][0])
    return assemble_row(joined, LineKind.TABLE_HEADER if header else LineKind.TABLE_ROW)


def _column_starts(line: PdfLine) -> dict[int, float]:
    """Index and left edge of each word that stands after a wide gap; an outline marker's own gap does not count."""
    gaps = list(line.gaps())
    if not gaps or not line.size:
        return {}
    limit = _WIDE_GAP_SPACES * _TYPICAL_SPACE_RATIO * line.size
    usual = median(gap for _, gap in gaps)
    if len(gaps) >= _JUSTIFIED_MIN_GAPS and usual < _COLUMN_GAP_RATIO * line.size:
        limit = max(limit, _WIDE_GAP_SPACES * usual)  # a justified line is wide everywhere
    starts = {index: line.words[index].left for index, gap in gaps if gap >= limit}
    if 1 in starts and (len(line.words[0].text) == 1 or starts_with_marker(line.words[0].text + " x")):
        first = line.words[0].text
        if not first[0].isalnum() or starts_with_marker(first + " x"):
            del starts[1]
    return starts


def _goes_on(lines: Sequence[PdfLine], first: int, number: int, starts: dict[int, float]) -> bool:
    """Whether a line holds nothing but the second lines of the row's cells: it begins in none but the later columns."""
    line, previous = lines[number], lines[number - 1]
    if not line.words or not previous.words:
        return False
    gap = line.words[0].top - max(word.bottom for word in previous.words)
    lefts = [line.words[0].left, *_column_starts(line).values()]
    return -line.size < gap < _ROW_LEADING * line.size and all(
        any(abs(left - start) <= _COLUMN_TOLERANCE_POINTS for start in starts.values()) for left in lefts
    )


def _aligned(wide: dict[int, float], neighbours: Sequence[dict[int, float]]) -> bool:
    """Whether a line with one wide gap shares its column with the row before or after."""
    (start,) = wide.values()
    return any(abs(start - other) <= _COLUMN_TOLERANCE_POINTS for columns in neighbours for other in columns.values())
