"""A claim that repeats a line of its source but for a few words: those few words must not change what is said.

An answer's sentence spoiled in one place says nearly all of its source, so that shares of words tell nothing.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.text.amounts import find_amounts
from assistant.text.dates import find_dates
from assistant.text.morphemes import analyze
from evals.claim_checks import Holds
from evals.clauses import content, figures
from evals.concepts import contrast
from evals.wording import content_tokens

_PIECES = re.compile(r"[“”\"「」『』\n;]|(?<=[.다])\s|:\s|\s/\s|\s\((?=[^)]{12,})|(?<=[.)])\)")
_WORDS = re.compile(r"[가-힣A-Za-z0-9]+(?:[.,:'’-][A-Za-z0-9]+)*%?p?")
_MIN_WORDS = 4
# So much of the shorter text must be repeated in one order.
_MIN_REPEATED = 0.72
_MAX_CHANGED = 3
_TURNING = re.compile(
    r"않|없|아니|못|불가|제외|안\s|만$|뿐$|이상|이하|이내|미만|초과|최대|최소|상반기|하반기"
    r"|\b(?:not|no|never|cannot|only|without|none|least|most|up|more|less|under|over|first|second|before|after|all|every)\b",
    re.IGNORECASE,
)


def changed_words(claim: str, quotes: str, holds: Holds) -> str:
    """The words by which a piece of the claim differs from the line that it repeats, if they change what is said, or an empty text."""
    lines = [(line, _WORDS.findall(line)) for line in _PIECES.split(quotes) if line.strip()]
    for piece in _PIECES.split(claim):
        words = _WORDS.findall(piece)
        if len(words) < _MIN_WORDS:
            continue
        best = max(
            ((_repeated(words, other), line, other) for line, other in lines),
            default=(0, "", []),
            key=lambda found: found[0],
        )
        count, line, other = best
        if count < _MIN_WORDS - 1 or count < _MIN_REPEATED * len(words) or piece.strip() in line:
            continue
        if changed := _change(words, other, holds):
            return changed
    return ""


def _repeated(words: list[str], other: list[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, words, other, autojunk=False).get_matching_blocks())


def _change(words: list[str], other: list[str], holds: Holds) -> str:
    steps = SequenceMatcher(None, words, other, autojunk=False).get_opcodes()
    for kind, start, end, from_, to in steps:
        mine, theirs = " ".join(words[start:end]), " ".join(other[from_:to])
        if kind == "equal" or end - start > _MAX_CHANGED:
            continue
        edge = (start == 0 or end == len(words)) and kind != "replace"
        if kind == "insert":
            # Words of the source that the claim leaves out between words that it has.
            inside = 0 < start < len(words)
            if inside and to - from_ <= 1 and _NEGATIVE.search(theirs):
                return f"left out: {theirs}"
            continue
        if kind == "delete":
            if not edge and _NEGATIVE.search(mine):
                return mine
            continue
        if _same(mine, theirs, holds):
            continue
        if _TURNING.search(mine) or _TURNING.search(theirs) or contrast(mine, theirs) or _other_name(mine, theirs):
            return f"{mine} for {theirs}"
    return ""


_BOUNDS = dict.fromkeys(("이상", "최소", "least", "more"), "min") | dict.fromkeys(
    ("이하", "이내", "최대", "most", "up"), "max"
)
_NEGATIVE = re.compile(r"^(?:not|no|never|cannot|only|않[가-힣]*|못)$|지 않|\bnot\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][A-Za-z0-9&-]*[A-Z][A-Za-z0-9]*|[가-힣]{2,}(?:부|처|청|원|공사|은행|기업|국)\b")


def _same(mine: str, theirs: str, holds: Holds) -> bool:
    """Whether two wordings differ only in endings, particles, figures written otherwise, or words for one thing."""
    own, other = (re.sub(r"[\s.,]", "", text).casefold() for text in (mine, theirs))
    if own == other:
        return True
    stems = [{token.form for token in analyze(text)} for text in (mine, theirs)]
    turning = [
        {_BOUNDS.get(word.casefold(), word.casefold()) for word in _TURNING.findall(text)} for text in (mine, theirs)
    ]
    if turning[0] != turning[1]:
        bounds = [{(a.lower, a.unit, a.bound) for a in find_amounts(text)} for text in (mine, theirs)]
        return bool(bounds[0]) and bounds[0] == bounds[1]
    if figures(mine) != figures(theirs):
        return False
    words = content(mine)
    return stems[0] == stems[1] or (
        bool(words) and all(holds(word, theirs) for word in words) and not contrast(mine, theirs)
    )


def _other_name(mine: str, theirs: str) -> bool:
    """Whether a name stands where the source has another, though it may have the first elsewhere."""
    return bool(_NAME.search(mine) and _NAME.search(theirs)) and mine not in theirs and theirs not in mine


# --- A word in the place of another one ---

_SENTENCES = re.compile(r"(?<=[.!?다])\s+|;\s|\n|: ")
# So much of a sentence stands in the source's in one order, at least two words.
_MIN_IN_ORDER, _MIN_IN_COMMON = 0.5, 2


def borrowed_word(claim: str, quotes: str, source: str, holds: Holds) -> str:
    """A word that the claim has in the place of another one of the line that it follows, taken from elsewhere in the source."""
    lines = [(line, _words(line)) for line in _SENTENCES.split(quotes) if " | " not in line]
    for sentence in _SENTENCES.split(claim):
        words = _words(sentence)
        forms = [form for form, _, _ in words]
        matched = [
            (line, theirs, _in_order(forms, [f for f, _, _ in theirs])) for line, theirs in lines if len(theirs) > 1
        ]
        if len(words) < 3 or not matched:
            continue
        line, theirs, matcher = max(matched, key=lambda found: sum(b.size for b in found[2].get_matching_blocks()))
        common = sum(block.size for block in matcher.get_matching_blocks())
        if common < max(_MIN_IN_COMMON, _MIN_IN_ORDER * len(words)):
            continue
        for kind, start, end, from_, to in matcher.get_opcodes():
            if kind != "replace" or end - start != 1 or to - from_ != 1 or not start:
                continue
            mine, other = words[start][0], theirs[from_][0]
            inside = line[: theirs[from_][1]].rstrip().endswith("(")
            # Dates, amounts and what bounds them are compared elsewhere.
            plain = _is_plain(sentence, words[start]) and _is_plain(line, theirs[from_])
            if plain and not inside and not holds(mine, line) and holds(mine, source) and not holds(other, claim):
                return f"{mine} for {other}"
    return ""


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(token.form, token.start, token.end) for token in content_tokens(text)]


def _is_plain(text: str, word: tuple[str, int, int]) -> bool:
    """Whether a word is part of no date and no amount, and does not only bound one."""
    form, start, end = word
    spans = [(found.start, found.end) for found in find_dates(text) if found.period]
    spans += [(found.start, found.end) for found in find_amounts(text)]
    return form not in _BOUND_FORMS and not any(first < end and start < last for first, last in spans)


_BOUND_FORMS = frozenset({"least", "most", "more", "less", "이상", "이하", "이내", "최대", "최소"})


def _in_order(mine: list[str], theirs: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, mine, theirs, autojunk=False)
