"""``annae conversations``: the stored ones, and their removal."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.commands.options import AsJson, DataDir
from assistant.commands.running import DONE, FAILED, open_workspace

conversations_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@conversations_app.callback()
def conversations(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the stored conversations by their first question, or remove some."""
    if context.invoked_subcommand is not None:
        context.obj = data_dir
        return
    with open_workspace(data_dir) as workspace:
        stored = workspace.store.conversations.first_questions()
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
    with open_workspace(data_dir or context.obj) as workspace:
        from assistant.errors import NotFoundError

        for conversation_id in conversation_ids:
            try:
                workspace.store.conversations.delete(conversation_id)
            except NotFoundError as error:
                typer.echo(f"  failed: {error}", err=True)
                failed = True
            else:
                typer.echo(f"{conversation_id} removed")
    raise typer.Exit(FAILED if failed else DONE)
