"""Whether the service is alive and ready."""

from __future__ import annotations

from pathlib import Path

from hashing_embedder import HashingEmbedder
from routes_parts import FROM_CORPUS, with_assistant
from starlette.testclient import TestClient

from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


def test_health_and_readiness(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "documents": len(FROM_CORPUS) + 1, "waiting": 0}
    with Workspace(Settings(data_dir=tmp_path), HashingEmbedder()) as empty:
        response = with_assistant(build_assistant(empty), empty).get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "not_ready"
