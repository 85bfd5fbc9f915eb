"""Which of the ranked clauses make the answer, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.generation.answer_kind import AnswerKind, holds_kind
from assistant.generation.quoting.clause_ranker import RankedClause
from assistant.generation.quoting.disclaimer import is_disclaimer
from assistant.text.morphemes import analyze

MAX_CHARS = 520
_MAX_CLAUSES = 6
# In log odds: what is less likely than the best clause by more than this stays out.
_MAX_BEHIND = 4.0
# A line that has this share of its words in one that is chosen already tells nothing more.
_SAME = 0.8
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# What answers another part of the question may be further behind.
_MAX_PART_BEHIND = 6.0


def select(ranked: Sequence[RankedClause], kinds: Sequence[AnswerKind]) -> list[RankedClause]:
    """The best clause, one for each further kind of thing asked for, and those nearly as good as the best that say something more.

    Of these none only speaks of its document. At most six and 520 characters.
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
        if _fits(chosen, item) and not is_disclaimer(item.clause.text):
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
        and not any(_repeats(item, other) for other in chosen)
    )


def _repeats(item: RankedClause, other: RankedClause) -> bool:
    """Whether ``other`` says nearly all that ``item`` says, and every figure of it."""
    text, known = item.clause.bare, other.clause.whole
    told = len(_forms(text) & _forms(known)) >= _SAME * len(_forms(text))
    return told and set(_FIGURE.findall(text)) <= set(_FIGURE.findall(known))


@lru_cache(maxsize=4096)
def _forms(text: str) -> frozenset[str]:
    return frozenset(token.form for token in analyze(text))


def _chars(item: RankedClause) -> int:
    return len(item.clause.text) + len(item.clause.companion_text)
