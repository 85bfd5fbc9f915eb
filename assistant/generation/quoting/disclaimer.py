"""Lines in which a document speaks of itself, or says what it does not say."""

from __future__ import annotations

import re

from assistant.generation.quoting.clauses import CELL

_ON_ITSELF = re.compile(
    r"이 (?:문서|자료|공고문?|안내문?|표|명단|설명|보도자료|글)(?:은|는|이|의|에|를|로)|위 (?:표|명단|계산|내용)|(?:바탕|원문|원) 자료"
    r"|자료(?:에|이며|의 값)|다시 쓴|문서에 (?:없|담)|지어낸"
    r"|\b(?:this|the) (?:document|notice|sheet|article|announcement|guide|text|paper|list|table)\b|\bmade up for\b",
    re.IGNORECASE,
)
_NOT_STATED = re.compile(
    r"(?:실려|적혀|나와|담겨|밝혀져?|정해져?|공개되?어?|포함되어)\s?있지\s?않"
    r"|(?:나오지|나타나지|다루지|밝히지|싣지|적지|정하지)\s?않|자료에(?:는)?\s?없|목록이\s?없"
    r"|\bnot stated\b|\b(?:does|do|did) not (?:say|state|give|mention|name|tell)\b"
    r"|\bgives? no\b|\bnames? no\b|\bsays nothing\b|\bnot yet (?:fixed|decided|known)\b",
    re.IGNORECASE,
)


def is_on_itself(text: str) -> bool:
    """Whether a line speaks of its document ("이 문서는 …", "위 표는 …"): it says nothing of the document's subject."""
    return _ON_ITSELF.search(text) is not None


def is_not_stated(text: str) -> bool:
    """Whether a line says that something is not said. A table's row may, in one cell, and still tell the rest."""
    return CELL not in text and _NOT_STATED.search(text) is not None


def is_disclaimer(text: str) -> bool:
    """Whether a line, no table's row, is of no use beside one that answers."""
    return CELL not in text and (is_on_itself(text) or is_not_stated(text))
