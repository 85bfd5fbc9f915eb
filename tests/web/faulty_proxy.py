"""A small HTTP proxy before the real server that can be slow, stall, or cut a stream in the middle of an answer."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FaultyProxy:
    """Passes everything on, with the fault that is set for ``/api/chat``."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.heal()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxy.forward(self, None)

            def do_POST(self) -> None:
                proxy.forward(self, self.rfile.read(int(self.headers.get("content-length", 0))))

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def heal(self) -> None:
        """Take every fault away. ``cuts_left`` limits how many streams are cut; all are where it is ``None``."""
        self.cut_after_claims: int | None = None
        self.cuts_left: int | None = None
        self.stall_seconds = 0.0
        self.refuse_with: int | None = None
        self.replace: dict[str, str] = {}
        self.piece_bytes = 65536
        self.pause_seconds = 0.0

    def forward(self, handler: BaseHTTPRequestHandler, body: bytes | None) -> None:
        """Fetch from the server and hand on, with the faults in force."""
        chat = handler.path == "/api/chat"
        if chat and self.refuse_with:
            handler.send_response(self.refuse_with)
            handler.send_header("content-length", "0")
            handler.end_headers()
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.target_port, timeout=30)
        headers = {key: value for key, value in handler.headers.items() if key.lower() not in ("host", "connection")}
        connection.request(handler.command, handler.path, body, headers)
        response = connection.getresponse()
        payload = response.read()
        connection.close()
        if chat:
            payload = self._damaged(payload)
        handler.send_response(response.status)
        for key, value in response.getheaders():
            if key.lower() not in ("transfer-encoding", "content-length", "connection"):
                handler.send_header(key, value)
        handler.send_header("connection", "close")
        handler.end_headers()
        with suppress(OSError):
            self._send(handler, payload, slow=chat)

    def _damaged(self, payload: bytes) -> bytes:
        for old, new in self.replace.items():
            payload = payload.replace(old.encode(), new.encode())
        if self.cut_after_claims is not None and self.cuts_left != 0:
            if self.cuts_left is not None:
                self.cuts_left -= 1
            events = payload.split(b"\n\n")
            kept, claims = [], 0
            for event in events:
                if event.startswith(b"event: final") or claims == self.cut_after_claims:
                    break
                claims += event.startswith(b"event: claim")
                kept.append(event)
            payload = b"\n\n".join(kept) + b"\n\nevent: cla"
        return payload

    def _send(self, handler: BaseHTTPRequestHandler, payload: bytes, *, slow: bool) -> None:
        if not slow:
            handler.wfile.write(payload)
            return
        if self.stall_seconds:
            time.sleep(self.stall_seconds)
        for start in range(0, len(payload), self.piece_bytes):
            handler.wfile.write(payload[start : start + self.piece_bytes])
            handler.wfile.flush()
            time.sleep(self.pause_seconds)

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
