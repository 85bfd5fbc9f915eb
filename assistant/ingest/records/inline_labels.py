"""Lines that hold several labels: "When: 11-13 May Where: Busan", "일시: 3. 9. / 장소: 코엑스"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.ingest.records.labels import part_of
from assistant.ingest.records.outline import Entry, Outline
from assistant.types import BlockKind

_LABEL = re.compile(r"(?:^|(?<=[\s/|,;·○ㅇ□▪-]))(?P<label>[A-Z가-힣][A-Za-z가-힣/·& ]{0,22}?)\s?[:：](?=\s)")
_LABELLED_HEADING = re.compile(
    r"(?:\W|\d{1,2}[.)]|[가-하][.)])*\s*(?P<label>[^:：|]{1,30}?)\s?[:：]\s+(?P<value>\S.*)$", re.DOTALL
)
_LINES = (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NOTE)


def with_labels_apart(outline: Outline) -> Outline:
    """The outline with such a line as several entries, one for each label, every one at its own place on the page."""
    return replace(outline, entries=tuple(piece for entry in outline.entries for piece in _pieces(entry)))


def _pieces(entry: Entry) -> Iterator[Entry]:
    if entry.kind is BlockKind.HEADING and (match := _LABELLED_HEADING.match(entry.text)) and part_of(match["label"]):
        # A short line such as "나. 수요기관: …" may pass for a heading.
        yield replace(entry, kind=BlockKind.BULLET, label=match["label"].strip(), value=match["value"])
        return
    marks = [] if entry.kind not in _LINES else [(m.start("label"), m) for m in _LABEL.finditer(entry.text)]
    known = [_known(start, match) for start, match in marks]
    if sum(label is not None for _, label in known) < 2:
        yield entry
        return
    # Two labels make it a list of labels; then others end a value too ("Clarifications until:").
    starts = [start for start, _ in known]
    bounds = [0, *starts[1:], len(entry.text)]
    for first, last in pairwise(bounds):
        text = entry.text[first:last].rstrip(" /|,;·○ㅇ□▪-")
        match = re.match(r"\W*(?P<label>[^:：]{1,30}?)\s?[:：]\s+(?P<value>\S.*)$", text, re.DOTALL)
        label, value = (match["label"].strip(), match["value"]) if match else (entry.label, entry.value)
        yield replace(
            entry, text=text, start=entry.start + first, end=entry.start + first + len(text), label=label, value=value
        )


def _known(start: int, match: re.Match[str]) -> tuple[int, str | None]:
    """Where the label begins, and the label if it stands for a part of a notice: its last words may be all of it ("… Busan Organiser:")."""
    words = list(re.finditer(r"\S+", match["label"]))
    for word in words:
        label = match["label"][word.start() :]
        if part_of(label) is not None:
            return start + word.start(), label
    return start + (words[-1].start() if re.search("[가-힣]", match["label"]) else 0), None
