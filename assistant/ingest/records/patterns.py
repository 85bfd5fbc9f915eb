"""How the words that readers look for are compiled."""

from __future__ import annotations

import re


def any_case(pattern: str) -> re.Pattern[str]:
    """``pattern`` with its English words in capitals or not."""
    return re.compile(pattern, re.IGNORECASE)
