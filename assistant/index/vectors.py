"""The one door to Chroma: nearest chunks by cosine. Derived from the SQL store, never the truth."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Chroma refuses more rows than this in one call, and reads of everything must be paged.
_MAX_BATCH = 5000
MAX_WINDOWS = 8
# How many times as many vectors are looked at first when only some documents may be returned.
_FILTER_DEPTH = 8


class VectorIndex:
    """Chunk vectors in an embedded Chroma collection, opened on first use.

    A chunk has one vector, or one per window of its text when it is long; it is then as near as its nearest window.

    One process at a time may write; Chroma is safe between threads, not between processes.

    Args:
        folder: where Chroma keeps its files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        self._folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(self._folder), settings=Settings(anonymized_telemetry=False))

    @cached_property
    def _collection(self) -> Any:
        return self._client.get_or_create_collection(
            "chunks", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def upsert(self, chunk_ids: Sequence[str], document_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store chunks' vectors, ``(n, dim)`` float32, unit length; an id that comes again is the next window of that chunk.

        At most ``MAX_WINDOWS`` windows of a chunk are kept.
        """
        windows = _numbered(chunk_ids)
        kept = [n for n, window in enumerate(windows) if window < MAX_WINDOWS]
        for start in range(0, len(kept), _MAX_BATCH):
            batch = kept[start : start + _MAX_BATCH]
            self._collection.upsert(
                ids=[_key(chunk_ids[n], windows[n]) for n in batch],
                embeddings=vectors[batch],
                metadatas=[{"document_id": document_ids[n], "window": windows[n]} for n in batch],
            )

    def delete(self, chunk_ids: Sequence[str]) -> None:
        """Forget these chunks; unknown ids are ignored."""
        keys = [_key(chunk_id, window) for chunk_id in chunk_ids for window in range(MAX_WINDOWS)]
        for start in range(0, len(keys), _MAX_BATCH):
            self._collection.delete(ids=keys[start : start + _MAX_BATCH])

    def search(
        self, vector: NDArray[np.float32], top_k: int, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ``top_k`` nearest chunks as ``(chunk_id, cosine)``, best first; limited to ``document_ids`` if given."""
        if document_ids is None:
            return list(self._nearest(vector, top_k).items())
        if not document_ids:
            return []
        # Chroma checks a filter row by row; most filters let so many through that the nearest of all hold enough, if not of the
        # first look then of a deeper one that the first has shown to be worth it.
        wanted = frozenset(document_ids)
        passing = self._nearest(vector, top_k * _FILTER_DEPTH, wanted)
        if len(passing) < top_k <= len(passing) * _FILTER_DEPTH:
            passing = self._nearest(vector, top_k * _FILTER_DEPTH**2, wanted)
        if len(passing) < top_k:
            passing = self._nearest(vector, top_k, wanted, where={"document_id": {"$in": sorted(wanted)}})
        return list(passing.items())[:top_k]

    def _nearest(
        self,
        vector: NDArray[np.float32],
        count: int,
        document_ids: frozenset[str] | None = None,
        where: dict[str, Any] | None = None,
    ) -> dict[str, float]:
        """The chunks of the ``count`` nearest vectors, each by its nearest window; of ``document_ids`` only, if given."""
        include = ["distances"] if document_ids is None else ["distances", "metadatas"]
        found = self._collection.query(query_embeddings=vector[None, :], n_results=count, where=where, include=include)
        rows = found["metadatas"][0] if document_ids is not None else [None] * len(found["ids"][0])
        nearest: dict[str, float] = {}
        for key, distance, row in zip(found["ids"][0], found["distances"][0], rows, strict=True):
            if document_ids is None or row["document_id"] in document_ids:
                nearest.setdefault(key.partition("#")[0], 1.0 - distance)
        return nearest

    def present(self, chunk_ids: Sequence[str]) -> set[str]:
        """Which of these chunks are stored."""
        found: set[str] = set()
        for start in range(0, len(chunk_ids), _MAX_BATCH):
            found.update(self._collection.get(ids=list(chunk_ids[start : start + _MAX_BATCH]), include=[])["ids"])
        return found

    def ids(self) -> set[str]:
        """Every chunk's id."""
        found: set[str] = set()
        for offset in range(0, self._collection.count(), _MAX_BATCH):
            keys = self._collection.get(limit=_MAX_BATCH, offset=offset, include=[])["ids"]
            found.update(key.partition("#")[0] for key in keys)
        return found

    def count(self) -> int:
        """How many chunks are stored."""
        further = self._collection.get(where={"window": {"$gte": 1}}, include=[])["ids"]
        count: int = self._collection.count() - len(further)
        return count

    def exists(self) -> bool:
        """Whether the collection's files are in place, without opening them."""
        return (self._folder / "chroma.sqlite3").is_file()

    def clear(self) -> None:
        """Drop everything, even files that can no longer be read."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        self.__dict__.pop("_collection", None)
        if client := self.__dict__.pop("_client", None):
            client.close()


def _key(chunk_id: str, window: int) -> str:
    return chunk_id if window == 0 else f"{chunk_id}#{window}"


def _numbered(chunk_ids: Sequence[str]) -> list[int]:
    """How often each id has come before."""
    seen: Counter[str] = Counter()
    windows = []
    for chunk_id in chunk_ids:
        windows.append(seen[chunk_id])
        seen[chunk_id] += 1
    return windows
