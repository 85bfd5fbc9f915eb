"""What loaders tell of their reading, for the health report."""

from __future__ import annotations

from typing import Any

import pytest
from hwp5_samples import COMPRESSED, DISTRIBUTION, hwp5, paragraph
from loader_samples import make_source
from test_pdf_loader import make_pdf, written
from test_pdf_tables import ruled

from assistant.ingest.loaders import load_document


def _overfull(canvas: Any) -> None:
    """Three rows of two cells; one of them holds a page of text."""
    for y in (780, 760, 740, 60):
        canvas.line(40, y, 560, y)
    for x in (40, 120, 560):
        canvas.line(x, 60, x, 780)
    for y, text in ((766, "구분"), (746, "중소기업"), (700, "중견기업")):
        canvas.drawString(50, y, text)
    canvas.drawString(130, 766, "내용")
    canvas.drawString(130, 746, "2억원")
    for number in range(52):
        canvas.drawString(
            130,
            725 - 12.5 * number,
            "지원 대상과 한도를 자세히 적은 문장이 아주 길게 끝없이 이어지는 칸입니다 " + str(number),
        )


def test_a_ruled_table_that_is_read_is_not_lost() -> None:
    (page,) = load_document(make_source("a.pdf", make_pdf(ruled))).pages
    assert page.lost_tables == 0


def test_a_ruled_table_with_an_overfull_cell_is_told_and_its_text_is_there() -> None:
    (page,) = load_document(make_source("a.pdf", make_pdf(_overfull))).pages
    assert page.lost_tables == 1
    assert "중소기업" in " ".join(line.text for line in page.lines)


def test_a_page_without_lines_loses_nothing() -> None:
    (page,) = load_document(make_source("a.pdf", make_pdf(written("공고문")))).pages
    assert page.lost_tables == 0


@pytest.mark.parametrize(("flags", "is_locked"), [(COMPRESSED, False), (COMPRESSED | DISTRIBUTION, True)])
def test_a_document_for_distribution_is_told(flags: int, is_locked: bool) -> None:
    assert load_document(make_source("a.hwp", hwp5(paragraph("공고"), flags=flags))).is_locked is is_locked


@pytest.mark.parametrize(
    ("name", "content", "encoding"),
    [
        ("a.txt", "공고문".encode(), "utf-8"),
        ("a.txt", "공고문".encode("utf-8-sig"), "utf-8"),
        ("a.txt", "공고문".encode("utf-16"), "utf-16"),
        ("a.md", "공고문 안내".encode("cp949"), "cp949"),
        ("a.html", '<html><meta charset="euc-kr"><p>공고문 안내</p></html>'.encode("cp949"), "cp949"),
        ("a.html", "<html><p>공고문 안내</p>".encode() + b"\xff\xfe\xff</html>", "broken utf-8"),
    ],
)
def test_the_encoding_is_told(name: str, content: bytes, encoding: str) -> None:
    assert load_document(make_source(name, content)).encoding == encoding


@pytest.mark.parametrize(("flags", "tracks_changes"), [(COMPRESSED, False), (COMPRESSED | 0x4000, True)])
def test_a_document_that_tracks_changes_is_told(flags: int, tracks_changes: bool) -> None:
    found = load_document(make_source("a.hwp", hwp5(paragraph("공고"), flags=flags)))
    assert found.tracks_changes is tracks_changes
