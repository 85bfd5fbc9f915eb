from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from loader_samples import lines_of, make_source, shown, texts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import EncryptedFileError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import load_document
from assistant.ingest.loaders.pdf import pdfium
from assistant.text.normalize import normalize_text
from assistant.types import LineKind


def _font() -> str:
    spec = importlib.util.find_spec("koreanize_matplotlib")
    assert spec is not None
    assert spec.origin is not None
    pdfmetrics.registerFont(TTFont("Nanum", str(Path(spec.origin).parent / "fonts" / "NanumGothic.ttf")))
    return "Nanum"


def make_pdf(*pages: Callable[[Any], None], title: str | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    if title:
        canvas.setTitle(title)
    font = _font()
    for draw in pages:
        canvas.setFont(font, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def written(*lines: str) -> Callable[[Any], None]:
    def draw(canvas: Any) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(72, 742 - 20 * number, line)

    return draw


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("해외건설 시장개척자금 안내", "□ (대상) 중소기업은 사업당 2억원 이내로 지원받음"),
        ("Market fund", "Small firms receive up to 80% of costs."),
    ],
)
def test_text_title_and_page_size_are_read(title: str, line: str) -> None:
    document = load_document(make_source("a.pdf", make_pdf(written(line), title=title)))
    assert document.media_type == "application/pdf"
    assert document.metadata.title == title
    assert texts(document) == [line]
    assert (document.pages[0].width, document.pages[0].height) == (595, 842)


@pytest.mark.parametrize("title", ["제목 없음", "Microsoft Word - 공고.docx", "untitled", "붙임1.hwp"])
def test_a_rubbish_title_is_ignored(title: str) -> None:
    assert load_document(make_source("a.pdf", make_pdf(written("공고"), title=title))).metadata.title is None


def test_every_word_has_a_box_at_its_place_from_the_top_left() -> None:
    document = load_document(make_source("a.pdf", make_pdf(written("총 규모 1.5조원", "Total amount"))))
    for line in lines_of(document):
        assert line.text == normalize_text(line.text)
        assert [line.text[box.start : box.end] for box in line.boxes] == line.text.split()
        for box in line.boxes:
            assert " " not in line.text[box.start : box.end]
            assert 0 <= box.left < box.right <= 595
            assert 85 <= box.top < box.bottom <= 130
    assert lines_of(document)[0].boxes[0].left == pytest.approx(72, abs=2)


def test_boxes_follow_a_rotated_page() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(written("안내문"))))
    writer.pages[0].rotate(90)
    buffer = io.BytesIO()
    writer.write(buffer)
    page = load_document(make_source("a.pdf", buffer.getvalue())).pages[0]
    box = page.lines[0].boxes[0]
    assert (page.width, page.height) == (842, 595)
    assert 730 < box.left < box.right < 760
    assert 70 < box.top < box.bottom < 110


def test_pages_without_text_keep_their_number() -> None:
    document = load_document(make_source("a.pdf", make_pdf(written("첫 쪽"), written(), written("셋째 쪽"))))
    assert [(page.number, bool(page.lines)) for page in document.pages] == [(1, True), (2, False), (3, True)]


def test_page_labels_that_differ_from_the_number_are_kept() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(written("머리말"), written("본문"))))
    writer.set_page_label(0, 0, style="/r")
    writer.set_page_label(1, 1, style="/D", start=1)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = load_document(make_source("a.pdf", buffer.getvalue()))
    assert [page.label for page in document.pages] == ["i", "1"]


def test_larger_short_lines_are_headings_by_rank() -> None:
    def draw(canvas: Any) -> None:
        for y, size, text in (
            (780, 20, "추진 계획"),
            (740, 14, "금융지원"),
            (720, 10, "모펀드는 6천억원으로 조성함" * 2),
        ):
            canvas.setFont("Nanum", size)
            canvas.drawString(72, y, text)

    kinds = [(kind, level) for kind, level, _ in shown(load_document(make_source("a.pdf", make_pdf(draw))))]
    assert kinds == [(LineKind.HEADING, 1), (LineKind.HEADING, 2), (LineKind.TEXT, 0)]


def test_outline_titles_are_headings_with_their_depth() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(written("Ⅰ. 개요", "본문입니다", "1. 대상"))))
    parent = writer.add_outline_item(title="Ⅰ. 개요", page_number=0)
    writer.add_outline_item(title="1. 대상", page_number=0, parent=parent)
    writer.add_outline_item(title="없는 제목", page_number=0)
    buffer = io.BytesIO()
    writer.write(buffer)
    assert shown(load_document(make_source("a.pdf", buffer.getvalue()))) == [
        (LineKind.HEADING, 1, "Ⅰ. 개요"),
        (LineKind.TEXT, 0, "본문입니다"),
        (LineKind.HEADING, 2, "1. 대상"),
    ]


def test_a_line_with_wide_gaps_is_a_table_row_and_boxes_stay_exact() -> None:
    def draw(canvas: Any) -> None:
        for x, text in ((72, "중소기업"), (200, "70 %"), (300, "최대 80%")):
            canvas.drawString(x, 700, text)

    (line,) = lines_of(load_document(make_source("a.pdf", make_pdf(draw))))
    assert (line.kind, line.text) == (LineKind.TABLE_ROW, "중소기업 | 70% | 최대 80%")
    assert [line.text[box.start : box.end] for box in line.boxes] == ["중소기업", "70%", "최대", "80%"]


def test_two_columns_are_a_table_when_they_line_up() -> None:
    def draw(canvas: Any) -> None:
        for number, (label, value) in enumerate((("구분", "내용"), ("한도", "2억원"), ("기한", "2019년 하반기"))):
            canvas.drawString(72, 700 - 20 * number, label)
            canvas.drawString(200, 700 - 20 * number, value)

    assert shown(load_document(make_source("a.pdf", make_pdf(draw)))) == [
        (LineKind.TABLE_HEADER, 0, "구분 | 내용"),
        (LineKind.TABLE_ROW, 0, "한도 | 2억원"),
        (LineKind.TABLE_ROW, 0, "기한 | 2019년 하반기"),
    ]


def test_an_outline_mark_with_a_wide_gap_is_not_a_table() -> None:
    def draw(canvas: Any) -> None:
        for number in range(2):
            canvas.drawString(72, 700 - 20 * number, "□")
            canvas.drawString(100, 700 - 20 * number, "펀드 조성")

    assert shown(load_document(make_source("a.pdf", make_pdf(draw)))) == [(LineKind.TEXT, 0, "□ 펀드 조성")] * 2


def test_a_number_and_its_unit_split_by_a_font_change_are_one_word() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 700, "20")
        canvas.setFont("Nanum", 10)
        canvas.drawString(86, 700, "년까지 560 억원, 2019 개정")

    assert texts(load_document(make_source("a.pdf", make_pdf(draw)))) == ["20년까지 560억원, 2019 개정"]


def test_decomposed_hangul_is_composed() -> None:
    document = load_document(make_source("a.pdf", make_pdf(written("\u1112\u1161\u11ab\u1100\u1173\u11af"))))
    assert all(line.text == normalize_text(line.text) for line in lines_of(document))


def test_a_pdf_without_text_asks_for_ocr() -> None:
    with pytest.raises(NoTextError, match="OCR"):
        load_document(make_source("scan.pdf", make_pdf(lambda canvas: canvas.rect(10, 10, 100, 100))))


def test_a_pdf_with_a_user_password_is_reported_as_encrypted() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(written("비밀"))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(EncryptedFileError, match="password"):
        load_document(make_source("a.pdf", buffer.getvalue()))


def test_a_pdf_with_only_an_owner_password_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(written("공개 문서"))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert texts(load_document(make_source("a.pdf", buffer.getvalue()))) == ["공개 문서"]


def test_a_damaged_pdf_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        load_document(make_source("a.pdf", b"%PDF-1.7\n" + b"nothing here " * 50))


def test_a_pdf_with_a_broken_cross_reference_is_recovered() -> None:
    content = make_pdf(written("복구된 글"))
    broken = content[: content.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF"
    assert texts(load_document(make_source("a.pdf", broken))) == ["복구된 글"]


def test_a_pdf_over_the_page_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MAX_PAGES", 1)
    with pytest.raises(TooLargeError, match="pages"):
        load_document(make_source("a.pdf", make_pdf(written("하나"), written("둘"))))
