"""What systems did on questions, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.scoring import MEASURES, Interval, mean_interval


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one system did on one question. ``first_rank`` counts to 50; ``hits`` are the first ten ids."""

    collection: str
    system: str
    question_id: str
    direction: str
    split: str
    scores: dict[str, float]
    first_rank: int | None
    hits: tuple[str, ...]
    milliseconds: float


def groups(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """The (collection, direction) pairs, in order of appearance."""
    return list(dict.fromkeys((outcome.collection, outcome.direction) for outcome in outcomes))


def summary(outcomes: Sequence[Outcome]) -> dict[tuple[str, str, str], dict[str, Interval]]:
    """Means and intervals by collection, direction and system."""
    gathered: dict[tuple[str, str, str], list[Outcome]] = {}
    for outcome in outcomes:
        gathered.setdefault((outcome.collection, outcome.direction, outcome.system), []).append(outcome)
    return {
        key: {measure: mean_interval([o.scores[measure] for o in listed]) for measure in MEASURES}
        for key, listed in gathered.items()
    }


def latency(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], tuple[float, float]]:
    """Median and 95th percentile of the milliseconds a query takes, by collection and system."""
    gathered: dict[tuple[str, str], list[float]] = {}
    for outcome in outcomes:
        gathered.setdefault((outcome.collection, outcome.system), []).append(outcome.milliseconds)
    return {key: (float(np.percentile(ms, 50)), float(np.percentile(ms, 95))) for key, ms in gathered.items()}
