"""Slips of the keyboard in a question, put right before it is looked up: 특별게정 for 특별계정, "registraton" for "registration"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from assistant.text.morphemes import mistyped, stem_english
from assistant.text.termbase import TermFinder

if TYPE_CHECKING:
    from spellchecker import SpellChecker

# Neither parts of names with capitals, nor of addresses, paths and compounds with a hyphen.
_WORD = re.compile(r"(?<![A-Za-z0-9.@/_'’-])[a-z]{3,}(?![A-Za-z0-9@/_'’-]|\.[a-z])")
# Shorter words are a letter away from too many others.
_MIN_LENGTH = 4
# How often the dictionary has met a word that anybody would use (the, which, much), whatever the documents are about.
_COMMON = 1_000_000


class SpellingCorrector:
    """Corrects words that no document has, where a word that is known is one slip away.

    Korean goes by Kiwi's model of mistakes, English by a dictionary with frequencies (pyspellchecker), which is loaded with the first
    word that nobody knows. Names are left alone as far as termbase and documents know them.

    Args:
        terms: names and terms, which stay as they are.
        known: whether a form, as ``analyze`` gives it, stands in a document.
    """

    def __init__(self, terms: TermFinder, known: Callable[[str], bool]) -> None:
        self._terms = terms
        self._known = known

    def correct(self, text: str) -> str:
        """``text`` with its slips put right; the same text if there are none."""
        slips = sorted([*self._korean(text), *self._english(text)], reverse=True)
        if not slips:
            return text
        named = [(match.start, match.end) for match in self._terms.find(text)]
        for start, end, meant in slips:
            if not any(begin < end and start < stop for begin, stop in named):
                text = text[:start] + meant + text[end:]
        return text

    def _korean(self, text: str) -> Iterator[tuple[int, int, str]]:
        for token in mistyped(text):
            if not self._known(text[token.start : token.end]):
                yield token.start, token.end, token.form

    def _english(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in _WORD.finditer(text):
            word = match.group()
            if not self._known(stem_english(word)) and (meant := self._meant(word)) is not None:
                yield match.start(), match.end(), meant

    def _meant(self, word: str) -> str | None:
        dictionary = _dictionary()
        if word in dictionary:
            return None
        near = sorted(dictionary.candidates(word) or (), key=lambda other: (-dictionary.word_frequency[other], other))
        likely = (other for other in near if len(word) >= _MIN_LENGTH and self._known(stem_english(other)))
        common = (other for other in near if dictionary.word_frequency[other] >= _COMMON)
        return next(common, None) or next(likely, None)


@cache
def _dictionary() -> SpellChecker:
    from spellchecker import SpellChecker

    # One letter more, less, other or swapped with its neighbour.
    return SpellChecker(language="en", distance=1)
