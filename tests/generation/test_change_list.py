"""What a notice changes is told whole, row by row, old beside new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.types import Answer, AnswerStatus, Question
from assistant.workspace import Workspace

PAPERS = {
    "tender.md": """# 베트남 하람시 교통신호 시스템 구축 용역 입찰 공고 (예시)

공고일: 2026. 11. 9.(월)

## 1. 개요

발주처: 하람시 교통국

## 2. 일정

질의 접수 마감: 2026년 12월 17일(목)까지

입찰서 제출 마감: 2027년 1월 15일(금) 18:00까지

개찰: 2027년 1월 18일(월) 10:00
""",
    "correction.md": """# [정정공고] 베트남 하람시 교통신호 시스템 구축 용역 입찰 공고 (예시)

정정일: 2026. 11. 20.(금)

2026. 11. 9.(월) 공고한 「베트남 하람시 교통신호 시스템 구축 용역 입찰 공고」의 일정을 아래와 같이 정정합니다.

## 1. 정정 내용

| 항목 | 당초 | 정정 |
|---|---|---|
| 질의 접수 마감 | 2026년 12월 17일(목)까지 | 2027년 1월 8일(금)까지 |
| 입찰서 제출 마감 | 2027년 1월 15일(금) 18:00까지 | 2027년 2월 5일(금) 18:00까지 |
| 개찰 | 2027년 1월 18일(월) 10:00 | 2027년 2월 10일(수) 10:00 |

## 2. 문의

하람 센터 입찰팀
""",
    "fund.md": """# 하람 펀드 안내 (예시)

## 기존 펀드와 다른 점

하람 펀드는 투자기간이 20년으로, 15년이던 기존 펀드보다 깁니다.
""",
}
ROWS = (
    ("질의 접수 마감", "2026년 12월 17일", "2027년 1월 8일"),
    ("입찰서 제출 마감", "2027년 1월 15일", "2027년 2월 5일"),
    ("개찰", "2027년 1월 18일", "2027년 2월 10일"),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyAssistant]:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("data"), parse_processes=0)) as workspace:
        list(workspace.pipeline.ingest([folder], IngestReport()))
        assert any(record.changes for record in workspace.store.records())
        yield build_assistant(workspace)


def ask(assistant: PolicyAssistant, text: str) -> Answer:
    return assistant.ask(Question(text, date(2026, 11, 22)))


@pytest.mark.parametrize(
    "question",
    [
        "정정공고에서 바뀐 게 뭐야?",
        "베트남 하람시 입찰에서 무엇이 바뀌었나요?",
        "What did the corrected notice for the Haram tender change?",
        "What changed in the Vietnam traffic signal tender?",
    ],
)
def test_every_row_of_the_notice_is_told_and_cited(assistant: PolicyAssistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for row in ROWS:
        claim = next(
            claim for claim in answer.claims if row[0] in claim.text and "당초" in claim.text and row[2] in claim.text
        )
        assert all(cell in claim.text for cell in row)
        assert any(all(cell in quotes[number] for cell in row) for number in claim.citations)


@pytest.mark.parametrize(
    "question",
    [
        # One value is asked for, or something that no notice changed.
        "하람시 입찰 마감이 언제로 바뀌었나요?",
        "When does the corrected Haram tender close now?",
        "하람 펀드는 기존 펀드에서 뭐가 바뀌었어요?",
        "What changed with the Haram fund?",
    ],
)
def test_other_questions_get_no_such_list(assistant: PolicyAssistant, question: str) -> None:
    assert not any(claim.text == "정정 내용:" for claim in ask(assistant, question).claims)
