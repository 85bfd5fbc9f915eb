"""What rules over records answer: eligibility and the calendar. No model has a say in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.generation.draft import Draft
from assistant.generation.eligibility_answer import EligibilityComposer
from assistant.generation.record_composer import RecordComposer
from assistant.types import AnswerStatus, Document, Language, Query, Question, Record, ScoredChunk

_MAX_CHARS = 600


class RuleComposer:
    """Answers from records, and keeps other answers true to what later notices say.

    Args:
        records: all records, as later notices and officers' corrections leave them.
        documents: their documents by id.
    """

    def __init__(self, records: Sequence[Record], documents: Mapping[str, Document]) -> None:
        self._records = records
        self._documents = documents
        self._calendar = RecordComposer()
        self._eligibility = EligibilityComposer()

    def compose(
        self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]
    ) -> Draft | None:
        """Whether the asker is eligible, or what is ahead; ``None`` for every other question."""
        said_before = " ".join(turn.content for turn in question.history)
        judged = self._eligibility.compose(
            question, language, self._records, self._documents, hits, context=said_before
        )
        if judged is not None:
            return judged.draft
        return self._calendar.upcoming(question, language, query, self._records, self._documents)

    def updated(self, question: Question, language: Language, draft: Draft) -> Draft:
        """``draft`` after what later notices changed in the record it rests on and, if the question asks, where that stands on ``as_of``."""
        if draft.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
            return draft
        cited = list(dict.fromkeys(citation.document.document_id for citation in draft.citations))
        standing = self._calendar.standing(question, language, cited, self._records, self._documents)
        return draft if standing is None else draft.after(standing, _MAX_CHARS)
