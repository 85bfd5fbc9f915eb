"""Health reports and older versions: what the store remembers of every file, on a given day."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE

from assistant.errors import NotFoundError
from assistant.health_messages import HEALTH_MESSAGES, finding_text, health_lines
from assistant.index.health import DocumentHealth, Finding, HealthReporter
from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.workspace import Workspace

_AS_OF = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def _ingest(workspace: Workspace, folder: Path) -> IngestReport:
    report = IngestReport()
    for _ in workspace.pipeline.ingest([folder], report):
        pass
    return report


def _reports(workspace: Workspace, as_of: date = _AS_OF) -> dict[str, DocumentHealth]:
    return {report.name: report for report in HealthReporter(workspace.store, as_of).reports()}


def _found(report: DocumentHealth) -> dict[str, Finding]:
    return {finding.kind: finding for finding in report.findings}


def _write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding=encoding)


def test_nothing_is_dropped_without_a_line(workspace: Workspace, folder: Path) -> None:
    _write(folder, "ko.txt", KOREAN_OUTLINE)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\nnot really")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("en.txt", ENGLISH_OUTLINE)
        archive.writestr("broken.pdf", b"%PDF-1.7\nnot really")
    _ingest(workspace, folder)
    reports = _reports(workspace)
    assert {name: report.status for name, report in reports.items() if report.status == "failed"} == dict.fromkeys(
        ("empty.txt", "damaged.pdf", "photo.png", "all.zip/broken.pdf"), "failed"
    )
    assert {"ko.txt", "all.zip/en.txt"} <= set(reports)
    failed = _found(reports["empty.txt"])["failed"]
    assert "empty" in (failed.detail or "")
    assert failed.remedy


def test_a_failure_stays_until_the_file_is_read_or_gone(workspace: Workspace, folder: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7\nnot really")
    _ingest(workspace, folder)
    _ingest(workspace, folder)
    assert set(_reports(workspace)) == {"a.pdf", "b.pdf"}
    _write(folder, "a.pdf", KOREAN_OUTLINE)
    (folder / "b.pdf").unlink()
    _ingest(workspace, folder)
    assert {name: report.status != "failed" for name, report in _reports(workspace).items()} == {"a.pdf": True}


def test_a_failure_can_be_removed_by_its_id(workspace: Workspace, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\nnot really")
    _ingest(workspace, folder)
    workspace.store.remove_document(_reports(workspace)["a.pdf"].document_id)
    assert _reports(workspace) == {}
    with pytest.raises(NotFoundError):
        workspace.store.remove_document("0" * 16)


def test_a_document_whose_new_file_cannot_be_read_says_so(workspace: Workspace, folder: Path) -> None:
    _write(folder, "a.txt", KOREAN_OUTLINE)
    _ingest(workspace, folder)
    (folder / "a.txt").write_bytes(b"")
    _ingest(workspace, folder)
    report = _reports(workspace)["a.txt"]
    assert report.status == "attention"
    assert "empty" in (_found(report)["stale"].detail or "")
    _write(folder, "a.txt", KOREAN_OUTLINE)
    _ingest(workspace, folder)
    assert "stale" not in _found(_reports(workspace)["a.txt"])


def test_an_archive_with_a_broken_part_is_tried_again_and_its_good_parts_are_not(
    workspace: Workspace, folder: Path
) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("en.txt", ENGLISH_OUTLINE)
        archive.writestr("broken.pdf", b"%PDF-1.7\nnot really")
    _ingest(workspace, folder)
    again = _ingest(workspace, folder)
    assert again.unchanged == ["all.zip/en.txt"]
    assert [failure.subject for failure in again.failures] == ["all.zip/broken.pdf"]
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("en.txt", ENGLISH_OUTLINE)
    assert _ingest(workspace, folder).removed == ["all.zip/broken.pdf"]
    assert _ingest(workspace, folder).unchanged == ["all.zip"]
    assert set(_reports(workspace)) == {"all.zip/en.txt"}


def test_duplicates_and_near_duplicates_are_named(workspace: Workspace, folder: Path) -> None:
    long = KOREAN_OUTLINE * 3
    _write(folder, "a.txt", long)
    _write(folder, "b.txt", long)
    _write(folder, "c.txt", long.replace("85%", "95%"))
    _write(folder, "other.txt", ENGLISH_OUTLINE)
    _ingest(workspace, folder)
    reports = _reports(workspace)
    assert _found(reports["a.txt"])["duplicate"].detail == "b.txt"
    near = _found(reports["c.txt"])["near_duplicate"]
    assert near.detail in ("a.txt", "b.txt")
    assert 0.8 <= (near.number or 0) < 1
    assert not {"duplicate", "near_duplicate"} & set(_found(reports["other.txt"]))


def test_a_later_paper_of_the_same_title_supersedes(workspace: Workspace, folder: Path) -> None:
    _write(folder, "old.md", "---\ntitle: 해외진출 지원사업 안내\ndate: 2026-01-10\n---\n\n지원 한도는 3억원입니다.")
    _write(
        folder, "new.md", "---\ntitle: 해외진출 지원사업 안내(수정)\ndate: 2026-03-02\n---\n\n지원 한도는 5억원입니다."
    )
    _write(folder, "else.md", "---\ntitle: 물순환 도시 안내서\ndate: 2026-05-01\n---\n\n물순환")
    _ingest(workspace, folder)
    reports = _reports(workspace)
    assert _found(reports["old.md"])["superseded"].detail == "new.md"
    assert "superseded" not in _found(reports["new.md"])
    newer = workspace.store.superseded_by(reports["old.md"].document_id)
    assert newer is not None
    assert newer.document_id == reports["new.md"].document_id
    assert workspace.store.superseded_by(reports["else.md"].document_id) is None
    older = workspace.store.supersedes(reports["new.md"].document_id)
    assert older is not None
    assert older.document_id == reports["old.md"].document_id
    assert workspace.store.supersedes(reports["old.md"].document_id) is None


def test_records_read_anew_leave_the_versions_of_a_retitled_paper_known(workspace: Workspace, folder: Path) -> None:
    for name, day in (("old.md", "2026-01-10"), ("new.md", "2026-03-02")):
        _write(folder, name, f"---\ntitle: 해외진출 지원사업 안내\ndate: {day}\n---\n\n지원 한도는 3억원입니다.")
    _ingest(workspace, folder)
    old = _reports(workspace)["old.md"].document_id
    workspace.store.correct_document(old, {"title": {"title": "고친 제목"}}, "officer")
    list(workspace.record_refresher.refresh(everything=True))
    newer = workspace.store.superseded_by(old)
    assert newer is not None
    assert newer.source == "new.md"


def test_what_has_passed_depends_on_the_day(workspace: Workspace, folder: Path) -> None:
    _write(folder, "ko.md", "---\ndate: 2026-01-10\n---\n\n접수 마감: 2026. 3. 2.까지")
    _write(folder, "en.md", "---\ndate: 2026-01-10\n---\n\nApplications close on March 2, 2026.")
    _ingest(workspace, folder)
    for name in ("ko.md", "en.md"):
        assert "past_deadline" not in _found(_reports(workspace, date(2026, 3, 2))[name])
        assert _found(_reports(workspace, date(2026, 3, 3))[name])["past_deadline"].detail == "2026-03-02"


def test_odd_encodings_undated_papers_and_tables_are_noted(workspace: Workspace, folder: Path) -> None:
    _write(folder, "old.txt", "공고문입니다. 한글 문서입니다.", "cp949")
    _write(
        folder, "table.md", "| 구분 | 값 |\n|---|---|\n| 펀드 | 1.5조원 |\n\n글\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n"
    )
    _ingest(workspace, folder)
    reports = _reports(workspace)
    assert _found(reports["old.txt"])["encoding"].detail == "cp949"
    assert "undated" in _found(reports["old.txt"])
    assert _found(reports["table.md"])["tables"].number == 2
    assert "encoding" not in _found(reports["table.md"])


def test_versions_are_kept_and_the_newest_answers(workspace: Workspace, folder: Path) -> None:
    for share in ("85%", "90%", "95%"):
        _write(folder, "a.txt", KOREAN_OUTLINE.replace("85%", share))
        _ingest(workspace, folder)
    (document,) = workspace.store.documents()
    versions = workspace.store.older_versions.of(document.document_id)
    assert [version.number for version in versions] == [1, 2]
    assert "85%" in workspace.store.older_versions.page(document.document_id, 1, 1).text
    assert "90%" in workspace.store.older_versions.page(document.document_id, 2, 1).text
    assert "95%" in workspace.store.page(document.document_id, 1).text
    assert all(workspace.store.originals.path(version.digest).exists() for version in versions)
    workspace.store.drop_orphaned_originals()
    assert all(workspace.store.originals.path(version.digest).exists() for version in versions)
    hits = workspace.retriever.retrieve("특별계정 지원 한도", 10)
    assert not [hit for hit in hits if "85%" in hit.chunk.text or "90%" in hit.chunk.text]
    assert _found(_reports(workspace)["a.txt"])["older_versions"].number == 2
    with pytest.raises(NotFoundError):
        workspace.store.older_versions.page(document.document_id, 3, 1)


def test_a_new_description_of_the_same_file_is_no_version(workspace: Workspace, folder: Path) -> None:
    _write(folder, "a.txt", KOREAN_OUTLINE)
    _write(folder, "manifest.yaml", "- file: a.txt\n  publisher: 환경부\n")
    _ingest(workspace, folder)
    _write(folder, "manifest.yaml", "- file: a.txt\n  publisher: 국토교통부\n")
    assert _ingest(workspace, folder).replaced == ["a.txt"]
    (document,) = workspace.store.documents()
    assert workspace.store.older_versions.of(document.document_id) == []


def test_of_many_versions_the_latest_twenty_are_kept(workspace: Workspace, folder: Path) -> None:
    digests = []
    for number in range(23):
        _write(folder, "a.txt", f"공고 {number}호")
        _ingest(workspace, folder)
        digests.append(workspace.store.documents()[0].digest)
    (document,) = workspace.store.documents()
    versions = workspace.store.older_versions.of(document.document_id)
    assert [version.digest for version in versions] == digests[2:22]
    assert not workspace.store.originals.path(digests[0]).exists()


def test_removal_takes_the_versions_too(workspace: Workspace, folder: Path) -> None:
    for share in ("85%", "90%"):
        _write(folder, "a.txt", KOREAN_OUTLINE.replace("85%", share))
        _ingest(workspace, folder)
    (document,) = workspace.store.documents()
    workspace.store.remove_document(document.document_id)
    assert workspace.store.older_versions.of(document.document_id) == []
    assert not [path for path in (workspace.settings.data_dir / "originals").rglob("*") if path.is_file()]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_finding_has_a_sentence_in_both_languages(language: str) -> None:
    code = "ko" if language == "ko" else "en"
    assert HEALTH_MESSAGES["ko"].keys() == HEALTH_MESSAGES["en"].keys()
    for kind in HEALTH_MESSAGES[code]:
        finding = Finding(kind, tuple(range(1, 30)), "x.pdf", 0.5, remedy="Save it as PDF")
        assert "{" not in finding_text(finding, code)
        lines = health_lines(DocumentHealth("1" * 16, "a.pdf", None, (finding,)), code)
        assert lines[1].endswith({"ko": "PDF로 저장하십시오", "en": "Save it as PDF"}[code])


def test_a_data_folder_from_before_reports_still_opens(tmp_path: Path, embedder: HashingEmbedder) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    _write(papers, "a.txt", KOREAN_OUTLINE)
    settings = Settings(data_dir=tmp_path / "data")
    with Workspace(settings, embedder) as workspace:
        _ingest(workspace, papers)
    with sqlite3.connect(settings.data_dir / "annae.sqlite3") as connection:
        for table in ("document_facts", "document_versions", "files"):
            connection.execute(f"DROP TABLE {table}")
    connection.close()
    with Workspace(settings, embedder) as workspace:
        (report,) = _reports(workspace).values()
        assert "not_checked" in _found(report)
        assert _ingest(workspace, papers).unchanged == ["a.txt"]
        assert [entry.name for entry in workspace.store.files.all()] == ["a.txt"]
