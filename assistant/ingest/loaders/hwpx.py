"""HWPX (OWPML) documents of Hancom's word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assistant.errors import EncryptedFileError, UnreadableFileError
from assistant.ingest.loaders.archive import Archive
from assistant.ingest.loaders.grid import Grid
from assistant.ingest.loaders.lines import flowing_lines, loaded, sensible_publisher, sensible_title
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, SourceFile

_MEDIA_TYPE = "application/hwp+zip"
_HEADER = "Contents/header.xml"
_PACKAGE = "Contents/content.hpf"
_MANIFEST = "META-INF/manifest.xml"
_SECTION = re.compile(r"Contents/section(\d{1,4})\.xml")
_OUTLINE_STYLE = re.compile(r"(?:개요|outline|제목|heading)\s*([1-9]|10)", re.IGNORECASE)
_HEADING_MAX_CHARS = 120
_BREAKS = {"lineBreak": "\n", "tab": " ", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_NOTES = frozenset(["footNote", "endNote"])
# Running heads, hidden comments and the like stand outside the text.
_SILENT = frozenset(["header", "footer", "hiddenComment", "secPr", "parameters", "linesegarray", "equation", "metaTag"])


class HwpxLoader:
    """Read an HWPX document: headings, paragraphs, lists, tables, notes and text in shapes, in order."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page of logical lines; page headers and footers and deleted text are left out.

        Raises:
            EncryptedFileError: the document has a password.
            UnreadableFileError: a damaged package, or XML with entities.
            TooLargeError: over the limits on packages.
            NoTextError: no text in it.
        """
        archive = Archive(source)
        if _MANIFEST in archive.names:
            manifest = archive.xml(_MANIFEST)
            if any(_name(element) == "encryption-data" for element in manifest.iter()):
                raise EncryptedFileError(
                    source.name, "the HWPX document needs a password", "Save it without a password"
                )
        package = archive.xml(_PACKAGE) if _PACKAGE in archive.names else None
        sections = _sections(archive, package)
        if not sections:
            raise UnreadableFileError(
                source.name, "the HWPX package has no section", "Open it in Hancom Office and save it"
            )
        styles = _Styles.read(archive.xml(_HEADER)) if _HEADER in archive.names else _Styles()
        reader = _Reader(source.name, styles)
        lines = [line for name in sections for line in reader.paragraphs(archive.xml(name))]
        return loaded(source, _MEDIA_TYPE, [lines], _metadata(package))


def _name(element: Element) -> str:
    """The element's name without its namespace, which differs between versions of the format."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _sections(archive: Archive, package: Element | None) -> list[str]:
    """The section files in the order of the package's spine, else by number."""
    if package is not None:
        items = {item.get("id"): item.get("href") or "" for item in package.iter() if _name(item) == "item"}
        spine = [items.get(ref.get("idref"), "") for ref in package.iter() if _name(ref) == "itemref"]
        names = (name if name in archive.names else f"Contents/{name}" for name in spine)
        listed = [name for name in dict.fromkeys(names) if name in archive.names and _SECTION.fullmatch(name)]
        if listed:
            return listed
    numbered = ((int(match[1]), name) for name in archive.names if (match := _SECTION.fullmatch(name)))
    return [name for _, name in sorted(numbered)]


def _metadata(package: Element | None) -> FileMetadata:
    title = publisher = None
    for element in package.iter() if package is not None else ():
        if _name(element) == "title" and title is None:
            title = sensible_title(element.text)
        elif _name(element) == "meta" and element.get("name") == "creator":
            publisher = sensible_publisher(element.text)
    return FileMetadata(title, publisher)


@dataclass(slots=True)
class _Styles:
    """Outline level by style id, and (heading type, level) by paragraph shape id."""

    outline: dict[str, int] = field(default_factory=dict)
    shapes: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, header: Element) -> _Styles:
        styles = cls()
        for element in header.iter():
            if _name(element) == "style":
                for name in (element.get("name") or "", element.get("engName") or ""):
                    match = _OUTLINE_STYLE.fullmatch(name.strip())
                    if match:
                        styles.outline[element.get("id") or ""] = int(match[1])
            elif _name(element) == "paraPr":
                heading = next((child for child in element.iter() if _name(child) == "heading"), None)
                level = (heading.get("level") or "0") if heading is not None else "0"
                if heading is not None and level.isdigit() and len(level) < 3:
                    styles.shapes[element.get("id") or ""] = (heading.get("type") or "NONE", int(level) + 1)
        return styles


class _Reader:
    def __init__(self, subject: str, styles: _Styles) -> None:
        self._subject = subject
        self._styles = styles

    def paragraphs(self, parent: Element) -> Iterator[Line]:
        """The lines of a section, cell or shape. Depth is bounded by the package check."""
        for child in parent:
            if _name(child) == "p":
                yield from self._paragraph(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        text = _text(paragraph)
        kind, level = self._kind(paragraph, text)
        objects = list(_objects(paragraph))
        yield from flowing_lines(text, kind, level)
        for element in objects:
            if _name(element) == "tbl":
                yield from self._table(element)
            elif _name(element) in _NOTES:
                note = " ".join(_text(child) for child in element.iter() if _name(child) == "p")
                yield from (Line(line.text, LineKind.NOTE) for line in flowing_lines(note, LineKind.NOTE))
            else:
                yield from self.paragraphs(element)

    def _kind(self, paragraph: Element, text: str) -> tuple[LineKind, int]:
        shape, depth = self._styles.shapes.get(paragraph.get("paraPrIDRef") or "", ("NONE", 0))
        level = self._styles.outline.get(paragraph.get("styleIDRef") or "", depth if shape == "OUTLINE" else 0)
        if level and len(text) <= _HEADING_MAX_CHARS:
            return LineKind.HEADING, level
        if shape in ("NUMBER", "BULLET"):
            return LineKind.LIST_ITEM, depth
        return LineKind.PARAGRAPH, 0

    def _table(self, table: Element) -> Iterator[Line]:
        rows = [row for row in table if _name(row) == "tr"]
        cells = [[cell for cell in row if _name(cell) == "tc"] for row in rows]
        caption = next((child for child in table if _name(child) == "caption"), None)
        if caption is not None:
            yield from self._inside(caption)
        if sum(len(row) for row in cells) == 1:
            yield from self._inside(next(row for row in cells if row)[0])
            return
        grid = Grid(self._subject)
        notes: list[Element] = []
        for index, row in enumerate(cells):
            grid.add_row(header=bool(row) and all(cell.get("header") == "1" for cell in row))
            for cell in row:
                address = next((child for child in cell if _name(child) == "cellAddr"), None)
                span = next((child for child in cell if _name(child) == "cellSpan"), None)
                column = _number(address, "colAddr", -1)
                paragraphs = [element for element in cell.iter() if _name(element) == "p"]
                notes.extend(element for element in cell.iter() if _name(element) in _NOTES)
                in_notes = {id(inner) for note in notes for inner in note.iter()}
                text = " ".join(_text(element) for element in paragraphs if id(element) not in in_notes)
                grid.add_cell(
                    _number(address, "rowAddr", index) if _number(address, "rowAddr", index) <= index else index,
                    text,
                    column=column if column >= 0 else None,
                    rows=_number(span, "rowSpan", 1),
                    columns=_number(span, "colSpan", 1),
                )
        yield from grid.lines()
        for note in notes:
            text = " ".join(_text(child) for child in note.iter() if _name(child) == "p")
            yield from (Line(line.text, LineKind.NOTE) for line in flowing_lines(text, LineKind.NOTE))

    def _inside(self, element: Element) -> Iterator[Line]:
        for child in element:
            if _name(child) == "subList":
                yield from self.paragraphs(child)


def _number(element: Element | None, name: str, default: int) -> int:
    value = (element.get(name) or "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _text(paragraph: Element) -> str:
    """The paragraph's own text; line breaks as newlines. Tables, shapes and notes in it are not part of it."""
    pieces: list[str] = []
    deleted = False
    for run in paragraph:
        for content in run if _name(run) == "run" else ():
            if _name(content) != "t":
                continue
            pieces.append("" if deleted else content.text or "")
            for mark in content:
                name = _name(mark)
                if name in ("deleteBegin", "deleteEnd"):
                    deleted = name == "deleteBegin"
                elif not deleted:
                    pieces.append(_BREAKS.get(name, ""))
                pieces.append("" if deleted else mark.tail or "")
    return "".join(pieces)


def _objects(paragraph: Element) -> Iterator[Element]:
    """Tables, notes and the paragraph lists of shapes that are anchored in a paragraph, outermost only, in order."""
    todo = [run for run in reversed(paragraph) if _name(run) == "run"]
    while todo:
        element = todo.pop()
        name = _name(element)
        if name in ("tbl", "subList") or name in _NOTES:
            yield element
        elif name not in _SILENT and name != "t":
            todo.extend(reversed(element))
