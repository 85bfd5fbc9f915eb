"""Which words of a claim its source says: in the same form, as another wording of the concept, as a name, or translated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.text.language import has_hangul
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import Token, analyze
from assistant.text.termbase import Termbase, TermMatch
from assistant.types import Language
from evals.concepts import GENERIC, LIGHT, concept_spans, concepts
from evals.matching import unified

_LEXICON_MIN_SCORE = 0.02
# Two English stems with so much of their beginning in common are forms of one word.
_MIN_STEM_CHARS, _STEM_RATIO = 4, 0.75
_MAX_SOURCES, _MAX_FOUND = 4096, 65536
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Source:
    """What a text says, in every form in which it is looked up."""

    text: str
    solid: str
    forms: frozenset[str]
    term_forms: frozenset[str]
    translations: frozenset[str]
    concepts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The content words of a claim, and those of them that the source does not say."""

    words: tuple[str, ...]
    unsaid: tuple[str, ...]

    def share(self, proven: int) -> float:
        """The share of the words that is said; ``proven`` figures and dates count as said words."""
        total = len(self.words) + proven
        return 1.0 - len(self.unsaid) / total if total else 1.0


class Wording:
    """Compares the words of two texts, in one language or across both."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, bool], Source] = {}
        self._found: dict[str, list[TermMatch]] = {}

    def find(self, text: str) -> list[TermMatch]:
        """The terms in ``text``; one text is looked up many times."""
        if len(self._found) >= _MAX_FOUND:
            self._found.clear()
        if text not in self._found:
            self._found[text] = self._termbase.find(text)
        return self._found[text]

    @cached_property
    def _termbase(self) -> Termbase:
        return Termbase.load()

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon()

    def coverage(self, claim: str, source: str, *, same: bool) -> Coverage:
        """Which content words of ``claim`` stand in ``source``; ``same``: the two are in one language."""
        known = self._source(source, same=same)
        spans = concept_spans(claim)
        words, unsaid = [], []
        for token in content_tokens(claim):
            said = self._says(token, known, spans, same=same)
            if not said and token.form in GENERIC:
                continue
            words.append(token.form)
            if not said:
                unsaid.append(token.form)
        return Coverage(tuple(words), tuple(unsaid))

    def names(self, name: str, text: str) -> bool:
        """Whether every word of a name is a word of ``text`` or of one of its terms in either language."""
        known = self._source(text, same=True)
        found = [token.form for token in analyze(name)]
        return bool(found) and all(form in known.forms or form in known.term_forms for form in found)

    def holds(self, word: str, text: str, *, same: bool) -> bool:
        """Whether ``text`` says one form of ``analyze``."""
        known = self._source(text, same=same)
        return self._says(Token(word, 0, len(word)), known, concept_spans(word), same=same)

    def _source(self, text: str, *, same: bool) -> Source:
        key = text, same
        if len(self._sources) >= _MAX_SOURCES:
            self._sources.clear()
        if key not in self._sources:
            forms = frozenset(token.form for token in analyze(text))
            term_forms = frozenset(
                token.form
                for match in (*self.find(text), *(m for form in forms for m in self.find(form)))
                for name in (*match.term.forms("ko"), *match.term.forms("en"))
                for token in analyze(name)
            )
            translated = frozenset() if same else frozenset(word for form in forms for word in self._translations(form))
            solid = _BLANKS.sub("", unified(text))
            self._sources[key] = Source(text, solid, forms, term_forms, translated, concepts(text))
        return self._sources[key]

    def _translations(self, form: str) -> list[str]:
        language: Language = "ko" if has_hangul(form) else "en"
        return [word for word, score in self._lexicon.translations(form, language) if score >= _LEXICON_MIN_SCORE]

    def _says(self, token: Token, known: Source, spans: tuple[tuple[int, int, int], ...], *, same: bool) -> bool:
        form = token.form
        if form in known.forms or form in known.term_forms or form in known.translations:
            return True
        if not known.concepts.isdisjoint(concepts(form)):
            return True
        if any(n in known.concepts for start, end, n in spans if start < token.end and token.start < end):
            return True
        if has_hangul(form):
            if (len(form) > 1 and form in known.solid) or _pieced(form, known.forms):
                return True
        elif any(_one_stem(form, other) for other in known.forms if other.isascii()):
            return True
        return not same and not known.forms.isdisjoint(self._translations(form))


def content_tokens(text: str) -> list[Token]:
    """The content words of a text, without numbers, words that say little, and compounds of which the parts are there."""
    tokens = [token for token in analyze(text) if not token.form[0].isdigit()]
    plain: list[Token] = []
    for token in tokens:
        # Of a word with a hyphen the whole counts, of a compound its parts.
        if token.form.isascii() and any(
            t.start <= token.start and token.end <= t.end and len(t.form) > len(token.form) for t in tokens
        ):
            continue
        inside = [
            t
            for t in tokens
            if t is not token and token.start <= t.start and t.end <= token.end and len(t.form) < len(token.form)
        ]
        if inside and not token.form.isascii() and sum(len(t.form) for t in inside) >= len(token.form) - 1:
            continue
        if token.form in LIGHT or (has_hangul(token.form) and len(token.form) == 1 and not concepts(token.form)):
            continue
        plain.append(token)
    return plain


def _pieced(form: str, forms: frozenset[str]) -> bool:
    """Whether a compound is put together from words of the source."""
    if not form:
        return True
    return any(form.startswith(word) and _pieced(form[len(word) :], forms) for word in forms if len(word) > 1)


def _one_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _MIN_STEM_CHARS:
        return False
    common = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return common >= _MIN_STEM_CHARS and common >= _STEM_RATIO * len(long)


def identity(term: Any) -> Any:
    """What is the same for one term in either language."""
    return term.forms("ko"), term.forms("en")
