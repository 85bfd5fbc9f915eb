"""Structured BM25: each concept of the query by its best alternative, in each language's own index."""

from __future__ import annotations

import math
from collections.abc import Collection

from assistant.index.lexical import LexicalIndex, WeightedTerms
from assistant.types import LANGUAGES, Alternative, Concept, Language, Query


class LexicalRetriever:
    """Chunks by the words they share with a query, across two languages."""

    def __init__(self, index: LexicalIndex) -> None:
        self._index = index

    def retrieve(
        self, query: Query, top_k: int, document_ids: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The best chunks of both languages as ``(chunk_id, score)``, best first.

        A chunk's score is Σ over concepts of √(forms in the concept) · max over alternatives of weight · mean BM25, divided by
        the same sum with idf for BM25: about 1 when a chunk of usual length says every concept once, so that scores of different
        queries and languages compare. A word that the language's index does not know counts as half the largest idf there.
        """
        found: list[tuple[str, float]] = []
        for language in LANGUAGES:
            largest = self._index.max_idf(language)
            if largest == 0.0:
                continue
            weighted: list[list[WeightedTerms]] = []
            attainable = 0.0
            for concept in query.concepts:
                size = math.sqrt(_size(concept)) * concept.emphasis
                alternatives = concept.alternatives[language]
                attainable += size * max((self._attainable(a, language, largest) for a in alternatives), default=0.0)
                weighted.append([WeightedTerms(a.forms, size * a.weight) for a in alternatives])
            if attainable > 0.0:
                hits = self._index.search(language, weighted, top_k, document_ids)
                found.extend((chunk_id, score / attainable) for chunk_id, score in hits)
        found.sort(key=lambda hit: (-hit[1], hit[0]))
        return found[:top_k]

    def language(self, chunk_id: str) -> Language | None:
        """The language of a chunk, or ``None`` if the index has never held it."""
        return self._index.language(chunk_id)

    def _attainable(self, alternative: Alternative, language: Language, largest: float) -> float:
        idfs = [self._index.idf(language, form) for form in alternative.forms]
        if all(idf is None for idf in idfs):
            return alternative.weight * largest / 2 if alternative.origin == "word" else 0.0
        return alternative.weight * sum(largest / 2 if idf is None else idf for idf in idfs) / len(idfs)


def _size(concept: Concept) -> int:
    return max(1, len(next(iter(concept.alternatives.values()))[0].forms))
