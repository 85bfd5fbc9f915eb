"""Sweeps: combinations, the front, the picture."""

from __future__ import annotations

import pytest

from evals.sweep import Trial, front, grid, picture, table


def test_every_combination_is_tried() -> None:
    assert grid(["answer_chunks=5,8", "lexical_weight=0.7"]) == [
        {"answer_chunks": "5", "lexical_weight": "0.7"},
        {"answer_chunks": "8", "lexical_weight": "0.7"},
    ]


@pytest.mark.parametrize("item", ["answer_chunks", "answer_chunk=5", "data_dir=/tmp", "answer_chunks="])
def test_a_choice_that_cannot_be_tried_is_refused(item: str) -> None:
    with pytest.raises(ValueError, match=item.split("=")[0]):
        grid([item])


def test_the_front_holds_what_nothing_beats() -> None:
    fast, good, poor = (
        Trial({"answer_chunks": n}, {"right": r}, ms) for n, r, ms in (("3", 0.5, 10), ("8", 0.7, 20), ("9", 0.6, 30))
    )
    assert front([fast, good, poor]) == [fast, good]
    assert "answer_chunks=8" in picture([fast, good, poor])
    assert [row[-1] for row in table([fast, good, poor])[2]] == ["*", "", "*"]
