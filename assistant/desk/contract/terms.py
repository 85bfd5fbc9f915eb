"""The termbase's editor."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from assistant.contract.fields import RequestModel, Text

Forms = Annotated[list[Annotated[Text, Field(min_length=1, max_length=150)]], Field(max_length=30)]


class TermModel(BaseModel):
    """An entry of the termbase; preferred forms first."""

    term_id: Annotated[str, Field(description="Good for this digest of the termbase only.")]
    kind: str
    ko: list[str]
    en: list[str]
    abbr: list[str]
    official: bool
    source: str
    note: str


class TermRequest(RequestModel):
    """An entry to add, or to put in another's place."""

    digest: Annotated[str, Field(max_length=64, description="Of the termbase that was shown; another one is a 409.")]
    kind: Annotated[Text, Field(max_length=30)] = "general"
    ko: Annotated[Forms, Field(min_length=1)]
    en: Annotated[Forms, Field(min_length=1)]
    abbr: Forms = []  # noqa: RUF012 (pydantic copies it)
    official: Annotated[bool, Field(strict=True)] = False
    source: Annotated[Text, Field(max_length=500)] = ""
    note: Annotated[Text, Field(max_length=500)] = ""


class TermsResponse(BaseModel):
    """Entries that hold the words searched for, in the file's order."""

    terms: list[TermModel]
    total: int
    digest: str
    kinds: Annotated[list[str], Field(description="What `kind` may be.")]


class TermsImported(BaseModel):
    """The termbase after an import or a change."""

    entries: int
    digest: str
