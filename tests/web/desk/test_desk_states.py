"""Every state that the desk can be in, one after the other: axe has nothing against any, none is wider than its screen, and each speaks its language."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pypdf
import pytest
from desk_driver import NAMES, PASSWORD, WORDS, DeskService, Officer, Sign
from playwright_kit import expect
from widget_driver import violations

CORPUS = Path(__file__).parents[3] / "corpus" / "documents"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SIZES = {"phone": PHONE, "desktop": {}}
# Each part of the desk in both languages, on a phone and a wide screen, light and dark, each of the eight together somewhere.
COMBINATIONS = (
    (("ko", "phone", "dark"), ("en", "desktop", "light")),
    (("ko", "desktop", "dark"), ("en", "phone", "light")),
    (("ko", "phone", "light"), ("en", "desktop", "dark")),
    (("ko", "desktop", "light"), ("en", "phone", "dark")),
)
ASKED = {
    "nothing found": {
        "ko": "달 탐사 로켓 연료 보조금은 얼마입니까?",
        "en": "How much is the subsidy for lunar rocket fuel?",
    },
    "partly": {
        "ko": "신청하시기 전에 사업 계획을 꼼꼼히 준비하시는 것이 좋습니다.",
        "en": "A careful business plan is advisable before you apply.",
    },
    "note": {"ko": "더 궁금한 점은 센터로 전화해 주십시오.", "en": "Please call the center if anything is unclear."},
    "reason": {"ko": "이 문의는 저희 센터의 업무가 아닙니다.", "en": "This is not within our remit."},
}
GUIDE = "# 물순환 홍보 지원금 안내\n\n물순환 홍보 지원금은 중소기업에 비용의 {}%까지 지원합니다.\n"
# Text that says in another language than is marked, and what is wider than its place. Names of people and of files, and what only the
# audit log writes, are in no language.
WRONG = """() => {
    const wrong = [], nameless = '.code, .reference, .account, .present, .approved, [translate="no"], iframe, script, style, svg';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const part = texts.currentNode.parentElement, said = texts.currentNode.data.trim();
        if (!said || part.closest(nameless) || !part.getClientRects().length) continue;
        const language = part.closest('[lang]').lang;
        if (language === 'en' && /[\\uac00-\\ud7a3]/.test(said)) wrong.push('not English: ' + said);
        if (language === 'ko' && /[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}/.test(said)) wrong.push('not Korean: ' + said);
    }
    for (const part of document.querySelectorAll('main *, header *, dialog *')) {
        const box = part.getBoundingClientRect(), style = getComputedStyle(part);
        if (!box.width || part.closest('.scroll, .unseen, .skip, iframe, svg, option')) continue;
        const hidden = ['hidden', 'clip'].includes(style.overflowX) && part.tagName !== 'INPUT' && part.scrollWidth > part.clientWidth + 1;
        if (hidden || box.right > innerWidth + 1 || box.left < -1) wrong.push('too wide: ' + part.tagName + ' ' + part.className);
    }
    return wrong;
}"""


def locked_file(folder: Path) -> Path:
    """A paper that opens with ``PASSWORD``."""
    writer = pypdf.PdfWriter(clone_from=CORPUS / "ko-pis-fund-sheet.pdf")
    writer.encrypt(PASSWORD, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    file = folder / "locked.pdf"
    file.write_bytes(buffer.getvalue())
    return file


@pytest.fixture(scope="module")
def answered(desk_service: DeskService) -> None:
    """Approved answers in every state: one whose document changed, one past its last day, one retired."""
    with httpx.Client(base_url=desk_service.url, timeout=60) as client:

        def sign_in() -> None:
            sent = client.post("/api/desk/session", json={"name": "admin", "password": PASSWORD})
            client.headers["x-csrf-token"] = sent.json()["csrf_token"]

        def take_in(share: int) -> None:
            job = client.post("/api/desk/documents", files={"files": ("water.md", GUIDE.format(share).encode())}).json()
            client.get(f"/api/desk/jobs/{job['job_id']}", headers={"accept": "text/event-stream"})

        def approve(question: str, **change: object) -> None:
            reference = desk_service.hand_over(question, "ko")
            found = client.get("/api/desk/inquiries", params={"q": reference}).json()["inquiries"]
            path = f"/api/desk/inquiries/{found[0]['inquiry_id']}"
            body = {"version": client.get(path).json()["version"], "language": "ko"}
            assert client.post(f"{path}/approve", json=body).status_code == 200
            kept = client.get("/api/desk/answers", params={"q": question}).json()["answers"]
            (answer,) = (one for one in kept if one["inquiry_id"] == found[0]["inquiry_id"])
            path = f"/api/desk/answers/{answer['answer_id']}"
            if change:
                assert client.patch(path, json={"version": answer["version"], **change}).status_code == 200

        sign_in()
        take_in(70)
        approve("물순환 홍보 지원금은 몇 %까지 지원합니까?")
        approve(WORDS["ko"]["question"], valid_until="2020-01-01")
        approve("중소기업은 물순환 홍보 지원금을 얼마나 받습니까?", retired=True)
        take_in(50)
        for language in ("ko", "en"):
            for question in (WORDS[language]["question"], ASKED["nothing found"][language]):
                assert client.post("/api/chat", json={"question": question}).status_code == 200


def signing_in(officer: Officer, folder: Path) -> Iterator[str]:
    page = officer.page
    page.goto(f"{officer.service.url}/desk?lang={officer.language}")
    page.locator("#sign-in-name").wait_for()
    yield "signed out"
    officer.enter("editor", "not the password")
    page.locator(".failure").wait_for()
    yield "wrong password"
    body = '{"title": "locked", "status": 429, "detail": ""}'
    page.route(
        "**/api/desk/session",
        lambda route: route.fulfill(status=429, headers={"retry-after": "900"}, body=body),
    )
    officer.enter("editor", "again")
    page.locator(".failure", has_text="15").wait_for()
    yield "locked"
    page.unroute_all()
    page.goto(f"{officer.service.url}/desk?lang={officer.language}&sign_in=refused")
    page.locator(".failure").wait_for()
    yield "refused by the provider"


def queue(officer: Officer, folder: Path) -> Iterator[str]:
    officer.service.hand_over(officer.words["question"], officer.language)
    page = officer.sign_in("editor").page
    page.locator(".queue-row").first.wait_for()
    yield "queue"
    page.locator(".account summary").click()
    yield "account menu"
    page.locator(".account-menu .text-button").first.click()
    for field in page.locator("desk-password-dialog input").all():
        field.fill("not the password")
    page.locator("desk-password-dialog button.button").first.click()
    page.locator("desk-password-dialog .failure").wait_for()
    yield "password not changed"
    page.keyboard.press("Escape")
    toggle = page.locator(".filter-toggle")
    if toggle.is_visible():
        expect(toggle).to_have_attribute("aria-expanded", "false")
        expect(page.locator("#queue-language")).to_be_hidden()
        toggle.focus()
        page.keyboard.press("Enter")
    page.locator("#queue-language").select_option(officer.language)
    page.locator("#queue-age").select_option("week")
    yield "filtered"
    if toggle.is_visible():
        expect(toggle).to_contain_text("2")
        page.keyboard.press("Escape")
    page.locator("#queue-search").fill("zzzz")
    page.locator(".empty").wait_for()
    yield "none found"
    page.route("**/api/desk/inquiries?*", lambda route: route.abort())
    page.locator("#queue-search").fill("zzz")
    page.locator(".failure").wait_for()
    yield "unreachable"
    page.unroute_all()


def inquiry(officer: Officer, folder: Path) -> Iterator[str]:
    contact = {"email": "someone@example.org", "consent": True, "consent_version": "2026-11"}
    reference = officer.service.hand_over(officer.words["question"], officer.language, **contact)
    page = officer.sign_in("editor").page
    officer.open(reference)
    page.frame_locator("desk-source iframe").locator("mark#cited").first.wait_for()
    yield "opened"
    page.locator(".sentence .chip").first.click()
    yield "source"
    words = page.locator("textarea.words").first
    drafted = words.input_value()
    words.fill(officer.words["wrong"])
    page.locator(".sentence.check-not").first.wait_for()
    yield "not supported"
    officer.press(officer.words["save"])
    officer.said()
    officer.press(officer.words["approve"])
    page.locator("desk-approve dialog").wait_for()
    yield "approval refused"
    page.keyboard.press("Escape")
    words.fill(ASKED["partly"][officer.language])
    page.locator(".sentence.check-partly").first.wait_for()
    yield "partly supported"
    words.fill(drafted)
    page.locator(".sentence.check-supported").first.wait_for()
    page.locator(".draft > .buttons button").first.click()
    page.locator("textarea.words").last.fill(ASKED["note"][officer.language])
    page.locator(".sentence.check-note").wait_for()
    yield "the officer's own sentence"
    page.locator(".sentence").first.locator(".sentence-buttons .text-button").click()
    page.locator("#passage-words").fill(officer.words["question"])
    page.keyboard.press("Enter")
    page.locator(".passages li").first.wait_for()
    page.locator(".passages .line.best input").first.check()
    yield "passages"
    page.locator(".dialog-foot button").first.click()
    page.locator("desk-passages").wait_for(state="detached")
    officer.press(officer.words["save"])
    page.locator(".bar button[disabled]").first.wait_for()
    for folded in ("desk-history", "desk-ask-again"):
        page.locator(f"{folded} summary").click()
    page.locator(".history li").first.wait_for()
    yield "history, and asking again"
    officer.press(officer.words["other"])
    page.locator(".answer .empty button").wait_for()
    yield "no draft in the other language"
    page.locator(".answer .empty button").click()
    page.locator("desk-draft .draft").wait_for()
    officer.press(officer.words["beside"])
    page.locator("desk-draft .draft").nth(1).wait_for()
    yield "two languages beside one another"
    page.locator(".answer-head .tabs button").nth(0 if officer.language == "ko" else 1).click()
    officer.press(officer.words["approve"])
    page.locator("desk-approve dialog").wait_for()
    yield "to be approved"
    page.locator("desk-approve button.button").first.click()
    page.locator(".approved").wait_for()
    yield "approved"
    officer.press(officer.words["send"])
    page.locator("desk-send .written").wait_for()
    yield "to be sent"
    page.locator("desk-send .send-form button").click()
    page.locator(".facts .badge.status-sent").wait_for()
    yield "sent"


def no_answer(officer: Officer, folder: Path) -> Iterator[str]:
    reference = officer.service.hand_over(ASKED["nothing found"][officer.language], officer.language)
    page = officer.sign_in("editor").page
    officer.go("inquiries")
    page.locator("#queue-search").fill(reference)
    page.locator(".queue-row", has_text=reference).click()
    page.locator(".answer .empty, desk-draft .draft").first.wait_for()
    yield "no evidence"
    officer.press(officer.words["return"])
    page.locator("#to-inquirer").check()
    page.locator("desk-return textarea").fill(ASKED["reason"][officer.language])
    yield "to be given back"
    page.locator("desk-return button.button").first.click()
    page.locator(".facts .badge.status-returned").wait_for()
    yield "given back"


def colleagues(officer: Officer, folder: Path) -> Iterator[str]:
    reference = officer.service.hand_over(officer.words["question"], officer.language)
    page = officer.sign_in("editor").page
    officer.open(reference)
    with httpx.Client(base_url=officer.service.url, timeout=60) as colleague:
        sent = colleague.post("/api/desk/session", json={"name": "officer", "password": PASSWORD})
        colleague.headers["x-csrf-token"] = sent.json()["csrf_token"]
        path = f"/api/desk/inquiries/{page.url.rpartition('/')[2]}"
        colleague.post(f"{path}/presence", json={"state": "editing"})
        page.reload()
        page.locator(".present p", has_text=NAMES["officer"]).wait_for()
        yield "a colleague is here"
        page.locator("textarea.words").first.fill(ASKED["partly"][officer.language])
        body = {
            "version": colleague.get(path).json()["version"],
            "claims": [{"text": ASKED["note"][officer.language], "citations": []}],
        }
        assert colleague.put(f"{path}/drafts/{officer.language}", json=body).status_code == 200
    officer.press(officer.words["save"])
    page.locator("desk-conflict dialog").wait_for()
    yield "both changed it"
    page.locator("desk-conflict .buttons button").first.click()
    page.locator("desk-conflict").wait_for(state="detached")
    expect(page.locator(".bar > .muted")).to_have_count(0)
    page.locator("textarea.words").first.fill(ASKED["note"][officer.language])
    page.context.clear_cookies()
    # The page may ask by itself before the button is pressed, and then lies behind the question.
    page.get_by_role("button", name=officer.words["save"], exact=True).first.dispatch_event("click")
    page.locator("desk-sign-in-dialog dialog").wait_for()
    yield "the session has ended"
    officer.enter("editor")
    page.locator("desk-sign-in-dialog").wait_for(state="detached")


def answers(officer: Officer, folder: Path) -> Iterator[str]:
    page = officer.sign_in("editor").go("answers").page
    page.locator(".cards li").first.wait_for()
    page.locator(".cards details summary").first.click()
    yield "approved answers"
    for state in ("flagged", "expired", "retired"):
        page.locator("#answer-state").select_option(state)
        page.locator(f".cards .state-{state}").first.wait_for()
        expect(page.locator(".cards .state-current")).to_have_count(0)
        yield f"answers: {state}"
    page.locator("#answer-search").fill("zzzz")
    page.locator(".empty").wait_for()
    yield "no such answer"


def documents(officer: Officer, folder: Path) -> Iterator[str]:
    page = officer.sign_in("editor").go("documents").page
    page.locator("tbody tr").first.wait_for()
    yield "documents"
    page.locator("#document-search").fill("zzzz")
    yield "no such document"
    page.locator("#document-search").fill("")
    notice, broken = folder / "notice.txt", folder / "broken.pdf"
    notice.write_text("해외 진출 설명회 안내\n\n설명회는 2027년 3월 2일 서울에서 열립니다.\n", "utf-8")
    broken.write_bytes(b"%PDF-1.4 nothing more")
    page.locator("#upload-files").set_input_files([notice, broken, locked_file(folder)])
    page.locator("desk-unlock input").wait_for()
    yield "taken in, broken, locked"
    page.locator("desk-unlock input").fill("not the password")
    page.locator("desk-unlock button").click()
    page.locator("desk-unlock .button:not([disabled])").wait_for()
    page.locator(".jobs > ul > li").nth(1).wait_for()
    yield "the password is wrong"
    page.locator("desk-unlock input").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".job-items .added, .job-items .replaced", has_text="locked.pdf").wait_for()
    assert PASSWORD not in page.content()
    yield "unlocked"
    toggle = page.locator(".filter-toggle")
    if toggle.is_visible():
        toggle.click()
    page.locator("#document-health").select_option("attention")
    yield "documents to check"
    page.locator("#document-search").fill("bangkok")
    page.locator("#document-health").select_option("")
    page.locator("tbody tr a").first.click()
    page.frame_locator(".source iframe").locator("h1").wait_for()
    yield "document"
    page.locator("desk-record summary").first.click()
    page.locator("desk-record .span-button").first.click()
    page.frame_locator(".source iframe").locator("mark#cited").first.wait_for()
    yield "record"
    page.locator(".button.danger-quiet").click()
    page.locator("desk-confirm dialog").wait_for()
    yield "to be removed"


def terms(officer: Officer, folder: Path) -> Iterator[str]:
    page = officer.sign_in("editor").go("terms").page
    page.locator("tbody tr").first.wait_for()
    yield "terms"
    page.locator(".row-buttons button").first.click()
    page.locator("desk-term dialog").wait_for()
    page.locator("#term-en").fill("a word too long " * 12)
    page.locator("desk-term form button.button").first.click()
    page.locator("desk-term .failure summary").click()
    yield "a term with a problem"
    page.keyboard.press("Escape")
    page.locator(".row-buttons button").last.click()
    page.locator("desk-confirm dialog").wait_for()
    yield "a term to be deleted"
    page.keyboard.press("Escape")
    wrong = folder / "wrong.csv"
    wrong.write_text("not,a,termbase\n1,2,3\n", "utf-8")
    page.locator("#term-file").set_input_files(wrong)
    page.locator("desk-confirm .danger").click()
    page.locator("desk-confirm .failure summary").click()
    yield "an import refused"
    page.keyboard.press("Escape")
    page.locator("#term-search").fill("zzzz")
    page.locator(".empty").wait_for()
    yield "no such term"


def insight(officer: Officer, folder: Path) -> Iterator[str]:
    page = officer.sign_in("editor").go("insight").page
    page.locator(".chart rect").first.wait_for()
    yield "insight"
    for summary in page.locator(".insight-grid details > summary").all():
        summary.click()
    yield "insight in tables"


def oversight(officer: Officer, folder: Path) -> Iterator[str]:
    page = officer.sign_in("admin").go("accounts").page
    page.locator("tbody tr").first.wait_for()
    yield "accounts"
    page.locator(".screen-head button").click()
    for field, text in (("name", "officer"), ("display-name", "X"), ("password", PASSWORD)):
        page.locator(f"#account-{field}").fill(text)
    page.locator("desk-account form button.button").first.click()
    page.locator("desk-account .failure").wait_for()
    yield "the name is taken"
    page.keyboard.press("Escape")
    officer.go("audit")
    page.locator("tbody tr").first.wait_for()
    yield "audit log"
    page.locator("#audit-actor").fill("zzzz")
    page.locator(".empty").wait_for()
    yield "nothing in the log"
    officer.go("inquiries")
    page.locator(".queue-row").first.click()
    page.locator(".danger-quiet").click()
    page.locator("desk-confirm dialog").wait_for()
    yield "to be erased"


WALKS: tuple[tuple[Callable[[Officer, Path], Iterator[str]], int], ...] = (
    (signing_in, 4), (queue, 6), (inquiry, 14), (no_answer, 3), (colleagues, 3), (answers, 5), (documents, 9), (terms, 5), (insight, 2),
    (oversight, 5),
)  # fmt: skip


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("walk", "count", "language", "size", "colours"),
    [
        pytest.param(walk, count, *each, id="-".join((walk.__name__, *each)))
        for place, (walk, count) in enumerate(WALKS)
        for each in COMBINATIONS[place % len(COMBINATIONS)]
    ],
)
def test_no_state_breaks_a_rule(
    walk: Callable[[Officer, Path], Iterator[str]],
    count: int,
    language: str,
    size: str,
    colours: str,
    sign: Sign,
    axe_source: str,
    tmp_path: Path,
) -> None:
    officer = sign(None, language, color_scheme=colours, **SIZES[size])
    seen = []
    for state in walk(officer, tmp_path):
        seen.append(state)
        # What lies half under the bar of buttons at this moment can be scrolled from under it.
        found = [line for line in violations(officer.page, axe_source) if "partially obscured" not in line]
        assert found == [], state
        assert officer.page.evaluate(WRONG) == [], state
    assert len(seen) == len(set(seen)) == count
    # What the browser itself says of requests that were refused or stopped.
    officer.errors[:] = [line for line in officer.errors if "429" not in line and "ERR_FAILED" not in line]
