from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from numpy.typing import NDArray
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE

from assistant.errors import DataFolderBusyError, IndexMismatchError
from assistant.index.indexer import RepairReport, indexed_text
from assistant.index.lexical import LexicalEntry
from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.types import Chunk, Span
from assistant.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "ko.txt").write_text(KOREAN_OUTLINE, encoding="utf-8")
    (folder / "en.txt").write_text(ENGLISH_OUTLINE, encoding="utf-8")
    return folder


@pytest.fixture
def filled(settings: Settings, folder: Path) -> Settings:
    """A data folder with two documents, closed."""
    with Workspace(settings, HashingEmbedder()) as workspace:
        for _ in workspace.pipeline.ingest([folder], IngestReport()):
            pass
    return settings


def _assert_consistent(workspace: Workspace) -> None:
    stored = workspace.store.chunk_ids()
    assert len(stored) > 0
    assert workspace.vectors.ids() == workspace.lexical.ids() == stored
    assert workspace.vectors.count() == workspace.lexical.count() == len(stored)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize("harm", [shutil.rmtree, _empty])
@pytest.mark.parametrize("index", ["vectors", "lexical"])
def test_a_deleted_or_emptied_index_is_repaired_from_the_store(
    filled: Settings, index: str, harm: Callable[[Path], None]
) -> None:
    harm(filled.data_dir / index)
    with Workspace(filled, HashingEmbedder()) as workspace:
        report = workspace.indexer.repair()
        assert report == RepairReport(documents=2, chunks=workspace.store.chunk_count(), orphans=0)
        _assert_consistent(workspace)
        assert workspace.retriever.retrieve("특별계정 보증", 1)[0].document.source == "ko.txt"


def test_a_whole_index_needs_no_repair(filled: Settings) -> None:
    with Workspace(filled, HashingEmbedder()) as workspace:
        assert workspace.indexer.repair() == RepairReport(0, 0, 0)


@pytest.mark.parametrize("index", ["vectors", "lexical"])
def test_a_single_missing_chunk_is_put_back(filled: Settings, index: str) -> None:
    with Workspace(filled, HashingEmbedder()) as workspace:
        lost = sorted(workspace.store.chunk_ids())[:1]
        if index == "vectors":
            workspace.vectors.delete(lost)
        else:
            workspace.lexical.delete(lost)
            workspace.lexical.commit()
        assert workspace.indexer.repair() == RepairReport(1, 1, 0)
        _assert_consistent(workspace)


def test_chunks_that_the_store_does_not_know_are_taken_out(filled: Settings) -> None:
    with Workspace(filled, HashingEmbedder()) as workspace:
        workspace.vectors.upsert(["stray"], ["nobody"], HashingEmbedder().embed(["떠도는 글"]))
        workspace.lexical.upsert(
            [LexicalEntry("stray", "nobody", "ko", ["글"]), LexicalEntry("other", "nobody", "en", ["text"])]
        )
        workspace.lexical.commit()
        assert workspace.indexer.repair() == RepairReport(0, 0, 2)
        _assert_consistent(workspace)


def test_a_chunk_that_the_store_does_not_know_is_never_shown(filled: Settings) -> None:
    with Workspace(filled, HashingEmbedder()) as workspace:
        workspace.vectors.upsert(["stray"], ["nobody"], HashingEmbedder().embed(["특별계정 보증"]))
        hits = workspace.retriever.retrieve("특별계정 보증", 10)
        assert hits
        assert "stray" not in {hit.chunk.chunk_id for hit in hits}


def test_another_embedder_is_refused_with_the_remedy(filled: Settings, folder: Path) -> None:
    with Workspace(filled, HashingEmbedder("another")) as workspace:
        for use in (
            workspace.indexer.check,
            workspace.indexer.repair,
            lambda: list(workspace.indexer.sync()),
            lambda: list(workspace.pipeline.ingest([folder], IngestReport())),
        ):
            with pytest.raises(IndexMismatchError, match=r"hashing-trigrams-64.*another.*annae reindex"):
                use()


def test_rebuilding_cures_an_index_of_another_embedder(filled: Settings) -> None:
    with Workspace(filled, HashingEmbedder("another")) as workspace:
        assert sum(workspace.indexer.rebuild()) == workspace.store.chunk_count()
        workspace.indexer.check()
        assert workspace.indexer.repair() == RepairReport(0, 0, 0)
        _assert_consistent(workspace)
    with Workspace(filled, HashingEmbedder()) as workspace, pytest.raises(IndexMismatchError):
        workspace.indexer.check()


class _Narrow:
    """An embedder with fewer dimensions."""

    name = "narrow"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(8, np.float32)
        vector[len(text) % 8] = 1.0
        return vector


def test_rebuilding_takes_vectors_of_another_dimension(filled: Settings) -> None:
    with Workspace(filled, _Narrow()) as workspace:
        list(workspace.indexer.rebuild())
        _assert_consistent(workspace)
        assert workspace.retriever.retrieve("특별계정 보증", 3)


@pytest.mark.parametrize(("index", "file"), [("vectors", "chroma.sqlite3"), ("lexical", "meta.json")])
def test_rebuilding_cures_damaged_files(filled: Settings, index: str, file: str) -> None:
    for path in (filled.data_dir / index).rglob(file):
        path.write_bytes(b"damaged" * 100)
    with Workspace(filled, HashingEmbedder()) as workspace:
        list(workspace.indexer.rebuild())
        _assert_consistent(workspace)


def test_a_rebuild_that_is_broken_off_is_finished_by_repair(filled: Settings) -> None:
    with Workspace(filled, HashingEmbedder("another")) as workspace:
        next(workspace.indexer.rebuild(), None)
        workspace.store.index_progress.mark_unindexed()
        workspace.vectors.clear()
        workspace.lexical.clear()
        workspace.indexer.repair()
        _assert_consistent(workspace)


@pytest.mark.parametrize(
    ("title", "section", "expected"),
    [
        ("지원 계획", ("Ⅰ. 개요", "1 금융"), "지원 계획 > Ⅰ. 개요 > 1 금융\n"),
        ("Ⅰ. 개요", ("Ⅰ. 개요", "1 금융"), "Ⅰ. 개요 > 1 금융\n"),
        ("Help desk", (), "Help desk\n"),
    ],
)
def test_a_chunk_is_indexed_with_its_address(title: str, section: tuple[str, ...], expected: str) -> None:
    chunk = Chunk("c", "d", 0, "본문", section, (Span(1, 0, 2),), "ko", "")
    assert indexed_text(chunk, title) == f"{expected}본문"


def test_one_process_at_a_time_writes(settings: Settings) -> None:
    with Workspace(settings, HashingEmbedder()) as one, Workspace(settings, HashingEmbedder()) as other:
        with one.writing(), pytest.raises(DataFolderBusyError, match="another annae process"), other.writing():
            pass
        with other.writing():
            pass


def test_repair_is_left_to_the_process_that_writes(filled: Settings) -> None:
    shutil.rmtree(filled.data_dir / "lexical")
    with Workspace(filled, HashingEmbedder()) as one, Workspace(filled, HashingEmbedder()) as other:
        with one.writing():
            other.repair_if_free()
        assert one.lexical.count() == 0
        other.repair_if_free()
        assert other.lexical.count() == other.store.chunk_count()
