"""The Korean-English termbase: names and terms with their forms in both languages.

One CSV that an officer can edit. Retrieval looks questions up in it, answers take official names from it.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from assistant.errors import ConfigurationError
from assistant.text.language import has_hangul
from assistant.text.morphemes import Token, analyze, morpheme_bounds
from assistant.types import Language

COLUMNS = ("kind", "ko", "en", "abbr", "status", "source", "note")
MAX_FORM_CHARS = 40
"""Longer Korean forms, spaces not counted, are not looked up."""
MAX_FORM_WORDS = 20
"""Latin forms of more content words are not looked up."""
_NO_LETTER = r"(?![A-Za-z0-9/&$-]|\.[A-Za-z])"
# What English words take on and put off without meaning something else.
_INFLECTION = re.compile(r"(?:e?s|e?d|e|y|ies|ied|[a-z]?ing|[a-z]ed)?", re.IGNORECASE)


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


class TermFinder(Protocol):
    """Anything that finds terms: a termbase, or a file of terms that may change."""

    def find(self, text: str) -> list[TermMatch]:
        """Terms in ``text``, in order, without overlaps."""


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
            ConfigurationError: it cannot be read, a column is missing or a row lacks a Korean or an English form.
        """
        name = str(path or "termbase.csv")
        source = path or files("assistant.text") / "data" / "termbase.csv"
        try:
            reader = csv.DictReader(io.StringIO(decode_csv(source.read_bytes(), name), newline=""))
            check_columns(name, reader.fieldnames or ())
            return cls(_term(name, number, row) for number, row in enumerate(reader, start=2))
        except OSError as error:
            raise ConfigurationError(name, f"it cannot be read ({error.strerror})", "Check the path") from error
        except csv.Error as error:
            raise ConfigurationError(name, f"it is not a CSV file ({error})", "Save it as CSV in UTF-8") from error

    def prepare(self) -> Termbase:
        """Build now what the first ``find`` would build, and return the termbase."""
        _ = self._korean, self._latin, self._literal
        return self

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
                    found.setdefault(squeezed(form), term)
        return found

    @cached_property
    def _latin(self) -> dict[tuple[str, ...], list[tuple[str, Term]]]:
        """By the stems of a form, the forms that have them, in the order of the entries."""
        found: dict[tuple[str, ...], list[tuple[str, Term]]] = defaultdict(list)
        for term in self.terms:
            for form in (*term.english, *term.abbreviations, *term.korean):
                if has_hangul(form) or is_literal(form):
                    continue
                key = tuple(token.form for token in outer_tokens(form))
                # "ITS Korea" without its first word, a stopword, would be Korea.
                if key and (len(key) > 1 or len(form.split()) == 1):
                    found[key].append((form, term))
        return dict(found)

    @cached_property
    def _literal(self) -> tuple[re.Pattern[str] | None, dict[str, Term]]:
        """Forms that are looked up letter by letter, and the pattern that finds them."""
        found: dict[str, Term] = {}
        for term in self.terms:
            for form in (*term.abbreviations, *term.english, *term.korean):
                if is_literal(form):
                    found.setdefault(form, term)
        forms = (re.escape(form) + (_NO_LETTER if form[-1].isalnum() else "") for form in sorted(found, key=len)[::-1])
        return (re.compile(rf"(?<![A-Za-z0-9./&-])(?:{'|'.join(forms)})") if found else None), found

    def _find_korean(self, text: str) -> Iterable[TermMatch]:
        if not has_hangul(text):
            return
        starts, ends = morpheme_bounds(text)
        kept = [n for n, character in enumerate(text) if not character.isspace()]
        plain = "".join(text[n] for n in kept).casefold()
        for position, start in enumerate(kept):
            if start not in starts:
                continue
            for length in range(min(MAX_FORM_CHARS, len(kept) - position), 1, -1):
                end = kept[position + length - 1] + 1
                if end in ends and (term := self._korean.get(plain[position : position + length])):
                    yield TermMatch(term, start, end)
                    break

    def _find_latin(self, text: str) -> Iterable[TermMatch]:
        pattern, literal = self._literal
        for match in pattern.finditer(text) if pattern else ():
            yield TermMatch(literal[match.group()], match.start(), match.end())
        tokens = [token for token in outer_tokens(text) if not has_hangul(token.form)]
        for position, token in enumerate(tokens):
            for length in range(min(MAX_FORM_WORDS, len(tokens) - position), 0, -1):
                run = tokens[position : position + length]
                known = self._latin.get(tuple(item.form for item in run))
                if known and not any(has_hangul(text[a.end : b.start]) for a, b in itertools.pairwise(run)):
                    term = _meant(known, text[token.start : run[-1].end], alone=length == 1)
                    if term:
                        yield TermMatch(term, token.start, run[-1].end)
                        break


def _meant(known: Sequence[tuple[str, Term]], surface: str, *, alone: bool) -> Term | None:
    """Of the terms whose forms have the same stems, the one whose form is written most like ``surface``.

    The stem of "exporter" is that of "exports" and that of "important" is that of "imports": only the letters tell them apart. A
    word that stands alone is a form of the term only if it is an inflection of it: "local" is no "localization".
    """
    plain = squeezed(surface)
    if alone:
        known = [entry for entry in known if _inflected(entry[0], surface)]
        if not known:
            return None

    def likeness(entry: tuple[str, Term]) -> tuple[bool, bool, int]:
        form = squeezed(entry[0])
        return entry[0] == surface, form == plain, len(form) if plain.startswith(form) else -len(form)

    return max(known, key=likeness)[1]


def _inflected(form: str, surface: str) -> bool:
    a, b = _letters(form), _letters(surface)
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return bool(_INFLECTION.fullmatch(a, common) and _INFLECTION.fullmatch(b, common))


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFD", text.casefold()) if character.isalnum())


def squeezed(text: str) -> str:
    """What two spellings of one form share: neither spaces nor case."""
    return "".join(text.split()).casefold()


def is_literal(form: str) -> bool:
    """Whether a form in capitals would be lost among function words (US, IT) or as a lone letter (F/S), and is matched as it stands."""
    if len(form) < 2 or has_hangul(form) or not form.isupper():
        return False
    return all(len(token.form) == 1 and token.form.isalpha() for token in outer_tokens(form))


def split_forms(cell: str | None) -> tuple[str, ...]:
    """The forms in a cell, composed (NFC) and without outer spaces."""
    text = unicodedata.normalize("NFC", cell or "")
    return tuple(form.strip() for form in text.split("|") if form.strip())


def check_columns(name: str, found: Iterable[str]) -> None:
    """Whether the heading of a termbase's file has every column.

    Raises:
        ConfigurationError: one is missing; those that are, and all, are named as they are written in the file.
    """
    present = set(found)
    if missing := [column for column in COLUMNS if column not in present]:
        problem = f"columns {', '.join(missing)} are missing"
        raise ConfigurationError(name, problem, f"Write the columns {', '.join(COLUMNS)}")


def decode_csv(content: bytes, name: str) -> str:
    """The text of a CSV file: UTF-8, or CP949 as Korean spreadsheets save it.

    Raises:
        ConfigurationError: it is neither.
    """
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ConfigurationError(name, "it is neither UTF-8 nor CP949 text", "Save it as CSV in UTF-8")


def outer_tokens(text: str) -> list[Token]:
    """Tokens that lie in no earlier one: a compound without its parts."""
    outer: list[Token] = []
    for token in analyze(text):
        if not outer or token.start >= outer[-1].end:
            outer.append(token)
    return outer


def _term(name: str, number: int, row: dict[str, str | None]) -> Term:
    korean, english, abbreviations = (split_forms(row[column]) for column in ("ko", "en", "abbr"))
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
