from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hwp5_samples import (
    COMPRESSED,
    DISTRIBUTION,
    DRM,
    NOTE_ANCHOR,
    PARA_HEADER,
    PASSWORD,
    RUNNING_ANCHOR,
    TAB,
    TABLE_ANCHOR,
    anchor,
    compound,
    control,
    hwp5,
    locked,
    paragraph,
    paragraph_list,
    record,
    summary,
    table,
    text_box,
)
from loader_samples import make_source, read_source, shown, texts

from assistant.errors import EncryptedFileError, IngestError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders import FileKind, load_document, sniff
from assistant.ingest.loaders.hwp5_distribution import mask_record, stream_key, unlock_stream
from assistant.types import LineKind, LoadedDocument


def load(*sections: bytes, flags: int = COMPRESSED) -> LoadedDocument:
    return load_document(make_source("a.hwp", hwp5(*sections, flags=flags)))


def syllables(document: LoadedDocument) -> int:
    return sum("가" <= character <= "힣" for text in texts(document) for character in text)


@pytest.mark.parametrize("flags", [0, COMPRESSED])
def test_paragraphs_headings_and_lists_are_read_in_order(flags: int) -> None:
    section = (
        paragraph("추진 배경", style=1)
        + paragraph("세부 과제", shape=1)
        + paragraph("Smart city exports")
        + paragraph("펀드", shape=2)
        + paragraph("□ 모펀드 조성", style=1)
    )
    document = load(section, paragraph("둘째 구역"), flags=flags)
    assert document.media_type == "application/x-hwp"
    assert shown(document) == [
        (LineKind.HEADING, 1, "추진 배경"),
        (LineKind.HEADING, 2, "세부 과제"),
        (LineKind.PARAGRAPH, 0, "Smart city exports"),
        (LineKind.LIST_ITEM, 1, "펀드"),
        (LineKind.TEXT, 0, "□ 모펀드 조성"),
        (LineKind.PARAGRAPH, 0, "둘째 구역"),
    ]


def test_sections_are_read_in_the_order_of_their_numbers() -> None:
    assert texts(load(*(paragraph(f"구역 {number}번") for number in range(12)))) == [f"구역 {n}번" for n in range(12)]


def test_control_characters_leave_no_rubbish() -> None:
    text = f"{anchor(2, 'secd')}첫 줄\n둘째{TAB}줄{anchor(4)} 한\x1e칸\x1f띔 하이\x18픈"
    section = paragraph(text, controls=control("secd", 1))
    assert texts(load(section)) == ["첫 줄", "둘째 줄 한 칸 띔 하이-픈"]


def test_tables_stand_in_order_with_merged_cells_resolved_and_their_caption_first() -> None:
    cells = [
        (0, 0, 1, 1, "기업"),
        (0, 1, 1, 2, "비율"),
        (1, 0, 2, 1, "중소"),
        (1, 1, 1, 1, "70%"),
        (1, 2, 1, 1, "80%"),
        (2, 1, 1, 1, "71%"),
        (2, 2, 1, 1, "81%"),
    ]
    section = paragraph(
        f"앞{TABLE_ANCHOR}", controls=table(1, cells, caption="표 1. 지원 비율", titles=True)
    ) + paragraph("뒤")
    assert shown(load(section)) == [
        (LineKind.PARAGRAPH, 0, "앞"),
        (LineKind.PARAGRAPH, 0, "표 1. 지원 비율"),
        (LineKind.TABLE_HEADER, 0, "기업 | 비율 | 비율"),
        (LineKind.TABLE_ROW, 0, "중소 | 70% | 80%"),
        (LineKind.TABLE_ROW, 0, "중소 | 71% | 81%"),
        (LineKind.PARAGRAPH, 0, "뒤"),
    ]


def test_a_box_around_text_is_read_as_paragraphs() -> None:
    cells = [(0, 0, 1, 1, ""), (0, 1, 1, 1, "의무 사항"), (0, 2, 1, 1, ""), (1, 0, 1, 3, "① 점검\n② 보고")]
    assert shown(load(paragraph(TABLE_ANCHOR, controls=table(1, cells)))) == [
        (LineKind.PARAGRAPH, 0, "의무 사항"),
        (LineKind.TEXT, 0, "① 점검"),
        (LineKind.TEXT, 0, "② 보고"),
    ]


def test_notes_follow_their_paragraph_and_running_heads_come_last_and_once() -> None:
    head = control("head", 1, bytes(8)) + paragraph_list(2, "해외 인프라 공고")
    foot = control("foot", 1, bytes(8)) + paragraph_list(2, "끝면")
    note = control("fn  ", 1, bytes(8)) + paragraph_list(2, "보증의 한 종류")
    first = paragraph(f"{RUNNING_ANCHOR}{RUNNING_ANCHOR}이행성보증{NOTE_ANCHOR}", controls=head + foot + note)
    assert shown(load(first, paragraph(f"{RUNNING_ANCHOR}다음", controls=head))) == [
        (LineKind.PARAGRAPH, 0, "이행성보증"),
        (LineKind.NOTE, 0, "보증의 한 종류"),
        (LineKind.PARAGRAPH, 0, "다음"),
        (LineKind.NOTE, 0, "[머리말] 해외 인프라 공고"),
        (LineKind.NOTE, 0, "[꼬리말] 끝면"),
    ]


def test_text_in_shapes_is_kept_and_hidden_comments_are_not() -> None:
    section = paragraph(anchor(11, "gso "), controls=text_box(1, "글상자")) + paragraph(
        f"본문{anchor(15, 'tcmt')}", controls=control("tcmt", 1) + paragraph_list(2, "숨은 설명")
    )
    assert texts(load(section)) == ["글상자", "본문"]


def test_numbers_of_captions_and_overlaid_text_stand_in_their_line() -> None:
    numbered = control("atno", 1, struct.pack("<IH", 4, 3) + bytes(8))
    ruby = control(
        "tdut", 1, struct.pack("<H", 2) + "安內".encode("utf-16-le") + struct.pack("<H", 2) + "안내".encode("utf-16-le")
    )
    section = paragraph(f"표 {anchor(18, 'atno')}. 일정", controls=numbered) + paragraph(
        f"{anchor(23, 'tdut')} 말씀", controls=ruby
    )
    assert texts(load(section)) == ["표 3. 일정", "安內(안내) 말씀"]


def test_the_title_is_taken_from_the_summary() -> None:
    content = hwp5(paragraph("본문"), streams={"\x05HwpSummaryInformation": summary("시장개척자금 안내")})
    assert load_document(make_source("a.hwp", content)).metadata.title == "시장개척자금 안내"


@pytest.mark.parametrize("compressed", [0, COMPRESSED])
def test_a_document_locked_for_distribution_gives_its_own_text(compressed: int) -> None:
    document = load(paragraph("입찰 공고문 본문" * 50), flags=DISTRIBUTION | compressed)
    assert texts(document) == [("입찰 공고문 본문" * 50)]


def test_a_key_record_is_unmasked_by_its_own_seed() -> None:
    plain = struct.pack("<I", 7) + bytes(range(252))
    assert mask_record(mask_record(plain)) == plain
    assert stream_key(mask_record(plain)) == plain[4 + 7 : 4 + 7 + 16]
    assert unlock_stream(locked(b"0123456789abcdef" * 3)) == b"0123456789abcdef" * 3
    for damaged in (b"", bytes(300), locked(b"x")[:200]):
        with pytest.raises(ValueError, match="key record"):
            unlock_stream(damaged)


def test_the_real_locked_tender_notice_is_read(formats: Path) -> None:
    document = load_document(read_source(formats / "distribution_locked.hwp"))
    assert syllables(document) == 1_439
    assert not [text for text in texts(document) if "상위 버전의 배포용 문서" in text]
    assert "2025년 강남세움센터 시설관리원 용역업체 선정 입찰공고" in texts(document)


def test_the_real_running_head_is_marked(formats: Path) -> None:
    assert "[머리말] 개요1" in " ".join(texts(load_document(read_source(formats / "header_footer.hwp"))))


@pytest.mark.parametrize(("flag", "words"), [(PASSWORD, "password"), (DRM, "rights management")])
def test_a_document_that_needs_a_key_is_reported_as_encrypted(flag: int, words: str) -> None:
    with pytest.raises(EncryptedFileError, match=words):
        load(paragraph("비밀"), flags=COMPRESSED | flag)


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(NoTextError):
        load(paragraph(" "))


def test_damaged_streams_are_unreadable() -> None:
    whole = hwp5(paragraph("공고문" * 500))
    cases = [
        whole[: len(whole) // 2],
        hwp5(paragraph("공고"), streams={"BodyText/Section0": b"\xff\xff\xff"}),
        hwp5(paragraph("공고"), streams={"FileHeader": b"HWP"}),
        hwp5(record(PARA_HEADER, 0, bytes(22))[:-4], flags=0),
        hwp5(flags=COMPRESSED),
        hwp5(paragraph("공고"), flags=DISTRIBUTION, streams={"ViewText/Section0": bytes(400)}),
    ]
    for content in cases:
        with pytest.raises(UnreadableFileError, match="damaged"):
            load_document(make_source("a.hwp", content))


def test_a_compression_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ingest.loaders.hwp5_file._MAX_STREAM_BYTES", 100_000)
    with pytest.raises(TooLargeError, match="unpacks"):
        load(paragraph("가" * 200_000))


def test_absurd_nesting_is_refused() -> None:
    section = b"".join(record(PARA_HEADER, min(level, 1023), bytes(22)) for level in range(400))
    with pytest.raises(TooLargeError, match="nested"):
        load(section)


def test_a_table_with_absurd_spans_is_bounded() -> None:
    cells = [(0, 0, 60_000, 60_000, "가"), (0, 60_000, 1, 1, "나"), (65_000, 0, 1, 1, "다"), (65_000, 1, 1, 1, "라")]
    parts = []
    for row, column, high, wide, text in cells:
        parts.append(
            paragraph_list(2, text, place=struct.pack("<4H", column, row, min(wide, 65_535), high) + bytes(18))
        )
    section = paragraph(
        TABLE_ANCHOR, controls=control("tbl ", 1, bytes(40)) + record(77, 2, bytes(20)) + b"".join(parts)
    )
    with pytest.raises(TooLargeError, match="cells"):
        load(section)


def test_another_program_s_compound_file_is_not_taken_for_hwp() -> None:
    with pytest.raises(IngestError, match="unknown program"):
        sniff(make_source("a.hwp", compound({"Contents": b"x" * 5000})))
    assert sniff(make_source("a.doc", hwp5(paragraph("공고")))) is FileKind.HWP
