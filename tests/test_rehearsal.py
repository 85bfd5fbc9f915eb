"""What a server does before its first reader comes: it goes the way of a question and keeps nothing of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.assistant import PolicyAssistant
from assistant.commands.serve import _REHEARSED
from assistant.service import build_assistant
from assistant.text.language import detect_language
from assistant.types import Question
from assistant.workspace import Workspace


class UnaskedModel:
    """A language model that must not be asked: it costs money, and nobody has asked yet."""

    def stream(self, *asked: Any) -> Any:
        raise AssertionError(asked)


@pytest.fixture(scope="module")
def assistant(answer_library: Workspace) -> PolicyAssistant:
    built = build_assistant(answer_library)
    built._composer._writer = UnaskedModel()  # the edge of the machine
    return built


def test_questions_in_both_languages_are_rehearsed() -> None:
    assert sorted(detect_language(question) for question in _REHEARSED) == ["en", "ko"]


@pytest.mark.parametrize("text", _REHEARSED)
def test_a_rehearsal_asks_no_model_and_keeps_nothing(
    answer_library: Workspace, assistant: PolicyAssistant, text: str
) -> None:
    kept = answer_library.store.conversations.first_questions()
    assistant.rehearse(Question(text, date(2026, 11, 22)))
    assert answer_library.store.conversations.first_questions() == kept
    # The same question of a reader goes to the model.
    with pytest.raises(AssertionError, match="PIS"):
        assistant.ask(Question(text, date(2026, 11, 22)))
