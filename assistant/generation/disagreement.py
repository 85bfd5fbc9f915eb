"""Two papers that give different values of one thing: both are shown, each with its date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.generation.draft import Draft
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.same_thing import SameThing
from assistant.generation.records.value import Value, asked_field, sort_of_sum, value_of
from assistant.messages import message
from assistant.text.dates.written import written_period
from assistant.text.language import detect_language
from assistant.text.termbase import TermFinder
from assistant.types import (
    AnswerStatus,
    Citation,
    Claim,
    Document,
    Language,
    Notice,
    Precision,
    Question,
    Record,
    RecordType,
)

_ANSWERED = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
_SUMS = frozenset({"amount", "rate", "share"})
# An answer's first lines are what it rests on.
_LEADING = 2


class DisagreementTeller:
    """Adds to an answer what another paper says otherwise of the thing asked for.

    Only of the same program, event or tender by name, only where neither paper has been amended or replaced, and only of values that
    can be compared: two caps or two sizes in one unit, two shares, two exact days, two places.

    Args:
        superseded_by: the paper that replaces the one with this id, if any.
        terms: official names in both languages.
    """

    def __init__(self, superseded_by: Callable[[str], Document | None], terms: TermFinder | None = None) -> None:
        self._superseded_by = superseded_by
        self._same = SameThing(terms)

    def tell(
        self,
        draft: Draft,
        question: Question,
        language: Language,
        records: Sequence[Record],
        documents: Mapping[str, Document],
    ) -> Draft:
        """``draft`` with the other paper's value behind the line that it disagrees with, and a ``conflict`` notice with both dates."""
        if draft.status not in _ANSWERED or any(notice.kind == "conflict" for notice in draft.notices):
            return draft
        for place, record, value in self._rested_on(draft, question, language, records):
            for other in records:
                said = self._otherwise(record, value, other, language)
                if said is None or not {record.document_id, other.document_id} <= documents.keys():
                    continue
                return _told(draft, place, (record, value), (other, said), documents, language)
        return draft

    def _rested_on(
        self, draft: Draft, question: Question, language: Language, records: Sequence[Record]
    ) -> Iterator[tuple[int, Record, Value]]:
        """The leading claims that quote the field asked for of a record, by their place."""
        cited = {citation.number: citation for citation in draft.citations}
        fields = {kind: asked_field(question.text, kind) for kind in RecordType}
        for place, claim in enumerate(draft.claims[:_LEADING]):
            quoted = [cited[number] for number in claim.citations]
            papers = {citation.document.document_id for citation in quoted}
            for record in records:
                field = fields[record.type] if record.document_id in papers else None
                value = value_of(record, field, language) if field is not None else None
                if value is not None and any(_quotes(citation, record, value) for citation in quoted):
                    yield place, record, value

    def _otherwise(self, record: Record, value: Value, other: Record, language: Language) -> Value | None:
        """What another record says otherwise, if it is of the same thing and both can be compared."""
        if other.document_id == record.document_id or record.changes or other.changes or other.cancelled:
            return None
        if not self._same.are(record, other):
            return None
        said = value_of(other, value.field, language)
        if said is None or said.key == value.key or not _comparable(record, value, other, said):
            return None
        replaced = any(self._superseded_by(one.document_id) is not None for one in (record, other))
        return None if replaced else said


def _quotes(citation: Citation, record: Record, value: Value) -> bool:
    return citation.document.document_id == record.document_id and any(
        citation.page == proof.page and citation.start < proof.end and proof.start < citation.end
        for proof in value.evidence
    )


def _comparable(record: Record, value: Value, other: Record, said: Value) -> bool:
    if value.field in _SUMS:
        sorts = {sort_of_sum(one, value.field) for one in (record, other)}
        units = {one.key[2] for one in (value, said) if isinstance(one.key, tuple)}
        return len(units) == 1 and len(sorts) == 1 and "part" not in sorts
    if value.field == "start":
        exact = record.precision is Precision.DAY and other.precision is Precision.DAY
        return exact and not record.year_inferred and not other.year_inferred
    if value.field == "deadline":
        # A task is due in a half or a year, which may hold the other's.
        return record.type is not RecordType.TASK and not record.year_inferred and not other.year_inferred
    # A place is written in many ways; two are different only where they have no word in common.
    words = [set((one.place or "").casefold().replace(",", " ").split()) for one in (record, other)]
    return detect_language(record.place or "") == detect_language(other.place or "") and words[0].isdisjoint(words[1])


def _told(
    draft: Draft,
    place: int,
    first: tuple[Record, Value],
    second: tuple[Record, Value],
    documents: Mapping[str, Document],
    language: Language,
) -> Draft:
    other, said = second
    document = documents[other.document_id]
    citations = CitationList()
    titles = other.proofs("title")
    numbers = [citations.cite_evidence(document, proof) for proof in (*said.evidence, *titles)]
    text = message(language, "conflict_other", document=document.title, title=other.title, value=said.text)
    offset = max((citation.number for citation in draft.citations), default=0)
    claim = Claim(text, tuple(offset + number for number in dict.fromkeys(numbers)))
    added = (replace(citation, number=offset + citation.number) for citation in citations.all())
    notice = message(
        language,
        "conflict_values",
        first=_dated(documents[first[0].document_id], language),
        first_value=first[1].text,
        second=_dated(document, language),
        second_value=said.text,
    )
    # Another line may quote that paper already; then it is said once.
    kept = [one for one in draft.claims[place + 1 :] if not _repeats(one, draft, other, said)]
    return replace(
        draft,
        claims=(*draft.claims[: place + 1], claim, *kept),
        citations=(*draft.citations, *added),
        notices=(Notice("conflict", notice), *draft.notices),
    )


def _repeats(claim: Claim, draft: Draft, other: Record, said: Value) -> bool:
    cited = [citation for citation in draft.citations if citation.number in claim.citations]
    return all(_quotes(citation, other, said) for citation in cited)


def _dated(document: Document, language: Language) -> str:
    return written_period(document.published, language) if document.published else message(language, "undated")
