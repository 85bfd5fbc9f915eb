"""Everything that lives under one data folder, opened together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from assistant.errors import DataFolderBusyError
from assistant.index.database import open_engine
from assistant.index.embedder import BundledEmbedder, Embedder, SentenceTransformerEmbedder
from assistant.index.indexer import Indexer
from assistant.index.lexical import LexicalIndex
from assistant.index.store import Store
from assistant.index.vectors import VectorIndex
from assistant.settings import Settings
from assistant.text.lexicon import Lexicon
from assistant.text.spelling import SpellingCorrector
from assistant.text.termbase_file import TERMBASE_NAME, TermbaseFile

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.index.cross_encoder import CrossEncoder
    from assistant.ingest.pipeline import IngestPipeline, Parser
    from assistant.ingest.record_refresh import RecordRefresher
    from assistant.ingest.records.model_records import ModelRecordReader
    from assistant.retrieval.hybrid import HybridRetriever

# A passage may state several records, each field with its quotation.
_RECORD_TOKENS = 3000


class Workspace:
    """The store, the indexes and the parts built on them. Models load when first used; closing gives connections back."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.settings = settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.store = Store(open_engine(settings.store_url), settings.data_dir / "originals")
        self.vectors = VectorIndex(settings.data_dir / "vectors")
        self.lexical = LexicalIndex(settings.data_dir / "lexical")
        self.embedder = embedder or (
            SentenceTransformerEmbedder(settings.embedder) if settings.embedder else BundledEmbedder()
        )
        self.indexer = Indexer(self.store, self.vectors, self.lexical, self.embedder)
        self._lock = FileLock(settings.data_dir / "writer.lock")

    @cached_property
    def pipeline(self) -> IngestPipeline:
        """Takes files in."""
        from assistant.ingest.chunking import Chunker
        from assistant.ingest.pipeline import IngestPipeline

        return IngestPipeline(
            self.store,
            self.indexer,
            Chunker(self.settings.chunk_chars),
            self._parser(),
            self.settings.now,
            max_bytes=self.settings.max_file_mb * 1_000_000,
            model_records=self._model_records(),
        )

    @cached_property
    def record_refresher(self) -> RecordRefresher:
        """Reads the records of stored documents anew."""
        from assistant.ingest.record_refresh import RecordRefresher

        return RecordRefresher(self.store, self._model_records())

    def _model_records(self) -> ModelRecordReader | None:
        """Reads records with the language model too, where one is set. Its packages are imported only then."""
        settings = self.settings
        if not settings.llm_model or not settings.llm_record_calls:
            return None
        from assistant.generation.llm.record_proposer import RecordProposer
        from assistant.generation.llm.usage import UsageMeter
        from assistant.ingest.records.model_records import ModelRecordReader

        proposer = RecordProposer(
            self.chat_model(settings.llm_model, max(settings.llm_max_tokens, _RECORD_TOKENS)),
            max_retries=settings.llm_max_retries,
            usage=UsageMeter(settings.llm_input_price, settings.llm_output_price),
        )
        return ModelRecordReader(
            proposer,
            name=settings.llm_model,
            max_calls=settings.llm_record_calls,
            max_seconds=settings.llm_record_seconds,
        )

    def chat_model(self, name: str, max_tokens: int) -> BaseChatModel:
        """A language model under the settings' provider, address, key and patience. Raises as ``open_chat_model``."""
        from assistant.generation.llm.chat_model import open_chat_model

        settings = self.settings
        return open_chat_model(
            name,
            provider=settings.llm_provider,
            base_url=settings.llm_base_url,
            api_key=settings.llm_api_key,
            timeout_seconds=settings.llm_timeout_seconds,
            max_tokens=max_tokens,
        )

    def _parser(self) -> Parser:
        from assistant.ingest.parser_pool import ParserPool, SerialParser

        settings = self.settings
        processes = settings.parse_processes
        if processes is None:
            processes = os.cpu_count() or 1
        if processes == 0:
            return SerialParser()
        return ParserPool(processes, settings.parse_timeout_seconds, settings.parse_memory_mb)

    @cached_property
    def termbase(self) -> TermbaseFile:
        """The terms in effect: ``termbase.csv`` in the data folder, else the bundled ones."""
        return TermbaseFile(self.settings.data_dir / TERMBASE_NAME)

    @cached_property
    def spelling(self) -> SpellingCorrector:
        """Corrects slips in questions."""
        return SpellingCorrector(self.termbase, self.lexical.holds)

    @cached_property
    def retriever(self) -> HybridRetriever:
        """Finds chunks."""
        # LangChain takes half a second to import: commands that only store do without it.
        from assistant.retrieval.dense import DenseRetriever
        from assistant.retrieval.hybrid import HybridRetriever
        from assistant.retrieval.lexical import LexicalRetriever
        from assistant.retrieval.query import QueryBuilder
        from assistant.retrieval.reranker import CrossEncoderReranker
        from assistant.retrieval.words import WordMatcher

        return HybridRetriever(
            store=self.store,
            query_builder=QueryBuilder(
                self.termbase, Lexicon(), WordMatcher(self.lexical), self.lexical, self.spelling
            ),
            lexical=LexicalRetriever(self.lexical),
            dense=DenseRetriever(self.vectors, self.embedder),
            fusion=self.settings.fusion,
            lexical_weight=self.settings.lexical_weight,
            foreign_lexical_weight=self.settings.foreign_lexical_weight,
            candidates_per_leg=self.settings.candidates_per_leg,
            default_top_k=self.settings.answer_chunks,
            reranker=CrossEncoderReranker(self.settings.reranker) if self.settings.reranker else None,
            rerank_candidates=self.settings.rerank_candidates,
        )

    @cached_property
    def cross_encoder(self) -> CrossEncoder:
        """Reads question and clause together, with the first layers of the bundled model whichever embedder is set."""
        from assistant.index.cross_encoder import CrossEncoder
        from assistant.index.kiwi_transformer import BundledModel

        return CrossEncoder(self.embedder.model if isinstance(self.embedder, BundledEmbedder) else BundledModel())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the data folder for writing, as one process at a time may.

        Raises:
            DataFolderBusyError: another process holds it.
        """
        try:
            with self._lock.acquire(timeout=0):
                yield
        except Timeout as error:
            raise DataFolderBusyError(
                str(self.settings.data_dir),
                "another annae process is writing to it",
                "Stop that process (annae serve or annae ingest), or use another --data-dir",
            ) from error

    def repair_if_free(self) -> None:
        """Finish what an interrupted process left, unless another process is at work in the folder."""
        try:
            with self.writing():
                self.indexer.repair(thorough=False)
        except DataFolderBusyError:
            return

    def close(self) -> None:
        """Give the connections back."""
        self.vectors.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
