"""The desk in a real Chromium against the real server and the whole of ``corpus/``; skipped where there is no browser or no built desk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from corpus_data import CorpusData, SettingsOnADay
from desk_driver import NAMES, PASSWORD, DeskClock, DeskService, Officers, Sign

from assistant.api import create_app
from assistant.desk.contract.accounts import Role
from assistant.desk.desk import Desk
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "assistant" / "static" / "desk.js"
ROLES: tuple[Role, ...] = ("officer", "editor", "admin")
HOSTILE_PAPER = """<img src=x onerror="window.__xss='title'"> 반도체 보조금 안내

반도체 보조금은 <script>window.__xss='text'</script> <img src=x onerror="window.__xss='quote'"> 70%까지 지원합니다.
"""


@pytest.fixture(scope="session")
def desk_service(tmp_path_factory: pytest.TempPathFactory, corpus_data: CorpusData) -> Iterator[DeskService]:
    if not BUILT.is_file():
        pytest.skip("the desk is not built: run npm ci && npm run build in web/")
    papers = tmp_path_factory.mktemp("papers")
    (papers / "hostile.txt").write_text(HOSTILE_PAPER, encoding="utf-8")
    clock = DeskClock()
    # Parsing in this process: a pool of others takes longer to start than these papers to read.
    settings = SettingsOnADay(data_dir=corpus_data.copy_to(tmp_path_factory.mktemp("data")), parse_processes=0)
    with Workspace(settings, corpus_data.embedder) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([papers], report):
            pass
        assert report.failures == []
        assistant = build_assistant(workspace)
        desk = Desk(assistant, workspace, clock)
        for role in ROLES:
            desk.accounts.create("tests", role, NAMES[role], role, PASSWORD)
        app = create_app(assistant, workspace, desk)
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield DeskService(f"http://127.0.0.1:{port}", clock)
        server.should_exit = True
        thread.join(10)
        desk.close()


@pytest.fixture
def desk_officers(browser: Browser, desk_service: DeskService) -> Iterator[Officers]:
    """Signs officers in. At the end nothing may be in their consoles."""
    officers = Officers(browser, desk_service)
    yield officers
    for context in officers.contexts:
        context.close()
    assert [error for officer in officers.all for error in officer.errors] == []


@pytest.fixture
def sign(desk_officers: Officers) -> Sign:
    """Signs an officer in, in a browser of their own: ``sign("editor", "en")``."""
    return desk_officers
