"""Which tasks a body is in charge of, or are due by a time: the rows of a table of tasks that fit, one line each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.generation.records.task_wording import TaskWriter
from assistant.generation.records.window import window_asked
from assistant.messages import message
from assistant.text.dates import find_dates
from assistant.text.termbase import Term, TermFinder
from assistant.types import (
    AnswerStatus,
    Claim,
    Concept,
    Document,
    Language,
    Period,
    Query,
    Question,
    Record,
    RecordType,
)

_MAX_CHARS = 600
_TASKS = re.compile(r"(?<!대\s)과제(?!당)|\btasks\b|\bwhich task\b", re.IGNORECASE)
_WHICH = re.compile(
    r"어떤|어느|무슨|무엇|뭐|뭔|몇|알려|보여|목록|정리|나열|있[나는어습을]|과제들?(?:은|는)?\s*[?？]?\s*$"
    r"|\b(?:which|what|list|show|name|how many|give|tell|are there|any)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"기한|마감|까지|완료|끝|마무리|마치|추진|시행|예정|\bdue\b|\bdeadlines?\b|\bby\b|\bbefore\b|\buntil\b|\bend(?:ing)?\b"
    r"|\bfinish\w*|\bcomplet\w*|\bscheduled\b|\bplanned\b",
    re.IGNORECASE,
)
_BY = re.compile(r"까지|이전|전에|\bby\b|\bbefore\b|\buntil\b", re.IGNORECASE)
# What the question asks of the tasks, no subject of theirs.
_ASKING = re.compile(
    r"그중|나머지|담당|소관|주관|주무|책임|맡|끝|마치|보이|보여|알리|정리|부처|기관|부서|기한|마감|완료|마무리|추진|시행|예정|과제|일정|목록|전략|계획|정부|무엇|모두|전부|상반기|하반기|반기|분기"
    r"|charge|responsib|ministr|agenc|bod(?:y|ies)\b|department|government|deadline|due|task|strateg|plan|list|finish|complet|schedul"
    r"|lead|half|year|quarter|end\b|own|run\b|handle|assign",
    re.IGNORECASE,
)
_SAID = 0.75
_SHORT_CHARS = 40


@dataclass(frozen=True, slots=True)
class _Request:
    """The tasks asked for: of one of these bodies, if any; due in this time, if any."""

    bodies: frozenset[Term]
    due: Period | None
    is_latest: bool


class TaskLister:
    """Lists the tasks that a question asks for.

    Args:
        records: all of them, as later notices leave them.
        documents: by id.
        terms: official names in both languages.
    """

    def __init__(
        self, records: Sequence[Record], documents: Mapping[str, Document], terms: TermFinder | None = None
    ) -> None:
        self._tasks = [r for r in records if r.type is RecordType.TASK and r.document_id in documents]
        self._documents = documents
        self._writer = TaskWriter(terms)

    def compose(self, question: Question, language: Language, query: Query) -> Draft | None:
        """The tasks of the body, or due in the time, that the question names, in their table's order; of several tables the longest.

        ``None`` where it asks for no tasks, names neither body nor time, names what the tasks are to be about, or nothing fits.
        """
        request = self._request(question)
        if request is None:
            return None
        rows = self._of_one_table([task for task in self._tasks if self._fits(task, request)], language)
        if not rows or self._subject(query, question, self._documents[rows[0].document_id]):
            return None
        return self._draft(rows, request, question, language)

    def _request(self, question: Question) -> _Request | None:
        """What is asked for; a body or a time alone ("그중 국토부는?", "And in 2020?") narrows down what was asked for before."""
        request: _Request | None = None
        for text in (*(turn.content for turn in question.history if turn.role == "user"), question.text):
            is_whole = _TASKS.search(text) is not None and _WHICH.search(text) is not None
            is_narrower = request is not None and len(text) <= _SHORT_CHARS
            bodies = self._writer.in_charge(text)
            due = window_asked(text, question.as_of) if is_narrower or _DUE.search(text) else None
            if not (is_whole or is_narrower) or not (bodies or due):
                request = None
            elif is_whole or request is None:
                request = _Request(bodies, due, _BY.search(text) is not None)
            else:
                is_latest = _BY.search(text) is not None if due else request.is_latest
                request = _Request(bodies or request.bodies, due or request.due, is_latest)
        return request

    def _fits(self, task: Record, request: _Request) -> bool:
        if request.bodies and not request.bodies & self._writer.in_charge(task.owner or ""):
            return False
        if request.due is None:
            return True
        last = task.deadline or task.end
        return last is not None and last <= request.due.end and (request.is_latest or last >= request.due.start)

    def _of_one_table(self, tasks: Sequence[Record], language: Language) -> list[Record]:
        """The tasks of the paper with the most that fit; of two alike, of the one in the asker's language."""
        counts = Counter(task.document_id for task in tasks)
        if not counts:
            return []
        rows = Counter(task.document_id for task in self._tasks)
        best = max(counts, key=lambda key: (counts[key], self._documents[key].language == language, rows[key], key))
        return [task for task in tasks if task.document_id == best]

    def _subject(self, query: Query, question: Question, document: Document) -> list[Concept]:
        """What the question says besides body, time and the plan's own name."""
        bodies = self._writer.in_charge(question.text)
        told = [
            concept
            for concept in query.concepts
            if concept.emphasis == 1.0
            and not _ASKING.search(concept.text)
            and not find_dates(concept.text)
            and not bodies & self._writer.in_charge(concept.text)
        ]
        shares = concepts_said(told, " ".join((document.title, document.publisher or "")))
        return [concept for concept, share in zip(told, shares, strict=True) if share < _SAID]

    def _draft(self, tasks: Sequence[Record], request: _Request, question: Question, language: Language) -> Draft:
        """What was asked by is not told again: of one body's tasks when each is due, of those due in a time whose each is."""
        citations = CitationList()
        numbers = [self._writer.cite(task, self._documents[task.document_id], citations) for task in tasks]
        dues = [self._writer.due(task, language, question.as_of, is_brief=True) for task in tasks]
        owners = [None if request.bodies and not request.due else self._writer.owner(task, language) for task in tasks]
        shared = dues[0] if len(tasks) > 1 and len(set(dues)) == 1 else None
        facts = [(owner, None if shared else due) for owner, due in zip(owners, dues, strict=True)]
        lines = [_line(task, told, language) for task, told in zip(tasks, facts, strict=True)]
        for place in range(len(lines) - 1, 0, -1):
            if sum(map(len, lines)) > _MAX_CHARS:
                # The later ones are told by name rather than not at all.
                lines[place] = _line(tasks[place], (), language)
        words = listed(language, "numbers").split()
        if len(tasks) <= len(words):
            key = "in_all_due" if shared else "in_all"
            lines[0] = listed(language, key, number=words[len(tasks) - 1], due=shared, line=lines[0])
        claims = tuple(Claim(line, cited) for line, cited in zip(lines, numbers, strict=True))
        return Draft(AnswerStatus.ANSWERED, claims, citations.all(), records=tuple(tasks))


def _line(task: Record, facts: Sequence[str | None], language: Language) -> str:
    told = "; ".join(fact for fact in facts if fact)
    return (
        message(language, "record_line", title=task.title, facts=told)
        if told
        else listed(language, "choice", name=task.title)
    )
