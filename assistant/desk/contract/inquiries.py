"""Inquiries at the desk: the queue, an inquiry opened, and what officers do with it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from assistant.contract.fields import RequestModel, Text
from assistant.desk.contract.accounts import AuditEntry, OfficerModel
from assistant.desk.contract.drafts import DraftModel
from assistant.desk.contract.fields import InquiryStatus, Topic, Version
from assistant.types import Language

Channel = Literal["copy", "email", "docx", "pdf", "phone"]
ExportFormat = Literal["text", "email", "docx", "pdf"]
PresenceState = Literal["viewing", "editing"]


class ContactModel(BaseModel):
    """How the inquirer may be reached; shown at the desk only."""

    email: str | None
    phone: str | None
    consent_version: str | None


class ConversationTurn(BaseModel):
    """One message of the conversation that was handed over."""

    role: Literal["user", "assistant"]
    content: str


class InquirySummary(BaseModel):
    """An inquiry in the queue."""

    inquiry_id: str
    reference: str
    status: InquiryStatus
    language: Language
    topic: Topic
    question: str
    created: datetime
    updated: datetime
    assigned_to: OfficerModel | None
    has_contact: bool
    version: int


class QueueCounts(BaseModel):
    """How many inquiries there are, whatever the filters."""

    status: dict[InquiryStatus, int]
    language: dict[Language, int]
    topic: dict[Topic, int]
    mine: int
    unassigned: Annotated[int, Field(description="Open ones that nobody has taken.")]


class QueueResponse(BaseModel):
    """Inquiries that pass the filters, oldest open ones first unless asked otherwise."""

    inquiries: list[InquirySummary]
    total: Annotated[int, Field(description="How many pass the filters, on all pages.")]
    counts: QueueCounts


class PresentOfficer(BaseModel):
    """Who else has the inquiry open now."""

    officer: OfficerModel
    state: PresenceState
    since: datetime


class InquiryModel(InquirySummary):
    """An inquiry opened."""

    contact: ContactModel | None
    conversation: list[ConversationTurn]
    drafts: Annotated[dict[Language, DraftModel], Field(description="At most one a language.")]
    approved_by: OfficerModel | None
    approved_language: Language | None
    sent_at: datetime | None
    channel: Channel | None
    return_reason: str | None
    present: Annotated[list[PresentOfficer], Field(description="The others, not oneself.")]


class InquiryChange(RequestModel):
    """What is to change; what is left out stays, and null empties ``assigned_to``."""

    version: Version
    assigned_to: Annotated[str | None, Field(max_length=32, description="An account's id.")] = None
    topic: Topic | None = None


class SendRequest(RequestModel):
    """Say that the approved answer was sent, and how. The inquirer can read it by the reference from then on."""

    version: Version
    channel: Channel


class ReturnRequest(RequestModel):
    """Give the inquiry back: to a colleague to work on again, or to the inquirer with a reason they will read."""

    version: Version
    to: Literal["officer", "inquirer"]
    reason: Annotated[Text, Field(min_length=1, max_length=2000)]


class PresenceRequest(RequestModel):
    """A sign of life, to be sent every ten seconds while the inquiry is open."""

    state: PresenceState = "viewing"


class PresenceResponse(BaseModel):
    """Who else has it open, and its version now, so that a change by another is noticed."""

    present: list[PresentOfficer]
    version: int


class InquiryHistory(BaseModel):
    """What was done with an inquiry, oldest first."""

    entries: list[AuditEntry]
