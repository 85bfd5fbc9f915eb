"""Evidence recall, answers, citations and refusals on the development questions, for one or more chunk sizes.

The five seed documents are ingested for real. Evidence recall is that of search: a hit is a returned chunk that overlaps the evidence
(``scoring.overlaps``); a follow-up is searched for with the query that the assistant makes of it and its history. Answers are those of
``PolicyAssistant.ask``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.assistant import PolicyAssistant
from assistant.index.embedder import Embedder
from assistant.service import build_assistant
from assistant.types import AnswerStatus
from assistant.workspace import Workspace
from benchmarks.questions import GROUPS, DevQuestion, RecordingQueryBuilder, ingested, read_questions
from benchmarks.report import Report, Table, arguments_parser, progress, sizes
from benchmarks.scoring import covered_at, evidence_ranks, hit_at, overlaps, says_all, share

NAME = "dev-questions"
CUTOFFS = (1, 3, 5, 10)
MAX_ANSWER_CHARS = 600
_ANSWERED = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)


def main(arguments: Sequence[str]) -> None:
    """Run the measurement."""
    parser = arguments_parser(NAME, __doc__)
    parser.add_argument(
        "--chunk-chars", type=sizes, help="chunk sizes to compare, such as 200,300,400 [the default size]"
    )
    parsed = parser.parse_args(arguments)
    measure(parsed, arguments).write(parsed.out)


def measure(parsed: argparse.Namespace, arguments: Sequence[str] = (), embedder: Embedder | None = None) -> Report:
    """Ask all questions for every chunk size."""
    questions = read_questions(parsed.shared / "dev-qa" / "questions.jsonl")
    report = Report(NAME, arguments, {"questions": len(questions), "documents": "seeds"})
    for chunk_chars in parsed.chunk_chars or [None]:
        progress(f"ingesting the seeds, chunks of {chunk_chars or 'the default number of'} characters")
        with ingested(parsed.shared / "seeds", embedder, chunk_chars) as workspace:
            embedder = workspace.embedder
            size = workspace.settings.chunk_chars
            lengths = chunk_lengths(workspace)
            rows = [{"chunk_chars": size, **row} for row in ask_all(workspace, questions)]
            report.settings |= {"embedder": embedder.name, "fusion": workspace.settings.fusion}
        report.rows += rows
        report.figures[str(size)] = {"chunks": lengths, "recall": recall_figures(rows), "answers": answer_figures(rows)}
    report.tables = _tables(report.figures)
    return report


def ask_all(workspace: Workspace, questions: Sequence[DevQuestion]) -> list[dict[str, Any]]:
    """Search for and answer every question; one row each."""
    retriever = workspace.retriever
    recorder = RecordingQueryBuilder(retriever.query_builder)
    retriever.query_builder = recorder
    assistant = build_assistant(workspace)
    rows = []
    for number, question in enumerate(questions, start=1):
        rows.append(_ask(workspace, assistant, recorder, question))
        if number % 10 == 0:
            progress(f"{number} of {len(questions)} questions asked")
    return rows


def _ask(
    workspace: Workspace, assistant: PolicyAssistant, recorder: RecordingQueryBuilder, item: DevQuestion
) -> dict[str, Any]:
    recorder.last = None
    started = time.perf_counter()
    answer = assistant.ask(item.question)
    seconds = time.perf_counter() - started
    # A question turned away before it was looked up (an attack, small talk) has made no query.
    query = recorder.last or recorder.build(item.question.text)
    hits = workspace.retriever.search(query, max(CUTOFFS))
    answered = answer.status in _ANSWERED
    text = answer.text[:MAX_ANSWER_CHARS]
    quotes = [citation.quote for citation in answer.citations]
    return {
        "id": item.question_id,
        "language": item.language,
        "kind": item.kind,
        "groups": item.groups,
        "answerable": item.answerable,
        "question": item.question.text,
        "searched": query.text,
        "evidence_ranks": evidence_ranks([hit.chunk.text for hit in hits], item.evidence),
        "status": answer.status.value,
        "answered": answered,
        "answer": answer.text,
        "answer_chars": len(answer.text),
        "facts": answered and says_all(text, item.must_contain) and not _forbidden(text, item),
        "citation_hit": answered and any(overlaps(quote, piece) for quote in quotes for piece in item.evidence),
        "quotes": quotes,
        "milliseconds": round(seconds * 1000, 1),
    }


def _forbidden(text: str, item: DevQuestion) -> bool:
    return any(says_all(text, [fact]) for fact in item.must_not_contain)


def recall_figures(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By group: questions with evidence, share with any evidence among the first k, mean share of all their evidence."""
    figures: dict[str, dict[str, Any]] = {}
    for group in GROUPS:
        ranks = [row["evidence_ranks"] for row in rows if row["answerable"] and group in row["groups"]]
        figures[group] = {"questions": len(ranks)}
        figures[group] |= {f"recall@{k}": share([hit_at(found, k) for found in ranks]) for k in CUTOFFS}
        figures[group] |= {f"covered@{k}": share([covered_at(found, k) for found in ranks]) for k in CUTOFFS}
    return figures


def answer_figures(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By group: answers with all facts, citations on the evidence, wrong refusals, and rightly unanswered questions."""
    figures: dict[str, dict[str, Any]] = {}
    for group in GROUPS:
        members = [row for row in rows if group in row["groups"]]
        answerable = [row for row in members if row["answerable"]]
        figures[group] = {
            "answerable": len(answerable),
            "all_facts": share([row["facts"] for row in answerable]),
            "citation_hit": share([row["citation_hit"] for row in answerable]),
            "wrongly_refused": share([not row["answered"] for row in answerable]),
            "not_answerable": len(members) - len(answerable),
            "rightly_not_answered": share([not row["answered"] for row in members if not row["answerable"]]),
        }
    return figures


def chunk_lengths(workspace: Workspace) -> dict[str, Any]:
    """How many chunks there are, and how long."""
    lengths = [
        len(chunk.text)
        for document in workspace.store.documents()
        for chunk in workspace.store.document_chunks(document.document_id)
    ]
    quantiles = np.percentile(lengths, [10, 50, 90])
    return {"count": len(lengths), **{f"p{p}_chars": int(q) for p, q in zip((10, 50, 90), quantiles, strict=True)}}


def _tables(figures: dict[str, Any]) -> list[Table]:
    tables = []
    for size, found in figures.items():
        recall, answers = found["recall"], found["answers"]
        columns = ["questions", *(f"recall@{k}" for k in CUTOFFS), *(f"covered@{k}" for k in CUTOFFS)]
        rows = [[group, *(recall[group][column] for column in columns)] for group in GROUPS]
        tables.append(Table(f"Evidence recall of search, chunks of {size} characters", ["group", *columns], rows))
        columns = list(answers["all"])
        rows = [[group, *(answers[group][column] for column in columns)] for group in GROUPS]
        tables.append(Table(f"Answers, chunks of {size} characters", ["group", *columns], rows))
    if len(figures) > 1:
        columns = [
            "chunk size",
            "chunks",
            "median chars",
            "same-language recall@1",
            "@5",
            "cross-lingual recall@1",
            "@5",
        ]
        rows = [
            [
                size,
                found["chunks"]["count"],
                found["chunks"]["p50_chars"],
                *(
                    found["recall"][group][f"recall@{k}"]
                    for group in ("same language", "cross-lingual")
                    for k in (1, 5)
                ),
                found["answers"]["all"]["all_facts"],
                found["answers"]["all"]["citation_hit"],
            ]
            for size, found in figures.items()
        ]
        tables.append(Table("Chunk sizes", [*columns, "all facts", "citation on evidence"], rows))
    return tables
