"""An OpenID Connect provider for tests, on this machine, that says what a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "desk", "provider-secret-9"


class ScriptedProvider:
    """Answers discovery, keys and tokens. ``claims`` go over those of a proper token; ``key`` signs it.

    It checks what a provider checks: the secret, that a code is used once, and the proof key.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.signing_key = self.key
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer_told: str | None = None
        self.verifiers: list[str] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *arguments: object) -> None:
                pass

            def _send(self, body: dict[str, Any], status: int = 200) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                if self.path == "/.well-known/openid-configuration":
                    self._send(provider.discovery())
                elif asked.path == "/authorize":
                    # Whoever comes has signed in here already.
                    self.send_response(302)
                    self.send_header("location", provider.way_back(asked.query))
                    self.send_header("content-length", "0")
                    self.end_headers()
                elif self.path == "/keys":
                    self._send({"keys": [provider.key.as_dict(private=False)]})
                else:
                    self._send({}, 404)

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                form = {key: values[0] for key, values in parse_qs(self.rfile.read(length).decode()).items()}
                known = provider.codes.pop(form.get("code", ""), None)
                if known is None or not self.headers.get("authorization", "").startswith("Basic "):
                    self._send({"error": "invalid_grant"}, 400)
                    return
                provider.verifiers.append(form["code_verifier"])
                self._send({"access_token": "a", "token_type": "Bearer", "id_token": provider.token(known["nonce"])})

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer_told or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def way_back(self, query: str) -> str:
        """Where a browser is sent that came with this query, with a code that is good once."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        code = f"code-{len(self.codes)}-{asked['state'][:6]}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "42",
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "email": "officer@example.org",
            "email_verified": True,
        }
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims | self.claims, self.signing_key)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
