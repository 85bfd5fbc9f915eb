"""The OpenAPI description."""

from __future__ import annotations

from routes_parts import PROBLEM
from starlette.testclient import TestClient


def test_openapi_describes_every_route_with_examples_in_both_languages(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert set(schema["paths"]) >= {
        "/api/chat",
        "/api/search",
        "/api/documents",
        "/api/documents/{document_id}",
        "/api/documents/{document_id}/pages/{number}",
        "/api/feedback",
        "/healthz",
        "/readyz",
    }
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            for status, response in operation["responses"].items():
                assert response["description"]
                if status != "503" and status >= "400":
                    assert list(response["content"]) == [PROBLEM]
                    assert response["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}
    for path in ("/api/chat", "/api/search"):
        operation = schema["paths"][path]["post"]
        assert {"ko", "en"} <= operation["requestBody"]["content"]["application/json"]["examples"].keys()
        assert {"ko", "en"} <= operation["responses"]["200"]["content"]["application/json"]["examples"].keys()
        assert {"413", "422", "504"} <= operation["responses"].keys()
    streamed = schema["paths"]["/api/chat"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    for kind in ("status", "claim", "final"):
        assert f"event: {kind}" in streamed["example"]


def test_the_examples_of_requests_are_valid(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    for path in ("/api/chat", "/api/search", "/api/feedback"):
        for example in schema["paths"][path]["post"]["requestBody"]["content"]["application/json"]["examples"].values():
            assert client.post(path, json=example["value"]).status_code in (200, 204)
