"""A heading and all that stands below it, as an answer: the whole list or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.generation.draft import Draft
from assistant.generation.quoting.clauses import CELL, Clause, bare
from assistant.generation.quoting.gloss import Glossary
from assistant.generation.quoting.notices import notices_on
from assistant.generation.quoting.wording import CitationList, row_text
from assistant.messages import message
from assistant.text.language import detect_language
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Chunk, Claim, Document, Language, Page, Question, ScoredChunk, Span

_MAX_CHARS = 600
_EXPLAINED = 2
_OUTLINE = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?[.)]?|\(?\d{1,2}[.)]?(?=\s)|[가-하][.)]|‣‣|[≪《〈<])\s*|\s*[≫》〉>]$")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things listed: the place that tells of it, its name, and all that its line says."""

    clause: Clause
    label: str
    text: str

    @staticmethod
    def of_row(clause: Clause) -> Item:
        """A table's row: its name is the first cell that is no running number."""
        cells = [cell.strip() for cell in bare(clause.text).split(CELL)]
        return Item(clause, next((cell for cell in cells if not cell.isdigit()), cells[0]), row_text(clause)[0])


class WholeList:
    """Writes a heading and its items.

    Args:
        page: a page of a document, by its id and number.
        terms: official names in both languages.
    """

    def __init__(self, page: Callable[[str, int], Page], terms: TermFinder | None = None) -> None:
        self._page = page
        self._glossary = Glossary(terms) if terms is not None else None

    def heading(self, document: Document, chunk: Chunk, path: tuple[str, ...]) -> Clause | None:
        """The last heading of ``path`` as it stands on the page, nearest above the chunk; ``None`` if it does not."""
        page = self._page(document.document_id, chunk.page)
        written = re.compile(r"\s+".join(map(re.escape, path[-1].split())))
        found = list(written.finditer(page.text))
        if not found:
            return None
        above = [match for match in found if match.end() <= chunk.spans[0].start]
        match = above[-1] if above else found[0]
        hit = ScoredChunk(chunk, document, 0.0, {})
        span = Span(page.number, match.start(), match.end())
        return Clause(hit, match.group(), span, 0, " ".join(path), False, None, "")

    def write(self, heading: Clause, items: Sequence[Item], language: Language, question: Question) -> Draft | None:
        """The answer, as full as 600 characters allow; ``None`` where not even the names fit."""
        citations = CitationList()
        places = [heading, *(item.clause for item in items)]
        names, lines = [item.label for item in items], [item.text for item in items]
        # A name whose words are explained tells a reader of the other language more than a whole line that is not.
        ways = ((lines, _EXPLAINED), (names, _EXPLAINED), (names, 0))
        drafts = (self._said(heading, texts, language, explained) for texts, explained in ways)
        said = next((texts for texts in drafts if sum(map(len, texts)) <= _MAX_CHARS), None)
        if said is None:
            return None
        claims = [
            Claim(text, (citations.cite(clause.hit, clause.span, clause.text),))
            for text, clause in zip(said, places, strict=True)
        ]
        notices = notices_on(places, language, question.as_of)
        return Draft(AnswerStatus.ANSWERED, tuple(claims), citations.all(), tuple(notices))

    def _said(self, heading: Clause, texts: Sequence[str], language: Language, explained: int) -> list[str]:
        """The heading and the things, in the reader's language as they stand, else quoted, with so many of their words explained."""
        lead = without_outline(heading.text)
        document = heading.hit.document
        if detect_language(" ".join(texts), default=language) == language:
            return [f"{lead}:", *texts]
        said = [message(language, "lead_foreign", title=document.title, clause=lead)]
        said += [message(language, "quoted", clause=text) for text in texts]
        return [
            f"{shown}{self._explained(text, language, document, explained)}"
            for shown, text in zip(said, [lead, *texts], strict=True)
        ]

    def _explained(self, text: str, language: Language, document: Document, most: int) -> str:
        if self._glossary is None or not most:
            return ""
        known = self._glossary.explain(text, language, document.published).items[:most]
        return f" ({', '.join(f'“{words}” = {meaning}' for words, meaning in known)})" if known else ""


def sections(chunks: Sequence[Chunk]) -> Iterator[tuple[tuple[str, ...], list[Chunk]]]:
    """Every heading path of a document with the chunks below it, the most particular first."""
    below: dict[tuple[str, ...], list[Chunk]] = {}
    for chunk in chunks:
        for depth in range(1, len(chunk.section) + 1):
            below.setdefault(chunk.section[:depth], []).append(chunk)
    yield from sorted(below.items(), key=lambda item: -len(item[0]))


def without_outline(heading: str) -> str:
    """A heading without its place in the outline (Ⅱ., 3., 가.) and the brackets around it."""
    return " ".join(_OUTLINE.sub("", heading).split())
