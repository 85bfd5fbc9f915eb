"""Tables with merged cells, turned into plain rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from assistant.errors import TooLargeError
from assistant.ingest.loaders.lines import one_line
from assistant.types import Line, LineKind

_MAX_CELLS = 200_000
_MAX_COLUMNS = 500
_WIDE_SPAN = 3
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


@dataclass(slots=True)
class Grid:
    """Cells placed row by row; a merged cell's text is repeated wherever it reaches."""

    subject: str
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
        rows, columns = max(1, min(rows, 5_000)), max(1, min(columns, _MAX_COLUMNS))
        if column + columns > _MAX_COLUMNS * 2 or len(self._cells) + rows * columns > _MAX_CELLS:
            raise TooLargeError(self.subject, f"a table has more than {_MAX_CELLS:,} cells", "Split the table")
        self._origins += 1
        cell = (self._origins, one_line(text))
        for down in range(rows):
            for across in range(columns):
                self._cells.setdefault((row + down, column + across), cell)

    def lines(self) -> list[Line]:
        """One line a row, cells joined by ``" | "``; rows and columns without text are left out.

        A cell that spans three columns or more of a row below the header is given once there. If no row is
        marked as header, the first one is when its first cell is a usual column title.
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
        lines: list[Line] = []
        for number, row in enumerate(rows):
            cells = [row[index] for index in kept]
            if not any(text for _, text in cells):
                continue
            reach = Counter(origin for origin, _ in cells)
            marked = number in self._headers
            once = [
                text
                for index, (origin, text) in enumerate(cells)
                if not (
                    index
                    and origin
                    and origin == cells[index - 1][0]
                    and (reach[origin] == len(cells) or (reach[origin] >= _WIDE_SPAN and not marked))
                )
            ]
            guessed = not self._headers and not lines and len(once) > 1 and self._rows > 1
            if guessed:
                marked = names_columns(once[0])
            lines.append(Line(one_line(" | ".join(once)), LineKind.TABLE_HEADER if marked else LineKind.TABLE_ROW))
        return lines
