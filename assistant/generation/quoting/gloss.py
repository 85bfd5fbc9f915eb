"""Key terms, amounts and dates of a quotation in the other language, said in the reader's."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.text.amounts import MONEY, Unit, find_amounts, format_amount
from assistant.text.dates import find_dates, format_period
from assistant.text.language import detect_language
from assistant.text.termbase import TermFinder
from assistant.types import Language, Period, Precision

_MAX_ITEMS = 4
# Shorter words are common ones that any reader makes out; English needs more letters for as much.
_MIN_TERM_CHARS = 4
# A year reads the same in both languages.
_YEAR_CHARS = 5
# Words for counting need no telling.
_PLAIN_KINDS = frozenset({"unit", "time"})
# Whose names have an official form.
_OFFICIAL_KINDS = frozenset({"body", "fund", "program"})
_AREAS = frozenset({Unit.PYEONG, Unit.HOUSEHOLDS, Unit.COMPANIES})


@dataclass(frozen=True, slots=True)
class Gloss:
    """``items`` pairs the quotation's words with the reader's, dates and sums first; ``unofficial`` English names that are not official."""

    items: tuple[tuple[str, str], ...]
    unofficial: tuple[str, ...]


class Glossary:
    """Explains quotations word by word, never by a made-up translation.

    Args:
        terms: what is known in both languages.
    """

    def __init__(self, terms: TermFinder) -> None:
        self._terms = terms

    def explain(self, quote: str, language: Language, published: Period | None) -> Gloss:
        """At most four words of ``quote`` that a reader of ``language`` needs: dates, sums, and names and terms of the termbase."""
        found = [
            (mention.start, mention.end, format_period(mention.period, language))
            for mention in find_dates(quote, published.start if published else None)
            if mention.period is not None
            and not mention.inferred_year
            and not (mention.period.precision is Precision.YEAR and mention.end - mention.start <= _YEAR_CHARS)
        ]
        found += [
            (amount.start, amount.end, format_amount(amount, language))
            for amount in find_amounts(quote)
            if amount.unit in MONEY | _AREAS
        ]
        unofficial = []
        for match in self._terms.find(quote):
            name, surface = match.term.name(language), quote[match.start : match.end]
            telling = match.term.kind not in _PLAIN_KINDS and (
                match.term.is_name or len(surface) >= _MIN_TERM_CHARS * (3 if surface.isascii() else 1)
            )
            if telling and _is_foreign(surface, language) and not _overlaps(match.start, match.end, found):
                found.append((match.start, match.end, name))
                # A Korean body's Korean name is its own; what may be unofficial is the English one.
                named = match.term.is_name and match.term.kind in _OFFICIAL_KINDS
                if language == "en" and named and not match.term.official:
                    unofficial.append(name)
        # Dates and sums first: they are what is asked for most.
        kept = found[:_MAX_ITEMS]
        shown = {name for _, _, name in kept}
        items = tuple((quote[start:end], name) for start, end, name in kept if quote[start:end] != name)
        return Gloss(items, tuple(name for name in unofficial if name in shown))


def _is_foreign(surface: str, language: Language) -> bool:
    # An abbreviation reads the same in both languages.
    return detect_language(surface, default=language) != language and not surface.isupper()


def _overlaps(start: int, end: int, found: list[tuple[int, int, str]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end, _ in found)
