from __future__ import annotations

from evals.transliteration import measure, pairs_by_sort


def test_names_are_told_from_words_that_only_come_close() -> None:
    pairs = pairs_by_sort()
    assert len(pairs["names"]) + len(pairs["loanwords"]) >= 300
    assert min(len(pairs["random"]), len(pairs["near miss"])) >= 3000
    true = {pair for sort in ("names", "loanwords") for pair in pairs[sort]}
    assert not true & {pair for sort in ("random", "near miss") for pair in pairs[sort]}
    found = {result.sort: result.share for result in measure(pairs)}
    assert found["names"] >= 0.81
    assert found["random"] <= 0.001
    assert found["near miss"] <= 0.05
