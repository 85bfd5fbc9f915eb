"""What the calendar tells: what is ahead and soonest, what is open or over, and what later notices changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from answer_parts import citation, document

from assistant.generation.draft import Draft
from assistant.generation.record_composer import RecordComposer
from assistant.generation.verification import Verifier
from assistant.text.language import detect_language
from assistant.text.termbase import Termbase
from assistant.types import (
    AnswerStatus,
    Change,
    DeadlineKind,
    Evidence,
    Language,
    Precision,
    Question,
    Record,
    RecordType,
)
from assistant.workspace import Workspace

Upcoming = Callable[..., Draft | None]

AS_OF = date(2026, 11, 22)
TERMS = Termbase.load()
_LANGUAGES: list[Language] = ["ko", "en"]
_WRITTEN = {"start": "{:%Y. %-m. %-d.}", "end": "{:%Y. %-m. %-d.}", "deadline": "{:%Y. %-m. %-d.}까지"}
UPCOMING: dict[Language, str] = {"ko": "다가오는 행사는 무엇이 있나요?", "en": "What events are coming up?"}
OPEN: dict[Language, str] = {"ko": "지금 접수 중인 입찰을 알려 주세요.", "en": "Which tenders are open now?"}


def _record(kind: RecordType, title: str, **fields: Any) -> Record:
    """A record whose every field is written in a line of its own."""
    quotes = {"title": title, **{name: str(value) for name, value in fields.items() if isinstance(value, str)}}
    quotes |= {name: _WRITTEN[name].format(value) for name, value in fields.items() if name in _WRITTEN and value}
    proof, start = [], 0
    for name, quote in quotes.items():
        proof.append(Evidence(name, "chunk", (), 1, start, start + len(quote), quote))
        start += len(quote) + 1
    if "deadline" in fields:
        fields.setdefault("deadline_kind", DeadlineKind.FIXED)
    if "start" in fields:
        fields.setdefault("end", fields["start"])
        fields.setdefault("precision", Precision.DAY)
    return Record(f"record-{title}", kind, document(title).document_id, title, tuple(proof), **fields)


def _event(title: str, start: date, **fields: Any) -> Record:
    return _record(RecordType.EVENT, title, start=start, **fields)


def _tender(title: str, deadline: date, **fields: Any) -> Record:
    return _record(RecordType.TENDER, title, deadline=deadline, **fields)


def _change(field: str, old: date | str, new: date | str, notice: str = "정정 공고") -> Change:
    written = " → ".join(f"{d:%Y. %-m. %-d.}" if isinstance(d, date) else "취소" for d in (old, new))
    proof = Evidence(field, "chunk-notice", (), 1, 0, len(written), written)
    return Change(field, str(old), str(new), document(notice).document_id, proof)


def _asked(text: str, as_of: date = AS_OF) -> tuple[Question, Language]:
    return Question(text, as_of), detect_language(text)


def _documents(*records: Record) -> dict[str, Any]:
    papers = [document(record.title) for record in records] + [document("정정 공고")]
    return {paper.document_id: paper for paper in papers}


@pytest.fixture(scope="module")
def upcoming(answer_library: Workspace) -> Upcoming:
    """What the composer makes of a question as the retriever understands it, verified."""

    def compose(text: str, *records: Record) -> Draft | None:
        question, language = _asked(text)
        query = answer_library.retriever.query_builder.build(text, language)
        draft = RecordComposer().upcoming(question, language, query, records, _documents(*records))
        return draft and Verifier(TERMS).verify(draft, AS_OF)

    return compose


def _standing(text: str, record: Record, as_of: date = AS_OF) -> Draft | None:
    question, language = _asked(text, as_of)
    cited = [record.document_id]
    draft = RecordComposer().standing(question, language, cited, [record], _documents(record))
    return draft and Verifier(TERMS).verify(draft, as_of)


def _titles(draft: Draft | None) -> list[str]:
    assert draft is not None
    assert draft.status is AnswerStatus.ANSWERED
    assert draft.dropped == ()
    assert len(draft.claims) == len(draft.records)
    return [record.title for record in draft.records]


# --- What is ahead ---

FAIR = _event(
    "물산업 상담회", date(2027, 3, 9), end=date(2027, 3, 10), place="누리시 전시관", deadline=date(2027, 1, 15)
)
SHOW = _event("Water Roadshow", date(2027, 5, 11), place="Jakarta, Indonesia")
SOON = _event("교통 설명회", date(2026, 12, 3), place="누리시 회의장")
PAST = _event("지난 포럼", date(2026, 4, 14), place="누리시 회의장")
OLDER = _event("옛 포럼", date(2025, 4, 14))


@pytest.mark.parametrize("language", _LANGUAGES)
def test_events_ahead_come_soonest_first_with_the_days_left(upcoming: Upcoming, language: Language) -> None:
    draft = upcoming(UPCOMING[language], SHOW, PAST, FAIR, SOON)
    assert _titles(draft) == ["교통 설명회", "물산업 상담회", "Water Roadshow"]
    assert draft is not None
    first, second, _ = (claim.text for claim in draft.claims)
    assert first.endswith("(D-11)")
    assert ("2026년 12월 3일(목)" if language == "ko" else "Thursday 3 December 2026") in first
    # Who wants to take part counts the days to the deadline.
    assert second.endswith("(D-54)")
    assert "누리시 전시관" in second


def test_an_event_of_today_is_ahead_and_one_of_yesterday_is_not(upcoming: Upcoming) -> None:
    assert _titles(upcoming(UPCOMING["ko"], _event("오늘 포럼", AS_OF), _event("어제 포럼", date(2026, 11, 21)))) == [
        "오늘 포럼"
    ]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_when_nothing_is_ahead_the_latest_past_ones_are_named_as_past(upcoming: Upcoming, language: Language) -> None:
    draft = upcoming(UPCOMING[language], OLDER, PAST)
    assert _titles(draft) == ["지난 포럼", "옛 포럼"]
    assert draft is not None
    assert ("없습니다" if language == "ko" else "no upcoming event") in draft.claims[0].text
    assert "2026" in draft.claims[0].text
    assert "2025" in draft.claims[1].text
    assert [notice.kind for notice in draft.notices] == ["past_event"]


def test_at_most_five_are_listed(upcoming: Upcoming) -> None:
    many = [_event(f"{letter} 포럼", date(2027, 1, n + 1)) for n, letter in enumerate("가나다라마바사")]
    assert _titles(upcoming(UPCOMING["ko"], *many)) == ["가 포럼", "나 포럼", "다 포럼", "라 포럼", "마 포럼"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("내년 상반기에 예정된 행사를 알려 주세요.", ["물산업 상담회", "Water Roadshow"]),
        ("다음 달에 열리는 행사가 있나요?", ["교통 설명회"]),
        ("올해 남은 행사를 알려 주세요.", ["교통 설명회"]),
        ("앞으로 어떤 행사가 있나요?", ["교통 설명회", "물산업 상담회", "Water Roadshow"]),
        ("Which events are scheduled for next month?", ["교통 설명회"]),
        ("What events are planned in the first half of 2027?", ["물산업 상담회", "Water Roadshow"]),
    ],
)
def test_a_time_that_the_question_names_limits_the_list(upcoming: Upcoming, text: str, found: list[str]) -> None:
    assert _titles(upcoming(text, SHOW, FAIR, SOON, PAST)) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [("다음 달에 열리는 행사가 있나요?", "물으신 기간"), ("What events are coming up next month?", "in that time")],
)
def test_nothing_in_the_time_asked_about_is_said_before_what_comes_later(
    upcoming: Upcoming, text: str, told: str
) -> None:
    draft = upcoming(text, SHOW, FAIR, PAST)
    assert _titles(draft) == ["물산업 상담회", "Water Roadshow"]
    assert draft is not None
    assert told in draft.claims[0].text


def test_a_country_that_the_question_names_limits_the_list(upcoming: Upcoming) -> None:
    for text in ("인도네시아에서 예정된 행사가 있나요?", "What events are coming up in Indonesia?"):
        assert _titles(upcoming(text, SHOW, FAIR)) == ["Water Roadshow"]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_is_cancelled_is_never_listed_as_ahead(upcoming: Upcoming, language: Language) -> None:
    gone = _event("취소된 상담회", date(2027, 1, 21), cancelled=True, changes=(_change("cancelled", "false", "true"),))
    assert _titles(upcoming(UPCOMING[language], gone, FAIR)) == ["물산업 상담회"]
    assert upcoming(UPCOMING[language], gone) is None


@pytest.mark.parametrize("language", _LANGUAGES)
def test_tenders_are_open_until_their_deadline_has_passed(upcoming: Upcoming, language: Language) -> None:
    tenders = [_tender("라온시 관제센터 사업", date(2027, 2, 1)), _tender("가람시 신호 사업", AS_OF)]
    closed = _tender("누리시 수도 사업", date(2026, 11, 21))
    draft = upcoming(OPEN[language], *tenders, closed)
    assert _titles(draft) == ["가람시 신호 사업", "라온시 관제센터 사업"]
    assert draft is not None
    assert "(D-0)" in draft.claims[0].text


@pytest.mark.parametrize("language", _LANGUAGES)
def test_when_no_tender_is_open_the_latest_closed_one_is_named(language: Language, upcoming: Upcoming) -> None:
    closed = [_tender("누리시 수도 사업", date(2026, 11, 21)), _tender("가람시 신호 사업", date(2026, 3, 2))]
    draft = upcoming(OPEN[language], *closed)
    assert _titles(draft) == ["누리시 수도 사업", "가람시 신호 사업"]
    assert draft is not None
    assert ("없습니다" if language == "ko" else "no tender that is still open") in draft.claims[0].text


def test_a_deadline_counted_from_another_day_is_not_shown_as_written(upcoming: Upcoming) -> None:
    relative = _tender("가람시 신호 사업", date(2027, 2, 1), deadline_kind=DeadlineKind.RELATIVE)
    draft = upcoming(OPEN["ko"], relative, _tender("나래시 사업", date(2027, 3, 1)))
    assert draft is not None
    assert "2027년 2월 1일" not in draft.claims[0].text


@pytest.mark.parametrize(
    "text",
    [
        "물산업 상담회는 무엇을 지원하나요?",
        "What does the fair offer?",
        "다가오는 봄에 금리는 어떻게 되나요?",
        "앞으로 열릴 행사의 참가비 환불 규정을 알려 주세요.",
    ],
)
def test_a_question_on_something_particular_is_no_question_for_a_list(upcoming: Upcoming, text: str) -> None:
    assert upcoming(text, FAIR, SHOW, PAST) is None


# --- Where one stands ---


@pytest.mark.parametrize(
    ("as_of", "ko", "en"),
    [
        (date(2027, 1, 8), "아직 지나지 않았습니다. (D-0)", "has not passed. (D-0)"),
        (date(2027, 1, 9), "이미 마감되었습니다", "has closed"),
        (date(2027, 1, 1), "아직 지나지 않았습니다. (D-7)", "has not passed. (D-7)"),
    ],
)
def test_a_deadline_counts_to_the_end_of_its_very_day(as_of: date, ko: str, en: str) -> None:
    tender = _tender("가람시 신호 사업", date(2027, 1, 8))
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
    program = _record(RecordType.PROGRAM, "실증 바우처", start=date(2027, 2, 1), deadline=date(2027, 2, 26))
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
    change = _change("deadline", date(2026, 12, 18), date(2027, 1, 8))
    draft = _standing(text, _tender("가람시 신호 사업", date(2027, 1, 8), changes=(change,)))
    assert draft is not None
    assert draft.dropped == ()
    first, *others = draft.claims
    assert new in first.text
    assert old in first.text
    assert all("2026" not in claim.text for claim in others)
    assert draft.citations[0].document.title == "정정 공고"


@pytest.mark.parametrize(
    ("text", "told"), [("언제 열리나요?", "취소되었습니다"), ("When is it held?", "has been cancelled")]
)
def test_a_cancelled_event_is_told_to_be_cancelled_whatever_is_asked(text: str, told: str) -> None:
    gone = _event("상담회", date(2027, 1, 21), cancelled=True, changes=(_change("cancelled", "false", "true"),))
    draft = _standing(text, gone)
    assert draft is not None
    assert [told in claim.text for claim in draft.claims] == [True]
    assert {c.document.title for c in draft.citations} == {"정정 공고", "상담회"}


def test_what_is_not_asked_and_has_not_changed_is_not_told() -> None:
    assert _standing("예산은 얼마인가요?", _tender("가람시 신호 사업", date(2027, 1, 8))) is None
    assert _standing("How large is the budget?", FAIR) is None


def test_a_paper_on_several_events_tells_of_none_in_particular() -> None:
    paper = citation(1, "행사").document
    two = [FAIR, SHOW]
    records = [Record(r.record_id, r.type, paper.document_id, r.title, r.evidence, start=r.start) for r in two]
    question, language = _asked("언제 열리나요?")
    composer = RecordComposer()
    assert composer.standing(question, language, [paper.document_id], records, {paper.document_id: paper}) is None


def test_an_event_that_has_begun_is_ahead_no_more_but_it_is_on_now(upcoming: Upcoming) -> None:
    running = _event("이틀째 포럼", date(2026, 11, 21), end=date(2026, 11, 23))
    assert _titles(upcoming(UPCOMING["ko"], running, FAIR)) == ["물산업 상담회"]
    assert _titles(upcoming("현재 열리고 있는 행사를 알려 주세요.", running, FAIR)) == [
        "이틀째 포럼",
        "물산업 상담회",
    ]


def test_an_event_of_a_month_that_has_begun_may_still_be_ahead(upcoming: Upcoming) -> None:
    month = _event("이달의 포럼", date(2026, 11, 1), end=date(2026, 11, 30), precision=Precision.MONTH)
    draft = upcoming(UPCOMING["ko"], month, FAIR)
    assert _titles(draft) == ["이달의 포럼", "물산업 상담회"]
    assert draft is not None
    assert "D-" not in draft.claims[0].text
