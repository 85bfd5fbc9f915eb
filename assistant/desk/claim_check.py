"""Whether the cited places bear out a sentence that an officer wrote or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from assistant.desk.claim_turns import turned_round
from assistant.desk.contract.drafts import Check
from assistant.generation.grounding.claim_parser import ProposedClaim
from assistant.generation.grounding.figures import Figure, figures, has_worded, worded
from assistant.generation.grounding.grounder import ClaimGrounder, Rejection
from assistant.generation.grounding.polarity import contradicts
from assistant.generation.verification import objection
from assistant.messages import message
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import forms, stem_english
from assistant.text.sentences import split_sentences
from assistant.text.termbase import TermFinder
from assistant.types import LANGUAGES, Chunk, Citation, Claim, Language, ScoredChunk, Span

# These say that something in the sentence is wrong, not only that the places don't carry all of it. Numbers are not among them: whether
# they stand is asked of the verifier, which also knows a value written otherwise.
_GRAVE = frozenset(
    {Rejection.NAME, Rejection.QUOTATION, Rejection.POLARITY, Rejection.INSTRUCTION, Rejection.NO_SOURCE}
)
_ANSWERED_BY_VERIFIER = frozenset({Rejection.NUMBER, Rejection.VERIFIER})
_QUOTED = re.compile(r"[“\"]([^”\"]{2,})[”\"]|「([^」]{2,})」")
# “KRW 30 million” = 3천만 원: what the assistant puts behind a foreign quotation.
_GLOSS = re.compile(r"\(“[^”]+” = [^()]*\)")
_SENTENCE_START = re.compile(r"(?:(?<=[.!?]\s)|(?<=^)|(?<=[“\"]))[A-Z][a-z]+\b")
# Also "… in 2026. None is fine.", where the full stop may be a number's.
_LINE = re.compile(r"\n|(?<=\d\.)\s(?=[A-Z][a-z])")
_BULLETS = "ㅇ□○•▪※*- "
_MIN_PIECE_CHARS = 4
_KOREAN_NUMBERS = {
    "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20,
}  # fmt: skip
_CURRENCIES = frozenset({"KRW", "USD", "EUR"})
# Another wording has hardly more than one content word that its source has not; a quarter of a short claim's words is too much.
_MAX_OWN_WORDS = 1
_MAX_OWN_SHARE = 0.25
# Another wording may use these freely: what they say is in the grammar of the source (15일 이내: 15일 안에, "Size | 25": "room for 25").
_LIGHT = frozenset(
    {
        "안", "내", "동안", "순서", "뜻", "끝나", "앞", "바뀌", "맡", "열리", "곳", "경우", "정도", "되", "있", "하",
        "room", "place", "take", "took", "expect", "run", "hold", "held", "happen", "cover",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; ``reasons`` says why it is not ``supported``."""

    check: Check
    reasons: tuple[str, ...] = ()


class ClaimCheck:
    """Checks a sentence against exactly the places it cites, as strictly as a language model's claims are.

    Args:
        grounder: compares what sentences say.
        terms: a name may stand in the other language than in the quotation if the termbase knows both.
        lexicon: tells an English word at the start of a sentence from a name.
    """

    def __init__(self, grounder: ClaimGrounder, terms: TermFinder, lexicon: Lexicon) -> None:
        self._grounder = grounder
        self._terms = terms
        self._lexicon = lexicon

    def check(self, text: str, language: Language, citations: Sequence[Citation]) -> Finding:
        """Check one claim, which may be several sentences.

        ``supported``: every sentence is proven, or all of its words stand in the cited places and their headings. ``not``: something in it
        does not stand there. ``partly``: its numbers and names stand there, but the places don't carry all that it says.
        """
        if not citations:
            return Finding("note")
        numbered = dict(enumerate(citations, start=1))
        strange = objection(Claim(self._with_small_starts(text), tuple(numbered)), numbered, self._terms)
        if strange is not None:
            code = strange.partition(":")[0]
            return Finding("not", (code if code in ("number", "name") else Rejection.NO_SOURCE.value,))
        if not all(_stands(quoted, _around(citations)) for quoted in _quoted(_GLOSS.sub(" ", text))):
            return Finding("not", (Rejection.QUOTATION.value,))
        wrong = _wrong_in_the_same_language(text, language, citations)
        if wrong is not None:
            return Finding("not", (wrong,))
        if _says_only_what_stands_there(text, citations):
            return Finding("supported")
        # The quotations stand; what is said around them must hold without their words.
        proposed = ProposedClaim(_unquoted(text), tuple(numbered))
        outcomes = self._grounder.ground(proposed, language, [_source(citation) for citation in citations])
        rejections = dict.fromkeys(outcome for outcome in outcomes if isinstance(outcome, Rejection))
        left = [rejection for rejection in rejections if rejection not in _ANSWERED_BY_VERIFIER]
        if Rejection.POLARITY in left and not _denies(text, language, citations):
            left.remove(Rejection.POLARITY)
        if not rejections:
            added = _says_more(text, language, citations)
            return Finding("partly", (Rejection.SIMILARITY.value,)) if added else Finding("supported")
        reasons = tuple(rejection.value for rejection in left) or (Rejection.SIMILARITY.value,)
        return Finding("not" if _GRAVE & set(left) else "partly", reasons)

    def is_sound(self, claim: Claim, citations: dict[int, Citation]) -> bool:
        """Whether the assistant's own claim passes the check once more that it has passed already."""
        return objection(claim, citations, self._terms) is None

    def _with_small_starts(self, text: str) -> str:
        """The text with small letters where a sentence begins with a common English word, which the verifier would take for a name."""

        def small(match: re.Match[str]) -> str:
            word = match.group()
            common = not forms(word) or self._lexicon.translations(stem_english(word.lower()), "en")
            return word.lower() if common else word

        return _SENTENCE_START.sub(small, text)


def _wrong_in_the_same_language(text: str, language: Language, citations: Sequence[Citation]) -> str | None:
    """What is wrong by words that can be compared only in one language: a number in words, an opposite, somebody else's figure or act."""
    if _is_across_languages(language, citations):
        return None
    said = " ".join(_unquoted(text).split())
    around = _around(citations)
    if not all(has_worded(word, around) or _as_figure(word) in figures(around) for word in worded(said)):
        return Rejection.NUMBER.value
    amounts = {(figure.value, figure.unit) for figure in figures(around)}
    foreign = [
        figure for figure in figures(said) if figure.unit in _CURRENCIES and (figure.value, figure.unit) not in amounts
    ]
    if any((figure.value, unit) in amounts for figure in foreign for unit in _CURRENCIES - {figure.unit}):
        return Rejection.NUMBER.value
    return turned_round(_in_own_words(text, citations), _statements(citations))


def _as_figure(word: str) -> Figure | None:
    """A Korean number word as a figure: 두 곳 may stand for 2개사."""
    return Figure(Decimal(_KOREAN_NUMBERS[word]), "") if word in _KOREAN_NUMBERS else None


def _says_only_what_stands_there(text: str, citations: Sequence[Citation]) -> bool:
    """Whether every content word of a claim stands in what it cites, in its headings, or in the frames around a quotation.

    In its own words these may stand in another order, and nothing may be denied that is affirmed there, nor the other way round.
    """
    left, around = _in_own_words(text, citations), _around(citations)
    words = _content(left)
    if not words:
        return True
    return words <= set(forms(around)) and not contradicts(left, _statements(citations), same_language=True)


def _denies(text: str, language: Language, citations: Sequence[Citation]) -> bool:
    """Whether a claim contradicts the one statement that it has most words of; across languages, whether it may contradict any."""
    if _is_across_languages(language, citations):
        return True
    said = set(forms(text))
    nearest = max(_statements(citations), key=lambda statement: len(said & set(forms(statement))))
    return contradicts(text, [nearest], same_language=True) is not None


def _in_own_words(text: str, citations: Sequence[Citation]) -> str:
    """A claim without what stands word for word in what it cites."""
    left, around = " ".join(_GLOSS.sub(" ", text).split()), _squeezed(_around(citations))
    for piece in sorted(_pieces(left, citations), key=len, reverse=True):
        if len(piece) >= _MIN_PIECE_CHARS and _squeezed(piece) in around:
            left = left.replace(piece, " ")
    return left


def _says_more(text: str, language: Language, citations: Sequence[Citation]) -> bool:
    """Whether a claim has more words of its own than another wording of its places needs; across languages that cannot be told."""
    if _is_across_languages(language, citations):
        return False
    words = _content(text)
    own = words - set(forms(_around(citations))) - _LIGHT
    return len(own) > _MAX_OWN_WORDS or len(own) >= _MAX_OWN_SHARE * len(words) > 0


def _is_across_languages(language: Language, citations: Sequence[Citation]) -> bool:
    return any(citation.document.language != language for citation in citations)


def _content(text: str) -> set[str]:
    """The content words of a text that are not the frame's; its figures are asked about elsewhere, however they are written."""
    return {form for form in forms(text) if not any(letter.isdigit() for letter in form)} - _frame_forms()


def _statements(citations: Sequence[Citation]) -> list[str]:
    """The sentences and lines of the quotations, for what one of them says is not denied by the next."""
    lines = [line for citation in citations for line in _LINE.split(citation.quote) if line.strip()]
    return [line[start:end] for line in lines for start, end in split_sentences(line)]


def _stands(quoted: str, around: str) -> bool:
    """Whether quoted words stand there, a table's cells perhaps with their heads between them."""
    return _squeezed(quoted) in _squeezed(around) or set(forms(quoted)) <= set(forms(around))


def _squeezed(text: str) -> str:
    # A row's cells are told as "head: cell".
    return re.sub(r"[\s|:：]+", "", text).casefold()


def _around(citations: Sequence[Citation]) -> str:
    return " ".join(" ".join((*c.section, c.document.title, c.quote)) for c in citations)


def _unquoted(text: str) -> str:
    return _QUOTED.sub(" ", _GLOSS.sub(" ", text))


def _quoted(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield match.group(1) or match.group(2)


def _pieces(text: str, citations: Sequence[Citation]) -> Iterator[str]:
    yield from _quoted(text)
    for citation in citations:
        for part in (citation.quote, *citation.quote.split("\n"), citation.document.title, *citation.section):
            words = " ".join(part.split())
            yield words
            # A sentence in an answer may begin without the bullet of the line it quotes, and end otherwise.
            yield words.lstrip(_BULLETS).rstrip(".。")


@cache
def _frame_forms() -> frozenset[str]:
    """Words by which the assistant says where a quotation comes from."""
    frames = (message(language, "lead_foreign", title=" ", clause=" ") for language in LANGUAGES)
    return frozenset(form for frame in frames for form in forms(frame))


def _source(citation: Citation) -> ScoredChunk:
    """A cited place as a source of its own, one line of the quotation a line of the chunk."""
    spans, start = [], citation.start
    for line in citation.quote.split("\n"):
        spans.append(Span(citation.page, start, start + len(line)))
        start += len(line) + 1
    chunk = Chunk(
        chunk_id=citation.chunk_id,
        document_id=citation.document.document_id,
        ordinal=0,
        text=citation.quote,
        section=citation.section,
        spans=tuple(spans),
        language=citation.document.language,
        digest="",
    )
    return ScoredChunk(chunk, citation.document, score=1.0, ranks={})
