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
        ("A preparation meeting is held in the morning.", ENGLISH, "words"),
    ],
)
def test_what_the_source_does_not_say_is_not_supported(claim: str, passage: Passage, reason: str) -> None:
    verdict = JUDGE.judge(claim, [passage])
    assert not verdict.supported
    assert verdict.reason.startswith(reason)


ROW = Passage("12 | Wider World Bank cooperation | 2020 H1 | MOEF, MOLIT", "The 25 tasks", ("2. Networks",))
HEADER = Passage("No. | Task | Due | Owner", "The 25 tasks", ("2. Networks",))


@pytest.mark.parametrize(
    "claim",
    [
        "Networks: Wider World Bank cooperation (Due: 2020 H1, Owner: MOEF, MOLIT)",
        "Networks: 12 (Task: Wider World Bank cooperation, Due: 2020 H1, Owner: MOEF, MOLIT)",
        "영어 원문 「The 25 tasks」에 다음과 같이 나와 있습니다. “12 (Task: Wider World Bank cooperation, Due: 2020 H1, "
        "Owner: MOEF, MOLIT)” (“World Bank” = 세계은행, “2020 H1” = 2020년 상반기)",
    ],
)
def test_a_table_row_with_its_columns_and_glosses_is_a_quotation(claim: str) -> None:
    assert JUDGE.judge(claim, [ROW, HEADER]).reason == "verbatim"


@pytest.mark.parametrize(
    "claim",
    ["등록 마감은 2027년 9월 3일입니다. (D-12)", "This has already passed (Friday 3 September 2027)."],
)
def test_what_depends_on_today_is_left_to_the_measure_of_dates(claim: str) -> None:
    assert supported(claim, ENGLISH)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("“12 (Task: Wider World Bank cooperation, Owner: 2020 H1, Due: MOEF, MOLIT)”", "quotation"),
        ("“12 | Wider World Bank cooperation | 2020 H1 | MOEF, MOLIT” (“2020 H1” = 2020년 하반기)", "gloss"),
        ("“12 | Wider World Bank cooperation | 2020 H1 | MOEF, MOLIT” (“World Bank” = 수출입은행)", "gloss"),
    ],
)
def test_a_value_under_another_column_and_a_wrong_gloss_are_caught(claim: str, reason: str) -> None:
    assert JUDGE.judge(claim, [ROW, HEADER]).reason.startswith(reason)


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        (
            "제안서는 기술 20점, 가격 80점으로 평가합니다.",
            "제안서 평가: 기술 80점과 가격 20점",
            "figure of something else",
        ),
        (
            "60% is paid in advance.",
            "Payment | 20% in advance, 60% on delivery, 20% after acceptance",
            "figure of something else",
        ),
        ("Registration opens on September 3, 2027.", ENGLISH.quote, "figure of something else"),
        ("융합 얼라이언스에는 현재 133개사가 참여합니다.", "출범 때 융합 얼라이언스 참여 기업 | 133개사", "not said"),
        ("사업비의 80%까지 받고 있습니다.", "지원 비율을 최대 80%까지로 늘릴 계획이었습니다.", "turned round"),
        (
            "대·중소기업 컨소시엄의 한도는 3천만원입니다.",
            "대·중소기업 컨소시엄은 한도를 3천만원 높여 적용",
            "turned round",
        ),
        ("공식 모임을 매달 엽니다.", "공식 모임은 분기마다 엽니다.", "turned round"),
        ("The larger members can borrow too.", "Only the smaller members can borrow.", "turned round"),
    ],
)
def test_words_that_all_stand_there_may_still_say_something_else(claim: str, quote: str, reason: str) -> None:
    verdict = JUDGE.judge(claim, [Passage(quote)])
    assert not verdict.supported
    assert verdict.reason.startswith(reason)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("교육은 2027년 2월 4일 오후 3시부터 5시까지입니다.", "Training: Thursday, February 4, 2027, 15:00–17:00"),
        ("The World Smart City Expo takes place in September.", "월드 스마트시티 엑스포 | 9월"),
        ("공식 모임은 1년에 네 차례 열립니다.", "공식 모임은 한 해 네 번 열림"),
        (
            "A leader may head a consortium of no more than five members.",
            "The leader heads a consortium of up to 5 members.",
        ),
    ],
)
def test_the_same_date_number_or_bound_may_be_worded_otherwise(claim: str, quote: str) -> None:
    verdict = JUDGE.judge(claim, [Passage(quote)])
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("중견기업의 한도는 1억 5천만원입니다.", ["한도 | 1억 5천만원 | 1억원", "구분 | 중소기업 | 중견기업"]),
        (
            "The alliance started in February 2019 with 395 companies.",
            ["출범 때인 2019년 2월 133개사, 2019년 6월 395개사"],
        ),
        ("교통 솔루션이 74%를 차지합니다.", ["전기, 에너지, 복지, 교통의 네 솔루션이 74%를 차지"]),
        ("115 foreign buyers met 47 Korean companies.", ["47 foreign buyers met 115 Korean companies."]),
        ("The loan may repay older loans.", ["The loan does not pay for the repayment of older loans."]),
        (
            "컨소시엄을 이루어야 신청할 수 있습니다.",
            ["컨소시엄을 이룬 기업: 가점 3점. 컨소시엄은 필수 요건이 아닙니다."],
        ),
    ],
)
def test_what_belongs_to_something_else_or_is_denied_is_not_supported(claim: str, quotes: list[str]) -> None:
    assert not supported(claim, *(Passage(quote) for quote in quotes))


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("중견기업의 한도는 1억원입니다.", ["한도 | 1억 5천만원 | 1억원", "구분 | 중소기업 | 중견기업"]),
        (
            "The centers were closed in 2008 and reopened in 2013.",
            ["KOTRA had such centers before. They were shut in 2008.", "The centers came back in 2013."],
        ),
        (
            "보고타에 3천억원, 아테네에 2천억원을 수출했습니다.",
            ["수출 | 보고타(’11~’13) | 3천억원", "수출 | 아테네(’15~’17) | 2천억원"],
        ),
    ],
)
def test_what_belongs_together_in_the_source_may_be_told_together(claim: str, quotes: list[str]) -> None:
    verdict = JUDGE.judge(claim, [Passage(quote) for quote in quotes])
    assert verdict.supported, verdict.reason


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
