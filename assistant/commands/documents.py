"""``annae documents``: the list, health reports, older versions, removal."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands.options import AsJson, AsOf, DataDir
from assistant.commands.running import DONE, FAILED, WRONG_USE, open_workspace, stop

documents_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@documents_app.callback()
def documents(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the documents; tell how they were read, their older versions, or remove some."""
    if context.invoked_subcommand is not None:
        # `annae documents --data-dir X remove ID` means the same folder.
        context.obj = data_dir
        return
    with open_workspace(data_dir) as workspace:
        from assistant.contract.documents import DocumentModel, DocumentsResponse

        listed = [DocumentModel.of(document) for document in workspace.store.documents()]
    if as_json:
        typer.echo(DocumentsResponse(documents=listed).model_dump_json(indent=2))
        return
    for document in listed:
        published = document.published or "-"
        typer.echo(f"{document.document_id}  {document.language}  {published:10}  {document.source}  {document.title}")


@documents_app.command("health")
def documents_health(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Names or ids; every document and failed file if none.")
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    language: Annotated[str, typer.Option("--language", help="ko or en.")] = "en",
    data_dir: DataDir = None,
) -> None:
    """Say what happened to each document: pages without text, OCR, tables, dates that have passed, duplicates, failures."""
    if language not in ("ko", "en"):
        stop(f"--language {language}: it is ko or en.", WRONG_USE)
    with open_workspace(data_dir or context.obj) as workspace:
        from assistant.contract.health import DocumentHealthModel, HealthReportsResponse
        from assistant.health_messages import health_lines
        from assistant.index.health import HealthReporter

        day = as_of.date() if as_of else workspace.settings.today()
        reporter = HealthReporter(workspace.store, day)
        ids = [key for name in names or [] for key in reporter.find(name)]
        reports = [reporter.report(key) for key in ids] if names else reporter.reports()
    models = [DocumentHealthModel.of(report, day) for report in reports]
    if as_json:
        one = bool(names) and len(models) == 1
        typer.echo((models[0] if one else HealthReportsResponse(documents=models)).model_dump_json(indent=2))
        return
    for report in reports:
        typer.echo("\n".join(health_lines(report, "ko" if language == "ko" else "en")))


@documents_app.command("versions")
def documents_versions(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name or id.")],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List the older versions that are kept of a document whose file has changed, oldest first."""
    with open_workspace(data_dir or context.obj) as workspace:
        from assistant.contract.documents import VersionsResponse
        from assistant.index.health import HealthReporter

        ids = HealthReporter(workspace.store, workspace.settings.today()).find(name)
        if len(ids) > 1:
            stop(f"{name} is the name of several documents: {', '.join(ids)}. Give one of these ids.", WRONG_USE)
        listed = VersionsResponse.of(ids[0], workspace.store.older_versions.of(ids[0]))
    if as_json:
        typer.echo(listed.model_dump_json(indent=2))
        return
    for version in listed.versions:
        about = f"{version.pages} pages, replaced {version.replaced_at}, SHA-256 {version.digest[:12]}"
        typer.echo(f"{version.number}  {version.published or '-':10}  {version.title}  ({about})")


@documents_app.command("remove")
def remove(
    context: typer.Context,
    document_ids: Annotated[list[str], typer.Argument(help="Ids as `annae documents` lists them.")],
    data_dir: DataDir = None,
) -> None:
    """Remove documents and every trace of them: pages, chunks, index entries, the original."""
    failed = False
    with open_workspace(data_dir or context.obj) as workspace, workspace.writing():
        from assistant.errors import NotFoundError

        for document_id in dict.fromkeys(document_ids):
            try:
                workspace.store.remove_document(document_id)
            except NotFoundError as error:
                typer.echo(f"  failed: {error}", err=True)
                failed = True
            else:
                typer.echo(f"{document_id} removed")
        workspace.indexer.repair()
        raise typer.Exit(FAILED if failed else DONE)
