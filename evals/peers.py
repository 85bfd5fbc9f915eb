"""The same documents, questions and embedder through this assistant's search and through its peers, in one run."""

from __future__ import annotations

import platform
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, Success, nDCG

from assistant.index.embedder import Embedder
from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.text.follow_up import follows_up
from assistant.text.normalize import normalize_text
from assistant.types import Question
from assistant.workspace import Workspace
from evals.datasets import ROOT, bare_text
from evals.measures import Change, change
from evals.peer_pipelines import Piece, Pipeline
from evals.run import as_question
from evals.scoring import mean_interval

FORMAT = "annae-eval-peers/1"
OWN = "Annae"
DEPTH = 10
CUTOFFS = (1, 3, 5, 10)
# Chunks differ in length, so results are also compared by how much of them is read.
LENGTHS = (500, 1000, 2000)
MEASURES = (
    *(f"S@{k}" for k in CUTOFFS),
    *(f"R@{k}" for k in CUTOFFS),
    "nDCG@10",
    "RR@10",
    *(f"S@{length}c" for length in LENGTHS),
)
GROUPS = ("all", "ko", "en", "cross", "follow-up")
# The exchange that a follow-up question follows up.
_CONTEXT_TURNS = 2
_MIN_WORDS_RATIO = 0.75
_PACKAGES = (
    "annae", "langchain-chroma", "langchain-classic", "langchain-community", "rank-bm25", "haystack-ai", "llama-index-core",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a pipeline returned for every question, and how long it took."""

    pipeline: str
    pieces: Sequence[Piece]
    ingest_seconds: float
    rankings: Mapping[str, Sequence[str]]
    seconds: Sequence[float]


def with_evidence(questions: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The questions that have something to be found."""
    return [row for row in questions if row.get("evidence") and row.get("doc")]


def run_peers(
    corpus: Path,
    questions: Sequence[Mapping[str, Any]],
    embedder: Embedder,
    make: Callable[[Embedder, int], Sequence[Pipeline]],
    say: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Measure everything and put the result together.

    The peers get the text that this assistant's loaders read, document by document, so that all search the same words; a follow-up goes
    to them with the exchange before it. Their ingest time therefore leaves out the reading of files, and ours includes it.

    Args:
        corpus: a folder of documents.
        questions: lines of a set; those without evidence are left out.
        make: builds the peers for an embedder and a depth.
        say: told what is being done.
    """
    asked_of = with_evidence(questions)
    embedder.embed(["warm up", "따뜻하게"])
    peers = make(embedder, DEPTH)
    with own_search(corpus, embedder, say) as (workspace, seconds):
        results = [_ask_own(workspace, seconds, asked_of)]
        texts = {
            Path(document.source).stem: "\n\n".join(
                page.text for page, _ in workspace.store.pages(document.document_id)
            )
            for document in workspace.store.documents()
        }
    for peer in peers:
        say(f"{peer.name}: taking in {len(texts)} documents")
        results.append(_ask_peer(peer, texts, asked_of))
    return _told(results, asked_of, embedder, corpus)


@contextmanager
def own_search(corpus: Path, embedder: Embedder, say: Callable[[str], None]) -> Iterator[tuple[Workspace, float]]:
    """A workspace with the corpus freshly taken in, and how long that took."""
    say(f"{OWN}: taking in {corpus}")
    with (
        tempfile.TemporaryDirectory(prefix="annae-peers-", ignore_cleanup_errors=True) as folder,
        Workspace(Settings(data_dir=Path(folder)), embedder) as workspace,
    ):
        report = IngestReport()
        start = time.perf_counter()
        for _ in workspace.pipeline.ingest([corpus], report):
            pass
        seconds = time.perf_counter() - start
        if report.failures:
            raise ValueError(f"{len(report.failures)} documents were not taken in: {report.failures[0]}")
        yield workspace, seconds


def _ask_own(workspace: Workspace, ingest_seconds: float, questions: Sequence[Mapping[str, Any]]) -> Asked:
    store, retriever = workspace.store, workspace.retriever
    pieces = [
        Piece(chunk.chunk_id, Path(document.source).stem, chunk.text)
        for document in store.documents()
        for chunk in store.document_chunks(document.document_id)
    ]

    def search(question: Question) -> list[str]:
        leant_on = question.history[-_CONTEXT_TURNS:] if follows_up(question.text, has_name=False) else ()
        context = " ".join(turn.content for turn in leant_on)
        query = retriever.query_builder.build(normalize_text(question.text), None, normalize_text(context))
        return [hit.chunk.chunk_id for hit in retriever.search(query, DEPTH)]

    search(as_question({"question": "warm up"}))
    rankings, seconds = _timed(questions, lambda row: search(as_question(row)))
    return Asked(OWN, pieces, ingest_seconds, rankings, seconds)


def _ask_peer(peer: Pipeline, texts: Mapping[str, str], questions: Sequence[Mapping[str, Any]]) -> Asked:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        pieces = peer.index(texts)
        ingest_seconds = time.perf_counter() - start
        peer.search("warm up", DEPTH)
        rankings, seconds = _timed(questions, lambda row: peer.search(standalone(row), DEPTH))
    return Asked(peer.name, pieces, ingest_seconds, rankings, seconds)


def standalone(row: Mapping[str, Any]) -> str:
    """A question with the last exchange before it, for a pipeline that knows nothing of turns."""
    turns = [turn["content"] for turn in row.get("history", ())[-_CONTEXT_TURNS:]]
    return " ".join((*turns, row["question"]))


def _timed(
    questions: Sequence[Mapping[str, Any]], search: Callable[[Mapping[str, Any]], list[str]]
) -> tuple[dict[str, list[str]], list[float]]:
    rankings, seconds = {}, []
    for row in questions:
        start = time.perf_counter()
        rankings[row["id"]] = search(row)
        seconds.append(time.perf_counter() - start)
    return rankings, seconds


# --- What was found, held against the evidence ---


def holding(pieces: Sequence[Piece], evidence: str) -> frozenset[str]:
    """The pieces that hold a piece of evidence: more than half of the shorter of the two in one run, white space and punctuation aside.

    Where a table row was taken apart and no piece does, those that hold most of its words, and at least three quarters.
    """
    wanted = bare_text(evidence)
    found = frozenset(piece.piece_id for piece in pieces if _share_a_run(bare_text(piece.text), wanted))
    if found or not wanted:
        return found
    words = {word for word in map(bare_text, evidence.split()) if word}
    shares = {piece.piece_id: _words_held(piece.text, words) for piece in pieces}
    best = max(shares.values(), default=0.0)
    return frozenset(name for name, share in shares.items() if share == best and share >= _MIN_WORDS_RATIO)


def _share_a_run(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    need = len(short) // 2 + 1
    return bool(short) and any(short[start : start + need] in long for start in range(len(short) - need + 1))


def _words_held(text: str, words: set[str]) -> float:
    bare = bare_text(text)
    return sum(word in bare for word in words) / max(1, len(words))


def score(asked: Asked, questions: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Measures by question.

    ``S@k``: a piece of the evidence is among the first k results; ``R@k``: the share of its pieces that are; ``S@500c``: a piece stands in
    the first 500 characters of the results, read one after the other.
    """
    by_source: dict[str, list[Piece]] = defaultdict(list)
    for piece in asked.pieces:
        by_source[piece.source].append(piece)
    by_id = {piece.piece_id: piece for piece in asked.pieces}
    held: dict[str, list[frozenset[str]]] = {}
    for row in questions:
        candidates = [piece for name in row["doc"] for piece in by_source[Path(name).stem]]
        held[row["id"]] = [holding(candidates, evidence) for evidence in row["evidence"]]
    whole = {name: frozenset().union(*sets) for name, sets in held.items()}
    parts = {f"{name}/{number}": ids for name, sets in held.items() for number, ids in enumerate(sets)}
    measures = [*(Success @ k for k in CUTOFFS), nDCG @ 10, RR @ 10]
    by_question = _measured(whole, asked.rankings, measures)
    by_part = _measured(
        parts, {name: asked.rankings[name.rsplit("/", 1)[0]] for name in parts}, [Success @ k for k in CUTOFFS]
    )
    scores = {}
    for row in questions:
        name = row["id"]
        found = by_question[name]
        pieces = [by_part[f"{name}/{number}"] for number in range(len(held[name]))]
        scores[name] = {
            **{f"S@{k}": found[f"Success@{k}"] for k in CUTOFFS},
            **{f"R@{k}": sum(piece[f"Success@{k}"] for piece in pieces) / len(pieces) for k in CUTOFFS},
            "nDCG@10": found["nDCG@10"],
            "RR@10": found["RR@10"],
            **{
                f"S@{length}c": float(any(holding(read, evidence) for evidence in row["evidence"]))
                for length in LENGTHS
                for read in [_read(by_id, asked.rankings[name], row["doc"], length)]
            },
        }
    return scores


def _read(by_id: Mapping[str, Piece], ranking: Sequence[str], documents: Sequence[str], length: int) -> list[Piece]:
    """The first characters of the results, as pieces; only those of the documents in question can hold evidence."""
    wanted = {Path(name).stem for name in documents}
    read = []
    for piece_id in ranking:
        piece = by_id[piece_id]
        if piece.source in wanted:
            read.append(replace(piece, text=piece.text[:length]))
        length -= len(piece.text)
        if length <= 0:
            break
    return read


def _measured(
    relevant: Mapping[str, frozenset[str]], rankings: Mapping[str, Sequence[str]], measures: Sequence[Any]
) -> dict[str, dict[str, float]]:
    scores = {name: {str(measure): 0.0 for measure in measures} for name in relevant}
    qrels = [ir_measures.Qrel(name, piece_id, 1) for name, ids in relevant.items() for piece_id in sorted(ids)]
    # The rank as score keeps the order where a pipeline gave equal scores.
    run = [
        ir_measures.ScoredDoc(name, piece_id, float(len(ranking) - rank))
        for name, ranking in rankings.items()
        for rank, piece_id in enumerate(dict.fromkeys(ranking))
    ]
    if qrels and run:
        for metric in ir_measures.iter_calc(list(measures), qrels, run):
            if metric.query_id in scores:
                scores[metric.query_id][str(metric.measure)] = metric.value
    return scores


def groups_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups in which a question counts: ``ko`` and ``en`` where question and documents share the language."""
    direction = "cross" if row.get("cross_lingual") else row["lang"]
    return ("all", direction, *(["follow-up"] if row.get("history") else []))


def _told(
    results: Sequence[Asked], questions: Sequence[Mapping[str, Any]], embedder: Embedder, corpus: Path
) -> dict[str, Any]:
    scores = {asked.pipeline: score(asked, questions) for asked in results}
    ids = {group: [row["id"] for row in questions if group in groups_of(row)] for group in GROUPS}
    ids = {group: names for group, names in ids.items() if names}
    pipelines = []
    for asked in results:
        own = scores[asked.pipeline]
        milliseconds = np.asarray(asked.seconds) * 1000
        pipelines.append(
            {
                "name": asked.pipeline,
                "chunks": len(asked.pieces),
                "median_chars": int(np.median([len(piece.text) for piece in asked.pieces])),
                "ingest_s": round(asked.ingest_seconds, 2),
                "p50_ms": round(float(np.percentile(milliseconds, 50)), 2),
                "p95_ms": round(float(np.percentile(milliseconds, 95)), 2),
                "groups": {
                    group: {
                        measure: _rounded(asdict(mean_interval([own[name][measure] for name in names])))
                        for measure in MEASURES
                    }
                    for group, names in ids.items()
                },
                "behind_own": {
                    group: {
                        measure: _change(change([(scores[OWN][name][measure], own[name][measure]) for name in names]))
                        for measure in ("S@1", "S@5", "nDCG@10", *(f"S@{length}c" for length in LENGTHS))
                    }
                    for group, names in ids.items()
                }
                if asked.pipeline != OWN
                else {},
            }
        )
    return {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "corpus": corpus.resolve().name,
        "embedder": embedder.name,
        "questions": len(questions),
        "versions": {name: _version(name) for name in _PACKAGES},
        "pipelines": pipelines,
        "by_question": {
            row["id"]: {asked.pipeline: _rounded(scores[asked.pipeline][row["id"]]) for asked in results}
            for row in questions
        },
    }


def _change(found: Change) -> dict[str, float]:
    d = found.difference
    return _rounded({"mean": d.mean, "low": d.low, "high": d.high, "p": found.p_value})


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def table(found: Mapping[str, Any], group: str) -> tuple[str, list[str], list[list[str]]]:
    """Title, columns and rows for one group of questions; a star where a peer differs from the assistant at 5 %."""
    size = found["pipelines"][0]["groups"][group]["S@1"]["size"]
    rows = []
    for pipeline in found["pipelines"]:
        means = pipeline["groups"][group]
        behind = pipeline["behind_own"].get(group, {})
        cells = [f"{means[m]['mean']:.3f}{'*' if behind.get(m, {'p': 1})['p'] < 0.05 else ''}" for m in MEASURES]
        rows.append(
            [
                pipeline["name"],
                str(pipeline["chunks"]),
                *cells,
                f"{pipeline['p50_ms']:.1f}",
                f"{pipeline['p95_ms']:.1f}",
                f"{pipeline['ingest_s']:.1f}",
            ]
        )
    title = f"{group}: {size} questions on {found['corpus']}, embedder {found['embedder']}"
    return title, ["pipeline", "chunks", *MEASURES, "p50 ms", "p95 ms", "ingest s"], rows


def default_corpus() -> Path:
    """The repository's sample documents."""
    return ROOT / "corpus"
