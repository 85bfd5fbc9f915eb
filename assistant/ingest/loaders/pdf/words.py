"""Words with their place on a page, put together into lines and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.morphemes import join_lines
from assistant.types import Box, Line, LineKind

_SEPARATOR = "|"


@dataclass(slots=True)
class Word:
    """A run of characters without blanks, already normalised, in points from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def assemble_row(cells: Sequence[tuple[str, Sequence[Box]]], kind: LineKind) -> Line:
    """A table row from the text of its cells and the boxes in each."""
    text = ""
    boxes: list[Box] = []
    for index, (cell, cell_boxes) in enumerate(cells):
        if index:
            text += f"{' ' if text and not text.endswith(' ') else ''}{_SEPARATOR}"
            text += " " if cell else ""
        boxes.extend(box.shifted(len(text)) for box in cell_boxes)
        text += cell
    return Line(text, kind, 0, tuple(boxes))


def joined_words(lines: Sequence[Sequence[Word]]) -> tuple[str, tuple[Box, ...]]:
    """The text of a cell or line from its physical lines, and the box of each word in it."""
    pieces: list[str] = []
    piece_boxes: list[list[Box]] = []
    for line in lines:
        text = ""
        boxes: list[Box] = []
        for word in line:
            text += " " if text else ""
            boxes.append(Box(len(text), len(text) + len(word.text), word.left, word.top, word.right, word.bottom))
            text += word.text
        pieces.append(text)
        piece_boxes.append(boxes)
    if not pieces:
        return "", ()
    joined, offsets = join_lines(pieces)
    return joined, tuple(box.shifted(start) for start, boxes in zip(offsets, piece_boxes, strict=True) for box in boxes)
