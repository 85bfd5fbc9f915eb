"""What the calendar and later notices say of the one thing that an answer rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.generation.answer_kind import AnswerKind, asked_kind
from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.asked import asks_days, asks_deadline, asks_standing
from assistant.generation.records.request import telling_concepts
from assistant.generation.records.wording import RecordWriter, moved
from assistant.messages import message
from assistant.types import (
    AnswerStatus,
    Claim,
    Concept,
    Document,
    Language,
    Notice,
    Query,
    Question,
    Record,
    RecordStatus,
    RecordType,
)

_UNSAID = 0.25
# Shorter ones (지원, 온라인) may be of anything.
_MIN_NAME_CHARS = 4
_NAMED = 0.5
_CALLED = 0.75
_OVER = frozenset({RecordStatus.PAST, RecordStatus.CLOSED})


class RecordComposer:
    """Answers what only the calendar can: what has changed, whether a deadline has passed, when an event is held."""

    def standing(
        self,
        question: Question,
        language: Language,
        query: Query,
        cited: Sequence[str],
        records: Sequence[Record],
        documents: Mapping[str, Document],
    ) -> Draft | None:
        """What the calendar and later notices say of the record that an answer rests on.

        Args:
            cited: ids of the documents the answer cites, the most important first.

        Returns:
            Its change or cancellation, always; where it stands, its deadline or its days if the question asks that;
            ``None`` where there is nothing to say.
        """
        record = _main_record(cited, records, question.text, query.concepts)
        if record is not None and _names_another(record, records, telling_concepts(question.text, query)):
            return None
        if record is None:
            return None
        writer, citations = RecordWriter(documents), CitationList()
        told = [writer.change(record, language, citations)]
        # Why it was put off is in the papers, and no day in the calendar.
        if not record.cancelled and asked_kind(question.text) is not AnswerKind.REASON:
            told.append(self._asked(question, language, record, writer, citations))
        claims = [claim for claim in told if claim is not None]
        tells_past = _is_over(record, question)
        notices = (Notice("past_event", message(language, "past_advice")),) if tells_past else ()
        if not claims:
            return None
        return Draft(AnswerStatus.ANSWERED, tuple(claims), citations.all(), notices, records=(record,))

    def _asked(
        self, question: Question, language: Language, record: Record, writer: RecordWriter, citations: CitationList
    ) -> Claim | None:
        if asks_standing(question.text):
            return writer.standing(record, language, question.as_of, citations)
        if asks_deadline(question.text):
            # That it was moved, and to when, is said already; that it is over is not.
            change = moved(record)
            is_told = change is not None and change.field == "deadline" and not _is_over(record, question)
            return None if is_told else writer.deadline(record, language, question.as_of, citations)
        if asks_days(question.text):
            return writer.days(record, language, question.as_of, citations)
        return None


def _is_over(record: Record, question: Question) -> bool:
    """Whether what is asked of a record, if it stands, its days or its deadline, is past."""
    if asks_standing(question.text) or (asks_days(question.text) and not asks_deadline(question.text)):
        return record.status(question.as_of) in _OVER
    return asks_deadline(question.text) and record.deadline is not None and record.deadline < question.as_of


def _main_record(
    cited: Sequence[str], records: Sequence[Record], question: str, concepts: Sequence[Concept]
) -> Record | None:
    """The event, tender or program of the first cited document that is about one, or that changed one.

    Of several of one paper it is the one that the question names by what no other of their names says ("session 2"), or whose
    official name it says in either language.
    """
    for document_id in cited:
        own = [r for r in records if r.document_id == document_id and r.type is not RecordType.TASK]
        amended = [r for r in records if r.amended_by == document_id]
        if len(amended) == 1:
            return amended[0]
        changed = [record for record in own if record.changes]
        if len(changed) == 1:
            return changed[0]
        # A paper on many programs or events says nothing of which one is meant.
        return own[0] if len(own) == 1 else _called(own, concepts) or _named(own, question)
    return None


def _names_another(record: Record, records: Sequence[Record], telling: Sequence[Concept]) -> bool:
    """Whether the telling words of a question are of another record's name, and none of them of this one."""
    if not telling or _said(telling, record) >= _UNSAID:
        return False
    return any(_said(telling, other) >= _NAMED for other in records if other.type is record.type)


def _said(concepts: Sequence[Concept], record: Record) -> float:
    said = " ".join(filter(None, (record.title, record.place, record.country, record.organiser)))
    return max(concepts_said(concepts, said))


def _named(records: Sequence[Record], question: str) -> Record | None:
    asked = _words(question)
    names = [_words(record.title) for record in records]
    common = set.intersection(*names) if names else set()
    shares = [
        sum(word in asked or (len(word) >= _MIN_NAME_CHARS and word in question) for word in name - common)
        / (len(name - common) or 1)
        for name in names
    ]
    return _only_best(records, shares)


def _called(records: Sequence[Record], concepts: Sequence[Concept]) -> Record | None:
    names = [concept for concept in concepts if concept.is_name and concept.emphasis == 1.0]
    shares = [max(concepts_said(names, record.title), default=0.0) for record in records]
    return _only_best(records, [share if share >= _CALLED else 0.0 for share in shares])


def _only_best(records: Sequence[Record], shares: Sequence[float]) -> Record | None:
    """The record with the largest share, if it is the only one with that."""
    best = max(shares, default=0.0)
    return records[shares.index(best)] if best and shares.count(best) == 1 else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+|[가-힣]+|\d+", text.casefold()))
