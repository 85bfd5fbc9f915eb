from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE

from assistant.ingest.structure import StructureBuilder, StructuredDocument
from assistant.text.normalize import normalize_text
from assistant.types import BlockKind, Box, Line, LineKind, LoadedDocument, RawPage

H, P, B, N, TH, TR = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.BULLET,
    BlockKind.NOTE,
    BlockKind.TABLE_HEADER,
    BlockKind.TABLE_ROW,
)


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(normalize_text(line)) for line in text.split("\n"))


def _build(*pages: str) -> StructuredDocument:
    raw = tuple(RawPage(number, _lines(text)) for number, text in enumerate(pages, start=1))
    return StructureBuilder().build(LoadedDocument("text/plain", raw))


def _outline(document: StructuredDocument) -> list[tuple[BlockKind, int, str]]:
    texts = {page.number: page.text for page in document.pages}
    return [(b.kind, b.level, texts[b.page][b.start : b.end]) for b in document.blocks]


def _text(document: StructuredDocument) -> str:
    return "\n".join(page.text for page in document.pages)


def test_korean_government_outline_becomes_a_tree() -> None:
    assert _outline(_build(KOREAN_OUTLINE)) == [
        (H, 1, "Ⅰ. 추진 배경"),
        (H, 4, "‣‣ 물순환 도시를 새로운 수출 품목으로 육성"),
        (B, 1, "□ 가뭄과 홍수가 잦아지면서 물순환 도시에 대한 해외의 관심이 빠르게 커지는 상황"),
        (N, 0, "* 물순환 도시 : 빗물을 모아 다시 쓰는 도시"),
        (B, 2, "ㅇ (국내) 시범지구 3곳을 지정(’24.3)하고, 운영 지침을 마련(’24.9)하여 관리 기관을 설립할 예정"),
        (B, 2, "ㅇ (해외) 4개국과 협력 약정을 체결"),
        (H, 1, "Ⅱ. 추진 계획"),
        (H, 2, "1 금융지원"),
        (H, 3, "(1) 특별계정 운영"),
        (B, 1, "□ 무역보험공사(K-SURE)에 특별계정을 두어 신용 등급이 낮은 나라의 사업까지 보증"),
        (N, 0, "※ 지원 한도는 사업비의 85% 이내"),
        (B, 1, "□ 수출입은행은 금리를 0.3%p 낮추어 대출"),
        (H, 2, "2 추진 일정"),
        (TH, 0, "과제 기한 담당"),
        (TR, 0, "물순환 특별계정 신설 ’25.上 산업부 무보"),
        (TR, 0, "협력 센터 개소 ’25.下 국토부"),
        (TR, 0, "국가별 정보 제공 계속 코트라"),
    ]


def test_english_release_becomes_headings_over_paragraphs() -> None:
    outline = _outline(_build(ENGLISH_OUTLINE))
    assert [(kind, text) for kind, _, text in outline if kind is H] == [
        (H, "Water-cycle city exports to get a boost"),
        (H, "How companies can take part"),
        (H, "Contact"),
    ]
    assert (N, 0, "* The grant is capped at 30 million won a year.") in outline
    assert sum(kind is P for kind, _, _ in outline) == 3


def test_hard_wrapped_lines_are_joined_across_blank_lines() -> None:
    assert "해외의 관심이" in _text(_build(KOREAN_OUTLINE))
    assert "Each desk answers questions" in _text(_build(ENGLISH_OUTLINE))


@pytest.mark.parametrize(
    "furniture",
    [
        "- 2 -",
        "– 12 –",
        "3 / 10",
        "Page 4 of 9",
        "7쪽",
        "목록",
        "이전글",
        "본문 바로가기",
        "Print",
        "go facebook",
        "조회수 :",
    ],
)
def test_page_furniture_is_dropped(furniture: str) -> None:
    text = _text(_build(f"Ⅰ. 개요\n\n□ 사업을 지원\n\n{furniture}\n\nⅡ. 계획\n\n□ 내년에 시행"))
    assert furniture not in text
    assert "Ⅱ. 계획" in text


def test_bookmark_is_taken_out_of_its_line() -> None:
    assert _text(_build("Title\n\n[bookmark: _GoBack]The desk opens in May.")) == "Title\nThe desk opens in May."


@pytest.mark.parametrize(
    ("header", "footer"),
    [("물순환 도시 지원계획 {n}", "국토교통부 - {n}"), ("Water-cycle plan, page {n}", "Ministry of Water {n}")],
)
def test_lines_that_run_over_most_pages_are_dropped(header: str, footer: str) -> None:
    bodies = ["□ 첫째 사업을 지원", "□ 둘째 사업을 지원", "□ 셋째 사업을 지원", "□ 넷째 사업을 지원"]
    pages = [f"{header.format(n=n)}\n\n{body}\n\n{footer.format(n=n)}" for n, body in enumerate(bodies, start=1)]
    assert [page.text for page in _build(*pages).pages] == bodies


def test_lines_that_repeat_on_two_pages_only_stay() -> None:
    document = _build("같은 줄\n\n□ 하나", "같은 줄\n\n□ 둘")
    assert _text(document).count("같은 줄") == 2


def test_page_without_text_keeps_its_number() -> None:
    document = _build("□ 첫 쪽", "", "□ 셋째 쪽")
    assert [(page.number, page.text) for page in document.pages] == [(1, "□ 첫 쪽"), (2, ""), (3, "□ 셋째 쪽")]
    assert {block.page for block in document.blocks} == {1, 3}


def test_what_the_format_knows_is_believed() -> None:
    lines = (
        Line("신청 안내", LineKind.HEADING, 2),
        Line("1. 짧은 문단", LineKind.PARAGRAPH),
        Line("구분 | 한도", LineKind.TABLE_HEADER),
        Line("중소기업 | 70%", LineKind.TABLE_ROW),
        Line("첫째", LineKind.LIST_ITEM, 2),
        Line("주의", LineKind.NOTE),
    )
    document = StructureBuilder().build(LoadedDocument("text/html", (RawPage(1, lines),)))
    assert _outline(document) == [
        (H, 2, "신청 안내"),
        (P, 0, "1. 짧은 문단"),
        (TH, 0, "구분 | 한도"),
        (TR, 0, "중소기업 | 70%"),
        (B, 2, "첫째"),
        (N, 0, "주의"),
    ]


def test_boxes_stay_on_their_characters_when_lines_are_joined() -> None:
    first, second = "□ 도시에 대한 해외의 관심이 나날이 커지고", "있어 지원이 필요"
    lines = tuple(Line(text, boxes=(Box(0, len(text), 10, 20, 90, 30),)) for text in (first, second))
    page = StructureBuilder().build(LoadedDocument("application/pdf", (RawPage(1, lines, None, 100, 200),))).pages[0]
    assert [page.text[box.start : box.end] for box in page.boxes] == [first, second]
    assert (page.width, page.height) == (100, 200)


_MARKS = st.sampled_from(["Ⅰ. ", "1 ", "(1) ", "□ ", "ㅇ ", "- ", "* ", "※ ", "‣‣ ", "① ", "▪", "", "", ""])
_BODIES = st.text(alphabet="가나다라마 바사아ABab01.,()%’", min_size=1, max_size=60)
_RANDOM_LINES = st.lists(st.one_of(st.just(""), st.tuples(_MARKS, _BODIES).map("".join)), max_size=25)


@given(st.lists(_RANDOM_LINES, min_size=1, max_size=2))
@settings(max_examples=20)
def test_no_text_is_lost_and_blocks_cover_the_page_in_order(pages: list[list[str]]) -> None:
    raw = tuple(
        RawPage(number, tuple(Line(normalize_text(line)) for line in lines)) for number, lines in enumerate(pages, 1)
    )
    document = StructureBuilder().build(LoadedDocument("text/plain", raw))
    for page, before in zip(document.pages, raw, strict=True):
        blocks = [block for block in document.blocks if block.page == page.number]
        assert [page.text[b.start : b.end] for b in blocks] == (page.text.split("\n") if page.text else [])
        kept = "".join(page.text.split())
        given_text = "".join("".join(line.text.split()) for line in before.lines if not _is_number_line(line.text))
        assert sorted(kept) == sorted(given_text) or _breadcrumb(before)


def _is_number_line(text: str) -> bool:
    """A random line may happen to look like a page number."""
    from assistant.ingest.structure import _FURNITURE

    return bool(_FURNITURE.match(text))


def _breadcrumb(page: RawPage) -> bool:
    return any("|" in line.text for line in page.lines)
