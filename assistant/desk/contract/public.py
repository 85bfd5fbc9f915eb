"""Inquiries from the side of those who ask."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from assistant.contract.citations import CitationModel
from assistant.contract.fields import RequestModel, Text
from assistant.types import Language

PublicStatus = Literal["received", "in_progress", "answered", "returned"]


class InquiryRequest(RequestModel):
    """A question handed over to the center."""

    question: Annotated[Text, Field(min_length=1, description="Limited by ANNAE_MAX_QUESTION_CHARS.")]
    language: Annotated[Language | None, Field(description="Language of the reply; the question's if null.")] = None
    conversation_id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")] = None
    email: Annotated[str | None, Field(max_length=254, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$")] = None
    phone: Annotated[str | None, Field(max_length=30, pattern=r"^[0-9+() .-]{7,30}$")] = None
    consent: Annotated[
        bool, Field(strict=True, description="Required to be true where an e-mail or phone is given.")
    ] = False
    consent_version: Annotated[
        str | None, Field(max_length=40, description="Which consent text was shown, such as 2026-11.")
    ] = None

    @model_validator(mode="after")
    def _contact_needs_consent(self) -> Self:
        if (self.email or self.phone) and not (self.consent and self.consent_version):
            raise ValueError("to keep an e-mail address or telephone number, consent and consent_version are needed")
        return self


class InquiryReceipt(BaseModel):
    """Where to look the inquiry up. It is shown once; nobody can guess it."""

    reference: Annotated[str, Field(description="Such as A7K2-9QXM.")]
    status: PublicStatus
    created: datetime


class InquiryLookup(BaseModel):
    """How far an inquiry is; no personal data. ``answer`` once it was sent, ``reason`` if it was returned."""

    reference: str
    status: PublicStatus
    language: Language
    created: datetime
    answered: datetime | None
    answer: str | None
    sources: Annotated[list[CitationModel], Field(description="In the answer's numbering.")]
    reason: str | None


class InquiryTerms(BaseModel):
    """What an inquirer must know before consenting, and the inquiry that was asked for."""

    retention_days: Annotated[int, Field(description="How long an inquiry is kept after it was answered or returned.")]
    inquiries: Annotated[
        list[InquiryLookup], Field(description="The one of the reference in the address; empty where nobody has it.")
    ] = []
