"""The whole path from a question to a cited answer."""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from assistant.generation.draft import Draft, DroppedClaim
from assistant.generation.extractive import ExtractiveComposer
from assistant.generation.scope import Scope, classify
from assistant.generation.verification import Verifier
from assistant.index.store import Store
from assistant.messages import message
from assistant.retrieval.hybrid import HybridRetriever
from assistant.text.follow_up import follows_up
from assistant.text.language import detect_language
from assistant.text.normalize import normalize_text
from assistant.types import Answer, AnswerStatus, Citation, Claim, Language, Query, Question, ScoredChunk, Turn

if TYPE_CHECKING:
    from assistant.generation.llm import LlmComposer


# The exchange that a follow-up question follows up.
_CONTEXT_TURNS = 2
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a streamed answer: what is being done, a verified claim with what it cites, or the whole answer."""

    kind: Literal["status", "claim", "final"]
    step: str = ""
    claim: Claim | None = None
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    dropped: tuple[DroppedClaim, ...] = ()
    """With the whole answer: sentences that were written and did not stand."""


class PolicyAssistant:
    """Answers questions from the stored documents, each sentence with its proof."""

    def __init__(
        self,
        store: Store,
        retriever: HybridRetriever,
        composer: ExtractiveComposer,
        verifier: Verifier,
        answer_chunks: int = 8,
        writer: LlmComposer | None = None,
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._composer = composer
        self._verifier = verifier
        self._answer_chunks = answer_chunks
        self._writer = writer

    def ask(self, question: Question) -> Answer:
        """Answer a question. Every outcome, also "the documents don't say", is an answer; exceptions are for what broke."""
        *_, last = self.stream(question)
        assert last.answer is not None
        return last.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question step by step: retrieve, compose, verify, remember."""
        language = question.language or detect_language(question.text)
        history = question.history or self._remembered(question.conversation_id)
        scope = classify(question.text)
        if scope is not None:
            yield Event("final", answer=self._decline(question, language, scope))
            return
        yield Event("status", step="retrieving")
        leant_on = history[-_CONTEXT_TURNS:] if follows_up(question.text) else ()
        context = " ".join(turn.content for turn in leant_on)
        query = self._retriever.query_builder.build(normalize_text(question.text), language, normalize_text(context))
        hits = self._retriever.search(query, self._answer_chunks)
        yield Event("status", step="composing")
        draft = yield from self._draft(replace(question, history=history), language, query, hits)
        answer = _answer(question, language, draft)
        self._store.append_turns(answer.conversation_id, [("user", question.text), ("assistant", answer.text)])
        yield Event("final", answer=answer, dropped=draft.dropped)

    def _decline(self, question: Question, language: Language, scope: Scope) -> Answer:
        """The answer to what is not a question for the documents, with questions that are."""
        declined = scope in (Scope.INJECTION, Scope.PERSONAL_DATA, Scope.GUARANTEE)
        status = AnswerStatus.REFUSED if declined else AnswerStatus.OUT_OF_SCOPE
        answer = _answer(question, language, Draft(status, text=message(language, scope.value)))
        titles = [document.title for document in self._store.documents() if document.language == language]
        suggestions = tuple(message(language, "suggest_about", topic=title) for title in titles[:_SUGGESTIONS])
        return replace(answer, suggestions=suggestions)

    def _draft(
        self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]
    ) -> Generator[Event, None, Draft]:
        """Compose and verify. A language model's claims come as they are proven; if they don't do, others follow."""
        if self._writer is None:
            draft = self._verifier.verify(self._composer.compose(question, language, query, hits))
        else:
            for part in self._writer.stream(question, language, query, hits):
                if isinstance(part, Draft):
                    draft = part
                else:
                    yield Event("claim", claim=part.claim, citations=part.citations)
            if draft.mode == "llm":
                return draft
            yield Event("status", step="falling_back")
        for claim in draft.claims:
            cited = tuple(citation for citation in draft.citations if citation.number in claim.citations)
            yield Event("claim", claim=claim, citations=cited)
        return draft

    def _remembered(self, conversation_id: str | None) -> tuple[Turn, ...]:
        if conversation_id is None:
            return ()
        turns = self._store.turns(conversation_id)
        return tuple(Turn("user" if role == "user" else "assistant", content) for role, content in turns)


def _answer(question: Question, language: Language, draft: Draft) -> Answer:
    answered = draft.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
    sentences = (f"{claim.text} {''.join(f'[{number}]' for number in claim.citations)}" for claim in draft.claims)
    text = "\n".join(sentences) if answered else draft.text or message(language, "no_evidence", terms=question.text)
    return Answer(
        answer_id=uuid.uuid4().hex,
        conversation_id=question.conversation_id or uuid.uuid4().hex,
        status=draft.status,
        language=language,
        mode=draft.mode,
        as_of=question.as_of,
        text=text,
        claims=draft.claims,
        citations=draft.citations,
        notices=draft.notices,
    )
