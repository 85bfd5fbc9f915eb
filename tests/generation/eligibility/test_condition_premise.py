"""What a question has heard of a program's conditions is corrected from the paper, and only where the paper says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.messages import message
from assistant.types import Answer, Language, Question

AS_OF = date(2026, 11, 22)
LANGUAGES: tuple[Language, ...] = ("ko", "en")
LEADS = tuple(message(language, "not_that_condition", title="", quote="")[:20] for language in LANGUAGES)


def ask(assistant: PolicyAssistant, question: str) -> Answer:
    return assistant.ask(Question(question, AS_OF))


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("시장개척자금은 중견기업은 안 된다던데 맞나요?", "중소기업과 중견기업"),
        ("시장개척자금은 대기업도 받을 수 있다던데 얼마까지 되나요?", "중소기업과 중견기업"),
        ("수주교섭 비용 지원사업은 업력 1년이어도 된다던데 언제까지 신청해요?", "2년 이상"),
        ("수주교섭 비용 지원사업은 대기업도 단독으로 신청할 수 있다면서요?", "단독 신청 불가"),
        ("수주교섭 비용 지원사업은 중소기업 전용이라던데 맞죠?", "중소기업 또는 중견기업"),
        ("해외실증 바우처는 서울 기업도 받을 수 있다던데 한도가 얼마예요?", "수도권(서울·인천·경기) 밖"),
        ("컨소시엄 대출은 중견기업도 빌릴 수 있죠? 한도가 얼마예요?", "small or medium-sized company"),
        (
            "I heard mid-sized companies can borrow from the consortium loan. What is the rate?",
            "small or medium-sized company",
        ),
        ("Export Starter is only for Jeju companies, right?", "Gangwon or Chungbuk"),
        ("엑스포트 스타터는 부산 기업 전용이라던데 맞나요?", "Gangwon or Chungbuk"),
        ("컨소시엄 대출은 대기업도 빌릴 수 있다던데 한도가 얼마예요?", "Size of the borrower"),
        (
            "I heard you must have an export record to join the Bangkok roadshow, how much?",
            "an export record is not required",
        ),
        ("As start-ups cannot join the Bangkok roadshow, who can?", "start-ups, SMEs and mid-sized companies"),
    ],
)
def test_a_condition_that_the_paper_states_otherwise_is_corrected_by_it(
    corpus_assistant: PolicyAssistant, question: str, condition: str
) -> None:
    answer = ask(corpus_assistant, question)
    first = answer.claims[0]
    assert first.text.startswith(LEADS)
    assert condition in first.text
    cited = [citation for citation in answer.citations if citation.number in first.citations]
    assert any(condition in citation.quote for citation in cited)


@pytest.mark.parametrize(
    "question",
    [
        "시장개척자금은 중견기업도 된다던데 얼마까지 받나요?",
        "시장개척자금은 대기업은 안 된다던데 맞나요?",
        "수주교섭 비용 지원사업은 업력 3년이면 된다던데 언제까지 신청해요?",
        "수주교섭 비용 지원사업은 대기업은 단독으로 신청할 수 없다던데 컨소시엄은요?",
        "수주교섭 비용 지원사업은 중견기업도 된다면서요? 몇 퍼센트인가요?",
        "해외실증 바우처는 서울 기업은 못 받는다던데 맞나요?",
        "해외실증 바우처는 컨소시엄이 없어도 된다던데 맞나요?",
        "컨소시엄 대출은 대기업과 컨소시엄을 꾸려야 한다던데 금리는요?",
        "컨소시엄 대출은 중소기업도 빌릴 수 있죠? 한도가 얼마예요?",
        "I heard mid-sized companies cannot borrow from the consortium loan, right?",
        "Export Starter is only for Gangwon and Chungbuk companies, right?",
        "Is it true that Export Starter doesn't require a consortium?",
        "As large companies can join the Bangkok roadshow as consortium leaders, how many partners do they need?",
        "Since large companies may apply alone for the moon landing grant, what share do they get?",
        "시장개척자금은 중견기업도 되나요?",
    ],
)
def test_a_condition_that_holds_or_is_asked_about_is_not_corrected(
    corpus_assistant: PolicyAssistant, question: str
) -> None:
    assert not any(claim.text.startswith(LEADS) for claim in ask(corpus_assistant, question).claims)
