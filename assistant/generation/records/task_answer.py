"""Who is in charge of a task, and until when: answered from the task's own row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.task_wording import TaskWriter
from assistant.messages import message
from assistant.text.language import detect_language
from assistant.text.morphemes import analyze
from assistant.text.termbase import TermFinder
from assistant.types import (
    AnswerStatus,
    Claim,
    Concept,
    Document,
    Language,
    Query,
    Question,
    Record,
    RecordType,
)

_ASKS_OWNER = re.compile(
    r"담당|소관|주관|주무|책임|맡[은는을아았고기]|(?:어느|무슨|어떤)\s?(?:부처|기관|부서|부·?청)|부처가?"
    r"|\bin charge\b|\bresponsible\b|\bowns?\b|\b(?:which|what)\s(?:\w+\s)?(?:ministr(?:y|ies)|agenc(?:y|ies)|bod(?:y|ies)|department"
    r"|부처)",
    re.IGNORECASE,
)
_ASKS_DUE = re.compile(
    r"언제까지|기한|(?:목표|추진)\s?(?:시기|시점|일정)|\bby when\b|\buntil when\b|\bdue\b|\bdeadline\b", re.IGNORECASE
)
# What the question asks of the task, no part of its name.
_ASKING = re.compile(
    r"담당|소관|주관|주무|책임|맡|부처|기관|부서|기한|시기|시점|과제|일정|언제|어디|누구"
    r"|charge|responsib|ministr|agenc|bod(?:y|ies)\b|department|government|deadline|due|task|when|who|which",
    re.IGNORECASE,
)
# The last noun of a Korean task's title says what is done (신설, 확대); it tells one task from another less than its object.
_TAIL = re.compile(r"\s*(?:\([^()]*\)|등)\s*$")
_DONE_WEIGHT = 0.3
_HOME = frozenset({"korea", "korean", "한국", "대한민국"})
# A task is named if it fits well, or fairly and far better than every other.
_FITS, _FITS_FAIRLY, _NEXT_BEST = 0.5, 0.3, 0.67


class TaskComposer:
    """Answers from the rows of a table of tasks: who is in charge, and by when.

    Args:
        terms: knows the official names of bodies in both languages.
    """

    def __init__(self, terms: TermFinder | None = None) -> None:
        self._writer = TaskWriter(terms)

    def compose(
        self,
        question: Question,
        language: Language,
        query: Query,
        records: Sequence[Record],
        documents: Mapping[str, Document],
    ) -> Draft | None:
        """The owner and the due date of the task that the question names; ``None`` where it asks neither or names no task."""
        owner, due = _ASKS_OWNER.search(question.text), _ASKS_DUE.search(question.text)
        if not owner and not due:
            return None
        record = _named_task(query, [r for r in records if r.type is RecordType.TASK and (r.owner or not owner)])
        if record is None:
            return None
        citations = CitationList()
        numbers = self._writer.cite(record, documents[record.document_id], citations)
        said = (self._writer.owner(record, language), self._writer.due(record, language, question.as_of))
        facts = "; ".join(part for part in said if part)
        told = Claim(message(language, "record_line", title=record.title, facts=facts), numbers)
        return Draft(AnswerStatus.ANSWERED, (told,), citations.all(), records=(record,))


def _named_task(query: Query, tasks: Sequence[Record]) -> Record | None:
    """The task that the question names: it says most of the title, and the title most of what it says; one task better than all others."""
    # The country is no part of a task's name.
    concepts = [c for c in query.concepts if not _ASKING.search(c.text) and c.text.casefold() not in _HOME]
    if not concepts:
        return None
    ranked = sorted(((_match(concepts, task.title), task) for task in tasks), key=lambda item: -item[0])
    if not ranked:
        return None
    (best, task), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    named = best > second if best >= _FITS else best >= _FITS_FAIRLY and second <= _NEXT_BEST * best
    return task if named else None


def _match(concepts: Sequence[Concept], title: str) -> float:
    """How well question and title say the same, 0 to 1: the harmonic mean of the shares that each says of the other."""
    said = concepts_said(concepts, title)
    whole = sum(concept.weight * concept.emphasis for concept in concepts)
    asked = sum(share * c.weight * c.emphasis for share, c in zip(said, concepts, strict=True)) / whole
    told = _told(concepts, title)
    return 2 * asked * told / (asked + told) if asked and told else 0.0


def _told(concepts: Sequence[Concept], title: str) -> float:
    """The share of a title's words that the concepts say, the word for what is done counting less."""
    language = detect_language(title)
    known = {form for c in concepts for a in c.alternatives[language] for form in a.forms}
    words: dict[int, list[str]] = {}
    ends: dict[int, int] = {}
    for token in analyze(_TAIL.sub("", title)):
        start = next((s for s, end in ends.items() if s <= token.start < end), token.start)
        words.setdefault(start, []).append(token.form)
        ends[start] = max(ends.get(start, 0), token.end)
    weights = [1.0] * len(words)
    if language == "ko" and len(words) > 1:
        weights[-1] = _DONE_WEIGHT
    told = (weight for weight, forms in zip(weights, words.values(), strict=True) if _says(known, forms))
    return sum(told) / sum(weights) if weights else 0.0


def _says(known: set[str], forms: Sequence[str]) -> bool:
    whole, *parts = forms
    return whole in known or bool(parts and known.issuperset(parts))
