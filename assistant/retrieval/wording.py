"""How far a passage says what a query asks for, read from its letters alone: many passages of a query cost little that way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.language import has_hangul
from assistant.types import LANGUAGES, Concept, Language

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
# Shorter ones stand in a row by chance; longer ones are rewarded enough.
_MIN_RUN_CHARS = 4
_MAX_RUN = 6


class Wording:
    """What a question asks for, ready to be looked for in passages.

    Args:
        question: as asked.
        concepts: of the query made of it, in their order.
    """

    def __init__(self, question: str, concepts: Sequence[Concept]) -> None:
        self._ways = {language: [_ways(concept, language) for concept in concepts] for language in LANGUAGES}
        self._weights = [concept.weight * concept.emphasis for concept in concepts]
        self._whole = sum(self._weights)
        self._runs = _runs(question, concepts)

    def share_said(self, passage: str, language: Language) -> float:
        """How much of the concepts a ``searchable`` passage in ``language`` says, 0 to 1, by weight and emphasis.

        Each concept counts by its best alternative, and that by the share of its forms that the passage has.
        """
        said = 0.0
        for weight, ways in zip(self._weights, self._ways[language], strict=True):
            best = 0.0
            for trust, forms in ways:
                if trust <= best:
                    break
                best = max(best, trust * sum(form in passage for form in forms) / len(forms))
            said += weight * best
        return said / self._whole if self._whole else 0.0

    def words_in_a_row(self, passage: str) -> int:
        """The most of the question's concepts that stand in a ``searchable`` passage letter by letter as in the question, spaces aside.

        Two to ``_MAX_RUN``, or 0.
        """
        return next((words for words, run in self._runs if run in passage), 0)


def searchable(text: str) -> str:
    """A passage as ``Wording`` looks for words in it: in lower case without marks, once with single spaces and once without any."""
    spaced = _NEITHER_LETTER_NOR_DIGIT.sub(" ", text.casefold())
    return f" {spaced} \n{spaced.replace(' ', '')}"


def _ways(concept: Concept, language: Language) -> list[tuple[float, list[str]]]:
    """The alternatives of a concept, the most trusted first, each with its forms as they are looked for."""
    ways = [(way.weight, [_sought(form) for form in way.forms]) for way in concept.alternatives[language] if way.forms]
    return sorted(ways, key=lambda way: -way[0])


def _sought(form: str) -> str:
    """English stems begin a word; so does a lone syllable, which stands inside of too many words; other Korean may be written together."""
    folded = form.casefold()
    return folded if has_hangul(folded) and len(folded) > 1 else f" {folded}"


def _runs(question: str, concepts: Sequence[Concept]) -> list[tuple[int, str]]:
    """What stands from the begin of one concept to the end of another, with the number of concepts; most concepts first."""
    places: list[tuple[int, int]] = []
    behind = 0
    for concept in concepts:
        start = question.find(concept.text, behind)
        if start >= 0:
            behind = start + len(concept.text)
            places.append((start, behind))
    runs = []
    for words in range(min(_MAX_RUN, len(places)), 1, -1):
        for (start, _), (_, end) in zip(places, places[words - 1 :], strict=False):
            run = _NEITHER_LETTER_NOR_DIGIT.sub("", question[start:end].casefold())
            if len(run) >= _MIN_RUN_CHARS:
                runs.append((words, run))
    return runs
