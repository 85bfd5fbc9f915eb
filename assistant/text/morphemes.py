"""Content words of Korean and English text: the tokens of the lexical index and of the embedder.

Korean goes through Kiwi's morphological analysis, which takes particles and endings off nouns and verbs; Latin words are
case-folded and stemmed (Porter2); numbers keep their unit; half-years and years written as ``'20.上`` or ``first half of 2020``
come out as the same token. Kiwi is loaded on the first Korean text and lives as long as the process.
"""

from __future__ import annotations

import re
import threading
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from assistant.text.language import has_hangul

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@dataclass(frozen=True, slots=True)
class Token:
    """One indexed form and the characters ``start:end`` of the text it stands for."""

    form: str
    start: int
    end: int


# Changes whenever the same text would give other tokens: the index remembers it and asks to be rebuilt.
ANALYSIS_VERSION = "morphemes-6"

# Nouns, roots, verb and adjective stems, adverbs of content and Chinese characters. Bound nouns (것, 수) carry no meaning alone.
_CONTENT_TAGS = frozenset({"NNG", "NNP", "NR", "XR", "VV", "VA", "VV-R", "VV-I", "VA-R", "VA-I", "SH"})
_NOUN_TAGS = frozenset({"NNG", "NNP"})
# Words that stand in a text as they stand in a dictionary.
_WHOLE_TAGS = _NOUN_TAGS | {"NP", "MAG"}
_JOINED_TAGS = _NOUN_TAGS | {"XSN", "XPN", "NR"}
_MIN_COMPOUND, _MAX_COMPOUND = 3, 10
# Verbs so general that they match everything, and the nouns that questions are built with.
_KOREAN_STOPWORDS = frozenset(
    """
    하 되 있 없 이 같 보 주 받 알 알리 가 오 나오 들 말 말하 그러 어떻 이렇 그렇 대하 위하 관하 통하 따르 의하 경우 때 것 등 및 일 이 그 저 누구 어디 언제 무엇 뭐
    무슨 어느 얼마 몇 왜 궁금 안녕 감사 부탁 질문 문의드리
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)
_ENGLISH_STOPWORDS = frozenset(
    """
    a an the and or but of in on at to for from by with as is are was were be been being am do does did
    doing done have has had having will would shall should can could may might must it its this that
    these those there here he she they we you i me my our your their his her him them us who whom whose
    which what when where why how if then than so such not no nor only own same too very just about into
    over under again once each any all both more most other some s t d ll m re ve y please tell know
    want much many whether also up out
    ca wo sha cant dont wont isnt arent didnt doesnt whats im ive
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)
# What makes one word of two: we're, can't, what's.
_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:s|re|ll|ve|d|m))$")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[&'’][A-Za-z]+)*(?:\d+(?![\d.,]))?|(?<![\d.])\d[A-Z](?![A-Za-z])")
# An acronym with a hyphen (K-SURE, U-City, G-iBD) is one name; people write it with and without the hyphen.
_HYPHENATED = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{1,3}|[a-z0-9])-[A-Za-z]{2,}(?![A-Za-z])")
_UNIT = (
    r"%p|%|bp|㎡|㎢|km2|km|조|천억|백억|억|천만|백만|만|천|개사|개소|개국|개|년|월|일|회|명|평|호|건|곳|배|위|층|분기"
)
_NUMBER = re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>\s?(?:{_UNIT}))?")
_HALF = re.compile(
    r"(?:['‘’′`]?(?P<ko>\d{4}|\d{2})\s?(?:년|\.)?\s?(?P<half>上|下|상반기|하반기))"
    r"|(?P<order>first|1st|second|2nd|latter)\s+half\s+of\s+(?P<en>\d{4})"
    r"|(?P<hy>[12])H\s?(?P<en2>\d{4})|H(?P<hy2>[12])\s(?P<en3>\d{4})",
    re.IGNORECASE,
)
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s?[.년-]\s?)?(?P<month>\d{1,2})\s?[.월-]\s?(?P<day>\d{1,2})(?:\s?일|\.(?!\d)|(?=\())"
    r"|(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?\s(?P<day2>\d{1,2})(?!\d)(?:,?\s(?P<year2>\d{4}))?"
    r"|(?P<day3>\d{1,2})\s(?P<name3>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)(?:\s(?P<year3>\d{4}))?",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"['‘’′`](?P<year>\d{2})(?=\s?(?:[.년~∼～上下),]|$|\s))")


@cache
def _kiwi() -> Kiwi:
    from kiwipiepy import Kiwi

    with warnings.catch_warnings():
        # The library warns that 0 has a new meaning: no threads. They would not survive in a forked parser process.
        warnings.simplefilter("ignore", DeprecationWarning)
        # Its list of names of several words would more than double the time to start; those that count here are in words.txt.
        kiwi = Kiwi(num_workers=0, load_multi_dict=False)
    # Names of the termbase that Kiwi would cut in the middle.
    for word in (files("assistant.text") / "data" / "words.txt").read_text(encoding="utf-8").split():
        kiwi.add_user_word(word, "NNP")
    return kiwi


_kiwi_lock = threading.Lock()


@cache
def _porter2() -> Callable[[str], str]:
    import Stemmer

    stem: Callable[[str], str] = Stemmer.Stemmer("english").stemWord
    return stem


@lru_cache(maxsize=200_000)
def stem_english(word: str) -> str:
    """The Porter2 stem of a Latin word, case and accents folded; acronyms too, for people type them in small letters."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").removesuffix("'s").replace("'", "")
    # Porter2 leaves words in -us as they are, which is wrong of several MOUs.
    return _porter2()(plain[:-1] if _ACRONYMS.fullmatch(word) else plain)


@lru_cache(maxsize=100_000)
def _compound_parts(form: str) -> tuple[str, ...]:
    """The nouns inside a noun that Kiwi keeps whole (스마트시티 → 스마트, 시티); empty when it has none."""
    with _kiwi_lock:
        parts = [t.form.strip() for t in _kiwi().tokenize(form, split_complex=True) if t.tag in _CONTENT_TAGS]
    if len(parts) < 2:
        parts = []
        for middle in range(2, len(form) - 1):
            head, tail = form[:middle], form[middle:]
            if _is_noun(head) and _is_noun(tail):
                parts = [head, tail]
                break
    return tuple(parts) if len(parts) > 1 and all(len(part) > 1 for part in parts) else ()


@lru_cache(maxsize=100_000)
def _is_noun(form: str) -> bool:
    with _kiwi_lock:
        tokens = _kiwi().tokenize(form)
    return len(tokens) == 1 and tokens[0].tag in {"NNG", "NNP"} and tokens[0].score > -14


@lru_cache(maxsize=256)
def _analyze_korean(text: str) -> tuple[Any, ...]:
    with _kiwi_lock:
        return tuple(_kiwi().tokenize(text))


def _korean(text: str) -> Iterator[Token]:
    morphemes = _analyze_korean(text)
    for morpheme in morphemes:
        if morpheme.tag not in _CONTENT_TAGS or morpheme.form in _KOREAN_STOPWORDS:
            continue
        if len(morpheme.form) == 1 and morpheme.tag == "NR":
            continue
        end = morpheme.start + morpheme.len
        yield Token(morpheme.form, morpheme.start, end)
        if len(morpheme.form) >= 4 and morpheme.tag in _NOUN_TAGS:
            for part in _compound_parts(morpheme.form):
                yield Token(part, morpheme.start, end)
    yield from _compounds(morphemes)


def mistyped(text: str) -> list[Token]:
    """Korean nouns, pronouns and adverbs that stand there with a common mistake (게정 for 계정): the right form and its place, in order.

    By Kiwi's own model of mistakes: letters taken for others that sound or look alike, where the right form reads far likelier.
    """
    if not has_hangul(text):
        return []
    with _kiwi_lock:
        morphemes = _kiwi().tokenize(text, typos="basic")
    return [
        Token(morpheme.form, morpheme.start, morpheme.start + morpheme.len)
        for morpheme in morphemes
        if morpheme.typo_cost and morpheme.tag in _WHOLE_TAGS and morpheme.len == len(morpheme.form)
    ]


def _compounds(morphemes: Sequence[Any]) -> Iterator[Token]:
    """Nouns written together, as one form: names that Kiwi does not know come out whole, however it cut them."""
    run: list[Any] = []
    for morpheme in (*morphemes, None):
        joins = morpheme is not None and morpheme.tag in _JOINED_TAGS
        if joins and (not run or run[-1].start + run[-1].len == morpheme.start):
            run.append(morpheme)
            continue
        form = "".join(part.form for part in run)
        if len(run) > 1 and _MIN_COMPOUND <= len(form) <= _MAX_COMPOUND:
            yield Token(form, run[0].start, run[-1].start + run[-1].len)
        run = [morpheme] if joins else []


def _latin(text: str) -> Iterable[Token]:
    for match in _LATIN.finditer(text):
        word = match.group().lower()
        if word not in _ENGLISH_STOPWORDS and _CONTRACTED.sub("", word) not in _ENGLISH_STOPWORDS:
            yield Token(stem_english(match.group()), match.start(), match.end())
    for match in _HYPHENATED.finditer(text):
        yield Token(stem_english(match.group().replace("-", "")), match.start(), match.end())


def _numbers(text: str) -> Iterable[Token]:
    for match in _HALF.finditer(text):
        year = match["ko"] or match["en"] or match["en2"] or match["en3"]
        first = (match["half"] or "") in {"上", "상반기"} or (match["order"] or "").lower() in {"first", "1st"}
        first = first or "1" in {match["hy"], match["hy2"]}
        full = year if len(year) == 4 else f"20{year}"
        yield Token(f"{full}h{1 if first else 2}", match.start(), match.end())
        if len(year) == 2:
            yield Token(full, match.start(), match.end())
    for match in _DAY.finditer(text):
        name = match["name"] or match["name3"]
        month = _MONTHS.index(name[:3].lower()) + 1 if name else int(match["month"])
        day = int(match["day"] or match["day2"] or match["day3"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Token(f"{month:02}-{day:02}", match.start(), match.end())
    for match in _SHORT_YEAR.finditer(text):
        yield Token(f"20{match['year']}", match.start(), match.end())
    for match in _NUMBER.finditer(text):
        number = match["number"].rstrip(",").replace(",", "")
        yield Token(number, match.start("number"), match.start("number") + len(match["number"].rstrip(",")))
        if match["unit"]:
            yield Token(number + match["unit"].strip(), match.start(), match.end())


@lru_cache(maxsize=4096)
def analyze(text: str) -> tuple[Token, ...]:
    """The content tokens of ``text`` in reading order: Korean morphemes, stemmed Latin words, numbers.

    A compound noun is followed by its parts and a number by the number with its unit, at the same place. English function
    words and Korean particles, endings and bound nouns are left out.
    """
    tokens = [*_latin(text), *_numbers(text)]
    if has_hangul(text):
        tokens.extend(_korean(text))
    return tuple(sorted(tokens, key=lambda token: (token.start, -token.end)))


def forms(text: str) -> list[str]:
    """The forms of ``analyze(text)``."""
    return [token.form for token in analyze(text)]


def morpheme_bounds(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Where words may begin and end in Korean text: starts of content morphemes, and ends of all morphemes."""
    analysed = _analyze_korean(text)
    starts = frozenset(m.start for m in analysed if m.tag in _CONTENT_TAGS | {"XPN", "MM", "SL", "SN", "NNB", "MAG"})
    return starts, frozenset(m.start + m.len for m in analysed)


def predicate_starts(text: str) -> frozenset[int]:
    """Where the verbs and adjectives of a Korean text begin, and the nouns that 하 or 되 make into verbs (출발하나요)."""
    analysed = _analyze_korean(text)
    verbs = {m.start for m in analysed if m.tag.startswith(("VV", "VA", "VX"))}
    made = {noun.start for noun, ending in pairwise(analysed) if ending.tag in ("XSV", "XSA")}
    return frozenset(verbs | made)


def join_lines(lines: list[str]) -> tuple[str, list[int]]:
    """Join the pieces of a hard-wrapped Korean or English text, deciding at each break whether a space belongs there.

    Returns:
        the joined text, and for each piece the offset at which it begins.
    """
    if len(lines) > 1 and any(has_hangul(line) for line in lines):
        spaces = [_parted(before.strip(), after.strip()) for before, after in pairwise(lines)]
    else:
        spaces = [True] * (len(lines) - 1)
    text, offsets = lines[0], [0]
    for line, space in zip(lines[1:], spaces, strict=True):
        text += " " if space else ""
        offsets.append(len(text))
        text += line
    return text, offsets


def _parted(before: str, after: str) -> bool:
    """Whether a space belongs between two pieces: after Latin letters and digits there is one, else the analysis says so."""
    if before[-1:].isascii() and before[-1:].isalnum():
        return True
    with _kiwi_lock:
        ((_, apart),) = _kiwi().analyze(f"{before} {after}", oov_handling="rule")
        ((_, together),) = _kiwi().analyze(before + after, oov_handling="rule")
    return bool(apart >= together)


def respace(text: str) -> str:
    """``text`` with the blanks of its Korean words set anew; no other character changes."""
    if not has_hangul(text):
        return text
    with _kiwi_lock:
        spaced: str = _kiwi().space(text, reset_whitespace=True)
    return spaced if spaced.replace(" ", "") == text.replace(" ", "") else text
