"""What belongs together in a source, and which of a claim's words it says."""

from __future__ import annotations

import pytest

from evals.clauses import figures, parts, statements
from evals.concepts import contrast
from evals.wording import Wording

WORDING = Wording()
TABLE = "구분 | 중소기업 | 중견기업\n한도 | 1억 5천만원 | 1억원"


def test_a_cell_has_the_labels_of_its_row_and_its_column() -> None:
    assert [part.text for part in parts(TABLE)] == ["한도 중소기업 1억 5천만원", "한도 중견기업 1억원"]
    assert [part.cell for part in statements(TABLE)] == ["1억 5천만원", "1억원"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Registration opens on July 5, 2027, and closes on September 3, 2027.", 2),
        ("2019년 2월 출범 때 133개사, 2019년 6월에는 395개사였습니다.", 2),
        ("The session is on Thursday, February 4, 2027.", 1),
    ],
)
def test_clauses_are_cut_beside_dates_but_not_inside_them(text: str, count: int) -> None:
    assert len([part for part in parts(text) if part.figures]) == count


def test_one_amount_is_one_figure_in_both_languages() -> None:
    assert figures("사업당 2억원 이내") == figures("up to KRW 200 million a project")


def test_a_month_goes_with_the_year_before_it() -> None:
    assert figures("2019년 2월 133개사, 6월 395개사") >= figures("2019년 6월")


@pytest.mark.parametrize(
    ("claim", "source", "same"),
    [
        ("네덜란드와 MOU를 체결했습니다.", "네덜란드와 스마트시티 MOU를 맺음", True),
        ("Specialists visit the company.", "전문위원이 기업을 방문합니다.", False),
        ("무역보험공사가 참여합니다.", "K-SURE takes part.", False),
    ],
)
def test_a_word_is_said_by_another_wording_a_name_or_a_translation(claim: str, source: str, same: bool) -> None:
    assert not WORDING.coverage(claim, source, same=same).unsaid


def test_what_the_source_does_not_speak_of_is_unsaid() -> None:
    assert "숙소" in WORDING.coverage("발표자에게 숙소를 줍니다.", "초안은 30일 뒤 지웁니다.", same=True).unsaid


def test_of_two_things_that_exclude_each_other_only_the_one_said_may_be_told() -> None:
    assert contrast("Registration closes on July 5.", "등록은 7월 5일에 시작합니다.")
    assert contrast("중견기업은 70%를 받습니다.", "SMEs get 70%.")
    assert not contrast("Registration opens on July 5.", "등록은 7월 5일에 시작합니다.")
