"""What denies, excludes or forbids in a claim and in its source."""

from __future__ import annotations

import re

from assistant.generation.grounding.polarity import is_negated

_ALSO_NEGATIVE = re.compile(
    r"\bexempt\w*|\bfails? to\b|면제|없애|\bbarred\b|지 못|아님|뜻은 아|포기|접고|접는"
    r"|\bleav(?:e|es|ing) out\b|\bleft out\b|\bomit\w*|\bgiv(?:e|es|ing|en) up\b|\bgave up\b|\babandon\w*",
    re.IGNORECASE,
)
# Words that deny without a word of denial: they excuse a denial, but are none.
HALF_NEGATIVE = re.compile(
    r"\bnon-?[a-z]{4,}|\bun[a-z]{4,}|\bbeside\b|상시|그대로|당초와 같|\bdiffer\w*|\brather than\b|\binstead\b|\bonly\b"
    r"|\bfail\w*|\bclosed\b|\blacks?\b|\bfree\b"
    r"|(?<![가-힣])(?:비상업|비구속|비수도권|비대상|비회원|무료|무상|무관|무단|미정|미확정|미공개|미만|불참|불포함|불충분)|다르|다른|달라|밖[의에]|[가-힣]만\s"
    r"|미만|부족|모자라|어렵|예로 든|예시|예:",
    re.IGNORECASE,
)
NEGATIVE_PREFIX = re.compile(
    r"\bnon-?[a-z]{4,}|\buntied\b|비상업|비구속|비수도권|미정|놓치|\bmiss(?:ed|es)?\b|다르|달라|다른 ", re.IGNORECASE
)
_NOT_NEGATIVE = re.compile(r"변경 없|당초|not (?:older|later|more|less|fewer)|다름없|as well as not", re.IGNORECASE)
# Where a denial ends and another statement begins.
DENIAL_CUT = re.compile(
    r"[;()]|,\s|\b(?:where|which|who|but|while|because|if)\b|(?<=[가-힣])(?:며|고|지만|으나)(?:,\s|\s)"
    r"|(?<=못해|않아|없어)\s",
    re.IGNORECASE,
)


def negated(text: str) -> bool:
    """Whether a clause denies, excludes or forbids."""
    plain = _NOT_NEGATIVE.sub(" ", text)
    return is_negated(plain) or _ALSO_NEGATIVE.search(plain) is not None
