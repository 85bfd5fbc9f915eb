"""Health and versions of documents, as the command prints them and HTTP serves them: the same objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from assistant.api import create_app
from assistant.cli import app
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

AS_OF = "2026-11-22"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents, one of them in its second version, and a file that could not be read."""
    papers, folder = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("data")
    (papers / "ko.txt").write_text(KOREAN_OUTLINE, encoding="cp949", errors="replace")
    (papers / "en.txt").write_text(ENGLISH_OUTLINE, encoding="utf-8")
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    with Workspace(Settings(data_dir=folder), HashingEmbedder()) as workspace:
        for share in ("85%", "95%"):
            (papers / "ko.txt").write_text(KOREAN_OUTLINE.replace("85%", share), encoding="utf-8")
            for _ in workspace.pipeline.ingest([papers], IngestReport()):
                pass
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    with Workspace(Settings(data_dir=data), HashingEmbedder()) as workspace:
        yield TestClient(create_app(build_assistant(workspace), workspace))


def annae(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["documents", *arguments, "--data-dir", str(data)])


def test_the_report_names_every_file_in_plain_lines(data: Path) -> None:
    shown = annae(data, "health", "--as-of", AS_OF)
    assert shown.exit_code == 0, shown.output
    heads = [line.split(maxsplit=2)[1:] for line in shown.stdout.splitlines() if not line.startswith(" ")]
    assert [name for _, name in heads] == ["broken.pdf", "en.txt", "ko.txt"]
    assert heads[0][0] == "failed"
    assert "its last deadline has passed (30 November 2025)" in shown.stdout
    assert "older versions kept: 1" in shown.stdout


def test_the_report_speaks_korean_when_asked(data: Path) -> None:
    shown = annae(data, "health", "ko.txt", "--language", "ko", "--as-of", AS_OF)
    assert "이전 판 1개를 보관하고 있습니다" in shown.stdout
    failed = annae(data, "health", "broken.pdf", "--language", "ko", "--as-of", AS_OF).stdout
    assert "파일을 읽지 못했습니다: PDF가 손상되었습니다 (" in failed
    assert "다시 내려받거나 새 PDF로 인쇄하십시오" in failed
    assert annae(data, "health", "--language", "fr").exit_code == 2


def test_json_is_exactly_the_http_object(data: Path, client: TestClient) -> None:
    everything = json.loads(annae(data, "health", "--json", "--as-of", AS_OF).stdout)
    assert client.get(f"/api/documents/health?as_of={AS_OF}").json() == everything
    for report in everything["documents"]:
        one = client.get(f"/api/documents/{report['document_id']}/health?as_of={AS_OF}")
        assert one.json() == report
        assert json.loads(annae(data, "health", report["name"], "--json", "--as-of", AS_OF).stdout) == report


def test_each_finding_is_told_in_both_languages(client: TestClient) -> None:
    reports = client.get(f"/api/documents/health?as_of={AS_OF}").json()["documents"]
    findings = [finding for report in reports for finding in report["findings"]]
    assert {"failed", "past_deadline", "older_versions"} <= {finding["kind"] for finding in findings}
    assert all(finding["text"]["ko"] and finding["text"]["en"] for finding in findings)


@pytest.mark.parametrize(
    "path", ["0000000000000000/health", "%2e%2e/health", "0000000000000000/versions", "a b/versions"]
)
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    assert client.get(f"/api/documents/{path}").status_code == 404


def test_a_name_that_stands_for_nothing_is_named(data: Path) -> None:
    for command in ("health", "versions"):
        shown = annae(data, command, "nothing.pdf")
        assert shown.exit_code == 1
        assert "nothing.pdf: no such document" in shown.stderr


def test_versions_are_listed_and_their_pages_read(data: Path, client: TestClient) -> None:
    listed = json.loads(annae(data, "versions", "ko.txt", "--json").stdout)
    document_id = listed["document_id"]
    assert client.get(f"/api/documents/{document_id}/versions").json() == listed
    (version,) = listed["versions"]
    assert version["number"] == 1
    page = client.get(f"/api/documents/{document_id}/versions/1/pages/1").json()
    assert "85%" in page["text"]
    assert "95%" in client.get(f"/api/documents/{document_id}/pages/1").json()["text"]
    assert client.get(f"/api/documents/{document_id}/versions/2/pages/1").status_code == 404
    assert "1  -" in annae(data, "versions", "ko.txt").stdout
    assert annae(data, "versions", "en.txt").stdout == ""
