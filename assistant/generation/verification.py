"""No sentence without proof: the same check for every composer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from assistant.generation.draft import Draft
from assistant.types import AnswerStatus, Citation, Claim

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z&.-]*[A-Za-z]")


class Verifier:
    """Removes claims whose numbers or names do not stand in what they cite."""

    def verify(self, draft: Draft) -> Draft:
        """Return the draft with its supported claims only; without any it is no answer but ``no_evidence``."""
        if draft.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
            return draft
        cited = {citation.number: citation for citation in draft.citations}
        claims = tuple(claim for claim in draft.claims if is_supported(claim, cited))
        status = draft.status if claims else AnswerStatus.NO_EVIDENCE
        return replace(draft, claims=claims, status=status)


def is_supported(claim: Claim, citations: Mapping[int, Citation]) -> bool:
    """Whether every number and every Latin name of a claim stands in its cited spans (names also in their title or headings).

    A claim that cites nothing, or a number that no citation has, is not supported.
    """
    if not claim.citations or any(number not in citations for number in claim.citations):
        return False
    cited = [citations[number] for number in claim.citations]
    quotes = _folded(" ".join(citation.quote for citation in cited))
    addresses = _folded(" ".join(" ".join((c.document.title, *c.section)) for c in cited))
    text = _folded(claim.text)
    numbers = set(_NUMBER.findall(quotes)) | set(_NUMBER.findall(" ".join(_folded(c.document.title) for c in cited)))
    if not set(_NUMBER.findall(text)) <= numbers:
        return False
    return all(
        name.lower() in f"{quotes} {addresses}".lower() or name in _FRAME_WORDS for name in _LATIN_NAME.findall(text)
    )


# Words of our own frames that look like names.
_FRAME_WORDS = frozenset({"The", "Korean", "English"})


def _folded(text: str) -> str:
    """NFKC with the commas of thousands taken out."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
