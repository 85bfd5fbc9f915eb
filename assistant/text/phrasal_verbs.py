"""English verbs of two words (hand in, call off), whose particle every search passes over, by a verb that says the same alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Only those that say one thing in questions about papers, and something else than their first word.
_SAID_ALONE = {
    "submit": r"(?:hand(?:s|ed|ing)?|turn(?:s|ed|ing)?|send(?:s|ing)?|sent) in",
    "cancel": r"call(?:s|ed|ing)? off",
    "postpone": r"(?:put(?:s|ting)? (?:off|back)|push(?:es|ed|ing)? back)",
    "register": r"sign(?:s|ed|ing)? up",
    "attend": r"(?:tak(?:e|es|en|ing)|took) part",
    "establish": r"set(?:s|ting)? up",
    "reject": r"turn(?:s|ed|ing)? down",
    "exclude": r"(?:(?:leav(?:e|es|ing)|left|shut(?:s|ting)?) out|rul(?:e|es|ed|ing) out)",
    "close": r"shut(?:s|ting)? down",
    "repay": r"(?:pay(?:s|ing)?|paid) back",
    "conduct": r"carr(?:y|ies|ied|ying) out",
    "complete": r"fill(?:s|ed|ing)? (?:in|out)",
    "withdraw": r"(?:pull(?:s|ed|ing)?|drop(?:s|ped|ping)?|back(?:s|ed|ing)?) out",
    "reduce": r"(?:cut(?:s|ting)?|scal(?:e|es|ed|ing)) (?:down|back)",
    "increase": r"(?:go(?:es|ing)?|gone|went) up",
    "decrease": r"(?:go(?:es|ing)?|gone|went) down",
    "investigate": r"look(?:s|ed|ing)? into",
    "distribute": r"(?:(?:hand(?:s|ed|ing)?|giv(?:e|es|en|ing)|gave) out)",
    "transfer": r"hand(?:s|ed|ing)? over",
}
_FOUND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{verb}>{said})" for verb, said in _SAID_ALONE.items()) + r")\b", re.IGNORECASE
)


def verbs_of_two_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each verb of two words in ``text`` begins and ends, and the verb that says the same alone."""
    for match in _FOUND.finditer(text):
        if match.lastgroup is not None:
            yield match.start(), match.end(), match.lastgroup
