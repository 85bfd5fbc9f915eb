"""The chat page for browsers without scripts: cards with the days left, sizes, axe."""

from __future__ import annotations

import httpx
import pytest
from widget_driver import Opened, Service, violations

EVENTS = {"ko": "다가오는 행사는 무엇인가요?", "en": "Which events are coming up?"}
LEFT = {"ko": "시작까지", "en": "starts in"}
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
SIZES = pytest.mark.parametrize(
    "opened",
    [
        {"java_script_enabled": False},
        {"java_script_enabled": False, "viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    ],
    indirect=True,
    ids=["desktop-light", "phone-dark"],
)


def ask(opened: Opened, service: Service, language: str) -> None:
    opened.page.goto(f"{service.url}/?lang={language}")
    opened.page.locator("textarea").fill(EVENTS[language])
    opened.page.locator("form.ask button").click()


@SIZES
@LANGUAGES
def test_events_are_cards_with_the_days_left_and_the_way_to_their_source(
    opened: Opened, service: Service, language: str
) -> None:
    ask(opened, service, language)
    cards = opened.page.locator(".cards > li")
    ahead = cards.filter(has=opened.page.locator(".badges b"))
    assert ahead.count() >= 1
    for left in ahead.locator(".badges b").all_inner_texts():
        assert LEFT[language] in left
        assert any(character.isdigit() for character in left)
    card = ahead.first
    assert card.locator("dt").first.inner_text() == {"ko": "일시", "en": "When"}[language]
    title = card.locator("h3").inner_text()
    card.get_by_role("link", name=title).click()
    assert opened.page.locator("mark#cited").count() >= 1
    opened.page.go_back()
    with opened.page.expect_download() as download:
        opened.page.locator('a[href="/api/events.ics"]').click()
    assert download.value.suggested_filename.endswith(".ics")


@pytest.mark.parametrize(
    "opened", [{}, {"viewport": {"width": 320, "height": 256}}], indirect=True, ids=["desktop", "zoom-400"]
)
@LANGUAGES
def test_the_page_with_cards_has_no_axe_violation_and_does_not_scroll_sideways(
    opened: Opened, service: Service, language: str, axe_source: str
) -> None:
    ask(opened, service, language)
    opened.page.locator(".cards summary").first.click()
    assert violations(opened.page, axe_source) == []
    assert not opened.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_every_document_of_the_corpus_can_be_opened(service: Service) -> None:
    documents = httpx.get(f"{service.url}/api/documents").json()["documents"]
    assert documents
    for document in documents:
        opened = httpx.get(f"{service.url}/documents/{document['document_id']}", timeout=30)
        assert opened.status_code == 200, document["title"]


@pytest.mark.parametrize("opened", [{"java_script_enabled": False}], indirect=True)
@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("ko", "지금 접수 중인 입찰을 알려 주세요.", "620만 달러 (USD 6.2 million)"),
        ("en", "Which tenders are open now?", "USD 4.8 million (미화 480만 달러)"),
    ],
)
def test_a_sum_is_said_in_the_readers_language_before_the_documents_words(
    opened: Opened, service: Service, language: str, question: str, said: str
) -> None:
    opened.page.goto(f"{service.url}/?lang={language}")
    opened.page.locator("textarea").fill(question)
    opened.page.locator("form.ask button").click()
    assert said in opened.page.locator(".cards dd").all_inner_texts()
