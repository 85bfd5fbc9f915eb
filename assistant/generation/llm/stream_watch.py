"""Counts what a streamed call of the language model costs, and ends one that nobody reads any more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import BaseCallbackHandler

from assistant.generation.llm.usage import UsageMeter

if TYPE_CHECKING:
    from langchain_core.outputs import LLMResult


class _LeftError(Exception):
    """Nobody reads the stream any more."""


class StreamWatch(BaseCallbackHandler):
    """Counts tokens, and ends a stream that nobody reads any more."""

    raise_error = True

    def __init__(self, usage: UsageMeter) -> None:
        self._usage = usage
        self._left = threading.Event()

    def leave(self) -> None:
        """Let the stream end at its next piece."""
        self._left.set()

    def on_llm_new_token(self, token: str | list[str | dict[str, Any]], **_: Any) -> None:
        """See LangChain: a piece has come."""
        if self._left.is_set():
            raise _LeftError

    def on_llm_end(self, response: LLMResult, **_: Any) -> None:
        """See LangChain: the answer is whole."""
        for generations in response.generations:
            message = getattr(generations[0], "message", None) if generations else None
            if message is None:
                continue
            if usage := message.usage_metadata:
                self._usage.add_tokens(usage["input_tokens"], usage["output_tokens"])
            elif usage := message.response_metadata.get("token_usage"):
                # Where langchain-openai streams by schema it leaves the usage here.
                self._usage.add_tokens(usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0))
