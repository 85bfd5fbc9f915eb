"""What a question takes for granted, and where the sources say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.generation.answer_kind import AnswerKind, holds_kind
from assistant.generation.quoting.clause_ranker import ClauseRanker, RankedClause
from assistant.generation.quoting.clauses import Clause
from assistant.generation.quoting.coverage import concepts_said
from assistant.text.amounts import MONEY, Amount, Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.text.language import has_hangul
from assistant.text.sentences import split_sentences
from assistant.text.termbase import Term, TermFinder, TermMatch
from assistant.types import LANGUAGES, Concept, Period, Query

# What the asker has heard or wants confirmed, up to the words that say so.
_HEARD = (
    re.compile(
        r"^(?P<part>.*?)(?:(?:[다라자])(?:던데|는데|면서요?|며요?|고\s?(?:하던데|하는데|들었|알고|봤|해서))|니까|잖아요?"
        r"|맞(?:나요|죠|지요|습니까|는지|아요|는가요)|아닌가요|아니에요|(?:죠|지요|인가요)\?)"
    ),
    re.compile(r"^(?:since|as|because|given that|now that|seeing that)\s(?P<part>.*?),", re.IGNORECASE),
    re.compile(
        r"\bI(?:'ve)?\s(?:heard|read|thought|understand|was told)(?:\sthat)?\s(?P<part>.*?)(?:[.;,?]|$)", re.IGNORECASE
    ),
    re.compile(r"^(?P<part>.*?),?\s(?:right|correct|isn't it|aren't they|doesn't it|don't they|no)\?", re.IGNORECASE),
    re.compile(r"\bis\s(?:it|that)\s(?:true|right|correct)\sthat\s(?P<part>.*?)[?.]", re.IGNORECASE),
)
# A part that asks takes nothing for granted.
_ASKS = re.compile(
    r"언제|얼마|누구|누가|어디|몇|무엇|뭐|뭔|어느|어떤|어떻게|왜|\b(?:when|what|who|how|which|where|why)\b",
    re.IGNORECASE,
)
# "The center in Nairobi", 나이로비에 있는 센터: a place taken for granted without a word of hearsay.
_PLACED = re.compile(
    r"\b(?:in|at|of)\s(?:the\s)?(?P<en>[A-Z][\w-]+)|(?P<ko>[가-힣A-Za-z]{2,}?)(?:에\s?있는|에서|에\s|의\s)"
)
_COUNTED = frozenset({Unit.PLAIN, Unit.COMPANIES, Unit.COUNTRIES, Unit.PLACES, Unit.PEOPLE, Unit.TIMES})
_UNITS = MONEY | {Unit.PERCENT, Unit.PERCENTAGE_POINT, Unit.KM2, Unit.M2, Unit.PYEONG}
_NUMERALS = {
    word: number
    for number, words in enumerate(
        ("두 two", "세 three", "네 four", "다섯 five", "여섯 six", "일곱 seven", "여덟 eight", "아홉 nine", "열 ten"), 2
    )
    for word in words.split()
}
_NUMERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten)\b|(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s?(?:개|곳|군데|나라|명|번|차례))",
    re.IGNORECASE,
)
# A question in Korea names it without meaning one place among others.
_HOME = frozenset({"korea", "대한민국", "한국"})
_PLACES = frozenset({"place", "country"})
# A country is no answer to a city, nor the other way round.
_NAMES = (
    (frozenset({"body", "company"}), "body", AnswerKind.ORGANISATION),
    (frozenset({"country"}), "place", AnswerKind.PLACE),
    (frozenset({"place"}), "place", AnswerKind.PLACE),
)
# A correction says most of what was taken for granted, and is far likelier than any line that bears it out.
_MIN_SAID = 0.4
_NEAR = 1.5
_MOST = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """The clauses that say otherwise, best first, and what about: ``amount``, ``date``, ``place`` or ``body``."""

    items: tuple[RankedClause, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that is taken for granted, written in ``text[start:end]``, with how to find it and others of its sort in a text."""

    kind: str
    asked: AnswerKind
    start: int
    end: int
    is_said: Callable[[str, date | None], bool]
    has_other: Callable[[str, date | None], bool]


class PremiseChecker:
    """Finds the clause that says otherwise than a question takes for granted.

    Args:
        ranker: puts the clauses first that speak of what the question says besides the value in doubt.
        terms: the names of places and bodies in both languages.
    """

    def __init__(self, ranker: ClauseRanker, terms: TermFinder) -> None:
        self._ranker = ranker
        self._terms = terms

    def correction(self, query: Query, candidates: Sequence[Clause]) -> Correction | None:
        """The clauses that give another figure, date, place or body where the question has one from hearsay or wants it confirmed.

        They are the likeliest of the document found first that hold such a value at all, say most of what else the question takes
        for granted, and no clause nearly as likely bears the question out. A place that nothing found names is corrected too by
        a clause that lists the places there are.
        """
        question = query.text.rsplit("\n", 1)[-1]
        heard = taken_for_granted(question)
        part = heard or question
        values = self._values(part) if heard else self._places_unheard_of(query, question, candidates)
        best_found = [c for c in candidates if c.hit.document.document_id == candidates[0].hit.document.document_id]
        for value in values:
            surface = part[value.start : value.end]
            said = part if heard else _sentence(part, value.start)
            rest = tuple(
                concept
                for concept in query.concepts
                if concept.emphasis == 1.0 and concept.text in said and not _overlaps(concept.text, surface)
            )
            about = replace(query, text=said.replace(surface, " "), concepts=rest)
            items = _otherwise(value, self._ranker.rank(about, value.asked, best_found), rest)
            if items:
                return Correction(items, value.kind)
        return None

    def _values(self, part: str) -> Iterator[_Value]:
        for amount in find_amounts(part):
            if amount.unit in _UNITS:
                yield _figure(amount)
            elif amount.unit in _COUNTED and amount.lower == amount.upper:
                yield _count(int(amount.lower), amount.start, amount.end)
        for match in _NUMERAL.finditer(part):
            yield _count(_NUMERALS[match.group().casefold()], *match.span())
        for mention in find_dates(part):
            if mention.period is not None:
                yield _date(mention.period, mention.start, mention.end)
        named = self._terms.find(part)
        for kinds, kind, asked in _NAMES:
            known = {form for name in named if name.term.kind in kinds for form in _forms(name.term)}
            for name in named:
                if name.term.kind in kinds and not _HOME & set(_forms(name.term)):
                    yield self._name(kind, asked, (name.start, name.end), _forms(name.term), known, kinds)
        for start, end in _placed(part, named):
            form = part[start:end].casefold()
            yield self._name("place", AnswerKind.PLACE, (start, end), (form,), {form}, _PLACES)

    def _places_unheard_of(self, query: Query, question: str, candidates: Sequence[Clause]) -> Iterator[_Value]:
        named = self._terms.find(question)
        places = [((n.start, n.end), _forms(n.term)) for n in named if n.term.kind in _PLACES]
        if not has_hangul(question):
            places += [(place, (question[slice(*place)].casefold(),)) for place in _placed(question, named)]
        known = {form for _, forms in places for form in forms}
        found = {hit.chunk.chunk_id: hit for hit in (clause.hit for clause in candidates)}.values()
        texts = [" ".join((hit.document.title, *hit.chunk.section, hit.chunk.text)) for hit in found]
        for (start, end), forms in places:
            concepts = [c for c in query.concepts if _overlaps(c.text, question[start:end])]
            heard_of = any(share for text in texts for share in concepts_said(concepts, text))
            if concepts and not heard_of and not any(form in text.casefold() for form in forms for text in texts):
                yield self._name("place", AnswerKind.PLACE, (start, end), forms, known, _PLACES, at_least=2)

    def _name(
        self,
        kind: str,
        asked: AnswerKind,
        place: tuple[int, int],
        forms: Sequence[str],
        known: Set[str],
        kinds: Collection[str],
        at_least: int = 1,
    ) -> _Value:
        """A name; ``known`` are all names of its sort in the question: another one is none of them."""

        def is_said(text: str, _: date | None) -> bool:
            return any(form in text.casefold() for form in forms)

        def has_other(text: str, _: date | None) -> bool:
            found = {
                match.term.name("en")
                for match in self._terms.find(text)
                if match.term.kind in kinds and known.isdisjoint(_forms(match.term))
            }
            return len(found) >= at_least

        return _Value(kind, asked, *place, is_said, has_other)


def _sentence(text: str, place: int) -> str:
    return next((text[start:end] for start, end in split_sentences(text) if start <= place < end), text)


def _placed(text: str, named: Sequence[TermMatch]) -> Iterator[tuple[int, int]]:
    """Where a text says "in" or "at" something with a name that no term covers, and that is no date."""
    taken = [(name.start, name.end) for name in named] + [(date.start, date.end) for date in find_dates(text)]
    for match in _PLACED.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if not any(one < end and start < other for one, other in taken):
            yield start, end


def taken_for_granted(question: str) -> str | None:
    """The part of a question that its asker has heard, or wants confirmed; it takes nothing for granted where it asks itself."""
    for pattern in _HEARD:
        if (match := pattern.search(question)) and not _ASKS.search(match["part"]):
            return match["part"]
    return None


def _otherwise(value: _Value, ranked: Sequence[RankedClause], rest: Sequence[Concept]) -> tuple[RankedClause, ...]:
    """The best of the clauses that hold a value of the sort, and the next, if they hold another one, and none nearly as likely the same."""
    total = sum(concept.weight for concept in rest)
    likely = sorted(ranked, key=lambda item: -item.odds)
    holding = [(item, said) for item in likely if (said := _says(value, item.clause)) is not None]
    if not holding or not total:
        return ()
    best = holding[0][0]
    spans = (best.clause.span, best.clause.companion)
    holding = [holding[0], *((item, said) for item, said in holding[1:] if item.clause.span not in spans)]
    near = [(item, said) for item, said in holding if best.odds - item.odds < _NEAR]
    told = sum(share * concept.weight for share, concept in zip(best.said, rest, strict=True)) / total
    return () if told < _MIN_SAID or any(said for _, said in near) else tuple(item for item, _ in near[:_MOST])


def _says(value: _Value, clause: Clause) -> bool | None:
    """Whether a clause says the value; ``None`` where it holds none of its sort."""
    text = f"{clause.text} {clause.companion_text} {clause.header_text}"
    published = clause.hit.document.published
    anchor = published.start if published else None
    # A paper on the Bangkok roadshow need not say Bangkok in every line.
    named = " ".join((clause.hit.document.title, *clause.hit.chunk.section)) if value.kind in ("place", "body") else ""
    if value.is_said(f"{text} {named}", anchor):
        return True
    return False if value.has_other(text, anchor) else None


def _figure(amount: Amount) -> _Value:
    def same_unit(text: str) -> list[tuple[Decimal, Decimal]]:
        return [(other.lower, other.upper) for other in find_amounts(text) if other.unit == amount.unit]

    return _Value(
        "amount",
        AnswerKind.AMOUNT if amount.unit in MONEY else AnswerKind.RATE,
        amount.start,
        amount.end,
        lambda text, _: (amount.lower, amount.upper) in same_unit(text),
        lambda text, _: bool(same_unit(text)),
    )


def _count(number: int, start: int, end: int) -> _Value:
    def counts(text: str) -> set[int]:
        written = {int(figure) for figure in re.findall(r"(?<![\d.,])\d{1,6}(?![\d.,]*\d)", text)}
        return written | {_NUMERALS[match.group().casefold()] for match in _NUMERAL.finditer(text)}

    return _Value(
        "amount",
        AnswerKind.COUNT,
        start,
        end,
        lambda text, _: number in counts(text),
        lambda text, _: holds_kind(text, AnswerKind.COUNT),
    )


def _date(period: Period, start: int, end: int) -> _Value:
    def periods(text: str, anchor: date | None) -> list[Period]:
        return [mention.period for mention in find_dates(text, anchor) if mention.period is not None]

    return _Value(
        "date",
        AnswerKind.DATE,
        start,
        end,
        lambda text, anchor: any(p.start <= period.end and period.start <= p.end for p in periods(text, anchor)),
        lambda text, anchor: bool(periods(text, anchor)),
    )


def _forms(term: Term) -> tuple[str, ...]:
    return tuple(form.casefold() for language in LANGUAGES for form in term.forms(language))


def _overlaps(one: str, other: str) -> bool:
    return one in other or other in one
