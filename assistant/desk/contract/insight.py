"""What people ask and how it ends."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from assistant.desk.contract.fields import InquiryStatus
from assistant.types import Language


class StatusShare(BaseModel):
    """How questions of one group ended."""

    group: str
    total: int
    answered: int
    partial: int
    refused: Annotated[int, Field(description="No evidence, out of scope, declined or to be clarified.")]


class DayCount(BaseModel):
    """Questions of one day, in the service's time zone."""

    day: date
    total: int
    answered: int
    partial: int
    refused: int


class CitedDocument(BaseModel):
    """A document and how many answers cite it."""

    document_id: str
    title: str
    answers: int


class UnansweredCluster(BaseModel):
    """Questions alike that the documents did not answer."""

    label: Annotated[str, Field(description="What they ask for, in the words of the search.")]
    concepts: Annotated[list[str], Field(description="What was searched for, most frequent first.")]
    questions: Annotated[list[str], Field(description="Examples, personal data masked.")]
    size: int
    languages: dict[Language, int]
    last_asked: date
    would_answer: Annotated[
        dict[Language, str], Field(description="Which document would have answered these, in both languages.")
    ]
    nearest: Annotated[list[str], Field(description="Titles of the documents that came nearest.")]


class FeedbackCount(BaseModel):
    """What readers said of answers."""

    helpful: int
    not_helpful: int
    reasons: Annotated[list[str], Field(description="Latest first, personal data masked.")]


class InsightModel(BaseModel):
    """What people ask and how it ends."""

    since: date
    until: date
    retention_days: int
    total: int
    days: list[DayCount]
    by_language: list[StatusShare]
    by_topic: list[StatusShare]
    most_cited: list[CitedDocument]
    unanswered: list[UnansweredCluster]
    feedback: FeedbackCount
    inquiries: Annotated[dict[InquiryStatus, int], Field(description="Inquiries received in this time, by status.")]
