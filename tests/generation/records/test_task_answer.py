"""Who is in charge of a task, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from answer_parts import document

from assistant.generation.draft import Draft
from assistant.generation.records.task_answer import TaskComposer
from assistant.generation.verification import Verifier
from assistant.text.language import detect_language
from assistant.text.termbase import Termbase
from assistant.types import Evidence, Precision, Question, Record, RecordType
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)
TERMS = Termbase.load()
PAPER = document("과제별 추진일정", date(2019, 7, 8))
_FIRST_HALF = {"start": date(2020, 1, 1), "end": date(2020, 6, 30), "precision": Precision.HALF}


def _task(title: str, owner: str, line: str, **fields: Any) -> Record:
    names = ("title", "owner", *(name for name in ("start", "end") if name in fields))
    proof = tuple(Evidence(name, "chunk", (), 1, 0, len(line), line) for name in names)
    return Record(f"task-{title}", RecordType.TASK, PAPER.document_id, title, proof, owner=owner, **fields)


TASKS = [
    _task("무보 특별계정 신설", "산업부", "무보 특별계정 신설 ‘20上 산업부", **_FIRST_HALF),
    _task(
        "스마트시티 외교수행체계 마련", "외교·국토부", "스마트시티 외교수행체계 마련 ‘20上 외교·국토부", **_FIRST_HALF
    ),
    _task(
        "스마트시티 페어 개최",
        "국토부·부산시",
        "스마트시티 페어 개최 ‘20上~ 국토부·부산시",
        start=date(2020, 1, 1),
        precision=Precision.HALF,
    ),
    _task("스마트시티 초청연수 확대", "기재·국토부", "스마트시티 초청연수 확대 계속 기재·국토부"),
]


def _asked(library: Workspace, text: str, as_of: date = AS_OF) -> Draft | None:
    language = detect_language(text)
    query = library.retriever.query_builder.build(text, language)
    return TaskComposer(TERMS).compose(Question(text, as_of), language, query, TASKS, {PAPER.document_id: PAPER})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("무보 특별계정은 어느 부처 담당이고 기한은 언제까지인가요?", ["산업부", "2020년 상반기", "이미 지났습니다"]),
        ("외교수행체계는 어느 부처 소관인가요?", ["외교부, 국토부"]),
        (
            "Which ministry is in charge of the K-SURE special account?",
            ["Ministry of Trade, Industry and Energy", "first half of 2020"],
        ),
        (
            "Who is in charge of the Smart City Fair?",
            ["Ministry of Land, Infrastructure and Transport", "Busan", "from first half of 2020"],
        ),
        ("스마트시티 초청연수는 누가 담당하나요?", ["기재부, 국토부"]),
    ],
)
def test_the_task_named_is_told_with_its_owners_in_full_and_its_date(
    answer_library: Workspace, text: str, told: list[str]
) -> None:
    draft = _asked(answer_library, text)
    assert draft is not None
    assert all(part in draft.claims[0].text for part in told)
    assert Verifier(TERMS).verify(draft, AS_OF).dropped == ()


@pytest.mark.parametrize(
    "text",
    [
        "무보 특별계정은 어느 나라에 쓸 수 있나요?",
        "What is the K-SURE special account for?",
        "한강 다리는 어느 부처 담당인가요?",
        "Which ministry is in charge of railways?",
        "어느 부처 담당이에요?",
    ],
)
def test_what_asks_neither_or_names_no_task_is_left_to_quoting(answer_library: Workspace, text: str) -> None:
    assert _asked(answer_library, text) is None


def test_a_date_that_is_still_to_come_is_not_called_past(answer_library: Workspace) -> None:
    draft = _asked(answer_library, "무보 특별계정은 언제까지 만드나요?", date(2020, 6, 30))
    assert draft is not None
    assert "이미" not in draft.claims[0].text
