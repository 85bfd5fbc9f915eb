"""Tables in PDFs without ruling lines: rows of words with the same blank strips between them, in whatever order the file writes them.

Words that stand on one height are a row, those close together a piece of it. Rows below one another make a table as long as
blank strips run through all of them from top to bottom. Pure geometry; prose, columns of text and lists are told from tables by
what strips and pieces look like, and when in doubt there is no table.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.ingest.loaders.grid import names_columns
from assistant.ingest.loaders.lines import starts_with_marker
from assistant.ingest.loaders.pdf.page import PdfLine
from assistant.ingest.loaders.pdf.ruled_tables import Cell, RuledTable
from assistant.ingest.loaders.pdf.words import Word

# All in sizes of the font.
_SAME_HEIGHT = 0.4
_PIECE_GAP = 0.75  # blanks within a cell stay below, also most of those in justified text
_STRIP = 0.7
_ROW_DISTANCE = 3.6  # from one row's middle to the next; further apart it is another table
_ALIGNED = 0.3
_MIN_ROWS = 3
_MIN_FILLED = 0.65
_MIN_ALIGNED = 0.7
_ROW_JUMP = 1.12  # rows that stand so many times further apart than others begin a cell anew
_LINE_DISTANCE = 1.9
# Letters of a column's usual piece (for prose, sizes of the font); columns of text are longer in all columns, a table's in some.
_SHORT_CHARS = 14
_LABEL_CHARS = 10
_PROSE = 8.5
_FULL = 0.6
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(r"^[-–△▲+]?[\d.,:%~()/\s-]+(?:%p?|원|명|건|개|억|만|조|년|월|일|세)*$")
_LEADERS = re.compile(r"[.·…‥]{4,}")
_MAX_ROWS = 400


@dataclass(slots=True)
class _Piece:
    """Words of a row with no wide blank between them."""

    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class _Row:
    """What stands on one height, from left to right."""

    pieces: list[_Piece]
    size: float

    @property
    def middle(self) -> float:
        return median((word.top + word.bottom) / 2 for piece in self.pieces for word in piece.words)

    @property
    def top(self) -> float:
        return min(word.top for piece in self.pieces for word in piece.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for piece in self.pieces for word in piece.words)


def aligned_tables(lines: Sequence[PdfLine]) -> list[RuledTable]:
    """The tables among a page's lines that nothing but blank strips shows, top to bottom; lines that are tables already are left out."""
    rows = _rows(lines)
    tables: list[RuledTable] = []
    at = 0
    while at < len(rows):
        run = _run(rows, at)
        columns = _columns(run)
        grouped = _grouped(run, columns) if columns else []
        if columns and _is_table(run, grouped, columns):
            tables.append(_table(grouped, columns))
            at += len(run)
        else:
            at += 1
    return tables


def _rows(lines: Sequence[PdfLine]) -> list[_Row]:
    """The words of a page by height, top to bottom."""
    sized = [(word, line.size) for line in lines if line.table is None and line.size for word in line.words]
    sized.sort(key=lambda pair: (pair[0].top + pair[0].bottom) / 2)
    groups: list[list[tuple[Word, float]]] = []
    for word, size in sized:
        middle = (word.top + word.bottom) / 2
        if groups:
            first, other = groups[-1][0]
            if middle - (first.top + first.bottom) / 2 <= _SAME_HEIGHT * min(size, other):
                groups[-1].append((word, size))
                continue
        groups.append([(word, size)])
    return [_row(group) for group in groups]


def _row(group: Sequence[tuple[Word, float]]) -> _Row:
    size = median(size for _, size in group)
    pieces: list[_Piece] = []
    for word, _ in sorted(group, key=lambda pair: pair[0].left):
        if pieces and word.left - pieces[-1].right < _PIECE_GAP * size:
            pieces[-1].words.append(word)
        else:
            pieces.append(_Piece([word]))
    return _Row(pieces, size)


def _run(rows: Sequence[_Row], first: int) -> list[_Row]:
    """The rows from ``first`` on through which as many strips run as through its fullest ones."""
    run = [rows[first]]
    if len(rows[first].pieces) < 2:
        return run
    extents = [(piece.left, piece.right) for piece in rows[first].pieces]
    for row in itertools.islice(rows, first + 1, first + _MAX_ROWS):
        size = run[-1].size
        near = row.middle - run[-1].middle <= _ROW_DISTANCE * size and abs(row.size - size) <= 0.25 * size
        joined = _joined([*extents, *((piece.left, piece.right) for piece in row.pieces)], _STRIP * size)
        if not near or len(joined) < len(extents):
            break
        if len(joined) > len(extents) and len(run) > 2:
            break
        extents = joined
        run.append(row)
    # A lone line below is what follows the table.
    while len(run) > 1 and len(run[-1].pieces) == 1 and not _goes_on(run, extents):
        run.pop()
    return run


def _goes_on(run: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the last row's single piece is of the table: the second line of a later column's cell, or a row whose other cells are empty.

    Such a row is as far from the one above as that is from its own, and no wider than what stands above it.
    """
    *_, above, row = run
    piece = row.pieces[0]
    distance = row.middle - above.middle
    if _column(columns, piece) > 0:
        return distance <= _LINE_DISTANCE * row.size
    before = [other for line in run[:-1] for other in line.pieces if _column(columns, other) == 0]
    is_narrow = bool(before) and piece.right <= max(other.right for other in before) + _ALIGNED * row.size
    return is_narrow and len(run) > 3 and abs(distance - (above.middle - run[-3].middle)) <= 0.1 * row.size


def _joined(extents: Sequence[tuple[float, float]], strip: float) -> list[tuple[float, float]]:
    """Extents with those put together between which there is no strip."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(extents):
        if found and left - found[-1][1] < strip:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _columns(run: Sequence[_Row]) -> list[tuple[float, float]]:
    """From where to where each column reaches; empty where rows or columns are too few for a table."""
    extents = [(piece.left, piece.right) for row in run for piece in row.pieces]
    columns = _joined(extents, _STRIP * median(row.size for row in run))
    filled = sum(len(row.pieces) > 1 for row in run)
    return columns if len(columns) > 1 and filled >= _MIN_ROWS else []


def _column(columns: Sequence[tuple[float, float]], piece: _Piece) -> int:
    return max(0, bisect([left for left, _ in columns], (piece.left + piece.right) / 2) - 1)


# --- Physical lines to rows ---


def _grouped(run: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> list[list[_Row]]:
    """The run's lines by the row of the table that they belong to.

    Lines that stand closer than rows do belong together, unless that would put two figures into a cell. Where all are as far apart,
    a line goes on with the row above if it leaves out the first column and each of its pieces continues a text that filled its own.
    """
    distances = [after.middle - before.middle for before, after in itertools.pairwise(run)]
    for limit in _row_distances(distances):
        groups = [[run[0]]]
        for distance, row in zip(distances, run[1:], strict=True):
            if distance < limit and distance <= _LINE_DISTANCE * row.size:
                groups[-1].append(row)
            else:
                groups.append([row])
        if len(groups) >= _MIN_ROWS and not any(_has_stacked_figures(group, columns) for group in groups):
            return groups
    groups = [[run[0]]]
    for row in run[1:]:
        if _continues(groups[-1], row, columns):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _row_distances(distances: Sequence[float]) -> list[float]:
    """From which distances on lines may be rows of their own, where there are several kinds of distances; the largest first."""
    ordered = sorted(distances, reverse=True)
    return [
        (larger + smaller) / 2
        for larger, smaller in itertools.pairwise(ordered)
        if larger >= _ROW_JUMP * max(smaller, 0.1)
    ]


def _has_stacked_figures(group: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether lines put together have two figures in one column."""
    figures = [_column(columns, piece) for row in group for piece in row.pieces if _NUMBER.match(piece.text)]
    return len(figures) > len(set(figures))


def _continues(group: Sequence[_Row], row: _Row, columns: Sequence[tuple[float, float]]) -> bool:
    if _column(columns, row.pieces[0]) == 0 or row.middle - group[-1].middle > _LINE_DISTANCE * row.size:
        return False
    for piece in row.pieces:
        column = _column(columns, piece)
        above = [p for line in group for p in line.pieces if _column(columns, p) == column]
        if not above or _NUMBER.match(above[-1].text):
            return False
        right = columns[column][1]
        word = piece.words[0]
        if above[-1].right + (word.right - word.left) + 0.2 * row.size < right:
            return False
    return True


# --- Whether it is a table ---


def _is_table(run: Sequence[_Row], grouped: Sequence[Sequence[_Row]], columns: Sequence[tuple[float, float]]) -> bool:
    by_column: list[list[_Piece]] = [[] for _ in columns]
    for row in run:
        for piece in row.pieces:
            by_column[_column(columns, piece)].append(piece)
    places = len(grouped) * len(columns)
    filled = sum(len({_column(columns, piece) for row in group for piece in row.pieces}) for group in grouped)
    if len(grouped) < _MIN_ROWS or filled < _MIN_FILLED * places or not all(by_column):
        return False
    if sum(any(_column(columns, row.pieces[0]) == 0 for row in group) for group in grouped) * 2 < len(grouped):
        return False
    size = median(row.size for row in run)
    if sum(_is_aligned(pieces, size) for pieces in by_column) < len(columns):
        return False
    texts = [[piece.text for piece in pieces] for pieces in by_column]
    if any(_LEADERS.search(text) for column in texts for text in column) or _is_list(texts):
        return False
    usual = [median(len(text) for text in column) for column in texts]
    figures = [sum(bool(_NUMBER.match(text)) for text in column) * 2 >= len(column) - 1 for column in texts]
    if len(columns) == 2:
        labels = usual[0] <= _LABEL_CHARS and usual[1] > usual[0]
        return names_columns(texts[0][0]) or any(figures) or labels
    if not any(figures) and (_is_prose(by_column, columns, size) or not _has_titles(grouped[0], columns)):
        return False
    return min(usual) <= _SHORT_CHARS


def _has_titles(first: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the first row says something short over every column."""
    pieces = [piece for row in first for piece in row.pieces]
    filled = {_column(columns, piece) for piece in pieces}
    return len(filled) == len(columns) and all(len(piece.text) <= _SHORT_CHARS for piece in pieces)


def _is_prose(by_column: Sequence[Sequence[_Piece]], columns: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether every column is filled to its right edge by most of its lines, as a page's columns of text are."""
    full = [
        sum(piece.right - piece.left >= _FULL * (right - left) for piece in pieces) * 2 >= len(pieces)
        for pieces, (left, right) in zip(by_column, columns, strict=True)
    ]
    return (
        all(full) and min(median(piece.right - piece.left for piece in pieces) for pieces in by_column) >= _PROSE * size
    )


def _is_aligned(pieces: Sequence[_Piece], size: float) -> bool:
    """Whether most of a column's pieces begin, end or are centred at one place."""
    return any(
        _largest_cluster(positions, _ALIGNED * size) >= _MIN_ALIGNED * len(positions)
        for positions in (
            [piece.left for piece in pieces],
            [piece.right for piece in pieces],
            [(piece.left + piece.right) / 2 for piece in pieces],
        )
    )


def _largest_cluster(positions: Sequence[float], tolerance: float) -> int:
    ordered = sorted(positions)
    return max(bisect(ordered, position + 2 * tolerance) - index for index, position in enumerate(ordered))


def _is_list(texts: Sequence[Sequence[str]]) -> bool:
    """Whether it is a list with its marks, or a table of contents with its pages."""
    first, last = texts[0], texts[-1]
    signs = sum(not any(character.isalnum() for character in text) for text in first)
    marks = sum(starts_with_marker(f"{text} x") for text in first if len(text) <= 4)
    if signs * 2 > len(first) or (not names_columns(first[0]) and (signs + marks) * 2 > len(first)):
        return True
    pages = [int(text) for text in last if re.fullmatch(r"\d{1,3}", text)]
    return len(texts) == 2 and len(pages) >= len(last) - 1 and pages == sorted(pages)


# --- The table ---


def _table(grouped: Sequence[Sequence[_Row]], columns: Sequence[tuple[float, float]]) -> RuledTable:
    """The table as boxes between the strips, as ruling lines would have drawn them."""
    across = list(_edges(columns))
    down = list(_edges([(min(r.top for r in group), max(r.bottom for r in group)) for group in grouped]))
    return RuledTable(
        [
            Cell(left, top, right, bottom)
            for top, bottom in itertools.pairwise(down)
            for left, right in itertools.pairwise(across)
        ]
    )


def _edges(extents: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Half way between neighbours, and a little outside of the first and last."""
    yield extents[0][0] - 1
    for (_, before), (after, _) in itertools.pairwise(extents):
        yield (before + after) / 2
    yield extents[-1][1] + 1
