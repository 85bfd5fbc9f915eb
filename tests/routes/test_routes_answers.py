"""Answers over HTTP: the object of the contract, its proofs, streams, conversations, feedback."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from routes_parts import NOT_ANSWERED, QUESTIONS, chat, problem, search, stream, with_assistant
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.types import Question
from assistant.workspace import Workspace


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
    assert [role for role, _ in filled.store.conversations.turns(first["conversation_id"])] == ["user", "assistant"] * 2


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


def test_the_answer_model_says_what_the_answer_says(filled: Workspace) -> None:
    from assistant.contract.answers import AnswerModel

    answer = build_assistant(filled).ask(Question(QUESTIONS["ko"], as_of=date(2026, 11, 22)))
    model = AnswerModel.of(replace(answer, contact="02-000-0000", suggestions=("마감일은?",)))
    assert model.contact == "02-000-0000"
    assert model.suggestions == ["마감일은?"]
    assert json.loads(model.model_dump_json())["as_of"] == "2026-11-22"
