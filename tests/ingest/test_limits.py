"""Files made to exhaust a reader, taken in through parser processes: each is refused with its reason or read, in bounds."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from assistant.errors import IngestError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.pipeline import IngestReport
from assistant.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent / "loaders"))

from test_pdf_loader import make_pdf, written


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _nested_zip(depth: int) -> bytes:
    content = b"inside"
    for level in range(depth):
        content = _zip({f"{level}.zip" if level else "a.txt": content})
    return content


_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]>
<hs:sec xmlns:hs="x">&z;</hs:sec>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("z") + 1)
)
_HOSTILE: dict[str, tuple[bytes, type[IngestError]]] = {
    "bomb.zip": (_zip({"a.txt": bytes(60_000_000)}), TooLargeError),
    "bomb.hwpx": (
        _zip({"mimetype": b"application/hwp+zip", "Contents/section0.xml": bytes(60_000_000)}),
        TooLargeError,
    ),
    "entities.hwpx": (
        _zip({"mimetype": b"application/hwp+zip", "Contents/section0.xml": _ENTITIES}),
        UnreadableFileError,
    ),
    "empty.zip": (_zip({}), IngestError),
    "hidden.zip": (_zip({"__MACOSX/a.txt": b"a", ".DS_Store": b"b"}), NoTextError),
    "nested.zip": (_nested_zip(12), IngestError),
    "picture.hwp": (b"\x89PNG\r\n\x1a\n" + bytes(200), UnreadableFileError),
    "blank.pdf": (b"", NoTextError),
}


def _ingest(workspace: Workspace, folder: Path) -> IngestReport:
    report = IngestReport()
    for _ in workspace.pipeline.ingest([folder], report):
        pass
    return report


def test_each_hostile_file_is_refused_by_name_and_its_neighbour_goes_in(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, (content, _) in _HOSTILE.items():
        (folder / name).write_bytes(content)
    (folder / "zz.txt").write_text("마지막 공고", encoding="utf-8")
    report = _ingest(workspace, folder)
    failed = {failure.subject.split("/")[0]: failure for failure in report.failures}
    assert set(failed) == set(_HOSTILE)
    for name, (_, kind) in _HOSTILE.items():
        assert isinstance(failed[name], kind), name
    assert report.added == ["zz.txt"]


def test_a_pdf_of_ten_thousand_pages_is_read_whole(workspace: Workspace, tmp_path: Path) -> None:
    import pypdfium2

    folder = tmp_path / "papers"
    folder.mkdir()
    many, one = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(make_pdf(written("공고문")))
    many.import_pages(one, [0] * 10_000)
    many.save(folder / "many.pdf")
    assert _ingest(workspace, folder).added == ["many.pdf"]
    (document,) = workspace.store.documents()
    assert document.pages == 10_000
    assert "공고문" in workspace.store.page(document.document_id, 10_000).text


@pytest.mark.parametrize("depth", [50, 2_000])
def test_deep_nesting_in_html_is_read_or_refused(workspace: Workspace, tmp_path: Path, depth: int) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    inner = "<p>공고문 안내입니다</p>"
    for _ in range(depth):
        inner = f"<table><tr><td>{inner}</td></tr></table>"
    (folder / "deep.html").write_text(f"<!doctype html><html><body>{inner}</body></html>", encoding="utf-8")
    report = _ingest(workspace, folder)
    assert len(report.added) + len(report.failures) == 1
    assert depth > 50 or report.added == ["deep.html"]


@pytest.mark.parametrize(("name", "text"), [("notice.pdf", "공고문 안내"), ("notice.hwp", "Notice of a tender")])
def test_a_wrong_extension_does_no_harm(workspace: Workspace, tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    assert _ingest(workspace, folder).added == [name]
