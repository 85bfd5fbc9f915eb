"""Question sets, each indexed in a workspace of its own the way the product indexes documents."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from assistant.index.embedder import Embedder
from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.text.language import detect_language
from assistant.types import Chunk, Document, Filters, Language, Span
from assistant.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SHORT_SET = Path(__file__).resolve().parent / "sets" / "retrieval_short.jsonl"
Split = Literal["development", "test"]
_MIN_WORDS_RATIO = 0.75


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the chunks that answer it. ``direction`` is question language, arrow, document language."""

    question_id: str
    text: str
    direction: str
    split: Split
    relevant: frozenset[str]
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Collection:
    """Questions, the open workspace that holds what they are asked of, and how fast it was filled."""

    name: str
    questions: tuple[Question, ...]
    workspace: Workspace
    folder: Path
    chunks: int
    index_seconds: float
    index_stage: str


def split_of(question_id: str) -> Split:
    """Development or test half, by the id's digest, so that a question never moves."""
    return "development" if hashlib.sha256(question_id.encode()).digest()[0] % 2 == 0 else "test"


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file.

    Raises:
        ValueError: a line, named by its number, holds no JSON object; or the file is not in UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: it is not text in UTF-8") from error
    rows = []
    # Not splitlines, which also cuts at separators that JSON leaves inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ValueError(f"{path}: line {number} is not JSON: {error}") from error
        if not isinstance(row, dict):
            raise ValueError(f"{path}: line {number} is no JSON object")
        rows.append(row)
    return rows


@contextmanager
def open_collection(name: str, shared: Path, folder: Path, embedder: Embedder | None = None) -> Iterator[Collection]:
    """Index a collection in ``folder`` and open it.

    Args:
        name: one of ``COLLECTIONS``.
        shared: the folder that holds ``retrieval-dev``, ``dev-qa`` and ``seeds``.
        folder: an empty folder for the workspace.
        embedder: in place of the product's own.

    Raises:
        FileNotFoundError: the collection's files are not there.
    """
    with Workspace(Settings(data_dir=folder / "workspace"), embedder) as workspace:
        yield COLLECTIONS[name](name, workspace, shared, folder)


def sample(questions: Sequence[Question], size: int | None) -> tuple[Question, ...]:
    """At most ``size`` questions, the same ones every time, in their order."""
    if size is None or size >= len(questions):
        return tuple(questions)
    chosen = sorted(questions, key=lambda q: hashlib.sha256(f"sample {q.question_id}".encode()).digest())[:size]
    kept = {question.question_id for question in chosen}
    return tuple(question for question in questions if question.question_id in kept)


def _retrieval_dev(subfolder: str, question_language: Language, document_language: Language) -> Any:
    def load(name: str, workspace: Workspace, shared: Path, folder: Path) -> Collection:
        source = shared / "retrieval-dev" / subfolder
        texts = [(row["id"], row["text"].strip("\r\n ")) for row in read_jsonl(source / "corpus.jsonl")]
        seconds = _index_texts(workspace, name, texts)
        relevant: dict[str, set[str]] = defaultdict(set)
        for line in (source / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            question_id, chunk_id, score = line.split("\t")
            if int(score) > 0:
                relevant[question_id].add(chunk_id)
        questions = tuple(
            Question(
                row["id"],
                row["text"].strip("\r\n "),
                f"{question_language}→{document_language}",
                split_of(row["id"]),
                frozenset(relevant[row["id"]]),
            )
            for row in read_jsonl(source / "queries.jsonl")
        )
        return Collection(name, questions, workspace, folder, len(texts), seconds, "index")

    return load


def _index_texts(workspace: Workspace, name: str, texts: Sequence[tuple[str, str]]) -> float:
    """Store every text as one chunk of one document, and index them; returns the seconds of indexing."""
    chunks = [
        Chunk(
            chunk_id, name, ordinal, text, (), (Span(1, 0, len(text)),), detect_language(text), _digest(chunk_id, text)
        )
        for ordinal, (chunk_id, text) in enumerate(texts)
    ]
    document = Document(
        name, name, _digest(name), "text/plain", "", None, None, chunks[0].language, None, None, 1, "indexing"
    )
    workspace.store.put_document(document, "1", [], [], chunks)
    workspace.embedder.embed(["warm up"])
    start = time.perf_counter()
    for _ in workspace.indexer.sync():
        pass
    return time.perf_counter() - start


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _short(name: str, workspace: Workspace, shared: Path, folder: Path) -> Collection:
    seconds = _ingest(workspace, ROOT / "corpus")
    passages = Passages(workspace)
    questions = []
    for row in read_jsonl(SHORT_SET):
        target = row["search_language"]
        found: set[str] = set()
        languages: set[str] = set()
        for item in row["relevant"]:
            languages.add(passages.language(item["document"]))
            if target in (None, passages.language(item["document"])):
                found |= passages.covering(item["document"], item["quote"])
        answer_language = target or (row["lang"] if not row["cross_lingual"] else _other(row["lang"]))
        if answer_language not in languages:
            raise ValueError(f"{row['id']}: no relevant passage in {answer_language}")
        direction = f"{row['lang']}→{answer_language}"
        questions.append(
            Question(row["id"], row["question"], direction, row["split"], frozenset(found), Filters(language=target))
        )
    return Collection(name, tuple(questions), workspace, folder, workspace.store.chunk_count(), seconds, "ingest")


def _dev_qa(name: str, workspace: Workspace, shared: Path, folder: Path) -> Collection:
    rows = read_jsonl(shared / "dev-qa" / "questions.jsonl")
    seconds = _ingest(workspace, shared / "seeds")
    passages = Passages(workspace)
    questions = []
    for row in rows:
        # A follow-up question needs its conversation, and one without evidence has nothing to find.
        if row["history"] or not row["evidence"]:
            continue
        names = [Path(document).stem for document in row["doc"]]
        found: set[str] = set()
        for quote in row["evidence"]:
            covered = set().union(*(passages.covering(document, quote, required=False) for document in names))
            if not covered:
                raise ValueError(f"{row['id']}: evidence not found in the indexed text: {quote}")
            found |= covered
        answer_language = _other(row["lang"]) if row["cross_lingual"] else row["lang"]
        questions.append(
            Question(
                row["id"], row["question"], f"{row['lang']}→{answer_language}", split_of(row["id"]), frozenset(found)
            )
        )
    return Collection(name, tuple(questions), workspace, folder, workspace.store.chunk_count(), seconds, "ingest")


def _other(language: str) -> str:
    return "en" if language == "ko" else "ko"


def _ingest(workspace: Workspace, folder: Path) -> float:
    workspace.embedder.embed(["warm up"])
    report = IngestReport()
    start = time.perf_counter()
    for _ in workspace.pipeline.ingest([folder], report):
        pass
    if report.failures:
        raise ValueError(f"{len(report.failures)} documents were not taken in: {report.failures[0]}")
    return time.perf_counter() - start


class Passages:
    """Finds the chunks in which a quotation stands, white space and punctuation aside."""

    def __init__(self, workspace: Workspace) -> None:
        self._texts: dict[str, tuple[str, list[tuple[str, int, int]]]] = {}
        self._words: dict[str, dict[str, set[str]]] = {}
        self._languages: dict[str, str] = {}
        for document in workspace.store.documents():
            text, spans = "", []
            chunks = workspace.store.document_chunks(document.document_id)
            for chunk in chunks:
                bare = bare_text(chunk.text)
                spans.append((chunk.chunk_id, len(text), len(text) + len(bare)))
                text += bare
            name = Path(document.source).stem
            self._texts[name] = text, spans
            self._words[name] = {chunk.chunk_id: _words(chunk.text) for chunk in chunks}
            self._languages[name] = document.language

    def language(self, name: str) -> str:
        """A document's language."""
        return self._languages[name]

    def covering(self, name: str, quote: str, *, required: bool = True) -> set[str]:
        """Chunks of a document that overlap ``quote``, wherever it stands; a quotation may run on into the next chunk.

        Raises:
            ValueError: the quotation is required and stands nowhere.
        """
        text, spans = self._texts[name]
        bare = bare_text(quote)
        found: set[str] = set()
        start = text.find(bare)
        while start >= 0:
            end = start + len(bare)
            found.update(chunk_id for chunk_id, first, last in spans if first < end and start < last)
            start = text.find(bare, start + 1)
        if not found:
            found = self._holding_most_words(name, quote)
        if required and not found:
            raise ValueError(f"{name}: not in the indexed text: {quote}")
        return found

    def _holding_most_words(self, name: str, quote: str) -> set[str]:
        """For a table row whose cells run over several lines of a PDF: the chunks that hold nearly all its words."""
        words = _words(quote)
        shares = {chunk_id: len(words & held) / len(words) for chunk_id, held in self._words[name].items()}
        best = max(shares.values(), default=0.0)
        return {chunk_id for chunk_id, share in shares.items() if share == best} if best >= _MIN_WORDS_RATIO else set()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def bare_text(text: str) -> str:
    """Letters and digits only, in lower case: what survives any file format."""
    return "".join(character for character in text.casefold() if character.isalnum())


COLLECTIONS: dict[str, Callable[[str, Workspace, Path, Path], Collection]] = {
    "short": _short,
    "dev-qa": _dev_qa,
    "news-en2ko": _retrieval_dev("news-en2ko", "en", "ko"),
    "news-ko2en": _retrieval_dev("news-ko2en", "ko", "en"),
    "encyclopaedia": _retrieval_dev("encyclopaedia-ko", "ko", "ko"),
}
