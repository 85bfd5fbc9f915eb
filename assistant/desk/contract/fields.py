"""What several of the desk's objects are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

InquiryStatus = Literal["new", "in_progress", "approved", "sent", "returned"]
Topic = Literal["financing", "eligibility", "programs", "tenders", "events", "contacts", "other"]
Version = Annotated[int, Field(ge=1, strict=True, description="The version that was edited; another one is a 409.")]
