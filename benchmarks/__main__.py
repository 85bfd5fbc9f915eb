"""Run a measurement by name: ``python -m benchmarks NAME [arguments]``, ``--list`` to see which there are."""

from __future__ import annotations

import sys
from importlib import import_module

# Name and module; in the order in which all of them run when no name is given, the quick ones first.
MEASUREMENTS = {
    "dev-questions": "benchmarks.dev_questions",
    "ingest": "benchmarks.ingest",
    "latency": "benchmarks.latency",
    "stock-pipeline": "benchmarks.stock_pipeline",
}


def main(arguments: list[str]) -> int:
    """Run what ``arguments`` name; without a name run everything with its default arguments."""
    if arguments[:1] in (["--list"], ["--help"], ["-h"]):
        print("python -m benchmarks NAME [arguments]      NAME --help shows the arguments; without NAME all run\n")
        for name, module in MEASUREMENTS.items():
            print(f"{name:16} {(import_module(module).__doc__ or '').splitlines()[0]}")
        return 0
    if not arguments:
        for module in MEASUREMENTS.values():
            import_module(module).main([])
        return 0
    name = arguments[0].replace("_", "-")
    if name not in MEASUREMENTS:
        print(
            f"benchmarks: no measurement is called {arguments[0]}; there are {', '.join(MEASUREMENTS)}", file=sys.stderr
        )
        return 2
    import_module(MEASUREMENTS[name]).main(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
