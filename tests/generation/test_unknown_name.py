"""Names that nothing found says."""

from __future__ import annotations

import pytest
from answer_parts import hit

from assistant.generation.unknown_name import names_unknown
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
        "기존 펀드보다 투자 기간이 긴가요?",
        "What does the Miru Export Fund (미루수출지원기금) charge?",
        "우리 센터는 언제 여나요?",
        "What is the interest rate of the Miru Export Fund?",
        "What is the interest rate of the fund?",
        "금리는 얼마인가요?",
    ],
)
def test_a_name_that_is_found_or_no_name_at_all_is_not(answer_library: Workspace, question: str) -> None:
    assert not _unknown(answer_library, question)


def test_where_nothing_was_found_no_name_is_unknown(answer_library: Workspace) -> None:
    assert not _unknown(answer_library, "미래희망펀드의 규모는 얼마인가요?", [])
