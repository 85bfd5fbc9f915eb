"""Damaged files of every format through the parser processes: ``python -m benchmarks.fuzz [--files 5000] [--seed 0]``.

Every file must have an outcome, text or a reason, whatever its bytes do to its reader. Text recognition is left out: it is another
program with limits of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.ingest.chunking import Chunker
from assistant.ingest.metadata import Metadata
from assistant.ingest.parser_pool import ParserPool
from assistant.ingest.parsing import ParsedDocument, ParseTask
from assistant.types import SourceFile

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "ingest" / "loaders"))


def damaged_files(count: int, first_seed: int) -> Iterator[tuple[str, bytes]]:
    """Files of all formats in turn, each damaged by its own seed."""
    from test_damaged_files import FILES, mutated

    names = list(FILES)
    for seed in range(first_seed, first_seed + count):
        name = names[seed % len(names)]
        yield f"{seed}-{name}", mutated(FILES[name], seed)


def fuzz(count: int, first_seed: int = 0, *, timeout_seconds: float = 30, memory_mb: int = 500) -> dict[str, object]:
    """Parse ``count`` damaged files; how each ended, and the slowest."""
    names: list[str] = []

    def tasks() -> Iterator[ParseTask]:
        for name, content in damaged_files(count, first_seed):
            names.append(name)
            source = SourceFile(Path(name), name, content, hashlib.sha256(content).hexdigest())
            yield ParseTask(source, Metadata(), Chunker(), 50_000_000)

    pool = ParserPool(os.cpu_count() or 1, timeout_seconds, memory_mb)
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    told: list[str] = []
    waits: list[float] = []
    started = before = time.perf_counter()
    for parts in pool.run(tasks()):
        found = list(parts)
        waits.append(time.perf_counter() - before)
        before = time.perf_counter()
        told.extend({part.name.split("/")[0] for part in found})
        for part in found:
            if isinstance(part.outcome, ParsedDocument):
                outcomes["read"] += 1
            elif part.outcome is not None:
                outcomes[type(part.outcome).__name__] += 1
                reasons[_kind(part.outcome.problem)] += 1
    return {
        "files": count,
        "first_seed": first_seed,
        "without_outcome": len(set(names) - set(told)),
        "parts": sum(outcomes.values()),
        "outcomes": dict(outcomes.most_common()),
        "crashed": reasons["crashed"],
        "over_time": reasons["late"],
        "fault_of_ours": reasons["fault"],
        "until_first_s": round(waits[0], 1),
        "longest_wait_after_s": round(max(waits[1:], default=0.0), 1),
        "seconds": round(time.perf_counter() - started, 1),
    }


def _kind(problem: str) -> str:
    if problem.startswith("its reader crashed"):
        return "crashed"
    if problem.startswith("reading it took more than"):
        return "late"
    return "fault" if problem.startswith("its reader failed") else "refused"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000, help="damaged files to try [5000]")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first [0]")
    arguments = parser.parse_args()
    os.environ["PATH"] = str(Path(sys.executable).parent)  # the recogniser is not found
    figures = fuzz(arguments.files, arguments.seed)
    print(json.dumps(figures, indent=2))
    if figures["without_outcome"] or figures["fault_of_ours"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
