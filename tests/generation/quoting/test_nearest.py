"""What was looked for, in the words of the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.quoting.nearest import searched_for
from assistant.text.language import detect_language
from assistant.types import Concept, Query
from assistant.workspace import Workspace


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("하노이 지하철 5호선 공사비는 얼마인가요?", "5호선"),
        ("2027년 3분기 예산은?", "3분기"),
        ("How much does Hanoi metro line 5 cost?", "line 5"),
    ],
)
def test_words_with_a_number_are_shown_whole(answer_library: Workspace, question: str, shown: str) -> None:
    query = answer_library.retriever.query_builder.build(question, detect_language(question))
    assert shown in searched_for(query).split(", ")


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_only_words_of_the_question_are_shown(text: str, words: list[str]) -> None:
    query = Query(text, "ko", tuple(Concept(word, {"ko": (), "en": ()}) for word in words))
    assert searched_for(query) == text or all(
        part in text for part in searched_for(query).split(", ") if "," not in text
    )
