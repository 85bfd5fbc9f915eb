"""HWP 5 documents of Hancom's word processor (.hwp: a compound file of compressed record streams).

A stream is a flat list of records, each with a tag and a nesting level; read as a tree, a paragraph holds its text and
the controls (tables, notes, shapes) that stand in it. Written from the format's public description.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.errors import EncryptedFileError
from assistant.ingest.loaders.grid import Grid, is_frame
from assistant.ingest.loaders.hwp5_file import Hwp5File, Record, strings
from assistant.ingest.loaders.lines import (
    OPENING_REMEDY,
    flowing_lines,
    loaded,
    marked_note,
    outline_level,
)
from assistant.types import Line, LineKind, LoadedDocument, SourceFile

_MEDIA_TYPE = "application/x-hwp"
_HEADING_MAX_CHARS = 120

_PARA_SHAPE, _STYLE = 25, 26
_PARA_HEADER, _PARA_TEXT, _CONTROL, _LIST, _TABLE, _MEMO = 66, 67, 71, 72, 77, 93
_TITLE_CELL = 1 << 18
# Control characters in a paragraph's text: one unit of 16 bits, or eight for those that carry data or stand for a control.
_SINGLE = {0: "", 10: "\n", 13: "", 24: "-", 25: "", 26: "", 27: "", 28: "", 29: "", 30: " ", 31: " "}
_ANCHORS = frozenset([1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23])
_TAB = 9
_UNITS = 8


@dataclass(slots=True)
class _Styles:
    """Outline level by style, and (heading type, level) by paragraph shape, both by position."""

    outline: list[int] = field(default_factory=list)
    shapes: list[tuple[int, int]] = field(default_factory=list)


class Hwp5Loader:
    """Read an HWP 5 document, locked for distribution or not: text, tables, notes, running heads, shapes."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page of logical lines, in order.

        Footnotes, endnotes and reviewers' memos are ``NOTE`` lines after their paragraph; page headers and footers are
        ``NOTE`` lines marked ``[머리말]`` and ``[꼬리말]``, once each, at the end; captions and text in shapes are paragraphs at
        their table's or shape's place.

        Raises:
            EncryptedFileError: the document has a password and it was not given, or is another; or it is under rights management.
            UnreadableFileError: a damaged file.
            TooLargeError: over the limits on size and nesting.
            NoTextError: no text in it.
        """
        file = Hwp5File(source)
        if file.has_password:
            if source.password is None:
                raise EncryptedFileError(
                    source.name, "the HWP document needs a password", OPENING_REMEDY, opens_with_password=True
                )
            file.unlock(source.password)
        if file.is_rights_managed:
            remedy = "Get an open copy from its publisher"
            raise EncryptedFileError(source.name, "the HWP document is under rights management (DRM)", remedy)
        reader = _Reader(source.name, _styles(file.records("DocInfo")))
        lines = [line for section in file.sections() for line in reader.section(file.records(section))]
        lines.extend(reader.running_lines())
        found = loaded(source, _MEDIA_TYPE, [lines], file.metadata())
        return replace(found, is_locked=file.is_for_distribution, tracks_changes=file.tracks_changes)


def _styles(records: Iterable[Record]) -> _Styles:
    styles = _Styles()
    todo = list(records)[::-1]
    while todo:
        record = todo.pop()
        todo.extend(reversed(record.children))
        if record.tag == _STYLE:
            names = strings(record.data, 0, 2)
            styles.outline.append(next((level for name in names if (level := outline_level(name))), 0))
        elif record.tag == _PARA_SHAPE:
            (bits,) = struct.unpack_from("<I", record.data) if len(record.data) >= 4 else (0,)
            styles.shapes.append((bits >> 23 & 0x3, (bits >> 25 & 0x7) + 1))
    return styles


@dataclass(slots=True)
class _Cell:
    """A paragraph list of a control: a table's cell (with its place), or any other."""

    data: bytes
    paragraphs: list[Record]

    def place(self) -> tuple[int, int, int, int]:
        """Column, row, columns and rows of a table's cell."""
        if len(self.data) < 16:
            return 0, 0, 1, 1
        column, row, columns, rows = struct.unpack_from("<4H", self.data, 8)
        return column, row, columns, rows

    def has_text(self) -> bool:
        """Whether anything can be read in it."""
        return any(_deep_text(paragraph).strip() for paragraph in self.paragraphs)

    @property
    def is_title(self) -> bool:
        """Whether the cell is marked as one of the table's title row."""
        return len(self.data) >= 8 and bool(struct.unpack_from("<I", self.data, 4)[0] & _TITLE_CELL)


class _Reader:
    def __init__(self, subject: str, styles: _Styles) -> None:
        self._subject = subject
        self._styles = styles
        self._running: dict[Line, None] = {}

    def section(self, records: Sequence[Record]) -> Iterator[Line]:
        """The lines of a section, cell or shape. Depth is bounded when the tree is read."""
        for record in records:
            if record.tag == _PARA_HEADER:
                yield from self._paragraph(record)
            elif record.tag == _MEMO:
                yield from self._notes(record.children)

    def running_lines(self) -> Iterator[Line]:
        """Page headers and footers met so far, each once."""
        yield from self._running

    def _paragraph(self, paragraph: Record) -> Iterator[Line]:
        text = _text(paragraph)
        kind, level = self._kind(paragraph, text)
        yield from flowing_lines(text, kind, level)
        for child in paragraph.children:
            if child.tag == _CONTROL:
                yield from self._control(child)
            elif child.tag in (_LIST, _MEMO):
                yield from self._notes([child])

    def _kind(self, paragraph: Record, text: str) -> tuple[LineKind, int]:
        if len(paragraph.data) < 11:
            return LineKind.PARAGRAPH, 0
        shape_id, style_id = struct.unpack_from("<HB", paragraph.data, 8)
        shapes, outline = self._styles.shapes, self._styles.outline
        shape, depth = shapes[shape_id] if shape_id < len(shapes) else (0, 0)
        level = (outline[style_id] if style_id < len(outline) else 0) or (depth if shape == 1 else 0)
        if level and len(text) <= _HEADING_MAX_CHARS:
            return LineKind.HEADING, level
        return (LineKind.LIST_ITEM, depth) if shape in (2, 3) else (LineKind.PARAGRAPH, 0)

    def _control(self, control: Record) -> Iterator[Line]:
        match control.control:
            case "tbl ":
                yield from self._table(control)
            case "fn  " | "en  ":
                yield from self._notes(control.children)
            case "head" | "foot":
                mark = "머리말" if control.control == "head" else "꼬리말"
                lines = (line for part in _lists(control) for line in self.section(part.paragraphs))
                self._running.update(dict.fromkeys(marked_note(mark, line.text) for line in lines if line.text))
            case "tcmt":
                return  # a hidden comment, which no reader of the document sees
            case _:
                for part in _lists(control):
                    yield from self.section(part.paragraphs)

    def _notes(self, records: Sequence[Record]) -> Iterator[Line]:
        for record in records:
            paragraphs = [record] if record.tag == _PARA_HEADER else record.children
            text = " ".join(_deep_text(paragraph) for paragraph in paragraphs)
            yield from (Line(line.text, LineKind.NOTE) for line in flowing_lines(text, LineKind.NOTE))

    def _table(self, control: Record) -> Iterator[Line]:
        start = next((index for index, child in enumerate(control.children) if child.tag == _TABLE), 0)
        for caption in _lists(control, stop=start):
            yield from self.section(caption.paragraphs)
        cells = sorted(_lists(control, start=start), key=lambda cell: cell.place()[1::-1])
        if is_frame((cell.place()[1], cell.place()[3], cell.has_text()) for cell in cells):
            for cell in cells:
                yield from self.section(cell.paragraphs)
            return
        grid = Grid(self._subject)
        after: list[Line] = []
        last = -1
        for cell in cells:
            column, row, wide, high = cell.place()
            while last < min(row, 100_000):
                last += 1
                marks = [other.is_title for other in cells if other.place()[1] == last]
                grid.add_row(header=bool(marks) and all(marks))
            text, inner = self._cell(cell)
            grid.add_cell(row, text, column=column, rows=high, columns=wide)
            after.extend(inner)
        yield from grid.lines()
        yield from after

    def _cell(self, cell: _Cell) -> tuple[str, list[Line]]:
        """A cell's text, and the lines of what stands in it as a thing of its own: notes and whole tables."""
        pieces: list[str] = []
        after: list[Line] = []
        for paragraph in cell.paragraphs:
            pieces.append(_text(paragraph))
            for control in paragraph.children:
                if control.tag != _CONTROL:
                    continue
                lines = list(self._control(control))
                if any(line.kind in (LineKind.TABLE_HEADER, LineKind.TABLE_ROW, LineKind.NOTE) for line in lines):
                    after.extend(lines)
                else:
                    pieces.extend(line.text for line in lines)
        return " ".join(piece for piece in pieces if piece), after


def _lists(control: Record, *, start: int = 0, stop: int | None = None) -> list[_Cell]:
    """The paragraph lists of a control, also those of the shapes in it, in order."""
    found: list[_Cell] = []
    for child in control.children[start:stop]:
        if child.tag == _LIST:
            found.append(_Cell(child.data, [inner for inner in child.children if inner.tag == _PARA_HEADER]))
        elif child.tag == _PARA_HEADER:
            if not found:
                found.append(_Cell(b"", []))
            found[-1].paragraphs.append(child)
        elif child.tag != _CONTROL:
            found.extend(_lists(child))
    return found


def _deep_text(record: Record) -> str:
    """All text below a record, for notes."""
    own = [_text(record)] if record.tag == _PARA_HEADER else []
    return " ".join(text for text in (*own, *(_deep_text(child) for child in record.children)) if text)


def _text(paragraph: Record) -> str:
    """The paragraph's own text; line breaks as newlines. Tables, shapes and notes in it are not part of it."""
    controls = [child for child in paragraph.children if child.tag == _CONTROL]
    return "".join(
        piece for record in paragraph.children if record.tag == _PARA_TEXT for piece in _pieces(record.data, controls)
    )


def _pieces(data: bytes, controls: Sequence[Record]) -> Iterator[str]:
    units = array("H", data[: len(data) - len(data) % 2])
    if sys.byteorder == "big":
        units.byteswap()
    start = position = anchor = 0
    while position < len(units):
        unit = units[position]
        if unit > 31:
            position += 1
            continue
        yield data[2 * start : 2 * position].decode("utf-16-le", "ignore")
        if unit in _SINGLE:
            yield _SINGLE[unit]
            position += 1
        else:
            if unit in _ANCHORS:
                yield _inline(controls[anchor]) if anchor < len(controls) else ""
                anchor += 1
            elif unit == _TAB:
                yield " "
            position += _UNITS
        start = position
    yield data[2 * start : 2 * position].decode("utf-16-le", "ignore")


def _inline(control: Record) -> str:
    """What a control adds to the line it stands in: the number of a table or figure, or text set in a special way."""
    match control.control:
        case "atno" if len(control.data) >= 10:
            kind, number = struct.unpack_from("<IH", control.data, 4)
            return str(number) if kind & 0xF in (3, 4, 5) else ""
        case "tcps":
            return "".join(strings(control.data, 4, 1))
        case "tdut":
            main, *above = strings(control.data, 4, 2) or [""]
            return f"{main}({above[0]})" if above and above[0] else main
        case _:
            return ""
