"""From a question to a query: its concepts, each with the ways either language may say it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.index.lexical import LexicalIndex
from assistant.retrieval.words import WordMatcher
from assistant.text.demonyms import country_of
from assistant.text.language import detect_language, has_hangul
from assistant.text.letters import with_abbreviations
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import Token, analyze
from assistant.text.phrasal_verbs import verbs_of_two_words
from assistant.text.places import cities_of
from assistant.text.spelling import SpellingCorrector
from assistant.text.termbase import Term, TermFinder, TermMatch
from assistant.types import LANGUAGES, Alternative, Concept, Language, Query

_TERM_WEIGHT = 0.9
_LEXICON_WEIGHT = 0.9
# A country is spoken of, too, where one of its cities is.
_CITY_WEIGHT = 0.6
_SOUND_WEIGHT = 0.8
_SPELLING_WEIGHT = 0.8
_PAID_WEIGHT = 0.8
# What is paid for a thing is called by it: 호텔비, 통역료, 비행기값.
_PAID_FOR = re.compile(r"(?P<thing>[가-힣]{2,})(?:비용|비|료|값|삯)")
_UNKNOWN_WEIGHT = 0.8
_CONTEXT_EMPHASIS = 0.4
# Words written as one say a little more than the words apart.
_JOINED_EMPHASIS = 0.4
# A year alone finds every paper of that year.
_YEAR_EMPHASIS = 0.5
_YEAR = re.compile(r"['‘’]?(?:(?:19|20)\d{2}|\d{2})\s?년?")
# The end of 4th: the number says it all.
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
# What the questioner does rather than what the question is about.
_ASKING = re.compile(
    r"\bhow (?:large|big|much|many|long|often|far|high|old|soon|do i|can (?:i|we))\b|\bwhat (?:kinds?|types?|sorts?) of\b"
    r"|\b(?:please|could you|can you|tell me|let me know|give me|show me|explain|describe|i(?:'d| would) like to know"
    r"|i want to know|do you know|name|list|exactly|precisely|briefly|in (?:a|one) (?:sentence|word|line)|in short)\b|알려\s?(?:주|줘|달)\S*|가르쳐\s?(?:주|줘)\S*|궁금\S*|(?:물어|여쭤)\s?[보봐볼]\S*|설명해\s?(?:주|줘)\S*|말해\s?(?:주|줘)\S*"
    r"|(?:정리|소개)해\s?(?:주|줘)\S*|정확히|정확하게|간단히|간략히|간단하게|구체적으로|자세히|도대체|한\s?(?:줄|마디|문장)(?:으?로)?(?!\S)"
    r"|(?:알고|듣고)\s?싶\S*|혹시|그럼|그러면|그런데|안녕하세요|감사합니다"
    # What is left of 얼마예요 without its 얼마 would be read as the noun 예.
    r"|(?<!\S)하나요?(?=\s*(?:\?|$))|(?:몇\s?(?:%|퍼센트|프로|조|억|명|개|곳|번|회)?(?:까지)?|얼마나?)(?:이?[예에]요(?![가-힣]))?|어느|무슨|어떤",
    re.IGNORECASE,
)


class QueryBuilder:
    """Understand a question well enough to look it up in two languages.

    Args:
        termbase: names and terms; the longest match wins over the words in it.
        lexicon: word translations for what the termbase does not know.
        matcher: sound and spelling, for what the lexicon does not know either.
        index: says which words its chunks hold.
        spelling: puts slips of the question right.
    """

    def __init__(
        self,
        termbase: TermFinder,
        lexicon: Lexicon,
        matcher: WordMatcher,
        index: LexicalIndex,
        spelling: SpellingCorrector,
    ) -> None:
        self._termbase = termbase
        self._lexicon = lexicon
        self._matcher = matcher
        self._index = index
        self._spelling = spelling

    @property
    def lexicon_version(self) -> str:
        """The version of the word translations in use."""
        return self._lexicon.version

    def build(self, text: str, language: Language | None = None, context: str = "") -> Query:
        """Return the query for a question; words of politeness and question words are no concepts.

        Args:
            text: the question.
            language: its language; detected if not given.
            context: the turns before it, whose concepts count less.
        """
        text = self._spelling.correct(text)
        concepts = list(self._concepts(text))
        said = {form for concept in concepts for a in concept.alternatives["ko"][:1] for form in a.forms}
        concepts.extend(
            replace(concept, emphasis=concept.emphasis * _CONTEXT_EMPHASIS)
            for concept in self._concepts(context)
            if not said.intersection(concept.alternatives["ko"][0].forms)
        )
        whole = f"{context}\n{text}" if context else text
        return Query(whole, language or detect_language(text), tuple(concepts))

    def _concepts(self, text: str) -> Iterator[Concept]:
        # Blanked out, not cut out: the places of the other words stay what they are.
        asked = _ASKING.sub(lambda match: " " * len(match.group()), with_abbreviations(text, self._abbreviates))
        matches = self._termbase.find(asked)
        concepts = {match.start: self._term_concept(asked, match) for match in matches}
        taken = [(match.start, match.end) for match in matches]
        for start, end, alone in verbs_of_two_words(asked):
            if not any(begin < end and start < stop for begin, stop in taken):
                concepts[start] = self._verb_concept(asked[start:end], alone)
                taken.append((start, end))
        for word in _words(analyze(asked)):
            if word[0].form in _ORDINAL_ENDS and asked[: word[0].start][-1:].isdigit():
                continue
            if not any(start <= word[0].start < end for start, end in taken):
                concepts[word[0].start] = self._word_concept(asked, word)
        for _, concept in sorted((concepts | self._joined(asked)).items()):
            if all(concept.alternatives.values()):
                emphasis = _YEAR_EMPHASIS if _YEAR.fullmatch(concept.text) else concept.emphasis
                yield replace(self._weighed(concept), emphasis=emphasis)

    def _joined(self, text: str) -> dict[float, Concept]:
        """Neighbouring words that the index also knows written as one (평양 축전, 평양축전), by the place after the first."""
        found: dict[float, Concept] = {}
        words = [word[0] for word in _words(analyze(text))]
        for one, two in itertools.pairwise(words):
            form = one.form + two.form
            if text[one.end : two.start].isspace() and has_hangul(form) and self._index.idf("ko", form) is not None:
                whole = Alternative((form,), 1.0, "compound", form)
                found[one.start + 0.5] = Concept(form, {"ko": (whole,), "en": (whole,)}, emphasis=_JOINED_EMPHASIS)
        return found

    def _term_concept(self, text: str, match: TermMatch) -> Concept:
        surface = text[match.start : match.end]
        own = [Alternative(forms, 1.0, "word", surface) for forms in _readings(surface)]
        words = _words(analyze(surface))
        said_in = detect_language(surface, default="en")
        alternatives: dict[Language, tuple[Alternative, ...]] = {}
        for language in LANGUAGES:
            known = self._termbase_forms(match.term, language)
            translated = self._by_lexicon(words[0], said_in) if len(words) == 1 and said_in != language else ()
            cities = self._cities(match.term, language)
            alternatives[language] = _distinct((*own, *known, *translated, *cities))
        return Concept(surface, alternatives, is_name=match.term.is_name)

    def _cities(self, term: Term, language: Language) -> Iterator[Alternative]:
        for key in cities_of(term.korean[0]) if term.kind == "country" else ():
            for city in self._termbase.find(key)[:1]:
                for way in self._termbase_forms(city.term, language):
                    yield replace(way, weight=_CITY_WEIGHT, origin="place")

    def _verb_concept(self, surface: str, alone: str) -> Concept:
        """A verb of two words: as it stands, else as the verb that says the same alone."""
        matches = self._termbase.find(alone)
        same = self._term_concept(alone, matches[0]) if matches else self._word_concept(alone, analyze(alone))
        own = [Alternative(forms, 1.0, "word", surface) for forms in _readings(surface)]
        alternatives: dict[Language, tuple[Alternative, ...]] = {}
        for language in LANGUAGES:
            other = (replace(way, weight=min(way.weight, _TERM_WEIGHT)) for way in same.alternatives[language])
            alternatives[language] = _distinct((*own, *other))
        return Concept(surface, alternatives)

    def _abbreviates(self, letters: str) -> bool:
        """Whether the termbase or a chunk has this abbreviation."""
        return bool(self._termbase.find(letters)) or self._index.holds(letters.lower())

    def _termbase_forms(self, term: Term, language: Language) -> Iterator[Alternative]:
        for form in term.forms(language):
            for forms in _readings(form):
                yield Alternative(forms, _TERM_WEIGHT, "termbase", form)

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
        if (paid := _PAID_FOR.fullmatch(whole.form)) and self._index.idf("ko", whole.form) is None:
            for each in LANGUAGES:
                ways = self._ways_of(paid["thing"], each)
                alternatives[each] = _distinct((*alternatives[each], *ways))
        if (country := country_of(surface)) and (matches := self._termbase.find(country)):
            for each in LANGUAGES:
                names = self._termbase_forms(matches[0].term, each)
                alternatives[each] = _distinct((*own, *names, *alternatives[each]))
        return Concept(surface, alternatives)

    def _ways_of(self, noun: str, language: Language) -> Iterator[Alternative]:
        """A noun for what is paid for it: 호텔 for 호텔비."""
        yield Alternative((noun,), _PAID_WEIGHT, "compound", noun)
        for form, p in self._lexicon.translations(noun, "ko") if language == "en" else ():
            yield Alternative((form,), _PAID_WEIGHT * p**0.5, "lexicon", form)

    def _weighed(self, concept: Concept) -> Concept:
        """With the weight of its most telling alternative; a word that no chunk holds tells as much as a rare one.

        Several words tell more than one of them, by the root of their number, whether the question says them or an alternative does:
        an abbreviation tells more than a word.
        """
        size = _size(concept)
        tells = [
            math.sqrt(max(size, len(alternative.forms))) * idf / self._index.max_idf(language)
            for language, alternatives in concept.alternatives.items()
            for alternative in alternatives
            if alternative.origin != "place"  # A city says where, and no more of what was asked.
            if (idf := self._mean_idf(alternative, language)) is not None
        ]
        return replace(concept, weight=max(tells) if tells else math.sqrt(size) * _UNKNOWN_WEIGHT)

    def _mean_idf(self, alternative: Alternative, language: Language) -> float | None:
        known = [idf for form in alternative.forms if (idf := self._index.idf(language, form)) is not None]
        return sum(known) / len(alternative.forms) if known else None

    def _translated(
        self, word: Sequence[Token], surface: str, language: Language, other: Language
    ) -> Iterator[Alternative]:
        """The word in the other language: by the lexicon, part by part if need be, else by its sound."""
        whole, parts = word[0], word[1:]
        known = list(self._by_lexicon(word, language))
        yield from known
        by_part = [self._lexicon.translations(part.form, language)[:1] for part in parts]
        if by_part and all(by_part):
            weight = min(found[0][1] for found in by_part) ** 0.5
            forms = tuple(found[0][0] for found in by_part)
            yield Alternative(forms, _LEXICON_WEIGHT * weight, "lexicon", " ".join(forms))
        if not known:
            for form, alike in self._matcher.sounding_like(whole.form, other):
                yield Alternative((form,), _SOUND_WEIGHT * alike, "transliteration", form)

    def _by_lexicon(self, word: Sequence[Token], language: Language) -> Iterator[Alternative]:
        for form, p in self._lexicon.translations(word[0].form, language):
            yield Alternative((form,), _LEXICON_WEIGHT * p**0.5, "lexicon", form)

    def _respelt(self, whole: Token, language: Language) -> Iterator[Alternative]:
        for form, alike in self._matcher.spelt_like(whole.form, language):
            yield Alternative((form,), _SPELLING_WEIGHT * alike, "spelling", form)


def _size(concept: Concept) -> int:
    return max(1, len(concept.alternatives["ko"][0].forms)) if concept.alternatives["ko"] else 1


def _words(tokens: Sequence[Token]) -> list[list[Token]]:
    """Group each token with the parts that stand at the same place."""
    words: list[list[Token]] = []
    for token in tokens:
        if words and token.start < words[-1][0].end:
            words[-1].append(token)
        else:
            words.append([token])
    return words


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[tuple[str, ...], ...]:
    """The forms of a name: with its compounds whole, and with every compound in parts."""
    words = _words(analyze(text))
    whole = tuple(word[0].form for word in words)
    parts = tuple(form for word in words for form in ([token.form for token in word[1:]] or [word[0].form]))
    return (whole,) if parts == whole else (whole, parts)


def _distinct(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Without alternatives that say the same forms; the first, most trusted one stays."""
    seen: dict[tuple[str, ...], Alternative] = {}
    for alternative in alternatives:
        if alternative.forms:
            seen.setdefault(alternative.forms, alternative)
    return tuple(seen.values())
