from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.text.language import has_hangul
from assistant.text.termbase import COLUMNS, Term, Termbase

_HEADER = ",".join(COLUMNS)


def _term(korean: str, english: str, abbreviations: str = "") -> Term:
    return Term(
        "body",
        tuple(korean.split("|")),
        tuple(english.split("|")),
        tuple(filter(None, abbreviations.split("|"))),
        True,
        "",
        "",
    )


@pytest.fixture(scope="module")
def termbase() -> Termbase:
    return Termbase(
        [
            _term("한국무역보험공사|무역보험공사|무보", "Korea Trade Insurance Corporation", "K-SURE|KSURE"),
            _term("무보 특별계정", "K-SURE special account"),
            _term("스마트시티", "smart city|smart cities"),
            _term("해외건설협회", "International Contractors Association of Korea", "ICAK"),
            _term("국토교통부|국토부", "Ministry of Land, Infrastructure and Transport", "MOLIT"),
            _term("하노이", "Hanoi"),
        ]
    )


def _found(termbase: Termbase, text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.term.name("ko")) for match in termbase.find(text)]


def test_the_longest_term_wins_over_the_terms_inside_it(termbase: Termbase) -> None:
    assert _found(termbase, "무보 특별계정은 무보가 둡니다") == [
        ("무보 특별계정", "무보 특별계정"),
        ("무보", "한국무역보험공사"),
    ]
    assert _found(termbase, "the K-SURE special account") == [("K-SURE special account", "무보 특별계정")]


@pytest.mark.parametrize("text", ["해외건설협회", "해외 건설 협회", "해외건설 협회", "해외  건설협회"])
def test_spacing_makes_no_difference(termbase: Termbase, text: str) -> None:
    assert _found(termbase, text) == [(text, "해외건설협회")]


@pytest.mark.parametrize("particle", ["", "는", "의", "에서", "까지", "와", "에게는"])
def test_particles_are_no_part_of_a_term(termbase: Termbase, particle: str) -> None:
    assert _found(termbase, f"국토교통부{particle}") == [("국토교통부", "국토교통부")]


@pytest.mark.parametrize("text", ["hanoi", "HANOI", "Hanoi", "in Hanoi."])
def test_case_makes_no_difference(termbase: Termbase, text: str) -> None:
    assert [name for _, name in _found(termbase, text)] == ["하노이"]


@pytest.mark.parametrize("text", ["smart city", "Smart Cities", "SMART CITY", "smart-city"])
def test_number_and_hyphen_of_english_words_make_no_difference(termbase: Termbase, text: str) -> None:
    assert [name for _, name in _found(termbase, text)] == ["스마트시티"]


@pytest.mark.parametrize("text", ["K-SURE", "k-sure", "KSURE", "ksure", "K-SURE가", "MOLIT와 K-SURE"])
def test_abbreviations_are_found_in_both_languages(termbase: Termbase, text: str) -> None:
    assert "한국무역보험공사" in [name for _, name in _found(termbase, text)]


def test_a_term_is_not_found_in_the_middle_of_a_word(termbase: Termbase) -> None:
    assert _found(termbase, "업무보고를 받았습니다") == []
    assert _found(termbase, "the mischanoid") == []


def test_matches_are_in_order_and_do_not_overlap(termbase: Termbase) -> None:
    text = "국토부와 K-SURE는 하노이에서 스마트 시티 상담회를 엽니다"
    matches = termbase.find(text)
    assert [match.term.name("en") for match in matches] == [
        "Ministry of Land, Infrastructure and Transport",
        "Korea Trade Insurance Corporation",
        "Hanoi",
        "smart city",
    ]
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_a_form_of_two_terms_belongs_to_the_first() -> None:
    termbase = Termbase([_term("수은", "Korea Eximbank"), _term("수은", "mercury")])
    assert [match.term.name("en") for match in termbase.find("수은")] == ["Korea Eximbank"]


def test_korean_text_uses_latin_abbreviations_and_english_text_no_korean_ones() -> None:
    term = _term("경제자유구역", "free economic zone", "KFEZ|경자구역")
    assert term.forms("ko") == ("경제자유구역", "KFEZ", "경자구역")
    assert term.forms("en") == ("free economic zone", "KFEZ")


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_csv_with_a_byte_order_mark_and_several_forms_is_read(tmp_path: Path) -> None:
    termbase = Termbase.load(
        _write(tmp_path, f"{_HEADER}\nbody,무보| 무역보험공사 ,Korea Trade Insurance,K-SURE,official,its site,a note\n")
    )
    assert termbase.terms == (
        Term("body", ("무보", "무역보험공사"), ("Korea Trade Insurance",), ("K-SURE",), True, "its site", "a note"),
    )


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"terms\.csv.*abbr.*missing"):
        Termbase.load(_write(tmp_path, "kind,ko,en,status,source,note\n"))


@pytest.mark.parametrize("row", ["body,,Hanoi,,official,,", "city,하노이,,,official,,"])
def test_a_row_without_a_korean_or_english_form_is_named_by_its_line(tmp_path: Path, row: str) -> None:
    with pytest.raises(ConfigurationError, match="line 3"):
        Termbase.load(_write(tmp_path, f"{_HEADER}\ncity,서울,Seoul,,official,,\n{row}\n"))


def test_a_short_row_is_refused_by_name_not_with_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="line 2"):
        Termbase.load(_write(tmp_path, f"{_HEADER}\ncity,하노이\n"))


def test_the_bundled_termbase_has_both_languages_in_every_entry() -> None:
    terms = Termbase.load().terms
    assert len(terms) > 100
    assert all(
        any(has_hangul(form) for form in term.korean) or term.korean == term.english
        for term in terms
        if term.kind == "city"
    )
    assert all(term.korean and term.english for term in terms)
