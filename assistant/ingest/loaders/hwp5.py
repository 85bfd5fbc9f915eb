"""HWP 5 documents of Hancom's word processor (.hwp: a compound file of compressed record streams).

A stream is a flat list of records, each with a tag and a nesting level; read as a tree, a paragraph holds its text and
the controls (tables, notes, shapes) that stand in it. Written from the format's public description.
"""

from __future__ import annotations

import io
import re
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import olefile

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders.grid import Grid, is_frame
from assistant.ingest.loaders.hwp5_distribution import unlock_stream
from assistant.ingest.loaders.hwp5_password import decrypt_stream, password_key
from assistant.ingest.loaders.lines import (
    OPENING_REMEDY,
    flowing_lines,
    loaded,
    marked_note,
    outline_level,
    sensible_publisher,
    sensible_title,
)
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, SourceFile

_MEDIA_TYPE = "application/x-hwp"
_SIGNATURE = b"HWP Document File"
_COMPRESSED, _PASSWORD, _DISTRIBUTION = 0x1, 0x2, 0x4
# The public description names the flag, not the records that would tell which text was deleted.
_TRACKED = 0x4000
_RIGHTS_MANAGED = 0x10 | 0x100 | 0x400  # DRM, and encryption or DRM by certificate
_MAX_STREAM_BYTES = 200 * 1024 * 1024
_MAX_RECORDS = 4_000_000
_MAX_DEPTH = 120
_MAX_SECTIONS = 2_000
_HEADING_MAX_CHARS = 120

_PARA_SHAPE, _STYLE = 25, 26
_PARA_HEADER, _PARA_TEXT, _CONTROL, _LIST, _TABLE, _MEMO = 66, 67, 71, 72, 77, 93
_TITLE_CELL = 1 << 18
# Control characters in a paragraph's text: one unit of 16 bits, or eight for those that carry data or stand for a control.
_SINGLE = {0: "", 10: "\n", 13: "", 24: "-", 25: "", 26: "", 27: "", 28: "", 29: "", 30: " ", 31: " "}
_ANCHORS = frozenset([1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23])
_TAB = 9
_UNITS = 8
_SUMMARY = "\x05HwpSummaryInformation"
_PROPERTIES_AT, _WIDE_STRING = 44, 31
_TITLE_PROPERTY, _AUTHOR_PROPERTY = 2, 4


@dataclass(slots=True)
class _Record:
    tag: int
    data: bytes
    children: list[_Record] = field(default_factory=list)

    @property
    def control(self) -> str:
        """The four letters that say what a control is."""
        return self.data[3::-1].decode("latin-1") if len(self.data) >= 4 else ""


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
        compound = _Compound(source)
        flags = compound.flags()
        if flags & _PASSWORD:
            if source.password is None:
                raise EncryptedFileError(source.name, "the HWP document needs a password", OPENING_REMEDY)
            compound.unlock(source.password)
        if flags & _RIGHTS_MANAGED:
            remedy = "Get an open copy from its publisher"
            raise EncryptedFileError(source.name, "the HWP document is under rights management (DRM)", remedy)
        styles = _styles(compound.records("DocInfo"))
        reader = _Reader(source.name, styles)
        lines = [line for section in compound.sections() for line in reader.section(compound.records(section))]
        lines.extend(reader.running_lines())
        found = loaded(source, _MEDIA_TYPE, [lines], compound.metadata())
        return replace(found, is_locked=bool(flags & _DISTRIBUTION), tracks_changes=bool(flags & _TRACKED))


class _Compound:
    """The streams of the compound file; every error of the library is mapped here."""

    def __init__(self, source: SourceFile) -> None:
        self._name = source.name
        # olefile reports a damaged file by whatever error it runs into.
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(source.content))
            self._names = {"/".join(path) for path in self._ole.listdir(streams=True, storages=False)}
        except Exception as error:
            raise self._damaged("the HWP file's directory") from error
        self._flags: int | None = None
        self._key: bytes | None = None

    def flags(self) -> int:
        """The property bits of the file header."""
        if self._flags is None:
            header = self._stream("FileHeader")
            if not header.startswith(_SIGNATURE) or len(header) < 40:
                raise self._damaged("the HWP file header")
            (self._flags,) = struct.unpack_from("<I", header, 36)
        return self._flags

    def unlock(self, password: str) -> None:
        """Have the streams of the text decrypted from now on."""
        self._key = password_key(password)

    def sections(self) -> list[str]:
        """The names of the streams that hold the text, in order."""
        folder = "ViewText" if self.flags() & _DISTRIBUTION else "BodyText"
        found = [name for name in self._names if re.fullmatch(rf"{folder}/Section\d{{1,4}}", name)]
        if not found:
            raise self._damaged(f"the folder {folder}, which holds the text,")
        if len(found) > _MAX_SECTIONS:
            raise TooLargeError(self._name, f"it has more than {_MAX_SECTIONS:,} sections", "Split it")
        return sorted(found, key=lambda name: int(name.rpartition("Section")[2]))

    def records(self, name: str) -> list[_Record]:
        """The records of a stream as trees; none for a document without it."""
        if name not in self._names:
            return []
        data = self._stream(name)
        if name.startswith("ViewText/"):
            try:
                data = unlock_stream(data)
            except ValueError as error:
                raise self._damaged(f"the locked stream {name!r}") from error
        if self._key is None:
            return self._tree(name, self._inflate(name, data) if self.flags() & _COMPRESSED else data)
        try:
            data = decrypt_stream(data, self._key)
            return self._tree(name, self._inflate(name, data) if self.flags() & _COMPRESSED else data)
        except UnreadableFileError as error:
            problem = "the password is wrong, or the file is encrypted by a Hangul older than 2007"
            raise EncryptedFileError(self._name, problem, OPENING_REMEDY) from error

    def metadata(self) -> FileMetadata:
        """Title and author of the summary; nothing if it is missing or damaged."""
        if _SUMMARY not in self._names:
            return FileMetadata()
        try:
            properties = _properties(self._stream(_SUMMARY))
        except (UnreadableFileError, struct.error):
            return FileMetadata()
        return FileMetadata(
            sensible_title(properties.get(_TITLE_PROPERTY)), sensible_publisher(properties.get(_AUTHOR_PROPERTY))
        )

    def _stream(self, name: str) -> bytes:
        try:
            data: bytes = self._ole.openstream(name).read()
        except Exception as error:
            raise self._damaged(f"the stream {name!r}") from error
        return data

    def _inflate(self, name: str, data: bytes) -> bytes:
        inflater = zlib.decompressobj(-15)
        try:
            plain = inflater.decompress(data, _MAX_STREAM_BYTES)
        except zlib.error as error:
            raise self._damaged(f"the stream {name!r}") from error
        if inflater.unconsumed_tail:
            limit = _MAX_STREAM_BYTES // 1024 // 1024
            raise TooLargeError(self._name, f"{name!r} unpacks to more than {limit} MB", "Split it")
        if not inflater.eof:
            raise self._damaged(f"the end of the stream {name!r}")
        return plain

    def _tree(self, name: str, data: bytes) -> list[_Record]:
        roots: list[_Record] = []
        path: list[_Record] = []
        position = count = 0
        while position + 4 <= len(data):
            (header,) = struct.unpack_from("<I", data, position)
            position += 4
            tag, level, size = header & 0x3FF, header >> 10 & 0x3FF, header >> 20
            if size == 0xFFF:
                if position + 4 > len(data):
                    raise self._damaged(f"a record in {name!r}")
                (size,) = struct.unpack_from("<I", data, position)
                position += 4
            if size > len(data) - position:
                raise self._damaged(f"a record in {name!r}")
            count += 1
            if level > _MAX_DEPTH or count > _MAX_RECORDS:
                raise TooLargeError(self._name, f"{name!r} is nested too deeply or too long", "Simplify its tables")
            record = _Record(tag, data[position : position + size])
            position += size
            del path[level:]
            (path[-1].children if path else roots).append(record)
            path.append(record)
        return roots

    def _damaged(self, what: str) -> UnreadableFileError:
        remedy = "Fetch it again, or open it in Hancom Office and save it"
        return UnreadableFileError(self._name, f"{what} is missing or damaged", remedy)


def _styles(records: Iterable[_Record]) -> _Styles:
    styles = _Styles()
    todo = list(records)[::-1]
    while todo:
        record = todo.pop()
        todo.extend(reversed(record.children))
        if record.tag == _STYLE:
            names = _strings(record.data, 0, 2)
            styles.outline.append(next((level for name in names if (level := outline_level(name))), 0))
        elif record.tag == _PARA_SHAPE:
            (bits,) = struct.unpack_from("<I", record.data) if len(record.data) >= 4 else (0,)
            styles.shapes.append((bits >> 23 & 0x3, (bits >> 25 & 0x7) + 1))
    return styles


def _properties(data: bytes) -> dict[int, str]:
    """The texts of a property set by their number."""
    (start,) = struct.unpack_from("<I", data, _PROPERTIES_AT)
    _, count = struct.unpack_from("<2I", data, start)
    found: dict[int, str] = {}
    for index in range(min(count, 100)):
        number, offset = struct.unpack_from("<2I", data, start + 8 + 8 * index)
        kind, length = struct.unpack_from("<2I", data, start + offset)
        if kind == _WIDE_STRING:
            text = data[start + offset + 8 :][: 2 * length].decode("utf-16-le", "ignore")
            found[number] = text.partition("\0")[0]
    return found


def _strings(data: bytes, position: int, count: int) -> list[str]:
    """Strings that follow each other, each with its length in units of 16 bits before it."""
    found: list[str] = []
    for _ in range(count):
        if position + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, position)
        position += 2
        found.append(data[position : position + 2 * length].decode("utf-16-le", "ignore"))
        position += 2 * length
    return found


@dataclass(slots=True)
class _Cell:
    """A paragraph list of a control: a table's cell (with its place), or any other."""

    data: bytes
    paragraphs: list[_Record]

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

    def section(self, records: Sequence[_Record]) -> Iterator[Line]:
        """The lines of a section, cell or shape. Depth is bounded when the tree is read."""
        for record in records:
            if record.tag == _PARA_HEADER:
                yield from self._paragraph(record)
            elif record.tag == _MEMO:
                yield from self._notes(record.children)

    def running_lines(self) -> Iterator[Line]:
        """Page headers and footers met so far, each once."""
        yield from self._running

    def _paragraph(self, paragraph: _Record) -> Iterator[Line]:
        text = _text(paragraph)
        kind, level = self._kind(paragraph, text)
        yield from flowing_lines(text, kind, level)
        for child in paragraph.children:
            if child.tag == _CONTROL:
                yield from self._control(child)
            elif child.tag in (_LIST, _MEMO):
                yield from self._notes([child])

    def _kind(self, paragraph: _Record, text: str) -> tuple[LineKind, int]:
        if len(paragraph.data) < 11:
            return LineKind.PARAGRAPH, 0
        shape_id, style_id = struct.unpack_from("<HB", paragraph.data, 8)
        shapes, outline = self._styles.shapes, self._styles.outline
        shape, depth = shapes[shape_id] if shape_id < len(shapes) else (0, 0)
        level = (outline[style_id] if style_id < len(outline) else 0) or (depth if shape == 1 else 0)
        if level and len(text) <= _HEADING_MAX_CHARS:
            return LineKind.HEADING, level
        return (LineKind.LIST_ITEM, depth) if shape in (2, 3) else (LineKind.PARAGRAPH, 0)

    def _control(self, control: _Record) -> Iterator[Line]:
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

    def _notes(self, records: Sequence[_Record]) -> Iterator[Line]:
        for record in records:
            paragraphs = [record] if record.tag == _PARA_HEADER else record.children
            text = " ".join(_deep_text(paragraph) for paragraph in paragraphs)
            yield from (Line(line.text, LineKind.NOTE) for line in flowing_lines(text, LineKind.NOTE))

    def _table(self, control: _Record) -> Iterator[Line]:
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


def _lists(control: _Record, *, start: int = 0, stop: int | None = None) -> list[_Cell]:
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


def _deep_text(record: _Record) -> str:
    """All text below a record, for notes."""
    own = [_text(record)] if record.tag == _PARA_HEADER else []
    return " ".join(text for text in (*own, *(_deep_text(child) for child in record.children)) if text)


def _text(paragraph: _Record) -> str:
    """The paragraph's own text; line breaks as newlines. Tables, shapes and notes in it are not part of it."""
    controls = [child for child in paragraph.children if child.tag == _CONTROL]
    return "".join(
        piece for record in paragraph.children if record.tag == _PARA_TEXT for piece in _pieces(record.data, controls)
    )


def _pieces(data: bytes, controls: Sequence[_Record]) -> Iterator[str]:
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


def _inline(control: _Record) -> str:
    """What a control adds to the line it stands in: the number of a table or figure, or text set in a special way."""
    match control.control:
        case "atno" if len(control.data) >= 10:
            kind, number = struct.unpack_from("<IH", control.data, 4)
            return str(number) if kind & 0xF in (3, 4, 5) else ""
        case "tcps":
            return "".join(_strings(control.data, 4, 1))
        case "tdut":
            main, *above = _strings(control.data, 4, 2) or [""]
            return f"{main}({above[0]})" if above and above[0] else main
        case _:
            return ""
