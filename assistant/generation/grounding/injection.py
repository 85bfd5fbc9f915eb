"""Sentences of documents and answers that speak to an assistant instead of to a reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.generation.scope.classifier import is_instruction
from assistant.text.sentences import split_sentences
from assistant.types import Chunk, ScoredChunk, Span

__all__ = ["is_instruction", "without_orders"]


def without_orders(hits: Sequence[ScoredChunk]) -> list[ScoredChunk]:
    """The hits without the sentences, headings and titles that give orders to whoever answers, best first as given.

    What is left of a line stays verbatim, a line of its own with its own span. A hit of which nothing is left is dropped.
    """
    return [cleaned for hit in hits if (cleaned := _without_orders(hit)) is not None]


def _without_orders(hit: ScoredChunk) -> ScoredChunk | None:
    chunk = hit.chunk
    lines = chunk.text.split("\n")
    orders = {number for number, line in enumerate(lines) if is_instruction(line)}
    for (first, above), (second, below) in pairwise(enumerate(lines)):
        # An order may be broken in two lines, neither of which is one.
        if not {first, second} & orders and is_instruction(f"{above} {below}"):
            orders |= {first, second}
    section = tuple(heading for heading in chunk.section if not is_instruction(heading))
    title = hit.document.title
    if not orders and section == chunk.section and not is_instruction(title):
        return hit
    kept = [piece for number, line in enumerate(lines) for piece in _kept(chunk, number, line, number in orders)]
    if not kept:
        return None
    document = replace(hit.document, title=hit.document.source) if is_instruction(title) else hit.document
    text, spans = "\n".join(piece for piece, _ in kept), tuple(span for _, span in kept)
    return replace(hit, document=document, chunk=replace(chunk, text=text, spans=spans, section=section))


def _kept(chunk: Chunk, number: int, line: str, is_order: bool) -> Iterator[tuple[str, Span]]:
    """The parts of a line that may be quoted: all of it, or its sentences that give no order."""
    span = chunk.spans[number]
    if not is_order:
        yield line, span
        return
    sentences = list(split_sentences(line))
    if len(sentences) < 2:
        return
    allowed = [not is_instruction(line[start:end]) for start, end in sentences]
    if all(allowed):
        # Only together they give an order.
        return
    for (start, end), fine in zip(sentences, allowed, strict=True):
        if fine:
            yield line[start:end], Span(span.page, span.start + start, span.start + end)
