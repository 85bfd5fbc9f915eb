"""Signing in with an organisation's own account (OpenID Connect, authorization code with PKCE)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from assistant.desk import schema
from assistant.desk.accounts import Account, Accounts
from assistant.desk.audit import NOBODY, AuditLog
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.database import DeskDatabase
from assistant.desk.sessions import digest
from assistant.errors import SignInError

LOGIN_MINUTES = 10
_TIMEOUT_SECONDS = 10
# Signed by the provider's own key; never "none", and never with our secret in the key's place.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


@dataclass(frozen=True, slots=True)
class OidcClient:
    """What the provider knows the desk by."""

    issuer: str
    client_id: str
    client_secret: str


class OidcSignIn:
    """Sends officers to the provider and takes them back. An account is found by its verified e-mail address, its name here.

    Nobody gets an account by signing in: an admin makes it first.
    """

    def __init__(
        self, client: OidcClient, database: DeskDatabase, accounts: Accounts, audit: AuditLog, clock: Clock
    ) -> None:
        self._client = client
        self._database = database
        self._accounts = accounts
        self._audit = audit
        self._clock = clock

    def start(self, redirect_uri: str) -> tuple[str, str]:
        """Where to send the browser, and the state that it must bring back in a cookie.

        Raises:
            SignInError: the provider cannot be reached or is not what it says.
        """
        metadata = self._metadata()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        now = self._clock()
        with self._database.writing() as connection:
            connection.execute(delete(schema.oidc_logins).where(schema.oidc_logins.c.expires < stamp(now)))
            connection.execute(
                insert(schema.oidc_logins).values(
                    state_hash=digest(state),
                    nonce=nonce,
                    verifier=verifier,
                    expires=stamp(now + timedelta(minutes=LOGIN_MINUTES)),
                )
            )
        with self._session(redirect_uri) as session:
            url, _ = session.create_authorization_url(
                metadata["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_challenge=challenge,
                code_challenge_method="S256",
            )
        return str(url), state

    def finish(self, code: str, state: str, cookie: str | None, redirect_uri: str) -> Account:
        """The account of whoever comes back from the provider.

        Raises:
            SignInError: the state is not this browser's, the provider refuses, or no active account has the address.
        """
        if not cookie or not hmac.compare_digest(cookie.encode(), state.encode()):
            raise _refused("the sign-in was not begun in this browser")
        table = schema.oidc_logins
        with self._database.writing() as connection:
            row = connection.execute(select(table).where(table.c.state_hash == digest(state))).one_or_none()
            # Good for once, whatever comes of it.
            connection.execute(delete(table).where(table.c.state_hash == digest(state)))
        if row is None or moment(row.expires) <= self._clock():
            raise _refused("the sign-in took too long")
        claims = self._claims(code, row.verifier, row.nonce, redirect_uri)
        email = str(claims.get("email") or "")
        account = self._accounts.named(email) if email and claims.get("email_verified") is True else None
        if account is None or not account.active:
            self._audit.note(NOBODY, "session.refused", f"account:{account.name}" if account else "account:unknown")
            raise _refused("no account here has this verified e-mail address")
        return account

    def _claims(self, code: str, verifier: str, nonce: str, redirect_uri: str) -> dict[str, Any]:
        """The verified claims of the identity token (OpenID Connect Core 1.0, section 3.1.3.7)."""
        from authlib.common.errors import AuthlibBaseError
        from httpx import HTTPError
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        metadata = self._metadata()
        try:
            with self._session(redirect_uri) as session:
                token = session.fetch_token(
                    metadata["token_endpoint"], code=code, code_verifier=verifier, grant_type="authorization_code"
                )
                keys = KeySet.import_key_set(session.request("GET", metadata["jwks_uri"], withhold_token=True).json())
            claims: dict[str, Any] = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS).claims
            registry = jwt.JWTClaimsRegistry(
                now=int(self._clock().timestamp()),
                leeway=60,
                iss={"essential": True, "value": self._client.issuer},
                aud={"essential": True, "value": self._client.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            registry.validate(claims)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise _refused(f"the provider's token is not valid ({type(error).__name__})") from error
        except (AuthlibBaseError, HTTPError) as error:
            raise _refused(f"the provider refused ({type(error).__name__})") from error
        return claims

    def _metadata(self) -> dict[str, Any]:
        from httpx import HTTPError

        try:
            with self._session(None) as session:
                address = f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration"
                found: dict[str, Any] = session.request("GET", address, withhold_token=True).raise_for_status().json()
        except (HTTPError, ValueError) as error:
            raise _refused(f"the provider cannot be reached ({type(error).__name__})") from error
        if not isinstance(found, dict) or found.get("issuer") != self._client.issuer:
            raise _refused("the provider is not the issuer that is set")
        return found

    def _session(self, redirect_uri: str | None) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self._client.client_id,
            self._client.client_secret,
            scope="openid email profile",
            redirect_uri=redirect_uri,
            timeout=_TIMEOUT_SECONDS,
        )


def _refused(problem: str) -> SignInError:
    return SignInError("sign-in", problem, "Begin again, or ask the desk's admin")
