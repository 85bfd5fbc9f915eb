"""How far the judge agrees with the labels of a person, on claims it was mended with and on claims it was not."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from evals.agreement import CLAIMS, HELD_BACK, SECOND, Agreement, agreement, parts, table
from evals.datasets import read_jsonl
from evals.judge import RuleJudge, Verdict

# Labels are written once. A new file gets its digest here when it is added.
_FROZEN = {
    CLAIMS: "36f1982640c04eeb807c4d829b85806136360c75734db1fc7e6fc0df9940507c",
    SECOND: "116007cbecf9dba3f32ad406eda0d72c7081365d06fa52c6eb65923da756f4cf",
    HELD_BACK: "72339031251e664d7466c798fc7fdada67011a3794a355ece749bf08808df91e",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("part", ["first", "second"])
def test_the_judge_agrees_with_the_labels_it_was_mended_with(part: str, language: str) -> None:
    rows = [row for row in parts()[part] if row["lang"] == language]
    assert len(rows) >= 30
    assert agreement(RuleJudge(), rows).kappa >= 0.8


@pytest.mark.parametrize(("language", "least"), [("ko", 0.3), ("en", 0.6)])
def test_on_held_back_claims_it_does_not_get_worse(language: str, least: float) -> None:
    rows = [row for row in parts()["held back"] if row["lang"] == language]
    assert agreement(RuleJudge(), rows).kappa >= least


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_the_products_own_words_it_is_right(language: str) -> None:
    rows = [row for row in parts()["held back, answers"] if row["lang"] == language]
    assert agreement(RuleJudge(), rows).kappa == 1.0


def test_labels_stay_as_they_were_written() -> None:
    for path, digest in _FROZEN.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, path.name


def test_claims_are_labelled_in_all_ways_and_once() -> None:
    rows = [row for path in _FROZEN for row in read_jsonl(path)]
    assert len(rows) >= 200
    assert len({row["id"] for row in rows}) == len(rows)
    assert 0.35 <= sum(row["supported"] for row in rows) / len(rows) <= 0.65
    labelled = [row for row in rows if "label" in row]
    assert {row["label"] for row in labelled} == {"supported", "partly", "not"}
    assert all(row["supported"] == (row["label"] == "supported") for row in labelled)
    for language in ("ko", "en"):
        assert sum(row["lang"] == language for row in rows) >= 0.4 * len(rows)


class Yes:
    """Finds everything supported."""

    name = "yes"

    def judge(self, claim: str, passages: Any) -> Verdict:
        return Verdict(True)


def test_kappa_is_one_for_perfect_and_zero_for_chance_agreement() -> None:
    assert Agreement(5, 5, (), ()).kappa == 1.0
    assert Agreement(5, 5, tuple("abcde"), tuple("fghij")).kappa == 0.0
    assert agreement(Yes(), parts()["first"]).kappa == 0.0


def test_the_table_does_not_tell_which_held_back_claims_go_wrong() -> None:
    told = table(Yes())
    assert "jc-ko-002" in told
    assert not any(row["id"] in told for row in parts()["held back"])
