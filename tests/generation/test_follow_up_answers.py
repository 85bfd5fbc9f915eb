"""Dialogues held for real: each answer is the history of the next question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.types import AnswerStatus, Language, Question, Turn

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("talk", "language", "fact"),
    [
        (["When is the Bangkok roadshow?", "By when do we have to sign up?"], "en", "3 September 2027"),
        (["What is the Export Starter?", "마감은 언제예요?"], "ko", "1월 8일"),
        (["엑스포트 스타터가 뭔가요?", "How much money do we get?"], "en", "KRW 8 million"),
        (["How large is the PIS fund?", "How much of that goes to smart cities?"], "en", "500 billion"),
        (["시장개척자금 한도는 얼마인가요?", "그럼 PIS 펀드는요?", "그중 스마트시티 몫은 얼마예요?"], "ko", "5천억"),
        (["Is there a smart city exhibition in Busan?", "Which summit was it next to?"], "en", "ASEAN"),
        (["What is being bought in Villa Serena?", "What is the budget?"], "en", "1.35 million"),
        (["하람시 교통신호 입찰 마감이 언제죠?", "사업비는요?"], "ko", "480만"),
        (["컨소시엄 대출 한도가 얼마예요?", "그럼 이행보증 수수료 지원은 몇 퍼센트예요?"], "ko", "70%"),
        (["Urban Mobility Tech Day: when?", "venue?"], "en", "Haeoreum"),
        (["What is the export starter program?", "Who can apply?", "And the deadline?"], "en", "8 January 2027"),
        (["What is the export starter program?", "How do we apply?"], "en", "two-page form"),
        (["Which tenders are still open?", "The one in Colombia, what is the budget?"], "en", "1.35 million"),
        (
            ["Which tenders are still open?", "The one in Colombia, what is the budget?", "And the first one?"],
            "en",
            "USD 4.8 million",
        ),
        (["진행 중인 입찰 있어요?", "콜롬비아 건은 예산이 얼마예요?", "인도네시아는요?"], "ko", "9억 5천만원"),
        (["다가오는 행사 알려줘", "두 번째 거 언제예요?"], "ko", "2027년 3월 초"),
        (["방콕 센터는 어디에 있어요?", "하노이는요?"], "ko", "베트남"),
        (
            ["What's the max per company on the consortium loan?", "We're mid-sized. Can we borrow?"],
            "en",
            "cannot borrow",
        ),
        (["방콕 로드쇼 언제예요?", "호텔비도 대주나요?"], "ko", "Hotels"),
        (
            ["우리는 창업 4년 차 중소기업인데 컨소시엄 대출 되나요?", "네", "수출은 50만 달러", "네", "베트남이요"],
            "ko",
            "신청할 수 있습니다",
        ),
        (
            ["Can we get the export starter grant?", "SME, 3 years in business", "no exports", "Daejeon"],
            "en",
            "cannot apply",
        ),
    ],
)
def test_a_follow_up_is_answered_from_what_the_talk_is_of(
    corpus_assistant: PolicyAssistant, talk: list[str], language: Language, fact: str
) -> None:
    history: list[Turn] = []
    for asked in talk:
        answer = corpus_assistant.ask(Question(asked, AS_OF, tuple(history)))
        history += [Turn("user", asked), Turn("assistant", answer.text)]
    assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
    assert answer.language == language
    assert fact in answer.text
