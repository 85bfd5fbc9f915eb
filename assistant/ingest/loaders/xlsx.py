"""Excel workbooks.

The parts of a workbook are plain XML and are read here directly: libraries make a cell object for every cell that a merged
range or a stray format reaches, and a file of a few kilobytes can ask for billions of them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assistant.errors import TooLargeError, UnreadableFileError
from assistant.ingest.loaders.archive import Archive, local_name
from assistant.ingest.loaders.cell_format import BUILT_IN_FORMATS, shown
from assistant.ingest.loaders.grid import Grid, is_frame
from assistant.ingest.loaders.lines import flowing_lines, loaded, one_line, sensible_publisher, sensible_title
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, RawPage, SourceFile

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAX_SHEETS = 1_000
_MAX_CELLS = 1_000_000
_MAX_MERGED = 50_000
_MAX_COLUMNS = 16_384
_MAX_ROWS = 1_048_576
_MAX_PART_BYTES = 120 * 1024 * 1024
_PLAIN_NAME = re.compile(r"(?:sheet|시트|worksheet)\s*\d*", re.IGNORECASE)
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_RANGE = re.compile(r"(\$?[A-Za-z]{1,3}\$?\d{1,7})(?::(\$?[A-Za-z]{1,3}\$?\d{1,7}))?")
_HIDDEN = frozenset(["hidden", "veryHidden"])
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}


class XlsxLoader:
    """Read a workbook into one page per sheet."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """The sheets in order, hidden ones left out; each page's label is its sheet's name, which is also its heading.

        Values are as the cells show them, days as ``2027-01-15``; formulas give the result that was stored. Empty rows
        part a sheet into tables; a row with a single value is a paragraph when it stands above or below a table.

        Raises:
            UnreadableFileError: a damaged package, or XML with entities.
            EncryptedFileError: encrypted entries (a workbook with a password is recognised before).
            TooLargeError: over the limits on packages, sheets or cells.
            NoTextError: no visible sheet has a value.
        """
        archive = Archive(source)
        workbook = _Workbook(source.name, archive)
        pages = [
            RawPage(number, tuple(workbook.lines(name, part)), one_line(name) or None)
            for number, (name, part) in enumerate(workbook.sheets(), start=1)
        ]
        return loaded(source, _MEDIA_TYPE, pages, workbook.metadata())


@dataclass(slots=True)
class _Sheet:
    """A sheet's values by row and column (from 1), its merged ranges, and its last title row (0 = unknown)."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    title_rows: set[int] = field(default_factory=set)


class _Workbook:
    def __init__(self, subject: str, archive: Archive) -> None:
        self._subject = subject
        self._archive = archive
        self._targets = {relation.get("Id"): relation for relation in self._relations("")}
        self._folder, self._root = self._main_part()
        self._parts = {
            relation.get("Id") or "": self._path(relation.get("Target") or "")
            for relation in self._relations(self._folder)
        }
        properties = _find(self._root, "workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._strings = self._shared_strings()
        self._formats = self._cell_formats()
        self._cells = 0

    def sheets(self) -> list[tuple[str, str]]:
        """Name and part of every visible sheet, in order."""
        found: list[tuple[str, str]] = []
        for element in self._root.iter():
            if local_name(element) != "sheet" or element.get("state") in _HIDDEN:
                continue
            identifier = next((value for key, value in element.items() if key.endswith("}id")), "")
            part = self._parts.get(identifier, "")
            if part in self._archive.names and "chartsheet" not in part:
                found.append((element.get("name") or "", part))
        if len(found) > _MAX_SHEETS:
            raise TooLargeError(self._subject, f"it has more than {_MAX_SHEETS:,} sheets", "Split the workbook")
        return found

    def lines(self, name: str, part: str) -> Iterator[Line]:
        """A sheet's heading, tables and paragraphs."""
        sheet = self._sheet(part)
        if not sheet.rows:
            return
        if not _PLAIN_NAME.fullmatch(name.strip()):
            yield Line(one_line(name), LineKind.HEADING, 1)
        for block in _blocks(sheet):
            yield from _block_lines(self._subject, sheet, block)

    def metadata(self) -> FileMetadata:
        """Title and author of the package's properties."""
        if "docProps/core.xml" not in self._archive.names:
            return FileMetadata()
        root = self._xml("docProps/core.xml")
        title, creator = _find(root, "title"), _find(root, "creator")
        return FileMetadata(
            sensible_title(title.text if title is not None else None),
            sensible_publisher(creator.text if creator is not None else None),
        )

    def _main_part(self) -> tuple[str, Element]:
        targets = [
            r.get("Target") or "" for r in self._targets.values() if (r.get("Type") or "").endswith("/officeDocument")
        ]
        for target in (*targets, "xl/workbook.xml"):
            part = posixpath.normpath(target.lstrip("/"))
            if part in self._archive.names and part.endswith(".xml"):
                return part, self._xml(part)
        raise UnreadableFileError(self._subject, "the workbook's main part is missing", "Open it in Excel and save it")

    def _relations(self, part: str) -> list[Element]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._archive.names:
            return []
        return [element for element in self._xml(path) if local_name(element) == "Relationship"]

    def _path(self, target: str) -> str:
        if target.startswith("/"):
            return posixpath.normpath(target[1:])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._folder), target))

    def _xml(self, part: str) -> Element:
        if self._archive.size(part) > _MAX_PART_BYTES:
            limit = _MAX_PART_BYTES // 1024 // 1024
            raise TooLargeError(self._subject, f"{part!r} unpacks to more than {limit} MB", "Split the workbook")
        return self._archive.xml(part)

    def _part(self, ending: str) -> Element | None:
        part = next(
            (path for path in self._parts.values() if path.endswith(ending) and path in self._archive.names), None
        )
        return None if part is None else self._xml(part)

    def _shared_strings(self) -> list[str]:
        root = self._part("sharedStrings.xml")
        return [] if root is None else [_string(item) for item in root if local_name(item) == "si"]

    def _cell_formats(self) -> list[str]:
        """The number format of each cell style."""
        root = self._part("styles.xml")
        if root is None:
            return []
        codes = dict(BUILT_IN_FORMATS)
        for element in root.iter():
            if local_name(element) == "numFmt":
                codes[_integer(element.get("numFmtId"))] = element.get("formatCode") or ""
        styles = _find(root, "cellXfs")
        return [
            codes.get(_integer(style.get("numFmtId")), "General") for style in (styles if styles is not None else ())
        ]

    def _sheet(self, part: str) -> _Sheet:
        sheet = _Sheet()
        row = 0
        for element in self._xml(part).iter():
            match local_name(element):
                case "row":
                    row = _integer(element.get("r")) or row + 1
                    self._read_row(sheet, row, element)
                case "mergeCell":
                    area = _area(element.get("ref"))
                    if area and area[0] in sheet.rows and len(sheet.merged) < _MAX_MERGED:
                        sheet.merged.append(area)
                case "autoFilter":
                    area = _area(element.get("ref"))
                    if area:
                        sheet.title_rows.add(area[0])
                case "pane" if element.get("state") in ("frozen", "frozenSplit"):
                    split = _integer((element.get("ySplit") or "").partition(".")[0])
                    sheet.title_rows.update(range(1, min(split, 10) + 1))
        return sheet

    def _read_row(self, sheet: _Sheet, row: int, element: Element) -> None:
        column = 0
        values: dict[int, str] = {}
        for cell in element:
            if local_name(cell) != "c":
                continue
            address = _ADDRESS.fullmatch(cell.get("r") or "")
            column = _column_number(address[1]) if address else column + 1
            text = one_line(self._value(cell))
            if text and column <= _MAX_COLUMNS:
                values[column] = text
        self._cells += len(values)
        if self._cells > _MAX_CELLS:
            raise TooLargeError(self._subject, f"it has more than {_MAX_CELLS:,} filled cells", "Split the workbook")
        if values and row <= _MAX_ROWS:
            sheet.rows.setdefault(row, {}).update(values)

    def _value(self, cell: Element) -> str:
        value = _find(cell, "v")
        stored = (value.text or "") if value is not None else ""
        match cell.get("t") or "n":
            case "s":
                index = _integer(stored, -1)
                return self._strings[index] if 0 <= index < len(self._strings) else ""
            case "inlineStr":
                inline = _find(cell, "is")
                return _string(inline) if inline is not None else ""
            case "b":
                return _BOOLEANS.get(stored, stored)
            case "d":
                return stored.removesuffix("T00:00:00").replace("T", " ")
            case "str" | "e":
                return stored
            case _ if stored:
                style = _integer(cell.get("s"))
                code = self._formats[style] if style < len(self._formats) else "General"
                return shown(stored, code, from_1904=self._from_1904)
            case _:
                # Written by a program that does not calculate: the formula is all there is.
                formula = _find(cell, "f")
                return f"={formula.text}" if formula is not None and formula.text else ""


def _find(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if local_name(element) == name), None)


def _string(item: Element) -> str:
    """The text of a string item without its reading aids."""
    pieces: list[str] = []
    for child in item:
        if local_name(child) == "t":
            pieces.append(child.text or "")
        elif local_name(child) == "r":
            pieces.extend(part.text or "" for part in child if local_name(part) == "t")
    return "".join(pieces)


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _area(reference: str | None) -> tuple[int, int, int, int] | None:
    """First row, first column, rows and columns of ``A1:C3``."""
    match = _RANGE.fullmatch(reference or "")
    corners = [_ADDRESS.fullmatch(corner) for corner in match.groups() if corner] if match else []
    places = [(int(corner[2]), _column_number(corner[1])) for corner in corners if corner]
    if not places:
        return None
    top, left = min(row for row, _ in places), min(column for _, column in places)
    return top, left, max(row for row, _ in places) - top + 1, max(column for _, column in places) - left + 1


def _blocks(sheet: _Sheet) -> Iterator[list[int]]:
    """The sheet's filled rows in runs that empty rows part; a merged cell bridges the rows it covers."""
    covered = {top: top + rows - 1 for top, _, rows, _ in sheet.merged if rows < 1_000}
    block: list[int] = []
    end = 0
    for row in sorted(sheet.rows):
        if block and row > end + 1:
            yield block
            block = []
        block.append(row)
        end = max(end, row, covered.get(row, row))
    if block:
        yield block


def _block_lines(subject: str, sheet: _Sheet, block: Sequence[int]) -> Iterator[Line]:
    spans = {(top, left): (rows, columns) for top, left, rows, columns in sheet.merged}
    reached = {
        row
        for top, left, rows, _ in sheet.merged
        if rows > 1 and left in sheet.rows[top]
        for row in range(top + 1, top + min(rows, 1_000))
    }
    single = [len(sheet.rows[row]) == 1 and row not in reached for row in block]
    if is_frame((row, spans.get((row, column), (1, 1))[0], True) for row in block for column in sheet.rows[row]):
        single = [True] * len(block)
    start = next((index for index, alone in enumerate(single) if not alone), len(block))
    stop = next((index for index in range(len(block), start, -1) if not single[index - 1]), start)
    yield from _paragraphs(sheet, block[:start])
    table = block[start:stop]
    if table:
        grid = Grid(subject, max_cells=_MAX_CELLS)
        first = table[0]
        for row in range(first, table[-1] + 1):
            values = sheet.rows.get(row, {})
            grid.add_row(header=row in sheet.title_rows and row < table[-1])
            for column, text in values.items():
                rows, columns = spans.get((row, column), (1, 1))
                rows = min(rows, table[-1] - row + 1)
                grid.add_cell(row - first, text, column=column, rows=rows, columns=min(columns, 500))
        yield from grid.lines()
    yield from _paragraphs(sheet, block[stop:])


def _paragraphs(sheet: _Sheet, rows: Sequence[int]) -> Iterator[Line]:
    for row in rows:
        for text in sheet.rows[row].values():
            yield from flowing_lines(text, LineKind.PARAGRAPH)
