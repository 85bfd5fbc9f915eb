"""Names that documents explain in parentheses."""

from __future__ import annotations

import pytest

from assistant.text.term_candidates import TermCandidate, find_candidates
from assistant.text.termbase import Term, Termbase

_EMPTY = Termbase([])


def _forms(*texts: str) -> list[tuple[str, str, str]]:
    return [(c.korean, c.english, c.abbreviation) for c in find_candidates(texts, _EMPTY)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("정부는 경제발전경험공유사업(KSP)을 추진한다.", ("경제발전경험공유사업", "", "KSP")),
        ("정부는 경제발전경험공유사업 (KSP)을 추진한다.", ("경제발전경험공유사업", "", "KSP")),
        (
            "Korea Overseas Infrastructure and Urban Development Corporation(KIND) invests.",
            ("", "Korea Overseas Infrastructure and Urban Development Corporation", "KIND"),
        ),
        ("The money comes from the Green Climate Fund (GCF).", ("", "Green Climate Fund", "GCF")),
        ("The GCF (Green Climate Fund) pays.", ("", "Green Climate Fund", "GCF")),
        ("WB(세계은행)와 협의하였다.", ("세계은행", "", "WB")),
        ("World Bank(세계은행)와 협의하였다.", ("세계은행", "World Bank", "")),
        ("해외건설협회(이하 ‘해건협’)는 접수한다.", ("해외건설협회", "", "해건협")),
        ("해외건설협회(이하 '해건협')는 접수한다.", ("해외건설협회", "", "해건협")),
        ("해외건설협회(약칭: 해건협)는 접수한다.", ("해외건설협회", "", "해건협")),
        ("녹색기후기금(Green Climate Fund, GCF)", ("녹색기후기금", "Green Climate Fund", "GCF")),
        ("녹색기후기금(Green Climate Fund)", ("녹색기후기금", "Green Climate Fund", "")),
        ("녹색기후기금（GCF）", ("녹색기후기금", "", "GCF")),
        ("아시아개발 은행(ADB)의 차관", ("아시아개발 은행", "", "ADB")),
    ],
)
def test_a_name_and_its_explanation_are_a_candidate(text: str, forms: tuple[str, str, str]) -> None:
    assert _forms(text) == [forms]


@pytest.mark.parametrize(
    "text",
    [
        "예산(안)을 제출",
        "총사업비(단위: 백만원)",
        "상담회(예정)",
        "사업비(USD)",
        "지원금(2020년 기준)",
        "(KSP)",
        "센터(02-1234-5678)",
        "기업 (중견기업 포함)",
        "The plan (see the annex) was approved.",
        "The fund (large) is open.",
        "A report on ports (GCF) is due.",
        "해외건설협회(하노이)",
        "누리집(www.example.kr)",
        "",
        "()",
    ],
)
def test_a_remark_in_parentheses_is_no_candidate(text: str) -> None:
    assert _forms(text) == []


def test_the_most_frequent_comes_first_with_its_count_and_first_sentence() -> None:
    first = "세계은행(WB)은 차관을 준다."
    found = find_candidates(["녹색기후기금(GCF)\n" + first, "세계 은행(WB)도 온다.\n세계은행(WB)"], _EMPTY)
    assert [(c.korean, c.count) for c in found] == [("세계은행", 3), ("녹색기후기금", 1)]
    assert found[0].example == first


def test_a_long_line_is_cut_around_the_name() -> None:
    line = "앞말 " * 200 + "녹색기후기금(GCF)은 " + "뒷말 " * 200
    example = find_candidates([line], _EMPTY)[0].example
    assert "녹색기후기금(GCF)" in example
    assert len(example) < 200
    assert example.startswith("…")
    assert example.endswith("…")


def test_one_abbreviation_explained_in_both_languages_is_one_candidate() -> None:
    found = find_candidates(["경제발전경험공유사업(KSP)", "the Knowledge Sharing Program (KSP)"], _EMPTY)
    assert [(c.forms, c.count) for c in found] == [(("경제발전경험공유사업", "Knowledge Sharing Program", "KSP"), 2)]


@pytest.mark.parametrize("text", ["세계은행(WB)", "세계 은행(World Bank)", "WB(세계은행)", "World Bank (WB)"])
def test_what_the_termbase_knows_is_left_out(text: str) -> None:
    known = Termbase([Term("body", ("세계은행",), ("World Bank",), ("WB",), True, "its site", "")])
    assert find_candidates([text], known) == []


def test_a_new_form_of_a_known_entry_names_the_entry() -> None:
    known = Termbase([Term("body", ("세계은행",), ("World Bank",), (), True, "its site", "")])
    found = find_candidates(["세계은행(WBG)"], known)
    assert found == [TermCandidate("세계은행", "", "WBG", 1, "세계은행(WBG)", "세계은행")]


def test_the_bundled_termbase_knows_the_bodies_of_the_field() -> None:
    text = "한국해외인프라도시개발지원공사(KIND)\n한국무역보험공사(K-SURE)\n대외경제협력기금(EDCF)"
    assert find_candidates([text], Termbase.load()) == []
