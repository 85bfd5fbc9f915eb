"""What stands before every route: the limit on bodies, and who may ask from another site."""

from __future__ import annotations

import re

import anyio
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.routes.interface_language import interface_language
from assistant.routes.problems import problem_in, respond
from assistant.settings import Settings

_CROSS_ORIGIN_PATHS = ("/api/chat", "/api/feedback", "/api/eligibility", "/api/inquiries", "/api/suggestions")
_LOOKUP_PATH = "/api/inquiries/"
# Bodies that may be large: they are not kept in memory, and read only when the route knows who sends them.
_UPLOAD_PATH = re.compile(r"/api/desk/(?:documents|documents/[^/]+/file|terms/import)")


def add_limits(app: FastAPI, settings: Settings) -> None:
    """Put the limits of ``settings`` before the routes of ``app``."""
    app.add_middleware(
        _BodyLimit,
        max_bytes=settings.max_request_kb * 1024,
        max_upload_bytes=settings.max_upload_mb * 1_000_000,
        timeout_seconds=settings.request_timeout_seconds,
    )
    if settings.cors_origins:
        app.add_middleware(_CrossOrigin, origins=settings.cors_origins)


class _CrossOrigin:
    """Lets pages of the named origins ask, check eligibility, hand over and send feedback; every other route stays with its own origin."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._opened = CORSMiddleware(
            app, allow_origins=origins, allow_methods=["POST"], allow_headers=["content-type"], max_age=3600
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        opened = path in _CROSS_ORIGIN_PATHS or path.startswith(_LOOKUP_PATH)
        await (self._opened if opened else self._app)(scope, receive, send)


class _BodyLimit:
    """Refuses bodies over a limit, counted as they arrive, and those that do not arrive in time."""

    def __init__(self, app: ASGIApp, max_bytes: int, max_upload_bytes: int, timeout_seconds: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._max_upload_bytes = max_upload_bytes
        self._timeout_seconds = timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        if _UPLOAD_PATH.fullmatch(scope["path"]):
            await self._app(scope, self._counted(receive), send)
            return
        language = interface_language(HTTPConnection(scope))
        try:
            with anyio.fail_after(self._timeout_seconds):
                body = await self._read(receive)
        except TimeoutError:
            problem = problem_in(language, 408, "Request Timeout", "The body did not arrive in time.")
            await respond(problem)(scope, receive, send)
            return
        if body is None:
            limit = f"The body is over {self._max_bytes // 1024} KiB."
            problem = problem_in(language, 413, "The body is too large", limit)
            # The rest is not read, so the connection cannot be used again.
            await respond(problem, {"connection": "close"})(scope, receive, send)
            return
        delivered = False

        async def replay() -> Message:
            nonlocal delivered
            if delivered:
                return await receive()
            delivered = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    def _counted(self, receive: Receive) -> Receive:
        """The parts of an upload as they arrive, each in time, until they are over its limit."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            try:
                with anyio.fail_after(self._timeout_seconds):
                    part = await receive()
            except TimeoutError as error:
                raise HTTPException(408, "The body did not arrive in time.") from error
            taken += len(part.get("body", b""))
            if taken > self._max_upload_bytes:
                limit = f"The upload is over {self._max_upload_bytes // 1_000_000} MB."
                raise HTTPException(413, limit, headers={"connection": "close"})
            return part

        return counted

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body, or ``None`` as soon as it is over the limit."""
        body = bytearray()
        while True:
            part = await receive()
            if part["type"] != "http.request":
                # The client went away; what it sent is as good as nothing, and nobody reads the reply.
                return bytes(body)
            body += part.get("body", b"")
            if len(body) > self._max_bytes:
                return None
            if not part.get("more_body", False):
                return bytes(body)
