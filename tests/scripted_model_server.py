"""A server that speaks the OpenAI protocol and says what it is told to, in whatever broken way."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse


@dataclass(frozen=True)
class Reply:
    """One scripted answer.

    ``delay_seconds`` passes before the first byte, ``pause_seconds`` between pieces of ``piece_chars`` characters; ``cut_after`` pieces the
    connection breaks; ``finish`` ``None`` ends the stream without a word; ``error_text`` is the body of an error.
    """

    text: str = ""
    status: int = 200
    delay_seconds: float = 0.0
    pause_seconds: float = 0.0
    piece_chars: int = 12
    cut_after: int | None = None
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (100, 20)
    error_text: str = "scripted failure"
    raw: str | None = None


@dataclass
class ScriptedModelServer:
    """Runs on loopback in a thread; hands out ``replies`` in order, the last one again and again."""

    structured: bool = True
    replies: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)

    def script(self, *replies: Reply | str) -> None:
        """Set the answers to come."""
        self.replies = deque(Reply(reply) if isinstance(reply, str) else reply for reply in replies)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(self._app(), log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started:
            assert time.monotonic() < deadline, "the scripted server does not start"
            time.sleep(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/v1/chat/completions")
        async def complete(request: Request) -> Response:
            body = await request.json()
            self.requests.append(body | {"authorization": request.headers.get("authorization", "")})
            if not self.structured and "response_format" in body:
                return JSONResponse({"error": {"message": "response_format is not supported"}}, status_code=400)
            reply = self.replies.popleft() if len(self.replies) > 1 else self.replies[0]
            await asyncio.sleep(reply.delay_seconds)
            if reply.status != 200:
                return JSONResponse({"error": {"message": reply.error_text}}, status_code=reply.status)
            if reply.raw is not None:
                return Response(reply.raw, media_type="text/event-stream" if body.get("stream") else "application/json")
            if body.get("stream"):
                return StreamingResponse(self._stream(reply), media_type="text/event-stream")
            return JSONResponse(_whole(reply))

        return app

    async def _stream(self, reply: Reply) -> AsyncIterator[str]:
        size = reply.piece_chars
        pieces = [reply.text[start : start + size] for start in range(0, len(reply.text), size)]
        for number, piece in enumerate(pieces):
            if reply.cut_after is not None and number >= reply.cut_after:
                raise ConnectionResetError
            await asyncio.sleep(reply.pause_seconds)
            self.sent_at.append(time.monotonic())
            yield _event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}}]})
        if reply.finish is not None:
            yield _event({"choices": [{"index": 0, "delta": {}, "finish_reason": reply.finish}]})
            if reply.usage is not None:
                yield _event({"choices": [], "usage": _usage(reply)})
            yield "data: [DONE]\n\n"


def _event(fields: dict[str, Any]) -> str:
    frame = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted", **fields}
    return f"data: {json.dumps(frame)}\n\n"


def _usage(reply: Reply) -> dict[str, int]:
    given, written = reply.usage or (0, 0)
    return {"prompt_tokens": given, "completion_tokens": written, "total_tokens": given + written}


def _whole(reply: Reply) -> dict[str, Any]:
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": reply.text},
        "finish_reason": reply.finish or "stop",
    }
    return {
        "id": "scripted",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
        "usage": _usage(reply),
    }


def claims_json(*claims: tuple[str, list[int]]) -> str:
    """An answer as the schema wants it."""
    return json.dumps({"claims": [{"text": text, "sources": sources} for text, sources in claims]}, ensure_ascii=False)


def claims_lines(*claims: tuple[str, list[int]]) -> str:
    """The same as marked lines."""
    return "\n".join(f"- {text} {''.join(f'[{number}]' for number in sources)}" for text, sources in claims)
