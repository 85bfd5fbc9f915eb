"""Learn the word-translation lexicon from parallel sentences: IBM Model 1 both ways, symmetrised.

``python -m training.lexicon`` writes ``assistant/text/data/lexicon.json.gz``, the same bytes for the same pairs; with ``--check`` it says
whether the file there is what today's texts give.
(Brown and others, The Mathematics of Statistical Machine Translation, Computational Linguistics 1993.)
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.metadata
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.text.language import has_hangul
from assistant.text.lexicon import FORMAT
from assistant.text.morphemes import forms
from assistant.text.termbase import Termbase
from training.pairs import PUBLIC_FOLDER, Pair, load_pairs

OUTPUT = Path(__file__).parents[1] / "assistant" / "text" / "data" / "lexicon.json.gz"
# Counted up each time the file in the repository is learned anew.
VERSION = 3
ITERATIONS = 6
MIN_PROBABILITY = 0.05
MIN_SEEN = 2
BEST = 5
_MAX_TOKENS = 60
_TERM_PROBABILITY = 0.8
# Our own language counts more than a programming manual's.
_REPEATS = {"pairs_policy": 2, "pairs_notices": 2, "park-news": 2, "ud-pud": 2, "termbase": 1}

Table = dict[str, list[tuple[str, float]]]


def _tokens(text: str) -> list[str]:
    """The distinct word forms of a text, numbers left out."""
    return list(dict.fromkeys(form for form in forms(text) if not form[0].isdigit() and len(form) < 30))[:_MAX_TOKENS]


class Model1:
    """Translation probabilities ``t(target | source)`` by expectation maximisation, with an empty source word.

    Args:
        sources, targets: word numbers of each sentence, 0-based.
    """

    def __init__(self, sources: Sequence[NDArray[np.int64]], targets: Sequence[NDArray[np.int64]]) -> None:
        self._n_targets = 1 + max((int(s.max()) for s in targets if len(s)), default=0)
        null = 1 + max((int(s.max()) for s in sources if len(s)), default=0)
        left, right, cell, place = [], [], [], 0
        for source, target in zip(sources, targets, strict=True):
            with_null = np.append(source, null)
            left.append(np.tile(with_null, len(target)))
            right.append(np.repeat(target, len(with_null)))
            cell.append(np.repeat(np.arange(place, place + len(target)), len(with_null)))
            place += len(target)
        keys = np.concatenate(left) * self._n_targets + np.concatenate(right)
        self._keys, self._pair = np.unique(keys, return_inverse=True)
        self._cell, self._cells = np.concatenate(cell), place
        self._source = self._keys // self._n_targets
        self.seen = np.bincount(self._pair)

    def fit(self, iterations: int) -> dict[tuple[int, int], tuple[float, int]]:
        """``(source, target) → (t, sentences they share)`` after ``iterations`` rounds, above ``MIN_PROBABILITY``."""
        t = np.ones(len(self._keys))
        for _ in range(iterations):
            weight = t[self._pair]
            weight /= np.bincount(self._cell, weight, self._cells)[self._cell]
            count = np.bincount(self._pair, weight, len(self._keys))
            t = count / np.bincount(self._source, count)[self._source]
        kept = np.flatnonzero((t > MIN_PROBABILITY) & (self.seen >= MIN_SEEN))
        return {
            (int(self._source[n]), int(self._keys[n] % self._n_targets)): (float(t[n]), int(self.seen[n])) for n in kept
        }


def _numbered(texts: Iterable[str]) -> tuple[list[NDArray[np.int64]], list[str]]:
    number: dict[str, int] = {}
    rows = [
        np.array([number.setdefault(token, len(number)) for token in _tokens(text)], dtype=np.int64) for text in texts
    ]
    return rows, list(number)


def one_to_one_terms(termbase: Termbase) -> set[tuple[str, str]]:
    """Korean and English words that stand for each other in the termbase, where both are single words."""
    found = set()
    for term in termbase.terms:
        for korean in term.korean:
            for english in term.english:
                ko, en = forms(korean), forms(english)
                # A compound comes with its parts behind it.
                if ko and len(en) == 1 and len(korean.split()) == 1 and (len(ko) == 1 or "".join(ko[1:]) == ko[0]):
                    found.add((ko[0], en[0]))
    return {(ko, en) for ko, en in found if has_hangul(ko) and not has_hangul(en) and not en[0].isdigit()}


def learn(pairs: Sequence[Pair], termbase: Termbase) -> dict[str, Table]:
    """The tables ``{"ko": {form: [(english form, p), …]}, "en": …}`` with p = √(t(en|ko)·t(ko|en)), best first."""
    repeated = [pair for pair in pairs for _ in range(_REPEATS.get(pair.source, 1))]
    korean, ko_words = _numbered(pair.ko for pair in repeated)
    english, en_words = _numbered(pair.en for pair in repeated)
    both = [(k, e) for k, e in zip(korean, english, strict=True) if len(k) and len(e)]
    korean, english = [k for k, _ in both], [e for _, e in both]
    forward = Model1(korean, english).fit(ITERATIONS)
    backward = Model1(english, korean).fit(ITERATIONS)
    scores: dict[tuple[str, str], float] = {}
    for (k, e), (p, _) in forward.items():
        reverse = backward.get((e, k))
        if reverse and k < len(ko_words):
            scores[ko_words[k], en_words[e]] = math.sqrt(p * reverse[0])
    for pair in one_to_one_terms(termbase):
        scores[pair] = max(scores.get(pair, 0.0), _TERM_PROBABILITY)
    tables: dict[str, Table] = {"ko": {}, "en": {}}
    grouped: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for (ko, en), p in scores.items():
        if not has_hangul(ko) or has_hangul(en):
            continue
        grouped["ko", ko].append((en, round(p, 3)))
        grouped["en", en].append((ko, round(p, 3)))
    for (language, form), found in sorted(grouped.items()):
        tables[language][form] = sorted(found, key=lambda item: (-item[1], item[0]))[:BEST]
    return tables


def about(pairs: Sequence[Pair], termbase: Termbase) -> dict[str, str | int]:
    """What a lexicon says of itself: layout, version, and what it was learned from."""
    learned_from = repr((pairs, termbase.terms)).encode()
    return {
        "format": FORMAT,
        "version": VERSION,
        "pairs": len(pairs),
        "inputs_sha256": hashlib.sha256(learned_from).hexdigest(),
        "kiwipiepy": importlib.metadata.version("kiwipiepy"),
    }


def packed(tables: dict[str, Table], described: dict[str, str | int]) -> bytes:
    """Gzipped JSON with neither name nor time in its header: the same bytes for the same content."""
    text = json.dumps({"about": described, **tables}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def main() -> None:
    """Learn, then write and say how much, or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUTPUT)
    parser.add_argument("--public", type=Path, default=PUBLIC_FOLDER)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file would change")
    arguments = parser.parse_args()
    begun = time.perf_counter()
    pairs, dropped = load_pairs(arguments.public, seed=0, fills=3)
    termbase = Termbase.load()
    tables = learn(pairs, termbase)
    content = packed(tables, about(pairs, termbase))
    if not arguments.check:
        arguments.out.write_bytes(content)
    print(
        f"{len(pairs)} pairs ({dropped} dropped), {len(tables['ko'])} Korean and {len(tables['en'])} English forms, "
        f"{len(content) / 1e6:.2f} MB, {time.perf_counter() - begun:.0f} s"
    )
    if arguments.check and arguments.out.read_bytes() != content:
        raise SystemExit(f"{arguments.out} is not what these texts give")


if __name__ == "__main__":
    main()
