"""Questions that the stored documents can answer, to begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.generation.scope.classifier import is_instruction
from assistant.text.language import detect_language
from assistant.text.particles import with_particle
from assistant.types import (
    Document,
    DocumentKind,
    Language,
    Record,
    RecordStatus,
    RecordType,
)

COUNT = 3
_MAX_TITLE_CHARS = 60
_MIN_TITLE_CHARS = 4
# What a title says about its paper, not about its subject.
_PAPER_WORDS = re.compile(
    r"\s*(?:[:–—-]\s+(?:call|notice|invitation|questions|guide|announcement|first event plan)\b.*|\s(?:안내문?|공고문?|알림|모집\s?(?:안내|공고)?|참가\s?(?:기업\s?)?모집.*|지원\s?공고|입찰\s?공고|정정\s?공고))\s*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")
_CLOSED = (RecordStatus.PAST, RecordStatus.CANCELLED, RecordStatus.CLOSED)

# Questions by what is asked; ``topic`` is a title with its Korean particle, ``named`` one within an English sentence.
_QUESTIONS: dict[str, dict[Language, str]] = {
    "event": {"ko": "{topic} 언제 열립니까?", "en": "When is {named} held?"},
    "eligible": {"ko": "{title}의 지원 대상은 누구입니까?", "en": "Who can apply for {named}?"},
    "amount": {"ko": "{topic} 얼마까지 지원합니까?", "en": "How much does {named} provide?"},
    "deadline": {"ko": "{title} 마감일은 언제입니까?", "en": "What is the deadline of {named}?"},
    "owner": {"ko": "{topic} 어느 기관이 담당합니까?", "en": "Which body is in charge of {named}?"},
    "document": {"ko": "{title}의 주요 내용은 무엇입니까?", "en": "What are the main points of “{title}”?"},
}
_KIND_ORDER = (DocumentKind.GUIDE, DocumentKind.POLICY, DocumentKind.PRESS_RELEASE)


def suggestions(
    language: Language, as_of: date, documents: Sequence[Document], records: Sequence[Record] = ()
) -> tuple[str, ...]:
    """Up to three questions in ``language``, each of another sort where there are that many.

    First what is still to come on ``as_of`` (an event, a program, a tender), soonest first; then tasks; then what documents are about.
    The same stock and day give the same questions. Titles are used in the language in which they are written.
    """
    sorts = [*_of_records(language, as_of, records), list(_of_documents(language, documents))]
    chosen: dict[str, None] = {}
    depth = max((len(questions) for questions in sorts), default=0)
    for rank in range(depth):
        for questions in sorts:
            if rank < len(questions) and len(chosen) < COUNT:
                chosen.setdefault(questions[rank])
    return tuple(chosen)


def _of_records(language: Language, as_of: date, records: Sequence[Record]) -> Iterator[list[str]]:
    usable = [record for record in records if _subject(record.title, language) and not record.cancelled]
    usable.sort(key=lambda record: (_days_ahead(record, as_of), record.title))
    coming = [record for record in usable if record.status(as_of) not in _CLOSED]
    yield [_ask("event", r.title, language) for r in coming if r.type is RecordType.EVENT and r.start]
    yield [
        _ask("eligible" if r.eligible else "amount", r.title, language)
        for r in coming
        if r.type is RecordType.PROGRAM and (r.eligible or r.amount)
    ]
    yield [_ask("deadline", r.title, language) for r in coming if r.type is RecordType.TENDER and r.deadline]
    yield [_ask("owner", r.title, language) for r in usable if r.type is RecordType.TASK and r.owner]


def _ask(what: str, title: str, language: Language) -> str:
    subject = _subject(title, language)
    return _QUESTIONS[what][language].format(title=subject, topic=with_particle(subject, "은"), named=_named(subject))


def _days_ahead(record: Record, as_of: date) -> int:
    """Days until the record's first date that is still ahead; records without one come last."""
    ahead = [day for day in (record.deadline, record.start, record.end) if day is not None and day >= as_of]
    return min((day - as_of).days for day in ahead) if ahead else date.max.toordinal()


def _of_documents(language: Language, documents: Sequence[Document]) -> Iterator[str]:
    """Questions on documents: guides and papers first, newest first."""
    usable = [document for document in documents if _subject(document.title, language)]
    usable.sort(
        key=lambda d: (
            _KIND_ORDER.index(d.kind) if d.kind in _KIND_ORDER else len(_KIND_ORDER),
            -(d.published.end.toordinal() if d.published else 0),
            d.title,
        )
    )
    for document in usable:
        yield _ask("document", document.title, language)


def _subject(title: str, language: Language) -> str:
    """What a title is about, without what it says about its paper; empty if it is no use in a question of ``language``."""
    subject = _PAPER_WORDS.sub("", _BRACKETS.sub("", " ".join(title.split()))).strip(' .:·-–—「」“”"')
    if not _MIN_TITLE_CHARS <= len(subject) <= _MAX_TITLE_CHARS or "?" in subject:
        return ""
    return "" if detect_language(subject, language) != language or is_instruction(title) else subject


def _named(title: str) -> str:
    """A title within an English sentence."""
    return (
        f"“{title}”"
        if ":" in title or "," in title
        else f"the {title}"
        if not re.match(r"(?:the|a|an)\b|\w+'s\b", title, re.I)
        else title
    )
