"""The whole path from a question to a cited answer."""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from assistant.generation.contacts import ContactFinder
from assistant.generation.draft import Draft, DroppedClaim
from assistant.generation.extractive import ExtractiveComposer
from assistant.generation.injection import without_orders
from assistant.generation.past import PastTeller
from assistant.generation.rules import RuleComposer
from assistant.generation.scope import Scope, classify
from assistant.generation.suggestions import suggestions
from assistant.generation.verification import Verifier
from assistant.index.store import Store
from assistant.messages import message
from assistant.retrieval.dialogue import DialogueRetriever, Found
from assistant.text.language import detect_language
from assistant.text.termbase import TermFinder
from assistant.types import Answer, AnswerStatus, Citation, Claim, Language, Notice, Question, Turn

if TYPE_CHECKING:
    from assistant.generation.llm import LlmComposer


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
        retriever: DialogueRetriever,
        composer: ExtractiveComposer,
        verifier: Verifier,
        writer: LlmComposer | None = None,
        terms: TermFinder | None = None,
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._composer = composer
        self._verifier = verifier
        self._writer = writer
        self._terms = terms
        self._contacts = ContactFinder(store.document_chunks)
        self._past = PastTeller(store.document_chunks)

    def ask(self, question: Question) -> Answer:
        """Answer a question. Every outcome, also "the documents don't say", is an answer; exceptions are for what broke."""
        *_, last = self.stream(question)
        assert last.answer is not None
        return last.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question step by step: decide whether it is one, retrieve, compose and verify, remember."""
        language = question.language or detect_language(question.text)
        question = replace(question, history=question.history or self._remembered(question.conversation_id))
        scope = classify(question.text, question.history)
        if scope is not None:
            yield Event("final", answer=self._decline(question, language, scope))
            return
        yield Event("status", step="retrieving")
        found = self._retriever.find(question, language)
        found = replace(found, hits=without_orders(found.hits))
        yield Event("status", step="composing")
        draft = yield from self._draft(question, language, found)
        answer = self._finished(_answer(question, language, draft), found)
        self._store.conversations.append(answer.conversation_id, [("user", question.text), ("assistant", answer.text)])
        yield Event("final", answer=answer, dropped=draft.dropped)

    def _decline(self, question: Question, language: Language, scope: Scope) -> Answer:
        """The answer to what is not a question for the documents, with questions that are."""
        declined = scope in (Scope.INJECTION, Scope.PERSONAL_DATA, Scope.GUARANTEE)
        status = AnswerStatus.REFUSED if declined else AnswerStatus.OUT_OF_SCOPE
        answer = _answer(question, language, Draft(status, text=message(language, scope.value)))
        return replace(answer, suggestions=self._suggestions(language, question.as_of))

    def _draft(self, question: Question, language: Language, found: Found) -> Generator[Event, None, Draft]:
        """Compose and verify: by rules over records where they answer, else by a language model, else by quoting.

        A language model's claims come as they are proven; if they don't do, others follow.
        """
        query, hits = found.query, found.hits
        documents = {document.document_id: document for document in self._store.documents()}
        rules = RuleComposer(self._store.records(), documents, self._terms)
        draft = rules.compose(question, language, query, hits)
        told: set[str] = set()
        if draft is None:
            for part in (self._writer or self._composer).stream(question, language, query, hits):
                if isinstance(part, Draft):
                    draft = part
                else:
                    told.add(part.claim.text)
                    yield Event("claim", claim=part.claim, citations=part.citations)
            assert draft is not None
            if self._writer is not None and draft.mode != "llm":
                yield Event("status", step="falling_back")
            draft = rules.updated(question, language, query, draft, hits)
            draft = self._past.tell(draft, question, language, query.concepts)
        draft = self._verifier.verify(draft, question.as_of)
        for claim in draft.claims:
            cited = tuple(citation for citation in draft.citations if citation.number in claim.citations)
            if claim.text not in told:
                yield Event("claim", claim=claim, citations=cited)
        return draft

    def _finished(self, answer: Answer, found: Found) -> Answer:
        """The answer with what helps its reader on: what a follow-up was taken to mean, whom to ask, what else to ask."""
        if answer.status is AnswerStatus.NO_EVIDENCE:
            contact = self._contacts.find(found.hits, answer.language)
            suggestions = self._suggestions(answer.language, answer.as_of)
            answer = replace(answer, contact=contact.text if contact else None, suggestions=suggestions)
        return replace(
            answer,
            standalone_query=found.standalone,
            notices=(*answer.notices, *self._superseded(answer)),
        )

    def _superseded(self, answer: Answer) -> Iterator[Notice]:
        """Which of the cited documents have a newer version."""
        for document in {citation.document.document_id: citation.document for citation in answer.citations}.values():
            newer = self._store.superseded_by(document.document_id)
            if newer is not None and newer.published is not None:
                told = message(
                    answer.language, "superseded", title=document.title, published=newer.published.isoformat()
                )
                yield Notice("stale", told)

    def _suggestions(self, language: Language, as_of: date) -> tuple[str, ...]:
        return suggestions(language, as_of, self._store.documents(), self._store.records())

    def _remembered(self, conversation_id: str | None) -> tuple[Turn, ...]:
        if conversation_id is None:
            return ()
        turns = self._store.conversations.turns(conversation_id)
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
        records=draft.records,
    )
