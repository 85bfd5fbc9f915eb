"""What every part of the HTTP contract uses: citations, and text and days as callers may send them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from assistant.types import Citation, Language

# What no reader can see and some databases refuse, and halves of characters that no encoding can carry; tabs and line ends stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def without_controls(text: str) -> str:
    """``text`` without control characters and lone surrogates."""
    return _CONTROL.sub("", text)


def _iso_day(value: object) -> object:
    # Left to itself pydantic also takes seconds since 1970 and dates with a time.
    if value is None or isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise ValueError("a date is written YYYY-MM-DD")


Text = Annotated[str, AfterValidator(without_controls)]
IsoDay = Annotated[date, BeforeValidator(_iso_day)]


class CitationModel(BaseModel):
    """A verbatim span of a stored page: ``page.text[start:end] == quote``."""

    number: int
    document_id: str
    chunk_id: str
    title: str
    publisher: str | None
    published: Annotated[str | None, Field(description="ISO 8601, as exact as it is known: 2019-07-08, 2019-07, 2019.")]
    language: Language
    page: int
    section: list[str]
    quote: str
    start: int
    end: int
    url: Annotated[str, Field(description="The document's readable view, scrolled to the highlighted quotation.")]

    @classmethod
    def of(cls, citation: Citation) -> CitationModel:
        """The citation as HTTP shows it."""
        document = citation.document
        return cls(
            number=citation.number,
            document_id=document.document_id,
            chunk_id=citation.chunk_id,
            title=document.title,
            publisher=document.publisher,
            published=document.published.isoformat() if document.published else None,
            language=document.language,
            page=citation.page,
            section=list(citation.section),
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            url=document_url(document.document_id, citation.page, citation.start, citation.end),
        )


def document_url(document_id: str, page: int, start: int, end: int) -> str:
    """The path of a document's readable view with ``start:end`` of a page highlighted."""
    return f"/documents/{document_id}?page={page}&start={start}&end={end}#cited"
