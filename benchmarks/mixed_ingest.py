"""Ingest of a large mixed folder by the ``annae`` command: processor share, memory over time, files a second.

``python -m benchmarks.mixed_ingest [--files 2000] [--from corpus/documents]`` copies the documents of a folder under new names until
there are enough, takes them in with a fresh data folder, and watches the whole tree of processes through ``/proc``. On a busy
machine the share says how much of it was left; measure on a quiet one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
_ROUND_SECONDS = 1.0


def make_folder(folder: Path, documents: list[Path], count: int) -> Counter[str]:
    """Fill a folder with ``count`` copies, in folders of a hundred; how many there are of each format."""
    kinds: Counter[str] = Counter()
    for number, path in zip(range(count), cycle(documents), strict=False):
        target = folder / f"{number // 100:03}"
        target.mkdir(exist_ok=True)
        shutil.copyfile(path, target / f"{number:05}-{path.name}")
        kinds[path.suffix] += 1
    return kinds


class Tree:
    """The processes below one, dead ones included: what they used of the processors, and their memory now."""

    def __init__(self, pid: int) -> None:
        self._root = pid
        self._seconds: dict[tuple[int, str], float] = {}

    def look(self) -> tuple[float, float]:
        """Processor seconds of all so far, and the memory of those alive in MB, each shared page counted once."""
        parents: dict[int, tuple[int, str, float]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                parents[int(entry.name)] = int(fields[1]), fields[19], (int(fields[11]) + int(fields[12])) / _TICKS
        mine = {self._root}
        while more := {pid for pid, (parent, *_) in parents.items() if parent in mine} - mine:
            mine |= more
        memory = 0.0
        for pid in mine & parents.keys():
            _, start, seconds = parents[pid]
            self._seconds[pid, start] = seconds
            memory += _pss_mb(pid)
        return sum(self._seconds.values()), memory


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--from", dest="source", type=Path, default=ROOT / "corpus" / "documents")
    arguments = parser.parse_args()
    documents = sorted(path for path in arguments.source.iterdir() if path.is_file() and path.name != "manifest.yaml")
    with TemporaryDirectory(prefix="annae-mixed-") as temporary:
        folder, data = Path(temporary) / "papers", Path(temporary) / "data"
        folder.mkdir()
        kinds = make_folder(folder, documents, arguments.files)
        command = [str(Path(sys.executable).parent / "annae"), "ingest", str(folder), "--data-dir", str(data)]
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            tree = Tree(process.pid)
            rounds: list[tuple[float, float, float]] = []
            while process.poll() is None:
                seconds, memory = tree.look()
                rounds.append((time.perf_counter() - started, seconds, memory))
                time.sleep(_ROUND_SECONDS)
            assert process.stdout is not None
            said = process.stdout.read().strip()
        wall = time.perf_counter() - started
    used = rounds[-1][1]
    half = len(rounds) // 2
    cores = len(os.sched_getaffinity(0))
    figures = {
        "files": arguments.files,
        "formats": dict(kinds.most_common()),
        "said": said,
        "seconds": round(wall, 1),
        "files_per_second": round(arguments.files / wall, 2),
        "processor_seconds": round(used, 1),
        "cores": cores,
        "processor_share": round(used / wall / cores, 3),
        "peak_mb_first_half": round(max(memory for *_, memory in rounds[: half + 1])),
        "peak_mb_second_half": round(max(memory for *_, memory in rounds[half:])),
    }
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
