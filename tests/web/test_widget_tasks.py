"""The widget beside asking: cards from real records, the eligibility check, inquiries, the demo page."""

from __future__ import annotations

import json
import re

import pytest
from widget_driver import Chat, Opened, Service, violations

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "color_scheme": "dark"}
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
SIZES = pytest.mark.parametrize("opened", [{}, PHONE], indirect=True, ids=["desktop-light", "phone-dark"])
UNKNOWN = {"ko": "하노이 지하철 5호선 공사비는 얼마인가요?", "en": "Who won the 1998 football world cup final?"}


def demo(opened: Opened, service: Service, language: str, *, base: str | None = None) -> Chat:
    opened.page.goto(f"{base or service.url}/demo?lang={language}")
    return Chat(opened.page).open()


# --- records ---


@SIZES
@LANGUAGES
def test_events_that_are_ahead_are_cards_with_the_days_left_and_a_calendar_entry(
    opened: Opened, service: Service, language: str, axe_source: str
) -> None:
    page, chat = opened.page, demo(opened, service, language)
    exchange = chat.ask({"ko": "다가오는 행사를 알려 주세요", "en": "Which events are coming up?"}[language])
    card = exchange.locator(".card", has_text="2027 스마트도시 수출상담회")
    assert card.locator(".state").inner_text() == {"ko": "예정", "en": "Upcoming"}[language]
    assert "107" in card.locator(".left").inner_text()
    assert {"ko": "2027년 3월 9일 ~ 10일", "en": "9–10 March 2027"}[language] in card.inner_text()
    assert violations(page, axe_source) == []
    with page.expect_download() as download:
        card.locator(".calendar").click()
    entry = download.value.path().read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20270309" in entry
    assert "DTEND;VALUE=DATE:20270311" in entry
    card.locator(".buttons .button").last.click()
    page.frame_locator("iframe.document").locator("mark#cited").first.wait_for()


@LANGUAGES
def test_what_a_later_notice_changed_is_said_with_old_and_new(opened: Opened, service: Service, language: str) -> None:
    """The answer carries the tender as the server's records give it, whatever its composer would choose."""
    page, chat = opened.page, demo(opened, service, language)
    records = page.evaluate("fetch('/api/tenders').then(reply => reply.json())")["records"]
    amended = [record for record in records if record["changes"]]
    assert amended
    whole = {
        "answer_id": "0" * 32, "conversation_id": "1" * 32, "status": "answered", "language": language, "mode": "extractive",
        "as_of": "2026-11-22", "text": "", "claims": [], "citations": [], "notices": [], "records": amended, "suggestions": [], "contact": None,
    }  # fmt: skip
    stream = f"event: final\ndata: {json.dumps(whole, ensure_ascii=False)}\n\n"
    page.route("**/api/chat", lambda route: route.fulfill(content_type="text/event-stream", body=stream))
    said = chat.ask("?").locator(".amended").first
    assert "→" in said.inner_text()
    said.locator("button").first.click()
    assert page.locator(".source .quote").inner_text()
    page.frame_locator("iframe.document").locator("mark#cited").first.wait_for()


# --- eligibility ---


@SIZES
@LANGUAGES
def test_eligibility_is_checked_in_a_dialogue_with_a_source_for_each_condition(
    opened: Opened, service: Service, language: str, axe_source: str
) -> None:
    page, chat = opened.page, demo(opened, service, language)
    panel = chat.start("eligibility")
    assert violations(page, axe_source) == [], "form"
    page.locator("#profile-size").select_option("sme")
    page.locator("#profile-region").fill({"ko": "강원", "en": "Gangwon"}[language])
    panel.locator("form.profile button[type=submit]").first.click()
    starter = panel.locator(".judgement", has_text="Export Starter")
    starter.wait_for()
    assert chat.focused == "results"
    assert starter.locator(".verdict").inner_text() == {"ko": "확인 필요", "en": "More needed"}[language]
    starter.locator("summary").click()
    assert starter.locator("tr.met").count() >= 2
    assert violations(page, axe_source) == [], "result"
    starter.locator("td button").first.click()
    page.frame_locator("iframe.document").locator("mark#cited").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(".citation-source").wait_for(state="detached")
    assert "link" in chat.focused
    years = starter.locator("input[id$=years_in_business]")
    years.fill("0.5")
    years.press("Enter")
    starter.locator(".verdict.not_eligible").wait_for()
    assert starter.locator("tr.not_met").count() == 1
    assert page.locator("#profile-years_in_business").input_value() == "0.5"
    assert violations(page, axe_source) == [], "not eligible"


def test_one_programs_own_conditions_and_exclusions_are_answered_for_it_alone(opened: Opened, service: Service) -> None:
    page, chat = opened.page, demo(opened, service, "ko")
    panel = chat.start("eligibility")
    page.locator("#profile-size").select_option("midsize")
    page.locator("#profile-region").fill("강원")
    page.locator("#profile-years_in_business").fill("3")
    panel.locator("form.profile button[type=submit]").first.click()
    support = panel.locator(".judgement", has_text="수주교섭 비용 지원사업")
    support.wait_for()
    support.locator("summary").click()
    support.locator("input[id$=sector]").fill("교통 솔루션")
    support.locator("select[id$=other]").select_option("yes")
    support.locator("form button").click()
    support.locator(".verdict.eligible").wait_for()
    # An exclusion is met by not falling under it.
    assert support.locator("tr.met", has_text="제외 대상").count() == 1


def test_the_eligibility_check_works_by_the_keyboard_alone(opened: Opened, service: Service) -> None:
    page, chat = opened.page, demo(opened, service, "en")
    for _ in range(12):
        if chat.focused == "chip task-eligibility":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".task").wait_for()
    assert "back" in chat.focused
    for _ in range(2):
        page.keyboard.press("Tab")
    assert chat.focused == "profile-size"
    page.keyboard.press("S")
    page.keyboard.press("Tab")
    page.keyboard.type("Gangwon")
    page.keyboard.press("Enter")
    page.locator(".results").wait_for()
    page.keyboard.press("Escape")
    page.locator(".task").wait_for(state="detached")
    assert "task-eligibility" in chat.focused


# --- inquiries ---


@SIZES
@LANGUAGES
def test_a_question_without_an_answer_is_handed_over_and_looked_up(
    opened: Opened, service: Service, language: str, axe_source: str
) -> None:
    page, chat = opened.page, demo(opened, service, language)
    exchange = chat.ask(UNKNOWN[language])
    exchange.locator(".hand-over").click()
    assert page.locator("#inquiry-question").input_value() == UNKNOWN[language]
    assert violations(page, axe_source) == [], "form"
    page.locator("#inquiry-email").fill("someone@example.org")
    page.locator(".handover button[type=submit]").click()
    page.locator("#inquiry-problem").wait_for()
    assert chat.focused == "inquiry-agree"
    assert violations(page, axe_source) == [], "consent missing"
    page.locator("#inquiry-agree").check()
    with page.expect_request("**/api/inquiries") as sent:
        page.locator(".handover button[type=submit]").click()
    body = json.loads(sent.value.post_data or "{}")
    assert body["conversation_id"]
    assert (body["consent"], body["consent_version"]) == (True, "2026-11-22/1095")
    page.locator(".receipt").wait_for()
    reference = page.locator(".receipt code").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", reference)
    assert violations(page, axe_source) == [], "receipt"
    page.reload()
    panel = chat.open().start("look")
    assert reference in panel.locator(".receipts").inner_text()
    page.locator("#inquiry-reference").fill(reference.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.locator(".inquiry").wait_for()
    assert page.locator(".inquiry .state").inner_text() == {"ko": "접수됨", "en": "Received"}[language]
    assert violations(page, axe_source) == [], "looked up"


def test_an_inquiry_from_another_site_arrives_where_its_origin_is_allowed(opened: Opened, service: Service) -> None:
    page = opened.page
    script = f'<script src="{service.url}/widget.js" data-lang="ko" defer></script>'
    html = f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>기관</title>{script}</head><body><h1>기관</h1></body></html>'
    page.goto(service.hosts.add("inquiry", html))
    chat = Chat(page).open()
    panel = chat.start("inquiry")
    page.locator("#inquiry-question").fill("신청할 수 있습니까?")
    panel.locator("button[type=submit]").click()
    page.locator(".receipt .button").first.click()
    page.locator(".receipts button").first.click()
    page.locator(".inquiry").wait_for()
    page.keyboard.press("Escape")
    panel = chat.start("eligibility")
    panel.locator("button[type=submit]").first.click()
    page.locator(".judgement").first.wait_for()


@pytest.mark.parametrize("opened", [{"viewport": {"width": 320, "height": 256}}], indirect=True, ids=["zoom-400"])
def test_at_400_per_cent_the_tasks_can_be_read_and_used(opened: Opened, service: Service, axe_source: str) -> None:
    page, chat = opened.page, demo(opened, service, "en")
    panel = chat.start("eligibility")
    panel.locator("button[type=submit]").first.click()
    page.locator(".judgement").first.wait_for()
    page.locator(".judgement summary").first.click()
    assert not panel.evaluate("e => e.scrollWidth > e.clientWidth")
    assert violations(page, axe_source) == []
    page.keyboard.press("Escape")
    panel = chat.start("inquiry")
    page.locator(".handover button[type=submit]").scroll_into_view_if_needed()
    assert not panel.evaluate("e => e.scrollWidth > e.clientWidth")


# --- the demo page ---


@SIZES
@LANGUAGES
def test_the_demo_page_shows_what_is_ahead_and_the_way_to_the_desk(
    opened: Opened, service: Service, language: str, axe_source: str
) -> None:
    page = opened.page
    page.goto(f"{service.url}/demo?lang={language}")
    page.locator("annae-chat .launcher").wait_for()
    assert "2027 스마트도시 수출상담회" in page.locator(".events").inner_text()
    assert page.locator(".officers .open").get_attribute("href") == f"/desk?lang={language}"
    assert page.locator(".account code").all_inner_texts() == ["demo", "demo-password"]
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert violations(page, axe_source) == []
