"""How often the check of a sentence is right, on sentences labelled by hand before it saw them; docs/desk.md reports these figures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from desk_parts import cited

from assistant.desk.claim_check import ClaimCheck
from assistant.generation.grounding import ClaimGrounder
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase

# Sentences of the corpus, in other words, altered, and with something added. The rules were mended on those that are ``seen``.
LABELS = Path(__file__).with_name("claim_labels.jsonl")


@pytest.fixture(scope="module")
def outcomes() -> dict[bool, Counter[tuple[str, str]]]:
    """How many there are of each label and finding, of the seen ones and the others."""
    terms, lexicon = Termbase.load(None), Lexicon()
    check = ClaimCheck(ClaimGrounder(terms, lexicon), terms, lexicon)
    counted: dict[bool, Counter[tuple[str, str]]] = {True: Counter(), False: Counter()}
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        finding = check.check(row["claim"], row["language"], cited(*row["quotes"], title=row["title"]))
        counted[row["seen"]][row["label"], finding.check] += 1
    return counted


def share(counted: Counter[tuple[str, str]], labels: tuple[str, ...], found: str) -> float:
    """The share of the sentences with these labels of which the check found so."""
    all_of_them = sum(count for (label, _), count in counted.items() if label in labels)
    return sum(counted[label, found] for label in labels) / all_of_them


def test_what_is_not_borne_out_is_seldom_called_supported(outcomes: dict[bool, Counter[tuple[str, str]]]) -> None:
    assert share(outcomes[True], ("not", "partly"), "supported") <= 0.23
    assert share(outcomes[False], ("not", "partly"), "supported") <= 0.12


def test_what_stands_there_is_mostly_called_so(outcomes: dict[bool, Counter[tuple[str, str]]]) -> None:
    both = outcomes[True] + outcomes[False]
    assert share(both, ("supported",), "supported") >= 0.8
    assert share(both, ("supported",), "not") <= 0.07


def test_the_whole_verdict_is_right_in_seven_of_ten(outcomes: dict[bool, Counter[tuple[str, str]]]) -> None:
    both = outcomes[True] + outcomes[False]
    assert sum(both[label, label] for label in ("supported", "partly", "not")) >= 0.7 * both.total()
