"""The main paths without a mouse, in both languages: what is opened takes the focus, and what is closed gives it back where it came from."""

from __future__ import annotations

import pytest
from widget_driver import QUESTIONS, Chat, Opened, Service

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


@pytest.fixture
def chat(opened: Opened, service: Service, request: pytest.FixtureRequest) -> Chat:
    """The widget on the demo page behind the way that can be disturbed, opened with the keyboard."""
    opened.page.goto(f"{service.proxy.url}/demo?lang={request.getfixturevalue('language')}")
    opened.page.locator("annae-chat .launcher").focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator("textarea#question").wait_for()
    return Chat(opened.page)


def go_to(chat: Chat, name: str, key: str = "Tab") -> None:
    """Press ``key`` until what is called ``name`` (a class or an id) has the focus."""
    seen = []
    for _ in range(40):
        if name in chat.focused.split():
            return
        chat.page.keyboard.press(key)
        seen.append(chat.focused)
    raise AssertionError(f"{name} is not among {seen}")


def press(chat: Chat, *keys: str) -> None:
    for key in keys:
        chat.page.keyboard.press(key)


@LANGUAGES
def test_asking_reading_a_source_and_saying_what_was_missing(chat: Chat, language: str) -> None:
    page = chat.page
    page.keyboard.type(QUESTIONS[language])
    press(chat, "Enter")
    page.locator(".exchange .tools").wait_for()
    assert chat.focused == "question"
    go_to(chat, "cite", "Shift+Tab")
    press(chat, "Enter")
    page.locator(".source").wait_for()
    assert "back" in chat.focused.split()
    # The quotation can be scrolled, the document opened, and the way back is the first thing again.
    go_to(chat, "source-body")
    press(chat, "Escape")
    page.locator(".source").wait_for(state="detached")
    assert "cite" in chat.focused.split()
    go_to(chat, "why")
    press(chat, "Enter")
    page.locator(".feedback").wait_for()
    press(chat, "Space", "Tab", "Tab", "Tab", "Tab", "Tab")
    page.keyboard.type("…")
    press(chat, "Tab", "Enter")
    page.locator(".said").wait_for()
    assert page.locator(".why").get_attribute("aria-pressed") == "true"
    assert "why" in chat.focused.split()


@LANGUAGES
def test_sending_and_stopping_with_the_button_keep_the_focus_on_it(chat: Chat, service: Service, language: str) -> None:
    service.proxy.stall_seconds = 3
    chat.page.keyboard.type(QUESTIONS[language])
    go_to(chat, "send")
    press(chat, "Enter")
    chat.page.locator(".progress").wait_for()
    chat.page.keyboard.press("Shift+Tab")
    chat.page.keyboard.type("다음")
    go_to(chat, "send")
    press(chat, "Enter")
    chat.page.locator(".failure").wait_for()
    assert "send" in chat.focused.split()
    # What was being written was not sent by the button that stopped.
    assert chat.page.locator("textarea#question").input_value() == "다음"
    assert chat.page.locator(".exchange").count() == 1


@LANGUAGES
def test_menu_question_and_panel_are_left_with_escape_one_at_a_time(chat: Chat, language: str) -> None:
    page = chat.page
    go_to(chat, "more-tasks", "Shift+Tab")
    press(chat, "Enter")
    page.locator(".tasks").wait_for()
    press(chat, "Escape")
    page.locator(".tasks").wait_for(state="detached")
    assert "more-tasks" in chat.focused.split()
    go_to(chat, "question")
    page.keyboard.type(QUESTIONS[language])
    press(chat, "Enter")
    page.locator(".exchange .tools").wait_for()
    go_to(chat, "clear", "Shift+Tab")
    press(chat, "Enter")
    page.locator(".confirm").wait_for()
    assert "quiet" in chat.focused.split()
    press(chat, "Escape")
    page.locator(".confirm").wait_for(state="detached")
    assert "clear" in chat.focused.split()
    press(chat, "Escape")
    page.locator("annae-chat .launcher").wait_for()
    assert chat.focused == "launcher"


@LANGUAGES
def test_an_inquiry_is_left_and_looked_up(chat: Chat, language: str) -> None:
    page = chat.page
    go_to(chat, "task-inquiry", "Shift+Tab")
    press(chat, "Enter")
    page.locator(".handover").wait_for()
    assert "back" in chat.focused.split()
    go_to(chat, "inquiry-question")
    page.keyboard.type(QUESTIONS[language])
    go_to(chat, "inquiry-email")
    page.keyboard.type("someone@example.org")
    press(chat, "Enter")
    page.locator("#inquiry-problem").wait_for()
    assert chat.focused == "inquiry-agree"
    press(chat, "Space", "Tab", "Enter")
    page.locator(".receipt").wait_for()
    assert chat.focused == "receipt"
    reference = page.locator(".receipt code").inner_text()
    press(chat, "Escape")
    page.locator(".task").wait_for(state="detached")
    assert "task-inquiry" in chat.focused.split()
    go_to(chat, "task-look")
    press(chat, "Enter")
    go_to(chat, "inquiry-reference")
    page.keyboard.type(reference)
    press(chat, "Enter")
    page.locator(".inquiry").wait_for()
    assert chat.focused.split()[-1] in ("inquiry", "card")
