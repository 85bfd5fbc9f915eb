"""The widget, the desk's page, and a page to try the widget on."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.contract.records import RecordsOfTypeQuery
from assistant.errors import NotFoundError
from assistant.routes.context import Context
from assistant.routes.headers import DEMO_POLICY, DESK_POLICY, SCRIPT_HEADERS
from assistant.routes.interface_language import interface_language
from assistant.routes.problems import echo
from assistant.routes.records import found_records
from assistant.types import RecordStatus, RecordType

_FOLDER = Path(str(files("assistant") / "static"))
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_NAME = re.compile(r"[A-Za-z0-9_-]+\.(?:js|css|svg)")
_DEMO_EVENTS = 3


def routes(context: Context, demo_account: tuple[str, str] | None) -> APIRouter:
    """What is built from ``web/``, and the pages that load it.

    Args:
        context: the parts behind the routes.
        demo_account: name and password that the demo page shows to everybody.
    """
    router = APIRouter()
    render = context.templates.render

    @router.get("/widget.js", include_in_schema=False)
    def widget() -> Response:
        return _built_file("widget.js")

    @router.get("/static/{name}", include_in_schema=False)
    def static(name: str) -> Response:
        return _built_file(name)

    @router.get("/demo", response_class=HTMLResponse, include_in_schema=False)
    def demo_page(request: Request) -> HTMLResponse:
        events = found_records(context, RecordsOfTypeQuery(), RecordType.EVENT).records
        shown = render(
            "demo.html",
            interface_language(request),
            built=(_FOLDER / "widget.js").is_file(),
            events=[event for event in events if event.status is RecordStatus.UPCOMING][:_DEMO_EVENTS],
            account=demo_account,
        )
        shown.headers["content-security-policy"] = DEMO_POLICY
        if demo_account:
            shown.headers["cache-control"] = "no-store"
        return shown

    @router.get("/desk", response_class=HTMLResponse, include_in_schema=False)
    def desk_page(request: Request) -> HTMLResponse:
        shown = render("desk.html", interface_language(request), built=(_FOLDER / "desk.js").is_file())
        shown.headers["content-security-policy"] = DESK_POLICY
        return shown

    return router


def _built_file(name: str) -> Response:
    path = _FOLDER / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFoundError(echo(name), "there is no such file here", "Build the web part: make web")
    return FileResponse(path, media_type=_TYPES[path.suffix], headers=SCRIPT_HEADERS)
