"""The judge agrees with the labels of a person."""

from __future__ import annotations

import pytest

from evals.agreement import CLAIMS, Agreement, agreement
from evals.datasets import read_jsonl
from evals.judge import RuleJudge


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_judge_agrees_with_the_labels(language: str) -> None:
    rows = [row for row in read_jsonl(CLAIMS) if row["lang"] == language]
    assert len(rows) >= 30
    assert agreement(RuleJudge(), rows).kappa >= 0.8


def test_claims_are_labelled_both_ways_and_once() -> None:
    rows = read_jsonl(CLAIMS)
    assert len({row["id"] for row in rows}) == len(rows)
    assert 0.35 <= sum(row["supported"] for row in rows) / len(rows) <= 0.65


def test_kappa_is_one_for_perfect_and_zero_for_chance_agreement() -> None:
    assert Agreement(5, 5, (), ()).kappa == 1.0
    assert Agreement(5, 5, tuple("abcde"), tuple("fghij")).kappa == 0.0
