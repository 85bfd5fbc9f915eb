"""No sentence without proof: the same check for every composer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.generation.draft import Draft, DroppedClaim
from assistant.text.amounts import Amount, find_amounts
from assistant.text.dates import DateMention, find_dates
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Citation, Claim

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z&.-]*[A-Za-z]")


class Verifier:
    """Removes claims whose numbers or names do not stand in what they cite.

    Args:
        terms: a name may stand in the claim in the other language than in the quotation if the termbase knows both.
    """

    def __init__(self, terms: TermFinder | None = None) -> None:
        self._terms = terms

    def verify(self, draft: Draft) -> Draft:
        """Return the draft with its supported claims only, the others in ``dropped``; without any it is no answer but ``no_evidence``."""
        if draft.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
            return draft
        cited = {citation.number: citation for citation in draft.citations}
        objections = [objection(claim, cited, self._terms) for claim in draft.claims]
        claims = tuple(claim for claim, why in zip(draft.claims, objections, strict=True) if why is None)
        dropped = tuple(DroppedClaim(c.text, why) for c, why in zip(draft.claims, objections, strict=True) if why)
        status = draft.status if claims else AnswerStatus.NO_EVIDENCE
        return replace(draft, claims=claims, status=status, dropped=(*draft.dropped, *dropped))


def is_supported(claim: Claim, citations: Mapping[int, Citation], terms: TermFinder | None = None) -> bool:
    """Whether ``objection`` finds nothing against a claim."""
    return objection(claim, citations, terms) is None


def objection(claim: Claim, citations: Mapping[int, Citation], terms: TermFinder | None = None) -> str | None:
    """What speaks against a claim: a number or a Latin name that does not stand in its cited spans (names also in their title or headings).

    A number may be written otherwise if it belongs to a date or an amount that the spans hold with the same value (``’19.下`` and
    the second half of 2019; 5천억원 and KRW 500 billion), a name if the termbase knows it by the other language's form. ``None`` when all
    stands; a claim that cites nothing, or a number that no citation has, is not supported.
    """
    if not claim.citations or any(number not in citations for number in claim.citations):
        return "citation: none"
    cited = [citations[number] for number in claim.citations]
    titles = _folded(" ".join(c.document.title for c in cited))
    quotes = _folded(" ".join(citation.quote for citation in cited))
    text = _folded(claim.text)
    number = _strange_number(text, f"{quotes} {titles}", cited)
    if number is not None:
        return f"number: {number}"
    known = f"{quotes} {titles} {_folded(' '.join(' '.join(c.section) for c in cited))}".lower()
    unknown = [n for n in _LATIN_NAME.findall(text) if n.lower() not in known and n not in _FRAME_WORDS]
    if unknown and terms is not None:
        renderings = _renderings(terms, cited)
        unknown = [name for name in unknown if name not in renderings]
    return f"name: {unknown[0]}" if unknown else None


def _strange_number(text: str, source: str, cited: Sequence[Citation]) -> str | None:
    """The first number of ``text`` that neither stands in ``source`` nor belongs to a date or amount of the same value."""
    there = set(_NUMBER.findall(source))
    strange = [match for match in _NUMBER.finditer(text) if match.group() not in there]
    if not strange:
        return None
    values = {value for citation in cited for _, value in _valued(_folded(citation.quote), _anchor(citation))}
    proven = [
        (mention.start, mention.end)
        for anchor in {_anchor(citation) for citation in cited}
        for mention, value in _valued(text, anchor)
        if value in values
    ]
    return next((m.group() for m in strange if not any(start <= m.start() < end for start, end in proven)), None)


def _anchor(citation: Citation) -> date | None:
    published = citation.document.published
    return published.start if published else None


def _valued(text: str, anchor: date | None) -> Iterator[tuple[DateMention | Amount, tuple[object, ...]]]:
    """Every date and amount of a text with what two writings of the same thing have in common."""
    for mention in find_dates(text, anchor):
        if mention.period is not None:
            yield mention, (mention.period.start, mention.period.end)
    for amount in find_amounts(text):
        yield amount, (amount.lower, amount.upper, amount.unit)


def _renderings(terms: TermFinder, cited: Sequence[Citation]) -> set[str]:
    """Latin words of every form of the terms that stand in the quotations or their headings."""
    source = " ".join(" ".join((c.quote, c.document.title, *c.section)) for c in cited)
    return {
        name
        for match in terms.find(source)
        for form in match.term.forms("en")
        for name in _LATIN_NAME.findall(_folded(form))
    }


# Words of our own frames that look like names.
_FRAME_WORDS = frozenset({"The", "Korean", "English", "In", "Korean:", "KRW", "USD", "EUR"})


def _folded(text: str) -> str:
    """NFKC with the commas of thousands taken out."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
