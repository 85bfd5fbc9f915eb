"""What an officer does at the desk, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
from widget_driver import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

PASSWORD = "correct horse battery staple"
NAMES = {"officer": "이담당", "editor": "박편집", "admin": "최관리"}
WORDS = {
    "ko": {
        "question": "중견기업은 시장개척자금을 몇 %까지 지원받나요?",
        "wrong": "중견기업은 최대 95%까지 지원받습니다.",
        "not": "근거 없음",
        "supported": "근거 있음",
        "find": "출처 찾아 붙이기: 문장 1",
        "save": "초안 저장",
        "approve": "승인",
        "send": "보내기",
        "record": "발송 처리",
        "sent": "발송",
        "return": "반려",
        "ask": "다시 질문하기",
        "other_draft": "영어 초안 만들기",
        "other": "영어",
        "beside": "두 언어 나란히 보기",
        "answers": "승인된 답변",
    },
    "en": {
        "question": "What does the PIS fund invest in?",
        "wrong": "The PIS fund lends 9 trillion dollars to Mars Corporation.",
        "not": "Not supported",
        "supported": "Supported",
        "find": "Find a source: Sentence 1",
        "save": "Save draft",
        "approve": "Approve",
        "send": "Send",
        "record": "Record as sent",
        "sent": "Sent",
        "return": "Return",
        "ask": "Ask again",
        "other_draft": "Draft in Korean",
        "other": "Korean",
        "beside": "Both languages side by side",
        "answers": "Approved answers",
    },
}


@dataclass
class DeskClock:
    """The time that the desk goes by; it stands still until a test moves it."""

    moment: datetime = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class DeskService:
    """A running server with a desk."""

    url: str
    clock: DeskClock

    def hand_over(self, question: str, language: str, **contact: Any) -> str:
        """Send an inquiry as a reader does; its reference. A minute passes, for readers' inquiries are counted."""
        self.clock.forward(minutes=1)
        sent = httpx.post(f"{self.url}/api/inquiries", json={"question": question, "language": language, **contact})
        assert sent.status_code == 201, sent.text
        return str(sent.json()["reference"])

    def look_up(self, reference: str) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.url}/api/inquiries/{reference}").json()
        return found


@dataclass
class Officer:
    """Somebody at the desk, in a browser of their own."""

    page: Page
    service: DeskService
    errors: list[str]
    language: str

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]

    def sign_in(self, name: str) -> Officer:
        """Open the desk and sign in."""
        self.page.goto(f"{self.service.url}/desk?lang={self.language}")
        self.enter(name)
        self.page.locator(".menu").wait_for()
        return self

    def enter(self, name: str, password: str = PASSWORD) -> None:
        """Fill the sign-in form that is on the screen."""
        self.page.locator("#sign-in-name").fill(name)
        self.page.locator("#sign-in-password").fill(password)
        self.page.keyboard.press("Enter")

    def go(self, screen: str) -> Officer:
        """Press a screen's name in the menu and wait for what it shows."""
        self.page.locator(f'.menu a[href="#/{screen}"]').click()
        self.page.locator(f'.menu a[href="#/{screen}"][aria-current]').wait_for()
        self.page.locator(".loading").wait_for(state="detached")
        return self

    def open(self, reference: str) -> Locator:
        """Find an inquiry in the queue by its reference and open it; its draft."""
        self.go("inquiries")
        self.page.locator("#queue-search").fill(reference)
        row = self.page.locator(".queue-row", has_text=reference)
        row.click()
        self.page.locator("h1", has_text=reference).wait_for()
        self.page.locator("desk-draft .draft").first.wait_for()
        return self.page.locator("desk-draft").first

    def press(self, name: str, within: Locator | None = None, exact: bool = True) -> None:
        (within or self.page).get_by_role("button", name=name, exact=exact).first.click()

    def said(self, part: str = "") -> None:
        """Wait until the desk has said that something is done."""
        self.page.locator("#said.said", has_text=part).wait_for()

    def sound(self, axe_source: str) -> None:
        """Nothing that axe-core knows is wrong with the screen, and nothing is wider than it."""
        found = violations(self.page, axe_source)
        assert found == [], found
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, wider


@dataclass
class Officers:
    """Signs officers in, each in a browser context of their own; at the end nobody's console may have complained."""

    browser: Browser
    service: DeskService
    contexts: list[BrowserContext] = field(default_factory=list)
    all: list[Officer] = field(default_factory=list)

    def __call__(self, name: str | None = "officer", language: str = "ko", **options: Any) -> Officer:
        locale = "ko-KR" if language == "ko" else "en-GB"
        context = self.browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": locale} | options)
        page = context.new_page()
        page.set_default_timeout(60_000)
        officer = Officer(page, self.service, [], language)
        page.on("console", lambda message: self._heard(officer, message.type, message.text))
        page.on("pageerror", lambda error: officer.errors.append(str(error)))
        self.contexts.append(context)
        self.all.append(officer)
        if name:
            officer.sign_in(name)
        return officer

    @staticmethod
    def _heard(officer: Officer, kind: str, text: str) -> None:
        # The browser itself writes refused requests into the console; that is how a 401 or a 409 looks.
        expected = "Failed to load resource" in text and any(code in text for code in ("401", "409", "422"))
        if kind in ("error", "warning") and not expected:
            officer.errors.append(text)


Sign = Callable[..., Officer]
