"""Tables with merged cells, turned into plain rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.errors import TooLargeError
from assistant.ingest.loaders.lines import one_line
from assistant.types import Line, LineKind

_MAX_CELLS = 200_000
_MAX_COLUMNS = 500
_LAST_COLUMN = 20_000
_MAX_SPANNED_ROWS = 5_000
_WIDE_SPAN = 3
_FIGURE = re.compile(r"\d")
# A first cell that says "this row names the columns" where the format has no mark for header rows.
_HEADER_WORDS = frozenset(
    [
        "구분",
        "항목",
        "비교항목",
        "순번",
        "번호",
        "연번",
        "과제",
        "과제명",
        "내용",
        "분야",
        "일정",
        "일시",
        "날짜",
        "기관",
        "기관명",
        "국가",
        "no",
        "no.",
        "item",
        "category",
        "type",
        "date",
        "task",
        "name",
        "program",
        "programme",
        "country",
        "center",
    ]
)


def names_columns(first_cell: str) -> bool:
    """Whether a row that opens with this cell is usually the one that names the columns."""
    return first_cell.replace(" ", "").casefold() in _HEADER_WORDS


def is_frame(cells: Iterable[tuple[int, int, bool]]) -> bool:
    """Whether a table only frames text: no row has two cells with text side by side.

    Args:
        cells: for each cell its row, how many rows it spans, and whether it has text.
    """
    filled: Counter[int] = Counter()
    for row, rows, has_text in cells:
        if has_text:
            filled.update(range(row, row + max(1, min(rows, _MAX_SPANNED_ROWS))))
    return max(filled.values(), default=0) < 2


def _names_figures(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> bool:
    """Whether the first row, all words, stands above a column of figures in a table of three columns or more."""
    table = [[row[column] for column in columns] for row in rows if any(row)]
    if len(columns) < 3 or len(table) < 3:
        return False
    titles, body = table[0], table[1:]
    if len(set(titles)) < len(titles) or any(not title or len(title) > 30 or _FIGURE.search(title) for title in titles):
        return False
    below = ([row[index] for row in body if row[index]] for index in range(1, len(columns)))
    return any(len(values) * 2 > len(body) and all(_FIGURE.search(value) for value in values) for values in below)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a finished table: for each cell its number in the order in which cells were added (from 1), and its text."""

    cells: list[tuple[int, str]]
    header: bool


@dataclass(slots=True)
class Grid:
    """Cells placed row by row; a merged cell's text is repeated wherever it reaches."""

    subject: str
    max_cells: int = _MAX_CELLS
    _cells: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    _headers: set[int] = field(default_factory=set)
    _rows: int = 0
    _origins: int = 0

    def add_row(self, *, header: bool = False) -> int:
        """Begin the next row and return its index, from 0."""
        self._rows += 1
        if header:
            self._headers.add(self._rows - 1)
        return self._rows - 1

    def add_cell(self, row: int, text: str, *, column: int | None = None, rows: int = 1, columns: int = 1) -> None:
        """Put a cell into ``row``, in ``column`` or else the first free one, spanning ``rows`` by ``columns``.

        Raises:
            TooLargeError: the table has more cells than any honest table.
        """
        if column is None:
            column = 0
            while (row, column) in self._cells:
                column += 1
        rows, columns = max(1, min(rows, _MAX_SPANNED_ROWS)), max(1, min(columns, _MAX_COLUMNS))
        if column + columns > _LAST_COLUMN or len(self._cells) + rows * columns > self.max_cells:
            raise TooLargeError(self.subject, f"a table has more than {self.max_cells:,} cells", "Split the table")
        self._origins += 1
        cell = (self._origins, one_line(text))
        for down in range(rows):
            for across in range(columns):
                self._cells.setdefault((row + down, column + across), cell)

    def rows(self) -> list[GridRow]:
        """The rows that have text; columns without text, and those that merging made twins, are left out.

        A cell that spans three columns or more of a row below the header is given once there. If no row is
        marked as header, the first one is when its first cell is a usual column title, or when all its cells are words
        and a column of figures stands below.
        """
        empty = (0, "")
        columns = sorted({column for _, column in self._cells})
        rows = [[self._cells.get((row, column), empty) for column in columns] for row in range(self._rows)]
        kept = [
            index
            for index in range(len(columns))
            if any(row[index][1] for row in rows)
            and not (index and all(row[index][0] == row[index - 1][0] for row in rows))
        ]
        found: list[GridRow] = []
        for number, row in enumerate(rows):
            cells = [row[index] for index in kept]
            if not any(text for _, text in cells):
                continue
            reach = Counter(origin for origin, _ in cells)
            marked = number in self._headers
            once = [
                cell
                for index, cell in enumerate(cells)
                if not (
                    index
                    and cell[0]
                    and cell[0] == cells[index - 1][0]
                    and (reach[cell[0]] == len(cells) or (reach[cell[0]] >= _WIDE_SPAN and not marked))
                )
            ]
            if not self._headers and not found and len(once) > 1 and self._rows > 1:
                marked = names_columns(once[0][1]) or _names_figures([[text for _, text in row] for row in rows], kept)
            found.append(GridRow(once, marked))
        return found

    def lines(self) -> list[Line]:
        """One line a row, cells joined by ``" | "``."""
        return [
            Line(
                one_line(" | ".join(text for _, text in row.cells)),
                LineKind.TABLE_HEADER if row.header else LineKind.TABLE_ROW,
            )
            for row in self.rows()
        ]
