"""Which of the ranked clauses make the answer, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.generation.answer_kind import AnswerKind, holds_kind
from assistant.generation.clause_ranker import RankedClause

MAX_CHARS = 520
_MAX_CLAUSES = 6
# In log odds: what is less likely than the best clause by more than this stays out.
_MAX_BEHIND = 2.0
# What answers another part of the question may be further behind.
_MAX_PART_BEHIND = 4.0


def select(ranked: Sequence[RankedClause], kinds: Sequence[AnswerKind]) -> list[RankedClause]:
    """The best clause, one for each further kind of thing asked for, and those nearly as good as the best; at most six and 520 characters.

    ``ranked`` is best first and not empty. What is chosen comes in this order, too.
    """
    best = ranked[0]
    chosen = [best]
    for kind in kinds[1:]:
        if not any(_holds(item, kind) for item in chosen):
            behind = (item for item in ranked[1:] if best.score - item.score < _MAX_PART_BEHIND)
            part = next((item for item in behind if _holds(item, kind) and _fits(chosen, item)), None)
            chosen += [part] if part is not None else []
    for item in ranked[1:]:
        if best.score - item.score > _MAX_BEHIND:
            break
        if _fits(chosen, item):
            chosen.append(item)
    return chosen


def missing_kinds(chosen: Sequence[RankedClause], kinds: Sequence[AnswerKind]) -> list[AnswerKind]:
    """The kinds asked for, besides the first, that nothing chosen holds."""
    return [kind for kind in kinds[1:] if not any(_holds(item, kind) for item in chosen)]


def _holds(item: RankedClause, kind: AnswerKind) -> bool:
    return holds_kind(item.clause.whole, kind)


def _fits(chosen: Sequence[RankedClause], item: RankedClause) -> bool:
    document = item.clause.hit.document.document_id
    taken = {
        span
        for other in chosen
        if other.clause.hit.document.document_id == document
        for span in (other.clause.span, other.clause.companion)
    }
    chars = sum(_chars(other) for other in chosen)
    return (
        item.clause.span not in taken
        and len(chosen) < _MAX_CLAUSES
        and chars + _chars(item) <= MAX_CHARS
        and all(item.clause.bare != other.clause.bare for other in chosen)
    )


def _chars(item: RankedClause) -> int:
    return len(item.clause.text) + len(item.clause.companion_text)
