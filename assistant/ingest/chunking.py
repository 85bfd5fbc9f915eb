"""From outline to chunks: the units that are indexed, retrieved and cited from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.ingest.structure import StructuredDocument
from assistant.text.language import detect_language, has_hangul
from assistant.text.sentences import split_sentences
from assistant.types import Block, BlockKind, Chunk, Page, Span

# A heading that announces a table or list rarely says more than this; longer ones would crowd the chunk's own words out.
_MAX_SECTION_CHARS = 120


@dataclass(frozen=True, slots=True)
class _Unit:
    """Blocks that stay together: a bullet with its notes and children, a table row, a paragraph."""

    blocks: tuple[Block, ...]
    chars: int
    header: Block | None = None


class Chunker:
    """Split a document along its outline.

    Args:
        max_chars: the most characters a chunk holds, its heading path not counted; Korean packs about twice as much meaning
            into a character as English does, so English text may be twice as long. A single sentence is never cut.
    """

    def __init__(self, max_chars: int = 400) -> None:
        self._max_chars = max_chars

    @property
    def version(self) -> str:
        """Changes whenever the same outline would give other chunks."""
        return f"outline-1/{self._max_chars}"

    def split(self, document_id: str, title: str, document: StructuredDocument) -> list[Chunk]:
        """Return the chunks in reading order.

        Every block that is not a heading is in exactly one chunk, a table's header row in each chunk of its rows; a heading is in
        the ``section`` of the chunks below it, or in the text of a chunk of its own when nothing is below it.
        """
        pages = {page.number: page for page in document.pages}
        chunks: list[Chunk] = []
        for section, blocks in _sections(document.blocks, pages):
            for spans in self._pack(blocks, pages):
                chunks.append(_chunk(document_id, title, len(chunks), section, spans, pages))
        return chunks

    def _budget(self, text: str) -> int:
        return self._max_chars if has_hangul(text) else self._max_chars * 2

    def _pack(self, blocks: Sequence[Block], pages: dict[int, Page]) -> Iterator[list[Span]]:
        """Fill chunks with whole units, splitting only units that are too long by themselves."""
        pending: list[Span] = []
        size = 0
        header: Block | None = None
        for unit in _units(blocks):
            for spans in self._fit(unit, pages):
                text_size = sum(span.end - span.start for span in spans)
                budget = self._budget(_text(spans[0], pages))
                if pending and (size + text_size > budget or unit.header is not header):
                    yield pending
                    pending, size = [], 0
                if not pending and unit.header is not None and spans[0] != _span(unit.header):
                    pending.append(_span(unit.header))
                header = unit.header
                pending.extend(spans)
                size += text_size
        if pending:
            yield pending

    def _fit(self, unit: _Unit, pages: dict[int, Page]) -> Iterator[list[Span]]:
        """The unit whole if it fits, else piece by piece: bullet with notes by bullet, then sentence by sentence."""
        budget = self._budget(_text(_span(unit.blocks[0]), pages))
        if unit.chars <= budget:
            yield [_span(block) for block in unit.blocks]
            return
        group: list[Span] = []
        size = 0
        for block in unit.blocks:
            length = block.end - block.start
            if group and size + length > budget and block.kind is not BlockKind.NOTE:
                yield group
                group, size = [], 0
            if length > budget:
                if group:
                    yield group
                    group, size = [], 0
                yield from self._sentences(block, pages, budget)
                continue
            group.append(_span(block))
            size += length
        if group:
            yield group

    def _sentences(self, block: Block, pages: dict[int, Page], budget: int) -> Iterator[list[Span]]:
        text = _text(_span(block), pages)
        start = end = 0
        for sentence_start, sentence_end in split_sentences(text):
            if end > start and sentence_end - start > budget:
                yield [Span(block.page, block.start + start, block.start + end)]
                start = sentence_start
            end = sentence_end
        if end > start:
            yield [Span(block.page, block.start + start, block.start + end)]


def _sections(blocks: Sequence[Block], pages: dict[int, Page]) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Group blocks by heading path. A heading with nothing below it becomes content of its parent section.

    Sub-headings may divide a table's rows: each part then begins with the table's header.
    """
    path: list[Block] = []
    content: list[Block] = []
    used = True
    divided: tuple[Block, int] | None = None
    for position, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            if divided is not None and not content:
                if block.kind is BlockKind.TABLE_ROW:
                    content.append(divided[0])
                else:
                    divided = None
            content.append(block)
            used = True
            continue
        if divided is None:
            divided = _divided_table(blocks, position, path)
        elif block.level <= divided[1]:
            divided = None
        if divided is not None and content == [divided[0]]:
            content = []
        if content:
            yield _titles(path, pages), content
            content = []
        if not used and path and path[-1].level >= block.level:
            yield _titles(path[:-1], pages), [path[-1]]
        path = [heading for heading in path if heading.level < block.level] + [block]
        used = False
    if content:
        yield _titles(path, pages), content
    elif not used:
        yield _titles(path[:-1], pages), [path[-1]]


def _divided_table(blocks: Sequence[Block], position: int, path: Sequence[Block]) -> tuple[Block, int] | None:
    """The header right above a sub-heading that has rows right below it, and the level of the section it stands in."""
    level = path[-1].level if path else 0
    if position == 0 or position + 1 == len(blocks) or blocks[position].level <= level:
        return None
    above, below = blocks[position - 1], blocks[position + 1]
    if above.kind is BlockKind.TABLE_HEADER and below.kind is BlockKind.TABLE_ROW:
        return above, level
    return None


def _titles(path: Sequence[Block], pages: dict[int, Page]) -> tuple[str, ...]:
    return tuple(_text(_span(heading), pages)[:_MAX_SECTION_CHARS] for heading in path)


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    header: Block | None = None
    header_waits = False
    group: list[Block] = []
    for block in blocks:
        if group and _starts_unit(block, group):
            yield _unit(group, header)
            group = []
        if block.kind is BlockKind.TABLE_HEADER or not (group or block.kind in (BlockKind.TABLE_ROW, BlockKind.NOTE)):
            # The table before ends here; a header that no row carries is content itself.
            if header is not None and header_waits:
                yield _unit([header], None)
            header, header_waits = None, False
        if block.kind is BlockKind.TABLE_HEADER:
            header, header_waits = block, True
        else:
            group.append(block)
            header_waits = False
    if group:
        yield _unit(group, header)
    elif header is not None and header_waits:
        yield _unit([header], None)


def _starts_unit(block: Block, group: Sequence[Block]) -> bool:
    """Notes, and bullets below a bullet or paragraph, stay with what stands before them."""
    if block.kind is BlockKind.BULLET:
        return block.level <= 1 or group[0].kind is BlockKind.TABLE_ROW
    return block.kind is not BlockKind.NOTE


def _unit(blocks: list[Block], header: Block | None) -> _Unit:
    return _Unit(tuple(blocks), sum(block.end - block.start for block in blocks), header)


def _span(block: Block) -> Span:
    return Span(block.page, block.start, block.end)


def _text(span: Span, pages: dict[int, Page]) -> str:
    return pages[span.page].text[span.start : span.end]


def _chunk(
    document_id: str, title: str, ordinal: int, section: tuple[str, ...], spans: Sequence[Span], pages: dict[int, Page]
) -> Chunk:
    text = "\n".join(_text(span, pages) for span in spans)
    digest = hashlib.sha256("\x1f".join((title, *section, text)).encode()).hexdigest()
    chunk_id = hashlib.sha256(f"{document_id}/{ordinal}/{digest}".encode()).hexdigest()[:20]
    return Chunk(chunk_id, document_id, ordinal, text, section, tuple(spans), detect_language(text), digest)
