"""The parts of a question that asks several things: "What does it pay, and who may apply?", "얼마까지 주고 마감은 언제예요?".

A part ends with a question mark, or where a clause that asks is joined to another one that asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.language import has_hangul

_ASKS_KO = r"(?:얼마|뭐|뭔|뭘|무엇|무슨|어떤|어떻게|어디|언제|누구|누가|몇|왜(?![가-힣])|어느)"
_ASKS_EN = r"(?:what|when|where|who|whom|which|why|how)"
_ASKS = re.compile(rf"{_ASKS_KO}|\b{_ASKS_EN}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^?？]+[?？]?")
# "얼마고", "열리고", "얼마인지"; "하고 싶은데" and "라고 하던데" join nothing.
_JOINED_KO = re.compile(
    r"(?P<stem>[가-힣]+?)(?P<end>이고|고|구|며|인지|는지|은지)(?:요|와|랑)?,?\s+(?!싶|있|계[시신세]|보[니면고]|나서|들었|들은|하[던는네])"
)
_REPORTS = re.compile(r"[다라냐자려]$")
_JOINED_EN = re.compile(
    rf"(?:,\s*and|\s+and|,(?=\s*(?:what|how|why)\b))\s+(?=(?:(?:by|until|at|in|for|to|on|from)\s)?{_ASKS_EN}\b)",
    re.IGNORECASE,
)
# "언제 어디서 열리나요?", "Where and when is it?": one clause, two questions.
_PAIR = re.compile(
    r"(?P<one>언제|어디서|어디에서|누가)[,\s]+(?:그리고\s+)?(?P<two>언제|어디서|어디에서|누가|어떻게)(?=\s)"
    r"|\b(?P<first>where|when|who|how|why)\s+and\s+(?P<second>where|when|who|how|why)\b(?=\s+\w)",
    re.IGNORECASE,
)
# A question word alone, and "when the plant opens, …".
_NO_CLAUSE = re.compile(
    r"\s*(?:\w+\s*$|when\s(?!is|was|are|were|do|does|did|will|would|can|could|has|have|had|should|must)\w)",
    re.IGNORECASE,
)
_MIN_CHARS = 2
_MOST = 4


def parts(question: str) -> list[str]:
    """The questions in a question, in order and each with a question mark; the question itself where it asks one thing, or more than four.

    A sentence that asks nothing belongs to the question after it.
    """
    found = [part for sentence in _sentences(question) for clause in _clauses(sentence) for part in _pairs(clause)]
    return found if 1 < len(found) <= _MOST else [question]


def _sentences(question: str) -> Iterator[str]:
    before = ""
    for match in _SENTENCE.finditer(question):
        said = match.group().strip()
        if len(said) < _MIN_CHARS:
            continue
        if said[-1] in "?？" or _ASKS.search(said):
            yield f"{before} {said}".strip()
            before = ""
        else:
            before = f"{before} {said}".strip()


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence that ask, each made whole."""
    pattern = _JOINED_KO if has_hangul(sentence) else _JOINED_EN
    start = 0
    for match in pattern.finditer(sentence):
        clause = sentence[start : match.start()] if pattern is _JOINED_EN else sentence[start : match.end("stem")]
        asks = _ASKS.search(clause) and _ASKS.search(sentence, match.end())
        if not asks or _REPORTS.search(clause) or _NO_CLAUSE.match(clause):
            continue
        yield f"{_whole(clause, match) if pattern is _JOINED_KO else clause.strip()}?"
        start = match.end()
    yield sentence[start:].strip()


def _whole(clause: str, joined: re.Match[str]) -> str:
    """A Korean clause with the ending of a question in place of the one that joins it to the next."""
    if re.search(rf"{_ASKS_KO}$", clause) or joined["end"] in ("이고", "인지"):
        return f"{clause.strip()}인가요"
    return f"{clause.strip()}나요"


def _pairs(clause: str) -> Iterator[str]:
    match = _PAIR.search(clause)
    if match is None:
        yield clause
        return
    for word in (match["one"] or match["first"], match["two"] or match["second"]):
        yield f"{clause[: match.start()]}{word}{clause[match.end() :]}"
