"""From a question to a query: its concepts, each with the ways either language may say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.index.lexical import LexicalIndex
from assistant.retrieval.words import WordMatcher
from assistant.text.language import detect_language
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import Token, analyze, forms
from assistant.text.termbase import Termbase, TermMatch
from assistant.types import Alternative, Concept, Language, Query

_LANGUAGES: tuple[Language, ...] = ("ko", "en")
_TERM_WEIGHT = 0.9
_LEXICON_WEIGHT = 0.9
_SOUND_WEIGHT = 0.8
_SPELLING_WEIGHT = 0.8


class QueryBuilder:
    """Understand a question well enough to look it up in two languages.

    Args:
        termbase: names and terms; the longest match wins over the words in it.
        lexicon: word translations for what the termbase does not know.
        matcher: sound and spelling, for what the lexicon does not know either.
        index: says which words its chunks hold.
    """

    def __init__(self, termbase: Termbase, lexicon: Lexicon, matcher: WordMatcher, index: LexicalIndex) -> None:
        self._termbase = termbase
        self._lexicon = lexicon
        self._matcher = matcher
        self._index = index

    def build(self, text: str, language: Language | None = None) -> Query:
        """Return the query for a question; words of politeness and question words are no concepts."""
        language = language or detect_language(text)
        tokens = analyze(text)
        matches = self._termbase.find(text)
        concepts = [self._term_concept(text, match) for match in matches]
        free = [t for t in tokens if not any(m.start <= t.start and t.end <= m.end for m in matches)]
        concepts += [self._word_concept(text, word) for word in _words(free)]
        return Query(text, language, tuple(concept for concept in concepts if any(concept.alternatives.values())))

    def _term_concept(self, text: str, match: TermMatch) -> Concept:
        surface = text[match.start : match.end]
        own = Alternative(tuple(_outer_forms(surface)), 1.0, "word", surface)
        alternatives: dict[Language, tuple[Alternative, ...]] = {}
        for language in _LANGUAGES:
            known = (
                Alternative(tuple(_outer_forms(form)), _TERM_WEIGHT, "termbase", form)
                for form in match.term.forms(language)
            )
            alternatives[language] = _distinct((own, *known))
        return Concept(surface, alternatives)

    def _word_concept(self, text: str, word: Sequence[Token]) -> Concept:
        whole, parts = word[0], word[1:]
        surface = text[whole.start : whole.end]
        own = [Alternative((whole.form,), 1.0, "word", surface)]
        if parts:
            own.append(Alternative(tuple(part.form for part in parts), 1.0, "compound", surface))
        alternatives: dict[Language, tuple[Alternative, ...]] = {"ko": tuple(own), "en": tuple(own)}
        if any(character.isalpha() for character in whole.form):
            language = detect_language(whole.form, default="en")
            other: Language = "en" if language == "ko" else "ko"
            alternatives[other] = _distinct((*own, *self._translated(word, surface, language, other)))
            if all(self._index.idf(language, token.form) is None for token in word):
                alternatives[language] = _distinct((*own, *self._respelt(whole, language)))
        return Concept(surface, alternatives)

    def _translated(
        self, word: Sequence[Token], surface: str, language: Language, other: Language
    ) -> Iterator[Alternative]:
        """The word in the other language: by the lexicon, part by part if need be, else by its sound."""
        whole, parts = word[0], word[1:]
        known = self._lexicon.translations(whole.form, language)
        for form, p in known:
            yield Alternative((form,), _LEXICON_WEIGHT * p**0.5, "lexicon", form)
        by_part = [self._lexicon.translations(part.form, language)[:1] for part in parts]
        if by_part and all(by_part):
            weight = min(found[0][1] for found in by_part) ** 0.5
            forms = tuple(found[0][0] for found in by_part)
            yield Alternative(forms, _LEXICON_WEIGHT * weight, "lexicon", " ".join(forms))
        if not known:
            for form, alike in self._matcher.sounding_like(whole.form, other):
                yield Alternative((form,), _SOUND_WEIGHT * alike, "transliteration", form)

    def _respelt(self, whole: Token, language: Language) -> Iterator[Alternative]:
        for form, alike in self._matcher.spelt_like(whole.form, language):
            yield Alternative((form,), _SPELLING_WEIGHT * alike, "spelling", form)


def _words(tokens: Sequence[Token]) -> list[list[Token]]:
    """Group each token with the parts that stand at the same place."""
    words: list[list[Token]] = []
    for token in tokens:
        if words and token.start < words[-1][0].end:
            words[-1].append(token)
        else:
            words.append([token])
    return words


def _outer_forms(text: str) -> list[str]:
    return [word[0].form for word in _words(analyze(text))] or forms(text)


def _distinct(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Without alternatives that say the same forms; the first, most trusted one stays."""
    seen: dict[tuple[str, ...], Alternative] = {}
    for alternative in alternatives:
        if alternative.forms:
            seen.setdefault(alternative.forms, alternative)
    return tuple(seen.values())
