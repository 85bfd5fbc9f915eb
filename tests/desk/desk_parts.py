"""What the desk's tests share: a clock that they turn, a client with a session, and what answers must be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from assistant.desk.contract.accounts import Role
from assistant.desk.desk import Desk
from assistant.desk.inquiries import NewInquiry
from assistant.ingest.pipeline import IngestReport
from assistant.text.language import detect_language
from assistant.types import Citation, Document
from assistant.workspace import Workspace

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
FROM_CORPUS = (
    "ko-pis-fund-sheet.pdf",
    "en-smart-city-financing-sheet.pdf",
    "ko-market-pioneering-fund.html",
    "en-cooperation-centers-release.html",
    "ko-special-accounts.docx",
)
# Both are answered by the papers above.
QUESTIONS = {"ko": "중견기업은 시장개척자금을 몇 %까지 지원받나요?", "en": "What does the PIS fund invest in?"}
# A paper of one fact, and the question that it answers.
GUIDE = "# 물순환 시장개척자금 안내\n\n중견기업의 물순환 시장개척자금 지원 비율은 최대 {share}%입니다.\n"
GUIDE_QUESTION = "중견기업은 물순환 시장개척자금을 몇 %까지 지원받나요?"
PASSWORD = "correct horse battery staple"
PROBLEM = "application/problem+json"
ROLES: tuple[Role, ...] = ("officer", "editor", "admin")


class Clock:
    """A moment that stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


class Signed(TestClient):
    """A client with an officer's session, which sends the CSRF token along."""

    def sign_in(self, name: str, password: str = PASSWORD) -> Response:
        answered = self.post("/api/desk/session", json={"name": name, "password": password})
        if answered.status_code == 200:
            self.headers["x-csrf-token"] = answered.json()["csrf_token"]
        return answered


def problem(response: Response, status: int) -> dict[str, Any]:
    """The problem that a response must be."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith(PROBLEM)
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    return body


def done(response: Response, status: int = 200) -> dict[str, Any]:
    """The JSON of a response that must have worked."""
    assert response.status_code == status, response.text
    body: dict[str, Any] = response.json()
    return body


def take_in(workspace: Workspace, *paths: Path) -> None:
    report = IngestReport()
    for _ in workspace.pipeline.ingest(list(paths), report):
        pass
    assert [str(failure) for failure in report.failures] == []


def receive(desk: Desk, question: str) -> str:
    """An inquiry that has come in; its id."""
    return desk.inquiries.receive(NewInquiry(question, "ko", "programs")).inquiry_id


def cited(*quotes: str, title: str = "안내") -> list[Citation]:
    """Quotations of documents in their own languages, numbered from 1."""
    found = []
    for number, quote in enumerate(quotes, start=1):
        language = detect_language(quote)
        document = Document(
            "d" * 16, "x.md", "0" * 64, "text/markdown", title, None, None, language, None, None, 1, "ready"
        )
        found.append(Citation(number, document, "c" * 20, 1, (), quote, 0, len(quote)))
    return found
