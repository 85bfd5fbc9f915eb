"""No request whatever gives a 500."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from routes_parts import document_named, problem
from starlette.testclient import TestClient

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
ODD_TEXT = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "?" * 500, "\u202e", "ᄀ" * 50, "’20.上", "%s%d{}", "AND OR NOT (", '"']
)
MAYBE_VALID = st.fixed_dictionaries(
    {"question": ODD_TEXT},
    optional={
        "history": st.lists(
            st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": ODD_TEXT}), max_size=3
        ),
        "language": st.sampled_from(["ko", "en", None]),
        "as_of": st.dates().map(date.isoformat) | st.just("0001-01-01") | st.text(max_size=12),
        "conversation_id": st.none() | st.text(max_size=40),
        "profile": st.none() | st.dictionaries(st.text(max_size=8), JSON, max_size=3),
    },
)
MAYBE_SEARCH = st.fixed_dictionaries(
    {"query": ODD_TEXT},
    optional={
        "top_k": st.integers(),
        "filters": st.fixed_dictionaries(
            {},
            optional={
                "language": st.sampled_from(["ko", "en", None, "fr"]),
                "publisher": ODD_TEXT,
                "kind": st.sampled_from(["policy", "guide", "novel"]),
                "published_from": st.dates().map(date.isoformat),
                "published_to": st.text(max_size=12),
            },
        ),
        "explain": st.booleans(),
    },
)


def send(client: TestClient, path: str, body: Any) -> None:
    content = json.dumps(body).encode("ascii")
    response = client.post(path, content=content, headers={"content-type": "application/json"})
    if response.status_code not in (200, 204):
        assert response.status_code in (400, 413, 422), response.text
        problem(response, response.status_code)


@given(body=JSON, path=st.sampled_from(["/api/chat", "/api/search", "/api/feedback"]))
@hypothesis_settings(max_examples=100)
def test_no_body_whatever_gives_a_500(client: TestClient, body: Any, path: str) -> None:
    send(client, path, body)


@given(body=MAYBE_VALID)
@hypothesis_settings(max_examples=25)
def test_no_nearly_valid_question_gives_a_500(client: TestClient, body: Any) -> None:
    send(client, "/api/chat", body)


@given(body=MAYBE_SEARCH)
@hypothesis_settings(max_examples=25)
def test_no_nearly_valid_search_gives_a_500(client: TestClient, body: Any) -> None:
    send(client, "/api/search", body)


@given(
    document_id=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30),
    query=st.fixed_dictionaries(
        {}, optional={name: st.integers() | st.text(max_size=8) for name in ("page", "start", "end", "lang")}
    ),
)
@hypothesis_settings(max_examples=25)
def test_no_address_gives_a_500(client: TestClient, document_id: str, query: dict[str, Any]) -> None:
    known = document_named(client, "ko-pis-fund-sheet.pdf")["document_id"]
    from urllib.parse import quote

    odd = quote(document_id, safe="")
    for path in (f"/api/documents/{odd}", f"/documents/{odd}", f"/documents/{odd}/pages/1.png", f"/documents/{known}"):
        status = client.get(path, params=query).status_code
        assert status < 500
