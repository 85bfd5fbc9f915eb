from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.letters import with_abbreviations

_KNOWN = {"MOU", "EDCF", "KSP", "PPP", "EU"}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("엠오유 맺은 나라", "MOU 맺은 나라"),
        ("이디씨에프와 케이에스피는?", "EDCF와 KSP는?"),
        ("이디시에프가 뭔가요", "EDCF가 뭔가요"),
        ("엠오유이 필요한가요", "MOU이 필요한가요"),
    ],
)
def test_letters_written_as_they_are_said_become_the_abbreviation(said: str, written: str) -> None:
    assert with_abbreviations(said, _KNOWN.__contains__) == written


@pytest.mark.parametrize("text", ["그 이유는?", "시이오 인터뷰", "오피스 주소", "하이디시에프", "비디오"])
def test_words_that_only_sound_like_letters_stay(text: str) -> None:
    assert with_abbreviations(text, _KNOWN.__contains__) == text


@given(st.text("에이비씨디오유 a", max_size=20))
def test_nothing_changes_where_nothing_is_known(text: str) -> None:
    assert with_abbreviations(text, lambda letters: False) == text
