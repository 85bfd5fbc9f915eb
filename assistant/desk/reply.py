"""An answer as it leaves the desk: plain text and e-mail; DOCX and PDF are made from the same parts."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.contract.citations import CitationModel
from assistant.desk.contract.drafts import DraftModel
from assistant.desk.messages import message
from assistant.messages import message as shared_message
from assistant.text.dates.written import written_date
from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a list names it: ``[1] title (publisher, date, page)``, with its older version or OCR if it has one, and its words."""

    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The parts of a reply, in its language. ``mark`` is there while it is not approved."""

    language: Language
    title: str
    mark: str | None
    reference: str
    question: str
    sentences: tuple[str, ...]
    sources: tuple[Source, ...]
    as_of: str
    closing: str


def reply_of(draft: DraftModel, question: str, reference: str, *, approved: bool) -> Reply:
    """The reply that a draft makes; sources that no sentence names are left out."""
    language = draft.language
    named = {number for claim in draft.claims for number in claim.citations}
    return Reply(
        language=language,
        title=message(language, "reply_title"),
        mark=None if approved else message(language, "draft_mark"),
        reference=message(language, "reply_reference", reference=reference),
        question=question,
        sentences=tuple(draft.text.split("\n")),
        sources=tuple(_source(citation, language) for citation in draft.citations if citation.number in named),
        as_of=message(language, "reply_as_of", day=draft.as_of),
        closing=message(language, "reply_closing"),
    )


def as_text(reply: Reply) -> str:
    """The answer with its sources, to be copied."""
    lines = [*([reply.mark, ""] if reply.mark else []), *reply.sentences]
    if reply.sources:
        lines += ["", message(reply.language, "reply_sources")]
        for source in reply.sources:
            lines += [source.label, f"    “{' '.join(source.quote.split())}”"]
    return "\n".join([*lines, "", reply.as_of])


def as_email(reply: Reply, reference: str) -> str:
    """A whole letter: subject, greeting, question, answer with sources, closing."""
    language = reply.language
    subject = message(language, "reply_subject", reference=reference)
    parts = [
        subject,
        message(language, "reply_greeting"),
        f"{message(language, 'reply_question')}\n{reply.question}",
        f"{message(language, 'reply_answer')}\n{as_text(reply)}",
        reply.closing,
        reply.reference,
    ]
    return "\n\n".join(parts)


def _source(citation: CitationModel, language: Language) -> Source:
    about = [
        citation.publisher,
        written_date(citation.published, language) if citation.published else message(language, "undated"),
        message(language, "reply_page", number=citation.page),
    ]
    if citation.older_version is not None:
        about.append(message(language, "reply_older_version", number=citation.older_version))
    if citation.ocr_confidence is not None:
        about.append(shared_message(language, "recognised", percent=round(citation.ocr_confidence * 100)))
    return Source(f"[{citation.number}] {citation.title} ({', '.join(filter(None, about))})", citation.quote)
