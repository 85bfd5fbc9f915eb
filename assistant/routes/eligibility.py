"""Whether a company may take part."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from assistant.contract.eligibility import (
    ELIGIBILITY_EXAMPLES,
    ELIGIBILITY_REQUEST_EXAMPLES,
    EligibilityRequest,
    EligibilityResponse,
)
from assistant.routes.context import Context
from assistant.routes.description import problems


def routes(context: Context) -> APIRouter:
    """The check of a company's profile."""
    router = APIRouter(tags=["records"])

    @router.post(
        "/api/eligibility",
        summary="May this company take part? · 신청 자격 확인",
        responses={
            200: {"content": {"application/json": {"examples": ELIGIBILITY_EXAMPLES}}},
            **problems(404, 413, 422),
        },
    )
    def check_eligibility(
        body: Annotated[EligibilityRequest, Body(openapi_examples=ELIGIBILITY_REQUEST_EXAMPLES)],
    ) -> EligibilityResponse:
        """Each program's conditions set against a profile by rules, never by a model; an unknown profile field is refused by name."""
        if body.document_id is not None:
            context.document(body.document_id)
        records = context.store.records(document_id=body.document_id)
        return EligibilityResponse.of(body, records, context.documents(), context.settings.today())

    return router
