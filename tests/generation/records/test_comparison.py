"""Two things named in one question are set side by side, in their papers' words, and called larger only where that can be told."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.types import Answer, AnswerStatus, Question

AS_OF = date(2026, 11, 22)


def ask(assistant: PolicyAssistant, text: str) -> Answer:
    return assistant.ask(Question(text, AS_OF))


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Which closes earlier, the consortium loan or Export Starter?",
            ("Closes earlier", "Export Starter", "8 January 2027"),
            ("Consortium loan", "31 March 2027"),
        ),
        (
            "Which pays more, Export Starter or the demonstration voucher?",
            ("Larger cap", "바우처", "KRW 50 million", "기업당 최대 5천만원"),
            ("Export Starter", "KRW 8 million", "up to KRW 8 million"),
        ),
        (
            "이행보증 수수료 지원이랑 컨소시엄 대출 중에 마감이 더 빠른 게 뭐예요?",
            ("더 먼저 마감되는 것", "이행보증", "2026년 12월 20일"),
            ("Consortium loan", "2027년 3월 31일"),
        ),
    ],
)
def test_the_one_asked_for_stands_first_and_both_are_cited(
    corpus_assistant: PolicyAssistant, question: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert len(answer.claims) == 2
    for claim, told in zip(answer.claims, (first, second), strict=True):
        assert all(words in claim.text for words in told)
        assert claim.citations


@pytest.mark.parametrize(
    "question",
    [
        "해외실증 바우처하고 수주교섭 비용 지원의 차이점을 알려 주세요",
        "Compare the demonstration voucher with the consortium loan.",
    ],
)
def test_where_no_measure_is_named_all_that_both_say_is_told(corpus_assistant: PolicyAssistant, question: str) -> None:
    first, second = ask(corpus_assistant, question).claims
    for noun in ("한도", "마감") if "차이점" in question else ("cap", "deadline"):
        assert noun in first.text
        assert noun in second.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        # A row for small and for mid-sized companies is no one sum, and what is lent is not given.
        ("Is the voucher's cap higher than that of the bid cost support?", "Larger"),
        ("스타트업 바우처랑 이행보증 수수료 지원 중에 뭐가 더 많이 줘요?", "더 큰 것"),
    ],
)
def test_sums_that_do_not_compare_are_told_without_a_verdict(
    corpus_assistant: PolicyAssistant, question: str, verdict: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert len(answer.claims) == 2
    assert verdict not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        # Plans are told in their papers' own words.
        "시장개척자금과 해외실증 바우처 중 지원 비율이 더 높은 건 뭐예요?",
        "EDCF랑 EDPF 차이가 뭐예요?",
        # Only one of the two is a record here.
        "해외실증 바우처와 하람 스타터의 차이가 뭐예요?",
        "해외실증 바우처 한도가 얼마예요?",
    ],
)
def test_what_is_no_comparison_of_two_known_things_is_left_to_the_papers_words(
    corpus_assistant: PolicyAssistant, question: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert "더 높은 것" not in answer.text
    assert not (len(answer.claims) == 2 and all(claim.text.count("마감") == 1 for claim in answer.claims))
