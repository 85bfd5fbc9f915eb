"""Eligibility over HTTP and on the command line: the contract, its refusals, and that both say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from assistant.api import create_app
from assistant.cli import app
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

_CORPUS = Path(__file__).parents[1] / "corpus" / "documents"
_SOURCES = (
    "sample-program-export-starter.md",
    "sample-program-bid-cost-support.hwpx",
    "sample-event-bangkok-roadshow.docx",
)
_PROFILE = {"size": "sme", "region": "Gangwon", "years_in_business": 4, "export_record": False, "sector": "transport"}


def _annae(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three notices, taken in by the command itself."""
    papers, folder = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("data")
    for name in _SOURCES:
        (papers / name).write_bytes((_CORPUS / name).read_bytes())
    result = _annae("ingest", papers, "--data-dir", folder)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    with Workspace(Settings(data_dir=data)) as workspace:
        yield TestClient(create_app(build_assistant(workspace), workspace))


def _ask(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    response = client.post("/api/eligibility", json=body)
    assert response.status_code == 200, response.text
    answered: dict[str, Any] = response.json()
    return answered


def test_each_program_is_judged_condition_by_condition(client: TestClient) -> None:
    results = _ask(client, {"profile": _PROFILE, "as_of": "2026-12-10"})["results"]
    assert [(result["source"], result["verdict"]) for result in results] == [
        ("sample-program-bid-cost-support.hwpx", "eligible"),
        ("sample-program-export-starter.md", "eligible"),
        ("sample-event-bangkok-roadshow.docx", "more_needed"),
    ]
    starter = results[1]
    assert starter["status"] == "open"
    assert starter["deadline"] == "2027-01-08"
    assert {criterion["state"] for criterion in starter["criteria"]} == {"met"}
    assert results[2]["questions"]


def test_every_stated_criterion_cites_the_stored_page(client: TestClient) -> None:
    checked = 0
    for result in _ask(client, {"profile": _PROFILE})["results"]:
        assert {"record_id", "title", "document_id", "source", "verdict", "criteria", "questions"} <= result.keys()
        for criterion in result["criteria"]:
            assert bool(criterion["citations"]) == (criterion["state"] != "not_stated")
            for citation in criterion["citations"]:
                assert "number" not in citation
                page = client.get(f"/api/documents/{citation['document_id']}/pages/{citation['page']}").json()
                assert page["text"][citation["start"] : citation["end"]] == citation["quote"]
                checked += 1
    assert checked > 10


def test_only_the_document_asked_about_is_judged(client: TestClient) -> None:
    listed = client.get("/api/documents").json()["documents"]
    wanted = next(document for document in listed if document["source"] == _SOURCES[1])["document_id"]
    results = _ask(client, {"profile": {"size": "large"}, "document_id": wanted})["results"]
    assert [result["source"] for result in results] == [_SOURCES[1]]
    assert results[0]["verdict"] == "more_needed"
    assert client.post("/api/eligibility", json={"document_id": "nowhere"}).status_code == 404


def test_closed_program_says_so(client: TestClient) -> None:
    results = _ask(client, {"profile": _PROFILE, "as_of": "2027-02-01", "language": "en"})["results"]
    starter = next(result for result in results if result["source"] == _SOURCES[0])
    assert (starter["verdict"], starter["status"]) == ("eligible", "closed")
    assert any("deadline has passed" in text for text in starter["changes"])


@pytest.mark.parametrize(
    ("profile", "language", "korean"),
    [({}, None, True), ({"region": "강원"}, None, True), ({"region": "Gangwon"}, None, False), ({"region": "강원"}, "en", False)],
)  # fmt: skip
def test_questions_are_in_the_asker_s_language(
    client: TestClient, profile: dict[str, Any], language: str | None, korean: bool
) -> None:
    results = _ask(client, {"profile": profile, "language": language})["results"]
    questions = [question for result in results for question in result["questions"] if "“" not in question]
    assert questions
    assert all(any("\uac00" <= letter <= "\ud7a3" for letter in question) == korean for question in questions)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"profile": {"employees": 30}}, "body.profile.employees"),
        ({"profile": {"size": "huge"}}, "body.profile.size"),
        ({"profile": {"years_in_business": -1}}, "body.profile.years_in_business"),
        ({"profile": {"years_in_business": "many"}}, "body.profile.years_in_business"),
        ({"profile": {"export_record": "a lot"}}, "body.profile.export_record"),
        ({"profile": {"consortium_with_large": "maybe"}}, "body.profile.consortium_with_large"),
        ({"as_of": "tomorrow"}, "body.as_of"),
        ({"company": {}}, "body.company"),
    ],
)
def test_what_is_wrong_is_refused_by_name(client: TestClient, body: dict[str, Any], where: str) -> None:
    response = client.post("/api/eligibility", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert any(error["where"].startswith(where) for error in response.json()["errors"]), response.text


@pytest.mark.parametrize("told", ["none", "no", "없음", False, 0])
def test_no_exports_may_be_said_in_several_ways(client: TestClient, told: object) -> None:
    results = _ask(client, {"profile": _PROFILE | {"export_record": told}})["results"]
    assert results[0]["verdict"] == "eligible"


def test_interface_page_shows_an_example_in_both_languages(client: TestClient) -> None:
    content = client.get("/openapi.json").json()["paths"]["/api/eligibility"]["post"]
    assert content["requestBody"]["content"]["application/json"]["examples"].keys() == {"ko", "en"}
    assert content["responses"]["200"]["content"]["application/json"]["examples"].keys() == {"ko", "en"}


def test_command_prints_what_http_says(client: TestClient, data: Path) -> None:
    told = ("--size", "sme", "--region", "Gangwon", "--years", "4", "--exports", "no", "--sector", "transport")
    result = _annae("eligibility", *told, "--as-of", "2026-12-10", "--json", "--data-dir", data)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == _ask(client, {"profile": _PROFILE, "as_of": "2026-12-10"})


def test_command_tells_verdict_state_and_question(data: Path) -> None:
    result = _annae("eligibility", "--size", "large", "--no-consortium", "--language", "en", "--data-dir", data)
    assert result.exit_code == 0, result.output
    assert "[not_eligible, " in result.stdout
    assert "not_met" in result.stdout
    assert "in a consortium with a large company" in result.stdout


def test_command_refuses_wrong_values_by_name(data: Path) -> None:
    result = _annae("eligibility", "--size", "huge", "--data-dir", data)
    assert result.exit_code == 2
    assert "profile.size" in result.stderr
