"""Word translations learned from parallel sentences: index forms of one language to those of the other."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.errors import ConfigurationError
from assistant.types import Language

FORMAT = 1
"""How the file is laid out; counted up when an older reader would misread it."""


@dataclass(frozen=True, slots=True)
class _Content:
    version: str
    tables: dict[str, dict[str, list[tuple[str, float]]]]


class Lexicon:
    """A symmetrised word-translation table, loaded on first use.

    Args:
        path: the gzipped JSON that ``python -m training.lexicon`` writes; the bundled one if ``None``.

    Raises:
        ConfigurationError: on first use, the file is damaged or laid out in a way that this version does not read.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    @cached_property
    def _content(self) -> _Content:
        source = self._path or files("assistant.text") / "data" / "lexicon.json.gz"
        try:
            with source.open("rb") as file:
                read: dict[str, Any] = json.loads(gzip.decompress(file.read()))
            about = read.get("about", {})
            if (found := about.get("format")) != FORMAT:
                raise ConfigurationError(
                    source,
                    f"a lexicon of format {found}, and this version reads format {FORMAT}",
                    "Learn it again with python -m training.lexicon, or take the annae version that it belongs to",
                )
            return _Content(f"{about['version']}+{about['inputs_sha256'][:8]}", {"ko": read["ko"], "en": read["en"]})
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                source,
                f"no readable lexicon ({type(error).__name__})",
                "Put the file back as the package brings it, or learn it again with python -m training.lexicon",
            ) from error

    @property
    def version(self) -> str:
        """The number that counts its releases, and the first digits of the digest of what it was learned from: ``2+1a2b3c4d``."""
        return self._content.version

    def translations(self, form: str, language: Language) -> list[tuple[str, float]]:
        """Forms of the other language for a ``language`` form, with √(p · p_reverse), best first; empty if unknown."""
        return self._content.tables[language].get(form, [])
