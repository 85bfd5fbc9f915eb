"""How far the judge agrees with the labels of a person, on claims it was mended with and on claims it was not."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

import evals.agreement
from evals.agreement import (
    CLAIMS,
    DEVELOPMENT,
    EIGHTH,
    FIFTH,
    FOURTH,
    HELD_BACK,
    SECOND,
    SEVENTH,
    SIXTH,
    THIRD,
    Agreement,
    agreement,
    parts,
    table,
)
from evals.datasets import read_jsonl
from evals.judge import RuleJudge, Verdict

# Labels are written once. A new file gets its digest here when it is added.
_FROZEN = {
    CLAIMS: "36f1982640c04eeb807c4d829b85806136360c75734db1fc7e6fc0df9940507c",
    SECOND: "196680f2f35500d9552875bae1df8651abc612d2ad063b39c2b6ec7c517b8644",
    THIRD: "712460363fc2c099bc06bb8e7c4122d89a64e1f957d90a4498271c6d9cc31259",
    DEVELOPMENT: "777e613964bb096b321ba3d5d1b7988e940a6a3335fc040cdc2d317c23e2a8f6",
    FOURTH: "52840e67ec20ad2738296d2f490f80aaba30c4ad7063bae17925925a68d1b46d",
    FIFTH: "b7fb8bfca6ce295216071a4ceadb4f8c6f1558398a9312530f7c752dec17fc2e",
    SIXTH: "1fc2ac8ecbc11403508911bda9300c63c53024ec52ba0142838e17a1c5072727",
    HELD_BACK: "39151f832c971de00051efc50eb1c3f49c8c9d0a906eb03e531232afe6f221f5",
    SEVENTH: "2af4d4610095997adafa2b0bdaaaa01b2830b5a69bc0d608b96f7a5dea6ace04",
    EIGHTH: "5d37489e69da54d71b84de2b205e83d32e8740802370a7153f43f724b48025de",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("part", ["first", "second", "third", "development", "fourth", "fifth", "sixth"])
def test_the_judge_agrees_with_the_labels_it_was_made_with(part: str, language: str) -> None:
    rows = [row for row in parts()[part] if row["lang"] == language]
    assert len(rows) >= 30
    assert agreement(RuleJudge(), rows).kappa >= 0.8


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_the_products_own_words_it_is_right(language: str) -> None:
    rows = [row for row in parts()["fourth"] if row["lang"] == language and row["why"].startswith("answer")]
    assert len(rows) >= 30
    assert agreement(RuleJudge(), rows).kappa >= 0.9


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


def test_the_interval_of_kappa_holds_it_and_narrows_with_more_claims() -> None:
    few, many = Agreement(9, 9, ("a",), ("b",)), Agreement(90, 90, tuple("ab" * 5), tuple("cd" * 5))
    assert few.kappa == pytest.approx(many.kappa)
    for found in (few, many):
        low, high = found.interval
        assert low < found.kappa < high
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]
    assert many.interval == many.interval


def test_the_table_does_not_tell_which_held_back_claims_go_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_back = tmp_path / "held_back.jsonl"
    held_back.write_text(FOURTH.read_text("utf-8").replace('"jc-', '"hb-'), "utf-8")
    monkeypatch.setattr(evals.agreement, "HELD_BACK", held_back)
    told = table(Yes())
    assert "held back, reworded" in told
    assert "jc-ko-002" in told
    assert not any(row["id"] in told for row in read_jsonl(held_back))
