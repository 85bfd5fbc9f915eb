"""Which of the ranked clauses make the answer, and in what order they are said."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.generation.answer_kind import AnswerKind, holds_kind
from assistant.generation.clause_ranker import RankedClause

MAX_CHARS = 480
_MAX_CLAUSES = 5
# In log odds: what is less likely than the best clause by more than this stays out.
_MAX_BEHIND = 3.0
# What answers another part of the question may be further behind.
_MAX_PART_BEHIND = 4.0


def select(ranked: Sequence[RankedClause], kinds: Sequence[AnswerKind]) -> list[RankedClause]:
    """The best clause, those nearly as good, and one for each further kind of thing asked for; at most five and 480 characters.

    ``ranked`` is best first and not empty. The best clause leads; the others follow section by section, in reading order.
    """
    best = ranked[0]
    chosen = [best]
    for item in ranked[1:]:
        if best.score - item.score > _MAX_BEHIND:
            break
        if _fits(chosen, item):
            chosen.append(item)
    for kind in kinds[1:]:
        if not any(_holds(item, kind) for item in chosen):
            part = next(
                (item for item in ranked if _holds(item, kind) and best.score - item.score < _MAX_PART_BEHIND), None
            )
            if part is not None and part not in chosen:
                # The least likely clause gives way to another part of the question.
                while len(chosen) > 1 and not _fits(chosen, part):
                    chosen.pop()
                chosen.append(part)
    return _in_order(chosen)


def missing_kinds(chosen: Sequence[RankedClause], kinds: Sequence[AnswerKind]) -> list[AnswerKind]:
    """The kinds asked for, besides the first, that nothing chosen holds."""
    return [kind for kind in kinds[1:] if not any(_holds(item, kind) for item in chosen)]


def _holds(item: RankedClause, kind: AnswerKind) -> bool:
    return holds_kind(f"{item.clause.text} {item.clause.companion_text}", kind)


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


def _in_order(chosen: Sequence[RankedClause]) -> list[RankedClause]:
    sections: dict[tuple[str, tuple[str, ...]], list[RankedClause]] = {}
    for item in chosen:
        hit = item.clause.hit
        sections.setdefault((hit.document.document_id, hit.chunk.section), []).append(item)
    first, *others = sections.values()
    rest = sorted(first[1:], key=_place)
    return [first[0], *rest, *(item for section in others for item in sorted(section, key=_place))]


def _place(item: RankedClause) -> tuple[int, int]:
    return item.clause.span.page, item.clause.span.start
