"""Approved answers."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from assistant.desk.contract.answers import (
    AnswerState,
    ApprovedAnswerChange,
    ApprovedAnswerModel,
    ApprovedAnswersResponse,
)
from assistant.desk.desk import Desk
from assistant.desk.routes.access import Access, guarded
from assistant.desk.sessions import Session
from assistant.types import Language


def routes(desk: Desk, access: Access) -> APIRouter:
    """Approved answers: list, one, change."""
    router = APIRouter(prefix="/api/desk/answers", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806
    Editor = Annotated[Session, Depends(access.require("editor"))]  # noqa: N806

    @router.get("", responses=guarded(422))
    def list_answers(
        session: Officer,
        q: Annotated[str, Query(max_length=200)] = "",
        state: AnswerState | None = None,
        language: Language | None = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
    ) -> ApprovedAnswersResponse:
        """Approved answers with what is wrong with them now, newest first · 승인된 답변."""
        today = desk.today()
        found = desk.answers.models(desk.answers.all(language, q.split()), today)
        passing = [answer for answer in found if state in (None, answer.state)]
        return ApprovedAnswersResponse(answers=passing[offset : offset + limit], total=len(passing))

    @router.get("/{answer_id}", responses=guarded(404))
    def show_answer(answer_id: str, session: Officer) -> ApprovedAnswerModel:
        """One approved answer · 승인된 답변 보기."""
        return desk.answers.model(desk.answers.answer(answer_id), desk.today())

    @router.patch("/{answer_id}", responses=guarded(404, 409, 422))
    def change_answer(answer_id: str, body: ApprovedAnswerChange, session: Editor) -> ApprovedAnswerModel:
        """Limit, retire or confirm an approved answer · 유효 기간·폐기·재확인."""
        values: dict[str, Any] = {}
        if "valid_until" in body.model_fields_set:
            values["valid_until"] = body.valid_until.isoformat() if body.valid_until else None
        if body.retired is not None:
            values["retired"] = body.retired
        desk.answers.change(session.account.name, answer_id, body.version, values, confirmed=body.confirmed)
        return show_answer(answer_id, session)

    return router
