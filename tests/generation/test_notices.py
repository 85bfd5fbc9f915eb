"""What a reader must know of the sources: old, planned, over, in conflict."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import AS_OF, clause, hit, lines

from assistant.generation.notices import notices_on, over
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


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("행사 일시: 2026. 4. 14.(화)", date(2026, 4, 14)),
        ("접수 기간: 2026. 3. 2.~2026. 3. 31.", date(2026, 3, 31)),
        ("신청은 2026년 11월 21일까지", date(2026, 11, 21)),
        ("Registration closes on October 2, 2026.", date(2026, 10, 2)),
        ("The fair takes place on May 5-6, 2026.", date(2026, 5, 6)),
    ],
)
def test_what_is_announced_for_days_gone_by_is_over(text: str, last: date) -> None:
    period = over(clause(text), AS_OF)
    assert period is not None
    assert period.end == last


@pytest.mark.parametrize(
    "text",
    [
        "신청은 2026년 11월 22일까지",
        "행사 일시: 2026. 11. 20.~23.",
        "Registration closes on March 2, 2027.",
        "모집 기간은 2026년 3월 2일부터",
        "행사는 2019년에 열림",
        "행사 일정은 추후 안내",
    ],
)
def test_what_still_runs_or_names_no_day_is_not_over(text: str) -> None:
    assert over(clause(text), AS_OF) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026년 4월 14일 발표한 모집 공고",
        "양국 장관회의에서 2026년 4월 14일 협약을 체결함",
        "On April 14, 2026 the ministry announced the event.",
        "The agreement was signed at the meeting held on April 14, 2026.",
        "The fund was founded on April 14, 2026, and companies apply by e-mail.",
    ],
)
def test_a_day_on_which_something_was_announced_or_signed_is_no_appointment(text: str) -> None:
    assert over(clause(text), AS_OF) is None
