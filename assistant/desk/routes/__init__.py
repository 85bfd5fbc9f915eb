"""The desk over HTTP: JSON into arguments, results into JSON, and nothing else."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from assistant.desk.desk import Desk
from assistant.desk.routes import accounts, answers, documents, inquiries, insight, public, session, terms
from assistant.desk.routes.access import Access, never_stored


def desk_router(desk: Desk) -> APIRouter:
    """Every route of the desk and the public ones of inquiries. Each names the role it needs; none is left out."""
    access = Access(desk)
    router = APIRouter(dependencies=[Depends(never_stored)])
    for part in (session, inquiries, answers, documents, terms, insight, accounts, public):
        router.include_router(part.routes(desk, access))
    return router
