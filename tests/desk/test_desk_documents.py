"""Documents at the desk: uploads, jobs, corrections that stay, removal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from desk_parts import DOCUMENTS, PASSWORD, ROLES, Clock, Signed, done, problem, take_in
from hashing_embedder import HashingEmbedder
from hypothesis import given
from hypothesis import strategies as st

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.desk.documents import file_name
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

TEXT = "# 물순환 도시 수출 안내\n\n물순환 도시 수출 지원금은 최대 {share}%입니다.\n"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    settings = Settings(data_dir=tmp_path / "data", parse_processes=0, max_upload_mb=1)
    with Workspace(settings, HashingEmbedder()) as workspace:
        yield workspace


@pytest.fixture
def officers(small: Workspace) -> Iterator[Desk]:
    clock = Clock()
    built = Desk(build_assistant(small), small, clock, clock.today)
    for role in ROLES[1:]:
        built.accounts.create("tests", role, role.title(), role, PASSWORD)
    yield built
    built.close()


def signed(small: Workspace, officers: Desk, name: str) -> Signed:
    client = Signed(create_app(build_assistant(small), small, officers))
    assert client.sign_in(name).status_code == 200
    return client


@pytest.fixture
def client(small: Workspace, officers: Desk) -> Signed:
    return signed(small, officers, "editor")


def upload(client: Signed, **files: str | bytes) -> dict[str, Any]:
    """Upload files by name and wait for the job; underscores in names stand for dots."""
    sent = [("files", (name.replace("_", "."), content)) for name, content in files.items()]
    return finished(client, done(client.post("/api/desk/documents", files=sent), 202))


def finished(client: Signed, job: dict[str, Any]) -> dict[str, Any]:
    """The job when it has ended, followed by its events."""
    path = f"/api/desk/jobs/{job['job_id']}"
    with client.stream("GET", path, headers={"accept": "text/event-stream"}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        seen = [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.startswith("data: ")]
    assert seen[-1]["state"] in ("done", "failed")
    assert [one["done"] for one in seen] == sorted(one["done"] for one in seen)
    assert seen[-1] == done(client.get(path))
    return dict(seen[-1])


def documents(client: Signed) -> dict[str, dict[str, Any]]:
    listed = done(client.get("/api/desk/documents"))["documents"]
    return {one["document"]["source"]: one for one in listed}


def test_uploaded_files_are_taken_in_and_can_be_asked_about(client: Signed) -> None:
    job = upload(client, guide_md=TEXT.format(share=80), other_txt="물순환 도시 설명회는 하노이에서 열립니다.\n")
    assert (job["state"], job["done"], job["total"]) == ("done", 2, 2)
    assert {item["name"]: item["state"] for item in job["items"]} == {"guide.md": "added", "other.txt": "added"}
    listed = documents(client)
    assert set(listed) == {"guide.md", "other.txt"}
    assert client.get(listed["guide.md"]["preview_url"]).status_code == 200
    hits = done(client.post("/api/search", json={"query": "물순환 도시 수출 지원금"}))["hits"]
    assert hits[0]["source"] == "guide.md"


def test_a_file_of_the_same_name_replaces_the_document(client: Signed) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    assert upload(client, guide_md=TEXT.format(share=80))["items"][0]["state"] == "unchanged"
    assert upload(client, guide_md=TEXT.format(share=70))["items"][0]["state"] == "replaced"
    assert len(documents(client)) == 1


def test_a_file_that_cannot_be_read_is_named_with_the_reason_and_the_others_go_in(client: Signed) -> None:
    job = upload(client, broken_pdf=b"%PDF-1.7 nothing else", guide_md=TEXT.format(share=80))
    items = {item["name"]: item for item in job["items"]}
    assert job["state"] == "done"
    assert items["guide.md"]["state"] == "added"
    assert items["broken.pdf"]["state"] == "failed"
    assert items["broken.pdf"]["code"].endswith("Error")
    assert items["broken.pdf"]["problem"].startswith("PDF가 손상되었습니다. ")
    told = done(client.get(f"/api/desk/jobs/{job['job_id']}", headers={"accept-language": "en"}))
    assert {item["name"]: item["problem"] for item in told["items"]}["broken.pdf"].startswith("the PDF is damaged. ")


def locked_pdf() -> bytes:
    """A paper of the corpus that opens with ``PASSWORD``."""
    writer = pypdf.PdfWriter(clone_from=DOCUMENTS / "ko-pis-fund-sheet.pdf")
    writer.encrypt(PASSWORD, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def send_locked(client: Signed, password: str | None = None, path: str = "/api/desk/documents") -> dict[str, Any]:
    """What became of a locked file that was uploaded, or put in the place of the document with this path."""
    send = client.post if path.endswith("documents") else client.put
    data = {} if password is None else {"password": password}
    job = finished(client, done(send(path, files=[("files", ("locked.pdf", locked_pdf()))], data=data), 202))
    (item,) = job["items"]
    return dict(item)


@pytest.mark.parametrize(("password", "why"), [(None, "비밀번호가 필요한 PDF"), ("wrong", "비밀번호가 맞지 않습니다")])
def test_a_locked_file_says_that_a_password_opens_it(client: Signed, password: str | None, why: str) -> None:
    item = send_locked(client, password)
    assert (item["state"], item["locked"]) == ("failed", True)
    assert why in item["problem"]
    assert "--" not in item["problem"]
    assert documents(client) == {}


def test_with_its_password_it_is_taken_in_and_nothing_remembers_the_password(client: Signed, small: Workspace) -> None:
    send_locked(client)
    assert send_locked(client, PASSWORD)["state"] == "added"
    document = documents(client)["locked.pdf"]["document"]
    path = f"/api/desk/documents/{document['document_id']}/file"
    assert send_locked(client, PASSWORD, path)["state"] == "replaced"
    kept = [file.read_bytes() for file in small.settings.data_dir.rglob("*") if file.is_file()]
    assert not any(PASSWORD.encode() in content for content in kept)


def test_a_file_that_no_password_opens_is_not_called_locked(client: Signed) -> None:
    (item,) = upload(client, broken_pdf=b"%PDF-1.7 nothing else")["items"]
    assert item["locked"] is False


def test_a_password_beyond_all_measure_is_refused(client: Signed, small: Workspace) -> None:
    sent = [("files", ("locked.pdf", locked_pdf()))]
    problem(client.post("/api/desk/documents", files=sent, data={"password": "x" * 201}), 422)
    assert list((small.settings.data_dir / "uploads").iterdir()) == []


def test_of_two_files_with_one_name_the_second_is_refused(client: Signed) -> None:
    sent = [("files", ("guide.md", TEXT.format(share=80))), ("files", ("guide.md", TEXT.format(share=70)))]
    job = finished(client, done(client.post("/api/desk/documents", files=sent), 202))
    assert {item["name"]: item["state"] for item in job["items"]} == {"guide.md": "added", "guide.md (2)": "failed"}


def test_nothing_of_an_upload_stays_behind(client: Signed, small: Workspace) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    assert list((small.settings.data_dir / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../evil.md", "..\\..\\evil.md", "/etc/evil.md", "C:\\evil.md", "a/b/../evil.md", ".evil.md"]
)
def test_a_file_name_is_never_a_path(client: Signed, small: Workspace, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.rglob("*.md"))
    sent = [("files", (name, TEXT.format(share=80)))]
    job = finished(client, done(client.post("/api/desk/documents", files=sent), 202))
    assert [item["name"] for item in job["items"]] == ["evil.md"]
    assert set(tmp_path.rglob("*.md")) == before


@given(st.text(max_size=300), st.integers(1, 9))
def test_any_file_name_becomes_a_short_name_without_folders(given_name: str, number: int) -> None:
    name = file_name(given_name, number)
    assert 1 <= len(name) <= 150
    assert not set("/\\\x00\n") & set(name)
    assert not name.startswith(".")
    assert file_name(name, number) == name


def test_a_name_that_is_markup_is_words(client: Signed) -> None:
    upload(client, **{"<img src=x onerror=alert(1)>_md": TEXT.format(share=80)})
    page = client.get(next(iter(documents(client).values()))["preview_url"])
    assert "<img src=x" not in page.text


def test_an_upload_over_the_limit_is_refused_as_it_arrives(client: Signed) -> None:
    sent = [("files", ("big.md", b"x" * 1_100_000))]
    problem(client.post("/api/desk/documents", files=sent), 413)
    assert documents(client) == {}


def test_an_upload_without_files_is_refused(client: Signed) -> None:
    problem(client.post("/api/desk/documents"), 422)
    problem(client.post("/api/desk/documents", data={"files": "text"}), 422)


def test_an_upload_of_nobody_is_not_even_read(small: Workspace, officers: Desk) -> None:
    stranger = Signed(create_app(build_assistant(small), small, officers))
    problem(stranger.post("/api/desk/documents", files=[("files", ("a.md", b"x" * 1_100_000))]), 401)


def test_a_document_is_replaced_whatever_the_new_file_is_called(client: Signed) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    document_id = documents(client)["guide.md"]["document"]["document_id"]
    path = f"/api/desk/documents/{document_id}/file"
    sent = [("files", ("new name 2025.md", TEXT.format(share=70)))]
    job = finished(client, done(client.put(path, files=sent), 202))
    assert [(item["name"], item["state"]) for item in job["items"]] == [("guide.md", "replaced")]
    page = done(client.get(f"/api/documents/{document_id}/pages/1"))
    assert "70%" in page["text"]
    problem(client.put("/api/desk/documents/0000/file", files=sent), 404)


def test_corrections_stay_when_the_file_is_taken_in_again_and_can_be_taken_back(
    client: Signed, small: Workspace, tmp_path: Path
) -> None:
    paper = tmp_path / "papers" / "guide.md"
    paper.parent.mkdir()
    paper.write_text(TEXT.format(share=80), encoding="utf-8")
    take_in(small, paper.parent)
    before = documents(client)["guide.md"]["document"]
    path = f"/api/desk/documents/{before['document_id']}"
    corrections = {"title": "물순환 백서", "publisher": "물순환부", "published": "2024-03", "kind": "press_release"}
    corrected = done(client.patch(path, json=corrections))
    assert corrected["corrected"] == sorted(corrections)
    assert {key: corrected["document"][key] for key in corrections} == corrections
    # A new title is indexed in the background, and indexes have one writer.
    finished(client, done(client.get("/api/desk/jobs"))["jobs"][0])
    paper.write_text(TEXT.format(share=75), encoding="utf-8")
    take_in(small, paper.parent)
    again = documents(client)["guide.md"]
    assert {key: again["document"][key] for key in corrections} == corrections
    back = done(client.patch(path, json=dict.fromkeys(corrections)))
    finished(client, done(client.get("/api/desk/jobs"))["jobs"][0])
    assert back["corrected"] == []
    assert {key: back["document"][key] for key in corrections} == {key: before[key] for key in corrections}


def test_a_corrected_title_is_searched(client: Signed) -> None:
    upload(client, guide_md="# 안내\n\n지원금은 최대 80%입니다.\n", other_md="# 다른 안내\n\n설명회를 엽니다.\n")
    document_id = documents(client)["guide.md"]["document"]["document_id"]
    done(client.patch(f"/api/desk/documents/{document_id}", json={"title": "고슴도치 계획"}))
    finished(client, done(client.get("/api/desk/jobs"))["jobs"][0])
    hits = done(client.post("/api/search", json={"query": "고슴도치 계획"}))["hits"]
    assert hits[0]["title"] == "고슴도치 계획"


@pytest.mark.parametrize(
    "wrong", [{"published": "last year"}, {"published": "2024-13-40"}, {"kind": "novel"}, {"pages": 3}]
)
def test_a_correction_that_makes_no_sense_is_refused(client: Signed, wrong: dict[str, Any]) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    document_id = documents(client)["guide.md"]["document"]["document_id"]
    assert problem(client.patch(f"/api/desk/documents/{document_id}", json=wrong), 422)["errors"]


def test_a_removed_document_leaves_nothing(client: Signed, small: Workspace) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    document_id = documents(client)["guide.md"]["document"]["document_id"]
    done(client.patch(f"/api/desk/documents/{document_id}", json={"publisher": "물순환부"}))
    finished(client, done(client.delete(f"/api/desk/documents/{document_id}"), 202))
    assert documents(client) == {}
    assert done(client.post("/api/search", json={"query": "물순환 도시"}))["hits"] == []
    assert small.vectors.count() == 0
    assert small.store.corrected_fields() == {}


def test_both_indexes_are_built_anew(small: Workspace, officers: Desk, client: Signed) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    small.vectors.clear()
    admin = signed(small, officers, "admin")
    job = finished(admin, done(admin.post("/api/desk/reindex"), 202))
    assert (job["state"], job["done"]) == ("done", job["total"])
    assert small.vectors.count() == small.store.chunk_count()
    document_id = documents(client)["guide.md"]["document"]["document_id"]
    one = finished(client, done(client.post(f"/api/desk/documents/{document_id}/reindex"), 202))
    assert one["state"] == "done"
    assert [item["state"] for item in one["items"]] == ["indexed"]
    assert small.vectors.count() == small.store.chunk_count()


def test_an_unknown_record_is_not_found(client: Signed) -> None:
    problem(client.patch("/api/desk/records/none", json={"fields": {"title": "x"}}), 404)


def test_what_was_done_with_documents_is_in_the_log(small: Workspace, officers: Desk, client: Signed) -> None:
    upload(client, guide_md=TEXT.format(share=80))
    document_id = documents(client)["guide.md"]["document"]["document_id"]
    done(client.patch(f"/api/desk/documents/{document_id}", json={"publisher": "물순환부"}))
    finished(client, done(client.delete(f"/api/desk/documents/{document_id}"), 202))
    entries = done(signed(small, officers, "admin").get("/api/desk/audit", params={"actor": "editor"}))["entries"]
    actions = [entry["action"] for entry in entries]
    assert actions == ["document.remove", "document.correct", "document.upload", "session.sign_in"]
