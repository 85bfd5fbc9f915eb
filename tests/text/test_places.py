"""Places in questions and notices: found in both languages, and known to lie where they lie."""

from __future__ import annotations

import pytest

from assistant.text.countries import find_countries
from assistant.text.places import _CITIES, _PARTS, HOME, find_places, place_name
from assistant.text.termbase import Termbase


def only(text: str) -> str:
    (place,) = find_places(text)
    return place.key


@pytest.mark.parametrize(
    ("korean", "english", "country"),
    [
        ("자카르타 입찰", "a tender in Jakarta", "인도네시아"),
        ("하노이 설명회", "a briefing in Hanoi", "베트남"),
        ("도하 행사", "an event in Doha", None),
        ("강릉에서 열리는 행사", "an event in Gangneung", HOME),
        ("튀르키예 로드쇼", "a roadshow in Türkiye", "튀르키예"),
        ("킨텍스 박람회", "a fair at KINTEX", HOME),
    ],
)
def test_a_place_is_one_in_both_languages(korean: str, english: str, country: str | None) -> None:
    found = find_places(english)
    assert len(found) == 1
    if country is not None:
        assert only(korean) == found[0].key
        assert found[0].country == country


@pytest.mark.parametrize(
    ("asked", "held", "covers", "near"),
    [
        ("인도네시아", "자카르타", True, True),
        ("자카르타", "인도네시아", False, True),
        ("Southeast Asia", "Vietnam", True, True),
        ("Saudi Arabia", "Middle East", False, True),
        ("강원도", "강릉", True, True),
        ("강릉", "강원도", False, True),
        ("강릉", "부산", False, False),
        ("페루", "베트남", False, False),
        ("아프리카", "나이로비", True, True),
    ],
)
def test_what_lies_in_a_place_is_covered_by_it(asked: str, held: str, covers: bool, near: bool) -> None:
    (one,), (other,) = find_places(asked), find_places(held)
    assert (one.covers(other), one.is_near(other)) == (covers, near)


@pytest.mark.parametrize(
    "text", ["국내 기업 해외 진출", "경기 침체", "overseas support for companies", "스마트도시 행사"]
)
def test_words_that_locate_nothing_are_no_places(text: str) -> None:
    assert find_places(text) == ()


def test_a_part_of_the_world_is_no_country_of_its_name() -> None:
    assert only("tenders in Latin America") == "중남미"


def test_a_place_stands_where_it_is_written() -> None:
    text = "Is the tender in Jakarta open to companies in Busan?"
    assert [text[place.start : place.end] for place in find_places(text)] == ["Jakarta", "Busan"]


@pytest.mark.parametrize(("key", "korean", "english"), [("도하시", "도하", "Doha"), ("강원", "강원", "Gangwon")])
def test_a_place_has_a_name_in_each_language(key: str, korean: str, english: str) -> None:
    assert (place_name(key, "ko"), place_name(key, "en")) == (korean, english)


def test_every_city_and_country_of_the_tables_is_one_of_the_termbase() -> None:
    known = {term.korean[0] for term in Termbase.load().terms if term.kind in ("country", "place")}
    cities = {city.replace("_", " ") for names in _CITIES.values() for city in names.split()}
    assert cities <= known
    assert set(_CITIES) <= known
    assert {country for names in _PARTS.values() for country in names.split()} <= known
    assert all(find_countries(country) for country in _CITIES if country != "대만")
