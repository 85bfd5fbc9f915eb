"""Asks a language model which events, programs, tenders and tasks a passage states."""

from __future__ import annotations

import html
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import GenerationError
from assistant.generation.llm.chat_model import generation_error, refuses_format
from assistant.generation.llm.circuit_breaker import CircuitBreaker
from assistant.generation.llm.claim_chain import has_ended, with_schema
from assistant.generation.llm.deadline import read_within
from assistant.generation.llm.prompting import fenced, prompt_text
from assistant.generation.llm.record_parser import RECORDS_SCHEMA, parse_records
from assistant.generation.llm.stream_watch import StreamWatch
from assistant.generation.llm.usage import UsageMeter
from assistant.types import Language, ProposedRecord

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_MAX_REPLY_CHARS = 20_000
_BACKOFF_SECONDS = 0.5


class RecordProposer:
    """Proposes records by structured output. What it proposes is not yet true: ingest checks every field against the passage.

    Args:
        model: any LangChain chat model, without retries of its own.
        max_retries: further attempts after the first, where a failure may pass.
        breaker: keeps a model that is down from being asked.
        usage: counts tokens and cost.
        clock: a monotonic clock in seconds.
        sleep: waits between attempts.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        max_retries: int = 2,
        breaker: CircuitBreaker | None = None,
        usage: UsageMeter | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._model = model
        self._max_retries = max_retries
        self._clock = clock
        self._sleep = sleep
        self._structured = True
        self.breaker = breaker or CircuitBreaker(failures=5, cooldown_seconds=30.0, clock=clock)
        self.usage = usage or UsageMeter()

    def propose(
        self, passage: str, *, title: str, published: str, language: Language, seconds: float
    ) -> list[ProposedRecord]:
        """What the model says a passage states, in its order.

        Args:
            passage: lines of a document; lines that give orders to an assistant are left out before the model sees them.
            title: of the document.
            published: its date in ISO 8601, empty where it is not known.
            language: of the prompt.
            seconds: for all attempts together.

        Raises:
            GenerationError: no answer came within the time and the attempts that are allowed.
        """
        shown = fenced(passage)
        messages = _messages(shown, title, published, language)
        deadline = self._clock() + seconds
        retries = 0
        while True:
            try:
                records = self._attempt(messages, deadline - self._clock())
                return [_as_shown(record, f"{fenced(title)}\n{shown}") for record in records]
            except GenerationError as error:
                failure = error
            wait = _BACKOFF_SECONDS * 2**retries * random.uniform(0.5, 1.0)
            retries += 1
            if not failure.retryable or retries > self._max_retries or self._clock() + wait >= deadline:
                raise failure
            self._sleep(wait)

    def _attempt(self, messages: list[BaseMessage], seconds: float) -> list[ProposedRecord]:
        if not self.breaker.allow():
            raise GenerationError(
                "the language model", "it has failed too often and rests", "Check its server", retryable=False
            )
        problem: GenerationError
        try:
            records = parse_records(self._reply(messages, seconds))
        except Exception as error:
            if self._structured and refuses_format(error):
                self.breaker.abandoned()
                self._structured = False
                return self._attempt(messages, seconds)
            self.breaker.failed()
            problem = generation_error(error)
        else:
            self.breaker.succeeded()
            return records
        # Raised out here so that no library's error, which may repeat the key, hangs on as its context.
        raise problem

    def _reply(self, messages: list[BaseMessage], seconds: float) -> str:
        asked = with_schema(self._model, RECORDS_SCHEMA) if self._structured else self._model
        watch = StreamWatch(self.usage)
        self.usage.add_call()

        def stream() -> Iterator[BaseMessage]:
            return asked.stream(messages, {"callbacks": [watch], "run_name": "annae_records"})

        pieces: list[str] = []
        chars = 0
        ended: bool | None = None
        for piece in read_within(stream, seconds, self._clock, watch.leave):
            pieces.append(piece.text)
            chars += len(piece.text)
            ended = has_ended(piece, ended)
            if chars > _MAX_REPLY_CHARS:
                raise GenerationError(
                    "the language model", "its answer is too long", "Try another model", retryable=False
                )
        if not ended:
            raise GenerationError(
                "the language model", "its answer was cut off", "Raise ANNAE_LLM_MAX_TOKENS", retryable=False
            )
        return "".join(pieces)


def _as_shown(record: ProposedRecord, shown: str) -> ProposedRecord:
    """The record without fields quoted from elsewhere, such as a line that the model was not shown because it gives orders."""
    seen = _spaced(html.unescape(shown))
    return replace(record, fields=tuple(field for field in record.fields if _spaced(field.quote) in seen))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _messages(shown: str, title: str, published: str, language: Language) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    body = prompt_text(language, "records_request").format(title=fenced(title), published=published, passage=shown)
    return [SystemMessage(prompt_text(language, "records_system")), HumanMessage(body)]
