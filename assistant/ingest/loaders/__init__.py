"""One loader per file format, chosen by a file's content.

To add a format: teach ``sniff.py`` to recognise it, write a class with a ``load`` method in a file of its own, and
enter it in ``LOADERS`` (and take it out of ``UNSUPPORTED``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from assistant.errors import TooLargeError, UnreadableFileError
from assistant.ingest.loaders.docx import DocxLoader
from assistant.ingest.loaders.eml import EmlLoader
from assistant.ingest.loaders.expansion import expand
from assistant.ingest.loaders.html import HtmlLoader
from assistant.ingest.loaders.hwp5 import Hwp5Loader
from assistant.ingest.loaders.hwpx import HwpxLoader
from assistant.ingest.loaders.markdown import MarkdownLoader
from assistant.ingest.loaders.pdf import PdfLoader
from assistant.ingest.loaders.plain_text import PlainTextLoader
from assistant.ingest.loaders.sniff import FileKind, sniff, text_encoding
from assistant.ingest.loaders.xlsx import XlsxLoader
from assistant.types import LoadedDocument, SourceFile

__all__ = ["LOADERS", "UNSUPPORTED", "FileKind", "Loader", "expand", "load_document", "sniff"]

DEFAULT_MAX_BYTES = 50 * 1024 * 1024


class Loader(Protocol):
    """Reads one file format."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """Read the file's text in order, or raise an ``IngestError``."""
        ...


LOADERS: Mapping[FileKind, Loader] = {
    FileKind.PDF: PdfLoader(),
    FileKind.HTML: HtmlLoader(),
    FileKind.DOCX: DocxLoader(),
    FileKind.HWPX: HwpxLoader(),
    FileKind.HWP: Hwp5Loader(),
    FileKind.XLSX: XlsxLoader(),
    FileKind.EML: EmlLoader(),
    FileKind.MARKDOWN: MarkdownLoader(),
    FileKind.TEXT: PlainTextLoader(),
}
_PLAIN = (FileKind.HTML, FileKind.MARKDOWN, FileKind.TEXT)
# Recognised, but not read: what it is, and what to do about it.
UNSUPPORTED: Mapping[FileKind, tuple[str, str]] = {
    FileKind.PPTX: ("a PowerPoint file, which is not supported", "Save it as PDF"),
    FileKind.ZIP: ("a zip archive, not a document, or one inside too many others", "Unpack it and ingest its files"),
    FileKind.LEGACY_OFFICE: ("a file of Office 97-2003, which is not supported", "Save it as DOCX, XLSX or PDF"),
}


def load_document(source: SourceFile, *, max_bytes: int = DEFAULT_MAX_BYTES) -> LoadedDocument:
    """Read a file of any known format; its content decides which, not its name.

    Args:
        source: the file. Only ``name`` and ``content`` are used; nothing is read from disk.
        max_bytes: larger files are refused unread.

    Raises:
        TooLargeError: over ``max_bytes`` or another limit.
        NoTextError: the file is empty or holds no text.
        EncryptedFileError: it needs a password.
        UnreadableFileError: damaged, or of a kind that has no loader.
    """
    if len(source.content) > max_bytes:
        limit = f"{max_bytes / 1024 / 1024:,.0f} MB" if max_bytes >= 1024 * 1024 else f"{max_bytes:,} bytes"
        raise TooLargeError(source.name, f"the file is larger than {limit}", "Split it, or raise the limit")
    kind = sniff(source)
    if kind in UNSUPPORTED:
        what, remedy = UNSUPPORTED[kind]
        raise UnreadableFileError(source.name, f"it is {what}", remedy)
    try:
        loaded = LOADERS[kind].load(source)
        if kind in _PLAIN:
            return replace(loaded, encoding=text_encoding(source, html=kind is FileKind.HTML))
        return loaded
    except RecursionError as error:
        raise TooLargeError(source.name, "it is nested too deeply", "Simplify its structure") from error
