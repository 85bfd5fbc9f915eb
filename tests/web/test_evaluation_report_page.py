"""The evaluator's way in the browser: ask questions of the whole corpus, open the report, read it in either language."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus_data import CorpusData
from playwright_kit import expect
from typer.testing import CliRunner
from widget_driver import Opened, violations

from evals.cli import app

LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
OTHER = {"ko": "en", "en": "ko"}
TOLD = {
    "ko": {
        "title": "안내 평가 보고서",
        "quality": "구간별 품질",
        "refusal": "거절의 정확성",
        "expected": "기대",
        "got": "결과",
    },
    "en": {
        "title": "Annae: evaluation report",
        "quality": "Quality by slice",
        "refusal": "Refusal",
        "expected": "Expected",
        "got": "Got",
    },
}
SIZES = pytest.mark.parametrize(
    "opened", [{}, {"viewport": {"width": 390, "height": 844}}], indirect=True, ids=["desktop", "phone"]
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, corpus_data: CorpusData) -> Path:
    """What ``annae eval run`` leaves for an evaluator."""
    folder = tmp_path_factory.mktemp("run")
    done = CliRunner().invoke(app, ["run", "--split", "test", "--limit", "12", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder / "report.html"


@SIZES
@LANGUAGES
def test_the_report_is_opened_put_into_a_language_and_read_down_to_a_passage(
    opened: Opened, report: Path, axe_source: str, language: str
) -> None:
    page, told = opened.page, TOLD[language]
    page.goto(report.as_uri())
    page.locator(f"label[for=l-{language}]").click()
    expect(page.locator("h1")).to_have_text(told["title"], use_inner_text=True)
    assert page.locator(f"main .{OTHER[language]}:visible").count() == 0
    for heading in ("quality", "refusal"):
        assert page.get_by_role("heading", name=told[heading], exact=True).is_visible()
    assert page.locator(".plots svg:visible").count() >= 2
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    # Down to one question: what was expected, what came with which quotation, and what was found.
    question = page.locator("details", has=page.locator("blockquote")).first
    question.locator("summary").click()
    assert {told["expected"], told["got"]} <= set(question.locator("dt").all_inner_texts())
    assert question.locator("blockquote").first.is_visible()
    assert question.locator("tbody tr").count() >= 1
    assert violations(page, axe_source) == []


def test_the_language_is_changed_with_the_keyboard_and_nothing_is_fetched(opened: Opened, report: Path) -> None:
    page = opened.page
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(report.as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text(TOLD["en"]["title"], use_inner_text=True)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_have_text(TOLD["ko"]["title"], use_inner_text=True)
    assert fetched == [report.as_uri()]
