"""Which questions rules over records answer, and how they keep quoted answers true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from answer_parts import citation
from eligibility_parts import corpus_records

from assistant.generation.draft import Draft
from assistant.generation.rules import RuleComposer
from assistant.generation.verification import Verifier
from assistant.text.language import detect_language
from assistant.types import AnswerStatus, Claim, Question, ScoredChunk, Turn
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def rules() -> RuleComposer:
    return RuleComposer(*corpus_records())


def _composed(rules: RuleComposer, library: Workspace, text: str, history: tuple[Turn, ...] = ()) -> Draft | None:
    language = detect_language(text)
    query = library.retriever.query_builder.build(text, language)
    return rules.compose(Question(text, AS_OF, history), language, query, [])


@pytest.mark.parametrize(
    "text",
    [
        "우리는 창업 3년차 스타트업인데 실증 바우처를 신청할 수 있나요?",
        "We are a small company that has never exported. Can we apply for the Export Starter program?",
    ],
)
def test_a_company_that_asks_about_itself_is_told_condition_by_condition(
    rules: RuleComposer, answer_library: Workspace, text: str
) -> None:
    draft = _composed(rules, answer_library, text)
    assert draft is not None
    assert draft.claims
    assert all(claim.citations for claim in draft.claims)


@pytest.mark.parametrize(
    "text",
    [
        "실증 바우처의 지원 대상은 누구인가요?",
        "Who is eligible for the demonstration voucher?",
        "우리 회사에 알려 주세요. 실증 바우처는 얼마를 지원하나요?",
        "스마트도시란 무엇인가요?",
        "What is a smart city?",
    ],
)
def test_what_asks_nothing_of_oneself_and_nothing_of_the_calendar_is_left_to_quoting(
    rules: RuleComposer, answer_library: Workspace, text: str
) -> None:
    assert _composed(rules, answer_library, text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("수출 실적이 없는 기업도 실증 바우처 신청 가능해요?", "수출 실적"),
        ("대기업도 실증 바우처를 신청할 수 있나요?", "아니요"),
        ("Are large companies eligible for the Online Bid Clinic?", "No,"),
    ],
)
def test_whether_companies_of_a_kind_may_apply_is_judged_and_not_answered_by_the_last_day(
    rules: RuleComposer, answer_library: Workspace, text: str, said: str
) -> None:
    draft = _composed(rules, answer_library, text)
    assert draft is not None
    verified = Verifier().verify(draft, AS_OF)
    assert not verified.dropped
    assert said in " ".join(claim.text for claim in verified.claims)


@pytest.mark.parametrize("text", ["다가오는 행사는 무엇이 있나요?", "What events are coming up?"])
def test_what_is_ahead_is_answered_from_the_calendar(rules: RuleComposer, answer_library: Workspace, text: str) -> None:
    draft = _composed(rules, answer_library, text)
    assert draft is not None
    starts = [record.start for record in draft.records if record.start]
    assert starts == sorted(starts)
    assert all(start >= AS_OF for start in starts)


# --- Answers that quote what a later notice has changed ---


@pytest.fixture(scope="module")
def library_rules(answer_library: Workspace) -> RuleComposer:
    documents = {document.document_id: document for document in answer_library.store.documents()}
    return RuleComposer(answer_library.store.records(), documents)


def _quoted(library: Workspace, source: str, words: str) -> Draft:
    """An answer that quotes the line of ``source`` that holds ``words``."""
    paper = next(document for document in library.store.documents() if document.source == source)
    page = library.store.page(paper.document_id, 1)
    start = page.text.index(words)
    end = (page.text + "\n").index("\n", start)
    cited = replace(citation(1, page.text[start:end]), document=paper, start=start, end=end)
    return Draft(AnswerStatus.ANSWERED, (Claim(page.text[start:end], (1,)),), (cited,))


def _updated(
    rules: RuleComposer, library: Workspace, text: str, draft: Draft, hits: Sequence[ScoredChunk] = ()
) -> Draft:
    language = detect_language(text)
    query = library.retriever.query_builder.build(text, language)
    return rules.updated(Question(text, AS_OF), language, query, draft, hits)


@pytest.mark.parametrize("text", ["하람시 신호 사업의 입찰 마감은 언제인가요?", "What is the deadline of the tender?"])
def test_a_quoted_deadline_that_was_extended_gives_way_to_the_new_one(
    library_rules: RuleComposer, answer_library: Workspace, text: str
) -> None:
    language = detect_language(text)
    quoted = _quoted(answer_library, "ko-tender.md", "입찰서 제출 마감")
    assert "2026. 12. 18." in quoted.claims[0].text
    draft = _updated(library_rules, answer_library, text, quoted)
    assert quoted.claims[0].text not in [claim.text for claim in draft.claims]
    assert ("2027년 1월 8일" if language == "ko" else "8 January 2027") in draft.claims[0].text
    assert draft.records[0].changes


def test_what_was_not_changed_stays_after_what_was(library_rules: RuleComposer, answer_library: Workspace) -> None:
    quoted = _quoted(answer_library, "ko-tender.md", "예산")
    draft = _updated(library_rules, answer_library, "예산은 얼마인가요?", quoted)
    assert [claim.text for claim in draft.claims][-1] == quoted.claims[0].text
    assert "변경된 마감: 2027년 1월 8일(금)" in draft.claims[0].text
    numbers = {c.number for c in draft.citations}
    assert all(set(claim.citations) <= numbers for claim in draft.claims)


def test_an_answer_on_a_record_without_changes_stays_as_it_is(
    library_rules: RuleComposer, answer_library: Workspace
) -> None:
    quoted = _quoted(answer_library, "en-tender.md", "Budget")
    assert _updated(library_rules, answer_library, "How large is the budget?", quoted) == quoted


def test_no_answer_of_another_outcome_is_touched(library_rules: RuleComposer, answer_library: Workspace) -> None:
    for status in (AnswerStatus.REFUSED, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.CLARIFY):
        draft = Draft(status, text="-")
        assert _updated(library_rules, answer_library, "지금 신청할 수 있나요?", draft) is draft


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("새미르켄트 안전 플랫폼 입찰 Samirkent Safety platform 아직 열려 있나요?", "아직 지나지 않았습니다"),
        ("Is the Samirkent safety platform tender still open?", "has not passed"),
    ],
)
def test_where_quoting_finds_nothing_the_calendar_may_know_where_the_nearest_paper_stands(
    library_rules: RuleComposer, answer_library: Workspace, text: str, told: str
) -> None:
    hits = answer_library.retriever.retrieve(text, 8)
    assert hits[0].document.source == "en-tender.md"
    nothing = Draft(AnswerStatus.NO_EVIDENCE, text="-")
    draft = _updated(library_rules, answer_library, text, nothing, hits)
    assert draft.status is AnswerStatus.ANSWERED
    assert told in draft.claims[0].text
    assert _updated(library_rules, answer_library, "What does the platform do?", nothing, hits) is nothing
