from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import DIMENSION, HashingEmbedder

from assistant.index.embedder import Embedder
from assistant.index.vectors import VectorIndex

_TEXTS = {"a": "신용 보증 한도", "b": "신용 보증 신청", "c": "Help desk in Hanoi"}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path / "vectors")
    opened.upsert(list(_TEXTS), [f"doc-{key}" for key in _TEXTS], HashingEmbedder().embed(list(_TEXTS.values())))
    yield opened
    opened.close()


def _search(index: VectorIndex, text: str, documents: set[str] | None = None) -> list[tuple[str, float]]:
    return index.search(HashingEmbedder().embed_query(text), 3, documents)


@pytest.mark.parametrize(("text", "nearest"), [("신용 보증 한도", "a"), ("보증 신청", "b"), ("help desk", "c")])
def test_the_nearest_chunk_comes_first(index: VectorIndex, text: str, nearest: str) -> None:
    assert _search(index, text)[0][0] == nearest


def test_scores_are_cosines(index: VectorIndex) -> None:
    embedder = HashingEmbedder()
    found = dict(_search(index, "신용 보증 한도"))
    assert found["a"] == pytest.approx(1.0, abs=1e-5)
    expected = float(embedder.embed_query(_TEXTS["b"]) @ embedder.embed_query("신용 보증 한도"))
    assert found["b"] == pytest.approx(expected, abs=1e-4)


def test_hits_are_limited_to_documents(index: VectorIndex) -> None:
    assert [chunk_id for chunk_id, _ in _search(index, "신용 보증 한도", {"doc-b", "unknown"})] == ["b"]
    assert _search(index, "신용 보증 한도", set()) == []


@pytest.mark.parametrize("share", [0.9, 0.1, 0.02, 0.002])
def test_a_filter_of_any_width_gives_the_nearest_that_pass(tmp_path: Path, share: float) -> None:
    random = np.random.default_rng(7)
    count, top_k = 3000, 10
    vectors = random.normal(size=(count, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    wanted = {f"doc-{n}" for n in range(count) if n < count * share}
    index = VectorIndex(tmp_path / "vectors")
    index.upsert([str(n) for n in range(count)], [f"doc-{n}" for n in range(count)], vectors)
    exact = sorted((-float(vectors[n] @ vectors[0]), str(n)) for n in range(len(wanted)))[:top_k]
    found = index.search(vectors[0], top_k, wanted)
    index.close()
    assert len(found) == len(exact) == min(top_k, len(wanted))
    assert {f"doc-{chunk_id}" for chunk_id, _ in found} <= wanted
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    # The graph that is searched may miss a neighbour.
    assert len({chunk_id for chunk_id, _ in found} & {chunk_id for _, chunk_id in exact}) >= 0.8 * len(exact)


def test_deleted_chunks_are_gone(index: VectorIndex) -> None:
    index.delete(["a", "unknown"])
    assert index.ids() == {"b", "c"}
    assert index.present(["a", "b"]) == {"b"}
    assert "a" not in dict(_search(index, "신용 보증 한도"))


def test_vectors_are_there_when_opened_again(index: VectorIndex) -> None:
    index.close()
    assert index.count() == 3
    assert _search(index, "신용 보증 한도")[0][0] == "a"


def test_cleared_index_can_be_filled_again(index: VectorIndex) -> None:
    index.clear()
    assert index.count() == 0
    assert index.ids() == set()
    index.upsert(["n"], ["doc-n"], HashingEmbedder().embed(["새 글"]))
    assert index.ids() == {"n"}


@pytest.mark.parametrize("texts", [["보증 한도", "Hanoi", "", "  ", "가"]])
def test_the_test_embedder_keeps_the_embedder_s_contract(texts: list[str]) -> None:
    embedder: Embedder = HashingEmbedder()
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(vectors[0], embedder.embed_query(texts[0]))
    assert np.array_equal(vectors, embedder.embed(texts))
