"""Where two papers disagree on one thing, both values are shown with their dates; where they only seem to, nothing is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.types import Answer, Language, Question
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)
FIRST: dict[Language, str] = {
    "ko": "# 푸른다리 도시펀드 안내\n\n## 개요\n\n- 규모: 총 1,200억원\n- 신청 기한: 2027년 3월 5일(금)까지\n- 문의: 가상재단(예시)\n",
    "en": "# Blue Bridge City Fund: guide\n\n## Overview\n\n- Total size: KRW 120 billion\n"
    "- Application deadline: March 5, 2027\n- Contact: Example Foundation (fictional)\n",
}
SECOND: dict[Language, str] = {
    "ko": "# 푸른다리 도시펀드\n\n## 개요\n\n- 규모: 총 1,500억원\n- 신청 기한: 2027년 3월 19일(금)까지\n- 문의: 가상재단(예시)\n",
    "en": "# Blue Bridge City Fund\n\n## Overview\n\n- Total size: KRW 150 billion\n"
    "- Application deadline: March 19, 2027\n- Contact: Example Foundation (fictional)\n",
}
QUESTIONS: dict[Language, dict[str, str]] = {
    "ko": {"size": "푸른다리 도시펀드 규모가 얼마인가요?", "deadline": "푸른다리 도시펀드 신청 기한이 언제인가요?"},
    "en": {
        "size": "How large is the Blue Bridge City Fund?",
        "deadline": "When is the application deadline of the Blue Bridge City Fund?",
    },
}
both = pytest.mark.parametrize("language", ["ko", "en"])


def answer(tmp_path: Path, language: Language, question: str, *papers: str) -> Answer:
    folder = tmp_path / "papers"
    folder.mkdir()
    entries = []
    for number, text in enumerate(papers, start=1):
        (folder / f"paper-{number}.md").write_text(text, encoding="utf-8")
        entries.append(
            f"- file: paper-{number}.md\n  published: '2026-0{number}-10'\n  language: {language}\n  kind: guide\n"
        )
    (folder / "manifest.yaml").write_text("".join(entries), encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path / "data", parse_processes=0)) as workspace:
        report = IngestReport()
        list(workspace.pipeline.ingest([folder], report))
        assert report.failures == []
        return build_assistant(workspace).ask(Question(question, AS_OF))


@both
@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("size", {"ko": ("1,200억", "1,500억"), "en": ("120 billion", "150 billion")}),
        ("deadline", {"ko": ("3월 5일", "3월 19일"), "en": ("5 March 2027", "19 March 2027")}),
    ],
)
def test_two_values_of_one_thing_are_both_shown_and_dated(
    tmp_path: Path, language: Language, asked: str, values: dict[Language, tuple[str, str]]
) -> None:
    found = answer(tmp_path, language, QUESTIONS[language][asked], FIRST[language], SECOND[language])
    (notice,) = [notice for notice in found.notices if notice.kind == "conflict"]
    for value in values[language]:
        assert value.replace(",", "") in notice.text.replace(",", "")
        assert any(value.replace(",", "") in claim.text.replace(",", "") for claim in found.claims)
    days = {"ko": ("2026년 1월 10일", "2026년 2월 10일"), "en": ("10 January 2026", "10 February 2026")}
    assert all(day in notice.text for day in days[language])
    assert {citation.document.source for citation in found.citations} == {"paper-1.md", "paper-2.md"}


@both
def test_papers_that_agree_are_not_set_against_each_other(tmp_path: Path, language: Language) -> None:
    again = SECOND[language].replace("1,500억원", "1,200억원").replace("150 billion", "120 billion")
    found = answer(tmp_path, language, QUESTIONS[language]["size"], FIRST[language], again)
    assert all(notice.kind != "conflict" for notice in found.notices)


@both
@pytest.mark.parametrize(
    "other",
    [
        {
            "ko": ("푸른다리 도시펀드", "푸른다리 도시펀드 2호"),
            "en": ("Blue Bridge City Fund", "Blue Bridge City Fund 2"),
        },
        {"ko": ("푸른다리", "붉은다리"), "en": ("Blue Bridge", "Red Bridge")},
        {"ko": ("규모: 총", "지원 한도: 사업당 최대"), "en": ("Total size:", "Grant: up to, for each project,")},
    ],
)
def test_another_fund_or_another_sum_is_no_disagreement(
    tmp_path: Path, language: Language, other: dict[Language, tuple[str, str]]
) -> None:
    changed = SECOND[language].replace(*other[language])
    assert changed != SECOND[language]
    found = answer(tmp_path, language, QUESTIONS[language]["size"], FIRST[language], changed)
    assert all(notice.kind != "conflict" for notice in found.notices)
