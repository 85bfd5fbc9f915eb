"""Spreadsheets as people save them: what is read in them, and what is said of what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.cli import app
from evals.datasets import read_jsonl
from evals.own_sets import completed, validate
from evals.own_tables import from_table, table_text
from evals.own_words import WORDS

RUN = CliRunner()


def test_a_sheet_of_a_korean_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(
        "번호,언어,질문,정답,기준일,기대 상태\r\nq-1,한국어,한도는 얼마인가요?,2억|200 million,2026. 11. 22.,답변\r\n".encode(
            "cp949"
        )
    )
    [row] = from_table(table_text(path)).rows
    assert (row["id"], row["lang"], row["as_of"]) == ("q-1", "ko", "2026-11-22")
    assert row["must_contain"] == [["2억", "200 million"]]
    assert row["expected_status"] == ["answered"]
    assert validate([completed(row)]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_form_of_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("lang;question;must_contain\nko;한도는?;2억\n".encode(encoding))
    assert from_table(table_text(path)).rows[0]["question"] == "한도는?"


def test_rows_are_named_by_their_number_in_the_sheet_empty_rows_counted() -> None:
    table = from_table("lang,question,history\nko,한도는?,\n,,\nko,기한은?,{broken\nko,누가?,\n")
    assert table.numbers == [2, 5]
    assert table.places == ["2행", "5행"]
    assert table.problems == ["4행: history이(가) JSON이 아닙니다: {broken"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("en,How much, exactly?,7\n", "more cells"),
        ("en,,7\n", "no question"),
    ],
)
def test_a_row_that_would_be_misread_is_a_problem_of_its_own(line: str, problem: str) -> None:
    table = from_table("lang,question,must_contain\nen,How much?,5\n" + line)
    assert [row["question"] for row in table.rows] == ["How much?"]
    assert len(table.problems) == 1
    assert table.problems[0].startswith("row 3: ")
    assert problem in table.problems[0]


def test_a_sheet_with_nothing_but_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="no question"):
        from_table("lang,question\n")


@pytest.mark.parametrize(("language", "told"), [("ko", "질문 2개"), ("en", "2 questions")])
def test_what_is_wrong_is_told_in_either_language_and_nothing_is_written(
    tmp_path: Path, language: str, told: str
) -> None:
    path, out = tmp_path / "own.csv", tmp_path / "own.jsonl"
    path.write_text("lang,question,must_contain,difficulty\nko,한도는?,2억,1\nfr,Combien?,2,9\n", encoding="utf-8")
    result = RUN.invoke(app, ["import", str(path), str(out), "--language", language])
    assert result.exit_code == 1
    assert result.output.count("own-002") == 2
    assert told in result.output
    assert not out.exists()


def test_problems_are_told_in_the_language_of_the_questions(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"id": "a", "lang": "ko", "question": "한도는?"}\n', encoding="utf-8")
    assert "정답" in RUN.invoke(app, ["validate", str(path)]).output


def test_a_table_is_not_written_over_a_set(tmp_path: Path) -> None:
    path, out = tmp_path / "own.csv", tmp_path / "own.jsonl"
    path.write_text("lang,question,must_contain\nen,How much?,5\n", encoding="utf-8")
    assert RUN.invoke(app, ["import", str(path), str(out)]).exit_code == 0
    before = out.read_bytes()
    again = RUN.invoke(app, ["import", str(path), str(out)])
    assert (again.exit_code, out.read_bytes()) == (2, before)
    assert "not written over" in again.output


def test_the_catalogues_say_the_same_things() -> None:
    assert WORDS["ko"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize(("text", "problem"), [('{"id": 1}\n{oops\n', "line 2"), ('["a"]\n', "line 1")])
def test_a_line_that_is_no_question_is_named_by_its_number(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=problem):
        read_jsonl(path)
