"""How an answer, a citation or a chunk is compared with what a question's author wrote down: pure functions.

Key facts and evidence are matched by the rules of the development questions: NFKC, case and middle dots and quotation marks
unified; commas of thousands dropped; spacing inside Korean free; a number never inside a longer number; a Latin alternative
at the start of a word; an acronym of up to five capitals as a whole word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

_DOTS = dict.fromkeys(map(ord, "·•‧･ㆍ∙⋅・․"), "·")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´"), "'") | dict.fromkeys(map(ord, "“”„‟″"), '"')
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BLANKS = re.compile(r"\s+")
_ACRONYM = re.compile(r"[A-Z]{1,5}")
_HANGUL = re.compile("[\uac00-\ud7a3]")


def unified(text: str) -> str:
    """``text`` in NFKC with one kind of middle dot and of quotation mark, in lower case, blanks as single spaces."""
    # The dots and quotation marks come first too: NFKC would take some of them apart.
    marked = text.translate(_DOTS | _QUOTES)
    folded = unicodedata.normalize("NFKC", marked).translate(_DOTS | _QUOTES)
    return _BLANKS.sub(" ", folded).casefold()


def says(text: str, alternative: str) -> bool:
    """Whether ``text`` holds one spelling of a fact."""
    return _pattern(alternative).search(_THOUSANDS.sub("", unified(text))) is not None


def says_all(text: str, facts: Sequence[Sequence[str]]) -> bool:
    """Whether ``text`` holds every fact, each in any of its spellings."""
    return all(any(says(text, alternative) for alternative in fact) for fact in facts)


def overlaps(passage: str, evidence: str) -> bool:
    """Whether two passages have a run of text in common that is more than half of the shorter one, white space aside."""
    short, long = sorted((_solid(passage), _solid(evidence)), key=len)
    need = len(short) // 2 + 1
    return bool(short) and any(short[start : start + need] in long for start in range(len(short) - need + 1))


def evidence_ranks(passages: Sequence[str], evidence: Sequence[str]) -> list[int | None]:
    """For each piece of evidence the rank (from 1) of the first passage that overlaps it, or ``None``."""
    return [
        next((rank for rank, passage in enumerate(passages, start=1) if overlaps(passage, piece)), None)
        for piece in evidence
    ]


def hit_at(ranks: Sequence[int | None], k: int) -> bool:
    """Whether any piece of evidence stands among the first ``k``."""
    return any(rank is not None and rank <= k for rank in ranks)


def covered_at(ranks: Sequence[int | None], k: int) -> float:
    """The share of the pieces of evidence that stand among the first ``k``."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def share(outcomes: Sequence[bool | float]) -> float | None:
    """The mean of outcomes, ``None`` where there are none."""
    return round(sum(outcomes) / len(outcomes), 3) if outcomes else None


def _solid(text: str) -> str:
    return unified(text).replace(" ", "")


@lru_cache(maxsize=4096)
def _pattern(alternative: str) -> re.Pattern[str]:
    """The alternative with optional blanks beside Hangul, guarded at both ends."""
    spelling = _THOUSANDS.sub("", unified(alternative)).strip()
    words = spelling.split(" ")
    body = ""
    for number, word in enumerate(words):
        if number:
            korean = _HANGUL.match(words[number - 1][-1]) or _HANGUL.match(word[0])
            body += r"\s*" if korean else r"\s+"
        body += re.escape(word[0])
        for before, after in pairwise(word):
            body += (r"\s*" if _HANGUL.match(before) or _HANGUL.match(after) else "") + re.escape(after)
    first, last = spelling[0], spelling[-1]
    head = r"(?<!\d)(?<!\d[.,])" if first.isdigit() else r"(?<![a-z0-9])" if "a" <= first <= "z" else ""
    tail = r"(?!\d)(?![.,]\d)" if last.isdigit() else r"(?![a-z0-9])" if _ACRONYM.fullmatch(alternative.strip()) else ""
    return re.compile(head + body + tail)
