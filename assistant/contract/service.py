"""Whether the service is alive and ready."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class HealthModel(BaseModel):
    """The process is alive."""

    status: Literal["ok"] = "ok"


class ReadyModel(BaseModel):
    """Whether questions can be answered."""

    status: Literal["ready", "not_ready"]
    documents: Annotated[int, Field(description="Documents stored.")]
    waiting: Annotated[int, Field(description="Documents not yet indexed.")]
