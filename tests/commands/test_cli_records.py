"""``annae records``: counting, and reading stored documents anew with a model, stopped by Ctrl-C and gone on with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from scripted_model_server import Reply, ScriptedModelServer

from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.workspace import Workspace

NO_RECORDS = json.dumps({"records": []})
PAPER = (
    "# Meeting {n}\n\n## The day\n\n"
    "Meeting {n} comes to Saebit Hall on April {n}, 2027; register by March {n}, 2027. KRW {n} million are set aside.\n"
)


@pytest.fixture
def server() -> Iterator[ScriptedModelServer]:
    with ScriptedModelServer() as running:
        yield running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with four papers, taken in without a model."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(1, 5):
        (papers / f"paper{number}.md").write_text(PAPER.format(n=number), encoding="utf-8")
    folder = tmp_path / "data"
    with Workspace(Settings(data_dir=folder, parse_processes=0), HashingEmbedder()) as workspace:
        list(workspace.pipeline.ingest([papers], IngestReport()))
    return folder


def command(data: Path, server: ScriptedModelServer | None, *options: str) -> subprocess.Popen[str]:
    model = {"ANNAE_LLM_MODEL": "scripted", "ANNAE_LLM_MAX_RETRIES": "0", "ANNAE_LLM_API_KEY": "sk-x"}
    if server is not None:
        model["ANNAE_LLM_BASE_URL"] = server.base_url
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "records", *options, "--data-dir", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(model if server is not None else {})},
    )


def test_records_are_counted_and_what_the_model_has_not_seen_is_named(data: Path, server: ScriptedModelServer) -> None:
    told, _ = command(data, None).communicate()
    assert "events" in told
    assert "--refresh" not in told
    told, _ = command(data, server).communicate()
    assert "documents that scripted was not asked about yet: 4. Run annae records --refresh" in told


def test_ctrl_c_loses_nothing_and_the_next_run_goes_on(data: Path, server: ScriptedModelServer) -> None:
    server.script(NO_RECORDS, Reply(NO_RECORDS, delay_seconds=30))
    running = command(data, server, "--refresh")
    assert running.stderr is not None
    first = running.stderr.readline()
    assert first.startswith("[1/4] paper1.md: ")
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in told
    server.script(NO_RECORDS)
    again = command(data, server, "--refresh")
    said, told = again.communicate()
    assert again.returncode == 0
    assert [line.split(":")[0] for line in told.splitlines()] == [f"[{n}/3] paper{n + 1}.md" for n in (1, 2, 3)]
    assert said.startswith("documents read: 3")


def test_a_model_that_is_down_is_left_after_three_documents(data: Path, server: ScriptedModelServer) -> None:
    server.script(Reply(status=401))
    running = command(data, server, "--refresh")
    _, told = running.communicate()
    assert running.returncode == 1
    assert "[3/4]" in told
    assert "[4/4]" not in told
    assert "Check its settings" in told
    assert "sk-x" not in told


def test_all_without_refresh_is_wrong_use(data: Path) -> None:
    running = command(data, None, "--all")
    _, told = running.communicate()
    assert running.returncode == 2
    assert "--refresh" in told
