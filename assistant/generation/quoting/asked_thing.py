"""The thing a question asks for, and whether the passages say it.

Who writes on a subject says the subject; whether the *attribute* asked for is there decides if a question can be answered. Two rules:

- A word of the question that tells something (no plain word such as "get" or 경우) should stand in the passage, in any of the ways that the
  query knows, by a saying of the same thing (돈: an amount), or by its sound.
- What can be told by its form (a sum, a number of people, a telephone number, who was selected) should be held by a clause.

The tables are reviewed data, ``data/asked_things.json``.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.generation.quoting.coverage import concepts_said
from assistant.text.language import has_hangul
from assistant.text.morphemes import predicate_starts, stem_english
from assistant.text.transliteration import consonants, similarity
from assistant.types import Concept

_TABLES = Path(__file__).parents[1] / "data" / "asked_things.json"
_SAID = 0.5
_ALIKE = 0.75
# Shorter words sound like too many others.
_MIN_KOREAN, _MIN_LATIN = 3, 5
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
# What the patterns of the table may say for short.
_SHORT = {
    "<number>": r"(?:\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    "<month>": "(?:January|February|March|April|May|June|July|August|September|October|November|December)",
}
# A noun is what is asked for, not only spoken of, before a Korean question word or at the end, and soon after an English one.
_ASKED_KO = (
    r"(?:이|가|은|는|을|를|도|요|은요|는요|좀|란|이란)?\s*(?:(?:정확히|보통|대략|최소|최대|총|연|현재|한|제일|가장)\s*)*"
    r"(?:얼마|몇|어떻게|어느|어떤|무엇|뭐|뭔|누구|어디|언제|알려|궁금|있나|있어|있는|주세요|좀\s?주|\?|$)"
)
_ASKED_EN = (
    r"\b(?:what(?:'s)?|which|give (?:me|us)|tell (?:me|us)|is there an?|any)\b"
    r"(?:\s(?!(?:does|do|did|of|for|in|on|at|that|to)\b)[\w'-]+){0,5}?\s"
)


@dataclass(frozen=True, slots=True)
class AskedThing:
    """What of the question is not said.

    ``untold`` is the weight (0 to about 4) of the telling words that no passage says, ``untold_near`` of those that the best clause
    and its headings do not say; verbs count for neither. ``unheld`` counts the kinds of things asked for (0 to about 4) that no chosen
    clause holds, ``unheld_near`` those that the best one does not hold.
    """

    untold: float
    untold_near: float
    unheld: int
    unheld_near: int


def asked_thing(
    question: str, concepts: Sequence[Concept], clauses: Sequence[str], headed: Sequence[str], passages: Sequence[str]
) -> AskedThing:
    """Check a question against what was chosen, best first.

    Args:
        question: what was asked last.
        concepts: its concepts.
        clauses: the chosen clauses with their notes and table headers.
        headed: the same with the headings and the line above.
        passages: the whole passages they stand in.
    """
    verbs = {concept.text for concept in concepts if question.find(concept.text) in predicate_starts(question)}
    held = [said for asked, said in _tables().kinds if asked.search(question)]
    return AskedThing(
        sum(concept.weight for concept in _untold(concepts, passages) if concept.text not in verbs),
        sum(concept.weight for concept in _untold(concepts, headed[:1]) if concept.text not in verbs),
        sum(not any(said.search(clause) for clause in clauses) for said in held),
        sum(not said.search(clauses[0]) for said in held),
    )


def untold_words(concepts: Sequence[Concept], texts: Sequence[str]) -> list[str]:
    """The telling words that no text says."""
    return [concept.text for concept in _untold(concepts, texts)]


def _untold(concepts: Sequence[Concept], texts: Sequence[str]) -> list[Concept]:
    said = [max(column) for column in zip(*(concepts_said(concepts, text) for text in texts), strict=True)]
    untold = [
        concept
        for concept, share in zip(concepts, said, strict=True)
        if concept.emphasis == 1.0 and share < _SAID and _is_telling(concept) and not _otherwise(concept, texts)
    ]
    # A name written apart in the question and as one word in the text.
    joined = {
        concept.text
        for pair in itertools.pairwise(untold)
        if any(_sounds_said(pair[0].text + pair[1].text, text) for text in texts)
        for concept in pair
    }
    return [concept for concept in untold if concept.text not in joined]


def _is_telling(concept: Concept) -> bool:
    """Whether a word names something: no plain word, no verb, no number or day."""
    plain = _tables().plain
    if has_hangul(concept.text):
        stem = "".join(concept.alternatives["ko"][0].forms)
        return len(concept.text) > 1 and not (
            concept.text[0].isdigit()
            or concept.text in plain
            or concept.text.removesuffix("들") in plain
            or stem in plain
        )
    return not all(
        part.lower() in plain or stem_english(part) in plain or part.endswith("ed")
        for part in re.findall(r"[A-Za-z']{2,}", concept.text)
    )


def _otherwise(concept: Concept, texts: Sequence[str]) -> bool:
    """Whether a text says the word by another saying of the same thing, or by its sound."""
    words = [word for word in concept.text.split() if word.lower() not in _tables().plain] or [concept.text]
    return all(
        any(
            _sounds_said(word, text)
            or any(asked.fullmatch(word) and said.search(text) for asked, said in _tables().sayings)
            for text in texts
        )
        for word in words
    )


@lru_cache(maxsize=4096)
def _sounds_said(word: str, text: str) -> bool:
    is_long = len(word) >= (_MIN_KOREAN if has_hangul(word) else _MIN_LATIN)
    # The first sound is hardly ever wrong, and comparing is dear.
    first = _first_sound(word)
    others = (other for other in _spoken(text) if _first_sound(other) == first)
    return any(similarity(word, other) >= _ALIKE if is_long else _is_spelling(word, other) for other in others)


@lru_cache(maxsize=50_000)
def _first_sound(word: str) -> str:
    return consonants(word)[:1]


def _is_spelling(word: str, other: str) -> bool:
    """Whether a short word is the other script's spelling of a word (다온, Daon)."""
    return len(word) > 1 and has_hangul(word) != has_hangul(other) and similarity(word, other) == 1.0


@lru_cache(maxsize=512)
def _spoken(text: str) -> frozenset[str]:
    """The longer words of a text, neighbours joined as well (Villa Serena, 비야세레나), and cities without their 시."""
    words = _WORD.findall(text)
    joined = [one + two for one, two in itertools.pairwise(words) if one[:1].isupper() and two[:1].isupper()]
    cities = [word[:-1] for word in words if word.endswith("시")]
    return frozenset(
        word
        for word in (*words, *joined, *cities)
        if len(word) >= (_MIN_KOREAN if has_hangul(word) else _MIN_LATIN - 1)
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    plain: frozenset[str]
    sayings: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    kinds: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@cache
def _tables() -> _Tables:
    table = json.loads(_TABLES.read_text("utf-8"))
    english = table["plain"]["en"].split()
    return _Tables(
        frozenset([*table["plain"]["ko"].split(), *english, *map(stem_english, english)]),
        tuple((_compiled(row["asked"]), _compiled(row["said"])) for row in table["sayings"]),
        tuple((_compiled(_asks(row)), _compiled(row["said"])) for row in table["kinds"]),
    )


def _asks(row: Mapping[str, str]) -> str:
    """How a kind is asked for: by question words of its own, or by a noun that is asked for."""
    ways = [row["asked"]]
    if "nouns_ko" in row:
        ways.append(rf"(?:{row['nouns_ko']}){_ASKED_KO}")
    if "nouns_en" in row:
        ways.append(rf"{_ASKED_EN}(?:{row['nouns_en']})\b")
    return "|".join(ways)


def _compiled(pattern: str) -> re.Pattern[str]:
    for short, whole in _SHORT.items():
        pattern = pattern.replace(short, whole)
    return re.compile(pattern, re.IGNORECASE)
