"""From what was found to a verified draft: by rules over records where they answer, else by a language model, else by quoting."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.generation.change_list import ChangeListComposer
from assistant.generation.corrected import without_corrected
from assistant.generation.counted_list import CountedListComposer
from assistant.generation.disagreement import DisagreementTeller
from assistant.generation.draft import Draft
from assistant.generation.earlier import EarlierComposer, newest_hits
from assistant.generation.event import Event
from assistant.generation.llm.usage import UsageMeter
from assistant.generation.past import PastTeller
from assistant.generation.quoting.extractive import ExtractiveComposer
from assistant.generation.reading.reader import Reading
from assistant.generation.rules import RuleComposer
from assistant.generation.verification import Verifier
from assistant.generation.whole_list import WholeList
from assistant.text.termbase import TermFinder
from assistant.types import Chunk, Document, Page, Query, Record, ScoredChunk

if TYPE_CHECKING:
    from assistant.generation.llm.composer import LlmComposer


class Library(Protocol):
    """What composing asks of the store."""

    def documents(self) -> Sequence[Document]:
        """All documents."""
        ...

    def records(self) -> Sequence[Record]:
        """All records, as later notices leave them."""
        ...

    def document_chunks(self, document_id: str) -> Sequence[Chunk]:
        """The chunks of a document, in order."""
        ...

    def page(self, document_id: str, number: int) -> Page:
        """A page of a document, counted from 1."""
        ...

    def superseded_by(self, document_id: str) -> Document | None:
        """The document that replaces the one with this id, if any."""
        ...

    def earlier(self, document: Document) -> Sequence[tuple[Document, Sequence[Chunk]]]:
        """The earlier versions of a document with their chunks, the latest first."""
        ...


class AnswerComposer:
    """Composes and verifies answers.

    Args:
        library: the documents and records.
        quoting: answers in quotations.
        verifier: drops what its sources do not say.
        writer: has a language model write; without one, all is quoted.
        terms: official names in both languages.
    """

    def __init__(
        self,
        library: Library,
        quoting: ExtractiveComposer,
        verifier: Verifier,
        writer: LlmComposer | None = None,
        terms: TermFinder | None = None,
    ) -> None:
        self._library = library
        self._quoting = quoting
        self._verifier = verifier
        self._writer = writer
        self._terms = terms
        lists = WholeList(library.page, terms)
        self._counted = CountedListComposer(library.document_chunks, lists)
        self._changes = ChangeListComposer(library.document_chunks, lists)
        self._past = PastTeller(library.document_chunks)
        self._disagreement = DisagreementTeller(library.superseded_by, terms)
        self._earlier = EarlierComposer(quoting, library.earlier)

    @property
    def usage(self) -> UsageMeter | None:
        """What the language model has cost so far; ``None`` without one."""
        return self._writer.usage if self._writer is not None else None

    @property
    def has_model(self) -> bool:
        """Whether a language model writes."""
        return self._writer is not None

    def without_model(self) -> AnswerComposer:
        """The same without its language model."""
        return AnswerComposer(self._library, self._quoting, self._verifier, terms=self._terms)

    def stream(
        self, reading: Reading, query: Query, found: Sequence[ScoredChunk], topic: Sequence[str] = ()
    ) -> Generator[Event, None, Draft]:
        """Tell the claims of an answer as they are proven, and return the whole draft.

        Papers that a later version replaces are quoted only where that version does not answer, or where they are asked about.
        ``topic`` are the ids of the documents that the talk is about, where the question names no subject of its own.
        """
        question, language = reading.asked, reading.language
        records = self._library.records()
        documents = {document.document_id: document for document in self._library.documents()}
        hits = newest_hits(found, self._library.superseded_by, records)
        if not reading.asks_earlier:
            hits = without_corrected(hits, records, documents, self._library.document_chunks)
        rules = RuleComposer(records, documents, self._terms, self._library.document_chunks)
        told: set[str] = set()
        draft = rules.compose(question, language, query, hits, topic)
        draft = draft or self._changes.compose(question, language, hits, records)
        if draft is None:
            # A list read as a whole would bring back the lines that a notice corrects.
            corrected = {record.document_id for record in records if record.changes}
            whole = [hit for hit in hits if hit.document.document_id not in corrected]
            draft = self._counted.compose(question, language, query, whole)
            draft = draft or (yield from self._written(reading, query, hits, told))
            left = {hit.document.document_id for hit in hits}
            superseded = [hit for hit in found if hit.document.document_id not in left]
            if superseded and not reading.asks_earlier:
                draft = self._earlier.filled(question, language, query, draft, superseded)
            draft = rules.updated(question, language, query, draft, hits, topic)
            if not reading.asks_earlier:
                draft = self._past.tell(draft, question, language, query.concepts)
                draft = self._disagreement.tell(draft, question, language, records, documents)
        if reading.asks_earlier:
            draft = self._earlier.compose(question, language, query, draft, found, records, documents)
        draft = self._verifier.verify(draft, question.as_of)
        for claim in draft.claims:
            cited = tuple(citation for citation in draft.citations if citation.number in claim.citations)
            if claim.text not in told:
                yield Event("claim", claim=claim, citations=cited)
        return draft

    def _written(
        self, reading: Reading, query: Query, hits: Sequence[ScoredChunk], told: set[str]
    ) -> Generator[Event, None, Draft]:
        """What the language model writes, or else what is quoted; claims that were told on the way go into ``told``."""
        writer = None if reading.asks_earlier else self._writer
        draft: Draft | None = None
        for part in (writer or self._quoting).stream(reading.asked, reading.language, query, hits):
            if isinstance(part, Draft):
                draft = part
            else:
                told.add(part.claim.text)
                yield Event("claim", claim=part.claim, citations=part.citations)
        assert draft is not None
        if writer is not None and draft.mode != "llm":
            yield Event("status", step="falling_back")
        return draft
