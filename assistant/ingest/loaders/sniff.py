"""What a file is, by its bytes; its name only decides between kinds of plain text."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from assistant.errors import EncryptedFileError, NoTextError, UnreadableFileError
from assistant.ingest.loaders.archive import Archive
from assistant.types import SourceFile


class FileKind(StrEnum):
    """The formats that are recognised; not all of them have a loader."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    HWPX = "hwpx"
    XLSX = "xlsx"
    PPTX = "pptx"
    HWP = "hwp"
    EML = "eml"
    ZIP = "zip"
    LEGACY_OFFICE = "legacy-office"
    MARKDOWN = "markdown"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"MZ": "a program",
}
_HWP3 = b"HWP Document File V"
_HWPML = re.compile(r"<HWPML\b")
_SAVE_AS_HWPX = "Open it in Hancom Office and save it as HWPX or PDF"
_SAVE_AS = "Save it as PDF, DOCX or HWPX"
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body|meta\s|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"<(?:p|div|table|article|section|main|h[1-6]|ul|ol|dl|span|br)\b[^>]*>", re.IGNORECASE)
_XML_START = re.compile(r"\s*<\?xml\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_MAIL_HEAD = re.compile(rb"(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,400}")
_MAIL_HEADERS = re.compile(
    rb"^(from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|content-type|x-mailer):",
    re.IGNORECASE | re.MULTILINE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def sniff(source: SourceFile) -> FileKind:
    """Recognise the format of ``source``.

    Raises:
        NoTextError: the file is empty.
        EncryptedFileError: an office file that is encrypted as a whole.
        UnreadableFileError: no format that is known, or a damaged package.
    """
    content = source.content
    head = content[:1024]
    if not content.strip():
        raise NoTextError(source.name, "the file is empty", "Check that it was saved or fetched completely")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-") or (b"%PDF-" in head and b"startxref" in content):
        return FileKind.PDF
    if content.startswith(_ZIP):
        return _package_kind(source)
    if content.startswith(_OLE):
        return _ole_kind(source)
    if content.startswith(_HWP3):
        raise UnreadableFileError(source.name, "it is an HWP 3 file (Hangul 97 or older), not supported", _SAVE_AS_HWPX)
    for magic, what in _FOREIGN.items():
        if content.startswith(magic) and (magic != b"MZ" or b"\x00" in head):
            remedy = "Run OCR on it and ingest the PDF" if "picture" in what else _SAVE_AS
            raise UnreadableFileError(source.name, f"it is {what}", remedy)
    return _text_kind(source)


def decode_text(source: SourceFile, *, html: bool = False) -> str:
    """The text of a file in UTF-8, UTF-16 (with a byte order mark) or CP949; HTML may name its charset.

    Raises:
        UnreadableFileError: none of these, or bytes that are not text.
    """
    return _decoded(source, html=html)[0]


def text_encoding(source: SourceFile, *, html: bool = False) -> str:
    """The encoding that ``decode_text`` reads a file in: ``utf-8``, ``utf-16``, ``cp949`` or ``cp1252``.

    ``broken utf-8`` (or another) is a page of HTML with bytes that are not in it; these were replaced.

    Raises:
        UnreadableFileError: as ``decode_text``.
    """
    return _decoded(source, html=html)[1]


def _decoded(source: SourceFile, *, html: bool) -> tuple[str, str]:
    content = source.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif content.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "cp949"]
        named = _CHARSET.search(content[:4096]) if html else None
        if named and named[1].lower() in (b"euc-kr", b"ks_c_5601-1987", b"cp949", b"ms949", b"windows-949"):
            candidates = ["cp949", "utf-8"]
        elif named and named[1].lower() in (b"iso-8859-1", b"windows-1252", b"latin1", b"us-ascii"):
            candidates = ["utf-8", "cp1252", "cp949"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) > len(text) // 100:
            break
        return text, encoding.removesuffix("-sig")
    if html and len(_CONTROLS.findall(content[:100_000].decode("latin-1"))) < 100:
        # One broken byte in a page of menus and scripts is no reason to lose the article.
        return content.decode(candidates[0], errors="replace"), f"broken {candidates[0]}"
    problem = "it is neither a known format nor text in UTF-8, UTF-16 or CP949"
    raise UnreadableFileError(source.name, problem, "Save it as UTF-8 text, PDF, DOCX or HWPX")


def _package_kind(source: SourceFile) -> FileKind:
    archive = Archive(source)
    names = archive.names
    mimetype = archive.read("mimetype").strip() if "mimetype" in names else b""
    if mimetype == b"application/hwp+zip" or "Contents/section0.xml" in names or "Contents/content.hpf" in names:
        return FileKind.HWPX
    for folder, kind in (("word/", FileKind.DOCX), ("xl/", FileKind.XLSX), ("ppt/", FileKind.PPTX)):
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return kind
    if mimetype.startswith(b"application/") or "[Content_Types].xml" in names:
        what = "an OpenDocument file" if b"opendocument" in mimetype else "a package of an unknown program"
        raise UnreadableFileError(source.name, f"it is {what}, not supported", _SAVE_AS)
    return FileKind.ZIP


def _ole_kind(source: SourceFile) -> FileKind:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in source.content

    if has("EncryptedPackage"):
        raise EncryptedFileError(source.name, "the office file needs a password", "Save it without a password")
    if b"HWP Document File" in source.content or (has("FileHeader") and has("BodyText")):
        return FileKind.HWP
    if has("__properties_version1.0"):
        raise UnreadableFileError(source.name, "it is an Outlook message, not supported", "Save it as .eml")
    if has("WordDocument") or has("Workbook") or has("PowerPoint Document"):
        return FileKind.LEGACY_OFFICE
    raise UnreadableFileError(source.name, "it is a compound file of an unknown program", _SAVE_AS)


def _is_email(content: bytes, extension: str) -> bool:
    """Whether the file opens with the headers of an e-mail: three known ones, or one if it is called ``.eml``."""
    start = content[:65_536].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    head = _MAIL_HEAD.match(start)
    known = {match.lower() for match in _MAIL_HEADERS.findall(head[0])} if head else set()
    return len(known) >= (1 if extension == ".eml" else 3)


def _text_kind(source: SourceFile) -> FileKind:
    extension = PurePath(source.name).suffix.lower()
    if _is_email(source.content, extension):
        return FileKind.EML
    text = decode_text(source, html=extension in (".html", ".htm", ".xhtml"))
    if _HTML_START.match(text[:20_000].lstrip("\ufeff")):
        return FileKind.HTML
    if _HWPML.search(text[:2_000]):
        raise UnreadableFileError(source.name, "it is an HWPML (XML) file of Hangul, not supported", _SAVE_AS_HWPX)
    if _XML_START.match(text[:200].lstrip("\ufeff")):
        raise UnreadableFileError(source.name, "it is an XML file", _SAVE_AS)
    if extension in (".html", ".htm", ".xhtml") and _HTML_TAG.search(text):
        return FileKind.HTML
    return FileKind.MARKDOWN if extension in (".md", ".markdown") else FileKind.TEXT
