"""One step of an answer as it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.generation.draft import DroppedClaim
from assistant.types import Answer, Citation, Claim


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a streamed answer: what is being done, a verified claim with what it cites, or the whole answer."""

    kind: Literal["status", "claim", "final"]
    step: str = ""
    claim: Claim | None = None
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    dropped: tuple[DroppedClaim, ...] = ()
    """With the whole answer: sentences that were written and did not stand."""
