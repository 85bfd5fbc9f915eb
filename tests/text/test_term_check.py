"""What the checker finds wrong with a termbase, and that the bundled one is sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.text.term_check import TermProblem, TermRow, check_terms, read_rows, read_rows_file, write_rows
from assistant.text.termbase import COLUMNS, Term, Termbase
from assistant.text.termbase_file import rows_in_effect

_HEADER = ",".join(COLUMNS)


def _rows(*lines: str) -> list[TermRow]:
    return read_rows("\n".join([_HEADER, *lines]).encode(), "terms.csv")


def _problems(*lines: str) -> list[TermProblem]:
    return check_terms(_rows(*lines))


def _told(*lines: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.form) for problem in _problems(*lines)]


def test_the_bundled_termbase_has_no_problems(tmp_path: Path) -> None:
    rows = rows_in_effect(tmp_path / "there is none.csv")
    assert len(rows) >= 3000
    assert [str(problem) for problem in check_terms(rows)] == []


@pytest.mark.parametrize(
    ("first", "second", "form"),
    [
        ("body,국토교통부|국토부,MOLIT ministry,,unofficial,,", "body,국토부,land office,,unofficial,,", "국토부"),
        ("general,해외 건설,overseas work,,unofficial,,", "general,해외건설,building abroad,,unofficial,,", "해외건설"),
        ("general,수출,export,,unofficial,,", "general,반출,Export,,unofficial,,", "Export"),
        ("fund,가나펀드,Gana Fund,GF,unofficial,,", "fund,다라펀드,Dara Fund,gf,unofficial,,", "gf"),
        ("fund,가나펀드,Gana Fund,GF,unofficial,,", "fund,다라펀드|GF,Dara Fund,,unofficial,,", "GF"),
    ],
)
def test_a_form_of_two_rows_is_named_with_both_lines(first: str, second: str, form: str) -> None:
    problems = _problems(first, second)
    assert [(problem.line, problem.form) for problem in problems] == [(3, form)]
    assert "line 2" in str(problems[0])


@pytest.mark.parametrize(
    ("row", "form"),
    [
        ("general,입찰 공고|입찰공고,tender notice,,unofficial,,", "입찰공고"),
        ("general,입찰공고,tender notice|Tender Notice,,unofficial,,", "Tender Notice"),
        ("fund,무상원조기금,ODA,ODA,unofficial,,", "ODA"),
    ],
)
def test_a_form_that_a_row_says_twice_is_named_once(row: str, form: str) -> None:
    assert _told(row) == [(2, form)]


def test_an_english_name_written_as_one_word_and_as_two_is_no_repetition() -> None:
    assert _told("country,베트남,Viet Nam|Vietnam,,unofficial,,") == []


def test_rows_that_lead_back_to_themselves_are_named() -> None:
    problems = _problems(
        "general,스마트도시,지능도시,,unofficial,,",
        "general,지능도시,유시티,,unofficial,,",
        "general,유시티,스마트도시,,unofficial,,",
    )
    circles = [problem for problem in problems if "circle" in problem.problem]
    assert len(circles) == 1
    assert circles[0].line == 2
    assert all(str(line) in circles[0].problem for line in (2, 3, 4))


@pytest.mark.parametrize(
    ("row", "form", "why"),
    [
        ("general,물,water supply,,unofficial,,", "물", "one letter"),
        ("general,산업 단지,industrial park,A,unofficial,,", "A", "one letter"),
        ("general,이상,or more,,unofficial,,", "or more", "pass over"),
        ("general,최대값,up to,,unofficial,,", "up to", "pass over"),
        ("body,교통체계협회,its Korea,,unofficial,,", "its Korea", "Korea"),
        ("general,수시접수,as needed|rolling basis,,unofficial,,", "as needed", "needed"),
        ("general,중복지원,receive both|duplicate support,,unofficial,,", "receive both", "receive"),
        ("general,대출 약정,loan agreement,l/a,unofficial,,", "l/a", "letter"),
    ],
)
def test_a_form_that_is_found_where_nobody_means_it_is_named(row: str, form: str, why: str) -> None:
    problems = _problems(row)
    assert [problem.form for problem in problems] == [form]
    assert why in problems[0].problem


@pytest.mark.parametrize(
    "row",
    [
        # The word alone stands there too.
        "general,신청,apply|apply for|applying,,unofficial,,",
        "country,네덜란드,Netherlands|the Netherlands,,unofficial,,",
        # Written in capitals, these are matched letter by letter.
        "industry,정보기술,information technology,IT,unofficial,,",
        "document,타당성조사,feasibility study,F/S,unofficial,,",
        # Hyphens join one name.
        "body,한국무역보험공사|무보,Korea Trade Insurance Corporation,K-SURE|KSURE,unofficial,,",
        "place,제주도,Jeju-do,,unofficial,,",
        "unit,제곱미터,square metre,m²,unofficial,,",
    ],
)
def test_forms_that_mean_what_they_say_are_no_trap(row: str) -> None:
    assert _told(row) == []


@pytest.mark.parametrize(
    ("row", "form", "why"),
    [
        ("body,,Hanoi Office,,unofficial,,", "Hanoi Office", "no Korean form"),
        ("body,하노이사무소,,,unofficial,,", "하노이사무소", "no English form"),
        ("boddy,하노이사무소,Hanoi Office,,unofficial,,", "하노이사무소", "no kind “boddy”"),
        ("body,하노이사무소,Hanoi Office,,sure,,", "하노이사무소", "no status “sure”"),
        ("body,하노이사무소,Hanoi Office,,official,,", "하노이사무소", "no source"),
        (f"body,{'가' * 41}사무소,Hanoi Office,,unofficial,,", "가" * 41 + "사무소", "longer"),
        (f"body,하노이사무소,{'Hanoi ' * 30},,unofficial,,", ("Hanoi " * 30).strip(), "longer"),
        (f"body,하노이사무소,{'Ab Cd ' * 12},,unofficial,,", ("Ab Cd " * 12).strip(), "never found"),
    ],
)
def test_a_cell_that_is_wrong_is_named_with_line_form_and_remedy(row: str, form: str, why: str) -> None:
    problem = _problems("place,서울,Seoul,,unofficial,,", row)[0]
    assert (problem.line, problem.form) == (3, form)
    assert why in problem.problem
    assert problem.remedy
    assert str(problem).startswith(f"line 3: “{form}”: ")


def test_one_run_names_all_problems_in_the_order_of_the_lines() -> None:
    told = _told(
        "bad,가나기금,Gana Fund,,unofficial,,", "fund,,Dara Fund,,official,,", "fund,가나 기금,X fund,,unofficial,,"
    )
    assert [line for line, _ in told] == [2, 3, 3, 4]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    rows = _rows('place,서울,Seoul,,unofficial,,"two', 'lines"', "", "place,부산,Busan,,unofficial,,")
    assert [(row.line, row.korean[0]) for row in rows] == [(2, "서울"), (5, "부산")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_file_is_read_as_spreadsheets_save_it(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes(f"{_HEADER}\r\nbody,무역보험공사|무보,Trade Insurance,K-SURE,unofficial,,\r\n".encode(encoding))
    rows = read_rows_file(path)
    assert rows == [TermRow(2, "body", ("무역보험공사", "무보"), ("Trade Insurance",), ("K-SURE",))]
    assert Termbase.load(path).terms[0].korean == ("무역보험공사", "무보")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"kind,ko,en\nbody,\xff\xfe\xff,x\n", "neither UTF-8 nor CP949"),
        (b"kind,ko,en\nbody,a,b\n", "abbr"),
        (b"", "columns"),
        (f'{_HEADER}\nbody,"서울,Seoul'.encode(), "not a CSV"),
    ],
)
def test_what_is_no_termbase_is_refused_with_the_reason(content: bytes, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        read_rows(content, "terms.csv")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.csv.*cannot be read"):
        read_rows_file(tmp_path / "none.csv")


_FORMS = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="|"), min_size=1, max_size=8
    ).map(lambda text: text.strip()),
    min_size=1,
    max_size=3,
)


@given(st.lists(st.tuples(_FORMS, _FORMS), max_size=5))
def test_what_is_written_is_read_back(pairs: list[tuple[list[str], list[str]]]) -> None:
    rows = read_rows(write_rows(TermRow(0, "body", tuple(ko), tuple(en)) for ko, en in pairs), "x")
    assert read_rows(write_rows(rows), "x") == rows
    assert len(rows) == len(pairs)


def test_a_term_becomes_the_row_that_says_the_same() -> None:
    term = Term("body", ("무보",), ("Trade Insurance",), ("K-SURE",), True, "its site", "a note")
    row = TermRow.of(term, 7)
    assert row.cells == ("body", "무보", "Trade Insurance", "K-SURE", "official", "its site", "a note")
    assert check_terms([row]) == []
