"""What a change may not make worse: thresholds by slice, in ``thresholds.toml``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from evals.measures import MEASURES
from evals.scoring import Interval

THRESHOLDS = Path(__file__).resolve().parent / "thresholds.toml"
Thresholds = dict[str, dict[str, float]]
_SLACK = 1e-9
# What the gate looks at, by the first part of the slice's name, and how far below the measured value its proposals lie.
_GUARDED: dict[str, tuple[float, tuple[str, ...]]] = {
    "all": (
        0.02,
        (
            "right",
            "facts_all",
            "answers",
            "declines",
            "gold_citation",
            "citation_recall",
            "citation_precision",
            "language",
            "date_truth",
            "notes",
            "notices",
            "parity",
            "success@1",
            "success@5",
            "nDCG@10",
        ),
    ),
    "lang": (0.03, ("right", "facts_all", "declines", "gold_citation", "citation_precision", "language", "success@5")),
    "direction": (0.03, ("facts_all", "gold_citation", "success@5")),
    "follow-up": (0.06, ("right", "success@5")),
    "kind": (0.06, ("right",)),
}
_HEAD = """\
# What a change may not make worse, by slice of the test half of the question sets; higher is better for every measure.
# `annae eval gate --propose` prints values a little under what is measured. Raise them as the assistant gets better;
# lower one only with the reason in the commit message. Measures: evals/README.md.
"""
# Where everything must be right, one question's worth of room is too much.
_EXACT = {"language": 0.005, "citation_recall": 0.01, "notices": 0.01}


def read_thresholds(path: Path) -> Thresholds:
    """The least value of each measure by slice.

    Raises:
        ValueError: a measure is unknown, or a threshold is no number from 0 to 1.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: it is not a TOML file ({error})") from error
    for name, measures in found.items():
        for measure, least in measures.items():
            if measure not in MEASURES:
                raise ValueError(
                    f"{path}: [{name}] {measure}: there is no such measure; there are {', '.join(MEASURES)}"
                )
            if not isinstance(least, int | float) or not 0 <= least <= 1:
                raise ValueError(f"{path}: [{name}] {measure} = {least!r} is no number from 0 to 1")
    return found


def fallen(thresholds: Thresholds, means: Mapping[str, Mapping[str, Interval]]) -> list[str]:
    """What is below its threshold, or was not measured at all, one line each."""
    problems = []
    for name, measures in thresholds.items():
        for measure, least in measures.items():
            found = means.get(name, {}).get(measure)
            if found is None:
                problems.append(f"{name}: {MEASURES[measure][1]} ({measure}) was not measured")
            elif found.mean < least - _SLACK:
                reached = f"is {found.mean:.3f}, at least {least:.3f} is wanted ({found.size} questions)"
                problems.append(f"{name}: {MEASURES[measure][1]} ({measure}) {reached}")
    return problems


def propose(means: Mapping[str, Mapping[str, Interval]]) -> Thresholds:
    """Thresholds a little under what was measured, for a person to review."""
    proposed: Thresholds = {}
    for name, found in means.items():
        margin, measures = _GUARDED[name.split("/")[0]]
        for measure in measures:
            if measure in found:
                least = found[measure].mean - _EXACT.get(measure, margin)
                proposed.setdefault(name, {})[measure] = max(0.0, math.floor(least * 100 + _SLACK) / 100)
    return proposed


def as_toml(thresholds: Thresholds) -> str:
    """The whole text of a ``thresholds.toml``, ready to be written over the present one and reviewed as a difference."""
    parts = [_HEAD]
    for name, measures in thresholds.items():
        lines = [f'["{name}"]', *(f'"{measure}" = {least:.2f}' for measure, least in measures.items())]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
