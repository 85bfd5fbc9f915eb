"""The whole path from a question to a cited answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answering import PartAnswerer
from assistant.generation.composition import AnswerComposer
from assistant.generation.contacts import ContactFinder
from assistant.generation.draft import Draft
from assistant.generation.event import Event
from assistant.generation.llm.usage import UsageMeter
from assistant.generation.reading.choice import offered
from assistant.generation.reading.reader import QuestionReader
from assistant.generation.scope.classifier import Scope, classify
from assistant.generation.suggestions import suggestions
from assistant.index.store import Store
from assistant.messages import message
from assistant.retrieval.dialogue import DialogueRetriever, Found
from assistant.text.dates.written import written_period
from assistant.types import Answer, AnswerStatus, Language, Notice, Question, Turn


class PolicyAssistant:
    """Answers questions from the stored documents, each sentence with its proof."""

    def __init__(
        self, store: Store, reader: QuestionReader, retriever: DialogueRetriever, composer: AnswerComposer
    ) -> None:
        self._store = store
        self._reader = reader
        self._retriever = retriever
        self._composer = composer
        self._answerer = PartAnswerer(retriever, composer)
        self._contacts = ContactFinder(store.document_chunks)

    @property
    def usage(self) -> UsageMeter | None:
        """What the language model has cost so far; ``None`` without one."""
        return self._composer.usage

    def ask(self, question: Question) -> Answer:
        """Answer a question. Every outcome, also "the documents don't say", is an answer; exceptions are for what broke."""
        *_, last = self.stream(question)
        assert last.answer is not None
        return last.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Answer a question step by step: understand it, decide whether it is one, retrieve, compose and verify, remember."""
        said = question.text
        question = replace(question, history=question.history or self._remembered(question.conversation_id))
        reading = self._reader.read(question)
        question, language = reading.question, reading.language
        scope = classify(question.text, question.history)
        if scope is not None:
            yield Event("final", answer=self._decline(question, language, scope))
            return
        found, draft = yield from self._answerer.stream(reading)
        answer = self._finished(_answer(question, language, draft), found, said)
        self._store.conversations.append(answer.conversation_id, [("user", said), ("assistant", answer.text)])
        yield Event("final", answer=answer, dropped=draft.dropped)

    def rehearse(self, question: Question) -> None:
        """Go the way of a question by rules and quotations alone, and keep nothing.

        What is loaded on the way (terms, tables, models) is there then, so the first reader need not wait. No language model is asked.
        """
        reading = self._reader.read(question)
        found = self._retriever.find(reading.asked, reading.language)
        for _ in self._composer.without_model().stream(reading, found.query, found.hits, found.topic):
            pass

    def _decline(self, question: Question, language: Language, scope: Scope) -> Answer:
        """The answer to what is not a question for the documents, with questions that are."""
        declined = scope in (Scope.INJECTION, Scope.PERSONAL_DATA, Scope.GUARANTEE)
        status = AnswerStatus.REFUSED if declined else AnswerStatus.OUT_OF_SCOPE
        answer = _answer(question, language, Draft(status, text=message(language, scope.value)))
        return replace(answer, suggestions=self._suggestions(language, question.as_of))

    def _finished(self, answer: Answer, found: Found, said: str) -> Answer:
        """The answer with what helps its reader on: what a follow-up was taken to mean, whom to ask, what else to ask."""
        if answer.status is AnswerStatus.NO_EVIDENCE:
            contact = self._contacts.find(found.hits, answer.language, found.query.concepts)
            suggestions = self._suggestions(answer.language, answer.as_of)
            answer = replace(answer, contact=contact.text if contact else None, suggestions=suggestions)
        if answer.status is AnswerStatus.CLARIFY:
            asked = (message(answer.language, "clarified", choice=one, question=said) for one in offered(answer.text))
            answer = replace(answer, suggestions=tuple(asked))
        return replace(
            answer,
            standalone_query=found.standalone,
            notices=(*answer.notices, *self._superseded(answer)),
        )

    def _superseded(self, answer: Answer) -> Iterator[Notice]:
        """Which of the cited documents have a newer version."""
        for document in dict.fromkeys(citation.document for citation in answer.citations):
            if document.status == "older":
                told = message(answer.language, "older_version", title=document.title, number=document.version)
                yield Notice("stale", told)
                continue
            newer = self._store.superseded_by(document.document_id)
            if newer is not None and newer.published is not None:
                published = written_period(newer.published, answer.language)
                told = message(answer.language, "superseded", title=document.title, published=published)
                yield Notice("stale", told)

    def _suggestions(self, language: Language, as_of: date) -> tuple[str, ...]:
        return suggestions(language, as_of, self._store.documents(), self._store.records())

    def _remembered(self, conversation_id: str | None) -> tuple[Turn, ...]:
        if conversation_id is None:
            return ()
        turns = self._store.conversations.turns(conversation_id)
        return tuple(Turn("user" if role == "user" else "assistant", content) for role, content in turns)


def _answer(question: Question, language: Language, draft: Draft) -> Answer:
    # An answer that asks back offers what it found, each with its proof.
    answered = draft.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.CLARIFY) and draft.claims
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
