"""Documents, terms, insight, accounts and the audit log at the desk, and text that is not to be trusted."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from desk_driver import PASSWORD, WORDS, DeskService, Officer, Sign
from playwright_kit import expect

EVIL = "<img src=x onerror=\"window.__xss='here'\"><script>window.__xss='script'</script>"


def unharmed(officer: Officer) -> None:
    assert officer.page.evaluate("window.__xss") is None
    assert all(frame.evaluate("window.__xss") is None for frame in officer.page.frames)


def test_documents_are_taken_in_corrected_replaced_and_removed(sign: Sign, axe_source: str, tmp_path: Path) -> None:
    officer = sign("editor")
    page = officer.page
    officer.go("documents")
    officer.sound(axe_source)
    paths = []
    for number in (1, 2):
        paths.append(tmp_path / f"notice-{number}.txt")
        paths[-1].write_text(
            f"해외 진출 설명회 {number}차 안내\n\n설명회는 2027년 3월 {number}일 서울에서 열립니다.\n", "utf-8"
        )
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing more")
    page.locator("#upload-files").set_input_files([*paths, broken])
    page.locator(".job-items li.failed", has_text="broken.pdf").wait_for(timeout=60_000)
    row = page.locator("tbody tr", has_text="notice-1.txt")
    row.wait_for()
    officer.sound(axe_source)

    row.locator("a").click()
    page.locator("#document-title").wait_for()
    page.frame_locator(".source iframe").locator("h1").wait_for()
    officer.sound(axe_source)
    page.locator("#document-title").fill("고친 제목")
    page.locator("#document-published").fill("2026-11")
    page.locator("desk-document-facts button.button").click()
    officer.said("문서 정보")
    expect(page.locator("h1")).to_have_text("고친 제목")
    expect(page.locator("desk-document-facts .text-button")).to_have_count(2)

    paths[0].write_text("해외 진출 설명회 안내 (변경)\n\n설명회는 2027년 4월 9일 부산에서 열립니다.\n", "utf-8")
    page.locator("#replace-file").set_input_files(paths[0])
    page.locator("desk-jobs .job-items .replaced").wait_for(timeout=60_000)
    officer.press("문서 삭제")
    officer.sound(axe_source)
    page.locator("desk-confirm .danger").click()
    page.locator("h1", has_text="문서").wait_for(timeout=60_000)
    page.locator("tbody tr", has_text="notice-2.txt").wait_for()
    assert page.locator("tbody tr", has_text="notice-1.txt").count() == 0


def test_files_can_be_dropped(sign: Sign, desk_service: DeskService) -> None:
    officer = sign("editor", "en")
    page = officer.page
    officer.go("documents")
    script = """() => { const data = new DataTransfer();
        data.items.add(new File(['Dropped notice\\n\\nThe briefing is held in Jakarta on 3 March 2027.'], 'dropped.txt', { type: 'text/plain' })); return data; }"""
    page.locator(".upload").dispatch_event("drop", {"dataTransfer": page.evaluate_handle(script)})
    page.locator("tbody tr", has_text="dropped.txt").wait_for(timeout=60_000)


def test_a_record_is_corrected_beside_the_words_it_was_read_from(sign: Sign, axe_source: str) -> None:
    officer = sign("editor")
    page = officer.page
    officer.go("documents")
    page.locator("tbody tr", has_text="bangkok").locator("a").click()
    record = page.locator("desk-record").first
    record.locator("summary").click()
    record.locator(".span-button").first.click()
    page.frame_locator(".source iframe").locator("mark#cited").first.wait_for()
    officer.sound(axe_source)
    place = record.locator("[id$='-place']")
    place.fill("방콕 시내 호텔")
    record.locator("button.button").click()
    officer.said()
    page.reload()
    page.locator("desk-record summary").first.click()
    expect(page.locator("desk-record [id$='-place']").first).to_have_value("방콕 시내 호텔")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_terms_are_added_corrected_and_deleted(sign: Sign, axe_source: str, language: str) -> None:
    officer = sign("editor", language)
    page = officer.page
    officer.go("terms")
    officer.sound(axe_source)
    name = f"가상시험센터{language}"
    page.locator(".screen-head button").first.click()
    page.locator("#term-ko").fill(name)
    page.locator("#term-en").fill(f"Imaginary Test Center {language}")
    page.locator("#term-kind").select_option("place")
    officer.sound(axe_source)
    page.locator("desk-term form button.button").first.click()
    officer.said()
    page.locator("#term-search").fill(name)
    row = page.locator("tbody tr", has_text=name)
    row.wait_for()
    row.locator(".row-buttons button").first.click()
    expect(page.locator("#term-kind")).to_have_value("place")
    page.locator("#term-note").fill("시험용")
    page.locator("desk-term form button.button").first.click()
    page.locator("tbody tr", has_text="시험용").wait_for()
    row.locator(".row-buttons button").last.click()
    officer.sound(axe_source)
    page.locator("desk-confirm .danger").click()
    page.locator("tbody tr", has_text=name).wait_for(state="detached")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_insight_is_plotted_and_told_in_tables(
    sign: Sign, desk_service: DeskService, axe_source: str, language: str
) -> None:
    for question in (WORDS[language]["question"], "반도체 공장 보조금은 언제 신청합니까?"):
        assert httpx.post(f"{desk_service.url}/api/chat", json={"question": question}).status_code == 200
    officer = sign(language=language)
    page = officer.page
    officer.go("insight")
    page.locator(".chart rect").first.wait_for()
    page.locator(".share-rows li").first.wait_for()
    officer.sound(axe_source)
    for summary in page.locator(".insight-grid details > summary").all():
        summary.click()
    assert page.locator(".insight-card.days tbody tr").count() >= 1
    officer.sound(axe_source)
    with page.expect_download() as started:
        page.locator(".insight-card.topics a[download]").click()
    assert Path(started.value.path()).read_text("utf-8-sig").count("\n") >= 2


def test_accounts_are_made_and_the_audit_log_tells_of_it(sign: Sign, axe_source: str) -> None:
    officer = sign("admin", "en")
    page = officer.page
    officer.go("accounts")
    page.locator(".screen-head button").click()
    page.locator("#account-name").fill("newcomer")
    page.locator("#account-display-name").fill("Newcomer")
    page.locator("#account-password").fill(PASSWORD)
    officer.sound(axe_source)
    page.locator("desk-account form button.button").first.click()
    row = page.locator("tbody tr", has_text="newcomer")
    row.wait_for()
    row.locator("button").click()
    page.locator("#account-active").uncheck()
    page.locator("desk-account form button.button").first.click()
    row.locator(".badge", has_text="Disabled").wait_for()
    page.locator("tbody tr", has_text="admin").locator("button").click()
    page.locator("#role-officer").check()
    page.locator("desk-account form button.button").first.click()
    page.locator("desk-account .failure").wait_for()
    page.keyboard.press("Escape")
    officer.go("audit")
    page.locator("#audit-action").select_option("account.create")
    page.locator("tbody tr", has_text="Changed account").wait_for(state="detached")
    page.locator("tbody tr", has_text="account:newcomer").wait_for()
    officer.sound(axe_source)
    sign("officer", "en").page.locator('.menu a[href="#/accounts"]').wait_for(state="detached")


def test_markup_in_question_title_and_answer_stays_text(sign: Sign, desk_service: DeskService) -> None:
    reference = desk_service.hand_over(f"{EVIL} 반도체 보조금은 몇 %까지 지원합니까?", "ko")
    officer = sign("editor")
    page = officer.page
    page.locator("#queue-sort").select_option("newest")
    assert "<script>" in page.locator(".queue-row", has_text=reference).inner_text()
    officer.open(reference)
    assert "<script>" in page.locator("p.question").inner_text()
    page.locator("desk-ask-again summary").click()
    page.locator("#ask-question").fill("반도체 보조금은 몇 %까지 지원합니까?")
    page.locator("desk-ask-again button.button").click()
    page.locator(".sentence").first.wait_for()
    page.locator("textarea.words").first.focus()
    expect(page.locator("desk-source h3")).to_contain_text("<img")
    page.frame_locator("desk-source iframe").locator("mark#cited").first.wait_for()
    page.locator("textarea.words").first.fill(EVIL)
    officer.press(WORDS["ko"]["save"])
    officer.said()
    page.locator("desk-history summary").click()
    page.locator(".history li").first.wait_for()
    unharmed(officer)
    officer.go("documents")
    page.locator("tbody a", has_text="<img").click()
    page.locator("#document-title").wait_for()
    unharmed(officer)


def test_the_page_allows_nothing_but_its_own_files(sign: Sign, desk_service: DeskService) -> None:
    policy = httpx.get(f"{desk_service.url}/desk").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    officer = sign()
    requested = officer.page.evaluate(
        "performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)"
    )
    assert set(requested) == {desk_service.url}
    assert officer.page.evaluate("document.cookie") == ""


# The last one: from here on the termbase is a small one.
def test_the_termbase_goes_out_and_comes_back_as_csv(sign: Sign, axe_source: str, tmp_path: Path) -> None:
    officer = sign("editor")
    page = officer.page
    officer.go("terms")
    with page.expect_download() as started:
        page.locator(".screen-head a").click()
    exported = tmp_path / "terms.csv"
    started.value.save_as(exported)
    lines = exported.read_text("utf-8-sig").splitlines(keepends=True)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("not,a,termbase\n1,2,3\n", "utf-8")
    page.locator("#term-file").set_input_files(wrong)
    page.locator("desk-confirm .danger").click()
    page.locator("desk-confirm .failure").wait_for()
    officer.sound(axe_source)
    page.keyboard.press("Escape")
    page.locator("desk-confirm").wait_for(state="detached")
    few = tmp_path / "few.csv"
    few.write_text("".join(lines[:21]), "utf-8")
    page.locator("#term-file").set_input_files(few)
    page.locator("desk-confirm .danger").click()
    officer.said("20")
    expect(page.locator("tbody tr")).to_have_count(20)
