"""What every measurement needs: arguments, progress, summary statistics, and results as JSON and Markdown."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("chromadb", "kiwipiepy", "onnxruntime", "sentence-transformers", "sqlalchemy", "tantivy", "torch")


@dataclass(frozen=True)
class Table:
    """One Markdown table; every row has a cell for each column."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def markdown(self) -> str:
        """The table under its title."""
        lines = [f"### {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        return "\n".join([*lines, *(_line([_cell(value) for value in row]) for row in self.rows), ""])


@dataclass
class Report:
    """The result of one measurement.

    ``settings`` says what was measured, ``figures`` holds every number by name, ``rows`` the single observations behind them.
    """

    name: str
    arguments: Sequence[str]
    settings: dict[str, Any]
    figures: dict[str, Any] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write ``NAME.json`` and ``NAME.md``, and print the tables."""
        command = " ".join(["python -m benchmarks", self.name, *map(shlex.quote, self.arguments)])
        machine = describe_machine()
        body = {
            "name": self.name,
            "command": command,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": machine,
            "settings": self.settings,
            "figures": self.figures,
            "rows": self.rows,
        }
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.json").write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
        about = [f"## {self.name}", "", f"`{command}`", ""]
        about += [f"- {key}: {value}" for key, value in {**self.settings, **machine}.items() if key != "packages"]
        text = "\n".join([*about, "", *(table.markdown() for table in self.tables)])
        (folder / f"{self.name}.md").write_text(text, encoding="utf-8")
        print(text)
        print(f"written: {folder / self.name}.json and .md", file=sys.stderr)


def arguments_parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """A parser with the arguments that every measurement takes."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {name}", description=description)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "benchmarks", help="folder for the results")
    parser.add_argument(
        "--shared",
        type=Path,
        default=ROOT.parent / "shared",
        help="folder that holds seeds/, dev-qa/ and retrieval-dev/",
    )
    return parser


def sizes(text: str) -> list[int]:
    """A comma-separated list of positive whole numbers, for an argument."""
    values = [int(part) for part in text.replace("_", "").split(",")]
    if any(value <= 0 for value in values):
        raise argparse.ArgumentTypeError("every number must be positive")
    return values


def progress(message: str) -> None:
    """A line of progress with the time of day, on standard error."""
    print(f"{time.strftime('%H:%M:%S')} {message}", file=sys.stderr, flush=True)


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Quantiles, mean and maximum of durations, in milliseconds, and the rate one caller reaches."""
    values = np.asarray(seconds) * 1000
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return {
        "p50_ms": round(float(p50), 3),
        "p95_ms": round(float(p95), 3),
        "p99_ms": round(float(p99), 3),
        "mean_ms": round(float(values.mean()), 3),
        "max_ms": round(float(values.max()), 3),
        "per_second": round(1000 / float(values.mean()), 1),
        "n": len(seconds),
    }


def memory_mb() -> dict[str, float]:
    """Resident memory of this process now and at its peak, in MB (Linux)."""
    status = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if ":" in line
    )
    return {
        "rss_mb": round(int(status["VmRSS"].split()[0]) / 1000, 1),
        "peak_rss_mb": round(int(status["VmHWM"].split()[0]) / 1000, 1),
    }


def folder_mb(path: Path) -> float:
    """Size of a file or of all files below a folder, in MB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)


def describe_machine() -> dict[str, Any]:
    """Processor, cores, memory, load and versions: what a reader needs to judge the numbers."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        cpu = names[0].split(":", 1)[1].strip() if names else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": cpu,
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "load_average": [round(value, 2) for value in os.getloadavg()],
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
