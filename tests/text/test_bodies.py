"""Ministries that share one ending."""

from __future__ import annotations

import pytest

from assistant.text.bodies import spelt_out


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("국토·외교부", "국토부, 외교부"),
        ("외교‧국토부", "외교부, 국토부"),
        ("국토·산업·중기부, KOTRA·LH", "국토부, 산업부, 중기부, KOTRA·LH"),
        ("기재부·국토부", "기재부, 국토부"),
        ("담당: 기재·중기부(’20.上)", "담당: 기재부, 중기부(’20.上)"),
    ],
)
def test_each_gets_the_ending(written: str, full: str) -> None:
    assert spelt_out(written) == full


@pytest.mark.parametrize(
    "text", ["국토부", "정부·공공·민간", "교통·에너지 분야", "KOTRA·LH", "정부·공공부문이 출자", ""]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert spelt_out(text) == text
