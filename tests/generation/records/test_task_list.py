"""Which tasks a body is in charge of, or are due by a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from answer_parts import document

from assistant.generation.draft import Draft
from assistant.generation.records.task_list import TaskLister
from assistant.generation.verification import Verifier
from assistant.text.language import detect_language
from assistant.text.termbase import Termbase
from assistant.types import Evidence, Precision, Question, Record, RecordType, Turn
from assistant.workspace import Workspace

AS_OF = date(2020, 3, 2)
TERMS = Termbase.load()
PLAN = document("과제별 추진일정", date(2019, 7, 8))
OTHER = document("초청연수 안내", date(2019, 7, 8))
_SECOND_HALF = {"start": date(2019, 7, 1), "end": date(2019, 12, 31), "precision": Precision.HALF}
_FIRST_HALF = {"start": date(2020, 1, 1), "end": date(2020, 6, 30), "precision": Precision.HALF}


def _task(title: str, owner: str, line: str, paper: str = PLAN.document_id, **fields: Any) -> Record:
    names = ("title", "owner", *(name for name in ("start", "end") if name in fields))
    proof = tuple(Evidence(name, "chunk", (), 1, 0, len(line), line) for name in names)
    return Record(f"{paper}-{title}", RecordType.TASK, paper, title, proof, owner=owner, **fields)


TASKS = [
    _task("무보 특별계정 신설", "산업부", "무보 특별계정 신설 ‘19下 산업부", **_SECOND_HALF),
    _task("외교수행체계 마련", "외교·국토부", "외교수행체계 마련 ‘19下 외교·국토부", **_SECOND_HALF),
    _task("국가별 통합정보 DB 구축", "국토부", "국가별 통합정보 DB 구축 ‘20上 국토부", **_FIRST_HALF),
    _task("초청연수 확대", "기재·국토부", "초청연수 확대 ‘20上 기재·국토부", **_FIRST_HALF),
    _task("G2G 협력", "국토·외교부", "G2G 협력 계속 국토·외교부"),
    _task("초청연수 확대", "기재·국토부", "초청연수 확대 ‘20上 기재·국토부", OTHER.document_id, **_FIRST_HALF),
]


def _asked(library: Workspace, text: str, *before: str) -> Draft | None:
    language = detect_language(text)
    query = library.retriever.query_builder.build(text, language)
    papers = {paper.document_id: paper for paper in (PLAN, OTHER)}
    history = tuple(Turn(role, content) for said in before for role, content in (("user", said), ("assistant", "…")))
    return TaskLister(TASKS, papers, TERMS).compose(Question(text, AS_OF, history=history), language, query)


@pytest.mark.parametrize(
    ("text", "first", "titles"),
    [
        ("2020년 상반기가 기한인 과제는 무엇인가요?", "모두 두 건", ["통합정보", "초청연수"]),
        ("2019년까지 끝내야 하는 과제 목록을 보여 주세요.", "(지남)", ["무보", "외교수행"]),
        ("외교부가 맡은 과제는 몇 개인가요?", "모두 두 건", ["외교수행", "G2G"]),
        ("국토부 과제 중 2020년 상반기가 기한인 것을 알려 주세요.", "모두 두 건", ["통합정보", "초청연수"]),
        ("Which tasks are due in the second half of 2019?", "(past)", ["무보", "외교수행"]),
        ("What tasks is MOLIT responsible for?", "In all: four", ["외교수행", "통합정보", "초청연수", "G2G"]),
    ],
)
def test_the_tasks_of_a_body_or_a_time_are_counted_and_listed_each_once(
    answer_library: Workspace, text: str, first: str, titles: list[str]
) -> None:
    draft = _asked(answer_library, text)
    assert draft is not None
    assert first in draft.claims[0].text
    assert len(draft.claims) == len(titles)
    assert all(title in claim.text for title, claim in zip(titles, draft.claims, strict=True))
    assert Verifier(TERMS).verify(draft, AS_OF).dropped == ()


@pytest.mark.parametrize(
    "text",
    [
        "과제는 무엇인가요?",
        "국토부의 반도체 과제는 무엇인가요?",
        "국토부는 무엇을 담당하나요?",
        "2031년이 기한인 과제는 무엇인가요?",
        "What are the tasks of KOTRA?",
        "Which tasks on hydrogen is MOLIT in charge of?",
    ],
)
def test_what_names_neither_body_nor_time_or_a_subject_or_fits_nothing_is_left_to_quoting(
    answer_library: Workspace, text: str
) -> None:
    assert _asked(answer_library, text) is None


@pytest.mark.parametrize(
    ("before", "text", "titles"),
    [
        ("2020년 상반기가 기한인 과제는 무엇인가요?", "그중 기재부 담당은요?", ["초청연수"]),
        ("외교부가 맡은 과제를 알려 주세요.", "2019년 하반기까지인 것은요?", ["외교수행"]),
        ("Which tasks are due in 2020?", "And MOTIE in 2019?", ["무보"]),
        ("Which tasks are due in the first half of 2020?", "Which of them is MOEF in charge of?", ["초청연수"]),
    ],
)
def test_a_body_or_a_time_alone_narrows_down_what_was_asked_before(
    answer_library: Workspace, before: str, text: str, titles: list[str]
) -> None:
    draft = _asked(answer_library, text, before)
    assert draft is not None
    assert all(title in claim.text for title, claim in zip(titles, draft.claims, strict=True))


def test_after_another_question_a_body_alone_asks_for_no_tasks(answer_library: Workspace) -> None:
    assert _asked(answer_library, "국토부는요?", "2020년 상반기가 기한인 과제는?", "무보 특별계정이 뭐예요?") is None


def test_a_list_that_grows_long_keeps_every_title(answer_library: Workspace) -> None:
    many = [
        _task(
            f"스마트시티 해외진출 지원 과제 제{n}호",
            "국토부",
            f"스마트시티 해외진출 지원 과제 제{n}호 ‘20上 국토부",
            **_FIRST_HALF,
        )
        for n in range(1, 25)
    ]
    text = "국토부가 담당하는 과제를 모두 알려 주세요."
    query = answer_library.retriever.query_builder.build(text, "ko")
    draft = TaskLister(many, {PLAN.document_id: PLAN}, TERMS).compose(Question(text, AS_OF), "ko", query)
    assert draft is not None
    assert all(f"제{n}호" in draft.claims[n - 1].text for n in range(1, 25))
