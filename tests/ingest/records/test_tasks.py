"""Tasks, row by row, from tables in several layouts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from scoring import read_corpus, read_paper

from assistant.types import DeadlineKind, Precision, Record, RecordType

_LAST = {"19": date(2019, 12, 31), "20": date(2020, 6, 30)}
# Of the 25 tasks in order: the half year they are due in, "+" from then on, "-" without an end.
_DUE = [
    "19",
    "20",
    "20",
    "19",
    "20",
    "20",
    "19",
    "20",
    "20",
    "20+",
    "19+",
    "20",
    "20",
    "19+",
    "19",
    "19+",
    "19+",
    "19",
    "20",
    "-",
    "19",
    "20",
    "-",
    "19",
    "20",
]


def _tasks(records: tuple[Record, ...]) -> list[Record]:
    return [record for record in records if record.type is RecordType.TASK]


def _check(tasks: list[Record]) -> None:
    assert len(tasks) == 25
    for task, due in zip(tasks, _DUE, strict=True):
        assert task.owner, task.title
        if due == "-":
            assert (task.deadline, task.deadline_kind) == (None, DeadlineKind.ROLLING)
        elif due.endswith("+"):
            assert (task.deadline, task.end, task.precision) == (None, None, Precision.HALF)
            assert task.start in (date(2019, 7, 1), date(2020, 1, 1))
        else:
            assert (task.deadline, task.precision) == (_LAST[due], Precision.HALF)


@pytest.mark.parametrize("source", ["ko-task-schedule.hwpx", "en-smart-city-25-tasks.pdf"])
def test_task_tables_come_out_row_by_row(source: str) -> None:
    paper = next(paper for paper in read_corpus() if paper.document.source == source)
    _check(_tasks(paper.found.records))


def test_flattened_table_of_the_strategy_paper_comes_out_row_by_row(shared: Path) -> None:
    text = (shared / "seeds" / "002_856f16ce0ecf32a9.txt").read_text(encoding="utf-8")
    tasks = _tasks(read_paper(text, published="2019-07-08", name="paper.txt").found.records)
    _check(tasks)
    shared_cell = [task.owner for task in tasks if "컨소시엄" in task.title or "로드쇼" in task.title]
    assert shared_cell == ["국토·산업·중기부, KOTRA·LH"] * 2


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("담당 | 과제 | 기한", "환경부 | 물순환 지도 작성 | ’27.上", ("물순환 지도 작성", date(2027, 6, 30), "환경부")),
        ("연번 | 추진 과제 | 소관 | 완료 시점", "3 | 현지 사무소 개설 | 코트라 | 2027년 3분기", ("현지 사무소 개설", date(2027, 9, 30), "코트라")),  # noqa: E501
        ("Action | Lead agency | Target date", "Open two help desks | KIND | March 2027", ("Open two help desks", date(2027, 3, 31), "KIND")),  # noqa: E501
        ("Due | Owner | Task", "2027 H1 | MOLIT | Publish the guide", ("Publish the guide", date(2027, 6, 30), "MOLIT")),
    ],
)  # fmt: skip
def test_columns_may_come_in_any_order(header: str, row: str, expected: tuple[str, date, str]) -> None:
    rule = "|".join("---" for _ in header.split("|"))
    text = f"# 추진 계획\n\n| {header} |\n|{rule}|\n| {row} |\n"
    (task,) = _tasks(read_paper(text, published="2026-11-01").found.records)
    assert (task.title, task.deadline, task.owner) == expected


def test_tables_of_other_things_give_no_task() -> None:
    text = "# 지원 안내\n\n| 구분 | 중소기업 | 중견기업 |\n|---|---|---|\n| 지원 비율 | 80% | 60% |\n"
    assert _tasks(read_paper(text).found.records) == []
