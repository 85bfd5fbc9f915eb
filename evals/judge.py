"""Does what is cited say what is claimed? One interface, and a judge that needs no model.

``RuleJudge`` works in Korean and English and across the two. It asks, in this order: do words in quotation marks stand in the source;
do all figures (numbers, amounts with their units, dates); do all names; is nothing turned round; are enough of the claim's words there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

from assistant.generation.polarity import contradicts
from assistant.text.amounts import Unit, find_amounts
from assistant.text.language import detect_language, has_hangul
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import analyze, stem_english
from assistant.text.termbase import Termbase
from assistant.text.transliteration import similarity
from assistant.types import Language
from evals.claim_checks import (
    added_item,
    check_dates,
    intended,
    misplaced_figure,
    negatable,
    other_change,
    other_side,
    others_than_the_only_ones,
    uncounted,
    unsaid_word,
    with_digits,
)
from evals.claim_forms import with_plain_rows, without_glosses, without_lead
from evals.datasets import bare_text
from evals.matching import says, unified

# Share of a claim's content words that quotations and headings together, and the quotations alone, must say.
_MIN_SAID_RATIO = 0.6
_MIN_QUOTED_RATIO = 0.4
# Across the languages words are compared through the termbase and the lexicon, which do not know them all.
_MIN_CROSS_SAID_RATIO = 0.45
_MIN_CROSS_QUOTED_RATIO = 0.35
_NEARLY_ALL = 0.8
# How alike a name in Latin letters and a Korean word must sound.
_MIN_SOUND = 0.75
_LEXICON_MIN_SCORE = 0.02
_MIN_PIECE_CHARS = 2

_QUOTED = re.compile(r"“([^”]{2,})”|\"([^\"]{2,})\"|『([^』]{2,})』|‘([^’]{6,})’")
_TITLES = re.compile(r"「([^」]+)」(?:은\(는\)|이\(가\)|을\(를\)|은|는|이|가|을|를|의)?")
_OUTLINE = re.compile(r"^\s*(?:\d{1,2}|[가-하])[.)]\s")
_PIECES = re.compile(r"[“”\"「」『』()\[\]]|:\s")
_BRACKETS = re.compile(r"[()]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z&.-]*[A-Za-z]")
_HANGUL_WORD = re.compile(r"[가-힣]{2,}")
_DAY_FORM = re.compile(r"\d\d-\d\d|\d{4}h[12]")
# What an answer says about its source, not about the matter.
_PARTS = re.compile(r"[;\n]|,\s(?=and\b|but\b)|\s(?:and|but|while|whereas)\s|(?<=[가-힣])(?:고|며|나|지만)(?=[,\s])")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?다음함임])[.]?\s+(?=[A-Z가-힣“])|[\n;]")
_FRAME = re.compile(
    r"영어 원문|한국어 원문|에 다음과 같이 나와 있습니다|에 따르면"
    r"|\b(?:the )?(?:Korean|English) (?:source|original)\b|\bsays\b|\baccording to\b",
    re.IGNORECASE,
)
_COMMON_NAMES = frozenset(
    {
        "The",
        "This",
        "It",
        "They",
        "A",
        "An",
        "Yes",
        "No",
        "In",
        "For",
        "By",
        "Up",
        "At",
        "On",
        "As",
        "If",
        "Its",
        "There",
        # Currencies are compared with their amounts.
        "KRW",
        "USD",
        "EUR",
    }
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a citation shows: the quotation, and the title and headings above it."""

    quote: str
    title: str = ""
    section: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Title and headings."""
        return "\n".join((self.title, *self.section))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether passages support a claim, and what the claim says that they don't."""

    supported: bool
    reason: str = ""


class Judge(Protocol):
    """Decides whether passages, taken together, support a claim. An NLI or language model fits behind it too."""

    name: str

    def judge(self, claim: str, passages: Sequence[Passage]) -> Verdict:
        """The verdict on ``claim`` given ``passages``; nothing supports a claim without passages."""


class RuleJudge:
    """The judge without a model."""

    name = "rules-3"

    def judge(self, claim: str, passages: Sequence[Passage]) -> Verdict:
        """See ``Judge.judge``."""
        if not passages:
            return Verdict(False, "no passage")
        quotes = "\n".join(dict.fromkeys(passage.quote for passage in passages))
        address = "\n".join(dict.fromkeys(_OUTLINE.sub("", part) for p in passages for part in (p.title, *p.section)))
        claim = with_plain_rows(without_lead(claim), [passage.quote for passage in passages])
        for quoted in _quoted(claim):
            if not _stands(quoted, quotes):
                return Verdict(False, f"quotation: {quoted}")
        claim, wrong = without_glosses(claim, self._termbase)
        if wrong:
            return Verdict(False, f"gloss: {wrong}")
        if _is_verbatim(claim, quotes, address):
            missing = _missing_figure(claim, quotes, f"{quotes}\n{address}")
            return Verdict(False, f"figure: {missing}") if missing else Verdict(True, "verbatim")
        return self._judge_words(claim, quotes, address, passages)

    def _judge_words(self, claim: str, quotes: str, address: str, passages: Sequence[Passage]) -> Verdict:
        """The verdict on a claim in words of its own."""
        claim, quotes = with_digits(negatable(claim), ones=False), with_digits(negatable(quotes), ones=True)
        source = f"{quotes}\n{address}"
        whole = claim
        wrong, claim, dates = check_dates(claim, source)
        if missing := wrong or _missing_figure(claim, quotes, source):
            return Verdict(False, f"figure: {missing}")
        body = _own_words(claim, address)
        same = detect_language(body) in {detect_language(passage.quote) for passage in passages}
        if turned := self._turned(body, _own_words(whole, address), quotes, source, same=same):
            return Verdict(False, turned)
        if missing := self._missing_name(body, source, same=same):
            return Verdict(False, f"name: {missing}")
        wanted, figures = _words(body), _figures_in(body)
        near = _bearing(quotes, wanted, figures) if same else [quotes]
        # Plans told as facts have been looked for clause by clause.
        if (turned := contradicts(body, near, same_language=same)) and turned != "plan":
            return Verdict(False, f"turned round: {turned}")
        if figures and contradicts(body, _around(quotes, figures) or near, same_language=same) == "opposite":
            return Verdict(False, "turned round: opposite beside the figure")
        if not wanted and (figures or dates):
            return Verdict(True, "nothing but figures")
        said, quoted_share = (
            self._share(wanted, text, same=same, proven=len(figures) + dates) for text in (source, quotes)
        )
        least, least_quoted = (
            (_MIN_SAID_RATIO, _MIN_QUOTED_RATIO) if same else (_MIN_CROSS_SAID_RATIO, _MIN_CROSS_QUOTED_RATIO)
        )
        # What the headings say with it counts where next to nothing is left unsaid.
        if said < least or (quoted_share < least_quoted and not (said >= _NEARLY_ALL and quoted_share)):
            return Verdict(False, f"words: {said:.2f} said, {quoted_share:.2f} quoted")
        return Verdict(True, f"words: {said:.2f} said")

    def _turned(self, body: str, dated: str, quotes: str, source: str, *, same: bool) -> str:
        """What is wrong with a claim whose figures all stand in the source; ``dated`` still has its dates."""

        def holds(word: str, text: str) -> bool:
            return self._share({word}, text, same=same) > 0

        if unsaid := unsaid_word(body, source):
            return f"not said: {unsaid}"
        if other := other_side(body, quotes):
            return f"turned round: {other}"
        if plan := intended(body, quotes):
            return f"turned round: told as done: {plan}"
        if change := other_change(body, quotes):
            return f"turned round: {change}"
        if figure := misplaced_figure(dated, quotes, holds, self._names):
            return f"figure of something else: {figure}"
        if same and (counted := uncounted(body, source, holds)):
            return f"not said: {counted}"
        if same and (item := added_item(body, source, holds)):
            return f"not said: {item}"
        if same and (group := others_than_the_only_ones(body, quotes)):
            return f"turned round: only {group}"
        return ""

    @cached_property
    def _termbase(self) -> Termbase:
        return Termbase.load()

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon()

    def _missing_name(self, claim: str, source: str, *, same: bool) -> str:
        """A Latin name of the claim that the source says in neither language."""
        lower = unified(source)
        known = self._terms(source)
        for found in self._termbase.find(claim):
            if (
                found.term.is_name
                and claim[found.start : found.end] not in _COMMON_NAMES
                and _identity(found.term) not in known
                and unified(claim[found.start : found.end]) not in lower
                and not (not same and _sounds_like(claim[found.start : found.end], source))
            ):
                return claim[found.start : found.end]
        for match in _NAME.finditer(claim):
            name = match.group()
            first = match.start() == 0 or claim[: match.start()].rstrip()[-1:] in ".!?:"
            if name in _COMMON_NAMES or unified(name) in lower or (first and not name.isupper()):
                continue
            if stem_english(name) in {token.form for token in analyze(source)} or self._terms(name) & known:
                continue
            if not same and not name.isupper() and self._share({stem_english(name)}, source, same=False):
                continue
            if not same and _sounds_like(name, source):
                continue
            if self._inside_known_term(claim, match.start(), match.end(), known):
                continue
            return name
        return ""

    def _inside_known_term(self, claim: str, start: int, end: int, known: set[Any]) -> bool:
        return any(m.start <= start and end <= m.end and _identity(m.term) in known for m in self._termbase.find(claim))

    def _names(self, text: str) -> set[Any]:
        found = (match.term for match in self._termbase.find(text) if match.term.is_name)
        return {_identity(term) for term in found if not _CURRENCIES & set(term.forms("en"))}

    def _terms(self, text: str) -> set[Any]:
        return {_identity(match.term) for match in self._termbase.find(text)}

    def _share(self, wanted: set[str], source: str, *, same: bool, proven: int = 0) -> float:
        """The share of ``wanted`` forms that the source says, across languages by translation; proven figures count as said."""
        present = {token.form for token in analyze(source)}
        found = wanted & present
        if not same:
            reachable = present | _term_forms(self._termbase, source)
            found |= wanted & reachable
            found |= {form for form in wanted - found if self._translated(form, present)}
        # A claim that is nothing but its frame says nothing that could be unproven.
        return (len(found) + proven) / (len(wanted) + proven) if wanted or proven else 1.0

    def _translated(self, form: str, present: set[str]) -> bool:
        language: Language = "ko" if has_hangul(form) else "en"
        there = (word for word, score in self._lexicon.translations(form, language) if score >= _LEXICON_MIN_SCORE)
        if any(word in present for word in there):
            return True
        other: Language = "en" if language == "ko" else "ko"
        return any(
            form == word
            for token in present
            if has_hangul(token) != has_hangul(form)
            for word, score in self._lexicon.translations(token, other)
            if score >= _LEXICON_MIN_SCORE
        )


def _sounds_like(name: str, source: str) -> bool:
    """Whether a Korean word of the source sounds like a name in Latin letters."""
    return any(similarity(name, word) >= _MIN_SOUND for word in _HANGUL_WORD.findall(source))


def _identity(term: Any) -> Any:
    return term.forms("ko"), term.forms("en")


@lru_cache(maxsize=512)
def _term_forms(termbase: Termbase, source: str) -> frozenset[str]:
    """The forms of both languages' names of every term in the source."""
    return frozenset(
        token.form
        for match in termbase.find(source)
        for names in (match.term.forms("ko"), match.term.forms("en"))
        for name in names
        for token in analyze(name)
    )


def _quoted(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield next(group for group in match.groups() if group)


def _plain(text: str) -> str:
    return _THOUSANDS.sub("", unified(text))


def _missing_figure(claim: str, quotes: str, source: str) -> str:
    """A figure of the claim that the source does not have: as digits, as an amount said otherwise, or as a date said otherwise.

    Digits that count something must count the same thing in the source, unless they stand alone there, as in a table.
    """
    claimed, known = _plain(claim), _plain(source)
    digits = set(_DIGITS.findall(known))
    amounts = [amount for amount in find_amounts(known) if amount.unit is not Unit.PLAIN]
    ends = {(value, _counted(amount.unit)) for amount in amounts for value in (amount.lower, amount.upper)}
    days = [token for token in analyze(known) if _DAY_FORM.fullmatch(token.form)]
    counted = [(amount.start, amount.end) for amount in amounts] + [(token.start, token.end) for token in days]
    alone = {m.group() for m in _DIGITS.finditer(known) if not _inside(m, counted)}
    dates = {token.form for token in days}
    proven: list[tuple[int, int]] = []
    values = {value for amount in find_amounts(known) for value in (amount.lower, amount.upper)}
    for amount in find_amounts(claimed):
        text = claimed[amount.start : amount.end]
        if amount.unit is Unit.PLAIN:
            # A number with a word for its size, such as 1만 2천, may be said in another way.
            if _SCALED.search(text) and {amount.lower, amount.upper} <= values:
                proven.append((amount.start, amount.end))
            continue
        points = (amount.lower, Unit.PERCENTAGE_POINT) in ends
        if amount.unit is Unit.PERCENT and points and (amount.lower, Unit.PERCENT) not in ends:
            return text
        unit = _counted(amount.unit)
        if {(amount.lower, unit), (amount.upper, unit)} <= ends:
            proven.append((amount.start, amount.end))
        elif not all(found in alone for found in _DIGITS.findall(text)) and not says(known, text):
            return text
    for token in analyze(claimed):
        if _DAY_FORM.fullmatch(token.form):
            if token.form in dates:
                proven.append((token.start, token.end))
            elif dates and not _digits_stand(claimed[token.start : token.end], alone):
                return claimed[token.start : token.end]
    trimmed = {found.lstrip("0") for found in digits}
    for match in _DIGITS.finditer(claimed):
        if not _inside(match, proven) and match.group().lstrip("0") not in trimmed:
            return match.group()
    return ""


# What is counted is compared as a word; "two SMEs" and 2곳 count the same.
_SCALED = re.compile(r"[천만억조]|thousand|million|billion", re.IGNORECASE)
_CURRENCIES = frozenset({"KRW", "USD", "EUR"})
_COUNTS = frozenset({Unit.COMPANIES, Unit.COUNTRIES, Unit.PLACES, Unit.PEOPLE, Unit.TIMES})


def _counted(unit: Unit) -> Unit:
    return Unit.PLACES if unit in _COUNTS else unit


def _inside(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _digits_stand(text: str, digits: set[str]) -> bool:
    return all(found in digits for found in _DIGITS.findall(text))


def _stands(quoted: str, quotes: str) -> bool:
    """Whether a quotation stands in the source, as a whole or as a line with its note in brackets."""
    bare_quotes = bare_text(quotes)
    if bare_text(quoted) in bare_quotes:
        return True
    pieces = [bare_text(piece) for piece in _BRACKETS.split(quoted)]
    return all(piece in bare_quotes for piece in pieces)


def _own_words(claim: str, address: str) -> str:
    """The claim without its frame: words about the source, titles, and the heading it is led by."""
    bare_address = bare_text(address)
    text = _TITLES.sub(lambda match: " " if bare_text(match[1]) in bare_address else match.group(), claim)
    text = _FRAME.sub(" ", text)
    lead, colon, rest = text.partition(": ")
    return rest if colon and rest.strip() and bare_text(lead) in bare_address else text


def _is_verbatim(claim: str, quotes: str, address: str) -> bool:
    """Whether all that the claim says beside its frame are pieces of the quotations."""
    bare_quotes = bare_text(quotes)
    pieces = [bare_text(piece) for piece in _PIECES.split(_own_words(claim, address))]
    pieces = [piece for piece in pieces if piece]
    return bool(pieces) and all(piece in bare_quotes for piece in pieces) and max(map(len, pieces)) >= _MIN_PIECE_CHARS


def _words(text: str) -> set[str]:
    """The content words of a claim: no figures, and of a compound and its parts only what the source may say either way."""
    return {token.form for token in analyze(text) if not token.form[0].isdigit()}


def _figures_in(text: str) -> set[str]:
    return set(_DIGITS.findall(_plain(text)))


def _bearing(quotes: str, wanted: set[str], figures: set[str]) -> list[str]:
    """The one sentence that says all that the quotations say of the claim, if there is one; else all of them."""
    sentences = _SENTENCE_ENDS.split(quotes)
    all_said = wanted & _words(quotes)
    for sentence in sentences:
        if all_said <= _words(sentence) and figures <= _figures_in(sentence):
            return [sentence]
    return quotes.split("\n")


def _around(quotes: str, figures: set[str]) -> list[str]:
    """The parts of sentences in which the claim's figures stand: only those that have all, if there are such."""
    parts = [part for part in _PARTS.split(_plain(quotes)) if part]
    return [part for part in parts if figures <= _figures_in(part)] or [p for p in parts if figures & _figures_in(p)]


def recall(judge: Judge, claim: str, passages: Sequence[Passage]) -> Verdict:
    """ALCE's citation recall of one claim: all that it cites, together, supports it."""
    return judge.judge(claim, passages)


def precision(judge: Judge, claim: str, passages: Sequence[Passage]) -> list[bool]:
    """ALCE's citation precision: for each citation of one claim whether it is needed or stands by itself.

    If the claim is not supported, none is right; a lone citation is as right as the claim; of several, one is wrong if it does
    not support the claim alone and the others do without it.
    """
    if not judge.judge(claim, passages).supported:
        return [False] * len(passages)
    if len(passages) == 1:
        return [True]
    return [
        judge.judge(claim, [passage]).supported
        or not judge.judge(claim, [*passages[:number], *passages[number + 1 :]]).supported
        for number, passage in enumerate(passages)
    ]
