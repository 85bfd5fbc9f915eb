"""Folders that change while they are watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE

from assistant.ingest.pipeline import IngestReport
from assistant.ingest.watching import FolderWatcher
from assistant.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "ko.txt").write_text(KOREAN_OUTLINE, encoding="utf-8")
    (folder / "en.txt").write_text(ENGLISH_OUTLINE, encoding="utf-8")
    return folder


def _watcher(workspace: Workspace, *paths: Path) -> FolderWatcher:
    return FolderWatcher(paths, workspace.store, workspace.pipeline, workspace.indexer)


def _sources(workspace: Workspace) -> list[str]:
    return [document.source for document in workspace.store.documents()]


def test_at_first_everything_goes_in(workspace: Workspace, folder: Path) -> None:
    report = _watcher(workspace, folder).update(None)
    assert sorted(report.added) == ["2026/ko.txt", "en.txt"]
    assert workspace.lexical.count() == workspace.store.chunk_count() > 0


def test_only_what_changed_is_looked_at_again(workspace: Workspace, folder: Path) -> None:
    watcher = _watcher(workspace, folder)
    watcher.update(None)
    changed = folder / "2026" / "ko.txt"
    changed.write_text(KOREAN_OUTLINE.replace("85%", "95%"), encoding="utf-8")
    (folder / "new.md").write_text("# 새 공고\n\n접수 중입니다.", encoding="utf-8")
    report = watcher.update({changed, folder / "new.md"})
    assert (report.replaced, report.added, report.unchanged, report.removed) == (["2026/ko.txt"], ["new.md"], [], [])


def test_a_file_that_is_gone_is_taken_out(workspace: Workspace, folder: Path) -> None:
    watcher = _watcher(workspace, folder)
    watcher.update(None)
    (folder / "en.txt").unlink()
    report = watcher.update({folder / "en.txt"})
    assert report == IngestReport(removed=["en.txt"])
    assert _sources(workspace) == ["ko.txt"]
    assert workspace.lexical.ids() == workspace.vectors.ids() == workspace.store.chunk_ids()
    assert workspace.store.index_progress.tombstones() == []


def test_an_archive_that_is_gone_takes_its_parts_with_it(workspace: Workspace, folder: Path) -> None:
    with zipfile.ZipFile(folder / "notices.zip", "w") as archive:
        archive.writestr("a.txt", KOREAN_OUTLINE)
        archive.writestr("b.txt", ENGLISH_OUTLINE)
    watcher = _watcher(workspace, folder)
    watcher.update(None)
    (folder / "notices.zip").unlink()
    report = watcher.update({folder / "notices.zip"})
    assert {"notices.zip/a.txt", "notices.zip/b.txt"} <= set(report.removed)
    assert _sources(workspace) == ["en.txt", "ko.txt"]


def test_documents_from_elsewhere_are_left_alone(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("다른 곳의 안내", encoding="utf-8")
    for _ in workspace.pipeline.ingest([other, folder], IngestReport()):
        pass
    other.unlink()
    assert _watcher(workspace, folder).update(None).removed == []
    # Taken in from the folder above, it has another name: watching the inner folder takes nothing of it out.
    assert _watcher(workspace, folder / "2026").update(None).removed == []
    assert "other.txt" in _sources(workspace)


def test_a_folder_that_vanishes_empties_nothing(workspace: Workspace, folder: Path) -> None:
    watcher = _watcher(workspace, folder)
    watcher.update(None)
    folder.rename(folder.with_name("unplugged"))
    assert watcher.update({folder}).removed == []
    assert len(_sources(workspace)) == 2


def test_a_failure_goes_with_its_file(workspace: Workspace, folder: Path) -> None:
    broken = folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot really")
    watcher = _watcher(workspace, folder)
    watcher.update(None)
    assert [entry.name for entry in workspace.store.files.all() if entry.failure] == ["broken.pdf"]
    broken.unlink()
    watcher.update({broken})
    assert [entry.name for entry in workspace.store.files.all() if entry.failure] == []


@pytest.fixture
def watching(folder: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", "from assistant.cli import main; main()"]
    with subprocess.Popen(
        [*command, "watch", str(folder), "--data-dir", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        guard = threading.Timer(240, process.kill)
        guard.start()
        yield process
        guard.cancel()
        process.kill()


def test_the_command_follows_a_folder_and_ends_cleanly(folder: Path, watching: subprocess.Popen[str]) -> None:
    assert watching.stdout is not None
    first = {watching.stdout.readline().rstrip() for _ in range(2)}
    assert first == {"added: 2026/ko.txt", "added: en.txt"}
    (folder / "new.txt").write_text("새로 온 공고", encoding="utf-8")
    assert watching.stdout.readline().rstrip() == "added: new.txt"
    (folder / "new.txt").unlink()
    assert watching.stdout.readline().rstrip() == "removed: new.txt"
    watching.send_signal(signal.SIGINT)
    assert watching.wait(60) == 0
