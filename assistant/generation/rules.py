"""What rules over records answer: eligibility and the calendar. No model has a say in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kind
from assistant.generation.draft import Draft
from assistant.generation.eligibility.composer import EligibilityComposer
from assistant.generation.eligibility.condition_premise import ConditionPremise
from assistant.generation.eligibility.profile import ProfileReader
from assistant.generation.quoting.unknown_name import names_unknown
from assistant.generation.records.asked import asks_calendar
from assistant.generation.records.center_choice import CenterClarifier
from assistant.generation.records.clarify import ClarifyComposer
from assistant.generation.records.comparison import RecordComparer
from assistant.generation.records.composer import RecordComposer
from assistant.generation.records.finder import RecordFinder
from assistant.generation.records.program_list import ProgramLister
from assistant.generation.records.ranking import RecordRanker
from assistant.generation.records.task_answer import TaskComposer
from assistant.generation.records.task_list import TaskLister
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Chunk, Citation, Document, Language, Query, Question, Record, ScoredChunk

_MAX_CHARS = 600
_FAR_BEHIND = 0.5
_ELSEWHERE = frozenset(
    {AnswerKind.DATE, AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.COUNT, AnswerKind.PLACE, AnswerKind.CONTACT}
)
_ELIGIBLE = re.compile(
    r"자격|대상이|신청할 수|받을 수|참여할 수|참가할 수|지원할 수|신청(?:이|도)?\s?(?:가능|되)|될까|되나|됩니까|\beligible\b|\bqualif|\b(?:can|could|may) (?:we|i|our)\b",
    re.IGNORECASE,
)
# "How do we apply?" wants the way, not a verdict; with more said before or after, it may want both.
_ASKS_HOW = re.compile(
    r"\W*(?:(?:and|so|ok|then)\W+)?how (?:do|can|could|should|would) (?:we|i|one|companies) (?:apply|join|register|sign up|take part|enter|get in)\b[^.?!]*\W*"
    r"|[^.?!]*(?:어떻게|어디(?:에|서|로)|무슨 방법으로)\s?(?:신청|접수|지원|참가|참여|등록|제출)[^.?!]*\W*",
    re.IGNORECASE,
)


class RuleComposer:
    """Answers from records, and keeps other answers true to what later notices say.

    Args:
        records: all records, as later notices and officers' corrections leave them.
        documents: their documents by id.
        terms: official names in both languages.
        chunks: the chunks of a document, by its id.
    """

    def __init__(
        self,
        records: Sequence[Record],
        documents: Mapping[str, Document],
        terms: TermFinder | None = None,
        chunks: Callable[[str], Sequence[Chunk]] = lambda _: (),
    ) -> None:
        self._records = records
        self._documents = documents
        self._calendar = RecordComposer()
        self._programs = ProgramLister(records, documents, terms)
        self._ranker = RecordRanker(records, documents, terms)
        self._comparer = RecordComparer(records, documents, terms)
        self._finder = RecordFinder(records, documents, terms)
        self._eligibility = EligibilityComposer(terms)
        self._profiles = ProfileReader()
        self._tasks = TaskComposer(terms)
        self._task_list = TaskLister(records, documents, terms)
        self._conditions = ConditionPremise()
        self._centers = CenterClarifier(documents, chunks)
        self._clarify = ClarifyComposer(documents, terms)

    def compose(
        self,
        question: Question,
        language: Language,
        query: Query,
        hits: Sequence[ScoredChunk],
        topic: Sequence[str] = (),
    ) -> Draft | None:
        """Whether the asker is eligible, what is ahead, or which of several things is meant; ``None`` for every other question.

        ``topic`` are the ids of the documents that the talk is about, where the question names no subject of its own.
        """
        if names_unknown(question.text, query.concepts, hits):
            return None
        programs = self._programs.compose(question, language, query)
        listed = programs or self._task_list.compose(question, language, query)
        listed = listed or self._comparer.compose(question, language, query)
        listed = listed or self._ranker.compose(question, language, query)
        listed = listed or self._finder.compose(question, language, query)
        if listed is not None:
            return listed
        said_before = " ".join(turn.content for turn in question.history)
        # "When does it start?" is no question of eligibility; "we registered a year ago, ok?" is.
        kind = asked_kind(question.text)
        company = self._profiles.read(question.text, question.as_of)
        asks_own = company.asks == "own" and bool(company.profile.told)
        asks_how = kind is AnswerKind.METHOD and _ASKS_HOW.fullmatch(question.text) is not None
        if not asks_how and (kind not in _ELSEWHERE or asks_own or _ELIGIBLE.search(question.text)):
            judged = self._eligibility.compose(
                question, language, self._records, self._documents, hits, context=said_before, topic=topic
            )
            # What the question has heard wrongly of the conditions is set right instead.
            heard = self._conditions.correction(question, language, query, self._records, self._documents, hits)
            if judged is not None and heard is None:
                return judged.draft
        # "May those that never exported apply?" asks for a condition, which the papers tell, and not for the last day.
        listed = None if company.profile.told else self._finder.compose(question, language, query, one=True)
        listed = listed or self._clarify.compose(question, language, query, self._records, hits)
        return listed or self._centers.compose(question, language, query, hits)

    def updated(
        self,
        question: Question,
        language: Language,
        query: Query,
        draft: Draft,
        hits: Sequence[ScoredChunk],
        topic: Sequence[str] = (),
    ) -> Draft:
        """``draft`` after what leads it: the condition that a question has heard otherwise, who is in charge of the task asked about, or what
        later notices and the calendar say of the record it rests on.

        Where quoting found no evidence, the calendar may still know of the nearest document whether it is open.
        """
        answered = draft.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
        condition = self._conditions.correction(question, language, query, self._records, self._documents, hits)
        if condition is not None:
            return _without(draft, condition.citations).after(condition, _MAX_CHARS) if answered else condition
        # In a talk, no task of another paper is meant.
        own = [record for record in self._records if not topic or record.document_id in topic]
        task = self._tasks.compose(question, language, query, own, self._documents)
        if task is not None:
            return _without(draft, task.citations).after(task, _MAX_CHARS) if answered else task
        cited = [citation.document.document_id for citation in draft.citations if answered]
        if not answered:
            if draft.status is not AnswerStatus.NO_EVIDENCE or not asks_calendar(question.text):
                return draft
            cited = _agreed(hits)
        standing = self._calendar.standing(
            question, language, query, list(dict.fromkeys(cited)), self._records, self._documents
        )
        if standing is None:
            return draft
        return _without_old(draft, standing.records).after(standing, _MAX_CHARS) if answered else standing


def _without_old(draft: Draft, records: Sequence[Record]) -> Draft:
    """``draft`` without the claims that rest on what a later notice has replaced."""
    replaced = [
        (record.document_id, evidence)
        for record in records
        for change in record.changes
        for evidence in record.evidence
        if evidence.field == change.field and change.field != "cancelled"
    ]
    old = {
        citation.number
        for citation in draft.citations
        for document_id, evidence in replaced
        if citation.document.document_id == document_id
        and citation.page == evidence.page
        and citation.start < evidence.end
        and evidence.start < citation.end
    }
    return replace(draft, claims=tuple(claim for claim in draft.claims if not old.intersection(claim.citations)))


def _without(draft: Draft, told: Sequence[Citation]) -> Draft:
    """``draft`` without the claims that only quote what is told already."""
    places = {(c.document.document_id, c.page, c.start) for c in told}
    again = {c.number for c in draft.citations if (c.document.document_id, c.page, c.start) in places}
    return replace(draft, claims=tuple(claim for claim in draft.claims if not again.issuperset(claim.citations)))


def _agreed(hits: Sequence[ScoredChunk]) -> list[str]:
    """The document of the best hit, if the next one is of the same or far behind."""
    if not hits:
        return []
    best = hits[0]
    clear = all(
        hit.document.document_id == best.document.document_id or hit.score <= _FAR_BEHIND * best.score
        for hit in hits[1:2]
    )
    return [best.document.document_id] if clear else []
