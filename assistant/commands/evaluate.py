"""``annae eval``: the evaluators' suite, where it is installed."""

from __future__ import annotations

from importlib import import_module

import typer

from assistant.commands.running import WRONG_USE, stop


def evaluate(context: typer.Context) -> None:
    """Measure the assistant on question sets: run, compare, gate (annae eval --help)."""
    try:
        suite = import_module("evals.cli")
    except ImportError as error:
        stop(f"the evaluators' suite is not installed ({error.name} is missing). Run make install", WRONG_USE, error)
    suite.main(context.args)
