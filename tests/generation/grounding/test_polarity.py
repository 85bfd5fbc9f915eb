"""Whether a sentence denies something."""

from __future__ import annotations

import pytest

from assistant.generation.grounding.polarity import is_negated


@pytest.mark.parametrize(
    "text",
    [
        "대기업은 신청할 수 없습니다.",
        "환불은 안 됩니다.",
        "대학은 지원 대상이 아닙니다.",
        "Large companies cannot apply.",
        "The fee is not refunded.",
    ],
)
def test_what_denies_is_negated(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "접수는 두 달 동안 합니다.",
        "한 주 동안 받습니다.",
        "중소기업만이 아니라 중견기업도 신청할 수 있습니다.",
        "중소기업뿐만 아니라 스타트업도 신청할 수 있습니다.",
        "Not only small companies may apply.",
        "Bids are due no later than March 5, 2027.",
        "The grant is not more than KRW 30 million.",
    ],
)
def test_words_that_only_look_like_a_denial_are_none(text: str) -> None:
    assert not is_negated(text)
