"""Real kills: a process that takes files in is ended with SIGKILL at seeded moments."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder

from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.types import Chunk, Page
from assistant.workspace import Workspace

_FILES = 40
_TESTS = Path(__file__).parents[1]
_Contents = dict[str, tuple[list[Page], list[Chunk]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty small papers, Korean and English."""
    folder = tmp_path_factory.mktemp("papers")
    for number in range(_FILES):
        if number % 2:
            parts = [f"Notice {number}"] + [
                f"Desk {number} pays up to {share}% of the costs of bid {share}." for share in range(10, 90, 8)
            ]
        else:
            parts = [f"Ⅰ. 공고 {number}호"] + [
                f"□ 제{number}차 사업은 비용의 {share}%까지 지원\n\n   * {share}쪽 참고" for share in range(10, 90, 8)
            ]
        (folder / f"notice-{number:02}.txt").write_text("\n\n".join(parts), encoding="utf-8")
    return folder


def _contents(workspace: Workspace) -> _Contents:
    store = workspace.store
    return {
        document.source: (
            [page for page, _ in store.pages(document.document_id)],
            store.document_chunks(document.document_id),
        )
        for document in store.documents()
    }


def _ingest(workspace: Workspace, folder: Path) -> IngestReport:
    report = IngestReport()
    for _ in workspace.pipeline.ingest([folder], report):
        pass
    return report


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> _Contents:
    """What the store holds when nobody interferes."""
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("whole")), HashingEmbedder()) as workspace:
        _ingest(workspace, folder)
        return _contents(workspace)


class _Victims:
    """Starts processes that ingest, and kills them."""

    def __init__(self, driver: subprocess.Popen[str]) -> None:
        self._driver = driver

    def killed_after(self, data: Path, folder: Path, acknowledgements: int, delay_seconds: float) -> list[str]:
        """Kill an ingest after so many acknowledged files and a delay; return what it acknowledged."""
        assert self._driver.stdin is not None
        self._driver.stdin.write(f"{data}\t{folder}\n")
        self._driver.stdin.flush()
        pid = int(self._line().removeprefix("pid "))
        acknowledged: list[str] = []
        while len(acknowledged) < acknowledgements:
            acknowledged.append(self._line().removeprefix("ack "))
        time.sleep(delay_seconds)
        os.kill(pid, signal.SIGKILL)
        while (line := self._line()) != "ended":
            acknowledged.append(line.removeprefix("ack "))
        return acknowledged

    def _line(self) -> str:
        assert self._driver.stdout is not None
        line = self._driver.stdout.readline().rstrip("\n")
        assert line, "the driver ended"
        return line


@pytest.fixture(scope="module")
def victims() -> Iterator[_Victims]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_TESTS), str(_TESTS.parent)])}
    with subprocess.Popen(
        [sys.executable, str(_TESTS / "kill_driver.py")],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as driver:
        yield _Victims(driver)


# In the middle of storing, in the batch that is indexed after 32 files, and in the last batch.
_MOMENTS = [
    (acks, round(random.Random(seed).uniform(0, limit), 3))
    for seed, (acks, limit) in enumerate([(3, 0.05), (32, 0.3), (32, 0.05), (_FILES, 0.15)])
]


@pytest.mark.parametrize(("acknowledgements", "delay_seconds"), _MOMENTS)
def test_a_kill_loses_no_acknowledged_document_and_leaves_none_half_visible(
    tmp_path: Path, folder: Path, whole: _Contents, victims: _Victims, acknowledgements: int, delay_seconds: float
) -> None:
    acknowledged = victims.killed_after(tmp_path, folder, acknowledgements, delay_seconds)
    assert len(acknowledged) >= acknowledgements
    with Workspace(Settings(data_dir=tmp_path), HashingEmbedder()) as workspace:
        before = _contents(workspace)
        assert set(acknowledged) <= set(before)
        assert {source: whole[source] for source in before} == before
        assert {
            hit.chunk.chunk_id for hit in workspace.retriever.retrieve("비용 지원 costs", 50)
        } <= workspace.store.chunk_ids()

        with workspace.writing():
            workspace.indexer.repair()
        stored = workspace.store.chunk_ids()
        assert workspace.vectors.ids() == workspace.lexical.ids() == stored
        assert workspace.lexical.count() == len(stored)
        nearest = workspace.vectors.search(workspace.embedder.embed_query("비용 지원"), len(stored))
        assert {chunk_id for chunk_id, _ in nearest} == stored
        assert all(document.status == "ready" for document in workspace.store.documents())

        report = _ingest(workspace, folder)
        assert set(acknowledged) <= set(report.unchanged)
        assert _contents(workspace) == whole
        originals = {path.name for path in (tmp_path / "originals").rglob("*") if path.is_file()}
        assert originals == {document.digest for document in workspace.store.documents()}


def test_a_kill_while_a_changed_folder_replaces_documents_leaves_old_or_new_versions(
    tmp_path: Path, folder: Path, whole: _Contents, victims: _Victims
) -> None:
    data, changed = tmp_path / "data", tmp_path / "changed"
    changed.mkdir()
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("%", "퍼센트")
        (changed / path.name).write_text(text, encoding="utf-8")
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace:
        _ingest(workspace, folder)
    acknowledged = victims.killed_after(data, changed, 33, 0.02)
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace:
        workspace.indexer.repair()
        assert workspace.vectors.ids() == workspace.lexical.ids() == workspace.store.chunk_ids()
        contents = _contents(workspace)
        assert set(contents) == set(whole)
        for source, (pages, chunks) in contents.items():
            text = "".join(page.text for page in pages)
            assert ("퍼센트" in text) != ("%" in text)
            assert "퍼센트" in text or source not in acknowledged
            assert all(("퍼센트" in text) == ("%" not in chunk.text) for chunk in chunks)
