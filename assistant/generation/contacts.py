"""Whom to ask instead, when the documents don't say: a public contact as a document gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.generation.quoting.clauses import bare
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.scope.classifier import is_instruction
from assistant.text.sentences import split_sentences
from assistant.types import Chunk, Concept, Language, ScoredChunk, Span

_FRAMES: dict[Language, str] = {
    "ko": "문의처(「{title}」): {contact}",
    "en": "Contact given in “{title}”: {contact}",
}
_LABEL = re.compile(
    r"문의(?:처|사항|\s?및\s?접수|\s?전화)?\s*[:：)\]|]|연락처\s*[:：)\]|]|담당(?:자|\s?부서)?\s*[:：)\]|]|접수처\s*[:：]|^\W*(?:문의|연락처)\b"
    r"|\b(?:contacts?(?: point)?|inquir(?:y|ies)|enquir(?:y|ies)|questions|tel|phone|help ?desk)\s*[:：|]|for (?:more|further) information",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:문의(?:처|사항)?|연락처|담당(?:자|\s?부서)?|접수처|contacts?|inquir(?:y|ies)|enquir(?:y|ies))\s*[:：|]\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"문의|연락처|담당\s?부서|\bcontacts?\b|\binquir|\benquir", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"https?://[^\s|)]+|\bwww\.[^\s|)]+")
# Fixed lines of Korea (area codes, 070, 080, 1588 and the like) and numbers written with a foreign country code.
_PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+82[-\s]?|0)(?:2|[3-6]\d|70|80)[-.)\s]{1,2}\d{3,4}[-.\s]\d{4}|1[568]\d{2}-\d{4}|\+(?!82)\d{1,3}[-\s]\d[\d\s-]{6,14}\d)(?!\d)"
)
# Numbers and mail boxes of private persons are not given away, even where a document prints them.
_PRIVATE = re.compile(
    r"(?:\+?82[-.\s)]*)?\(?0?1[016789]\)?[-.\s]?\d{3,4}[-.\s]?\d{4}|[\w.+-]+@(?:gmail|naver|hanmail|daum|kakao|nate|hotmail|outlook|yahoo|icloud)\.\S+",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"[가-힣A-Z](?:\S*?)(?:팀|과|실|센터|지원단|사무국|사무소|진흥원|공사|재단|협회|본부|창구|은행|무보|수은|KOTRA|KIND|K-SURE|KEXIM)(?=\W|$|와|과|에|로|의)"
    r"|\b(?:team|desk|office|division|center|centre|department|agency|secretariat|KOTRA|KIND|K-SURE|KEXIM)\b"
)
_ADVICE = re.compile(
    r"(?:에|에게|로|으로)\s?(?:직접\s?)?(?:문의|확인|연락)하(?:시기|여|십시오|세요|면)|^\W*(?:please )?(?:contact|ask|write to|call|visit)\s+(?:the|your)\b",
    re.IGNORECASE,
)
# "Ask the body in charge" names nobody.
_ANYBODY = re.compile(
    r"(?:주최|주관|담당|해당|소관|관계|각)\s?(?:기관|부서|부처)|\b(?:the )?(?:body|bodies|office|organi[sz]er|authority) (?:in charge|concerned|responsible)|\bthe organi[sz]ers?\b",
    re.IGNORECASE,
)
_POINT_SCORE = 2
_NEAREST_DOCUMENTS = 2
_MAX_CHARS = 200


@dataclass(frozen=True, slots=True)
class Contact:
    """A public contact: ``quote`` stands at ``span`` of a page of ``hit.document``; ``text`` frames it in the asker's language."""

    text: str
    hit: ScoredChunk
    span: Span
    quote: str


class ContactFinder:
    """Finds a contact in retrieved passages, then in the rest of the nearest documents.

    Args:
        document_chunks: all chunks of a document by its id, in reading order; without it only the passages themselves are looked at.
    """

    def __init__(self, document_chunks: Callable[[str], Sequence[Chunk]] | None = None) -> None:
        self._document_chunks = document_chunks

    def find(self, hits: Sequence[ScoredChunk], language: Language, asked: Sequence[Concept] = ()) -> Contact | None:
        """The first contact with a telephone number, address or link, best hit first; else the first body named as one to ask.

        Args:
            hits: what was found, best first.
            language: the asker's.
            asked: the question's concepts. Documents that say a name among them come before those that only resemble the question.
        """
        hits = _naming_first(hits, [concept for concept in asked if concept.is_name])
        for group in (hits, list(self._others(hits))):
            found = [item for hit in group for item in _contacts(hit)]
            if found:
                _, hit, span, quote = max(found, key=lambda item: item[0])
                contact = _LEAD.sub("", bare(quote)).rstrip(" ,;:|.")
                return Contact(_FRAMES[language].format(title=hit.document.title, contact=contact), hit, span, quote)
        return None

    def _others(self, hits: Sequence[ScoredChunk]) -> Iterator[ScoredChunk]:
        if self._document_chunks is None:
            return
        shown = {hit.chunk.chunk_id for hit in hits}
        nearest = {hit.document.document_id: hit for hit in reversed(hits)}
        for document_id in list(dict.fromkeys(hit.document.document_id for hit in hits))[:_NEAREST_DOCUMENTS]:
            hit = nearest[document_id]
            for chunk in self._document_chunks(document_id):
                if chunk.chunk_id not in shown:
                    yield ScoredChunk(chunk, hit.document, hit.score, {})


def _naming_first(hits: Sequence[ScoredChunk], names: Sequence[Concept]) -> list[ScoredChunk]:
    naming = {
        hit.document.document_id for hit in hits if any(concepts_said(names, f"{hit.document.title}\n{hit.chunk.text}"))
    }
    return sorted(hits, key=lambda hit: hit.document.document_id not in naming)


def _contacts(hit: ScoredChunk) -> Iterator[tuple[int, ScoredChunk, Span, str]]:
    """What a passage offers: how good it is, and where it stands."""
    under_heading = bool(hit.chunk.section) and _HEADING.search(hit.chunk.section[-1]) is not None
    for line, span in zip(hit.chunk.text.split("\n"), hit.chunk.spans, strict=True):
        if is_instruction(line):
            continue
        for start, end in _pieces(line, labelled=under_heading):
            quote = line[start:end]
            score = _POINT_SCORE if _has_point(quote) else 1
            yield score, hit, Span(span.page, span.start + start, span.start + end), quote


def _pieces(line: str, *, labelled: bool) -> Iterator[tuple[int, int]]:
    """The part of a line that is a contact, without what is private."""
    if labelled or _LABEL.search(line):
        pieces = [piece for piece in _public(line) if _has_point(line[slice(*piece)]) or _names_desk(line, piece)]
        yield from pieces[:1]
        return
    for start, end in split_sentences(line):
        advises = _ADVICE.search(line[start:end]) and not _ANYBODY.search(line[start:end])
        if end - start <= _MAX_CHARS and advises and _DESK.search(line[start:end]):
            yield from [(start + a, start + b) for a, b in _public(line[start:end])][:1]


def _names_desk(line: str, piece: tuple[int, int]) -> bool:
    """Whether a piece without number or address at least names a desk, and does not say that there is none."""
    text = line[slice(*piece)]
    return len(text) <= _MAX_CHARS and _DESK.search(text) is not None and not re.search(r"없|않|\bnot?\b", text)


def _public(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _PRIVATE.finditer(line):
        yield from _trimmed(line, start, match.start())
        start = match.end()
    yield from _trimmed(line, start, len(line))


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without blanks and loose signs at its ends, if anything is left."""
    while end > start and line[end - 1] in " ,;:|(/·-":
        end -= 1
    while start < end and line[start] in " ,;:|)/·":
        start += 1
    if start < end:
        yield start, end


def _has_point(text: str) -> bool:
    return bool(_MAIL.search(text) or _PHONE.search(text) or _LINK.search(text))
