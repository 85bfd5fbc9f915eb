"""``annae events``, ``annae eligibility`` and ``annae records``: what the records say, and reading them anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import AsJson, AsOf, DataDir
from assistant.commands.running import FAILED, WRONG_USE, open_workspace, reason, stop

if TYPE_CHECKING:
    from assistant.contract.records import RecordModel
    from assistant.workspace import Workspace

# A model that fails so often in a row will not answer the next time either.
_MAX_FAILURES = 3


def events(
    as_json: AsJson = False,
    as_of: AsOf = None,
    show_all: Annotated[bool, typer.Option("--all", help="Also list past, cancelled and planned events.")] = False,
    data_dir: DataDir = None,
) -> None:
    """List the events that are still ahead, soonest first, each with its source."""
    with open_workspace(data_dir) as workspace:
        from assistant.contract.records import RecordsResponse
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
    as_of: AsOf = None,
    data_dir: DataDir = None,
) -> None:
    """Say of each program whether a company of this profile may apply, condition by condition."""
    with open_workspace(data_dir) as workspace:
        from pydantic import ValidationError

        from assistant.contract.eligibility import EligibilityRequest, EligibilityResponse

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
            stop(reason(error), WRONG_USE, error)
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


def records(
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh", help="Read the records of stored documents anew, with the language model if one is set."
        ),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="With --refresh: also of documents that the model was asked about already.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Count the records, or read them anew: what a language model set later, or newer rules, see in documents that are stored.

    A document is read whole or not at all, so Ctrl-C loses nothing, and the next --refresh goes on where this one stopped.
    Officers' corrections stay.
    """
    if everything and not refresh:
        stop("--all belongs to --refresh", WRONG_USE)
    with open_workspace(data_dir) as workspace:
        if refresh:
            with workspace.writing():
                _refresh(workspace, everything=everything)
            return
        typer.echo(_counted(workspace))
        refresher = workspace.record_refresher
        if refresher.model is not None and (waiting := len(refresher.waiting())):
            typer.echo(
                f"documents that {refresher.model} was not asked about yet: {waiting}. Run annae records --refresh"
            )


def _refresh(workspace: Workspace, *, everything: bool) -> None:
    read = added = failed = failed_in_a_row = 0
    for step in workspace.record_refresher.refresh(everything=everything):
        typer.echo(
            f"[{step.done}/{step.total}] {step.name}: {step.problem or f'{step.records} records, {step.added} new'}",
            err=True,
        )
        if step.problem is None:
            read, added, failed_in_a_row = read + 1, added + step.added, 0
            continue
        failed, failed_in_a_row = failed + 1, failed_in_a_row + 1
        if failed_in_a_row == _MAX_FAILURES:
            stop(
                f"the language model failed {failed_in_a_row} times in a row. "
                "Check its settings (ANNAE_LLM_…) and run annae records --refresh again; it goes on from here",
                FAILED,
            )
    typer.echo(f"documents read: {read}, new records: {added}; {_counted(workspace)}")
    if failed:
        stop(f"documents that kept the records they had: {failed}. Run annae records --refresh again for them", FAILED)


def _counted(workspace: Workspace) -> str:
    """``5 events, 1 program, 0 tenders, 12 tasks``."""
    counts = Counter(record.type.value for record in workspace.store.records())
    return ", ".join(
        f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}" for name in ("event", "program", "tender", "task")
    )


def _exports(text: str | None) -> str | float | None:
    """An amount as a number; ``yes`` and ``no`` as they are."""
    try:
        return float(text.replace(",", "")) if text else None
    except ValueError:
        return text
