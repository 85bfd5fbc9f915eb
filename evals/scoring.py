"""Measures per question, and their averages with bootstrap intervals.

``recall@k`` here is Success@k: the share of questions with an answering passage among the first k. A question that several
passages answer is answered by any of them; where one passage is relevant it is the same as R@k, which is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import ArrayLike, NDArray
from scipy import stats

MEASURES = {
    "recall@1": Success @ 1,
    "recall@5": Success @ 5,
    "recall@10": Success @ 10,
    "nDCG@10": nDCG @ 10,
    "RR@10": RR @ 10,
    "R@1": R @ 1,
    "R@5": R @ 5,
    "R@10": R @ 10,
}
_NAMES = {str(measure): name for name, measure in MEASURES.items()}
_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    size: int


def score_questions(
    relevant: Mapping[str, frozenset[str]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Every measure of every question; a question without a ranking gets zeros.

    Args:
        relevant: the relevant ids by question.
        rankings: ranked ids by question, best first.
    """
    scores = {question_id: dict.fromkeys(MEASURES, 0.0) for question_id in relevant}
    qrels = [ir_measures.Qrel(q, chunk_id, 1) for q, ids in relevant.items() for chunk_id in sorted(ids)]
    # The rank as score keeps the order where a system gave equal scores.
    run = [
        ir_measures.ScoredDoc(question_id, chunk_id, float(len(ranking) - rank))
        for question_id, ranking in rankings.items()
        for rank, chunk_id in enumerate(ranking)
    ]
    if qrels and run:
        for metric in ir_measures.iter_calc(list(MEASURES.values()), qrels, run):
            scores[metric.query_id][_NAMES[str(metric.measure)]] = metric.value
    return scores


def first_relevant_rank(ranking: Sequence[str], relevant: frozenset[str]) -> int | None:
    """The rank, from 1, of the first relevant id."""
    return next((rank for rank, chunk_id in enumerate(ranking, start=1) if chunk_id in relevant), None)


def mean_interval(values: ArrayLike) -> Interval:
    """The mean with its percentile-bootstrap interval; the same values give the same interval."""
    array: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    mean = float(array.mean())
    if array.size < 2 or np.ptp(array) == 0:
        return Interval(mean, mean, mean, int(array.size))
    found = stats.bootstrap(
        (array,), np.mean, n_resamples=_RESAMPLES, method="percentile", rng=np.random.default_rng(0)
    ).confidence_interval
    return Interval(mean, float(found.low), float(found.high), int(array.size))
