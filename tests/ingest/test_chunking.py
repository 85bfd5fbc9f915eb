from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE, SAMPLES

from assistant.ingest.chunking import Chunker
from assistant.ingest.structure import StructureBuilder, StructuredDocument
from assistant.text.language import has_hangul
from assistant.text.normalize import normalize_text
from assistant.text.sentences import split_sentences
from assistant.types import Block, BlockKind, Chunk, Line, LoadedDocument, Page, RawPage

_MAX = 100


def _document(*pages: str) -> StructuredDocument:
    raw = tuple(
        RawPage(number, tuple(Line(normalize_text(line)) for line in text.split("\n")))
        for number, text in enumerate(pages, start=1)
    )
    return StructureBuilder().build(LoadedDocument("text/plain", raw))


def _split(document: StructuredDocument, max_chars: int = 400) -> list[Chunk]:
    return Chunker(max_chars).split("d1", "제목", document)


def _written(*blocks: tuple[BlockKind, int, str]) -> StructuredDocument:
    """A one-page document made of these blocks."""
    text, placed = "", []
    for kind, level, content in blocks:
        start = len(text) + 1 if text else 0
        text = f"{text}\n{content}" if text else content
        placed.append(Block(kind, level, 1, start, len(text)))
    return StructuredDocument((Page(1, text),), tuple(placed))


H, P, B, N, TH, TR = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.BULLET,
    BlockKind.NOTE,
    BlockKind.TABLE_HEADER,
    BlockKind.TABLE_ROW,
)


def test_a_chunk_carries_the_path_of_headings_above_it() -> None:
    sections = [chunk.section for chunk in _split(_document(KOREAN_OUTLINE))]
    assert sections == [
        ("Ⅰ. 추진 배경", "‣‣ 물순환 도시를 새로운 수출 품목으로 육성"),
        ("Ⅱ. 추진 계획", "1 금융지원", "(1) 특별계정 운영"),
        ("Ⅱ. 추진 계획", "2 추진 일정"),
    ]


@pytest.mark.parametrize(("text", "mark"), [(KOREAN_OUTLINE, "※"), (KOREAN_OUTLINE, "*"), (ENGLISH_OUTLINE, "*")])
def test_a_note_stays_with_the_block_it_explains(text: str, mark: str) -> None:
    for max_chars in (100, 400):
        holding = [chunk for chunk in _split(_document(text), max_chars) if f"\n{mark} " in f"\n{chunk.text}"]
        assert len(holding) == 1
        assert not holding[0].text.startswith(mark)


def test_rows_of_a_table_carry_its_header_in_every_chunk() -> None:
    rows = [(TR, 0, f"협력 과제 {number}번을 올해 안에 차질 없이 시행 | 상반기 | 국토부") for number in range(8)]
    chunks = _split(_written((H, 1, "일정"), (TH, 0, "과제 | 기한 | 담당"), *rows), _MAX)
    assert len(chunks) > 2
    assert all(chunk.text.startswith("과제 | 기한 | 담당\n") for chunk in chunks)
    assert [line for chunk in chunks for line in chunk.text.split("\n")[1:]] == [text for _, _, text in rows]


@pytest.mark.parametrize("after", [(P, 0, "본문"), (B, 1, "□ 항목"), (B, 2, "ㅇ 항목"), (TH, 0, "구분 | 금액")])
def test_a_table_header_without_rows_is_kept(after: tuple[BlockKind, int, str]) -> None:
    text = "\n".join(chunk.text for chunk in _split(_written((TH, 0, "과제 | 기한"), after)))
    assert text == f"과제 | 기한\n{after[2]}"


def test_a_bullet_below_a_table_does_not_take_the_header_from_the_rows() -> None:
    document = _written((TH, 0, "과제 | 기한"), (TR, 0, "센터 | 상반기"), (B, 2, "ㅇ 이어서 시행"))
    assert "\n".join(chunk.text for chunk in _split(document)) == "과제 | 기한\n센터 | 상반기\nㅇ 이어서 시행"


def test_rows_below_sub_headings_of_a_table_carry_its_header() -> None:
    document = _written(
        (H, 1, "일정"), (TH, 0, "과제 | 기한"), (H, 2, "1. 금융"), (TR, 0, "펀드 | 상반기"), (H, 2, "2. 협력"), (TR, 0, "센터 | 하반기"),
        (H, 1, "참고"), (TR, 0, "다른 표의 줄"),
    )  # fmt: skip
    assert [(chunk.section, chunk.text) for chunk in _split(document)] == [
        (("일정", "1. 금융"), "과제 | 기한\n펀드 | 상반기"),
        (("일정", "2. 협력"), "과제 | 기한\n센터 | 하반기"),
        (("참고",), "다른 표의 줄"),
    ]


def test_a_heading_with_nothing_below_it_is_content_of_its_parent() -> None:
    chunks = _split(_written((H, 1, "Ⅰ. 개요"), (H, 2, "1 비전"), (H, 2, "2 목표"), (B, 1, "□ 열 곳")))
    assert [(chunk.section, chunk.text) for chunk in chunks] == [
        (("Ⅰ. 개요",), "1 비전"),
        (("Ⅰ. 개요", "2 목표"), "□ 열 곳"),
    ]


def test_a_document_of_one_heading_is_one_chunk() -> None:
    assert [(c.section, c.text) for c in _split(_written((H, 1, "공고")))] == [((), "공고")]


def test_a_document_without_text_has_no_chunk() -> None:
    assert _split(StructuredDocument((Page(1, ""),), ())) == []


def test_a_long_bullet_is_cut_between_sentences() -> None:
    text = "□ " + " ".join(f"제{number} 지원 사업은 신청 순서대로 심사하여 선정한다." for number in range(12))
    chunks = _split(_written((B, 1, text)), _MAX)
    assert len(chunks) > 2
    assert all(chunk.text.endswith(".") and len(chunk.text) <= _MAX for chunk in chunks)


def test_a_single_sentence_is_never_cut() -> None:
    sentence = "□ " + "매우 긴 문장 하나 " * 30 + "끝"
    assert [chunk.text for chunk in _split(_written((B, 1, sentence)), _MAX)] == [sentence]


def test_english_text_may_be_twice_as_long_as_korean() -> None:
    english = [(P, 0, "Companies may apply for a grant at the desk in May.")] * 6
    korean = [(P, 0, "기업은 오월에 창구에서 지원금을 신청할 수 있으며 선착순으로 접수합니다.")] * 6
    assert _MAX < max(len(chunk.text) for chunk in _split(_written(*english), _MAX)) <= 2 * _MAX + 6
    assert max(len(chunk.text) for chunk in _split(_written(*korean), _MAX)) <= _MAX + 6


@pytest.mark.parametrize("language", ["ko", "en"])
def test_splitting_is_repeatable_and_ids_are_unique(language: str) -> None:
    document = _document(SAMPLES[language])
    chunks = _split(document)
    assert chunks == _split(document)
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert {chunk.language for chunk in chunks} == {language}


def test_the_digest_covers_title_section_and_text() -> None:
    one = _written((H, 1, "가"), (P, 0, "본문"))
    digests = {
        Chunker().split("d1", "제목", one)[0].digest,
        Chunker().split("d1", "다른 제목", one)[0].digest,
        Chunker().split("d1", "제목", _written((H, 1, "나"), (P, 0, "본문")))[0].digest,
        Chunker().split("d1", "제목", _written((H, 1, "가"), (P, 0, "본문들")))[0].digest,
    }
    assert len(digests) == 4


def test_another_budget_is_another_version() -> None:
    assert Chunker(300).version != Chunker(400).version


# --- Any outline ---

_KINDS = st.sampled_from(
    [(H, 1), (H, 2), (H, 3), (P, 0), (P, 0), (B, 1), (B, 1), (B, 2), (B, 3), (N, 0), (TH, 0), (TR, 0), (TR, 0)]
)
_SENTENCES = st.lists(
    st.sampled_from(
        [
            "기업을 지원한다.",
            "한도는 2020. 10. 13. 기준 85%이다.",
            "협력 센터 개소",
            "Apply by May 3.",
            "Mr. Lee spoke",
            "가" * 70,
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
_OUTLINES = st.lists(st.tuples(_KINDS, _SENTENCES).map(lambda pair: (*pair[0], pair[1])), max_size=25)


def _with_pages(blocks: list[tuple[BlockKind, int, str]], breaks: set[int]) -> StructuredDocument:
    """The blocks on as many pages as there are breaks, plus one."""
    groups: list[list[tuple[BlockKind, int, str]]] = [[]]
    for number, block in enumerate(blocks):
        if number in breaks:
            groups.append([])
        groups[-1].append(block)
    pages, placed = [], []
    for number, group in enumerate(groups, start=1):
        page = _written(*group)
        pages.append(Page(number, page.pages[0].text))
        placed += [Block(b.kind, b.level, number, b.start, b.end) for b in page.blocks]
    return StructuredDocument(tuple(pages), tuple(placed))


_DOCUMENTS = st.builds(_with_pages, _OUTLINES, st.sets(st.integers(1, 20), max_size=3))


@given(_DOCUMENTS)
def test_every_line_of_a_chunk_is_its_span_of_the_page(document: StructuredDocument) -> None:
    texts = {page.number: page.text for page in document.pages}
    for chunk in _split(document, _MAX):
        assert chunk.text == "\n".join(texts[span.page][span.start : span.end] for span in chunk.spans)
        assert chunk.page == chunk.spans[0].page


@given(_DOCUMENTS)
def test_every_block_that_is_no_heading_is_in_exactly_one_chunk(document: StructuredDocument) -> None:
    texts = {page.number: page.text for page in document.pages}
    chunks = _split(document, _MAX)
    for block in document.blocks:
        counts = [0] * (block.end - block.start)
        for chunk in chunks:
            for span in chunk.spans:
                if span.page == block.page:
                    for position in range(max(span.start, block.start), min(span.end, block.end)):
                        counts[position - block.start] += 1
        text = texts[block.page][block.start : block.end]
        told = [count for count, character in zip(counts, text, strict=True) if not character.isspace()]
        if block.kind is H:
            # It is in the address of what stands below it, or content itself.
            assert set(told) <= {0, 1}
            assert set(told) == {1} or any(text[:120] in chunk.section for chunk in chunks)
        elif block.kind is TH:
            assert min(told) >= 1
        else:
            assert set(told) == {1}


@given(_DOCUMENTS)
def test_chunks_stand_in_reading_order(document: StructuredDocument) -> None:
    headers = {(b.page, b.start) for b in document.blocks if b.kind is TH}
    spans = [
        (span.page, span.start)
        for chunk in _split(document, _MAX)
        for span in chunk.spans
        if (span.page, span.start) not in headers
    ]
    assert spans == sorted(spans)


@given(_DOCUMENTS)
def test_a_chunk_is_within_its_budget_unless_one_piece_of_it_cannot_be_cut(document: StructuredDocument) -> None:
    texts = {page.number: page.text for page in document.pages}
    kinds = {(b.page, b.start): b.kind for b in document.blocks}
    for chunk in _split(document, _MAX):
        # A header comes on top of its rows, and a note on top of what it explains.
        spans = [s for s in chunk.spans if kinds.get((s.page, s.start)) not in (TH, N)]
        pieces = [texts[span.page][span.start : span.end] for span in spans]
        budget = _MAX if any(map(has_hangul, pieces)) else 2 * _MAX
        if sum(map(len, pieces)) > budget:
            # Mixed text may take the larger budget; beyond that only a sentence that is too long by itself is left.
            whole = max((len(split_sentences(piece)) for piece in pieces), default=0)
            assert sum(map(len, pieces)) <= 2 * _MAX or (len(pieces) == 1 and whole == 1)


@given(_DOCUMENTS)
def test_ids_are_unique(document: StructuredDocument) -> None:
    ids = [chunk.chunk_id for chunk in _split(document, _MAX)]
    assert len(set(ids)) == len(ids)
