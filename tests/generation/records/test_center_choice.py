""" "The center" where there are several: asked back with the places, each cited, and the reply is understood."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.types import Answer, AnswerStatus, Question, Turn

AS_OF = date(2026, 11, 22)


def ask(assistant: PolicyAssistant, text: str, *before: str) -> Answer:
    turns = tuple(Turn("user" if place % 2 == 0 else "assistant", said) for place, said in enumerate(before))
    return assistant.ask(Question(text, AS_OF, turns))


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("센터 주소가 어디예요?", {"방콕", "하노이", "자카르타", "이스탄불"}),
        ("센터 연락처", {"방콕", "하노이", "자카르타", "이스탄불"}),
        ("센터는 누가 운영하나요?", {"방콕", "하노이", "자카르타", "이스탄불"}),
        ("Which office hosts the center?", {"Bangkok", "Hanoi", "Jakarta", "Istanbul"}),
        ("What is the address of the center?", {"Bangkok", "Hanoi", "Jakarta", "Istanbul"}),
    ],
)
def test_the_center_may_be_any_of_several(corpus_assistant: PolicyAssistant, question: str, cities: set[str]) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.CLARIFY
    assert all(any(city in claim.text for claim in answer.claims[1:]) for city in cities)
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert all(quotes[number] for claim in answer.claims for number in claim.citations)
    assert len(answer.suggestions) == len(answer.claims) - 1
    assert all(suggestion.endswith(question) for suggestion in answer.suggestions)


@pytest.mark.parametrize(
    ("question", "reply", "named"),
    [
        ("센터 주소가 어디예요?", "방콕이요", "방콕 센터"),
        ("센터 연락처", "두 번째", ""),
        ("Which office hosts the center?", "Hanoi", "Hanoi center"),
        ("Which office hosts the center?", "하노이", "Hanoi center"),
    ],
)
def test_a_reply_names_one(corpus_assistant: PolicyAssistant, question: str, reply: str, named: str) -> None:
    offer = ask(corpus_assistant, question)
    answer = ask(corpus_assistant, reply, question, offer.text)
    assert answer.standalone_query is not None
    assert answer.standalone_query.startswith(named)
    assert answer.standalone_query.endswith(question)
    assert answer.status is not AnswerStatus.CLARIFY


@pytest.mark.parametrize(
    "question",
    [
        "하노이 센터는 어디에 있나요?",
        "협력센터는 어느 나라에 있나요?",
        "What services do the centers offer?",
        "Who do I contact about the Bangkok center?",
        "When did the centers open?",
    ],
)
def test_one_that_is_named_or_all_of_them_are_not_asked_back(corpus_assistant: PolicyAssistant, question: str) -> None:
    assert ask(corpus_assistant, question).status is not AnswerStatus.CLARIFY


def test_the_talk_so_far_tells_which_one(corpus_assistant: PolicyAssistant) -> None:
    answer = ask(corpus_assistant, "센터 연락처 알려주세요", "방콕에 센터가 있나요?", "방콕 협력센터가 있습니다.")
    assert answer.status is not AnswerStatus.CLARIFY
