"""Is a termbase sound? Everything that would make it find the wrong entry, or none, with line and remedy.

Rows are read as an officer left them, half-filled ones too, so that one run names every problem of a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.text.language import has_hangul
from assistant.text.morphemes import Token
from assistant.text.termbase import (
    COLUMNS,
    MAX_FORM_CHARS,
    MAX_FORM_WORDS,
    Term,
    check_columns,
    decode_csv,
    is_literal,
    outer_tokens,
    split_forms,
    squeezed,
)

KINDS = frozenset(
    {
        "body",
        "company",
        "country",
        "document",
        "eligibility",
        "event",
        "finance",
        "fund",
        "general",
        "industry",
        "legal",
        "place",
        "procurement",
        "program",
        "smart_city",
        "time",
        "unit",
    }
)
STATUSES = frozenset({"official", "unofficial"})
# Longer than the longest official name, so what is longer is a sentence that slipped into a cell.
_MAX_CELL_FORM_CHARS = 150
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


@dataclass(frozen=True, slots=True)
class TermRow:
    """One row as it stands in the file; ``line`` is where it begins, the heading being line 1."""

    line: int
    kind: str
    korean: tuple[str, ...]
    english: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    status: str = "unofficial"
    source: str = ""
    note: str = ""

    @classmethod
    def of(cls, term: Term, line: int) -> TermRow:
        """The row that says what ``term`` says."""
        status = "official" if term.official else "unofficial"
        return cls(line, term.kind, term.korean, term.english, term.abbreviations, status, term.source, term.note)

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of the row, in the order of its columns."""
        return (*self.korean, *self.english, *self.abbreviations)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row's cells in the order of ``COLUMNS``."""
        joined = ("|".join(forms) for forms in (self.korean, self.english, self.abbreviations))
        return (self.kind, *joined, self.status, self.source, self.note)


@dataclass(frozen=True, slots=True)
class TermProblem:
    """What is wrong with one form (or, where ``form`` is empty, with a whole row), and what to do about it."""

    line: int
    form: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line for an officer."""
        return f"line {self.line}: {f'“{self.form}”: ' if self.form else ''}{self.problem}. {self.remedy}."


def read_rows(content: bytes, name: str) -> list[TermRow]:
    """The rows of a termbase CSV; empty rows are passed over, half-filled ones are not.

    Args:
        content: the file; UTF-8, with or without byte order mark, or CP949 as Korean spreadsheets save it.
        name: what messages call it.

    Raises:
        ConfigurationError: it is no CSV text, or a column is missing.
    """
    try:
        reader = csv.DictReader(io.StringIO(decode_csv(content, name), newline=""), strict=True)
        check_columns(name, reader.fieldnames or ())
        rows = []
        for row in reader:
            cells = {column: (row[column] or "").strip() for column in COLUMNS}
            if any(cells.values()):
                # A quoted cell may hold line breaks, and the reader counts to the row's last line.
                rows.append(_row(reader.line_num - _breaks(row.values()), cells))
    except csv.Error as error:
        raise ConfigurationError(name, f"it is not a CSV file ({error})", "Save it as CSV in UTF-8") from error
    return rows


def _breaks(cells: Iterable[object]) -> int:
    return sum(cell.count("\n") for cell in cells if isinstance(cell, str))


def _row(line: int, cells: dict[str, str]) -> TermRow:
    korean, english, abbreviations = (split_forms(cells[column]) for column in ("ko", "en", "abbr"))
    return TermRow(line, cells["kind"], korean, english, abbreviations, cells["status"], cells["source"], cells["note"])


def write_rows(rows: Iterable[TermRow]) -> bytes:
    """The CSV of ``rows``, with the byte order mark by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_rows_file(path: Path) -> list[TermRow]:
    """The rows of the file at ``path``; see ``read_rows``."""
    try:
        return read_rows(path.read_bytes(), str(path))
    except OSError as error:
        raise ConfigurationError(str(path), f"it cannot be read ({error.strerror})", "Check the path") from error


def check_terms(terms: Iterable[TermRow]) -> list[TermProblem]:
    """Every problem of a termbase, in the order of its lines; none means that it may be used.

    Forms are compared as they are looked up: case and spaces make no difference.
    """
    rows = list(terms)
    problems = chain(
        chain.from_iterable(_cell_problems(row) for row in rows),
        _repeats(rows),
        _shared(rows),
        _cycles(rows),
        _traps(rows),
    )
    return sorted(problems, key=lambda problem: (problem.line, problem.form, problem.problem))


def _cell_problems(row: TermRow) -> Iterator[TermProblem]:
    known = row.korean or row.english or row.abbreviations or ("",)
    for forms, side, column in ((row.korean, "Korean", "ko"), (row.english, "English", "en")):
        if not forms:
            yield TermProblem(
                row.line, known[0], f"it has no {side} form", f"Fill the column {column}, or drop the row"
            )
    if row.kind not in KINDS:
        yield TermProblem(
            row.line, known[0], f"there is no kind “{row.kind}”", f"Write one of {', '.join(sorted(KINDS))}"
        )
    if row.status not in STATUSES:
        yield TermProblem(row.line, known[0], f"there is no status “{row.status}”", "Write official or unofficial")
    if row.status == "official" and not row.source:
        remedy = "Name the source of the official English name, or write unofficial"
        yield TermProblem(row.line, known[0], "it is official but names no source", remedy)
    for form in row.forms:
        if len(form) > _MAX_CELL_FORM_CHARS or (has_hangul(form) and len(squeezed(form)) > MAX_FORM_CHARS):
            most = MAX_FORM_CHARS if has_hangul(form) else _MAX_CELL_FORM_CHARS
            yield TermProblem(row.line, form, f"it is longer than {most} characters", "Shorten it to the name alone")
        elif not has_hangul(form) and len(outer_tokens(form)) > MAX_FORM_WORDS:
            problem = f"it has more than {MAX_FORM_WORDS} words that count, so it is never found"
            yield TermProblem(row.line, form, problem, "Shorten it")


def _repeats(rows: Sequence[TermRow]) -> Iterator[TermProblem]:
    for row in rows:
        times = Counter(_spelling(form) for form in row.forms)
        for form in {_spelling(form): form for form in row.forms}.values():
            if times[_spelling(form)] > 1:
                yield TermProblem(row.line, form, "the row says it twice", "Keep it in one place")


def _spelling(form: str) -> str:
    """What decides whether two forms are one: Korean is found however it is spaced, "Viet Nam" only by its two words."""
    return squeezed(form) if has_hangul(form) else " ".join(form.casefold().split())


def _owners(rows: Sequence[TermRow]) -> dict[str, list[int]]:
    """By squeezed form, the places in ``rows`` that have it."""
    owners: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for form in dict.fromkeys(map(squeezed, row.forms)):
            owners[form].append(place)
    return owners


def _shared(rows: Sequence[TermRow]) -> Iterator[TermProblem]:
    owners = _owners(rows)
    for place, row in enumerate(rows):
        for form in {squeezed(form): form for form in row.forms}.values():
            first = owners[squeezed(form)][0]
            if first != place:
                problem = f"line {rows[first].line} ({rows[first].forms[0]}) has it too, and only that one is found"
                yield TermProblem(row.line, form, problem, "Drop it here or there, or make the two rows one")


def _cycles(rows: Sequence[TermRow]) -> Iterator[TermProblem]:
    """Rows that lead back to themselves: what one calls Korean the next calls English, and so round."""
    english: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for form in (*row.english, *row.abbreviations):
            english[squeezed(form)].append(place)
    following = {
        place: sorted({other for form in row.korean for other in english.get(squeezed(form), ()) if other != place})
        for place, row in enumerate(rows)
    }
    told: set[frozenset[int]] = set()
    for start in (place for place, others in following.items() if others):
        path = _way_back(start, following)
        if path and frozenset(path) not in told:
            told.add(frozenset(path))
            lines = " → ".join(str(rows[place].line) for place in (*path, start))
            problem = f"Korean of one row is English of the next in a circle (lines {lines})"
            yield TermProblem(rows[start].line, rows[start].korean[0], problem, "Put each form under its language")


def _way_back(start: int, following: dict[int, list[int]]) -> list[int]:
    paths, seen = [[start]], {start}
    while paths:
        path = paths.pop(0)
        for other in following[path[-1]]:
            if other == start:
                return path
            if other not in seen:
                seen.add(other)
                paths.append([*path, other])
    return []


def _traps(rows: Sequence[TermRow]) -> Iterator[TermProblem]:
    """Forms that would be found where nobody means them."""
    tokens = {form: outer_tokens(form) for row in rows for form in row.forms if not has_hangul(form)}
    plain: dict[str, set[int]] = defaultdict(set)
    for place, row in enumerate(rows):
        for form in row.forms:
            if len(tokens.get(form, ())) == 1 and not _loses_words(form, tokens[form]):
                plain[tokens[form][0].form].add(place)
    for place, row in enumerate(rows):
        for form in row.forms:
            if len(squeezed(form)) < 2:
                yield TermProblem(row.line, form, "one letter is found everywhere", "Drop it, or write it out")
            elif form in tokens and not is_literal(form):
                owners = plain.get(tokens[form][0].form, set()) if len(tokens[form]) == 1 else set()
                problem = _latin_trap(form, tokens[form], shared=bool(owners - {place}))
                # "apply for" does no harm beside "apply".
                if problem and place not in owners:
                    yield TermProblem(row.line, form, problem, "Drop it, or write a longer form")


def _latin_trap(form: str, tokens: Sequence[Token], *, shared: bool) -> str | None:
    if not tokens:
        only_words = all(character.isalpha() or character in " -'’" for character in form)
        return "it holds only words that searches pass over, so it is never found" if only_words else None
    if len(tokens) > 1 or not _loses_words(form, tokens):
        return None
    kept = form[tokens[0].start : tokens[0].end]
    if len(kept) == 1:
        return f"only its letter “{kept}” is looked up"
    if kept[0].islower() or shared or " " in form:
        return f"only its word “{kept}” is looked up, so it is found wherever that stands"
    return None


def _loses_words(form: str, tokens: Sequence[Token]) -> bool:
    """Whether a word of ``form`` lies in none of its tokens."""
    return any(
        not any(token.start <= match.start() and match.end() <= token.end for token in tokens)
        for match in _WORD.finditer(form)
    )
