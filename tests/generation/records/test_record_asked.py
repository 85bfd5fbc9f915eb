"""Whether a question asks if something is still open, until when, or on which days; words alike in other questions do not count."""

from __future__ import annotations

import pytest

from assistant.generation.records.asked import asks_calendar, asks_days, asks_deadline, asks_standing


@pytest.mark.parametrize(
    "text",
    [
        "실증 바우처 아직 신청할 수 있나요?",
        "하람시 입찰 지금 낼 수 있나요?",
        "벌써 마감됐나요?",
        "지금이라도 접수 가능한가요?",
        "너무 늦었나요?",
        "Is the tender still open?",
        "Has registration closed?",
        "Is the Thailand day coming up soon?",
        "Can we still bid?",
        "Can we apply for the voucher now?",
        "Are we too late for the roadshow?",
    ],
)
def test_whether_it_is_open_is_asked(text: str) -> None:
    assert asks_standing(text)
    assert asks_calendar(text)


@pytest.mark.parametrize(
    "text",
    [
        "PIS 펀드가 지금까지 투자한 사업이 뭐예요?",
        "현재 누수율이 몇 퍼센트예요?",
        "지금 신청할 수 있는 지원사업은?",
        "이미 빌린 회사도 또 신청할 수 있나요?",
        "본사는 서울인데 신청 가능해요?",
        "Is the software open source?",
        "Why were the offices shut in 2008?",
        "How large should the fund get over the longer term?",
        "Average turnover over the past three years?",
        "When will the ministry open further centers?",
        "Are there any open tenders?",
        "Which programs can we apply to today?",
    ],
)
def test_a_fact_of_today_or_of_the_past_is_no_question_of_standing(text: str) -> None:
    assert not asks_standing(text)


@pytest.mark.parametrize(
    "text",
    [
        "언제까지 내면 되나요?",
        "접수 마감은?",
        "입찰 마감일이 언제예요?",
        "What is the deadline?",
        "When are proposals due?",
        "When do bids have to be in?",
        "What is the closing time for bids?",
        "By what date do we have to sign up?",
    ],
)
def test_until_when_is_asked(text: str) -> None:
    assert asks_deadline(text)


@pytest.mark.parametrize(
    "text",
    [
        "How many bids came in?",
        "Which languages may the proposal be in?",
        "How many proposals were sent in last year?",
        "Do we need a local partner to bid in Vietnam?",
        "입찰보증금은 얼마인가요?",
    ],
)
def test_what_only_speaks_of_bids_asks_for_no_deadline(text: str) -> None:
    assert not asks_deadline(text)


@pytest.mark.parametrize("text", ["로드쇼는 언제 열리나요?", "며칠이에요?", "When is the roadshow?"])
def test_the_days_are_asked(text: str) -> None:
    assert asks_days(text)
    assert asks_calendar(text)


@pytest.mark.parametrize(
    "text", ["수출상담회 언제 해요?", "로드쇼는 언제 할까요?", "언제 열려요?", "When is the roadshow held?"]
)
def test_the_days_of_an_event_are_asked(text: str) -> None:
    assert asks_days(text)


def test_when_one_has_to_do_something_is_no_day_of_an_event() -> None:
    assert not asks_days("서류 제출은 언제 해야 하나요?")
