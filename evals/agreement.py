"""How far a judge agrees with the labels of a person: ``python -m evals.agreement``.

``judged/claims.jsonl`` holds claims with the passages they cite, labelled by hand before any judge had seen them. A change of the judge
must not change a label; new kinds of claims are added with their labels first.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.datasets import read_jsonl
from evals.judge import Judge, Passage, RuleJudge

CLAIMS = Path(__file__).resolve().parent / "judged" / "claims.jsonl"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of (label, verdict), and the ids on which they differ."""

    both_yes: int
    both_no: int
    too_lenient: tuple[str, ...]
    too_strict: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many claims there are."""
        return self.both_yes + self.both_no + len(self.too_lenient) + len(self.too_strict)

    @property
    def kappa(self) -> float:
        """Cohen's kappa: agreement beyond what chance would give; 1 is perfect."""
        size = self.size
        label_yes = (self.both_yes + len(self.too_strict)) / size
        judge_yes = (self.both_yes + len(self.too_lenient)) / size
        chance = label_yes * judge_yes + (1 - label_yes) * (1 - judge_yes)
        seen = (self.both_yes + self.both_no) / size
        return 1.0 if chance == 1.0 else (seen - chance) / (1 - chance)


def agreement(judge: Judge, rows: Sequence[dict[str, Any]]) -> Agreement:
    """Let a judge decide on labelled claims."""
    outcomes: dict[tuple[bool, bool], list[str]] = {
        (label, verdict): [] for label in (True, False) for verdict in (True, False)
    }
    for row in rows:
        passages = [Passage(p["quote"], p["title"], tuple(p["section"])) for p in row["passages"]]
        outcomes[row["supported"], judge.judge(row["claim"], passages).supported].append(row["id"])
    return Agreement(
        len(outcomes[True, True]),
        len(outcomes[False, False]),
        tuple(outcomes[False, True]),
        tuple(outcomes[True, False]),
    )


def main() -> int:
    """Print the agreement by language."""
    rows, judge = read_jsonl(CLAIMS), RuleJudge()
    print(
        f"judge {judge.name}\n\n| language | claims | agreed | Cohen's kappa | too lenient | too strict |\n|---|---|---|---|---|---|"
    )
    for language in ("ko", "en"):
        found = agreement(judge, [row for row in rows if row["lang"] == language])
        print(
            f"| {language} | {found.size} | {found.both_yes + found.both_no} | {found.kappa:.2f} "
            f"| {', '.join(found.too_lenient) or '-'} | {', '.join(found.too_strict) or '-'} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
