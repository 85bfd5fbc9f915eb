"""Approved answers, to be used again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from assistant.contract.citations import CitationModel
from assistant.contract.fields import IsoDay, RequestModel
from assistant.desk.contract.drafts import CheckedClaim
from assistant.desk.contract.fields import Version
from assistant.types import Language

AnswerState = Literal["current", "flagged", "expired", "retired"]
FlagCode = Literal["document_changed", "quote_moved", "document_superseded", "document_removed", "expired"]


class AnswerFlag(BaseModel):
    """Why an approved answer should be looked at again."""

    code: FlagCode
    document_id: str | None
    explanation: dict[Language, str]


class ApprovedAnswerModel(BaseModel):
    """An approved answer that can be used again."""

    answer_id: str
    inquiry_id: str | None
    language: Language
    question: str
    text: str
    claims: list[CheckedClaim]
    citations: list[CitationModel]
    state: AnswerState
    flags: list[AnswerFlag]
    valid_until: date | None
    approved_by: str
    approved_at: datetime
    used: Annotated[int, Field(description="How often it was taken for another inquiry.")]
    version: int


class ApprovedAnswersResponse(BaseModel):
    """Approved answers, newest first."""

    answers: list[ApprovedAnswerModel]
    total: int


class SimilarAnswer(BaseModel):
    """An approved answer to a similar question."""

    answer: ApprovedAnswerModel
    similarity: Annotated[float, Field(description="0 to 1; how alike the two questions are.")]


class SimilarAnswersResponse(BaseModel):
    """Best first; flagged ones are offered too, with their flags. Expired and retired ones are not."""

    answers: list[SimilarAnswer]


class ApprovedAnswerChange(RequestModel):
    """What is to change; what is left out stays, and null takes ``valid_until`` off."""

    version: Version
    valid_until: IsoDay | None = None
    retired: Annotated[bool | None, Field(strict=True)] = None
    confirmed: Annotated[
        bool,
        Field(
            strict=True, description="Looked at again: the documents as they are now count. 422 if a quotation is gone."
        ),
    ] = False
