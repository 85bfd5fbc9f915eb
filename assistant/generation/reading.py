"""What a question means: its slips are put right, who asks on is understood from the talk so far, and who asks about an earlier version, of
that version."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.generation.choice import completed
from assistant.generation.earlier import present_question
from assistant.generation.switch import switched
from assistant.text.language import detect_language
from assistant.text.spelling import SpellingCorrector
from assistant.text.termbase import TermFinder
from assistant.types import Language, Question


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is meant.

    ``asked`` is what is looked up and answered: as of today also where an earlier version is asked about (``asks_earlier``).
    ``standalone`` is the question as it was understood: made whole, where it is a reply such as "the second one", and without its slips;
    ``None`` where the question stands as it was put.
    """

    question: Question
    asked: Question
    language: Language
    asks_earlier: bool
    standalone: str | None


class QuestionReader:
    """Reads questions in the light of the talk before them.

    Args:
        spelling: puts slips right.
        terms: official names in both languages.
    """

    def __init__(self, spelling: SpellingCorrector, terms: TermFinder | None = None) -> None:
        self._spelling = spelling
        self._terms = terms

    def read(self, question: Question) -> Reading:
        """Understand a question with its history."""
        said = replace(question, text=self._spelling.correct(question.text))
        meant = completed(said, self._terms) or switched(said, self._terms) or said
        present = present_question(meant.text)
        return Reading(
            meant,
            replace(meant, text=present or meant.text),
            meant.language or detect_language(meant.text),
            present is not None,
            meant.text if meant.text != question.text else None,
        )
