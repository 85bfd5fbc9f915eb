"""The termbase editor: a change takes effect at once, and none makes the termbase unsound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_parts import PASSWORD, Clock, Signed, done, problem
from hashing_embedder import HashingEmbedder

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

CSV = (
    "kind,ko,en,abbr,status,source,note\n"
    "body,물순환공사,Water Cycle Corporation,WCC,official,https://example.org,\n"
    "general,빗물 정원,rain garden,,unofficial,,\n"
)
ENTRY = {"kind": "program", "ko": ["물길 지원사업"], "en": ["Waterway Support Program"], "abbr": ["WSP"]}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "termbase.csv").write_text(CSV, encoding="utf-8")
    with Workspace(Settings(data_dir=folder, parse_processes=0), HashingEmbedder()) as workspace:
        yield workspace


@pytest.fixture
def client(small: Workspace) -> Iterator[Signed]:
    clock = Clock()
    officers = Desk(build_assistant(small), small, clock, clock.today)
    officers.accounts.create("tests", "editor", "Editor", "editor", PASSWORD)
    signed = Signed(create_app(build_assistant(small), small, officers))
    signed.sign_in("editor")
    yield signed
    officers.close()


def terms(client: Signed, **query: Any) -> dict[str, Any]:
    return done(client.get("/api/desk/terms", params=query))


def test_entries_are_listed_and_found_by_every_form(client: Signed) -> None:
    assert terms(client)["total"] == 2
    for words in ("물순환", "water corporation", "WCC"):
        assert [term["ko"] for term in terms(client, q=words)["terms"]] == [["물순환공사"]]
    assert [term["ko"] for term in terms(client, kind="general")["terms"]] == [["빗물 정원"]]
    assert terms(client, q="없는말")["total"] == 0
    assert [term["ko"] for term in terms(client, limit=1, offset=1)["terms"]] == [["빗물 정원"]]


def test_an_added_entry_is_in_effect_at_once(client: Signed, small: Workspace) -> None:
    assert small.termbase.find("물길 지원사업 안내") == []
    added = done(client.post("/api/desk/terms", json={"digest": terms(client)["digest"], **ENTRY}))
    assert added["entries"] == 3
    assert added["digest"] == terms(client)["digest"]
    assert [match.term.english for match in small.termbase.find("물길 지원사업 안내")] == [
        ("Waterway Support Program",)
    ]


def test_an_entry_is_corrected_and_deleted(client: Signed, small: Workspace) -> None:
    listed = terms(client, q="rain garden")
    path = f"/api/desk/terms/{listed['terms'][0]['term_id']}"
    body = {"digest": listed["digest"], "kind": "general", "ko": ["빗물 정원"], "en": ["rainwater garden"]}
    done(client.put(path, json=body))
    assert terms(client, q="rainwater")["total"] == 1
    deleted = done(client.delete(path, params={"digest": terms(client)["digest"]}))
    assert deleted["entries"] == 1
    assert small.termbase.find("빗물 정원") == []


def test_a_change_of_an_older_termbase_is_refused(client: Signed) -> None:
    older = terms(client)
    done(client.post("/api/desk/terms", json={"digest": older["digest"], **ENTRY}))
    path = f"/api/desk/terms/{older['terms'][0]['term_id']}"
    problem(client.post("/api/desk/terms", json={"digest": older["digest"], **ENTRY}), 409)
    problem(client.put(path, json={"digest": older["digest"], **ENTRY}), 409)
    problem(client.delete(path, params={"digest": older["digest"]}), 409)
    assert terms(client)["total"] == 3


def test_an_entry_that_says_something_twice_is_refused_with_the_reason(client: Signed) -> None:
    body = {"digest": terms(client)["digest"], "kind": "body", "ko": ["물순환공사"], "en": ["Another Corporation"]}
    assert problem(client.post("/api/desk/terms", json=body), 422)["errors"]
    assert terms(client)["total"] == 2


def test_an_unknown_kind_is_refused(client: Signed) -> None:
    body = {"digest": terms(client)["digest"], **ENTRY, "kind": "dragon"}
    assert problem(client.post("/api/desk/terms", json=body), 422)["errors"]


def test_an_unknown_entry_is_not_found(client: Signed) -> None:
    problem(client.delete("/api/desk/terms/999", params={"digest": terms(client)["digest"]}), 404)


def test_what_is_exported_can_be_imported(client: Signed, small: Workspace) -> None:
    exported = client.get("/api/desk/terms.csv")
    assert "attachment" in exported.headers["content-disposition"]
    done(client.post("/api/desk/terms", json={"digest": terms(client)["digest"], **ENTRY}))
    imported = done(client.post("/api/desk/terms/import", files=[("files", ("terms.csv", exported.content))]))
    assert imported["entries"] == 2
    assert small.termbase.find("물길 지원사업") == []


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", CSV.encode() + b"body,\xeb\xac\xbc,,,official,,\n", b"\x00\xff\xfe"]
)
def test_a_file_that_is_no_sound_termbase_changes_nothing(client: Signed, content: bytes) -> None:
    before = terms(client)
    problem(client.post("/api/desk/terms/import", files=[("files", ("terms.csv", content))]), 422)
    assert terms(client) == before


def test_a_file_without_a_termbases_columns_is_told_which_to_write(client: Signed) -> None:
    sent = [("files", ("terms.csv", b"ko,wrong\n1,2\n"))]
    detail = problem(client.post("/api/desk/terms/import", files=sent), 422)["detail"]
    assert "kind, en, abbr, status, source, note" in detail
    assert "kind, ko, en, abbr, status, source, note" in detail
    assert "[" not in detail
    assert "'" not in detail


def test_a_bar_in_a_form_does_not_make_two_forms(client: Signed) -> None:
    body = {"digest": terms(client)["digest"], **ENTRY, "ko": ["물길|지원사업"]}
    done(client.post("/api/desk/terms", json=body))
    assert terms(client, q="waterway")["terms"][0]["ko"] == ["물길 지원사업"]
