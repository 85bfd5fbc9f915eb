"""A running server with a desk over data of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from desk_driver import DeskClock, DeskService

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.index.embedder import Embedder
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

BUILT = Path(__file__).parents[3] / "assistant" / "static" / "desk.js"


@contextmanager
def serve_desk(
    settings: Settings,
    embedder: Embedder,
    make_accounts: Callable[[Desk], None],
    *,
    papers: Sequence[Path] = (),
    clock: DeskClock | None = None,
) -> Iterator[DeskService]:
    """Take ``papers`` in besides what the data folder has, and serve the desk on a free port until the end."""
    if not BUILT.is_file():
        pytest.skip("the desk is not built: run npm ci && npm run build in web/")
    clock = clock or DeskClock()
    with Workspace(settings, embedder) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest(list(papers), report) if papers else ():
            pass
        assert report.failures == []
        assistant = build_assistant(workspace)
        desk = Desk(assistant, workspace, clock)
        make_accounts(desk)
        app = create_app(assistant, workspace, desk)
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield DeskService(f"http://127.0.0.1:{port}", clock)
        finally:
            server.should_exit = True
            thread.join(10)
            desk.close()
