"""What is compared: the product as it ships, its parts alone and added one by one, and the usual alternatives.

A new part of the query builder is one line in ``PARTS``; a new row of the tables is one line in ``SYSTEMS``.
"""

from __future__ import annotations

import copy
import math
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedder import MINILM_SHA256, Embedder, SentenceTransformerEmbedder, minilm_folder
from assistant.index.indexer import indexed_text
from assistant.index.vectors import VectorIndex
from assistant.retrieval.dense import DenseRetriever
from assistant.retrieval.fusion import reciprocal_rank_fusion, weighted_fusion
from assistant.retrieval.query import QueryBuilder
from assistant.text.language import detect_language
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from assistant.types import Concept, Language, Query
from evals import datasets
from evals.datasets import Question

DEPTH = 50
Hits = list[tuple[str, float]]


class NoLexicon(Lexicon):
    """A lexicon that knows no word."""

    def translations(self, form: str, language: Language) -> list[tuple[str, float]]:
        """Nothing."""
        return []


@dataclass(frozen=True)
class Part:
    """A part of the query builder that can be left out.

    Args:
        origin: what the alternatives say that come from it.
        attribute: where the query builder holds it, if it changes more than its own alternatives.
        absent: what stands there when it is left out.
    """

    origin: str
    attribute: str | None = None
    absent: Callable[[], Any] | None = None


# In the order in which the ablation adds them.
PARTS = (
    Part("termbase", "_termbase", lambda: Termbase(())),
    Part("lexicon", "_lexicon", NoLexicon),
    Part("transliteration"),
    Part("spelling"),
)


class PartialQueryBuilder:
    """The product's query builder without some of its parts."""

    def __init__(self, shipped: QueryBuilder, origins: Collection[str]) -> None:
        self._builder = copy.copy(shipped)
        self._dropped = {part.origin for part in PARTS if part.origin not in origins}
        for part in PARTS:
            if part.origin in self._dropped and part.attribute is not None and part.absent is not None:
                if not hasattr(shipped, part.attribute):
                    raise AttributeError(f"QueryBuilder has no {part.attribute} any more: correct PARTS in {__name__}")
                setattr(self._builder, part.attribute, part.absent())

    def build(self, text: str) -> Query:
        """See ``QueryBuilder.build``."""
        query = self._builder.build(text)
        return replace(query, concepts=tuple(self._stripped(concept) for concept in query.concepts))

    def _stripped(self, concept: Concept) -> Concept:
        return replace(
            concept,
            alternatives={
                language: tuple(a for a in alternatives if a.origin not in self._dropped)
                for language, alternatives in concept.alternatives.items()
            },
        )


class NoEmbedder:
    """One vector for everything, for runs in which nothing is dense."""

    name = "none"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed``."""
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See ``Embedder.embed_query``."""
        vector: NDArray[np.float32] = self.embed([text])[0]
        return vector


class CachedEmbedder:
    """An embedder that embeds a passage once, however many systems ask; questions are embedded every time unless fetched."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._passages: dict[str, NDArray[np.float32]] = {}
        self._questions: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """See ``Embedder.name``."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        if new:
            self._passages.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._passages[text] for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See ``Embedder.embed_query``."""
        if (known := self._questions.get(text)) is not None:
            return known
        return self._embedder.embed_query(text)

    def fetch(self, questions: Sequence[str]) -> None:
        """Embed questions in one go and remember them: fast, but their times are then no longer those of the product."""
        new = [text for text in dict.fromkeys(questions) if text not in self._questions]
        if new:
            self._questions.update(zip(new, self._embedder.embed(new), strict=True))


class BundledEmbedder:
    """The model in the repository, whichever embedder the product takes by default."""

    def __init__(self) -> None:
        from assistant.index.kiwi_transformer import BundledModel

        self._model = BundledModel()
        self.name = f"{self._model.folder.name}@{self._model.digest[:12]}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed``."""
        return self._model.encode(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See ``Embedder.embed_query``."""
        vector: NDArray[np.float32] = self._model.encode([text])[0]
        return vector


# What can be measured in place of the product's own choice.
EMBEDDERS: dict[str, Callable[[], Embedder]] = {
    "bundled": BundledEmbedder,
    "minilm": lambda: minilm(),
    "none": NoEmbedder,
}


@cache
def minilm() -> CachedEmbedder:
    """all-MiniLM-L6-v2 as published, whatever the product's own model is."""
    return CachedEmbedder(SentenceTransformerEmbedder(str(minilm_folder())))


@dataclass
class Bench:
    """One collection set up for comparison; what two systems share is computed and timed once."""

    collection: datasets.Collection
    _legs: dict[tuple[Any, ...], tuple[Hits, float]] = field(default_factory=dict)
    _dense: dict[str, DenseRetriever] = field(default_factory=dict)
    _builders: dict[tuple[str, ...] | None, Any] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, tuple[str, str, Language]]:
        """What is indexed, by chunk id: document id, text with its address, and the document's language."""
        store = self.collection.workspace.store
        found = store.chunks(sorted(store.chunk_ids()))
        return {
            chunk_id: (chunk.document_id, indexed_text(chunk, document.title), document.language)
            for chunk_id, (chunk, document) in sorted(found.items())
        }

    def fetch_questions(self, questions: Sequence[Question], *, with_minilm: bool) -> None:
        """Embed all questions at once with the product's model, and with MiniLM if it is compared."""
        workspace = self.collection.workspace
        texts = [question.text for question in questions]
        if MINILM_SHA256[:12] in workspace.embedder.name:
            workspace.embedder = minilm()
        elif not isinstance(workspace.embedder, CachedEmbedder):
            workspace.embedder = CachedEmbedder(workspace.embedder)
        workspace.embedder.fetch(texts)
        if with_minilm:
            minilm().fetch(texts)

    def allowed(self, question: Question) -> Collection[str] | None:
        """Documents to which a question is limited."""
        return self.collection.workspace.store.matching_documents(question.filters)

    def lexical(self, parts: tuple[str, ...] | None, question: Question) -> tuple[Hits, float]:
        """The lexical leg with these parts of the query builder (``None``: as shipped), and its seconds."""
        retriever = self.collection.workspace.retriever
        if parts not in self._builders:
            shipped = retriever.query_builder
            self._builders[parts] = shipped if parts is None else PartialQueryBuilder(shipped, parts)
        builder = self._builders[parts]

        def search() -> Hits:
            query = builder.build(question.text)
            return list(retriever.lexical.retrieve(query, DEPTH, self.allowed(question)))

        return self._timed(("lexical", parts, question.question_id), search)

    def dense(self, model: str, question: Question) -> tuple[Hits, float]:
        """The dense leg of the ``product`` model or of ``minilm``, and its seconds."""
        retriever = self.dense_retriever(model)

        def search() -> Hits:
            query = Query(question.text, detect_language(question.text), ())
            return list(retriever.retrieve(query, DEPTH, self.allowed(question)))

        return self._timed(("dense", model, question.question_id), search)

    def _timed(self, key: tuple[Any, ...], search: Callable[[], Hits]) -> tuple[Hits, float]:
        if key not in self._legs:
            start = time.perf_counter()
            hits = search()
            self._legs[key] = hits, time.perf_counter() - start
        return self._legs[key]

    def dense_retriever(self, model: str) -> DenseRetriever:
        """The product's dense retriever, or one over MiniLM vectors, made when first asked for."""
        product = self.collection.workspace.retriever.dense
        if model == "product" or MINILM_SHA256[:12] in self.collection.workspace.embedder.name:
            return product
        if model not in self._dense:
            index = VectorIndex(self.collection.folder / model)
            ids = list(self.texts)
            vectors = minilm().embed([self.texts[chunk_id][1] for chunk_id in ids])
            index.upsert(ids, [self.texts[chunk_id][0] for chunk_id in ids], vectors)
            self._dense[model] = DenseRetriever(index, minilm())
        return self._dense[model]


class System(Protocol):
    """Something that ranks chunks for a question."""

    dense: ClassVar[bool]
    """Whether it needs the product's vectors."""

    @property
    def minilm(self) -> bool:
        """Whether it needs MiniLM's."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """Ranked chunks, best first, and the seconds it took."""


@dataclass(frozen=True)
class Shipped:
    """The product's retriever with its default settings, from the question's text to stored chunks; or without its second look."""

    minilm: ClassVar[bool] = False
    dense: ClassVar[bool] = True

    name: str
    looks_twice: bool = True

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """See ``System.search``."""
        retriever = bench.collection.workspace.retriever.model_copy(update={"looks_twice": self.looks_twice})
        start = time.perf_counter()
        hits = retriever.retrieve(question.text, 10, question.filters)
        return [(hit.chunk.chunk_id, hit.score) for hit in hits], time.perf_counter() - start


@dataclass(frozen=True)
class LexicalSystem:
    """The structured lexical search with some parts of the query builder."""

    minilm: ClassVar[bool] = False
    dense: ClassVar[bool] = False

    name: str
    parts: tuple[str, ...]

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """See ``System.search``."""
        return bench.lexical(self.parts, question)


@dataclass(frozen=True)
class DenseSystem:
    """An embedding model alone."""

    dense: ClassVar[bool] = True

    name: str
    model: str

    @property
    def minilm(self) -> bool:
        """Whether it embeds with MiniLM."""
        return self.model == "minilm"

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """See ``System.search``."""
        return bench.dense(self.model, question)


Fusion = Callable[[dict[str, Hits]], Hits]


def weighted(lexical_weight: float) -> Fusion:
    """Weighted fusion with this share for the lexical leg."""
    return lambda legs: weighted_fusion(legs, {"lexical": lexical_weight, "dense": 1 - lexical_weight})


def rrf(legs: dict[str, Hits]) -> Hits:
    """Reciprocal rank fusion with equal weights."""
    return reciprocal_rank_fusion([[chunk_id for chunk_id, _ in leg] for leg in legs.values()])


@dataclass(frozen=True)
class HybridSystem:
    """The shipped lexical leg and a dense leg, fused."""

    dense: ClassVar[bool] = True

    name: str
    model: str
    fuse: Fusion
    parts: tuple[str, ...] | None = None

    @property
    def minilm(self) -> bool:
        """Whether it embeds with MiniLM."""
        return self.model == "minilm"

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """See ``System.search``."""
        lexical, lexical_seconds = bench.lexical(self.parts, question)
        dense, dense_seconds = bench.dense(self.model, question)
        start = time.perf_counter()
        fused = self.fuse({"lexical": lexical, "dense": dense})
        return fused[:DEPTH], lexical_seconds + dense_seconds + time.perf_counter() - start


class Bm25:
    """Plain BM25 over given tokens.

    Args:
        texts: token lists by id.
        k1: how soon a repeated word stops counting.
        b: how much a text's length counts, 0 to 1.
    """

    def __init__(self, texts: dict[str, Sequence[str]], k1: float = 1.2, b: float = 0.75) -> None:
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        mean = sum(len(tokens) for tokens in texts.values()) / max(1, len(texts)) or 1.0
        for text_id, tokens in texts.items():
            norm = k1 * (1 - b + b * len(tokens) / mean)
            for token, count in Counter(tokens).items():
                self._postings[token].append((text_id, count * (k1 + 1) / (count + norm)))
        self._size = len(texts)

    def search(self, tokens: Sequence[str], top_k: int) -> Hits:
        """The best texts as ``(id, score)``, best first; equal scores in id order."""
        scores: dict[str, float] = defaultdict(float)
        for token in tokens:
            postings = self._postings.get(token, ())
            idf = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            for text_id, value in postings:
                scores[text_id] += idf * value
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:top_k]


@dataclass
class WhitespaceBm25:
    """BM25 over what stands between blanks: what a search without any knowledge of Korean does."""

    minilm: ClassVar[bool] = False
    dense: ClassVar[bool] = False

    name: str
    _indexes: dict[tuple[int, Language | None], Bm25] = field(default_factory=dict)

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """See ``System.search``."""
        language = question.filters.language
        key = (id(bench), language)
        if key not in self._indexes:
            self._indexes[key] = Bm25(
                {i: text.split() for i, (_, text, own) in bench.texts.items() if language in (None, own)}
            )
        start = time.perf_counter()
        return self._indexes[key].search(question.text.split(), DEPTH), time.perf_counter() - start


@dataclass
class LangChainHybrid:
    """LangChain's own hybrid: BM25Retriever and Chroma with MiniLM in an EnsembleRetriever, half and half, ten results each.

    Its default of four results each would cap recall@10. A question limited to one language gets an index of that language.
    """

    minilm: ClassVar[bool] = True
    dense: ClassVar[bool] = False

    name: str
    _retrievers: dict[tuple[int, Language | None], Any] = field(default_factory=dict)

    def search(self, bench: Bench, question: Question) -> tuple[Hits, float]:
        """See ``System.search``."""
        language = question.filters.language
        key = (id(bench), language)
        if key not in self._retrievers:
            self._retrievers[key] = self._build(bench, language)
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self._retrievers[key].invoke(question.text)
        seconds = time.perf_counter() - start
        return [(document.metadata["chunk_id"], -float(rank)) for rank, document in enumerate(found)], seconds

    @staticmethod
    def _build(bench: Bench, language: Language | None) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from langchain_chroma import Chroma
            from langchain_classic.retrievers import EnsembleRetriever
            from langchain_community.retrievers import BM25Retriever
            from langchain_core.documents import Document
            from langchain_core.embeddings import Embeddings

            class MiniLmEmbeddings(Embeddings):
                def embed_documents(self, texts: list[str]) -> list[list[float]]:
                    vectors: list[list[float]] = minilm().embed(texts).tolist()
                    return vectors

                def embed_query(self, text: str) -> list[float]:
                    vector: list[float] = minilm().embed_query(text).tolist()
                    return vector

            documents = [
                Document(text, metadata={"chunk_id": chunk_id})
                for chunk_id, (_, text, own) in bench.texts.items()
                if language in (None, own)
            ]
            name = f"stock-{bench.collection.name}-{language or 'all'}"
            store = Chroma(name, MiniLmEmbeddings())
            store.add_documents(documents)
            return EnsembleRetriever(
                retrievers=[
                    BM25Retriever.from_documents(documents, k=10),
                    store.as_retriever(search_kwargs={"k": 10}),
                ],
                weights=[0.5, 0.5],
            )


def _ablation() -> list[LexicalSystem]:
    """Morphemes alone, then each part of the query builder added to those before it."""
    names = [part.origin for part in PARTS]
    rows = [LexicalSystem("BM25, morphemes", ())]
    return [*rows, *(LexicalSystem(f"+ {name}", tuple(names[: n + 1])) for n, name in enumerate(names))]


# The product comes first, so that its times are those of questions not seen before.
SYSTEMS: tuple[System, ...] = (
    Shipped("product"),
    WhitespaceBm25("BM25, whitespace"),
    *_ablation(),
    DenseSystem("MiniLM alone", "minilm"),
    DenseSystem("bundled model alone", "product"),
    Shipped("without second look", looks_twice=False),
    HybridSystem("hybrid, weighted .7", "product", weighted(0.7)),
    HybridSystem("hybrid, RRF", "product", rrf),
    LangChainHybrid("LangChain hybrid"),
)
