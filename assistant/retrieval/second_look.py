"""What the fused ranking cannot know, read from the best chunks themselves: the document they share, what they say and what they hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.retrieval.wording import Wording, searchable
from assistant.types import Query, ScoredChunk

# Chosen on development questions only (docs/retrieval.md): see "A second look".
_DOCUMENT_WEIGHT = 0.3
_KIND_REWARD = 0.2
_CONTACT_PENALTY = 0.3
_SAID_WEIGHT = 0.4
_NEARNESS_WEIGHT = 0.3
_RUN_REWARD = 0.06
# Document and kind lift the best score by about this much; divided by it, scores stay on the scale of the fused ones.
_SCALE = 1.2
# A longer text without a question mark tells something and asks for nothing.
_MAX_WORDS_UNMARKED = 12

_DATE_ASKED = re.compile(
    r"언제|며칠|날짜|마감|기한|몇\s?[월년]|얼마나 (?:오래|걸)|\bwhen\b|\bdeadline|\bwhat (?:date|day|month|year)|\bhow long\b|\buntil\b",
    re.IGNORECASE,
)
_DATE_HELD = re.compile(
    r"\d{4}년|\d{1,2}월\s?\d{1,2}일|['’]\d\d[.년]|\b20\d\d\b|\d(?:일|개월|년)|\d (?:days|months|years)"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b.{0,8}\d"
)
_AMOUNT_ASKED = re.compile(
    r"얼마|금액|총액|한도|예산|규모|수수료|보증금|몇\s?(?:억|조|%|퍼센트|프로)"
    r"|\bhow (?:much|big|large)\b|\bwhat (?:share|percentage)|\b(?:amount|budget|cost|price|fee)\b",
    re.IGNORECASE,
)
_AMOUNT_HELD = re.compile(
    r"\d[\d,.]*\s?(?:조|억|천만|백만|만)?\s?(?:원|달러|유로)|\d[\d,.]*\s?(?:천억|억|조|만)|(?:KRW|USD|EUR|[$₩€])\s?\d"
    r"|\d[\d,.]*\s?(?:million|billion|trillion|%)"
)
_COUNT_ASKED = re.compile(r"몇|\bhow (?:many|often)\b|\bnumber of\b", re.IGNORECASE)
_COUNT_HELD = re.compile(r"\d")

_PHONE = re.compile(r"\b0\d{1,2}-\d{3,4}-\d{4}\b|\+82")
_CONTACT = re.compile(rf"(?<![\w.-])[\w.-]{{1,64}}@[\w.-]{{1,64}}|{_PHONE.pattern}")
# Who, where and in charge may all be answered by a line of contacts.
_CONTACT_ASKED = re.compile(
    r"연락|전화|메일|문의|담당|누구|어디|\b(?:contact|phone|e-?mail|call|reach|who|where|write)\b", re.IGNORECASE
)
_MAX_CONTACT_CHARS = 70


def second_look(query: Query, hits: Sequence[ScoredChunk]) -> list[ScoredChunk]:
    """The best hits in an order that heeds what they say; equally good ones in chunk id order.

    A hit comes first

    - whose document has a large share of all scores found: the right document is found more surely than the right chunk of it;
    - that says, it or its headings, much of what is asked for, however long it is: BM25 takes a long table for a loose one;
    - that is near in meaning, which tells more among a few chunks about the subject than among all chunks;
    - that holds what the question asks for: a date, an amount, a number;
    - in which words of the question stand one behind the other, if it is in the question's language.

    A line with nothing but an address and a telephone number gives way unless it may be what is asked for: it is so short that each of its
    words counts too much.

    Scores stay comparable across queries: they are the fused ones with what documents, kinds and contacts change, and the first hit in the
    new order has the largest of them, the second the next. Each hit tells as ``fused`` at which rank and with which score it came.

    Args:
        query: what was looked up; in a conversation its last line is the question, and the turns before it ask for nothing any more.
        hits: best first, of this query, with the legs' scores.
    """
    if not hits:
        return []
    question = query.text.rsplit("\n", 1)[-1]
    best, total = hits[0].score, sum(hit.score for hit in hits) or 1.0
    found: dict[str, float] = defaultdict(float)
    for hit in hits:
        found[hit.document.document_id] += hit.score
    nearness = [hit.leg_scores["dense"] for hit in hits if "dense" in hit.leg_scores]
    # What the dense leg did not return is at best just below what it did.
    farthest = min(nearness, default=0.0) / 2
    held = _kinds_asked(question)
    asked = Wording(question, query.concepts)
    contacts_wanted = _CONTACT_ASKED.search(question) is not None

    def judged(hit: ScoredChunk) -> tuple[float, float]:
        """By what the order is decided, and what the hit adds to the scores."""
        factor = 1.0
        if any(pattern.search(hit.chunk.text) for pattern in held):
            factor += _KIND_REWARD
        if not contacts_wanted and _only_contacts(hit.chunk.text):
            factor -= _CONTACT_PENALTY
        passage = searchable("\n".join((hit.document.title, *hit.chunk.section, hit.chunk.text)))
        run = _RUN_REWARD * max(0, asked.words_in_a_row(passage) - 1) if hit.chunk.language == query.language else 0.0
        scored = hit.score * factor + _DOCUMENT_WEIGHT * best * found[hit.document.document_id] / total
        said = _SAID_WEIGHT * asked.share_said(passage, hit.chunk.language)
        near = _NEARNESS_WEIGHT * max(0.0, hit.leg_scores.get("dense", farthest))
        return scored + hit.score * run + said + near, scored / _SCALE

    judgements = {hit.chunk.chunk_id: judged(hit) for hit in hits}
    came = {hit.chunk.chunk_id: rank for rank, hit in enumerate(hits, start=1)}
    order = sorted(hits, key=lambda hit: (-round(judgements[hit.chunk.chunk_id][0], 6), hit.chunk.chunk_id))
    scores = sorted((score for _, score in judgements.values()), reverse=True)
    return [
        replace(
            hit,
            score=round(score, 6),
            ranks={**hit.ranks, "fused": came[hit.chunk.chunk_id]},
            leg_scores={**hit.leg_scores, "fused": hit.score},
        )
        for hit, score in zip(order, scores, strict=True)
    ]


def _kinds_asked(question: str) -> list[re.Pattern[str]]:
    """Patterns of what would answer; none where the question does not say."""
    if not question.rstrip().endswith("?") and len(question.split()) > _MAX_WORDS_UNMARKED:
        return []
    held = [_DATE_HELD] if _DATE_ASKED.search(question) else []
    if _AMOUNT_ASKED.search(question):
        held.append(_AMOUNT_HELD)
    elif _COUNT_ASKED.search(question):
        held.append(_COUNT_HELD)
    return held


def _only_contacts(text: str) -> bool:
    # Most passages have neither, and looking for an address letter by letter is slow.
    if "@" not in text and _PHONE.search(text) is None:
        return False
    rest, contacts = _CONTACT.subn("", text)
    return contacts > 0 and len(rest) < _MAX_CONTACT_CHARS
