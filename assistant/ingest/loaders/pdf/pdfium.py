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
from assistant.ingest.loaders.pdf.geometry import page_transform, strokes_on
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
            raise EncryptedFileError(source.name, problem, OPENING_REMEDY) from error
        raise UnreadableFileError(
            source.name, "the PDF is damaged", "Fetch it again or print it to a new PDF"
        ) from error


def _read_page(page: Any, text_page: Any) -> PdfPage:
    width, height = page.get_size()
    to_page = page_transform(page, width, height)
    lines = [PdfLine()]
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
        lines.append(PdfLine())

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
        line.words = joined_units(line)
    strokes = strokes_on(page, to_page, width, height)
    tables = ruled_tables(*strokes) if strokes else []
    lines = with_tables(lines, tables)
    lines = with_tables(lines, aligned_tables(lines))
    lost = sum(table.is_lost() for table in tables) + (strokes is None)
    while lines and not lines[-1].words and lines[-1].table is None:
        lines.pop()
    return PdfPage(lines, width, height, _is_picture(page, lines), lost_tables=lost)


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
