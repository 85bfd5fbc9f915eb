"""What the groups of routes share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio

from assistant.assistant import PolicyAssistant
from assistant.desk.desk import Desk
from assistant.errors import NotFoundError
from assistant.index.store import Store
from assistant.routes.page_templates import PageTemplates
from assistant.routes.problems import echo
from assistant.settings import Settings
from assistant.types import Document, Page
from assistant.workspace import Workspace

_T = TypeVar("_T")

_DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
# More pages than any document has, and a number that every database can hold.
_MAX_PAGE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Context:
    """The built parts behind the routes, and the look-ups that several of them make."""

    assistant: PolicyAssistant
    workspace: Workspace
    desk: Desk
    templates: PageTemplates

    @property
    def settings(self) -> Settings:
        """Limits, and today's date."""
        return self.workspace.settings

    @property
    def store(self) -> Store:
        """Where documents are read from."""
        return self.workspace.store

    async def in_time(self, call: Callable[[], _T]) -> _T:
        """The result of ``call``, made in a thread. Raises TimeoutError after ANNAE_REQUEST_TIMEOUT_SECONDS."""
        # A thread cannot be stopped: it is left to finish, and its result is dropped.
        with anyio.fail_after(self.settings.request_timeout_seconds):
            return await anyio.to_thread.run_sync(call, abandon_on_cancel=True)

    def documents(self) -> dict[str, Document]:
        """All documents by their ids."""
        return {document.document_id: document for document in self.store.documents()}

    def document(self, document_id: str) -> Document:
        """The document that a caller names. Raises NotFoundError."""
        check_document_id(document_id)
        return self.store.document(document_id)

    def page(self, document_id: str, number: int) -> Page:
        """The page that a caller names, counted from 1. Raises NotFoundError."""
        if not 1 <= number <= _MAX_PAGE:
            raise NotFoundError(f"{document_id} page {number}", "no such page", "Pages are counted from 1")
        return self.store.page(document_id, number)


def check_document_id(document_id: str) -> None:
    """Refuse what cannot be an id before the store sees it. Raises NotFoundError."""
    if not _DOCUMENT_ID.fullmatch(document_id):
        raise NotFoundError(echo(document_id), "no such document", "List the documents to see their ids")
