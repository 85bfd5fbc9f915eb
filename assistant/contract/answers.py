"""A question, its answer with the proof, and what belongs to it: conversations, feedback, suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from assistant.contract.citations import CitationModel, document_url
from assistant.contract.fields import IsoDay, RequestModel, Text
from assistant.contract.records import RecordModel
from assistant.types import Answer, AnswerStatus, Language, Question, Turn

_MAX_TURNS = 40
_MAX_TURN_CHARS = 8000


class TurnModel(RequestModel):
    """One earlier message."""

    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=_MAX_TURN_CHARS)]


class ChatRequest(RequestModel):
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
    ] = []  # noqa: RUF012 (pydantic copies it)
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


class FeedbackRequest(RequestModel):
    """What a reader says of an answer."""

    answer_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="As the answer gave it.")]
    helpful: Annotated[bool, Field(strict=True)]
    reason: Annotated[Text | None, Field(max_length=1000)] = None


class SuggestionsResponse(BaseModel):
    """Questions to begin with, of what the documents hold on the day; at most three."""

    questions: list[str]


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


ANSWER_EXAMPLES: dict[str, Any] = {
    "ko": {"summary": "한국어 답변", "value": _example_answer("ko")},
    "en": {"summary": "An answer in English", "value": _example_answer("en")},
}
