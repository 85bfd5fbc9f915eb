"""What follows from the figures of a source without standing there: fractions, sums and differences, lengths of time, counts of a list.

A figure of a claim that follows is taken out of it and counts as proven; what does not follow is left for the other checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from assistant.text.amounts import Amount, Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.types import Precision
from evals.claim_checks import with_digits
from evals.matching import says


def without_what_follows(claim: str, source: str) -> tuple[str, int, str]:
    """The claim without the figures that follow from the source, how many these were, and a fraction that does not follow."""
    claim, proven, wrong = _without_known_fractions(claim, source)
    if wrong:
        return claim, proven, wrong
    claim, source = with_digits(claim, ones=False), with_digits(source, ones=True)
    for step in (
        _without_known_ends,
        _without_known_multiples,
        _without_known_results,
        _without_known_lengths,
        _without_known_counts,
    ):
        claim, found = step(claim, source)
        proven += found
    return claim, proven, ""


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

# --- The end of a period ---

_END_OF_YEAR = re.compile(
    r"(?:the )?(?<!half )(?<!quarter )\bend of (?:the year )?(?P<en>20\d\d)|year[- ]end (?P<ye>20\d\d)|(?P<ko>20\d\d)년 ?(?:연)?말",
    re.IGNORECASE,
)
_DUE_BEFORE = re.compile(
    r"(?:\bby|\buntil|\btill|\bbefore|\bno later than|\bnot later than)(?: the)?\s*$", re.IGNORECASE
)
_DUE_AFTER = re.compile(r"\s*(?:까지|이 기한|가 기한|을 기한|를 기한)")


def _without_known_ends(claim: str, source: str) -> tuple[str, int]:
    """The claim without dates by which something is due, if a period of the source ends on that day, and how many these were.

    "Mid-2020", "by the end of June 2020" and "first half of 2020" are one day to be ready by. The end of a year is its December,
    unless the source has the year.
    """
    ends = {found.period.end for found in find_dates(source) if found.period}
    count = 0
    for match in reversed(list(_END_OF_YEAR.finditer(claim))):
        year = int(match["en"] or match["ye"] or match["ko"])
        if date(year, 12, 31) in ends:
            claim, count = f"{claim[: match.start()]} {claim[match.end() :]}", count + 1
        else:
            claim = f"{claim[: match.start()]}{year}-12{claim[match.end() :]}"
    for found in reversed(find_dates(claim)):
        if found.period is None or found.time or not _is_due(claim, found.start, found.end):
            continue
        middle = re.search(r"\bmid-|\bmiddle|중반", claim[found.start : found.end], re.IGNORECASE)
        end = date(found.period.start.year, 6, 30) if middle else found.period.end
        if found.period.precision is not Precision.DAY and end in ends:
            claim, count = f"{claim[: found.start]} {claim[found.end :]}", count + 1
    return _without_counted_days(claim, source, count)


# So many days within, after or from another day.
_DAYS_ON = re.compile(
    r"(?P<ko>\d+)일 ?(?:이내|안|내|뒤|후)|\bwithin (?P<en>\d+) days|(?P<after>\d+) days (?:after|from|of|following)\b",
    re.IGNORECASE,
)


def _without_counted_days(claim: str, source: str, count: int) -> tuple[str, int]:
    """The claim without days that lie as many days after a day of the source as the source counts, where the claim has both."""
    days = {p.start for found in find_dates(source) if (p := found.period) and p.start == p.end}
    told = find_dates(claim)
    given = days & {found.period.start for found in told if found.period}
    lengths = {int(match["ko"] or match["en"] or match["after"]) for match in _DAYS_ON.finditer(source)}
    ends = {day + timedelta(days=length) for day in given for length in lengths if length <= _MAX_DAYS} - days
    for found in reversed(told):
        if found.period and found.period.start == found.period.end and found.period.start in ends:
            claim, count = f"{claim[: found.start]} {claim[found.end :]}", count + 1
    return claim, count


_MAX_DAYS = 3660


def _is_due(claim: str, start: int, end: int) -> bool:
    return _DUE_BEFORE.search(claim[:start]) is not None or _DUE_AFTER.match(claim, end) is not None


# --- Fractions ---

_NAMED_FRACTIONS: tuple[tuple[str, float], ...] = (
    (r"three[- ]quarters|4분의 ?3", 3 / 4),
    (r"two[- ]thirds|3분의 ?2", 2 / 3),
    (r"\b(?:a|one)[- ]third\b|3분의 ?1", 1 / 3),
    (r"(?<!once )(?<!times )\b(?:a|one)[- ]quarter\b|4분의 ?1", 1 / 4),
    (r"\b(?:a|one)[- ]fifth\b|5분의 ?1", 1 / 5),
    (r"\b(?:a|one)[- ]tenth\b|10분의 ?1", 1 / 10),
    (r"(?<!first )(?<!second )(?<!latter )\bhalf(?= (?:of|the)\b)|절반|반수", 1 / 2),
)
_FRACTIONS = tuple((re.compile(pattern, re.IGNORECASE), share) for pattern, share in _NAMED_FRACTIONS)
# "About half" may be a little more or less, "more than three quarters" a little more.
_NEARLY = 0.035


def _without_known_fractions(claim: str, source: str) -> tuple[str, int, str]:
    """The claim without fractions that follow from the source, how many these were, and one that does not follow."""
    count = 0
    for pattern, share in _FRACTIONS:
        for match in reversed(list(pattern.finditer(claim))):
            if pattern.search(source) or any(abs(found - share) <= _NEARLY for found in _shares(source)):
                claim, count = f"{claim[: match.start()]} {claim[match.end() :]}", count + 1
            else:
                return claim, count, match.group()
    return claim, count, ""


def _shares(source: str) -> Iterable[float]:
    amounts = [found for found in find_amounts(_THOUSANDS.sub("", source)) if found.lower == found.upper]
    yield from (float(found.lower) / 100 for found in amounts if found.unit is Unit.PERCENT)
    for one, other in combinations(amounts, 2):
        small, large = sorted((one.lower, other.lower))
        units = {one.unit, other.unit} - {Unit.PLAIN}
        # Small bare numbers are numbers of lines and the like, those of four digits years.
        bare = any(a.unit is Unit.PLAIN and not _MIN_BARE <= a.lower < _MIN_YEAR for a in (one, other))
        if len(units) < 2 and Unit.PERCENT not in units and not bare and large:
            yield float(small / large)
            # "200 of them … the other 400": shares of both together.
            if len(units) == 1 and _REST.search(source):
                yield from (float(part / (small + large)) for part in (small, large))


_MIN_BARE, _MIN_YEAR = 10, 1900
_REST = re.compile(r"\bthe (?:other|rest|remaining)\b|나머지", re.IGNORECASE)

# --- Multiples ---

_MULTIPLE = re.compile(
    r"(?P<n>\d+(?:\.\d+)?) ?(?:배|times (?=as|that|the)|-?fold\b)|\b(?P<two>twice|doubles?|doubled)\b|(?P<twofold>갑절|곱절|두 배)",
    re.IGNORECASE,
)


def _without_known_multiples(claim: str, source: str) -> tuple[str, int]:
    """The claim without multiples, such as "four times", by which two amounts of the source differ, and how many these were."""
    amounts = [a for a in find_amounts(_THOUSANDS.sub("", source)) if a.lower == a.upper and a.lower]
    ratios = {
        max(one.lower, other.lower) / min(one.lower, other.lower)
        for one, other in combinations(amounts, 2)
        if len({one.unit, other.unit} - {Unit.PLAIN}) < 2 and one.unit is not Unit.YEARS
    }
    count = 0
    for match in reversed(list(_MULTIPLE.finditer(claim))):
        times = Decimal(match["n"]) if match["n"] else Decimal(2)
        if not says(source, match.group()) and any(abs(ratio - times) <= times / 50 for ratio in ratios):
            claim, count = f"{claim[: match.start()]} {claim[match.end() :]}", count + 1
    return claim, count


# --- Sums and differences ---

_DIFFERENCE = re.compile(
    r"더 |나머지|않|못|차이|덜 |늘|줄|\bmore\b|\bless\b|\bfewer\b|longer|shorter|later|earlier|higher|lower|differen"
    r"|\bother\b|\bothers\b|remaining|\brest\b|\bnot\b|\bleft\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"합[쳐치해하산계]|모두|총|통틀어|전부|together|\btotal\w*|altogether|\bin all\b|combined", re.IGNORECASE
)


# What a source adds to an amount.
_RAISED = re.compile(
    r"높여|올려|더해|가산|추가 지원|\braised by\b|\bhigher by\b|\bin addition\b|\bon top\b|\bextra\b", re.IGNORECASE
)


def _without_known_results(claim: str, source: str) -> tuple[str, int]:
    """The claim without sums and differences of two amounts of the source, where it says that it adds up or takes away."""
    known = [a for a in find_amounts(_THOUSANDS.sub("", source)) if a.lower == a.upper]
    values = {(a.lower, a.unit) for a in known}
    months = {a.lower for a in known if a.unit is Unit.MONTHS}
    years = {a.lower for a in known if a.unit is Unit.YEARS}
    adds = _SUM.search(claim) is not None or _RAISED.search(source) is not None
    count = 0
    for amount in reversed(find_amounts(claim)):
        text = claim[amount.start : amount.end]
        if amount.lower != amount.upper or (amount.lower, amount.unit) in values or says(source, text):
            continue
        of_kind = [a for a in known if a.unit in (amount.unit, Unit.PLAIN)]
        sums = adds and amount.lower in _sums(of_kind)
        differences = _DIFFERENCE.search(claim) is not None and amount.lower in _differences(of_kind)
        converted = (amount.unit is Unit.YEARS and amount.lower * 12 in months) or (
            amount.unit is Unit.MONTHS and amount.lower / 12 in years
        )
        if sums:
            claim = _SUM_WORDS.sub(lambda match: " " * len(match.group()), claim)
        if sums or differences or converted:
            claim, count = f"{claim[: amount.start]} {claim[amount.end :]}", count + 1
    return claim, count


# What only says that a sum is one; of one length with blanks, since places in the claim are known.
_SUM_WORDS = re.compile(
    r"\btogether\b|\bcombined\b|\baltogether\b|\baccounts? for\b|\badds? up to\b|합쳐서?|합하면|합해서?|더하면",
    re.IGNORECASE,
)


def _sums(amounts: list[Amount]) -> set[Decimal]:
    pairs = {one.lower + other.lower for one, other in combinations(amounts, 2)}
    return pairs | ({sum((a.lower for a in amounts), Decimal(0))} if len(amounts) > 1 else set())


def _differences(amounts: list[Amount]) -> set[Decimal]:
    return {abs(one.lower - other.lower) for one, other in combinations(amounts, 2)}


# --- Lengths of time between dates ---

_LENGTH = re.compile(
    r"(?P<n>\d+) ?(?P<unit>일|주|개월|달|년|days?|weeks?|months?|years?)(?P<span>[ -]?(?:간|동안|뒤|후|늦|연기|앞|later|long"
    r"|after|earlier)?)",
    re.IGNORECASE,
)
_DAYS_IN = {"일": 1, "d": 1, "주": 7, "w": 7, "개": 30.4, "달": 30.4, "m": 30.4, "년": 365.25, "y": 365.25}
_LATER = re.compile(r"앞서|앞섰|뒤|후|늦|만에|\blater\b|\bearlier\b|\bafter\b|\bbefore\b", re.IGNORECASE)


def _without_known_lengths(claim: str, source: str) -> tuple[str, int]:
    """The claim without lengths of time that lie between two days of the source, both counted or one of them."""
    spans = {
        (found.period.end - found.period.start).days
        for found in find_dates(source)
        if found.period and found.period.precision is Precision.DAY
    }
    days = sorted(
        {
            day
            for f in find_dates(source)
            if f.period and f.period.precision is Precision.DAY
            for day in (f.period.start, f.period.end)
        }
    )
    spans |= {(later - earlier).days for earlier, later in combinations(days, 2)}
    starts = sorted({found.period.start for found in find_dates(source) if found.period})
    long_spans = (
        {(later - earlier).days for earlier, later in combinations(starts, 2)} if _LATER.search(claim) else set()
    )
    count = 0
    for match in reversed(list(_LENGTH.finditer(claim))):
        each = _DAYS_IN[match["unit"][0].casefold()]
        if each > 30 and match["n"]:
            spans = spans | long_spans
        length = int(match["n"]) * each
        slack = 0.0 if each == 1 else min(each / 2, 45)
        if says(source, match.group().strip()) or not any(
            span and (abs(span - length) <= slack or abs(span + 1 - length) <= slack) for span in spans
        ):
            continue
        claim, count = f"{claim[: match.start()]} {claim[match.end() :]}", count + 1
    return claim, count


# --- Counts of what is listed ---

_COUNT = re.compile(
    r"(?<![\d.,~-])(?P<n>[2-9]|1[0-2])(?: ?(?:개|곳|가지|나라|도시|명|종류|군데|개국|개사|개소|기관|부처)(?![가-힣]{3})| (?=(?!times"
    r"|years?|months?|weeks?|days?|hours?|minutes?|points?|per\b|percent\w*|million|billion|trillion|people"
    r"|stars|nights|or\b|and\b|times\b)[a-z]{3,}))"
)
_GATHERING = re.compile(
    r" ?(?:\w+ )?(?:도시|나라|국가|곳|기관|분야|솔루션|부처|개국|cities|countries|fields|bodies|ministries|places|zones|services"
    r"|options|parts|ways)",
    re.IGNORECASE,
)
_LISTS = re.compile(r"[\n;:]|(?<=[.다])\s|\s[|]\s|[()]")
_ITEMS = re.compile(r"\s*(?:,\s?(?:and |및 |그리고 )?|\s/\s|·|、|\s(?:and|및)\s|(?<=[가-힣A-Z])(?:와|과)\s)\s*")


def _without_known_counts(claim: str, source: str) -> tuple[str, int]:
    """The claim without small numbers that the source does not have, but of which a list has as many items."""
    lists = [_ITEMS.split(piece.strip(" .,")) for piece in _LISTS.split(source)]
    count = 0
    for match in reversed(list(_COUNT.finditer(claim))):
        number = match["n"]
        told = [items for items in lists if len(items) == int(number)]
        listed = any(sum(item in claim for item in items) > 1 for items in told)
        if not re.search(rf"(?<![\d.,]){number}(?![\d.,]*\d)", source) and (
            listed or (told and _GATHERING.match(claim, match.end("n")))
        ):
            claim, count = f"{claim[: match.start()]} {claim[match.end() :]}", count + 1
    return claim, count


# --- Lists in an order ---

_ORDER = re.compile(
    r"(?:의|인)? ?(?:차례|순서|순)(?:로|대로|$|이)|\bin (?:that|this) order\b|\bthen\b|\bfollowed by\b|→", re.IGNORECASE
)
_STEPS = re.compile(r",\s?(?:and )?(?:then )?|\s?→\s?|\sthen\s|\sfollowed by\s|·")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_FIRST = re.compile(r"(?:가장|제일|맨)? ?먼저|최우선|첫(?: 번째|째)|\bfirst\b", re.IGNORECASE)
_LAST = re.compile(r"마지막|맨 나중|\blast\b|\bfinally\b", re.IGNORECASE)


def ordered(source: str) -> list[list[str]]:
    """What the source lists in an order."""
    lines = [line for line in re.split(r"\n|(?<=[.다])\s", source) if _ORDER.search(line)]
    cut = [re.split(r"[|:]", _ORDER.sub(", ", _IN_BRACKETS.sub("", line)))[-1] for line in lines]
    return [steps for text in cut if len(steps := [s.strip() for s in _STEPS.split(text) if s.strip()]) > 1]


def rank_told(claim: str) -> int | None:
    """0 for something told as first, -1 as last."""
    if _FIRST.search(claim):
        return 0
    return -1 if _LAST.search(claim) else None
