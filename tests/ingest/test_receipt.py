from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.ingest.pipeline import IngestReport
from assistant.ingest.receipt import IngestReceipt
from assistant.workspace import Workspace

_SETTINGS = '{"chunk_chars":400}'


@pytest.fixture
def papers(tmp_path: Path, korean_outline: str, english_outline: str) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "계획.txt").write_text(korean_outline, encoding="utf-8")
    (folder / "release.txt").write_text(english_outline, encoding="utf-8")
    return folder


@pytest.fixture
def ingested(workspace: Workspace, papers: Path) -> Workspace:
    """A workspace that has taken the papers in and kept the receipt."""
    receipt = _receipt(workspace, papers)
    list(workspace.pipeline.ingest([papers], IngestReport()))
    receipt.keep(2)
    return workspace


def _receipt(workspace: Workspace, *paths: Path, settings: str = _SETTINGS) -> IngestReceipt:
    return IngestReceipt(workspace.settings.data_dir, paths, settings)


def test_the_same_ingest_again_has_nothing_to_do(ingested: Workspace, papers: Path) -> None:
    assert _receipt(ingested, papers).unchanged() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda papers: (papers / "release.txt").write_text("Another text of the release.", encoding="utf-8"),
        lambda papers: (papers / "새.txt").write_text("새 문서", encoding="utf-8"),
        lambda papers: (papers / "release.txt").unlink(),
        lambda papers: (papers / "release.txt").rename(papers / "renamed.txt"),
        lambda papers: (papers / "manifest.yaml").write_text("- file: release.txt", encoding="utf-8"),
    ],
    ids=["changed", "added", "removed", "renamed", "described"],
)
def test_a_change_in_the_folder_is_work(ingested: Workspace, papers: Path, change: Callable[[Path], object]) -> None:
    change(papers)
    assert _receipt(ingested, papers).unchanged() is None


def test_bytes_that_change_under_the_same_size_and_time_are_work(ingested: Workspace, papers: Path) -> None:
    import os

    paper = papers / "release.txt"
    before = paper.stat()
    paper.write_bytes(bytes(reversed(paper.read_bytes())))
    os.utime(paper, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert paper.stat().st_size == before.st_size
    assert _receipt(ingested, papers).unchanged() is None


def test_a_file_that_changes_while_it_is_taken_in_is_looked_at_again(workspace: Workspace, papers: Path) -> None:
    receipt = _receipt(workspace, papers)
    list(workspace.pipeline.ingest([papers], IngestReport()))
    (papers / "release.txt").write_text("Written while the ingest ran.", encoding="utf-8")
    receipt.keep(2)
    assert _receipt(workspace, papers).unchanged() is None


def test_other_paths_or_settings_are_work(ingested: Workspace, papers: Path) -> None:
    assert _receipt(ingested, papers / "release.txt").unchanged() is None
    assert _receipt(ingested, papers, papers).unchanged() is None
    assert _receipt(ingested, papers, settings='{"chunk_chars":300}').unchanged() is None
    assert _receipt(ingested, papers / "gone").unchanged() is None


def test_a_manifest_beside_a_single_file_counts(workspace: Workspace, papers: Path) -> None:
    paper = papers / "release.txt"
    receipt = _receipt(workspace, paper)
    list(workspace.pipeline.ingest([paper], IngestReport()))
    receipt.keep(1)
    assert _receipt(workspace, paper).unchanged() == 1
    (papers / "manifest.yaml").write_text("- file: release.txt", encoding="utf-8")
    assert _receipt(workspace, paper).unchanged() is None


def test_a_removed_document_is_work(ingested: Workspace, papers: Path) -> None:
    ingested.store.remove_document(ingested.store.documents()[0].document_id)
    list(ingested.indexer.sync())
    assert _receipt(ingested, papers).unchanged() is None


def test_a_data_folder_within_the_papers_does_not_count_as_one(ingested: Workspace, tmp_path: Path) -> None:
    receipt = _receipt(ingested, tmp_path)
    receipt.keep(2)
    ingested.store.conversations.append("talk", [("user", "보증 한도?")])
    assert _receipt(ingested, tmp_path).unchanged() == 2


@pytest.mark.parametrize("content", ["", "[]", '{"inputs": 1}', '{"documents": "many", "inputs": "x", "state": "y"}'])
def test_a_damaged_receipt_is_none(ingested: Workspace, papers: Path, content: str) -> None:
    (ingested.settings.data_dir / "receipt.json").write_text(content, encoding="utf-8")
    assert _receipt(ingested, papers).unchanged() is None
