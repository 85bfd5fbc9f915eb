from __future__ import annotations

import pytest

from assistant.text.follow_up import follows_up


@pytest.mark.parametrize(
    "question",
    [
        "그럼 중견기업은?",
        "그 회의 소집한 분은 누구고 직함이 뭐예요?",
        "And the deadline?",
        "and in how many countries is it being pushed?",
        "신청 기한은요?",
        "거기 담당 부서는 어디인가요?",
        "What about large companies?",
        "What sort of support does that programme give to the selected ones?",
        "그 전용트랙은 어느 부처 소관이죠?",
    ],
)
def test_a_question_that_points_back_leans_on_the_turns_before_it(question: str) -> None:
    assert follows_up(question, has_name=False)


@pytest.mark.parametrize(
    "question",
    [
        "김치찌개 맛있게 끓이는 비법은 무엇인가요?",
        "How large is the PIS fund compared with the older fund?",
        "중견기업은 시장개척자금을 몇 %까지 지원받나요?",
        "Which ministry is in charge of the smart city fair in Busan?",
    ],
)
def test_a_question_that_stands_alone_does_not(question: str) -> None:
    assert not follows_up(question, has_name=False)


def test_a_short_question_with_a_name_may_be_whole_and_a_name_alone_is_not() -> None:
    assert not follows_up("KSP는 누가 담당하나요?", has_name=True)
    assert follows_up("KSP는요?", has_name=True)
    assert follows_up("그럼 KSP는 누가 담당하나요?", has_name=True)
