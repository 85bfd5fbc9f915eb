"""Who may call what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response

from assistant.contract.problems import Problem
from assistant.desk.contract.accounts import Role
from assistant.desk.desk import Desk
from assistant.desk.sessions import Session
from assistant.errors import ForbiddenError, SignInError

COOKIE = "annae_desk"
CSRF_HEADER = "x-csrf-token"
NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_SAFE = ("GET", "HEAD")
_TEXTS = {
    401: "Nobody is signed in, or the session has ended.",
    403: "This account may not do that, or X-CSRF-Token or Origin is wrong.",
    404: "There is no such thing, or it was removed.",
    409: "Somebody else changed it meanwhile; `version` is the one now.",
    413: "The upload is over ANNAE_MAX_UPLOAD_MB.",
    422: "The request is not valid, or cannot be done as things stand; `errors` names what is in the way.",
    429: "Too many attempts; Retry-After says how long to wait.",
    500: "Something broke here; the reason is in the server's log.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for its description."""
    return {status: {"model": Problem, "description": _TEXTS[status]} for status in sorted({*statuses, 500})}


def guarded(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for a route that needs a signed-in officer."""
    return problems(401, 403, *statuses)


def never_stored(response: Response) -> None:
    """No browser and no proxy keeps what the desk says."""
    response.headers.update(NO_STORE)


class Access:
    """Finds the session of a request and refuses what its account may not do."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def require(self, role: Role) -> Callable[[Request], Session]:
        """A dependency that gives the session of an account with at least this role."""

        def signed_in(request: Request) -> Session:
            check_origin(request)
            # A page that is merely open reports itself; that keeps no session alive.
            in_use = not request.url.path.endswith("/presence")
            session = self._desk.sessions.session(request.cookies.get(COOKIE, ""), in_use=in_use)
            if session is None:
                raise SignInError("session", "nobody is signed in", "Sign in and send the request again")
            if request.method not in _SAFE and not session.is_csrf_token(request.headers.get(CSRF_HEADER, "")):
                raise ForbiddenError("X-CSRF-Token", "it is missing or another session's", "Load the session again")
            if not session.account.may(role):
                raise ForbiddenError(request.url.path[:200], f"it needs the role {role}", "Ask an admin of the desk")
            return session

        return signed_in

    def current(self, request: Request) -> Session | None:
        """The session of a request, if there is one; for routes that anyone may call."""
        return self._desk.sessions.session(request.cookies.get(COOKIE, ""), in_use=False)


def check_origin(request: Request) -> None:
    """Refuse what another site's page sends. Raises ForbiddenError."""
    origin = request.headers.get("origin")
    if request.method in _SAFE or origin is None:
        return
    if urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise ForbiddenError("Origin", "the request comes from another site", "Use the desk's own page")


def address(request: Request) -> str:
    """Where a request comes from, for counting attempts."""
    return request.client.host if request.client else "unknown"
