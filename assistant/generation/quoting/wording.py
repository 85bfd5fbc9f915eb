"""From chosen clauses to the sentences of an answer, each with what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.generation.quoting.clause_ranker import RankedClause
from assistant.generation.quoting.clauses import CELL, Clause, bare
from assistant.generation.quoting.gloss import Gloss, Glossary
from assistant.messages import message
from assistant.text.language import detect_language
from assistant.types import Citation, Claim, Document, Evidence, Language, Notice, ScoredChunk, Span

# Marks of citations come on top.
_MAX_ANSWER_CHARS = 570
_MAX_WITH_COMPANION = 500
# Words that the leading clause explains even if others have to go for it.
_LEAST_EXPLAINED = 1
_ASKS = re.compile(r"(?:\?|나요|니까|까요|가요)\s*$")
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
        dates, sums and names are explained. What 600 characters do not hold is left out: explanations first, then later clauses.
        """
        parts = [self._part(item.clause, language) for item in chosen]
        kept = [replace(parts[0], explained=_LEAST_EXPLAINED)]
        for part in parts[1:]:
            kept += [part] if _fits([*kept, part], language) else []
        for position, part in enumerate(kept):
            for explained in range(part.explained + 1, len(part.gloss.items) + 1):
                more = [*kept[:position], replace(part, explained=explained), *kept[position + 1 :]]
                kept = more if _fits(more, language) else kept
        claims = [
            Claim(text, tuple(citations.cite(part.clause.hit, span, quote) for span, quote in part.spans))
            for part, text in _said(kept, language)
        ]
        shown = {name for part in kept for _, name in part.explanations}
        unofficial = dict.fromkeys(name for part in kept for name in part.gloss.unofficial if name in shown)
        names = ", ".join(unofficial)
        return claims, [Notice("unofficial_name", message(language, "unofficial_name", names=names))] if names else []

    def _part(self, clause: Clause, language: Language) -> _Part:
        text, spans = _sentence(clause)
        foreign = detect_language(text) != language
        gloss = self._glossary.explain(text, language, clause.hit.document.published) if foreign else Gloss((), ())
        return _Part(clause, text, spans, foreign, gloss)


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause as a sentence, with the spans it rests on, and how many of the explanations that it may need are given."""

    clause: Clause
    text: str
    spans: list[tuple[Span, str]]
    foreign: bool
    gloss: Gloss
    explained: int = 0

    @property
    def explanations(self) -> Sequence[tuple[str, str]]:
        """The quotation's words with the reader's, as far as they are given."""
        return self.gloss.items[: self.explained]


def _fits(parts: Sequence[_Part], language: Language) -> bool:
    return sum(len(text) for _, text in _said(parts, language)) <= _MAX_ANSWER_CHARS


def _said(parts: Sequence[_Part], language: Language) -> Iterator[tuple[_Part, str]]:
    """The parts in the order in which they are read, each with its sentence."""
    known: set[tuple[str, str]] = set()
    for part in _in_order(parts):
        if part.foreign:
            yield part, _foreign(part.clause, part.text, language, part.explanations, known)
        else:
            yield part, _with_heading(part.clause, part.text, language, known)


def _in_order(parts: Sequence[_Part]) -> list[_Part]:
    sections: dict[tuple[str, tuple[str, ...]], list[_Part]] = {}
    for part in parts:
        hit = part.clause.hit
        sections.setdefault((hit.document.document_id, hit.chunk.section), []).append(part)
    first, *others = sections.values()
    rest = sorted(first[1:], key=_place)
    return [first[0], *rest, *(part for section in others for part in sorted(section, key=_place))]


def _place(part: _Part) -> tuple[int, int]:
    return part.clause.span.page, part.clause.span.start


def _sentence(clause: Clause) -> tuple[str, list[tuple[Span, str]]]:
    """A clause as a sentence with the spans it rests on: with its note, or the note with its line; a table's row with its header."""
    spans = [(clause.span, clause.text)]
    text = clause.bare
    if CELL in text:
        text, headed = row_text(clause)
        if headed and clause.header is not None:
            spans.append((clause.header, clause.header_text))
    if clause.companion is not None and len(text) + len(clause.companion_text) <= _MAX_WITH_COMPANION:
        spans.append((clause.companion, clause.companion_text))
        first, second = (bare(clause.companion_text), text) if clause.is_note else (text, bare(clause.companion_text))
        text = f"{first} ({second})"
    return text, spans


def row_text(clause: Clause) -> tuple[str, bool]:
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


def _foreign(
    clause: Clause, text: str, language: Language, explained: Sequence[tuple[str, str]], said: set[tuple[str, str]]
) -> str:
    title = clause.hit.document.title
    known = (title, "") in said
    said.add((title, ""))
    quoted = (
        message(language, "quoted", clause=text)
        if known
        else message(language, "lead_foreign", title=title, clause=text)
    )
    if not explained:
        return quoted
    return f"{quoted} ({', '.join(f'“{words}” = {meaning}' for words, meaning in explained)})"


def _with_heading(clause: Clause, text: str, language: Language, said: set[tuple[str, str]]) -> str:
    document, section = clause.hit.document, clause.hit.chunk.section
    heading = _OUTLINE_NUMBER.sub("", section[-1]).replace("*", "") if section else ""
    place = (document.title, heading)
    if (
        place in said
        or not heading
        or _DIGITS.search(heading)
        or heading in text
        or heading == document.title
        or _ASKS.search(heading)
    ):
        # A question that heads its answer stays with the citation.
        return message(language, "lead_plain", clause=text)
    said.add(place)
    return message(language, "lead_same", heading=heading, clause=text)
