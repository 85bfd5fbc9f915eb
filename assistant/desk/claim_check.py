"""Whether the cited places bear out a sentence that an officer wrote or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.desk.contract import Check
from assistant.generation.claim_parser import ProposedClaim
from assistant.generation.grounding import ClaimGrounder, Rejection
from assistant.generation.verification import is_supported
from assistant.types import Chunk, Citation, Claim, Language, ScoredChunk, Span

# These say that the places don't carry the sentence, not that something in it is wrong.
_MILD = frozenset({Rejection.SIMILARITY, Rejection.LANGUAGE, Rejection.FORM})


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; ``reasons`` says why it is not ``supported``."""

    check: Check
    reasons: tuple[str, ...] = ()


class ClaimCheck:
    """Checks a sentence against exactly the places it cites, as strictly as a language model's claims are."""

    def __init__(self, grounder: ClaimGrounder) -> None:
        self._grounder = grounder

    def check(self, text: str, language: Language, citations: Sequence[Citation]) -> Finding:
        """Check one claim, which may be several sentences.

        ``supported``: every sentence is proven. ``not``: something in one of them does not stand in the cited places. ``partly``: what it
        says of numbers and names stands there, but the places don't carry all of it.
        """
        if not citations:
            return Finding("note")
        sources = [_source(citation) for citation in citations]
        proposed = ProposedClaim(text, tuple(range(1, len(sources) + 1)))
        outcomes = self._grounder.ground(proposed, language, sources)
        rejections = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
        if not rejections:
            return Finding("supported")
        reasons = tuple(dict.fromkeys(rejection.value for rejection in rejections))
        numbered = dict(enumerate(citations, start=1))
        stands = is_supported(Claim(text, tuple(numbered)), numbered)
        if not set(rejections) <= _MILD:
            return Finding("not", reasons)
        return Finding("partly", reasons) if stands else Finding("not", (*reasons, Rejection.VERIFIER.value))


def _source(citation: Citation) -> ScoredChunk:
    """A cited place as a source of its own, one line of the quotation a line of the chunk."""
    spans, start = [], citation.start
    for line in citation.quote.split("\n"):
        spans.append(Span(citation.page, start, start + len(line)))
        start += len(line) + 1
    chunk = Chunk(
        chunk_id=citation.chunk_id,
        document_id=citation.document.document_id,
        ordinal=0,
        text=citation.quote,
        section=citation.section,
        spans=tuple(spans),
        language=citation.document.language,
        digest="",
    )
    return ScoredChunk(chunk, citation.document, score=1.0, ranks={})
