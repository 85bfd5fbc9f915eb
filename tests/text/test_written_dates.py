"""Dates of machines as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.dates import find_dates
from assistant.text.dates.written import written_date
from assistant.types import Language


@pytest.mark.parametrize(
    ("iso", "korean", "english"),
    [
        ("2026-03-02", "2026년 3월 2일", "2 March 2026"),
        ("2026-03", "2026년 3월", "March 2026"),
        ("2026", "2026년", "2026"),
        ("2019-04/2019-06", "2019년 2분기", "second quarter of 2019"),
        ("2019-07/2019-12", "2019년 하반기", "second half of 2019"),
        ("2019-11/2020-02", "2019년 11월~2020년 2월", "November 2019 to February 2020"),
        # In Seoul it is the next day already.
        ("2026-11-22T16:30:00+00:00", "2026년 11월 23일", "23 November 2026"),
        ("2026-11-22T14:59:59Z", "2026년 11월 22일", "22 November 2026"),
    ],
)
def test_a_date_is_as_exact_as_it_is_given(iso: str, korean: str, english: str) -> None:
    assert written_date(iso, "ko") == korean
    assert written_date(iso, "en") == english


@pytest.mark.parametrize("text", ["", "x.pdf", "2026-13", "2026-07/2026-13", "20261", "soon"])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    assert written_date(text, "ko") == written_date(text, "en") == text


@given(day=st.dates(date(1950, 1, 1), date(2100, 12, 31)), language=st.sampled_from(["ko", "en"]))
def test_what_is_written_reads_back_to_the_same_day(day: date, language: Language) -> None:
    (mention,) = find_dates(written_date(day.isoformat(), language))
    assert mention.period is not None
    assert (mention.period.start, mention.period.end) == (day, day)
