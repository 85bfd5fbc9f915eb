"""What a question tells of the asking company, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.generation.eligibility.profile import Profile, ProfileReader

_TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("우리는 중견기업인데 됩니까?", {"size": "midsize"}),
        ("경기도에 있는 창업 3년차 스타트업인데 신청할 수 있나요?", {"size": "startup", "region": "경기", "years_in_business": 2.5}),
        ("저희는 대기업과 컨소시엄으로 베트남에 나가려는 중소기업인데 지원 대상인가요?", {"size": "sme", "consortium_with_large": True, "target_country": "베트남"}),  # noqa: E501
        ("강원도 소재 업력 5년 중소기업입니다. 수출은 작년에 8만 달러 했습니다. 신청 가능한가요?", {"size": "sme", "region": "강원", "years_in_business": 5.0, "export_record": 80_000.0}),  # noqa: E501
        ("대기업인데 단독으로 신청할 수 있나요?", {"size": "large", "consortium_with_large": False}),
        ("업력이 정확히 7년인데 되나요?", {"years_in_business": 7.0}),
        ("저희는 수출 실적이 없는데 자격이 되나요?", {"export_record": False}),
        ("교통 솔루션을 개발하는 스타트업인데 바우처 신청되나요?", {"size": "startup", "sector": "교통"}),
        ("2021년에 설립한 회사인데 바우처 대상이 되나요?", {"years_in_business": 5.4}),
        ("우리 회사는 소기업이고 부산에 있습니다 신청자격이 되나요", {"size": "sme", "region": "부산"}),
        ("We are a mid-sized company with no export record. Are we eligible?", {"size": "midsize", "export_record": False}),
        ("Our company in Gangwon was founded 4 years ago and exported USD 50,000 last year. Can we apply?", {"region": "Gangwon", "years_in_business": 4.0, "export_record": 50_000.0}),  # noqa: E501
        # The year of foundation is counted from its middle.
        ("저희는 작년에 창업했는데 신청할 수 있나요?", {"years_in_business": 1.4}),
        ("Can we apply? We were founded this year.", {"years_in_business": 0.4}),
        ("We make traffic signal software. Do we qualify?", {"sector": "transport"}),
        ("Can we join as a large company together with two SMEs?", {"size": "large", "consortium_with_large": True}),
        ("We're a startup in our third year. Could we apply?", {"size": "startup", "years_in_business": 2.5}),
    ],
)  # fmt: skip
def test_own_company_is_read_from_the_question(question: str, told: dict[str, Any]) -> None:
    reading = ProfileReader().read(question, _TODAY)
    assert reading.asks == "own"
    assert reading.profile.told == told


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("시장개척자금은 중견기업도 받을 수 있나요?", "general"),
        ("Are startups eligible for the voucher?", "general"),
        ("Can a start-up get the demonstration voucher?", "general"),
        ("Can mid-sized companies use the loan?", "general"),
        ("Can a visitor get on the bus?", "no"),
        ("We are a small company. Is the export starter grant for us?", "own"),
        ("We registered just a year ago. Ok?", "own"),
        ("중견기업은 시장개척자금을 몇 %까지 지원받나요?", "no"),
        ("PIS 펀드 규모는 얼마인가요?", "no"),
        ("How large is the PIS fund?", "no"),
        ("When can we apply?", "no"),
        ("문의처가 어디인가요?", "no"),
        ("우리도 신청할 수 있나요?", "own"),
        # How much a company like ours gets is no question of whether it may take part; both may be asked.
        ("우리는 중견기업인데 시장개척자금을 최대 몇 %까지 지원받을 수 있나요?", "no"),
        ("We are a mid-sized company. How much of the costs can we get from the fund?", "no"),
        ("We're a mid-sized company. What share of the costs can we get from the fund?", "no"),
        ("우리는 중견기업인데 시장개척자금을 받을 수 있나요? 얼마까지 되나요?", "own"),
    ],
)
def test_other_questions_are_not_about_the_own_company(question: str, asks: str) -> None:
    assert ProfileReader().read(question, _TODAY).asks == asks


def test_unknown_fields_of_a_mapping_are_left_out() -> None:
    assert Profile.of({"size": "sme", "employees": 30}).told == {"size": "sme"}
