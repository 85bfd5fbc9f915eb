"""Settings tried side by side on the development questions: quality against time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.index.embedder import Embedder
from assistant.settings import Settings
from evals.charts import scatter
from evals.measures import judge_run, latency, summary
from evals.run import make_run, open_bench, read_questions

MEASURES = ("right", "facts_all", "declines", "gold_citation", "success@5")


@dataclass(frozen=True, slots=True)
class Trial:
    """One choice of settings and what it comes to; ``milliseconds`` is the median of a question."""

    values: Mapping[str, str]
    means: Mapping[str, float]
    milliseconds: float

    @property
    def name(self) -> str:
        """The values, for a table."""
        return ", ".join(f"{name}={value}" for name, value in self.values.items())


def grid(vary: Sequence[str]) -> list[dict[str, str]]:
    """Every combination of ``name=value,value`` choices.

    Raises:
        ValueError: a choice is written otherwise, or there is no such setting.
    """
    choices: dict[str, list[str]] = {}
    for item in vary:
        name, mark, values = item.partition("=")
        if not mark or not values:
            raise ValueError(f"{item}: write name=value,value")
        if name not in Settings.model_fields or name in ("data_dir", "database_url"):
            raise ValueError(f"{name}: there is no such setting to vary; docs/settings.md lists them")
        choices[name] = [value.strip() for value in values.split(",")]
    return [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]


def sweep(
    combinations: Sequence[Mapping[str, str]],
    limit: int | None = None,
    embedder: Embedder | None = None,
    say: Callable[[str], None] = print,
    questions: Sequence[dict[str, Any]] | None = None,
) -> list[Trial]:
    """Ask the development questions once for every combination; a chunk size takes the corpus in anew."""
    asked = list(questions) if questions is not None else read_questions(split="dev", limit=limit)
    trials = []
    for values in combinations:
        with open_bench(overrides=values, embedder=embedder, say=say) as bench:
            run = make_run(bench, asked)
        means = summary(run, judge_run(run))["all"]
        trial = Trial(values, {m: means[m].mean for m in MEASURES if m in means}, latency(run)["total"]["p50"])
        trials.append(trial)
        say(f"{trial.name}: right {trial.means['right']:.3f}, p50 {trial.milliseconds:.0f} ms")
    return trials


def front(trials: Sequence[Trial]) -> list[Trial]:
    """The trials that no other beats in both: at least as right and faster, or as fast and more often right."""
    return [
        trial
        for trial in trials
        if not any(
            other.means["right"] >= trial.means["right"]
            and other.milliseconds <= trial.milliseconds
            and (other.means["right"], -other.milliseconds) != (trial.means["right"], -trial.milliseconds)
            for other in trials
        )
    ]


def picture(trials: Sequence[Trial]) -> str:
    """Quality over time, the front joined, as SVG."""
    best = {trial.name for trial in front(trials)}
    points = [(t.milliseconds, t.means["right"], t.name, t.name in best) for t in trials]
    return scatter("Quality against latency", "p50 ms", "right", points) + "\n"


def table(trials: Sequence[Trial]) -> tuple[str, list[str], list[list[str]]]:
    """Title, columns and rows, the most often right first."""
    best = {trial.name for trial in front(trials)}
    rows = [
        [
            t.name,
            *(f"{t.means[m]:.3f}" if m in t.means else "" for m in MEASURES),
            f"{t.milliseconds:.0f}",
            "*" if t.name in best else "",
        ]
        for t in sorted(trials, key=lambda t: -t.means["right"])
    ]
    return "development questions; * on the Pareto front", ["settings", *MEASURES, "p50 ms", ""], rows
