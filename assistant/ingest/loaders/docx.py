"""Word documents."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

import docx

from assistant.errors import UnreadableFileError
from assistant.ingest.loaders.archive import Archive, local_name
from assistant.ingest.loaders.grid import Grid, is_frame
from assistant.ingest.loaders.lines import flowing_lines, loaded, sensible_publisher, sensible_title
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, SourceFile

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_HEADING_STYLE = re.compile(r"(?:heading|제목|개요)\s*([1-9])", re.IGNORECASE)
_WRAPPERS = frozenset(["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"])
# Deleted text, field codes, the old-Word copy of a shape, and properties.
_SILENT = frozenset(["del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "pPr", "rPr", "rt"])
_MAX_STYLE_CHAIN = 10


class DocxLoader:
    """Read a Word document: headings, paragraphs, lists, tables, footnotes and text boxes, in order."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page of logical lines. Deleted and hidden text is left out, inserted text is kept.

        Raises:
            UnreadableFileError: a damaged package, or XML with entities.
            EncryptedFileError: encrypted entries (a document with a password is recognised before).
            TooLargeError: over the limits on packages.
            NoTextError: no text in it.
        """
        archive = Archive(source)
        for name in sorted(archive.names):
            if name.endswith((".xml", ".rels")):
                archive.xml(name)
        # python-docx reports a malformed package by whatever error it happens to run into.
        try:
            document = docx.Document(io.BytesIO(source.content))
            body = document.element.body
            reader = _Reader(source.name, _styles(document), _footnotes(document))
            properties = document.core_properties
            metadata = FileMetadata(sensible_title(properties.title), sensible_publisher(properties.author))
        except Exception as error:
            remedy = "Open it in a word processor and save it again"
            raise UnreadableFileError(source.name, "the Word document is damaged", remedy) from error
        return loaded(source, _MEDIA_TYPE, [reader.blocks(body)], metadata)


def _styles(document: Any) -> dict[str, tuple[int, bool]]:
    """Heading level (0 = none) and whether it is a list, for each style id."""
    elements = {style.get(_W + "styleId"): style for style in document.styles.element.findall(_W + "style")}
    found: dict[str, tuple[int, bool]] = {}
    for style_id, element in elements.items():
        level, listed, current = 0, False, element
        for _ in range(_MAX_STYLE_CHAIN):
            if current is None:
                break
            name = _value(current.find(_W + "name")) or ""
            match = _HEADING_STYLE.fullmatch(name.strip())
            outline = _value(current.find(f"{_W}pPr/{_W}outlineLvl")) or ""
            level = level or (int(match[1]) if match else 1 if name.lower() == "title" else 0)
            level = level or (int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0)
            listed = listed or name.lower().startswith("list ") or current.find(f"{_W}pPr/{_W}numPr") is not None
            current = elements.get(_value(current.find(_W + "basedOn")))
        found[str(style_id)] = (level, listed)
    return found


def _footnotes(document: Any) -> dict[str, Any]:
    for relation in document.part.rels.values():
        if relation.reltype == _FOOTNOTES and not relation.is_external:
            root = docx.oxml.parse_xml(relation.target_part.blob)
            return {str(note.get(_W + "id")): note for note in root.findall(_W + "footnote")}
    return {}


def _value(element: Any) -> str | None:
    return None if element is None else element.get(_W + "val")


class _Reader:
    def __init__(self, subject: str, styles: dict[str, tuple[int, bool]], footnotes: dict[str, Any]) -> None:
        self._subject = subject
        self._styles = styles
        self._footnotes = footnotes

    def blocks(self, parent: Any) -> Iterator[Line]:
        """The lines of a body, cell, text box or wrapper. Depth is bounded by the package check."""
        for child in parent:
            name = local_name(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name in _WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        kind, level = self._kind(paragraph)
        yield from flowing_lines(_text(paragraph), kind, level)
        yield from self._attached(paragraph)

    def _attached(self, element: Any) -> Iterator[Line]:
        """Text boxes and footnotes that hang on a paragraph or a table."""
        for child in element.iter():
            name = local_name(child)
            if name == "txbxContent" and not any(local_name(up) == "Fallback" for up in child.iterancestors()):
                nested = next((up for up in child.iterancestors() if local_name(up) == "txbxContent"), None)
                if nested is None:
                    yield from self.blocks(child)
            elif name == "footnoteReference":
                note = self._footnotes.get(str(child.get(_W + "id")))
                if note is not None:
                    text = " ".join(_text(paragraph) for paragraph in note.iter(_W + "p"))
                    yield from (Line(line.text, LineKind.NOTE) for line in flowing_lines(text, LineKind.NOTE))

    def _kind(self, paragraph: Any) -> tuple[LineKind, int]:
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return LineKind.PARAGRAPH, 0
        style = _value(properties.find(_W + "pStyle")) or ""
        level, listed = self._styles.get(style, (0, False))
        outline = _value(properties.find(_W + "outlineLvl")) or ""
        if outline.isdigit() and int(outline) < 9:
            level = int(outline) + 1
        if level:
            return LineKind.HEADING, level
        numbering = properties.find(_W + "numPr")
        if numbering is not None and _value(numbering.find(_W + "numId")) == "0":
            listed = False
        elif numbering is not None:
            listed = True
        if not listed:
            return LineKind.PARAGRAPH, 0
        depth = (_value(numbering.find(_W + "ilvl")) if numbering is not None else None) or ""
        named = re.search(r"(\d)$", style)
        return LineKind.LIST_ITEM, int(depth) + 1 if depth.isdigit() else int(named[1]) if named else 1

    def _table(self, table: Any) -> Iterator[Line]:
        rows = list(_rows(table))
        cells = [list(_cells(row)) for row in rows]
        if is_frame((index, 1, _has_text(cell)) for index, row in enumerate(cells) for cell in row):
            for cell in itertools.chain.from_iterable(cells):
                yield from self.blocks(cell)
            return
        grid = Grid(self._subject)
        above: dict[int, str] = {}  # the text of the cell that a vertical merge continues, by column
        for row, row_cells in zip(rows, cells, strict=True):
            titles = row.find(f"{_W}trPr/{_W}tblHeader")
            index = grid.add_row(header=titles is not None and _value(titles) not in ("0", "false"))
            before = _value(row.find(f"{_W}trPr/{_W}gridBefore")) or "0"
            column = int(before) if before.isdigit() and len(before) < 4 else 0
            for cell in row_cells:
                span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan")) or "1"
                columns = int(span) if span.isdigit() and len(span) < 4 else 1
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and _value(merge) in (None, "continue"):
                    text = above.get(column, "")
                else:
                    text = " ".join(_text(paragraph) for paragraph in cell.iter(_W + "p"))
                    above[column] = text
                grid.add_cell(index, text, column=column, columns=columns)
                column += max(1, columns)
        yield from grid.lines()
        yield from self._attached(table)


def _has_text(cell: Any) -> bool:
    return any(_text(paragraph).strip() for paragraph in cell.iter(_W + "p"))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if local_name(child) == "tr":
            yield child
        elif local_name(child) in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if local_name(child) == "tc":
            yield child
        elif local_name(child) in _WRAPPERS:
            yield from _cells(child)


def _text(paragraph: Any) -> str:
    """The paragraph's visible text; line breaks as newlines. Text boxes in it are not part of it."""
    pieces: list[str] = []
    todo = [paragraph]
    while todo:
        element = todo.pop()
        name = local_name(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name in ("tab", "ptab"):
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name in _SILENT or name == "txbxContent" or (name == "r" and _is_hidden(element)):
            continue
        else:
            todo.extend(reversed(element))
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and _value(vanish) not in ("0", "false")
