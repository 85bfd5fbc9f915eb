"""Several programs at once for a company: those that fit first, what is still to be known, and what is out and why."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.types import Answer, AnswerStatus, Question

AS_OF = date(2026, 11, 22)
BID, STARTER, VOUCHER, LOAN, FEE = (
    "수주교섭 비용",
    "Export Starter",
    "해외실증 바우처",
    "Consortium loan",
    "이행보증 수수료",
)
PROGRAMS = (BID, STARTER, VOUCHER, LOAN, FEE)


def ask(assistant: PolicyAssistant, text: str, as_of: date = AS_OF) -> Answer:
    return assistant.ask(Question(text, as_of))


@pytest.mark.parametrize(
    "question",
    [
        "우리 회사는 중소기업인데 하노이 진출 지원 받을 수 있는 거 뭐 있어요?",
        "We are a small company going to Vietnam. What support can we get?",
        "What can a small company with plans in Vietnam apply for?",
    ],
)
def test_all_that_may_fit_are_named_and_none_is_asked_back(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert all(name in answer.text for name in PROGRAMS)
    assert all(claim.citations for claim in answer.claims)
    assert answer.records[0].title.startswith("Consortium loan")


@pytest.mark.parametrize(
    "question",
    [
        "스마트시티 해외진출하려는데 어떤 지원을 받을 수 있나요?",
        "우리 회사가 받을 수 있는 지원이 뭐가 있나요?",
        "What support can we get for going abroad?",
    ],
)
def test_who_tells_nothing_of_the_company_gets_all_with_what_each_asks(
    corpus_assistant: PolicyAssistant, question: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert all(name in answer.text for name in PROGRAMS)
    # What would tell which of them fit is asked for.
    assert "?" in answer.claims[-1].text


@pytest.mark.parametrize(
    "question",
    [
        "협력센터에서 어떤 지원을 받을 수 있나요?",
        "What support can we get from the cooperation center in Jakarta?",
        "KOTRA 지방지원단에서 받을 수 있는 지원은 뭐가 있나요?",
        "수출 초보 기업이 금융 쪽으로 받을 수 있는 지원이 뭐예요?",
    ],
)
def test_who_names_the_giver_is_told_of_that_alone(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question)
    assert not all(name in answer.text for name in (VOUCHER, LOAN, FEE))


@pytest.mark.parametrize(
    ("question", "out"),
    [
        ("중견기업이 신청할 수 있는 사업은 무엇이 있습니까?", "말씀하신 조건에 맞지 않는 것"),
        ("Which programmes can a mid-sized company apply for?", "Not for you by what you told us"),
    ],
)
def test_what_does_not_fit_stands_last_with_the_reason(
    corpus_assistant: PolicyAssistant, question: str, out: str
) -> None:
    text = ask(corpus_assistant, question).text
    fitting, _, left = text.partition(out)
    assert {name for name in PROGRAMS if name in fitting} == {BID, FEE}
    assert {name for name in PROGRAMS if name in left} == {STARTER, LOAN, VOUCHER}
    assert "기업 규모" in left or "company size" in left


def test_the_best_fit_leads_and_the_next_question_is_put(corpus_assistant: PolicyAssistant) -> None:
    answer = ask(corpus_assistant, "We are a start-up in Gangwon, two years old. Which programmes are open to us?")
    assert STARTER in answer.claims[0].text
    assert "Have you exported recently" in answer.claims[-1].text


def test_where_none_fits_it_says_so(corpus_assistant: PolicyAssistant) -> None:
    text = ask(
        corpus_assistant, "서울에 있는 대기업인데 단독으로 받을 수 있는 지원사업 뭐가 있나요?", date(2027, 2, 1)
    ).text
    assert "맞는 것은 없습니다" in text
    assert VOUCHER in text


def test_what_is_closed_on_the_day_is_not_offered(corpus_assistant: PolicyAssistant) -> None:
    text = ask(corpus_assistant, "중소기업이 받을 수 있는 지원사업 뭐가 있나요?", date(2027, 2, 1)).text
    assert {name for name in PROGRAMS if name in text} == {VOUCHER, LOAN}


@pytest.mark.parametrize(
    "question",
    [
        "중소기업인데 실증 바우처는 어떤 지원을 받을 수 있나요?",
        "What documents does the consortium loan need from a small company?",
        "우리는 중견기업인데 시장개척자금 받을 수 있나요?",
    ],
)
def test_a_question_about_one_program_is_not_answered_with_many(
    corpus_assistant: PolicyAssistant, question: str
) -> None:
    assert sum(name in ask(corpus_assistant, question).text for name in PROGRAMS) <= 2
