"""``annae terms``: the Korean-English termbase checked, edited and replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import DataDir
from assistant.commands.running import DONE, FAILED, errors_told, open_workspace, stop

if TYPE_CHECKING:
    from assistant.text.term_candidates import TermCandidate
    from assistant.text.term_check import TermProblem

terms_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@terms_app.command("check")
def check_terms_file(
    file: Annotated[Path | None, typer.Argument(help="A termbase CSV; the one in effect if not given.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Name every problem of a termbase, each with its line and what to do; exit code 1 if there is one."""
    with errors_told():
        from assistant.text.term_check import check_terms, read_rows_file
        from assistant.text.termbase_file import rows_in_effect

        rows = read_rows_file(file) if file else rows_in_effect(_terms_path(data_dir))
        problems = check_terms(rows)
        for problem in problems:
            typer.echo(str(problem))
        typer.echo(f"{len(rows)} entries, {len(problems)} problems", err=True)
        raise typer.Exit(FAILED if problems else DONE)


@terms_app.command("export")
def export_terms(
    file: Annotated[Path, typer.Argument(help="The CSV to write; an existing one is replaced.")],
    data_dir: DataDir = None,
) -> None:
    """Write the termbase in effect as a CSV that a spreadsheet opens."""
    with errors_told():
        from assistant.text.termbase_file import rows_in_effect, save_rows

        rows = rows_in_effect(_terms_path(data_dir))
        save_rows(file, rows)
        typer.echo(f"{len(rows)} entries written to {file}")


@terms_app.command("import")
def import_terms(
    file: Annotated[Path, typer.Argument(help="The CSV to take over, in UTF-8 or CP949.")], data_dir: DataDir = None
) -> None:
    """Replace the termbase in effect by FILE, if FILE has no problems; a running server follows within a second or two."""
    with errors_told():
        from assistant.text.term_check import check_terms, read_rows_file
        from assistant.text.termbase_file import save_rows

        target = _terms_path(data_dir)
        rows = read_rows_file(file)
        _refuse_problems(check_terms(rows), f"{file}: nothing was imported")
        if not rows:
            stop(f"{file}: it has no entries. Export the termbase in effect and edit that.", FAILED)
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
    with errors_told():
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
    with open_workspace(data_dir) as workspace:
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
        stop(f"{outcome}; {len(problems)} problems, named above.", FAILED)
