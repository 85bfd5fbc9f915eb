"""The demo's own account: it exists only in the data folder of a demo."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from assistant.desk.accounts import Accounts
from assistant.desk.audit import SYSTEM, AuditLog
from assistant.desk.database import DeskDatabase
from assistant.desk.passwords import Passwords
from assistant.workspace import Workspace

_NAME = "demo"
# One word that stands well in the sentences of both languages.
_DISPLAY_NAME = "Demo"
_FILE = "demo-account.json"


def ensure_demo_account(workspace: Workspace) -> tuple[str, str]:
    """The demo account's name and password; makes the account, with the role of an editor, if it is not there.

    The password is random, differs from folder to folder, and is kept beside the data in a file that only its owner may read,
    since the demo page shows it. To be called only where a demo is asked for.
    """
    settings = workspace.settings
    path = settings.data_dir / _FILE
    database = DeskDatabase(settings.store_url)
    try:
        accounts = Accounts(database, AuditLog(database, settings.now), Passwords(), settings.now)
        account = accounts.named(_NAME)
        password = _kept(path)
        if account is None:
            password = _keep(path)
            accounts.create(SYSTEM, _NAME, _DISPLAY_NAME, "editor", password)
        elif password is None:
            password = _keep(path)
            accounts.change(SYSTEM, account.account_id, password=password, active=True)
        return _NAME, password
    finally:
        database.close()


def _kept(path: Path) -> str | None:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path) -> str:
    password = f"demo-{secrets.token_urlsafe(9)}"
    path.unlink(missing_ok=True)
    # Made with its final rights: at no moment can others read it.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"name": _NAME, "password": password}, file)
    return password
