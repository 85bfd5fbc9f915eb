"""Figures, dates and names of a claim beside those of its source: are they there, and do they belong to the same things.

Every check gets the claim's own words and what it cites, and returns what is wrong, or an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from assistant.text.amounts import Unit, find_amounts
from assistant.text.dates import DateMention, find_dates
from assistant.types import Precision
from evals.clauses import DATE, Figure, Part, content, is_header, parts, statements
from evals.wording import content_tokens

Holds = Callable[[str, str], bool]
"""Whether a text says a content word, in either language."""

# --- Numbers written as words ---

_ENGLISH_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}
_KOREAN_NUMBERS = {
    word: str(number)
    for number, word in enumerate(("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"), start=2)
}
_ENGLISH_NUMBER = re.compile(rf"\b({'|'.join(_ENGLISH_NUMBERS)})\b", re.IGNORECASE)
# Before some counters three and four have forms of their own.
_KOREAN_NUMBERS |= {"석": "3", "넉": "4"}
_KOREAN_NUMBER = re.compile(
    rf"(?<![가-힣])({'|'.join(_KOREAN_NUMBERS)})\s?(?=곳|개|번|차례|쪽|회|가지|명|대(?!로)|건|달|배|사람|나라|도시|시간|종류)"
)
# A number before the noun itself, as in 네 솔루션.
_BARE_KOREAN_NUMBER = re.compile(r"(?<![가-힣])(두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s(?=[가-힣]{2})")
_DAYS = dict(
    zip(
        ["이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘", "보름"],
        (2, 3, 4, 5, 6, 7, 8, 9, 10, 15),
        strict=True,
    )
)
_DAYS_AS_WORD = re.compile(rf"(?<![가-힣])({'|'.join(_DAYS)})")
_YEAR_AS_WORD = re.compile(r"(?<![가-힣])한 해(?![가-힣]*[가-힣]{3})")
_DECADES = re.compile(r"\b([1-9]) decades\b", re.IGNORECASE)
_TWICE = re.compile(r"\btwice\b", re.IGNORECASE)
_ONE = re.compile(r"\bone\b(?!-to-)|(?<![가-힣])한\s?(?=곳|개|번|차례|쪽|가지|명|건|달)", re.IGNORECASE)


def with_digits(text: str, *, ones: bool) -> str:
    """``text`` with small numbers as digits. ``ones``: also one, which as a word says little and so is not asked of a claim."""
    text = _ENGLISH_NUMBER.sub(lambda match: _ENGLISH_NUMBERS[match[1].casefold()], text)
    text = _KOREAN_NUMBER.sub(lambda match: _KOREAN_NUMBERS[match[1]], text)
    text = _DAYS_AS_WORD.sub(lambda match: f"{_DAYS[match[1]]}일", text)
    text = _DECADES.sub(lambda match: f"{match[1]}0 years", text)
    text = text.replace("1:1", "일대일").replace("1대1", "일대일").replace("하룻밤", "1박")
    text = _TWICE.sub("2 times", text)
    if not ones:
        return text
    text = _YEAR_AS_WORD.sub("1년", text)
    return _ONE.sub("1", _BARE_KOREAN_NUMBER.sub(lambda match: f"{_KOREAN_NUMBERS[match[1]]} ", text))


# --- Dates ---

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NAME = re.compile(rf"\b({'|'.join(_MONTHS)})\b", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s?월")


def check_dates(claim: str, source: str) -> tuple[str, str, int]:
    """A date or time of the claim that the source does not have, the claim without those that it has, and how many these are."""
    mentions = [found for found in find_dates(source) if found.period or found.time]
    days = {day for found in mentions if found.period for day in (found.period.start, found.period.end)}
    periods = [found.period for found in mentions if found.period]
    times = {time for found in mentions for time in (found.time, found.end_time)} | {None}
    open_dates = [found for found in find_dates(source) if not (found.period or found.time)]
    rest, known = claim, 0
    for found in reversed(find_dates(claim)):
        if not (found.period or found.time):
            continue
        day_known = found.period is None or _is_known(found, days, periods)
        if day_known and {found.time, found.end_time} <= times:
            rest = f"{rest[: found.start]} {rest[found.end :]}"
            known += 1
        elif not day_known and periods and not open_dates and not found.inferred_year:
            return claim[found.start : found.end], claim, known
    months = {int(number) for number in _MONTH_NUMBER.findall(source)}
    months |= {_MONTHS.index(name.casefold()) + 1 for name in _MONTH_NAME.findall(source)}
    rest = _MONTH_NUMBER.sub(lambda m: " " if int(m[1]) in months else m[0], rest)
    rest = _MONTH_NAME.sub(lambda m: " " if _MONTHS.index(m[1].casefold()) + 1 in months else m[0], rest)
    return "", rest, known


def _is_known(found: DateMention, days: set[date], periods: Sequence[Any]) -> bool:
    assert found.period is not None
    start, end = found.period.start, found.period.end
    if start in days and end in days:
        return True
    # "In March" holds of the third of March, but not the other way round.
    is_coarse = found.period.precision is not Precision.DAY
    return is_coarse and any(start <= period.start and period.end <= end for period in periods)


# --- What belongs together ---

# A month given as such begins and ends on these days.
_MONTH_ENDS = ("01", "28", "29", "30", "31")


def without_amounts(text: str) -> tuple[str, int]:
    """``text`` without its amounts and numbers, and how many these are."""
    count = 0
    for amount in reversed(find_amounts(text)):
        text = f"{text[: amount.start]} {text[amount.end :]}"
        count += 1
    return text, count


def states(part: Part, figure: Figure) -> bool:
    """Whether a part has a figure, its unit perhaps worded otherwise; a day counts as its month and year."""
    value, unit = figure
    if figure in part.figures:
        return True
    if unit == DATE:
        return value[8:] in _MONTH_ENDS and any(u == DATE and v[:7] == value[:7] for v, u in part.figures)
    return any(value == other and Unit.PLAIN.value in (unit, u) for other, u in part.figures)


# Every second clause of a plan has them.
_PLANNING = frozenset({"plan", "schedul", "expect", "계획", "예정", "목표", "추진"})


def misplaced_figure(claim: str, quotes: str, holds: Holds, names: Callable[[str], set[Any]]) -> str:
    """A figure whose words in the claim, or whose name, belong to another figure in the source rather than to this one.

    Args:
        names: the known names in a text, the same in either language.
    """
    source = parts(quotes)
    claimed = parts(claim)
    common = "\n".join(one.text for one in source if not one.figures)
    for part in claimed:
        words = frozenset(word for word in content(part.text) - _PLANNING if not holds(word, common))
        named = names(part.text)
        for figure in part.figures:
            beside = [one for one in source if states(one, figure)]
            elsewhere = [
                one
                for one in source
                if one not in beside and _rivals(one, figure, {value for value, _ in part.figures})
            ]
            if not beside or not elsewhere:
                continue
            here = max((frozenset(w for w in words if holds(w, one.text)) for one in beside), key=len)
            all_here = frozenset(w for one in beside for w in words if holds(w, one.text))
            there = max((frozenset(w for w in words if holds(w, one.text)) for one in elsewhere), key=len)
            other_name = any(named & names(one.text) for one in elsewhere) and not any(
                named & names(one.text) for one in beside
            )
            if (there - all_here and not here - there) or (other_name and len(named) == 1):
                return figure[0]
        if pair := _parted(part, source):
            return pair
    return _with_other_names(claim, quotes, names)


def _with_other_names(claim: str, quotes: str, names: Callable[[str], set[Any]]) -> str:
    """A figure that every statement of the source has beside other names of the kind that the claim names with it."""
    source = statements(quotes)
    for part in statements(claim):
        named = names(part.text)
        kinds = {kind for kind, _ in named}
        for figure in part.figures:
            around = [names(one.text) for one in source if states(one, figure)]
            beside = [names(one.text) for one in parts(quotes) if states(one, figure)]
            if any(there & named for there in (*around, *beside)) or not beside:
                continue
            if all(kinds & {kind for kind, _ in there} for there in beside):
                return figure[0]
    return ""


_COUNTED_UNITS = frozenset({"companies", "countries", "places", "people", "times", "plain", "households"})


def _rivals(one: Part, figure: Figure, told: Collection[str]) -> bool:
    """Whether a part has a figure of the same kind that is not among those told with it."""
    return any(value not in told and _kind(unit) == _kind(figure[1]) for value, unit in one.figures)


def _kind(unit: str) -> str:
    return "count" if unit in _COUNTED_UNITS else unit


_OTHERS = re.compile(r"\b(?:all )?others?\b|나머지|그 ?밖의|그 외", re.IGNORECASE)


_IN_TURN = re.compile(
    r"[은한된] (?:뒤|후|다음)|이어|그 뒤|\bthen\b|\bafter\b|\blater\b|\bfollowed\b|\bbefore\b", re.IGNORECASE
)


def _parted(part: Part, source: Sequence[Part]) -> str:
    """One of two figures of a clause that the source has in different clauses, each there with another figure of the same kind."""
    told_in_turn = _IN_TURN.search(part.text) is not None
    for one in part.figures:
        for other in part.figures - {one}:
            if told_in_turn and one[1] == other[1] == DATE:
                continue
            with_one = [p for p in source if states(p, one)]
            with_other = [p for p in source if states(p, other)]
            if not with_one or not with_other or any(p in with_other for p in with_one):
                continue
            others = any(_OTHERS.search(p.text) for p in with_other)
            if others or all(_rivals(p, other, {value for value, _ in part.figures}) for p in with_one):
                return other[0]
    return ""


def misplaced_cell(claim: str, quotes: str, holds: Holds, names: Callable[[str], set[Any]]) -> str:
    """A name told with what stands in the same row of a table, but in the column of another name."""
    cells = [part for part in parts(quotes) if part.row >= 0]
    for part in parts(claim):
        named = names(part.text)
        words = content(part.text)
        if len(named) != 1:
            continue
        for row in {cell.row for cell in cells}:
            own = [cell for cell in cells if cell.row == row and names(cell.text) & named]
            others = [cell for cell in cells if cell.row == row and not names(cell.text) & named and names(cell.text)]
            if not own or not others:
                continue
            best = max(sum(holds(word, cell.text) for word in words) for cell in own)
            if max(sum(holds(word, cell.text) for word in words) for cell in others) > best + 1:
                return part.text
    return ""


_COMPARES = re.compile(
    r"보다|먼저|앞서|나중|이어서|\bthan\b|\bbefore\b|\bafter\b|\bearlier\b|\blater\b|\bunlike\b|\bwhereas\b",
    re.IGNORECASE,
)


def mixed_rows(claim: str, quotes: str, holds: Holds, names: Callable[[str], set[Any]]) -> str:
    """A name of one row of a table told with the words of another row."""
    rows = [
        line
        for line in quotes.split("\n")
        if " | " in line and not is_header([cell.strip() for cell in line.split(" | ")])
    ]
    if len(rows) < 2:
        return ""
    for part in statements(claim):
        named, words = names(part.text), content(part.text)
        held = [named & names(row) for row in rows]
        # Names that no row has together, though each is in one; what is compared need not stand together.
        if (
            len(named) > 1
            and not _COMPARES.search(part.text)
            and len(part.figures) < 2
            and set().union(*held) == named
            and named not in held
        ):
            return part.text
        if len(named) != 1:
            continue
        own = [row for row, there in zip(rows, held, strict=True) if there]
        others = [row for row, there in zip(rows, held, strict=True) if not there]
        foreign = [word for word in words if own and not any(holds(word, row) for row in own)]
        if any(sum(holds(word, row) for word in foreign) > 1 for row in others):
            return part.text
    return ""


_COUNTED = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s((?:[A-Za-z-]+\s?){1,3})")


def _counted(text: str) -> list[tuple[str, frozenset[str]]]:
    return [
        (m[1].replace(",", ""), frozenset(t.form for t in content_tokens(_until_function_word(m[2]))))
        for m in _COUNTED.finditer(text)
    ]


_FUNCTION = re.compile(
    r"\b(?:of|in|to|by|for|from|at|on|with|and|or|met|are|is|was|were|per|a|the|as|have|has|had|will|can|may)\b.*",
    re.IGNORECASE,
)


def _until_function_word(text: str) -> str:
    return _FUNCTION.sub("", text)


def miscounted(claim: str, quotes: str, holds: Holds) -> str:
    """A number whose things the source counts with another number, while this number counts other things there; in English."""
    said = _counted(quotes)
    for number, things in _counted(claim):
        same_number = [there for n, there in said if n == number]
        same_things = [n for n, there in said if things and things & there]
        if things and same_number and same_things and number not in same_things:
            return f"{number} {' '.join(sorted(things))}"
    return ""


# --- Bounds ---


def negatable(text: str) -> str:
    """``text`` with bounds that are worded as denials said plainly, so that they are not taken for denials."""
    for pattern, plain in _BOUNDS:
        text = pattern.sub(plain, text)
    return text


_BOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (
            r"\bas (?:long|much|many|high) as(?= \d| [A-Z]{3}| (?:two|three|four|five|six|seven|eight|nine|ten))",
            "up to",
        ),
        (r"\b(?:no|not) (?:more|longer|older|later|higher|larger) than\b", "at most"),
        (r"\b(?:no|not) (?:less|fewer|lower|earlier|younger|smaller) than\b", "at least"),
        (r"\b(?:older|longer|later|higher|larger) than\b", "more than"),
        (r"\b(?:younger|shorter|lower|smaller) than\b", "less than"),
        (r"\bnot (?:yet )?the same(?: as)?\b|같지 않", " different from 다르 "),
        (r"\bwithout (?=VAT|tax)", "excluding "),
        (r"\bnot (?:only|just|merely)\b", "also beside"),
        (r"\bnot (?=(?:\w+ ){1,2}(?:until|before)\b)", "later "),
        (r"에? ?(?:못 ?미치|미치지[는도]? 못하)", " 뒤지"),
        (r"\bnot (?:yet )?(?:been )?(?:level|on a par|equal|even) with\b", "behind"),
        (r"\bnot (?:\w+ )?(?:to )?(?:give up|abandon|drop)\b", "continue"),
        (r"\b(?:cannot|can not|not) easily\b|\bnot (?:an )?easy\b", "hard difficult"),
        (r"(?:추후|나중에|따로|별도로) (?:알[리려립림]|공지|안내|통보|정[하해함])", "미정 알리"),
        (
            r"\b(?:to be|will be) (?:announced|confirmed|decided|fixed|set) (?:later|separately|in due course)\b",
            "undecided announced",
        ),
        (r"[을를] (?:빼고|뺀)", " 제외"),
        (r"[을를] (?:넘을|초과할) 수 없", " 이내"),
        (r"\b(?:cannot|can not|may not|must not|should not) exceed\b", "at most"),
        (r"쉽지 않|쉽게 [가-힣]+ 수 없", " 어렵"),
        (r"\b(?:nobody|no one|none) pays\b", "free"),
        (r"뿐(?:만)? 아니라|만이 아니라|[이가] 아니라도|[이가] 아니어도", " 그리고 "),
        (r"없어[졌지진]|사라[졌지진]", "폐지되"),
        (r"늦지 않(?:게|도록)", "제때"),
        (r"\bevery 3 months\b|\bevery three months\b|석 달마다|3개월마다|석 달에 한", "분기마다 quarterly"),
        (r"(?:정해진 )?(?:마감|기한)[이은]? ?없(?:이|는|다|습니다|음)", "상시 계속"),
        (
            r"\b(?:has|have|had|with|there is) no (?:fixed )?deadlines?\b|\bwithout (?:a |any )?(?:fixed )?deadlines?\b",
            "ongoing continuing",
        ),
        (r"(?:바뀌|변하|변경되|달라지)지 않", "그대로 같"),
        (r"\b(?:is|are|was|were|has|have)? ?not (?:been )?changed?\b", "unchanged same"),
        (r"\b(?:do|does|did) not include\b|\bnot includ(?:ed|ing)\b", "exclude"),
        (r"포함하지 않|포함되지 않|포함 안|들어 있지 않", "제외"),
        (r"\bnot (?:to )?exceed\b|\bnot be (?:longer|more) than\b", "at most"),
        (r"[을를] 넘지 않|[을를] 넘(?:기|으)면 안 ?(?:됩|되|돼)", " 이내"),
        (r"\bdoes not have to\b|\bdo not (?:have|need) to\b|\bneed not\b", "not required"),
        (r"\b([\w-]+) and ([\w-]+) ministries\b", r"\1 ministry and \2 ministry"),
        (r"\b(foreign) ministry\b|\bministry of foreign affairs\b", "MOFA"),
        (r"\b(finance) ministry\b", "MOEF"),
        (r"\b(?:land|transport|construction) ministry\b", "MOLIT"),
        (r"\b(?:trade|industry) ministry\b", "MOTIE"),
        (r"\bscience ministry\b", "MSIT"),
    )
)
