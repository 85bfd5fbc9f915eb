"""How often the check of a sentence is right, on sentences labelled by hand before it saw them; docs/desk.md reports these figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from desk_parts import cited

from assistant.desk.claim_check import ClaimCheck
from assistant.generation.grounding.grounder import ClaimGrounder
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase

# Sentences of the corpus, in other words, altered, and with something added. The rules were mended on rounds 1 and 2; round 3 was
# written after that and measured once.
LABELS = Path(__file__).with_name("claim_labels.jsonl")
Outcomes = dict[int, Counter[tuple[str, str]]]


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    """How many there are of each label and finding, by round."""
    terms, lexicon = Termbase.load(None), Lexicon()
    check = ClaimCheck(ClaimGrounder(terms, lexicon), terms, lexicon)
    counted: Outcomes = {1: Counter(), 2: Counter(), 3: Counter()}
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        finding = check.check(row["claim"], row["language"], cited(*row["quotes"], title=row["title"]))
        counted[row["round"]][row["label"], finding.check] += 1
    return counted


def share(counted: Counter[tuple[str, str]], labels: tuple[str, ...], found: str) -> float:
    """The share of the sentences with these labels of which the check found so."""
    all_of_them = sum(count for (label, _), count in counted.items() if label in labels)
    return sum(counted[label, found] for label in labels) / all_of_them


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_not_borne_out_is_seldom_called_supported(outcomes: Outcomes, number: int) -> None:
    assert share(outcomes[number], ("not", "partly"), "supported") <= 0.1


def test_what_stands_there_is_mostly_called_so(outcomes: Outcomes) -> None:
    everything = outcomes[1] + outcomes[2] + outcomes[3]
    assert share(everything, ("supported",), "supported") >= 0.85
    assert share(everything, ("supported",), "not") <= 0.05


@pytest.mark.parametrize(("number", "ratio"), [(1, 0.9), (2, 0.85), (3, 0.75)])
def test_the_whole_verdict_is_mostly_right(outcomes: Outcomes, number: int, ratio: float) -> None:
    counted = outcomes[number]
    assert sum(counted[label, label] for label in ("supported", "partly", "not")) >= ratio * counted.total()
