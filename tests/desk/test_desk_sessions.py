"""Signing in: passwords, cookies, CSRF, lock-outs, ends of sessions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desk_parts import PASSWORD, Clock, Signed, done, problem
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.desk.desk import Desk
from assistant.desk.passwords import Passwords
from assistant.workspace import Workspace

COOKIE = "annae_desk"


def stored_bytes(workspace: Workspace) -> bytes:
    """Everything the database has on disk, its journal included."""
    files = sorted(workspace.settings.data_dir.glob("annae.sqlite3*"))
    assert files
    return b"".join(file.read_bytes() for file in files)


def test_the_session_says_who_is_signed_in(visitor: TestClient, signed: Callable[[str], Signed]) -> None:
    nobody = done(visitor.get("/api/desk/session"))
    assert nobody["officer"] is None
    assert nobody["csrf_token"] is None
    somebody = done(signed("editor").get("/api/desk/session"))
    assert somebody["officer"]["name"] == "editor"
    assert somebody["officer"]["role"] == "editor"
    assert somebody["csrf_token"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: FastAPI) -> None:
    client = Signed(app)
    cookie = client.sign_in("officer").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    behind_https = Signed(app, base_url="https://testserver").sign_in("officer").headers["set-cookie"].lower()
    assert "; secure" in behind_https


@pytest.mark.parametrize(("name", "password"), [("officer", "wrong password"), ("nobody-here", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_sound_the_same(app: FastAPI, name: str, password: str) -> None:
    told = problem(Signed(app).sign_in(name, password), 401)
    assert told["title"] == "이름과 비밀번호가 맞지 않습니다"
    assert "set-cookie" not in Signed(app).sign_in(name, password).headers


def test_signing_in_makes_a_new_session_whatever_cookie_came_along(app: FastAPI) -> None:
    client = Signed(app)
    client.cookies.set(COOKIE, "planted-by-somebody-else")
    client.sign_in("officer")
    first = client.cookies.get(COOKIE, domain="testserver.local")
    assert first != "planted-by-somebody-else"
    thief = TestClient(app, cookies={COOKIE: "planted-by-somebody-else"})
    assert done(thief.get("/api/desk/session"))["officer"] is None


def test_names_are_the_same_in_capitals(app: FastAPI) -> None:
    assert Signed(app).sign_in("OFFICER").status_code == 200


def test_after_signing_out_the_cookie_is_worth_nothing(app: FastAPI, signed: Callable[[str], Signed]) -> None:
    client = signed("officer")
    kept = client.cookies[COOKIE]
    assert client.delete("/api/desk/session").status_code == 204
    thief = TestClient(app, cookies={COOKIE: kept})
    problem(thief.get("/api/desk/inquiries"), 401)


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_change_without_the_sessions_csrf_token_is_refused(
    signed: Callable[[str], Signed], token: str | None
) -> None:
    client = signed("officer")
    del client.headers["x-csrf-token"]
    headers = {} if token is None else {"x-csrf-token": token}
    problem(client.request("DELETE", "/api/desk/session", headers=headers), 403)
    assert done(client.get("/api/desk/session"))["officer"]["name"] == "officer"


def test_another_sessions_csrf_token_is_refused(signed: Callable[[str], Signed]) -> None:
    one, other = signed("officer"), signed("officer")
    token = other.headers["x-csrf-token"]
    problem(one.request("DELETE", "/api/desk/session", headers={"x-csrf-token": token}), 403)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_another_sites_page_can_neither_sign_in_nor_change_anything(
    app: FastAPI, signed: Callable[[str], Signed], origin: str
) -> None:
    body = {"name": "officer", "password": PASSWORD}
    problem(TestClient(app).post("/api/desk/session", json=body, headers={"origin": origin}), 403)
    problem(signed("officer").request("DELETE", "/api/desk/session", headers={"origin": origin}), 403)


def test_a_request_from_the_desks_own_page_is_accepted(signed: Callable[[str], Signed]) -> None:
    client = signed("officer")
    assert client.request("DELETE", "/api/desk/session", headers={"origin": "http://testserver"}).status_code == 204


def test_nothing_of_the_desk_is_kept_by_browsers(officer: Signed) -> None:
    assert officer.get("/api/desk/inquiries").headers["cache-control"] == "no-store"


def test_five_wrong_passwords_lock_the_name_for_fifteen_minutes(app: FastAPI, desk: Desk, clock: Clock) -> None:
    desk.accounts.create("tests", "locked", "Locked", "officer", PASSWORD)
    client = Signed(app)
    for _ in range(5):
        problem(client.sign_in("locked", "wrong password"), 401)
    refused = client.sign_in("locked")
    problem(refused, 429)
    assert 0 < int(refused.headers["retry-after"]) <= 15 * 60
    clock.forward(minutes=16)
    assert client.sign_in("locked").status_code == 200


def test_a_right_password_makes_the_wrong_ones_before_it_forgotten(app: FastAPI, desk: Desk, clock: Clock) -> None:
    clock.forward(minutes=16)
    desk.accounts.create("tests", "clumsy", "Clumsy", "officer", PASSWORD)
    client = Signed(app)
    for _ in range(2):
        for _ in range(4):
            problem(client.sign_in("clumsy", "wrong password"), 401)
        assert client.sign_in("clumsy").status_code == 200


def test_an_address_that_tries_many_names_is_locked(app: FastAPI, clock: Clock) -> None:
    clock.forward(minutes=16)
    client = TestClient(app, client=("192.0.2.7", 1234))
    for number in range(20):
        body = {"name": f"guess-{number}", "password": "whatever else"}
        assert client.post("/api/desk/session", json=body).status_code == 401
    problem(client.post("/api/desk/session", json={"name": "officer", "password": PASSWORD}), 429)
    # Others are not locked out with it.
    assert Signed(app).sign_in("officer").status_code == 200


def test_a_session_ends_when_nobody_uses_it(signed: Callable[[str], Signed], clock: Clock) -> None:
    client = signed("officer")
    for _ in range(3):
        clock.forward(minutes=50)
        assert client.get("/api/desk/officers").status_code == 200
    clock.forward(minutes=61)
    problem(client.get("/api/desk/officers"), 401)


def test_a_page_that_is_merely_open_keeps_no_session_alive(signed: Callable[[str], Signed], clock: Clock) -> None:
    client = signed("officer")
    for _ in range(2):
        clock.forward(minutes=40)
        client.delete("/api/desk/inquiries/none/presence")
    problem(client.get("/api/desk/officers"), 401)


def test_a_session_ends_after_twelve_hours_of_use(signed: Callable[[str], Signed], clock: Clock) -> None:
    client = signed("officer")
    for _ in range(14):
        clock.forward(minutes=50)
        assert client.get("/api/desk/officers").status_code == 200
    clock.forward(minutes=50)
    problem(client.get("/api/desk/officers"), 401)


def test_a_new_password_ends_all_other_sessions(app: FastAPI, desk: Desk, signed: Callable[[str], Signed]) -> None:
    desk.accounts.create("tests", "changing", "Changing", "officer", PASSWORD)
    here, elsewhere = signed("changing"), signed("changing")
    problem(here.put("/api/desk/session/password", json={"current": "wrong one", "new": "another password"}), 401)
    problem(here.put("/api/desk/session/password", json={"current": PASSWORD, "new": "short"}), 422)
    renewed = done(here.put("/api/desk/session/password", json={"current": PASSWORD, "new": "another password"}))
    assert renewed["csrf_token"] != here.headers["x-csrf-token"]
    assert here.get("/api/desk/officers").status_code == 200
    problem(elsewhere.get("/api/desk/officers"), 401)
    problem(Signed(app).sign_in("changing"), 401)
    assert Signed(app).sign_in("changing", "another password").status_code == 200


def test_neither_passwords_nor_cookies_stand_in_the_database(filled: Workspace, officer: Signed) -> None:
    stored = stored_bytes(filled)
    assert PASSWORD.encode() not in stored
    assert officer.cookies[COOKIE].encode() not in stored
    assert officer.headers["x-csrf-token"].encode() not in stored
    assert b"$argon2id$" in stored


def test_a_hash_is_right_for_its_password_only() -> None:
    passwords = Passwords()
    kept = passwords.hash("안녕하세요 비밀번호")
    assert passwords.is_right("안녕하세요 비밀번호", kept)
    assert not passwords.is_right("안녕하세요 비밀번호 ", kept)
    assert not passwords.is_right("nobody has this password", None)
    assert not passwords.is_right("x", "not a hash")
