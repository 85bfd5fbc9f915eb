"""Short words of a page stay on one line, and nothing of a text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.routes.whole_words import pieces


@pytest.mark.parametrize("word", ["50%입니다", "중소·중견기업", "(D-74)", "02-0000-0000"])
def test_a_short_word_is_kept_together(word: str) -> None:
    assert pieces(f"문의 {word} 까지") == [("문의", False), (" ", False), (word, True), (" ", False), ("까지", False)]


@pytest.mark.parametrize("word", ["지원사업", "02-0000-0000,webinar@example.org", "-"])
def test_a_plain_word_and_a_long_one_are_left_alone(word: str) -> None:
    assert pieces(word) == [(word, False)]


@given(st.text())
def test_nothing_is_lost_or_added(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text
