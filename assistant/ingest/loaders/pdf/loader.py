"""A PDF file as lines with their kind and the box of every word."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ingest.loaders.lines import loaded
from assistant.ingest.loaders.pdf.extras import read_extras
from assistant.ingest.loaders.pdf.finished_lines import finished_lines, heading_levels
from assistant.ingest.loaders.pdf.ocr import DOTS_PER_INCH, INSTALL_LINE, ocr_languages, recognise, respaced_words
from assistant.ingest.loaders.pdf.page import PdfLine, PdfPage, with_tables
from assistant.ingest.loaders.pdf.pdfium import read_pages, rendered
from assistant.ingest.loaders.pdf.ruled_tables import ruled_tables
from assistant.ingest.loaders.progress import page_done
from assistant.ingest.loaders.repair import join_broken_words, repair_line, words_of
from assistant.types import FileMetadata, LoadedDocument, RawPage, SourceFile

MAX_OCR_PAGES = 500
_MAX_PIXELS_ACROSS = 8_000
_OCR_REMEDY = f"Install OCR ({INSTALL_LINE}) and take it in again, or leave it out"


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
        raw_pages = read_pages(source)
        _recognise_scans(source, raw_pages)
        extras = read_extras(source)
        levels = heading_levels(raw_pages)
        outlines = [extras.outline.get(number, {}) for number in range(1, len(raw_pages) + 1)]
        finished = [
            list(finished_lines(source.name, page.lines, levels, outline))
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


def _recognise_scans(source: SourceFile, pages: Sequence[PdfPage]) -> None:
    """Fill the pages that are pictures with what OCR reads in them."""
    pictures = [number for number, page in enumerate(pages, start=1) if page.is_picture]
    if not pictures or not ocr_languages():
        return
    for number in pictures[:MAX_OCR_PAGES]:
        page = pages[number - 1]
        longest = max(page.width, page.height, 1.0)
        dots_per_inch = min(DOTS_PER_INCH, int(_MAX_PIXELS_ACROSS * 72 / longest))
        found = recognise(rendered(source.content, number, dots_per_inch, source.password), dots_per_inch=dots_per_inch)
        page_done()
        if found is None:
            continue
        # No size: heights and gaps of recognised words depend on their letters and tell neither headings nor columns.
        lines = [PdfLine(list(line)) for line in found.lines]
        page.lines = with_tables(lines, ruled_tables(found.horizontal, found.vertical))
        for line in page.lines:
            line.words = respaced_words(line.words)
            for cell in line.table.words.values() if line.table else ():
                cell[:] = [respaced_words(words) for words in cell]
        page.ocr_confidence = found.confidence
