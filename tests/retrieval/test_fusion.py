from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import reciprocal_rank_fusion, weighted_fusion

_RANKING = st.lists(st.sampled_from("abcdefghij"), unique=True, max_size=8)
_RANKINGS = st.lists(_RANKING, max_size=4)
_SCORED = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1), max_size=8).map(
    lambda scores: sorted(scores.items(), key=lambda pair: -pair[1])
)
_LEGS = st.fixed_dictionaries({"lexical": _SCORED, "dense": _SCORED})
_WEIGHTS = {"lexical": 0.7, "dense": 0.3}


@given(_RANKINGS)
def test_rank_fusion_keeps_every_id_once(rankings: list[list[str]]) -> None:
    fused = [chunk_id for chunk_id, _ in reciprocal_rank_fusion(rankings)]
    assert len(fused) == len(set(fused))
    assert set(fused) == {chunk_id for ranking in rankings for chunk_id in ranking}


@given(_LEGS)
def test_weighted_fusion_keeps_every_id_once(legs: dict[str, list[tuple[str, float]]]) -> None:
    fused = [chunk_id for chunk_id, _ in weighted_fusion(legs, _WEIGHTS)]
    assert len(fused) == len(set(fused))
    assert set(fused) == {chunk_id for leg in legs.values() for chunk_id, _ in leg}


@given(_RANKINGS, _LEGS)
def test_results_are_best_first_and_ties_in_id_order(
    rankings: list[list[str]], legs: dict[str, list[tuple[str, float]]]
) -> None:
    for fused in (reciprocal_rank_fusion(rankings), weighted_fusion(legs, _WEIGHTS)):
        assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@given(_RANKINGS, _LEGS)
def test_arguments_are_left_as_they_were(rankings: list[list[str]], legs: dict[str, list[tuple[str, float]]]) -> None:
    weights = dict(_WEIGHTS)
    copies = copy.deepcopy((rankings, legs, weights))
    reciprocal_rank_fusion(rankings)
    weighted_fusion(legs, weights)
    assert (rankings, legs, weights) == copies


@given(_RANKINGS)
def test_order_of_the_rankings_makes_no_difference_to_the_set_of_scores(rankings: list[list[str]]) -> None:
    one, other = dict(reciprocal_rank_fusion(rankings)), dict(reciprocal_rank_fusion(rankings[::-1]))
    assert one == pytest.approx(other)


@given(_LEGS)
def test_weighted_scores_stay_between_nothing_and_the_best(legs: dict[str, list[tuple[str, float]]]) -> None:
    assert all(0 <= score <= 1 + 1e-9 for _, score in weighted_fusion(legs, _WEIGHTS))


def test_reciprocal_ranks_are_summed() -> None:
    assert reciprocal_rank_fusion([["a", "b"], ["b"]], k=60) == [
        ("b", pytest.approx(1 / 62 + 1 / 61)),
        ("a", pytest.approx(1 / 61)),
    ]


def test_weighted_scores_are_the_mean_with_half_the_lowest_for_what_a_leg_missed() -> None:
    fused = dict(weighted_fusion({"lexical": [("a", 1.0), ("b", 0.4)], "dense": [("a", 0.8), ("c", 0.6)]}, _WEIGHTS))
    assert fused["a"] == pytest.approx(0.7 * 1.0 + 0.3 * 0.8)
    assert fused["b"] == pytest.approx(0.7 * 0.4 + 0.3 * 0.3)
    assert fused["c"] == pytest.approx(0.7 * 0.2 + 0.3 * 0.6)


def test_the_size_of_the_weights_makes_no_difference() -> None:
    legs = {"lexical": [("a", 0.9)], "dense": [("b", 0.5)]}
    large = weighted_fusion(legs, {"lexical": 7, "dense": 3})
    assert dict(large) == pytest.approx(dict(weighted_fusion(legs, _WEIGHTS)))


def test_an_id_that_stands_twice_in_a_ranking_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        reciprocal_rank_fusion([["a"], ["b", "c", "b"]])
    with pytest.raises(ValueError, match="dense ranking holds the same id twice"):
        weighted_fusion({"lexical": [], "dense": [("b", 0.2), ("b", 0.1)]}, _WEIGHTS)


def test_nothing_fuses_to_nothing() -> None:
    assert reciprocal_rank_fusion([]) == []
    assert weighted_fusion({"lexical": [], "dense": []}, _WEIGHTS) == []
