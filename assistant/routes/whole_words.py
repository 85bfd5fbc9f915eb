"""Words that a browser would break though nobody would write them so."""

from __future__ import annotations

import re

# Longer words may be broken: on a phone they would not fit a line.
_MAX_KEPT = 18
# What browsers break a word at: 50%|입니다, 중소|·중견기업, (D-|74), 02-|0000-0000.
_BREAKABLE = re.compile(r"[·%~–\-()]")


def pieces(text: str) -> list[tuple[str, bool]]:
    """The words of ``text`` and what stands between them, in order, each with whether it must stay on one line."""
    words = (piece for piece in re.split(r"(\s+)", text) if piece)
    return [(word, 1 < len(word) <= _MAX_KEPT and bool(_BREAKABLE.search(word))) for word in words]
