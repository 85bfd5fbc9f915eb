"""The objects that HTTP and ``--json`` speak (v1): one place that turns domain objects into them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.types import (
    Answer,
    AnswerStatus,
    Citation,
    Document,
    DocumentKind,
    Filters,
    Language,
    Question,
    ScoredChunk,
    Turn,
)

_MAX_TURNS = 40
_MAX_TURN_CHARS = 8000


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnModel(_Request):
    """One earlier message."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=_MAX_TURN_CHARS)]


class ChatRequest(_Request):
    """A question."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "중견기업은 시장개척자금을 몇 %까지 지원받나요?"},
                {"question": "How large is the PIS fund?", "as_of": "2026-11-22"},
            ]
        },
    )

    question: Annotated[str, Field(min_length=1, description="In Korean or English.")]
    history: Annotated[list[TurnModel], Field(max_length=_MAX_TURNS)] = []
    conversation_id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")] = None
    language: Annotated[Language | None, Field(description="Language of the answer; the question's if null.")] = None
    as_of: Annotated[date | None, Field(description="The date that counts as today; today if null.")] = None
    profile: Annotated[dict[str, Any] | None, Field(description="What is known of the asking company.")] = None

    def to_question(self, today: date) -> Question:
        """The question in our own words."""
        return Question(
            text=self.question,
            as_of=self.as_of or today,
            history=tuple(Turn(turn.role, turn.content) for turn in self.history),
            language=self.language,
            conversation_id=self.conversation_id,
            profile=self.profile,
        )


class ClaimModel(BaseModel):
    """A sentence and the numbers of its citations."""

    text: str
    citations: list[int]


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


class NoticeModel(BaseModel):
    """Something to know about the sources."""

    kind: str
    text: str


class AnswerModel(BaseModel):
    """An answer with its proof."""

    answer_id: str
    conversation_id: str
    status: AnswerStatus
    language: Language
    mode: Literal["extractive", "llm"]
    as_of: date
    text: str
    claims: list[ClaimModel]
    citations: list[CitationModel]
    notices: list[NoticeModel]
    records: list[dict[str, Any]]
    suggestions: list[str]
    contact: str | None

    @classmethod
    def of(cls, answer: Answer) -> AnswerModel:
        """The answer as HTTP and ``annae ask --json`` show it."""
        return cls(
            answer_id=answer.answer_id,
            conversation_id=answer.conversation_id,
            status=answer.status,
            language=answer.language,
            mode=answer.mode,
            as_of=answer.as_of,
            text=answer.text,
            claims=[ClaimModel(text=claim.text, citations=list(claim.citations)) for claim in answer.claims],
            citations=[CitationModel.of(citation) for citation in answer.citations],
            notices=[NoticeModel(kind=notice.kind, text=notice.text) for notice in answer.notices],
            records=[],
            suggestions=list(answer.suggestions),
            contact=answer.contact,
        )


class FiltersModel(_Request):
    """Limits on the documents searched."""

    language: Language | None = None
    kind: DocumentKind | None = None
    publisher: str | None = None
    published_from: date | None = None
    published_to: date | None = None

    def to_filters(self) -> Filters:
        """The filters in our own words."""
        return Filters(self.language, self.kind, self.publisher, self.published_from, self.published_to)


class SearchRequest(_Request):
    """A search for passages."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"query": "무보 특별계정", "top_k": 5},
                {"query": "K-City Network", "filters": {"language": "en"}},
            ]
        },
    )

    query: Annotated[str, Field(min_length=1)]
    top_k: Annotated[int, Field(ge=1, le=100)] = 10
    filters: FiltersModel = FiltersModel()
    as_of: date | None = None
    explain: Annotated[bool, Field(description="Also say how the query was understood.")] = False


class HitModel(BaseModel):
    """A passage found."""

    document_id: str
    chunk_id: str
    source: Annotated[str, Field(description="The ingested file's name.")]
    title: str
    page: int
    section: list[str]
    text: str
    score: Annotated[float, Field(description="0 to 1; compares across queries.")]
    ranks: Annotated[dict[str, int], Field(description="Rank in each leg that found it, from 1.")]
    leg_scores: dict[str, float]
    url: str

    @classmethod
    def of(cls, hit: ScoredChunk) -> HitModel:
        """The hit as HTTP and ``annae search --json`` show it."""
        first = hit.chunk.spans[0]
        return cls(
            document_id=hit.document.document_id,
            chunk_id=hit.chunk.chunk_id,
            source=hit.document.source,
            title=hit.document.title,
            page=hit.chunk.page,
            section=list(hit.chunk.section),
            text=hit.chunk.text,
            score=hit.score,
            ranks=hit.ranks,
            leg_scores=hit.leg_scores,
            url=document_url(hit.document.document_id, first.page, first.start, first.end),
        )


class ConceptModel(BaseModel):
    """One thing the query asks for, and the words by which each language may say it."""

    text: str
    alternatives: dict[str, list[str]]


class SearchResponse(BaseModel):
    """Passages, best first."""

    hits: list[HitModel]
    concepts: list[ConceptModel] | None = None


class DocumentModel(BaseModel):
    """A stored document."""

    document_id: str
    source: str
    title: str
    publisher: str | None
    published: str | None
    published_precision: str | None
    language: Language
    kind: DocumentKind | None
    pages: int
    status: str
    url: Annotated[str | None, Field(description="Where the document was published.")]
    warnings: list[str]

    @classmethod
    def of(cls, document: Document) -> DocumentModel:
        """The document as HTTP shows it."""
        return cls(
            document_id=document.document_id,
            source=document.source,
            title=document.title,
            publisher=document.publisher,
            published=document.published.isoformat() if document.published else None,
            published_precision=document.published.precision.value if document.published else None,
            language=document.language,
            kind=document.kind,
            pages=document.pages,
            status=document.status,
            url=document.url,
            warnings=list(document.warnings),
        )


class DocumentsResponse(BaseModel):
    """All documents, by source name."""

    documents: list[DocumentModel]


class PageModel(BaseModel):
    """One page's stored text."""

    number: int
    text: str


class FeedbackRequest(_Request):
    """What a reader says of an answer."""

    answer_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    helpful: bool
    reason: Annotated[str | None, Field(max_length=1000)] = None


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def document_url(document_id: str, page: int, start: int, end: int) -> str:
    """The path of a document's readable view with ``start:end`` of a page highlighted."""
    return f"/documents/{document_id}?page={page}&start={start}&end={end}#cited"
