"""Keeps the derived indexes equal to the SQL store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.errors import IndexMismatchError
from assistant.index.embedder import Embedder
from assistant.index.lexical import LexicalEntry, LexicalIndex
from assistant.index.store import Store
from assistant.index.vectors import VectorIndex
from assistant.text.morphemes import ANALYSIS_VERSION, forms
from assistant.text.sentences import split_sentences
from assistant.types import Chunk, Document

_EMBEDDER_KEY = "embedder"
_ANALYSIS_KEY = "analysis"
# "yes" while no write to the derived indexes is under way: a process that was killed in one leaves it otherwise.
_SETTLED_KEY = "settled"
# Enough chunks to keep the embedder busy, few enough that a crash repeats little.
_BATCH_CHUNKS = 256
# The bundled model reads 256 tokens; the estimate below leaves it some room.
_WINDOW_TOKENS = 230.0
_MAX_ADDRESS_CHARS = 160


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What ``Indexer.repair`` found and put right."""

    documents: int
    chunks: int
    orphans: int


class Indexer:
    """Embeds and indexes what the store holds and the indexes lack, and takes out what the store no longer holds."""

    def __init__(self, store: Store, vectors: VectorIndex, lexical: LexicalIndex, embedder: Embedder) -> None:
        self._store = store
        self._progress = store.index_progress
        self._vectors = vectors
        self._lexical = lexical
        self._embedder = embedder

    def prepare(self) -> None:
        """Load what indexing needs, so that it is there when the first documents are parsed."""
        self._embedder.embed(["준비"])

    def sync(self) -> Iterator[int]:
        """Index every document that is not yet, in batches; yields the number of chunks each batch wrote.

        Interrupted anywhere, the next call goes on where this one stopped.
        """
        self.check()
        for documents in _batches(self._store, self._progress.unindexed_documents()):
            buried = self._progress.tombstones()
            chunks = [(chunk, document) for document, listed in documents for chunk in listed]
            self._write(chunks)
            self._delete(buried)
            self._lexical.commit()
            self._progress.mark_indexed([document.document_id for document, _ in documents], buried)
            yield len(chunks)
        if buried := self._progress.tombstones():
            self._delete(buried)
            self._lexical.commit()
            self._progress.mark_indexed([], buried)
        self._settle()

    def repair(self, *, thorough: bool = True) -> RepairReport:
        """Make the indexes equal to the store: finish what was interrupted, replace what is missing, drop what is orphaned.

        Args:
            thorough: also compare the indexes with the store when the last process ended properly and left them in place.

        Raises:
            IndexMismatchError: the index was built with another embedder.
        """
        self.check()
        if not thorough and self._is_settled():
            return RepairReport(0, 0, 0)
        self._store.drop_orphaned_originals()
        documents, chunks, orphans = len(self._progress.unindexed_documents()), sum(self.sync()), 0
        stored = self._store.chunk_count()
        if self._vectors.count() != stored or self._lexical.count() != stored:
            wanted = self._store.chunk_ids()
            in_vectors, in_lexical = self._vectors.ids(), self._lexical.ids()
            extra = (in_vectors | in_lexical) - wanted
            missing = wanted - (in_vectors & in_lexical)
            found = self._store.chunks(sorted(missing))
            self._write(list(found.values()))
            self._delete(sorted(extra))
            self._lexical.commit()
            documents += len({chunk.document_id for chunk, _ in found.values()})
            chunks += len(found)
            orphans = len(extra)
        self._settle()
        return RepairReport(documents, chunks, orphans)

    def rebuild(self) -> Iterator[int]:
        """Build both indexes anew with the embedder in use; yields the number of chunks each batch wrote."""
        self._vectors.clear()
        self._lexical.clear()
        self._progress.mark_unindexed()
        self._progress.set_state(_EMBEDDER_KEY, self._embedder.name)
        self._progress.set_state(_ANALYSIS_KEY, ANALYSIS_VERSION)
        yield from self.sync()

    def reindex(self, document_ids: Sequence[str]) -> Iterator[int]:
        """Index these documents anew, as after a new title; yields the number of chunks each batch wrote."""
        self.check()
        # Noted first: killed in between, the next start finishes the work.
        self._progress.mark_unindexed(document_ids)
        self._delete([chunk.chunk_id for one in document_ids for chunk in self._store.document_chunks(one)])
        yield from self.sync()

    def check(self) -> None:
        """Raise IndexMismatchError if the index was built with another embedder or another analysis of words; a new one remembers these."""
        for key, current in ((_EMBEDDER_KEY, self._embedder.name), (_ANALYSIS_KEY, ANALYSIS_VERSION)):
            built_with = self._progress.state(key)
            if built_with is None:
                self._progress.set_state(key, current)
            elif built_with != current:
                raise IndexMismatchError(
                    "index",
                    f"it was built with the {key} {built_with}, and {current} is in use",
                    "Run annae reindex, or set ANNAE_EMBEDDER back",
                )

    def _is_settled(self) -> bool:
        left = self._progress.unindexed_documents() or self._progress.tombstones()
        if (
            left
            or self._progress.state(_SETTLED_KEY) != "yes"
            or not (self._vectors.exists() and self._lexical.exists())
        ):
            return False
        return self._lexical.count() == self._store.chunk_count()

    def _settle(self) -> None:
        if self._progress.state(_SETTLED_KEY) != "yes":
            self._progress.set_state(_SETTLED_KEY, "yes")

    def _unsettle(self) -> None:
        if self._progress.state(_SETTLED_KEY) != "no":
            self._progress.set_state(_SETTLED_KEY, "no")

    def _write(self, chunks: Sequence[tuple[Chunk, Document]]) -> None:
        if not chunks:
            return
        self._unsettle()
        present = self._vectors.present([chunk.chunk_id for chunk, _ in chunks])
        new = [(chunk, document) for chunk, document in chunks if chunk.chunk_id not in present]
        if new:
            windows = [
                (chunk.chunk_id, chunk.document_id, window)
                for chunk, document in new
                for window in text_windows(indexed_text(chunk, document.title))
            ]
            vectors = self._embedder.embed([window for _, _, window in windows])
            self._vectors.upsert([chunk_id for chunk_id, _, _ in windows], [d for _, d, _ in windows], vectors)
        self._lexical.upsert(
            LexicalEntry(
                chunk.chunk_id,
                chunk.document_id,
                chunk.language,
                forms(chunk.text),
                forms(_address(chunk, document.title)),
            )
            for chunk, document in chunks
        )

    def _delete(self, chunk_ids: Sequence[str]) -> None:
        if chunk_ids:
            self._unsettle()
            self._vectors.delete(chunk_ids)
            self._lexical.delete(chunk_ids)


def indexed_text(chunk: Chunk, title: str) -> str:
    """What is embedded for a chunk: its address (title and headings), then its text."""
    return "\n".join((_address(chunk, title), chunk.text))


def _address(chunk: Chunk, title: str) -> str:
    return " > ".join(chunk.section if title in chunk.section else (title, *chunk.section))


def text_windows(text: str, max_tokens: float = _WINDOW_TOKENS) -> list[str]:
    """``text`` cut between lines or sentences into pieces that the embedder reads whole, each under the text's first line.

    Tokens are estimated: a Hangul character is about 0.45, another one about 0.28.
    """
    if _estimated_tokens(text) <= max_tokens:
        return [text]
    address, _, body = text.partition("\n")
    address = address[-_MAX_ADDRESS_CHARS:]
    room = max_tokens - _estimated_tokens(address)
    windows: list[str] = []
    current, size = "", 0.0
    for start, end in split_sentences(body):
        sentence = body[start:end]
        length = _estimated_tokens(sentence)
        if current and size + length > room:
            windows.append(f"{address}\n{current}")
            current, size = "", 0.0
        current = f"{current} {sentence}".strip()
        size += length
    return [*windows, f"{address}\n{current}"]


def _estimated_tokens(text: str) -> float:
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in text)
    return 0.45 * hangul + 0.28 * (len(text) - hangul)


def _batches(store: Store, documents: Iterable[Document]) -> Iterator[list[tuple[Document, list[Chunk]]]]:
    batch: list[tuple[Document, list[Chunk]]] = []
    size = 0
    for document in documents:
        chunks = store.document_chunks(document.document_id)
        batch.append((document, chunks))
        size += len(chunks)
        if size >= _BATCH_CHUNKS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
