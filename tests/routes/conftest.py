"""A served workspace with papers of both languages, one of them hostile. Tests only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hashing_embedder import HashingEmbedder
from routes_parts import DOCUMENTS, FROM_CORPUS, HOSTILE_NAME, HOSTILE_TEXT
from starlette.testclient import TestClient

from assistant.api import create_app
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("papers")
    for name in FROM_CORPUS:
        (source / name).write_bytes((DOCUMENTS / name).read_bytes())
    # A slash cannot stand in a file's name, so the closing tag goes without.
    (source / HOSTILE_NAME.replace("/", "")).write_text(HOSTILE_TEXT, encoding="utf-8")
    return source


@pytest.fixture(scope="session")
def filled(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with Workspace(settings, HashingEmbedder()) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([folder], report):
            pass
        assert report.failures == []
        yield workspace


@pytest.fixture(scope="session")
def app(filled: Workspace) -> FastAPI:
    return create_app(build_assistant(filled), filled)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    # A server never shows a traceback; here it must not even have one.
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
