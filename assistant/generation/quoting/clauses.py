"""Clauses: the lines and sentences of retrieved chunks, each with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.text.sentences import split_sentences
from assistant.types import ScoredChunk, Span

_MARK = re.compile(r"^(?:[□■◆◇◈❏▢⇨➡☞➢ㅇ○◦●◎•▪▸▶‣▷✓]|[①-⑳❶-❿]|\*+|※|†|[-–—·]\s|o\s|\(\d{1,2}\)|\d{1,2}[.)]\s|‣‣)\s*")
CELL = " | "
"""What stands between the cells of a table's row."""
_NOTE_MARK = re.compile(r"^(?:\*+|※|†)\s?")
_STAR = re.compile(r"\*+")
_STARS = re.compile(r"(?P<stars>\*+)")
# How many lines a note may stand below the line it limits.
_NOTE_REACH = 6
_MAX_LABEL_CHARS = 14
# A figure, an address or a finished sentence says something by itself.
_SAYS = re.compile(r"\d|@|[.!?。]$|다$|함$|음$|임$")
# Sentences shorter than this are answered together with the rest of their line.
_MIN_SENTENCE_CHARS = 40
# A sentence that speaks of the one before it is understood only with it; both together must still be short.
_LEANING = re.compile(
    r"(?:It|Its|They|Their|This|These|Those|Such|He|She)\b|(?:\w+,?\s){0,3}also\b|이(?:는|를|에|들은|로써)\s|[그이]\s?중\s|그\s?밖에"
)
_MAX_JOINED_CHARS = 260
# The items of a long sentence that counts them: "a) …, b) … and c) …", "①…, ②…".
_ITEM = re.compile(r"[,;]?\s+(?:(?:and|or|및)\s+)?(?=(?:\(?[a-z]\)|\(\d\)|[①-⑳❶-❿])\s?\w)")
_MIN_ENUMERATION_CHARS = 200


@dataclass(frozen=True, slots=True)
class Clause:
    """A line or sentence of a stored page.

    ``text`` is verbatim (``span`` says where, ``line`` in which line of the chunk, from 0); ``note`` is the starred note that limits it, or for a note the line it belongs to;
    ``context`` is everything else a reader sees around it (title, headings, the bullet above); ``header`` is the header row
    of a table's row.
    """

    hit: ScoredChunk
    text: str
    span: Span
    line: int
    context: str
    is_note: bool
    companion: Span | None
    companion_text: str
    header: Span | None = None
    header_text: str = ""

    @property
    def whole(self) -> str:
        """The text with the note or line that belongs to it."""
        return f"{self.text} {self.companion_text}"

    @property
    def bare(self) -> str:
        """The text without its outline mark and footnote stars."""
        return bare(self.text)


def bare(text: str) -> str:
    """A line without its outline mark and footnote stars."""
    return _STAR.sub("", _MARK.sub("", text)).strip()


def clauses(hits: Sequence[ScoredChunk]) -> Iterator[Clause]:
    """Every clause of the hits, best hit first, in reading order."""
    for hit in hits:
        lines = list(zip(hit.chunk.text.split("\n"), hit.chunk.spans, strict=True))
        heading = " ".join((hit.document.title, *hit.chunk.section))
        parent = ""
        header: tuple[str, Span] | None = None
        for position, (line, span) in enumerate(lines):
            is_row = CELL in line
            if is_row and header is None and position + 1 < len(lines) and CELL in lines[position + 1][0]:
                # The first row of a table heads the others, and says nothing by itself.
                header = (line, span)
                continue
            header = header if is_row else None
            is_note = bool(_NOTE_MARK.match(line))
            companion = _companion(lines, position, is_note)
            pieces = [(0, len(line))] if is_note else list(_pieces(line))
            for start, end in pieces:
                yield Clause(
                    hit,
                    line[start:end],
                    Span(span.page, span.start + start, span.start + end),
                    position,
                    f"{heading} {parent} {line}",
                    is_note,
                    companion[1] if companion else None,
                    companion[0] if companion else "",
                    header[1] if header else None,
                    header[0] if header else "",
                )
            if not is_note:
                parent = line


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Sentences of a line: short ones joined to the one after them, leaning ones to the one before, long enumerations by item."""
    for start, end in _joined(line):
        if end - start >= _MIN_ENUMERATION_CHARS:
            # What leads in stays with the first item.
            for item in list(_ITEM.finditer(line, start, end))[1:]:
                yield start, item.start()
                start = item.end()
        yield start, end


def _joined(line: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    short: int | None = None
    for start, end in split_sentences(line):
        if short is None and pieces and _LEANING.match(line, start) and end - pieces[-1][0] <= _MAX_JOINED_CHARS:
            start, _ = pieces.pop()
        start = start if short is None else short
        short = start if end - start < _MIN_SENTENCE_CHARS else None
        if short is None:
            pieces.append((start, end))
    return [*pieces, (short, len(line))] if short is not None else pieces


def _companion(lines: Sequence[tuple[str, Span]], position: int, is_note: bool) -> tuple[str, Span] | None:
    """The note that limits a line, the line after one that only names it, or the line that a note limits."""
    if is_note:
        owner = _owner(lines, position)
        return lines[owner] if owner is not None else None
    for place in range(position + 1, min(position + _NOTE_REACH, len(lines))):
        if _NOTE_MARK.match(lines[place][0]) and _owner(lines, place) == position:
            return lines[place]
    if position + 1 < len(lines):
        line, following = lines[position][0], lines[position + 1]
        if _is_label(line) and CELL not in following[0] and not _NOTE_MARK.match(following[0]):
            return following
    return None


def _owner(lines: Sequence[tuple[str, Span]], note: int) -> int | None:
    """Which line a note limits: the nearest above with its stars, or else the one right above."""
    above = [place for place in range(note - 1, -1, -1) if not _NOTE_MARK.match(lines[place][0])]
    stars = _STARS.match(lines[note][0])
    starred = re.compile(rf"(?<=[^\s*]){re.escape(stars['stars'])}(?!\*)") if stars else None
    near = (place for place in above[:_NOTE_REACH] if starred is not None and starred.search(lines[place][0]))
    return next(near, above[0] if above else None)


def _is_label(line: str) -> bool:
    """Whether a line only names what the next one says."""
    text = bare(line)
    names_only = ":" not in text and len(text) <= _MAX_LABEL_CHARS and not _SAYS.search(text)
    return CELL not in line and (text.endswith(":") or names_only)
