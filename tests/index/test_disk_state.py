from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.index.disk_state import disk_state
from assistant.ingest.pipeline import IngestReport
from assistant.workspace import Workspace


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path, korean_outline: str, english_outline: str) -> Path:
    """A data folder with two papers."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "계획.txt").write_text(korean_outline, encoding="utf-8")
    (papers / "release.txt").write_text(english_outline, encoding="utf-8")
    list(workspace.pipeline.ingest([papers], IngestReport()))
    return workspace.settings.data_dir


def test_a_folder_that_nothing_happens_to_keeps_its_state(folder: Path, workspace: Workspace) -> None:
    state = disk_state(folder)
    assert state is not None
    workspace.retriever.retrieve("특별계정", 3)
    workspace.store.conversations.append("talk", [("user", "보증 한도?"), ("assistant", "85%")])
    assert disk_state(folder) == state


def test_a_removed_document_changes_the_state(folder: Path, workspace: Workspace) -> None:
    before = disk_state(folder)
    workspace.store.remove_document(workspace.store.documents()[0].document_id)
    assert disk_state(folder) is None
    list(workspace.indexer.sync())
    assert disk_state(folder) not in (None, before)


@pytest.mark.parametrize(
    "break_off",
    [
        lambda workspace: workspace.store.index_progress.mark_unindexed(),
        lambda workspace: workspace.store.index_progress.set_state("settled", "no"),
        lambda workspace: shutil.rmtree(workspace.settings.data_dir / "lexical"),
        lambda workspace: shutil.rmtree(workspace.settings.data_dir / "vectors"),
        lambda workspace: (workspace.settings.data_dir / "annae.sqlite3").write_bytes(b"no database"),
    ],
    ids=["unindexed", "unsettled", "no lexical index", "no vectors", "damaged"],
)
def test_an_unfinished_or_damaged_folder_has_no_state(
    folder: Path, workspace: Workspace, break_off: Callable[[Workspace], object]
) -> None:
    workspace.close()
    break_off(workspace)
    workspace.close()
    assert disk_state(folder) is None


def test_a_folder_without_a_store_has_no_state_and_stays_as_it_is(tmp_path: Path) -> None:
    assert disk_state(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
