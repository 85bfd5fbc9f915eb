"""The ``annae`` command: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from assistant.api import create_app
from assistant.cli import app
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

QUESTION = "물순환 특별계정의 지원 한도는 얼마인가요?"
ANNAE = [sys.executable, "-c", "from assistant.cli import main; main()"]


def annae(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, korean_outline: str, english_outline: str) -> Path:
    """A data folder that the command itself has filled, with the embedder that users get."""
    papers = tmp_path_factory.mktemp("papers")
    (papers / "계획.txt").write_text(korean_outline, encoding="utf-8")
    (papers / "release.txt").write_text(english_outline, encoding="utf-8")
    folder = tmp_path_factory.mktemp("data")
    result = annae("ingest", papers, "--data-dir", folder)
    assert result.exit_code == 0, result.output
    assert "2 added, 0 replaced, 0 unchanged, 0 failed" in result.stdout
    assert "[1/2] release.txt" in result.stderr or "[1/2] 계획.txt" in result.stderr
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    with Workspace(Settings(data_dir=data)) as workspace:
        yield TestClient(create_app(build_assistant(workspace), workspace))


# --- Help ---


def test_help_loads_nothing_heavy() -> None:
    heavy = ("chromadb", "fastapi", "kiwipiepy", "numpy", "pydantic", "rich", "sqlalchemy", "tantivy", "torch")
    code = (
        "import sys\nfrom assistant.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit as stop:\n    assert stop.code == 0\n"
        f"loaded = sorted(set({heavy!r}) & set(sys.modules))\nassert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "annae ingest FOLDER" in done.stdout


@pytest.mark.parametrize("command", ["ingest", "watch", "ask", "search", "documents", "reindex", "serve"])
def test_every_command_explains_itself(command: str) -> None:
    assert command in annae("--help").stdout
    shown = annae(command, "--help")
    assert shown.exit_code == 0
    assert "--data-dir" in shown.stdout


# --- Wrong use ---


@pytest.mark.parametrize(
    "arguments",
    [
        ["asks", "x"],
        ["ask"],
        ["ingest"],
        ["ask", "x", "--as-of", "tomorrow"],
        ["ask", "x", "--as-of", "2026-02-30"],
        ["ask", " "],
        ["ask", "가" * 2001],
        ["search", ""],
        ["search", "x", "--top-k", "0"],
        ["search", "x", "--top-k", "101"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_use_ends_with_2_and_says_why(arguments: list[str], tmp_path: Path) -> None:
    data_dir = [] if arguments[0] == "asks" else ["--data-dir", str(tmp_path)]
    result = annae(*arguments, *data_dir)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read"),
        ("{", "not JSON"),
        ("3", "valid list"),
        ('[{"role": "system", "content": "x"}]', "history.0.role"),
        ('[{"role": "user"}]', "history.0.content"),
    ],
)
def test_a_history_file_that_is_wrong_is_named_with_the_reason(tmp_path: Path, content: str | None, told: str) -> None:
    history = tmp_path / "turns.json"
    if content is not None:
        history.write_text(content, encoding="utf-8")
    result = annae("ask", "x", "--history", history, "--data-dir", tmp_path / "data")
    assert result.exit_code == 2
    assert str(history) in result.stderr
    assert told in result.stderr


def test_an_unknown_setting_is_wrong_use_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_TOP_K", "5")
    result = annae("documents", "--data-dir", tmp_path)
    assert result.exit_code == 2
    assert "ANNAE_TOP_K" in result.stderr


# --- What is printed ---


def test_json_is_exactly_the_http_object(data: Path, client: TestClient) -> None:
    printed = annae("documents", "--json", "--data-dir", data)
    assert json.loads(printed.stdout) == client.get("/api/documents").json()
    printed = annae("search", "특별계정", "--top-k", "3", "--json", "--data-dir", data)
    assert json.loads(printed.stdout) == client.post("/api/search", json={"query": "특별계정", "top_k": 3}).json()
    printed = annae("ask", QUESTION, "--as-of", "2025-03-01", "--json", "--data-dir", data)
    answer = json.loads(printed.stdout)
    served = client.post("/api/chat", json={"question": QUESTION, "as_of": "2025-03-01"}).json()
    own = {"answer_id", "conversation_id"}
    assert list(answer) == list(served)
    assert {k: v for k, v in answer.items() if k not in own} == {k: v for k, v in served.items() if k not in own}
    assert answer["as_of"] == "2025-03-01"


@pytest.mark.parametrize("question", [QUESTION, "Where will the ministry open help desks?"])
def test_an_answer_is_printed_with_its_quotations(data: Path, question: str) -> None:
    result = annae("ask", question, "--data-dir", data)
    assert result.exit_code == 0
    assert "[1]" in result.stdout
    assert "“" in result.stdout


def test_earlier_turns_come_from_a_file(data: Path, tmp_path: Path) -> None:
    history = tmp_path / "turns.json"
    history.write_text(json.dumps([{"role": "user", "content": QUESTION}], ensure_ascii=False), encoding="utf-8")
    assert annae("ask", "한도는요?", "--history", history, "--json", "--data-dir", data).exit_code == 0


def test_search_explains_itself_when_asked(data: Path) -> None:
    plain = annae("search", "특별계정", "--data-dir", data).stdout
    explained = annae("search", "특별계정", "--explain", "--data-dir", data).stdout
    assert "ranks" not in plain
    assert "ranks" in explained
    assert re.search(r"^lexicon \d+\+[0-9a-f]{8}, embedder \S+$", explained, re.MULTILINE)


# --- Taking in, removing, rebuilding ---


def test_a_file_that_fails_is_named_and_the_others_go_in(tmp_path: Path, korean_outline: str) -> None:
    (tmp_path / "good.txt").write_text(korean_outline, encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing more")
    data = tmp_path / "data"
    result = annae("ingest", tmp_path / "good.txt", tmp_path / "bad.pdf", tmp_path / "gone.txt", "--data-dir", data)
    assert result.exit_code == 1
    assert "1 added" in result.stdout
    assert "bad.pdf" in result.stderr
    assert "gone.txt" in result.stderr
    again = annae("ingest", tmp_path / "good.txt", "--data-dir", data)
    assert again.exit_code == 0
    assert "1 unchanged" in again.stdout
    assert "0 chunks written" in again.stdout

    rebuilt = annae("reindex", "--data-dir", data)
    assert rebuilt.exit_code == 0
    assert re.search(r"[1-9]\d* chunks indexed", rebuilt.stdout)

    document_id = annae("documents", "--data-dir", data).stdout.split()[0]
    removed = annae("documents", "remove", document_id, "unknown", "--data-dir", data)
    assert removed.exit_code == 1
    assert f"{document_id} removed" in removed.stdout
    assert "unknown" in removed.stderr
    assert annae("documents", "--data-dir", data).stdout == ""
    assert annae("documents", "--data-dir", data, "remove", document_id).exit_code == 1


def test_a_busy_data_folder_is_told_apart(tmp_path: Path, korean_outline: str) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(korean_outline, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path / "data")) as workspace, workspace.writing():
        code = f"import sys; sys.argv[1:] = ['ingest', {str(paper)!r}, '--data-dir', {str(tmp_path / 'data')!r}]\n"
        done = subprocess.run(
            [sys.executable, "-c", code + "from assistant.cli import main; main()"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "another annae process is writing" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unchanged_folder_is_recognised_before_anything_heavy_is_imported(
    tmp_path: Path, korean_outline: str
) -> None:
    paper = tmp_path / "papers" / "paper.txt"
    paper.parent.mkdir()
    paper.write_text(korean_outline, encoding="utf-8")
    arguments = ["ingest", str(paper.parent), "--data-dir", str(tmp_path / "data")]
    assert "1 added" in annae(*arguments).stdout
    heavy = ("chromadb", "kiwipiepy", "numpy", "sqlalchemy", "tantivy", "yaml")
    code = (
        f"import sys; sys.argv[1:] = {arguments}\nfrom assistant.cli import main\n"
        f"try: main()\nfinally: print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0 added, 0 replaced, 1 unchanged, 0 failed; 0 chunks written", "[]"]
    paper.write_text(korean_outline.replace("85%", "90%"), encoding="utf-8")
    assert "0 added, 1 replaced, 0 unchanged" in annae(*arguments).stdout


def test_what_failed_is_told_every_time(tmp_path: Path, korean_outline: str) -> None:
    (tmp_path / "good.txt").write_text(korean_outline, encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 damaged")
    for _ in range(2):
        result = annae("ingest", tmp_path / "good.txt", tmp_path / "bad.pdf", "--data-dir", tmp_path / "data")
        assert result.exit_code == 1
        assert "bad.pdf" in result.stderr


# --- Signals and terminals, with real processes ---


def test_on_a_terminal_there_is_a_bar(tmp_path: Path, korean_outline: str) -> None:
    (tmp_path / "paper.txt").write_text(korean_outline, encoding="utf-8")
    master, slave = pty.openpty()
    arguments = ["ingest", str(tmp_path / "paper.txt"), "--data-dir", str(tmp_path / "data")]
    with subprocess.Popen([*ANNAE, *arguments], stdout=subprocess.PIPE, stderr=slave) as process:
        os.close(slave)
        shown = b""
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
        assert process.wait(120) == 0
    os.close(master)
    assert b"chunks/s" in shown
    assert b"[1/1]" not in shown


def test_ctrl_c_stops_with_a_word_and_keeps_what_is_acknowledged(tmp_path: Path, korean_outline: str) -> None:
    for number in range(400):
        (tmp_path / f"{number:03}.txt").write_text(f"{korean_outline}\n{number}", encoding="utf-8")
    arguments = ["ingest", str(tmp_path), "--data-dir", str(tmp_path / ".data")]
    with subprocess.Popen([*ANNAE, *arguments], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = next(line for line in process.stderr if line.startswith("[3/"))
        process.send_signal(signal.SIGINT)
        told += process.stderr.read()
        assert process.wait(120) == 130
    assert "stopped; everything acknowledged so far is kept" in told
    assert "Traceback" not in told
    with Workspace(Settings(data_dir=tmp_path / ".data")) as workspace:
        assert len(workspace.store.documents()) >= 3


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_until_it_is_told_to_stop(data: Path, stop: signal.Signals) -> None:
    arguments = ["serve", "--port", "0", "--data-dir", str(data)]
    with subprocess.Popen([*ANNAE, *arguments], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "listening on" in line)
        address = re.search(r"http://\S+", line)
        assert address is not None
        with urllib.request.urlopen(f"{address.group()}/readyz", timeout=20) as response:
            assert json.load(response)["status"] == "ready"
        started = time.monotonic()
        process.send_signal(stop)
        assert process.wait(30) == 0
        assert time.monotonic() - started < 12
        assert "Traceback" not in process.stderr.read()


def test_a_port_in_use_is_told(data: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = annae("serve", "--port", str(port), "--data-dir", data)
    assert result.exit_code == 1
    assert str(port) in result.stderr
