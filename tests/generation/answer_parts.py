"""Chunks, queries and ranked clauses made by hand, for the parts of the composer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.generation.quoting.clause_ranker import ClauseRanker, RankedClause
from assistant.generation.quoting.clauses import Clause, clauses
from assistant.generation.quoting.evidence import EvidenceJudge
from assistant.generation.quoting.extractive import ExtractiveComposer
from assistant.generation.quoting.gloss import Glossary
from assistant.generation.quoting.premise import PremiseChecker
from assistant.generation.quoting.wording import ClaimWriter
from assistant.text.language import detect_language
from assistant.text.morphemes import analyze
from assistant.types import (
    Alternative,
    Chunk,
    Citation,
    Concept,
    Document,
    Language,
    Period,
    Precision,
    Query,
    ScoredChunk,
    Span,
)
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)
PUBLISHED = date(2026, 9, 1)


def day(when: date) -> Period:
    return Period(when, when, Precision.DAY)


def document(title: str, published: date | None = PUBLISHED, language: Language | None = None) -> Document:
    return Document(
        document_id=f"doc-{title}",
        source="paper.md",
        digest="0" * 64,
        media_type="text/markdown",
        title=title,
        publisher=None,
        published=day(published) if published else None,
        language=language or detect_language(title),
        kind=None,
        url=None,
        pages=1,
        status="ready",
    )


def hit(
    text: str,
    title: str = "하람 수출기금 안내",
    section: tuple[str, ...] = (),
    published: date | None = PUBLISHED,
    score: float = 1.0,
) -> ScoredChunk:
    """A chunk whose lines are those of ``text``, on a page that holds nothing else."""
    paper = document(title, published)
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(1, start, start + len(line)))
        start += len(line) + 1
    name = f"chunk-{title}-{'-'.join(section)}-{text[:12]}"
    chunk = Chunk(name, paper.document_id, 1, text, section, tuple(spans), detect_language(text), "d")
    return ScoredChunk(chunk, paper, score, {})


def lines(*hits: ScoredChunk) -> list[Clause]:
    """The clauses of the hits."""
    return list(clauses(hits))


def clause(text: str, **of: Any) -> Clause:
    """The first clause of a chunk of its own."""
    return lines(hit(text, **of))[0]


def ranked(*found: Clause, scores: Sequence[float] | None = None) -> list[RankedClause]:
    """Clauses as the ranker gives them, each a little less likely than the one before unless ``scores`` says how likely."""
    worth = scores if scores is not None else [3.0 - n / 100 for n in range(len(found))]
    return [RankedClause(item, score, score, score, (), ()) for item, score in zip(found, worth, strict=True)]


def query(text: str, names: Sequence[str] = ()) -> Query:
    """A query of one concept a word, known by the same form in both languages; ``names`` are proper names."""
    language = detect_language(text)
    concepts = []
    for form in dict.fromkeys(token.form for token in analyze(text)):
        same = (Alternative((form,), 1.0, "word", form),)
        concepts.append(Concept(form, {"ko": same, "en": same}, is_name=form in names))
    return Query(text, language, tuple(concepts))


def citation(
    number: int,
    quote: str,
    title: str = "하람 수출기금 안내",
    published: date | None = PUBLISHED,
    section: tuple[str, ...] = (),
) -> Citation:
    return Citation(number, document(title, published), "chunk", 1, section, quote, 0, len(quote))


def composer_of(library: Workspace, min_evidence: float = 0.0) -> ExtractiveComposer:
    """The composer over a library's embedder and termbase; with no ``min_evidence`` it answers from whatever is nearest."""
    ranker = ClauseRanker(library.embedder, library.cross_encoder)
    writer = ClaimWriter(Glossary(library.termbase))
    premises = PremiseChecker(ranker, library.termbase)
    return ExtractiveComposer(ranker, EvidenceJudge(min_evidence), writer, premises, library.termbase)
