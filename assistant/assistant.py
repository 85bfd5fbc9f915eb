"""The whole path from a question to a cited answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.generation.draft import Draft
from assistant.generation.extractive import ExtractiveComposer
from assistant.generation.verification import Verifier
from assistant.index.store import Store
from assistant.messages import message
from assistant.retrieval.hybrid import HybridRetriever
from assistant.text.language import detect_language
from assistant.text.normalize import normalize_text
from assistant.types import Answer, AnswerStatus, Claim, Language, Question, Turn


# The exchange that a follow-up question follows up.
_CONTEXT_TURNS = 2


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a streamed answer: what is being done, a verified claim, or the whole answer."""

    kind: Literal["status", "claim", "final"]
    step: str = ""
    claim: Claim | None = None
    answer: Answer | None = None


class PolicyAssistant:
    """Answers questions from the stored documents, each sentence with its proof."""

    def __init__(
        self,
        store: Store,
        retriever: HybridRetriever,
        composer: ExtractiveComposer,
        verifier: Verifier,
        answer_chunks: int = 8,
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._composer = composer
        self._verifier = verifier
        self._answer_chunks = answer_chunks

    def ask(self, question: Question) -> Answer:
        """Answer a question. Every outcome, also "the documents don't say", is an answer; exceptions are for what broke."""
        *_, last = self.stream(question)
        assert last.answer is not None
        return last.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question step by step: retrieve, compose, verify, remember."""
        language = question.language or detect_language(question.text)
        history = question.history or self._remembered(question.conversation_id)
        yield Event("status", step="retrieving")
        context = " ".join(turn.content for turn in history[-_CONTEXT_TURNS:])
        query = self._retriever.query_builder.build(normalize_text(question.text), language, normalize_text(context))
        hits = self._retriever.search(query, self._answer_chunks)
        yield Event("status", step="composing")
        draft = self._verifier.verify(self._composer.compose(question, language, query, hits))
        for claim in draft.claims:
            yield Event("claim", claim=claim)
        answer = _answer(question, language, draft)
        self._store.append_turns(answer.conversation_id, [("user", question.text), ("assistant", answer.text)])
        yield Event("final", answer=answer)

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
        mode="extractive",
        as_of=question.as_of,
        text=text,
        claims=draft.claims,
        citations=draft.citations,
        notices=draft.notices,
    )
