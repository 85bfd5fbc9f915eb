"""Two rankings into one: pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

Ranking = Sequence[tuple[str, float]]


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]], *, k: int = 60) -> list[tuple[str, float]]:
    """Fuse ranked lists of chunk ids into one.

    Each list adds ``1 / (k + rank)`` to every id it holds, ranks counted from 1 (Cormack, Clarke and Büttcher, SIGIR 2009).
    Scores compare within one call only.

    Args:
        rankings: one list of chunk ids per retriever, best first. Not modified.
        k: damping constant; larger values flatten the difference between ranks.

    Returns:
        ``(chunk_id, score)`` pairs, best first; equal scores in id order.

    Raises:
        ValueError: a ranking holds the same id twice.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        if len(set(ranking)) != len(ranking):
            raise ValueError("a ranking holds the same id twice")
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + 1.0 / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def weighted_fusion(
    legs: Mapping[str, Ranking],
    weights: Mapping[str, float],
    own_weights: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
) -> list[tuple[str, float]]:
    """Fuse scored lists by a weighted mean of their scores.

    A leg's scores must lie on one scale for every query (0 = nothing in common, 1 = as good as it gets), so that the fused
    score compares across queries too. An id that a leg did not return gets that leg's lowest returned score, halved: it is at best
    just below what was returned.

    Args:
        legs: scored lists by leg name, best first. Not modified.
        weights: one positive weight per leg.
        own_weights: chunk ids that have weights of their own.

    Returns:
        ``(chunk_id, score)`` pairs, best first; equal scores in id order.

    Raises:
        ValueError: a list holds the same id twice.
    """
    known = {name: dict(ranking) for name, ranking in legs.items()}
    for name, ranking in legs.items():
        if len(known[name]) != len(ranking):
            raise ValueError(f"the {name} ranking holds the same id twice")
    missing = {name: min(scores.values(), default=0.0) / 2 for name, scores in known.items()}
    fused: dict[str, float] = {}
    for chunk_id in set().union(*known.values()):
        share = own_weights.get(chunk_id, weights)
        total = sum(share[name] for name in known)
        fused[chunk_id] = sum(
            share[name] / total * scores.get(chunk_id, missing[name]) for name, scores in known.items()
        )
    return sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
