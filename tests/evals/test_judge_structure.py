"""The judge on what a claim puts together otherwise than its source: cells, bases, orders, denials, opposites, multiples."""

from __future__ import annotations

import pytest

from evals.derived import without_what_follows
from evals.judge import Passage, RuleJudge

JUDGE = RuleJudge()
_OFFICES = ("사무소 | 운영 기관", "알파 사무소 | 한강무역진흥회", "베타 사무소 | 백두수출지원단")
_HARBOURS = ("City | Area | Cost", "Alba | 3 km² | KRW 2 billion", "Brava | 8 km² | KRW 5 billion")
_FUNDS = ("비교 항목 | EDCF | EDPF", "금리 방식 | 고정 금리만 적용 | 변동 금리만 적용")


def supported(claim: str, *quotes: str, title: str = "") -> bool:
    return JUDGE.judge(claim, [Passage(quote, title) for quote in quotes]).supported


@pytest.mark.parametrize(
    ("right", "wrong", "quotes"),
    [
        ("알파 사무소는 한강무역진흥회가 운영합니다.", "알파 사무소는 백두수출지원단이 운영합니다.", _OFFICES),
        ("Alba (Area: 3 km², Cost: KRW 2 billion)", "Alba (Area: 3 km², Cost: KRW 5 billion)", _HARBOURS),
        ("Brava (Area: 8 km²)", "Alba (Area: 8 km²)", _HARBOURS),
        ("금리 방식 (EDCF: 고정 금리만 적용)", "금리 방식 (EDCF: 변동 금리만 적용)", _FUNDS),
    ],
)
def test_a_cell_is_told_of_its_own_row_and_column(right: str, wrong: str, quotes: tuple[str, ...]) -> None:
    assert supported(right, *quotes)
    assert not supported(wrong, *quotes)


def test_a_line_under_one_heading_of_a_list_is_not_told_of_another() -> None:
    quotes = ("□ 항만형", "- 예: 포르토 시", "□ 내륙형")
    assert supported("항만형의 예는 포르토 시입니다.", *quotes)
    assert not supported("내륙형의 예는 포르토 시입니다.", *quotes)


@pytest.mark.parametrize(
    ("right", "wrong", "quote"),
    [
        (
            "The report is due within 20 days after the inspection.",
            "The report is due within 20 days after the payment.",
            "Report: within 20 days after the inspection. The payment follows.",
        ),
        (
            "수출액의 40%를 상위 다섯 곳이 냅니다.",
            "기업 수의 40%를 상위 다섯 곳이 차지합니다.",
            "상위 5개사 | 수출액의 40%",
        ),
    ],
)
def test_a_figure_is_counted_from_what_the_source_counts_it_from(right: str, wrong: str, quote: str) -> None:
    assert supported(right, quote, title="수출 기업 현황")
    assert not supported(wrong, quote, title="수출 기업 현황")


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("처리: 취소가 아니라 연기입니다.", "처리 | 취소(연기가 아니며, 대체 일정 없음)"),
        ("The group goes to Peru first, then Chile.", "Route | Chile first, then Peru"),
        (
            "A firm needs a branch abroad; a patent is not required.",
            "A firm needs a patent; a branch abroad is not required.",
        ),
        ("A bid may name a leader and up to four more members.", "입찰 | 구성원은 대표사를 포함하여 4개사 이내"),
        ("All 30 places go to start-ups.", "8 of the 30 places are kept for start-ups."),
        (
            "A second fair will be held in 2028.",
            "A second fair is under consideration for 2028. No decision has been made.",
        ),
        ("Winners: chosen in May 2027.", "Winners: planned for May 2027."),
        ("Decisions are sent two weeks after the briefing.", "Decisions are sent two weeks after the interview."),
    ],
)
def test_what_is_turned_round_is_not_supported(claim: str, quote: str) -> None:
    assert supported(quote, quote)
    assert not supported(claim, quote, title="Briefing")


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("입장하려면 등록해야 합니다.", "등록하지 않은 분은 입장할 수 없습니다."),
        ("기술 점수의 비중은 가격의 네 배입니다.", "평가: 기술 80점과 가격 20점"),
        ("Twice as many are planned for 2028.", "30 in 2027, 60 are planned for 2028."),
        ("Need and plan together account for 70 points.", "Points: need 50, plan 20, team 30."),
    ],
)
def test_what_follows_from_the_source_is_supported(claim: str, quote: str) -> None:
    assert supported(claim, quote)


def test_a_multiple_that_does_not_follow_stays_in_the_claim() -> None:
    assert without_what_follows("기술은 가격의 5배입니다.", "기술 80점과 가격 20점")[0].count("5배") == 1
    assert "4배" not in without_what_follows("기술은 가격의 4배입니다.", "기술 80점과 가격 20점")[0]
