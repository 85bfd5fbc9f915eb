from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loader_samples import hwp_paragraph, hwpx, make_source, read_source, texts, zipped

from assistant.errors import EncryptedFileError, IngestError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import LOADERS, UNSUPPORTED, FileKind, load_document, sniff
from assistant.ingest.loaders.archive import MAX_ENTRIES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    OLE,
    b"<html><body>",
    b"---\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"| a |\n|---|\n",
]
NAMES = ["a.pdf", "a.html", "a.docx", "a.hwpx", "a.md", "a.txt", "a"]


def test_every_kind_has_a_loader_or_a_remedy() -> None:
    assert set(LOADERS) | set(UNSUPPORTED) == set(FileKind)
    assert not set(LOADERS) & set(UNSUPPORTED)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_an_empty_file_has_no_text_whatever_its_name(name: str, content: bytes) -> None:
    with pytest.raises(NoTextError, match="empty"):
        load_document(make_source(name, content))


@pytest.mark.parametrize("name", ["notice.pdf", "notice.docx", "notice.txt", "notice"])
def test_content_decides_when_the_extension_is_wrong(name: str) -> None:
    assert sniff(make_source(name, "<!DOCTYPE html><html><body><p>지원 대상</p></body></html>")) is FileKind.HTML
    assert sniff(make_source(name, b"%PDF-1.4\n")) is FileKind.PDF
    assert sniff(make_source(name, hwpx(hwp_paragraph("공고")))) is FileKind.HWPX
    assert sniff(make_source(name, "지원 대상은 중소기업입니다.")) is FileKind.TEXT


def test_the_name_decides_between_markdown_and_plain_text() -> None:
    assert sniff(make_source("a.md", "# 제목")) is FileKind.MARKDOWN
    assert sniff(make_source("a.txt", "# 제목")) is FileKind.TEXT


def test_a_file_over_the_size_limit_is_refused() -> None:
    with pytest.raises(TooLargeError, match="larger than 10 bytes"):
        load_document(make_source("a.txt", "a" * 11), max_bytes=10)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.hwp", b"HWP Document File V3.00 \x1a\1\2\3\4\5", "HWP 3.*save it as HWPX or PDF"),
        ("a.hwp", "<?xml version='1.0'?><HWPML Version='2.8'><HEAD/></HWPML>", "HWPML.*save it as HWPX or PDF"),
        ("a.msg", OLE + "__properties_version1.0".encode("utf-16-le"), "Outlook.*eml"),
        (
            "a.odt",
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "OpenDocument",
        ),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "Office 97-2003.*DOCX"),
        ("a.pptx", zipped({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        ("a.zip", zipped({"a.txt": "hello"}), "zip archive"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture.*OCR"),
        ("a.xml", "<?xml version='1.0'?><a/>", "XML file"),
        ("a.bin", bytes(range(256)) * 4, "neither a known format"),
    ],
)
def test_a_known_format_without_a_loader_is_named_with_a_remedy(name: str, content: bytes | str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        load_document(make_source(name, content))


def test_an_office_file_with_a_password_is_reported_as_encrypted() -> None:
    with pytest.raises(EncryptedFileError):
        load_document(make_source("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")))


def test_a_zip_bomb_is_refused() -> None:
    bomb = zipped({"mimetype": "application/hwp+zip", "Contents/section0.xml": b"\0" * 20_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(TooLargeError, match="packed more than"):
        load_document(make_source("a.hwpx", bomb))


def test_a_package_with_too_many_entries_is_refused() -> None:
    entries: dict[str, bytes | str] = {f"Contents/{number}.xml": "" for number in range(MAX_ENTRIES + 1)}
    with pytest.raises(TooLargeError, match="entries"):
        load_document(make_source("a.hwpx", zipped(entries, zipfile.ZIP_STORED)))


def test_a_damaged_package_is_unreadable() -> None:
    package = hwpx(hwp_paragraph("공고문") * 200)
    for content in (package[: len(package) // 2], b"PK\x03\x04" + b"x" * 200):
        with pytest.raises(UnreadableFileError, match="damaged"):
            load_document(make_source("a.hwpx", content))


def test_a_zip_with_encrypted_entries_is_reported_as_encrypted() -> None:
    package = bytearray(zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}))
    position = package.find(b"PK\x01\x02")
    while position >= 0:
        package[position + 8] |= 1
        position = package.find(b"PK\x01\x02", position + 4)
    with pytest.raises(EncryptedFileError):
        load_document(make_source("a.docx", bytes(package)))


def test_error_messages_name_the_file_the_problem_and_the_remedy() -> None:
    with pytest.raises(NoTextError) as caught:
        load_document(make_source("공고.txt", b""))
    assert str(caught.value) == "공고.txt: the file is empty. Check that it was saved or fetched completely."


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.sampled_from(NAMES))
def test_arbitrary_bytes_load_or_raise_an_ingest_error(start: bytes, rest: bytes, name: str) -> None:
    try:
        document = load_document(make_source(name, start + rest))
    except IngestError:
        return
    assert any(texts(document))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4))
def test_a_package_with_flipped_bytes_loads_or_raises_an_ingest_error(position: int, noise: bytes) -> None:
    package = bytearray(hwpx(hwp_paragraph("시장개척자금") * 3))
    start = position % len(package)
    package[start : start + len(noise)] = noise
    try:
        load_document(make_source("a.hwpx", bytes(package)))
    except IngestError:
        return


def test_real_files_load_or_are_refused_with_a_reason(formats: Path) -> None:
    for path in formats.iterdir():
        if not path.is_file() or path.suffix == ".md":
            continue
        if "encrypted" in path.name:
            with pytest.raises(EncryptedFileError):
                load_document(read_source(path))
        else:
            assert texts(load_document(read_source(path)))


def test_real_hwpx_table_is_read_row_by_row(formats: Path) -> None:
    assert "개똥이 | 89 | 65 | 78" in texts(load_document(read_source(formats / "table.hwpx")))


def test_real_justified_pdf_text_is_not_taken_for_a_table(formats: Path) -> None:
    document = load_document(read_source(formats / "korean_text_two_page.pdf"))
    assert len(document.pages) == 2
    assert not [text for text in texts(document) if " | " in text]
    assert io.StringIO("\n".join(texts(document))).readline() == "【보통약관】\n"
