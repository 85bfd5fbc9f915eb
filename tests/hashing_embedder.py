"""A real embedder that needs no model: character n-grams hashed into a small space."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSION = 64


class HashingEmbedder:
    """Texts that share character trigrams lie close together; it knows no other language.

    Args:
        name: what the index remembers of it.
    """

    def __init__(self, name: str = "hashing-trigrams-64") -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.empty((0, DIMENSION), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(DIMENSION, np.float32)
        squeezed = f" {' '.join(text.casefold().split())} "
        for start in range(max(1, len(squeezed) - 2)):
            digest = zlib.crc32(squeezed[start : start + 3].encode())
            vector[digest % DIMENSION] += 1.0 if digest & 0x10000 else -1.0
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        unit: NDArray[np.float32] = vector / np.float32(length)
        return unit
