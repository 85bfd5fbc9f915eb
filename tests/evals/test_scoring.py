import pytest

from evals.scoring import first_relevant_rank, mean_interval, score_questions


def test_first_place_scores_one():
    scores = score_questions({"q": frozenset({"a"})}, {"q": ["a", "b"]})["q"]

    assert scores["recall@1"] == scores["recall@5"] == scores["nDCG@10"] == scores["RR@10"] == 1.0


def test_third_place_counts_from_five_on():
    scores = score_questions({"q": frozenset({"c"})}, {"q": ["a", "b", "c"]})["q"]

    assert scores["recall@1"] == 0.0
    assert scores["recall@5"] == 1.0
    assert scores["RR@10"] == pytest.approx(1 / 3)
    assert scores["nDCG@10"] == pytest.approx(0.5)


def test_any_answering_passage_is_enough_for_recall():
    scores = score_questions({"q": frozenset({"a", "z"})}, {"q": ["a", "b"]})["q"]

    assert scores["recall@1"] == 1.0
    assert scores["R@5"] == 0.5


def test_a_question_without_hits_scores_zero():
    scores = score_questions({"q": frozenset({"a"}), "r": frozenset({"b"})}, {"q": ["a"], "r": []})

    assert set(scores["r"].values()) == {0.0}
    assert score_questions({"q": frozenset({"a"})}, {})["q"]["recall@10"] == 0.0


def test_the_order_of_equal_scores_is_kept():
    ranking = [f"id{n}" for n in range(10, 0, -1)]

    assert score_questions({"q": frozenset({"id10"})}, {"q": ranking})["q"]["recall@1"] == 1.0


def test_first_relevant_rank_counts_from_one():
    assert first_relevant_rank(["a", "b", "c"], frozenset({"b", "c"})) == 2
    assert first_relevant_rank(["a"], frozenset({"b"})) is None


def test_interval_holds_the_mean_and_repeats_itself():
    values = [0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0]
    interval = mean_interval(values)

    assert interval.low < interval.mean < interval.high
    assert interval.size == 8
    assert mean_interval(values) == interval


@pytest.mark.parametrize("values", [[1.0], [1.0, 1.0, 1.0]])
def test_values_without_spread_have_a_point_for_an_interval(values):
    interval = mean_interval(values)

    assert (interval.low, interval.mean, interval.high) == (1.0, 1.0, 1.0)
