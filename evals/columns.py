"""Tables whose columns compare things, and rows told in the product's own form: which cell a claim is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from evals.clauses import content, is_header
from evals.concepts import contrast
from evals.datasets import bare_text

Names = Callable[[str], set[Any]]
_CELL = " | "
_TOLD_ROW = re.compile(r"^(?P<label>.+?)\s?\((?P<pairs>[^()]*: .*)\)\s*$")
_PAIR = re.compile(r"(?P<column>[^:,]+): (?P<value>.+?)(?=, [^:,]+: |$)")


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
    told = _TOLD_ROW.match(claim)
    if not told or "(" in told["pairs"]:
        return ""
    pairs = [(bare_text(m["column"]), bare_text(m["value"])) for m in _PAIR.finditer(told["pairs"])]
    rows = [[bare_text(cell) for cell in _cells(quote)] for quote in quotes if _CELL in quote]
    headers = [row for row in rows if pairs and {column for column, _ in pairs} <= set(row)]
    if not headers:
        return ""
    label = bare_text(told["label"].rsplit(": ", 1)[-1])
    own = [row for row in rows if row not in headers and label in row[:2]]
    if not own:
        return told["label"]
    for row in own:
        header = next((head for head in headers if len(head) == len(row)), None)
        if header and all(row[header.index(column)] == value for column, value in pairs):
            return ""
    return told["pairs"]


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
