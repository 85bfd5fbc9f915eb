from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE

from assistant.errors import ConfigurationError, IngestError, NoTextError, TooLargeError, UnreadableFileError
from assistant.index.indexer import RepairReport
from assistant.ingest.chunking import Chunker
from assistant.ingest.parser_pool import SerialParser
from assistant.ingest.pipeline import IngestPipeline, IngestReport, Progress
from assistant.types import Document, DocumentKind, Precision
from assistant.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "ko.txt").write_text(KOREAN_OUTLINE, encoding="utf-8")
    (folder / "en.txt").write_text(ENGLISH_OUTLINE, encoding="utf-8")
    return folder


def _ingest(workspace: Workspace, *paths: Path) -> IngestReport:
    report = IngestReport()
    for _ in workspace.pipeline.ingest(paths, report):
        pass
    return report


def _by_source(workspace: Workspace) -> dict[str, Document]:
    return {document.source: document for document in workspace.store.documents()}


def _assert_consistent(workspace: Workspace) -> None:
    stored = workspace.store.chunk_ids()
    assert workspace.vectors.ids() == workspace.lexical.ids() == stored
    assert workspace.vectors.count() == workspace.lexical.count() == len(stored)
    assert workspace.store.index_progress.tombstones() == []
    assert workspace.store.index_progress.unindexed_documents() == []


def _files(folder: Path) -> dict[str, bytes]:
    """Everything stored; the shared memory of SQLite's readers holds their locks, no data."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith("-shm"))
    return {str(path): path.read_bytes() for path in files}


def test_files_go_into_the_store_and_both_indexes(workspace: Workspace, folder: Path) -> None:
    report = _ingest(workspace, folder)
    assert sorted(report.added) == ["en.txt", "ko.txt"]
    assert report.chunks == workspace.store.chunk_count() > 4
    assert {source: document.language for source, document in _by_source(workspace).items()} == {
        "en.txt": "en",
        "ko.txt": "ko",
    }
    assert all(document.status == "ready" for document in workspace.store.documents())
    _assert_consistent(workspace)


def test_progress_is_told_file_by_file(workspace: Workspace, folder: Path) -> None:
    steps = list(workspace.pipeline.ingest([folder], IngestReport()))
    assert [(step.done, step.total, step.name) for step in steps] == [(1, 2, "en.txt"), (2, 2, "ko.txt")]
    assert all(isinstance(step, Progress) and step.chunks > 0 for step in steps)


def test_an_acknowledged_document_is_whole_in_the_store(workspace: Workspace, folder: Path) -> None:
    steps = workspace.pipeline.ingest([folder], IngestReport())
    first = next(steps)
    (document,) = workspace.store.documents()
    assert document.source == first.name
    assert len(workspace.store.document_chunks(document.document_id)) == first.chunks
    assert workspace.store.originals.path(document.digest).exists()


def test_a_second_ingest_writes_nothing(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    workspace.vectors.close()
    before = _files(workspace.settings.data_dir)
    report = _ingest(workspace, folder)
    assert (sorted(report.unchanged), report.added, report.replaced, report.chunks) == (["en.txt", "ko.txt"], [], [], 0)
    workspace.vectors.close()
    assert _files(workspace.settings.data_dir) == before


_PARAGRAPHS = st.lists(
    st.sampled_from(["□ 지원 한도는 85%", "ㅇ 센터를 개소", "* 주석", "Ⅰ. 개요", "The desk opens.", "과제 기한 담당"]),
    min_size=1,
    max_size=5,
)


@given(st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.txt"]), _PARAGRAPHS, min_size=1))
@hypothesis_settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_is_ingested_twice_writes_nothing_the_second_time(
    workspace: Workspace, tmp_path: Path, papers: dict[str, list[str]]
) -> None:
    folder = tmp_path / f"papers-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    for name, paragraphs in papers.items():
        (folder / name).write_text("\n\n".join(paragraphs), encoding="utf-8")
    first = _ingest(workspace, folder)
    second = _ingest(workspace, folder)
    assert sorted(second.unchanged) == sorted([*first.added, *first.replaced, *first.unchanged]) == sorted(papers)
    assert second.chunks == 0
    _assert_consistent(workspace)


def test_a_changed_file_replaces_its_old_version_everywhere(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    old = _by_source(workspace)["ko.txt"]
    old_chunks = {chunk.chunk_id for chunk in workspace.store.document_chunks(old.document_id)}
    (folder / "ko.txt").write_text(KOREAN_OUTLINE.replace("85%", "95%"), encoding="utf-8")
    report = _ingest(workspace, folder)
    assert (report.replaced, report.unchanged) == (["ko.txt"], ["en.txt"])
    new = _by_source(workspace)["ko.txt"]
    new_chunks = {chunk.chunk_id for chunk in workspace.store.document_chunks(new.document_id)}
    assert new.document_id == old.document_id
    assert old_chunks - new_chunks
    assert not (old_chunks - new_chunks) & (
        workspace.store.chunk_ids() | workspace.vectors.ids() | workspace.lexical.ids()
    )
    assert "85%" not in "".join(page.text for page, _ in workspace.store.pages(new.document_id))
    _assert_consistent(workspace)


def test_an_old_version_is_not_found_any_more(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    (folder / "ko.txt").write_text("Ⅰ. 안내\n\n□ 이 공고는 철회되었음", encoding="utf-8")
    _ingest(workspace, folder)
    assert not [hit for hit in workspace.retriever.retrieve("물순환 도시", 10) if "물순환" in hit.chunk.text]


def test_removal_takes_out_all_traces(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    (folder / "ko.txt").write_text(KOREAN_OUTLINE + "\n□ 덧붙임", encoding="utf-8")
    _ingest(workspace, folder)
    gone = _by_source(workspace)["ko.txt"]
    chunks = {chunk.chunk_id for chunk in workspace.store.document_chunks(gone.document_id)}
    workspace.store.remove_document(gone.document_id)
    workspace.indexer.repair()
    assert list(_by_source(workspace)) == ["en.txt"]
    assert not chunks & (workspace.vectors.ids() | workspace.lexical.ids())
    originals = [path.name for path in (workspace.settings.data_dir / "originals").rglob("*") if path.is_file()]
    assert originals == [_by_source(workspace)["en.txt"].digest]
    assert not [hit for hit in workspace.retriever.retrieve("물순환 도시", 10) if hit.document.source == "ko.txt"]
    _assert_consistent(workspace)


def test_a_removed_document_can_come_back(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    workspace.store.remove_document(_by_source(workspace)["ko.txt"].document_id)
    assert _ingest(workspace, folder).added == ["ko.txt"]
    _assert_consistent(workspace)


def test_files_that_cannot_be_read_are_named_and_the_others_go_in(workspace: Workspace, folder: Path) -> None:
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\nnot really")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "zz.txt").write_text("마지막 문서", encoding="utf-8")
    report = _ingest(workspace, folder)
    assert sorted(report.added) == ["en.txt", "ko.txt", "zz.txt"]
    failures = {failure.subject: failure for failure in report.failures}
    assert set(failures) == {"damaged.pdf", "empty.txt", "picture.txt"}
    assert isinstance(failures["empty.txt"], NoTextError)
    assert isinstance(failures["damaged.pdf"], UnreadableFileError)
    assert all(failure.problem and failure.remedy for failure in report.failures)
    _assert_consistent(workspace)


def test_a_file_that_became_unreadable_keeps_its_old_version(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    (folder / "ko.txt").write_bytes(b"")
    report = _ingest(workspace, folder)
    assert [failure.subject for failure in report.failures] == ["ko.txt"]
    assert set(_by_source(workspace)) == {"en.txt", "ko.txt"}
    _assert_consistent(workspace)


def test_a_path_that_does_not_exist_is_named(workspace: Workspace, folder: Path) -> None:
    report = _ingest(workspace, folder / "missing.txt", folder)
    assert [failure.subject for failure in report.failures] == [str(folder / "missing.txt")]
    assert len(report.added) == 2


def test_a_file_that_is_too_large_is_refused_unread(workspace: Workspace, folder: Path) -> None:
    pipeline = IngestPipeline(
        workspace.store, workspace.indexer, Chunker(), SerialParser(), workspace.settings.now, max_bytes=100
    )
    report = IngestReport()
    for _ in pipeline.ingest([folder], report):
        pass
    assert all(isinstance(failure, TooLargeError) for failure in report.failures)
    assert len(report.failures) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(workspace: Workspace, folder: Path) -> None:
    (folder / "ko.txt").chmod(0)
    assert [failure.subject for failure in _ingest(workspace, folder).failures] == ["ko.txt"]


def test_hidden_files_are_no_documents(workspace: Workspace, folder: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("[core]", encoding="utf-8")
    assert sorted(_ingest(workspace, folder).added) == ["en.txt", "ko.txt"]


def test_files_of_subfolders_go_in_under_their_own_names(workspace: Workspace, folder: Path) -> None:
    for name in ("2025", "2026"):
        (folder / name).mkdir()
        (folder / name / "공고.txt").write_text(f"{name}년 공고", encoding="utf-8")
    assert {"2025/공고.txt", "2026/공고.txt"} <= set(_ingest(workspace, folder).added)
    assert len(workspace.store.documents()) == 4


def test_the_manifest_says_which_files_belong_and_what_is_known_of_them(workspace: Workspace, folder: Path) -> None:
    entry = "- file: ko.txt\n  title: 물순환 계획\n  publisher: 환경부\n  published: 2025-H1\n  kind: policy\n"
    (folder / "manifest.yaml").write_text(entry + "- file: gone.txt\n", encoding="utf-8")
    report = _ingest(workspace, folder)
    assert report.added == ["ko.txt"]
    assert [failure.subject for failure in report.failures] == ["gone.txt"]
    document = _by_source(workspace)["ko.txt"]
    assert (document.title, document.publisher, document.kind) == ("물순환 계획", "환경부", DocumentKind.POLICY)
    assert document.published is not None
    assert document.published.precision is Precision.HALF


def test_a_file_named_alone_is_described_by_the_manifest_beside_it(workspace: Workspace, folder: Path) -> None:
    (folder / "manifest.yaml").write_text("- file: ko.txt\n  title: 물순환 계획\n", encoding="utf-8")
    _ingest(workspace, folder / "ko.txt")
    assert _by_source(workspace)["ko.txt"].title == "물순환 계획"


def test_a_changed_manifest_entry_replaces_the_document(workspace: Workspace, folder: Path) -> None:
    manifest = folder / "manifest.yaml"
    manifest.write_text("- file: ko.txt\n  publisher: 환경부\n- file: en.txt\n", encoding="utf-8")
    _ingest(workspace, folder)
    manifest.write_text("- file: ko.txt\n  publisher: 국토교통부\n- file: en.txt\n", encoding="utf-8")
    report = _ingest(workspace, folder)
    assert (report.replaced, report.unchanged) == (["ko.txt"], ["en.txt"])
    assert _by_source(workspace)["ko.txt"].publisher == "국토교통부"
    _assert_consistent(workspace)


def test_a_wrong_manifest_stops_the_ingest(workspace: Workspace, folder: Path) -> None:
    (folder / "manifest.yaml").write_text("- file: ko.txt\n  autor: x\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="autor"):
        _ingest(workspace, folder)


def test_another_chunk_size_replaces_the_documents(workspace: Workspace, folder: Path) -> None:
    _ingest(workspace, folder)
    report = IngestReport()
    pipeline = IngestPipeline(workspace.store, workspace.indexer, Chunker(100), SerialParser(), workspace.settings.now)
    for _ in pipeline.ingest([folder], report):
        pass
    assert sorted(report.replaced) == ["en.txt", "ko.txt"]
    _assert_consistent(workspace)


def test_an_ingest_that_is_broken_off_is_finished_by_repair(workspace: Workspace, folder: Path) -> None:
    steps: Iterator[Progress] = workspace.pipeline.ingest([folder], IngestReport())
    next(steps)
    next(steps)
    assert workspace.lexical.count() == 0
    report = workspace.indexer.repair()
    assert report == RepairReport(documents=2, chunks=workspace.store.chunk_count(), orphans=0)
    _assert_consistent(workspace)


def test_what_the_report_lists_as_failures_are_ingest_errors(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)) * 10)
    (failure,) = _ingest(workspace, tmp_path / "x.bin").failures
    assert isinstance(failure, IngestError)
