"""PDF files with a text layer.

pdfium gives the text with a rectangle for every character; pypdf gives the title, the page labels and the outline.
"""

from __future__ import annotations

import ctypes
import io
import logging
import math
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders.grid import names_columns
from assistant.ingest.loaders.lines import (
    OPENING_REMEDY,
    loaded,
    sensible_title,
    starts_with_marker,
    starts_with_symbol,
)
from assistant.ingest.loaders.ocr import DOTS_PER_INCH, INSTALL_LINE, ocr_languages, recognise, respaced_words
from assistant.ingest.loaders.pdf_tables import Cell, RuledTable, Stroke, Word, assemble_row, joined_words, ruled_tables
from assistant.ingest.loaders.progress import page_done
from assistant.ingest.loaders.repair import UNIT, join_broken_words, repair_characters, repair_line, words_of
from assistant.text.normalize import normalize_text
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, RawPage, SourceFile

MAX_PAGES = 20_000
MAX_CHARACTERS = 50_000_000
MAX_OCR_PAGES = 500
_MAX_PIXELS_ACROSS = 8_000
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")  # what fonts without a character table come out as
_MAX_UNMAPPED_RATIO = 0.3
_OCR_REMEDY = f"Install OCR ({INSTALL_LINE}) and take it in again, or leave it out"
_MAX_OUTLINE_ENTRIES = 5_000
_HEADING_RATIO = 1.25
_HEADING_MAX_CHARS = 60
_HEADING_LEVELS = 3
_WIDE_GAP_SPACES = 2.5
_TYPICAL_SPACE_RATIO = 0.3  # of the font size; a blank that pdfium inserts has no width of its own
_COLUMN_TOLERANCE_POINTS = 3.0
_JUSTIFIED_MIN_GAPS = 4
_COLUMN_GAP_RATIO = 1.5  # of the font size; the blanks of justified text stay below
_UNIT = re.compile(UNIT)
_NARROW_GAP_RATIO = 0.6  # of the font size; wider than this is two columns, not one number
_PASSWORD_ERROR = 4
_ROW_LEADING = 0.9  # of the font size; a wider blank between lines ends a cell
_STRAIGHT = 1.5  # points by which a stroke may lean
_WHOLE_PAGE = 0.99
_MAX_STROKES = 20_000
_MAX_OBJECTS = 100_000
_MAX_SEGMENTS = 1_000
_MAX_FORM_DEPTH = 5

_Transform = Callable[[Sequence[tuple[float, float, float, float]]], tuple[float, float, float, float]]

# pdfium keeps global state and must not run in two threads at once.
_pdfium_lock = threading.Lock()
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings about damaged files have no reader here


@dataclass(slots=True)
class _RawLine:
    """A physical line of words, or a whole table at its place."""

    words: list[Word] = field(default_factory=list)
    size: float = 0.0
    table: RuledTable | None = None

    def gaps(self) -> Iterator[tuple[int, float]]:
        """Index of each word but the first, with the blank before it in points."""
        for index in range(1, len(self.words)):
            yield index, self.words[index].left - self.words[index - 1].right


@dataclass(slots=True)
class _RawPage:
    lines: list[_RawLine]
    width: float
    height: float
    is_picture: bool = False
    ocr_confidence: float | None = None
    lost_tables: int = 0


@dataclass(slots=True)
class _Extras:
    """What pypdf knows: the title, the labels by page and the outline's titles (blanks removed) by page."""

    title: str | None = None
    labels: dict[int, str] = field(default_factory=dict)
    outline: dict[int, dict[str, int]] = field(default_factory=dict)


class PdfLoader:
    """Read a PDF into one page per PDF page, with a box for every word; scanned pages through OCR."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """The lines in the order of the PDF's own text, empty ones kept.

        A line is a heading if the PDF's outline names it or if it is short and clearly larger than the body
        text. Ruling lines make tables, and so do wide gaps that line up. A page whose text layer is missing or unreadable is
        recognised if the program for it is installed, and marked with the confidence.

        Raises:
            EncryptedFileError: opening it needs a password.
            UnreadableFileError: damaged beyond what pdfium repairs.
            TooLargeError: over ``MAX_PAGES`` pages or ``MAX_CHARACTERS`` characters.
            NoTextError: no page has a text layer, and OCR is not installed or finds nothing.
        """
        raw_pages = _read_pages(source)
        _recognise_scans(source, raw_pages)
        extras = _read_extras(source)
        levels = _heading_levels(raw_pages)
        outlines = [extras.outline.get(number, {}) for number in range(1, len(raw_pages) + 1)]
        finished = [
            list(_finished(source.name, page.lines, levels, outline))
            for page, outline in zip(raw_pages, outlines, strict=True)
        ]
        words = words_of(line for lines in finished for line in lines)
        pages = tuple(
            RawPage(
                number,
                tuple(
                    join_broken_words([repair_line(line, words=words) for line in finished[number - 1]], words=words)
                ),
                extras.labels.get(number),
                page.width,
                page.height,
                page.ocr_confidence,
                page.lost_tables,
            )
            for number, page in enumerate(raw_pages, start=1)
        )
        remedy = "OCR found none either; check the pages, or leave it out" if ocr_languages() else _OCR_REMEDY
        return loaded(source, "application/pdf", pages, FileMetadata(title=extras.title), remedy)


def _read_pages(source: SourceFile) -> list[_RawPage]:
    with _pdfium_lock, _pdfium_errors(source):
        document = pypdfium2.PdfDocument(source.content, password=source.password)
        try:
            if len(document) > MAX_PAGES:
                raise TooLargeError(source.name, f"it has more than {MAX_PAGES:,} pages", "Split it")
            pages: list[_RawPage] = []
            characters = 0
            for index in range(len(document)):
                page = document[index]
                text_page = page.get_textpage()
                try:
                    characters += text_page.count_chars()
                    if characters > MAX_CHARACTERS:
                        raise TooLargeError(source.name, f"over {MAX_CHARACTERS:,} characters", "Split it")
                    pages.append(_read_page(page, text_page))
                finally:
                    text_page.close()
                    page.close()
            return pages
        finally:
            document.close()


def _is_picture(page: Any, lines: Sequence[_RawLine]) -> bool:
    """Whether something is drawn on a page but its text layer is missing, or is not text."""
    text = "".join(word.text for line in lines for word in line.words)
    if text or any(line.table for line in lines):
        return len(_UNMAPPED.findall(text)) > _MAX_UNMAPPED_RATIO * len(text)
    return bool(pdfium.FPDFPage_CountObjects(page.raw) > 0)


def _recognise_scans(source: SourceFile, pages: Sequence[_RawPage]) -> None:
    """Fill the pages that are pictures with what OCR reads in them."""
    pictures = [number for number, page in enumerate(pages, start=1) if page.is_picture]
    if not pictures or not ocr_languages():
        return
    for number in pictures[:MAX_OCR_PAGES]:
        page = pages[number - 1]
        longest = max(page.width, page.height, 1.0)
        dots_per_inch = min(DOTS_PER_INCH, int(_MAX_PIXELS_ACROSS * 72 / longest))
        found = recognise(
            _rendered(source.content, number, dots_per_inch, source.password), dots_per_inch=dots_per_inch
        )
        page_done()
        if found is None:
            continue
        # No size: heights and gaps of recognised words depend on their letters and tell neither headings nor columns.
        lines = [_RawLine(list(line)) for line in found.lines]
        page.lines = _with_tables(lines, ruled_tables(found.horizontal, found.vertical))
        for line in page.lines:
            line.words = respaced_words(line.words)
            for cell in line.table.words.values() if line.table else ():
                cell[:] = [respaced_words(words) for words in cell]
        page.ocr_confidence = found.confidence


@contextmanager
def _pdfium_errors(source: SourceFile) -> Iterator[None]:
    try:
        yield
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            problem = "the PDF needs a password" if source.password is None else "the password is wrong"
            raise EncryptedFileError(source.name, problem, OPENING_REMEDY) from error
        raise UnreadableFileError(
            source.name, "the PDF is damaged", "Fetch it again or print it to a new PDF"
        ) from error


def _read_page(page: Any, text_page: Any) -> _RawPage:
    width, height = page.get_size()
    to_page = _page_transform(page, width, height)
    lines = [_RawLine()]
    characters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    sizes: list[float] = []
    rectangle, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    handle = text_page.raw

    def end_word() -> None:
        text = normalize_text(repair_characters("".join(characters)))
        if text and boxes:
            left, top, right, bottom = to_page(boxes)
            on_page = right > -1 and left < width + 1 and bottom > -1 and top < height + 1
            if on_page:  # words outside the page are seen by nobody
                lines[-1].words.append(Word(text.replace(" ", ""), left, top, right, bottom))
        characters.clear()
        boxes.clear()

    def end_line() -> None:
        end_word()
        lines[-1].size = round(median(sizes) * 2) / 2 if sizes else 0.0
        sizes.clear()
        lines.append(_RawLine())

    high_surrogate = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high_surrogate:
                continue
            code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
        high_surrogate = 0
        if code in (0x0A, 0x0D):
            if code == 0x0A:
                end_line()
            continue
        # pdfium marks a hyphen at a line's end with U+0002 and leaves out the line end.
        hyphen = code in (0x02, 0xFFFE)
        character = "-" if hyphen else chr(code)
        if _is_blank(character):
            end_word()
            continue
        characters.append(character)
        if pdfium.FPDFText_GetLooseCharBox(handle, index, rectangle):
            boxes.append((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        size = pdfium.FPDFText_GetFontSize(handle, index)
        if pdfium.FPDFText_GetMatrix(handle, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        sizes.append(size)
        if hyphen:
            end_line()
    end_line()
    for line in lines:
        line.words = _joined_units(line)
    strokes = _strokes(page, to_page, width, height)
    tables = ruled_tables(*strokes) if strokes else []
    lines = _with_tables(lines, tables)
    lost = sum(table.is_lost() for table in tables) + (strokes is None)
    while lines and not lines[-1].words and lines[-1].table is None:
        lines.pop()
    return _RawPage(lines, width, height, _is_picture(page, lines), lost_tables=lost)


def _with_tables(lines: list[_RawLine], tables: Sequence[RuledTable]) -> list[_RawLine]:
    """Move the words inside ruled tables into them; each table stands where its first word stood."""
    if not tables:
        return lines
    inside: dict[int, tuple[RuledTable, Cell]] = {}  # by the word's identity
    for word in (word for line in lines for word in line.words):
        for table in tables:
            if (cell := table.cell_of(word)) is not None:
                inside[id(word)] = table, cell
                break
    for line in lines:
        for cell_words in _by_cell(line, inside):
            table, cell = inside[id(cell_words[0])]
            table.words.setdefault(cell, []).append(cell_words)
    real = {id(table) for table in tables if table.is_table()}
    result: list[_RawLine] = []
    placed: set[int] = set()
    for line in lines:
        here = [inside[id(word)][0] for word in line.words if id(word) in inside and id(inside[id(word)][0]) in real]
        for table in here:
            if id(table) not in placed:
                placed.add(id(table))
                result.append(_RawLine(table=table))
        rest = [w for w in line.words if not (id(w) in inside and id(inside[id(w)][0]) in real)]
        if rest or not line.words:
            result.append(_RawLine(rest, line.size))
    return result


def _by_cell(line: _RawLine, inside: dict[int, tuple[RuledTable, Cell]]) -> list[list[Word]]:
    """The line's words that stand in cells, together by cell."""
    groups: dict[int, list[Word]] = {}
    for word in line.words:
        if id(word) in inside:
            groups.setdefault(id(inside[id(word)][1]), []).append(word)
    return list(groups.values())


def _strokes(page: Any, to_page: _Transform, width: float, height: float) -> tuple[list[Stroke], list[Stroke]] | None:
    """The straight strokes on a page, horizontal and vertical; the sides of filled boxes count. ``None``: there are too many."""
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for path, matrix in _paths(page.raw):
        for ends in _segments(path, matrix):
            left, top, right, bottom = to_page([ends])
            if bottom - top > _STRAIGHT and right - left > _STRAIGHT:
                continue
            if right - left > width * _WHOLE_PAGE or bottom - top > height * _WHOLE_PAGE:
                continue  # the edge of the page's background
            if right - left >= bottom - top:
                horizontal.append(Stroke((top + bottom) / 2, left, right))
            else:
                vertical.append(Stroke((left + right) / 2, top, bottom))
        if len(horizontal) + len(vertical) > _MAX_STROKES:
            return None
    return horizontal, vertical


def _paths(page: Any) -> Iterator[tuple[Any, Any]]:
    """The path objects of a page, those in forms too, each with the matrix of its form."""
    count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    todo: list[tuple[Any, Any, int]] = [(pdfium.FPDFPage_GetObject(page, index), None, 0) for index in range(count)]
    seen = 0
    while todo and seen < _MAX_OBJECTS:
        seen += 1
        item, outer, depth = todo.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, outer
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _product(_matrix(item), outer)
            count = min(pdfium.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)
            todo.extend((pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1) for index in range(count))


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(item: Any) -> _Matrix:
    values = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, values):
        return 1, 0, 0, 1, 0, 0
    return values.a, values.b, values.c, values.d, values.e, values.f


def _product(first: _Matrix, then: _Matrix | None) -> _Matrix:
    if then is None:
        return first
    (a, b, c, d, e, f), (ta, tb, tc, td, te, tf) = first, then
    return (
        a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td, e * ta + f * tc + te, e * tb + f * td + tf,
    )  # fmt: skip


def _segments(path: Any, outer: _Matrix | None) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path, as the boxes they span."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    a, b, c, d, e, f = _product(_matrix(path), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _spanned(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _spanned(last, start)
            last = start


def _spanned(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _page_transform(page: Any, width: float, height: float) -> _Transform:
    """A function from pdfium boxes to one rectangle in points from the top left, rotation and crop box applied."""
    scale = 100
    x, y = ctypes.c_int(), ctypes.c_int()

    def device(across: float, up: float) -> tuple[float, float]:
        pixels = int(width * scale), int(height * scale)
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *pixels, 0, across, up, x, y)
        return x.value / scale, y.value / scale

    zero_x, zero_y = device(0, 0)
    one_x, one_y = device(1000, 0)
    up_x, up_y = device(0, 1000)
    xx, xy = (one_x - zero_x) / 1000, (one_y - zero_y) / 1000
    yx, yy = (up_x - zero_x) / 1000, (up_y - zero_y) / 1000

    def to_page(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        corners = [(zero_x + xx * a + yx * b, zero_y + xy * a + yy * b) for a, b in ((left, bottom), (right, top))]
        xs, ys = sorted(corner[0] for corner in corners), sorted(corner[1] for corner in corners)
        return round(xs[0], 2), round(ys[0], 2), round(xs[1], 2), round(ys[1], 2)

    return to_page


@lru_cache(maxsize=4096)
def _is_blank(character: str) -> bool:
    return normalize_text(f"x{character}x") == "x x"


def _joined_units(line: _RawLine) -> list[Word]:
    """The line's words, with a number and its unit as one word where only a font change split them."""
    words: list[Word] = []
    for word in line.words:
        last = words[-1] if words else None
        near = last is not None and -1 <= word.left - last.right < _NARROW_GAP_RATIO * line.size
        if last is not None and near and last.text[-1].isdigit() and _UNIT.match(word.text):
            words[-1] = Word(
                normalize_text(last.text + word.text),
                last.left,
                min(last.top, word.top),
                word.right,
                max(last.bottom, word.bottom),
            )
        else:
            words.append(word)
    return words


def _heading_levels(pages: Sequence[_RawPage]) -> dict[float, int]:
    """Heading level by font size, for the sizes clearly above the body text's (the commonest by characters)."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[line.size] += sum(len(word.text) for word in line.words)
    if not weights:
        return {}
    body = weights.most_common(1)[0][0]
    sizes = sorted({s for s in weights if body > 0 and s >= body * _HEADING_RATIO and weights[s]}, reverse=True)
    return {size: min(rank, _HEADING_LEVELS) for rank, size in enumerate(sizes, start=1)}


def _finished(
    subject: str, lines: Sequence[_RawLine], levels: dict[float, int], outline: dict[str, int]
) -> Iterator[Line]:
    rows = _gap_rows(lines)
    taken = {number for row in rows.values() for number in row.rest}
    for index, line in enumerate(lines):
        if index in taken:
            continue
        if line.table is not None:
            yield from line.table.lines(subject)
            continue
        if not line.words:
            yield Line("")
            continue
        if index in rows:
            yield _row_line(lines, index, rows)
            continue
        text, boxes = joined_words([line.words])
        depth = outline.get(text.replace(" ", ""))
        short = len(text) <= _HEADING_MAX_CHARS and any(character.isalpha() for character in text)
        level = depth or (levels.get(line.size) if short and not starts_with_symbol(text) else None)
        yield Line(text, LineKind.HEADING if level else LineKind.TEXT, level or 0, boxes)


def _column_starts(line: _RawLine) -> dict[int, float]:
    """Index and left edge of each word that stands after a wide gap; an outline marker's own gap does not count."""
    gaps = list(line.gaps())
    if not gaps or not line.size:
        return {}
    limit = _WIDE_GAP_SPACES * _TYPICAL_SPACE_RATIO * line.size
    usual = median(gap for _, gap in gaps)
    if len(gaps) >= _JUSTIFIED_MIN_GAPS and usual < _COLUMN_GAP_RATIO * line.size:
        limit = max(limit, _WIDE_GAP_SPACES * usual)  # a justified line is wide everywhere
    starts = {index: line.words[index].left for index, gap in gaps if gap >= limit}
    if 1 in starts and (len(line.words[0].text) == 1 or starts_with_marker(line.words[0].text + " x")):
        first = line.words[0].text
        if not first[0].isalnum() or starts_with_marker(first + " x"):
            del starts[1]
    return starts


@dataclass(slots=True)
class _GapRow:
    """A table row that only gaps show: where its columns begin, and the lines that go on with its cells."""

    starts: dict[int, float]
    rest: list[int]


def _gap_rows(lines: Sequence[_RawLine]) -> dict[int, _GapRow]:
    """The rows among the lines, by the index of their first line.

    Two wide gaps make a row; a single one does if its column begins where the next or the last row's does.
    """
    found: dict[int, _GapRow] = {}
    index = 0
    while index < len(lines):
        starts = _column_starts(lines[index])
        rest: list[int] = []
        following = index + 1
        while starts and following < len(lines) and _goes_on(lines, index, following, starts):
            rest.append(following)
            following += 1
        if starts:
            found[index] = _GapRow(starts, rest)
        index = following
    for first, row in list(found.items()):
        if len(row.starts) > 1:
            continue
        before = (other for start, other in found.items() if start + len(other.rest) + 1 == first)
        after = found.get(first + len(row.rest) + 1)
        neighbours = [other.starts for other in (*before, after) if other is not None]
        if not _aligned(row.starts, neighbours):
            row.starts = {}
    return {first: row for first, row in found.items() if row.starts}


def _goes_on(lines: Sequence[_RawLine], first: int, number: int, starts: dict[int, float]) -> bool:
    """Whether a line holds nothing but the second lines of the row's cells: it begins in none but the later columns."""
    line, previous = lines[number], lines[number - 1]
    if not line.words or not previous.words:
        return False
    gap = line.words[0].top - max(word.bottom for word in previous.words)
    lefts = [line.words[0].left, *_column_starts(line).values()]
    return -line.size < gap < _ROW_LEADING * line.size and all(
        any(abs(left - start) <= _COLUMN_TOLERANCE_POINTS for start in starts.values()) for left in lefts
    )


def _row_line(lines: Sequence[_RawLine], index: int, rows: dict[int, _GapRow]) -> Line:
    row = rows[index]
    cells: list[list[list[Word]]] = [[]]
    lefts = [lines[index].words[0].left, *row.starts.values()]
    for position, word in enumerate(lines[index].words):
        if position in row.starts:
            cells.append([])
        if not cells[-1]:
            cells[-1].append([])
        cells[-1][-1].append(word)
    for number in row.rest:
        inner = _column_starts(lines[number])
        column = 0
        for position, word in enumerate(lines[number].words):
            if position == 0 or position in inner:
                column = min(range(len(lefts)), key=lambda at: abs(lefts[at] - word.left))
                cells[column].append([])
            cells[column][-1].append(word)
    joined = [joined_words(cell) for cell in cells]
    above = any(start < index <= start + len(other.rest) + 1 for start, other in rows.items())
    header = not above and names_columns(joined[0][0])
    return assemble_row(joined, LineKind.TABLE_HEADER if header else LineKind.TABLE_ROW)


def _aligned(wide: dict[int, float], neighbours: Sequence[dict[int, float]]) -> bool:
    """Whether a line with one wide gap shares its column with the row before or after."""
    (start,) = wide.values()
    return any(abs(start - other) <= _COLUMN_TOLERANCE_POINTS for columns in neighbours for other in columns.values())


def _read_extras(source: SourceFile) -> _Extras:
    extras = _Extras()
    # The text is already read; pypdf fails in many ways on files that pdfium repairs, and then there are no extras.
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.content))
        if reader.is_encrypted:
            reader.decrypt(source.password or "")
        extras.title = sensible_title(reader.metadata.title) if reader.metadata else None
        if "/PageLabels" in reader.root_object:
            labels = enumerate(reader.page_labels, start=1)
            extras.labels = {number: label for number, label in labels if label and label != str(number)}
        extras.outline = _outline(reader)
    except Exception:
        return extras
    return extras


def _outline(reader: pypdf.PdfReader) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    todo: list[tuple[Any, int]] = [(entry, 1) for entry in reversed(reader.outline)]
    for _ in range(_MAX_OUTLINE_ENTRIES):
        if not todo:
            break
        entry, depth = todo.pop()
        if isinstance(entry, list):
            todo.extend((child, depth + 1) for child in reversed(entry))
            continue
        page = reader.get_destination_page_number(entry)
        title = normalize_text(str(entry.title)).replace(" ", "").replace("\n", "")
        if page is not None and page >= 0 and title:
            found.setdefault(page + 1, {}).setdefault(title, min(depth, 6))
    return found


def render_page(content: bytes, number: int, *, dots_per_inch: int = 110) -> bytes:
    """A page's image as PNG; pages count from 1. The file must be one that ``PdfLoader`` has read.

    Raises:
        EncryptedFileError: it was read with a password; passwords are not kept, and so its text is all there is to show.
    """
    buffer = io.BytesIO()
    try:
        image = _rendered(content, number, dots_per_inch)
    except pypdfium2.PdfiumError as error:
        raise EncryptedFileError("the page", "its PDF needs a password to be drawn", "Read its text instead") from error
    image.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def _rendered(content: bytes, number: int, dots_per_inch: int, password: str | None = None) -> Image:
    with _pdfium_lock:
        pdf = pypdfium2.PdfDocument(content, password=password)
        try:
            image: Image = pdf[number - 1].render(scale=dots_per_inch / 72).to_pil()
        finally:
            pdf.close()
    return image
