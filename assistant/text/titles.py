"""Whether two titles name versions of one paper."""

from __future__ import annotations

import re
import unicodedata

_MARK = (
    r"(?:제?\s?\d+차\s?)?(?:수정|정정|변경|개정|재공고|최종|확정|초안)(?:본|안|판|공고)?|(?:최종|수정)\s?\d*"
    r"|revised|revision|updated?|amended|corrected|corrigendum|final|draft|(?:ver(?:sion)?|v|rev)\.?\s?\d[\d.]*"
)
_MARKS = re.compile(
    rf"[\[(<〈《「【]\s*(?:{_MARK})\s*[\])>〉》」】]|[\s_,-]+(?:ver\.?|v|rev\.?)\s?\d[\d.]*$", re.IGNORECASE
)
# Shorter titles ("보도자료", "Notice") name a sort of paper, not one.
_MIN_LETTERS = 8


def title_key(title: str) -> str:
    """The title without marks of revision, blanks and signs; empty for one that is too short to name a paper.

    ``해외진출 지원 안내(수정)`` and ``해외진출 지원안내`` have the same key. A year is part of the name: next year's call
    is another paper.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFC", title).strip()).casefold()
    key = "".join(character for character in bare if character.isalnum())
    return key if len(key) >= _MIN_LETTERS else ""
