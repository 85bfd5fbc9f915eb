"""How far a judge agrees with the labels of a person: ``python -m evals.agreement [--judge NAME]``.

Labels are written by reading a claim and the passages it cites, by the rule of ``evals/README.md``, before any judge has seen them, and a
change of the judge must not change a label. The parts are reported apart. The judge by rules was mended with all those named here;
claims in ``held_back.jsonl``, where there are any, are written when it is frozen, and nobody looks at single verdicts on them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.datasets import read_jsonl
from evals.judge import Judge, Passage

_FOLDER = Path(__file__).resolve().parent / "judged"
CLAIMS, SECOND, THIRD, DEVELOPMENT, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH, HELD_BACK = (
    _FOLDER / f"{name}.jsonl"
    for name in (
        "claims",
        "second",
        "third",
        "development",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "held_back",
    )
)
_RESAMPLES, _SEED = 2000, 0
_HELD_BACK = "held back"


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
        return float(_kappa(np.array([self._shares]))[0])

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % percentile bootstrap interval of kappa; the same every time."""
        drawn = np.random.default_rng(_SEED).multinomial(self.size, self._shares, _RESAMPLES) / self.size
        low, high = np.percentile(_kappa(drawn), [2.5, 97.5])
        return float(low), float(high)

    @property
    def _shares(self) -> list[float]:
        counts = (self.both_yes, self.both_no, len(self.too_lenient), len(self.too_strict))
        return [count / self.size for count in counts]


def _kappa(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cohen's kappa of rows of shares: both yes, both no, only the judge yes, only the label yes."""
    both_yes, both_no, lenient, strict = shares.T
    label_yes, judge_yes = both_yes + strict, both_yes + lenient
    chance = label_yes * judge_yes + (1 - label_yes) * (1 - judge_yes)
    certain = np.isclose(chance, 1.0)
    return np.where(certain, 1.0, (both_yes + both_no - chance) / np.where(certain, 1.0, 1 - chance))


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


def parts() -> dict[str, list[dict[str, Any]]]:
    """The labelled claims by part; of the held-back one also the product's own words, as it said them or with another citation, apart."""
    known = {
        "first": read_jsonl(CLAIMS),
        "second": read_jsonl(SECOND),
        "third": read_jsonl(THIRD),
        "development": read_jsonl(DEVELOPMENT),
        "fourth": read_jsonl(FOURTH),
        "fifth": read_jsonl(FIFTH),
        "sixth": read_jsonl(SIXTH),
        "seventh": read_jsonl(SEVENTH),
        "eighth": read_jsonl(EIGHTH),
    }
    if not HELD_BACK.is_file():
        return known
    held_back = read_jsonl(HELD_BACK)
    return known | {
        _HELD_BACK: held_back,
        f"{_HELD_BACK}, answers": [row for row in held_back if row["why"].startswith("answer")],
        f"{_HELD_BACK}, reworded": [row for row in held_back if not row["why"].startswith("answer")],
    }


def table(judge: Judge) -> str:
    """The agreement by part and language, in Markdown. Which claims of the held-back part a judge gets wrong is not told."""
    lines = [
        "| part | language | claims | agreed | Cohen's kappa | 95 % interval | too lenient | too strict |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for part, rows in parts().items():
        for language in ("ko", "en"):
            found = agreement(judge, [row for row in rows if row["lang"] == language])
            lenient, strict = (
                str(len(ids)) if part.startswith(_HELD_BACK) else f"{len(ids)} {' '.join(ids)}".strip()
                for ids in (found.too_lenient, found.too_strict)
            )
            low, high = found.interval
            lines.append(
                f"| {part} | {language} | {found.size} | {found.both_yes + found.both_no} | {found.kappa:.2f} "
                f"| {low:.2f} to {high:.2f} | {lenient} | {strict} |"
            )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the agreement."""
    from assistant.settings import load_settings
    from evals.model_judges import open_judge

    parser = argparse.ArgumentParser(prog="python -m evals.agreement", description=__doc__)
    parser.add_argument("--judge", default="rules", help="rules, nli:FOLDER or llm")
    judge = open_judge(parser.parse_args(arguments).judge, load_settings())
    print(f"judge {judge.name}\n\n{table(judge)}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
