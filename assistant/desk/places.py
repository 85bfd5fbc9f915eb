"""From a place in a stored page to a citation, and back to whether its words still stand there."""

from __future__ import annotations

from assistant.contract.citations import CitationModel
from assistant.desk.contract.drafts import SpanModel
from assistant.errors import NotFoundError, RefusedError
from assistant.index.store import Store
from assistant.types import Citation

_MAX_QUOTE_CHARS = 2000


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
        document = self._store.document(place.document_id)
        text = self._store.page(place.document_id, place.page).text
        quote = text[place.start : place.end]
        if place.end > len(text) or not quote.strip() or len(quote) > _MAX_QUOTE_CHARS:
            where = f"{place.document_id} page {place.page}, {place.start}:{place.end}"
            raise RefusedError(where, "no quotation is there", f"Cite 1 to {_MAX_QUOTE_CHARS} characters of the page")
        chunk_id, section = self._address(place)
        return Citation(number, document, chunk_id, place.page, section, quote, place.start, place.end)

    def stands(self, citation: CitationModel) -> bool:
        """Whether the citation's words still stand at their place."""
        try:
            text = self._store.page(citation.document_id, citation.page).text
        except NotFoundError:
            return False
        return text[citation.start : citation.end] == citation.quote

    def _address(self, place: SpanModel) -> tuple[str, tuple[str, ...]]:
        for chunk in self._store.document_chunks(place.document_id):
            for span in chunk.spans:
                if span.page == place.page and span.start <= place.start < span.end:
                    return chunk.chunk_id, chunk.section
        return "", ()


def place_of(citation: CitationModel) -> SpanModel:
    """Where a citation's words stand, or stood."""
    return SpanModel(document_id=citation.document_id, page=citation.page, start=citation.start, end=citation.end)
