"""The objects that HTTP and ``--json`` speak (v1): one place that turns domain objects into them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.citation_contract import CitationModel, IsoDay, Text, document_url
from assistant.record_contract import RecordModel
from assistant.types import (
    Answer,
    AnswerStatus,
    Concept,
    Document,
    DocumentKind,
    Filters,
    Language,
    Query,
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
    content: Annotated[Text, Field(max_length=_MAX_TURN_CHARS)]


class ChatRequest(_Request):
    """A question."""

    question: Annotated[
        Text, Field(description="In Korean or English; its length is limited by ANNAE_MAX_QUESTION_CHARS.")
    ]
    history: Annotated[
        list[TurnModel],
        Field(
            max_length=_MAX_TURNS,
            description="Earlier turns, oldest first; takes precedence over a conversation's memory.",
        ),
    ] = []
    conversation_id: Annotated[
        str | None, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$", description="From an earlier answer, to go on with it.")
    ] = None
    language: Annotated[Language | None, Field(description="Language of the answer; the question's if null.")] = None
    as_of: Annotated[IsoDay | None, Field(description="The date that counts as today; today if null.")] = None
    profile: Annotated[dict[str, Any] | None, Field(description="What is known of the asking company.")] = None
    request_id: Annotated[
        str | None,
        Field(
            pattern=r"^[A-Za-z0-9_-]{16,64}$",
            description="Random, made by the asker, new for every question. After a broken stream the same question with the same id "
            "gives the same answer from its beginning, for a few minutes, without it being asked twice.",
        ),
    ] = None

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


ConversationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class ConversationResponse(BaseModel):
    """A stored conversation, oldest turn first."""

    conversation_id: str
    turns: list[TurnModel]

    @classmethod
    def of(cls, conversation_id: str, turns: Sequence[tuple[str, str]]) -> ConversationResponse:
        """The conversation as HTTP shows it."""
        told = [TurnModel(role="user" if role == "user" else "assistant", content=content) for role, content in turns]
        return cls(conversation_id=conversation_id, turns=told)


class ClaimModel(BaseModel):
    """A sentence and the numbers of its citations."""

    text: str
    citations: list[int]


class CitedClaimModel(ClaimModel):
    """A claim as it streams: with the citations it names, so that it can be shown with its proof at once."""

    sources: list[CitationModel]


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
    records: Annotated[
        list[RecordModel], Field(description="The events, programs and tenders that the answer tells of.")
    ]
    suggestions: list[str]
    contact: str | None
    standalone_query: Annotated[
        str | None, Field(description="A follow-up question as it was understood, with what it is about.")
    ] = None

    @classmethod
    def of(cls, answer: Answer) -> AnswerModel:
        """The answer as HTTP and ``annae ask --json`` show it."""
        documents = {citation.document.document_id: citation.document for citation in answer.citations}
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
            records=[
                RecordModel.of(record, documents, answer.as_of)
                for record in answer.records
                if {record.document_id, *(change.document_id for change in record.changes)} <= documents.keys()
            ],
            suggestions=list(answer.suggestions),
            contact=answer.contact,
            standalone_query=answer.standalone_query,
        )


class FiltersModel(_Request):
    """Limits on the documents searched."""

    language: Language | None = None
    kind: DocumentKind | None = None
    publisher: Annotated[Text | None, Field(description="The publisher's name, exactly as documents give it.")] = None
    published_from: Annotated[
        IsoDay | None, Field(description="Published on this day or later; undated ones drop out.")
    ] = None
    published_to: Annotated[
        IsoDay | None, Field(description="Published on this day or earlier; undated ones drop out.")
    ] = None

    def to_filters(self) -> Filters:
        """The filters in our own words."""
        return Filters(self.language, self.kind, self.publisher, self.published_from, self.published_to)


class SearchRequest(_Request):
    """A search for passages."""

    query: Annotated[Text, Field(description="Words or a question, in Korean or English.")]
    top_k: Annotated[int, Field(ge=1, le=100, strict=True, description="Most passages to return.")] = 10
    filters: FiltersModel = FiltersModel()
    as_of: Annotated[IsoDay | None, Field(description="The date that counts as today; today if null.")] = None
    explain: Annotated[bool, Field(strict=True, description="Also say how the query was understood.")] = False


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
    alternatives: Annotated[
        dict[Language, list[str]], Field(description="By language: words, their origin, their weight.")
    ]

    @classmethod
    def of(cls, concept: Concept) -> ConceptModel:
        """The concept as HTTP and ``annae search --explain`` show it."""
        ways = {
            language: [f"{a.text} ({a.origin} {a.weight:.2f})" for a in alternatives]
            for language, alternatives in concept.alternatives.items()
        }
        return cls(text=concept.text, alternatives=ways)


class SearchResponse(BaseModel):
    """Passages, best first; ``concepts`` only where an explanation was asked for (it is left out, not null)."""

    hits: list[HitModel]
    concepts: list[ConceptModel] | None = None

    @classmethod
    def of(cls, query: Query, hits: Sequence[ScoredChunk], *, explain: bool) -> SearchResponse:
        """The result as HTTP and ``annae search --json`` show it."""
        found = [HitModel.of(hit) for hit in hits]
        if not explain:
            return cls(hits=found)
        return cls(hits=found, concepts=[ConceptModel.of(concept) for concept in query.concepts])


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

    number: Annotated[int, Field(description="Counted from 1.")]
    text: str


class FeedbackRequest(_Request):
    """What a reader says of an answer."""

    answer_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="As the answer gave it.")]
    helpful: Annotated[bool, Field(strict=True)]
    reason: Annotated[Text | None, Field(max_length=1000)] = None


class SuggestionsResponse(BaseModel):
    """Questions to begin with, of what the documents hold on the day; at most three."""

    questions: list[str]


class HealthModel(BaseModel):
    """The process is alive."""

    status: Literal["ok"] = "ok"


class ReadyModel(BaseModel):
    """Whether questions can be answered."""

    status: Literal["ready", "not_ready"]
    documents: Annotated[int, Field(description="Documents stored.")]
    waiting: Annotated[int, Field(description="Documents not yet indexed.")]


class InvalidPart(BaseModel):
    """One thing that is wrong with a request."""

    where: Annotated[str, Field(description="The field, such as body.filters.language.")]
    problem: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: Annotated[list[InvalidPart], Field(description="For 422: everything that is wrong, field by field.")] = []
    version: Annotated[int | None, Field(description="For 409 at the desk: the version now; else left out.")] = None


# --- Examples for the OpenAPI page, one per language ---

CHAT_REQUEST_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "한국어 질문", "value": {"question": "중견기업은 시장개척자금을 몇 %까지 지원받나요?"}},
    "en": {
        "summary": "A question in English, as of a given day",
        "value": {"question": "How large is the PIS fund?", "as_of": "2026-11-22"},
    },
    "follow_up": {
        "summary": "이어지는 질문 · a question that goes on from earlier turns",
        "value": {
            "question": "중소기업은요?",
            "history": [
                {"role": "user", "content": "중견기업은 시장개척자금을 몇 %까지 지원받나요?"},
                {"role": "assistant", "content": "중견기업 지원 비율은 최대 80%입니다. [1]"},
            ],
            "language": "ko",
        },
    },
}
SEARCH_REQUEST_EXAMPLES: dict[str, Any] = {
    "ko": {
        "summary": "한국어 검색",
        "value": {"query": "무보 특별계정", "top_k": 5, "filters": {"published_from": "2019-01-01"}},
    },
    "en": {
        "summary": "A search in English, in English documents only",
        "value": {"query": "K-City Network", "filters": {"language": "en"}},
    },
}
FEEDBACK_REQUEST_EXAMPLES: dict[str, Any] = {
    "ko": {
        "summary": "한국어 의견",
        "value": {"answer_id": "0" * 32, "helpful": False, "reason": "마감일이 빠져 있습니다."},
    },
    "en": {"summary": "A note in English", "value": {"answer_id": "0" * 32, "helpful": True}},
}


def _example_answer(language: Language) -> dict[str, Any]:
    sentence, title, publisher, heading = {
        "ko": ("중견기업 지원 비율은 최대 80%입니다.", "시장개척자금 안내", "국토교통부", "2. 무엇이 달라지나요"),
        "en": ("The fund is to reach KRW 1.5 trillion.", "PIS fund sheet", "MOLIT", "2. Size"),
    }[language]
    citation = CitationModel(
        number=1,
        document_id="717d3a4d49cb8e3d",
        chunk_id="5330c72204690125fe4c",
        title=title,
        publisher=publisher,
        published="2019-07-08",
        language=language,
        page=1,
        section=[title, heading],
        quote=sentence,
        start=296,
        end=296 + len(sentence),
        url=document_url("717d3a4d49cb8e3d", 1, 296, 296 + len(sentence)),
    )
    return AnswerModel(
        answer_id="0" * 32,
        conversation_id="1" * 32,
        status=AnswerStatus.ANSWERED,
        language=language,
        mode="extractive",
        as_of=date(2026, 11, 22),
        text=f"{sentence} [1]",
        claims=[ClaimModel(text=sentence, citations=[1])],
        citations=[citation],
        notices=[],
        records=[],
        suggestions=[],
        contact=None,
    ).model_dump(mode="json")


def _example_hits(language: Language) -> dict[str, Any]:
    text, source, title = {
        "ko": ("무역보험공사에 특별계정을 두어 보증합니다.", "special-accounts.docx", "특별계정 안내"),
        "en": ("K-City Network pays for master plans.", "network.html", "K-City Network"),
    }[language]
    hit = HitModel(
        document_id="717d3a4d49cb8e3d",
        chunk_id="5330c72204690125fe4c",
        source=source,
        title=title,
        page=1,
        section=[title],
        text=text,
        score=0.82,
        ranks={"lexical": 3, "dense": 1},
        leg_scores={"lexical": 0.77, "dense": 0.94},
        url=document_url("717d3a4d49cb8e3d", 1, 0, len(text)),
    )
    return SearchResponse(hits=[hit]).model_dump(mode="json", exclude_unset=True)


ANSWER_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "한국어 답변", "value": _example_answer("ko")},
    "en": {"summary": "An answer in English", "value": _example_answer("en")},
}
SEARCH_RESPONSE_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "한국어 검색 결과", "value": _example_hits("ko")},
    "en": {"summary": "A result in English", "value": _example_hits("en")},
}
