"""What a reader must know of the sources: old, planned, in conflict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import AS_OF, clause, hit, lines

from assistant.generation.quoting.notices import notices_on
from assistant.types import Language, Period, Precision

_LANGUAGES: list[Language] = ["ko", "en"]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_source_is_stale_after_a_year_and_not_on_the_day_before(language: Language) -> None:
    old = clause("금리는 연 2.5%", published=date(2025, 11, 21))
    new = clause("금리는 연 2.5%", published=date(2025, 11, 22))
    assert [notice.kind for notice in notices_on([old], language, AS_OF)] == ["stale"]
    assert notices_on([new], language, AS_OF) == []
    told = {"ko": "2025년 11월 21일 자료입니다", "en": "dates from 21 November 2025."}
    assert told[language] in notices_on([old], language, AS_OF)[0].text


@pytest.mark.parametrize(
    ("published", "language", "told"),
    [
        (Period(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH), "ko", "2019년 7월 자료입니다"),
        (Period(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH), "en", "dates from July 2019."),
        (Period(date(2019, 7, 1), date(2019, 12, 31), Precision.HALF), "ko", "2019년 하반기 자료입니다"),
        (Period(date(2019, 7, 1), date(2019, 12, 31), Precision.HALF), "en", "dates from the second half of 2019."),
        (Period(date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR), "en", "dates from 2019."),
    ],
)
def test_the_time_of_a_source_is_written_as_people_do(published: Period, language: Language, told: str) -> None:
    (old,) = lines(hit("금리는 연 2.5%"))
    dated = replace(old, hit=replace(old.hit, document=replace(old.hit.document, published=published)))
    assert told in notices_on([dated], language, AS_OF)[0].text


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_source_without_a_date_is_told_to_have_none(language: Language) -> None:
    (notice,) = notices_on([clause("금리는 연 2.5%", published=None)], language, AS_OF)
    assert notice.kind == "stale"
    assert "하람 수출기금 안내" in notice.text


def test_each_document_is_told_once() -> None:
    found = lines(hit("□ 금리는 연 2.5%로 정함\n□ 한도는 2억원으로 정함", published=date(2020, 1, 1)))
    assert [notice.kind for notice in notices_on(found, "ko", AS_OF)] == ["stale"]


@pytest.mark.parametrize(
    "text", ["하노이에 협력센터를 설립할 예정", "A center will be opened in Hanoi.", "They plan to open it."]
)
def test_a_plan_is_told_to_be_one(text: str) -> None:
    assert [notice.kind for notice in notices_on([clause(text)], "en", AS_OF)] == ["plan"]


@pytest.mark.parametrize(
    ("plan", "fact"),
    [
        ("국토교통부는 하노이에 가람 협력센터를 설립할 계획", "하노이 가람 협력센터가 문을 열었고 직원 5명이 근무"),
        ("A cooperation center will open in Hanoi.", "The cooperation center in Hanoi opened with five staff."),
    ],
)
@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_plan_beside_what_came_of_it_is_a_conflict_with_both_dates(language: Language, plan: str, fact: str) -> None:
    planned = clause(plan, title="계획 자료", published=date(2025, 12, 1))
    done = clause(fact, title="개소 자료", published=date(2026, 7, 1))
    first = notices_on([done, planned], language, AS_OF)[0]
    assert first.kind == "conflict"
    days = {"ko": ("2025년 12월 1일", "2026년 7월 1일"), "en": ("1 December 2025", "1 July 2026")}
    assert all(day in first.text for day in days[language])


def test_a_plan_after_the_fact_or_on_something_else_is_no_conflict() -> None:
    planned = clause("하노이에 가람 협력센터를 설립할 계획", title="계획 자료", published=date(2026, 8, 1))
    done = clause("하노이 가람 협력센터가 문을 열었음", title="개소 자료", published=date(2026, 7, 1))
    other = clause("시장개척자금은 중견기업을 지원함", title="자금 안내", published=date(2026, 9, 1))
    kinds = {notice.kind for notice in notices_on([planned, done, other], "ko", AS_OF)}
    assert "conflict" not in kinds
