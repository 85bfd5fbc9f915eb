"""The bundled bilingual model: MiniLM with Korean morphemes, run by onnxruntime without torch.

English words and numbers are split into WordPiece tokens as the original model's are; Korean is analysed by Kiwi and each
content morpheme has a row of its own in the embedding table. A morpheme without a row is put together from shorter ones,
from syllables and at last from letters, so that no word of either language is lost.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.text.language import has_hangul
from assistant.text.morphemes import _analyze_korean

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

DIMENSION = 384
MAX_TOKENS = 256
GRAPHS = ("lower.onnx", "upper.onnx")
"""The files of the weights: embeddings and first layers, and the other layers with the mean over all tokens."""
PAD, UNK, CLS, SEP = 0, 100, 101, 102

# Nouns, numerals, pronouns, roots, adverbs, determiners: one row a form. Verbs and adjectives carry 다 behind their stem.
_NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "XR", "MAG", "MAJ", "MM"})
_VERBAL = ("VV", "VA", "VCN")
_AUXILIARY = frozenset({"않", "말", "못하"})
_LIMITS = frozenset({"까지", "부터", "보다", "처럼", "마다", "밖에"})
_EMPTY = frozenset({"것", "거", "수", "등", "및", "바", "데", "줄", "하다", "되다", "이", "그"})
# Latin words, numbers, foreign letters and the few signs that mean something; other punctuation of Korean text is left out.
_FOREIGN = re.compile(r"[^\W_가-힣ㄱ-ㆎ]+(?:[.,'’&/+:-][^\W_가-힣ㄱ-ㆎ]+)*|[?%$€£¥℃㎡]")
_HANGUL_RUN = re.compile(r"[가-힣]+")


def morpheme_keys(text: str) -> Iterator[tuple[int, str, bool]]:
    """The content of Korean ``text`` in no fixed order: ``(start, key, is_korean)``; a key that is not Korean is WordPiece's."""
    for match in _FOREIGN.finditer(text):
        yield match.start(), match.group(), False
    for morpheme in _analyze_korean(text):
        form, tag = morpheme.form, morpheme.tag
        if tag in _NOMINAL:
            key = form
        elif tag.startswith(_VERBAL) or (tag.startswith("VX") and form in _AUXILIARY):
            key = form + "다"
        elif tag == "XPN":
            key = form + "-"
        elif tag == "XSN":
            key = "-" + form
        elif tag in {"JX", "JKB"} and form in _LIMITS:
            key = "~" + form
        else:
            continue
        if key in _EMPTY:
            continue
        if key.strip("-~").isascii() or not all("가" <= c <= "힣" for c in key.strip("-~")):
            # A name that mixes scripts (LH공사): its Latin part is found above.
            for match in _HANGUL_RUN.finditer(key):
                yield morpheme.start + match.start(), match.group(), True
        else:
            yield morpheme.start, key, True


class KiwiTokenizer:
    """Token numbers for Korean and English text.

    Args:
        folder: holds ``tokenizer.json`` (WordPiece) and ``korean.txt`` (one key a line; its number follows WordPiece's).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segments = lru_cache(maxsize=50_000)(self._segment)
        self._pieces = lru_cache(maxsize=50_000)(self._word_piece)

    @cached_property
    def word_piece(self) -> Tokenizer:
        """The original model's tokenizer."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def rows(self) -> dict[str, int]:
        """Key of a Korean row to its token number."""
        first = self.word_piece.get_vocab_size()
        lines = (self._folder / "korean.txt").read_text(encoding="utf-8").split("\n")
        return {key: first + number for number, key in enumerate(line for line in lines if line)}

    def encode(self, text: str) -> list[int]:
        """The numbers of ``text`` with ``[CLS]`` and ``[SEP]``, at most ``MAX_TOKENS``; never ``[UNK]``."""
        if not has_hangul(text):
            return [CLS, *self._word_piece(text)[: MAX_TOKENS - 2], SEP]
        keys = sorted(morpheme_keys(unicodedata.normalize("NFC", text)), key=lambda item: item[0])
        return self.encode_keys([(key, korean) for _, key, korean in keys])

    def encode_keys(self, keys: Iterable[tuple[str, bool]]) -> list[int]:
        """Like ``encode`` for the keys of a Korean text in reading order, each with whether it is Korean."""
        ids: list[int] = []
        for key, korean in keys:
            if not korean:
                ids.extend(self._pieces(key))
            elif (row := self.rows.get(key)) is not None:
                ids.append(row)
            else:
                ids.extend(self._segments(key))
        return [CLS, *ids[: MAX_TOKENS - 2], SEP]

    def _word_piece(self, text: str) -> tuple[int, ...]:
        ids: list[int] = self.word_piece.encode(text, add_special_tokens=False).ids
        return tuple(number for number in ids if number != UNK)

    def _segment(self, key: str) -> tuple[int, ...]:
        """A word without a row as the fewest rows that spell it; syllables of a rest count one and a half."""
        return tuple(number for piece in self.segment(key) for number in self._spell(piece))

    def segment(self, key: str, *, whole: bool = True) -> list[str]:
        """Split a key into keys of rows and single syllables (``#`` before them), itself allowed if ``whole``."""
        word = key.strip("-~")
        best: list[tuple[float, list[str]]] = [(0.0, [])]
        for end in range(1, len(word) + 1):
            cost, pieces = best[end - 1]
            options = [(cost + 1.5, [*pieces, "#" + word[end - 1]])]
            for start in range(max(0, end - 8), end - 1):
                piece = word[start:end]
                if piece in self.rows and (whole or end - start < len(word)):
                    options.append((best[start][0] + 1, [*best[start][1], piece]))
            best.append(min(options, key=lambda option: option[0]))
        return best[-1][1]

    def _spell(self, piece: str) -> list[int]:
        if (row := self.rows.get(piece)) is not None:
            return [row]
        letters = unicodedata.normalize("NFD", piece.removeprefix("#"))
        return [self.rows[letter] for letter in letters if letter in self.rows]


class BundledModel:
    """Vectors from the quantised graphs of the model folder.

    Each text is a run of its own, so that its vector does not depend on its neighbours and nothing is padded; the runs are
    spread over threads while the next texts are analysed.

    Args:
        folder: the model's folder; the bundled one if ``None``.
        threads: runs at a time.
    """

    def __init__(self, folder: Path | None = None, threads: int = 2) -> None:
        self.folder = folder or Path(str(files("assistant.index"))) / "model"
        self._threads = threads
        self.tokenizer = KiwiTokenizer(self.folder)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the weights, in hexadecimal digits."""
        return hashlib.sha256(b"".join((self.folder / name).read_bytes() for name in GRAPHS)).hexdigest()

    @cached_property
    def _lower(self) -> InferenceSession:
        return open_graph(self.folder / GRAPHS[0])

    @cached_property
    def _upper(self) -> InferenceSession:
        return open_graph(self.folder / GRAPHS[1])

    def states(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """What the first layers make of a text's token numbers: ``(1, n_tokens, 384)`` float32."""
        [states] = self._lower.run(None, {"input_ids": np.asarray([ids], dtype=np.int64)})
        return np.asarray(states)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors ``(n_texts, 384)`` float32 of unit length, mean-pooled over at most ``MAX_TOKENS`` tokens each."""
        return self.encode_tokens(self.tokenizer.encode(text) for text in texts)

    def encode_tokens(self, numbers: Iterable[Sequence[int]]) -> NDArray[np.float32]:
        """Like ``encode`` for what ``tokenizer.encode`` gave."""
        everything = iter(numbers)
        first = next(everything, None)
        if first is None:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        second = next(everything, None)
        if second is None:
            return self._vector(first)
        with ThreadPoolExecutor(self._threads) as pool:
            vectors = list(pool.map(self._vector, chain((first, second), everything)))
        return np.concatenate(vectors)

    def _vector(self, ids: Sequence[int]) -> NDArray[np.float32]:
        [vectors] = self._upper.run(None, {"states": self.states(ids)})
        return np.asarray(vectors)


def open_graph(path: Path) -> InferenceSession:
    """An ONNX graph, run on one thread a run."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
