"""How much of a query a text says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.text.language import detect_language
from assistant.text.morphemes import analyze
from assistant.types import Concept, Language


def concepts_said(concepts: Sequence[Concept], text: str) -> list[float]:
    """For each concept, how well ``text`` says it: the weight of its best alternative times the share of its forms present."""
    present, language = _forms(text)
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


@lru_cache(maxsize=20_000)
def _forms(text: str) -> tuple[frozenset[str], Language]:
    """The index forms of a text and its language; the same chunks come back again and again."""
    return frozenset(token.form for token in analyze(text)), detect_language(text)
