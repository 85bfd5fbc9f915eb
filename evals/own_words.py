"""What is said of a set of one's own, in both languages: the same keys in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.text.language import has_hangul
from assistant.types import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "row": "row {number}",
        "line": "line {number}",
        "missing": "{field} is missing",
        "unknown": "unknown fields {names}; there are {known}",
        "language": "the language {value!r} is neither ko nor en",
        "list": "{field} is not a list of texts",
        "facts": "must_contain is not a list of lists of alternatives",
        "profile": "profile is not an object with some of {names}",
        "status": "the expected status {value} is none of {names}",
        "status_facts": "a question with an answer needs key facts in must_contain, and one without has none",
        "as_of": "as_of {value!r} is not a date such as 2026-11-22",
        "difficulty": "difficulty {value!r} is none of 1, 2, 3",
        "history": 'history is not a list such as [{{"role": "user", "content": "..."}}]',
        "twice": "stands twice",
        "no_document": "there is no document {name}",
        "no_evidence": "no document listed holds {quote!r}",
        "json": "{field} is not JSON: {value}",
        "more_cells": "has more cells than the first row has columns; put quotation marks around text with commas",
        "no_question": "has no question, but other cells",
        "no_columns": "the columns {names} are missing; there are {known}",
        "no_rows": "there is no question in it",
        "counted": "{questions} questions, {problems} problems",
        "written": "{out}: {questions} questions",
        "not_written": "{out} was not written: {problems} problems in {questions} questions",
        "unchecked": "whether the evidence stands in the documents was not looked at; --data-dir does that",
    },
    "ko": {
        "row": "{number}행",
        "line": "{number}번째 줄",
        "missing": "{field}이(가) 없습니다",
        "unknown": "알 수 없는 항목 {names}이(가) 있습니다. 쓸 수 있는 항목: {known}",
        "language": "언어 {value!r}은(는) ko도 en도 아닙니다",
        "list": "{field}은(는) 글의 목록이어야 합니다",
        "facts": "must_contain(정답)은 대안 목록의 목록이어야 합니다",
        "profile": "profile(기업 정보)은 다음 항목만 가진 객체여야 합니다: {names}",
        "status": "expected_status(기대 상태) {value}은(는) 다음 가운데 하나가 아닙니다: {names}",
        "status_facts": "답이 있는 질문에는 must_contain(정답)이 있어야 하고, 답이 없는 질문에는 없어야 합니다",
        "as_of": "as_of(기준일) {value!r}은(는) 2026-11-22와 같은 날짜가 아닙니다",
        "difficulty": "difficulty(난이도) {value!r}은(는) 1, 2, 3 가운데 하나가 아닙니다",
        "history": 'history(이전 대화)는 [{{"role": "user", "content": "..."}}]와 같은 목록이어야 합니다',
        "twice": "두 번 나옵니다",
        "no_document": "{name} 문서가 없습니다",
        "no_evidence": "적힌 문서 어디에도 {quote!r}이(가) 없습니다",
        "json": "{field}이(가) JSON이 아닙니다: {value}",
        "more_cells": "첫 행의 열보다 칸이 많습니다. 쉼표가 든 글은 따옴표로 묶어 주십시오",
        "no_question": "질문은 비어 있고 다른 칸만 채워져 있습니다",
        "no_columns": "{names} 열이 없습니다. 있는 열: {known}",
        "no_rows": "질문이 하나도 없습니다",
        "counted": "질문 {questions}개, 문제 {problems}건",
        "written": "{out}: 질문 {questions}개를 적었습니다",
        "not_written": "{out}을(를) 쓰지 않았습니다: 질문 {questions}개에 문제 {problems}건",
        "unchecked": "근거가 문서에 있는지는 살피지 않았습니다. --data-dir를 주면 살핍니다",
    },
}


def say(key: str, language: Language, **values: Any) -> str:
    """One sentence of the catalogue."""
    return WORDS[language][key].format(**values)


def language_of(texts: Iterable[str]) -> Language:
    """Korean if at least half of the texts hold Hangul, as a center's questions do; else English."""
    korean = [has_hangul(text) for text in texts if text.strip()]
    return "ko" if korean and 2 * sum(korean) >= len(korean) else "en"
