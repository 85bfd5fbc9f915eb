"""What a change may not make worse: thresholds by slice, in ``thresholds.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from evals.measures import MEASURES
from evals.scoring import Interval

THRESHOLDS = Path(__file__).resolve().parent / "thresholds.toml"
Thresholds = dict[str, dict[str, float]]
_SLACK = 1e-9


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
