"""What a composer hands to the verifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import AnswerStatus, Citation, Claim, Notice


@dataclass(frozen=True, slots=True)
class DroppedClaim:
    """A sentence that was written and is not shown, and why: ``number: 70``, ``name: KOTRA``, or a ``Rejection`` of a model's claim."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verification: claims cite ``citations`` by number; afterwards ``dropped`` holds those that did not stand."""

    status: AnswerStatus
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    text: str = ""
    mode: Literal["extractive", "llm"] = "extractive"
    dropped: tuple[DroppedClaim, ...] = ()
