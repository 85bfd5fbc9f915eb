"""What the calendar tells of one thing: whether it is open or over, and what later notices changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import citation
from record_parts import AS_OF, a_change, a_record, a_tender, an_event, asked, documents_of

from assistant.generation.draft import Draft
from assistant.generation.records.composer import RecordComposer
from assistant.generation.verification import Verifier
from assistant.text.termbase import Termbase
from assistant.types import Query, Record, RecordType
from assistant.workspace import Workspace

TERMS = Termbase.load()
NOTHING = Query("", "ko", ())
FAIR = an_event(
    "물산업 상담회", date(2027, 3, 9), end=date(2027, 3, 10), place="누리시 전시관", deadline=date(2027, 1, 15)
)
SHOW = an_event("Water Roadshow", date(2027, 5, 11), place="Jakarta, Indonesia")
PAST = an_event("지난 포럼", date(2026, 4, 14), place="누리시 회의장")


def _standing(text: str, one: Record, as_of: date = AS_OF) -> Draft | None:
    question, language = asked(text, as_of)
    cited = [one.document_id]
    draft = RecordComposer().standing(question, language, NOTHING, cited, [one], documents_of(one))
    return draft and Verifier(TERMS).verify(draft, as_of)


@pytest.mark.parametrize(
    ("as_of", "ko", "en"),
    [
        (date(2027, 1, 8), "아직 지나지 않았습니다. (D-0)", "has not passed. (D-0)"),
        (date(2027, 1, 9), "이미 마감되었습니다", "has closed"),
        (date(2027, 1, 1), "아직 지나지 않았습니다. (D-7)", "has not passed. (D-7)"),
    ],
)
def test_a_deadline_counts_to_the_end_of_its_very_day(as_of: date, ko: str, en: str) -> None:
    tender = a_tender("가람시 신호 사업", date(2027, 1, 8))
    for text, told in (("지금 입찰할 수 있나요?", ko), ("Is the tender still open?", en)):
        draft = _standing(text, tender, as_of)
        assert draft is not None
        assert told in draft.claims[0].text


@pytest.mark.parametrize(
    ("as_of", "ko", "en"),
    [
        (date(2027, 1, 31), "아직 접수 전입니다", "is not open yet"),
        (date(2027, 2, 1), "아직 지나지 않았습니다", "has not passed"),
        (date(2027, 2, 27), "이미 마감되었습니다", "has closed"),
    ],
)
def test_a_program_opens_on_its_first_day(as_of: date, ko: str, en: str) -> None:
    program = a_record(RecordType.PROGRAM, "실증 바우처", start=date(2027, 2, 1), deadline=date(2027, 2, 26))
    for text, told in (("지금 신청할 수 있나요?", ko), ("Is it open now?", en)):
        draft = _standing(text, program, as_of)
        assert draft is not None
        assert told in draft.claims[0].text


@pytest.mark.parametrize(("text", "told"), [("이미 끝났나요?", "이미 지난 일정입니다"), ("Is it over?", "has passed")])
def test_an_event_gone_by_is_called_past(text: str, told: str) -> None:
    draft = _standing(text, PAST)
    assert draft is not None
    assert told in draft.claims[0].text


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        ("입찰 마감은 언제까지인가요?", "2027년 1월 8일(금)", "당초: 2026년 12월 18일(금)"),
        ("What is the deadline?", "Friday 8 January 2027", "before: Friday 18 December 2026"),
        ("예산은 얼마인가요?", "2027년 1월 8일(금)", "당초: 2026년 12월 18일(금)"),
    ],
)
def test_an_amended_deadline_is_told_new_with_the_old_one_only_as_the_old(text: str, new: str, old: str) -> None:
    change = a_change("deadline", date(2026, 12, 18), date(2027, 1, 8))
    draft = _standing(text, a_tender("가람시 신호 사업", date(2027, 1, 8), changes=(change,)))
    assert draft is not None
    assert draft.dropped == ()
    first, *others = draft.claims
    assert new in first.text
    assert old in first.text
    assert all("2026" not in claim.text for claim in others)
    assert draft.citations[0].document.title == "정정 공고"


@pytest.mark.parametrize("text", ["입찰 마감은 언제까지인가요?", "What is the deadline?"])
def test_a_moved_deadline_is_told_once_until_it_is_past(text: str) -> None:
    change = a_change("deadline", date(2026, 12, 18), date(2027, 1, 8))
    tender = a_tender("가람시 신호 사업", date(2027, 1, 8), changes=(change,))
    ahead, past = _standing(text, tender), _standing(text, tender, date(2027, 1, 9))
    assert ahead is not None
    assert past is not None
    assert (len(ahead.claims), len(past.claims)) == (1, 2)


@pytest.mark.parametrize(
    "text", ["입찰 마감은 왜 연기되었나요?", "Why was the deadline moved?", "What is the reason for the new deadline?"]
)
def test_why_something_changed_gets_the_change_and_no_further_day(text: str) -> None:
    change = a_change("deadline", date(2026, 12, 18), date(2027, 1, 8))
    draft = _standing(text, a_tender("가람시 신호 사업", date(2027, 1, 8), changes=(change,)), date(2027, 1, 9))
    assert draft is not None
    assert len(draft.claims) == 1


@pytest.mark.parametrize(
    ("text", "told"), [("언제 열리나요?", "취소되었습니다"), ("When is it held?", "has been cancelled")]
)
def test_a_cancelled_event_is_told_to_be_cancelled_whatever_is_asked(text: str, told: str) -> None:
    gone = an_event("상담회", date(2027, 1, 21), cancelled=True, changes=(a_change("cancelled", "false", "true"),))
    draft = _standing(text, gone)
    assert draft is not None
    assert [told in claim.text for claim in draft.claims] == [True]
    assert {c.document.title for c in draft.citations} == {"정정 공고", "상담회"}


def test_what_is_not_asked_and_has_not_changed_is_not_told() -> None:
    assert _standing("예산은 얼마인가요?", a_tender("가람시 신호 사업", date(2027, 1, 8))) is None
    assert _standing("How large is the budget?", FAIR) is None


def test_a_paper_on_several_events_tells_of_none_in_particular() -> None:
    paper = citation(1, "행사").document
    two = [FAIR, SHOW]
    records = [Record(r.record_id, r.type, paper.document_id, r.title, r.evidence, start=r.start) for r in two]
    question, language = asked("언제 열리나요?")
    composer = RecordComposer()
    assert (
        composer.standing(question, language, NOTHING, [paper.document_id], records, {paper.document_id: paper}) is None
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("지난 포럼은 언제 열리나요?", "2026년 4월 14일(화)이며 이미 지났습니다"),
        ("When is the forum held?", "was Tuesday 14 April 2026; it has passed"),
    ],
)
def test_the_days_of_an_event_gone_by_are_told_as_past(text: str, told: str) -> None:
    draft = _standing(text, PAST)
    assert draft is not None
    assert told in draft.claims[0].text
    assert draft.notices[0].kind == "past_event"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("스마트시티 페어 언제 열려요?", "스마트시티 페어"),
        ("월드 스마트시티 엑스포는 언제 열리나요?", "월드 스마트시티 엑스포(WSCE 2027)"),
        ("When is the World Smart City Expo held?", "월드 스마트시티 엑스포(WSCE 2027)"),
    ],
)
def test_of_several_events_in_one_paper_the_one_named_most_fully_in_either_language_is_meant(
    answer_library: Workspace, text: str, title: str
) -> None:
    paper = an_event("스마트시티 페어", date(2027, 11, 1))
    others = ("월드 스마트시티 엑스포(WSCE 2027)", "세계도로대회")
    events = [paper, *(replace(paper, record_id=name, title=name) for name in others)]
    question, language = asked(text, AS_OF)
    query = answer_library.retriever.query_builder.build(text, language)
    draft = RecordComposer().standing(question, language, query, [paper.document_id], events, documents_of(paper))
    assert draft is not None
    assert title in draft.claims[0].text
