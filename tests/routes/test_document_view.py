"""The readable view: one mark whose text is the quotation, wherever it lies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.routes.document_view import page_view
from assistant.types import Block, BlockKind, Box, Page, Span

TEXT = "제목\n첫째 문단이다. 둘째 문장.\n구분 | 비율\n중견기업 | 80%\n※ 붙임 말"
LINES = (
    (BlockKind.HEADING, 1),
    (BlockKind.PARAGRAPH, 0),
    (BlockKind.TABLE_HEADER, 0),
    (BlockKind.TABLE_ROW, 0),
    (BlockKind.NOTE, 1),
)


def blocks_of(text: str) -> list[Block]:
    blocks, start = [], 0
    for (kind, level), line in zip(LINES, text.split("\n"), strict=True):
        blocks.append(Block(kind, level, 1, start, start + len(line)))
        start += len(line) + 1
    return blocks


PAGE = Page(1, TEXT)
BLOCKS = blocks_of(TEXT)


def marks(cited: Span | None, page: Page = PAGE, blocks: list[Block] = BLOCKS) -> list[str]:
    view = page_view(page, blocks, cited, None)
    return [piece.text for block in view.blocks for piece in block.pieces if piece.cited]


def test_without_a_citation_nothing_is_marked_and_all_text_is_there() -> None:
    view = page_view(PAGE, BLOCKS, None, None)
    assert not view.cited
    assert "\n".join("".join(p.text for p in block.pieces) for block in view.blocks) == TEXT
    assert [block.element for block in view.blocks] == ["h2", "p", "head", "row", "p"]


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, len(TEXT)))
def test_any_passage_gives_one_mark_with_exactly_its_text(start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    assert marks(Span(1, start, end)) == [TEXT[start:end]]


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, len(TEXT)))
def test_no_text_is_lost_around_a_mark(start: int, length: int) -> None:
    view = page_view(PAGE, BLOCKS, Span(1, start, start + length), None)
    shown = "".join("".join(piece.text for piece in block.pieces) for block in view.blocks)
    assert shown.replace("\n", "") == TEXT.replace("\n", "")


def test_a_passage_past_the_end_of_the_page_is_cut_off_or_not_marked() -> None:
    assert marks(Span(1, len(TEXT) - 2, len(TEXT) + 50)) == [TEXT[-2:]]
    assert marks(Span(1, len(TEXT), len(TEXT) + 9)) == []
    assert marks(Span(1, 10**30, 10**31)) == []


def test_a_passage_on_another_page_is_not_marked() -> None:
    assert marks(Span(2, 0, 4)) == []


def test_a_passage_that_no_block_covers_is_still_shown() -> None:
    assert marks(Span(1, 0, 2), PAGE, []) == [TEXT[:2]]


def test_table_rows_have_cells_and_a_cited_row_keeps_its_stored_text() -> None:
    plain = page_view(PAGE, BLOCKS, None, None).blocks
    assert plain[2].cells == ("구분", "비율")
    assert plain[3].cells == ("중견기업", "80%")
    row = BLOCKS[3]
    cited = page_view(PAGE, BLOCKS, Span(1, row.start, row.end), None).blocks[3]
    assert cited.cells == ("중견기업 | 80%",)
    assert cited.in_table


def test_heading_levels_stay_within_html() -> None:
    for level in (-1, 0, 1, 3, 5, 9):
        view = page_view(Page(1, "가"), [Block(BlockKind.HEADING, level, 1, 0, 1)], None, None)
        assert view.blocks[0].element in ("h2", "h3", "h4", "h5", "h6")


@given(
    st.lists(st.tuples(*(st.floats(-500, 1500) for _ in range(4))), max_size=8),
    st.floats(1, 1000),
    st.floats(1, 1000),
)
def test_rectangles_lie_on_the_page(
    corners: list[tuple[float, float, float, float]], width: float, height: float
) -> None:
    boxes = tuple(Box(n, n + 1, min(a, c), min(b, d), max(a, c), max(b, d)) for n, (a, b, c, d) in enumerate(corners))
    page = Page(1, "가나다라마바사아자차", width=width, height=height, boxes=boxes)
    view = page_view(page, [Block(BlockKind.PARAGRAPH, 0, 1, 0, 10)], Span(1, 0, 10), "/x.png")
    for box in view.boxes:
        assert 0 <= box.left <= 100
        assert 0 <= box.top <= 100
        assert box.left + box.width <= 100.001
        assert box.top + box.height <= 100.001
        assert box.width > 0
        assert box.height > 0


def test_only_the_passages_own_rectangles_are_marked() -> None:
    boxes = tuple(Box(n, n + 1, 15 * n, 10, 15 * n + 4, 15) for n in range(6))
    page = Page(1, "가나다라마바", width=100, height=100, boxes=boxes)
    view = page_view(page, [Block(BlockKind.PARAGRAPH, 0, 1, 0, 6)], Span(1, 2, 4), "/x.png")
    assert [box.left for box in view.boxes] == [30, 45]


def test_words_side_by_side_are_marked_as_one() -> None:
    boxes = (Box(0, 1, 0, 10, 30, 20), Box(1, 2, 32, 10, 60, 20), Box(2, 3, 0, 25, 30, 35), Box(3, 4, 70, 25, 90, 35))
    page = Page(1, "가나다라", width=100, height=100, boxes=boxes)
    view = page_view(page, [Block(BlockKind.PARAGRAPH, 0, 1, 0, 4)], Span(1, 0, 4), "/x.png")
    assert [(box.left, box.width) for box in view.boxes] == [(0, 60), (0, 30), (70, 20)]
