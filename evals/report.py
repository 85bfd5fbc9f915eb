"""A run as tables for the terminal and as a JSON summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.measures import (
    MEASURES,
    Judged,
    as_json,
    compare,
    confusion,
    latency,
    status_of,
    summary,
)

# The measures of the terminal's table and how they are called there.
_SHOWN = {
    "right": "right", "facts_all": "facts", "answers": "answers", "declines": "declines", "gold_citation": "gold cited",
    "citation_precision": "cite prec.", "language": "language", "date_truth": "dates", "parity": "parity",
    "success@1": "S@1", "success@5": "S@5",
}  # fmt: skip
_SIGNIFICANT = 0.05


def summary_table(run: Mapping[str, Any], judged: Mapping[str, Judged]) -> tuple[str, list[str], list[list[str]]]:
    """Title, columns and rows: means of the main measures by slice, in brackets the half-width of the interval."""
    means = summary(run, judged)
    sizes = {name: max(i.size for i in found.values()) for name, found in means.items()}
    rows = [
        [name, str(sizes[name]), *(_cell(found.get(measure)) for measure in _SHOWN)] for name, found in means.items()
    ]
    times = latency(run).get("total", {"p50": 0, "p95": 0})
    title = f"{len(judged)} questions; p50 {times['p50']:.0f} ms, p95 {times['p95']:.0f} ms"
    return title, ["slice", "n", *_SHOWN.values()], rows


def comparison_table(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    judged_before: Mapping[str, Judged],
    judged_after: Mapping[str, Judged],
) -> tuple[str, list[str], list[list[str]]]:
    """What changed at all of the main measures, by slice; a star where the paired test says so at 5 %."""
    changes = compare(before, after, judged_before, judged_after)
    rows = [
        [
            name,
            MEASURES[measure][1],
            str(change.questions),
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            f"{change.difference.mean:+.3f} [{change.difference.low:+.3f}, {change.difference.high:+.3f}]",
            f"{change.p_value:.3f}{' *' if change.p_value < _SIGNIFICANT else ''}",
        ]
        for name, measures in changes.items()
        for measure, change in measures.items()
        if measure in _SHOWN
        and (not name.startswith("kind/") or measure == "right")
        and (change.difference.low or change.difference.high or change.difference.mean)
    ]
    moved = moved_questions(after, judged_before, judged_after)
    title = (
        f"{len(moved['better'])} questions better, {len(moved['worse'])} worse: {', '.join(moved['worse'][:12]) or '-'}"
    )
    return title, ["slice", "measure", "n", "before", "after", "difference (95 %)", "p"], rows


def moved_questions(
    after: Mapping[str, Any], judged_before: Mapping[str, Judged], judged_after: Mapping[str, Judged]
) -> dict[str, list[str]]:
    """The questions that became right, and those that stopped being right."""
    moved: dict[str, list[str]] = {"better": [], "worse": []}
    for row in after["comparable"]["questions"]:
        if row["id"] in judged_before:
            old, new = (j[row["id"]].scores["right"] or 0.0 for j in (judged_before, judged_after))
            if old != new:
                moved["better" if new > old else "worse"].append(row["id"])
    return moved


def summary_json(
    run: Mapping[str, Any],
    judged: Mapping[str, Judged],
    earlier: Mapping[str, Any] | None = None,
    judged_earlier: Mapping[str, Judged] | None = None,
) -> dict[str, Any]:
    """All figures of a run, and what changed since the earlier one."""
    told: dict[str, Any] = {
        "digest": run["digest"],
        "about": run["about"],
        **{name: value for name, value in run["comparable"].items() if name != "questions"},
        "slices": as_json(summary(run, judged)),
        "confusion": {expected: dict(sorted(found.items())) for expected, found in confusion(run).items()},
        "milliseconds": latency(run),
        "questions": {
            row["id"]: {
                "status": status_of(row),
                "outcome": judged[row["id"]].outcome,
                "scores": as_json({n: s for n, s in judged[row["id"]].scores.items() if s is not None}),
                "notes": list(judged[row["id"]].notes),
            }
            for row in run["comparable"]["questions"]
        },
    }
    if earlier and judged_earlier:
        told["since"] = {
            "digest": earlier["digest"],
            "settings": changed_settings(earlier, run),
            "changes": as_json(compare(earlier, run, judged_earlier, judged)),
            **moved_questions(run, judged_earlier, judged),
        }
    return told


def changed_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Settings, versions and digests in which two runs differ: name to (before, after)."""
    old, new = (_flat(run["comparable"]) for run in (before, after))
    return {name: [old.get(name), new.get(name)] for name in sorted({*old, *new}) if old.get(name) != new.get(name)}


def _flat(comparable: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {
        name: comparable[name] for name in ("embedder", "analysis", "corpus_digest", "questions_digest")
    }
    return {**flat, **comparable["settings"], **{f"{name} version": v for name, v in comparable["versions"].items()}}


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, wide enough also where there is no terminal."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=180)
    table = Table(title=title, title_justify="left", header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=number == 0)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _cell(interval: Any) -> str:
    return (
        ""
        if interval is None
        else f"{interval.mean:.2f} ±{(interval.high - interval.low) / 2:.2f}".replace("±0.", "±.")
    )
