"""Chat answers to "are we eligible?": the verdict and its conditions, every sentence cited and proven."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from eligibility_parts import corpus_records

from assistant.generation.eligibility.composer import MAX_CHARS, EligibilityAnswer, EligibilityComposer, names_nothing
from assistant.generation.verification import Verifier
from assistant.text.language import detect_language
from assistant.text.termbase import Termbase
from assistant.types import AnswerStatus, Question

_TODAY = date(2026, 12, 10)


def _answer(
    text: str, as_of: date = _TODAY, profile: dict[str, Any] | None = None, **more: Any
) -> EligibilityAnswer | None:
    records, documents = corpus_records()
    question = Question(text, as_of, profile=profile)
    return EligibilityComposer(Termbase.load()).compose(question, detect_language(text), records, documents, (), **more)


def _text(answer: EligibilityAnswer | None) -> str:
    assert answer is not None
    return "\n".join(claim.text for claim in answer.draft.claims) or answer.draft.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("경기도에 있는 창업 3년차 스타트업인데 해외실증 바우처 신청할 수 있나요?", ["아니요", "소재지 미충족", "수도권"]),
        ("강원도의 창업 2년 된 스타트업이고 수출 실적이 없는데 해외실증 바우처 대상이 되나요?", ["네,", "소재지 충족"]),
        ("저희는 대기업인데 수주교섭 비용 지원사업에 단독으로 낼 수 있나요?", ["할 수 없", "단독 신청 불가", "컨소시엄"]),
        ("사업자등록한 지 1년 된 회사인데 수주교섭 비용 지원 신청 되나요?", ["아니요", "업력 미충족", "2년 이상"]),
        # The notice is in Korean: its terms' English names name it.
        ("Can a start-up founded last year apply for the demonstration voucher?", ["Yes,", "바우처", "Years in business, met"]),
        ("Our company is a mid-sized firm. Are we eligible for the consortium loan?", ["No,", "cannot borrow"]),
        ("We are an SME in Gangwon, four years in business, and have never exported. May we join Export Starter?", ["Yes,", "Gangwon"]),
    ],
)  # fmt: skip
def test_verdict_and_decisive_condition_are_said_and_proven(question: str, said: list[str]) -> None:
    answer = _answer(question)
    text = _text(answer)
    assert all(part in text for part in said), text
    assert answer is not None
    assert answer.draft.status is AnswerStatus.ANSWERED
    verified = Verifier().verify(answer.draft)
    assert verified.claims[0].text == answer.draft.claims[0].text
    assert not verified.dropped
    assert len(text) <= MAX_CHARS


def test_profile_of_the_request_is_taken_over_the_words() -> None:
    text = "우리도 해외실증 바우처를 신청할 수 있나요?"
    profile = {"size": "startup", "region": "대전", "years_in_business": 3, "export_record": False}
    assert _text(_answer(text, profile=profile)).startswith("네,")
    assert _text(_answer(text, profile=profile | {"region": "서울"})).startswith("아니요,")


def test_program_of_the_turns_before_is_meant() -> None:
    answer = _answer("우리는 중견기업인데 됩니까?", context="컨소시엄 이야기 말고, Export Starter에 대해 알려 주세요")
    assert "Export Starter" in _text(answer)


@pytest.mark.parametrize("question", ["우리는 중견기업인데 됩니까?", "We are a mid-sized company. Are we eligible?"])
def test_question_that_names_no_program_is_asked_back(question: str) -> None:
    answer = _answer(question)
    assert answer is not None
    assert answer.draft.status is AnswerStatus.CLARIFY
    assert answer.draft.text.count("「") >= 2


@pytest.mark.parametrize(
    "question",
    [
        "2026년에 컨소시엄 대출을 이미 썼는데 내년 회차에 또 신청해도 되나요?",
        "We are an SME that borrowed in 2026. Can we apply again for the consortium loan?",
        "저희는 중소기업인데 컨소시엄 대출이랑 해외실증 바우처를 둘 다 받을 수 있나요?",
        "저희는 대학 연구소인데 컨소시엄 대출을 받을 수 있나요?",
        "We are a city government. Can we apply for the consortium loan?",
    ],
)
def test_what_was_before_and_who_is_no_company_is_left_to_the_papers_words(question: str) -> None:
    assert _answer(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "PIS 펀드 규모는 얼마인가요?",
        "중견기업은 시장개척자금을 몇 %까지 지원받나요?",
        "K-SCON 공모는 우리 회사가 직접 응모해도 됩니까?",
        "Do we have to put up collateral to get the consortium loan?",
    ],
)
def test_other_questions_are_left_to_others(question: str) -> None:
    assert _answer(question) is None


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("중견기업도 이행보증 수수료 지원을 받을 수 있습니까?", "네,"),
        ("Are mid-sized companies eligible for Export Starter?", "No,"),
    ],
)
def test_questions_on_companies_of_a_kind_are_answered_where_they_name_one_program(question: str, verdict: str) -> None:
    assert _text(_answer(question)).startswith(verdict)


@pytest.mark.parametrize("question", ["중견기업도 지원을 받을 수 있습니까?", "Are mid-sized companies eligible?"])
def test_questions_on_companies_of_a_kind_that_name_no_program_are_left_to_others(question: str) -> None:
    assert _answer(question) is None


def test_closed_program_is_called_closed() -> None:
    answer = _answer("강원도의 창업 2년 된 스타트업인데 해외실증 바우처 신청할 수 있나요?", date(2027, 10, 1))
    assert answer is not None
    assert [notice.kind for notice in answer.draft.notices] == ["past_event"]
    assert "기한이 지났습니다" in _text(answer)


def test_quotations_are_verbatim_spans_of_their_records() -> None:
    answer = _answer("저희는 중소기업인데 수주교섭 비용 지원사업 신청이 됩니까?")
    assert answer is not None
    proofs = {
        (item.start, item.end): item.quote
        for record in (judgement.record for judgement in answer.judgements)
        for item in (*record.evidence, *(criterion.evidence for criterion in record.criteria))
    }
    assert answer.draft.citations
    for citation in answer.draft.citations:
        assert proofs[citation.start, citation.end] == citation.quote


def test_question_about_the_company_alone_names_nothing() -> None:
    assert names_nothing("우리는 중견기업인데 됩니까?")
    assert names_nothing("We are a mid-sized company. Are we eligible?")
    assert not names_nothing("우리는 중견기업인데 시장개척자금을 받을 수 있나요?")
