"""How alike two texts are, from sketches of a few hundred bytes.

A text is the set of its overlapping runs of ``_RUN`` letters and digits. One hash function throws the runs into bins and
each bin keeps its smallest hash; two sets share the smallest hash of a bin as often as they share runs, so the share of equal bins
estimates their Jaccard similarity (Li, Owen and Zhang, One Permutation Hashing, NIPS 2012). With 128 bins the standard
error is at most 0.045, and 0.03 near 0.9.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BINS = 128
_RUN = 8
_EMPTY = 0xFFFFFFFF
_BAND_BYTES = 16
_BASE = 0x100000001B3
# The finaliser of SplitMix64.
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def text_sketch(text: str) -> bytes:
    """The sketch of a text; empty for one of fewer than ``_RUN`` letters and digits, which is like nothing else."""
    import numpy as np

    letters = "".join(character for character in text.casefold() if character.isalnum())
    if len(letters) < _RUN:
        return b""
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    hashes = np.zeros(len(codes) - _RUN + 1, dtype=np.uint64)
    for offset in range(_RUN):
        hashes = hashes * np.uint64(_BASE) + codes[offset : offset + len(hashes)]
    for shift, factor in _MIX:
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    hashes ^= hashes >> np.uint64(31)
    smallest = np.full(BINS, _EMPTY, dtype=np.uint32)
    np.minimum.at(smallest, (hashes >> np.uint64(57)).astype(np.intp), (hashes & np.uint64(_EMPTY)).astype(np.uint32))
    return smallest.astype("<u4").tobytes()


def bands(sketch: bytes) -> Iterator[tuple[int, bytes]]:
    """Keys of which two sketches of texts four fifths alike share at least one, nearly always: runs of four bins that are not empty."""
    for place in range(0, len(sketch), _BAND_BYTES):
        band = sketch[place : place + _BAND_BYTES]
        if band != b"\xff" * _BAND_BYTES:
            yield place, band


def similarities(sketch: bytes, others: list[bytes]) -> NDArray[np.float64]:
    """The estimated Jaccard similarity of one sketch to each of the others, 0 to 1; 0 where either is empty."""
    import numpy as np

    result = np.zeros(len(others))
    known = [number for number, other in enumerate(others) if len(other) == BINS * 4]
    if not known or len(sketch) != BINS * 4:
        return result
    own = np.frombuffer(sketch, dtype="<u4")
    table = np.frombuffer(b"".join(others[number] for number in known), dtype="<u4").reshape(len(known), BINS)
    both_empty = (table == _EMPTY) & (own == _EMPTY)
    equal = ((table == own) & ~both_empty).sum(axis=1)
    result[known] = equal / np.maximum(BINS - both_empty.sum(axis=1), 1)
    return result
