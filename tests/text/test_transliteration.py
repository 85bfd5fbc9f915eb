from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.transliteration import match, match_stem, similarity, sound_keys, stem_keys


@pytest.mark.parametrize(
    ("korean", "latin"),
    [("볼티모어", "baltimore"), ("하람", "halam"), ("클리닉", "clinic"), ("스타터", "starter"), ("사마르켄트", "samirkent"),
     ("누산타라", "nusantara")],
)  # fmt: skip
def test_a_name_in_the_other_script_matches(korean: str, latin: str) -> None:
    assert match(korean, latin) > 0
    assert match(latin, korean) == match(korean, latin)


@pytest.mark.parametrize(
    ("korean", "latin"), [("볼티모어", "hanoi"), ("하람", "harbor"), ("콜카타", "collect"), ("다마스쿠스", "museum")]
)
def test_a_word_that_sounds_otherwise_does_not(korean: str, latin: str) -> None:
    assert match(korean, latin) == 0


def test_one_consonant_is_too_little_to_tell_a_name() -> None:
    assert match("아로", "aro") == 0
    assert similarity("아로", "aro") == 0


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_words_in_one_script_are_no_transliterations(word: str) -> None:
    assert match(word, word) == 0


@given(
    st.text("가나다라마바사아자차카타파하볼림", min_size=1, max_size=6),
    st.text("abdeiklmnoprstu", min_size=1, max_size=12),
)
def test_words_that_match_share_a_key_by_which_they_are_found(korean: str, latin: str) -> None:
    if match(korean, latin):
        assert sound_keys(korean) & sound_keys(latin)


def test_a_slip_in_one_of_five_consonants_is_forgiven_in_either_direction() -> None:
    assert sound_keys("사마르켄트") & sound_keys("samirkent")
    assert match("사마르켄트", "samirkent") > 0
    assert match("samirkent", "사마르켄트") > 0


@pytest.mark.parametrize(("korean", "stem"), [("사마르켄트", "samirk"), ("난징", "nanj"), ("하노버", "hanov")])
def test_a_name_matches_the_stem_that_the_index_holds_of_it(korean: str, stem: str) -> None:
    assert match_stem(korean, stem) == match_stem(stem, korean) > 0
    assert (sound_keys(korean) | stem_keys(korean)) & sound_keys(stem)
    assert (sound_keys(stem) | stem_keys(stem)) & sound_keys(korean)


@pytest.mark.parametrize(("korean", "stem"), [("볼티모어", "hanoi"), ("하람", "harbor"), ("콜카타", "collect")])
def test_a_stem_that_sounds_otherwise_does_not(korean: str, stem: str) -> None:
    assert match_stem(korean, stem) == 0
