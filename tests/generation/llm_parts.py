"""Two invented papers as retrieved chunks, and a composer that always gives the same verbatim answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.generation.draft import Draft
from assistant.types import (
    AnswerStatus,
    Chunk,
    Citation,
    Claim,
    Document,
    Language,
    Notice,
    Period,
    Precision,
    Query,
    Question,
    ScoredChunk,
    Span,
)

AS_OF = date(2026, 11, 22)
PAGES: dict[Language, tuple[str, ...]] = {
    "ko": (
        "시장개척자금은 중소기업에 사업비의 70%까지, 중견기업에 50%까지 지원합니다. 지원 한도는 사업당 2억원입니다.\n"
        "신청은 2026년 12월 11일까지 한국해외인프라도시개발지원공사(KIND)에서 받습니다.\n"
        "대기업은 단독으로 신청할 수 없습니다.",
        "협력센터는 2027년 상반기에 베트남 하노이에 설립할 예정입니다.\n"
        "도시개발 펀드의 규모는 1,200억원이며, 투자 손실을 보증하지 않습니다.\n"
        "“현지 법률 자문은 무료로 제공한다”는 것이 원칙입니다.",
    ),
    "en": (
        "The market pioneering fund covers up to 70% of project costs for SMEs and up to 50% for mid-size companies. "
        "The cap is KRW 200 million per project.\n"
        "Applications are accepted by the Korea Overseas Infrastructure & Urban Development Corporation (KIND) until 11 December 2026.\n"
        "Large companies cannot apply alone.",
        "A cooperation center will be established in Hanoi, Vietnam in the first half of 2027.\n"
        "The urban development fund holds KRW 120 billion and does not guarantee investment losses.\n"
        "The rule is that “legal advice on site is free of charge”.",
    ),
}
TITLES: dict[Language, str] = {
    "ko": "해외 도시개발 금융지원 안내",
    "en": "Guide to financing for urban development abroad",
}


def hits(language: Language, *pages: str) -> list[ScoredChunk]:
    """One chunk a page, best first, of a paper in ``language``; the invented one if no pages are given."""
    texts = pages or PAGES[language]
    document = Document(
        document_id=f"doc-{language}",
        source="guide.pdf",
        digest="0" * 64,
        media_type="application/pdf",
        title=TITLES[language],
        publisher=None,
        published=Period(date(2026, 9, 1), date(2026, 9, 1), Precision.DAY),
        language=language,
        kind=None,
        url="https://policy.example/guide",
        pages=len(texts),
        status="ready",
    )
    found = []
    for number, text in enumerate(texts, start=1):
        spans, start = [], 0
        for line in text.split("\n"):
            spans.append(Span(number, start, start + len(line)))
            start += len(line) + 1
        chunk = Chunk(f"chunk-{language}-{number}", document.document_id, number, text, (), tuple(spans), language, "d")
        found.append(ScoredChunk(chunk, document, 1.0 / number, {}))
    return found


@dataclass(frozen=True)
class FirstLineComposer:
    """Answers with the first line of the first chunk, or with ``status``."""

    status: AnswerStatus = AnswerStatus.ANSWERED
    notices: tuple[Notice, ...] = ()

    def compose(self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
        if self.status is AnswerStatus.NO_EVIDENCE:
            return Draft(self.status, text="-")
        chunk, span = hits[0].chunk, hits[0].chunk.spans[0]
        line = chunk.text.split("\n")[0]
        citation = Citation(1, hits[0].document, chunk.chunk_id, span.page, (), line, span.start, span.end)
        return Draft(self.status, (Claim(line, (1,)),), (citation,), self.notices)


QUESTIONS: dict[Language, str] = {
    "ko": "시장개척자금은 얼마나 지원하나요?",
    "en": "How much does the market pioneering fund cover?",
}


def asked(language: Language, text: str | None = None) -> tuple[Question, Language, Query]:
    """A question with what the composers get beside it."""
    question = Question(text or QUESTIONS[language], AS_OF)
    return question, language, Query(question.text, language, ())


def assert_proven(draft: Draft, sources: Sequence[ScoredChunk]) -> None:
    """Every claim cites spans that stand letter by letter on a page."""
    pages = {hit.chunk.spans[0].page: hit.chunk.text for hit in sources}
    numbers = {citation.number for citation in draft.citations}
    for citation in draft.citations:
        assert pages[citation.page][citation.start : citation.end] == citation.quote
        assert citation.document == sources[0].document
    for claim in draft.claims:
        assert claim.citations
        assert set(claim.citations) <= numbers
