"""``annae ingest``, ``watch`` and ``reindex``: files into the index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import DataDir
from assistant.commands.running import FAILED, WRONG_USE, errors_told, open_workspace, stop
from assistant.errors import EncryptedFileError

if TYPE_CHECKING:
    from assistant.ingest.pipeline import IngestReport


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files and folders: HWP 5 (also for distribution), HWPX, PDF (scans with Tesseract), DOCX, XLSX, HTML, EML, ZIP, "
            "Markdown, text."
        ),
    ],
    password: Annotated[
        str | None, typer.Option("--password", help="Opens HWP, HWPX and PDF files that need one; it is not stored.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Take files in. Unchanged files cost nothing; a changed file replaces its old version, which is kept.

    A folder's manifest.yaml, if there is one, says which files belong and what is known of them. Files that cannot be read are
    named at the end with the reason and the remedy, and the exit code is then 1; annae documents health lists them later.
    """
    with errors_told():
        from assistant.ingest.receipt import IngestReceipt
        from assistant.settings import load_settings

        settings = load_settings(data_dir=data_dir)
        receipt = IngestReceipt(settings.data_dir, paths, settings.model_dump_json())
        unchanged = None if settings.database_url else receipt.unchanged()
        if unchanged is not None:
            typer.echo(_summary(unchanged=unchanged))
            return
    with open_workspace(data_dir) as workspace, workspace.writing():
        from assistant.ingest.pipeline import IngestReport

        report = IngestReport()
        workspace.indexer.repair(thorough=False)
        with closing(workspace.pipeline.ingest(paths, report, password=password)) as steps:
            _show_progress(steps)
        added, replaced, same = len(report.added), len(report.replaced), len(report.unchanged)
        typer.echo(_summary(added, replaced, same, len(report.failures), report.chunks))
        for failure in report.failures:
            typer.echo(f"  failed: {failure}", err=True)
        if any(isinstance(failure, EncryptedFileError) and failure.opens_with_password for failure in report.failures):
            typer.echo("  a password is given with --password, or in the manifest", err=True)
        if report.failures:
            raise typer.Exit(FAILED)
        if not settings.database_url:
            receipt.keep(added + replaced + same)


def _summary(added: int = 0, replaced: int = 0, unchanged: int = 0, failed: int = 0, chunks: int = 0) -> str:
    return f"{added} added, {replaced} replaced, {unchanged} unchanged, {failed} failed; {chunks} chunks written"


def watch(
    paths: Annotated[list[Path], typer.Argument(help="Folders and files to keep up with.")], data_dir: DataDir = None
) -> None:
    """Keep the index equal to folders until Ctrl-C: what is added, changed or removed there is taken in or out, a line each.

    Only files that were taken in from these folders are taken out. annae serve must not run on the same data folder.
    """
    with open_workspace(data_dir) as workspace, workspace.writing():
        from assistant.ingest.watching import FolderWatcher

        for path in paths:
            if not path.exists():
                stop(f"{path}: it does not exist. Check the path.", WRONG_USE)
        workspace.indexer.repair(thorough=False)
        watcher = FolderWatcher(paths, workspace.store, workspace.pipeline, workspace.indexer)
        try:
            for report in watcher.watch():
                for line in _changes(report):
                    typer.echo(line)
                sys.stdout.flush()
        except KeyboardInterrupt:
            typer.echo("stopped; the index is as the folders were at the last line", err=True)


def _changes(report: IngestReport) -> Iterator[str]:
    for verb in ("added", "replaced", "removed"):
        yield from (f"{verb}: {name}" for name in getattr(report, verb))
    yield from (f"failed: {failure}" for failure in report.failures)
    if report.unchanged:
        yield f"unchanged: {len(report.unchanged)} files"


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
            bar.update(
                task,
                completed=step.done,
                total=step.total,
                description="indexing" if step.done == step.total else "reading",
                rate=f"{step.done / elapsed:.1f} documents/s, {chunks / elapsed:.0f} chunks/s",
            )


def reindex(data_dir: DataDir = None) -> None:
    """Build the vector and the lexical index anew from the stored documents, with the embedder now set."""
    with open_workspace(data_dir) as workspace, workspace.writing():
        total, done = workspace.store.chunk_count(), 0
        for written in workspace.indexer.rebuild():
            done += written
            typer.echo(f"[{done}/{total}] chunks indexed", err=True)
        typer.echo(f"{done} chunks indexed with {workspace.embedder.name}")
