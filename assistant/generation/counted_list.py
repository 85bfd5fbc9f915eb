"""What a heading counts and the lines below it set out: the seven core services, the four strategies.

Such a list is an answer only as a whole: it is told where below the heading stand exactly as many headings, rows of a table or marked
lines as the heading counts, and as the question counts if it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.draft import Draft
from assistant.generation.quoting.clauses import CELL, Clause, clauses
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.scope.classifier import is_instruction
from assistant.generation.whole_list import Item, WholeList, sections, without_outline
from assistant.text.language import detect_language
from assistant.text.morphemes import analyze
from assistant.types import Chunk, Concept, Document, Language, Query, Question, ScoredChunk

_MOST = 12
# A word is said if half of its best way to say it is; translations weigh less than that at times.
_SAID = 0.4
_MOSTLY = 0.3
_KINDS = frozenset({AnswerKind.ANY, AnswerKind.DEFINITION, AnswerKind.ROLE})
_KOREAN_NUMBERS = ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_ENGLISH_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: n for numbers in (_KOREAN_NUMBERS, _ENGLISH_NUMBERS) for n, word in enumerate(numbers, 2)}
_ASKS = re.compile(
    r"무엇|뭐|뭔|뭘|어떤|무슨|알려|말해|나열|정리|들려|[은는]\s?\?*\s*$|\bwhat\b|\bwhich\b|\blist\b|\bname\b|\btell me\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"(?<!\d)(?:(?P<figure>\d{1,2})\s?(?:대|개|가지)|(?<![가-힣])(?P<word>두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?:\s?가지)?(?=\s))"
    r"\s?(?P<thing>[가-힣A-Za-z·][가-힣A-Za-z· -]*?)(?=\s?[()\[\]<>《》≪≫,:?]|\s\d|$)"
    r"|\b(?P<english>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s(?P<things>[A-Za-z][A-Za-z -]+?)"
    r"(?=\s?[(),:?]|$)",
    re.IGNORECASE,
)
# The things counted are all that is asked for; what else such a question says only tells which document's they are.
_ASKS_ALL = re.compile(
    r"(?:\d\s?(?:대|개|가지)|(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s(?:가지\s)?)(?:(?!\s중|가운데|에서)[가-힣A-Za-z· ]){1,20}?"
    r"(?:은|는|이|가|을|를|에는)?\s?(?:각각\s?)?(?:무엇|뭐|뭔|뭘|알려|말해|나열|정리|들려|\?|$)"
    r"|\b(?:(?:what|which) (?:are|were)|what're|list|name|tell me|give me)\s(?:all\s)?(?:the\s|its\s|their\s|your\s)?"
    rf"(?:\d{{1,2}}|{'|'.join(_ENGLISH_NUMBERS)})\s",
    re.IGNORECASE,
)
# What anybody does with what they have: it does not tell which things are meant.
_GIVES = re.compile(
    r"(?:provid|offer|giv|hav|run|includ|consist)\w*|제공\S*|하|있|주|갖추|이루어지|구성\S*", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?P<thing>[가-힣A-Za-z]{2,})\s?(?P<place>\d{1,2})(?=[.):]?\s|$)")
_NUMBER = re.compile(r"\d+\S*")
_MARK = re.compile(r"[①-⑳❶-❿]|\(?\d{1,2}[.)]|[-–·•▪▸▶○◦●ㅇ□■]")
_ENUMERATED = re.compile(r"[①-⑳❶-❿]|\(?\d")


class CountedListComposer:
    """Answers what the things are that a heading counts.

    Args:
        chunks: the chunks of the document with an id, in order.
        lists: writes a heading with all that stands below it.
    """

    def __init__(self, chunks: Callable[[str], Sequence[Chunk]], lists: WholeList) -> None:
        self._chunks = chunks
        self._lists = lists

    def compose(
        self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]
    ) -> Draft | None:
        """The heading and each thing below it, cited; ``None`` where the question asks for no such list, no document has it whole, or it is
        too long."""
        if not _ASKS.search(question.text) or not _KINDS.issuperset(asked_kinds(question.text)):
            return None
        least = _MOSTLY if _ASKS_ALL.search(question.text) else 1.0
        counted = {count for count, _ in _counted(question.text)}
        # Reading whole documents takes its time: where the question does not count, only those whose headings that were found do.
        counting = (hit for hit in hits if counted or any(True for part in hit.chunk.section for _ in _counted(part)))
        best: tuple[float, Clause, list[Item]] | None = None
        for document in {hit.document.document_id: hit.document for hit in counting}.values():
            for path, chunks in sections(self._chunks(document.document_id)):
                for count, thing in (*_counted(path[-1]), *_numbered(chunks, len(path))):
                    told = _told(query.concepts, thing, " ".join((document.title, *path)), least)
                    if counted - {count} or told <= (best[0] if best else 0.0):
                        continue
                    heading = self._lists.heading(document, chunks[0], path)
                    items = self._items(document, chunks, path)
                    # What a document tells an assistant to do is no item of a list.
                    orders = any(is_instruction(item.text) for item in items)
                    if heading is not None and len(items) == count and not orders:
                        best = (told, heading, items)
        return self._lists.write(best[1], best[2], language, question) if best else None

    def _items(self, document: Document, chunks: Sequence[Chunk], path: tuple[str, ...]) -> list[Item]:
        """What stands below the heading: headings if there are any, else rows, else lines with one mark."""
        first = {chunk.section[len(path)]: chunk for chunk in reversed(chunks) if len(chunk.section) > len(path)}
        if first:
            below = [
                self._lists.heading(document, chunk, chunk.section[: len(path) + 1])
                for chunk in reversed(first.values())
            ]
            return [
                Item(clause, without_outline(clause.text), without_outline(clause.text))
                for clause in below
                if clause is not None
            ]
        lines = list(clauses([ScoredChunk(chunk, document, 0.0, {}) for chunk in chunks]))
        rows = [Item.of_row(clause) for clause in lines if CELL in clause.text]
        marked: dict[str, list[Item]] = {}
        for clause in lines if not rows else ():
            if mark := _MARK.match(clause.text):
                kind = "1" if _ENUMERATED.match(clause.text) else mark.group()
                marked.setdefault(kind, []).append(Item(clause, clause.bare, clause.bare))
        return rows or max(marked.values(), key=len, default=[])


def _counted(text: str) -> Iterator[tuple[int, str]]:
    """The counts in a heading or a question, each with what is counted."""
    for match in _COUNTS.finditer(without_outline(text)):
        number = (match["figure"] or match["word"] or match["english"]).lower()
        count = _WORDS.get(number) or int(number)
        if 2 <= count <= _MOST:
            yield count, match["thing"] or match["things"]


def _numbered(chunks: Sequence[Chunk], depth: int) -> Iterator[tuple[int, str]]:
    """What the headings right below count themselves: four of 전략 where they are 전략 1 to 전략 4."""
    below = dict.fromkeys(chunk.section[depth] for chunk in chunks if len(chunk.section) > depth)
    found = [match for heading in below if (match := _NUMBERED.match(heading))]
    named = {match["thing"].lower() for match in found}
    in_order = [int(match["place"]) for match in found] == list(range(1, len(below) + 1))
    if in_order and len(named) == 1 and 2 <= len(found) <= _MOST:
        yield len(found), named.pop()


def _told(concepts: Sequence[Concept], thing: str, place: str, least: float) -> float:
    """How well headings and title say the words of a question about what is counted, by weight.

    0 where the question does not name what is counted, or where they leave a name unsaid or more than 1 - ``least`` of the words.
    """
    told = [concept for concept in concepts if not _is_number(concept) and not _GIVES.fullmatch(concept.text)]
    language = detect_language(thing)
    forms = [token.form for token in analyze(thing)]
    ways = [set(way.forms) for concept in told for way in concept.alternatives[language]]
    # Of "core services" the question must say the services.
    if not forms or not any(forms[-1] in way and way <= set(forms) for way in ways):
        return 0.0
    shares = concepts_said(told, place)
    total = sum(concept.weight for concept in told)
    weight = sum(concept.weight for concept, share in zip(told, shares, strict=True) if share >= _SAID)
    named = all(share >= _SAID for concept, share in zip(told, shares, strict=True) if concept.is_name)
    if not named or weight < least * total - 1e-9:
        return 0.0
    return sum(concept.weight * share for concept, share in zip(told, shares, strict=True)) / total


def _is_number(concept: Concept) -> bool:
    return concept.text.lower() in _WORDS or _NUMBER.match(concept.text) is not None
