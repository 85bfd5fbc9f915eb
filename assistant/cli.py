"""The ``annae`` command. Heavy parts are imported where they are used, so that ``--help`` answers at once."""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from assistant.desk.cli import desk_app
from assistant.errors import AnnaeError, ConfigurationError

if TYPE_CHECKING:
    from pydantic import ValidationError

    from assistant.contract import AnswerModel, ChatRequest, SearchRequest
    from assistant.ingest.pipeline import IngestReport
    from assistant.record_contract import RecordModel
    from assistant.text.term_candidates import TermCandidate
    from assistant.text.term_check import TermProblem
    from assistant.workspace import Workspace

_DONE, _FAILED, _WRONG_USE, _INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    help="Annae (안내): cited answers from Korean and English policy documents.\n\n"
    "Start with: annae ingest FOLDER, then annae ask QUESTION or annae serve.",
    epilog="Settings: ANNAE_... variables or annae.toml (docs/settings.md). "
    "Exit codes: 0 = done, 1 = some input failed, 2 = wrong use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help starts in half the time.
    rich_markup_mode=None,
)
documents_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
app.add_typer(documents_app, name="documents")
conversations_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
app.add_typer(conversations_app, name="conversations")
terms_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(desk_app, name="desk", help="Accounts of the officers' desk (--data-dir FOLDER).")
app.add_typer(terms_app, name="terms", help="Check, edit and replace the Korean-English termbase (--data-dir FOLDER).")

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder for everything stored; else ANNAE_DATA_DIR, else ./data.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly the HTTP object.")]

AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date that counts as today."),
]


def main() -> None:
    """Run the command: exit code 0 = done, 1 = some input failed, 2 = wrong use."""
    app(prog_name="annae")


@contextmanager
def _open(data_dir: Path | None) -> Iterator[Workspace]:
    """The workspace in use; what goes wrong in it is told as ``_errors_told`` says."""
    with _errors_told():
        from assistant.settings import load_settings
        from assistant.workspace import Workspace

        with Workspace(load_settings(data_dir=data_dir)) as workspace:
            yield workspace


@contextmanager
def _errors_told() -> Iterator[None]:
    """What goes wrong inside is told in a line and an exit code, never with a traceback."""
    try:
        yield
    except ConfigurationError as error:
        _stop(str(error), _WRONG_USE, error)
    except AnnaeError as error:
        _stop(str(error), _FAILED, error)
    except KeyboardInterrupt as error:
        _stop("stopped; everything acknowledged so far is kept", _INTERRUPTED, error)


def _stop(why: str, code: int, error: BaseException | None = None) -> NoReturn:
    typer.echo(f"annae: {why}", err=True)
    raise typer.Exit(code) from error


@app.command()
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
    with _errors_told():
        from assistant.ingest.receipt import IngestReceipt
        from assistant.settings import load_settings

        settings = load_settings(data_dir=data_dir)
        receipt = IngestReceipt(settings.data_dir, paths, settings.model_dump_json())
        unchanged = None if settings.database_url else receipt.unchanged()
        if unchanged is not None:
            typer.echo(_summary(unchanged=unchanged))
            return
    with _open(data_dir) as workspace, workspace.writing():
        from assistant.ingest.pipeline import IngestReport

        report = IngestReport()
        workspace.indexer.repair(thorough=False)
        _show_progress(workspace.pipeline.ingest(paths, report, password=password))
        added, replaced, same = len(report.added), len(report.replaced), len(report.unchanged)
        typer.echo(_summary(added, replaced, same, len(report.failures), report.chunks))
        for failure in report.failures:
            typer.echo(f"  failed: {failure}", err=True)
        if report.failures:
            raise typer.Exit(_FAILED)
        if not settings.database_url:
            receipt.keep(added + replaced + same)


def _summary(added: int = 0, replaced: int = 0, unchanged: int = 0, failed: int = 0, chunks: int = 0) -> str:
    return f"{added} added, {replaced} replaced, {unchanged} unchanged, {failed} failed; {chunks} chunks written"


@app.command()
def watch(
    paths: Annotated[list[Path], typer.Argument(help="Folders and files to keep up with.")], data_dir: DataDir = None
) -> None:
    """Keep the index equal to folders until Ctrl-C: what is added, changed or removed there is taken in or out, a line each.

    Only files that were taken in from these folders are taken out. annae serve must not run on the same data folder.
    """
    with _open(data_dir) as workspace, workspace.writing():
        from assistant.ingest.watching import FolderWatcher

        for path in paths:
            if not path.exists():
                _stop(f"{path}: it does not exist. Check the path.", _WRONG_USE)
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


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in Korean or English.")],
    as_json: AsJson = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date that counts as today."),
    ] = None,
    history: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON file with earlier turns: a list of {role, content}.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Answer a question, each sentence with its source."""
    with _open(data_dir) as workspace:
        from assistant.contract import AnswerModel
        from assistant.service import build_assistant

        body = _chat_request(question, as_of.date() if as_of else None, history)
        _check_length(body.question, workspace.settings.max_question_chars)
        workspace.repair_if_free()
        answer = AnswerModel.of(build_assistant(workspace).ask(body.to_question(workspace.settings.today())))
        typer.echo(answer.model_dump_json(indent=2) if as_json else _readable(answer))


def _chat_request(question: str, as_of: date | None, history: Path | None) -> ChatRequest:
    from pydantic import ValidationError

    from assistant.contract import ChatRequest

    turns = _turns(history) if history else []
    try:
        return ChatRequest(question=question, as_of=as_of, history=turns)
    except ValidationError as error:
        if history and error.errors()[0]["loc"][0] == "history":
            _stop(f"{history}: {_reason(error)}. Write a list of {{role, content}}.", _WRONG_USE, error)
        _stop(_reason(error), _WRONG_USE, error)


def _turns(history: Path) -> Any:
    try:
        return json.loads(history.read_text(encoding="utf-8"))
    except OSError as error:
        _stop(f"{history}: it cannot be read ({error.strerror}). Check the path.", _WRONG_USE, error)
    except (ValueError, RecursionError) as error:
        _stop(f"{history}: it is not JSON in UTF-8 ({error}). Write a list of {{role, content}}.", _WRONG_USE, error)


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _check_length(text: str, limit: int) -> None:
    if not text.strip():
        _stop("there is no question. Write one in quotation marks.", _WRONG_USE)
    if len(text) > limit:
        _stop(f"the question is over {limit} characters. Shorten it, or raise ANNAE_MAX_QUESTION_CHARS.", _WRONG_USE)


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
        bool, typer.Option("--explain", help="Show how the query was understood and each leg's rank and score.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Find passages without composing an answer."""
    with _open(data_dir) as workspace:
        from assistant.contract import SearchResponse

        body = _search_request(query, top_k, explain)
        _check_length(body.query, workspace.settings.max_question_chars)
        workspace.repair_if_free()
        built = workspace.retriever.query_builder.build(body.query)
        found = SearchResponse.of(built, workspace.retriever.search(built, body.top_k), explain=body.explain)
    if as_json:
        typer.echo(found.model_dump_json(indent=2, exclude_unset=True))
        return
    for concept in found.concepts or []:
        for language, ways in concept.alternatives.items():
            typer.echo(f"{concept.text} [{language}]: {', '.join(ways)}")
    for number, hit in enumerate(found.hits, start=1):
        typer.echo(f"{number}. {hit.title} (p. {hit.page}) {' > '.join(hit.section)}  [{hit.score:.3f}]")
        if explain:
            typer.echo(f"   ranks {hit.ranks}, scores {hit.leg_scores}")
        typer.echo("   " + hit.text.replace("\n", "\n   "))


def _search_request(query: str, top_k: int, explain: bool) -> SearchRequest:
    from pydantic import ValidationError

    from assistant.contract import SearchRequest

    try:
        return SearchRequest(query=query, top_k=top_k, explain=explain)
    except ValidationError as error:
        _stop(_reason(error), _WRONG_USE, error)


@app.command()
def events(
    as_json: AsJson = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date that counts as today."),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Also list past, cancelled and planned events.")] = False,
    data_dir: DataDir = None,
) -> None:
    """List the events that are still ahead, soonest first, each with its source."""
    with _open(data_dir) as workspace:
        from assistant.record_contract import RecordsResponse
        from assistant.types import RecordType

        today = as_of.date() if as_of else workspace.settings.today()
        documents = {document.document_id: document for document in workspace.store.documents()}
        found = RecordsResponse.of(workspace.store.records(RecordType.EVENT), documents, today)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    shown = [event for event in found.records if show_all or event.status in ("upcoming", "open")]
    for event in shown:
        typer.echo(_event_line(event))
        typer.echo(f"    “{event.citations[0].quote}” ({event.citations[0].title}, p. {event.citations[0].page})")
    if not shown:
        typer.echo(f"No event in these documents is ahead of {today}. See the past ones with --all.")


def _event_line(event: RecordModel) -> str:
    days = "no date given" if event.start is None else f"{event.start}"
    if event.end != event.start:
        days += f" to {event.end}"
    left = "" if event.days_left is None else f", in {event.days_left} days"
    exact = f" ({event.precision})" if event.precision not in (None, "day") else ""
    where = " ".join(part for part in (event.place, "(online)" if event.online else None) if part)
    return f"{days}{exact}  [{event.status}{left}]  {event.title}" + (f"  {where}" if where else "")


@app.command()
def eligibility(
    size: Annotated[str | None, typer.Option(help="startup, sme, midsize or large.")] = None,
    region: Annotated[str | None, typer.Option(help="City or province of the head office or site.")] = None,
    sector: Annotated[str | None, typer.Option(help="What the company makes or does.")] = None,
    years: Annotated[float | None, typer.Option(min=0, help="Completed years in business.")] = None,
    exports: Annotated[
        str | None, typer.Option(metavar="yes|no|USD", help="Whether it has exported, or how many US dollars.")
    ] = None,
    consortium: Annotated[
        bool | None, typer.Option("--consortium/--no-consortium", help="In a consortium with a large company.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Where the project is.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only this document.")] = None,
    language: Annotated[str | None, typer.Option(metavar="ko|en", help="Of the texts and questions.")] = None,
    as_json: AsJson = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date that counts as today."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Say of each program whether a company of this profile may apply, condition by condition."""
    with _open(data_dir) as workspace:
        from pydantic import ValidationError

        from assistant.eligibility_contract import EligibilityRequest, EligibilityResponse

        told = {
            "size": size,
            "region": region,
            "sector": sector,
            "years_in_business": years,
            "export_record": _exports(exports),
            "consortium_with_large": consortium,
            "target_country": country,
        }
        try:
            request = EligibilityRequest.model_validate(
                {
                    "profile": told,
                    "document_id": document,
                    "as_of": as_of.date() if as_of else None,
                    "language": language,
                }
            )
        except ValidationError as error:
            _stop(_reason(error), _WRONG_USE, error)
        documents = {item.document_id: item for item in workspace.store.documents()}
        if document is not None:
            workspace.store.document(document)
        records = workspace.store.records(document_id=document)
        found = EligibilityResponse.of(request, records, documents, workspace.settings.today())
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    for result in found.results:
        typer.echo(f"{result.title}  [{result.verdict}, {result.status}]")
        for criterion in result.criteria:
            typer.echo(f"  {criterion.state:10}  {criterion.text}")
        for line in (*result.questions, *result.changes):
            typer.echo(f"    {line}")
    if not found.results:
        typer.echo("No program in these documents states who may apply.")


def _exports(text: str | None) -> str | float | None:
    """An amount as a number; ``yes`` and ``no`` as they are."""
    try:
        return float(text.replace(",", "")) if text else None
    except ValueError:
        return text


@documents_app.callback()
def documents(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the documents, or remove some."""
    if context.invoked_subcommand is not None:
        # `annae documents --data-dir X remove ID` means the same folder.
        context.obj = data_dir
        return
    with _open(data_dir) as workspace:
        from assistant.contract import DocumentModel, DocumentsResponse

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
        _stop(f"--language {language}: it is ko or en.", _WRONG_USE)
    with _open(data_dir or context.obj) as workspace:
        from assistant.document_contract import DocumentHealthModel, HealthReportsResponse
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
    with _open(data_dir or context.obj) as workspace:
        from assistant.document_contract import VersionsResponse
        from assistant.index.health import HealthReporter

        ids = HealthReporter(workspace.store, workspace.settings.today()).find(name)
        if len(ids) > 1:
            _stop(f"{name} is the name of several documents: {', '.join(ids)}. Give one of these ids.", _WRONG_USE)
        listed = VersionsResponse.of(ids[0], workspace.store.document_versions(ids[0]))
    if as_json:
        typer.echo(listed.model_dump_json(indent=2))
        return
    for version in listed.versions:
        about = f"{version.pages} pages, replaced {version.replaced_at}, SHA-256 {version.digest[:12]}"
        typer.echo(f"{version.number}  {version.published or '-':10}  {version.title}  ({about})")


@conversations_app.callback()
def conversations(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the stored conversations by their first question, or remove some."""
    if context.invoked_subcommand is not None:
        context.obj = data_dir
        return
    with _open(data_dir) as workspace:
        stored = workspace.store.conversations()
    if as_json:
        listed = [{"conversation_id": key, "question": text} for key, text in stored]
        typer.echo(json.dumps({"conversations": listed}, ensure_ascii=False))
    for key, text in [] if as_json else stored:
        typer.echo(f"{key}  {text[:80]}")


@conversations_app.command("remove")
def remove_conversations(
    context: typer.Context,
    conversation_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Conversations, by id.")],
    data_dir: DataDir = None,
) -> None:
    """Delete conversations for good."""
    failed = False
    with _open(data_dir or context.obj) as workspace:
        from assistant.errors import NotFoundError

        for conversation_id in conversation_ids:
            try:
                workspace.store.delete_conversation(conversation_id)
            except NotFoundError as error:
                typer.echo(f"  failed: {error}", err=True)
                failed = True
            else:
                typer.echo(f"{conversation_id} removed")
    raise typer.Exit(_FAILED if failed else _DONE)


@documents_app.command("remove")
def remove(
    context: typer.Context,
    document_ids: Annotated[list[str], typer.Argument(help="Ids as `annae documents` lists them.")],
    data_dir: DataDir = None,
) -> None:
    """Remove documents and every trace of them: pages, chunks, index entries, the original."""
    failed = False
    with _open(data_dir or context.obj) as workspace, workspace.writing():
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
        raise typer.Exit(_FAILED if failed else _DONE)


@terms_app.command("check")
def check_terms_file(
    file: Annotated[Path | None, typer.Argument(help="A termbase CSV; the one in effect if not given.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Name every problem of a termbase, each with its line and what to do; exit code 1 if there is one."""
    with _errors_told():
        from assistant.text.term_check import check_terms, read_rows_file
        from assistant.text.termbase_file import rows_in_effect

        rows = read_rows_file(file) if file else rows_in_effect(_terms_path(data_dir))
        problems = check_terms(rows)
        for problem in problems:
            typer.echo(str(problem))
        typer.echo(f"{len(rows)} entries, {len(problems)} problems", err=True)
        raise typer.Exit(_FAILED if problems else _DONE)


@terms_app.command("export")
def export_terms(
    file: Annotated[Path, typer.Argument(help="The CSV to write; an existing one is replaced.")],
    data_dir: DataDir = None,
) -> None:
    """Write the termbase in effect as a CSV that a spreadsheet opens."""
    with _errors_told():
        from assistant.text.termbase_file import rows_in_effect, save_rows

        rows = rows_in_effect(_terms_path(data_dir))
        save_rows(file, rows)
        typer.echo(f"{len(rows)} entries written to {file}")


@terms_app.command("import")
def import_terms(
    file: Annotated[Path, typer.Argument(help="The CSV to take over, in UTF-8 or CP949.")], data_dir: DataDir = None
) -> None:
    """Replace the termbase in effect by FILE, if FILE has no problems; a running server follows within a second or two."""
    with _errors_told():
        from assistant.text.term_check import check_terms, read_rows_file
        from assistant.text.termbase_file import save_rows

        target = _terms_path(data_dir)
        rows = read_rows_file(file)
        _refuse_problems(check_terms(rows), f"{file}: nothing was imported")
        if not rows:
            _stop(f"{file}: it has no entries. Export the termbase in effect and edit that.", _FAILED)
        save_rows(target, rows)
        typer.echo(f"{len(rows)} entries in effect from {target}")


@terms_app.command("add")
def add_term(
    ko: Annotated[list[str], typer.Option("--ko", help="A Korean form; the preferred one first.")],
    en: Annotated[list[str], typer.Option("--en", help="An English form; the preferred one first.")],
    abbr: Annotated[list[str] | None, typer.Option("--abbr", help="An abbreviation.")] = None,
    kind: Annotated[str, typer.Option("--kind", help="What it is: body, program, fund, general ...")] = "general",
    official: Annotated[bool, typer.Option("--official", help="The English name is the body's own.")] = False,
    source: Annotated[str, typer.Option("--source", help="Where the official name is found.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Add an entry to the termbase in effect. --ko, --en and --abbr may be repeated, or hold forms separated by a bar."""
    with _errors_told():
        from assistant.text.term_check import TermRow, check_terms
        from assistant.text.termbase import split_forms
        from assistant.text.termbase_file import rows_in_effect, save_rows

        target = _terms_path(data_dir)
        rows = rows_in_effect(target)
        korean, english, abbreviations = (split_forms("|".join(forms)) for forms in (ko, en, abbr or []))
        status = "official" if official else "unofficial"
        line = max((row.line for row in rows), default=1) + 1
        new = TermRow(line, kind, korean, english, abbreviations, status, source.strip())
        # An older problem of the file is no reason to refuse a sound entry.
        older = set(check_terms(rows))
        problems = [problem for problem in check_terms([*rows, new]) if problem not in older]
        _refuse_problems(problems, "nothing was added")
        save_rows(target, [*rows, new])
        typer.echo(f"{korean[0]} = {english[0]} added; {len(rows) + 1} entries in effect from {target}")


@terms_app.command("candidates")
def list_candidates(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False, data_dir: DataDir = None
) -> None:
    """List names that the documents explain in parentheses and the termbase does not know, most frequent first."""
    with _open(data_dir) as workspace:
        from assistant.text.term_candidates import find_candidates

        store = workspace.store
        texts = (page.text for document in store.documents() for page, _ in store.pages(document.document_id))
        found = find_candidates(texts, workspace.termbase.current())
    if as_json:
        typer.echo(json.dumps([_candidate_json(candidate) for candidate in found], ensure_ascii=False, indent=2))
        return
    for candidate in found:
        known = f"  (part of the entry {candidate.known_as})" if candidate.known_as else ""
        typer.echo(f"{candidate.count:>4}  {' = '.join(candidate.forms)}{known}")
        typer.echo(f"      {candidate.example}")


def _candidate_json(candidate: TermCandidate) -> dict[str, str | int]:
    return {
        "ko": candidate.korean,
        "en": candidate.english,
        "abbr": candidate.abbreviation,
        "count": candidate.count,
        "example": candidate.example,
        "known_as": candidate.known_as,
    }


def _terms_path(data_dir: Path | None) -> Path:
    """Where the operator's termbase is, or would be; nothing is opened or made."""
    from assistant.settings import load_settings
    from assistant.text.termbase_file import TERMBASE_NAME

    return load_settings(data_dir=data_dir).data_dir / TERMBASE_NAME


def _refuse_problems(problems: list[TermProblem], outcome: str) -> None:
    if problems:
        for problem in problems:
            typer.echo(f"  {problem}", err=True)
        _stop(f"{outcome}; {len(problems)} problems, named above.", _FAILED)


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
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")] = 8000,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make a demo account for the desk and show its password on the demo page.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Serve the chat page, the desk and the HTTP interface until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, _terminate)
    with _open(data_dir) as workspace, workspace.writing():
        import uvicorn

        from assistant.api import create_app
        from assistant.desk.demo import ensure_demo_account
        from assistant.service import build_assistant

        listener = _listen(host, port)
        report = workspace.indexer.repair()
        if report.chunks or report.orphans:
            typer.echo(f"repaired the index: {report.chunks} chunks added, {report.orphans} removed", err=True)
        account = ensure_demo_account(workspace) if demo else None
        web = create_app(build_assistant(workspace), workspace, demo_account=account)
        # The first question should not wait for the models.
        workspace.retriever.retrieve("준비", 1)
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"listening on http://{shown}:{listener.getsockname()[1]} (Ctrl-C stops)", err=True)
        server = uvicorn.Server(uvicorn.Config(web, log_level="warning", timeout_graceful_shutdown=10))
        # When a signal has stopped the server in good order, it raises the signal again.
        with listener, suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


@app.command(
    "eval",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "allow_interspersed_args": False, "ignore_unknown_options": True},
)
def evaluate(context: typer.Context) -> None:
    """Measure the assistant on question sets: run, compare, gate (annae eval --help)."""
    try:
        suite = import_module("evals.cli")
    except ImportError as error:
        _stop(f"the evaluators' suite is not installed ({error.name} is missing). Run make install", _WRONG_USE, error)
    suite.main(context.args)


def _terminate(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(_DONE)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        _stop(f"cannot listen on {host}:{port} ({error.strerror}). Choose another --host or --port.", _FAILED, error)


if __name__ == "__main__":
    main()
