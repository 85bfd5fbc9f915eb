"""Retrieval in a conversation: what a follow-up question is about was said before it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.retrieval.hybrid import HybridRetriever
from assistant.retrieval.wording import Wording, searchable
from assistant.text.follow_up import follows_up
from assistant.text.language import detect_language
from assistant.text.normalize import normalize_text
from assistant.types import LANGUAGES, Document, Filters, Language, Query, Question, ScoredChunk, Turn

# The exchange that a follow-up question follows up, and the question that opened its subject.
_CONTEXT_TURNS = 2
_TOPIC_HITS = 5
# Of an answer, its first sentence tells what the talk is of; all its quotations together would drown the question.
_GIST_CHARS = 120
_MARK = re.compile(r"\s*\[\d+\]")
# Of the chunks for a question that names nothing but may stand alone, how many at most come from the document that is talked of.
_FROM_TOPIC = 5
# For one that leans on what was said: what a chunk of another document counts, since the same said of another thing answers nothing, and
# from which share of the best document's worth on another is talked of as well (a notice and its translation).
_ELSEWHERE = 0.6
_AS_MUCH = 0.5
# A follow-up with no more words of its own ("And the fee?") is of nothing else.
_BARE = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question: the query that was made of it, and the chunks, best first.

    ``standalone`` is a follow-up question as it was understood, with what it is about: for the reader to see. Its ``hits`` are of what the
    talk is about; ``elsewhere`` are those to look at if they do not answer, for the subject may have changed all the same.
    ``topic`` are the ids of the documents that the talk is about, most of all first; empty for a question that names its own subject.
    """

    query: Query
    hits: list[ScoredChunk]
    standalone: str | None = None
    elsewhere: tuple[ScoredChunk, ...] = ()
    topic: tuple[str, ...] = ()


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
        """The chunks for a question that stands alone; for one that follows up, those of the documents its talk is about.

        A question that names nothing may do either: it is looked for in those documents after everything else, and judged by its own words.
        """
        build = self._retriever.query_builder.build
        text = normalize_text(question.text)
        alone = build(text, language)
        has_name = _names(alone)
        leans = bool(question.history) and follows_up(question.text, has_name=has_name)
        if not question.history or (has_name and not leans):
            return Found(alone, self._retriever.search(alone, self._top_k))
        said = [_gist(turn) for turn in self._talk(question.history, language)]
        query = _without_answer(build(text, language, " ".join(said[-_CONTEXT_TURNS:])), question)
        topic = self._topic(" ".join(said), language)
        meant = query if leans else alone
        everywhere = self._retriever.search(meant, self._top_k)
        if not topic:
            return Found(meant, everywhere)
        ids = tuple(document.document_id for document in topic)
        of_topic = Filters(documents=frozenset(ids))
        near = self._retriever.search(query, self._top_k if leans else _FROM_TOPIC, of_topic)
        if leans:
            others = _of_the_same(query, (hit for hit in everywhere if hit.document.document_id not in ids))
            elsewhere = tuple(replace(hit, score=hit.score * _ELSEWHERE) for hit in others)
            return Found(meant, near, f"{topic[0].title}: {text}", elsewhere, ids)
        first = everywhere[: self._top_k - _FROM_TOPIC]
        known = {hit.chunk.chunk_id for hit in first}
        hits = [*first, *(hit for hit in near if hit.chunk.chunk_id not in known)]
        return Found(meant, hits[: self._top_k], topic=ids)

    def _talk(self, history: Sequence[Turn], language: Language) -> Sequence[Turn]:
        """The turns since the last question that opened a subject: one that names something and leans on nothing."""
        build = self._retriever.query_builder.build
        for place in range(len(history) - 1, 0, -1):
            text = normalize_text(history[place].content)
            if (
                history[place].role == "user"
                and not follows_up(text, has_name=True)
                and _names(build(text, detect_language(text, language)))
            ):
                return history[place:]
        return history

    def _topic(self, said: str, language: Language) -> list[Document]:
        """The documents that the questions and answers so far point to most, the first above all."""
        hits = self._retriever.search(self._retriever.query_builder.build(said, language), _TOPIC_HITS)
        worth: dict[str, float] = defaultdict(float)
        for hit in hits:
            worth[hit.document.document_id] += hit.score
        documents = {hit.document.document_id: hit.document for hit in hits}
        most = max(worth.values(), default=0.0)
        ranked = sorted(worth, key=lambda key: -worth[key])
        return [documents[key] for key in ranked if worth[key] >= _AS_MUCH * most]


def _of_the_same(query: Query, hits: Iterable[ScoredChunk]) -> list[ScoredChunk]:
    """Those that say a name of the talk, where it has any; of another thing, the same said answers nothing."""
    names = [concept for concept in query.concepts if concept.is_name]
    if not names:
        return [] if sum(concept.emphasis == 1.0 for concept in query.concepts) <= _BARE else list(hits)
    wording = Wording("", names)
    said = ((hit, searchable(" ".join((hit.document.title, *hit.chunk.section, hit.chunk.text)))) for hit in hits)
    return [hit for hit, text in said if any(wording.share_said(text, language) > 0.0 for language in LANGUAGES)]


def _names(query: Query) -> bool:
    return any(concept.is_name for concept in query.concepts)


def _without_answer(query: Query, question: Question) -> Query:
    """``query`` without what only the answers before it say, names aside: who asks on does not want them again."""
    asked = normalize_text(" ".join(turn.content for turn in question.history if turn.role == "user"))
    kept = (c for c in query.concepts if c.emphasis == 1.0 or c.is_name or c.text in question.text or c.text in asked)
    return replace(query, concepts=tuple(kept))


def _gist(turn: Turn) -> str:
    """What a turn adds to the search: a question as it is, an answer's first line without the marks of citations."""
    content = normalize_text(turn.content)
    return content if turn.role == "user" else _MARK.sub("", content.split("\n")[0])[:_GIST_CHARS]
