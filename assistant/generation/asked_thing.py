"""The thing a question asks for, and whether the passages say it.

Who writes on a subject says the subject; whether the *attribute* asked for is there decides if a question can be answered. Three rules:

- A word of the question that tells something (no plain word such as "get" or 경우) should stand in the passage, in any of the ways that the
  query knows, by a saying of the same thing (돈: an amount), or by its sound.
- Some things need a statement of their own (who was selected, how many came, a telephone number).
- What is counted ("how many votes", 몇 명) needs a number with its noun or counter.

The tables are reviewed data, ``data/asked_things.json``.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.generation.coverage import concepts_said
from assistant.text.language import has_hangul
from assistant.text.morphemes import predicate_starts, stem_english
from assistant.text.transliteration import consonants, similarity
from assistant.types import Concept

_TABLES = Path(__file__).parent / "data" / "asked_things.json"
_SAID = 0.5
_ALIKE = 0.75
# Shorter words sound like too many others.
_MIN_KOREAN, _MIN_LATIN = 3, 5
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
_NUMBER = r"(?:\d[\d,.]*\s?(?:만|천|백|억)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no)\b)"
_COUNTERS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(rf"{_NUMBER}\s?(?:[\w가-힣-]+\s){{0,3}}?(?:{said})", re.IGNORECASE))
    for asked, said in (
        (
            r"몇\s?(?:명|분이|사람)|인원"
            r"|how many (?:\w+ )?(?:people|staff|visitors|persons|guests|workers|participants|employees|residents)",
            r"명|인\b|people|persons|guests|visitors|workers|employees|companies|members|places|on site",
        ),
        (
            r"몇\s?(?:개\s?)?(?:업체|기업|회사|개사|군데|곳)|how many (?:\w+ )?(?:companies|firms|start-?ups|bidders|members|applicants)",
            r"개|사\b|곳|군데|업체|기업|companies|firms|members|exporters|bidders",
        ),
        (r"몇\s?(?:번|회|차례)|how (?:many times|often)", r"번|회|차례|times|visits|a (?:year|quarter|month)"),
        (r"몇\s?(?:쪽|페이지)|how many pages", r"쪽|페이지|pages?"),
        (r"몇\s?(?:일|개월|달|년|시간|분)|며칠", r"일|개월|월|년|시간|분|days?|months?|years?|hours?|minutes"),
    )
)
_HOW_MANY = re.compile(r"\bhow many (?:of (?:our|the|your) )?(?P<noun>(?:[A-Za-z-]+ ){0,2}[A-Za-z-]+)", re.IGNORECASE)
_FIGURE = re.compile(_NUMBER, re.IGNORECASE)


# Who asks which company it was wants a name; who asks which ones may take part wants conditions.
_PARTY = re.compile(
    r"(?:어느|어떤|무슨)\s?(?:회사|업체|기업|대학|브랜드)(?!.*(?:수 있|가능|대상|자격|해야|빠지|제외))"
    r"|\bwhich (?:compan|firm|start-?up|universit|consultant|contractor|supplier|brand|airline)"
    r"(?!.*\b(?:can|may|must|eligible|allowed|qualif\w+|apply|get|gets)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedThing:
    """What of the question is not said.

    ``untold`` is the weight (0 to about 4) of the telling words that no passage says, ``untold_near`` of those that the best clause
    and its headings do not say, ``undone`` of the verbs that no passage says; ``needs`` counts the things that want a statement of their
    own and have none; ``uncounted`` is whether a count is asked for and no figure stands by its noun; ``party`` whether the name of a
    company or the like is asked for.
    """

    untold: float
    untold_near: float
    undone: float
    needs: int
    uncounted: bool
    party: bool


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
    untold = _untold(concepts, passages)
    return AskedThing(
        sum(concept.weight for concept in untold if concept.text not in verbs),
        sum(concept.weight for concept in _untold(concepts, headed[:1]) if concept.text not in verbs),
        sum(concept.weight for concept in untold if concept.text in verbs),
        sum(
            asked.search(question) is not None and not any(said.search(clause) for clause in clauses)
            for asked, said in _tables().needs
        ),
        _uncounted(question, concepts, headed),
        _PARTY.search(question) is not None,
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


def _uncounted(question: str, concepts: Sequence[Concept], clauses: Sequence[str]) -> bool:
    counters = [said for asked, said in _COUNTERS if asked.search(question)]
    if any(said.search(clause) for said in counters for clause in clauses):
        return False
    counted = _HOW_MANY.search(question)
    if counted is None:
        return bool(counters)
    nouns = counted["noun"].lower().split()
    things = [
        concept for concept in concepts if concept.text.lower().split()[0] in nouns or concept.text.lower() in nouns
    ]
    return not any(
        _FIGURE.search(clause) and any(share >= _SAID for share in concepts_said(things, clause)) for clause in clauses
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    plain: frozenset[str]
    sayings: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    needs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@cache
def _tables() -> _Tables:
    table = json.loads(_TABLES.read_text("utf-8"))
    english = table["plain"]["en"].split()
    return _Tables(
        frozenset([*table["plain"]["ko"].split(), *english, *map(stem_english, english)]),
        *(
            tuple(
                (re.compile(row["asked"], re.IGNORECASE), re.compile(row["said"], re.IGNORECASE)) for row in table[part]
            )
            for part in ("sayings", "needs")
        ),
    )
