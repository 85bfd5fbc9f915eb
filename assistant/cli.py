"""The ``annae`` command. Heavy parts are imported where they are used, so that ``--help`` answers at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import AnnaeError

if TYPE_CHECKING:
    from assistant.contract import AnswerModel
    from assistant.workspace import Workspace

app = typer.Typer(
    help="Annae (안내): cited answers from Korean and English policy documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
documents_app = typer.Typer(help="List, show and remove documents.", invoke_without_command=True)
app.add_typer(documents_app, name="documents")

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder for everything stored. [default: ./data]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly the HTTP object.")]


def main() -> None:
    """Run the command: exit code 0 = done, 1 = some input failed, 2 = wrong use."""
    try:
        app()
    except AnnaeError as error:
        typer.echo(f"annae: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("annae: stopped; everything acknowledged so far is kept", err=True)
        sys.exit(130)


@contextmanager
def _open(data_dir: Path | None, **overrides: Any) -> Iterator[Workspace]:
    from assistant.settings import load_settings
    from assistant.workspace import Workspace

    with Workspace(load_settings(data_dir=data_dir, **overrides)) as workspace:
        yield workspace


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders (PDF, HTML, DOCX, HWPX, Markdown, text).")],
    data_dir: DataDir = None,
) -> None:
    """Take files in. Unchanged files cost nothing; a changed file replaces its old version.

    A folder's manifest.yaml, if there is one, says which files belong and what is known of them. Files that cannot be read are
    named at the end with the reason and the remedy, and the exit code is then 1.
    """
    from assistant.ingest.pipeline import IngestReport

    report = IngestReport()
    with _open(data_dir) as workspace, workspace.writing():
        workspace.indexer.repair()
        _show_progress(workspace.pipeline.ingest(paths, report))
    typer.echo(
        f"{len(report.added)} added, {len(report.replaced)} replaced, {len(report.unchanged)} unchanged, "
        f"{len(report.failures)} failed; {report.chunks} chunks written"
    )
    for failure in report.failures:
        typer.echo(f"  failed: {failure}", err=True)
    raise typer.Exit(1 if report.failures else 0)


def _show_progress(steps: Iterator[Any]) -> None:
    """A bar with rates and time left on a terminal, a line a file elsewhere."""
    if not sys.stderr.isatty():
        for step in steps:
            typer.echo(f"[{step.done}/{step.total}] {step.name}: {step.chunks} chunks", err=True)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, rate="")
        chunks = 0
        for step in steps:
            chunks += step.chunks
            elapsed = max(bar.tasks[0].elapsed or 0.0, 1e-6)
            rate = f"{step.done / elapsed:.1f} documents/s, {chunks / elapsed:.0f} chunks/s"
            finished = step.done == step.total
            bar.update(
                task,
                completed=step.done,
                total=step.total,
                description="indexing" if finished else "reading",
                rate=rate,
            )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in Korean or English.")],
    as_json: AsJson = False,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date that counts as today.")] = None,
    history: Annotated[
        Path | None, typer.Option(help="JSON file with earlier turns: a list of {role, content}.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Answer a question, each sentence with its source."""
    from assistant.contract import AnswerModel
    from assistant.service import build_assistant

    with _open(data_dir) as workspace:
        workspace.repair_if_free()
        body = _chat_request(question, as_of.date() if as_of else None, history)
        answer = AnswerModel.of(build_assistant(workspace).ask(body.to_question(workspace.settings.today())))
    typer.echo(answer.model_dump_json(indent=2) if as_json else _readable(answer))


def _chat_request(question: str, as_of: date | None, history: Path | None) -> Any:
    from pydantic import ValidationError

    from assistant.contract import ChatRequest

    try:
        turns = json.loads(history.read_text(encoding="utf-8")) if history else []
        return ChatRequest(question=question, as_of=as_of, history=turns)
    except (OSError, ValueError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        typer.echo(f"annae: {history or 'the question'}: {reason}. Write a list of role and content pairs.", err=True)
        raise typer.Exit(2) from error


def _readable(answer: AnswerModel) -> str:
    lines = [answer.text, ""]
    lines += [f"※ {notice.text}" for notice in answer.notices]
    for citation in answer.citations:
        about = ", ".join(str(part) for part in (citation.publisher, citation.published, f"p. {citation.page}") if part)
        lines.append(f"[{citation.number}] {citation.title} ({about})")
        lines.append(f"    “{citation.quote}”")
    return "\n".join(lines)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    as_json: AsJson = False,
    top_k: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    explain: Annotated[
        bool, typer.Option(help="Show how the query was understood and each leg's rank and score.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Find passages without composing an answer."""
    from assistant.contract import HitModel, SearchResponse

    with _open(data_dir) as workspace:
        workspace.repair_if_free()
        built = workspace.retriever.query_builder.build(query)
        hits = [HitModel.of(hit) for hit in workspace.retriever.search(built, top_k)]
    if as_json:
        typer.echo(SearchResponse(hits=hits).model_dump_json(indent=2, exclude={"concepts"}))
        return
    if explain:
        for concept in built.concepts:
            for language, alternatives in concept.alternatives.items():
                ways = ", ".join(f"{a.text} ({a.origin} {a.weight:.2f})" for a in alternatives)
                typer.echo(f"{concept.text} [{language}]: {ways}")
    for number, hit in enumerate(hits, start=1):
        typer.echo(f"{number}. {hit.title} (p. {hit.page}) {' > '.join(hit.section)}  [{hit.score:.3f}]")
        if explain:
            typer.echo(f"   ranks {hit.ranks}, scores {hit.leg_scores}")
        typer.echo("   " + hit.text.replace("\n", "\n   "))


@documents_app.callback()
def documents(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the documents."""
    if context.invoked_subcommand is not None:
        return
    from assistant.contract import DocumentModel, DocumentsResponse

    with _open(data_dir) as workspace:
        listed = [DocumentModel.of(document) for document in workspace.store.documents()]
    if as_json:
        typer.echo(DocumentsResponse(documents=listed).model_dump_json(indent=2))
        return
    for document in listed:
        typer.echo(
            f"{document.document_id}  {document.language}  {document.published or '-':10}  {document.source}  {document.title}"
        )


@documents_app.command("remove")
def remove(
    document_ids: Annotated[list[str], typer.Argument(help="Ids as `annae documents` lists them.")],
    data_dir: DataDir = None,
) -> None:
    """Remove documents and every trace of them: pages, chunks, index entries, the original."""
    with _open(data_dir) as workspace, workspace.writing():
        for document_id in document_ids:
            workspace.store.remove_document(document_id)
            typer.echo(f"{document_id} removed")
        workspace.indexer.repair()


@app.command()
def reindex(data_dir: DataDir = None) -> None:
    """Build the vector and the lexical index anew from the stored documents, with the embedder now set."""
    with _open(data_dir) as workspace, workspace.writing():
        total, done = workspace.store.chunk_count(), 0
        for written in workspace.indexer.rebuild():
            done += written
            typer.echo(f"[{done}/{total}] chunks indexed", err=True)
    typer.echo(f"{done} chunks indexed with {workspace.embedder.name}")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    data_dir: DataDir = None,
) -> None:
    """Serve the chat page and the HTTP interface."""
    import uvicorn

    from assistant.api import create_app
    from assistant.service import build_assistant

    with _open(data_dir) as workspace, workspace.writing():
        report = workspace.indexer.repair()
        if report.chunks or report.orphans:
            typer.echo(f"repaired the index: {report.chunks} chunks added, {report.orphans} removed", err=True)
        assistant = build_assistant(workspace)
        # The first question should not wait for the models.
        workspace.retriever.retrieve("준비", 1)
        typer.echo(f"listening on http://{host}:{port}", err=True)
        uvicorn.run(create_app(assistant, workspace), host=host, port=port, log_level="warning")


if __name__ == "__main__":
    main()
