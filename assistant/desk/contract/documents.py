"""Documents, corrections of them and of records, and work in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from assistant.contract.documents import DocumentModel
from assistant.contract.fields import RequestModel, Text
from assistant.types import DocumentKind

JobState = Literal["waiting", "running", "done", "failed"]
JobItemState = Literal["waiting", "added", "replaced", "unchanged", "removed", "indexed", "failed"]


class DocumentCorrection(RequestModel):
    """Corrections of what is known about a document; they survive taking it in again. Null takes a correction back."""

    title: Annotated[Text | None, Field(min_length=1, max_length=500)] = None
    publisher: Annotated[Text | None, Field(min_length=1, max_length=200)] = None
    published: Annotated[
        str | None, Field(max_length=20, description="As exact as it is known: 2019-07-08, 2019-07 or 2019.")
    ] = None
    kind: DocumentKind | None = None


class DeskDocument(BaseModel):
    """A document with what the desk knows of it."""

    document: DocumentModel
    corrected: Annotated[list[str], Field(description="Fields that an officer corrected.")]
    approved_answers: Annotated[int, Field(description="How many approved answers cite it.")]
    preview_url: str
    health_url: str


class DeskDocumentsResponse(BaseModel):
    """All documents, by source name."""

    documents: list[DeskDocument]


class JobItem(BaseModel):
    """One file of a job."""

    name: str
    state: JobItemState
    code: Annotated[str | None, Field(description="The error's name, such as EncryptedFileError.")]
    problem: Annotated[str | None, Field(description="What is wrong and what to do about it.")]
    locked: Annotated[bool, Field(description="Sent again with the right `password`, it can be read.")] = False


class JobModel(BaseModel):
    """Work in the background."""

    job_id: str
    kind: Literal["ingest", "replace", "reindex", "remove"]
    state: JobState
    done: int
    total: int
    items: list[JobItem]
    problem: str | None
    started_by: str
    created: datetime
    finished: datetime | None


class JobsResponse(BaseModel):
    """Latest first."""

    jobs: list[JobModel]


class RecordCorrection(RequestModel):
    """Corrections of a record's fields. Null takes a correction back."""

    fields: Annotated[dict[str, Any], Field(min_length=1, max_length=20)]


class CorrectedRecord(BaseModel):
    """A record's corrections after the change."""

    record_id: str
    corrections: dict[str, Any]
