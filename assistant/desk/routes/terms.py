"""The termbase editor."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Query, Request, Response

from assistant.desk.contract.terms import TermRequest, TermsImported, TermsResponse
from assistant.desk.desk import Desk
from assistant.desk.routes.access import NO_STORE, Access, guarded
from assistant.desk.routes.uploads import FORM, drop, received
from assistant.desk.sessions import Session


def routes(desk: Desk, access: Access) -> APIRouter:
    """Entries, export, import."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806
    Editor = Annotated[Session, Depends(access.require("editor"))]  # noqa: N806

    @router.get("/terms", responses=guarded(422))
    def list_terms(
        session: Officer,
        q: Annotated[str, Query(max_length=200)] = "",
        kind: Annotated[str | None, Query(max_length=30)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
    ) -> TermsResponse:
        """Entries that hold the words searched for · 용어집."""
        return desk.terms.find(q, kind, limit, offset)

    @router.post("/terms", responses=guarded(409, 422))
    def add_term(body: TermRequest, session: Editor) -> TermsImported:
        """Add an entry; it takes effect at once · 용어 추가."""
        return desk.terms.add(session.account.name, body)

    @router.get(
        "/terms.csv",
        response_class=Response,
        responses={200: {"description": "The termbase in effect.", "content": {"text/csv": {}}}, **guarded()},
    )
    def export_terms(session: Officer) -> Response:
        """The termbase as a CSV that a spreadsheet opens · 용어집 내려받기."""
        desk.audit.note(session.account.name, "term.export", "term:all")
        headers = NO_STORE | {"content-disposition": 'attachment; filename="termbase.csv"'}
        return Response(desk.terms.export(), media_type="text/csv; charset=utf-8", headers=headers)

    @router.post("/terms/import", responses=guarded(413, 422), openapi_extra=FORM)
    async def import_terms(request: Request, session: Editor) -> TermsImported:
        """Put a CSV in the termbase's place, if it has no problems · 용어집 올리기."""
        files = await received(request, desk.documents.folder, max_files=1)
        try:
            content = files[0].path.read_bytes()
        finally:
            drop(files)
        return await anyio.to_thread.run_sync(desk.terms.replace_all, session.account.name, content)

    @router.put("/terms/{term_id}", responses=guarded(404, 409, 422))
    def change_term(term_id: str, body: TermRequest, session: Editor) -> TermsImported:
        """Correct an entry · 용어 수정."""
        return desk.terms.change(session.account.name, term_id, body)

    @router.delete("/terms/{term_id}", responses=guarded(404, 409, 422))
    def delete_term(term_id: str, session: Editor, digest: Annotated[str, Query(max_length=64)]) -> TermsImported:
        """Delete an entry · 용어 삭제."""
        return desk.terms.delete(session.account.name, term_id, digest)

    return router
