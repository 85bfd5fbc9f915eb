"""Health reports: what happened to each document."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from assistant.error_messages import in_language
from assistant.health_messages import finding_text
from assistant.index.health import DocumentHealth, Finding, FindingKind


class MessageModel(BaseModel):
    """A sentence in both languages."""

    ko: str
    en: str


class FindingModel(BaseModel):
    """One thing to know of a document."""

    kind: FindingKind
    warning: Annotated[bool, Field(description="Whether something should be done about it.")]
    pages: Annotated[list[int], Field(description="Where, counted from 1; empty for the document as a whole.")]
    number: Annotated[float | None, Field(description="A count, a confidence or a similarity (0 to 1), by kind.")]
    detail: Annotated[str | None, Field(description="A name, date, encoding or reason, by kind.")]
    other_document_id: Annotated[str | None, Field(description="The duplicate, or the newer document.")]
    at: Annotated[str | None, Field(description="When a file failed, ISO 8601.")]
    remedy: str | None
    remedy_text: Annotated[MessageModel | None, Field(description="The remedy in both languages.")]
    text: MessageModel

    @classmethod
    def of(cls, finding: Finding) -> FindingModel:
        """The finding as HTTP shows it."""
        return cls(
            kind=finding.kind,
            warning=finding.is_warning,
            pages=list(finding.pages),
            number=finding.number,
            detail=finding.detail,
            other_document_id=finding.other,
            at=finding.at,
            remedy=finding.remedy,
            remedy_text=MessageModel(ko=in_language(finding.remedy, "ko"), en=finding.remedy)
            if finding.remedy
            else None,
            text=MessageModel(ko=finding_text(finding, "ko"), en=finding_text(finding, "en")),
        )


class DocumentHealthModel(BaseModel):
    """The report on one document, or on a file that could not be taken in."""

    document_id: str
    name: Annotated[str, Field(description="The file's name in its folder; parent.zip/part for a part of an archive.")]
    title: Annotated[str | None, Field(description="None for a file that could not be taken in.")]
    status: Literal["ok", "attention", "failed"]
    as_of: date
    findings: list[FindingModel]

    @classmethod
    def of(cls, report: DocumentHealth, as_of: date) -> DocumentHealthModel:
        """The report as HTTP shows it."""
        return cls(
            document_id=report.document_id,
            name=report.name,
            title=report.document.title if report.document else None,
            status=report.status,
            as_of=as_of,
            findings=[FindingModel.of(finding) for finding in report.findings],
        )


class HealthReportsResponse(BaseModel):
    """A report for every document and every file that failed, by name."""

    documents: list[DocumentHealthModel]
