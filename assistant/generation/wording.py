"""From chosen clauses to the sentences of an answer, each with what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.generation.clause_ranker import RankedClause
from assistant.generation.clauses import CELL, Clause, bare
from assistant.generation.gloss import Gloss, Glossary
from assistant.messages import message
from assistant.text.language import detect_language
from assistant.types import Citation, Claim, Document, Evidence, Language, Notice, ScoredChunk, Span

# Marks of citations come on top.
_MAX_ANSWER_CHARS = 570
_MAX_WITH_COMPANION = 500
_OUTLINE_NUMBER = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?[.)]?|\(?\d{1,2}[.)]?|[가-하][.)]|‣‣|[≪《〈<]|#+)\s*|\s*[≫》〉>]$")
_DIGITS = re.compile(r"\d")


class CitationList:
    """The citations of one answer, numbered from 1; a span that is cited again keeps its number."""

    def __init__(self) -> None:
        self._citations: list[Citation] = []

    def cite(self, hit: ScoredChunk, span: Span, quote: str) -> int:
        """The number of the citation of ``quote``, which stands at ``span``."""
        chunk = hit.chunk
        return self._number(
            Citation(0, hit.document, chunk.chunk_id, span.page, chunk.section, quote, span.start, span.end)
        )

    def cite_evidence(self, document: Document, evidence: Evidence) -> int:
        """The number of the citation of a record's evidence in ``document``."""
        e = evidence
        return self._number(Citation(0, document, e.chunk_id, e.page, e.section, e.quote, e.start, e.end))

    def _number(self, citation: Citation) -> int:
        for known in self._citations:
            if replace(known, number=0) == citation:
                return known.number
        number = len(self._citations) + 1
        self._citations.append(replace(citation, number=number))
        return number

    def all(self) -> tuple[Citation, ...]:
        """Every citation in order."""
        return tuple(self._citations)


class ClaimWriter:
    """Says chosen clauses in the asker's language.

    Args:
        glossary: explains what is quoted from the other language.
    """

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def write(
        self, chosen: Sequence[RankedClause], language: Language, citations: CitationList
    ) -> tuple[list[Claim], list[Notice]]:
        """One claim a clause, and notices on names without an official form.

        ``chosen`` comes best first. The best leads; the others follow section by section, in reading order. The first clause of a
        section says its heading; a clause of the other language stays a quotation with its document's title, and its
        dates, sums and names are explained. What 600 characters do not hold is left out: first what explains the later clauses,
        then these clauses.
        """
        kept, glossed = [chosen[0]], [chosen[0]]
        for item in chosen[1:]:
            if self._fits([*kept, item], glossed, language):
                kept.append(item)
        for item in kept[1:]:
            if self._fits(kept, [*glossed, item], language):
                glossed.append(item)
        claims: list[Claim] = []
        unofficial: list[str] = []
        for said in self._said(kept, glossed, language):
            numbers = tuple(citations.cite(said.hit, span, quote) for span, quote in said.spans)
            claims.append(Claim(said.text, numbers))
            unofficial += said.unofficial
        names = ", ".join(dict.fromkeys(unofficial))
        return claims, [Notice("unofficial_name", message(language, "unofficial_name", names=names))] if names else []

    def _fits(self, kept: Sequence[RankedClause], glossed: Sequence[RankedClause], language: Language) -> bool:
        return sum(len(said.text) for said in self._said(kept, glossed, language)) <= _MAX_ANSWER_CHARS

    def _said(
        self, kept: Sequence[RankedClause], glossed: Sequence[RankedClause], language: Language
    ) -> Iterator[_Said]:
        """The clauses in the order in which they are read, those among ``glossed`` with explanations."""
        known: set[tuple[str, str]] = set()
        for item in _in_order(kept):
            clause = item.clause
            text, spans = _sentence(clause)
            gloss = Gloss((), ())
            if detect_language(text) != language:
                if item in glossed:
                    gloss = self._glossary.explain(text, language, clause.hit.document.published)
                text = _foreign(clause, text, language, gloss, known)
            else:
                text = _with_heading(clause, text, language, known)
            yield _Said(text, clause.hit, spans, gloss.unofficial)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim before its citations are numbered."""

    text: str
    hit: ScoredChunk
    spans: list[tuple[Span, str]]
    unofficial: tuple[str, ...]


def _in_order(kept: Sequence[RankedClause]) -> list[RankedClause]:
    sections: dict[tuple[str, tuple[str, ...]], list[RankedClause]] = {}
    for item in kept:
        hit = item.clause.hit
        sections.setdefault((hit.document.document_id, hit.chunk.section), []).append(item)
    first, *others = sections.values()
    rest = sorted(first[1:], key=_place)
    return [first[0], *rest, *(item for section in others for item in sorted(section, key=_place))]


def _place(item: RankedClause) -> tuple[int, int]:
    return item.clause.span.page, item.clause.span.start


def _sentence(clause: Clause) -> tuple[str, list[tuple[Span, str]]]:
    """A clause as a sentence with the spans it rests on: with its note, or the note with its line; a table's row with its header."""
    spans = [(clause.span, clause.text)]
    text = clause.bare
    if CELL in text:
        text, headed = _row(clause)
        if headed and clause.header is not None:
            spans.append((clause.header, clause.header_text))
    if clause.companion is not None and len(text) + len(clause.companion_text) <= _MAX_WITH_COMPANION:
        spans.append((clause.companion, clause.companion_text))
        first, second = (bare(clause.companion_text), text) if clause.is_note else (text, bare(clause.companion_text))
        text = f"{first} ({second})"
    return text, spans


def _row(clause: Clause) -> tuple[str, bool]:
    """A table's row as text, and whether its header was used: "label: value", or "label (column: value, column: value)"."""
    cells = [cell.strip() for cell in clause.bare.split(CELL)]
    columns = [cell.strip() for cell in clause.header_text.split(CELL)]
    if len(cells) > 2 and cells[0].isdigit() and len(columns) == len(cells):
        # A running number names nothing.
        cells, columns = cells[1:], columns[1:]
    if len(cells) == 2:
        return f"{cells[0]}: {cells[1]}", False
    if len(columns) != len(cells):
        return ", ".join(cell for cell in cells if cell), False
    pairs = (f"{column}: {cell}" for column, cell in zip(columns[1:], cells[1:], strict=True) if cell)
    return f"{cells[0]} ({', '.join(pairs)})", True


def _foreign(clause: Clause, text: str, language: Language, gloss: Gloss, said: set[tuple[str, str]]) -> str:
    title = clause.hit.document.title
    known = (title, "") in said
    said.add((title, ""))
    quoted = (
        message(language, "quoted", clause=text)
        if known
        else message(language, "lead_foreign", title=title, clause=text)
    )
    if not gloss.items:
        return quoted
    return f"{quoted} ({', '.join(f'“{words}” = {meaning}' for words, meaning in gloss.items)})"


def _with_heading(clause: Clause, text: str, language: Language, said: set[tuple[str, str]]) -> str:
    document, section = clause.hit.document, clause.hit.chunk.section
    heading = _OUTLINE_NUMBER.sub("", section[-1]).replace("*", "") if section else ""
    place = (document.title, heading)
    if place in said or not heading or _DIGITS.search(heading) or heading in text or heading == document.title:
        return message(language, "lead_plain", clause=text)
    said.add(place)
    return message(language, "lead_same", heading=heading, clause=text)
