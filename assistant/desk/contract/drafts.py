"""Drafts of replies: sentences, what they cite, and what their check found."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from assistant.contract.answers import NoticeModel
from assistant.contract.citations import CitationModel
from assistant.contract.fields import IsoDay, RequestModel, Text
from assistant.desk.contract.fields import Version
from assistant.types import AnswerStatus, Language

Check = Literal["supported", "partly", "not", "note"]

MAX_CLAIMS = 60
MAX_CLAIM_CHARS = 2000


class SpanModel(RequestModel):
    """A place in a stored page. The server reads the words there itself."""

    document_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
    page: Annotated[int, Field(ge=1, le=2**31 - 1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    older_version: Annotated[
        int | None, Field(ge=1, le=2**31 - 1, description="As a citation of the draft gives it; else left out.")
    ] = None


class EditedClaim(RequestModel):
    """A sentence and the places it rests on. A sentence with no place is the officer's own word (``note``)."""

    text: Annotated[Text, Field(min_length=1, max_length=MAX_CLAIM_CHARS)]
    citations: Annotated[list[SpanModel], Field(max_length=20)] = []  # noqa: RUF012 (pydantic copies it)


class CheckedClaim(BaseModel):
    """A sentence of a draft and what its check found."""

    text: str
    citations: Annotated[list[int], Field(description="Numbers of the draft's citations.")]
    check: Annotated[
        Check, Field(description="`note`: the officer's own word, which cites nothing. `not` cannot be approved.")
    ]
    reasons: Annotated[list[str], Field(description="Why it is not `supported`: codes, see docs/desk.md.")]
    explanation: Annotated[dict[Language, str], Field(description="The same for people, in both languages.")]
    edited: Annotated[bool, Field(description="Whether an officer wrote or changed it.")]


class DraftModel(BaseModel):
    """A cited draft in one language."""

    language: Language
    question: Annotated[str, Field(description="The question as it was asked of the documents.")]
    status: AnswerStatus
    mode: Annotated[str, Field(description="extractive, llm, edited or reused.")]
    as_of: date
    text: Annotated[str, Field(description="The sentences with their numbers, ready to be read.")]
    claims: list[CheckedClaim]
    citations: list[CitationModel]
    notices: list[NoticeModel]
    stale: Annotated[
        list[int], Field(description="Numbers of citations whose words no longer stand at their place.")
    ] = []


class AskRequest(RequestModel):
    """A fresh draft from the documents; it replaces the draft in that language."""

    version: Version
    question: Annotated[Text | None, Field(min_length=1, description="The inquirer's if null.")] = None
    language: Annotated[Language | None, Field(description="Language of the draft; the inquiry's if null.")] = None


class DraftRequest(RequestModel):
    """The whole draft as edited. Every sentence that changed is checked anew against its citations."""

    version: Version
    claims: Annotated[list[EditedClaim], Field(max_length=MAX_CLAIMS)]


class CheckRequest(RequestModel):
    """Sentences to check without saving them."""

    language: Language
    claims: Annotated[list[EditedClaim], Field(min_length=1, max_length=MAX_CLAIMS)]


class CheckResponse(BaseModel):
    """The sentences in the same order, and their citations numbered through."""

    claims: list[CheckedClaim]
    citations: list[CitationModel]


class ApproveRequest(RequestModel):
    """Approve one language's draft; refused (422) while a sentence's check says ``not`` or nothing is cited."""

    version: Version
    language: Language
    reusable: Annotated[bool, Field(strict=True, description="Keep it as an approved answer.")] = True
    valid_until: Annotated[IsoDay | None, Field(description="Last day on which the approved answer is offered.")] = None


class UseAnswerRequest(RequestModel):
    """Take an approved answer as this inquiry's draft in that answer's language."""

    version: Version
    answer_id: Annotated[str, Field(max_length=32)]


class PassageRequest(RequestModel):
    """A search for words to cite."""

    query: Annotated[Text, Field(min_length=1)]
    top_k: Annotated[int, Field(ge=1, le=30, strict=True)] = 8
    language: Annotated[Language | None, Field(description="Only documents in this language.")] = None


class PassageModel(BaseModel):
    """A passage found, with each of its lines ready to be cited."""

    title: str
    section: list[str]
    score: float
    lines: Annotated[list[CitationModel], Field(description="Verbatim, in reading order; `number` is 0.")]
    best: Annotated[int, Field(description="Index of the line that says most of the query.")]


class PassagesResponse(BaseModel):
    """Passages, best first."""

    passages: list[PassageModel]
