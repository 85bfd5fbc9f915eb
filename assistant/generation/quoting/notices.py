"""What a reader must know about an answer's sources: that they are old, that they plan, that they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.generation.quoting.clauses import Clause
from assistant.messages import message
from assistant.text.dates.written import written_period
from assistant.text.morphemes import analyze
from assistant.types import Document, Language, Notice, Period

_STALE_DAYS = 365
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{4,}")
_PLAN = re.compile(
    r"추진|예정|계획|검토|목표|\bplan(?:s|ned|ning)?\b|\bwill\b|scheduled|\baims?\b|\bto be (?:set|built|opened|held)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"개소했|개소하였|문을\s?열었|열었|운영(?:을)?\s?시작(?:했|하였)|운영\s?중|출범(?:했|하였)|신설(?:했|하였|되었)|마련했|마련하였"
    r"|\b(?:opened|launched|has been|have been|in operation|established|was set up)\b",
    re.IGNORECASE,
)


def notices_on(chosen: Sequence[Clause], language: Language, as_of: date) -> list[Notice]:
    """Notices on the documents of the chosen clauses, most important first, each once."""
    papers = [clause.hit.document for clause in chosen]
    return [*_conflicts(chosen, language), *stale(papers, language, as_of), *_plans(chosen, language)]


def _conflicts(chosen: Sequence[Clause], language: Language) -> list[Notice]:
    """A plan of an earlier document beside what a later one says of the same thing."""
    plans = [clause for clause in chosen if clause.hit.document.published and _is_plan(clause)]
    facts = [clause for clause in chosen if clause.hit.document.published and _DONE.search(clause.text)]
    for plan in plans:
        for fact in facts:
            earlier, later = plan.hit.document, fact.hit.document
            if _published(earlier).end < _published(later).start and _alike(plan, fact):
                dates = (written_period(_published(document), language) for document in (earlier, later))
                told = message(language, "conflict", **dict(zip(("earlier", "later"), dates, strict=True)))
                return [Notice("conflict", told)]
    return []


def _published(document: Document) -> Period:
    assert document.published is not None
    return document.published


def _alike(one: Clause, other: Clause) -> bool:
    """Whether two clauses of one language speak of the same thing: half of the shorter one's longer words."""
    words = [{token.form for token in analyze(clause.text) if _WORD.fullmatch(token.form)} for clause in (one, other)]
    shorter = min(words, key=len)
    return bool(shorter) and len(words[0] & words[1]) >= len(shorter) / 2


def stale(papers: Sequence[Document], language: Language, as_of: date) -> list[Notice]:
    """Which papers are older than a year, or have no date; each once."""
    notices = []
    for document in {document.document_id: document for document in papers}.values():
        if document.published is None:
            notices.append(Notice("stale", message(language, "stale_undated", title=document.title)))
        elif (as_of - document.published.end).days > _STALE_DAYS:
            published = written_period(document.published, language)
            notices.append(Notice("stale", message(language, "stale", title=document.title, published=published)))
    return notices


def _plans(chosen: Sequence[Clause], language: Language) -> list[Notice]:
    return [Notice("plan", message(language, "plan"))] if any(_is_plan(clause) for clause in chosen) else []


def _is_plan(clause: Clause) -> bool:
    return _PLAN.search(clause.whole) is not None
