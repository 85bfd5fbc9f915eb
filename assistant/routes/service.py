"""For those who run it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from assistant.contract.service import HealthModel, ReadyModel
from assistant.routes.context import Context
from assistant.routes.description import problems


def routes(context: Context) -> APIRouter:
    """Whether the process is alive, and whether it is ready."""
    router = APIRouter(tags=["service"])

    @router.get("/healthz", responses=problems())
    def healthz() -> HealthModel:
        """The process is alive."""
        return HealthModel()

    @router.get(
        "/readyz",
        response_model=ReadyModel,
        responses={
            503: {"model": ReadyModel, "description": "No documents yet, or some wait to be indexed."},
            **problems(),
        },
    )
    def readyz() -> Response:
        """Documents are stored and indexed, so that questions can be answered."""
        documents = context.store.documents()
        waiting = sum(document.status != "ready" for document in documents)
        ready = bool(documents) and not waiting
        body = ReadyModel(status="ready" if ready else "not_ready", documents=len(documents), waiting=waiting)
        return JSONResponse(body.model_dump(mode="json"), status_code=200 if ready else 503)

    return router
