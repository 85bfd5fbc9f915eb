"""``annae desk``: accounts from the command line, the first admin above all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.options import DataDir
from assistant.commands.running import FAILED, WRONG_USE, errors_told, stop

if TYPE_CHECKING:
    from assistant.desk.accounts import Accounts

_MIN_PASSWORD_CHARS, _MAX_PASSWORD_CHARS = 10, 200
_ACTOR = "command line"


desk_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@contextmanager
def _accounts(data_dir: Path | None) -> Iterator[Accounts]:
    """The accounts of a data folder; a running server does not mind."""
    with errors_told():
        from assistant.desk.accounts import Accounts
        from assistant.desk.audit import AuditLog
        from assistant.desk.database import DeskDatabase
        from assistant.desk.passwords import Passwords
        from assistant.settings import load_settings

        settings = load_settings(data_dir=data_dir)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = DeskDatabase(settings.store_url)
        try:
            yield Accounts(database, AuditLog(database, settings.now), Passwords(), settings.now)
        finally:
            database.close()


@desk_app.command("create-admin")
def create_admin(
    name: Annotated[str, typer.Argument(help="What the person signs in with; an e-mail address for OIDC.")],
    display_name: Annotated[str | None, typer.Option("--display-name", help="How colleagues see the person.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Make an account that may do everything, also make other accounts. Asks for its password twice."""
    # Names and passwords are held to what the desk's own form takes.
    if not _is_name(name):
        stop(
            f"{name}: not a name. Use 2 to 64 letters, digits and . _ @ -, beginning with a letter or digit", WRONG_USE
        )
    password = _password(from_stdin=password_stdin)
    with _accounts(data_dir) as accounts:
        accounts.create(_ACTOR, name, display_name or name, "admin", password)
    typer.echo(f"{name.lower()} may sign in at /desk · {name.lower()} 계정으로 /desk에서 로그인할 수 있습니다")


@desk_app.command("list")
def list_accounts(data_dir: DataDir = None) -> None:
    """List the accounts: name, role, whether active, last sign-in."""
    with _accounts(data_dir) as accounts:
        for account in accounts.all():
            state = "active" if account.active else "disabled"
            last = f"{account.last_sign_in:%Y-%m-%d %H:%M} UTC" if account.last_sign_in else "-"
            typer.echo(f"{account.name:24}  {account.role:7}  {state:8}  {last}  {account.display_name}")


@desk_app.command("disable")
def disable(
    name: Annotated[str, typer.Argument(help="The account's name.")],
    data_dir: DataDir = None,
) -> None:
    """Switch an account off and end its sessions; an admin can switch it on again."""
    with _accounts(data_dir) as accounts:
        account = accounts.named(name)
        if account is None:
            stop(f"{name}: no such account. annae desk list shows those there are", FAILED)
        accounts.change(_ACTOR, account.account_id, active=False)
        typer.echo(f"{account.name} disabled")


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,63}", name) is not None


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt("Password (ten characters or more) · 비밀번호(10자 이상)", hide_input=True)
        if typer.prompt("Once more · 한 번 더", hide_input=True) != password:
            stop("the two passwords differ. Nothing was made", WRONG_USE)
    if not _MIN_PASSWORD_CHARS <= len(password) <= _MAX_PASSWORD_CHARS:
        stop(f"the password must have {_MIN_PASSWORD_CHARS} to {_MAX_PASSWORD_CHARS} characters", WRONG_USE)
    return str(password)
