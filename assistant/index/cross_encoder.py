"""Question and clause read together: whether the one answers the other, beyond what words and nearness in meaning tell."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.index.kiwi_transformer import CLS, SEP, BundledModel, KiwiTokenizer, open_graph

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_GRAPH = "cross_encoder.onnx"
# Tokens that are read of each part: a question, a clause, its section's heading, its document's title.
_QUESTION, _CLAUSE, _SECTION, _TITLE = 48, 64, 12, 16
_REMEMBERED = 20_000


class CrossEncoder:
    """Tells how likely clauses answer a question.

    The bundled model's first layers read question and clause apart; layers of its own, which began as copies of the model's others,
    read both together (MacAvaney and others, Efficient Document Re-Ranking for Transformers by Precomputing Term Representations,
    SIGIR 2020). Learned by ``python -m training.cross_encoder``; loaded with the first question.

    Args:
        model: the bundled model.
        threads: pairs read at a time.
    """

    def __init__(self, model: BundledModel, threads: int = 2) -> None:
        self._model = model
        self._threads = threads
        # The same lines come up again and again, and analysing Korean costs as much as reading it.
        self._tokens = lru_cache(maxsize=_REMEMBERED)(partial(clause_tokens, model.tokenizer))

    @cached_property
    def _graph(self) -> InferenceSession:
        return open_graph(self._model.folder / _GRAPH)

    def read(self, question: str, clauses: Sequence[tuple[str, str, str]]) -> NDArray[np.float64]:
        """Log odds that each clause answers, ``(n_clauses,)`` in their order; a clause comes with the heading and the title above it.

        A pair's log odds are the same whatever is read beside it.
        """
        asked = self._model.states(question_tokens(self._model.tokenizer, question))

        def odds(ids: Sequence[int]) -> float:
            [told] = self._graph.run(None, {"question": asked, "clause": self._model.states(ids)})
            return float(np.asarray(told)[0, 0])

        with ThreadPoolExecutor(self._threads) as pool:
            return np.array(list(pool.map(odds, [self._tokens(*clause) for clause in clauses])))


def question_tokens(tokenizer: KiwiTokenizer, question: str) -> list[int]:
    """The numbers of a question's first tokens."""
    return tokenizer.encode(question)[:_QUESTION]


def clause_tokens(tokenizer: KiwiTokenizer, clause: str, section: str, title: str) -> list[int]:
    """The numbers of a clause's first tokens, then of the heading's and the title's above it, each part closed by ``[SEP]``."""
    parts = ((clause, _CLAUSE), (section, _SECTION), (title, _TITLE))
    return [CLS, *(n for text, most in parts for n in (*tokenizer.encode(text)[1:-1][:most], SEP))]
