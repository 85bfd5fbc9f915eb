"""Retrieval in a conversation: what a follow-up question is about was said before it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from assistant.retrieval.hybrid import HybridRetriever
from assistant.text.follow_up import follows_up
from assistant.text.normalize import normalize_text
from assistant.types import Filters, Language, Query, Question, ScoredChunk, Turn

# The exchange that a follow-up question follows up, and the question that opened its subject.
_CONTEXT_TURNS = 2
_TOPIC_HITS = 5
# Of an answer, its first sentence tells what the talk is of; all its quotations together would drown the question.
_GIST_CHARS = 120
_MARK = re.compile(r"\s*\[\d+\]")
# Of the chunks for a question that names nothing but may stand alone, how many at most come from the document that is talked of.
_FROM_TOPIC = 5
# For one that leans on what was said, how many are of other documents: it may have changed the subject all the same.
_OTHERS = 2
# What a chunk of another document counts for a question that leans on what was said: the same said of another thing answers nothing.
_ELSEWHERE = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question: the query that was made of it, and the chunks, best first.

    ``standalone`` is a follow-up question as it was understood, with what it is about: for the reader to see.
    """

    query: Query
    hits: list[ScoredChunk]
    standalone: str | None = None


class DialogueRetriever:
    """Finds chunks for a question in its conversation.

    Args:
        retriever: finds chunks for a query.
        top_k: how many to find.
    """

    def __init__(self, retriever: HybridRetriever, top_k: int) -> None:
        self._retriever = retriever
        self._top_k = top_k

    def find(self, question: Question, language: Language) -> Found:
        """The chunks for a question that stands alone; for one that follows up, first those of the document its conversation is about,
        the others with less of a score.

        A question that names nothing may do either: it is looked for in that document after everything else, and judged by its own words.
        """
        build = self._retriever.query_builder.build
        text = normalize_text(question.text)
        query = build(text, language)
        has_name = any(concept.is_name for concept in query.concepts)
        leans = bool(question.history) and follows_up(question.text, has_name=has_name)
        if not question.history or (has_name and not leans):
            return Found(query, self._retriever.search(query, self._top_k))
        alone = query
        said = [_gist(turn) for turn in question.history]
        query = _without_answer(build(text, language, " ".join(said[-_CONTEXT_TURNS:])), question)
        topic = self._topic(" ".join(said), language)
        meant = query if leans else alone
        everywhere = self._retriever.search(meant, self._top_k)
        if topic is None:
            return Found(meant, everywhere)
        of_topic = Filters(documents=frozenset({topic.document.document_id}))
        near = self._retriever.search(query, max(1, self._top_k - _OTHERS) if leans else _FROM_TOPIC, of_topic)
        first, then = (near, everywhere) if leans else (everywhere[: self._top_k - _FROM_TOPIC], near)
        if leans:
            then = [replace(hit, score=hit.score * _ELSEWHERE) for hit in then]
        known = {hit.chunk.chunk_id for hit in first}
        hits = [*first, *(hit for hit in then if hit.chunk.chunk_id not in known)]
        return Found(meant, hits[: self._top_k], f"{topic.document.title}: {text}" if leans else None)

    def _topic(self, said: str, language: Language) -> ScoredChunk | None:
        """The best hit of the document that the questions and answers so far point to most."""
        hits = self._retriever.search(self._retriever.query_builder.build(said, language), _TOPIC_HITS)
        worth: dict[str, float] = defaultdict(float)
        for hit in hits:
            worth[hit.document.document_id] += hit.score
        return max(hits, key=lambda hit: worth[hit.document.document_id], default=None)


def _without_answer(query: Query, question: Question) -> Query:
    """``query`` without what only the answers before it say, names aside: who asks on does not want them again."""
    asked = normalize_text(" ".join(turn.content for turn in question.history if turn.role == "user"))
    kept = (c for c in query.concepts if c.emphasis == 1.0 or c.is_name or c.text in question.text or c.text in asked)
    return replace(query, concepts=tuple(kept))


def _gist(turn: Turn) -> str:
    """What a turn adds to the search: a question as it is, an answer's first line without the marks of citations."""
    content = normalize_text(turn.content)
    return content if turn.role == "user" else _MARK.sub("", content.split("\n")[0])[:_GIST_CHARS]
