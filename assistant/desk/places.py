"""From a place in a stored page to a citation, and back to whether its words still stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.contract.citations import CitationModel, document_url
from assistant.desk.contract.drafts import SpanModel
from assistant.errors import NotFoundError, RefusedError
from assistant.index.store import Store
from assistant.types import Chunk, Citation

_MAX_QUOTE_CHARS = 2000
# The file's digest in a citation's address.
_FILE = re.compile(r"[?&]file=([0-9a-f]+)")


class Places:
    """Reads the words at a place. What a client says stands there is never asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def citation(self, number: int, place: SpanModel) -> Citation:
        """The citation of a place.

        Raises:
            NotFoundError: there is no such document or page.
            RefusedError: the place is not within the page, is empty, or is too long to be a quotation.
        """
        if place.older_version is None:
            document = self._store.document(place.document_id)
            text = self._store.page(place.document_id, place.page).text
            chunks: Sequence[Chunk] = self._store.document_chunks(place.document_id)
        else:
            versions = self._store.older_versions
            text = versions.page(place.document_id, place.older_version, place.page).text
            kept = versions.get(place.document_id, place.older_version)
            document, chunks = kept.document, kept.chunks
        quote = text[place.start : place.end]
        if place.end > len(text) or not quote.strip() or len(quote) > _MAX_QUOTE_CHARS:
            where = f"{place.document_id} page {place.page}, {place.start}:{place.end}"
            raise RefusedError(where, "no quotation is there", f"Cite 1 to {_MAX_QUOTE_CHARS} characters of the page")
        chunk_id, section = _address(place, chunks)
        return Citation(number, document, chunk_id, place.page, section, quote, place.start, place.end)

    def stands(self, citation: CitationModel) -> bool:
        """Whether the citation's words still stand at their place, in the version that it cites."""
        try:
            if citation.older_version is None:
                page = self._store.page(citation.document_id, citation.page)
            else:
                page = self._store.older_versions.page(citation.document_id, citation.older_version, citation.page)
        except NotFoundError:
            return False
        return page.text[citation.start : citation.end] == citation.quote

    def marked(self, citation: CitationModel) -> CitationModel:
        """A kept citation as of now: of the newest version where its words still stand there, else as one of an older version."""
        file = _FILE.search(citation.url)
        if citation.older_version is not None or file is None:
            return citation
        if self.stands(citation):
            digest = self._store.document(citation.document_id).digest
            place = (citation.document_id, citation.page, citation.start, citation.end)
            return citation.model_copy(update={"url": document_url(*place, digest=digest)})
        number = self._store.older_versions.number(citation.document_id, file[1])
        return citation.model_copy(update={"older_version": number})


def _address(place: SpanModel, chunks: Sequence[Chunk]) -> tuple[str, tuple[str, ...]]:
    for chunk in chunks:
        for span in chunk.spans:
            if span.page == place.page and span.start <= place.start < span.end:
                return chunk.chunk_id, chunk.section
    return "", ()


def place_of(citation: CitationModel) -> SpanModel:
    """Where a citation's words stand, or stood."""
    return SpanModel(
        document_id=citation.document_id,
        page=citation.page,
        start=citation.start,
        end=citation.end,
        older_version=citation.older_version,
    )
