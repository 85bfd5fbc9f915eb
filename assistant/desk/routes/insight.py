"""Insight into what people ask."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response

from assistant.contract.fields import IsoDay
from assistant.desk.contract.insight import InsightModel
from assistant.desk.desk import Desk
from assistant.desk.insight import as_csv
from assistant.desk.routes.access import NO_STORE, Access, guarded
from assistant.desk.sessions import Session
from assistant.errors import RefusedError
from assistant.types import Language

_DEFAULT_DAYS = 30
_MAX_DAYS = 3660


def routes(desk: Desk, access: Access) -> APIRouter:
    """The report and its tables."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806

    def report(since: date | None, until: date | None, language: Language | None) -> InsightModel:
        last = until or desk.today()
        first = since or last - timedelta(days=_DEFAULT_DAYS - 1)
        if not timedelta(0) <= last - first <= timedelta(days=_MAX_DAYS):
            raise RefusedError("since", "it is after until, or ten years before", "Choose other days")
        return desk.insight.report(first, last, language)

    @router.get("/insight", responses=guarded(422))
    def show_insight(
        session: Officer,
        since: IsoDay | None = None,
        until: IsoDay | None = None,
        language: Language | None = None,
    ) -> InsightModel:
        """What people ask and how it ends · 질문 분석."""
        return report(since, until, language)

    @router.get(
        "/insight.csv",
        response_class=Response,
        responses={200: {"description": "One table of the report.", "content": {"text/csv": {}}}, **guarded(422)},
    )
    def export_insight(
        session: Officer,
        table: Literal["days", "languages", "topics", "documents", "unanswered", "feedback"] = "days",
        since: IsoDay | None = None,
        until: IsoDay | None = None,
        language: Language | None = None,
    ) -> Response:
        """One table of the report as CSV · 분석 내려받기."""
        content = as_csv(report(since, until, language), table)
        desk.audit.note(session.account.name, "insight.export", f"insight:{table}")
        headers = NO_STORE | {"content-disposition": f'attachment; filename="insight-{table}.csv"'}
        return Response(content.encode(), media_type="text/csv; charset=utf-8", headers=headers)

    return router
