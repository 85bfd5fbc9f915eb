"""The Korean-English termbase: names and terms with their forms in both languages.

One CSV that an officer can edit. Retrieval looks questions up in it, answers take official names from it.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.text.language import has_hangul
from assistant.text.morphemes import Token, analyze, morpheme_bounds
from assistant.types import Language

COLUMNS = ("kind", "ko", "en", "abbr", "status", "source", "note")
_MAX_FORM_CHARS = 40


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: preferred forms first; ``official`` says whether the English name is the body's own."""

    kind: str
    korean: tuple[str, ...]
    english: tuple[str, ...]
    abbreviations: tuple[str, ...]
    official: bool
    source: str
    note: str

    def forms(self, language: Language) -> tuple[str, ...]:
        """Every form that text in ``language`` may use; Korean text uses Latin abbreviations too."""
        if language == "ko":
            return (*self.korean, *self.abbreviations)
        return (*self.english, *(form for form in self.abbreviations if not has_hangul(form)))

    @property
    def is_name(self) -> bool:
        """Whether this is a proper name: English writes it with a capital."""
        return self.english[0][:1].isupper()

    def name(self, language: Language) -> str:
        """The preferred form in ``language``."""
        return (self.korean if language == "ko" else self.english)[0]


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a text at characters ``start:end``."""

    term: Term
    start: int
    end: int


class Termbase:
    """Finds terms in Korean and English text.

    Args:
        terms: the entries. A form that several entries share belongs to the first.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)

    @classmethod
    def load(cls, path: Path | None = None) -> Termbase:
        """Read a CSV with the columns of ``COLUMNS``; the bundled one if no path is given.

        Raises:
            ConfigurationError: a column is missing or a row lacks a Korean or an English form.
        """
        name = str(path or "termbase.csv")
        source = path or files("assistant.text") / "data" / "termbase.csv"
        reader = csv.DictReader(io.StringIO(source.read_bytes().decode("utf-8-sig"), newline=""))
        if missing := set(COLUMNS) - set(reader.fieldnames or ()):
            raise ConfigurationError(name, f"columns {sorted(missing)} are missing", f"Write the columns {COLUMNS}")
        return cls(_term(name, number, row) for number, row in enumerate(reader, start=2))

    def find(self, text: str) -> list[TermMatch]:
        """Terms in ``text``, longest first at each place, in order, without overlaps."""
        matches = [*self._find_korean(text), *self._find_latin(text)]
        matches.sort(key=lambda match: (match.start - match.end, match.start))
        chosen: list[TermMatch] = []
        for match in matches:
            if all(match.end <= other.start or match.start >= other.end for other in chosen):
                chosen.append(match)
        return sorted(chosen, key=lambda match: match.start)

    @cached_property
    def _korean(self) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for term in self.terms:
            for form in (*term.korean, *term.abbreviations):
                if has_hangul(form):
                    found.setdefault(_squeezed(form), term)
        return found

    @cached_property
    def _latin(self) -> dict[tuple[str, ...], Term]:
        found: dict[tuple[str, ...], Term] = {}
        for term in self.terms:
            for form in (*term.english, *term.abbreviations, *term.korean):
                key = tuple(token.form for token in _outer(analyze(form)))
                # "ITS Korea" without its first word, a stopword, would be Korea.
                if not has_hangul(form) and key and (len(key) > 1 or len(form.split()) == 1):
                    found.setdefault(key, term)
        return found

    def _find_korean(self, text: str) -> Iterable[TermMatch]:
        if not has_hangul(text):
            return
        starts, ends = morpheme_bounds(text)
        kept = [n for n, character in enumerate(text) if not character.isspace()]
        squeezed = "".join(text[n] for n in kept).casefold()
        for position, start in enumerate(kept):
            if start not in starts:
                continue
            for length in range(min(_MAX_FORM_CHARS, len(kept) - position), 1, -1):
                end = kept[position + length - 1] + 1
                if end in ends and (term := self._korean.get(squeezed[position : position + length])):
                    yield TermMatch(term, start, end)
                    break

    def _find_latin(self, text: str) -> Iterable[TermMatch]:
        tokens = [token for token in _outer(analyze(text)) if not has_hangul(token.form)]
        for position, token in enumerate(tokens):
            for length in range(min(8, len(tokens) - position), 0, -1):
                run = tokens[position : position + length]
                term = self._latin.get(tuple(item.form for item in run))
                if term and not any(has_hangul(text[a.end : b.start]) for a, b in itertools.pairwise(run)):
                    yield TermMatch(term, token.start, run[-1].end)
                    break


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _outer(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that lie in no earlier one: a compound without its parts."""
    outer: list[Token] = []
    for token in tokens:
        if not outer or token.start >= outer[-1].end:
            outer.append(token)
    return outer


def _term(name: str, number: int, row: dict[str, str | None]) -> Term:
    korean, english, abbreviations = (_split(row[column]) for column in ("ko", "en", "abbr"))
    if not korean or not english:
        raise ConfigurationError(
            f"{name} line {number}", "a Korean or an English form is missing", "Fill both columns ko and en"
        )
    return Term(
        row["kind"] or "",
        korean,
        english,
        abbreviations,
        row["status"] == "official",
        row["source"] or "",
        row["note"] or "",
    )


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(form.strip() for form in (cell or "").split("|") if form.strip())
