"""The retriever: lexical and dense search, fused."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from assistant.index.store import Store
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fusion import reciprocal_rank_fusion, weighted_fusion
from assistant.retrieval.lexical import LexicalRetriever
from assistant.retrieval.query import QueryBuilder
from assistant.retrieval.reranker import Reranker
from assistant.retrieval.second_look import second_look
from assistant.types import Filters, Query, ScoredChunk

_NO_FILTERS = Filters()
# How many of the best chunks are looked at again, when fewer are asked for.
_POOL = 16


class HybridRetriever(BaseRetriever):
    """Chunks for a question, best first; also a LangChain retriever.

    ``retrieve`` speaks our own types; ``invoke`` and the rest of LangChain's interface give LangChain documents.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    store: Store
    query_builder: QueryBuilder
    lexical: LexicalRetriever
    dense: DenseRetriever
    # These are settings, whose defaults stand there alone.
    fusion: Literal["weighted", "rrf"]
    lexical_weight: float
    foreign_lexical_weight: float
    candidates_per_leg: int
    default_top_k: int
    reranker: Reranker | None
    rerank_candidates: int
    looks_twice: bool = True
    _threads: ThreadPoolExecutor = PrivateAttr(default_factory=lambda: ThreadPoolExecutor(thread_name_prefix="lexical"))

    @property
    def versions(self) -> dict[str, str]:
        """The learned parts behind what is found: the word translations and the embedding model, each with its version."""
        return {"lexicon": self.query_builder.lexicon_version, "embedder": self.dense.embedder_name}

    def retrieve(self, text: str, top_k: int, filters: Filters = _NO_FILTERS) -> list[ScoredChunk]:
        """The ``top_k`` best chunks for a question, best first, with their rank in each leg."""
        return self.search(self.query_builder.build(text), top_k, filters)

    def search(self, query: Query, top_k: int, filters: Filters = _NO_FILTERS) -> list[ScoredChunk]:
        """The ``top_k`` best chunks for a query that is already built."""
        allowed = self.store.matching_documents(filters)
        depth = max(self.candidates_per_leg, top_k)
        # Both legs spend most of their time outside of Python and give up its lock meanwhile.
        words = self._threads.submit(self.lexical.retrieve, query, depth, allowed)
        nearest = self.dense.retrieve(query, depth, allowed)
        legs = {"lexical": words.result(), "dense": nearest}
        if self.fusion == "rrf":
            fused = reciprocal_rank_fusion([[chunk_id for chunk_id, _ in leg] for leg in legs.values()])
        else:
            fused = weighted_fusion(legs, _weights(self.lexical_weight), self._foreign_weights(query, legs))
        if self.reranker is None:
            # Reciprocal ranks are there for comparison, as they are.
            if self.fusion == "rrf" or not self.looks_twice:
                return self._scored(fused, legs, top_k)
            hits = self._scored(fused, legs, max(top_k, _POOL))
            return second_look(query, hits)[:top_k]
        hits = self._scored(fused, legs, max(top_k, self.rerank_candidates))
        best, rest = hits[: self.rerank_candidates], hits[self.rerank_candidates :]
        best = self.reranker.rerank(query.text, best)
        # What was not read again comes after what was, and its score must not say otherwise.
        lowest = best[-1].score if best else 0.0
        return [*best, *(replace(hit, score=min(hit.score, lowest)) for hit in rest)][:top_k]

    def _foreign_weights(self, query: Query, legs: dict[str, list[tuple[str, float]]]) -> dict[str, dict[str, float]]:
        """Chunks in the other language than the query's: words cross the languages less surely than meaning does."""
        foreign = _weights(self.foreign_lexical_weight)
        found = {chunk_id for leg in legs.values() for chunk_id, _ in leg}
        return {
            chunk_id: foreign for chunk_id in found if self.lexical.language(chunk_id) not in (query.language, None)
        }

    def _scored(
        self, fused: Sequence[tuple[str, float]], legs: dict[str, list[tuple[str, float]]], top_k: int
    ) -> list[ScoredChunk]:
        ranks = {name: {chunk_id: rank for rank, (chunk_id, _) in enumerate(leg, 1)} for name, leg in legs.items()}
        scores = {name: dict(leg) for name, leg in legs.items()}
        # A hit that the store does not hold is half deleted; the index will be repaired, and nobody sees it meanwhile.
        stored = self.store.chunks([chunk_id for chunk_id, _ in fused[:top_k]])
        if len(stored) < min(top_k, len(fused)):
            stored = self.store.chunks([chunk_id for chunk_id, _ in fused])
        return [
            ScoredChunk(
                *stored[chunk_id],
                score=round(score, 6),
                ranks={name: places[chunk_id] for name, places in ranks.items() if chunk_id in places},
                leg_scores={name: round(s[chunk_id], 6) for name, s in scores.items() if chunk_id in s},
            )
            for chunk_id, score in fused
            if chunk_id in stored
        ][:top_k]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[LangChainDocument]:
        hits = self.retrieve(query, kwargs.get("top_k", self.default_top_k))
        return [
            LangChainDocument(
                id=hit.chunk.chunk_id,
                page_content=hit.chunk.text,
                metadata={
                    "document_id": hit.document.document_id,
                    "source": hit.document.source,
                    "title": hit.document.title,
                    "page": hit.chunk.page,
                    "section": list(hit.chunk.section),
                    "score": hit.score,
                },
            )
            for hit in hits
        ]


def _weights(lexical: float) -> dict[str, float]:
    return {"lexical": lexical, "dense": 1 - lexical}
