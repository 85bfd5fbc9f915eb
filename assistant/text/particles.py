"""Korean particles by the sound before them: 은/는, 이/가, 을/를, 과/와, 으로/로."""

from __future__ import annotations

import re

_PAIRS = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이란": "란"}
_CLOSING = " \"'’”」』)]}>》〉·.,!?"
_PARENTHESES = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
# Final consonants of the digits and letters as they are read: 영 일 이 삼 사 오 육 칠 팔 구; L 엘, M 엠, N 엔, R 알.
_DIGITS = dict(zip("0123456789", "ㅇㄹ-ㅁ--ㄱㄹㄹ-", strict=True))
_LETTERS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
_SPOKEN_ENDS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "k": "ㄱ", "p": "ㅂ", "b": "ㅂ", "t": "ㅅ", "c": "ㄱ", "g": "ㅇ"}
_WORDS = frozenset({"KOTRA", "KIND", "COEX", "BEXCO", "ASEAN", "KINTEX"})
_NONE = "-"
_RIEUL = 8


def final_consonant(text: str) -> str:
    """The consonant on which ``text`` ends when read aloud in Korean: a letter, or empty after a vowel.

    Digits and capitals are read one by one, other Latin words roughly as they sound; closing marks and a closing bracket with what is in
    it are passed over.
    """
    while (shorter := _PARENTHESES.sub("", text)) != text and shorter:
        text = shorter
    text = text.rstrip(_CLOSING)
    last = text[-1:]
    if "가" <= last <= "힣":
        number = (ord(last) - 0xAC00) % 28
        return "" if number == 0 else "ㄹ" if number == _RIEUL else "ㄱ"
    if last in _DIGITS and last:
        return _DIGITS[last].replace(_NONE, "")
    word = re.search(r"[A-Za-z]+$", text)
    if word is None:
        return ""
    spoken = word.group()
    if spoken.isupper() and spoken not in _WORDS:
        return _LETTERS.get(spoken[-1], "")
    if spoken.lower().endswith("e") and len(spoken) > 2:
        return _SPOKEN_ENDS.get(spoken[-2].lower(), "") if spoken[-2].lower() in "lmn" else ""
    return _SPOKEN_ENDS.get(spoken[-1].lower(), "")


def with_particle(word: str, particle: str) -> str:
    """``word`` with the particle it asks for.

    Args:
        word: what the particle follows.
        particle: its form after a consonant: ``은``, ``이``, ``을``, ``과``, ``으로`` or ``이란``.

    Raises:
        KeyError: another particle.
    """
    final = final_consonant(word)
    after_vowel = not final or (particle == "으로" and final == "ㄹ")
    return word + (_PAIRS[particle] if after_vowel else particle)
