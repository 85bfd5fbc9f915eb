"""Accounts, the audit log, the demo's account, and the command line."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_parts import PASSWORD, Clock, Signed, done, problem
from fastapi import FastAPI
from hashing_embedder import HashingEmbedder
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient
from typer.testing import CliRunner

from assistant.api import create_app
from assistant.cli import app as commands
from assistant.desk import schema
from assistant.desk.database import DeskDatabase
from assistant.desk.demo import ensure_demo_account
from assistant.desk.desk import Desk
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


def account_id(admin: Signed, name: str) -> str:
    listed = done(admin.get("/api/desk/accounts"))["accounts"]
    return str(next(one["account_id"] for one in listed if one["name"] == name))


def test_an_admin_makes_an_account_that_can_sign_in(app: FastAPI, admin: Signed) -> None:
    body = {"name": "Kim@Example.org", "display_name": "김 주무관", "role": "officer", "password": PASSWORD}
    made = done(admin.post("/api/desk/accounts", json=body), 201)
    assert (made["name"], made["role"], made["active"], made["has_password"]) == (
        "kim@example.org",
        "officer",
        True,
        True,
    )
    assert "hash" not in str(made)
    assert Signed(app).sign_in("kim@example.org").status_code == 200
    problem(admin.post("/api/desk/accounts", json={**body, "name": "KIM@example.ORG"}), 409)


@pytest.mark.parametrize(
    "change",
    [{"password": "short"}, {"name": "a b"}, {"name": "<script>"}, {"role": "king"}, {"display_name": ""}, {"id": 1}],
)
def test_an_account_that_makes_no_sense_is_refused(admin: Signed, change: dict[str, object]) -> None:
    body = {"name": "somebody", "display_name": "x", "role": "officer", "password": PASSWORD} | change
    assert problem(admin.post("/api/desk/accounts", json=body), 422)["errors"]


def test_an_account_without_a_password_cannot_sign_in_with_one(app: FastAPI, admin: Signed) -> None:
    body = {"name": "oidc.only", "display_name": "x", "role": "officer"}
    assert done(admin.post("/api/desk/accounts", json=body), 201)["has_password"] is False
    for password in ("", "nobody has this password"):
        problem(Signed(app).sign_in("oidc.only", password), 401)


@pytest.mark.parametrize("change", [{"active": False}, {"password": "a new password"}, {"role": "editor"}])
def test_what_changes_an_accounts_rights_ends_its_sessions(
    admin: Signed, desk: Desk, signed: Callable[[str], Signed], change: dict[str, object]
) -> None:
    name = f"changed-{next(iter(change))}"
    desk.accounts.create("tests", name, "x", "officer", PASSWORD)
    theirs = signed(name)
    done(admin.patch(f"/api/desk/accounts/{account_id(admin, name)}", json=change))
    problem(theirs.get("/api/desk/officers"), 401)


def test_a_new_display_name_ends_nothing(admin: Signed, desk: Desk, signed: Callable[[str], Signed]) -> None:
    desk.accounts.create("tests", "renamed", "x", "officer", PASSWORD)
    theirs = signed("renamed")
    done(admin.patch(f"/api/desk/accounts/{account_id(admin, 'renamed')}", json={"display_name": "새 이름"}))
    assert theirs.get("/api/desk/officers").status_code == 200


def test_a_disabled_account_cannot_sign_in_and_is_offered_to_nobody(app: FastAPI, admin: Signed, desk: Desk) -> None:
    desk.accounts.create("tests", "gone", "x", "officer", PASSWORD)
    done(admin.patch(f"/api/desk/accounts/{account_id(admin, 'gone')}", json={"active": False}))
    problem(Signed(app).sign_in("gone"), 401)
    assert "gone" not in [one["name"] for one in done(admin.get("/api/desk/officers"))["officers"]]


@pytest.mark.parametrize("change", [{"active": False}, {"role": "editor"}])
def test_the_last_admin_stays(admin: Signed, change: dict[str, object]) -> None:
    path = f"/api/desk/accounts/{account_id(admin, 'admin')}"
    problem(admin.patch(path, json=change), 409)
    assert admin.get("/api/desk/accounts").status_code == 200


def test_an_unknown_account_is_not_found(admin: Signed) -> None:
    problem(admin.patch("/api/desk/accounts/none", json={"display_name": "x"}), 404)


# --- Audit ---


def test_the_log_is_read_page_by_page_and_filtered(admin: Signed) -> None:
    for _ in range(3):
        admin.get("/api/desk/terms.csv")
    first = done(admin.get("/api/desk/audit", params={"action": "term.export", "limit": 2}))
    assert [entry["action"] for entry in first["entries"]] == ["term.export"] * 2
    rest = done(admin.get("/api/desk/audit", params={"action": "term.export", "before": first["next_before"]}))
    ids = [entry["entry_id"] for entry in (*first["entries"], *rest["entries"])]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids)
    assert done(admin.get("/api/desk/audit", params={"actor": "nobody"}))["entries"] == []
    assert done(admin.get("/api/desk/audit", params={"until": "2020-01-01"}))["entries"] == []
    day = first["entries"][0]["at"][:10]
    assert done(admin.get("/api/desk/audit", params={"since": day, "until": day}))["entries"]


def test_no_secret_and_no_inquirers_word_is_in_the_log(app: FastAPI, admin: Signed, visitor: TestClient) -> None:
    body = {"name": "secretive", "display_name": "x", "role": "officer", "password": "very-secret-words"}
    done(admin.post("/api/desk/accounts", json=body), 201)
    Signed(app).sign_in("secretive", "wrong-but-secret")
    theirs = Signed(app)
    theirs.sign_in("secretive", "very-secret-words")
    theirs.put("/api/desk/session/password", json={"current": "very-secret-words", "new": "other-secret-words"})
    contact = {"email": "private@example.org", "consent": True, "consent_version": "1"}
    done(visitor.post("/api/inquiries", json={"question": "아주사적인질문", **contact}), 201)
    logged = admin.get("/api/desk/audit", params={"limit": 500}).text
    for secret in (
        "secret-words",
        "wrong-but-secret",
        "private@",
        "아주사적인질문",
        "argon2",
        admin.cookies["annae_desk"],
    ):
        assert secret not in logged


def test_the_database_itself_refuses_to_change_the_log(filled: Workspace, admin: Signed) -> None:
    database = DeskDatabase(filled.settings.store_url)
    try:
        for statement in (update(schema.audit).values(actor="somebody else"), delete(schema.audit)):
            with pytest.raises(IntegrityError, match="append-only"), database.writing() as connection:
                connection.execute(statement)
    finally:
        database.close()


# --- Demo ---


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(Settings(data_dir=tmp_path / "demo", parse_processes=0), HashingEmbedder()) as workspace:
        yield workspace


def test_the_demo_account_can_sign_in_and_stays_the_same(empty: Workspace) -> None:
    name, password = ensure_demo_account(empty)
    assert ensure_demo_account(empty) == (name, password)
    clock = Clock()
    desk = Desk(build_assistant(empty), empty, clock, clock.today)
    try:
        client = Signed(create_app(build_assistant(empty), empty, desk))
        session = done(client.sign_in(name, password))
        assert session["officer"]["role"] == "editor"
        problem(client.get("/api/desk/accounts"), 403)
    finally:
        desk.close()


def test_every_demo_has_a_password_of_its_own_that_only_its_owner_may_read(empty: Workspace, tmp_path: Path) -> None:
    _, password = ensure_demo_account(empty)
    file = next(empty.settings.data_dir.glob("demo-account*"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Workspace(Settings(data_dir=tmp_path / "other", parse_processes=0), HashingEmbedder()) as other:
        assert ensure_demo_account(other)[1] != password
    file.unlink()
    assert ensure_demo_account(empty)[1] != password


# --- Command line ---


def run(*arguments: str, given: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["desk", *arguments], input=given)
    return result.exit_code, result.output


def test_the_first_admin_is_made_at_the_command_line(tmp_path: Path) -> None:
    folder = ("--data-dir", str(tmp_path / "data"))
    code, told = run("create-admin", "Boss", "--password-stdin", *folder, given=f"{PASSWORD}\n")
    assert code == 0, told
    code, told = run("list", *folder)
    assert "boss" in told
    assert "admin" in told
    assert "argon2" not in told
    assert run("create-admin", "boss", "--password-stdin", *folder, given=f"{PASSWORD}\n")[0] == 1
    assert run("disable", "boss", *folder)[0] == 1
    run("create-admin", "second", "--password-stdin", *folder, given=f"{PASSWORD}\n")
    assert run("disable", "boss", *folder)[0] == 0
    assert "disabled" in run("list", *folder)[1]
    assert run("disable", "nobody", *folder)[0] == 1


def test_a_typed_password_is_asked_for_twice(tmp_path: Path) -> None:
    folder = ("--data-dir", str(tmp_path / "data"))
    assert run("create-admin", "boss", *folder, given=f"{PASSWORD}\nsomething else\n")[0] == 2
    assert "boss" not in run("list", *folder)[1]
    code, told = run("create-admin", "boss", *folder, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert code == 0
    assert PASSWORD not in told


@pytest.mark.parametrize(("name", "password"), [("boss", "short"), ("a b", PASSWORD), ("-x", PASSWORD)])
def test_what_the_desk_would_not_take_the_command_does_not_either(tmp_path: Path, name: str, password: str) -> None:
    folder = ("--data-dir", str(tmp_path / "data"))
    code, _ = run("create-admin", "--password-stdin", *folder, "--", name, given=f"{password}\n")
    assert code == 2
