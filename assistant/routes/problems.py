"""Errors as problem details (RFC 9457): every one a JSON object, or a page for a browser that opened one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.contract.fields import without_controls
from assistant.contract.problems import InvalidPart, Problem
from assistant.error_messages import in_language
from assistant.errors import (
    AnnaeError,
    ConflictError,
    DataFolderBusyError,
    ForbiddenError,
    IngestError,
    NotFoundError,
    RefusedError,
    SignInError,
    TooManyAttemptsError,
)
from assistant.routes.headers import NO_SNIFFING
from assistant.routes.interface_language import interface_language
from assistant.types import Language

_log = logging.getLogger("annae.http")
# Whatever is not listed is our own failure: 500, told to the log and not to the reader.
_STATUS_BY_ERROR: tuple[tuple[type[Exception], int], ...] = (
    (NotFoundError, 404),
    (SignInError, 401),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (RefusedError, 422),
    (TooManyAttemptsError, 429),
    (IngestError, 422),
    (DataFolderBusyError, 503),
    (TimeoutError, 504),
)
PROBLEM_TYPE = "application/problem+json"
_MAX_ECHO_CHARS = 200
_MAX_ERRORS = 20


def add_error_handlers(app: FastAPI, error_page: Callable[[Request, Problem], Response]) -> None:
    """Every error is a problem; a browser that opens a page gets it as a page."""

    def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
        wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
        return error_page(request, problem) if wants_page else respond(problem, headers)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        language = interface_language(request)
        wrong = [_invalid_part(part, language) for part in error.errors()[:_MAX_ERRORS]]
        detail = "; ".join(f"{part.where}: {part.problem}" for part in wrong[:3])
        title = in_language("The request is not valid", language)
        return answer(request, Problem(title=title, status=422, detail=detail, errors=wrong))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        try:
            title = HTTPStatus(error.status_code).phrase
        except ValueError:
            title = "The request failed"
        language = interface_language(request)
        detail = f"{request.method} {echo(request.url.path)}: {in_language(error.detail, language)}"
        problem = Problem(title=in_language(title, language), status=error.status_code, detail=detail)
        return answer(request, problem, dict(error.headers or {}))

    def _failed(request: Request, error: Exception) -> Response:
        waiting = {"retry-after": str(error.seconds)} if isinstance(error, TooManyAttemptsError) else None
        what = f"{request.method} {echo(request.url.path)}"
        return answer(request, problem_of(error, what, interface_language(request)), waiting)

    for kind in (AnnaeError, TimeoutError, Exception):
        app.add_exception_handler(kind, _failed)


def problem_of(error: Exception, what: str, language: Language) -> Problem:
    """An error as a problem in ``language``: the caller's own mistakes in full, ours only in the log, where ``what`` failed."""
    status = next((code for kind, code in _STATUS_BY_ERROR if isinstance(error, kind)), 500)
    if status == 504:
        return problem_in(language, 504, "It took too long", "No answer in the time allowed. Please try again.")
    if isinstance(error, AnnaeError) and status < 500:
        subject, title, remedy = (in_language(said, language) for said in (error.subject, error.problem, error.remedy))
        problem = Problem(title=title, status=status, detail=echo(f"{subject}: {title}. {remedy}.", 1000))
        if isinstance(error, ConflictError):
            problem.version = error.version
        if isinstance(error, RefusedError):
            problem.errors = [
                InvalidPart(where=echo(where), problem=echo(in_language(said, language), 400))
                for where, said in error.parts
            ]
        return problem
    _log.error("%s failed", what, exc_info=error)
    if status == 503:
        return problem_in(language, 503, "Busy", "The service is at work on its data. Please try again.")
    return problem_in(language, 500, "Something broke here", "The reason is in the server's log.")


def problem_in(language: Language, status: int, title: str, detail: str) -> Problem:
    """A problem of our own English words, told in ``language``."""
    return Problem(title=in_language(title, language), status=status, detail=in_language(detail, language))


def respond(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The problem as JSON, under its own status and media type."""
    return JSONResponse(
        problem.members(), status_code=problem.status, media_type=PROBLEM_TYPE, headers=NO_SNIFFING | (headers or {})
    )


def _invalid_part(error: dict[str, Any], language: Language) -> InvalidPart:
    where = echo(".".join(str(part) for part in error["loc"]))
    match error["type"]:
        case "extra_forbidden":
            problem = "there is no such field"
        case "missing":
            problem = "it is required"
        case "json_invalid":
            problem = f"not JSON ({error.get('ctx', {}).get('error', 'malformed')})"
        case _:
            problem = str(error["msg"]).removeprefix("Value error, ")
    return InvalidPart(where=where, problem=echo(in_language(problem, language)))


def echo(text: str, limit: int = _MAX_ECHO_CHARS) -> str:
    """What a caller sent, fit to be sent back: short, without control characters and lone surrogates."""
    return without_controls(text[:limit]).encode("utf-8", "replace").decode("utf-8")
