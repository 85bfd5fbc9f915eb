from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import NotFoundError
from assistant.index.database import open_engine
from assistant.index.store import Store
from assistant.types import (
    Block,
    BlockKind,
    Box,
    Chunk,
    Document,
    DocumentKind,
    Filters,
    Page,
    Period,
    Precision,
    Span,
)

_HALF = Period(date(2019, 7, 1), date(2019, 12, 31), Precision.HALF)


def _document(document_id: str = "d1", **changes: Any) -> Document:
    base = Document(
        document_id, f"{document_id}.txt", hashlib.sha256(document_id.encode()).hexdigest(), "text/plain", "물순환 도시", "국토교통부",
        _HALF, "ko", DocumentKind.POLICY, "https://example.org/1", 2, "indexing", ("page 2 holds no text",),
    )  # fmt: skip
    return replace(base, **changes)


def _chunk(document_id: str, number: int, text: str = "한도는 85%") -> Chunk:
    return Chunk(
        f"{document_id}-{number}",
        document_id,
        number,
        text,
        ("Ⅰ. 개요", "1 금융"),
        (Span(1, 0, len(text)),),
        "ko",
        "0" * 64,
    )


_PAGES = (
    Page(1, "한도는 85%", "i", 595.0, 842.0, (Box(0, 3, 10, 20, 30.5, 40), Box(4, 7, 31, 20, 60, 40))),
    Page(2, ""),
)
_BLOCKS = (Block(BlockKind.BULLET, 2, 1, 0, 7),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(open_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}"), tmp_path / "originals")
    yield opened
    opened.close()


def _put(store: Store, document: Document, *chunks: Chunk, version: str = "v1") -> None:
    store.originals.keep(document.digest, document.digest.encode())
    store.put_document(document, version, _PAGES, _BLOCKS, chunks)


def test_everything_comes_back_as_it_was_put(store: Store) -> None:
    _put(store, _document(), _chunk("d1", 0), _chunk("d1", 1))
    assert store.document("d1") == _document()
    assert store.pages("d1") == [(_PAGES[0], list(_BLOCKS)), (_PAGES[1], [])]
    assert store.page("d1", 1) == _PAGES[0]
    assert store.document_chunks("d1") == [_chunk("d1", 0), _chunk("d1", 1)]
    assert store.chunks(["d1-1", "unknown"]) == {"d1-1": (_chunk("d1", 1), _document())}
    assert store.version("d1") == "v1"
    assert store.version("d2") is None


def test_what_is_unknown_is_stored_as_unknown(store: Store) -> None:
    document = _document(publisher=None, published=None, kind=None, url=None, warnings=())
    _put(store, document)
    assert store.document("d1") == document


def test_sqlite_writes_ahead_and_checks_references(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_a_new_version_takes_the_place_of_the_old_one_with_its_chunks_and_original(store: Store) -> None:
    _put(store, _document(), _chunk("d1", 0), _chunk("d1", 1))
    old = store.originals.path(_document().digest)
    new = _document(digest="f" * 64)
    _put(store, new, _chunk("d1", 1), _chunk("d1", 2), version="v2")
    assert store.chunk_ids() == {"d1-1", "d1-2"}
    assert store.index_progress.tombstones() == ["d1-0"]
    assert store.version("d1") == "v2"
    assert not old.exists()
    assert store.originals.path("f" * 64).exists()


def test_a_document_that_fails_to_go_in_leaves_the_old_version_whole(store: Store) -> None:
    _put(store, _document(), _chunk("d1", 0))
    with pytest.raises(Exception, match="UNIQUE"):
        _put(store, _document(), _chunk("d1", 1), _chunk("d1", 1), version="v2")
    assert store.version("d1") == "v1"
    assert store.chunk_ids() == {"d1-0"}
    assert len(store.pages("d1")) == 2
    assert store.index_progress.tombstones() == []


def test_removal_leaves_no_trace(store: Store) -> None:
    _put(store, _document(), _chunk("d1", 0))
    store.remove_document("d1")
    assert store.documents() == []
    assert store.pages("d1") == []
    assert store.chunk_ids() == set()
    assert store.index_progress.tombstones() == ["d1-0"]
    assert not store.originals.path(_document().digest).exists()


def test_an_original_that_two_documents_share_stays_until_both_are_gone(store: Store) -> None:
    _put(store, _document("d1", digest="a" * 64))
    _put(store, _document("d2", digest="a" * 64))
    store.remove_document("d1")
    assert store.originals.path("a" * 64).exists()
    store.remove_document("d2")
    assert not store.originals.path("a" * 64).exists()


def test_originals_that_an_interrupted_process_left_are_dropped(store: Store) -> None:
    _put(store, _document())
    store.originals.keep("b" * 64, b"never acknowledged")
    half_written = store.originals.path("c" * 64).with_suffix(".77.part")
    half_written.parent.mkdir(parents=True)
    half_written.write_bytes(b"half")
    store.drop_orphaned_originals()
    assert store.originals.path(_document().digest).exists()
    assert not store.originals.path("b" * 64).exists()
    assert not half_written.exists()


def test_an_original_is_kept_byte_for_byte(store: Store) -> None:
    store.originals.keep("d" * 64, b"\x00\xff" * 5000)
    assert store.originals.path("d" * 64).read_bytes() == b"\x00\xff" * 5000


def test_unknown_documents_and_pages_are_named(store: Store) -> None:
    _put(store, _document())
    for ask in (lambda: store.document("nope"), lambda: store.page("nope", 1), lambda: store.remove_document("nope")):
        with pytest.raises(NotFoundError, match="nope"):
            ask()
    with pytest.raises(NotFoundError, match="d1 page 3"):
        store.page("d1", 3)


def test_more_chunks_than_a_statement_takes_can_be_asked_for(store: Store) -> None:
    chunks = [_chunk("d1", number) for number in range(1203)]
    _put(store, _document(), *chunks)
    assert set(store.chunks([chunk.chunk_id for chunk in chunks])) == store.chunk_ids()
    assert store.chunk_count() == 1203


def test_a_document_is_ready_once_it_is_indexed(store: Store) -> None:
    _put(store, _document(), _chunk("d1", 0))
    assert [d.document_id for d in store.index_progress.unindexed_documents()] == ["d1"]
    store.index_progress.mark_indexed(["d1"], [])
    assert store.index_progress.unindexed_documents() == []
    assert store.document("d1").status == "ready"
    store.index_progress.mark_unindexed()
    assert store.document("d1").status == "indexing"


def test_facts_about_the_index_are_remembered(store: Store) -> None:
    assert store.index_progress.state("embedder") is None
    store.index_progress.set_state("embedder", "one")
    store.index_progress.set_state("embedder", "two")
    assert store.index_progress.state("embedder") == "two"


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        (Filters(), None),
        (Filters(language="ko"), {"half", "undated"}),
        (Filters(kind=DocumentKind.GUIDE), {"guide"}),
        (Filters(publisher="KOTRA"), {"guide"}),
        (Filters(published_from=date(2019, 12, 31)), {"half", "guide"}),
        (Filters(published_from=date(2020, 1, 1)), {"guide"}),
        (Filters(published_to=date(2019, 7, 1)), {"half"}),
        (Filters(published_to=date(2019, 6, 30)), set()),
        (Filters(published_from=date(2019, 8, 1), published_to=date(2019, 9, 1)), {"half"}),
        (Filters(language="en", publisher="국토교통부"), set()),
    ],
)
def test_filters_let_matching_documents_pass(store: Store, filters: Filters, passing: set[str] | None) -> None:
    _put(store, _document("half"))
    day = Period(date(2021, 3, 4), date(2021, 3, 4), Precision.DAY)
    _put(store, _document("guide", language="en", kind=DocumentKind.GUIDE, publisher="KOTRA", published=day))
    _put(store, _document("undated", published=None))
    assert store.matching_documents(filters) == passing


def test_turns_of_a_conversation_keep_their_order(store: Store) -> None:
    store.conversations.append("c1", [("user", "질문"), ("assistant", "답")])
    store.conversations.append("c2", [("user", "other")])
    store.conversations.append("c1", [("user", "다시")])
    assert store.conversations.turns("c1") == [("user", "질문"), ("assistant", "답"), ("user", "다시")]
    assert store.conversations.turns("unknown") == []
