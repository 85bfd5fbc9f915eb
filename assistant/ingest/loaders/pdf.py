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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders.grid import names_columns
from assistant.ingest.loaders.lines import loaded, sensible_title, starts_with_marker, starts_with_symbol
from assistant.text.normalize import normalize_text
from assistant.types import Box, FileMetadata, Line, LineKind, LoadedDocument, RawPage, SourceFile

MAX_PAGES = 20_000
MAX_CHARACTERS = 50_000_000
_MAX_OUTLINE_ENTRIES = 5_000
_HEADING_RATIO = 1.25
_HEADING_MAX_CHARS = 60
_HEADING_LEVELS = 3
_WIDE_GAP_SPACES = 2.5
_TYPICAL_SPACE_RATIO = 0.3  # of the font size; a blank that pdfium inserts has no width of its own
_COLUMN_TOLERANCE_POINTS = 3.0
_JUSTIFIED_MIN_GAPS = 4
_COLUMN_GAP_RATIO = 1.5  # of the font size; the blanks of justified text stay below
_UNIT = re.compile(
    r"(?:년|월|일|억|조|만|천|개|회|명|%)"
    r"(?=$|[^가-힣]|[년월일억만천원간도차개여분말초중내씩]|까지|부터|이상|이하|이내|이며|이고|에|의|은|는|을|를|과|와|로)"
)
_NARROW_GAP_RATIO = 0.6  # of the font size; wider than this is two columns, not one number
_PASSWORD_ERROR = 4
_CELL = " | "

# pdfium keeps global state and must not run in two threads at once.
_pdfium_lock = threading.Lock()
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings about damaged files have no reader here


@dataclass(slots=True)
class _Word:
    """A run of characters without blanks, already normalised, in points from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class _RawLine:
    words: list[_Word] = field(default_factory=list)
    size: float = 0.0

    def gaps(self) -> Iterator[tuple[int, float]]:
        """Index of each word but the first, with the blank before it in points."""
        for index in range(1, len(self.words)):
            yield index, self.words[index].left - self.words[index - 1].right


@dataclass(slots=True)
class _RawPage:
    lines: list[_RawLine]
    width: float
    height: float


@dataclass(slots=True)
class _Extras:
    """What pypdf knows: the title, the labels by page and the outline's titles (blanks removed) by page."""

    title: str | None = None
    labels: dict[int, str] = field(default_factory=dict)
    outline: dict[int, dict[str, int]] = field(default_factory=dict)


class PdfLoader:
    """Read a text PDF into one page per PDF page, with a box for every word."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """The lines in the order of the PDF's own text, empty ones kept.

        A line is a heading if the PDF's outline names it or if it is short and clearly larger than the body
        text; a line with wide gaps is a table row.

        Raises:
            EncryptedFileError: opening it needs a password.
            UnreadableFileError: damaged beyond what pdfium repairs.
            TooLargeError: over ``MAX_PAGES`` pages or ``MAX_CHARACTERS`` characters.
            NoTextError: no page has a text layer.
        """
        raw_pages = _read_pages(source)
        extras = _read_extras(source)
        levels = _heading_levels(raw_pages)
        pages = tuple(
            RawPage(
                number,
                tuple(_finished(page.lines, levels, extras.outline.get(number, {}))),
                extras.labels.get(number),
                page.width,
                page.height,
            )
            for number, page in enumerate(raw_pages, start=1)
        )
        remedy = "Run OCR on it first, or leave it out"
        return loaded(source, "application/pdf", pages, FileMetadata(title=extras.title), remedy)


def _read_pages(source: SourceFile) -> list[_RawPage]:
    with _pdfium_lock, _pdfium_errors(source):
        document = pypdfium2.PdfDocument(source.content)
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


@contextmanager
def _pdfium_errors(source: SourceFile) -> Iterator[None]:
    try:
        yield
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise EncryptedFileError(source.name, "the PDF needs a password", "Save it without a password") from error
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
        text = normalize_text("".join(characters))
        if text and boxes:
            left, top, right, bottom = to_page(boxes)
            on_page = right > -1 and left < width + 1 and bottom > -1 and top < height + 1
            if on_page:  # words outside the page are seen by nobody
                lines[-1].words.append(_Word(text.replace(" ", ""), left, top, right, bottom))
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
    while lines and not lines[-1].words:
        lines.pop()
    for line in lines:
        line.words = _joined_units(line)
    return _RawPage(lines, width, height)


def _page_transform(page: Any, width: float, height: float) -> Any:
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


def _joined_units(line: _RawLine) -> list[_Word]:
    """The line's words, with a number and its unit as one word where only a font change split them."""
    words: list[_Word] = []
    for word in line.words:
        last = words[-1] if words else None
        near = last is not None and -1 <= word.left - last.right < _NARROW_GAP_RATIO * line.size
        if last is not None and near and last.text[-1].isdigit() and _UNIT.match(word.text):
            words[-1] = _Word(
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


def _finished(lines: Sequence[_RawLine], levels: dict[float, int], outline: dict[str, int]) -> Iterator[Line]:
    columns = [_column_starts(line) for line in lines]
    for index, line in enumerate(lines):
        if not line.words:
            yield Line("")
            continue
        wide = columns[index]
        neighbours = columns[max(0, index - 1) : index] + columns[index + 1 : index + 2]
        is_row = len(wide) >= 2 or (len(wide) == 1 and _aligned(wide, neighbours))
        text, boxes = _assembled(line.words, wide if is_row else {})
        if is_row:
            first = not (index and columns[index - 1]) and names_columns(text.split(_CELL)[0])
            yield Line(text, LineKind.TABLE_HEADER if first else LineKind.TABLE_ROW, 0, boxes)
            continue
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


def _aligned(wide: dict[int, float], neighbours: Sequence[dict[int, float]]) -> bool:
    """Whether a line with one wide gap shares its column with the line before or after."""
    (start,) = wide.values()
    return any(abs(start - other) <= _COLUMN_TOLERANCE_POINTS for columns in neighbours for other in columns.values())


def _assembled(words: Sequence[_Word], cells: dict[int, float]) -> tuple[str, tuple[Box, ...]]:
    """The line's text and the box of each word in it; the words in ``cells`` begin a new cell."""
    text = ""
    boxes: list[Box] = []
    for index, word in enumerate(words):
        if index:
            text += _CELL if index in cells else " "
        start = len(text)
        text += word.text
        boxes.append(Box(start, len(text), word.left, word.top, word.right, word.bottom))
    return text, tuple(boxes)


def _read_extras(source: SourceFile) -> _Extras:
    extras = _Extras()
    # The text is already read; pypdf fails in many ways on files that pdfium repairs, and then there are no extras.
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.content))
        if reader.is_encrypted:
            reader.decrypt("")
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
    """A page's image as PNG; pages count from 1. The file must be one that ``PdfLoader`` has read."""
    with _pdfium_lock:
        pdf = pypdfium2.PdfDocument(content)
        try:
            image = pdf[number - 1].render(scale=dots_per_inch / 72).to_pil()
        finally:
            pdf.close()
    buffer = io.BytesIO()
    image.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()
