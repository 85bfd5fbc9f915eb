from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from loader_samples import make_source, shown, texts, zipped

from assistant.errors import NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import load_document, xlsx
from assistant.ingest.loaders.cell_format import shown as formatted
from assistant.types import LineKind, LoadedDocument

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def load(fill: Callable[[Any], None]) -> LoadedDocument:
    return load_document(make_source("a.xlsx", workbook(fill)))


def raw(sheet: str) -> bytes:
    """A workbook of one sheet whose XML is given."""
    return zipped(
        {
            "[Content_Types].xml": "<a/>",
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="urn:r"><sheets><sheet name="표" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<r><Relationship Id="r1" Target="worksheets/sheet1.xml"/></r>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
        }
    )


def test_each_sheet_is_a_page_with_its_name_as_heading() -> None:
    def fill(book: Any) -> None:
        book.active.title = "지원사업 일정"
        book.active.append(["사업", "마감"])
        book.active.append(["수출 바우처", "상시"])
        hidden = book.create_sheet("코드표")
        hidden["A1"], hidden.sheet_state = "비밀", "hidden"
        book.create_sheet("Sheet3")["B2"] = "비고"

    document = load(fill)
    assert [(page.number, page.label) for page in document.pages] == [(1, "지원사업 일정"), (2, "Sheet3")]
    assert shown(document) == [
        (LineKind.HEADING, 1, "지원사업 일정"),
        (LineKind.TABLE_ROW, 0, "사업 | 마감"),
        (LineKind.TABLE_ROW, 0, "수출 바우처 | 상시"),
        (LineKind.PARAGRAPH, 0, "비고"),
    ]


def test_days_numbers_and_merged_cells_are_as_shown() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet["A1"] = "2027년 지원사업"
        sheet.merge_cells("A1:D1")
        sheet.append(["지역", "접수 마감", "예산(백만원)", "비율"])
        sheet.append(["아시아", date(2027, 1, 15), 1234567.5, 0.7])
        sheet.append([None, datetime(2027, 3, 2, 14, 0), -500, 0.055])
        sheet.merge_cells("A3:A4")
        for row in (3, 4):
            sheet.cell(row, 3).number_format, sheet.cell(row, 4).number_format = "#,##0", "0.0%"
        sheet["A5"] = "※ 예산은 바뀔 수 있음"

    assert shown(load(fill)) == [
        (LineKind.PARAGRAPH, 0, "2027년 지원사업"),
        (LineKind.TABLE_HEADER, 0, "지역 | 접수 마감 | 예산(백만원) | 비율"),
        (LineKind.TABLE_ROW, 0, "아시아 | 2027-01-15 | 1,234,568 | 70.0%"),
        (LineKind.TABLE_ROW, 0, "아시아 | 2027-03-02 14:00 | -500 | 5.5%"),
        (LineKind.TEXT, 0, "※ 예산은 바뀔 수 있음"),
    ]


def test_a_filter_or_frozen_rows_mark_the_titles() -> None:
    def fill(book: Any) -> None:
        book.active.append(["사업", "담당"])
        book.active.append(["바우처", "수출과"])
        book.active.append(["보증", "금융과"])
        book.active.freeze_panes = "A2"

    assert shown(load(fill))[0] == (LineKind.TABLE_HEADER, 0, "사업 | 담당")


def test_empty_rows_part_tables() -> None:
    def fill(book: Any) -> None:
        for row in (["구분", "값"], ["가", 1], [], [], ["구분", "값"], ["나", 2]):
            book.active.append(row)

    assert [line.split(" | ")[0] for line in texts(load(fill), LineKind.TABLE_HEADER)] == ["구분", "구분"]


def test_a_formula_gives_its_stored_result_or_itself() -> None:
    cells = '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>SUM(A1:A1)</f></c></row></sheetData>'
    assert texts(load_document(make_source("a.xlsx", raw(cells)))) == ["표", "2 | =SUM(A1:A1)"]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1234.5", "#,##0", "1,235"),
        ("-3.456", "0.00;[Red](0.00)", "(3.46)"),
        ("1500000", "#,##0,", "1,500"),
        ("0", '#,##0;-#,##0;"-"', "-"),
        ("5", '#,##0"억원"', "5억원"),
        ("12", "[$₩-412]#,##0", "₩12"),
        ("1234567", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "1,234,567"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("5", "000", "005"),
        ("45000.5", "yyyy/m/d h:mm", "2023-03-15 12:00"),
        ("43830", '[$-412]yyyy"년" m"월" d"일"', "2019-12-31"),
        ("46000", 'yyyy"년" m"월"', "2025-12"),
        ("0.5", "h:mm", "12:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("nan", "0", "nan"),
        ("말", "0", "말"),
    ],
)
def test_numbers_are_shown_by_their_format(value: str, code: str, text: str) -> None:
    assert formatted(value, code) == text


def test_a_stray_cell_far_away_and_a_merge_of_the_whole_sheet_cost_nothing() -> None:
    cells = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>제목</t></is></c></row><row r="1048576">'
        '<c r="XFD1048576"><v>7</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048575"/></mergeCells>'
    )
    assert texts(load_document(make_source("a.xlsx", raw(cells)))) == ["표", "제목", "7"]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MAX_CELLS", 3)
    with pytest.raises(TooLargeError, match="filled cells"):
        load(lambda book: [book.active.append([1, 2]) for _ in range(2)])


def test_an_entity_bomb_is_refused() -> None:
    strings = '<!DOCTYPE a [<!ENTITY b "bb">]><sst><si><t>&b;</t></si></sst>'
    book = zipped(
        {
            "[Content_Types].xml": "<a/>",
            "xl/workbook.xml": f"<workbook xmlns='{_MAIN}'/>",
            "xl/_rels/workbook.xml.rels": '<r><Relationship Id="r1" Target="sharedStrings.xml"/></r>',
            "xl/sharedStrings.xml": strings,
        }
    )
    with pytest.raises(UnreadableFileError, match="entities"):
        load_document(make_source("a.xlsx", book))


def test_a_workbook_without_values_has_no_text() -> None:
    with pytest.raises(NoTextError):
        load(lambda book: None)


def test_a_workbook_without_its_main_part_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="main part"):
        load_document(make_source("a.xlsx", zipped({"[Content_Types].xml": "<a/>", "xl/styles.xml": "<a/>"})))
