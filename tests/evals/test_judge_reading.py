"""What the judge reads in tables, lists, plans, comparisons and bounds: each source with a claim that follows and one that does not."""

from __future__ import annotations

import pytest

from evals.judge import Passage, RuleJudge

DAYS = "시간 | 3. 9.(화) | 3. 10.(수)\n10:00~11:00 | 개회, 발주 계획 발표 | 금융 지원제도 설명\n11:00~12:00 | 1:1 상담 | 현장 방문"
TALKS = (
    "나라 | 만나는 곳 | 논의 내용\n중국 | 자동차 제조업 협회 | 부품 공급망 구축 가능성\n"
    "싱가포르 | 화교 기업 단체 | 숨은 강소기업(히든챔피언) 발굴\n싱가포르 | 중소기업 협회 | 간담회"
)
MEMBERS = "구분 | 기관\n공공기관 | LH, KIND, KAIA, KOTRA\n금융기관 | 수은, 무보"
SHARES = (
    "Destinations: United States 31% (USD 530 million), China 20% (USD 340 million), Hong Kong 19% (USD 310 million)."
)
SOUGHT = (
    "Partners are sought among the petrochemical companies of the Yeosu National Industrial Complex and universities."
)
MOVE_IN = "두동지구 첨단물류센터에는 앞서가는 전자상거래 기업을 입주시킬 계획"
ONE_ABROAD = "The bidder has completed at least two city safety projects in the past six years, one of them outside its own country."
NOTICE = "공고일: 2026. 11. 20.(금)\n신청 기한: 공고일로부터 30일 이내"
SHARE = "Share: up to 80% of the cost of the company's own part of the contract"
LEVEL = "중국의 기술이 아직 일본에 미치지는 못하지만, 바탕이 튼튼한 중국 기업과 손잡으면 제조업체가 안정됨"
JAPAN = (
    "Investment from Japan had been the focus of the province's promotion. That work was to go on and to be stepped up."
)
PAYING = (
    "The association pays for the hall and half of one air ticket per SME. Hotels and freight are paid by the company."
)


@pytest.mark.parametrize(
    ("source", "claim", "supported"),
    [
        pytest.param(DAYS, "둘째 날 오전에는 금융 지원제도를 설명하는 시간이 있습니다.", True, id="days above columns"),
        pytest.param(TALKS, "중소기업 협회와는 간담회를 합니다.", True, id="rows that begin alike"),
        pytest.param(
            TALKS,
            "숨은 강소기업을 발굴하는 자리는 싱가포르 중소기업 협회와 마련됩니다.",
            False,
            id="row that begins alike",
        ),
        pytest.param(MEMBERS, "금융기관으로는 수은과 무보가 참여합니다.", True, id="list in a cell"),
        pytest.param(MEMBERS, "KOTRA와 KIND는 금융기관으로 참여합니다.", False, id="list in another cell"),
        pytest.param(SHARES, "The United States took more than China.", True, id="compared as the figures are"),
        pytest.param(
            SHARES, "China took more than the United States.", False, id="compared otherwise than the figures"
        ),
        pytest.param(
            SOUGHT, "Partners are to be found among Yeosu's petrochemical companies.", True, id="what is sought"
        ),
        pytest.param(
            SOUGHT, "Petrochemical companies of Yeosu have become partners.", False, id="sought, told as found"
        ),
        pytest.param(MOVE_IN, "두동지구 물류센터에 전자상거래 기업을 입주시킬 계획입니다.", True, id="plan"),
        pytest.param(
            MOVE_IN, "두동지구 물류센터에 전자상거래 기업들이 입주해 있습니다.", False, id="plan told as a state"
        ),
        pytest.param(
            ONE_ABROAD, "One of the two city safety projects must be outside its own country.", True, id="one of them"
        ),
        pytest.param(
            ONE_ABROAD,
            "Both of the two city safety projects must be outside its own country.",
            False,
            id="both of them",
        ),
        pytest.param(
            NOTICE,
            "공고일인 2026년 11월 20일부터 30일 이내인 2026년 12월 20일까지 신청합니다.",
            True,
            id="day counted from another",
        ),
        pytest.param(
            NOTICE,
            "공고일인 2026년 11월 20일부터 30일 이내인 2026년 12월 10일까지 신청합니다.",
            False,
            id="day miscounted",
        ),
        pytest.param(
            SHARE,
            "The loan cannot exceed 80% of the cost of the company's own part.",
            True,
            id="bound worded as a denial",
        ),
        pytest.param(SHARE, "The loan is at least 80% of the cost of the company's own part.", False, id="other bound"),
        pytest.param(LEVEL, "중국의 기술은 아직 일본에 뒤집니다.", True, id="denial worded as a state"),
        pytest.param(LEVEL, "중국의 기술은 이미 일본을 앞질렀습니다.", False, id="the other way round"),
        pytest.param(
            JAPAN, "The promotion of Japanese investment was to be continued.", True, id="people for the country"
        ),
        pytest.param(JAPAN, "The promotion of Chinese investment was to be continued.", False, id="another people"),
        pytest.param(
            PAYING,
            "The association pays for the hall, but hotels and freight are paid by the company.",
            True,
            id="two payers",
        ),
        pytest.param(PAYING, "Hotels and freight are paid by the association.", False, id="other payer"),
    ],
)
def test_a_claim_is_read_against_its_source(source: str, claim: str, *, supported: bool) -> None:
    verdict = RuleJudge().judge(claim, [Passage(source)])
    assert verdict.supported == supported, verdict.reason
