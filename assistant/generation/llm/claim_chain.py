"""Numbered sources → prompt → model → claims, as LangChain Runnables."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from langchain_core.messages import BaseMessage
from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda, RunnableSequence

from assistant.generation.grounding.claim_parser import ClaimParser, ProposedClaim
from assistant.generation.llm.prompting import ClaimRequest, render

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CLAIMS_SCHEMA: dict[str, Any] = {
    "title": "Claims",
    "description": "Sentences that answer the question, each with the numbers of the sources that state it.",
    "type": "object",
    "additionalProperties": False,
    "required": ["claims"],
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "sources"],
                "properties": {
                    "text": {"type": "string", "description": "One sentence."},
                    "sources": {"type": "array", "items": {"type": "integer"}},
                },
            },
        }
    },
}
_FINISHED = frozenset({"stop", "end_turn", "stop_sequence", "complete", "eos", "eos_token", "finish_reason_stop"})
_REASON_KEYS = ("finish_reason", "stop_reason", "done_reason")


def claim_chain(
    model: BaseChatModel, *, structured: bool, max_chars: int = 20_000
) -> Runnable[ClaimRequest, list[ProposedClaim]]:
    """A Runnable from a ``ClaimRequest`` to proposed claims, which it streams one by one as they are complete.

    The claims are what the model says, not yet what may be shown: ``ClaimGrounder`` finds their proof or rejects them.

    Args:
        model: any LangChain chat model.
        structured: ask the model's server for JSON by schema; otherwise the prompt asks for marked lines. Either is understood.
        max_chars: longer answers are refused.

    Raises:
        NotImplementedError: the model offers no output by JSON schema.
    """
    asked = with_schema(model, CLAIMS_SCHEMA) if structured else model
    prompt: Runnable[ClaimRequest, list[BaseMessage]] = RunnableLambda(
        partial(render, structured=structured), name="numbered_sources_prompt"
    )
    claims: Runnable[BaseMessage, list[ProposedClaim]] = RunnableGenerator(
        partial(_parse, max_chars=max_chars), partial(_aparse, max_chars=max_chars), name="claims"
    )
    return cast("Runnable[ClaimRequest, list[ProposedClaim]]", prompt | asked | claims)


def with_schema(model: BaseChatModel, schema: dict[str, Any]) -> Runnable[Any, BaseMessage]:
    """The model bound to the schema in its provider's own way; LangChain's parser is left out, ours reads while it streams.

    Raises:
        NotImplementedError: the model offers no output by JSON schema.
    """
    try:
        bound = model.with_structured_output(schema, method="json_schema")
    except (TypeError, ValueError) as error:
        raise NotImplementedError("no output by JSON schema") from error
    if not isinstance(bound, RunnableSequence):
        raise NotImplementedError("no output by JSON schema")
    return cast("Runnable[Any, BaseMessage]", bound.first)


def _parse(messages: Iterator[BaseMessage], *, max_chars: int) -> Iterator[list[ProposedClaim]]:
    parser = ClaimParser(max_chars)
    ended: bool | None = None
    for message in messages:
        for claim in parser.feed(message.text):
            yield [claim]
        ended = has_ended(message, ended)
    yield parser.close(ended=ended)


async def _aparse(messages: AsyncIterator[BaseMessage], *, max_chars: int) -> AsyncIterator[list[ProposedClaim]]:
    parser = ClaimParser(max_chars)
    ended: bool | None = None
    async for message in messages:
        for claim in parser.feed(message.text):
            yield [claim]
        ended = has_ended(message, ended)
    yield parser.close(ended=ended)


def has_ended(message: BaseMessage, before: bool | None) -> bool | None:
    """Whether the model says that it finished by itself; ``before`` is what earlier pieces of its answer said."""
    reason = next((message.response_metadata[key] for key in _REASON_KEYS if message.response_metadata.get(key)), None)
    return before if reason is None else str(reason).lower() in _FINISHED
