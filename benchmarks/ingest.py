"""Ingest throughput of the ``annae`` command as a real process, the cost of a second run, and cold starts.

Every figure is of whole processes, interpreter start and model loading included; ``reading and indexing`` leaves out what passes before the
first document is through.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import load_settings
from assistant.workspace import Workspace
from benchmarks.report import ROOT, Report, Table, arguments_parser, folder_mb, progress

NAME = "ingest"
_QUESTIONS = ("중견기업은 시장개척자금을 몇 %까지 지원받나요?", "How large is the PIS fund?")


@dataclass(frozen=True)
class Run:
    """One finished process: seconds from its start to its end and to its first line, processor seconds, peak memory."""

    seconds: float
    first_line_seconds: float
    processor_seconds: float
    peak_rss_mb: float
    code: int


def main(arguments: Sequence[str]) -> None:
    """Run the measurement."""
    parser = arguments_parser(NAME, __doc__)
    parser.add_argument("--path", type=Path, default=ROOT / "corpus", help="folder to ingest [corpus]")
    parser.add_argument("--starts", type=int, default=7, help="how often `annae --help` is started [7]")
    parser.add_argument("--asks", type=int, default=4, help="how often `annae ask` is started [4]")
    parsed = parser.parse_args(arguments)
    report = Report(NAME, arguments, {"path": _shown(parsed.path), "starts": parsed.starts, "asks": parsed.asks})
    with TemporaryDirectory(prefix="annae-benchmark-") as folder:
        data = Path(folder) / "data"
        progress(f"first run over {_shown(parsed.path)}")
        first = annae("ingest", str(parsed.path), "--data-dir", str(data))
        progress("second run over the unchanged folder")
        second = [annae("ingest", str(parsed.path), "--data-dir", str(data)) for _ in range(3)]
        report.figures["ingest"] = _ingested(data, first, second)
        progress("cold starts")
        report.figures["help"] = _summary([annae("--help") for _ in range(parsed.starts)])
        asks = [annae("ask", _QUESTIONS[n % len(_QUESTIONS)], "--data-dir", str(data)) for n in range(parsed.asks)]
        report.figures["ask"] = _summary(asks)
    report.tables = _tables(report.figures)
    report.write(parsed.out)


def annae(*arguments: str) -> Run:
    """Run the installed command to its end.

    Raises:
        RuntimeError: it ended with an exit code that says it was used wrongly or crashed (0 and 1 are results).
    """
    command = [str(Path(sys.executable).parent / "annae"), *arguments]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        first = time.perf_counter() - started
        lines += process.stdout.readlines()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {''.join(lines[-5:])}")
    return Run(seconds, first, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, process.returncode)


def _ingested(data: Path, first: Run, second: Sequence[Run]) -> dict[str, Any]:
    with Workspace(load_settings(data_dir=data)) as workspace:
        documents = workspace.store.documents()
        chunks = workspace.store.chunk_count()
        size = sum(workspace.store.originals.path(document.digest).stat().st_size for document in documents) / 1e6
        text = sum(len(p.text.encode()) for d in documents for p, _ in workspace.store.pages(d.document_id)) / 1e6
    pages = sum(document.pages for document in documents)
    steady = max(first.seconds - first.first_line_seconds, 1e-9)
    again = min(run.seconds for run in second)
    return {
        "documents": len(documents),
        "pages": pages,
        "chunks": chunks,
        "file_mb": round(size, 3),
        "text_mb": round(text, 3),
        "exit_code": first.code,
        "first_run_s": round(first.seconds, 2),
        "until_first_document_s": round(first.first_line_seconds, 2),
        "processor_s": round(first.processor_seconds, 2),
        "peak_rss_mb": round(first.peak_rss_mb, 1),
        "documents_per_second": round(len(documents) / first.seconds, 2),
        "pages_per_second": round(pages / first.seconds, 2),
        "file_mb_per_second": round(size / first.seconds, 4),
        "text_mb_per_second": round(text / first.seconds, 4),
        "chunks_per_second": round(chunks / first.seconds, 2),
        "steady_pages_per_second": round(pages / steady, 2),
        "steady_chunks_per_second": round(chunks / steady, 2),
        "second_run_s": round(again, 2),
        "second_run_share": round(again / first.seconds, 4),
        "second_run_peak_rss_mb": round(min(run.peak_rss_mb for run in second), 1),
        "disk_mb": folder_mb(data),
    }


def _summary(runs: Sequence[Run]) -> dict[str, float]:
    seconds = [run.seconds for run in runs]
    return {
        "runs": len(runs),
        "min_s": round(min(seconds), 3),
        "median_s": round(median(seconds), 3),
        "max_s": round(max(seconds), 3),
        "processor_s": round(min(run.processor_seconds for run in runs), 3),
        "peak_rss_mb": round(max(run.peak_rss_mb for run in runs), 1),
    }


def _tables(figures: dict[str, Any]) -> list[Table]:
    starts = [[f"annae {name}", *figures[key].values()] for name, key in (("--help", "help"), ("ask", "ask"))]
    return [
        Table(
            "Ingest",
            ["figure", "value"],
            [[name.replace("_", " "), value] for name, value in figures["ingest"].items()],
        ),
        Table("Cold starts of whole processes", ["command", *figures["help"]], starts),
    ]


def _shown(path: Path) -> str:
    """The path as a reader of the results knows it, without this machine's folders."""
    resolved = path.resolve()
    return str(resolved.relative_to(ROOT)) if resolved.is_relative_to(ROOT) else path.name
