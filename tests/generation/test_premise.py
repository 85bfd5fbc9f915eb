"""A question that takes a figure for granted which the sources give otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.generation.premise import contradicted

ANCHOR = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("question", "passage", "kind"),
    [
        ("지원 한도가 20억원이 맞나요?", "사업당 2억원 이내로 지원", "amount"),
        ("Is it true that the cap is KRW 2 billion?", "up to KRW 200 million per project", "amount"),
        ("금리는 5%라고 들었는데 맞나요?", "금리는 연 2.5%", "amount"),
        ("I heard the share is 90%. How do I apply?", "covers up to 70% of the costs", "amount"),
        ("신청 마감이 2026년 12월 31일 맞죠?", "신청은 2026년 12월 11일까지", "date"),
        ("Registration closes on March 1, 2027, right?", "Registration closes on February 26, 2027", "date"),
        ("마감이 12월 31일인가요?", "신청은 2026년 12월 11일까지", "date"),
    ],
)
def test_a_figure_that_the_passage_has_otherwise_is_contradicted(question: str, passage: str, kind: str) -> None:
    assert contradicted(question, [passage], ANCHOR) == kind


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("지원 한도가 2억원이 맞나요?", "사업당 2억원 이내로 지원"),
        ("지원 한도가 200백만원이 맞나요?", "사업당 2억원 이내로 지원"),
        ("Is it true that the cap is KRW 200 million?", "사업당 2억원으로 지원"),
        ("신청 마감이 2026년 12월 11일 맞죠?", "신청은 2026. 12. 11.(금)까지"),
        ("The center opened in the second half of 2019, right?", "’19.下 개소"),
        ("2019년에 문을 연 게 맞나요?", "’19.下 개소"),
    ],
)
def test_the_same_figure_written_otherwise_is_not(question: str, passage: str) -> None:
    assert contradicted(question, [passage], ANCHOR) is None


@pytest.mark.parametrize(
    "question", ["20억원을 넘는 사업은 어떻게 신청하나요?", "How does a firm with KRW 2 billion of sales apply?"]
)
def test_a_question_that_asks_for_no_confirmation_is_contradicted_by_nothing(question: str) -> None:
    assert contradicted(question, ["사업당 2억원 이내로 지원", "up to KRW 200 million"], ANCHOR) is None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("수수료가 20억원이 맞나요?", "지원 비율은 70%"),
        ("Is it true that it costs KRW 2 billion?", "It helps companies in 10 countries."),
        ("마감이 12월 31일 맞나요?", "지원 비율은 70%"),
    ],
)
def test_a_figure_of_a_unit_that_no_passage_has_is_not_contradicted(question: str, passage: str) -> None:
    assert contradicted(question, [passage], ANCHOR) is None


def test_one_passage_that_bears_it_out_is_enough() -> None:
    passages = ["종전 한도는 1억원", "현재 한도는 2억원"]
    assert contradicted("한도가 2억원 맞나요?", passages, ANCHOR) is None
    assert contradicted("한도가 3억원 맞나요?", passages, ANCHOR) == "amount"
