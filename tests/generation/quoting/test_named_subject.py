"""A fund, program, body or company that a question names is not answered from another's lines."""

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
    "loans.md": """# 동반진출 대출 안내 (예시)

## 수출입은행 동반진출 대출

대출금리는 연 2.4%이며 만기는 7년입니다.

신청은 수출입은행 누리집에서 합니다.
""",
    "tied.md": """# 차관 안내 (예시)

## EDCF

EDCF는 저소득국의 상업성 없는 사업에 쓰는 구속성 차관입니다.

담당은 기획재정부입니다.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyAssistant]:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("data"), parse_processes=0)) as workspace:
        list(workspace.pipeline.ingest([folder], IngestReport()))
        yield build_assistant(workspace)


def _ask(assistant: PolicyAssistant, text: str) -> Answer:
    return assistant.ask(Question(text, date(2026, 11, 22)))


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("EDCF 금리는 얼마인가요?", "2.4%"),
        ("What interest rate do EDCF loans carry?", "2.4%"),
        ("EDCF는 어디서 신청하나요?", "누리집"),
        ("수출입은행 대출은 어느 부처 담당인가요?", "기획재정부"),
    ],
)
def test_lines_of_another_are_not_quoted(assistant: PolicyAssistant, question: str, others: str) -> None:
    assert not any(others in claim.text for claim in _ask(assistant, question).claims)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("수출입은행 동반진출 대출 금리는 얼마인가요?", "2.4%"),
        ("What interest does the KEXIM loan carry?", "2.4%"),
        ("EDCF 담당은 어디인가요?", "기획재정부"),
        ("저소득국의 사업에 쓰는 구속성 차관은 무엇인가요?", "EDCF는"),
    ],
)
def test_its_own_lines_are(assistant: PolicyAssistant, question: str, told: str) -> None:
    answer = _ask(assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert told in answer.text
