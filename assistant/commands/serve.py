"""``annae serve``."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType
from typing import Annotated, NoReturn

import typer

from assistant.commands.options import DataDir
from assistant.commands.running import DONE, FAILED, open_workspace, stop

# The first reader should wait neither for the models nor for the tables: one question in each language, with a name in Latin letters,
# a sum, a date and a place, goes past what questions have loaded at their first.
_REHEARSED = (
    "PIS 펀드는 언제까지 어느 나라의 사업을 얼마까지 지원하나요?",
    "Until when does the PIS fund support companies, in which countries, and how much?",
)


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
    with open_workspace(data_dir) as workspace, workspace.writing():
        import uvicorn

        from assistant.api import create_app
        from assistant.desk.demo import ensure_demo_account
        from assistant.service import build_assistant
        from assistant.types import Question

        listener = _listen(host, port)
        report = workspace.indexer.repair()
        if report.chunks or report.orphans:
            typer.echo(f"repaired the index: {report.chunks} chunks added, {report.orphans} removed", err=True)
        account = ensure_demo_account(workspace) if demo else None
        assistant = build_assistant(workspace)
        web = create_app(assistant, workspace, demo_account=account)
        for text in _REHEARSED:
            assistant.rehearse(Question(text, workspace.settings.today()))
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"listening on http://{shown}:{listener.getsockname()[1]} (Ctrl-C stops)", err=True)
        server = uvicorn.Server(uvicorn.Config(web, log_level="warning", timeout_graceful_shutdown=10))
        # When a signal has stopped the server in good order, it raises the signal again.
        with listener, suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _terminate(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(DONE)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        stop(f"cannot listen on {host}:{port} ({error.strerror}). Choose another --host or --port.", FAILED, error)
