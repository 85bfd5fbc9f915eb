"""A desk over real parts and a few papers of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_parts import DOCUMENTS, FROM_CORPUS, GUIDE, PASSWORD, ROLES, Clock, Signed, take_in
from fastapi import FastAPI
from hashing_embedder import HashingEmbedder
from starlette.testclient import TestClient

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name in FROM_CORPUS:
        (folder / name).write_bytes((DOCUMENTS / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def filled(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    # Parsing in this process: a pool of others takes longer to start than these papers to read.
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), parse_processes=0)
    with Workspace(settings, HashingEmbedder()) as workspace:
        take_in(workspace, papers)
        yield workspace


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def desk(filled: Workspace, clock: Clock) -> Iterator[Desk]:
    built = Desk(build_assistant(filled), filled, clock, clock.today)
    for role in ROLES:
        built.accounts.create("tests", role, role.title(), role, PASSWORD)
    yield built
    built.close()


@pytest.fixture(scope="module")
def app(desk: Desk, filled: Workspace) -> FastAPI:
    return create_app(build_assistant(filled), filled, desk)


@pytest.fixture(scope="module")
def visitor(app: FastAPI) -> TestClient:
    """Somebody who is not signed in."""
    return TestClient(app)


@pytest.fixture
def signed(app: FastAPI) -> Callable[[str], Signed]:
    """Signs an account in and gives its client."""

    def sign_in(name: str) -> Signed:
        client = Signed(app)
        assert client.sign_in(name).status_code == 200
        return client

    return sign_in


@pytest.fixture
def officer(signed: Callable[[str], Signed]) -> Signed:
    return signed("officer")


@pytest.fixture
def editor(signed: Callable[[str], Signed]) -> Signed:
    return signed("editor")


@pytest.fixture
def admin(signed: Callable[[str], Signed]) -> Signed:
    return signed("admin")


# --- A desk of its own over one paper, which a test may change ---


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "papers" / "guide.md"
    file.parent.mkdir()
    file.write_text(GUIDE.format(share=80), encoding="utf-8")
    return file


@pytest.fixture
def small(tmp_path: Path, paper: Path) -> Iterator[Workspace]:
    with Workspace(Settings(data_dir=tmp_path / "data", parse_processes=0), HashingEmbedder()) as workspace:
        take_in(workspace, paper.parent)
        yield workspace


@pytest.fixture
def turned() -> Clock:
    return Clock()


@pytest.fixture
def officers(small: Workspace, turned: Clock) -> Iterator[Desk]:
    built = Desk(build_assistant(small), small, turned, turned.today)
    built.accounts.create("tests", "editor", "Editor", "editor", PASSWORD)
    yield built
    built.close()


@pytest.fixture
def client(small: Workspace, officers: Desk) -> Signed:
    signed = Signed(create_app(build_assistant(small), small, officers))
    signed.sign_in("editor")
    return signed
