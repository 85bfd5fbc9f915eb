"""A question is taken apart where it asks again, and nowhere else."""

from __future__ import annotations

import pytest

from assistant.generation.reading.parts import parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("펀드는 규모가 얼마고 누가 운용하나요?", ["펀드는 규모가 얼마인가요?", "누가 운용하나요?"]),
        ("EDCF가 뭐고 어떻게 신청해요?", ["EDCF가 뭐인가요?", "어떻게 신청해요?"]),
        ("한도가 얼마인지, 마감이 언제인지 알려 주세요", ["한도가 얼마인가요?", "마감이 언제인지 알려 주세요"]),
        (
            "바우처는 얼마까지 주고 마감은 언제예요? 서류는 뭐가 필요해요?",
            ["바우처는 얼마까지 주나요?", "마감은 언제예요?", "서류는 뭐가 필요해요?"],
        ),
        ("설명회는 언제 어디서 열리나요?", ["설명회는 언제 열리나요?", "설명회는 어디서 열리나요?"]),
        ("센터는 어디에 있고 무슨 일을 하나요?", ["센터는 어디에 있나요?", "무슨 일을 하나요?"]),
        (
            "What is the fund, how much does it pay, and who may apply?",
            ["What is the fund?", "how much does it pay?", "who may apply?"],
        ),
        ("What share is covered, and by what deadline?", ["What share is covered?", "by what deadline?"]),
        (
            "Where and when is the roadshow, and what does it cost?",
            ["Where is the roadshow?", "when is the roadshow?", "what does it cost?"],
        ),
        (
            "We are two years old. What can we get? When does it close?",
            ["We are two years old. What can we get?", "When does it close?"],
        ),
    ],
)
def test_each_thing_asked_is_a_question_of_its_own(question: str, asked: list[str]) -> None:
    assert parts(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "우리는 중소기업입니다. 시장개척자금은 얼마까지 받을 수 있나요?",
        "누가 운영하고 있나요?",
        "수출하고 싶은데 어디에 물어봐야 하나요?",
        "펀드가 20억이라고 하던데 얼마예요?",
        "지원 한도와 금리는 얼마예요?",
        "What are the rate and the term of the loan?",
        "When the plant opens, how many people will work there?",
        "Which fund supports roads, rails and ports?",
        "How can companies that export apply?",
        "",
        "?",
        "뭐? 왜? 언제? 어디? 누가?",
    ],
)
def test_what_asks_one_thing_or_too_much_stays_whole(question: str) -> None:
    assert parts(question) == [question]
