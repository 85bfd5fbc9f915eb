"""Words that neither termbase nor lexicon knows, looked up by sound and by spelling in what the index holds."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable

from rapidfuzz import fuzz, process

from assistant.index.lexical import LexicalIndex
from assistant.text.language import has_hangul
from assistant.text.transliteration import match, match_stem, sound_keys, stem_keys
from assistant.types import LANGUAGES, Language

_MAX_MATCHES = 3
_MIN_LENGTH: dict[Language, int] = {"ko": 3, "en": 5}
# One wrong letter in a short word, two in a long one, of decomposed Hangul or Latin letters.
_MIN_SPELLING_RATIO = 84.0


class WordMatcher:
    """Forms of the index that may stand for an unknown word; follows the index as it changes."""

    def __init__(self, index: LexicalIndex) -> None:
        self._index = index
        self._generation = -1
        self._by_sound: dict[Language, dict[str, list[str]]] = {}
        self._by_letters: dict[Language, dict[str, str]] = {}

    def sounding_like(self, form: str, language: Language) -> list[tuple[str, float]]:
        """Forms of ``language``'s index in the other script that sound like ``form``, with 0 to 1, best first."""
        self._refresh()
        found = self._alike(form, sound_keys(form), language, match)
        return found or self._alike(form, stem_keys(form), language, match_stem)

    def _alike(
        self, form: str, keys: set[str], language: Language, decision: Callable[[str, str], float]
    ) -> list[tuple[str, float]]:
        candidates = {found for key in keys for found in self._by_sound[language].get(key, ())}
        alike = ((candidate, decision(form, candidate)) for candidate in candidates)
        best = sorted((pair for pair in alike if pair[1]), key=lambda pair: (-pair[1], pair[0]))
        return best[:_MAX_MATCHES]

    def spelt_like(self, form: str, language: Language) -> list[tuple[str, float]]:
        """Forms of ``language``'s index a slip of the keyboard away from ``form``, with 0 to 1, best first."""
        if len(form) < _MIN_LENGTH["ko" if has_hangul(form) else "en"] or any(c.isdigit() for c in form):
            return []
        self._refresh()
        letters = unicodedata.normalize("NFD", form)
        matches = process.extract(
            letters,
            self._by_letters[language].keys(),
            scorer=fuzz.ratio,
            score_cutoff=_MIN_SPELLING_RATIO,
            limit=_MAX_MATCHES,
        )
        return [(self._by_letters[language][found], ratio / 100) for found, ratio, _ in matches]

    def _refresh(self) -> None:
        if self._generation == self._index.generation:
            return
        for language in LANGUAGES:
            forms = [form for form in self._index.vocabulary(language, "") if any(c.isalpha() for c in form)]
            by_sound: dict[str, list[str]] = defaultdict(list)
            for form in forms:
                for key in sound_keys(form):
                    by_sound[key].append(form)
            self._by_sound[language] = by_sound
            self._by_letters[language] = {
                unicodedata.normalize("NFD", form): form
                for form in forms
                if len(form) >= _MIN_LENGTH["ko" if has_hangul(form) else "en"]
            }
        self._generation = self._index.generation
