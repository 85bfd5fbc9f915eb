"""What a question means: its slips are put right, who asks on is understood from the talk so far, and who asks about an earlier version, of
that version."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.generation.earlier import present_question
from assistant.generation.reading.choice import completed
from assistant.generation.reading.listed_item import of_listed
from assistant.generation.reading.profile_reply import replied
from assistant.generation.reading.switch import switched
from assistant.text.language import detect_language
from assistant.text.spelling import SpellingCorrector
from assistant.text.termbase import TermFinder
from assistant.types import Language, Question, Turn


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
        talk: tuple[Turn, ...] = ()
        for turn in question.history:
            # What was said before is taken as it was meant, too.
            said = replace(question, text=turn.content, history=talk)
            talk += (replace(turn, content=self._meant(said).text) if turn.role == "user" else turn,)
        said = replace(question, text=self._spelling.correct(question.text), history=talk)
        meant = self._meant(said)
        present = present_question(meant.text)
        return Reading(
            meant,
            replace(meant, text=present or meant.text),
            meant.language or detect_language(meant.text),
            present is not None,
            meant.text if meant.text != question.text else None,
        )

    def _meant(self, said: Question) -> Question:
        """A reply with the question that it replies to, a question that points at something with its name."""
        whole = completed(said, self._terms) or replied(said, self._terms) or of_listed(said, self._terms)
        if whole is not None:
            return whole
        other = switched(said, self._terms) or said
        return of_listed(other, self._terms) or other
