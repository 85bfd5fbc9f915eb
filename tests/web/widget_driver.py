"""What a reader does with the widget, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faulty_proxy import FaultyProxy

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

QUESTIONS = {"ko": "중견기업은 시장개척자금을 몇 %까지 지원받나요?", "en": "How large is the PIS fund?"}
HOSTILE_CSS = """
* { all: unset !important; display: block !important; color: red !important; background: yellow !important; font: 40px cursive !important;
    position: static !important; visibility: hidden !important; opacity: 0 !important; pointer-events: none !important; text-transform: uppercase !important; }
html { font-size: 4px !important; } button, textarea, dialog { display: none !important; } annae-chat { display: none !important; }
"""


@dataclass
class HostPages:
    """Somebody else's web site, on another origin: what it serves, by path, with which policy."""

    url: str = ""
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, name: str, html: str, policy: str = "") -> str:
        """Serve ``html`` and return its address."""
        self.pages[f"/{name}"] = (html, policy)
        return f"{self.url}/{name}"


@dataclass
class Service:
    """A running server: its address, and the way to it that can be disturbed."""

    url: str
    proxy: FaultyProxy
    hosts: HostPages


@dataclass
class Opened:
    """A page, and what it complained of."""

    page: Page
    errors: list[str]


@dataclass
class Chat:
    """The widget on a page."""

    page: Page

    def open(self) -> Chat:
        """Press the launcher."""
        self.page.locator("annae-chat .launcher").click()
        self.page.locator("textarea#question").wait_for()
        return self

    def ask(self, question: str, done: str = ".tools") -> Locator:
        """Write and send a question; wait until its exchange shows ``done`` and return the exchange."""
        before = self.page.locator(".exchange").count()
        self.page.locator("textarea#question").fill(question)
        self.page.keyboard.press("Enter")
        exchange = self.page.locator(".exchange").nth(before)
        exchange.locator(done).wait_for()
        return exchange

    def start(self, task: str) -> Locator:
        """Open a task from the menu: ``eligibility``, ``inquiry`` or ``look``."""
        self.page.locator(".more-tasks").click()
        self.page.locator(f".tasks .task-{task}").click()
        panel = self.page.locator(".task")
        panel.wait_for()
        return panel

    @property
    def focused(self) -> str:
        """Class or id of what has the focus inside the widget."""
        script = "() => { const e = document.querySelector('annae-chat').shadowRoot.activeElement; return e ? e.id || e.className : '' }"
        return str(self.page.evaluate(script))


def violations(page: Page, axe_source: str, within: str = "html") -> list[str]:
    """What axe-core has against a part of the page as it is now, in words: rule and where."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe_source)
    # The document's frame is sandboxed: axe cannot speak with it, and says so in the console.
    options = {"iframes": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    script = f"""axe.run({json.dumps(within)}, {json.dumps(options)}).then(result => result.violations.map(violation =>
        violation.id + ": " + violation.nodes.map(node => node.target.flat().join(" ") + " " + node.failureSummary).join("; ")))"""
    found: list[str] = page.evaluate(script)
    return found


def answer_stream(**changes: Any) -> str:
    """A stream with an answer that the little corpus cannot give: every notice, every kind of record."""
    citation = {
        "number": 1, "document_id": "0" * 16, "chunk_id": "c", "title": "Smart city notice", "publisher": "MOLIT", "published": "2026-07",
        "language": "en", "page": 3, "section": ["2. Events"], "quote": "The roadshow is held in Bangkok.", "start": 0, "end": 5, "url": "/documents",
    }  # fmt: skip
    change = {
        "field": "deadline", "old": "2026-11-27", "new": "2026-11-30", "document_id": "1" * 16, "quote": "마감을 미룹니다.", "page": 1, "url": "/documents",
    }  # fmt: skip
    record = {
        "record_id": "r", "type": "event", "title": "방콕 로드쇼", "start": "2026-12-02", "end": "2026-12-04", "precision": "day", "year_inferred": False,
        "deadline": "2026-11-30", "deadline_time": "18:00", "deadline_kind": "fixed", "place": "방콕", "online": False, "organiser": "지원센터",
        "country": None, "amount": None, "amount_krw": None, "amount_said": None, "rate": None, "share": None, "eligible": "중소기업\n" * 20, "requirements": None,
        "how_to_apply": "전자우편", "contact": None, "owner": "행사 담당", "status": "upcoming", "days_left": 10, "citations": [citation],
        "amended_by": "1" * 16, "changes": [change],
    }  # fmt: skip
    kinds = ("plan", "past_event", "stale", "conflict", "partial", "unofficial_name", "llm_fallback")
    answer = {
        "answer_id": "0" * 32, "conversation_id": "1" * 32, "status": "partial", "language": "ko", "mode": "extractive", "as_of": "2026-11-22",
        "text": "", "claims": [{"text": "로드쇼는 방콕에서 열립니다.", "citations": [1]}], "citations": [citation],
        "notices": [{"kind": kind, "text": "함께 확인하실 내용입니다."} for kind in kinds],
        "records": [record, record | {"type": "program", "amount": "2억원", "share": "80%"}, record | {"status": "past", "start": "2020-01-01", "year_inferred": True}],
        "suggestions": ["다음 행사는 언제인가요?"], "contact": "지원센터 행사 담당", "standalone_query": "방콕 로드쇼: 행사는 언제인가요?",
    }  # fmt: skip
    return f"event: final\ndata: {json.dumps(answer | changes, ensure_ascii=False)}\n\n"
