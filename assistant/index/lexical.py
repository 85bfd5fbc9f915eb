"""The one door to Tantivy: BM25 over morphemes, one index per language so that each has its own idf.

Derived from the SQL store. Scores are BM25 with k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, 2009) and
idf = ln(1 + (N - n + 0.5) / (n + 0.5)).
"""

from __future__ import annotations

import math
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.types import LANGUAGES, Language

if TYPE_CHECKING:
    import tantivy

_HEAP_BYTES = 50_000_000
# Where a form may stand, and how much it counts there.
_FIELDS = {"body": 1.0, "address": 0.85}
_LEAST_IDF = 0.01


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A chunk as the lexical index sees it: the forms of its text, and of its address (title and headings), in reading order."""

    chunk_id: str
    document_id: str
    language: Language
    forms: Sequence[str]
    address: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """Forms whose mean BM25 counts ``weight`` times."""

    forms: tuple[str, ...]
    weight: float


class LexicalIndex:
    """Inverted indexes of chunks, opened on first use.

    Args:
        folder: where the indexes lie, one subfolder per language.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._indexes = {language: _LanguageIndex(folder / language) for language in LANGUAGES}
        self.generation = 0
        """Grows with every commit: whoever keeps something made from the vocabulary sees that it is old."""

    def upsert(self, entries: Iterable[LexicalEntry]) -> None:
        """Add or replace chunks; visible after ``commit``."""
        for entry in entries:
            self._indexes[entry.language].upsert(entry)

    def delete(self, chunk_ids: Sequence[str]) -> None:
        """Forget these chunks; visible after ``commit``."""
        for index in self._indexes.values():
            index.delete(chunk_ids)

    def commit(self) -> None:
        """Make everything since the last commit durable and visible."""
        for index in self._indexes.values():
            index.commit()
        self.generation += 1

    def search(
        self,
        language: Language,
        concepts: Sequence[Sequence[WeightedTerms]],
        top_k: int,
        document_ids: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The best chunks of one language as ``(chunk_id, score)``, best first.

        A chunk's score is the sum over concepts of its best alternative: ``weight`` times the mean BM25 of the alternative's forms.
        """
        return self._indexes[language].search(concepts, top_k, document_ids)

    def idf(self, language: Language, form: str) -> float | None:
        """How much a form tells in this language's chunks, or ``None`` if no chunk holds it."""
        return self._indexes[language].idf(form)

    def holds(self, form: str) -> bool:
        """Whether a chunk of either language holds a form."""
        return any(self.idf(language, form) is not None for language in LANGUAGES)

    def max_idf(self, language: Language) -> float:
        """The idf of a form that stands in one chunk only; 0 when there are no chunks."""
        return self._indexes[language].max_idf()

    def vocabulary(self, language: Language, prefix: str) -> list[str]:
        """Forms of this language's chunks that begin with ``prefix``, the most frequent first."""
        return self._indexes[language].vocabulary(prefix)

    def language(self, chunk_id: str) -> Language | None:
        """The language of a chunk, or ``None`` if it was never indexed; a chunk deleted lately may still be known."""
        return next((language for language, index in self._indexes.items() if index.knows(chunk_id)), None)

    def ids(self) -> set[str]:
        """Every chunk's id."""
        return set().union(*(index.ids() for index in self._indexes.values()))

    def count(self) -> int:
        """How many chunks are indexed."""
        return sum(index.count() for index in self._indexes.values())

    def exists(self) -> bool:
        """Whether the indexes' files are in place, without opening them."""
        return all((self._folder / language / "meta.json").is_file() for language in LANGUAGES)

    def clear(self) -> None:
        """Drop everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._indexes = {language: _LanguageIndex(self._folder / language) for language in LANGUAGES}


class _LanguageIndex:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: tantivy.IndexWriter | None = None
        self._idf = lru_cache(maxsize=50_000)(self._compute_idf)

    @cached_property
    def _schema(self) -> tantivy.Schema:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("chunk_id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document_id", stored=False, tokenizer_name="raw", index_option="basic")
        for field in _FIELDS:
            builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
        return builder.build()

    @cached_property
    def _index(self) -> tantivy.Index:
        import tantivy

        self._folder.mkdir(parents=True, exist_ok=True)
        return tantivy.Index(self._schema, path=str(self._folder))

    @cached_property
    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        return self._writer

    def upsert(self, entry: LexicalEntry) -> None:
        import tantivy

        writer = self._open_writer()
        writer.delete_documents_by_term("chunk_id", entry.chunk_id)
        writer.add_document(
            tantivy.Document(
                chunk_id=entry.chunk_id,
                document_id=entry.document_id,
                body=" ".join(entry.forms),
                address=" ".join(entry.address),
            )
        )

    def delete(self, chunk_ids: Sequence[str]) -> None:
        if chunk_ids:
            writer = self._open_writer()
            for chunk_id in chunk_ids:
                writer.delete_documents_by_term("chunk_id", chunk_id)

    def commit(self) -> None:
        if self._writer is not None:
            self._writer.commit()
            # The writer holds a lock on the folder; giving it back lets another process take its turn.
            self._writer.wait_merging_threads()
            self._writer = None
            self.__dict__.pop("_searcher", None)
            self._idf.cache_clear()

    def search(
        self, concepts: Sequence[Sequence[WeightedTerms]], top_k: int, document_ids: Collection[str] | None
    ) -> list[tuple[str, float]]:
        from tantivy import Occur, Query

        clauses = []
        for alternatives in concepts:
            queries = [query for terms in alternatives if (query := self._mean(terms)) is not None]
            if queries:
                best = queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)
                clauses.append((Occur.Should, best))
        if not clauses or (document_ids is not None and not document_ids):
            return []
        query = Query.boolean_query(clauses)
        if document_ids is not None:
            allowed = Query.term_set_query(self._schema, "document_id", sorted(document_ids))
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(allowed, 0.0))])
        searcher = self._searcher
        hits = searcher.search(query, top_k, count=False).hits
        return [(searcher.doc(address)["chunk_id"][0], score) for score, address in hits]

    def _mean(self, terms: WeightedTerms) -> tantivy.Query | None:
        from tantivy import Occur, Query

        known = [form for form in terms.forms if self._idf(form) is not None]
        if not known:
            return None
        weight = terms.weight / len(terms.forms)
        queries = [self._either(form) for form in known]
        whole = queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])
        return Query.boost_query(whole, weight)

    def _either(self, form: str) -> tantivy.Query:
        """A form in the text, or at a discount in the address: every chunk of a document has its title."""
        from tantivy import Query

        return Query.disjunction_max_query(
            [
                Query.boost_query(Query.term_query(self._schema, field, form, index_option="freq"), weight)
                for field, weight in _FIELDS.items()
                if self._searcher.doc_freq(field, form)
            ]
        )

    def idf(self, form: str) -> float | None:
        return self._idf(form)

    def _compute_idf(self, form: str) -> float | None:
        holding = max(self._searcher.doc_freq(field, form) for field in _FIELDS)
        total = self._searcher.num_docs
        if not holding:
            return None
        # Deleted chunks count as holding until segments merge.
        return math.log(1 + (total - holding + 0.5) / (holding + 0.5)) if holding <= total else _LEAST_IDF

    def max_idf(self) -> float:
        total = self._searcher.num_docs
        return math.log(1 + (total - 0.5) / 1.5) if total else 0.0

    def knows(self, chunk_id: str) -> bool:
        return bool(self._searcher.doc_freq("chunk_id", chunk_id))

    def vocabulary(self, prefix: str) -> list[str]:
        found = Counter({form: n for field in _FIELDS for form, n in self._searcher.terms_with_prefix(field, prefix)})
        return [form for form, _ in found.most_common()]

    def ids(self) -> set[str]:
        from tantivy import Query

        # The dictionary of terms remembers deleted chunks until segments merge; a search does not see them.
        searcher = self._searcher
        hits = searcher.search(Query.all_query(), searcher.num_docs, count=False).hits if searcher.num_docs else []
        return {searcher.doc(address)["chunk_id"][0] for _, address in hits}

    def count(self) -> int:
        count: int = self._searcher.num_docs
        return count
