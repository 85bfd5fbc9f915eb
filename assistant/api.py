"""The web service: which routes there are, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI

from assistant.assistant import PolicyAssistant
from assistant.desk.desk import Desk
from assistant.desk.routes import desk_router
from assistant.routes import answers, documents, eligibility, pages, records, service, web_parts
from assistant.routes.context import Context
from assistant.routes.description import DescribedApp
from assistant.routes.limits import add_limits
from assistant.routes.page_templates import PageTemplates
from assistant.routes.problems import add_error_handlers
from assistant.workspace import Workspace


def create_app(
    assistant: PolicyAssistant,
    workspace: Workspace,
    desk: Desk | None = None,
    demo_account: tuple[str, str] | None = None,
) -> FastAPI:
    """The web service around a built assistant.

    Args:
        assistant: answers questions.
        workspace: where documents are read from; its settings give limits and today's date.
        desk: the officers' side; made here unless one is given.
        demo_account: name and password of the desk's demo account, which the demo page then shows to everybody.
    """
    officers = desk or Desk(assistant, workspace)
    templates = PageTemplates()
    context = Context(assistant, workspace, officers, templates)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        officers.start()
        yield
        await anyio.to_thread.run_sync(officers.close)

    app = DescribedApp(lifespan)
    add_limits(app, workspace.settings)
    add_error_handlers(app, templates.problem)
    for group in (answers, documents, records, service, eligibility):
        app.include_router(group.routes(context))
    app.include_router(desk_router(officers))
    app.include_router(pages.routes(context))
    app.include_router(web_parts.routes(context, demo_account))
    return app
