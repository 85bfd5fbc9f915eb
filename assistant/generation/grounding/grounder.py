"""From what a model claims to what a page proves: the spans for each sentence, or the reason why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.generation.grounding.claim_parser import ProposedClaim
from assistant.generation.grounding.figures import figures, has_figure, has_worded, worded
from assistant.generation.grounding.injection import is_instruction
from assistant.generation.grounding.polarity import contradicts
from assistant.generation.verification import is_supported
from assistant.text.language import detect_language, has_hangul
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import analyze, forms, stem_english
from assistant.text.normalize import normalize_text
from assistant.text.sentences import split_sentences
from assistant.text.termbase import Term, TermFinder
from assistant.types import Citation, Claim, Language, ScoredChunk, Span

_MAX_CLAIM_CHARS = 400
_MAX_QUOTES_PER_SOURCE = 3
# Share of a claim's content words that its quotations must hold, and that quotations and headings must hold together.
_MIN_QUOTED_RATIO = 0.4
_MIN_KNOWN_RATIO = 0.55
# Across languages words are compared through the termbase and the lexicon, which know less.
_MIN_CROSS_RATIO = 0.3
_LEXICON_MIN_SCORE = 0.02
_MAX_OTHER_SCRIPT_RATIO = 0.1
# Worth of a further quotation: a new figure or name of the claim, or a new content word.
_FIGURE_WORTH = 3
_MIN_FURTHER_WORTH = 2

_NAME_KINDS = frozenset({"body", "company", "country", "fund", "place", "program"})
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f&.'’-]*[A-Za-z]|[A-Z]")
_QUOTED = re.compile(
    r"“([^”]{2,})”|\"([^\"]{2,})\"|「([^」]{2,})」|『([^』]{2,})』|‘([^’]{4,})’|(?<!\w)'([^']{4,})'(?!\w)"
)
_KOREAN_NAME = re.compile(
    r"[가-힣A-Za-z]{2,}(?:공사|은행|센터|협회|기금|펀드|재단|위원회|진흥원|연구원|산업부|교통부|재정부|외교부|중기부|관세청)"
    r"|[가-힣]{2,4}(?=\s(?:장관|차관|국장|과장|대표|원장|이사장|위원장|교수|박사|사장|총리|대통령)(?:[은는이가의]|\s|$))"
)
# What follows these may be a name, also in small letters.
_AGENT = re.compile(r"\b(?:by|from|with|at|to|of)\s+([a-z]+)\b")
_CURRENCIES = (("KRW", "원"), ("USD", r"달러|불|\$"), ("EUR", "유로|€"))
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_URL = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w[\w.]*", re.IGNORECASE)


class Rejection(StrEnum):
    """Why a proposed claim is not shown."""

    NO_SOURCE = "no_source"
    LANGUAGE = "language"
    FORM = "form"
    INSTRUCTION = "instruction"
    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    POLARITY = "polarity"
    SIMILARITY = "similarity"
    VERIFIER = "verifier"


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A claim that holds, with the citations it names; their numbers are those of the claim."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of a source that may be quoted."""

    hit: ScoredChunk
    span: Span
    text: str
    forms: frozenset[str]


class ClaimGrounder:
    """Finds verbatim spans for claims and decides whether they prove them.

    Args:
        termbase: official names, by which a name may stand in the other language.
        lexicon: word translations, by which a claim is compared with a source in the other language.
    """

    def __init__(self, termbase: TermFinder, lexicon: Lexicon) -> None:
        self._termbase = termbase
        self._lexicon = lexicon

    def ground(
        self, proposed: ProposedClaim, language: Language, sources: Sequence[ScoredChunk]
    ) -> list[GroundedClaim | Rejection]:
        """Prove or reject each sentence of a proposed claim.

        Args:
            proposed: the claim; source numbers that name none of ``sources`` (counted from 1) are removed.
            language: the language it must be in.
            sources: what the model was shown, in that order.

        Returns:
            one outcome per sentence; citations are numbered from 1 within each.
        """
        numbers = sorted({number for number in proposed.sources if 1 <= number <= len(sources)})
        if not numbers:
            return [Rejection.NO_SOURCE]
        text = " ".join(normalize_text(proposed.text[: _MAX_CLAIM_CHARS * 4]).split())
        cited = [sources[number - 1] for number in numbers]
        sentences = [text[start:end] for start, end in split_sentences(text)]
        return [self._prove(sentence, language, cited) for sentence in sentences] or [Rejection.FORM]

    def _prove(self, text: str, language: Language, sources: Sequence[ScoredChunk]) -> GroundedClaim | Rejection:
        if len(text) > _MAX_CLAIM_CHARS or not forms(text):
            return Rejection.FORM
        if _is_foreign(text, language):
            return Rejection.LANGUAGE
        if is_instruction(text):
            return Rejection.INSTRUCTION
        chosen = [item for hit in sources for item in self._choose(text, language, hit)]
        if not chosen:
            return Rejection.SIMILARITY
        citations = tuple(_citation(number, item) for number, item in enumerate(chosen, start=1))
        claim = Claim(text, tuple(citation.number for citation in citations))
        return self._objection(claim, language, citations) or GroundedClaim(claim, citations)

    def _choose(self, text: str, language: Language, hit: ScoredChunk) -> list[_Candidate]:
        """The sentences of a source that say most of the claim, greedily, in reading order."""
        same = hit.chunk.language == language
        wanted = {form: _worth(form) for form in forms(text)}
        candidates = list(_candidates(hit))
        said = [self._said(wanted, item.forms, text, item.text, language) for item in candidates]
        chosen: list[int] = []
        covered: set[str] = set()
        while len(chosen) < _MAX_QUOTES_PER_SOURCE:
            gains = [
                (sum(wanted[form] for form in found - covered), -position)
                for position, found in enumerate(said)
                if position not in chosen
            ]
            worth, position = max(gains, default=(0, 0))
            if worth < (_MIN_FURTHER_WORTH if chosen or same else 1):
                break
            chosen.append(-position)
            covered |= said[-position]
        return [candidates[position] for position in sorted(chosen)]

    def _objection(self, claim: Claim, language: Language, citations: Sequence[Citation]) -> Rejection | None:
        """Why the citations do not prove the claim, cheapest reasons first."""
        text = claim.text
        quotes = [citation.quote for citation in citations]
        source = "\n".join(quotes)
        address = "\n".join({part for c in citations for part in (c.document.title, *c.section)})
        known = figures(source) | figures("\n".join({c.document.title for c in citations}))
        if not all(has_figure(figure, known) for figure in figures(text)):
            return Rejection.NUMBER
        if not all(has_worded(word, f"{source}\n{address}") for word in worded(text)):
            return Rejection.NUMBER
        if not all(_holds(f"{source}\n{address}", quoted) for quoted in _quoted(text)):
            return Rejection.QUOTATION
        if not all(link in source for link in _URL.findall(text)):
            return Rejection.QUOTATION
        if not self._names_stand(text, language, source, address):
            return Rejection.NAME
        same = all(detect_language(quote, language) == language for quote in quotes)
        if contradicts(text, quotes, same_language=same):
            return Rejection.POLARITY
        if not self._is_similar(text, language, source, address, same=same):
            return Rejection.SIMILARITY
        checked = replace(claim, text=self._with_source_names(text, language, source, address))
        if not is_supported(checked, {citation.number: citation for citation in citations}):
            return Rejection.VERIFIER
        return None

    def _names_stand(self, text: str, language: Language, source: str, address: str) -> bool:
        """Whether every name of the claim stands in the quotations or their headings, in either language."""
        around = f"{source}\n{address}"
        squeezed = _squeezed(around)
        there = self._terms(around)
        mine = self._termbase.find(text)
        for match in mine:
            surface = text[match.start : match.end]
            if _is_name(match.term) and match.term not in there and _squeezed(surface) not in squeezed:
                return False
        if language == "en" and not all(_month_in(name, around) for name in _months(text)):
            return False
        if language == "en" and not all(self._is_known(word, around) for word in _AGENT.findall(text)):
            return False
        rest = _without(text, [(match.start, match.end) for match in mine if match.term in there])
        if any(_squeezed(name) not in squeezed for name in _KOREAN_NAME.findall(rest)):
            return False
        if language == "ko":
            stems = _latin_stems(around)
            return all(stem_english(word) in stems or word.lower() in around.lower() for word in _WORD.findall(rest))
        return True

    def _is_known(self, word: str, around: str) -> bool:
        """Whether a word is English or stands in the source; a name in small letters is neither."""
        stem = stem_english(word)
        return not forms(word) or stem in _latin_stems(around) or bool(self._lexicon.translations(stem, "en"))

    def _is_similar(self, text: str, language: Language, source: str, address: str, *, same: bool) -> bool:
        wanted = {form: _worth(form) for form in forms(text)}
        quoted = self._said(wanted, frozenset(forms(source)), text, source, language)
        if not same:
            return len(quoted) >= max(1, _MIN_CROSS_RATIO * len(wanted))
        known = quoted | self._said(wanted, frozenset(forms(address)), text, address, language)
        return len(quoted) >= _MIN_QUOTED_RATIO * len(wanted) and len(known) >= _MIN_KNOWN_RATIO * len(wanted)

    def _said(
        self, wanted: dict[str, int], present: frozenset[str], text: str, source: str, language: Language
    ) -> set[str]:
        """Which of the wanted forms ``source`` says: by the same form, the same term, or a translation."""
        found = {form for form in wanted if form in present}
        if len(found) == len(wanted):
            return found
        there = self._terms(source)
        for match in self._termbase.find(text):
            if match.term in there:
                found |= {form for form in forms(text[match.start : match.end]) if form in wanted}
        if detect_language(source, language) == language:
            return found
        for form in wanted.keys() - found:
            own: Language = "ko" if has_hangul(form) else "en"
            if any(
                other in present and score >= _LEXICON_MIN_SCORE
                for other, score in self._lexicon.translations(form, own)
            ):
                found.add(form)
        return found

    def _with_source_names(self, text: str, language: Language, source: str, address: str) -> str:
        """The claim with names and months in the form in which its quotations write them, for the verifier, which compares letters."""
        around = f"{source}\n{address}"
        surfaces = {match.term: around[match.start : match.end] for match in reversed(self._termbase.find(around))}
        changed = text
        for match in reversed(self._termbase.find(text)):
            if match.term in surfaces and text[match.start : match.end].lower() not in around.lower():
                changed = f"{changed[: match.start]}{surfaces[match.term]}{changed[match.end :]}"
        if language == "en":
            for code, written in _CURRENCIES:
                # The unit of a figure has been checked with the figure.
                changed = re.sub(rf"\b{code}\b", "", changed) if re.search(written, source) else changed
            changed = _MONTH.sub(lambda m: _month_in(m.group(), around) or m.group(), changed)
            changed = self._with_small_start(changed, frozenset(forms(around)))
        return changed

    def _with_small_start(self, text: str, present: frozenset[str]) -> str:
        """The first word without its capital where it is a function word or translates a word of the source."""
        word = re.split(r"[\s,;:-]", text, maxsplit=1)[0]
        if not word.isalpha() or word[1:] != word[1:].lower():
            return text
        translated = {
            form for form, score in self._lexicon.translations(stem_english(word), "en") if score >= _LEXICON_MIN_SCORE
        }
        return text[0].lower() + text[1:] if not forms(word) or translated & present else text

    def _terms(self, text: str) -> frozenset[Term]:
        # Not cached: the termbase may change under a running server.
        return frozenset(match.term for match in self._termbase.find(text))


_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    return tuple((start, end, frozenset(forms(text[start:end]))) for start, end in split_sentences(text))


def _candidates(hit: ScoredChunk) -> Iterator[_Candidate]:
    """The sentences of a chunk, verbatim, without lines that give orders."""
    for line, span in zip(hit.chunk.text.split("\n"), hit.chunk.spans, strict=True):
        if is_instruction(line):
            continue
        for start, end, found in _sentences(line):
            yield _Candidate(hit, Span(span.page, span.start + start, span.start + end), line[start:end], found)


def _citation(number: int, item: _Candidate) -> Citation:
    chunk = item.hit.chunk
    return Citation(
        number,
        item.hit.document,
        chunk.chunk_id,
        item.span.page,
        chunk.section,
        item.text,
        item.span.start,
        item.span.end,
    )


def _is_name(term: Term) -> bool:
    """Whether a term names one body, place, fund or program; in English it then has a capital."""
    return term.kind in _NAME_KINDS and term.name("en")[:1].isupper()


def _worth(form: str) -> int:
    return _FIGURE_WORTH if any(character.isdigit() for character in form) else 1


def _is_foreign(text: str, language: Language) -> bool:
    """Whether a claim is in another language than asked for, or holds another script."""
    letters = [c for c in text if c.isalpha()]
    other = sum(not (has_hangul(c) or c.isascii() or "\u00c0" <= c <= "\u024f") for c in letters)
    return detect_language(text, language) != language or other > _MAX_OTHER_SCRIPT_RATIO * max(1, len(letters))


def _quoted(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield next(group for group in match.groups() if group)


def _holds(source: str, quoted: str) -> bool:
    return _squeezed(quoted).rstrip(".,!?") in _squeezed(source)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text


def _latin_stems(text: str) -> set[str]:
    return {stem_english(word) for word in _WORD.findall(text)}


def _months(text: str) -> Iterator[str]:
    """Months by name; ``may`` and ``march`` only beside a figure."""
    for match in _MONTH.finditer(text):
        beside = re.search(r"\d\W*$", text[: match.start()]) or re.match(r"\W*\d", text[match.end() :])
        if beside or match.group().lower() not in ("may", "march"):
            yield match.group()


def _month_in(name: str, around: str) -> str | None:
    """A month as the source writes it, by name or in figures; ``None`` if it does not."""
    if re.search(rf"\b{name[:3]}", around, re.IGNORECASE):
        return name
    number = _MONTHS.index(name.lower()) + 1
    stands = any(token.form.startswith(f"{number:02}-") for token in analyze(around))
    return str(number) if stands or re.search(rf"(?<!\d)0?{number}\s?월", around) else None
