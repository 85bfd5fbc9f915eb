"""What a question must be before it is asked."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError

from assistant.messages import message
from assistant.types import Language


def question_problem(text: str, language: Language, max_chars: int) -> str | None:
    """What is wrong with a question, in the reader's language; ``None`` if it can be asked."""
    if not text.strip():
        return message(language, "empty_question")
    if len(text) > max_chars:
        return message(language, "too_long", limit=max_chars)
    return None


def check_question(field: str, text: str, language: Language, max_chars: int) -> None:
    """Refuse a question that cannot be asked, as a fault of the body's ``field``. Raises RequestValidationError."""
    problem = question_problem(text, language, max_chars)
    if problem:
        raise RequestValidationError([{"loc": ("body", field), "type": "question", "msg": problem}])
