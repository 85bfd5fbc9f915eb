"""What a figure, a denial or an order is about: the words that stand beside it in the claim and in the source must be the same ones.

Each check returns what is wrong, or an empty text.
"""

from __future__ import annotations

# ruff: noqa: E501 - a pattern stays on one line
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant.text.amounts import Unit, find_amounts
from evals.claim_checks import Holds
from evals.clauses import content
from evals.negation import negated

_WORD = r"[A-Za-z][\w'-]*"
# What a length of time is counted from or to.
_AFTER = re.compile(
    rf"^[^.;,\n]{{0,14}}?\s?(?:of|after|from|following|before|prior to)\s+(?:the\s+|an?\s+|its\s+|their\s+)?"
    rf"(?P<what>{_WORD}(?:\s(?!(?:and|or|in|on|at|by|is|are|was|were|with|to|for|of|the|but|as|will|can|may|must)\b){_WORD}){{0,2}})",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<what>[가-힣]+)(?:일|날)?(?:로)?(?:부터|에서|\s?(?:후|뒤|이후|전))\s?(?:최대 |늦어도 )?$")
_LENGTHS = frozenset({Unit.DAYS, Unit.MONTHS, Unit.YEARS})
# What a share is a share of.
_SHARE_OF = re.compile(
    rf"^\s?of\s+(?:the\s+|its\s+|their\s+|all\s+|total\s+)*(?P<what>{_WORD}(?:\s(?!(?:and|or|in|on|at|by|is|are|was|were|with|to|for|but|as|will|can|may|must|goes|go)\b)"
    rf"{_WORD}){{0,3}})",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(r"(?P<what>[가-힣]+(?:\s[가-힣]+)?)의\s?(?:약 |최대 |최소 )?$")


# The whole of what was spoken of before; and verbs, as in "마친 뒤".
_NO_BASE = re.compile(
    r"전체|총|\b(?:total|whole|all|it|this|that|them|which)\b|[는한된친난온]$|[가-힣]은$", re.IGNORECASE
)


def other_base(claim: str, quotes: str, holds: Holds) -> str:
    """A share or a length of time told of something else than in the source: of what, or from when on."""
    said = list(_bases(quotes))
    for figure, what in _bases(claim):
        there = [other for one, other in said if one == figure]
        if there and not any(_alike(what, other, holds) for other in there):
            return f"{what} for {there[0]}"
    return ""


def _bases(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    for amount in find_amounts(text):
        key = str(amount.lower.normalize()), amount.unit.value
        after, before = text[amount.end :], text[: amount.start]
        if amount.unit in _LENGTHS:
            found = _AFTER.match(after) or _BEFORE.search(before)
        elif amount.unit is Unit.PERCENT:
            found = _SHARE_OF.match(after) or _SHARE_BEFORE.search(before)
        else:
            found = None
        if found and content(found["what"]) and not _NO_BASE.search(found["what"]):
            yield key, found["what"]


def _alike(one: str, other: str, holds: Holds) -> bool:
    mine, theirs = content(one), content(other)
    return (
        not mine or not theirs or any(holds(word, other) for word in mine) or any(holds(word, one) for word in theirs)
    )


_CELL = " | "
_CLAUSES = re.compile(
    r"[.;\n()]\s?|:\s|,\s(?:and |but )?|\s(?:but|while|whereas)\s|(?<=[가-힣])(?:며|고|지만|으나|는데|은데)(?:,\s|\s)|(?<=[함음됨임])[,·]\s"
)
_MIN_ALIKE, _CLEARLY = 0.6, 0.08


def exchanged_denials(claim: str, quotes: str, holds: Holds) -> str:
    """A clause of a claim that denies what the source affirms, if another one affirms what the source denies."""
    source = [piece for piece in _CLAUSES.split(quotes) if piece and content(piece) and _CELL not in piece]
    told = [piece for piece in _CLAUSES.split(claim) if piece and content(piece)]
    turned: dict[bool, str] = {}
    for piece in told:
        denied = negated(piece)
        scores = [(_likeness(piece, other, holds), negated(other) == denied) for other in source]
        same = max((score for score, alike in scores if alike), default=0.0)
        opposite = max((score for score, alike in scores if not alike), default=0.0)
        if opposite >= _MIN_ALIKE and opposite >= same + _CLEARLY:
            turned[denied] = piece
    return turned[True] if len(turned) == 2 else ""


def _likeness(one: str, other: str, holds: Holds) -> float:
    """Of the words of both clauses the share that the other one has."""
    mine, theirs = content(one), content(other)
    said = sum(holds(word, other) for word in mine) + sum(holds(word, one) for word in theirs)
    return said / (len(mine) + len(theirs)) if mine and theirs else 0.0


_NOT_BUT = re.compile(r"(?P<not>[가-힣A-Za-z]+?)[이가]\s아니라\s(?P<but>[가-힣A-Za-z]+)")
_NOT_BUT_EN = re.compile(
    rf"\bnot\s(?:an?\s|the\s)?(?P<not>{_WORD})\s?,?\sbut\s(?:an?\s|the\s|rather\s)?(?P<but>{_WORD})", re.IGNORECASE
)


def exchanged(claim: str, quotes: str, holds: Holds) -> str:
    """A claim of the form "not A but B" where the source denies B and affirms A."""
    for match in (*_NOT_BUT.finditer(claim), *_NOT_BUT_EN.finditer(claim)):
        pieces = [piece for piece in _CLAUSES.split(quotes) if piece]
        kept, dropped = content(match["but"]), content(match["not"])
        denies = [p for p in pieces if negated(p) and any(holds(word, p) for word in kept)]
        affirms = [p for p in pieces if not negated(p) and any(holds(word, p) for word in dropped)]
        if denies and affirms:
            return match.group()
    return ""


_FIRST_THEN = re.compile(
    rf"(?P<one>{_WORD})\sfirst,?\s(?:and\s)?then\s(?:on\sto\s|to\s|in\s)?(?P<two>{_WORD})|\bfirst\s(?:in\s|to\s|the\s)?(?P<three>{_WORD})[^.;]{{0,30}}?\bthen\s(?:in\s|to\s|the\s)?"
    rf"(?P<four>{_WORD})|먼저\s(?P<five>[가-힣]+?)[을를,에\s][^.;]{{0,30}}?(?:다음|이어|그 뒤|나중에)[에는은]?\s(?P<six>[가-힣]+)|(?P<seven>[가-힣]+?)(?:이|가|을|를|에)?\s먼저[^.;]{{0,20}}?(?:다음|이어|그 뒤|나중)[에는은이]?\s(?P<eight>[가-힣]+)",
    re.IGNORECASE,
)


def other_order(claim: str, quotes: str, holds: Holds) -> str:
    """Two things told in one order that the source names in the other."""
    said = list(_orders(quotes))
    for one, two in _orders(claim):
        for first, second in said:
            if _alike(one, second, holds) and _alike(two, first, holds) and not _alike(one, first, holds):
                return f"{one}, {two}"
    return ""


def _orders(text: str) -> Iterator[tuple[str, str]]:
    for match in _FIRST_THEN.finditer(text):
        one, two = [group for group in match.groups() if group][:2]
        yield one, two


# --- All of what the source says of some ---

_ALL = re.compile(
    r"모두|둘 다|\bboth of\b|모든|전부|전원|누구나|(?<![가-힣])각\s|\ball\b|\bevery\b|\beach\b|\bany\b", re.IGNORECASE
)
_SOME = re.compile(
    r"(?P<part>\d+) (?:out )?of (?:the |its )?(?P<whole>\d+)|(?P<whole2>\d+)[가-힣]* ?(?:가운데|중) (?P<part2>\d+)",
    re.IGNORECASE,
)
# Of two or more all told where the source says it of one.
_BOTH, _ONE = (
    re.compile(r"\bboth of\b|\ball of (?:them|these)\b|둘 다|모두", re.IGNORECASE),
    re.compile(
        r"\b(?:at least )?(?:one|1) of (?:them|these|which)\b|(?:그 )?(?:가운데|중) (?:하나|한 [가-힣]+|1[가-힣]+)",
        re.IGNORECASE,
    ),
)
_WHICH = re.compile(
    r"(?P<which>[가-힣]+ (?:밖에서|안에서|에서)?\s?(?:오는|있는|없는|넘는|처음인|가진|갖춘)) (?:기업|업체|회사|사람|분|참가자)[은는에만]"
    r"|\b(?:companies|firms|those|bidders|members|participants|guests) (?P<from>from outside [\w ]{3,20}|without [\w ]{3,20})",
    re.IGNORECASE,
)


def told_of_all(claim: str, near: Sequence[str], holds: Holds) -> str:
    """A word for all in a claim whose source speaks of some: of a part of a number, or of those companies that come from somewhere.

    Args:
        near: the statements of the source that say most of the claim.
    """
    found = _ALL.search(claim)
    if not found or negated(claim) or any(_ALL.search(one) for one in near):
        return ""
    for one in near:
        if _BOTH.search(claim) and _ONE.search(one):
            return found.group() if found else ""
        some = _SOME.search(one)
        if some and (some["whole"] or some["whole2"]) in claim and (some["part"] or some["part2"]) not in claim:
            return found.group()
        which = _WHICH.search(one)
        if which and any(not holds(word, claim) for word in content(which["which"] or which["from"])):
            return found.group()
    return ""


# --- A whole with and without its head ---

_INCLUDING = re.compile(
    r"(?:대표사|주관사|대표자|리더|본인)[을를]? ?(?:포함|합)|\bincluding (?:the )?(?:lead|leader|head|main)\w*",
    re.IGNORECASE,
)
_BESIDES = re.compile(
    r"\b(?:up to |at most )?\d+ (?:more|other|further|additional)\b|\bbesides\b|\bin addition to (?:the )?(?:lead|leader)|(?:대표사|주관사|대표자) (?:외에|말고|밖에|이외에|를 빼고|를 제외)|추가로 \d",
    re.IGNORECASE,
)


def counted_otherwise(claim: str, quotes: str) -> str:
    """A number that the source counts with the head of a group, told as a number beside it, or the other way round."""
    for mine, theirs in ((_BESIDES, _INCLUDING), (_INCLUDING, _BESIDES)):
        found = mine.search(claim)
        if found and theirs.search(quotes) and not mine.search(quotes):
            return found.group()
    return ""


# --- Names that have changed places ---

_SEGMENTS = re.compile(r"[,;.\n]|(?<=[가-힣])(?:과|와)\s|\s(?:및|and|or)\s")


def crossed_names(claim: str, quotes: str, holds: Holds, names: Callable[[str], set[Any]]) -> str:
    """Two names of one kind in a list, each told with a word that the source has beside the other one and not beside it."""
    told, said = (
        [(next(iter(found)), piece) for piece in _SEGMENTS.split(text) if len(found := names(piece)) == 1]
        for text in (claim, quotes)
    )
    crossed: dict[tuple[Any, Any], str] = {}
    for name, piece in told:
        own = [there for other, there in said if other == name]
        for other, there in said:
            if not own or other == name or other[0] != name[0]:
                continue
            for word in content(piece):
                if holds(word, there) and not any(holds(word, beside) for beside in own):
                    crossed[name, other] = word
    return next((word for (one, other), word in crossed.items() if (other, one) in crossed), "")
