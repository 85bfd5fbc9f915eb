"""A second look at the best chunks: question and chunk read together by a cross-encoder. Slower and off by default."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from assistant.errors import ConfigurationError
from assistant.types import ScoredChunk

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LEG = "rerank"


@runtime_checkable
class Reranker(Protocol):
    """Anything that orders hits anew."""

    def rerank(self, question: str, hits: Sequence[ScoredChunk]) -> list[ScoredChunk]:
        """The same hits, best first, with new scores (0 to 1) and their rank under ``rerank``."""


class CrossEncoderReranker:
    """Orders hits by a cross-encoder's score, which is loaded with the first question.

    The score is the sigmoid of the model's one output, whatever the model itself would make of it, so that it compares across
    questions and models.

    Args:
        model: a hub name or a folder.
        batch_size: pairs per forward pass.
    """

    def __init__(self, model: str, batch_size: int = 16) -> None:
        self._model_name = model
        self._batch_size = batch_size
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._model_name

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(self._model_name)
        # Damaged files end in errors of several libraries that share no class below this one.
        except Exception as error:
            raise ConfigurationError(
                f"ANNAE_RERANKER={self._model_name}",
                f"the model cannot be loaded ({str(error).splitlines()[0] if str(error) else type(error).__name__})",
                "Give a folder that holds a cross-encoder, a hub name that can be reached, or leave it unset",
            ) from error
        if model.num_labels != 1:
            raise ConfigurationError(
                f"ANNAE_RERANKER={self._model_name}",
                f"the model gives {model.num_labels} scores for a pair, not one",
                "Choose a cross-encoder that was trained to rank passages",
            )
        return model

    def rerank(self, question: str, hits: Sequence[ScoredChunk]) -> list[ScoredChunk]:
        """See ``Reranker.rerank``; equal scores keep the order they came in.

        Raises:
            ConfigurationError: the model cannot be loaded, or does not give one score for a pair.
        """
        if not hits:
            return []
        from torch.nn import Identity

        # The heading path says what a bullet is about.
        pairs = [(question, "\n".join((" > ".join(hit.chunk.section), hit.chunk.text)).strip()) for hit in hits]
        with self._lock:
            logits = self._model.predict(
                pairs, batch_size=self._batch_size, activation_fn=Identity(), show_progress_bar=False
            )
        raw = np.asarray(logits, dtype=np.float64).reshape(-1)
        scores = [round(float(score), 6) for score in 1.0 / (1.0 + np.exp(-np.clip(raw, -60, 60)))]
        order = sorted(range(len(hits)), key=lambda place: (-scores[place], place))
        return [
            replace(
                hits[place],
                score=scores[place],
                ranks={**hits[place].ranks, _LEG: rank},
                leg_scores={**hits[place].leg_scores, _LEG: scores[place]},
            )
            for rank, place in enumerate(order, start=1)
        ]
