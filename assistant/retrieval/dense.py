"""Nearest chunks by meaning."""

from __future__ import annotations

from collections.abc import Collection

from assistant.index.embedder import Embedder
from assistant.index.vectors import VectorIndex
from assistant.types import Query


class DenseRetriever:
    """Chunks whose vectors lie nearest to the query's."""

    def __init__(self, index: VectorIndex, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder

    @property
    def embedder_name(self) -> str:
        """The name of the model that gives the vectors."""
        return self._embedder.name

    def retrieve(
        self, query: Query, top_k: int, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The ``top_k`` nearest chunks as ``(chunk_id, cosine)``, best first."""
        return self._index.search(self._embedder.embed_query(query.text), top_k, document_ids)
