"""The bundled model as a module of sentence-transformers, for those who want it in that library's pipeline.

``SentenceTransformer(folder)`` finds this class through the folder's ``modules.json``; from its sixth release on, the library asks
for ``trust_remote_code=True`` before it imports a class that is not its own. The product runs
``assistant.index.kiwi_transformer.BundledModel``, which gives the same vectors without torch.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules.input_module import InputModule

from assistant.index.kiwi_transformer import DIMENSION, GRAPHS, MAX_TOKENS, PAD, BundledModel

_FILES = (*GRAPHS, "tokenizer.json", "korean.txt", "README.md")


class KiwiTransformer(InputModule):  # type: ignore[misc]  # mypy skips the library, which makes its classes Any
    """Tokens by Kiwi and WordPiece, vectors by onnxruntime; it encodes and does not train.

    Args:
        folder: of the model.
        dimension: of the vectors.
        max_tokens: of one text; the rest is cut off.
    """

    config_file_name = "kiwi_transformer.json"
    config_keys = ("dimension", "max_tokens")
    save_in_root = True

    def __init__(self, folder: str, dimension: int = DIMENSION, max_tokens: int = MAX_TOKENS) -> None:
        super().__init__()
        self.dimension = dimension
        self.max_tokens = max_tokens
        self._model = BundledModel(Path(folder))
        self.tokenizer = self._model.tokenizer.word_piece

    @property
    def max_seq_length(self) -> int:
        """Tokens read of one text."""
        return self.max_tokens

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **kwargs: Any) -> dict[str, torch.Tensor]:
        """Padded token numbers and their mask."""
        numbers = [self._model.tokenizer.encode((prompt or "") + text) for text in inputs]
        width = max(map(len, numbers))
        ids = torch.tensor([ids + [PAD] * (width - len(ids)) for ids in numbers])
        return {
            "input_ids": ids,
            "attention_mask": (torch.arange(width) < torch.tensor([[len(n)] for n in numbers])).long(),
        }

    def forward(self, features: dict[str, torch.Tensor], **kwargs: Any) -> dict[str, torch.Tensor]:
        """Add ``sentence_embedding``, of unit length."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        numbers = [row[:length] for row, length in zip(features["input_ids"].tolist(), lengths, strict=True)]
        vectors = torch.from_numpy(self._model.encode_tokens(numbers))
        return {**features, "sentence_embedding": vectors.to(features["input_ids"].device)}

    def get_embedding_dimension(self) -> int:
        """Numbers in a vector."""
        return self.dimension

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Copy the model's files and write the configuration."""
        for name in _FILES:
            if (self._model.folder / name).exists():
                shutil.copy(self._model.folder / name, Path(output_path) / name)
        self.save_config(output_path)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> KiwiTransformer:
        """Read the configuration; the weights are read with the first text."""
        config = cls.load_config(model_name_or_path, subfolder=subfolder, local_files_only=True)
        return cls(str(Path(model_name_or_path) / subfolder), **config)
