"""What used to hold: earlier versions of documents, and notices that later ones replaced, told as what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.extractive import ExtractiveComposer
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.wording import RecordWriter
from assistant.messages import message
from assistant.types import (
    AnswerStatus,
    Chunk,
    Citation,
    Claim,
    Document,
    Language,
    Notice,
    Query,
    Question,
    Record,
    ScoredChunk,
)

_ANSWERED = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
_MAX_CHARS = 600
_OLD_CHUNKS = 8
# Of the documents that an answer of today rests on, those whose past is looked up.
_LOOKED_UP = 2
_FIELDS = {
    AnswerKind.DATE: frozenset({"deadline", "deadline_time", "start", "end"}),
    AnswerKind.PLACE: frozenset({"place", "country", "online"}),
    AnswerKind.AMOUNT: frozenset({"amount", "amount_krw", "share"}),
    AnswerKind.RATE: frozenset({"rate", "share"}),
    AnswerKind.CONTACT: frozenset({"contact"}),
}

# --- Whether an earlier version is asked about ---

_PAPERS = "공고문?|판|버전|문서|안내문?|안내서|자료|고시|지침|공지|공고\\s?내용"
_PARTICLE = "(?:에서는|에서|에는|에선|에도|에|의|엔|상으?로?는?|은|는|이|가|을|를|으로는|로는|에\\s?따르면)?"
# A transfer (이전) of technology or of a seat is no earlier version.
_MOVED = "(?<!기술 )(?<!본사 )(?<!공장 )(?<!청사 )(?<!기관 )(?<!사업장 )"
_KOREAN = (
    rf"{_MOVED}(?<![가-힣])(?:이전|직전|예전|종전|기존|지난번|옛|구|최초|당초|원래)\s?(?:의\s?)?(?:{_PAPERS}){_PARTICLE}(?![가-힣])",
    r"(?<![가-힣])(?:변경|수정|정정|개정|연장|연기|교체|바뀌|고치)(?:되|하)?기?\s?(?:이전|전)(?:에는|에|의|엔|까지는|까지|은|는)?(?![가-힣])",
    r"(?<![가-힣])(?:당초|원래|애초)(?:에는|에|는|의)?(?=\s?(?:마감|일정|날짜|장소|한도|금액|기한|제출|접수|개최|예정|신청|언제|어디|얼마|계획|예산|기간))",
)
_ENGLISH = (
    r"\b(?:(?:in|of|from|under|by|per|according to)\s+)?(?:the\s+|its\s+|that\s+|an?\s+)?"
    r"(?:previous|prior|earlier|older|old|former|superseded|last)\s+(?:version|edition|notice|announcement|call|document|text|release|revision)s?\b(?:\s+of\b)?",
    r"\b(?:(?:in|of|from|under)\s+)?(?:the\s+|its\s+)?original\s+(?:version|notice|announcement|call)\b(?:\s+of\b)?",
    r"\bbefore\s+(?:the\s+|it\s+was\s+|they\s+were\s+|its\s+|being\s+)?(?:chang|correct|amend|revis|updat|exten|postpon|modif)\w*\b",
    r"\boriginally\b",
    r"\b(?:previous|original|former|old|earlier)\s+(?=(?:\w+\s+)?(?:deadline|closing|date|venue|place|budget|amount|limit|cap|period|schedule|terms?)\b)",
)
_EARLIER = re.compile("|".join((*_KOREAN, *_ENGLISH)), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2}")


def present_question(text: str) -> str | None:
    """The question of today that a question about an earlier version is made of; ``None`` where none is asked about.

    ``이전 공고에서는 마감이 언제였습니까?`` asks ``마감이 언제였습니까?`` of another version.
    """
    if not _EARLIER.search(text):
        return None
    rest = " ".join(_EARLIER.sub(" ", text).split()).strip(" ,")
    return rest if _WORD.search(rest) else text


def newest_hits(
    hits: Sequence[ScoredChunk], superseded_by: Callable[[str], Document | None], records: Sequence[Record]
) -> list[ScoredChunk]:
    """The hits without those of papers whose later version was found too.

    A paper that a later notice changes in part, as records tell, still says the rest.
    """
    found = {hit.document.document_id for hit in hits}
    in_part = {(record.document_id, change.document_id) for record in records for change in record.changes}
    old = set()
    for document_id in found:
        newer = superseded_by(document_id)
        if newer and newer.document_id in found and (document_id, newer.document_id) not in in_part:
            old.add(document_id)
    return [hit for hit in hits if hit.document.document_id not in old]


# --- The answer ---


class EarlierComposer:
    """Tells what an earlier version said, as what it is, and what holds now.

    Args:
        composer: quotes what answers.
        earlier: of a document, its earlier versions with their chunks, the latest first.
    """

    def __init__(
        self,
        composer: ExtractiveComposer,
        earlier: Callable[[Document], Sequence[tuple[Document, Sequence[Chunk]]]],
    ) -> None:
        self._composer = composer
        self._earlier = earlier

    def compose(
        self,
        question: Question,
        language: Language,
        query: Query,
        now: Draft,
        hits: Sequence[ScoredChunk],
        records: Sequence[Record],
        documents: Mapping[str, Document],
    ) -> Draft:
        """What was, before what is.

        Args:
            question: as of today (``present_question``).
            now: the answer to it.
            hits: what was found for it.
            records: as later notices leave them; the old values are in their ``changes``.

        Returns:
            ``now`` with a notice where nothing earlier is kept, or where it does not tell.
        """
        silent = "no_earlier"
        known = [documents[document_id] for document_id in _meant(now, hits) if document_id in documents]
        for document in known[:_LOOKED_UP]:
            changed = _changed(question, language, document.document_id, records, documents)
            if changed is not None:
                return changed
            if any(document.document_id in _papers(record) for record in records if record.changes):
                silent = "earlier_unchanged"
            for older, chunks in self._earlier(document):
                silent = "earlier_silent"
                draft = self._composer.compose(question, language, query, _hits(query, older, chunks))
                if draft.status in _ANSWERED and draft.claims:
                    own = [hit for hit in hits if hit.document.document_id == document.document_id]
                    return _told(draft, self._composer.compose(question, language, query, own), question, language)
        if now.status not in _ANSWERED:
            return now
        return replace(now, notices=(Notice("partial", message(language, silent)), *now.notices))

    def filled(
        self, question: Question, language: Language, query: Query, now: Draft, old_hits: Sequence[ScoredChunk]
    ) -> Draft:
        """``now``, and before it, marked, what papers that were replaced say if they say more of the question.

        Args:
            now: the answer without them.
            old_hits: what was found in them.
        """
        old = self._composer.compose(question, language, query, old_hits)
        if old.status not in _ANSWERED or not old.claims:
            return now
        told = [_said(query, old, claim) for claim in old.claims]
        if now.status in _ANSWERED and max((_said(query, now, c) for c in now.claims), default=0.0) >= max(told):
            return now
        return _told(replace(old, claims=(old.claims[told.index(max(told))],)), now, question, language)


def _changed(
    question: Question,
    language: Language,
    document_id: str,
    records: Sequence[Record],
    documents: Mapping[str, Document],
) -> Draft | None:
    """What later notices changed in a document's record: the old value and the new."""
    wanted: frozenset[str] = frozenset().union(*(_FIELDS.get(kind, ()) for kind in asked_kinds(question.text)))
    for record in records:
        if document_id not in _papers(record):
            continue
        citations, writer = CitationList(), RecordWriter(documents)
        claims = [
            claim
            for change in record.changes
            if not wanted or change.field in wanted
            if (claim := writer.was(record, change, language, citations)) is not None
        ]
        if claims:
            return Draft(AnswerStatus.ANSWERED, tuple(claims), citations.all(), records=(record,))
    return None


def _papers(record: Record) -> set[str]:
    """Ids of a record's document and of the notices that changed it."""
    return {record.document_id, *(change.document_id for change in record.changes)}


def _said(query: Query, draft: Draft, claim: Claim) -> float:
    """How much of the query a claim's quotations say under their headings."""
    cited = {citation.number: citation for citation in draft.citations}
    text = "\n".join(
        part
        for number in claim.citations
        for part in (cited[number].document.title, *cited[number].section, cited[number].quote)
    )
    said = concepts_said(query.concepts, text)
    return sum(c.weight * c.emphasis * part for c, part in zip(query.concepts, said, strict=True))


def _meant(now: Draft, hits: Sequence[ScoredChunk]) -> list[str]:
    """Ids of the documents that an answer rests on, else of the best hits, the most important first."""
    cited: Collection[Citation] = now.citations if now.status in _ANSWERED else ()
    ids = [citation.document.document_id for citation in cited] or [hit.document.document_id for hit in hits]
    return list(dict.fromkeys(ids))


def _hits(query: Query, document: Document, chunks: Sequence[Chunk]) -> list[ScoredChunk]:
    """The chunks of an earlier version that say most of the query; it is in no index."""
    concepts = query.concepts
    whole = sum(concept.weight * concept.emphasis for concept in concepts) or 1.0

    def score(chunk: Chunk) -> float:
        said = concepts_said(concepts, "\n".join((*chunk.section, chunk.text)))
        return sum(c.weight * c.emphasis * part for c, part in zip(concepts, said, strict=True)) / whole

    scored = sorted(((score(chunk), chunk) for chunk in chunks), key=lambda pair: -pair[0])
    return [
        ScoredChunk(chunk, document, value, {"lexical": rank})
        for rank, (value, chunk) in enumerate(scored[:_OLD_CHUNKS], start=1)
    ]


def _told(old: Draft, now: Draft, question: Question, language: Language) -> Draft:
    """What an earlier version says, marked, and after it what holds now."""
    parts = len(asked_kinds(question.text))
    current = now.claims[:parts] if now.status in _ANSWERED else ()
    if current and [claim.text for claim in current] == [claim.text for claim in old.claims[:parts]]:
        both = replace(now, claims=current).after(replace(old, claims=old.claims[:parts]), _MAX_CHARS)
        pairs = zip(both.claims, both.claims[parts:], strict=False)
        claims = [
            Claim(message(language, "earlier_same", claim=a.text), (*a.citations, *b.citations)) for a, b in pairs
        ]
    else:
        first = replace(old, claims=_marked("earlier", old.claims[:parts], language))
        both = replace(now, claims=_marked("now", current, language)).after(first, _MAX_CHARS)
        claims = list(both.claims)
    status = AnswerStatus.ANSWERED if both.status not in _ANSWERED else both.status
    return replace(both, status=status, claims=tuple(claims), notices=tuple(dict.fromkeys(both.notices)), text="")


def _marked(key: str, claims: Sequence[Claim], language: Language) -> tuple[Claim, ...]:
    return tuple(Claim(message(language, key, claim=claim.text), claim.citations) for claim in claims)
