"""The forms in which the product words what it quotes, taken back to the quotation: table rows with their columns, and glosses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.messages import MESSAGES
from assistant.text.amounts import Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.text.termbase import TermFinder

_CELL = " | "
_BULLET = re.compile(r"^\s*(?:[□ㅇ○◦•*※-]|\d{1,2}\.)\s+")
_GLOSSES = re.compile(r"\s*\((“[^”]+” = .+)\)\s*$")
_GLOSS = re.compile(r"“([^”]+)” = (.+?)(?=, “|$)")


def with_plain_rows(claim: str, quotes: Sequence[str]) -> str:
    """The claim with rows told as "label (column: value, column: value)" as they stand in the table.

    Only where a row and a header among the quotations have the same number of cells, and each value stands under its column.
    """
    rows = [_BULLET.sub("", quote) for quote in quotes if _CELL in quote]
    for row in rows:
        cells = [cell.strip() for cell in row.split(_CELL)]
        told = [", ".join(cell for cell in cells if cell)]
        for header in rows:
            columns = [cell.strip() for cell in header.split(_CELL)]
            if header != row and len(columns) == len(cells):
                pairs = (f"{column}: {cell}" for column, cell in zip(columns[1:], cells[1:], strict=True) if cell)
                told.append(f"{cells[0]} ({', '.join(pairs)})")
        for form in told:
            claim = claim.replace(form, row)
    return claim


def without_lead(claim: str) -> str:
    """The claim without the sentence that puts a question right: it speaks of the question, which a citation cannot prove."""
    for catalogue in MESSAGES.values():
        for text in catalogue.values():
            lead, mark, _ = text.partition("{claim}")
            if mark and lead.strip():
                claim = claim.removeprefix(lead)
    return claim


def without_glosses(claim: str, terms: TermFinder) -> tuple[str, str]:
    """The claim without its explanations of quoted words, and the first of them that is wrong, or an empty text."""
    found = _GLOSSES.search(claim)
    if not found:
        return claim, ""
    for words, meaning in _GLOSS.findall(found[1]):
        if not _means(words, meaning, terms):
            return claim, f"{words} = {meaning}"
    return claim[: found.start()], ""


def _means(words: str, meaning: str, terms: TermFinder) -> bool:
    """Whether two wordings are the same date, the same sum, or the same term of the termbase."""
    if _terms(words, terms) & _terms(meaning, terms):
        return True
    days = [_days(text) for text in (words, meaning)]
    if days[1]:
        # A day without its year gets it from the document's date, which is not part of the quotation.
        return days[0] == days[1] or (not days[0] and bool(find_dates(words)))
    sums = [_sums(text) for text in (words, meaning)]
    return bool(sums[0]) and sums[0] == sums[1]


def _days(text: str) -> set[Any]:
    return {(found.period.start, found.period.end) for found in find_dates(text) if found.period}


def _sums(text: str) -> set[Any]:
    return {(found.lower, found.upper, found.unit) for found in find_amounts(text) if found.unit is not Unit.PLAIN}


def _terms(text: str, terms: TermFinder) -> set[Any]:
    return {(match.term.forms("ko"), match.term.forms("en")) for match in terms.find(text)}
