"""Word translations learned from parallel sentences: index forms of one language to those of the other."""

from __future__ import annotations

import gzip
import json
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from assistant.types import Language


class Lexicon:
    """A symmetrised word-translation table, loaded on first use.

    Args:
        path: the gzipped JSON that ``python -m training.lexicon`` writes; the bundled one if ``None``.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @cached_property
    def _tables(self) -> dict[str, dict[str, list[tuple[str, float]]]]:
        source = self._path or files("assistant.text") / "data" / "lexicon.json.gz"
        with source.open("rb") as file:
            tables: dict[str, dict[str, list[tuple[str, float]]]] = json.loads(gzip.decompress(file.read()))
        return tables

    def translations(self, form: str, language: Language) -> list[tuple[str, float]]:
        """Forms of the other language for a ``language`` form, with √(p · p_reverse), best first; empty if unknown."""
        return self._tables[language].get(form, [])
