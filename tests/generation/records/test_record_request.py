"""What a question for records asks: read on a day, in both languages; and what asks for something else is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.records.request import record_request
from assistant.generation.records.window import window_asked
from assistant.text.language import detect_language
from assistant.types import Query, RecordType

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("다음 분기 웨비나", date(2027, 1, 1), date(2027, 3, 31)),
        ("webinars next quarter", date(2027, 1, 1), date(2027, 3, 31)),
        ("다음 주에 열리는 행사", date(2026, 11, 23), date(2026, 11, 29)),
        ("events next week", date(2026, 11, 23), date(2026, 11, 29)),
        ("이번 분기 행사", date(2026, 10, 1), date(2026, 12, 31)),
        ("events this quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("앞으로 2주 안에 마감하는 입찰", AS_OF, date(2026, 12, 6)),
        ("tenders in the next two weeks", AS_OF, date(2026, 12, 6)),
        ("30일 이내에 마감하는 사업", AS_OF, date(2026, 12, 22)),
        ("3월에 열리는 행사", date(2027, 3, 1), date(2027, 3, 31)),
        ("events in 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_the_time_asked_about_is_read_on_the_day(text: str, start: date, end: date) -> None:
    window = window_asked(text, AS_OF)
    assert window is not None
    assert (window.start, window.end) == (start, end)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_next_quarter_begins_where_this_one_ends(as_of: date) -> None:
    this, following = window_asked("this quarter", as_of), window_asked("next quarter", as_of)
    assert this is not None
    assert following is not None
    assert this.start <= as_of <= this.end
    assert following.start == this.end + timedelta(days=1)


def read(text: str) -> RecordType | None:
    request = record_request(text, AS_OF, Query(text, detect_language(text), ()))
    return request.type if request is not None else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("제주에서 하는 행사 있어요?", RecordType.EVENT),
        ("Any events in Busan?", RecordType.EVENT),
        ("tenders in Tashkent?", RecordType.TENDER),
        ("페루 입찰 나온 거 있나요", RecordType.TENDER),
        ("지금 접수 중인 지원사업은?", RecordType.PROGRAM),
        ("Are there any vouchers open now?", RecordType.PROGRAM),
        ("수출상담회 2027년 일정 알려 주세요", RecordType.EVENT),
        ("클리닉은 3월에도 하나요?", RecordType.EVENT),
        ("설명회는 영어로 하나요?", None),
        ("방콕 로드쇼 참가비가 있나요?", None),
        ("행사 어디서 열리나요?", None),
        ("입찰 참가 자격이 어떻게 되나요?", None),
        ("How do I bid for the tender in Colombia?", None),
        ("What is the budget of the tender in Colombia?", None),
        ("What support does KOTRA give?", None),
        ("Which companies can join the Bangkok roadshow?", None),
        ("컨소시엄 대출 거치기간이 있나요?", None),
        ("누가 행사에 참가하나요?", None),
        ("수출상담회는 무엇을 지원하나요?", None),
        ("예산이 가장 큰 입찰은?", None),
        ("Which tender is the largest?", None),
        ("How many roadshows are held a year?", None),
        ("무료 행사 있나요?", None),
        ("입찰 몇 건 있어요?", RecordType.TENDER),
        ("How many tenders are open now?", RecordType.TENDER),
        ("취소된 행사 있나요?", RecordType.EVENT),
        ("가장 가까운 행사는 언제예요?", RecordType.EVENT),
        ("When is the next webinar?", RecordType.EVENT),
        ("When is the webinar?", None),
        ("행사 언제 열려요?", None),
    ],
)
def test_only_what_asks_which_records_there_are_is_read(text: str, kind: RecordType | None) -> None:
    assert read(text) is kind


@given(st.text(max_size=300))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    assert read(text) in (None, *RecordType)
