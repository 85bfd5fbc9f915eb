from __future__ import annotations

import pytest
from loader_samples import hwp_paragraph, hwpx, make_source, shown, texts, zipped

from assistant.errors import EncryptedFileError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import load_document
from assistant.types import LineKind, LoadedDocument


def load(body: str, **extra: str) -> LoadedDocument:
    return load_document(make_source("a.hwpx", hwpx(body, **extra)))


def cell(text: str, row: int, column: int, rows: int = 1, columns: int = 1, header: int = 0) -> str:
    return (
        f'<hp:tc header="{header}"><hp:subList>{hwp_paragraph(text)}</hp:subList>'
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/><hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/></hp:tc>'
    )


def in_run(content: str) -> str:
    return f"<hp:p><hp:run>{content}</hp:run></hp:p>"


def test_styles_and_outline_levels_make_headings() -> None:
    body = (
        hwp_paragraph("추진 배경", style=1)
        + hwp_paragraph("세부 과제", shape=2)
        + hwp_paragraph("Smart city exports")
        + hwp_paragraph("펀드", shape=3)
        + hwp_paragraph("□ 모펀드 조성", style=1)
    )
    assert shown(load(body)) == [
        (LineKind.HEADING, 1, "추진 배경"),
        (LineKind.HEADING, 2, "세부 과제"),
        (LineKind.PARAGRAPH, 0, "Smart city exports"),
        (LineKind.LIST_ITEM, 1, "펀드"),
        (LineKind.TEXT, 0, "□ 모펀드 조성"),
    ]


def test_tables_stand_in_order_with_merged_cells_resolved() -> None:
    table = (
        f"<hp:tbl><hp:tr>{cell('구분', 0, 0, header=1)}{cell('비율', 0, 1, columns=2, header=1)}</hp:tr>"
        f"<hp:tr>{cell('중소', 1, 0, rows=2)}{cell('70%', 1, 1)}{cell('80%', 1, 2)}</hp:tr>"
        f"<hp:tr>{cell('71%', 2, 1)}{cell('81%', 2, 2)}</hp:tr></hp:tbl>"
    )
    assert shown(load(hwp_paragraph("앞") + in_run(table) + hwp_paragraph("뒤"))) == [
        (LineKind.PARAGRAPH, 0, "앞"),
        (LineKind.TABLE_HEADER, 0, "구분 | 비율 | 비율"),
        (LineKind.TABLE_ROW, 0, "중소 | 70% | 80%"),
        (LineKind.TABLE_ROW, 0, "중소 | 71% | 81%"),
        (LineKind.PARAGRAPH, 0, "뒤"),
    ]


def test_a_title_box_of_one_cell_is_read_as_paragraphs() -> None:
    assert shown(load(in_run(f"<hp:tbl><hp:tr>{cell('보도자료', 0, 0)}</hp:tr></hp:tbl>"))) == [
        (LineKind.PARAGRAPH, 0, "보도자료")
    ]


def test_footnotes_are_notes_after_their_paragraph_and_page_headers_come_last_and_once() -> None:
    body = (
        "<hp:p><hp:run><hp:t>이행성보증</hp:t><hp:ctrl><hp:footNote><hp:subList>"
        + hwp_paragraph("보증의 한 종류")
        + "</hp:subList></hp:footNote></hp:ctrl><hp:ctrl><hp:header><hp:subList>"
        + hwp_paragraph("머리말")
        + "</hp:subList></hp:header></hp:ctrl></hp:run></hp:p>"
    )
    assert shown(load(body + body.replace("이행성보증", "").replace("보증의 한 종류", ""))) == [
        (LineKind.PARAGRAPH, 0, "이행성보증"),
        (LineKind.NOTE, 0, "보증의 한 종류"),
        (LineKind.NOTE, 0, "[머리말] 머리말"),
    ]


def test_text_in_shapes_is_kept() -> None:
    shape = f"<hp:rect><hp:drawText><hp:subList>{hwp_paragraph('글상자')}</hp:subList></hp:drawText></hp:rect>"
    assert texts(load(in_run(shape))) == ["글상자"]


def test_line_breaks_split_lines_and_deleted_text_is_left_out() -> None:
    text = "첫 줄<hp:lineBreak/>둘째<hp:tab/>줄<hp:deleteBegin/>지움<hp:deleteEnd/>"
    assert texts(load(hwp_paragraph(text))) == ["첫 줄", "둘째 줄"]


def test_title_is_taken_from_the_package() -> None:
    package = '<p xmlns:opf="http://www.idpf.org/2007/opf/"><opf:title>추진계획</opf:title></p>'
    assert load(hwp_paragraph("본문"), Contents__content_hpf="").metadata.title is None
    content = zipped(
        {
            "mimetype": "application/hwp+zip",
            "Contents/content.hpf": package,
            "Contents/section0.xml": '<s xmlns:hp="p"><hp:p><hp:run><hp:t>본문</hp:t></hp:run></hp:p></s>',
        }
    )
    assert load_document(make_source("a.hwpx", content)).metadata.title == "추진계획"


def test_sections_are_read_in_the_order_of_their_numbers() -> None:
    sections = {
        f"Contents/section{number}.xml": f'<s xmlns:hp="p"><hp:p><hp:run><hp:t>{number}번</hp:t></hp:run></hp:p></s>'
        for number in (10, 2, 0)
    }
    content = zipped({"mimetype": "application/hwp+zip", **sections})
    assert texts(load_document(make_source("a.hwpx", content))) == ["0번", "2번", "10번"]


def test_hancom_symbols_and_decomposed_hangul_are_normalised() -> None:
    assert texts(load(hwp_paragraph("\uf53a \u1112\u1161\u11ab"))) == ["한글 한"]


def test_an_encrypted_document_is_reported_as_encrypted() -> None:
    manifest = '<m xmlns:odf="urn:o"><odf:file-entry><odf:encryption-data/></odf:file-entry></m>'
    content = zipped(
        {
            "mimetype": "application/hwp+zip",
            "META-INF/manifest.xml": manifest,
            "Contents/section0.xml": b"\x00\xff\x12",
        }
    )
    with pytest.raises(EncryptedFileError, match="password"):
        load_document(make_source("a.hwpx", content))


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    content = zipped({"mimetype": "application/hwp+zip", "Contents/section0.xml": bomb})
    with pytest.raises(UnreadableFileError, match="entities"):
        load_document(make_source("a.hwpx", content))


def test_absurd_nesting_is_refused() -> None:
    with pytest.raises(TooLargeError, match="nested"):
        load("<hp:p><hp:run>" * 200 + "</hp:run></hp:p>" * 200)


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(NoTextError):
        load(hwp_paragraph(" "))


def test_a_package_without_sections_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="section"):
        load_document(make_source("a.hwpx", zipped({"mimetype": "application/hwp+zip"})))
