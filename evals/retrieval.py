"""Measure retrieval: ``python -m evals.retrieval [--sets short,news,encyclopaedia,dev-qa] [--systems …] [--out build/evals]``.

Writes ``retrieval.json`` (every question of every system), ``retrieval.md`` (tables) and plots; ``--failures product`` adds
``failures.md``. With ``--tune`` it sweeps the fusion weight, fixed and query-adaptive, on the development halves only, and
writes ``tuning.json``, ``tuning.md`` and a plot.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals import tuning
from evals.datasets import COLLECTIONS, ROOT, Collection, Question, open_collection, sample
from evals.outcomes import Outcome, groups, latency, summary
from evals.scoring import Interval, first_relevant_rank, score_questions
from evals.systems import EMBEDDERS, SYSTEMS, Bench, System

_GROUPS = {"news": ("news-en2ko", "news-ko2en")}
_TABLE_MEASURES = ("recall@1", "recall@5", "recall@10", "nDCG@10", "RR@10")
_KEPT_HITS = 10
_FAILED_AFTER = 5
_SNIPPET_CHARS = 240


@dataclass(frozen=True, slots=True)
class Failure:
    """A development question that a system did not answer among its first five."""

    outcome: Outcome
    question: str
    expected: tuple[str, ...]
    got: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was indexed, how fast, and what it takes on disk."""

    collection: str
    questions: int
    chunks: int
    stage: str
    chunks_per_second: float
    bytes_by_part: dict[str, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    systems = _chosen_systems(options.systems)
    outcomes: list[Outcome] = []
    facts: list[Facts] = []
    trials: list[tuning.Trial] = []
    failures: list[Failure] = []
    for name in _chosen_sets(options.sets):
        try:
            with tempfile.TemporaryDirectory(prefix="annae-evals-") as folder:
                choice = options.embedder
                if choice is None and not options.tune and not any(system.dense for system in systems):
                    choice = "none"
                embedder = EMBEDDERS[choice]() if choice else None
                with open_collection(name, options.shared, Path(folder), embedder) as collection:
                    questions = _chosen_questions(collection, options)
                    _say(
                        f"{name}: {collection.chunks} chunks in {collection.index_seconds:.1f} s, {len(questions)} questions"
                    )
                    facts.append(_facts(collection, questions))
                    bench = Bench(collection)
                    if options.fast:
                        bench.fetch_questions(
                            questions, with_minilm=not options.tune and any(system.minilm for system in systems)
                        )
                    if options.tune:
                        trials += tuning.trials(bench, questions)
                    else:
                        for system in systems:
                            done = run(system, bench, questions)
                            outcomes += done
                            if system.name == options.failures:
                                failures += failed(bench, questions, done)
        except FileNotFoundError as error:
            _say(f"{name}: left out, {error.filename} is not there")
    settings = _settings(options)
    if options.tune:
        tuning.write(options.out, trials, settings)
        _say((options.out / "tuning.md").read_text(encoding="utf-8"))
        return 0
    _write(options.out, outcomes, facts, settings)
    if options.failures:
        (options.out / "failures.md").write_text(failure_list(failures), encoding="utf-8")
    _say((options.out / "retrieval.md").read_text(encoding="utf-8"))
    if not options.no_plots:
        from evals import figures

        figures.draw(options.out, outcomes)
    return 0


def run(system: System, bench: Bench, questions: Sequence[Question]) -> list[Outcome]:
    """Ask a system every question and score what it finds."""
    start = time.perf_counter()
    if questions:
        system.search(bench, questions[0])  # loads models and builds indexes outside the measured time
    found = {question.question_id: system.search(bench, question) for question in questions}
    rankings = {question_id: [chunk_id for chunk_id, _ in hits] for question_id, (hits, _) in found.items()}
    scores = score_questions({question.question_id: question.relevant for question in questions}, rankings)
    outcomes = [
        Outcome(
            bench.collection.name,
            system.name,
            question.question_id,
            question.direction,
            question.split,
            scores[question.question_id],
            first_relevant_rank(rankings[question.question_id], question.relevant),
            tuple(rankings[question.question_id][:_KEPT_HITS]),
            round(found[question.question_id][1] * 1000, 3),
        )
        for question in questions
    ]
    mean = statistics.fmean(outcome.scores["recall@1"] for outcome in outcomes) if outcomes else 0.0
    _say(f"  {system.name}: recall@1 {mean:.3f}, {time.perf_counter() - start:.1f} s")
    return outcomes


def failed(bench: Bench, questions: Sequence[Question], outcomes: Sequence[Outcome]) -> list[Failure]:
    """What went wrong with the development questions; the test half stays unread."""
    by_id = {question.question_id: question for question in questions}
    builder = bench.collection.workspace.retriever.query_builder
    found = []
    for outcome in outcomes:
        if outcome.split == "development" and (outcome.first_rank is None or outcome.first_rank > _FAILED_AFTER):
            question = by_id[outcome.question_id]
            concepts = [
                f"{concept.text}: " + "; ".join(f"{a.text} ({a.origin} {a.weight:.2f})" for a in alternatives[:5])
                for concept in builder.build(question.text).concepts
                for language, alternatives in concept.alternatives.items()
                if language == question.direction[-2:]
            ]
            found.append(
                Failure(
                    outcome,
                    question.text,
                    tuple(_snippet(bench, chunk_id) for chunk_id in sorted(question.relevant)[:2]),
                    tuple(_snippet(bench, chunk_id) for chunk_id in outcome.hits[:2]),
                    tuple(concepts),
                )
            )
    return found


def failure_list(failures: Sequence[Failure]) -> str:
    """The failures in Markdown, the worst first."""
    lines = ["# Development questions not answered among the first five", ""]
    for failure in sorted(failures, key=lambda f: (-(f.outcome.first_rank or 99), f.outcome.question_id)):
        outcome = failure.outcome
        lines += [
            f"## {outcome.collection} {outcome.question_id} ({outcome.direction}): rank {outcome.first_rank or '> 50'}",
            "",
        ]
        lines += [failure.question, ""]
        lines += [f"- expected: {text}" for text in failure.expected]
        lines += [f"- got: {text}" for text in failure.got]
        lines += [f"- {concept}" for concept in failure.concepts]
        lines.append("")
    return "\n".join(lines)


def _snippet(bench: Bench, chunk_id: str) -> str:
    return " ".join(bench.texts[chunk_id][1].split())[:_SNIPPET_CHARS]


def tables(outcomes: Sequence[Outcome], facts: Sequence[Facts]) -> str:
    """The report's tables in Markdown."""
    means, times = summary(outcomes), latency(outcomes)
    lines: list[str] = []
    for collection, direction in groups(outcomes):
        rows = [(system, scores) for (c, d, system), scores in means.items() if (c, d) == (collection, direction)]
        lines += [f"### {collection}, {direction} ({rows[0][1]['recall@1'].size} questions)", ""]
        lines += ["| system | " + " | ".join(_TABLE_MEASURES) + " | p50 ms | p95 ms |"]
        lines += ["|---" * (len(_TABLE_MEASURES) + 3) + "|"]
        for system, scores in rows:
            p50, p95 = times[collection, system]
            cells = [_cell(scores[measure]) for measure in _TABLE_MEASURES]
            lines.append(f"| {system} | {' | '.join(cells)} | {p50:.1f} | {p95:.1f} |")
        lines.append("")
    lines += [
        "### Indexing and sizes",
        "",
        "| collection | chunks | measured | chunks/s | on disk (kB) |",
        "|---|---|---|---|---|",
    ]
    for fact in facts:
        parts = ", ".join(f"{part} {size / 1000:.0f}" for part, size in fact.bytes_by_part.items())
        lines.append(f"| {fact.collection} | {fact.chunks} | {fact.stage} | {fact.chunks_per_second:.0f} | {parts} |")
    return "\n".join(lines) + "\n"


def _cell(interval: Interval) -> str:
    return f"{interval.mean:.3f} [{interval.low:.2f}, {interval.high:.2f}]"


def _write(out: Path, outcomes: Sequence[Outcome], facts: Sequence[Facts], settings: dict[str, Any]) -> None:
    report = {
        "settings": settings,
        "bytes": artefact_bytes(),
        "collections": [asdict(fact) for fact in facts],
        "means": [
            {"collection": c, "direction": d, "system": s, **{m: asdict(i) for m, i in scores.items()}}
            for (c, d, s), scores in summary(outcomes).items()
        ],
        "questions": [asdict(outcome) for outcome in outcomes],
    }
    (out / "retrieval.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    sizes = "\n".join(f"- {name}: {size / 1000:.0f} kB" for name, size in artefact_bytes().items())
    text = (
        "# Retrieval\n\nRecall@k is the share of questions with an answering passage among the first k; 95 % bootstrap "
        f"intervals in brackets.\n\nSettings: {json.dumps(settings, ensure_ascii=False)}\n\n"
        f"{tables(outcomes, facts)}\nIn the repository and its packages:\n\n{sizes}\n"
    )
    (out / "retrieval.md").write_text(text, encoding="utf-8")


def artefact_bytes() -> dict[str, int]:
    """Sizes of what retrieval carries along."""
    package = ROOT / "assistant"
    found = {
        "termbase": package / "text" / "data" / "termbase.csv",
        "lexicon": package / "text" / "data" / "lexicon.json.gz",
        "model": package / "index" / "model",
    }
    return {name: folder_bytes(path) for name, path in found.items() if path.exists()}


def folder_bytes(path: Path) -> int:
    """The size of a file, or of all files in a folder."""
    return path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def _facts(collection: Collection, questions: Sequence[Question]) -> Facts:
    data = collection.folder / "workspace"
    return Facts(
        collection.name,
        len(questions),
        collection.chunks,
        collection.index_stage,
        round(collection.chunks / max(collection.index_seconds, 1e-9), 1),
        {
            part.name: folder_bytes(part)
            for part in sorted(data.iterdir())
            if part.suffix not in (".lock", "-wal", "-shm")
        },
    )


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "sets": options.sets,
        "split": "development" if options.tune else options.split,
        "sample": options.sample,
        "embedder": options.embedder or "product",
        "fast": options.fast,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(),
    }


def _chosen_questions(collection: Collection, options: argparse.Namespace) -> tuple[Question, ...]:
    split = "development" if options.tune else options.split
    return sample([q for q in collection.questions if split in ("all", q.split)], options.sample)


def _chosen_sets(names: str) -> list[str]:
    chosen = [each for name in names.split(",") for each in _GROUPS.get(name, (name,))]
    if unknown := [name for name in chosen if name not in COLLECTIONS]:
        raise SystemExit(f"unknown sets {unknown}; there are {sorted({*COLLECTIONS, *_GROUPS})}")
    return chosen


def _chosen_systems(names: str | None) -> list[System]:
    if names is None:
        return list(SYSTEMS)
    wanted = [name.strip() for name in names.split(";")]
    if unknown := set(wanted) - {system.name for system in SYSTEMS}:
        raise SystemExit(f"unknown systems {sorted(unknown)}; there are {[system.name for system in SYSTEMS]}")
    return [system for system in SYSTEMS if system.name in wanted]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("--sets", default="short,news,encyclopaedia,dev-qa", help="comma-separated")
    parser.add_argument("--systems", help="names as in the tables, separated by semicolons; all if not given")
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="folder of the development collections"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "evals")
    parser.add_argument("--split", choices=("all", "development", "test"), default="all")
    parser.add_argument("--sample", type=int, help="at most this many questions of each collection")
    parser.add_argument("--embedder", choices=sorted(EMBEDDERS), help="in place of the product's own")
    parser.add_argument("--fast", action="store_true", help="embed all questions at once; times then mean nothing")
    parser.add_argument("--tune", action="store_true", help="sweep fusion weights on the development halves")
    parser.add_argument("--failures", metavar="SYSTEM", help="list this system's failed development questions")
    parser.add_argument("--no-plots", action="store_true")
    return parser


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
