from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from loader_samples import lines_of, make_source, read_source, shown, texts
from test_pdf_loader import make_pdf, written

from assistant.errors import NoTextError
from assistant.ingest.loaders import load_document
from assistant.ingest.loaders.pdf import loader as pdf_loader
from assistant.ingest.loaders.pdf import render_page
from assistant.ingest.loaders.pdf.ocr import INSTALL_LINE, ocr_languages
from assistant.ingest.loaders.pdf.ruled_tables import Stroke, ruled_tables
from assistant.types import LineKind

needs_ocr = pytest.mark.skipif("kor" not in ocr_languages(), reason="tesseract with Korean is not installed")
XS, YS = (72, 172, 292, 412), (700, 676, 652, 628)


def ruled(canvas: Any, *, sides: bool = True) -> None:
    """Three columns, a title row, and a first cell that spans two rows."""
    for index, y in enumerate(YS):
        canvas.line(XS[1] if index == 2 else XS[0], y, XS[-1], y)
    for x in XS if sides else XS[1:-1]:
        canvas.line(x, YS[0], x, YS[-1])
    for x, y, text in (
        (80, 684, "구분"),
        (180, 684, "지원 내용"),
        (300, 684, "한도"),
        (80, 648, "중소기업"),
        (180, 664, "타당성 조사"),
        (300, 660, "2억원"),
        (180, 636, "보증료"),
        (300, 636, "1억원"),
    ):
        canvas.drawString(x, y, text)


EXPECTED = [
    (LineKind.TABLE_HEADER, 0, "구분 | 지원 내용 | 한도"),
    (LineKind.TABLE_ROW, 0, "중소기업 | 타당성 조사 | 2억원"),
    (LineKind.TABLE_ROW, 0, "중소기업 | 보증료 | 1억원"),
]


@pytest.mark.parametrize("sides", [True, False])
def test_ruling_lines_make_cells_and_spans_are_resolved(sides: bool) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 740, "앞 문장입니다.")
        ruled(canvas, sides=sides)
        canvas.drawString(72, 600, "뒤 문장입니다.")

    document = load_document(make_source("a.pdf", make_pdf(draw)))
    assert shown(document) == [(LineKind.TEXT, 0, "앞 문장입니다."), *EXPECTED, (LineKind.TEXT, 0, "뒤 문장입니다.")]
    for line in lines_of(document):
        assert [line.text[box.start : box.end] for box in line.boxes] == line.text.replace("|", " ").split()
        assert all(72 <= box.left < box.right <= 420 for box in line.boxes)


def test_a_table_on_a_rotated_page_is_read_too() -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(ruled)))
    writer.pages[0].rotate(90)
    buffer = io.BytesIO()
    writer.write(buffer)
    rows = {text for text in texts(load_document(make_source("a.pdf", buffer.getvalue()))) if "|" in text}
    assert any("2억원" in row for row in rows)


def test_wrapped_text_in_a_cell_is_one_text() -> None:
    def draw(canvas: Any) -> None:
        for y in (700, 660, 620):
            canvas.line(72, y, 400, y)
        for x in (72, 150, 400):
            canvas.line(x, 700, x, 620)
        for x, y, text in (
            (80, 680, "대상"),
            (160, 685, "해외 인프라 사업에 참여하는"),
            (160, 670, "중소기업"),
            (80, 640, "한도"),
            (160, 640, "2억원"),
        ):
            canvas.drawString(x, y, text)

    assert texts(load_document(make_source("a.pdf", make_pdf(draw)))) == [
        "대상 | 해외 인프라 사업에 참여하는 중소기업",
        "한도 | 2억원",
    ]


def test_a_frame_around_text_is_not_a_table() -> None:
    def draw(canvas: Any) -> None:
        canvas.rect(60, 600, 400, 150)
        canvas.line(60, 700, 460, 700)
        canvas.drawString(72, 720, "보도자료")
        canvas.drawString(72, 680, "본문 문장입니다.")

    assert [kind for kind, _, _ in shown(load_document(make_source("a.pdf", make_pdf(draw))))] == [LineKind.TEXT] * 2


def test_a_cell_without_ruling_lines_goes_on_in_the_next_line() -> None:
    def draw(canvas: Any) -> None:
        rows = [
            ("구분", "지원 내용", "한도"),
            ("중소기업", "해외 인프라 사업의 타당성", "2억원"),
            (None, "조사와 입찰 준비", None),
            ("중견기업", "사업 조사", "1억원"),
        ]
        for number, row in enumerate(rows):
            for x, text in zip((72, 160, 400), row, strict=True):
                if text:
                    canvas.drawString(x, 700 - 14 * number, text)
        canvas.drawString(72, 600, "다음 문단입니다.")

    assert shown(load_document(make_source("a.pdf", make_pdf(draw)))) == [
        (LineKind.TABLE_HEADER, 0, "구분 | 지원 내용 | 한도"),
        (LineKind.TABLE_ROW, 0, "중소기업 | 해외 인프라 사업의 타당성 조사와 입찰 준비 | 2억원"),
        (LineKind.TABLE_ROW, 0, "중견기업 | 사업 조사 | 1억원"),
        (LineKind.TEXT, 0, "다음 문단입니다."),
    ]


def test_a_broken_english_word_is_whole_and_its_boxes_stay() -> None:
    document = load_document(
        make_source("a.pdf", make_pdf(written("The agency gives sup-", "port to exporters of cities")))
    )
    assert texts(document) == ["The agency gives support", "to exporters of cities"]
    first = lines_of(document)[0]
    assert [first.text[box.start : box.end] for box in first.boxes][-2:] == ["sup", "port"]


def test_the_real_ruled_table_is_read_cell_by_cell(formats: Path) -> None:
    rows = [text for text in texts(load_document(read_source(formats / "korean_table_text.pdf"))) if " | " in text]
    assert rows[0] == "구분 | 토요일 | 일요일/공휴일 | 평일"
    assert rows[1:4] == ["3월 | 17:00 | 14:00 | 18:30", "4월 | 17:00 | 14:00 | 18:30", "5월 | 17:00 | 14:00 | 18:30"]
    assert rows[-1] == "10월 | 17:00 | 14:00 | 18:30"
    assert len(rows) == 9


def test_strokes_that_do_not_meet_make_no_table() -> None:
    assert ruled_tables([Stroke(0, 0, 100), Stroke(50, 0, 100)], []) == []
    assert ruled_tables([Stroke(0, 0, 100), Stroke(50, 0, 100)], [Stroke(200, 0, 50), Stroke(300, 0, 50)]) == []


def scanned(*drawings: Any) -> bytes:
    """A PDF that holds nothing but pictures of pages."""
    from PIL import Image

    content = make_pdf(*drawings)
    images = [
        Image.open(io.BytesIO(render_page(content, number, dots_per_inch=200))).convert("L")
        for number in range(1, len(drawings) + 1)
    ]
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=200, save_all=True, append_images=images[1:])
    return buffer.getvalue()


@needs_ocr
def test_a_scanned_page_is_recognised_and_marked_and_its_table_kept() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Nanum", 14)
        canvas.drawString(72, 760, "Smart city overseas fund 2027")
        canvas.setFont("Nanum", 10)
        ruled(canvas)

    (page,) = load_document(make_source("scan.pdf", scanned(draw))).pages
    assert page.ocr_confidence is not None
    assert 0.5 < page.ocr_confidence <= 1
    assert "Smart city overseas fund 2027" in [line.text for line in page.lines]
    rows = [line.text for line in page.lines if line.kind in (LineKind.TABLE_HEADER, LineKind.TABLE_ROW)]
    assert len(rows) == 3
    assert all(row.count("|") == 2 for row in rows)
    title = next(line for line in page.lines if line.text.startswith("Smart"))
    assert [title.text[box.start : box.end] for box in title.boxes] == title.text.split()
    assert title.boxes[0].left == pytest.approx(72, abs=3)
    assert title.boxes[0].top == pytest.approx(72, abs=8)


def test_a_page_with_a_text_layer_is_not_recognised_anew() -> None:
    assert load_document(make_source("a.pdf", make_pdf(written("공고")))).pages[0].ocr_confidence is None


def test_without_the_program_a_scan_names_the_install_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr_languages.cache_clear()
    try:
        with pytest.raises(NoTextError, match=re.escape(INSTALL_LINE)):
            load_document(make_source("scan.pdf", scanned(written("공고"))))
    finally:
        monkeypatch.undo()
        ocr_languages.cache_clear()


@needs_ocr
def test_only_so_many_pages_are_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_loader, "MAX_OCR_PAGES", 1)
    pages = load_document(make_source("scan.pdf", scanned(written("Smart city"), written("Second page")))).pages
    assert [page.ocr_confidence is not None for page in pages] == [True, False]
