from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.particles import with_particle


@pytest.mark.parametrize(
    ("word", "particle", "whole"),
    [
        ("로드쇼", "은", "로드쇼는"),
        ("바우처 지원사업", "은", "바우처 지원사업은"),
        ("PIS 펀드", "이", "PIS 펀드가"),
        ("KOTRA", "이", "KOTRA가"),
        ("KIND", "을", "KIND를"),
        ("EDCF", "은", "EDCF는"),
        ("KEXIM", "은", "KEXIM은"),
        ("Roadshow 2027", "이", "Roadshow 2027이"),
        ("방콕 로드쇼(2025)", "은", "방콕 로드쇼(2025)는"),
        ("「협력센터」", "과", "「협력센터」와"),
        ("서울", "으로", "서울로"),
        ("부산", "으로", "부산으로"),
        ("Bangkok", "은", "Bangkok은"),
        ("World Smart City Expo", "이", "World Smart City Expo가"),
    ],
)
def test_a_particle_follows_the_sound_before_it(word: str, particle: str, whole: str) -> None:
    assert with_particle(word, particle) == whole


@given(st.text(max_size=20))
def test_any_word_takes_one_of_the_two_forms(word: str) -> None:
    assert with_particle(word, "은") in (word + "은", word + "는")
