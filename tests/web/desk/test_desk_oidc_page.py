"""Signing in with the organisation's account, in the browser, against a scripted provider on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from desk_driver import DeskClock, DeskService, Officer, Officers
from hashing_embedder import HashingEmbedder
from playwright_kit import expect
from scripted_provider import CLIENT_ID, CLIENT_SECRET, ScriptedProvider

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
BUTTON = {"ko": "기관 계정으로 로그인", "en": "Sign in with the organisation's account"}
REFUSED = {"ko": "기관 계정으로 로그인하지 못했습니다", "en": "Signing in with the organisation's account did not work"}


@dataclass
class Web:
    """A desk at which officers sign in with the provider's accounts."""

    service: DeskService
    provider: ScriptedProvider


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    provider = ScriptedProvider()
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        parse_processes=0,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    )
    with Workspace(settings, HashingEmbedder()) as workspace:
        assistant = build_assistant(workspace)
        desk = Desk(assistant, workspace)
        desk.accounts.create("tests", "officer@example.org", "이담당", "officer", None)
        app = create_app(assistant, workspace, desk)
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Web(DeskService(f"http://127.0.0.1:{port}", DeskClock()), provider)
        server.should_exit = True
        thread.join(10)
        desk.close()
    provider.close()


@pytest.fixture
def oidc_officers(browser: object, web: Web) -> Iterator[Officers]:
    web.provider.claims = {}
    officers = Officers(browser, web.service)  # type: ignore[arg-type]  # playwright may be missing; its types then too
    yield officers
    for context in officers.contexts:
        context.close()
    assert [error for officer in officers.all for error in officer.errors] == []


def arrive(officers: Officers, language: str) -> Officer:
    """Open the desk and press the button that leads to the provider; the provider sends the browser back at once."""
    officer = officers(None, language)
    officer.page.goto(f"{officers.service.url}/desk?lang={language}")
    officer.page.get_by_role("link", name=BUTTON[language]).click()
    return officer


@LANGUAGES
def test_an_officer_signs_in_works_and_signs_out(oidc_officers: Officers, web: Web, language: str) -> None:
    officer = arrive(oidc_officers, language)
    officer.page.locator(".menu").wait_for()
    assert officer.page.url.startswith(f"{web.service.url}/desk")
    assert "code=" not in officer.page.url
    expect(officer.page.locator(".account summary")).to_have_text("이담당")
    officer.go("insight").go("inquiries")
    cookies = {cookie["name"]: cookie for cookie in officer.page.context.cookies()}
    assert cookies["annae_desk"]["httpOnly"]
    assert "annae_desk_oidc" not in cookies
    officer.page.reload()
    officer.page.locator(".menu").wait_for()
    officer.page.locator(".account summary").click()
    officer.page.locator(".account-menu .text-button").last.click()
    officer.page.locator("#sign-in-name").wait_for()
    assert "annae_desk" not in {cookie["name"] for cookie in officer.page.context.cookies()}


@LANGUAGES
def test_whoever_has_no_account_here_is_told_so_and_can_go_on(
    oidc_officers: Officers, web: Web, axe_source: str, language: str
) -> None:
    web.provider.claims = {"email": "stranger@example.org"}
    officer = arrive(oidc_officers, language)
    expect(officer.page.get_by_role("alert")).to_contain_text(REFUSED[language])
    officer.sound(axe_source)
    web.provider.claims = {}
    officer.page.get_by_role("link", name=BUTTON[language]).click()
    officer.page.locator(".menu").wait_for()


def test_an_address_that_the_provider_did_not_verify_is_refused(oidc_officers: Officers, web: Web) -> None:
    web.provider.claims = {"email_verified": False}
    officer = arrive(oidc_officers, "en")
    expect(officer.page.get_by_role("alert")).to_contain_text(REFUSED["en"])
    assert "annae_desk" not in {cookie["name"] for cookie in officer.page.context.cookies()}


def test_an_ended_session_is_taken_up_again_from_another_tab(oidc_officers: Officers, web: Web) -> None:
    officer = arrive(oidc_officers, "ko")
    page = officer.page
    page.locator(".menu").wait_for()
    page.context.clear_cookies()
    page.locator('.menu a[href="#/insight"]').click()
    dialog = page.get_by_role("dialog")
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name=BUTTON["ko"]).click()
    opened.value.locator(".menu").wait_for()
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    dialog.wait_for(state="detached")
    # What was asked for when the session had ended has been asked again.
    page.locator(".insight-total").wait_for()


def test_a_provider_that_does_not_answer_leads_back_to_the_desk(oidc_officers: Officers, web: Web) -> None:
    web.provider.issuer_told = "http://127.0.0.1:1"
    try:
        officer = arrive(oidc_officers, "ko")
        expect(officer.page.get_by_role("alert")).to_contain_text(REFUSED["ko"])
    finally:
        web.provider.issuer_told = None
