"""Search and documents over HTTP."""

from __future__ import annotations

import pytest
from routes_parts import FROM_CORPUS, problem, search
from starlette.testclient import TestClient

from assistant.workspace import Workspace


@pytest.mark.parametrize("query", ["시장개척자금 지원 비율", "PIS fund"])
def test_hits_come_best_first_with_their_ranks(client: TestClient, query: str) -> None:
    hits = search(client, query, top_k=5)
    assert 0 < len(hits) <= 5
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    for hit in hits:
        assert hit["source"]
        assert hit["ranks"]
        assert set(hit["ranks"]) <= {"lexical", "dense", "fused"}
        assert all(rank >= 1 for rank in hit["ranks"].values())
        page = client.get(f"/api/documents/{hit['document_id']}/pages/{hit['page']}").json()["text"]
        assert hit["text"].split("\n")[0] in page
    assert len({hit["chunk_id"] for hit in hits}) == len(hits)


def test_search_gives_as_many_as_asked_for(client: TestClient) -> None:
    query = "스마트시티 해외진출 지원"
    for top_k in (1, 3, 100):
        assert len(search(client, query, top_k=top_k)) <= top_k
    assert len(search(client, query)) == 10
    assert not {"concepts", "versions"} & client.post("/api/search", json={"query": query}).json().keys()
    explained = client.post("/api/search", json={"query": query, "explain": True}).json()
    assert explained["concepts"]
    assert explained["versions"].keys() == {"lexicon", "embedder"}


def test_filters_let_through_only_what_they_name(client: TestClient) -> None:
    documents = {d["document_id"]: d for d in client.get("/api/documents").json()["documents"]}
    for language in ("ko", "en"):
        hits = search(client, "스마트시티 smart city fund", filters={"language": language}, top_k=50)
        assert hits
        assert all(documents[hit["document_id"]]["language"] == language for hit in hits)
    publisher = next(d["publisher"] for d in documents.values() if d["publisher"])
    hits = search(client, "스마트시티 smart city", filters={"publisher": publisher}, top_k=50)
    assert hits
    assert all(documents[hit["document_id"]]["publisher"] == publisher for hit in hits)
    assert search(client, "스마트시티", filters={"publisher": "없는 기관"}) == []
    kind = next(d["kind"] for d in documents.values() if d["kind"])
    hits = search(client, "스마트시티 smart city", filters={"kind": kind}, top_k=50)
    assert all(documents[hit["document_id"]]["kind"] == kind for hit in hits)


def test_a_date_filter_compares_with_the_date_of_publication(filled: Workspace, client: TestClient) -> None:
    for hit in search(client, "smart city 스마트시티", filters={"published_from": "1990-01-01"}, top_k=50):
        assert filled.store.document(hit["document_id"]).published is not None
    assert search(client, "스마트시티", filters={"published_to": "1990-01-01"}) == []
    assert search(client, "스마트시티", filters={"published_from": "2999-01-01"}) == []


def test_documents_are_listed_and_shown(client: TestClient, filled: Workspace) -> None:
    listed = client.get("/api/documents").json()["documents"]
    assert len(listed) == len(FROM_CORPUS) + 1
    for document in listed:
        assert {
            "document_id",
            "source",
            "title",
            "publisher",
            "published",
            "language",
            "kind",
            "pages",
            "status",
        } <= document.keys()
        assert document["status"] == "ready"
        assert client.get(f"/api/documents/{document['document_id']}").json() == document
        for number in range(1, document["pages"] + 1):
            page = client.get(f"/api/documents/{document['document_id']}/pages/{number}").json()
            assert page == {
                "number": number,
                "text": filled.store.page(document["document_id"], number).text,
            }
        problem(client.get(f"/api/documents/{document['document_id']}/pages/{document['pages'] + 1}"), 404)
