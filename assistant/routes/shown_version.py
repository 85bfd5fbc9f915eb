"""Which version of a document an address means, and what its reader must know of newer ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.index.store import Store
from assistant.types import Block, Document, DocumentVersion, Page


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version of a document with its pages.

    Attributes:
        replaced: the entry of an older version in the list of versions; ``None`` for the newest.
        older: the versions before the newest, oldest first.
        is_lost: another version was asked for that is no longer kept; this is the newest.
        newer: a later document that takes this one's place.
    """

    document: Document
    pages: Sequence[tuple[Page, Sequence[Block]]]
    replaced: DocumentVersion | None
    older: Sequence[DocumentVersion]
    is_lost: bool
    newer: Document | None


def shown_version(store: Store, document: Document, digest: str) -> ShownVersion:
    """The version of ``document`` whose file has the SHA-256 that begins with ``digest``; empty for the newest."""
    older = store.older_versions.of(document.document_id)
    newer = store.superseded_by(document.document_id)
    number = None
    if not document.digest.startswith(digest):
        number = store.older_versions.number(document.document_id, digest)
    if number is None:
        is_lost = not document.digest.startswith(digest)
        return ShownVersion(document, store.pages(document.document_id), None, older, is_lost, newer)
    kept = store.older_versions.get(document.document_id, number)
    replaced = next(version for version in older if version.number == number)
    return ShownVersion(kept.document, kept.pages, replaced, older, False, newer)
