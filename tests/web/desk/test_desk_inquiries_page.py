"""The officers' desk in a real Chromium against the real server: what an officer does in a day, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from desk_driver import NAMES, WORDS, DeskService, Officer, Officers, Sign
from playwright_kit import expect

LANGUAGES = ["ko", "en"]


def first_sentence(officer: Officer) -> str:
    return str(officer.page.locator("textarea.words").first.input_value())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_inquiry_from_the_queue_to_its_answer(
    sign: Sign, desk_service: DeskService, axe_source: str, language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    contact = {"email": "someone@example.org", "consent": True, "consent_version": "2026-11"}
    reference = desk_service.hand_over(words["question"], language, **contact)
    officer = sign(language=language)
    page = officer.page
    officer.sound(axe_source)
    officer.open(reference)
    sentence = page.locator(".sentence").first
    assert sentence.locator(".check").inner_text() == words["supported"]
    # The source beside the sentence one is in is marked in its document.
    page.locator("textarea.words").first.focus()
    mark = page.frame_locator("desk-source iframe").locator("mark#cited").first
    expect(mark).to_be_in_viewport()
    officer.sound(axe_source)

    # What the source does not bear out is said at once, and cannot be approved.
    before = first_sentence(officer)
    page.locator("textarea.words").first.fill(words["wrong"])
    expect(sentence.locator(".check")).to_have_text(words["not"])
    assert sentence.locator(".chip").count() >= 1
    officer.sound(axe_source)
    officer.press(words["save"])
    officer.said()
    officer.press(words["approve"])
    dialog = page.locator("desk-approve dialog")
    assert dialog.locator("button.button").first.is_disabled()
    officer.sound(axe_source)
    page.keyboard.press("Escape")

    # A passage found in the documents becomes a source of the mended sentence.
    page.locator("textarea.words").first.fill(before)
    chips = sentence.locator(".chip").count()
    officer.press(words["find"])
    page.locator("#passage-words").fill("PIS 1.5")
    page.keyboard.press("Enter")
    page.locator(".passages li").first.wait_for()
    chosen = page.locator(".passages .line.best input").last
    chosen.check()
    officer.sound(axe_source)
    page.locator(".dialog-foot button").first.click()
    expect(sentence.locator(".chip")).to_have_count(chips + 1)
    sentence.locator(".chip-remove").last.click()
    expect(sentence.locator(".chip")).to_have_count(chips)
    officer.press(words["save"])
    officer.said()
    assert first_sentence(officer) == before

    officer.press(words["approve"])
    page.locator("desk-approve button.button").first.click()
    page.locator(".approved", has_text=NAMES["officer"]).wait_for()
    officer.press(words["send"])
    written = page.locator("#written")
    expect(written).to_have_value(re.compile(re.escape(reference)))
    assert before in written.input_value()
    officer.sound(axe_source)
    for name in ("DOCX", "PDF"):
        with page.expect_download() as started:
            page.locator("desk-send a", has_text=name).click()
        saved = tmp_path / name
        started.value.save_as(saved)
        assert saved.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
    officer.press(words["record"])
    page.locator(".facts .badge", has_text=words["sent"]).wait_for()
    assert page.locator("textarea.words").first.get_attribute("readonly") is not None
    answer = desk_service.look_up(reference)
    assert answer["status"] == "answered"
    assert before in answer["answer"]

    # What was approved is kept, and offered where somebody asks the same.
    officer.go("answers")
    page.locator(".cards li", has_text=words["question"]).first.wait_for()
    officer.sound(axe_source)
    again = desk_service.hand_over(words["question"], language)
    officer.open(again)
    page.locator("desk-similar .plain-list li").first.wait_for()
    page.locator("desk-similar .button").first.click()
    officer.said()
    assert before in [area.input_value() for area in page.locator("textarea.words").all()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_in_the_other_language_stands_beside(
    sign: Sign, desk_service: DeskService, axe_source: str, language: str
) -> None:
    words = WORDS[language]
    reference = desk_service.hand_over(words["question"], language)
    officer = sign(language=language, viewport={"width": 1600, "height": 900})
    page = officer.page
    officer.open(reference)
    officer.press(words["other"])
    officer.press(words["other_draft"])
    officer.said()
    officer.press(words["beside"])
    assert page.locator("desk-draft").count() == 2
    boxes = [draft.bounding_box() for draft in page.locator("desk-draft").all()]
    assert len({box and box["y"] for box in boxes}) == 1
    officer.sound(axe_source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_again_and_giving_back(sign: Sign, desk_service: DeskService, axe_source: str, language: str) -> None:
    words = WORDS[language]
    reference = desk_service.hand_over(words["question"], language)
    officer = sign(language=language)
    page = officer.page
    officer.open(reference)
    page.locator("desk-ask-again summary").click()
    asked = "초고위험국 특별계정은 무엇입니까?" if language == "ko" else "How large is the PIS fund?"
    page.locator("#ask-question").fill(asked)
    page.locator("desk-ask-again button.button").click()
    page.locator("desk-draft .draft", has_text=asked).wait_for()
    officer.press(words["return"])
    page.locator("#to-inquirer").check()
    page.locator("#return-reason").fill("담당 기관이 다릅니다." if language == "ko" else "Another body is in charge.")
    officer.sound(axe_source)
    page.locator("desk-return button.button").first.click()
    page.locator("desk-return").wait_for(state="detached")
    assert desk_service.look_up(reference)["status"] == "returned"
    page.locator("desk-history summary").click()
    page.locator(".history li").nth(2).wait_for()
    officer.sound(axe_source)


def test_the_queue_is_filtered_searched_and_counted(sign: Sign, desk_service: DeskService, axe_source: str) -> None:
    korean = desk_service.hand_over("로드쇼 일정을 알려 주십시오.", "ko")
    english = desk_service.hand_over("Where is the next roadshow held?", "en")
    officer = sign()
    page = officer.page
    page.locator("#queue-sort").select_option("newest")
    page.locator(".queue-row", has_text=english).wait_for()
    page.locator("#queue-language").select_option("ko")
    page.locator(".queue-row", has_text=english).wait_for(state="detached")
    assert page.locator(".queue-row", has_text=korean).is_visible()
    page.locator(".filters .tabs button").nth(4).click()
    page.locator(".queue-row", has_text=korean).wait_for(state="detached")
    officer.sound(axe_source)
    page.locator(".filters .tabs button").nth(1).click()
    page.locator("#queue-search").fill("없는 문의 내용")
    page.locator(".empty").wait_for()
    officer.sound(axe_source)
    page.locator(".empty button").click()
    page.locator(".queue-row", has_text=korean).wait_for()


def test_an_ended_session_comes_back_with_everything_typed(
    sign: Sign, desk_service: DeskService, axe_source: str
) -> None:
    reference = desk_service.hand_over(WORDS["ko"]["question"], "ko")
    officer = sign()
    page = officer.page
    officer.open(reference)
    page.locator("textarea.words").first.fill("문의해 주셔서 감사합니다.")
    with page.expect_response("**/api/desk/check"):
        pass
    desk_service.clock.forward(hours=30)
    officer.press(WORDS["ko"]["save"])
    dialog = page.locator("desk-sign-in-dialog dialog")
    dialog.wait_for()
    officer.sound(axe_source)
    page.keyboard.press("Escape")
    assert dialog.is_visible()
    officer.enter("officer", "wrong password")
    dialog.locator("[role=alert]").wait_for()
    officer.enter("officer")
    dialog.wait_for(state="detached")
    officer.said()
    page.reload()
    page.locator("desk-draft .draft").wait_for()
    assert first_sentence(officer) == "문의해 주셔서 감사합니다."


def test_two_officers_on_one_inquiry_see_each_other_and_lose_nothing(
    sign: Sign, desk_service: DeskService, axe_source: str
) -> None:
    reference = desk_service.hand_over(WORDS["ko"]["question"], "ko")
    one, other = sign("officer"), sign("editor", "en")
    one.open(reference)
    other.open(reference)
    other.page.locator(".present", has_text=NAMES["officer"]).wait_for()
    one.page.locator("textarea.words").first.fill("첫 번째 담당자가 적은 문장입니다.")
    other.page.locator("textarea.words").first.fill("두 번째 담당자가 적은 문장입니다.")
    one.press(WORDS["ko"]["save"])
    one.said()
    other.press(WORDS["en"]["save"])
    dialog = other.page.locator("desk-conflict dialog")
    dialog.wait_for()
    assert "첫 번째 담당자" in dialog.locator(".versions section").first.inner_text()
    assert "두 번째 담당자" in dialog.locator(".versions section").last.inner_text()
    other.sound(axe_source)
    other.page.keyboard.press("Escape")
    assert first_sentence(other) == "두 번째 담당자가 적은 문장입니다."
    other.press(WORDS["en"]["save"])
    other.said()
    # The first hears of it by presence, and has nothing unsaved in the way.
    expect(one.page.locator("textarea.words").first).to_have_value("두 번째 담당자가 적은 문장입니다.", timeout=20_000)


def test_sign_in_language_colours_and_sign_out(desk_officers: Officers, axe_source: str) -> None:
    officer = desk_officers(None, "ko")
    page = officer.page
    page.goto(f"{officer.service.url}/desk?lang=ko")
    page.locator("#sign-in-name").wait_for()
    officer.sound(axe_source)
    officer.enter("officer", "wrong password")
    page.locator("[role=alert]").wait_for()
    officer.sound(axe_source)
    officer.enter("officer")
    page.locator(".menu").wait_for()
    page.locator(".tools .text-button").first.click()
    assert page.locator("h1").inner_text() == "Inquiries"
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("#theme").select_option("dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 20, 26)"
    officer.sound(axe_source)
    page.reload()
    page.locator("h1", has_text="Inquiries").wait_for()
    assert page.locator('.menu a[href="#/audit"]').count() == 0
    page.locator(".account summary").click()
    officer.sound(axe_source)
    page.locator(".account-menu button").last.click()
    page.locator("#sign-in-name").wait_for()
    assert page.locator(".menu").count() == 0


def test_the_draft_is_worked_on_with_the_keyboard_alone(sign: Sign, desk_service: DeskService) -> None:
    reference = desk_service.hand_over(WORDS["en"]["question"], "en")
    officer = sign(language="en")
    page = officer.page
    page.locator("#queue-search").fill(reference)
    page.locator(".queue-row", has_text=reference).focus()
    page.keyboard.press("Enter")
    page.locator("desk-draft .draft").wait_for()
    # The new screen is read out from its heading.
    assert page.evaluate("document.activeElement.tagName") == "H1"
    first = first_sentence(officer)
    page.locator("textarea.words").first.focus()
    count = page.locator(".sentence").count()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''").startswith("Move down"):
            break
    page.keyboard.press("Enter")
    if count > 1:
        assert page.locator("textarea.words").nth(1).input_value() == first
    page.locator("textarea.words").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "source-head"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_in_the_dark_is_enough(sign: Sign, desk_service: DeskService, axe_source: str, language: str) -> None:
    reference = desk_service.hand_over(WORDS[language]["question"], language)
    officer = sign("admin", language, viewport={"width": 360, "height": 740}, color_scheme="dark")
    for screen in ("answers", "documents", "terms", "insight", "accounts", "audit"):
        officer.go(screen)
        officer.sound(axe_source)
    officer.open(reference)
    officer.page.locator(".sentence .chip").first.click()
    officer.page.locator(".source .back").click()
    assert "chip" in officer.page.evaluate("document.activeElement.className")
    officer.sound(axe_source)
