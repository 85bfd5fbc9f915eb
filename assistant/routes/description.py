"""How the interface describes itself: OpenAPI, with errors as the problems that they are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from assistant.contract.problems import InvalidPart, Problem
from assistant.routes.problems import PROBLEM_TYPE

_TEXTS = {
    401: "Nobody is signed in.",
    403: "This account may not do that.",
    404: "There is no such document or page.",
    409: "Somebody else changed it meanwhile.",
    413: "The body is over ANNAE_MAX_REQUEST_KB.",
    422: "The request is not valid; `errors` names every field that is wrong.",
    429: "Too many attempts; Retry-After says how long to wait.",
    500: "Something broke here; the reason is in the server's log.",
    504: "No answer within ANNAE_REQUEST_TIMEOUT_SECONDS.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for its description."""
    return {status: {"model": Problem, "description": _TEXTS[status]} for status in (*statuses, 500)}


class DescribedApp(FastAPI):
    """The application with its name, its groups of routes, and a description that tells errors as ``application/problem+json``."""

    def __init__(self, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> None:
        super().__init__(
            title="Annae (안내)",
            version="1",
            summary="Cited answers from Korean and English policy documents. 한국어·영어 정책 문서에 근거한 답변.",
            description="Every sentence of an answer carries a verbatim quotation: `page.text[start:end] == quote`. "
            "Errors are problem details (RFC 9457). Dates are ISO 8601.\n\n"
            "답변의 모든 문장에 원문 인용이 붙습니다. 오류는 problem details(RFC 9457), 날짜는 ISO 8601 형식입니다.",
            lifespan=lifespan,
            docs_url=None,
            redoc_url=None,
            openapi_tags=[
                {"name": "answers", "description": "Questions and answers · 질문과 답변"},
                {"name": "documents", "description": "Passages, documents and their pages · 검색과 문서"},
                {"name": "records", "description": "Events, programs, tenders and tasks · 행사, 지원사업, 입찰, 과제"},
                {"name": "inquiries", "description": "Questions handed over to the center · 센터 문의"},
                {"name": "desk", "description": "For signed-in officers · 담당자용"},
                {"name": "service", "description": "For those who run it · 운영"},
            ],
        )

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document. FastAPI only knows one media type a route, so that of errors is put right here."""
        if self.openapi_schema:
            return self.openapi_schema
        schema = super().openapi()
        reference = {"$ref": "#/components/schemas/Problem"}
        for operations in schema["paths"].values():
            for operation in operations.values():
                # FastAPI's own 422 is for routes that say nothing of it: those on which no parameter can be wrong.
                if "HTTPValidationError" in str(operation["responses"].get("422")):
                    del operation["responses"]["422"]
                for status, response in operation["responses"].items():
                    if response.get("content", {}).get("application/json", {}).get("schema") == reference:
                        response["content"] = {PROBLEM_TYPE: {"schema": reference, "example": _example(int(status))}}
        for unused in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(unused, None)
        return schema


def _example(status: int) -> dict[str, Any]:
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=_TEXTS[status])
    if status == 422:
        part = InvalidPart(where="body.questoin", problem="there is no such field")
        problem = Problem(
            title="The request is not valid", status=422, detail=f"{part.where}: {part.problem}", errors=[part]
        )
    return problem.members()
