"""The development questions and the five documents they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.index.embedder import Embedder
from assistant.ingest.pipeline import IngestReport
from assistant.retrieval.query import QueryBuilder
from assistant.settings import load_settings
from assistant.types import Language, Query, Question, Turn
from assistant.workspace import Workspace

# The date that counts as today for questions that name none, so that a run can be repeated.
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class DevQuestion:
    """A question with what its author expects; without ``evidence`` it must not be answered."""

    question_id: str
    question: Question
    language: Language
    kind: str
    cross_lingual: bool
    evidence: tuple[str, ...]
    must_contain: tuple[tuple[str, ...], ...]
    must_not_contain: tuple[tuple[str, ...], ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return bool(self.evidence)

    @property
    def standalone_text(self) -> str:
        """The question with the last exchange before it, for a pipeline that knows nothing of turns."""
        return " ".join((*(turn.content for turn in self.question.history[-2:]), self.question.text))

    @property
    def groups(self) -> tuple[str, ...]:
        """The rows of a table in which the question counts."""
        crossing = "cross-lingual" if self.cross_lingual else "same language"
        pair = () if self.cross_lingual else ("Korean" if self.language == "ko" else "English",)
        return (*pair, crossing, *(("follow-up",) if self.question.history else ()), "all")


GROUPS = ("Korean", "English", "same language", "cross-lingual", "follow-up", "all")


def read_questions(path: Path) -> list[DevQuestion]:
    """The questions of a JSON Lines file."""
    return [_question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _question(row: dict) -> DevQuestion:
    turns = tuple(
        Turn(turn["role"], turn["content"]) if isinstance(turn, dict) else Turn("user", turn) for turn in row["history"]
    )
    as_of = date.fromisoformat(row["as_of"]) if row["as_of"] else TODAY
    forbidden = row.get("must_not_contain") or []
    return DevQuestion(
        question_id=row["id"],
        question=Question(row["question"], as_of, turns),
        language=row["lang"],
        kind=row["kind"],
        cross_lingual=row["cross_lingual"],
        evidence=tuple(row["evidence"]),
        must_contain=tuple(map(tuple, row["must_contain"])),
        must_not_contain=tuple((fact,) if isinstance(fact, str) else tuple(fact) for fact in forbidden),
    )


@contextmanager
def ingested(folder: Path, embedder: Embedder | None, chunk_chars: int | None = None) -> Iterator[Workspace]:
    """A temporary workspace into which ``folder`` is ingested for real; the default chunk size if none is given.

    Raises:
        RuntimeError: a file could not be read.
    """
    with TemporaryDirectory(prefix="annae-benchmark-") as data_dir:
        settings = load_settings(data_dir=Path(data_dir), chunk_chars=chunk_chars)
        with Workspace(settings, embedder) as workspace:
            report = IngestReport()
            with workspace.writing():
                exhaust(workspace.pipeline.ingest([folder], report))
            if report.failures:
                raise RuntimeError(f"{folder}: {'; '.join(map(str, report.failures))}")
            yield workspace


def exhaust(steps: Iterable[object]) -> None:
    """Run an iteration to its end."""
    for _ in steps:
        pass


class RecordingQueryBuilder(QueryBuilder):
    """Builds as another builder does and remembers the last query: what the assistant made of a question and its history."""

    def __init__(self, builder: QueryBuilder) -> None:
        self._builder = builder
        self.last: Query | None = None

    def build(self, *arguments: Any, **named: Any) -> Query:
        """See ``QueryBuilder.build``."""
        self.last = self._builder.build(*arguments, **named)
        return self.last
