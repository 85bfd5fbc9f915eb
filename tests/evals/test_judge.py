"""The judge of citations, in both languages and across them."""

from __future__ import annotations

import pytest

from evals.judge import Passage, RuleJudge, precision

JUDGE = RuleJudge()
KOREAN = Passage(
    "지원 비율은 중소기업 총비용의 70%, 중견기업 50%이며 사업당 2억원 이내입니다.", "시장개척자금 안내", ("지원 내용",)
)
ENGLISH = Passage(
    "Registration opens on July 5, 2027, and closes on September 3, 2027, 18:00 Korean time.",
    "Roadshow",
    ("How to register",),
)


def supported(claim: str, *passages: Passage) -> bool:
    return JUDGE.judge(claim, passages).supported


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("지원 내용: 지원 비율은 중소기업 총비용의 70%, 중견기업 50%이며 사업당 2억원 이내입니다.", KOREAN),
        ("시장개척자금은 사업당 2억원 이내로 지원합니다.", KOREAN),
        ("The Korean source 「시장개척자금 안내」 says: “중견기업 50%이며 사업당 2억원 이내입니다.”", KOREAN),
        ("Registration closes on September 3, 2027.", ENGLISH),
        ("영어 원문 「Roadshow」에 다음과 같이 나와 있습니다. “Registration opens on July 5, 2027”", ENGLISH),
        ("등록은 2027년 7월 5일에 시작합니다.", ENGLISH),
    ],
)
def test_what_the_source_says_is_supported(claim: str, passage: Passage) -> None:
    assert supported(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage", "reason"),
    [
        ("시장개척자금은 사업당 3억원 이내로 지원합니다.", KOREAN, "figure"),
        ("중소기업은 총비용의 70%p를 지원받습니다.", KOREAN, "figure"),
        ("Registration closes on September 4, 2027.", ENGLISH, "figure"),
        ("등록은 2027년 7월 6일에 시작합니다.", ENGLISH, "figure"),
        ("Registration with KOTRA closes on September 3, 2027.", ENGLISH, "name"),
        ("Registration never closes on September 3, 2027.", ENGLISH, "turned round"),
        ("시장개척자금은 사업당 2억원 이내로 지원하지 않습니다.", KOREAN, "turned round"),
        ("The Korean source 「시장개척자금 안내」 says: “대기업도 2억원 이내입니다.”", KOREAN, "quotation"),
        ("정부는 해외 도시의 교통 체계를 새로 설계합니다.", KOREAN, "words"),
        ("A preparation meeting is held online in the morning.", ENGLISH, "words"),
    ],
)
def test_what_the_source_does_not_say_is_not_supported(claim: str, passage: Passage, reason: str) -> None:
    verdict = JUDGE.judge(claim, [passage])
    assert not verdict.supported
    assert verdict.reason.startswith(reason)


def test_nothing_is_supported_without_a_passage() -> None:
    assert not supported("시장개척자금은 2억원입니다.")


def test_a_line_and_its_note_may_come_from_two_quotations() -> None:
    line = Passage("대기업은 단독으로 신청할 수 없습니다*.")
    note = Passage("* 컨소시엄 구성원으로는 참여할 수 있습니다.")
    claim = "대기업은 단독으로 신청할 수 없습니다. (컨소시엄 구성원으로는 참여할 수 있습니다.)"
    assert supported(claim, line, note)
    assert precision(JUDGE, claim, [line, note]) == [True, True]


def test_a_citation_that_adds_nothing_is_imprecise() -> None:
    claim = "시장개척자금은 사업당 2억원 이내로 지원합니다."
    assert precision(JUDGE, claim, [KOREAN, ENGLISH]) == [True, False]


def test_no_citation_of_an_unsupported_claim_is_right() -> None:
    assert precision(JUDGE, "시장개척자금은 사업당 3억원 이내로 지원합니다.", [KOREAN, ENGLISH]) == [False, False]
