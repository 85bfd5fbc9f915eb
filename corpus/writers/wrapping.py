"""Lines no wider than a page."""

from __future__ import annotations

import re
from collections.abc import Callable


def wrapped(text: str, width: Callable[[str], float], limit: float) -> list[str]:
    """``text`` cut at blanks into lines no wider than ``limit``; a longer word is cut anywhere."""
    lines = [""]
    for word in re.findall(r"\s*\S+", text):
        if lines[-1] and width(lines[-1] + word) > limit:
            lines.append("")
            word = word.lstrip()
        while width(lines[-1] + word) > limit and len(word) > 1:
            cut = next(size for size in range(len(word), 0, -1) if size == 1 or width(lines[-1] + word[:size]) <= limit)
            lines[-1] += word[:cut]
            word = word[cut:]
            lines.append("")
        lines[-1] += word
    return [line for line in lines if line.strip()]
