"""Prompts as files, and sources as numbered, fenced blocks that a model cannot look behind."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NotRequired, TypedDict

from assistant.generation.grounding.injection import is_instruction
from assistant.types import Language, ScoredChunk

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

PROMPT_KEYS = (
    "system",
    "request",
    "source",
    "earlier",
    "format_json",
    "format_lines",
    "records_system",
    "records_request",
)
_LEFT_OUT = "(…)"


class ClaimRequest(TypedDict):
    """What the claim chain takes: a question, the language to answer in, today's date (ISO 8601), and texts to answer from.

    ``earlier`` holds the questions asked before, oldest first, that this one may follow up.
    """

    question: str
    language: Language
    as_of: str
    sources: list[str]
    earlier: NotRequired[list[str]]


@cache
def prompt_text(language: Language, key: str) -> str:
    """The prompt file ``key`` of ``language``."""
    return (files("assistant.generation") / "prompts" / language / f"{key}.txt").read_text(encoding="utf-8").strip()


def source_text(hit: ScoredChunk) -> str:
    """What a model sees of a chunk: title, date, headings and text; no id, no address."""
    published = hit.document.published.isoformat() if hit.document.published else ""
    address = " > ".join(part for part in (hit.document.title, published, *hit.chunk.section) if part)
    return f"{address}\n{hit.chunk.text}"


def fenced(text: str) -> str:
    """``text`` that can neither close its fence nor open another: no angle brackets, no orders, no invisible characters."""
    visible = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    lines = (_LEFT_OUT if is_instruction(line) else line for line in visible.split("\n"))
    return html.escape("\n".join(lines), quote=False)


def numbered(language: Language, sources: Sequence[str]) -> str:
    """The sources as blocks numbered from 1."""
    template = prompt_text(language, "source")
    return "\n".join(template.format(number=number, text=fenced(text)) for number, text in enumerate(sources, start=1))


def render(request: ClaimRequest, *, structured: bool) -> list[BaseMessage]:
    """The messages for a request, in the asker's language."""
    from langchain_core.messages import HumanMessage, SystemMessage

    language = request["language"]
    earlier = "\n".join(html.escape(text, quote=False) for text in request.get("earlier", []))
    body = prompt_text(language, "request").format(
        as_of=request["as_of"],
        sources=numbered(language, request["sources"]),
        earlier=prompt_text(language, "earlier").format(questions=earlier) + "\n\n" if earlier else "",
        question=html.escape(request["question"], quote=False),
        format=prompt_text(language, "format_json" if structured else "format_lines"),
    )
    return [SystemMessage(prompt_text(language, "system")), HumanMessage(body)]
