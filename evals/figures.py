"""Plots of the measurements, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
mpl.rcParams["svg.hashsalt"] = "annae"
import matplotlib.pyplot as plt  # noqa: E402

from evals.outcomes import Outcome, groups, latency, summary  # noqa: E402

_INK, _ACCENT, _QUIET = "#1f2933", "#0b6e99", "#b7410e"
_MAX_K = 10


def draw(out: Path, outcomes: Sequence[Outcome]) -> None:
    """Draw recall by component, recall at k, and latency into ``out``."""
    if outcomes:
        _draw_recall(out / "recall.svg", outcomes)
        _draw_recall_at_k(out / "recall_at_k.svg", outcomes)
        _draw_latency(out / "latency.svg", outcomes)


def _panels(count: int, width: float, height: float) -> tuple[Any, list[Any]]:
    columns = min(3, count)
    rows = -(-count // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(width * columns, height * rows), squeeze=False)
    flat = list(axes.flat)
    for unused in flat[count:]:
        unused.set_visible(False)
    return figure, flat


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _draw_recall(path: Path, outcomes: Sequence[Outcome]) -> None:
    means = summary(outcomes)
    shown = groups(outcomes)
    systems = list(dict.fromkeys(outcome.system for outcome in outcomes))
    figure, panels = _panels(len(shown), 4.6, 0.34 * len(systems) + 1.3)
    for number, ((collection, direction), axes) in enumerate(zip(shown, panels, strict=False)):
        for measure, colour, offset in (("recall@1", _ACCENT, 0.13), ("recall@5", _QUIET, -0.13)):
            for row, system in enumerate(reversed(systems)):
                value = means.get((collection, direction, system), {}).get(measure)
                if value is not None:
                    axes.plot([value.low, value.high], [row + offset] * 2, color=colour, linewidth=1.5)
                    axes.plot(value.mean, row + offset, "o", color=colour, markersize=4)
            axes.plot([], [], "o-", color=colour, label=measure, markersize=4)
        axes.set_yticks(range(len(systems)), list(reversed(systems)) if number % 3 == 0 else [""] * len(systems))
        axes.set_xlim(0, 1.02)
        axes.set_title(f"{collection}, {direction}", fontsize=9, color=_INK)
        axes.tick_params(labelsize=8)
        axes.grid(axis="x", alpha=0.3)
    panels[0].legend(fontsize=7, loc="best")
    _save(figure, path)


def _draw_recall_at_k(path: Path, outcomes: Sequence[Outcome]) -> None:
    shown = groups(outcomes)
    systems = list(dict.fromkeys(outcome.system for outcome in outcomes))
    colours = plt.get_cmap("tab20")
    figure, panels = _panels(len(shown), 4.2, 3.2)
    for (collection, direction), axes in zip(shown, panels, strict=False):
        for number, system in enumerate(systems):
            ranks = [
                o.first_rank
                for o in outcomes
                if (o.collection, o.direction, o.system) == (collection, direction, system)
            ]
            if ranks:
                curve = [sum(r is not None and r <= k for r in ranks) / len(ranks) for k in range(1, _MAX_K + 1)]
                axes.plot(range(1, _MAX_K + 1), curve, color=colours(number % 20), label=system, linewidth=1.3)
        axes.set_ylim(0, 1.02)
        axes.set_xticks(range(1, _MAX_K + 1))
        axes.set_title(f"{collection}, {direction}", fontsize=9, color=_INK)
        axes.set_xlabel("k", fontsize=8)
        axes.set_ylabel("recall@k", fontsize=8)
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.3)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, fontsize=7, loc="lower center", ncols=6, bbox_to_anchor=(0.5, -0.06))
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


def _draw_latency(path: Path, outcomes: Sequence[Outcome]) -> None:
    times = latency(outcomes)
    collections = list(dict.fromkeys(collection for collection, _ in times))
    systems = list(dict.fromkeys(system for _, system in times))
    figure, panels = _panels(len(collections), 4.6, 0.3 * len(systems) + 1.2)
    for number, (collection, axes) in enumerate(zip(collections, panels, strict=False)):
        for row, system in enumerate(reversed(systems)):
            if (collection, system) in times:
                p50, p95 = times[collection, system]
                axes.plot([p50, p95], [row, row], color=_ACCENT, linewidth=1.5)
                axes.plot(p50, row, "o", color=_ACCENT, markersize=4)
                axes.plot(p95, row, "|", color=_ACCENT, markersize=8)
        axes.set_yticks(range(len(systems)), list(reversed(systems)) if number % 3 == 0 else [""] * len(systems))
        axes.set_xscale("log")
        axes.set_title(f"{collection}: p50 to p95", fontsize=9, color=_INK)
        axes.set_xlabel("milliseconds a query", fontsize=8)
        axes.tick_params(labelsize=8)
        axes.grid(axis="x", alpha=0.3)
    _save(figure, path)


def draw_tuning(
    out: Path, fixed: Mapping[str, Mapping[str, tuple[float, float, float]]], groups: Sequence[str]
) -> None:
    """Draw recall@1 and RR@10 over the lexical weight into ``tuning.svg``."""
    weights = [float(name) for name in fixed]
    figure, panels = _panels(2, 5.5, 4)
    for axes, position, label in ((panels[0], 0, "recall@1"), (panels[1], 2, "RR@10")):
        for group in groups:
            width = 2.5 if group == "mean" else 1.2
            axes.plot(weights, [values[group][position] for values in fixed.values()], linewidth=width, label=group)
        axes.set_xlabel("lexical weight", fontsize=8)
        axes.set_ylabel(label, fontsize=8)
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.3)
    panels[0].legend(fontsize=7)
    _save(figure, out / "tuning.svg")
