"""PDF files."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from corpus.source import Text, is_outlined, parts, written_line
from corpus.writers.wrapping import wrapped

_REGULAR, _BOLD = "NanumGothic", "NanumGothicBold"
_MARGIN = 56.0
_BODY_SIZE = 10.0
_HEADING_SIZES = {1: 18.0, 2: 14.0, 3: 12.5}
_TABLE_SIZES = (9.0, 8.0, 7.5, 7.0)
_CELL_PADDING = 7.0
_INDENTS = {"ㅇ": 12.0, "-": 24.0, "*": 30.0, "※": 12.0}


def write_pdf(text: Text) -> bytes:
    """A4 pages with an embedded Korean font, ruled tables and page numbers."""
    _register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0, lang="ko" if text.korean else "en")
    canvas.setTitle(text.title)
    canvas.setAuthor(str(text.fields["publisher"]))
    canvas.setCreator("annae corpus")
    layout = _PdfLayout(canvas)
    outlined = is_outlined(text)
    for part in parts(text.body):
        if part.kind == "heading":
            size = _HEADING_SIZES.get(part.level, 12.5)
            layout.paragraph(part.text, _BOLD, size, 0.0, before=size * 0.8)
        elif part.kind == "table":
            layout.table(part.rows)
        else:
            bulleted = part.kind == "item" and not outlined
            line = f"• {part.text}" if bulleted else written_line(part, outlined)
            indent = 10.0 * part.level if bulleted else _INDENTS.get(line[0], 0.0)
            layout.paragraph(line, _REGULAR, _BODY_SIZE, indent, before=3.0)
    layout.end_page()
    canvas.save()
    return buffer.getvalue()


def _register_fonts() -> None:
    # The package is found without importing it: importing it would load matplotlib.
    spec = importlib.util.find_spec("koreanize_matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("koreanize-matplotlib: it brings the Korean font. Install the dev dependencies")
    for name in (_REGULAR, _BOLD):
        # Anew for each file: a font remembers the characters of the file before.
        pdfmetrics.registerFont(TTFont(name, str(Path(spec.origin).parent / "fonts" / f"{name}.ttf")))


class _PdfLayout:
    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._width, self._height = A4
        self._number = 1
        self._y = self._height - _MARGIN

    def paragraph(self, text: str, font: str, size: float, indent: float, *, before: float) -> None:
        self._y -= before
        lines = wrapped(text, _measure(font, size), self._width - 2 * _MARGIN - indent)
        for line in lines:
            self._make_room(size * 1.5)
            self._canvas.setFont(font, size)
            self._canvas.drawString(_MARGIN + indent, self._y - size, line)
            self._y -= size * 1.5

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows drawn line by line across the columns; the letters shrink before a cell has to wrap."""
        room = self._width - 2 * _MARGIN
        columns = max(len(row) for row in rows)
        for size in _TABLE_SIZES:
            measure = _measure(_BOLD, size)
            natural = [
                max(measure(row[column]) if column < len(row) else 0.0 for row in rows) + 2 * _CELL_PADDING + 2
                for column in range(columns)
            ]
            if sum(natural) <= room:
                break
        widths = _fitted(natural, room)
        self._y -= 4
        for number, row in enumerate(rows):
            font = _BOLD if number == 0 else _REGULAR
            cells = [
                wrapped(cell, _measure(font, size), width - 2 * _CELL_PADDING)
                for cell, width in zip(row, widths, strict=False)
            ]
            lines = max((len(cell) for cell in cells), default=1) or 1
            height = lines * size * 1.4 + 6
            self._make_room(height)
            self._canvas.setFont(font, size)
            for line in range(lines):
                left = _MARGIN
                for cell, width in zip(cells, widths, strict=False):
                    if line < len(cell):
                        self._canvas.drawString(left + _CELL_PADDING, self._y - 3 - size * (1 + line * 1.4), cell[line])
                    left += width
            left = _MARGIN
            for width in widths:
                self._canvas.rect(left, self._y - height, width, height, stroke=1, fill=0)
                left += width
            self._y -= height
        self._y -= 6

    def end_page(self) -> None:
        self._canvas.setFont(_REGULAR, 8)
        self._canvas.drawCentredString(self._width / 2, _MARGIN / 2, f"- {self._number} -")
        self._canvas.showPage()

    def _make_room(self, height: float) -> None:
        if self._y - height < _MARGIN:
            self.end_page()
            self._number += 1
            self._y = self._height - _MARGIN


def _measure(font: str, size: float) -> Callable[[str], float]:
    return lambda text: float(pdfmetrics.stringWidth(text, font, size))


def _fitted(natural: Sequence[float], room: float) -> list[float]:
    """Column widths within ``room``: narrow columns keep theirs, the wide ones share what is left."""
    widths = list(natural)
    if sum(widths) <= room:
        return widths
    wide: set[int] = set(range(len(widths)))
    while True:
        left = room - sum(widths[column] for column in range(len(widths)) if column not in wide)
        fitting = {column for column in wide if widths[column] <= left / len(wide)}
        if not fitting or fitting == wide:
            break
        wide -= fitting
    total = sum(widths[column] for column in wide)
    return [left * width / total if column in wide else width for column, width in enumerate(widths)]
