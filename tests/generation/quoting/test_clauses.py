"""Lines and sentences of chunks, each with what belongs to it, verbatim."""

from __future__ import annotations

import pytest
from answer_parts import hit, lines
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.quoting.clauses import bare


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("□ 총 규모는 1,200억원*\n* 정부가 출자한 300억원을 포함", "* 정부가 출자한 300억원을 포함"),
        (
            "The fund holds KRW 80 billion*\n* Including KRW 3 billion of the state",
            "* Including KRW 3 billion of the state",
        ),
    ],
)
def test_a_line_brings_the_note_that_limits_it_and_a_note_its_line(text: str, note: str) -> None:
    line, limit = lines(hit(text))
    assert (line.is_note, line.companion_text) == (False, note)
    assert (limit.is_note, limit.companion_text) == (True, text.split("\n")[0])


def test_a_note_limits_the_line_with_its_stars_even_where_another_stands_between() -> None:
    text = "- 1차 공모는 2020년*에 열 계획\n- 우리 기업의 참여까지 이어 가는 것이 목표**\n* 기한은 ’20.上\n** 예산은 미정\n※ 2019년 자료"
    found = {clause.text: clause.companion_text for clause in lines(hit(text))}
    assert found == {
        "- 1차 공모는 2020년*에 열 계획": "* 기한은 ’20.上",
        "- 우리 기업의 참여까지 이어 가는 것이 목표**": "** 예산은 미정",
        "* 기한은 ’20.上": "- 1차 공모는 2020년*에 열 계획",
        "** 예산은 미정": "- 우리 기업의 참여까지 이어 가는 것이 목표**",
        "※ 2019년 자료": "- 우리 기업의 참여까지 이어 가는 것이 목표**",
    }


def test_a_rows_header_is_known_and_says_nothing_by_itself() -> None:
    text = "구분 | 비율 | 한도\n중소기업 | 70% | 2억원\n중견기업 | 50% | 1억원\n□ 끝"
    found = lines(hit(text))
    assert [clause.text for clause in found] == ["중소기업 | 70% | 2억원", "중견기업 | 50% | 1억원", "□ 끝"]
    assert [clause.header_text for clause in found] == ["구분 | 비율 | 한도", "구분 | 비율 | 한도", ""]


@pytest.mark.parametrize(
    ("label", "value"),
    [("지원 내용:", "- 사업비의 70%"), ("신청 방법", "- 전자우편"), ("Contact:", "office@example.org")],
)
def test_a_line_that_only_names_the_next_one_brings_it(label: str, value: str) -> None:
    assert lines(hit(f"{label}\n{value}"))[0].companion_text == value


@pytest.mark.parametrize("line", ["장소: 누리시 전시관", "Place: Seoul"])
def test_a_line_that_says_its_value_needs_no_other(line: str) -> None:
    assert lines(hit(f"{line}\n주최: 누리시 센터"))[0].companion is None


def test_the_sentences_of_a_paragraph_come_apart_but_not_the_short_ones() -> None:
    long = "The fund covers up to seventy percent of the costs of small companies."
    assert [clause.text for clause in lines(hit(f"{long} {long}"))] == [long, long]
    assert [clause.text for clause in lines(hit("It is new. Apply now."))] == ["It is new. Apply now."]


def test_a_sentence_that_leans_on_the_one_before_comes_with_it() -> None:
    first = "Another service of the support centers is called the Visiting Desk."
    second = "It sends specialists to companies that cannot travel to the office."
    third = "Companies apply for it by electronic mail until the end of June."
    assert [clause.text for clause in lines(hit(f"{first} {second} {third}"))] == [f"{first} {second}", third]


def test_a_long_enumeration_comes_apart_by_item() -> None:
    items = [
        f"{mark}) support the companies of the region in their work abroad with {what}"
        for mark, what in (("a", "interpreters"), ("b", "legal advice"), ("c", "stands at fairs"))
    ]
    found = lines(hit(f"In each city the center will {items[0]}, {items[1]}, and {items[2]}."))
    assert [clause.text for clause in found] == [f"In each city the center will {items[0]}", items[1], f"{items[2]}."]


@pytest.mark.parametrize(
    ("line", "text"),
    [("□ 보증*", "보증"), ("※ 예외", "예외"), ("1. Scope", "Scope"), ("(2) 대상", "대상"), ("plain", "plain")],
)
def test_outline_marks_and_stars_are_taken_off(line: str, text: str) -> None:
    assert bare(line) == text


_LINE = (
    st.text(st.sampled_from("가나다 가.다 | *□- 12,억원%.:?AaBb"), min_size=1, max_size=60).map(str.strip).filter(bool)
)


@given(st.lists(_LINE, min_size=1, max_size=8))
def test_every_clause_stands_on_the_page_letter_by_letter(text: list[str]) -> None:
    page = "\n".join(text)
    for clause in lines(hit(page)):
        assert page[clause.span.start : clause.span.end] == clause.text
        if clause.companion is not None:
            assert page[clause.companion.start : clause.companion.end] == clause.companion_text
        if clause.header is not None:
            assert page[clause.header.start : clause.header.end] == clause.header_text
