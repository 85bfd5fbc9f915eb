"""Errors are problem details, and tell nothing of the inside."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hashing_embedder import HashingEmbedder
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from routes_parts import BROWSER, PROBLEM, Breaking, document_named, problem, stream, with_assistant
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.workspace import Workspace


def test_what_breaks_is_a_500_problem_that_tells_nothing_of_the_inside(filled: Workspace) -> None:
    client = with_assistant(Breaking(filled, RuntimeError("secret /path")), filled)
    body = problem(client.post("/api/chat", json={"question": "무엇?"}), 500)
    assert "secret" not in json.dumps(body)
    page = client.post("/", data={"question": "무엇?"}, headers=BROWSER)
    assert page.status_code == 500
    assert "secret" not in page.text


def test_what_breaks_in_a_stream_is_an_error_event(filled: Workspace) -> None:
    client = with_assistant(Breaking(filled, RuntimeError("secret /path")), filled)
    events = stream(client, "무엇?")
    assert [kind for kind, _ in events] == ["status", "error"]
    assert events[-1][1]["status"] == 500
    assert "secret" not in json.dumps(events)


def test_an_answer_that_takes_too_long_is_a_504_problem(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, request_timeout_seconds=0.2)
    with Workspace(settings, HashingEmbedder()) as workspace:
        client = with_assistant(Breaking(workspace, seconds=2.0), workspace)
        started = time.monotonic()
        problem(client.post("/api/chat", json={"question": "무엇?"}), 504)
        assert time.monotonic() - started < 1.5
        events = stream(client, "무엇?")
        assert [kind for kind, _ in events] == ["status", "error"]
        assert events[-1][1]["status"] == 504


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("/api/chat", {"questoin": "무엇?"}, "body.questoin"),
        ("/api/chat", {"question": "무엇?", "top_k": 3}, "body.top_k"),
        ("/api/chat", {}, "body.question"),
        ("/api/chat", {"question": None}, "body.question"),
        ("/api/chat", {"question": 7}, "body.question"),
        ("/api/chat", {"question": ["무엇?"]}, "body.question"),
        ("/api/chat", {"question": ""}, "body.question"),
        ("/api/chat", {"question": " \n\t"}, "body.question"),
        ("/api/chat", {"question": "\x00\x00"}, "body.question"),
        ("/api/chat", {"question": "가" * 2001}, "body.question"),
        ("/api/chat", {"question": "무엇?", "as_of": "2026-13-01"}, "body.as_of"),
        ("/api/chat", {"question": "무엇?", "as_of": "22/11/2026"}, "body.as_of"),
        ("/api/chat", {"question": "무엇?", "as_of": 0}, "body.as_of"),
        ("/api/chat", {"question": "무엇?", "as_of": "2026-11-22T00:00:00"}, "body.as_of"),
        ("/api/chat", {"question": "무엇?", "language": "fr"}, "body.language"),
        ("/api/chat", {"question": "무엇?", "conversation_id": "../x"}, "body.conversation_id"),
        ("/api/chat", {"question": "무엇?", "history": [{"role": "system", "content": ""}]}, "body.history.0.role"),
        ("/api/chat", {"question": "무엇?", "history": [{"role": "user"}]}, "body.history.0.content"),
        ("/api/chat", {"question": "무엇?", "history": [{"role": "user", "content": ""}] * 41}, "body.history"),
        ("/api/chat", {"question": "무엇?", "profile": "sme"}, "body.profile"),
        ("/api/search", {"query": "기금", "top_k": 0}, "body.top_k"),
        ("/api/search", {"query": "기금", "top_k": 101}, "body.top_k"),
        ("/api/search", {"query": "기금", "top_k": 2**70}, "body.top_k"),
        ("/api/search", {"query": "기금", "top_k": True}, "body.top_k"),
        ("/api/search", {"query": "기금", "top_k": "5"}, "body.top_k"),
        ("/api/search", {"query": "기금", "filters": {"lang": "ko"}}, "body.filters.lang"),
        ("/api/search", {"query": "기금", "filters": {"kind": "novel"}}, "body.filters.kind"),
        ("/api/search", {"query": "기금", "filters": {"published_from": "2019"}}, "body.filters.published_from"),
        ("/api/search", {"query": "기금", "filters": []}, "body.filters"),
        ("/api/search", [], "body"),
        ("/api/search", None, "body"),
    ],
)
def test_a_bad_body_is_a_422_problem_that_names_the_field(client: TestClient, path: str, body: Any, named: str) -> None:
    found = problem(client.post(path, json=body), 422)
    assert named in [part["where"] for part in found["errors"]]
    assert named in found["detail"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_empty_or_long_question_is_refused_in_the_askers_language(client: TestClient, language: str) -> None:
    word = {"ko": "기금 ", "en": "fund "}[language]
    detail = problem(client.post("/api/chat", json={"question": word * 900}), 422)["detail"]
    assert ("이내" in detail) == (language == "ko")
    detail = problem(client.post("/api/chat", json={"question": " ", "language": language}), 422)["detail"]
    assert ("적어" in detail) == (language == "ko")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"question": "\xff\xfe"}',
        b'{"question": "\\ud800"}',
        b'{"\\ud800": 1, "question": "x"}',
        b'{"question": "x", "profile": {"\\udfff": "\\ud83d"}}',
        b'{"question": NaN}',
        b'{"question": ' + b"9" * 5000 + b"}",
        b"[" * 20000,
        b'{"question": "x", "profile": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
        b'{"question": "x", "as_of": "2026-11-22", "as_of": 1e400}',
    ],
)
@pytest.mark.parametrize("path", ["/api/chat", "/api/search", "/api/feedback"])
def test_a_malformed_body_is_a_problem(client: TestClient, path: str, content: bytes) -> None:
    response = client.post(path, content=content, headers={"content-type": "application/json"})
    if response.status_code != 200:
        assert response.status_code in (400, 422)
        problem(response, response.status_code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_a_body_of_another_type_is_a_problem(client: TestClient, kind: str) -> None:
    problem(client.post("/api/chat", content=b'{"question": "x"}', headers={"content-type": kind}), 422)


@pytest.mark.parametrize("path", ["/api/chat", "/api/search", "/api/feedback", "/"])
def test_a_body_over_the_limit_is_a_413_problem(client: TestClient, path: str) -> None:
    problem(client.post(path, content=b"x" * 70_000, headers={"content-type": "application/json"}), 413)

    def parts() -> Iterator[bytes]:
        for _ in range(80):
            yield b" " * 1024

    problem(client.post(path, content=parts(), headers={"content-type": "application/json"}), 413)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/api",
        "/api/nothing",
        "/api/documents/unknown",
        "/api/documents/%00",
        "/api/documents/%ff%fe",
        "/api/documents/' OR 1=1 --",
        "/api/documents/" + "a" * 5000,
        "/api/documents/안내",
        "/api/documents/unknown/pages/1",
        "/documents/unknown",
        "/documents/%00",
        "/documents/unknown/original",
        "/documents/unknown/pages/1.png",
        "/documents/../../etc/passwd",
        "/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd/original",
    ],
)
def test_what_is_not_there_is_a_404_problem(client: TestClient, path: str) -> None:
    problem(client.get(path), 404)


@pytest.mark.parametrize("number", [0, -1, 9999, 2**31, 2**63 - 1, 2**63, 2**64, 10**400])
def test_a_page_that_is_not_there_is_a_404_problem(client: TestClient, number: int) -> None:
    document_id = document_named(client, "ko-pis-fund-sheet.pdf")["document_id"]
    problem(client.get(f"/api/documents/{document_id}/pages/{number}"), 404)
    problem(client.get(f"/documents/{document_id}/pages/{number}.png"), 404)


@pytest.mark.parametrize("number", ["one", "1.5", "%00", "²", "9" * 5000])
def test_a_page_number_that_is_no_number_is_a_problem(client: TestClient, number: str) -> None:
    document_id = document_named(client, "ko-pis-fund-sheet.pdf")["document_id"]
    problem(client.get(f"/api/documents/{document_id}/pages/{number}"), 422)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/chat", "POST"),
        ("DELETE", "/api/documents", "GET"),
        ("PUT", "/", "GET"),
        ("POST", "/healthz", "GET"),
    ],
)
def test_another_method_is_a_405_problem_that_says_which_are_allowed(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    problem(response, 405)
    assert allowed in response.headers["allow"]


def test_a_browser_gets_errors_as_pages_in_its_language(client: TestClient) -> None:
    for language, words in (("ko", "찾으시는 문서"), ("en", "no such document")):
        response = client.get("/documents/unknown", headers=BROWSER | {"accept-language": language})
        assert response.status_code == 404
        assert response.headers["content-type"].startswith("text/html")
        assert words in response.text
    assert client.get("/api/documents/unknown", headers=BROWSER).headers["content-type"] == PROBLEM


@given(content=st.binary(max_size=200))
@hypothesis_settings(max_examples=25)
def test_no_bytes_give_a_500(client: TestClient, content: bytes) -> None:
    for path in ("/api/chat", "/"):
        response = client.post(path, content=content, headers={"content-type": "application/json"})
        assert response.status_code in (200, 400, 422)


@pytest.mark.parametrize(
    ("path", "status", "korean", "english"),
    [
        ("/api/documents/nothing", 404, "해당 문서가 없습니다", "no such document"),
        ("/api/nothing", 404, "찾을 수 없습니다", "Not Found"),
        ("/api/desk/inquiries", 401, "로그인하지 않았습니다", "nobody is signed in"),
        ("/api/events?kind=fair", 422, "없는 항목입니다", "there is no such field"),
    ],
)
def test_a_problem_is_told_in_the_callers_language(
    client: TestClient, path: str, status: int, korean: str, english: str
) -> None:
    assert korean in problem(client.get(path), status)["detail"]
    assert english in problem(client.get(path, headers={"accept-language": "en-GB,ko;q=0.5"}), status)["detail"]


def test_a_body_over_the_limit_is_refused_in_the_callers_language(client: TestClient) -> None:
    body = {"question": "가" * 100_000}
    assert "KiB를 넘습니다" in problem(client.post("/api/chat", json=body), 413)["detail"]
    told = problem(client.post("/api/chat", json=body, headers={"accept-language": "en"}), 413)
    assert told["title"] == "The body is too large"
