"""Follow-up questions are looked for where the conversation is; new subjects are not dragged along."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.retrieval.dialogue import DialogueRetriever, Found
from assistant.text.language import detect_language
from assistant.types import Question, Turn
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)
FUND = (
    Turn("user", "하람 수출기금의 규모는 얼마인가요?"),
    Turn("assistant", "지원 조건: 하람 수출기금의 총 규모는 1,200억원 [1]"),
)
MIRU = (
    Turn("user", "What is the interest rate of the Miru Export Fund?"),
    Turn("assistant", "The Miru Export Fund holds KRW 80 billion and lends at an interest rate of 3.1% a year. [1]"),
)
# What else an answer quotes is no subject of the conversation.
NOISE = "\n".join(f"「입찰 {n}」: 베트남 하람시 교통신호 구축사업의 입찰서 제출 마감 [{n}]" for n in range(2, 9))


@pytest.fixture(scope="module")
def retriever(answer_library: Workspace) -> DialogueRetriever:
    return DialogueRetriever(answer_library.retriever, 8)


def _found(retriever: DialogueRetriever, text: str, history: tuple[Turn, ...] = ()) -> Found:
    return retriever.find(Question(text, AS_OF, history), detect_language(text))


@pytest.mark.parametrize(
    ("history", "text", "source", "title"),
    [
        (FUND, "금리는?", "ko-fund.md", "하람 수출기금 안내"),
        (FUND, "그럼 누가 운영하나요?", "ko-fund.md", "하람 수출기금 안내"),
        (MIRU, "And who runs it?", "en-fund.md", "Guide to the Miru Export Fund"),
        (FUND, "And its interest rate?", "ko-fund.md", "하람 수출기금 안내"),
        (MIRU, "그럼 누가 운영하나요?", "en-fund.md", "Guide to the Miru Export Fund"),
    ],
)
def test_a_follow_up_finds_the_document_that_is_talked_of_in_either_language(
    retriever: DialogueRetriever, history: tuple[Turn, ...], text: str, source: str, title: str
) -> None:
    found = _found(retriever, text, history)
    assert found.hits[0].document.source == source
    assert found.standalone == f"{title}: {text}"


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (FUND, "그건 대출 금리와 신청 기한, 담당 기관이 어떻게 되나요?"),
        (MIRU, "What loan rate, repayment period and contact person does it have?"),
    ],
)
def test_the_same_said_of_another_thing_counts_less_than_in_a_question_of_its_own(
    retriever: DialogueRetriever, history: tuple[Turn, ...], text: str
) -> None:
    found = _found(retriever, text, history)
    alone = {hit.chunk.chunk_id: hit.score for hit in retriever._retriever.search(found.query, 8)}
    assert all(hit.score < alone[hit.chunk.chunk_id] for hit in found.elsewhere)


@pytest.mark.parametrize(("history", "text"), [(FUND, "그럼 금리는?"), (MIRU, "And its interest rate?")])
def test_of_another_thing_nothing_is_looked_up_for_who_only_asks_on(
    retriever: DialogueRetriever, history: tuple[Turn, ...], text: str
) -> None:
    names = [concept for concept in _found(retriever, text, history).query.concepts if concept.is_name]
    said = [hit.chunk.text + hit.document.title for hit in _found(retriever, text, history).elsewhere]
    assert all(any(concept.text in text for concept in names) for text in said)


@pytest.mark.parametrize(
    ("history", "text", "source"),
    [(FUND, "그럼 금리는?", "ko-fund.md"), (MIRU, "And its interest rate?", "en-fund.md")],
)
def test_a_follow_up_is_looked_for_in_what_the_talk_is_about_before_anything_else(
    retriever: DialogueRetriever, history: tuple[Turn, ...], text: str, source: str
) -> None:
    found = _found(retriever, text, history)
    assert found.hits[0].document.source == source
    assert {hit.document.document_id for hit in found.hits} <= set(found.topic)
    assert not {hit.document.document_id for hit in found.elsewhere} & set(found.topic)


def test_the_talk_is_about_what_was_asked_of_last_by_name(retriever: DialogueRetriever) -> None:
    assert _found(retriever, "And its interest rate?", (*FUND, *MIRU)).hits[0].document.source == "en-fund.md"
    assert _found(retriever, "그럼 금리는?", (*MIRU, *FUND)).hits[0].document.source == "ko-fund.md"


def test_what_a_long_answer_quotes_besides_does_not_change_the_subject(retriever: DialogueRetriever) -> None:
    question, answer = FUND
    found = _found(retriever, "그럼 금리는?", (question, Turn("assistant", f"{answer.content}\n{NOISE}")))
    assert found.hits[0].document.source == "ko-fund.md"
    said = {concept.text for concept in found.query.concepts}
    assert "금리" in said
    assert "베트남" not in said


def test_what_was_said_before_counts_less_than_the_question(retriever: DialogueRetriever) -> None:
    emphasis = {concept.text: concept.emphasis for concept in _found(retriever, "그럼 금리는?", FUND).query.concepts}
    assert emphasis["금리"] == 1.0
    assert max(value for text, value in emphasis.items() if text != "금리") < 1.0


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("두바이 스마트에너지 온라인 설명회는 취소되었나요?", "ko-webinar"),
        ("What is the deadline of the tender in Uzbekistan?", "en-tender"),
        ("베트남 하람시 교통신호 구축사업의 예산은 얼마인가요?", "ko-tender"),
    ],
)
def test_a_question_on_a_new_subject_finds_that_first(retriever: DialogueRetriever, text: str, source: str) -> None:
    found = _found(retriever, text, FUND)
    assert found.hits[0].document.source.startswith(source)
    assert found.standalone is None


@pytest.mark.parametrize("text", ["금리는?", "하람 수출기금의 금리는 몇 %인가요?", "Who runs the Miru Export Fund?"])
def test_without_a_conversation_a_question_stands_alone(retriever: DialogueRetriever, text: str) -> None:
    found = _found(retriever, text)
    assert found.standalone is None
    assert all(concept.emphasis == 1.0 for concept in found.query.concepts)
    assert found.query.text == text


@pytest.mark.parametrize("history", [(), FUND, MIRU])
def test_no_chunk_is_found_twice_and_no_more_than_asked_for(
    retriever: DialogueRetriever, history: tuple[Turn, ...]
) -> None:
    for text in ("그럼 금리는?", "And its interest rate?", "하노이 협력센터는 언제 문을 열었나요?"):
        ids = [hit.chunk.chunk_id for hit in _found(retriever, text, history).hits]
        assert len(ids) == len(set(ids)) <= 8
        assert ids
