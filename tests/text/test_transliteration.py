from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.transliteration import consonants, match, similarity, sound_keys


@pytest.mark.parametrize(
    ("korean", "latin"),
    [("볼티모어", "baltimore"), ("하람", "halam"), ("클리닉", "clinic"), ("스타터", "starter"), ("사마르켄트", "samirkent"), ("누산타라", "nusantara")],
)  # fmt: skip
def test_a_name_in_the_other_script_matches(korean: str, latin: str) -> None:
    assert match(korean, latin) > 0
    assert match(latin, korean) == match(korean, latin)


@pytest.mark.parametrize(
    ("korean", "latin"), [("볼티모어", "hanoi"), ("하람", "harbor"), ("콜카타", "collect"), ("베이루트", "flood")]
)
def test_a_word_that_sounds_otherwise_does_not(korean: str, latin: str) -> None:
    assert match(korean, latin) == 0


def test_one_consonant_is_too_little_to_tell_a_name() -> None:
    assert match("아로", "aro") == 0
    assert similarity("아로", "aro") == 0


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_words_in_one_script_are_no_transliterations(word: str) -> None:
    assert match(word, word) == 0


@given(st.text("가나다라마바사아자차카타파하볼림", min_size=1, max_size=6))
def test_a_word_is_looked_for_under_its_own_key_first_of_all(word: str) -> None:
    assert consonants(word) in sound_keys(word)
    assert all(len(key) >= len(consonants(word)) - 1 for key in sound_keys(word))
