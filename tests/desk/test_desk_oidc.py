"""Signing in with the organisation's account, against a scripted provider on this machine."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from desk_parts import Signed, done, problem
from fastapi import FastAPI
from hashing_embedder import HashingEmbedder
from httpx import Response
from joserfc.jwk import RSAKey
from scripted_provider import CLIENT_ID, CLIENT_SECRET, ScriptedProvider

from assistant.api import create_app
from assistant.desk.desk import Desk
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


@pytest.fixture(scope="module")
def provider() -> Iterator[ScriptedProvider]:
    scripted = ScriptedProvider()
    yield scripted
    scripted.close()


@pytest.fixture(scope="module")
def web(provider: ScriptedProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    settings = Settings(
        data_dir=Path(tmp_path_factory.mktemp("data")),
        parse_processes=0,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    )
    with Workspace(settings, HashingEmbedder()) as workspace:
        desk = Desk(build_assistant(workspace), workspace)
        desk.accounts.create("tests", "officer@example.org", "Officer", "officer", None)
        gone = desk.accounts.create("tests", "gone@example.org", "Gone", "officer", None)
        desk.accounts.change("tests", gone.account_id, active=False)
        yield create_app(build_assistant(workspace), workspace, desk)
        desk.close()


@pytest.fixture(autouse=True)
def _proper(provider: ScriptedProvider) -> None:
    provider.claims, provider.issuer_told = {}, None
    provider.signing_key, provider.algorithm = provider.key, "RS256"
    provider.verifiers.clear()


def begun(client: Signed, provider: ScriptedProvider) -> dict[str, str]:
    """Begin a sign-in and let the provider give a code; returns what the browser brings back."""
    sent = client.get("/api/desk/oidc/start", follow_redirects=False)
    assert sent.status_code == 302
    query = {key: values[0] for key, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
    assert sent.headers["location"].startswith(f"{provider.issuer}/authorize?")
    code = f"code-{len(provider.codes)}-{query['state'][:6]}"
    provider.codes[code] = query
    return {"code": code, "state": query["state"]}


def finish(client: Signed, brought: dict[str, str]) -> Response:
    return client.get("/api/desk/oidc/callback", params=brought, follow_redirects=False)


def test_an_officer_signs_in_with_the_organisations_account(web: FastAPI, provider: ScriptedProvider) -> None:
    client = Signed(web)
    assert done(client.get("/api/desk/session"))["oidc"] is True
    brought = begun(client, provider)
    asked = provider.codes[brought["code"]]
    assert asked["redirect_uri"] == "http://testserver/api/desk/oidc/callback"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    back = finish(client, brought)
    assert (back.status_code, back.headers["location"]) == (302, "/desk")
    assert done(client.get("/api/desk/session"))["officer"]["name"] == "officer@example.org"
    # The proof key of the code is the one that was announced.
    challenge = urlsafe_b64encode(hashlib.sha256(provider.verifiers[0].encode()).digest()).decode().rstrip("=")
    assert asked["code_challenge"] == challenge


def test_a_sign_in_is_good_for_once_and_in_its_own_browser_only(web: FastAPI, provider: ScriptedProvider) -> None:
    client = Signed(web)
    brought = begun(client, provider)
    problem(finish(Signed(web), brought), 401)
    assert finish(client, brought).status_code == 302
    problem(finish(client, brought), 401)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "stranger@example.org"},
        {"email": "gone@example.org"},
        {"email": None},
    ],
)
def test_a_token_that_does_not_prove_an_account_signs_nobody_in(
    web: FastAPI, provider: ScriptedProvider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    client = Signed(web)
    problem(finish(client, begun(client, provider)), 401)
    assert done(client.get("/api/desk/session"))["officer"] is None


def test_a_token_signed_by_another_key_is_refused(web: FastAPI, provider: ScriptedProvider) -> None:
    provider.signing_key = RSAKey.generate_key(2048, parameters={"kid": "one"})
    client = Signed(web)
    problem(finish(client, begun(client, provider)), 401)


def test_a_provider_that_is_not_the_issuer_is_refused(web: FastAPI, provider: ScriptedProvider) -> None:
    provider.issuer_told = "https://evil.example"
    english = {"accept-language": "en"}
    told = problem(Signed(web).get("/api/desk/oidc/start", headers=english, follow_redirects=False), 401)
    assert "issuer" in told["title"]


def test_a_refused_code_signs_nobody_in_and_tells_no_secret(web: FastAPI, provider: ScriptedProvider) -> None:
    client = Signed(web)
    brought = begun(client, provider)
    provider.codes.clear()
    told = finish(client, brought)
    problem(told, 401)
    assert CLIENT_SECRET not in told.text


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"state": "x"}, {"code": "x" * 9000, "state": "y" * 9000}])
def test_a_callback_from_nowhere_is_refused(web: FastAPI, query: dict[str, str]) -> None:
    problem(finish(Signed(web), query), 401)


def test_where_no_provider_is_set_there_is_no_such_sign_in(app: FastAPI) -> None:
    problem(Signed(app).get("/api/desk/oidc/start", follow_redirects=False), 404)
    assert done(Signed(app).get("/api/desk/session"))["oidc"] is False
