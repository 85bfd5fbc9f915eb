"""A question that asks several things gets each of them, or is told which one the documents do not tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from test_assistant import assert_proven

from assistant.generation.event import Event
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.types import Answer, AnswerStatus, Question
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)
PAPERS = {
    "voucher.md": """# 하람 실증 바우처 안내 (예시)

## 사업 개요

하람 실증 바우처는 스타트업이 해외 도시에서 솔루션을 시험하는 비용을 덜어 드리는 사업입니다.

## 지원 내용

바우처 금액은 기업당 최대 5천만원입니다.

지원 비율은 실증 비용의 80%입니다.

## 접수

접수 기간: 2026. 12. 1.(화) ~ 2027. 1. 15.(금)

## 문의

담당 부서는 하람진흥원 실증지원팀입니다.
""",
    "tender.md": """# Haram city signal tender (sample)

## The contract

The budget of the Haram signal tender is USD 4.8 million.

The contract runs for 18 months.

## Bids

Bids for the Haram signal tender close on February 5, 2027.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("data"), parse_processes=0)) as workspace:
        list(workspace.pipeline.ingest([folder], IngestReport()))
        yield workspace


def _events(library: Workspace, text: str) -> list[Event]:
    return list(build_assistant(library).stream(Question(text, AS_OF)))


def _ask(library: Workspace, text: str) -> Answer:
    answer = _events(library, text)[-1].answer
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("하람 실증 바우처는 얼마까지 주고 접수 마감은 언제예요?", ["5천만원", "1월 15일"]),
        ("하람 실증 바우처가 뭐고 담당 부서는 어디예요?", ["사업입니다", "실증지원팀"]),
        ("What is the budget of the Haram signal tender, and when do bids close?", ["USD 4.8 million", "February"]),
        ("하람 신호 입찰은 예산이 얼마고 언제 마감돼요?", ["480만 달러", "2027년 2월 5일"]),
    ],
)
def test_each_part_is_told_and_proven(library: Workspace, question: str, told: list[str]) -> None:
    answer = _ask(library, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert all(words in answer.text for words in told), answer.text
    assert_proven(library, answer)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("하람 신호 입찰 예산은 얼마고 낙찰자 전화번호는 몇 번이에요?", "480만 달러", "전화번호"),
        ("What is the budget of the Haram signal tender, and who won it?", "USD 4.8 million", "who won it"),
    ],
)
def test_the_part_that_nothing_tells_is_named(library: Workspace, question: str, told: str, untold: str) -> None:
    answer = _ask(library, question)
    assert answer.status is AnswerStatus.PARTIAL
    assert told in answer.text
    assert any(notice.kind == "partial" and untold in notice.text for notice in answer.notices)
    assert_proven(library, answer)


@pytest.mark.parametrize(
    "question",
    ["달나라 우체국은 언제 열고 우표는 얼마예요?", "When does the moon post office open, and what does a stamp cost?"],
)
def test_where_no_part_is_told_there_is_no_evidence(library: Workspace, question: str) -> None:
    answer = _ask(library, question)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert not answer.claims


def test_the_claims_streamed_are_those_of_the_answer(library: Workspace) -> None:
    events = _events(library, "하람 실증 바우처는 얼마까지 주고 접수 마감은 언제예요?")
    claims = tuple(event.claim for event in events if event.kind == "claim")
    final = events[-1].answer
    assert final is not None
    assert claims == final.claims
    assert [event.step for event in events if event.kind == "status"] == ["retrieving", "composing"]
