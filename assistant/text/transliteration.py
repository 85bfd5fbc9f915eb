"""Hangul and Latin spellings of one name, compared by their consonants.

A name written in Korean (하노이, 볼티모어) and in Latin letters (Hanoi, Baltimore) keeps its consonants in order, up to what Korean
phonology merges: voiced and unvoiced stops, l and r, f and p, silent r. Both are reduced to a skeleton of consonant classes (after
Revised Romanization and the Korean rules for writing foreign words) with vowels kept as one coarse mark, and skeletons are compared.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from assistant.text.language import has_hangul
from assistant.text.morphemes import stem_english

_INITIALS = [
    "K",
    "K",
    "N",
    "T",
    "T",
    "L",
    "M",
    "P",
    "P",
    "S",
    "S",
    ".",
    "C",
    "C",
    "C",
    "K",
    "T",
    "P",
    "H",
]  # ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ
_FINALS = [
    ".",
    "K",
    "K",
    "K",
    "N",
    "N",
    "N",
    "T",
    "L",
    "L",
    "L",
    "L",
    "L",
    "L",
    "L",
    "L",
    "M",
    "P",
    "P",
    "T",
    "T",
    "N",
    "T",
    "T",
    "K",
    "T",
    "P",
    ".",
]  # none, ㄱ … ㅎ
# ㅡ is what Korean puts between consonants that stand together: no sound of the name.
_EPENTHETIC_VOWEL = 18
# Front, back and open vowels; glides fall away.  ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ
_VOWELS = ["a", "e", "a", "e", "o", "e", "o", "e", "o", "a", "e", "e", "o", "u", "o", "e", "i", "u", ".", "i", "i"]

_LATIN_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"tch|tsch|cz", "C"),
        (r"sch|sh", "S"),
        (r"ch(?=[lrn])", "K"),
        (r"ch", "C"),
        (r"ph", "P"),
        (r"th", "T"),
        (r"ck|cc|qu|kh|gh(?=[aeiou])", "K"),
        (r"gh", ""),
        (r"ng(?![aeiou])", "N"),
        (r"x", "KS"),
        (r"c(?=[eiy])", "S"),
        (r"g(?=[eiy])", "K"),
        (r"dj|j|z", "C"),
        (r"[ckqg]", "K"),
        (r"[dt]", "T"),
        (r"r(?![aeiouyw])", ""),
        (r"[lr]", "L"),
        (r"[bpfv]", "P"),
        (r"m", "M"),
        (r"n", "N"),
        (r"s", "S"),
        (r"h(?![aeiouyw])", ""),
        (r"h", "H"),
        (r"ee|ea|ie|ei|ey|ay", "e"),
        (r"oo|ou|ow|ew", "u"),
        (r"[wy](?=[aeiou])", ""),
        (r"y", "i"),
        (r"w", "u"),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_E = re.compile(r"(?<=[a-z]{2})e$")
_CONSONANTS = re.compile(r"[A-Z]")
_WEAK = re.compile(r"L(?=[A-Z])|(?<=[a-z])[TSL]$")
_MIN_CONSONANTS = 2
_MIN_STEM_CONSONANTS = 3
# One consonant in so many may differ.
_CONSONANTS_A_SLIP = 5
# Chosen on the pairs of evals/transliteration.py: see docs/retrieval.md.
_MIN_SOUND = 0.7
# An end that is only guessed must make the name sound better than that.
_MIN_SOUND_GUESSED = 0.8
# Ends of names that the English stemmer takes for endings (Samirkent, Nanjing, Senegal), and their consonants.
_STEMMED_ENDS = {"ent": "NT", "ant": "NT", "ing": "N", "al": "L", "ate": "T", "ed": "T", "ion": "N", "er": ""}


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonant classes (capitals) and coarse vowels (small letters) of a Hangul or Latin word, in order."""
    return _DOUBLED.sub(r"\1", _hangul_skeleton(word) if has_hangul(word) else _latin_skeleton(word.lower()))


def similarity(first: str, second: str) -> float:
    """How alike two words sound, 0 to 1; 0 when their consonants differ by more than one in five or are too few to tell.

    Works between scripts and within one.
    """
    one, other = skeleton(first), skeleton(second)
    return max(_alike(one, other), _alike(_without_weak_sounds(one), _without_weak_sounds(other)))


def _alike(one: str, other: str) -> float:
    consonants, other_consonants = _consonants(one), _consonants(other)
    longest = max(len(consonants), len(other_consonants))
    if min(len(consonants), len(other_consonants)) < _MIN_CONSONANTS:
        return 0.0
    distance = Levenshtein.distance(consonants, other_consonants)
    if distance > longest // _CONSONANTS_A_SLIP:
        return 0.0
    alike = Levenshtein.normalized_similarity(one, other)
    # Two consonants say little: then the vowels must agree as well.
    return alike if longest > _MIN_CONSONANTS or alike >= 0.8 else 0.0


def consonants(word: str) -> str:
    """The consonant classes of a word: a key under which spellings of one name fall together."""
    return _consonants(skeleton(word))


def sound_keys(word: str) -> set[str]:
    """Keys of which two spellings of one name share one: consonants with and without weak sounds, in longer ones each left out once."""
    keys: set[str] = set()
    whole = skeleton(word)
    for spoken in (whole, _without_weak_sounds(whole)):
        key = _consonants(spoken)
        keys.add(key)
        if len(key) >= _CONSONANTS_A_SLIP:
            keys.update(key[:n] + key[n + 1 :] for n in range(len(key)))
    return {key for key in keys if len(key) >= _MIN_CONSONANTS}


def match(word: str, candidate: str) -> float:
    """How alike a word and one in the other script sound, 0 to 1; 0 unless they may well be one name.

    The decision that retrieval rests on; ``python -m evals.transliteration`` measures it.
    """
    if has_hangul(word) == has_hangul(candidate):
        return 0.0
    alike = similarity(word, candidate)
    return alike if alike >= _MIN_SOUND else 0.0


def stem_keys(word: str) -> set[str]:
    """Keys besides ``sound_keys`` by which a name and the stem that an index holds of it are found, whichever of both ``word`` is; none
    where the stem's consonants would be too few to tell a name.
    """
    if has_hangul(word):
        ends = {end for end in _STEMMED_ENDS.values() if end}
        keys = {key.removesuffix(end) for key in _whole_keys(word) for end in ends if key.endswith(end)}
        return {key for key in keys if len(key) >= _MIN_STEM_CONSONANTS}
    if len(consonants(word)) < _MIN_STEM_CONSONANTS:
        return set()
    return set().union(*(_whole_keys(name) for name in _stemmed_so(word)[1:]))


def match_stem(word: str, candidate: str) -> float:
    """``match`` where a Latin word may be the stem of a name that the English stemmer has shortened."""
    if alike := match(word, candidate):
        return alike
    guessed = max(match(one, other) for one in _stemmed_so(word) for other in _stemmed_so(candidate))
    return guessed if guessed >= _MIN_SOUND_GUESSED else 0.0


@lru_cache(maxsize=50_000)
def _stemmed_so(form: str) -> tuple[str, ...]:
    """The form itself, and what else the English stemmer would make it of."""
    if has_hangul(form):
        return (form,)
    return (form, *(form + end for end in _STEMMED_ENDS if stem_english(form + end) == form))


def _whole_keys(word: str) -> set[str]:
    whole = skeleton(word)
    return {_consonants(whole), _consonants(_without_weak_sounds(whole))}


def _without_weak_sounds(skeleton_text: str) -> str:
    """Without an r that closes a syllable and a consonant that ends the word, which some languages do not sound."""
    return _DOUBLED.sub(r"\1", _WEAK.sub("", skeleton_text))


def _consonants(skeleton_text: str) -> str:
    return "".join(_CONSONANTS.findall(skeleton_text))


def _hangul_skeleton(word: str) -> str:
    parts: list[str] = []
    for character in word:
        code = ord(character) - 0xAC00
        if not 0 <= code < 11172:
            continue
        initial, vowel, final = code // 588, code % 588 // 28, code % 28
        parts.append(_INITIALS[initial])
        if vowel != _EPENTHETIC_VOWEL:
            parts.append(_VOWELS[vowel])
        parts.append(_FINALS[final])
    return "".join(parts).replace(".", "")


def _latin_skeleton(word: str) -> str:
    word = _SILENT_E.sub("", re.sub(r"[^a-z]", "", word))
    for pattern, replacement in _LATIN_RULES:
        word = pattern.sub(replacement, word)
    return word
