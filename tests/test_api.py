"""The HTTP contract, through the client: answers, proofs, problems, pages."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hashing_embedder import HashingEmbedder
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from assistant.api import create_app
from assistant.assistant import Event, PolicyAssistant
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.types import Answer, Question
from assistant.workspace import Workspace

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("papers")
    for name in FROM_CORPUS:
        (source / name).write_bytes((DOCUMENTS / name).read_bytes())
    # A slash cannot stand in a file's name, so the closing tag goes without.
    (source / HOSTILE_NAME.replace("/", "")).write_text(HOSTILE_TEXT, encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def filled(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with Workspace(settings, HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([folder], report):
            pass
        assert report.failures == []
        yield workspace


@pytest.fixture(scope="module")
def app(filled: Workspace) -> FastAPI:
    return create_app(build_assistant(filled), filled)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    # A server never shows a traceback; here it must not even have one.
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


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


# --- Chat ---


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_answer_is_the_object_of_the_contract(client: TestClient, language: str) -> None:
    answer = chat(client, QUESTIONS[language], as_of="2026-11-22")
    assert list(answer) == [
        "answer_id",
        "conversation_id",
        "status",
        "language",
        "mode",
        "as_of",
        "text",
        "claims",
        "citations",
        "notices",
        "records",
        "suggestions",
        "contact",
        "standalone_query",
    ]
    assert answer["status"] == "answered"
    assert answer["language"] == language
    assert answer["as_of"] == "2026-11-22"
    assert re.fullmatch("[0-9a-f]{32}", answer["answer_id"])
    assert answer["claims"]
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for claim in answer["claims"]:
        assert claim["citations"]
        assert set(claim["citations"]) <= set(numbers)
        assert claim["text"] in answer["text"]
    for citation in answer["citations"]:
        assert {
            "number",
            "document_id",
            "chunk_id",
            "title",
            "publisher",
            "published",
            "language",
            "page",
            "section",
            "quote",
            "start",
            "end",
            "url",
        } == citation.keys()
        assert citation["published"] is None or re.fullmatch(
            r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}-\d{2})?", citation["published"]
        )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_citation_is_a_span_of_the_page_that_http_serves(client: TestClient, language: str) -> None:
    questions = [QUESTIONS[language], NOT_ANSWERED[language]]
    citations = [citation for question in questions for citation in chat(client, question)["citations"]]
    assert citations
    for citation in citations:
        page = client.get(f"/api/documents/{citation['document_id']}/pages/{citation['page']}").json()
        assert page["number"] == citation["page"]
        assert page["text"][citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_citations_url_opens_its_page_with_the_quotation_marked(client: TestClient, language: str) -> None:
    for citation in chat(client, QUESTIONS[language])["citations"]:
        path, fragment = citation["url"].split("#")
        marked = LexborHTMLParser(client.get(path).text).css("mark")
        assert [mark.attributes.get("id") for mark in marked] == [fragment] == ["cited"]
        assert marked[0].text() == citation["quote"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_answer_is_in_the_language_asked_for(client: TestClient, language: str) -> None:
    for question in QUESTIONS.values():
        assert chat(client, question, language=language)["language"] == language


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_question_that_the_documents_do_not_answer_is_an_outcome_and_no_error(
    client: TestClient, language: str
) -> None:
    answer = chat(client, NOT_ANSWERED[language])
    assert answer["status"] in ("no_evidence", "out_of_scope")
    assert answer["claims"] == []
    assert answer["text"]


def test_as_of_is_today_in_the_set_time_zone_unless_given(client: TestClient, filled: Workspace) -> None:
    before = filled.settings.today()
    assert before.isoformat() <= chat(client, QUESTIONS["ko"])["as_of"] <= filled.settings.today().isoformat()
    assert chat(client, QUESTIONS["ko"], as_of="2019-07-09")["as_of"] == "2019-07-09"


def test_a_conversation_is_remembered_by_its_id(client: TestClient, filled: Workspace) -> None:
    first = chat(client, QUESTIONS["ko"])
    second = chat(client, "중소기업은요?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert [role for role, _ in filled.store.turns(first["conversation_id"])] == ["user", "assistant"] * 2


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


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_same_answer_streams(client: TestClient, language: str) -> None:
    events = stream(client, QUESTIONS[language])
    kinds = [kind for kind, _ in events]
    assert kinds[0] == "status"
    assert kinds[-1] == "final"
    assert set(kinds) == {"status", "claim", "final"}
    final = events[-1][1]
    claims = [data for kind, data in events if kind == "claim"]
    assert [{"text": claim["text"], "citations": claim["citations"]} for claim in claims] == final["claims"]
    for claim in claims:
        assert claim["sources"] == [c for c in final["citations"] if c["number"] in claim["citations"]]
    plain = chat(client, QUESTIONS[language])
    for key in plain.keys() - {"answer_id", "conversation_id"}:
        assert final[key] == plain[key]


def test_a_bad_request_for_a_stream_is_a_problem_and_no_stream(client: TestClient) -> None:
    response = client.post("/api/chat", json={"question": " "}, headers={"accept": "text/event-stream"})
    problem(response, 422)


# --- What breaks on the server ---


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


# --- Search and documents ---


@pytest.mark.parametrize("query", ["시장개척자금 지원 비율", "PIS fund"])
def test_hits_come_best_first_with_their_ranks(client: TestClient, query: str) -> None:
    hits = search(client, query, top_k=5)
    assert 0 < len(hits) <= 5
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    for hit in hits:
        assert hit["source"]
        assert hit["ranks"]
        assert set(hit["ranks"]) <= {"lexical", "dense"}
        assert all(rank >= 1 for rank in hit["ranks"].values())
        page = client.get(f"/api/documents/{hit['document_id']}/pages/{hit['page']}").json()["text"]
        assert hit["text"].split("\n")[0] in page
    assert len({hit["chunk_id"] for hit in hits}) == len(hits)


def test_search_gives_as_many_as_asked_for(client: TestClient) -> None:
    query = "스마트시티 해외진출 지원"
    for top_k in (1, 3, 100):
        assert len(search(client, query, top_k=top_k)) <= top_k
    assert len(search(client, query)) == 10
    assert "concepts" not in client.post("/api/search", json={"query": query}).json()
    assert client.post("/api/search", json={"query": query, "explain": True}).json()["concepts"]


def test_filters_let_through_only_what_they_name(client: TestClient) -> None:
    documents = {d["document_id"]: d for d in client.get("/api/documents").json()["documents"]}
    for language in ("ko", "en"):
        hits = search(client, "스마트시티 smart city fund", filters={"language": language}, top_k=50)
        assert hits
        assert all(documents[hit["document_id"]]["language"] == language for hit in hits)
    publisher = next(d["publisher"] for d in documents.values() if d["publisher"])
    hits = search(client, "스마트시티 smart city", filters={"publisher": publisher}, top_k=50)
    assert hits
    assert all(documents[hit["document_id"]]["publisher"] == publisher for hit in hits)
    assert search(client, "스마트시티", filters={"publisher": "없는 기관"}) == []
    kind = next(d["kind"] for d in documents.values() if d["kind"])
    hits = search(client, "스마트시티 smart city", filters={"kind": kind}, top_k=50)
    assert all(documents[hit["document_id"]]["kind"] == kind for hit in hits)


def test_a_date_filter_compares_with_the_date_of_publication(filled: Workspace, client: TestClient) -> None:
    for hit in search(client, "smart city 스마트시티", filters={"published_from": "1990-01-01"}, top_k=50):
        assert filled.store.document(hit["document_id"]).published is not None
    assert search(client, "스마트시티", filters={"published_to": "1990-01-01"}) == []
    assert search(client, "스마트시티", filters={"published_from": "2999-01-01"}) == []


def test_documents_are_listed_and_shown(client: TestClient, filled: Workspace) -> None:
    listed = client.get("/api/documents").json()["documents"]
    assert len(listed) == len(FROM_CORPUS) + 1
    for document in listed:
        assert {
            "document_id",
            "source",
            "title",
            "publisher",
            "published",
            "language",
            "kind",
            "pages",
            "status",
        } <= document.keys()
        assert document["status"] == "ready"
        assert client.get(f"/api/documents/{document['document_id']}").json() == document
        for number in range(1, document["pages"] + 1):
            page = client.get(f"/api/documents/{document['document_id']}/pages/{number}").json()
            assert page == {
                "number": number,
                "text": filled.store.page(document["document_id"], number).text,
            }
        problem(client.get(f"/api/documents/{document['document_id']}/pages/{document['pages'] + 1}"), 404)


def test_health_and_readiness(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "documents": len(FROM_CORPUS) + 1, "waiting": 0}
    with Workspace(Settings(data_dir=tmp_path), HashingEmbedder()) as empty:
        response = with_assistant(build_assistant(empty), empty).get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "not_ready"


def test_without_documents_a_question_is_still_answered_with_an_outcome(tmp_path: Path) -> None:
    with Workspace(Settings(data_dir=tmp_path), HashingEmbedder()) as empty:
        client = with_assistant(build_assistant(empty), empty)
        for question in QUESTIONS.values():
            assert chat(client, question)["status"] == "no_evidence"
        assert search(client, "기금") == []
        assert client.get("/documents").status_code == 200


def test_feedback_is_kept(client: TestClient) -> None:
    answer_id = chat(client, QUESTIONS["ko"])["answer_id"]
    body = {"answer_id": answer_id, "helpful": False, "reason": "마감일이 없습니다 \u0000"}
    response = client.post("/api/feedback", json=body)
    assert response.status_code == 204
    assert response.content == b""
    problem(client.post("/api/feedback", json=body | {"answer_id": "x"}), 422)
    problem(client.post("/api/feedback", json=body | {"helpful": "yes"}), 422)


# --- Problems ---


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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
ODD_TEXT = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "?" * 500, "\u202e", "ᄀ" * 50, "’20.上", "%s%d{}", "AND OR NOT (", '"']
)
MAYBE_VALID = st.fixed_dictionaries(
    {"question": ODD_TEXT},
    optional={
        "history": st.lists(
            st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": ODD_TEXT}), max_size=3
        ),
        "language": st.sampled_from(["ko", "en", None]),
        "as_of": st.dates().map(date.isoformat) | st.just("0001-01-01") | st.text(max_size=12),
        "conversation_id": st.none() | st.text(max_size=40),
        "profile": st.none() | st.dictionaries(st.text(max_size=8), JSON, max_size=3),
    },
)
MAYBE_SEARCH = st.fixed_dictionaries(
    {"query": ODD_TEXT},
    optional={
        "top_k": st.integers(),
        "filters": st.fixed_dictionaries(
            {},
            optional={
                "language": st.sampled_from(["ko", "en", None, "fr"]),
                "publisher": ODD_TEXT,
                "kind": st.sampled_from(["policy", "guide", "novel"]),
                "published_from": st.dates().map(date.isoformat),
                "published_to": st.text(max_size=12),
            },
        ),
        "explain": st.booleans(),
    },
)


def send(client: TestClient, path: str, body: Any) -> None:
    content = json.dumps(body).encode("ascii")
    response = client.post(path, content=content, headers={"content-type": "application/json"})
    if response.status_code not in (200, 204):
        assert response.status_code in (400, 413, 422), response.text
        problem(response, response.status_code)


@given(body=JSON, path=st.sampled_from(["/api/chat", "/api/search", "/api/feedback"]))
@hypothesis_settings(max_examples=100)
def test_no_body_whatever_gives_a_500(client: TestClient, body: Any, path: str) -> None:
    send(client, path, body)


@given(body=MAYBE_VALID)
@hypothesis_settings(max_examples=25)
def test_no_nearly_valid_question_gives_a_500(client: TestClient, body: Any) -> None:
    send(client, "/api/chat", body)


@given(body=MAYBE_SEARCH)
@hypothesis_settings(max_examples=25)
def test_no_nearly_valid_search_gives_a_500(client: TestClient, body: Any) -> None:
    send(client, "/api/search", body)


@given(content=st.binary(max_size=200))
@hypothesis_settings(max_examples=25)
def test_no_bytes_give_a_500(client: TestClient, content: bytes) -> None:
    for path in ("/api/chat", "/"):
        response = client.post(path, content=content, headers={"content-type": "application/json"})
        assert response.status_code in (200, 400, 422)


@given(
    document_id=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30),
    query=st.fixed_dictionaries(
        {}, optional={name: st.integers() | st.text(max_size=8) for name in ("page", "start", "end", "lang")}
    ),
)
@hypothesis_settings(max_examples=25)
def test_no_address_gives_a_500(client: TestClient, document_id: str, query: dict[str, Any]) -> None:
    known = document_named(client, "ko-pis-fund-sheet.pdf")["document_id"]
    from urllib.parse import quote

    odd = quote(document_id, safe="")
    for path in (f"/api/documents/{odd}", f"/documents/{odd}", f"/documents/{odd}/pages/1.png", f"/documents/{known}"):
        status = client.get(path, params=query).status_code
        assert status < 500


# --- Pages for people ---


def test_a_passage_across_blocks_is_one_mark_with_its_exact_text(client: TestClient, filled: Workspace) -> None:
    for document in filled.store.documents():
        page, blocks = filled.store.pages(document.document_id)[0]
        assert len(blocks) > 1
        start, end = blocks[0].start + 1, blocks[min(3, len(blocks) - 1)].end - 1
        address = f"/documents/{document.document_id}?page=1&start={start}&end={end}"
        marks = LexborHTMLParser(client.get(address).text).css("mark#cited")
        assert [mark.text() for mark in marks] == [page.text[start:end]]


@pytest.mark.parametrize("source", ["ko-pis-fund-sheet.pdf", "en-smart-city-financing-sheet.pdf"])
def test_a_pdf_shows_its_page_image_with_the_passage_marked(client: TestClient, filled: Workspace, source: str) -> None:
    document_id = document_named(client, source)["document_id"]
    page, blocks = filled.store.pages(document_id)[0]
    block = max(blocks, key=lambda b: b.end - b.start)
    address = f"/documents/{document_id}?page=1&start={block.start}&end={block.end}"
    tree = LexborHTMLParser(client.get(address).text)
    image = tree.css_first("#page-1 img")
    assert image is not None
    picture = client.get(str(image.attributes["src"]))
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG\r\n\x1a\n")
    boxes = tree.css("#page-1 .box")
    assert boxes
    for box in boxes:
        left, top, width, height = (float(x) for x in re.findall(r"([\d.]+)%", str(box.attributes["style"])))
        assert 0 <= left <= 100
        assert 0 <= top <= 100
        assert 0 < width <= 100.001 - left
        assert 0 < height <= 100.001 - top
    assert tree.css(".box").__len__() == len(boxes)
    mark = tree.css_first("mark#cited")
    assert mark is not None
    assert mark.text() == page.text[block.start : block.end]


def test_only_a_pdf_has_page_images(client: TestClient) -> None:
    document_id = document_named(client, "ko-market-pioneering-fund.html")["document_id"]
    problem(client.get(f"/documents/{document_id}/pages/1.png"), 404)
    assert "<img" not in client.get(f"/documents/{document_id}").text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chat_page_works_without_scripts(client: TestClient, language: str) -> None:
    page = client.get("/", params={"lang": language})
    tree = LexborHTMLParser(page.text)
    assert tree.css_first("html").attributes["lang"] == language
    assert tree.css("script") == []
    form = tree.css_first("form")
    assert form.attributes["method"] == "post"
    field = form.css_first("textarea")
    assert form.css_first(f"label[for={field.attributes['id']}]") is not None
    answered = client.post(
        str(form.attributes["action"]).split("#")[0], data={field.attributes["name"]: QUESTIONS[language]}
    )
    assert answered.status_code == 200
    shown = LexborHTMLParser(answered.text)
    assert shown.css(".claim")
    for reference in shown.css("a.ref"):
        assert shown.css_first(str(reference.attributes["href"])) is not None
    for source in shown.css(".sources li"):
        target = str(source.css_first("a").attributes["href"]).split("#")[0]
        mark = LexborHTMLParser(client.get(target).text).css_first("mark#cited")
        assert mark is not None
        assert mark.text() == source.css_first("blockquote").text()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chat_page_tells_of_a_missing_or_long_question(client: TestClient, language: str) -> None:
    for question in ("", "  ", "\x00", "기금 " * 900):
        page = client.post("/", params={"lang": language}, data={"question": question})
        assert page.status_code == 200
        tree = LexborHTMLParser(page.text)
        assert tree.css_first("[role=alert]") is not None
        assert "problem" in str(tree.css_first("textarea").attributes["aria-describedby"])


def test_the_page_follows_the_browsers_language_unless_told_otherwise(client: TestClient) -> None:
    for path in ("/", "/documents", "/docs"):
        assert '<html lang="ko">' in client.get(path).text
        assert '<html lang="en">' in client.get(path, headers={"accept-language": "en-GB,ko;q=0.8"}).text
        assert '<html lang="ko">' in client.get(f"{path}?lang=ko", headers={"accept-language": "en"}).text


def pages_with_hostile_text(client: TestClient) -> Iterator[str]:
    document = document_named(client, HOSTILE_NAME.replace("/", ""))
    yield client.get(f"/documents/{document['document_id']}").text
    yield client.get(f"/documents/{document['document_id']}?page=1&start=0&end=80").text
    yield client.get("/documents").text
    yield client.post("/", data={"question": "반도체 보조금은 몇 %까지 지원하나요?"}).text
    yield client.post("/", data={"question": '</textarea><script>alert(1)</script>"'}).text
    yield client.get("/documents/<script>alert(1)</script>", headers=BROWSER).text


def test_hostile_titles_texts_and_names_are_shown_as_text(client: TestClient) -> None:
    pages = list(pages_with_hostile_text(client))
    for page in pages:
        tree = LexborHTMLParser(page)
        assert tree.css("script") == []
        assert tree.css("img") == []
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)
    for page in pages[:3]:
        assert html.escape("<script>") in page
    assert "반도체" in LexborHTMLParser(pages[3]).css_first("blockquote").text()


@pytest.mark.parametrize("path", ["/", "/documents", "/docs"])
def test_pages_carry_a_policy_that_allows_no_scripts(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_an_original_is_a_download_and_nothing_else(client: TestClient, folder: Path) -> None:
    for path in folder.iterdir():
        document = document_named(client, path.name)
        response = client.get(f"/documents/{document['document_id']}/original")
        assert response.content == path.read_bytes()
        assert response.headers["content-disposition"].startswith("attachment;")
        assert response.headers["content-type"] == "application/octet-stream"
        assert response.headers["x-content-type-options"] == "nosniff"


def test_an_original_that_is_gone_is_a_404_problem(tmp_path: Path, korean_outline: str) -> None:
    (tmp_path / "paper.txt").write_text(korean_outline, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path / "data"), HashingEmbedder()) as workspace:
        for _ in workspace.pipeline.ingest([tmp_path / "paper.txt"], IngestReport()):
            pass
        (document,) = workspace.store.documents()
        workspace.store.original_path(document.digest).unlink()
        client = with_assistant(build_assistant(workspace), workspace)
        problem(client.get(f"/documents/{document.document_id}/original"), 404)


# --- OpenAPI ---


def test_openapi_describes_every_route_with_examples_in_both_languages(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert set(schema["paths"]) >= {
        "/api/chat",
        "/api/search",
        "/api/documents",
        "/api/documents/{document_id}",
        "/api/documents/{document_id}/pages/{number}",
        "/api/feedback",
        "/healthz",
        "/readyz",
    }
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            for status, response in operation["responses"].items():
                assert response["description"]
                if status != "503" and status >= "400":
                    assert list(response["content"]) == [PROBLEM]
                    assert response["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}
    for path in ("/api/chat", "/api/search"):
        operation = schema["paths"][path]["post"]
        assert {"ko", "en"} <= operation["requestBody"]["content"]["application/json"]["examples"].keys()
        assert {"ko", "en"} <= operation["responses"]["200"]["content"]["application/json"]["examples"].keys()
        assert {"413", "422", "504"} <= operation["responses"].keys()
    streamed = schema["paths"]["/api/chat"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    for kind in ("status", "claim", "final"):
        assert f"event: {kind}" in streamed["example"]


def test_the_examples_of_requests_are_valid(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    for path in ("/api/chat", "/api/search", "/api/feedback"):
        for example in schema["paths"][path]["post"]["requestBody"]["content"]["application/json"]["examples"].values():
            assert client.post(path, json=example["value"]).status_code in (200, 204)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_interface_page_shows_it_all_without_scripts(client: TestClient, language: str) -> None:
    page = client.get("/docs", params={"lang": language})
    assert page.status_code == 200
    tree = LexborHTMLParser(page.text)
    assert tree.css("script") == []
    assert "/api/search" in tree.text()
    assert "중견기업은 시장개척자금을" in tree.text()


def test_the_answer_model_says_what_the_answer_says(filled: Workspace) -> None:
    from assistant.contract import AnswerModel

    answer = build_assistant(filled).ask(Question(QUESTIONS["ko"], as_of=date(2026, 11, 22)))
    model = AnswerModel.of(replace(answer, contact="02-000-0000", suggestions=("마감일은?",)))
    assert model.contact == "02-000-0000"
    assert model.suggestions == ["마감일은?"]
    assert json.loads(model.model_dump_json())["as_of"] == "2026-11-22"
