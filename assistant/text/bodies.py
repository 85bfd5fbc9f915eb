"""Ministries written in a row with one ending: 국토·외교부 for 국토부 and 외교부."""

from __future__ import annotations

import re

_DOT = r"\s?[·‧・･∙/]\s?"
_ROW = re.compile(rf"(?<![가-힣])((?:[가-힣]{{2,4}}{_DOT})+)([가-힣]{{1,4}}([부처청]))(?![가-힣])")
_PIECE = re.compile(_DOT)


def spelt_out(text: str) -> str:
    """``text`` with each ministry of such a row in full, a comma between them; other text stays as it is."""
    return _ROW.sub(_full, text)


def _full(row: re.Match[str]) -> str:
    *earlier, _ = _PIECE.split(row[1])
    ending = row[3]
    return ", ".join([*(name if name[-1] in "부처청" else name + ending for name in earlier), row[2]])
