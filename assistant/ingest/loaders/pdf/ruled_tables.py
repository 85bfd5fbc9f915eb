"""Tables in PDFs by their ruling lines: lines drawn on the page make cells, and the words inside them rows.

A PDF has no tables, only strokes and words. Strokes are snapped to common positions; where they cross are corners; the
smallest boxes between corners are cells; cells that share corners are a table. Pure geometry, no PDF library.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean

from assistant.ingest.loaders.grid import Grid, is_frame
from assistant.ingest.loaders.pdf.words import Word, assemble_row, joined_words
from assistant.types import Box, Line, LineKind

_SNAP = 3.0  # points within which strokes are taken for one line, and within which it must reach another
_MAX_LINES = 400  # different positions of strokes on a page; more than that is a drawing
_MIN_CELL = 4.0
_INNER = 10.0
_LOST_ROWS = 3  # fewer rows with an overfull cell are the columns of a page
_MAX_CELL_CHARS = 1_500  # a "cell" with more text is a column of a page


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight horizontal or vertical stroke: where it lies, and from where to where it reaches, in points."""

    position: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A box between ruling lines."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the word's middle is in the box."""
        across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom


@dataclass(slots=True)
class RuledTable:
    """The cells of one table, and for each the words in it by physical line."""

    cells: list[Cell]
    words: dict[Cell, list[list[Word]]] = field(default_factory=dict)

    def cell_of(self, word: Word) -> Cell | None:
        """The cell that the word stands in."""
        return next((cell for cell in self.cells if cell.holds(word)), None)

    def is_table(self) -> bool:
        """Whether it holds rows of cells side by side, not one framed text or the columns of a page."""
        rows = _positions(cell.top for cell in self.cells)
        filled = ((_index(rows, cell.top), 1, bool(self.words.get(cell))) for cell in self.cells)
        return not is_frame(filled) and self._longest() <= _MAX_CELL_CHARS

    def is_lost(self) -> bool:
        """Whether it has a table's rows and columns and yet is none by ``is_table``: a cell holds too much text."""
        rows = Counter(round(cell.top) for cell in self.cells if self.words.get(cell))
        return sum(count > 1 for count in rows.values()) >= _LOST_ROWS and not self.is_table()

    def _longest(self) -> int:
        texts = (sum(len(word.text) for line in lines for word in line) for lines in self.words.values())
        return max(texts, default=0)

    def lines(self, subject: str) -> Iterator[Line]:
        """One line a row, with the boxes of its words; a merged cell's words are boxed wherever it is repeated."""
        lefts = _positions(edge for cell in self.cells for edge in (cell.left, cell.right))
        tops = _positions(edge for cell in self.cells for edge in (cell.top, cell.bottom))
        grid = Grid(subject)
        for _ in tops[:-1]:
            grid.add_row()
        boxes: list[tuple[Box, ...]] = [()]
        for cell in sorted(self.cells, key=lambda cell: (cell.top, cell.left)):
            row, column = _index(tops, cell.top), _index(lefts, cell.left)
            text, text_boxes = joined_words(self.words.get(cell, []))
            rows, columns = _index(tops, cell.bottom) - row, _index(lefts, cell.right) - column
            grid.add_cell(row, text, column=column, rows=rows, columns=columns)
            boxes.append(text_boxes)
        for grid_row in grid.rows():
            yield assemble_row(
                [(text, boxes[origin]) for origin, text in grid_row.cells],
                LineKind.TABLE_HEADER if grid_row.header else LineKind.TABLE_ROW,
            )


def ruled_tables(horizontal: Sequence[Stroke], vertical: Sequence[Stroke]) -> list[RuledTable]:
    """The tables that strokes draw on a page, top to bottom; sides that are left open are closed where rows show them."""
    if len(horizontal) < 2 or not vertical:
        return []
    across = _merged(horizontal)
    down = _merged(vertical)
    if len(across) < 2 or not 1 <= len(down) <= _MAX_LINES or len(across) > _MAX_LINES:
        return []
    down = _merged([*_strokes(down), *_open_sides(across, down)])
    tables = [RuledTable(cells) for cells in _connected(_cells(across, down)) if len(cells) > 1]
    return sorted(tables, key=lambda table: min((cell.top, cell.left) for cell in table.cells))


_Lines = dict[float, list[tuple[float, float]]]  # what each line covers, by its position


def _merged(strokes: Iterable[Stroke]) -> _Lines:
    """Strokes at nearly the same position as one line, touching ones as one piece of it."""
    ordered = sorted(strokes, key=lambda stroke: stroke.position)
    groups: list[list[Stroke]] = []
    for stroke in ordered:
        if groups and stroke.position - groups[-1][0].position <= _SNAP:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    lines: _Lines = {}
    for group in groups:
        pieces: list[tuple[float, float]] = []
        for start, end in sorted((stroke.start, stroke.end) for stroke in group):
            if pieces and start <= pieces[-1][1] + _SNAP:
                pieces[-1] = pieces[-1][0], max(pieces[-1][1], end)
            else:
                pieces.append((start, end))
        lines[mean(stroke.position for stroke in group)] = pieces
    return lines


def _strokes(lines: _Lines) -> Iterator[Stroke]:
    return (Stroke(position, start, end) for position, pieces in lines.items() for start, end in pieces)


def _covers(pieces: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    return any(first <= start + _SNAP and last >= end - _SNAP for first, last in pieces)


def _open_sides(across: _Lines, down: _Lines) -> Iterator[Stroke]:
    """The missing left and right sides of rows: two lines of the same reach that an inner vertical line joins."""
    by_reach: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
    for position, pieces in across.items():
        for start, end in pieces:
            by_reach[round(start / _SNAP), round(end / _SNAP)].append((position, start, end))
    for group in by_reach.values():
        group.sort()
        for (top, start, end), (bottom, _, _) in itertools.pairwise(group):
            inner = any(
                start + _INNER < position < end - _INNER and _covers(pieces, top, bottom)
                for position, pieces in down.items()
            )
            for side in (start, end) if inner else ():
                if not any(abs(p - side) <= _SNAP and _covers(pieces, top, bottom) for p, pieces in down.items()):
                    yield Stroke(side, top, bottom)


def _cells(across: _Lines, down: _Lines) -> list[Cell]:
    """The smallest boxes whose four sides are covered and whose corners are crossings."""
    rows, columns = sorted(across), sorted(down)
    crossing = {
        (top, left)
        for top in rows
        for left in columns
        if _covers(across[top], left, left) and _covers(down[left], top, top)
    }
    found: list[Cell] = []
    for row, top in enumerate(rows):
        for column, left in enumerate(columns):
            if (top, left) in crossing:
                cell = _smallest(across, down, crossing, rows[row:], columns[column:])
                if cell is not None:
                    found.append(cell)
    return found


def _smallest(
    across: _Lines, down: _Lines, crossing: set[tuple[float, float]], rows: Sequence[float], columns: Sequence[float]
) -> Cell | None:
    top, left = rows[0], columns[0]
    for bottom in rows[1:]:
        if not _covers(down[left], top, bottom):
            return None
        if (bottom, left) not in crossing or bottom - top < _MIN_CELL:
            continue
        for right in columns[1:]:
            if not _covers(across[top], left, right):
                break
            if (
                right - left >= _MIN_CELL
                and {(top, right), (bottom, right)} <= crossing
                and _covers(down[right], top, bottom)
                and _covers(across[bottom], left, right)
            ):
                return Cell(left, top, right, bottom)
    return None


def _connected(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that share a corner, directly or through others, together."""
    by_corner: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for corner in (
            (cell.left, cell.top),
            (cell.right, cell.top),
            (cell.left, cell.bottom),
            (cell.right, cell.bottom),
        ):
            by_corner[corner].append(number)
    neighbours: dict[int, set[int]] = defaultdict(set)
    for numbers in by_corner.values():
        for number in numbers:
            neighbours[number].update(numbers)
    groups: list[list[Cell]] = []
    seen: set[int] = set()
    for first in range(len(cells)):
        todo = [] if first in seen else [first]
        group: list[Cell] = []
        while todo:
            number = todo.pop()
            if number not in seen:
                seen.add(number)
                group.append(cells[number])
                todo.extend(neighbours[number] - seen)
        if group:
            groups.append(group)
    return groups


def _positions(values: Iterable[float]) -> list[float]:
    return sorted(set(values))


def _index(positions: Sequence[float], value: float) -> int:
    return bisect_left(positions, value)
