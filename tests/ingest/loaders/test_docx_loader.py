from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from loader_samples import make_source, shown, texts, zipped

from assistant.errors import NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import load_document
from assistant.types import LineKind, SourceFile


def saved(document: Any) -> SourceFile:
    buffer = io.BytesIO()
    document.save(buffer)
    return make_source("a.docx", buffer.getvalue())


def replaced(source: SourceFile, name: str, content: bytes) -> SourceFile:
    with zipfile.ZipFile(io.BytesIO(source.content)) as package:
        entries: dict[str, bytes | str] = {entry: package.read(entry) for entry in package.namelist()}
    return make_source("a.docx", zipped({**entries, name: content}))


def test_headings_paragraphs_and_lists_are_told_apart() -> None:
    document = docx.Document()
    document.add_heading("추진 배경", 0)
    document.add_heading("Financing", 2)
    document.add_paragraph("PIS 펀드는 1.5조원 규모입니다.")
    document.add_paragraph("중소기업", style="List Bullet")
    document.add_paragraph("스타트업", style="List Bullet 2")
    document.add_paragraph("ㅇ 모펀드 6천억원")
    assert shown(load_document(saved(document))) == [
        (LineKind.HEADING, 1, "추진 배경"),
        (LineKind.HEADING, 2, "Financing"),
        (LineKind.PARAGRAPH, 0, "PIS 펀드는 1.5조원 규모입니다."),
        (LineKind.LIST_ITEM, 1, "중소기업"),
        (LineKind.LIST_ITEM, 2, "스타트업"),
        (LineKind.TEXT, 0, "ㅇ 모펀드 6천억원"),
    ]


def test_tables_stand_in_order_with_merged_cells_resolved() -> None:
    document = docx.Document()
    document.add_paragraph("앞")
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate((("구분", "전", "후"), ("비율", "70%", "80%"), ("", "50%", "81%"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("뒤")
    assert shown(load_document(saved(document))) == [
        (LineKind.PARAGRAPH, 0, "앞"),
        (LineKind.TABLE_HEADER, 0, "구분 | 전 | 후"),
        (LineKind.TABLE_ROW, 0, "비율 | 70% | 80%"),
        (LineKind.TABLE_ROW, 0, "비율 | 50% | 81%"),
        (LineKind.PARAGRAPH, 0, "뒤"),
    ]


def test_a_single_cell_table_is_read_as_paragraphs() -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "보도자료"
    assert shown(load_document(saved(document))) == [(LineKind.PARAGRAPH, 0, "보도자료")]


def test_inserted_text_is_kept_and_deleted_or_hidden_text_is_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("한도는 ")
    space = nsdecls("w")
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>1억원</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {space}><w:r><w:t>2억원</w:t></w:r></w:ins>"))
    paragraph.add_run("비밀").font.hidden = True
    assert texts(load_document(saved(document))) == ["한도는 2억원"]


def test_text_in_content_controls_is_kept() -> None:
    document = docx.Document()
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>접수 기간</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    assert texts(load_document(saved(document))) == ["접수 기간"]


def test_a_marked_header_row_is_a_table_header() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Fund", "Amount", "PIS", "1.5"], strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    assert [kind for kind, _, _ in shown(load_document(saved(document)))] == [LineKind.TABLE_HEADER, LineKind.TABLE_ROW]


def test_title_and_organisation_are_read_but_not_a_person() -> None:
    document = docx.Document()
    document.add_paragraph("x")
    document.core_properties.title, document.core_properties.author = "동반진출 안내", "국토교통부"
    metadata = load_document(saved(document)).metadata
    assert (metadata.title, metadata.publisher) == ("동반진출 안내", "국토교통부")
    document.core_properties.title, document.core_properties.author = "제목 없음", "python-docx"
    metadata = load_document(saved(document)).metadata
    assert (metadata.title, metadata.publisher) == (None, None)


def test_decomposed_hangul_is_composed() -> None:
    document = docx.Document()
    document.add_paragraph("\u1112\u1161\u11ab\u1100\u1173\u11af")
    assert texts(load_document(saved(document))) == ["한글"]


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(NoTextError):
        load_document(saved(docx.Document()))


def test_an_entity_bomb_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    with pytest.raises(UnreadableFileError, match="entities"):
        load_document(replaced(saved(docx.Document()), "word/document.xml", bomb))


def test_absurd_nesting_is_refused() -> None:
    with pytest.raises(TooLargeError, match="nested"):
        load_document(replaced(saved(docx.Document()), "word/document.xml", b"<a>" * 300 + b"</a>" * 300))


@pytest.mark.parametrize("content", [b"<a/>", b"<w:document", b""])
def test_a_damaged_document_is_unreadable(content: bytes) -> None:
    with pytest.raises((UnreadableFileError, NoTextError)):
        load_document(replaced(saved(docx.Document()), "word/document.xml", content))
