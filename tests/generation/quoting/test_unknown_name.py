"""Names that nothing found says."""

from __future__ import annotations

import pytest
from answer_parts import hit

from assistant.generation.quoting.unknown_name import names_unknown, unknown_name
from assistant.text.language import detect_language
from assistant.types import ScoredChunk
from assistant.workspace import Workspace

HITS = [
    hit("하람 수출기금은 총 1,200억원 규모로 스마트시티 사업에 투자함\n해외진출 지원사업의 지원 비율은 70%"),
    hit("The Miru Export Fund lends at an interest rate of 3.1% a year.", title="Guide to the Miru Export Fund"),
]


def _unknown(library: Workspace, question: str, hits: list[ScoredChunk] = HITS) -> bool:
    query = library.retriever.query_builder.build(question, detect_language(question))
    return names_unknown(question, query.concepts, hits)


@pytest.mark.parametrize(
    "question",
    [
        "미래희망펀드의 규모는 얼마인가요?",
        "블루오션 지원사업의 지원 비율은 몇 %인가요?",
        "한국환경공단은 무슨 역할을 하나요?",
        "What is the interest rate of the Green Bridge Fund?",
        "How much does the Silk Road Bank lend?",
    ],
)
def test_a_fund_or_body_that_nothing_found_names_is_unknown(answer_library: Workspace, question: str) -> None:
    assert _unknown(answer_library, question)


@pytest.mark.parametrize(
    "question",
    [
        "하람수출기금의 규모는 얼마인가요?",
        "하람 기금의 금리는?",
        "해외진출 지원사업의 지원 비율은 몇 %인가요?",
        "어떤 지원사업이 있나요?",
        "마감이 가장 빠른 지원사업은 무엇인가요?",
        "제일 큰 기금은 무엇인가요?",
        "기존 펀드보다 투자 기간이 긴가요?",
        "What does the Miru Export Fund (미루수출지원기금) charge?",
        "우리 센터는 언제 여나요?",
        "이번 펀드는 얼마나 오래 투자하나요?",
        "새로 짓는 집이 몇 집이고 공사는 언제 끝나나요?",
        "전쟁터 옆이라 은행들이 고개를 젓습니다. 쓸 수 있는 돈이 있나요?",
        "What is the interest rate of the Miru Export Fund?",
        "What is the interest rate of the fund?",
        "금리는 얼마인가요?",
    ],
)
def test_a_name_that_is_found_or_no_name_at_all_is_not(answer_library: Workspace, question: str) -> None:
    assert not _unknown(answer_library, question)


def test_where_nothing_was_found_no_name_is_unknown(answer_library: Workspace) -> None:
    assert not _unknown(answer_library, "미래희망펀드의 규모는 얼마인가요?", [])


PLACED = [
    hit("다낭과 하노이에서 수출상담회를 엶", title="베트남 상담회"),
    hit("The roadshow goes to Bangkok.", title="Roadshow"),
]


def _unknown_place(library: Workspace, question: str) -> str | None:
    query = library.retriever.query_builder.build(question, detect_language(question))
    return unknown_name(question, query.concepts, PLACED)


@pytest.mark.parametrize(
    ("question", "place"),
    [("강릉 상담회 규모가 얼마예요?", "강릉"), ("How large is the roadshow in Lisbon?", "Lisbon")],
)
def test_a_place_that_nothing_found_says_is_unknown(answer_library: Workspace, question: str, place: str) -> None:
    assert _unknown_place(answer_library, question) == place


@pytest.mark.parametrize(
    "question",
    [
        "하노이 상담회는 언제예요?",
        "What is planned in Vietnam?",
        "우리는 강릉에 있는 회사인데 상담회에 갈 수 있나요?",
        "We are based in Lisbon. When is the roadshow?",
        "The roadshow is in Lisbon, right?",
        "한국에서 열리는 상담회가 있나요?",
    ],
)
def test_a_place_that_is_said_or_covered_or_the_askers_own_or_hearsay_is_none(
    answer_library: Workspace, question: str
) -> None:
    assert _unknown_place(answer_library, question) is None
