"""What was looked for where no document answers, and the passages that come nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.generation.quoting.clauses import CELL, Clause
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.wording import row_text
from assistant.text.language import has_hangul
from assistant.types import Concept, Query

_MOST = 2
# What is shorter only names something, as headings and table cells do.
_MIN_TELLING_CHARS = 20
_DIGIT = re.compile(r"\d")
# What belongs to a number in Korean and is no particle: 5호선, 3분기.
_COUNTED = re.compile(
    r"(?:(?!까지|부터|에서|으로|에는)[가-힣]){0,3}?(?=(?:은|는|이|가|을|를|의|에|에서|에는|으로|로|와|과|도|까지|부터|만)?(?:[^가-힣]|$))"
)


def nearest(concepts: Sequence[Concept], clauses: Iterable[Clause]) -> list[Clause]:
    """Of each of the two best hits that hold a clause, the one that says most of ``concepts``; sentences before rows and labels.

    ``clauses`` come as their hits do, best first, each of them fit to be quoted.
    """
    by_hit: dict[str, list[Clause]] = {}
    for clause in clauses:
        if not clause.is_note:
            by_hit.setdefault(clause.hit.chunk.chunk_id, []).append(clause)
    return [max(some, key=lambda clause: _nearness(concepts, clause)) for some in list(by_hit.values())[:_MOST]]


def shown(clause: Clause) -> str:
    """A clause as a reader understands it alone: a table's row with the names of its columns."""
    return row_text(clause)[0] if CELL in clause.text else clause.bare


def searched_for(query: Query) -> str:
    """The words that were looked for as the question writes them: 5호선 whole, and "line 5" as one; the whole question if it has none."""
    text, said = query.text, query.text.casefold()
    places: list[tuple[int, int]] = []
    for concept in query.concepts:
        word = concept.text.casefold()
        start = said.find(word, places[-1][1] if places else 0)
        start = start if start >= 0 else said.find(word)
        if start < 0:
            # Of words put together by the search itself the question says the parts.
            continue
        end = start + len(concept.text)
        if concept.text[-1:].isdigit() or (_DIGIT.search(concept.text) and has_hangul(concept.text)):
            counted = _COUNTED.match(text, end)
            end = counted.end() if counted else end
        if places and concept.text.isdigit() and text[places[-1][1] : start].isspace():
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
    return ", ".join(dict.fromkeys(text[start:end] for start, end in places)) or text


def _nearness(concepts: Sequence[Concept], clause: Clause) -> tuple[float, bool, int]:
    said = sum(
        concept.weight * share for concept, share in zip(concepts, concepts_said(concepts, clause.text), strict=True)
    )
    return round(said, 3), CELL not in clause.text and len(clause.bare) >= _MIN_TELLING_CHARS, -clause.line
