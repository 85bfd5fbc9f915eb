"""Which records are ahead: soonest first, with what limits them; what is cancelled, and what to say when there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from record_parts import AS_OF, a_change, a_tender, an_event, asked, documents_of

from assistant.generation.draft import Draft
from assistant.generation.records.finder import RecordFinder
from assistant.generation.verification import Verifier
from assistant.text.termbase import Termbase
from assistant.types import AnswerStatus, DeadlineKind, Language, Precision, Record
from assistant.workspace import Workspace

Upcoming = Callable[..., Draft | None]

TERMS = Termbase.load()
_LANGUAGES: list[Language] = ["ko", "en"]
UPCOMING: dict[Language, str] = {"ko": "다가오는 행사는 무엇이 있나요?", "en": "What events are coming up?"}
OPEN: dict[Language, str] = {"ko": "지금 접수 중인 입찰을 알려 주세요.", "en": "Which tenders are open now?"}


@pytest.fixture(scope="module")
def upcoming(answer_library: Workspace) -> Upcoming:
    """What the composer makes of a question as the retriever understands it, verified."""

    def compose(text: str, *records: Record) -> Draft | None:
        question, language = asked(text)
        query = answer_library.retriever.query_builder.build(text, language)
        draft = RecordFinder(records, documents_of(*records)).compose(question, language, query)
        return draft and Verifier(TERMS).verify(draft, AS_OF)

    return compose


def _titles(draft: Draft | None) -> list[str]:
    assert draft is not None
    assert draft.status is AnswerStatus.ANSWERED
    assert draft.dropped == ()
    assert len(draft.claims) == len(draft.records)
    return [record.title for record in draft.records]


FAIR = an_event(
    "물산업 상담회", date(2027, 3, 9), end=date(2027, 3, 10), place="누리시 전시관", deadline=date(2027, 1, 15)
)
SHOW = an_event("Water Roadshow", date(2027, 5, 11), place="Jakarta, Indonesia")
SOON = an_event("교통 설명회", date(2026, 12, 3), place="누리시 회의장")
PAST = an_event("지난 포럼", date(2026, 4, 14), place="누리시 회의장")
OLDER = an_event("옛 포럼", date(2025, 4, 14))


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
    assert _titles(
        upcoming(UPCOMING["ko"], an_event("오늘 포럼", AS_OF), an_event("어제 포럼", date(2026, 11, 21)))
    ) == ["오늘 포럼"]


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
    many = [an_event(f"{letter} 포럼", date(2027, 1, n + 1)) for n, letter in enumerate("가나다라마바사")]
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
def test_what_is_cancelled_closes_the_list(upcoming: Upcoming, language: Language) -> None:
    gone = an_event(
        "취소된 상담회", date(2026, 12, 1), cancelled=True, changes=(a_change("cancelled", "false", "true"),)
    )
    draft = upcoming(UPCOMING[language], gone, FAIR, SOON)
    assert draft is not None
    assert [record.title for record in draft.records] == ["교통 설명회", "물산업 상담회"]
    *ahead, last = draft.claims
    assert len(ahead) == 2
    assert ("취소되었습니다" if language == "ko" else "has been cancelled") in last.text
    assert all("취소" not in claim.text for claim in ahead)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_tenders_are_open_until_their_deadline_has_passed(upcoming: Upcoming, language: Language) -> None:
    tenders = [a_tender("라온시 관제센터 사업", date(2027, 2, 1)), a_tender("가람시 신호 사업", AS_OF)]
    closed = a_tender("누리시 수도 사업", date(2026, 11, 21))
    draft = upcoming(OPEN[language], *tenders, closed)
    assert _titles(draft) == ["가람시 신호 사업", "라온시 관제센터 사업"]
    assert draft is not None
    assert "(D-0)" in draft.claims[0].text


@pytest.mark.parametrize("language", _LANGUAGES)
def test_when_no_tender_is_open_the_latest_closed_one_is_named(language: Language, upcoming: Upcoming) -> None:
    closed = [a_tender("누리시 수도 사업", date(2026, 11, 21)), a_tender("가람시 신호 사업", date(2026, 3, 2))]
    draft = upcoming(OPEN[language], *closed)
    assert _titles(draft) == ["누리시 수도 사업", "가람시 신호 사업"]
    assert draft is not None
    assert ("없습니다" if language == "ko" else "no open tender") in draft.claims[0].text


def test_a_deadline_counted_from_another_day_is_not_shown_as_written(upcoming: Upcoming) -> None:
    relative = a_tender("가람시 신호 사업", date(2027, 2, 1), deadline_kind=DeadlineKind.RELATIVE)
    draft = upcoming(OPEN["ko"], relative, a_tender("나래시 사업", date(2027, 3, 1)))
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


def test_an_event_that_has_begun_is_ahead_no_more_but_it_is_on_now(upcoming: Upcoming) -> None:
    running = an_event("이틀째 포럼", date(2026, 11, 21), end=date(2026, 11, 23))
    assert _titles(upcoming(UPCOMING["ko"], running, FAIR)) == ["물산업 상담회"]
    assert _titles(upcoming("현재 열리고 있는 행사를 알려 주세요.", running, FAIR)) == [
        "이틀째 포럼",
        "물산업 상담회",
    ]


def test_an_event_of_a_month_that_has_begun_may_still_be_ahead(upcoming: Upcoming) -> None:
    month = an_event("이달의 포럼", date(2026, 11, 1), end=date(2026, 11, 30), precision=Precision.MONTH)
    draft = upcoming(UPCOMING["ko"], month, FAIR)
    assert _titles(draft) == ["이달의 포럼", "물산업 상담회"]
    assert draft is not None
    assert "D-" not in draft.claims[0].text
