"""Errors that people read are told in Korean as well as in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import errors
from assistant.error_messages import in_language

_PACKAGE = Path(errors.__file__).parent
# What an operator meets at the terminal, in English.
_FOR_OPERATORS = {"ConfigurationError", "IndexMismatchError", "GenerationError", "DataFolderBusyError"}
_FOR_READERS = {name for name in vars(errors) if name.endswith("Error")} - _FOR_OPERATORS
_HANGUL = re.compile("[가-힣]")


def _said(node: ast.expr) -> str | None:
    """A sentence as it is written in a call, with 7 in its blanks; None where it is put together elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return None


def _sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FOR_READERS:
                yield from ((path.name, said) for said in map(_said, node.args[1:3]) if said)


def test_every_problem_and_remedy_is_told_in_korean() -> None:
    found = list(_sentences())
    assert len(found) > 100
    assert [where for where in found if not _HANGUL.search(in_language(where[1], "ko"))] == []


def test_english_and_what_is_no_sentence_of_ours_stay_as_they_are() -> None:
    assert in_language("no such document", "en") == "no such document"
    for text in ("report.pdf", "", ". ", "the PDF is damaged, says somebody", "가. 나."):
        assert in_language(text, "ko") == text


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("it needs the role admin", "admin 권한이 필요합니다"),
        ("it is a PNG picture, not supported", "지원하지 않는 형식입니다(PNG 그림)"),
        ("12.3 MB is over the limit of 10.0 MB", "파일이 12.3 MB로, 한도 10.0 MB를 넘습니다"),
        ("the stream 'a {0} b' is missing or damaged", "파일의 일부가 없거나 손상되었습니다(the stream 'a {0} b')"),
    ],
)
def test_what_a_sentence_names_stands_in_the_korean_one(english: str, korean: str) -> None:
    assert in_language(english, "ko") == korean


def test_a_problem_and_its_remedy_in_one_text_are_told_together() -> None:
    text = "the file is larger than 50 MB. Split it, or raise the limit."
    assert in_language(text, "ko") == "파일이 50 MB보다 큽니다. 나누거나 한도를 늘리십시오."
