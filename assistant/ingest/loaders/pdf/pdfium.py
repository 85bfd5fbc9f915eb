"""The door to pdfium: the words on each page with their boxes, and pictures of pages."""

from __future__ import annotations

import io
import math
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders.lines import OPENING_REMEDY
from assistant.ingest.loaders.pdf.aligned_tables import aligned_tables
from assistant.ingest.loaders.pdf.geometry import Transform, page_transform, strokes_on
from assistant.ingest.loaders.pdf.page import PdfLine, PdfPage, joined_units, with_tables
from assistant.ingest.loaders.pdf.ruled_tables import ruled_tables
from assistant.ingest.loaders.pdf.words import Word
from assistant.ingest.loaders.repair import repair_characters
from assistant.text.normalize import normalize_text
from assistant.types import SourceFile

MAX_PAGES = 20_000
MAX_CHARACTERS = 50_000_000
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")  # what fonts without a character table come out as
_MAX_UNMAPPED_RATIO = 0.3
_PASSWORD_ERROR = 4
_CharacterBox = tuple[float, float, float, float]  # left, bottom, right, top
# pdfium keeps global state and must not run in two threads at once.
_pdfium_lock = threading.Lock()


def read_pages(source: SourceFile) -> list[PdfPage]:
    """Every page with its words and ruled tables. Raises as ``PdfLoader.load`` does."""
    with _pdfium_lock, _pdfium_errors(source):
        document = pypdfium2.PdfDocument(source.content, password=source.password)
        try:
            if len(document) > MAX_PAGES:
                raise TooLargeError(source.name, f"it has more than {MAX_PAGES:,} pages", "Split it")
            pages: list[PdfPage] = []
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


def _is_picture(page: Any, lines: Sequence[PdfLine]) -> bool:
    """Whether something is drawn on a page but its text layer is missing, or is not text."""
    text = "".join(word.text for line in lines for word in line.words)
    if text or any(line.table for line in lines):
        return len(_UNMAPPED.findall(text)) > _MAX_UNMAPPED_RATIO * len(text)
    return bool(pdfium.FPDFPage_CountObjects(page.raw) > 0)


@contextmanager
def _pdfium_errors(source: SourceFile) -> Iterator[None]:
    try:
        yield
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            problem = "the PDF needs a password" if source.password is None else "the password is wrong"
            raise EncryptedFileError(source.name, problem, OPENING_REMEDY, opens_with_password=True) from error
        raise UnreadableFileError(
            source.name, "the PDF is damaged", "Fetch it again or print it to a new PDF"
        ) from error


def _read_page(page: Any, text_page: Any) -> PdfPage:
    width, height = page.get_size()
    to_page = page_transform(page, width, height)
    lines = _read_lines(text_page, _LineBuilder(to_page, width, height))
    for line in lines:
        line.words = joined_units(line)
    strokes = strokes_on(page, to_page, width, height)
    tables = ruled_tables(*strokes) if strokes else []
    lines = with_tables(lines, tables)
    lines = with_tables(lines, aligned_tables(lines))
    lost = sum(table.is_lost() for table in tables) + (strokes is None)
    while lines and not lines[-1].words and lines[-1].table is None:
        lines.pop()
    return PdfPage(lines, width, height, _is_picture(page, lines), lost_tables=lost)


class _LineBuilder:
    """Puts characters together to words and words to lines, in the order in which the text layer has them."""

    def __init__(self, to_page: Transform, width: float, height: float) -> None:
        self._to_page = to_page
        self._width = width
        self._height = height
        self._characters: list[str] = []
        self._boxes: list[_CharacterBox] = []
        self._sizes: list[float] = []
        self.lines = [PdfLine()]

    def add(self, character: str, box: _CharacterBox | None, size: float) -> None:
        """A character of the word under way, with its box in pdfium's coordinates and its size in points."""
        self._characters.append(character)
        if box is not None:
            self._boxes.append(box)
        self._sizes.append(size)

    def end_word(self) -> None:
        """The next character begins a word. Words outside the page are seen by nobody, and left out."""
        text = normalize_text(repair_characters("".join(self._characters)))
        if text and self._boxes:
            left, top, right, bottom = self._to_page(self._boxes)
            if right > -1 and left < self._width + 1 and bottom > -1 and top < self._height + 1:
                self.lines[-1].words.append(Word(text.replace(" ", ""), left, top, right, bottom))
        self._characters.clear()
        self._boxes.clear()

    def end_line(self) -> None:
        """The next character begins a line."""
        self.end_word()
        self.lines[-1].size = round(median(self._sizes) * 2) / 2 if self._sizes else 0.0
        self._sizes.clear()
        self.lines.append(PdfLine())


def _read_lines(text_page: Any, builder: _LineBuilder) -> list[PdfLine]:
    rectangle, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    handle = text_page.raw
    for index, code in _characters(text_page):
        if code in (0x0A, 0x0D):
            if code == 0x0A:
                builder.end_line()
            continue
        # pdfium marks a hyphen at a line's end with U+0002 and leaves out the line end.
        hyphen = code in (0x02, 0xFFFE)
        character = "-" if hyphen else chr(code)
        if _is_blank(character):
            builder.end_word()
            continue
        has_box = pdfium.FPDFText_GetLooseCharBox(handle, index, rectangle)
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top) if has_box else None
        size = pdfium.FPDFText_GetFontSize(handle, index)
        if pdfium.FPDFText_GetMatrix(handle, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
        builder.add(character, box, size)
        if hyphen:
            builder.end_line()
    builder.end_line()
    return builder.lines


def _characters(text_page: Any) -> Iterator[tuple[int, int]]:
    """The place and code point of each character; of one in two UTF-16 units, the place of the second."""
    high_surrogate = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high_surrogate:
                continue
            code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
        high_surrogate = 0
        yield index, code


@lru_cache(maxsize=4096)
def _is_blank(character: str) -> bool:
    return normalize_text(f"x{character}x") == "x x"


def render_page(content: bytes, number: int, *, dots_per_inch: int = 110) -> bytes:
    """A page's image as PNG; pages count from 1. The file must be one that ``PdfLoader`` has read.

    Raises:
        EncryptedFileError: it was read with a password; passwords are not kept, and so its text is all there is to show.
    """
    buffer = io.BytesIO()
    try:
        image = rendered(content, number, dots_per_inch)
    except pypdfium2.PdfiumError as error:
        raise EncryptedFileError("the page", "its PDF needs a password to be drawn", "Read its text instead") from error
    image.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def rendered(content: bytes, number: int, dots_per_inch: int, password: str | None = None) -> Image:
    """A page's image; pages count from 1."""
    with _pdfium_lock:
        pdf = pypdfium2.PdfDocument(content, password=password)
        try:
            image: Image = pdf[number - 1].render(scale=dots_per_inch / 72).to_pil()
        finally:
            pdf.close()
    return image
