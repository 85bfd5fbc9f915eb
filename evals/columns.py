"""Tables whose columns compare things, and rows told in the product's own form: which cell a claim is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evals.clauses import content, is_header
from evals.concepts import contrast
from evals.datasets import bare_text

Names = Callable[[str], set[Any]]
_CELL = " | "


def for_named_column(claim: str, quotes: str, holds: Callable[[str, str], bool], names: Names) -> str:
    """The quotations without the columns of what the claim does not speak of, where a table compares things and the claim names one.

    Columns compare things if their headings name different ones (EDCF | EDPF), or exclude one another (online | on site).
    """
    lines = quotes.split("\n")
    rows = [_cells(line) for line in lines]
    for header in rows:
        if len(header) < 3 or not is_header(header) or not _compares(header[1:], names):
            continue
        told = [place for place, cell in enumerate(header[1:], 1) if _speaks_of(claim, cell, holds, names)]
        if len(told) != 1 or _hints_at_others(claim, header, told[0], holds):
            continue
        kept = told[0]
        lines = [
            _CELL.join((row[0], row[kept])) if len(row) == len(header) else line
            for row, line in zip(rows, lines, strict=True)
        ]
        return "\n".join(lines)
    return quotes


def misread_row(claim: str, quotes: Sequence[str]) -> str:
    """What is wrong with a row told as "label (column: value, column: value)", if its columns are those of a table among the quotations."""
    rows = [[bare_text(cell) for cell in _cells(quote)] for quote in quotes if _CELL in quote]
    headers = [_cells(quote)[1:] for quote in quotes if _CELL in quote]
    claim = claim.rstrip()
    opened = [(claim.find(f"({column}: "), place) for place, columns in enumerate(headers) for column in columns]
    opened = [(start, place) for start, place in opened if start > 0]
    if not opened or not claim.endswith(")"):
        return ""
    start, place = min(opened)
    label, told = claim[:start].rsplit(": ", 1)[-1], claim[start + 1 : -1]
    header = rows[place]
    pairs = _told_pairs(told, [column for column in headers[place] if f"{column}: " in told])
    own = [row for row in rows if row is not header and bare_text(label) in row[:2]]
    if not own:
        return label
    for row in own:
        if len(row) == len(header) and all(row[header.index(column)] == value for column, value in pairs):
            return ""
    return told


def _told_pairs(text: str, columns: Sequence[str]) -> list[tuple[str, str]]:
    """Columns and values, bare, of "column: value, column: value"; a column may have a colon or brackets of its own."""
    starts = sorted((text.index(f"{column}: "), column) for column in columns)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [
        (bare_text(column), bare_text(text[start + len(column) + 2 : end].strip(" ,")))
        for (start, column), end in zip(starts, ends, strict=True)
    ]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in f" {line} ".split(_CELL)]


def _compares(columns: Sequence[str], names: Names) -> bool:
    named = [names(column) for column in columns]
    if all(named) and not set.intersection(*named):
        return True
    first, *others = columns
    return bool(others) and all(contrast(first, other) for other in others)


def _hints_at_others(claim: str, header: Sequence[str], told: int, holds: Callable[[str, str], bool]) -> bool:
    own = content(header[told])
    return any(
        holds(word, claim) and not holds(word, header[told])
        for place, cell in enumerate(header)
        if place not in (0, told)
        for word in content(cell) - own
    )


def _speaks_of(claim: str, column: str, holds: Callable[[str, str], bool], names: Names) -> bool:
    named = names(column)
    if named:
        return bool(named & names(claim))
    words = content(column)
    return bool(words) and all(holds(word, claim) for word in words)
