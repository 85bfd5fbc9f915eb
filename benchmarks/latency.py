"""Query latency of hybrid retrieval at several index sizes, with the time of each step, index build time, disk and memory.

A query is a question's text; everything up to the stored chunks with their documents counts, the embedding of the question included. The
embedder and the analyser are warm, no question is asked twice, and each size is built in one process and asked in another that opens the
data folder as a server would. Built indexes are kept in the work folder and used again while the code that made them is unchanged.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any

from assistant.index.embedder import Embedder
from assistant.settings import load_settings
from assistant.types import Filters
from assistant.workspace import Workspace
from benchmarks import synthetic
from benchmarks.report import ROOT, Report, Table, arguments_parser, memory_mb, milliseconds, progress, sizes

NAME = "latency"
WARM_UP = 40
TOP_K = 10
_FILTERED = Filters(language="ko")
_STEPS = ("query building", "document filter", "lexical search", "question embedding", "vector search", "store fetch")
# Steps that follow one another, beside those of the other leg.
_LEGS = (("lexical search",), ("question embedding", "vector search"))


def main(arguments: Sequence[str]) -> None:
    """Run the measurement."""
    parser = arguments_parser(NAME, __doc__)
    add_corpus_arguments(parser)
    parser.add_argument("--fresh", action="store_true", help="build every index anew")
    parsed = parser.parse_args(arguments)
    settings = {"top_k": TOP_K, "queries": parsed.queries, "warm_up": WARM_UP, "seed": parsed.seed}
    report = Report(NAME, arguments, settings)
    for size in parsed.sizes:
        report.figures[str(size)] = figures = measure(parsed, size)
        report.rows += figures.pop("rows")
    report.tables = _tables(report.figures)
    report.write(parsed.out)


def add_corpus_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments that say which synthetic corpus is used and how it is asked."""
    parser.add_argument(
        "--sizes", type=sizes, default=[1_000, 10_000, 100_000], help="numbers of chunks [1000,10000,100000]"
    )
    parser.add_argument("--queries", type=int, default=200, help="questions that are timed at each size [200]")
    parser.add_argument("--pool", type=int, help="sentences to recombine [all, some 9,000]")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "benchmarks" / "work", help="folder for built indexes"
    )


def measure(parsed: argparse.Namespace, size: int) -> dict[str, Any]:
    """Build an index of ``size`` chunks if need be, and ask it; each in a process of its own."""
    folder = parsed.work / f"annae-{size}"
    built = in_process(
        _build, parsed.shared, parsed.work, folder, size, parsed.seed, parsed.pool, getattr(parsed, "fresh", False)
    )
    questions = synthetic.make_questions(parsed.shared, parsed.queries + WARM_UP, parsed.seed)
    return {**built, **in_process(query_latency, folder, questions)}


def in_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a fresh process, so that its caches are cold and its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        return executor.submit(function, *arguments).result()


def _build(
    shared: Path, work: Path, folder: Path, size: int, seed: int, limit: int | None, fresh: bool
) -> dict[str, float]:
    embedder = default_embedder(work)
    pool = synthetic.load_pool(shared, work, embedder, limit)
    made = folder / f"built-{synthetic.index_fingerprint(pool, size, seed, embedder)}.json"
    if fresh or not made.exists():
        progress(f"building an index of {size} chunks")
        rmtree(folder, ignore_errors=True)
        figures = synthetic.build_index(pool, folder, size, seed, embedder)
        made.write_text(json.dumps(figures), encoding="utf-8")
    return json.loads(made.read_text(encoding="utf-8"))


def default_embedder(work: Path) -> Embedder:
    """The embedder that the settings name."""
    with Workspace(load_settings(data_dir=work / "settings")) as workspace:
        return workspace.embedder


def query_latency(folder: Path, questions: Sequence[str], filters: Filters = _FILTERED) -> dict[str, Any]:
    """Ask every question once: the first ones to warm up, the others timed, some of them again with a filter."""
    with Workspace(load_settings(data_dir=folder)) as workspace:
        retriever = workspace.retriever
        started = time.perf_counter()
        retriever.retrieve(questions[0], TOP_K)
        first = time.perf_counter() - started
        for question in questions[1:WARM_UP]:
            retriever.retrieve(question, TOP_K)
        progress(f"{folder.name}: warm, asking")
        asked = questions[WARM_UP:]
        with _watched(workspace) as stopwatch:
            totals = timed(lambda question: retriever.retrieve(question, TOP_K), asked, stopwatch.lap)
        memory = memory_mb()
        # The analysis of these questions is known by now, which flatters the filtered figures by about a millisecond.
        filtered = timed(lambda question: retriever.retrieve(question, TOP_K, filters), asked[:50])
        rows = [
            {"chunks": workspace.store.chunk_count(), "question": question, "milliseconds": round(seconds * 1000, 2)}
            for question, seconds in zip(asked, totals, strict=True)
        ]
    return {
        "query": milliseconds(totals),
        "filtered_query": milliseconds(filtered),
        "first_query_s": round(first, 2),
        "steps": {name: milliseconds(seconds) for name, seconds in stopwatch.steps(totals).items()},
        **memory,
        "rows": rows,
    }


def timed(ask: Callable[[str], object], questions: Sequence[str], lap: Callable[[], None] | None = None) -> list[float]:
    """The seconds that each question takes; ``lap`` is called before each."""
    seconds = []
    for question in questions:
        if lap is not None:
            lap()
        started = time.perf_counter()
        ask(question)
        seconds.append(time.perf_counter() - started)
    return seconds


class _Stopwatch:
    """Seconds by step, one entry a query; a step that a query skips counts nothing."""

    def __init__(self) -> None:
        self._laps: list[dict[str, float]] = []

    def lap(self) -> None:
        """The next query begins."""
        self._laps.append(defaultdict(float))

    def timed(self, name: str, original: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Call ``original`` and count its time for step ``name``."""
        started = time.perf_counter()
        try:
            return original(*arguments, **named)
        finally:
            self._laps[-1][name] += time.perf_counter() - started

    def steps(self, totals: Sequence[float]) -> dict[str, list[float]]:
        """By step the seconds of every query, and what is left of their totals."""
        names = sorted({name for lap in self._laps for name in lap}, key=_STEPS.index)
        found = {name: [lap.get(name, 0.0) for lap in self._laps] for name in names}
        left = [max(0.0, total - _passed(lap)) for total, lap in zip(totals, self._laps, strict=True)]
        return {**found, "everything else": left}


def _passed(lap: Mapping[str, float]) -> float:
    """The seconds that a query's steps take together: the legs run beside each other, and the longer one counts."""
    one, other = (sum(lap.get(name, 0.0) for name in leg) for leg in _LEGS)
    return sum(lap.values()) - min(one, other)


@contextmanager
def _watched(workspace: Workspace) -> Iterator[_Stopwatch]:
    """Time each step of retrieval while the block runs."""
    retriever = workspace.retriever
    watched: tuple[tuple[Any, str], ...] = (
        (retriever.query_builder, "build"),
        (workspace.store, "matching_documents"),
        (retriever.lexical, "retrieve"),
        (workspace.embedder, "embed_query"),
        (workspace.vectors, "search"),
        (workspace.store, "chunks"),
    )
    stopwatch = _Stopwatch()
    for name, (owner, method) in zip(_STEPS, watched, strict=True):
        setattr(owner, method, partial(stopwatch.timed, name, getattr(owner, method)))
    try:
        yield stopwatch
    finally:
        for owner, method in watched:
            delattr(owner, method)


def _tables(figures: dict[str, Any]) -> list[Table]:
    columns = ("p50_ms", "p95_ms", "p99_ms", "mean_ms", "max_ms", "per_second")
    queries = [
        [int(size), kind, *(found[key][column] for column in columns)]
        for size, found in figures.items()
        for key, kind in (("query", "all documents"), ("filtered_query", "Korean documents only"))
    ]
    steps = [
        [int(size), name, *(step[column] for column in columns[:5])]
        for size, found in figures.items()
        for name, step in found["steps"].items()
    ]
    builds = ("build_s", "store_s", "vectors_s", "lexical_s", "disk_mb", "store_mb", "vectors_mb", "lexical_mb")
    memory = ("first_query_s", "rss_mb", "peak_rss_mb", "build_peak_rss_mb")
    resources = [[int(size), *(found[column] for column in (*builds, *memory))] for size, found in figures.items()]
    return [
        Table("Hybrid query latency", ["chunks", "filter", *columns], queries),
        Table("Where the time goes", ["chunks", "step", *columns[:5]], steps),
        Table("Building, disk and memory", ["chunks", *builds, *memory], resources),
    ]
