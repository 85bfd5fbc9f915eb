"""What tests of the routes share: the papers, questions, and how to ask."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from assistant.api import create_app
from assistant.assistant import PolicyAssistant
from assistant.generation.event import Event
from assistant.types import Answer, Question
from assistant.workspace import Workspace

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
FROM_CORPUS = (
    "ko-pis-fund-sheet.pdf",
    "en-smart-city-financing-sheet.pdf",
    "ko-market-pioneering-fund.html",
    "en-cooperation-centers-release.html",
    "ko-special-accounts.docx",
)
HOSTILE_NAME = "<script>alert(1)</script>'\"&.md"
HOSTILE_TITLE = "<script>alert('제목')</script> \"보조금\" 안내"
HOSTILE_TEXT = f"""# {HOSTILE_TITLE}

반도체 보조금은 <script>alert("본문")</script> <img src=x onerror=alert(2)> '70%'까지 지원합니다.
"""
# Two questions that the documents answer.
QUESTIONS = {"ko": "중견기업은 시장개척자금을 몇 %까지 지원받나요?", "en": "What does the PIS fund invest in?"}
NOT_ANSWERED = {"ko": "김치찌개 맛있게 끓이는 비법은?", "en": "Who won the 1998 football world cup final?"}
PROBLEM = "application/problem+json"
BROWSER = {"accept": "text/html,application/xhtml+xml"}


def chat(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/api/chat", json={"question": question, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def search(client: TestClient, query: str, **more: Any) -> list[dict[str, Any]]:
    response = client.post("/api/search", json={"query": query, **more})
    assert response.status_code == 200, response.text
    hits: list[dict[str, Any]] = response.json()["hits"]
    return hits


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title", "status", "detail"} <= body.keys()
    assert body["detail"]
    return body


def document_named(client: TestClient, source: str) -> dict[str, Any]:
    listed = client.get("/api/documents").json()["documents"]
    found: dict[str, Any] = next(d for d in listed if d["source"] == source)
    return found


def events_of(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in text.strip().split("\n\n"):
        first, second = block.split("\n")
        assert first.startswith("event: ")
        assert second.startswith("data: ")
        found.append((first[7:], json.loads(second[6:])))
    return found


def stream(client: TestClient, question: str) -> list[tuple[str, dict[str, Any]]]:
    response = client.post("/api/chat", json={"question": question}, headers={"accept": "text/event-stream"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    return events_of(response.text)


class Breaking(PolicyAssistant):
    """An assistant that fails, or takes its time, after its first step."""

    def __init__(self, workspace: Workspace, error: Exception | None = None, seconds: float = 0.0) -> None:
        self._error = error
        self._seconds = seconds

    def stream(self, question: Question) -> Iterator[Event]:
        yield Event("status", step="retrieving")
        time.sleep(self._seconds)
        if self._error:
            raise self._error
        yield Event("status", step="composing")

    def ask(self, question: Question) -> Answer:
        for _ in self.stream(question):
            pass
        raise AssertionError("never an answer")


def with_assistant(assistant: PolicyAssistant, workspace: Workspace) -> TestClient:
    return TestClient(create_app(assistant, workspace), raise_server_exceptions=False)
