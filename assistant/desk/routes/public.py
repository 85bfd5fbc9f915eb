"""Inquiries from the side of those who ask."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request

from assistant.desk.contract.public import InquiryLookup, InquiryReceipt, InquiryRequest, InquiryTerms
from assistant.desk.desk import Desk
from assistant.desk.inquiries import NewInquiry
from assistant.desk.routes.access import Access, address, problems
from assistant.desk.topics import topic_of
from assistant.errors import NotFoundError
from assistant.routes.questions import check_question
from assistant.text.language import detect_language

# In fifteen minutes from one address; many people may share one.
_MAX_RECEIVED = 40
_MAX_LOOKUPS = 120
_EXAMPLES = {
    "ko": {
        "summary": "센터에 문의 남기기",
        "value": {
            "question": "저희 회사도 시장개척자금을 신청할 수 있나요?",
            "language": "ko",
            "email": "someone@example.org",
            "consent": True,
            "consent_version": "2026-11",
        },
    },
    "en": {
        "summary": "Hand a question over, without contact",
        "value": {"question": "Can a foreign-invested company apply for the PIS fund?", "language": "en"},
    },
}


def routes(desk: Desk, access: Access) -> APIRouter:
    """Handing over and looking up; nobody signs in for these."""
    router = APIRouter(prefix="/api/inquiries", tags=["inquiries"])

    @router.post("", status_code=201, responses=problems(422, 429))
    def hand_over(
        body: Annotated[InquiryRequest, Body(openapi_examples=_EXAMPLES)],
        request: Request,
    ) -> InquiryReceipt:
        """Hand a question over to the center; the reference looks it up · 센터에 문의 남기기."""
        language = body.language or detect_language(body.question)
        check_question("question", body.question, language, desk.workspace.settings.max_question_chars)
        desk.sessions.attempts.count({f"inquiry:{address(request)}": _MAX_RECEIVED})
        store = desk.workspace.store
        turns = store.conversations.turns(body.conversation_id) if body.conversation_id else []
        new = NewInquiry(
            question=body.question.strip(),
            language=language,
            topic=topic_of(body.question),
            conversation_id=body.conversation_id if turns else None,
            conversation=tuple(turns),
            email=body.email,
            phone=body.phone,
            consent_version=body.consent_version,
        )
        inquiry = desk.inquiries.receive(new)
        return InquiryReceipt(reference=inquiry.reference, status="received", created=inquiry.created)

    def found(reference: str, request: Request) -> InquiryLookup:
        desk.sessions.attempts.count({f"lookup:{address(request)}": _MAX_LOOKUPS})
        return desk.casework.lookup(reference[:20])

    @router.get("", responses=problems(429))
    def terms(request: Request, reference: str | None = None) -> InquiryTerms:
        """How long an inquiry is kept; with a reference, its inquiry as well, and none where nobody has it · 문의 보관 기간."""
        days = desk.workspace.settings.inquiry_retention_days
        if reference is None:
            return InquiryTerms(retention_days=days)
        try:
            return InquiryTerms(retention_days=days, inquiries=[found(reference, request)])
        except NotFoundError:
            return InquiryTerms(retention_days=days)

    @router.get("/{reference}", responses=problems(404, 429))
    def look_up(reference: str, request: Request) -> InquiryLookup:
        """How far an inquiry is, and the answer once it was sent; no personal data · 문의 확인."""
        return found(reference, request)

    return router
