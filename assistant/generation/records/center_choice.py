"""Which center is meant? Asked where a question speaks of "the center" and what was found tells of centers in several places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.generation.draft import Draft
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.text.places import HOME, Place, find_places
from assistant.types import AnswerStatus, Chunk, Claim, Document, Language, Query, Question, ScoredChunk, Span

_MAX_CHOICES = 8
_MAX_DOCUMENTS = 12
_MAX_ROW_CHARS = 60
_MAX_MARK_CHARS = 2
_MIN_LISTED = 3
_CENTER = re.compile(r"센터|\bcent(?:er|re)s?\b", re.IGNORECASE)
# One center: where it is, how to reach it, who runs it. "Where are the centers?" asks for all.
_ASKS_ONE = re.compile(
    r"센터(?:의|를|은|는|이|가|에)?\s?(?:주소|연락처|전화|이메일|전자우편|팩스|위치|문의|담당자|운영\s?시간|찾아|방문"
    r"|가려면|누가\s?운영|책임자|어떻게\s?연락)"
    r"|(?:주소|연락처|전화번호|위치)\S*\s?센터"
    r"|\b(?:address|phone|telephone|e-?mail|contact|location|opening hours|office|director|head|host\w*|runs?|visit|reach"
    r"|located|call)\b.*\b(?:the|a) cent(?:er|re)\b"
    r"|\bthe cent(?:er|re)(?:'s)?\b.*\b(?:address|phone|telephone|e-?mail|contact|location|located|office|run by|hours)\b"
    r"|\bwhere is the cent(?:er|re)\b",
    re.IGNORECASE,
)
# What such a question says besides the center.
_PLAIN = re.compile(
    r"센터|주소|연락처|연락|전화번호|전화|번호|이메일|전자우편|메일|팩스|위치|문의|담당자?|운영|시간|찾아\w*|방문|가려면"
    r"|누가|책임자?|어디|어떻게|알려|말씀|궁금|무엇|뭐|현지|있|하|주|되"
    r"|cent(?:er|re)s?|address|phone|telephone|number|e-?mail|mail|contact|location|located|opening|hours?|office|director"
    r"|head|host\w*|runs?|visit|reach|call|where|which|what|who|how|is|the|get|touch|find|tell|me|give",
    re.IGNORECASE,
)


class CenterClarifier:
    """Asks back which of several centers is meant, each with the passage that tells of it.

    Args:
        documents: by id.
        chunks: the chunks of the document with an id, in order.
    """

    def __init__(self, documents: Mapping[str, Document], chunks: Callable[[str], Sequence[Chunk]]) -> None:
        self._documents = documents
        self._chunks = chunks

    def compose(
        self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]
    ) -> Draft | None:
        """The centers that were found, by their places; ``None`` where the question names one or fewer than two were found."""
        if not _ASKS_ONE.search(question.text) or self._is_told(question, query):
            return None
        citations = CitationList()
        claims: dict[str, Claim] = {}
        found = list(_centers(list(self._passages(hits))))
        # A city tells more than the country that a plan names.
        found.sort(key=lambda item: item[-1].key == item[-1].country)
        for hit, span, line, place in found:
            if place.key not in claims and len(claims) < _MAX_CHOICES:
                number = citations.cite(hit, span, line)
                name = listed(language, "center_in", place=place.name(language))
                claims[place.key] = Claim(listed(language, "choice", name=name), (number,))
        if len(claims) < 2:
            return None
        cited = tuple(dict.fromkeys(number for claim in claims.values() for number in claim.citations))
        lead = Claim(listed(language, "which_center"), cited)
        return Draft(AnswerStatus.CLARIFY, (lead, *claims.values()), citations.all())

    def _passages(self, hits: Sequence[ScoredChunk]) -> Iterator[ScoredChunk]:
        """What was found; then the rest of the same documents, and of those whose titles speak of centers.

        A list of centers is seldom what such a question finds.
        """
        yield from hits
        known = {hit.chunk.chunk_id for hit in hits}
        found = {hit.document.document_id: hit.document for hit in hits}
        titled = {key: document for key, document in self._documents.items() if _CENTER.search(document.title)}
        for document in list((found | titled).values())[:_MAX_DOCUMENTS]:
            for chunk in self._chunks(document.document_id):
                if chunk.chunk_id not in known:
                    yield ScoredChunk(chunk, document, 0.0, {})

    def _is_told(self, question: Question, query: Query) -> bool:
        """Whether the question, or the talk before it, says which center."""
        said = " ".join((question.text, *(turn.content for turn in question.history)))
        if find_places(said):
            return True
        return any(
            len(re.sub(r"\W", "", _PLAIN.sub("", concept.text))) > 1
            for concept in query.concepts
            if concept.emphasis == 1.0
        )


def _centers(hits: Sequence[ScoredChunk]) -> Iterator[tuple[ScoredChunk, Span, str, Place]]:
    """Places that what was found names as those of centers: in a list of them, else at the head of a row under a heading on centers."""
    rows = []
    for hit in hits:
        under = bool(_CENTER.search(" ".join(hit.chunk.section[-1:])))
        about = under or bool(_CENTER.search(hit.document.title))
        for line, span in zip(hit.chunk.text.split("\n"), hit.chunk.spans, strict=True):
            places = [place for place in find_places(line) if place.key != HOME and not place.members]
            is_row = " | " in line
            if (
                not is_row
                and len({place.key for place in places}) >= _MIN_LISTED
                and (_CENTER.search(line) or (about and _names_little_else(line, places)))
            ):
                yield from ((hit, span, line, place) for place in places)
            is_short = under and len(line) <= _MAX_ROW_CHARS and not line.rstrip().endswith("?")
            if about and places and places[0].start <= _MAX_MARK_CHARS and (is_row or is_short):
                rows.append((hit, span, line, places[0]))
    yield from rows


def _names_little_else(line: str, places: Sequence[Place]) -> bool:
    return sum(place.end - place.start for place in places) * 3 >= len(line)
