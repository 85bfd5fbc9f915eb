"""HWPX (OWPML) documents of Hancom's word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element

from assistant.errors import EncryptedFileError, UnreadableFileError
from assistant.ingest.loaders.archive import Archive, local_name
from assistant.ingest.loaders.grid import Grid, is_frame
from assistant.ingest.loaders.hwpx_password import decrypted, encryptions
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

_MEDIA_TYPE = "application/hwp+zip"
_HEADER = "Contents/header.xml"
_PACKAGE = "Contents/content.hpf"
_MANIFEST = "META-INF/manifest.xml"
_SECTION = re.compile(r"Contents/section(\d{1,4})\.xml")
_HEADING_MAX_CHARS = 120
_BREAKS = {"lineBreak": "\n", "tab": " ", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_NOTES = frozenset(["footNote", "endNote"])
_RUNNING = {"header": "머리말", "footer": "꼬리말"}
_SILENT = frozenset(["hiddenComment", "secPr", "parameters", "linesegarray", "equation", "metaTag"])


class HwpxLoader:
    """Read an HWPX document: headings, paragraphs, lists, tables, notes and text in shapes, in order."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page of logical lines; deleted text is left out.

        Page headers and footers are ``NOTE`` lines marked ``[머리말]`` and ``[꼬리말]``, once each, at the end.

        Raises:
            EncryptedFileError: the document has a password and it was not given, or is another.
            UnreadableFileError: a damaged package, or XML with entities.
            TooLargeError: over the limits on packages.
            NoTextError: no text in it.
        """
        archive = Archive(source)
        if _MANIFEST in archive.names:
            manifest = archive.xml(_MANIFEST)
            locked = encryptions(source.name, manifest)
            if locked and source.password is None:
                raise EncryptedFileError(
                    source.name, "the HWPX document needs a password", OPENING_REMEDY, opens_with_password=True
                )
            archive.decode_with(
                {
                    name: partial(decrypted, source.name, encryption=encryption, password=source.password or "")
                    for name, encryption in locked.items()
                }
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
        lines.extend(reader.running_lines())
        return loaded(source, _MEDIA_TYPE, [lines], _metadata(package))


def _sections(archive: Archive, package: Element | None) -> list[str]:
    """The section files in the order of the package's spine, else by number."""
    if package is not None:
        items = {item.get("id"): item.get("href") or "" for item in package.iter() if local_name(item) == "item"}
        spine = [items.get(ref.get("idref"), "") for ref in package.iter() if local_name(ref) == "itemref"]
        names = (name if name in archive.names else f"Contents/{name}" for name in spine)
        listed = [name for name in dict.fromkeys(names) if name in archive.names and _SECTION.fullmatch(name)]
        if listed:
            return listed
    numbered = ((int(match[1]), name) for name in archive.names if (match := _SECTION.fullmatch(name)))
    return [name for _, name in sorted(numbered)]


def _metadata(package: Element | None) -> FileMetadata:
    title = publisher = None
    for element in package.iter() if package is not None else ():
        if local_name(element) == "title" and title is None:
            title = sensible_title(element.text)
        elif local_name(element) == "meta" and element.get("name") == "creator":
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
            if local_name(element) == "style":
                for name in (element.get("name") or "", element.get("engName") or ""):
                    if level := outline_level(name):
                        styles.outline[element.get("id") or ""] = level
            elif local_name(element) == "paraPr":
                heading = next((child for child in element.iter() if local_name(child) == "heading"), None)
                depth = (heading.get("level") or "0") if heading is not None else "0"
                if heading is not None and depth.isdigit() and len(depth) < 3:
                    styles.shapes[element.get("id") or ""] = (heading.get("type") or "NONE", int(depth) + 1)
        return styles


class _Reader:
    def __init__(self, subject: str, styles: _Styles) -> None:
        self._subject = subject
        self._styles = styles
        self._running: dict[Line, None] = {}

    def paragraphs(self, parent: Element) -> Iterator[Line]:
        """The lines of a section, cell or shape. Depth is bounded by the package check."""
        for child in parent:
            if local_name(child) == "p":
                yield from self._paragraph(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        text = _text(paragraph)
        kind, level = self._kind(paragraph, text)
        objects = list(_objects(paragraph))
        yield from flowing_lines(text, kind, level)
        for element in objects:
            yield from self._object(element)

    def _object(self, element: Element) -> Iterator[Line]:
        name = local_name(element)
        if name == "tbl":
            yield from self._table(element)
        elif name in _NOTES:
            note = " ".join(_text(child) for child in element.iter() if local_name(child) == "p")
            yield from (Line(line.text, LineKind.NOTE) for line in flowing_lines(note, LineKind.NOTE))
        elif name in _RUNNING:
            lines = (line for part in element if local_name(part) == "subList" for line in self.paragraphs(part))
            self._running.update(dict.fromkeys(marked_note(_RUNNING[name], line.text) for line in lines if line.text))
        else:
            yield from self.paragraphs(element)

    def running_lines(self) -> Iterator[Line]:
        """Page headers and footers met so far, each once."""
        yield from self._running

    def _kind(self, paragraph: Element, text: str) -> tuple[LineKind, int]:
        shape, depth = self._styles.shapes.get(paragraph.get("paraPrIDRef") or "", ("NONE", 0))
        level = self._styles.outline.get(paragraph.get("styleIDRef") or "", depth if shape == "OUTLINE" else 0)
        if level and len(text) <= _HEADING_MAX_CHARS:
            return LineKind.HEADING, level
        if shape in ("NUMBER", "BULLET"):
            return LineKind.LIST_ITEM, depth
        return LineKind.PARAGRAPH, 0

    def _table(self, table: Element) -> Iterator[Line]:
        rows = [row for row in table if local_name(row) == "tr"]
        cells = [[cell for cell in row if local_name(cell) == "tc"] for row in rows]
        caption = _child(table, "caption")
        if caption is not None:
            yield from self._inside(caption)
        places = [
            (_number(_child(cell, "cellAddr"), "rowAddr", index), cell)
            for index, row in enumerate(cells)
            for cell in row
        ]
        if is_frame((row, _number(_child(cell, "cellSpan"), "rowSpan", 1), _has_text(cell)) for row, cell in places):
            for _, cell in places:
                yield from self._inside(cell)
            return
        grid = Grid(self._subject)
        after: list[Line] = []
        for index, row in enumerate(cells):
            grid.add_row(header=bool(row) and all(cell.get("header") == "1" for cell in row))
            for cell in row:
                address, span = _child(cell, "cellAddr"), _child(cell, "cellSpan")
                column = _number(address, "colAddr", -1)
                text, inner = self._cell(cell)
                grid.add_cell(
                    min(_number(address, "rowAddr", index), index),
                    text,
                    column=column if column >= 0 else None,
                    rows=_number(span, "rowSpan", 1),
                    columns=_number(span, "colSpan", 1),
                )
                after.extend(inner)
        yield from grid.lines()
        yield from after

    def _cell(self, cell: Element) -> tuple[str, list[Line]]:
        """A cell's text, and the lines of what stands in it as a thing of its own: notes and whole tables."""
        pieces: list[str] = []
        after: list[Line] = []
        for paragraph in (element for part in cell if local_name(part) == "subList" for element in part):
            if local_name(paragraph) != "p":
                continue
            pieces.append(_text(paragraph))
            for element in _objects(paragraph):
                lines = list(self._object(element))
                if any(line.kind in (LineKind.TABLE_HEADER, LineKind.TABLE_ROW, LineKind.NOTE) for line in lines):
                    after.extend(lines)
                else:
                    pieces.extend(line.text for line in lines)
        return " ".join(piece for piece in pieces if piece), after

    def _inside(self, element: Element) -> Iterator[Line]:
        for child in element:
            if local_name(child) == "subList":
                yield from self.paragraphs(child)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _has_text(cell: Element) -> bool:
    return any(_text(element).strip() for element in cell.iter() if local_name(element) == "p")


def _number(element: Element | None, name: str, default: int) -> int:
    value = (element.get(name) or "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _text(paragraph: Element) -> str:
    """The paragraph's own text; line breaks as newlines. Tables, shapes and notes in it are not part of it."""
    pieces: list[str] = []
    deleted = False
    for run in paragraph:
        for content in run if local_name(run) == "run" else ():
            if local_name(content) == "compose" and not deleted:
                pieces.append(content.get("composeText") or "")
            elif local_name(content) == "dutmal" and not deleted:
                main, above = (
                    "".join(text for piece in content if local_name(piece) == part for text in piece.itertext())
                    for part in ("mainText", "subText")
                )
                pieces.append(f"{main}({above})" if above else main)
            if local_name(content) != "t":
                continue
            pieces.append("" if deleted else content.text or "")
            for mark in content:
                name = local_name(mark)
                if name in ("deleteBegin", "deleteEnd"):
                    deleted = name == "deleteBegin"
                elif not deleted:
                    pieces.append(_BREAKS.get(name, ""))
                pieces.append("" if deleted else mark.tail or "")
    return "".join(pieces)


def _objects(paragraph: Element) -> Iterator[Element]:
    """Tables, notes and the paragraph lists of shapes that are anchored in a paragraph, outermost only, in order."""
    todo = [run for run in reversed(paragraph) if local_name(run) == "run"]
    while todo:
        element = todo.pop()
        name = local_name(element)
        if name in ("tbl", "subList") or name in _NOTES or name in _RUNNING:
            yield element
        elif name not in _SILENT and name != "t":
            todo.extend(reversed(element))
