"""Which of a PDF's lines are headings, rows and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.ingest.loaders.lines import starts_with_symbol
from assistant.ingest.loaders.pdf.gap_rows import gap_rows, row_line
from assistant.ingest.loaders.pdf.page import PdfLine, PdfPage
from assistant.ingest.loaders.pdf.words import joined_words
from assistant.types import Line, LineKind

_HEADING_RATIO = 1.25
_HEADING_MAX_CHARS = 60
_HEADING_LEVELS = 3


def heading_levels(pages: Sequence[PdfPage]) -> dict[float, int]:
    """Heading level by font size, for the sizes clearly above the body text's (the commonest by characters)."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[line.size] += sum(len(word.text) for word in line.words)
    if not weights:
        return {}
    body = weights.most_common(1)[0][0]
    sizes = sorted({s for s in weights if body > 0 and s >= body * _HEADING_RATIO and weights[s]}, reverse=True)
    return {size: min(rank, _HEADING_LEVELS) for rank, size in enumerate(sizes, start=1)}


def finished_lines(
    subject: str, lines: Sequence[PdfLine], levels: dict[float, int], outline: dict[str, int]
) -> Iterator[Line]:
    """The lines of a page as what they are.

    Args:
        levels: heading level by font size (``heading_levels``).
        outline: depth by title, blanks removed, of what the PDF's outline names on this page.
    """
    rows = gap_rows(lines)
    taken = {number for row in rows.values() for number in row.rest}
    for index, line in enumerate(lines):
        if index in taken:
            continue
        if line.table is not None:
            yield from line.table.lines(subject)
            continue
        if not line.words:
            yield Line("")
            continue
        if index in rows:
            yield row_line(lines, index, rows)
            continue
        text, boxes = joined_words([line.words])
        depth = outline.get(text.replace(" ", ""))
        short = len(text) <= _HEADING_MAX_CHARS and any(character.isalpha() for character in text)
        level = depth or (levels.get(line.size) if short and not starts_with_symbol(text) else None)
        yield Line(text, LineKind.HEADING if level else LineKind.TEXT, level or 0, boxes)
