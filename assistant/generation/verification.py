"""No sentence without proof: the same check for every composer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.generation.draft import Draft, DroppedClaim
from assistant.generation.eligibility.words import FRAME_WORDS
from assistant.generation.records.list_words import FRAME_WORDS as LIST_FRAME_WORDS
from assistant.text.amounts import Amount, find_amounts
from assistant.text.bodies import spelt_out
from assistant.text.dates import DateMention, find_dates
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Citation, Claim, Precision

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNTDOWN = re.compile(r"\bD-(\d+)")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z&.-]*[A-Za-z]")


class Verifier:
    """Removes claims whose numbers or names do not stand in what they cite.

    Args:
        terms: a name may stand in the claim in the other language than in the quotation if the termbase knows both.
    """

    def __init__(self, terms: TermFinder | None = None) -> None:
        self._terms = terms

    def verify(self, draft: Draft, as_of: date | None = None) -> Draft:
        """Return the draft with its supported claims only, the others in ``dropped``; without any it is no answer but ``no_evidence``."""
        offers = draft.status is AnswerStatus.CLARIFY and draft.claims
        if draft.status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL) and not offers:
            return draft
        cited = {citation.number: citation for citation in draft.citations}
        objections = [objection(claim, cited, self._terms, as_of) for claim in draft.claims]
        claims = tuple(claim for claim, why in zip(draft.claims, objections, strict=True) if why is None)
        dropped = tuple(DroppedClaim(c.text, why) for c, why in zip(draft.claims, objections, strict=True) if why)
        verified = replace(draft, claims=claims, dropped=(*draft.dropped, *dropped))
        return verified.renumbered() if claims else replace(verified, status=AnswerStatus.NO_EVIDENCE)


def is_supported(claim: Claim, citations: Mapping[int, Citation], terms: TermFinder | None = None) -> bool:
    """Whether ``objection`` finds nothing against a claim."""
    return objection(claim, citations, terms) is None


def objection(
    claim: Claim, citations: Mapping[int, Citation], terms: TermFinder | None = None, as_of: date | None = None
) -> str | None:
    """What speaks against a claim: a number or a Latin name that does not stand in its cited spans (names also in their title or headings).

    A number may be written otherwise if it belongs to a date or an amount that the spans hold with the same value (``’19.下`` and
    the second half of 2019; 5천억원 and KRW 500 billion), is a day that they count from another ("within 30 days of the notice", of the
    day the paper came out), or counts the days from ``as_of`` to a cited one (D-7), a name if the
    termbase knows it by the other language's form. ``None`` when all stands; a claim that cites nothing, or a number that no
    citation has, is not supported.
    """
    if not claim.citations or any(number not in citations for number in claim.citations):
        return "citation: none"
    cited = [citations[number] for number in claim.citations]
    titles = _folded(" ".join(c.document.title for c in cited))
    quotes = _folded(" ".join(citation.quote for citation in cited))
    text = _folded(claim.text)
    known = f"{quotes} {titles} {_folded(' '.join(' '.join(c.section) for c in cited))}".lower()
    numbers = set(_NUMBER.findall(f"{quotes} {titles}"))
    strange = [m for m in _NUMBER.finditer(text) if m.group() not in numbers]
    names = [m for m in _LATIN_NAME.finditer(text) if m.group().lower() not in known and m.group() not in _FRAME_WORDS]
    if strange or names:
        proven = [*_proven(text, cited), *_counted(text, cited, as_of)]
        strange = [m for m in strange if not _within(m, proven)]
        names = [m for m in names if not _within(m, proven)]
    if strange:
        return f"number: {strange[0].group()}"
    unknown = [m.group() for m in names]
    if unknown and terms is not None:
        renderings = _renderings(terms, cited)
        unknown = [name for name in unknown if name not in renderings]
    return f"name: {unknown[0]}" if unknown else None


def _proven(text: str, cited: Sequence[Citation]) -> list[tuple[int, int]]:
    """Where ``text`` writes a date or an amount that a quotation holds with the same value."""
    values: set[tuple[object, ...]] = set()
    for citation in cited:
        for mention, value in _valued(_folded(citation.quote), _anchor(citation)):
            values.add(value)
            period = mention.period if isinstance(mention, DateMention) else None
            if period is not None and period.precision is Precision.DAY:
                # From one day to another: each of them is said.
                values |= {(period.start, period.start), (period.end, period.end)}
    values |= {(day, day) for day in _counted_days(cited)}
    return [
        (mention.start, mention.end)
        for anchor in {_anchor(citation) for citation in cited}
        for mention, value in _valued(text, anchor)
        if value in values or _both_days(mention, values)
    ]


def _both_days(mention: DateMention | Amount, values: Collection[tuple[object, ...]]) -> bool:
    """Whether a mention is a span of time whose first and last day the quotations hold apart."""
    period = mention.period if isinstance(mention, DateMention) else None
    return period is not None and {(period.start, period.start), (period.end, period.end)} <= set(values)


def _counted(text: str, cited: Sequence[Citation], as_of: date | None) -> list[tuple[int, int]]:
    """Where ``text`` says in how many days a day comes that a quotation holds."""
    if as_of is None:
        return []
    days = {
        (day - as_of).days
        for citation in cited
        for mention in find_dates(_folded(citation.quote), _anchor(citation))
        if mention.period is not None
        for day in (mention.period.start, mention.period.end)
    } | {(day - as_of).days for day in _counted_days(cited)}
    return [match.span() for match in _COUNTDOWN.finditer(text) if int(match[1]) in days]


def _counted_days(cited: Sequence[Citation]) -> set[date]:
    """The days that quotations count from another day of their document ("within 30 days of the notice"), and those other days."""
    found: set[date] = set()
    for document in {citation.document.document_id: citation.document for citation in cited}.values():
        quotes = [_folded(c.quote) for c in cited if c.document.document_id == document.document_id]
        published = document.published
        dated = published is not None and published.precision is Precision.DAY
        mentions = [m for quote in quotes for m in find_dates(quote, published.start if published else None)]
        counts = [timedelta(days=mention.days) for mention in mentions if mention.kind == "relative" and mention.days]
        days = [m.period.start for m in mentions if m.period is not None and m.period.precision is Precision.DAY]
        days += [published.start] if published is not None and dated else []
        found |= {day for day in days if counts} | {day + count for day in days for count in counts}
    return found


def _within(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in spans)


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
        for match in terms.find(spelt_out(source))
        for form in match.term.forms("en")
        for name in _LATIN_NAME.findall(_folded(form))
    }


# Words of our own frames that look like names.
_FRAME_WORDS = (
    frozenset(
        {"The", "This", "These", "Now", "Other", "Others", "Korean", "English", "In", "Korean:", "KRW", "USD", "EUR"}
    )
    | {"Your", "Which", "Another"}
    | FRAME_WORDS
    | LIST_FRAME_WORDS
)


def _folded(text: str) -> str:
    """NFKC with the commas of thousands taken out."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
