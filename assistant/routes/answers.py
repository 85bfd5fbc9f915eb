"""Questions and answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.contract.answers import (
    ANSWER_EXAMPLES,
    CHAT_REQUEST_EXAMPLES,
    FEEDBACK_REQUEST_EXAMPLES,
    AnswerModel,
    ChatRequest,
    ConversationId,
    ConversationResponse,
    FeedbackRequest,
    SuggestionsResponse,
)
from assistant.desk.masking import mask
from assistant.errors import NotFoundError
from assistant.generation.suggestions import suggestions
from assistant.routes.answer_replay import AnswerReplay
from assistant.routes.context import Context
from assistant.routes.description import problems
from assistant.routes.headers import NO_SNIFFING, STREAM_HEADERS
from assistant.routes.questions import check_question
from assistant.routes.streaming import server_sent
from assistant.text.language import detect_language
from assistant.types import Language

_EXAMPLE_STREAM = (
    'event: status\ndata: {"step": "retrieving"}\n\n'
    'event: status\ndata: {"step": "composing"}\n\n'
    'event: claim\ndata: {"text": "중견기업 지원 비율은 최대 80%입니다.", "citations": [1]}\n\n'
    'event: final\ndata: {"answer_id": "…", "status": "answered", …}\n\n'
)


def routes(context: Context) -> APIRouter:
    """Answers, feedback, conversations and suggestions."""
    router = APIRouter(tags=["answers"])
    replay = AnswerReplay()
    questions = context.desk.questions

    @router.post(
        "/api/chat",
        response_model=AnswerModel,
        summary="Answer a question · 질문에 답변",
        responses={
            200: {
                "description": "The answer, whatever its `status`. With `Accept: text/event-stream` it streams as events `status` "
                '(`{"step"}`), `claim` (one verified claim: `{"text", "citations", "sources"}`, the sources being the '
                "citations it names), `final` (the whole object) and, if something "
                "breaks on the way, `error` (a problem).",
                "content": {
                    "application/json": {"examples": ANSWER_EXAMPLES},
                    "text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE_STREAM},
                },
            },
            **problems(413, 422, 504),
        },
    )
    async def chat(
        body: Annotated[ChatRequest, Body(openapi_examples=CHAT_REQUEST_EXAMPLES)], request: Request
    ) -> Response:
        """Every sentence of the answer is a claim with at least one citation; outcomes such as `no_evidence` are data, not errors."""
        language = body.language or detect_language(body.question)
        check_question("question", body.question, language, context.settings.max_question_chars)
        question = body.to_question(context.settings.today())
        if "text/event-stream" in request.headers.get("accept", ""):
            answering = replay.events(
                body.request_id, question, lambda: questions.observe(question, context.assistant.stream(question))
            )
            events = server_sent(answering, language, context.settings.request_timeout_seconds)
            return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)
        answer = await context.in_time(lambda: context.assistant.ask(question))
        questions.note(question, answer)
        return JSONResponse(AnswerModel.of(answer).model_dump(mode="json"), headers=NO_SNIFFING)

    @router.post("/api/feedback", status_code=204, responses=problems(413, 422))
    def feedback(body: Annotated[FeedbackRequest, Body(openapi_examples=FEEDBACK_REQUEST_EXAMPLES)]) -> Response:
        """Say whether an answer helped · 답변이 도움이 되었는지 알리기."""
        reason = mask(body.reason, detect_language(body.reason)) if body.reason else None
        context.store.feedback.add(body.answer_id, helpful=body.helpful, reason=reason)
        return Response(status_code=204)

    @router.get("/api/conversations/{conversation_id}", responses=problems(404, 422))
    def show_conversation(conversation_id: ConversationId) -> ConversationResponse:
        """A conversation, for who holds its id · 대화 보기."""
        turns = context.store.conversations.turns(conversation_id)
        if not turns:
            raise NotFoundError(conversation_id, "no such conversation", "It may have been deleted already")
        return ConversationResponse.of(conversation_id, turns)

    @router.delete("/api/conversations/{conversation_id}", status_code=204, responses=problems(404, 422))
    def delete_conversation(conversation_id: ConversationId) -> Response:
        """Delete a conversation for good, for who holds its id · 대화 지우기."""
        context.store.conversations.delete(conversation_id)
        return Response(status_code=204)

    @router.get("/api/suggestions", responses=problems(422))
    def list_suggestions(language: Language) -> SuggestionsResponse:
        """Questions that the documents can answer, to begin with · 처음 물어볼 만한 질문."""
        store, today = context.store, context.settings.today()
        return SuggestionsResponse(questions=list(suggestions(language, today, store.documents(), store.records())))

    return router
