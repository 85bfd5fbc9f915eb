"""The desk in a real Chromium against the real server and the whole of ``corpus/``; skipped where there is no browser or no built desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from corpus_data import CorpusData, SettingsOnADay
from desk_driver import NAMES, PASSWORD, DeskService, Officers, Sign
from desk_server import serve_desk

from assistant.desk.contract.accounts import Role
from assistant.desk.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROLES: tuple[Role, ...] = ("officer", "editor", "admin")
HOSTILE_PAPER = """<img src=x onerror="window.__xss='title'"> 반도체 보조금 안내

반도체 보조금은 <script>window.__xss='text'</script> <img src=x onerror="window.__xss='quote'"> 70%까지 지원합니다.
"""


@pytest.fixture(scope="session")
def desk_service(tmp_path_factory: pytest.TempPathFactory, corpus_data: CorpusData) -> Iterator[DeskService]:
    papers = tmp_path_factory.mktemp("papers")
    (papers / "hostile.txt").write_text(HOSTILE_PAPER, encoding="utf-8")
    # Parsing in this process: a pool of others takes longer to start than these papers to read.
    settings = SettingsOnADay(data_dir=corpus_data.copy_to(tmp_path_factory.mktemp("data")), parse_processes=0)
    with serve_desk(settings, corpus_data.embedder, make_accounts, papers=[papers]) as service:
        yield service


def make_accounts(desk: Desk) -> None:
    for role in ROLES:
        desk.accounts.create("tests", role, NAMES[role], role, PASSWORD)


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
