"""The readable view of a stored document, with one passage marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.types import Block, BlockKind, Box, Page, Span

Element = Literal["h2", "h3", "h4", "h5", "h6", "p", "row", "head"]

_CELL_SEPARATOR = " | "
# By heading level, from 1; the page's own title is the h1.
_HEADINGS: tuple[Element, ...] = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a block's text, marked or not."""

    text: str
    cited: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as HTML shows it.

    ``cells`` is empty but for a table row; ``pieces`` put together are the block's text as stored.
    """

    element: Element
    css: str
    pieces: tuple[Piece, ...]
    cells: tuple[str, ...] = ()

    @property
    def cited(self) -> bool:
        """Whether the marked passage is in this block."""
        return any(piece.cited for piece in self.pieces)

    @property
    def in_table(self) -> bool:
        """Whether this is a row of a table."""
        return self.element in ("row", "head")


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

    @property
    def cited(self) -> bool:
        """Whether the marked passage is on this page."""
        return any(block.cited for block in self.blocks)


def page_view(page: Page, blocks: Sequence[Block], cited: Span | None, image: str | None) -> PageView:
    """Lay a page out; ``cited`` is marked, whole and once, if it lies on this page.

    A passage that crosses blocks is shown with the blocks it touches as one run of text, so that there is one mark and its text is
    the quotation, character by character.
    """
    span = _on_page(page, cited)
    views: list[BlockView] = []
    touched = [block for block in blocks if span and block.start < span.end and block.end > span.start]
    for block in blocks:
        if block in touched[1:]:
            continue
        if span is not None and touched and block is touched[0]:
            views.append(_marked(page, touched, span))
        else:
            views.append(_plain(page, block))
    if span is not None and not touched:
        # A passage that no block covers; it still must be seen.
        after = sum(block.end <= span.start for block in blocks)
        views.insert(after, BlockView("p", "run", (Piece(page.text[span.start : span.end], True),)))
    return PageView(
        page.number,
        page.label,
        tuple(views),
        image,
        round(page.width or 0),
        round(page.height or 0),
        _boxes(page, span),
    )


def _on_page(page: Page, cited: Span | None) -> Span | None:
    if cited is None or cited.page != page.number:
        return None
    end = min(cited.end, len(page.text))
    return Span(page.number, cited.start, end) if cited.start < end else None


def _plain(page: Page, block: Block) -> BlockView:
    text = page.text[block.start : block.end]
    element, css = _element(block)
    cells = tuple(text.split(_CELL_SEPARATOR)) if element in ("row", "head") else ()
    return BlockView(element, css, (Piece(text, False),), cells)


def _marked(page: Page, touched: Sequence[Block], span: Span) -> BlockView:
    """The blocks that ``span`` touches, as one; a cited table row keeps its text as stored, in one cell."""
    first, last = touched[0], touched[-1]
    start, end = min(first.start, span.start), max(last.end, span.end)
    cuts = ((start, span.start, False), (span.start, span.end, True), (span.end, end, False))
    pieces = tuple(Piece(page.text[a:b], marked) for a, b, marked in cuts if a < b)
    element, css = _element(first) if len(touched) == 1 else ("p", "run")
    return BlockView(element, css, pieces, (page.text[start:end],) if element in ("row", "head") else ())


def _element(block: Block) -> tuple[Element, str]:
    match block.kind:
        case BlockKind.HEADING:
            return _HEADINGS[min(len(_HEADINGS), max(1, block.level)) - 1], ""
        case BlockKind.BULLET:
            return "p", f"bullet-{min(4, max(1, block.level))}"
        case BlockKind.NOTE:
            return "p", "note"
        case BlockKind.TABLE_HEADER:
            return "head", ""
        case BlockKind.TABLE_ROW:
            return "row", ""
        case _:
            return "p", ""


def _boxes(page: Page, span: Span | None) -> tuple[BoxView, ...]:
    if span is None or not page.width or not page.height:
        return ()
    own = [box for box in page.boxes if box.start < span.end and box.end > span.start]
    views = (_box_view(box, page.width, page.height) for box in _joined(own))
    return tuple(view for view in views if view.width > 0 and view.height > 0)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Words that stand side by side on a line as one rectangle."""
    joined: list[Box] = []
    for box in boxes:
        last = joined[-1] if joined else None
        height = box.bottom - box.top
        if last and abs(box.top - last.top) < height / 2 and -height / 2 < box.left - last.right < height:
            top, bottom = min(last.top, box.top), max(last.bottom, box.bottom)
            joined[-1] = Box(last.start, box.end, last.left, top, max(last.right, box.right), bottom)
        else:
            joined.append(box)
    return joined


def _box_view(box: Box, width: float, height: float) -> BoxView:
    """The rectangle in per cent, cut off at the edges of the page."""
    left, right = (min(100.0, max(0.0, 100 * x / width)) for x in (box.left, box.right))
    top, bottom = (min(100.0, max(0.0, 100 * y / height)) for y in (box.top, box.bottom))
    return BoxView(round(left, 3), round(top, 3), round(right - left, 3), round(bottom - top, 3))
