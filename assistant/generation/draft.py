"""What a composer hands to the verifier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from assistant.types import AnswerStatus, Citation, Claim, Notice, Record


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
    records: tuple[Record, ...] = ()

    def cited(self, claim: Claim) -> tuple[Citation, ...]:
        """What a claim cites."""
        return tuple(citation for citation in self.citations if citation.number in claim.citations)

    def renumbered(self) -> Draft:
        """The same with the citations its claims rest on and no others, numbered from 1 as they are first used."""
        used = dict.fromkeys(number for claim in self.claims for number in claim.citations)
        numbers = {old: new for new, old in enumerate(used, start=1)}
        cited = {citation.number: citation for citation in self.citations}
        claims = (replace(c, citations=tuple(numbers[number] for number in c.citations)) for c in self.claims)
        citations = (replace(cited[old], number=new) for old, new in numbers.items())
        return replace(self, claims=tuple(claims), citations=tuple(citations))

    def after(self, first: Draft, max_chars: int) -> Draft:
        """This draft's claims after those of ``first``, as many as ``max_chars`` characters of text allow; its last claims are left out."""
        known = {_place(citation): citation.number for citation in first.citations}
        citations = list(first.citations)
        numbers: dict[int, int] = {}
        for citation in self.citations:
            place = _place(citation)
            if place not in known:
                known[place] = len(citations) + 1
                citations.append(replace(citation, number=known[place]))
            numbers[citation.number] = known[place]
        claims = list(first.claims)
        used = sum(len(claim.text) for claim in claims)
        for claim in self.claims:
            used += len(claim.text)
            if used > max_chars:
                break
            claims.append(replace(claim, citations=tuple(numbers[number] for number in claim.citations)))
        return replace(
            self,
            claims=tuple(claims),
            citations=tuple(citations),
            notices=(*first.notices, *self.notices),
            records=first.records or self.records,
        )


def _place(citation: Citation) -> tuple[str, str, int, int, int]:
    document = citation.document
    return document.document_id, document.digest, citation.page, citation.start, citation.end
