"""The ``annae`` command: what there is. The commands themselves are in ``assistant/commands``, a file a group."""

from __future__ import annotations

import typer

from assistant.commands import conversations, desk, documents, evaluate, intake, questions, records, serve, terms

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
for _command in (
    intake.ingest,
    intake.watch,
    questions.ask,
    questions.search,
    records.events,
    records.eligibility,
    records.records,
    intake.reindex,
    serve.serve,
):
    app.command()(_command)
# The suite reads its own arguments, --help among them.
app.command(
    "eval",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "allow_interspersed_args": False, "ignore_unknown_options": True},
)(evaluate.evaluate)
app.add_typer(documents.documents_app, name="documents")
app.add_typer(conversations.conversations_app, name="conversations")
app.add_typer(desk.desk_app, name="desk", help="Accounts of the officers' desk (--data-dir FOLDER).")
app.add_typer(
    terms.terms_app, name="terms", help="Check, edit and replace the Korean-English termbase (--data-dir FOLDER)."
)


def main() -> None:
    """Run the command: exit code 0 = done, 1 = some input failed, 2 = wrong use."""
    app(prog_name="annae")


if __name__ == "__main__":
    main()
