"""Latin abbreviations written as Korean says their letters: 엠오유 for MOU, 이디씨에프 for EDCF."""

from __future__ import annotations

import re
from collections.abc import Callable

_NAMES = {
    "에이치": "H", "더블유": "W", "에이": "A", "비": "B", "씨": "C", "시": "C", "디": "D", "이": "E", "에프": "F", "지": "G", "아이": "I",
    "제이": "J", "케이": "K", "엘": "L", "엠": "M", "엔": "N", "오": "O", "피": "P", "큐": "Q", "알": "R", "에스": "S", "티": "T",
    "유": "U", "브이": "V", "엑스": "X", "와이": "Y", "제트": "Z",
}  # fmt: skip
_LETTER = "|".join(sorted(_NAMES, key=len, reverse=True))
_SPELT = re.compile(rf"(?<![가-힣])(?:{_LETTER}){{3,}}")
_ONE = re.compile(_LETTER)
_MIN_LETTERS = 3


def with_abbreviations(text: str, known: Callable[[str], bool]) -> str:
    """``text`` with abbreviations in Latin letters that it spells as they are said, as long as they are ``known``.

    The longest known one is taken, since a particle may follow that is the name of a letter too (엠오유이). Abbreviations of two
    letters are left alone: 이유 is a reason and no EU.
    """

    def written(match: re.Match[str]) -> str:
        names = _ONE.findall(match.group())
        for length in range(len(names), _MIN_LETTERS - 1, -1):
            letters = "".join(_NAMES[name] for name in names[:length])
            if known(letters):
                return letters + "".join(names[length:])
        return match.group()

    return _SPELT.sub(written, text)
