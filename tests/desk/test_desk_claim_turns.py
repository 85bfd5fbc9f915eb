"""Sentences that turn their source round with its own words, and the same sources told rightly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.claim_turns import turned_round

PAIRS = {
    "opposite beside the same word": (
        "물자는 자금을 받는 나라에서 조달합니다.",
        "물자는 자금을 주는 나라에서 조달합니다.",
        "물자는 자금을 주는 나라에서 조달해야 함",
        "opposite",
    ),
    "before for after": (
        "A partner is appointed before the award.",
        "A partner is appointed after the award.",
        "The partner may be appointed after the award, but within 45 days.",
        "opposite",
    ),
    "may not for may, of one verb": (
        "도울 수 없는 나라의 수주에는 쓸 수 없습니다.",
        "도울 수 없는 나라의 수주에 쓸 수 있습니다.",
        "보통의 금융으로 도울 수 없는 나라의 수주에 쓸 수 있음",
        "polarity",
    ),
    "may for cannot, of one verb": (
        "Mid-sized companies may borrow but cannot be members.",
        "Mid-sized companies may be members but cannot borrow.",
        "Mid-sized companies may be members but cannot borrow.",
        "polarity",
    ),
    "may not in two words for may": (
        "Foreign-invested companies may not apply.",
        "Foreign-invested companies may apply.",
        "Foreign-invested companies may apply from March.",
        "polarity",
    ),
    "a figure of something else": (
        "There is room for 80 Korean companies.",
        "There is room for 25 Korean companies.",
        "Size | 25 Korean companies, about 80 guests from cities of the region",
        "role",
    ),
    "what stands behind another label": (
        "간사는 기재부가 맡습니다.",
        "간사는 국토부가 맡습니다.",
        "(위치) 기재부 안의 분과로 둠\n(간사) 국토부",
        "role",
    ),
    "what somebody else does": (
        "The association pays for hotels.",
        "The company pays for hotels.",
        "Hotels are paid by the company.",
        "role",
    ),
}


@pytest.mark.parametrize(("turned", "right", "source", "how"), PAIRS.values(), ids=PAIRS)
def test_what_is_turned_round_is_found_and_what_is_not_is_left(turned: str, right: str, source: str, how: str) -> None:
    statements = source.split("\n")
    assert turned_round(turned, statements) == how
    assert turned_round(right, statements) is None


def test_a_cell_has_the_head_of_its_row() -> None:
    row = ["중견기업 지원 비율 | 50% | 최대 80%"]
    assert turned_round("중견기업 지원 비율은 50%에서 최대 80%로 바뀝니다.", row) is None


def test_dates_are_no_figures_of_something_else() -> None:
    source = ["Registration opens on Monday, July 5, 2027, and closes on Friday, September 3, 2027, 18:00 Korean time."]
    assert turned_round("Registration closes on September 3, 2027, at 18:00 Korean time.", source) is None


@pytest.mark.parametrize("statements", [[], [""], ["| | |"], ["(:)"]])
def test_nothing_to_compare_with_finds_nothing(statements: list[str]) -> None:
    assert turned_round("중견기업은 50%를 지원받습니다.", statements) is None
    assert turned_round("", statements) is None


@given(
    st.text(alphabet="가나 AB1%,.|:()\n없있수 before after", max_size=60),
    st.text(alphabet="가나 AB1%,.|:()\n", max_size=60),
)
def test_whatever_is_written_it_is_one_of_the_known_outcomes(text: str, source: str) -> None:
    assert turned_round(text, source.split("\n")) in (None, "opposite", "role")
