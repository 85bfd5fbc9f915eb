"""Records of the corpus' program notices, read once by the real readers."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from assistant.types import Document, Record

sys.path.insert(0, str(Path(__file__).parents[1] / "ingest" / "records"))

from scoring import read_corpus


@cache
def corpus_records() -> tuple[tuple[Record, ...], dict[str, Document]]:
    """Every record of the corpus, and its documents by id."""
    records: list[Record] = []
    documents: dict[str, Document] = {}
    for paper in read_corpus():
        documents[paper.document.document_id] = paper.document
        records += paper.found.records
    return tuple(records), documents
