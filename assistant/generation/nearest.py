"""The passages that come nearest to a question which no document answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.generation.clauses import CELL, Clause
from assistant.generation.coverage import concepts_said
from assistant.generation.wording import row_text
from assistant.types import Concept

_MOST = 2
# What is shorter only names something, as headings and table cells do.
_MIN_TELLING_CHARS = 20


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


def _nearness(concepts: Sequence[Concept], clause: Clause) -> tuple[float, bool, int]:
    said = sum(
        concept.weight * share for concept, share in zip(concepts, concepts_said(concepts, clause.text), strict=True)
    )
    return round(said, 3), CELL not in clause.text and len(clause.bare) >= _MIN_TELLING_CHARS, -clause.line
