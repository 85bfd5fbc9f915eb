"""Sentence boundaries in Korean and English prose and in the clipped style of government papers."""

from __future__ import annotations

import re

# A full stop ends a sentence unless it stands in a number, a date, an abbreviation or a numbered heading.
_ABBREVIATIONS = r"(?:Mr|Mrs|Ms|Dr|Prof|No|Nos|vs|etc|e\.g|i\.e|approx|Inc|Ltd|Co|Corp|St|Fig|Art|Sec|U\.S|U\.K)"
_END = re.compile(r"(?<!\b[A-Z])[.!?。]+[\"'”’)\]]*(?=\s+|$)|(?<=다)\.(?=[^\s\d])")
_ABBREVIATION_END = re.compile(rf"(?:^|[\s(]){_ABBREVIATIONS}\.$")
_TAIL_CHARS = 60
_DATE_END = re.compile(r"(?:\d{4}|\d{1,2})\.\s?(?:\d{1,2}\.?\s?)*$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of each sentence of ``text``, in order, without the blanks between them.

    Every character that is not blank lies in exactly one sentence. A line end always ends a sentence.
    """
    spans: list[tuple[int, int]] = []
    line_start = 0
    for line in text.split("\n"):
        start = 0
        for match in _END.finditer(line):
            end = match.end()
            before = line[start:end]
            # Only the end tells; a long run of dates must not be looked through again at each of its full stops.
            tail = before[-_TAIL_CHARS:]
            if _ABBREVIATION_END.search(tail) or _DATE_END.search(tail.rstrip("\"'”’)]")):
                continue
            _append(spans, line, start, end, line_start)
            start = end
        _append(spans, line, start, len(line), line_start)
        line_start += len(line) + 1
    return spans


def _append(spans: list[tuple[int, int]], line: str, start: int, end: int, offset: int) -> None:
    piece = line[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + piece.index(stripped[0])
        spans.append((offset + begin, offset + begin + len(stripped)))
