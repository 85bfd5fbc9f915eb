"""Dates on the pages for people: as exact as they are known, as readers write them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.routes.record_dates import written
from assistant.types import Language, Period, Precision


@pytest.mark.parametrize(
    ("known", "korean", "english"),
    [
        (Period(date(2019, 7, 8), date(2019, 7, 8), Precision.DAY), "2019년 7월 8일", "8 July 2019"),
        (Period(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH), "2019년 7월", "July 2019"),
        (Period(date(2019, 4, 1), date(2019, 6, 30), Precision.QUARTER), "2019년 2분기", "second quarter of 2019"),
        (Period(date(2019, 7, 1), date(2019, 12, 31), Precision.HALF), "2019년 하반기", "second half of 2019"),
        (Period(date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR), "2019년", "2019"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(known: Period, korean: str, english: str) -> None:
    languages: list[Language] = ["ko", "en"]
    said = [written(known.isoformat(), language) for language in languages]
    assert said == [korean, english]
