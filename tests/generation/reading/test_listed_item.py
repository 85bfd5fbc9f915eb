"""Who points at one of several things that an answer listed means that one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.generation.reading.listed_item import of_listed
from assistant.text.termbase import Termbase
from assistant.types import Question, Turn

AS_OF = date(2026, 11, 22)
TENDERS = (
    Turn("user", "Which tenders are open?"),
    Turn(
        "assistant",
        "The deadline of “베트남 하람시 교통신호 구축사업” is Friday 5 February 2027. [1]\n"
        "“safety platform, City of Samirkent, Uzbekistan”: deadline 31 March 2027 [2]\n"
        "“connected waste bins for Villa Serena, Colombia”: deadline 30 April 2027 [3]",
    ),
)
EVENTS = (
    Turn("user", "다가오는 행사 알려 주세요"),
    Turn("assistant", "「하람 상담회」: 2027년 3월 2일 [1]\n「다온 설명회」: 2027년 4월 1일, 온라인 [2]"),
)


def _meant(text: str, history: tuple[Turn, ...]) -> str | None:
    found = of_listed(Question(text, AS_OF, history), Termbase.load())
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("text", "history", "meant"),
    [
        ("두 번째 거 어디서 해요?", EVENTS, "다온 설명회: 어디서 해요?"),
        ("두 번째는 온라인인가요?", EVENTS, "다온 설명회: 온라인인가요?"),
        ("And the last?", (*TENDERS[:1], TENDERS[1]), "connected waste bins for Villa Serena, Colombia: And the last?"),
        ("마지막 행사는 언제예요?", EVENTS, "다온 설명회: 언제예요?"),
        ("하람 거는 얼마예요?", EVENTS, "하람 상담회: 얼마예요?"),
        ("What is the budget of the second one?", TENDERS, "safety platform, City of Samirkent, Uzbekistan: What is the budget of?"),
        ("The one in Uzbekistan, what is the budget?", TENDERS, "safety platform, City of Samirkent, Uzbekistan: what is the budget?"),
        ("And the Colombian one, when is it due?", TENDERS, "connected waste bins for Villa Serena, Colombia: when is it due?"),
        ("베트남 건은 예산이 얼마예요?", TENDERS, "베트남 하람시 교통신호 구축사업: 예산이 얼마예요?"),
    ],
)  # fmt: skip
def test_a_thing_is_pointed_at_by_its_place_or_by_a_word_of_its_own_in_either_language(
    text: str, history: tuple[Turn, ...], meant: str
) -> None:
    assert _meant(text, history) == meant


def test_who_only_points_asks_what_was_asked_before() -> None:
    asked = (
        *TENDERS,
        Turn("user", "connected waste bins for Villa Serena, Colombia: what is the budget?"),
        Turn("assistant", "USD 1 [1]"),
    )
    assert _meant("And the first one?", asked) == "베트남 하람시 교통신호 구축사업: what is the budget?"
    assert _meant("첫 번째는 언제예요?", asked) == "베트남 하람시 교통신호 구축사업: 언제예요?"
    assert _meant("우즈베키스탄은요?", asked) == "safety platform, City of Samirkent, Uzbekistan: what is the budget?"


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("두 번째 거 어디서 해요?", ()),
        ("두 번째 거 어디서 해요?", (EVENTS[0], Turn("assistant", "「하람 상담회」: 2027년 3월 2일 [1]"))),
        ("What is the export starter program?", TENDERS),
        ("시장개척자금 한도는 얼마예요?", EVENTS),
        ("다섯 번째 거 알려 줘", EVENTS),
        ("마지막 날은 언제예요?", EVENTS),
        ("첫 번째 심사에서는 무엇을 보나요?", EVENTS),
        ("What is planned in the second half of 2027?", TENDERS),
        ("When is the last day to ask questions?", TENDERS),
    ],
)
def test_where_nothing_is_listed_or_pointed_at_the_question_stands(text: str, history: tuple[Turn, ...]) -> None:
    assert _meant(text, history) is None


def test_quotations_are_no_list() -> None:
    quoted = Turn("assistant", "「안내문」(영어 원문): “First, apply.” [1]\n“Second, wait.” [2]")
    assert _meant("두 번째 거는 뭐예요?", (Turn("user", "어떻게 신청하나요?"), quoted)) is None


@pytest.mark.parametrize("text", ["국토부는요?", "And MOLIT?"])
def test_a_ministry_is_no_item_for_a_word_of_its_name(text: str) -> None:
    listed = Turn("assistant", "「PIS 펀드 지원가능성 제고」: 담당 기재부 [1]\n「KSP 전용트랙 도입」: 담당 기재부 [2]")
    assert _meant(text, (Turn("user", "기재부가 맡은 과제는?"), listed)) is None
