"""Asks every question of the sets and keeps what came back as a run.

A run is one JSON object. ``comparable`` holds everything that must come out the same when the run is repeated without a language model:
settings, versions, digests, questions, answers, what was retrieved. ``about`` and ``seconds`` hold what may differ: when, where, how fast.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock

from assistant.contract.answers import AnswerModel
from assistant.generation.event import Event
from assistant.index.embedder import Embedder
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings, load_settings
from assistant.text.morphemes import ANALYSIS_VERSION
from assistant.types import Answer, Filters, Query, Question, ScoredChunk, Turn
from assistant.workspace import Workspace
from evals.check_sets import KINDS, SETS
from evals.datasets import ROOT, Passages, read_jsonl

FORMAT = "annae-eval-run/1"
# The date that counts as today for a question that names none, so that a run can be repeated.
FROZEN_TODAY = date(2026, 11, 22)
RUNS = ROOT / "build" / "evals" / "runs"
DEPTH = 10
_CACHE = ROOT / "build" / "evals" / "corpora"
_KEPT_CACHES = 4
_PACKAGES = ("annae", "chromadb", "kiwipiepy", "numpy", "onnxruntime", "PyStemmer", "tantivy")
# What of the settings changes no answer, or must not be written down.
_LEFT_OUT = {"data_dir", "database_url", "llm_api_key", "llm_base_url", "cors_origins"}
_FILTERS = Filters()


class Asked(Protocol):
    """Whatever answers a question step by step; ``PolicyAssistant`` does."""

    def stream(self, question: Question) -> Iterator[Event]:
        """The steps of an answer, the whole answer last."""


@dataclass
class Recorder:
    """Stands in front of a retriever and remembers what it found, to ``DEPTH``."""

    inner: Any
    hits: list[ScoredChunk] = field(default_factory=list)

    @property
    def query_builder(self) -> Any:
        """The retriever's own."""
        return self.inner.query_builder

    def search(self, query: Query, top_k: int, filters: Filters = _FILTERS) -> list[ScoredChunk]:
        """As the retriever does; the ranks beyond ``top_k`` are remembered too."""
        self.hits = list(self.inner.search(query, max(top_k, DEPTH), filters))
        return self.hits[:top_k]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@dataclass(frozen=True)
class _Watched:
    """A workspace whose retriever is watched."""

    inner: Workspace
    retriever: Recorder

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@dataclass(frozen=True)
class Bench:
    """What is asked, and what is needed to judge its answers."""

    workspace: Workspace
    assistant: Asked
    recorder: Recorder
    passages: Passages
    corpus_digest: str


def read_questions(
    sets: Sequence[str] = (), split: str = "all", limit: int | None = None, folder: Path = SETS
) -> list[dict[str, Any]]:
    """The questions of the named sets (all if none) and split; with ``limit`` the same few of each kind every time.

    Args:
        sets: names of ``evals/sets``, or paths of JSONL files in the same format.
        split: ``dev``, ``test`` or ``all``.
        limit: at most this many questions. Both halves of a pair stay together.
        folder: where named sets lie.

    Raises:
        FileNotFoundError: there is no such set.
    """
    rows = []
    for name in sets or list(KINDS):
        path = Path(name) if name.endswith(".jsonl") else folder / f"{name}.jsonl"
        if not path.is_file():
            raise FileNotFoundError(
                f"{name}: there is no such set; there are {', '.join(KINDS)}, or the path of a .jsonl file"
            )
        rows += [{"set": path.stem, **row} for row in read_jsonl(path)]
    rows = [row for row in rows if split == "all" or row.get("split", split) == split]
    if limit is None or limit >= len(rows):
        return rows
    return _few(rows, limit)


def _few(rows: Sequence[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """Kinds in turn, within a kind by digest; a pair counts once and stays whole."""
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        unit = row.get("pair") or row["id"]
        groups.setdefault(row["set"], {}).setdefault(unit, []).append(row)
    queues = [
        sorted(units.items(), key=lambda item: hashlib.sha256(f"few {item[0]}".encode()).digest())
        for units in groups.values()
    ]
    chosen: set[str] = set()
    while len(chosen) < limit and any(queues):
        for queue in queues:
            if queue and len(chosen) < limit:
                chosen |= {row["id"] for row in queue.pop(0)[1]}
    return [row for row in rows if row["id"] in chosen]


@contextmanager
def open_bench(
    data_dir: Path | None = None,
    *,
    corpus: Path = ROOT / "corpus",
    embedder: Embedder | None = None,
    build: Callable[[Any], Asked] = build_assistant,
    overrides: Mapping[str, Any] | None = None,
    say: Callable[[str], None] = print,
) -> Iterator[Bench]:
    """Open the assistant over the sample corpus, taken in once and kept, or over a data folder as it is.

    Args:
        data_dir: a filled data folder to ask in place of the sample corpus.
        corpus: the folder to take in.
        embedder: in place of the one that the settings name.
        build: puts the assistant together from a workspace whose retriever is watched.
        overrides: settings in place of those configured.
        say: told when something takes long.
    """
    # Records by rules alone, so that every run asks over the same ones.
    settings = load_settings(llm_record_calls=0, **(overrides or {}))
    probe = embedder or embedder_for(settings.embedder)
    if data_dir is None:
        folder, digest = _filled(corpus, settings, probe, say)
        settings = settings.model_copy(update={"data_dir": folder, "database_url": None})
    else:
        digest = ""
        settings = settings.model_copy(update={"data_dir": data_dir})
    with Workspace(settings, probe) as workspace:
        recorder = Recorder(workspace.retriever)
        digest = digest or _stored_digest(workspace)
        yield Bench(workspace, build(_Watched(workspace, recorder)), recorder, Passages(workspace), digest)


@contextmanager
def open_stored(data_dir: Path) -> Iterator[Workspace]:
    """A data folder as it is.

    Raises:
        FileNotFoundError: there is no such folder.
    """
    if not data_dir.is_dir():
        raise FileNotFoundError(f"{data_dir}: there is no such data folder")
    with Workspace(load_settings(data_dir=data_dir)) as workspace:
        yield workspace


def ask_all(
    bench: Bench, questions: Sequence[dict[str, Any]], step: Callable[[int, int], None] = lambda done, total: None
) -> tuple[list[dict[str, Any]], dict[str, dict[str, float]]]:
    """Ask every question: what came back, and the seconds of each step by question."""
    bench.workspace.embedder.embed_query("warm up")
    rows, seconds = [], {}
    for number, question in enumerate(questions, start=1):
        row, spent = _ask(bench, question)
        rows.append(row)
        seconds[question["id"]] = spent
        step(number, len(questions))
    return rows, seconds


def as_question(row: Mapping[str, Any]) -> Question:
    """A line of a set as the assistant gets it."""
    return Question(
        row["question"],
        date.fromisoformat(row["as_of"]) if row.get("as_of") else FROZEN_TODAY,
        tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", ())),
        profile=row.get("profile"),
    )


def _ask(bench: Bench, item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, float]]:
    question = as_question(item)
    bench.recorder.hits = []
    spent: dict[str, float] = {}
    answer: Answer | None = None
    dropped: list[dict[str, str]] = []
    error = None
    start = mark = time.perf_counter()
    current = "scope"
    try:
        for event in bench.assistant.stream(question):
            if event.kind == "status":
                now = time.perf_counter()
                spent[current] = spent.get(current, 0.0) + now - mark
                mark, current = now, event.step
            elif event.kind == "final":
                answer = event.answer
                dropped = [{"text": claim.text, "reason": claim.reason} for claim in event.dropped]
    except Exception as problem:  # a question that breaks the assistant is a finding, and the others still count
        error = f"{type(problem).__name__}: {problem}"
    now = time.perf_counter()
    spent[current] = spent.get(current, 0.0) + now - mark
    spent["total"] = now - start
    row = {
        "id": item["id"],
        "expected": item,
        "as_of": question.as_of.isoformat(),
        "error": error,
        "got": _told(answer) if answer else None,
        "dropped": dropped,
        "retrieved": [_hit(rank, hit) for rank, hit in enumerate(bench.recorder.hits[:DEPTH], start=1)],
        "relevant": sorted(_relevant(bench.passages, item)),
    }
    return row, {name: round(value, 6) for name, value in spent.items()}


def _told(answer: Answer) -> dict[str, Any]:
    """The answer as HTTP tells it, without the identifiers that are new each time."""
    told = AnswerModel.of(answer).model_dump(mode="json")
    sources = {citation.document.document_id: Path(citation.document.source).stem for citation in answer.citations}
    for citation in told["citations"]:
        citation["source"] = sources[citation["document_id"]]
    return {name: value for name, value in told.items() if name not in ("answer_id", "conversation_id")}


def _hit(rank: int, hit: ScoredChunk) -> dict[str, Any]:
    return {
        "rank": rank,
        "chunk_id": hit.chunk.chunk_id,
        "source": Path(hit.document.source).stem,
        "title": hit.document.title,
        "page": hit.chunk.page,
        "section": list(hit.chunk.section),
        "text": hit.chunk.text,
        "score": hit.score,
        "ranks": _ranks(rank, hit),
        "leg_scores": dict(hit.leg_scores),
    }


def _ranks(rank: int, hit: ScoredChunk) -> dict[str, int]:
    """Where each step has put a hit; the second look comes last, so that its rank is the one in the list."""
    return {**hit.ranks, "second_look": rank} if "fused" in hit.ranks else dict(hit.ranks)


def _relevant(passages: Passages, item: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for name in item.get("doc", ()):
        for quote in item.get("evidence", ()):
            try:
                found |= passages.covering(Path(name).stem, quote, required=False)
            except KeyError:
                break
    return found


def make_run(
    bench: Bench,
    questions: Sequence[dict[str, Any]],
    *,
    chosen: Mapping[str, Any] | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """Ask everything and put the run together."""
    start = time.perf_counter()
    rows, seconds = ask_all(bench, questions, step)
    comparable = {
        "chosen": dict(chosen or {}),
        "settings": _settings(bench.workspace.settings),
        "embedder": bench.workspace.embedder.name,
        "analysis": ANALYSIS_VERSION,
        "versions": versions(),
        "corpus_digest": bench.corpus_digest,
        "questions_digest": _digest(json.dumps([row["expected"] for row in rows], ensure_ascii=False, sort_keys=True)),
        "questions": rows,
    }
    return {
        "format": FORMAT,
        "digest": _digest(json.dumps(comparable, ensure_ascii=False, sort_keys=True)),
        "comparable": comparable,
        "about": {
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - start, 3),
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            **_usage(bench.assistant),
        },
        "seconds": seconds,
    }


def _usage(assistant: Any) -> dict[str, Any]:
    """What a language model has cost, where one writes the answers."""
    usage = getattr(assistant, "usage", None)
    if usage is None:
        return {}
    told = {name: getattr(usage, name) for name in ("calls", "input_tokens", "output_tokens", "calls_without_usage")}
    return {"model": {**told, "cost": round(usage.cost, 6)}}


def versions() -> dict[str, str]:
    """Versions of the packages that have a say in an answer."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def save_run(run: Mapping[str, Any], out: Path) -> Path:
    """Write a run as ``run.json`` into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "run.json"
    path.write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def load_run(name: str | Path, runs: Path = RUNS) -> dict[str, Any]:
    """A run by path, by its folder, or by its name in ``build/evals/runs``.

    Raises:
        FileNotFoundError: there is none.
        ValueError: the file is no run.
    """
    for path in (Path(name), Path(name) / "run.json", runs / str(name) / "run.json"):
        if path.is_file():
            run: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if run.get("format") != FORMAT:
                raise ValueError(f"{path}: its format is {run.get('format')!r}, not {FORMAT!r}")
            return run
    raise FileNotFoundError(f"{name}: no run there, and none of that name in {runs}")


def _settings(settings: Settings) -> dict[str, Any]:
    told = settings.model_dump(mode="json", exclude=_LEFT_OUT)
    return dict(sorted(told.items()))


def embedder_for(model: str | None = None) -> Embedder:
    """A sentence-transformers model by folder or name; the one that the settings name, or the bundled one, if ``None``."""
    from assistant.index.embedder import BundledEmbedder, SentenceTransformerEmbedder

    chosen = model or load_settings().embedder
    return SentenceTransformerEmbedder(chosen) if chosen else BundledEmbedder()


def _filled(corpus: Path, settings: Settings, embedder: Embedder, say: Callable[[str], None]) -> tuple[Path, str]:
    """The folder that holds the corpus taken in, made if nothing like it is kept, and the corpus's digest."""
    digest = files_digest(p for p in [corpus / "manifest.yaml", *sorted((corpus / "documents").rglob("*"))])
    code = files_digest(
        path
        for part in ("ingest", "index", "text")
        for path in sorted((ROOT / "assistant" / part).rglob("*"))
        if path.suffix in (".py", ".txt")
    )
    key = _digest("\x1f".join((digest, code, ANALYSIS_VERSION, embedder.name, str(settings.chunk_chars))))[:16]
    folder = _CACHE / key
    _CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(_CACHE / f"{key}.lock"):
        if not folder.is_dir():
            say("taking the corpus in (once; kept until documents or code change)")
            with tempfile.TemporaryDirectory(dir=_CACHE, prefix="new-") as temporary:
                made = Path(temporary) / "data"
                inside = settings.model_copy(update={"data_dir": made, "database_url": None})
                with Workspace(inside, embedder) as workspace:
                    report = IngestReport()
                    for _ in workspace.pipeline.ingest([corpus], report):
                        pass
                if report.failures:
                    raise ValueError(f"{len(report.failures)} documents were not taken in: {report.failures[0]}")
                made.rename(folder)
        (folder / "used").touch()
    _prune(folder)
    return folder, digest


def _prune(current: Path) -> None:
    kept = sorted((f for f in _CACHE.iterdir() if (f / "used").is_file()), key=lambda f: -(f / "used").stat().st_mtime)
    for folder in kept[_KEPT_CACHES:]:
        if folder != current:
            shutil.rmtree(folder, ignore_errors=True)


def files_digest(paths: Iterable[Path]) -> str:
    """A digest of files' names and bytes."""
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            digest.update(f"{path.name}\x1f".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _stored_digest(workspace: Workspace) -> str:
    return _digest("\n".join(sorted(f"{d.source}\x1f{d.digest}" for d in workspace.store.documents())))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
