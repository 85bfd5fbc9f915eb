"""Does what is cited say what is claimed? One interface, and a judge that needs no model.

``RuleJudge`` works in Korean and English and across the two. It asks, in this order: do words in quotation marks stand in the source;
do all figures (numbers, amounts with their units, dates); do all names; is nothing turned round; are enough of the claim's words there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

from assistant.index.embedder import BundledEmbedder
from assistant.text.amounts import Unit, find_amounts
from assistant.text.language import detect_language
from assistant.text.morphemes import analyze, stem_english
from assistant.text.termbase import TermFinder
from assistant.text.transliteration import similarity
from evals.cells import cell_of_another_row
from evals.claim_checks import check_dates, negatable, with_digits, without_amounts
from evals.claim_forms import with_plain_rows, without_glosses, without_lead
from evals.columns import for_named_column, misread_row
from evals.concepts import concepts
from evals.datasets import bare_text
from evals.derived import without_what_follows
from evals.edits import borrowed_word, changed_words
from evals.matching import says, unified
from evals.opposites import turned_opposite
from evals.turns import turned_round
from evals.wording import Wording, identity

# Share of a claim's content words, the figures and dates that are proven among them, that quotations and headings must say.
_MIN_SAID = 0.75
# Across the languages words are compared through concepts, termbase and lexicon, which do not know them all.
_MIN_SAID_CROSS = 0.7
# A claim that only its headings bear out is none.
_MIN_QUOTED = 0.4
_MIN_QUOTED_CROSS = 0.35
# Unless next to nothing is left unsaid.
_NEARLY_ALL = 0.8
# How alike a name in Latin letters and a Korean word must sound.
_MIN_SOUND = 0.75
_MIN_PIECE_CHARS = 2
_MAX_KNOWN = 16384
# How near a label in the other language must be to what a claim is about, and how much nearer than the next.
_MIN_LIKENESS, _MIN_CLEARER = 0.35, 0.15

_QUOTED = re.compile(r"“([^”]{2,})”|\"([^\"]{2,})\"|『([^』]{2,})』|‘([^’]{6,})’")
_TITLES = re.compile(r"「([^」]+)」(?:은\(는\)|이\(가\)|을\(를\)|은|는|이|가|을|를|의)?")
_OUTLINE = re.compile(r"^\s*(?:\d{1,2}|[가-하])[.)]\s")
_PIECES = re.compile(r"[“”\"「」『』()\[\]]|:\s")
_BRACKETS = re.compile(r"[()]")
_CONTACTS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s)]+|(?<!\d)0\d{1,2}-\d{3,4}-\d{4}(?!\d)", re.ASCII)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z&.-]*[A-Za-z]")
_PEOPLE = re.compile(r"([A-Z][a-z]{3,}?)(?:ese|ians?|ans?|i|ish)")
_HANGUL_WORD = re.compile(r"[가-힣]{2,}")
_DAY_FORM = re.compile(r"\d\d-\d\d|\d{4}h[12]")
# What an answer says about its source, not about the matter.
_FRAME = re.compile(
    r"영어 원문|한국어 원문|에 다음과 같이 나와 있습니다|에 따르면"
    r"|\b(?:the )?(?:Korean|English) (?:source|original)\b|\bsays\b|\baccording to\b",
    re.IGNORECASE,
)
# Kinds of terms that name one body, place or programme.
_NAMING = frozenset({"body", "company", "country", "fund", "legal", "place", "program", "event", "finance"})
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
        # The documents are Korean, and seldom say so.
        "Korea",
        "Korean",
        "Koreans",
        "한국",
        "우리나라",
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

    name = "rules-7"

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[Passage, ...]], Verdict] = {}

    def judge(self, claim: str, passages: Sequence[Passage]) -> Verdict:
        """See ``Judge.judge``."""
        if not passages:
            return Verdict(False, "no passage")
        key = claim, tuple(passages)
        # Recall and precision ask the same, and answers repeat each other.
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        if key not in self._known:
            self._known[key] = self._verdict(claim, passages)
        return self._known[key]

    def _verdict(self, claim: str, passages: Sequence[Passage]) -> Verdict:
        quotes = "\n".join(dict.fromkeys(passage.quote for passage in passages))
        address = "\n".join(dict.fromkeys(_OUTLINE.sub("", part) for p in passages for part in (p.title, *p.section)))
        claim = with_plain_rows(without_lead(claim), [passage.quote for passage in passages])
        for quoted in _quoted(claim):
            if not _stands(quoted, f"{quotes}\n{address}"):
                return Verdict(False, f"quotation: {quoted}")
        if wrong := next((found for found in _CONTACTS.findall(claim) if found not in f"{quotes}\n{address}"), ""):
            return Verdict(False, f"contact: {wrong}")
        claim, wrong = without_glosses(claim, self._termbase)
        if wrong:
            return Verdict(False, f"gloss: {wrong}")
        if wrong := self._wrong_cell(claim.strip(" “”"), passages):
            return Verdict(False, f"row: {wrong}")
        if _is_verbatim(claim, quotes, address):
            missing = _missing_figure(claim, quotes, f"{quotes}\n{address}")
            return Verdict(False, f"figure: {missing}") if missing else Verdict(True, "verbatim")
        return self._judge_words(claim, quotes, address, passages)

    def _judge_words(self, claim: str, quotes: str, address: str, passages: Sequence[Passage]) -> Verdict:
        """The verdict on a claim in words of its own."""
        quotes = for_named_column(
            claim, quotes, lambda word, text: self._wording.holds(word, text, same=False), self._names
        )
        told = claim
        claim, followed, wrong = without_what_follows(claim, f"{quotes}\n{address}")
        if wrong:
            return Verdict(False, f"figure: {wrong}")
        claim, quotes = with_digits(negatable(claim), ones=False), with_digits(negatable(quotes), ones=True)
        source = f"{quotes}\n{address}"
        whole = claim
        wrong, claim, dates = check_dates(claim, source)
        if missing := wrong or _missing_figure(claim, quotes, source):
            return Verdict(False, f"figure: {missing}")
        body = _own_words(claim, address)
        same = detect_language(body) in {detect_language(passage.quote) for passage in passages}
        if missing := self._missing_name(body, source, same=same):
            return Verdict(False, f"name: {missing}")

        def holds(word: str, text: str) -> bool:
            return self._wording.holds(word, text, same=same)

        heads = [p.section[-1] for p in passages if p.section]
        if turned := turned_round(_own_words(whole, address), quotes, source, heads, holds, self._names, same=same):
            return Verdict(False, turned)
        if same and (changed := changed_words(with_digits(negatable(told), ones=False), quotes, holds)):
            return Verdict(False, f"changed: {changed}")
        if same and (borrowed := borrowed_word(_own_words(whole, address), quotes, source, holds)):
            return Verdict(False, f"changed: {borrowed}")
        if turned := turned_opposite(
            _own_words(whole, address), quotes, self._alike_in_one if same else self._alike_across
        ):
            return Verdict(False, f"turned round: {turned}")
        body, amounts = without_amounts(body)
        proven = dates + amounts + followed
        said = self._wording.coverage(body, source, same=same)
        quoted = self._wording.coverage(body, quotes, same=same)
        if said.share(proven) < (_MIN_SAID if same else _MIN_SAID_CROSS):
            return Verdict(False, f"words: {' '.join(said.unsaid)}")
        mostly = said.share(proven) >= _NEARLY_ALL and quoted.share(proven) > 0
        if quoted.share(proven) < (_MIN_QUOTED if same else _MIN_QUOTED_CROSS) and not mostly:
            return Verdict(False, f"words: in headings only: {' '.join(quoted.unsaid)}")
        return Verdict(True, f"words: {said.share(proven):.2f} said")

    def _wrong_cell(self, claim: str, passages: Sequence[Passage]) -> str:
        """A cell of a table that is told in another row or column than its own."""
        quotes = [passage.quote for passage in passages]
        if wrong := misread_row(claim, quotes):
            return wrong
        same = detect_language(claim) in {detect_language(quote) for quote in quotes}
        return cell_of_another_row(
            claim,
            quotes,
            lambda word, text: self._wording.holds(word, text, same=same),
            self._names,
            None if same else self._nearest,
        )

    def _nearest(self, text: str, labels: Sequence[str]) -> int | None:
        """The label that the bundled model finds clearly nearest to a text in the other language."""
        vectors = self._embedder.embed([text, *labels])
        likeness = vectors[1:] @ vectors[0]
        best, *others = sorted(range(len(labels)), key=lambda place: -float(likeness[place]))
        if likeness[best] < _MIN_LIKENESS or (others and likeness[best] - likeness[others[0]] < _MIN_CLEARER):
            return None
        return best

    @cached_property
    def _embedder(self) -> BundledEmbedder:
        return BundledEmbedder()

    @cached_property
    def _alike_in_one(self) -> Callable[[str, str], bool]:
        return lru_cache(_MAX_KNOWN)(lambda one, other: self._wording.holds(one, other, same=True))

    @cached_property
    def _alike_across(self) -> Callable[[str, str], bool]:
        return lru_cache(_MAX_KNOWN)(lambda one, other: self._wording.holds(one, other, same=False))

    @cached_property
    def _wording(self) -> Wording:
        return Wording()

    @property
    def _termbase(self) -> TermFinder:
        return self._wording

    def _missing_name(self, claim: str, source: str, *, same: bool) -> str:
        """A Latin name of the claim that the source says in neither language."""
        lower = unified(source)
        known = self._terms(source)
        for found in self._termbase.find(claim):
            if (
                found.term.is_name
                and found.term.kind in _NAMING
                and claim[found.start : found.end] not in _COMMON_NAMES
                and identity(found.term) not in known
                and unified(claim[found.start : found.end]) not in lower
                and not self._wording.names(claim[found.start : found.end], source)
                and not self._all_words(claim[found.start : found.end], source, same=same)
                and not (not same and _sounds_like(claim[found.start : found.end], source))
            ):
                return claim[found.start : found.end]
        for match in _NAME.finditer(claim):
            name = re.sub(r"(?<=[A-Z])s$", "", match.group())
            first = match.start() == 0 or claim[: match.start()].rstrip()[-1:] in ".!?:"
            if name in _COMMON_NAMES or unified(name) in lower or (first and not name.isupper()):
                continue
            if stem_english(name) in {token.form for token in analyze(source)} or self._terms(name) & known:
                continue
            # "Japanese" where the source names Japan.
            if (people := _PEOPLE.fullmatch(name)) and unified(people[1]) in lower:
                continue
            if not same and not name.isupper() and self._wording.holds(stem_english(name), source, same=False):
                continue
            if not same and _sounds_like(name, source):
                continue
            if self._wording.names(name, source) or concepts(name) & concepts(source):
                continue
            if self._inside_known_term(claim, match.start(), match.end(), known):
                continue
            return name
        return ""

    def _all_words(self, name: str, source: str, *, same: bool) -> bool:
        """Whether a name of several words is said word by word, as where its translation is no official one."""
        found = self._wording.coverage(name, source, same=same)
        return len(found.words) > 1 and all(not same and _sounds_like(word, source) for word in found.unsaid)

    def _inside_known_term(self, claim: str, start: int, end: int, known: set[Any]) -> bool:
        return any(m.start <= start and end <= m.end and identity(m.term) in known for m in self._termbase.find(claim))

    def _names(self, text: str) -> set[Any]:
        """Kind and identity of the names in a text."""
        found = (match.term for match in self._termbase.find(text) if match.term.is_name and match.term.kind in _NAMING)
        return {(term.kind, identity(term)) for term in found if not _CURRENCIES & set(term.forms("en"))}

    def _terms(self, text: str) -> set[Any]:
        return {identity(match.term) for match in self._termbase.find(text)}


def _sounds_like(name: str, source: str) -> bool:
    """Whether a Korean word of the source sounds like a name in Latin letters."""
    return any(similarity(name, word) >= _MIN_SOUND for word in _HANGUL_WORD.findall(source))


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
    alone = {
        m.group() for m in _DIGITS.finditer(known) if not _inside(m, counted) and not _ORDINAL.match(known, m.end())
    }
    dates = {token.form for token in days}
    proven: list[tuple[int, int]] = []
    values = {value for amount in find_amounts(known) for value in (amount.lower, amount.upper)}
    for amount in find_amounts(claimed):
        text = claimed[amount.start : amount.end]
        if amount.unit is Unit.PLAIN:
            if _measured_only(amount.lower, known) and _COUNTER.match(claimed, amount.end):
                return text
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
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|차(?=\s)|번째|호\b")
_CURRENCIES = frozenset({"KRW", "USD", "EUR"})
_COUNTS = frozenset({Unit.COMPANIES, Unit.COUNTRIES, Unit.PLACES, Unit.PEOPLE, Unit.TIMES})


# What a bare number counts: a noun in English, a counter in Korean.
_COUNTER = re.compile(
    r"\s(?!(?:to|of|and|or|in|on|at|by|per|from|p\.?m|a\.?m|points?)\b)[a-z]{3,}|\s?(?:건|곳|개|명|회|차례|대|부|종|번)"
)
_MEASURES = frozenset(set(Unit) - _COUNTS - {Unit.PLAIN, Unit.HOUSEHOLDS})


def _measured_only(value: Any, source: str) -> bool:
    """Whether the source has a number as a measure (years, per cent, money) and nowhere as a count."""
    units = {amount.unit for amount in find_amounts(source) if value in (amount.lower, amount.upper)}
    return bool(units) and units <= _MEASURES


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
    text = _QUOTED.sub(
        lambda match: " " if bare_text(match.group().strip('“”"')) in bare_address else match.group(), text
    )
    lead, colon, rest = text.partition(": ")
    return rest if colon and rest.strip() and bare_text(lead) in bare_address else text


def _is_verbatim(claim: str, quotes: str, address: str) -> bool:
    """Whether all that the claim says beside its frame are pieces of the quotations."""
    bare_quotes = bare_text(quotes)
    pieces = [bare_text(piece) for piece in _PIECES.split(_own_words(claim, address))]
    pieces = [piece for piece in pieces if piece]
    return bool(pieces) and all(piece in bare_quotes for piece in pieces) and max(map(len, pieces)) >= _MIN_PIECE_CHARS


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
