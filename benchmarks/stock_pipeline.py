"""Annae and a stock LangChain pipeline side by side: evidence recall on the development questions, and query rates by index size.

The stock pipeline is ``RecursiveCharacterTextSplitter``, Chroma, rank-BM25 with its default tokens, and ``EnsembleRetriever`` with equal
weights, as its tutorials have it (``benchmarks/stock.py``). Both get the same files, the same embedder and the same questions (a
follow-up goes to the stock pipeline with the exchange before it), and at the larger sizes the same chunks and vectors
(``benchmarks/synthetic.py``). Needs the optional packages: ``pip install -e .[peers]``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.text.morphemes import forms
from benchmarks import latency, synthetic
from benchmarks.dev_questions import CUTOFFS, ask_all, recall_figures
from benchmarks.questions import GROUPS, ingested, read_questions
from benchmarks.report import Report, Table, arguments_parser, folder_mb, memory_mb, milliseconds, progress
from benchmarks.scoring import evidence_ranks

NAME = "stock-pipeline"
_SPLITS = ((1000, 200), (500, 100))
_LEGS = ("ensemble", "dense", "lexical")
_MIN_QUERIES = 10


def main(arguments: Sequence[str]) -> None:
    """Run the measurement."""
    parser = arguments_parser(NAME, __doc__)
    latency.add_corpus_arguments(parser)
    parser.add_argument(
        "--stock-seconds", type=float, default=120, help="ask the stock pipeline no longer than this at each size"
    )
    parser.add_argument("--skip", choices=("recall", "rates"), help="leave one half out")
    parsed = parser.parse_args(arguments)
    settings = {"splits": _SPLITS, "weights": "0.5/0.5", "top_k": latency.TOP_K, "seed": parsed.seed}
    report = Report(NAME, arguments, settings)
    if parsed.skip != "recall":
        report.figures["recall"], report.rows = compare_recall(parsed.shared, parsed.work)
        report.tables += _recall_tables(report.figures["recall"])
    if parsed.skip != "rates":
        report.figures["rates"] = {str(size): compare_rates(parsed, size) for size in parsed.sizes}
        report.tables += _rate_tables(report.figures["rates"])
    report.write(parsed.out)


def compare_recall(shared: Path, work: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Evidence recall of both on the seeds and the development questions, with the time that indexing takes."""
    from benchmarks.stock import LangChainEmbeddings, StockPipeline, split

    questions = read_questions(shared / "dev-qa" / "questions.jsonl")
    embedder = latency.default_embedder(work)
    # Models load before the clock runs, for both.
    embedder.embed(["warm", "따뜻하게"])
    forms("따뜻하게")
    progress("Annae: ingesting the seeds")
    started = time.perf_counter()
    with ingested(shared / "seeds", embedder) as workspace:
        seconds = time.perf_counter() - started
        rows = ask_all(workspace, questions)
        figures = {"Annae": _recall(workspace.store.chunk_count(), seconds, rows)}
    files = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    for chars, overlap in _SPLITS:
        progress(f"stock pipeline: the seeds in chunks of {chars} characters, {overlap} overlapping")
        with TemporaryDirectory(prefix="annae-benchmark-", ignore_cleanup_errors=True) as folder:
            started = time.perf_counter()
            texts = split(files, chars, overlap)
            stock = StockPipeline(texts, LangChainEmbeddings(embedder), Path(folder), latency.TOP_K)
            seconds = time.perf_counter() - started
            for leg in _LEGS:
                found = [
                    {**row, "evidence_ranks": evidence_ranks(stock.retrieve(item.standalone_text, leg), item.evidence)}
                    for row, item in zip(rows, questions, strict=True)
                ]
                figures[f"stock {leg} {chars}/{overlap}"] = _recall(len(texts), seconds, found)
                for row, other in zip(rows, found, strict=True):
                    row[f"stock {leg} {chars}/{overlap}"] = other["evidence_ranks"]
    return figures, rows


def _recall(chunks: int, seconds: float, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"chunks": chunks, "indexing_s": round(seconds, 2), "groups": recall_figures(rows)}


def compare_rates(parsed: argparse.Namespace, size: int) -> dict[str, Any]:
    """Indexing time and query latency of both over the same chunks and vectors, each in processes of its own."""
    annae = latency.measure(parsed, size)
    del annae["rows"]
    questions = synthetic.make_questions(parsed.shared, parsed.queries + latency.WARM_UP, parsed.seed)
    stock = latency.in_process(
        stock_latency, parsed.shared, parsed.work, size, parsed.seed, parsed.pool, questions, parsed.stock_seconds
    )
    ratio = annae["query"]["per_second"] / stock["query"]["per_second"]
    return {"annae": annae, "stock": stock, "rate_ratio": round(ratio, 1)}


def stock_latency(
    shared: Path, work: Path, size: int, seed: int, limit: int | None, questions: Sequence[str], max_seconds: float
) -> dict[str, Any]:
    """Build the stock pipeline over the synthetic chunks and time it; rank-BM25 lives in memory, so this is one process."""
    from benchmarks.stock import LangChainEmbeddings, StockPipeline

    embedder = latency.default_embedder(work)
    known: dict[str, Any] = {}
    for item in synthetic.generate(synthetic.load_pool(shared, work, embedder, limit), size, seed):
        known.update(zip(item.texts, item.vectors, strict=True))
    progress(f"stock pipeline: indexing {len(known)} chunks")
    with TemporaryDirectory(prefix="annae-benchmark-", ignore_cleanup_errors=True) as folder:
        stock = StockPipeline(list(known), LangChainEmbeddings(embedder, known), Path(folder), latency.TOP_K)
        progress("stock pipeline: asking")
        # The embedder and Chroma are warm after a few; rank-BM25 keeps nothing that could be warmed.
        latency.timed(stock.retrieve, questions[:3])
        asked = questions[latency.WARM_UP :]
        seconds: list[float] = []
        for question in asked:
            seconds += latency.timed(stock.retrieve, [question])
            if sum(seconds) > max_seconds and len(seconds) >= _MIN_QUERIES:
                break
        legs = {
            leg: milliseconds(latency.timed(lambda text, leg=leg: stock.retrieve(text, leg), asked[:_MIN_QUERIES]))
            for leg in _LEGS
        }
        disk = folder_mb(Path(folder))
    return {
        "query": milliseconds(seconds),
        "legs": legs,
        "chunks": len(known),
        "build_s": round(stock.vectors_seconds + stock.lexical_seconds, 2),
        "vectors_s": round(stock.vectors_seconds, 2),
        "lexical_s": round(stock.lexical_seconds, 2),
        "disk_mb": disk,
        **memory_mb(),
    }


def _recall_tables(figures: dict[str, Any]) -> list[Table]:
    tables = []
    for group in GROUPS:
        rows = [
            [name, found["chunks"], found["indexing_s"], *(found["groups"][group][f"recall@{k}"] for k in CUTOFFS)]
            for name, found in figures.items()
        ]
        count = figures["Annae"]["groups"][group]["questions"]
        columns = ["pipeline", "chunks", "indexing s", *(f"recall@{k}" for k in CUTOFFS)]
        tables.append(Table(f"Evidence recall: {group}, {count} questions", columns, rows))
    return tables


def _rate_tables(figures: dict[str, Any]) -> list[Table]:
    columns = ("p50_ms", "p95_ms", "p99_ms", "per_second", "n")
    rows = [
        [
            int(size),
            name,
            *(found[name]["query"][column] for column in columns),
            *(found[name][column] for column in ("build_s", "disk_mb", "rss_mb")),
            found["rate_ratio"] if name == "annae" else 1.0,
        ]
        for size, found in figures.items()
        for name in ("annae", "stock")
    ]
    heading = ["chunks", "pipeline", *columns, "build_s", "disk_mb", "rss_mb", "rate against stock"]
    return [Table("Hybrid queries over the same chunks and vectors", heading, rows)]
