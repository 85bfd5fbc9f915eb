"""Signing in with the organisation's account, in the browser, against a scripted provider on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from corpus_data import CorpusData, SettingsOnADay
from desk_driver import DeskClock, DeskService, Officer, Officers
from desk_server import serve_desk
from playwright_kit import expect
from scripted_provider import CLIENT_ID, CLIENT_SECRET, ScriptedProvider

from assistant.desk.desk import Desk

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
BUTTON = {"ko": "기관 계정으로 로그인", "en": "Sign in with the organisation's account"}
REFUSED = {"ko": "기관 계정으로 로그인하지 못했습니다", "en": "Signing in with the organisation's account did not work"}


class RunningClock(DeskClock):
    """The provider's tokens go by the time of the day."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Web:
    """A desk at which officers sign in with the provider's accounts."""

    service: DeskService
    provider: ScriptedProvider


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory, corpus_data: CorpusData) -> Iterator[Web]:
    provider = ScriptedProvider()
    settings = SettingsOnADay(
        data_dir=corpus_data.copy_to(tmp_path_factory.mktemp("data")),
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    )
    with serve_desk(settings, corpus_data.embedder, make_account, clock=RunningClock()) as service:
        yield Web(service, provider)
    provider.close()


def make_account(desk: Desk) -> None:
    desk.accounts.create("tests", "officer@example.org", "이담당", "officer", None)


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
