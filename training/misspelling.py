"""Questions as people mistype them, so that what learns from questions reads such ones too."""

from __future__ import annotations

import random
import re
import unicodedata

# Letters that are taken for one another, by sound or by place on the keyboard; first, middle and last letters of a syllable.
_ALIKE = ("ᄀᄁᄏ", "ᄃᄄᄐ", "ᄇᄈᄑ", "ᄉᄊ", "ᄌᄍᄎ", "ᅢᅦ", "ᅤᅨ", "ᅬᅫᅰ", "ᅩᅮ", "ᅳᅮ", "ᅡᅥ", "ᆺᆻ", "ᆫᆭ", "ᆯᆶ")
_OTHERS = {letter: group.replace(letter, "") for group in _ALIKE for letter in group}
_HANGUL = re.compile(r"[가-힣]")
_LETTERS = re.compile(r"[A-Za-z]{4,}")
_CHARS_A_MISTAKE = 25
_VOWELS = "aeiou"


def misspelt(text: str, draw: random.Random) -> str:
    """``text`` with a mistake for about every 25 characters: a letter taken for another, left out, doubled or swapped, a space left out.

    The first letter of an English word stays, figures and single signs too. Without a place for a mistake the text comes back as it is.
    """
    for _ in range(1 + len(text) // _CHARS_A_MISTAKE):
        kinds = [kind for kind in (_hangul, _latin, _space) if draw.random() < 0.7]
        for kind in kinds:
            changed = kind(text, draw)
            if changed != text:
                text = changed
                break
    return text


def _hangul(text: str, draw: random.Random) -> str:
    places = [match.start() for match in _HANGUL.finditer(text)]
    if not places:
        return text
    place = draw.choice(places)
    letters = list(unicodedata.normalize("NFD", text[place]))
    known = [n for n, letter in enumerate(letters) if letter in _OTHERS]
    if not known:
        return text
    chosen = draw.choice(known)
    letters[chosen] = draw.choice(_OTHERS[letters[chosen]])
    return text[:place] + unicodedata.normalize("NFC", "".join(letters)) + text[place + 1 :]


def _latin(text: str, draw: random.Random) -> str:
    words = list(_LETTERS.finditer(text))
    if not words:
        return text
    word = draw.choice(words)
    place = draw.randrange(word.start() + 1, word.end() - 1)
    here, following = text[place], text[place + 1]
    mended = {
        "swapped": following + here,
        "left out": following,
        "doubled": here + here + following,
        "other": (draw.choice(_VOWELS) if here in _VOWELS else here) + following,
    }
    return text[:place] + mended[draw.choice(sorted(mended))] + text[place + 2 :]


def _space(text: str, draw: random.Random) -> str:
    places = [place for place, char in enumerate(text) if char == " "]
    if not places or not _HANGUL.search(text):
        return text
    place = draw.choice(places)
    return text[:place] + text[place + 1 :]
