"""Inquiries at the desk."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Body, Depends, Query, Response

from assistant.desk.audit import AuditFilter
from assistant.desk.clock import stamp
from assistant.desk.contract.answers import SimilarAnswersResponse
from assistant.desk.contract.drafts import (
    ApproveRequest,
    AskRequest,
    CheckRequest,
    CheckResponse,
    DraftRequest,
    PassageRequest,
    PassagesResponse,
    UseAnswerRequest,
)
from assistant.desk.contract.fields import InquiryStatus, Topic
from assistant.desk.contract.inquiries import (
    ExportFormat,
    InquiryChange,
    InquiryHistory,
    InquiryModel,
    PresenceRequest,
    PresenceResponse,
    QueueCounts,
    QueueResponse,
    ReturnRequest,
    SendRequest,
)
from assistant.desk.desk import Desk
from assistant.desk.inquiries import QueueFilter, subject
from assistant.desk.passages import find_passages
from assistant.desk.reply import as_email, as_text, reply_of
from assistant.desk.routes.access import NO_STORE, Access, guarded
from assistant.desk.sessions import Session
from assistant.errors import RefusedError
from assistant.types import Language

_MAX_WORDS = 8
_MAX_HISTORY = 500
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_DRAFT_EXAMPLES = {
    "ko": {
        "summary": "문장과 인용 위치",
        "value": {
            "version": 3,
            "claims": [
                {"text": "문의해 주셔서 감사합니다."},
                {
                    "text": "중견기업 지원 비율은 최대 80%입니다.",
                    "citations": [{"document_id": "717d3a4d49cb8e3d", "page": 1, "start": 296, "end": 320}],
                },
            ],
        },
    },
    "en": {
        "summary": "A sentence and the place it rests on",
        "value": {
            "version": 3,
            "claims": [
                {
                    "text": "The fund is to reach KRW 1.5 trillion.",
                    "citations": [{"document_id": "717d3a4d49cb8e3d", "page": 1, "start": 10, "end": 48}],
                }
            ],
        },
    },
}


def routes(desk: Desk, access: Access) -> APIRouter:
    """The queue, one inquiry, its drafts, and its way out."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806
    Admin = Annotated[Session, Depends(access.require("admin"))]  # noqa: N806

    @router.get("/inquiries", responses=guarded(422))
    def show_queue(
        session: Officer,
        status: InquiryStatus | None = None,
        language: Language | None = None,
        topic: Topic | None = None,
        assigned: Annotated[str | None, Query(max_length=32, description="me, none or an account's id")] = None,
        min_age_hours: Annotated[float | None, Query(ge=0, le=1e5)] = None,
        max_age_hours: Annotated[float | None, Query(ge=0, le=1e5)] = None,
        q: Annotated[str, Query(max_length=200)] = "",
        sort: Literal["oldest", "newest", "updated"] = "oldest",
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
    ) -> QueueResponse:
        """The queue with its counts · 문의 목록."""
        now = desk.clock()
        me = session.account.account_id
        wanted = QueueFilter(
            status,
            language,
            topic,
            me if assigned == "me" else assigned,
            now - timedelta(hours=max_age_hours) if max_age_hours is not None else None,
            now - timedelta(hours=min_age_hours) if min_age_hours is not None else None,
            tuple(q.split()[:_MAX_WORDS]),
        )
        found, total = desk.inquiries.queue(wanted, sort, limit, offset)
        people = desk.casework.people()
        mine, unassigned = desk.inquiries.open_counts(me)
        counts = QueueCounts.model_validate(
            {
                "status": desk.inquiries.counts("status"),
                "language": desk.inquiries.counts("language"),
                "topic": desk.inquiries.counts("topic"),
                "mine": mine,
                "unassigned": unassigned,
            }
        )
        shown = [desk.casework.summary(inquiry, people) for inquiry in found]
        return QueueResponse(inquiries=shown, total=total, counts=counts)

    @router.get("/inquiries/{inquiry_id}", responses=guarded(404))
    def open_inquiry(inquiry_id: str, session: Officer) -> InquiryModel:
        """One inquiry with its drafts; the first opening makes the draft · 문의 열기."""
        return desk.casework.open(session.account, inquiry_id)

    @router.patch("/inquiries/{inquiry_id}", responses=guarded(404, 409, 422))
    def change_inquiry(inquiry_id: str, body: InquiryChange, session: Officer) -> InquiryModel:
        """Give it to an officer, or correct its topic · 담당자·주제 변경."""
        given = body.model_fields_set - {"version"}
        values = {name: getattr(body, name) for name in given}
        if values.get("topic", "") is None:
            del values["topic"]
        return desk.casework.assign(session.account, inquiry_id, body.version, values)

    @router.delete("/inquiries/{inquiry_id}", status_code=204, responses=guarded(404))
    def erase_inquiry(inquiry_id: str, session: Admin) -> Response:
        """Delete an inquiry and its conversation for good · 문의 완전 삭제."""
        desk.casework.erase(session.account, inquiry_id)
        return Response(status_code=204, headers=NO_STORE)

    @router.post("/inquiries/{inquiry_id}/ask", responses=guarded(404, 409, 422))
    def ask_again(inquiry_id: str, body: AskRequest, session: Officer) -> InquiryModel:
        """A fresh draft, from a changed question or in the other language · 다시 질문하기."""
        _check_length(desk, body.question)
        return desk.casework.ask(session.account, inquiry_id, body.version, body.question, body.language)

    @router.put("/inquiries/{inquiry_id}/drafts/{language}", responses=guarded(404, 409, 422))
    def edit_draft(
        inquiry_id: str,
        language: Language,
        body: Annotated[DraftRequest, Body(openapi_examples=_DRAFT_EXAMPLES)],
        session: Officer,
    ) -> InquiryModel:
        """Save a draft; every changed sentence is checked anew · 초안 저장."""
        return desk.casework.edit(session.account, inquiry_id, body.version, language, body.claims)

    @router.post("/check", responses=guarded(404, 422))
    def check(body: CheckRequest, session: Officer) -> CheckResponse:
        """Check sentences without saving them · 문장 확인."""
        claims, citations = desk.drafts.check(body.language, body.claims)
        return CheckResponse(claims=claims, citations=citations)

    @router.post("/passages", responses=guarded(422))
    def passages(body: PassageRequest, session: Officer) -> PassagesResponse:
        """Find words to cite · 인용할 내용 찾기."""
        _check_length(desk, body.query)
        return find_passages(desk.workspace.retriever, body.query, body.top_k, body.language)

    @router.get("/inquiries/{inquiry_id}/similar", responses=guarded(404))
    def similar(inquiry_id: str, session: Officer) -> SimilarAnswersResponse:
        """Approved answers to similar questions · 비슷한 문의의 승인된 답변."""
        question = desk.inquiries.inquiry(inquiry_id).question
        return SimilarAnswersResponse(answers=desk.answers.similar(question, desk.today()))

    @router.post("/inquiries/{inquiry_id}/use", responses=guarded(404, 409, 422))
    def use_answer(inquiry_id: str, body: UseAnswerRequest, session: Officer) -> InquiryModel:
        """Take an approved answer as the draft · 승인된 답변 가져오기."""
        return desk.casework.use(session.account, inquiry_id, body.version, body.answer_id)

    @router.post("/inquiries/{inquiry_id}/approve", responses=guarded(404, 409, 422))
    def approve(inquiry_id: str, body: ApproveRequest, session: Officer) -> InquiryModel:
        """Approve a draft in which every sentence is borne out · 승인."""
        return desk.casework.approve(
            session.account,
            inquiry_id,
            body.version,
            body.language,
            reusable=body.reusable,
            valid_until=body.valid_until,
        )

    @router.post("/inquiries/{inquiry_id}/send", responses=guarded(404, 409, 422))
    def send(inquiry_id: str, body: SendRequest, session: Officer) -> InquiryModel:
        """Say that the answer was sent, and how · 발송 처리."""
        return desk.casework.send(session.account, inquiry_id, body.version, body.channel, stamp(desk.clock()))

    @router.post("/inquiries/{inquiry_id}/return", responses=guarded(404, 409, 422))
    def give_back(inquiry_id: str, body: ReturnRequest, session: Officer) -> InquiryModel:
        """Give it back, to a colleague or to the inquirer, with a reason · 반려."""
        return desk.casework.give_back(session.account, inquiry_id, body.version, body.to, body.reason)

    @router.get(
        "/inquiries/{inquiry_id}/export",
        response_class=Response,
        responses={
            200: {
                "description": "Plain text, or the file.",
                "content": {"text/plain": {}, **{media: {} for media in _MEDIA.values()}},
            },
            **guarded(404, 422),
        },
    )
    def export(
        inquiry_id: str,
        session: Officer,
        file_format: Annotated[ExportFormat, Query(alias="format")] = "text",
        language: Language | None = None,
    ) -> Response:
        """The answer with its sources as text, e-mail, DOCX or PDF · 내보내기."""
        inquiry = desk.inquiries.inquiry(inquiry_id)
        wanted = language or inquiry.approved_language or inquiry.language
        approved = inquiry.approved_language == wanted
        reply = reply_of(inquiry.draft(wanted), inquiry.question, inquiry.reference, approved=approved)
        desk.audit.note(
            session.account.name, "inquiry.export", subject(inquiry_id), format=file_format, language=wanted
        )
        if file_format in ("text", "email"):
            text = as_text(reply) if file_format == "text" else as_email(reply, inquiry.reference)
            return Response(text, media_type="text/plain; charset=utf-8", headers=NO_STORE)
        if file_format == "docx":
            from assistant.desk.reply_docx import as_docx

            content = as_docx(reply)
        else:
            from assistant.desk.reply_pdf import as_pdf

            content = as_pdf(reply)
        attachment = (
            f"attachment; filename*=UTF-8''{quote(f'annae-{inquiry.reference}-{wanted}.{file_format}', safe='')}"
        )
        return Response(content, media_type=_MEDIA[file_format], headers=NO_STORE | {"content-disposition": attachment})

    @router.get("/inquiries/{inquiry_id}/history", responses=guarded(404))
    def history(inquiry_id: str, session: Officer) -> InquiryHistory:
        """What was done with it, oldest first · 처리 이력."""
        desk.inquiries.inquiry(inquiry_id)
        entries = desk.audit.entries(AuditFilter(subject=subject(inquiry_id)), _MAX_HISTORY)
        return InquiryHistory(entries=entries[::-1])

    @router.post("/inquiries/{inquiry_id}/presence", responses=guarded(404, 422))
    def report_presence(inquiry_id: str, body: PresenceRequest, session: Officer) -> PresenceResponse:
        """A sign of life; names the others and the version now · 열람 표시."""
        inquiry = desk.inquiries.inquiry(inquiry_id)
        officer = session.account.officer()
        desk.presence.report(inquiry_id, officer, body.state)
        others = desk.presence.others(inquiry_id, officer.account_id)
        return PresenceResponse(present=others, version=inquiry.version)

    @router.delete("/inquiries/{inquiry_id}/presence", status_code=204, responses=guarded())
    def leave(inquiry_id: str, session: Officer) -> Response:
        """The inquiry was closed on this screen · 열람 종료."""
        desk.presence.leave(inquiry_id, session.account.account_id)
        return Response(status_code=204, headers=NO_STORE)

    return router


def _check_length(desk: Desk, text: str | None) -> None:
    limit = desk.workspace.settings.max_question_chars
    if text is not None and (not text.strip() or len(text) > limit):
        raise RefusedError("question", f"it is empty or over {limit} characters", "Write a shorter one")
