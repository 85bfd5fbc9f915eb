"""Every route of the desk asks for its role, and the documentation lists them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from desk_parts import ROLES, Signed, problem
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.desk.contract.accounts import Role

PAGE = Path(__file__).parents[2] / "docs" / "desk.md"
_ROW = re.compile(r"^\| `(GET|POST|PUT|PATCH|DELETE) (/api/\S+)` \| (\w+) \|", re.MULTILINE)
DOCUMENTED = _ROW.findall(PAGE.read_text(encoding="utf-8"))
GUARDED = [row for row in DOCUMENTED if row[2] != "anyone"]


def _shape(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def _concrete(path: str) -> str:
    """The path with ids that nothing has; a language where one belongs."""
    return re.sub(r"\{\w+\}", "0123456789abcdef", path.replace("{language}", "ko"))


def test_the_page_lists_every_route_with_its_role(client_schema: dict[str, dict[str, object]]) -> None:
    served = {
        (method.upper(), _shape(path))
        for path, operations in client_schema.items()
        if path.startswith(("/api/desk/", "/api/inquiries"))
        for method in operations
    }
    assert served == {(method, _shape(path)) for method, path, _ in DOCUMENTED}
    assert {role for *_, role in DOCUMENTED} == {"anyone", *ROLES}


@pytest.fixture(scope="module")
def client_schema(app: FastAPI) -> dict[str, dict[str, object]]:
    paths: dict[str, dict[str, object]] = TestClient(app).get("/openapi.json").json()["paths"]
    return paths


@pytest.mark.parametrize(("method", "path", "role"), GUARDED, ids=lambda value: str(value))
def test_a_route_is_closed_to_whoever_is_not_signed_in(visitor: TestClient, method: str, path: str, role: str) -> None:
    problem(visitor.request(method, _concrete(path)), 401)


@pytest.fixture(scope="module")
def by_role(app: FastAPI, desk: object) -> dict[str, Signed]:
    clients = {role: Signed(app) for role in ROLES}
    for role, client in clients.items():
        assert client.sign_in(role).status_code == 200
    return clients


# Signing out would end the session of those that follow.
@pytest.mark.parametrize(
    ("method", "path", "role"), [row for row in GUARDED if row[1] != "/api/desk/session"], ids=lambda value: str(value)
)
def test_a_route_is_open_to_its_role_and_those_above_and_to_no_other(
    by_role: dict[str, Signed], method: str, path: str, role: Role
) -> None:
    for name in ROLES:
        # A body that is nothing: whoever may pass gets to hear what is wrong with it, or that there is no such thing.
        answered = by_role[name].request(method, _concrete(path))
        if ROLES.index(name) >= ROLES.index(role):
            assert answered.status_code not in (401, 403, 405, 500), answered.text
        else:
            problem(answered, 403)


@pytest.mark.parametrize(
    ("method", "path", "role"), [r for r in GUARDED if r[0] != "GET"], ids=lambda value: str(value)
)
def test_a_route_that_changes_something_needs_the_csrf_token(
    by_role: dict[str, Signed], method: str, path: str, role: str
) -> None:
    bare = TestClient(by_role["admin"].app, cookies=dict(by_role["admin"].cookies))
    told = problem(bare.request(method, _concrete(path)), 403)
    assert "X-CSRF-Token" in told["detail"]


def test_another_sites_page_may_hand_over_and_look_up_but_not_use_the_desk(
    filled: object, signed: Callable[[str], Signed]
) -> None:
    # Without origins set no other site may anything; see web/test_serving.py for those that may.
    answered = signed("officer").get("/api/desk/officers", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answered.headers
