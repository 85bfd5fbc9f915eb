"""A stock LangChain pipeline with the parts and the defaults that its tutorials use: the peer that Annae is measured against."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from numpy.typing import NDArray

from assistant.index.embedder import Embedder

with warnings.catch_warnings():
    # The packages announce their retirement on import.
    warnings.simplefilter("ignore", DeprecationWarning)
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever

# Chroma refuses more in one call.
_MAX_BATCH = 5000


class LangChainEmbeddings(Embeddings):
    """Our embedder as LangChain's interface; texts whose vectors are ``known`` are looked up."""

    def __init__(self, embedder: Embedder, known: Mapping[str, NDArray] | None = None) -> None:
        self._embedder = embedder
        self._known = known or {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors for passages."""
        if self._known:
            return [self._known[text].tolist() for text in texts]
        return self._embedder.embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        """The vector for a question."""
        return self._embedder.embed_query(text).tolist()


class StockPipeline:
    """Chroma and rank-BM25 over whitespace tokens in an ensemble with equal weights.

    Args:
        texts: the chunks.
        folder: where Chroma keeps its files.
        top_k: how many chunks each retriever contributes.
    """

    def __init__(self, texts: Sequence[str], embeddings: Embeddings, folder: Path, top_k: int = 10) -> None:
        started = time.perf_counter()
        vectors = Chroma("stock", embedding_function=embeddings, persist_directory=str(folder))
        for start in range(0, len(texts), _MAX_BATCH):
            vectors.add_texts(list(texts[start : start + _MAX_BATCH]))
        self.dense = vectors.as_retriever(search_kwargs={"k": top_k})
        self.vectors_seconds = time.perf_counter() - started
        started = time.perf_counter()
        self.lexical = BM25Retriever.from_texts(list(texts), k=top_k)
        self.lexical_seconds = time.perf_counter() - started
        self.ensemble = EnsembleRetriever(retrievers=[self.lexical, self.dense], weights=[0.5, 0.5])
        self._top_k = top_k

    def retrieve(self, query: str, leg: str = "ensemble") -> list[str]:
        """The best chunks' texts of one leg or of the ensemble, best first."""
        return [document.page_content for document in getattr(self, leg).invoke(query)][: self._top_k]


def split(texts: Sequence[str], chunk_chars: int, overlap_chars: int) -> list[str]:
    """Chunks of whole files as the recursive character splitter cuts them."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=chunk_chars, chunk_overlap=overlap_chars)
    return [piece for text in texts for piece in splitter.split_text(text)]
