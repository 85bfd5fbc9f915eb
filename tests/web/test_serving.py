"""The widget's files, the demo page and who may ask from another site: HTTP only, no browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.api import create_app
from assistant.errors import ConfigurationError
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace

ORIGIN = "https://www.center.example"
STATIC = Path(__file__).parents[2] / "assistant" / "static"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    papers = tmp_path_factory.mktemp("papers")
    (papers / "fund.md").write_text("# 기금\n\n기금은 중소기업에 70%까지 지원합니다.\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), cors_origins=(ORIGIN,))
    with Workspace(settings) as workspace:
        list(workspace.pipeline.ingest([papers], IngestReport()))
        with TestClient(create_app(build_assistant(workspace), workspace)) as opened:
            yield opened


@pytest.mark.parametrize("path", ["/widget.js", "/static/annae-chat.js"])
def test_the_widgets_files_are_scripts_for_everybody(client: TestClient, path: str) -> None:
    if not (STATIC / Path(path).name).is_file():
        pytest.skip("the widget is not built: run npm ci && npm run build in web/")
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["gone.js", "..%2Fapi.py", "%2e%2e%2fsettings.py", "x.html", "a/b.js"])
def test_nothing_but_built_files_is_given_away(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_demo_page_allows_only_its_own_scripts_and_has_a_plain_link(client: TestClient, language: str) -> None:
    response = client.get(f"/demo?lang={language}")
    policy = response.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert f'<a href="/?lang={language}" data-annae-fallback>' in response.text
    assert f'<html lang="{language}">' in response.text


def test_no_account_is_shown_where_none_was_made_for_a_demo(client: TestClient) -> None:
    response = client.get("/demo?lang=ko")
    assert 'href="/desk?lang=ko"' in response.text
    assert 'class="account"' not in response.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_demo_page_without_events_says_so(client: TestClient, language: str) -> None:
    said = {"ko": "앞으로 열릴 행사가 없습니다", "en": "no event that is still ahead"}[language]
    assert said in client.get(f"/demo?lang={language}").text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_questions_to_begin_with_are_given_to_the_named_origin(client: TestClient, language: str) -> None:
    response = client.get(f"/api/suggestions?language={language}", headers={"origin": ORIGIN})
    assert response.headers["access-control-allow-origin"] == ORIGIN
    assert isinstance(response.json()["questions"], list)
    assert client.get("/api/suggestions?language=fr").status_code == 422


def test_a_stream_asked_for_again_under_its_id_is_the_same_answer(client: TestClient) -> None:
    headers = {"accept": "text/event-stream"}
    body = {"question": "기금은 몇 %까지 지원하나요?", "request_id": "a1" * 16}
    first = client.post("/api/chat", json=body, headers=headers).text
    assert client.post("/api/chat", json=body, headers=headers).text == first
    other = body | {"request_id": "b2" * 16}
    assert client.post("/api/chat", json=other, headers=headers).text != first
    for wrong in ("short", "x" * 65, "not a name, is it?"):
        assert client.post("/api/chat", json=body | {"request_id": wrong}, headers=headers).status_code == 422


def test_the_named_origin_may_ask_and_no_other(client: TestClient) -> None:
    for origin, allowed in ((ORIGIN, ORIGIN), ("https://evil.example", None)):
        headers = {"origin": origin}
        asked = client.post("/api/chat", json={"question": "기금은 몇 %까지 지원하나요?"}, headers=headers)
        assert asked.headers.get("access-control-allow-origin") == allowed
        preflight = headers | {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        for path in ("/api/chat", "/api/feedback", "/api/eligibility", "/api/inquiries"):
            response = client.options(path, headers=preflight)
            assert (response.status_code == 200) is (allowed is not None)


@pytest.mark.parametrize("path", ["/api/documents", "/readyz", "/"])
def test_no_other_route_is_opened_to_other_origins(client: TestClient, path: str) -> None:
    assert "access-control-allow-origin" not in client.get(path, headers={"origin": ORIGIN}).headers


def test_a_refused_body_can_be_read_by_the_page_that_sent_it(client: TestClient) -> None:
    response = client.post("/api/chat", content=b"x" * 70_000, headers={"origin": ORIGIN})
    assert response.status_code == 413
    assert response.headers["access-control-allow-origin"] == ORIGIN


def test_documents_may_be_framed_by_the_named_origin_and_other_pages_not(client: TestClient) -> None:
    document = client.get("/api/documents").json()["documents"][0]["document_id"]
    shown = client.get(f"/documents/{document}").headers["content-security-policy"]
    assert shown.endswith(f"frame-ancestors 'self' {ORIGIN}")
    assert client.get("/").headers["content-security-policy"].endswith("frame-ancestors 'self'")


def test_origins_are_read_from_a_variable_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_CORS_ORIGINS", "https://a.example, http://b.example:8080")
    assert load_settings().cors_origins == ("https://a.example", "http://b.example:8080")
    for wrong in ("*", "https://a.example/", "a.example", "https://a.example; script-src *", "null"):
        monkeypatch.setenv("ANNAE_CORS_ORIGINS", wrong)
        with pytest.raises(ConfigurationError, match="ANNAE_CORS_ORIGINS"):
            load_settings()
