"""What a screen reader gets of the widget: roles and names, what is said as it happens, where the focus goes."""

from __future__ import annotations

import pytest
from accessibility import controls, focused, walk
from playwright_kit import expect
from widget_driver import QUESTIONS, Chat, Opened, Service

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
EVENTS = {"ko": "다가오는 행사는 무엇인가요?", "en": "Which events are coming up?"}
WELCOME = {
    "ko": """
        - dialog "안내 정책 문서 질의응답":
          - heading "안내 정책 문서 질의응답" [level=2]
          - button "바로 하실 수 있는 일"
          - button "English"
          - button "닫기"
          - region "대화":
            - group "이런 질문을 해 보십시오":
              - button
            - group "바로 하실 수 있는 일":
              - button "지원 자격 확인"
              - button "담당자에게 문의"
              - button "문의 확인"
          - textbox "질문"
          - button "보내기"
    """,
    "en": """
        - dialog "Annae Policy questions":
          - heading "Annae Policy questions" [level=2]
          - button "What you can do here"
          - button "한국어"
          - button "Close"
          - region "Conversation":
            - group "Questions to try":
              - button
            - group "What you can do here":
              - button "Check eligibility"
              - button "Ask an officer"
              - button "Look up an inquiry"
          - textbox "Question"
          - button "Send"
    """,
}
ANSWERED = {
    "ko": """
        - region "대화":
          - 'article "질문: 다가오는 행사는 무엇인가요?"':
            - 'heading "질문: 다가오는 행사는 무엇인가요?" [level=3]'
            - paragraph:
              - button /출처 1. .+/
            - region "문서에 적힌 일정과 지원 사업":
              - list:
                - listitem:
                  - heading [level=4]
                  - term: 일시
                  - definition
            - button "출처와 함께 복사"
            - button "도움이 되었습니다"
            - button "도움이 되지 않았습니다"
    """,
    "en": """
        - region "Conversation":
          - 'article /: Which events are coming up/':
            - 'heading /: Which events are coming up/ [level=3]'
            - paragraph:
              - button /Source 1. .+/
            - region "Dates and programs in the documents":
              - list:
                - listitem:
                  - heading [level=4]
                  - term: When
                  - definition
            - button "Copy with sources"
            - button "This helped"
            - button "This did not help"
    """,
}
ARRIVED = {"ko": "답변이 도착했습니다", "en": "The answer is here"}


def demo(opened: Opened, service: Service, language: str) -> Chat:
    opened.page.goto(f"{service.url}/demo?lang={language}")
    return Chat(opened.page).open()


@LANGUAGES
def test_everything_has_a_role_and_a_name(opened: Opened, service: Service, language: str) -> None:
    chat = demo(opened, service, language)
    widget = opened.page.locator("annae-chat")
    expect(widget).to_match_aria_snapshot(WELCOME[language])
    chat.ask(EVENTS[language])
    expect(widget).to_match_aria_snapshot(ANSWERED[language])
    names = controls(widget)
    assert all(names)
    # Nobody can tell two buttons of one name apart; only a source that two sentences share may come twice.
    repeated = {name for name in names if names.count(name) > 1}
    assert all(opened.page.locator(f'button.cite[aria-label^="{name[:2]}"]').count() for name in repeated)


@LANGUAGES
def test_what_happens_is_said_in_a_live_region_that_was_there_before(
    opened: Opened, service: Service, language: str
) -> None:
    page, chat = opened.page, demo(opened, service, language)
    status = page.locator("annae-chat").get_by_role("status")
    assert status.count() == 1
    assert status.inner_text() == ""
    page.evaluate("document.querySelector('annae-chat').shadowRoot.querySelector('[role=status]').__same = true")
    exchange = chat.ask(QUESTIONS[language])
    status.get_by_text(ARRIVED[language]).wait_for(state="attached")
    said = "".join(status.inner_text().split())
    numbers_away = "claim => { const copy = claim.cloneNode(true); copy.querySelectorAll('.cite').forEach(e => e.remove()); return copy.textContent }"
    sentences = [str(claim.evaluate(numbers_away)) for claim in exchange.locator(".claim").all()]
    # Each sentence is read once, as it comes, and at the end that it was all.
    for sentence in sentences:
        assert said.count("".join(sentence.split())) == 1
    assert said.rfind("".join(ARRIVED[language].split())) > max(said.find("".join(s.split())) for s in sentences)
    assert page.evaluate("document.querySelector('annae-chat').shadowRoot.querySelector('[role=status]').__same")


@LANGUAGES
def test_the_focus_goes_through_what_is_told_in_the_same_order(opened: Opened, service: Service, language: str) -> None:
    page, chat = opened.page, demo(opened, service, language)
    chat.ask(QUESTIONS[language])
    told = controls(page.locator("annae-chat"))
    page.locator("annae-chat .more-tasks").focus()
    # The conversation itself has the focus once, to be scrolled by the keyboard, and so has each list that is folded.
    seen = [focused(page), *walk(page, len(told) + page.locator(".exchange summary").count())]
    assert [name for name in seen if name in told] == told


@LANGUAGES
def test_the_source_has_a_name_and_takes_the_focus(opened: Opened, service: Service, language: str) -> None:
    page, chat = opened.page, demo(opened, service, language)
    cite = chat.ask(QUESTIONS[language]).locator("button.cite").first
    name = cite.get_attribute("aria-label") or ""
    cite.click()
    dialog = page.get_by_role("dialog").last
    title = name.split(": ", 1)[1]
    assert title in " ".join((dialog.get_by_role("heading", level=3).inner_text()).split())
    assert focused(page) == {"ko": "답변으로돌아가기", "en": "Backtotheanswer"}[language]
    assert title in (page.locator("iframe.document").get_attribute("title") or "")
