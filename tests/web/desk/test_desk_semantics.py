"""The desk for a screen reader and at 400 per cent: roles, names, order of focus, nothing wider than the screen."""

from __future__ import annotations

import pytest
from accessibility import controls, focused, walk
from desk_driver import WORDS, DeskService, Officer, Sign
from playwright_kit import expect

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
SIGN_IN = {
    "ko": """
        - link "본문으로 건너뛰기"
        - banner:
          - combobox "화면 색"
          - button "English"
        - main:
          - heading "로그인" [level=1]
          - textbox "아이디"
          - textbox "비밀번호"
          - button "로그인"
        - status
    """,
    "en": """
        - link "Skip to the content"
        - banner:
          - combobox "Colours"
          - button "한국어"
        - main:
          - heading "Sign in" [level=1]
          - textbox "Name"
          - textbox "Password"
          - button "Sign in"
        - status
    """,
}
INQUIRY = {
    "ko": """
        - banner:
          - navigation "데스크 메뉴":
            - link "문의"
        - main:
          - heading /문의 .{4}-.{4}/ [level=1]
          - region "문의 내용":
            - combobox "주제"
            - combobox "담당자"
          - region "답변 초안":
            - group "답변 언어":
              - button "한국어" [pressed]
            - region "한국어 답변":
              - list:
                - listitem:
                  - status: 근거 있음
                  - textbox "문장 1"
                  - list "출처":
                    - listitem:
                      - button /출처 1. .+/
                      - button "출처 1 빼기"
          - region "출처":
            - heading "출처" [level=2]
    """,
    "en": """
        - banner:
          - navigation "Desk menu":
            - link "Inquiries"
        - main:
          - heading /Inquiry .{4}-.{4}/ [level=1]
          - region "Question":
            - combobox "Topic"
            - combobox "Assigned to"
          - region "Draft answer":
            - group:
              - button "English" [pressed]
            - region:
              - list:
                - listitem:
                  - status: Supported
                  - textbox "Sentence 1"
                  - list:
                    - listitem:
                      - button /Source 1. .+/
                      - button "Take source 1 off"
          - region "Source":
            - heading "Source" [level=2]
    """,
}
SCREENS = ("inquiries", "answers", "documents", "terms", "insight", "accounts", "audit")
# A screen of 1280 by 1024 at 400 per cent.
ZOOMED = {"viewport": {"width": 320, "height": 256}}


def same_order(officer: Officer) -> None:
    """Walk through the whole page from its top: the focus goes where the accessibility tree says, in its order."""
    page = officer.page
    told = controls(page.locator("body"))
    assert all(told)
    page.locator("body > .skip, desk-app .skip, a.skip").first.focus()
    seen = [focused(page), *walk(page, len(told) + 8)]
    assert [name for name in seen if name in told][: len(told)] == told


@LANGUAGES
def test_signing_in_is_told_and_walked_in_one_order(sign: Sign, desk_service: DeskService, language: str) -> None:
    officer = sign(None, language)
    officer.page.goto(f"{desk_service.url}/desk?lang={language}")
    officer.page.locator("#sign-in-name").wait_for()
    expect(officer.page.locator("body")).to_match_aria_snapshot(SIGN_IN[language])
    same_order(officer)


@LANGUAGES
def test_an_inquiry_is_told_sentence_by_sentence_and_walked_in_the_same_order(
    sign: Sign, desk_service: DeskService, language: str
) -> None:
    reference = desk_service.hand_over(WORDS[language]["question"], language)
    officer = sign("officer", language)
    officer.open(reference)
    officer.page.locator("desk-source iframe").wait_for()
    expect(officer.page.locator("body")).to_match_aria_snapshot(INQUIRY[language])
    names = controls(officer.page.locator("main"))
    # Two sentences may rest on one source; everything else has a name of its own.
    repeated = {name for name in names if names.count(name) > 1}
    source = {"ko": "출처", "en": "source"}[language]
    assert all(source in name.lower() for name in repeated), repeated


@LANGUAGES
def test_the_queue_is_walked_in_the_order_in_which_it_is_told(
    sign: Sign, desk_service: DeskService, language: str
) -> None:
    desk_service.hand_over(WORDS[language]["question"], language)
    officer = sign("officer", language)
    officer.page.locator(".queue-row").first.wait_for()
    same_order(officer)


@LANGUAGES
def test_a_change_of_the_check_is_said_where_the_sentence_is(
    sign: Sign, desk_service: DeskService, language: str
) -> None:
    words = WORDS[language]
    officer = sign("officer", language)
    draft = officer.open(desk_service.hand_over(words["question"], language))
    sentence = draft.locator(".sentence").first
    status = sentence.get_by_role("status")
    expect(status).to_have_text(words["supported"])
    sentence.locator("textarea").fill(words["wrong"])
    expect(status).to_contain_text(words["not"])


@LANGUAGES
def test_with_the_keyboard_alone_the_focus_goes_on_from_a_source_to_its_sentence_and_from_step_to_step(
    sign: Sign, desk_service: DeskService, language: str
) -> None:
    words = WORDS[language]
    officer = sign("officer", language)
    draft = officer.open(desk_service.hand_over(words["question"], language))
    keyboard = officer.page.keyboard
    chip = draft.locator(".sentence .chip").first
    chip.focus()
    keyboard.press("Enter")
    expect(officer.page.locator("#source-head")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(chip).to_be_focused()
    # The button that was pressed can be pressed no more, or is gone: the focus is on the next step.
    draft.locator(".sentence .icon-button:not([disabled])").first.focus()
    keyboard.press("Enter")
    officer.page.get_by_role("button", name=words["save"], exact=True).focus()
    keyboard.press("Enter")
    approve = officer.page.get_by_role("button", name=words["approve"], exact=True).first
    expect(approve).to_be_focused()
    keyboard.press("Enter")
    officer.page.locator("desk-approve form button.button").first.focus()
    keyboard.press("Enter")
    expect(officer.page.get_by_role("button", name=words["send"], exact=True)).to_be_focused()


@LANGUAGES
def test_at_400_per_cent_no_screen_is_wider_than_the_window_and_everything_can_be_reached(
    sign: Sign, desk_service: DeskService, axe_source: str, language: str
) -> None:
    reference = desk_service.hand_over(WORDS[language]["question"], language)
    officer = sign("admin", language, **ZOOMED)
    page = officer.page
    for screen in SCREENS:
        officer.go(screen)
        officer.sound(axe_source)
        cut = page.evaluate(_CUT)
        assert cut == [], (screen, cut)
        assert page.evaluate(_WIDE_TABLES) == [], screen
    officer.open(reference)
    officer.sound(axe_source)
    assert page.evaluate(_CUT) == []
    # What stays at the edge of the screen must leave room for what it belongs to.
    words = WORDS[language]
    page.locator(".sentence textarea").first.fill(words["wrong"])
    approve = page.get_by_role("button", name=words["approve"], exact=True)
    approve.scroll_into_view_if_needed()
    expect(approve).to_be_in_viewport(ratio=1)
    first = page.locator(".sentence textarea").first
    first.scroll_into_view_if_needed()
    expect(first).to_be_in_viewport()
    officer.sound(axe_source)


# At this width a table's cells stand below one another: nothing of it needs scrolling sideways.
_WIDE_TABLES = """() => [...document.querySelectorAll('.scroll:has(> table.stacked)')]
    .filter(box => box.scrollWidth > box.clientWidth).map(box => [box.scrollWidth, box.clientWidth])"""

# Text that is cut by the box around it, and boxes that stick out of the window where nothing lets them be scrolled to;
# tables, charts and the document itself may be wider (WCAG 2.2, 1.4.10).
_CUT = """() => {
    const wide = element => element.closest('.scroll, iframe, .unseen, .skip, svg, option');
    return [...document.querySelectorAll('main *, header *, .top *')]
        .filter(element => !wide(element) && element.getClientRects().length)
        .filter(element => {
            const box = element.getBoundingClientRect(), style = getComputedStyle(element);
            const sticksOut = box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
            const clipped = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
            return sticksOut || clipped;
        })
        .map(element => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`);
}"""
