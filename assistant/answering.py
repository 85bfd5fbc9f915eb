"""From a question as it is read to a verified draft: the whole, and by itself each part that the answer to the whole leaves untold."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.generation.composition import AnswerComposer
from assistant.generation.draft import Draft
from assistant.generation.event import Event
from assistant.generation.grounding.injection import without_orders
from assistant.generation.multipart import is_answer, is_missed, joined, untold
from assistant.generation.reading.parts import parts
from assistant.generation.reading.reader import Reading
from assistant.retrieval.dialogue import DialogueRetriever, Found
from assistant.types import AnswerStatus, Concept, Turn

Steps = Generator[Event, None, tuple[Found, Draft]]


class PartAnswerer:
    """Retrieves and composes.

    Args:
        retriever: finds chunks for a question in its conversation.
        composer: makes a verified draft of what was found.
    """

    def __init__(self, retriever: DialogueRetriever, composer: AnswerComposer) -> None:
        self._retriever = retriever
        self._composer = composer

    def stream(self, reading: Reading) -> Steps:
        """Tell the steps and the proven claims, and return what was found for the whole question, and the draft.

        A language model is given the whole question; it is told apart only where lines are quoted.
        """
        asked = parts(reading.asked.text)
        if len(asked) == 1 or self._composer.has_model:
            return (yield from self._composed(reading))
        yield Event("status", step="retrieving")
        found, draft = _last(self._composed(reading))
        yield Event("status", step="composing")
        missing = untold(asked, found.query.concepts, draft)
        if missing and draft.status is not AnswerStatus.CLARIFY:
            draft = self._completed(reading, asked, missing, draft, found.query.concepts)
        yield from (Event("claim", claim=claim, citations=draft.cited(claim)) for claim in draft.claims)
        return found, draft

    def _completed(
        self, reading: Reading, asked: Sequence[str], missing: Sequence[str], draft: Draft, concepts: Sequence[Concept]
    ) -> Draft:
        """``draft`` with what else was asked: each part after the first is a question that follows the first one up."""
        drafts: list[Draft] = []
        unanswered = []
        for part in asked:
            if part not in missing:
                drafts += [draft] if draft not in drafts else []
                continue
            before = () if part == asked[0] else (Turn("user", asked[0]), Turn("assistant", ""))
            history = (*reading.asked.history, *before)
            question = replace(reading.asked, text=part, language=reading.language, history=history)
            _, told = _last(self._composed(replace(reading, question=question, asked=question, standalone=None)))
            if is_answer(part, told):
                drafts.append(told)
            elif is_missed(part, asked, concepts, draft):
                unanswered.append(part)
        return joined(drafts, draft, unanswered, reading.language) if drafts else draft

    def _composed(self, reading: Reading) -> Steps:
        yield Event("status", step="retrieving")
        found = self._retriever.find(reading.asked, reading.language)
        found = replace(found, hits=without_orders(found.hits), standalone=reading.standalone or found.standalone)
        yield Event("status", step="composing")
        draft = yield from self._composer.stream(reading, found.query, found.hits, found.topic)
        if draft.status is AnswerStatus.NO_EVIDENCE and found.elsewhere:
            found = replace(found, hits=[*found.hits, *without_orders(found.elsewhere)])
            draft = yield from self._composer.stream(reading, found.query, found.hits, found.topic)
        return found, draft


def _last(steps: Steps) -> tuple[Found, Draft]:
    """What the steps come to."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            found, draft = stop.value
            return found, draft
