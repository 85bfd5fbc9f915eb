"""The readable view of a stored document, with one passage marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Block, BlockKind, Page, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a block's text; ``first`` marks the first cited piece of the document."""

    text: str
    cited: bool
    first: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as HTML shows it."""

    tag: str
    css: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BoxView:
    """A marked rectangle on a page image, in per cent of its width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: its blocks, and for a PDF the address of its image and the rectangles of the marked passage."""

    number: int
    label: str | None
    blocks: tuple[BlockView, ...]
    image: str | None
    width: int
    height: int
    boxes: tuple[BoxView, ...]


def page_view(page: Page, blocks: Sequence[Block], cited: Span | None, image: str | None) -> PageView:
    """Lay a page out; ``cited`` is marked if it lies on this page."""
    span = cited if cited is not None and cited.page == page.number else None
    seen_mark = False
    views: list[BlockView] = []
    for block in blocks:
        pieces: list[Piece] = []
        for start, end, marked in _cut(block, span):
            pieces.append(Piece(page.text[start:end], marked, marked and not seen_mark))
            seen_mark = seen_mark or marked
        views.append(BlockView(*_element(block), tuple(pieces)))
    return PageView(
        page.number,
        page.label,
        tuple(views),
        image,
        round(page.width or 0),
        round(page.height or 0),
        _boxes(page, span),
    )


def _cut(block: Block, span: Span | None) -> list[tuple[int, int, bool]]:
    if span is None or span.end <= block.start or span.start >= block.end:
        return [(block.start, block.end, False)]
    start, end = max(span.start, block.start), min(span.end, block.end)
    cuts = [(block.start, start, False), (start, end, True), (end, block.end, False)]
    return [cut for cut in cuts if cut[0] < cut[1]]


def _element(block: Block) -> tuple[str, str]:
    match block.kind:
        case BlockKind.HEADING:
            return f"h{min(6, block.level + 1)}", ""
        case BlockKind.BULLET:
            return "p", f"bullet-{min(3, max(1, block.level))}"
        case BlockKind.NOTE:
            return "p", "note"
        case BlockKind.TABLE_HEADER:
            return "div", "row head"
        case BlockKind.TABLE_ROW:
            return "div", "row"
        case _:
            return "p", ""


def _boxes(page: Page, span: Span | None) -> tuple[BoxView, ...]:
    if span is None or not page.width or not page.height:
        return ()
    return tuple(
        BoxView(
            100 * box.left / page.width,
            100 * box.top / page.height,
            100 * (box.right - box.left) / page.width,
            100 * (box.bottom - box.top) / page.height,
        )
        for box in page.boxes
        if box.start < span.end and box.end > span.start
    )
