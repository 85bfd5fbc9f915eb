"""Pipelines that people would otherwise use, each as its own documentation first builds it, all with one embedder.

Every library is imported where its pipeline is made, so that the suite works without them; they come with the extra ``peers``.
"""

from __future__ import annotations

import os
import uuid
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.errors import ConfigurationError
from assistant.index.embedder import Embedder

# LangChain's tutorials cut texts this way; the other two libraries' own defaults are taken as they are.
_LANGCHAIN_CHUNK_CHARS, _LANGCHAIN_OVERLAP_CHARS = 1000, 200
_LANGCHAIN_WEIGHTS = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a pipeline cut from a document and returns as one result."""

    piece_id: str
    source: str
    text: str


class Pipeline(Protocol):
    """A pipeline over documents whose texts are already read."""

    name: str

    def index(self, texts: Mapping[str, str]) -> list[Piece]:
        """Cut, embed and store the documents, given by name; returns all pieces."""

    def search(self, question: str, top_k: int) -> list[str]:
        """The ids of the best pieces, best first."""


class LangChainEnsemble:
    """Recursive splitter, Chroma and BM25 over blank-separated words, in an ensemble with equal weights."""

    name = "LangChain ensemble"

    def __init__(self, embedder: Embedder, top_k: int) -> None:
        with _needed("langchain_chroma, langchain_classic, langchain_community, langchain_text_splitters, rank_bm25"):
            import rank_bm25  # noqa: F401  (BM25Retriever wants it only when it is used)
            from langchain_chroma import Chroma
            from langchain_classic.retrievers import EnsembleRetriever
            from langchain_community.retrievers import BM25Retriever
            from langchain_core.embeddings import Embeddings
            from langchain_text_splitters import RecursiveCharacterTextSplitter

        class Wrapped(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                vectors: list[list[float]] = embedder.embed(texts).tolist()
                return vectors

            def embed_query(self, text: str) -> list[float]:
                vector: list[float] = embedder.embed_query(text).tolist()
                return vector

        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=_LANGCHAIN_CHUNK_CHARS, chunk_overlap=_LANGCHAIN_OVERLAP_CHARS
        )
        self._vectors = Chroma(f"peer-{uuid.uuid4().hex}", Wrapped())
        self._bm25, self._ensemble, self._top_k = BM25Retriever, EnsembleRetriever, top_k

    def index(self, texts: Mapping[str, str]) -> list[Piece]:
        """See ``Pipeline.index``."""
        from langchain_core.documents import Document

        pieces = [
            Piece(f"{source}#{number}", source, text)
            for source, whole in texts.items()
            for number, text in enumerate(self._splitter.split_text(whole))
        ]
        documents = [Document(piece.text, metadata={"piece_id": piece.piece_id}) for piece in pieces]
        self._vectors.add_documents(documents)
        lexical = self._bm25.from_documents(documents, k=self._top_k)
        dense = self._vectors.as_retriever(search_kwargs={"k": self._top_k})
        self._retriever = self._ensemble(retrievers=[lexical, dense], weights=list(_LANGCHAIN_WEIGHTS))
        return pieces

    def search(self, question: str, top_k: int) -> list[str]:
        """See ``Pipeline.search``."""
        return [str(found.metadata["piece_id"]) for found in self._retriever.invoke(question)][:top_k]


class HaystackPipeline:
    """Haystack's splitter and in-memory store; its embedding retriever, alone or joined with its BM25 by reciprocal ranks."""

    def __init__(self, embedder: Embedder, top_k: int, *, hybrid: bool) -> None:
        # Haystack reports its use unless told otherwise before it is imported.
        os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
        with _needed("haystack"):
            from haystack import Document, Pipeline, component
            from haystack.components.joiners import DocumentJoiner
            from haystack.components.preprocessors import DocumentSplitter
            from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
            from haystack.document_stores.in_memory import InMemoryDocumentStore

        @component
        class TextEmbedder:
            @component.output_types(embedding=list[float])
            def run(self, text: str) -> dict[str, Any]:
                return {"embedding": embedder.embed_query(text).tolist()}

        self.name = "Haystack hybrid" if hybrid else "Haystack dense"
        self._hybrid, self._embedder, self._document = hybrid, embedder, Document
        self._splitter = DocumentSplitter()
        self._store = InMemoryDocumentStore(index=uuid.uuid4().hex)
        self._pipeline = Pipeline()
        self._pipeline.add_component("embedder", TextEmbedder())
        self._pipeline.add_component("dense", InMemoryEmbeddingRetriever(self._store, top_k=top_k))
        self._pipeline.connect("embedder.embedding", "dense.query_embedding")
        if hybrid:
            self._pipeline.add_component("lexical", InMemoryBM25Retriever(self._store, top_k=top_k))
            self._pipeline.add_component("joined", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
            self._pipeline.connect("dense.documents", "joined.documents")
            self._pipeline.connect("lexical.documents", "joined.documents")

    def index(self, texts: Mapping[str, str]) -> list[Piece]:
        """See ``Pipeline.index``."""
        whole = [self._document(content=text, meta={"source": source}) for source, text in texts.items()]
        cut = self._splitter.run(documents=whole)["documents"]
        vectors = self._embedder.embed([document.content for document in cut]).tolist()
        stored = [
            self._document(
                id=f"{number}", content=document.content, meta={"source": document.meta["source"]}, embedding=vector
            )
            for number, (document, vector) in enumerate(zip(cut, vectors, strict=True))
        ]
        self._store.write_documents(stored)
        return [Piece(document.id, document.meta["source"], document.content) for document in stored]

    def search(self, question: str, top_k: int) -> list[str]:
        """See ``Pipeline.search``."""
        told: dict[str, Any] = {"embedder": {"text": question}}
        if self._hybrid:
            told["lexical"] = {"query": question}
        found = self._pipeline.run(told)["joined" if self._hybrid else "dense"]["documents"]
        return [str(document.id) for document in found][:top_k]


class LlamaIndexVectors:
    """LlamaIndex's vector index with its sentence splitter and in-memory store, as its first example has it."""

    name = "LlamaIndex"

    def __init__(self, embedder: Embedder, top_k: int) -> None:
        with _needed("llama_index.core"):
            from llama_index.core import Document, VectorStoreIndex
            from llama_index.core.embeddings import BaseEmbedding

        class Wrapped(BaseEmbedding):
            def _get_text_embedding(self, text: str) -> list[float]:
                return self._get_text_embeddings([text])[0]

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                vectors: list[list[float]] = embedder.embed(texts).tolist()
                return vectors

            def _get_query_embedding(self, query: str) -> list[float]:
                vector: list[float] = embedder.embed_query(query).tolist()
                return vector

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        self._document, self._build, self._embedding, self._top_k = Document, VectorStoreIndex, Wrapped(), top_k

    def index(self, texts: Mapping[str, str]) -> list[Piece]:
        """See ``Pipeline.index``."""
        # The name is kept out of what is embedded, as it is for every other pipeline.
        documents = [
            self._document(
                text=text,
                metadata={"source": source},
                excluded_embed_metadata_keys=["source"],
                excluded_llm_metadata_keys=["source"],
            )
            for source, text in texts.items()
        ]
        index = self._build.from_documents(documents, embed_model=self._embedding)
        self._retriever = index.as_retriever(similarity_top_k=self._top_k)
        nodes = index.docstore.docs
        return [Piece(name, node.metadata["source"], node.get_content()) for name, node in nodes.items()]

    def search(self, question: str, top_k: int) -> list[str]:
        """See ``Pipeline.search``."""
        return [str(found.node.node_id) for found in self._retriever.retrieve(question)][:top_k]


PEERS: Mapping[str, Callable[[Embedder, int], Pipeline]] = {
    "langchain": LangChainEnsemble,
    "haystack": lambda embedder, top_k: HaystackPipeline(embedder, top_k, hybrid=False),
    "haystack-hybrid": lambda embedder, top_k: HaystackPipeline(embedder, top_k, hybrid=True),
    "llamaindex": LlamaIndexVectors,
}


def make_peers(names: Sequence[str], embedder: Embedder, top_k: int) -> list[Pipeline]:
    """The named peers, all of them if none is named.

    Raises:
        ValueError: there is no such peer.
        ConfigurationError: its library is not installed.
    """
    if unknown := [name for name in names if name not in PEERS]:
        raise ValueError(f"{', '.join(unknown)}: there is no such peer; there are {', '.join(PEERS)}")
    with warnings.catch_warnings():
        # The libraries announce changes of their own on import.
        warnings.simplefilter("ignore")
        return [PEERS[name](embedder, top_k) for name in names or PEERS]


@contextmanager
def _needed(what: str) -> Any:
    try:
        yield
    except ImportError as error:
        raise ConfigurationError(
            "annae eval peers",
            f"{error.name or what} is not installed",
            "Install the optional packages: .venv/bin/python -m pip install -c constraints.txt -e '.[peers]'",
        ) from error
