"""Whether what was found is evidence at all: the decision to answer or to say that the documents don't."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.generation.answer_kind import STRICT_KINDS, AnswerKind, holds_kind
from assistant.generation.clauses import Clause
from assistant.text.language import detect_language
from assistant.text.morphemes import analyze
from assistant.types import Concept, Query

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|(?<=['‘’])\d{2}(?=[.년上下~∼～)\s])")
_HELD = 0.5
# A source that says what it does not say.
_NOT_STATED = re.compile(
    r"(?:실려|적혀|나와|담겨|밝혀져?|정해져?|공개되?어?|포함되어)\s?있지\s?않|(?:나오지|나타나지|다루지|밝히지|싣지|적지|정하지)\s?않|자료에(?:는)?\s?없|목록이\s?없"
    r"|\bnot stated\b|\b(?:does|do|did) not (?:say|state|give|mention|name|tell)\b|\bgives? no\b|\bnames? no\b|\bsays nothing\b|\bnot yet (?:fixed|decided|known)\b",
    re.IGNORECASE,
)


class EvidenceJudge:
    """Decides whether the best clauses answer a question.

    Args:
        min_coverage: the least share of what the question tells that the best clause and its surroundings must say; 0 to 1.
    """

    def __init__(self, min_coverage: float) -> None:
        self._min_coverage = min_coverage

    def is_evidence(self, query: Query, kind: AnswerKind, best: Clause, others: Sequence[Clause]) -> bool:
        """Whether ``best`` (with ``others``, clauses nearly as good) answers.

        It does not if it is the source's own word that it does not say, if it leaves too much of the question unsaid, if it leaves out a name that the question is about, if nothing
        there is of the kind asked for, or if the question is about a year later than anything the passage knows of.
        """
        if _NOT_STATED.search(best.text):
            return False
        passage = f"{best.context} {best.hit.chunk.text}"
        said = concepts_said(query.concepts, passage)
        total = sum(concept.weight * concept.emphasis for concept in query.concepts)
        covered = sum(c.weight * c.emphasis * s for c, s in zip(query.concepts, said, strict=True))
        if total == 0.0 or covered / total < self._min_coverage:
            return False
        if any(c.is_name and c.emphasis == 1.0 and s < _HELD for c, s in zip(query.concepts, said, strict=True)):
            return False
        if kind in STRICT_KINDS and not any(holds_kind(f"{c.text} {c.companion_text}", kind) for c in (best, *others)):
            return False
        return not _asks_beyond(query.text.rsplit("\n", 1)[-1], passage, best)


def concepts_said(concepts: Sequence[Concept], text: str) -> list[float]:
    """For each concept, how well ``text`` says it: the weight of its best alternative times the share of its forms present."""
    present = {token.form for token in analyze(text)}
    language = detect_language(text)
    return [
        max(
            (
                a.weight * sum(form in present for form in a.forms) / len(a.forms)
                for a in concept.alternatives[language]
            ),
            default=0.0,
        )
        for concept in concepts
    ]


def _asks_beyond(question: str, passage: str, best: Clause) -> bool:
    """Whether the question names a year later than the document's date and every year in the passage."""
    asked = _years(question)
    published = best.hit.document.published
    known = _years(passage) | ({published.end.year} if published else set())
    return bool(asked and known) and min(asked) > max(known)


def _years(text: str) -> set[int]:
    return {int(year) if len(year) == 4 else 2000 + int(year) for year in _YEAR.findall(text)}
