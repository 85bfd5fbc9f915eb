"""The records of stored documents, read anew: by today's rules, and by the language model that was set after they were stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.errors import NotFoundError
from assistant.index.store import Store
from assistant.ingest.records.extractor import RecordExtractor
from assistant.ingest.records.model_records import PROBLEM, ModelRecordReader
from assistant.types import Document, ReadingFacts


@dataclass(frozen=True, slots=True)
class RefreshStep:
    """A document that was read: ``done`` of ``total``, how many records it has and how many of them are new.

    ``problem`` says why the model could not be asked to the end; the document then keeps the records that it had, uncounted here.
    """

    done: int
    total: int
    name: str
    records: int
    added: int
    problem: str | None = None


class RecordRefresher:
    """Reads records anew, a document at a time, each kept at once and whole.

    Corrections that officers have made stay. Chunks and what is searched for are not touched.

    Args:
        store: the documents.
        model_records: asks the language model; ``None`` where none is set: rules alone read then.
    """

    def __init__(self, store: Store, model_records: ModelRecordReader | None = None) -> None:
        self._store = store
        self._model_records = model_records
        self._extractor = RecordExtractor()

    @property
    def model(self) -> str | None:
        """The language model that is asked."""
        return self._model_records.name if self._model_records is not None else None

    def waiting(self, *, everything: bool = False) -> list[Document]:
        """The documents that ``refresh`` reads: those that the model set now was not asked about yet, or all of them.

        Without a model, documents that one has read are left alone unless ``everything`` is asked for: rules know less of them.
        """
        documents = self._store.documents()
        if everything:
            return documents
        asked = {document_id: facts.records_by for document_id, facts in self._store.facts().items()}
        wanted = {self.model} if self.model else {*asked.values()} - {""}
        return [document for document in documents if asked.get(document.document_id, "") not in wanted]

    def refresh(self, *, everything: bool = False) -> Iterator[RefreshStep]:
        """Read the documents that are ``waiting``; yields after each, which is then stored.

        Stopped at any point, the next call goes on with those that are still waiting.
        """
        documents, facts = self.waiting(everything=everything), self._store.facts()
        for done, document in enumerate(documents, start=1):
            try:
                step = self._read(document, facts.get(document.document_id), done, len(documents))
            except NotFoundError:
                # It was removed in the meantime.
                continue
            yield step

    def _read(self, document: Document, facts: ReadingFacts | None, done: int, total: int) -> RefreshStep:
        pages = self._store.pages(document.document_id)
        texts, blocks = [page for page, _ in pages], [block for _, own in pages for block in own]
        chunks = self._store.document_chunks(document.document_id)
        found = self._extractor.extract(document, texts, blocks, chunks)
        records = found.records
        asked = ""
        if self._model_records is not None:
            asked = self._model_records.name
            # A notice on an earlier one is left to rules.
            if not found.amendments:
                read = self._model_records.complete(document, texts, blocks, chunks, records)
                if read.problem is not None:
                    return RefreshStep(done, total, document.source, 0, 0, read.problem)
                records = read.records
        if facts is not None:
            problems = tuple(problem for problem in facts.problems if not problem.startswith(PROBLEM))
            facts = replace(facts, records_by=asked, problems=problems)
        added = self._store.replace_records(document.document_id, records, found.amendments, facts)
        return RefreshStep(done, total, document.source, len(records), added)
