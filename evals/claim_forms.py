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
_TODAY = re.compile(
    r"\s*(?<![A-Za-z])\(?D-\d+\)?|이 일정은 이미 지났습니다|This has already passed|,? and has not passed"
    r"|(?:이며|으로|이고),? 아직 지나지 않았습니다|\(이미 지났습니다\)| \(this has already passed\)"
    r"|(?:은\(는\)|(?<=」)[은는]) 이미 마감되었습니다(?=\(마감)| has closed(?= \(deadline)| is not open yet:(?= applications)"
    r"|신청·제출 (?=마감)"
    r"|(?:은\(는\)|(?<=」)[은는]) 아직 접수 전입니다\.?|(?:은\(는\)|(?<=」)[은는]) 이미 지난 일정입니다(?=\()| has passed(?= \()"
)
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
        plain = [cell.rstrip("*") for cell in cells]
        for header in rows:
            columns = [cell.strip() for cell in header.split(_CELL)]
            if header != row and len(columns) == len(cells):
                # A row that begins with its number may be told by its second cell.
                for first in range(min(2, len(cells))):
                    # A star is left out where its note is told with the row.
                    for values in (cells, plain):
                        pairs = zip(columns[first + 1 :], values[first + 1 :], strict=True)
                        shown = ", ".join(f"{column}: {cell}" for column, cell in pairs if cell)
                        told.append(f"{values[first]} ({shown})")
        for form in told:
            claim = claim.replace(form, row)
    return claim


def without_lead(claim: str) -> str:
    """The claim without what no citation can prove: a sentence that puts the question right, and what depends on today's date.

    Whether something is over is judged by the measure of date truth, which knows the date.
    """
    claim = _TODAY.sub("", claim)
    for catalogue in MESSAGES.values():
        for text in catalogue.values():
            lead, mark, _ = text.partition("{claim}")
            if mark and lead.strip():
                claim = claim.removeprefix(lead)
    return _FRAMES_END.sub("", _CHECKED.sub("", claim))


# What the product says of a title and of who asks, around what it quotes.
_CHECKED = re.compile(
    r"^[^:“”]{2,60}, (?:met|not met|to be confirmed): (?=“)|^[^:“”]{2,60}(?:, | )?\(?(?:충족|미충족|확인 필요)\)?: (?=“)"
    r"|^(?:아니요|네|예|No|Yes), (?:말씀하신 조건으로는|with what you (?:say|told us))[^“「]*",
)
_FRAMES_END = re.compile(r"에 신청할 수 (?:없|있)습니다\.?$|에 신청할 수 있는지 판단하려면 더 확인해야 합니다\.?$")


def without_glosses(claim: str, terms: TermFinder) -> tuple[str, str]:
    """The claim without its explanations of quoted words, and the first of them that is wrong, or an empty text."""
    found = _GLOSSES.search(claim)
    if not found:
        return claim, ""
    body = claim[: found.start()]
    for words, meaning in _GLOSS.findall(found[1]):
        if not _means(words, meaning, terms) or _bounded_otherwise(words, meaning, body):
            return claim, f"{words} = {meaning}"
    return claim[: found.start()], ""


def _means(words: str, meaning: str, terms: TermFinder) -> bool:
    """Whether two wordings are the same date, the same sum, or the same term of the termbase."""
    days = [_days(text) for text in (words, meaning)]
    ends = [{day for pair in found for day in pair} for found in days]
    if days[1]:
        # A day without its year gets it from the document's date, which is not part of the quotation.
        return days[0] == days[1] or (ends[0] and ends[0] <= ends[1]) or (not days[0] and bool(find_dates(words)))
    sums = [_sums(text) for text in (words, meaning)]
    if sums[1]:
        return sums[0] == sums[1]
    own = _terms(words, terms)
    # A wording of the term may begin with words that are a term of their own.
    spelt = {form.casefold() for forms in own for one in forms for form in one}
    return bool(own & _terms(meaning, terms)) or meaning.casefold() in spelt


def _bounded_otherwise(words: str, meaning: str, body: str) -> bool:
    """Whether a sum is explained as a least one where it stands as a greatest one, or the other way round."""
    bounds = {found.bound for found in find_amounts(meaning)} - {None}
    place = body.find(words)
    said = {found.bound for found in find_amounts(body) if found.start < place + len(words) and place < found.end} - {
        None
    }
    return bool(bounds and said) and not bounds & said


def _days(text: str) -> set[Any]:
    return {(found.period.start, found.period.end) for found in find_dates(text) if found.period}


def _sums(text: str) -> set[Any]:
    return {(found.lower, found.upper, found.unit) for found in find_amounts(text) if found.unit is not Unit.PLAIN}


def _terms(text: str, terms: TermFinder) -> set[Any]:
    return {(match.term.forms("ko"), match.term.forms("en")) for match in terms.find(text)}
