"""What a reader must know of the sources: old, planned, in conflict."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import AS_OF, clause, hit, lines

from assistant.generation.notices import notices_on
from assistant.types import Language

_LANGUAGES: list[Language] = ["ko", "en"]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_source_is_stale_after_a_year_and_not_on_the_day_before(language: Language) -> None:
    old = clause("금리는 연 2.5%", published=date(2025, 11, 21))
    new = clause("금리는 연 2.5%", published=date(2025, 11, 22))
    assert [notice.kind for notice in notices_on([old], language, AS_OF)] == ["stale"]
    assert notices_on([new], language, AS_OF) == []
    assert "2025-11-21" in notices_on([old], language, AS_OF)[0].text


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
    assert "2025-12-01" in first.text
    assert "2026-07-01" in first.text


def test_a_plan_after_the_fact_or_on_something_else_is_no_conflict() -> None:
    planned = clause("하노이에 가람 협력센터를 설립할 계획", title="계획 자료", published=date(2026, 8, 1))
    done = clause("하노이 가람 협력센터가 문을 열었음", title="개소 자료", published=date(2026, 7, 1))
    other = clause("시장개척자금은 중견기업을 지원함", title="자금 안내", published=date(2026, 9, 1))
    kinds = {notice.kind for notice in notices_on([planned, done, other], "ko", AS_OF)}
    assert "conflict" not in kinds
