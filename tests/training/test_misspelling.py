"""Questions as people mistype them."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.misspelling import misspelt

QUESTIONS = ("협력센터는 몇 시에 문을 여나요?", "How much of the study cost do we bear?", "PIS 펀드 규모는 얼마인가요")


@pytest.mark.parametrize("question", QUESTIONS)
def test_most_draws_change_the_question_and_all_keep_nearly_all_of_it(question: str) -> None:
    drawn = [misspelt(question, random.Random(seed)) for seed in range(200)]
    assert sum(text != question for text in drawn) > 100
    assert len(set(drawn)) > 15
    assert all(abs(len(text) - len(question)) <= 2 for text in drawn)


@given(st.text(max_size=80), st.integers(0, 99))
def test_any_text_comes_back_alike_for_the_same_draw_and_with_its_figures(text: str, seed: int) -> None:
    mistyped = misspelt(text, random.Random(seed))
    assert mistyped == misspelt(text, random.Random(seed))
    assert [c for c in mistyped if c.isdigit()] == [c for c in text if c.isdigit()]


@given(st.text("0123456789 ?.%$ab-", max_size=40), st.integers(0, 99))
def test_what_has_no_word_stays_as_it_is(text: str, seed: int) -> None:
    short = " ".join(word[:3] for word in text.split(" "))
    assert misspelt(short, random.Random(seed)) == short


@given(st.integers(0, 500))
def test_a_korean_mistake_is_another_whole_syllable(seed: int) -> None:
    mistyped = misspelt("접수 기간을 알려 주세요", random.Random(seed))
    assert all("가" <= c <= "힣" for c in mistyped if c != " ")
    assert unicodedata.normalize("NFC", mistyped) == mistyped
