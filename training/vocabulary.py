"""The Korean rows of the model: which morphemes get one, and the vector each starts from."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.kiwi_transformer import KiwiTokenizer, morpheme_keys
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from training.pairs import Pair

MAX_ROWS = 20_000
_OWN = frozenset({"pairs_policy", "pairs_notices", "frames", "termbase"})
_INITIALS = "g kk n d tt r m b pp s ss _ j jj ch k t p h".split()  # noqa: SIM905
_MEDIALS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905
_FINALS = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()  # noqa: SIM905


def romanised(word: str) -> str:
    """Revised Romanization letter by letter, without the changes between syllables."""
    latin = ""
    for syllable in word:
        code = ord(syllable) - 0xAC00
        if 0 <= code < 11172:
            latin += (_INITIALS[code // 588] + _MEDIALS[code // 28 % 21] + _FINALS[code % 28]).replace("_", "")
    return latin


Keys = list[tuple[str, bool]]


def analysed(pairs: Sequence[Pair]) -> list[Keys]:
    """The keys of every Korean side in reading order."""
    found = []
    for pair in pairs:
        keys = sorted(morpheme_keys(unicodedata.normalize("NFC", pair.ko)), key=lambda item: item[0])
        found.append([(key, korean) for _, key, korean in keys])
    return found


def choose(pairs: Sequence[Pair], analysis: Sequence[Keys]) -> list[str]:
    """Keys seen twice in the pairs or once in our own language, then every common syllable, then the letters."""
    seen: Counter[str] = Counter()
    own: set[str] = set()
    for pair, found in zip(pairs, analysis, strict=True):
        keys = {key for key, korean in found if korean}
        seen.update(keys)
        if pair.source in _OWN:
            own |= keys
    words = [key for key, count in seen.items() if (count > 1 or key in own) and len(key) < 12]
    syllables = ["#" + chr(code) for code in range(0xAC00, 0xD7A4) if _is_common(chr(code))]
    letters = [chr(code) for code in (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3))]
    words.sort(key=lambda key: (-seen[key] - 3 * (key in own), key))
    return sorted(words[: MAX_ROWS - len(syllables) - len(letters)]) + syllables + letters


def _is_common(syllable: str) -> bool:
    try:
        return len(syllable.encode("euc-kr")) == 2
    except UnicodeEncodeError:
        return False


def first_rows(
    keys: Sequence[str], tokenizer: KiwiTokenizer, pieces: NDArray[np.float32], termbase: Termbase, lexicon: Lexicon
) -> NDArray[np.float32]:
    """Where each row starts: the mean of its translations' word pieces, else of its parts', else of its sound's.

    Args:
        pieces: the WordPiece rows, ``(n_pieces, dim)``.
    """
    unstemmed = _unstemmed(pieces.shape[0], tokenizer)
    terms: dict[str, list[str]] = {}
    for term in termbase.terms:
        for form in term.korean:
            terms.setdefault(form.replace(" ", ""), list(term.english[:2]))

    def mean(texts: Sequence[str], weights: Sequence[float]) -> NDArray[np.float32] | None:
        rows, sizes = [], []
        for text, weight in zip(texts, weights, strict=True):
            ids = tokenizer._word_piece(text)
            rows += [pieces[n] for n in ids]
            sizes += [weight / len(ids)] * len(ids)
        return np.average(rows, axis=0, weights=sizes).astype(np.float32) if rows else None

    table: dict[str, NDArray[np.float32]] = {}
    average = pieces.mean(axis=0)
    for key in keys:
        word = key.strip("-~#")
        stem = word[:-1] if word.endswith("다") and len(word) > 1 else word
        found = None
        if not key.startswith("#"):
            if word in terms:
                found = mean(terms[word], [1.0] * len(terms[word]))
            elif translations := lexicon.translations(stem, "ko") or lexicon.translations(word, "ko"):
                found = mean([unstemmed.get(en, en) for en, _ in translations], [p for _, p in translations])
        if found is not None:
            table[key] = found
    for key in keys:
        if key not in table:
            parts = [table[p] for p in tokenizer.segment(key, whole=False) if p in table] if len(key) > 2 else []
            sound = mean([romanised(key)], [1.0]) if romanised(key) else None
            if parts:
                table[key] = np.mean(parts, axis=0)
            else:
                table[key] = average if sound is None else sound
    return np.stack([table[key] for key in keys])


def _unstemmed(n_pieces: int, tokenizer: KiwiTokenizer) -> dict[str, str]:
    """Index stems to the shortest whole word of the WordPiece vocabulary that has the stem (citi → city)."""
    from assistant.text.morphemes import stem_english

    words: dict[str, str] = {}
    vocabulary = sorted(tokenizer.word_piece.get_vocab(), key=lambda word: (len(word), word))
    for word in vocabulary:
        if word.isascii() and word.isalpha():
            words.setdefault(stem_english(word), word)
    return words


def write(keys: Sequence[str], folder: Path) -> None:
    """``korean.txt``: one key a line."""
    (folder / "korean.txt").write_text("\n".join(keys) + "\n", encoding="utf-8")
