"""Korean or English, by the share of Hangul: all that two languages with two scripts need."""

from __future__ import annotations

import re

from assistant.types import Language

_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_LATIN = re.compile("[A-Za-z]")
# A Korean sentence about "PIS fund" and "K-SURE" is still Korean: particles and endings are few, names are long.
_MIN_HANGUL_RATIO = 0.15


def has_hangul(text: str) -> bool:
    """Whether ``text`` holds a Hangul syllable or letter."""
    return _HANGUL.search(text) is not None


def detect_language(text: str, default: Language = "ko") -> Language:
    """The language ``text`` is written in; ``default`` where it holds no letters of either script."""
    hangul = len(_HANGUL.findall(text))
    latin = len(_LATIN.findall(text))
    if hangul + latin == 0:
        return default
    return "ko" if hangul / (hangul + latin) >= _MIN_HANGUL_RATIO else "en"
