"""PDF tables that nothing but aligned words shows, and text that must not be taken for one."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from aligned_samples import prose_page, unruled_table
from test_pdf_loader import make_pdf

from assistant.ingest.loaders import load_document
from assistant.types import LineKind, SourceFile

_ROWS = (LineKind.TABLE_ROW, LineKind.TABLE_HEADER)
_TEXT = (
    "해외 사업을 준비하는 기업은 먼저 담당 기관의 공고를 확인하고, 신청서와 사업 계획서를 정해진 기한까지 제출하여야 합니다. "
    "Companies that prepare a project abroad first read the notice of the body in charge, then hand in the form and the plan in time. "
    "선정된 기업에는 타당성 조사와 현지 법률 자문에 드는 비용의 일부를 지원하며, 결과는 누리집에 알립니다. "
    "The results are published on the web site, and those who were not chosen may apply again in the next year. "
)


def _rows(content: bytes) -> list[list[str]]:
    document = load_document(SourceFile(Path("a.pdf"), "a.pdf", content, ""))
    lines = [line for page in document.pages for line in page.lines if line.kind in _ROWS]
    return [[cell.strip() for cell in line.text.split("|")] for line in lines]


def test_cells_of_unruled_tables_are_in_their_row_and_column_in_whatever_order_the_file_writes_them() -> None:
    dice, right, total = Random(20261122), 0, 0
    for _ in range(60):
        content, truth = unruled_table(dice)
        found = _rows(content)
        for row, texts in enumerate(truth):
            for column, text in enumerate(texts):
                right += row < len(found) and column < len(found[row]) and found[row][column] == text
                total += 1
    assert right >= 0.98 * total, (right, total)


def test_the_first_row_of_an_unruled_table_names_its_columns_and_the_text_around_it_stays() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Nanum", 10)
        canvas.drawString(50, 800, "지원 내용은 아래와 같습니다.")
        for column, texts in enumerate((["사업", "펀드", "보증", "융자"], ["한도", "1,500", "300", "20"])):
            for row, text in enumerate(texts):
                canvas.drawString(50 + 120 * column, 770 - 18 * row, text)
        canvas.drawString(50, 680, "문의는 담당 기관으로 하시기 바랍니다.")

    document = load_document(SourceFile(Path("a.pdf"), "a.pdf", make_pdf(draw), ""))
    lines = [(line.kind, line.text) for page in document.pages for line in page.lines if line.text]
    assert lines[0] == (LineKind.TEXT, "지원 내용은 아래와 같습니다.")
    assert [text for kind, text in lines if kind in _ROWS] == ["사업 | 한도", "펀드 | 1,500", "보증 | 300", "융자 | 20"]
    assert lines[-1] == (LineKind.TEXT, "문의는 담당 기관으로 하시기 바랍니다.")


@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize("columns", [1, 2])
def test_prose_in_columns_is_no_table(columns: int, justified: bool) -> None:
    dice = Random(columns)
    assert [_rows(prose_page(dice, _TEXT, columns, justified=justified)) for _ in range(8)] == [[]] * 8


@pytest.mark.parametrize("mark", ["-", "○", "가."])
def test_a_list_with_marks_is_no_table(mark: str) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFont("Nanum", 10)
        for row, text in enumerate(["신청서 1부", "사업 계획서", "재무제표 사본", "법인 등기", "위임장"]):
            canvas.drawString(50, 780 - 16 * row, mark)
            canvas.drawString(75, 780 - 16 * row, text)

    assert _rows(make_pdf(draw)) == []
