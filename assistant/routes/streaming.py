"""An answer as server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any

import anyio

from assistant.contract.answers import AnswerModel, CitedClaimModel
from assistant.contract.citations import CitationModel
from assistant.generation.event import Event
from assistant.routes.problems import problem_of
from assistant.types import Language


async def server_sent(events: Iterator[Event], language: Language, timeout_seconds: float) -> AsyncIterator[str]:
    """Server-sent events of an answer; a failure on the way becomes an ``error`` event in ``language``, never a broken stream."""
    deadline = anyio.current_time() + timeout_seconds
    try:
        while True:
            # No yield inside the scope: the reader may be slow, and that is not our step's time.
            with anyio.fail_after(max(0.0, deadline - anyio.current_time())):
                event = await anyio.to_thread.run_sync(partial(next, events, None), abandon_on_cancel=True)
            if event is None:
                return
            yield _event(event.kind, _data(event))
    except Exception as error:
        yield _event("error", problem_of(error, "a streamed answer", language).model_dump(mode="json"))


def _data(event: Event) -> dict[str, Any]:
    if event.claim is not None:
        return CitedClaimModel(
            text=event.claim.text,
            citations=list(event.claim.citations),
            sources=[CitationModel.of(citation) for citation in event.citations],
        ).model_dump(mode="json")
    if event.answer is not None:
        return AnswerModel.of(event.answer).model_dump(mode="json")
    return {"step": event.step}


def _event(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
