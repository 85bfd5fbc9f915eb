"""Answers without a language model: the clauses that answer, quoted, in a frame of the asker's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.generation.answer_kind import STRICT_KINDS, AnswerKind, asked_kind, holds_kind, names_kind
from assistant.generation.clauses import Clause, bare, clauses
from assistant.generation.draft import Draft
from assistant.generation.evidence import EvidenceJudge, concepts_said
from assistant.generation.scope import is_instruction
from assistant.messages import message
from assistant.text.language import detect_language
from assistant.types import (
    AnswerStatus,
    Citation,
    Claim,
    Language,
    Notice,
    Query,
    Question,
    ScoredChunk,
    Span,
)

_MAX_ANSWER_CHARS = 600
_MAX_CLAIMS = 3
_CONTEXT_CREDIT = 0.6
_KIND_BONUS = 1.25
_LABEL_BONUS = 1.15
# A clause without any date does not say when.
_KIND_PENALTY = 0.6
_CHUNK_BONUS = 0.6
_LONG_CLAUSE_CHARS = 200
# The sentence after or before the best one in its paragraph goes on with the same thing.
_MIN_NEIGHBOUR_SCORE = 0.45
# A further clause must score this share of the best one.
_MIN_RELATIVE_SCORE = 0.8
_STALE_DAYS = 365
_PLAN = re.compile(r"추진|예정|계획|검토|목표|\bplan(?:s|ned|ning)?\b|\bwill\b|scheduled|\baims?\b", re.IGNORECASE)
# A question in a list of questions and answers is no answer.
_QUESTION = re.compile(r"\?\s*$")
_OUTLINE_NUMBER = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?[.)]?|\(?\d{1,2}[.)]?|[가-하][.)]|‣‣|[≪《〈<]|#+)\s*|\s*[≫》〉>]$")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Scored:
    clause: Clause
    score: float
    covered: frozenset[int]


class ExtractiveComposer:
    """Compose an answer from retrieved chunks.

    Args:
        judge: decides whether the best clauses are evidence.
    """

    def __init__(self, judge: EvidenceJudge) -> None:
        self._judge = judge

    def compose(self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
        """Answer ``question`` from ``hits`` (best first) in ``language``; ``no_evidence`` with the nearest passages if nothing fits."""
        if not hits:
            return Draft(AnswerStatus.NO_EVIDENCE, text=message(language, "no_documents"))
        kind = asked_kind(question.text)
        ranked = _rank(
            [clause for clause in clauses(hits) if not (_QUESTION.search(clause.text) or is_instruction(clause.text))],
            query,
            kind,
        )
        if not ranked:
            return _no_evidence(language, query, hits)
        chosen = _choose(ranked)
        if not self._judge.is_evidence(query, kind, chosen[0].clause, [item.clause for item in chosen[1:]]):
            return _no_evidence(language, query, hits)
        citations: list[Citation] = []
        claims: list[Claim] = []
        used = 0
        for item in chosen:
            text, spans = _claim_text(item.clause, language)
            if claims and used + len(text) > _MAX_ANSWER_CHARS:
                break
            numbers = [_cite(citations, item.clause.hit, span, quote) for span, quote in spans]
            claims.append(Claim(text, tuple(numbers)))
            used += len(text)
        return Draft(AnswerStatus.ANSWERED, tuple(claims), tuple(citations), _notices(language, question, chosen))


def _rank(candidates: Sequence[Clause], query: Query, kind: AnswerKind) -> list[_Scored]:
    """Score clauses: the share of the query's concepts they say, the kind of thing asked for, and their chunk's rank."""
    if not candidates or not query.concepts:
        return []
    own = [concepts_said(query.concepts, f"{c.text} {c.companion_text if c.is_note else ''}") for c in candidates]
    around = [concepts_said(query.concepts, c.context) for c in candidates]
    weights = [concept.weight * concept.emphasis for concept in query.concepts]
    total = sum(weights) or 1.0
    best_hit = max(c.hit.score for c in candidates) or 1.0
    scored = []
    for clause, said, nearby in zip(candidates, own, around, strict=True):
        match = sum(w * max(s, _CONTEXT_CREDIT * n) for w, s, n in zip(weights, said, nearby, strict=True)) / total
        fitness = _fitness(f"{clause.text} {clause.companion_text}", kind)
        brevity = 1 / (1 + max(0, len(clause.text) - _LONG_CLAUSE_CHARS) / 1000)
        score = match * fitness * brevity * (1 - _CHUNK_BONUS + _CHUNK_BONUS * clause.hit.score / best_hit)
        covered = frozenset(n for n, (s, near) in enumerate(zip(said, nearby, strict=True)) if max(s, near) > 0)
        scored.append(_Scored(clause, score, covered))
    scored.sort(key=lambda item: -item.score)
    return scored


def _fitness(text: str, kind: AnswerKind) -> float:
    if kind is AnswerKind.ANY:
        return 1.0
    if not holds_kind(text, kind):
        return _KIND_PENALTY if kind in STRICT_KINDS else 1.0
    return _KIND_BONUS * (_LABEL_BONUS if names_kind(text, kind) else 1.0)


def _choose(ranked: Sequence[_Scored]) -> list[_Scored]:
    """The best clause, the sentences beside it, and others nearly as good."""
    best = ranked[0]
    chosen = [best]
    taken = {best.clause.span, best.clause.companion}
    for item in ranked[1:]:
        share = _MIN_NEIGHBOUR_SCORE if _beside(best.clause, item.clause) else _MIN_RELATIVE_SCORE
        if item.score >= best.score * share and item.clause.span not in taken:
            chosen.append(item)
            taken |= {item.clause.span, item.clause.companion}
    chosen[1:] = sorted(chosen[1:], key=lambda item: (not _beside(best.clause, item.clause), -item.score))
    return chosen[:_MAX_CLAIMS]


def _beside(clause: Clause, other: Clause) -> bool:
    """Whether two clauses stand next to each other in one paragraph."""
    one, two = sorted((clause.span, other.span), key=lambda span: (span.page, span.start))
    return (
        clause.hit is other.hit and one.page == two.page and 0 <= two.start - one.end <= 1 and clause.line == other.line
    )


def _claim_text(clause: Clause, language: Language) -> tuple[str, list[tuple[Span, str]]]:
    """A claim's sentence and the spans it rests on: the clause with its note, or the note with its line."""
    spans = [(clause.span, clause.text)]
    text = clause.bare
    if clause.companion is not None and len(text) + len(clause.companion_text) <= _MAX_ANSWER_CHARS - 100:
        spans.append((clause.companion, clause.companion_text))
        first, second = (bare(clause.companion_text), text) if clause.is_note else (text, bare(clause.companion_text))
        text = f"{first} ({second})"
    document = clause.hit.document
    if detect_language(clause.text) != language:
        return message(language, "lead_foreign", title=document.title, clause=text), spans
    heading = _OUTLINE_NUMBER.sub("", clause.hit.chunk.section[-1]) if clause.hit.chunk.section else ""
    if heading and not _DIGITS.search(heading) and heading not in text and heading != document.title:
        return message(language, "lead_same", heading=heading.replace("*", ""), clause=text), spans
    return message(language, "lead_plain", clause=text), spans


def _cite(citations: list[Citation], hit: ScoredChunk, span: Span, quote: str) -> int:
    known = next(
        (c.number for c in citations if (c.document, c.page, c.start) == (hit.document, span.page, span.start)), None
    )
    if known is not None:
        return known
    citations.append(
        Citation(
            len(citations) + 1,
            hit.document,
            hit.chunk.chunk_id,
            span.page,
            hit.chunk.section,
            quote,
            span.start,
            span.end,
        )
    )
    return len(citations)


def _notices(language: Language, question: Question, chosen: Sequence[_Scored]) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    documents = {item.clause.hit.document.document_id: item.clause.hit.document for item in chosen}
    for document in documents.values():
        if document.published is None:
            notices.append(Notice("stale", message(language, "stale_undated", title=document.title)))
        elif (question.as_of - document.published.end).days > _STALE_DAYS:
            published = document.published.isoformat()
            notices.append(Notice("stale", message(language, "stale", title=document.title, published=published)))
    if any(_PLAN.search(f"{item.clause.text} {item.clause.companion_text}") for item in chosen):
        notices.append(Notice("plan", message(language, "plan")))
    return tuple(notices)


def _no_evidence(language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
    """Say what was looked for, and show the two nearest passages."""
    citations: list[Citation] = []
    notices = []
    for hit in hits[:2]:
        quote, span = hit.chunk.text.split("\n")[0], hit.chunk.spans[0]
        number = _cite(citations, hit, span, quote)
        notices.append(Notice("passage", message(language, "passage", quote=bare(quote)[:200], number=number)))
    terms = ", ".join(dict.fromkeys(concept.text for concept in query.concepts)) or query.text
    text = message(language, "no_evidence", terms=terms)
    return Draft(AnswerStatus.NO_EVIDENCE, (), tuple(citations), tuple(notices), text)
