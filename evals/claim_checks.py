"""What a claim may get wrong while its words and figures all stand in the source: one check each, for the judge by rules.

Every check gets the claim's own words and what it cites, and returns what is wrong, or an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.text.amounts import Unit, find_amounts
from assistant.text.dates import DateMention, find_dates
from assistant.text.morphemes import analyze
from assistant.types import Precision

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
_KOREAN_NUMBER = re.compile(
    rf"(?<![가-힣])({'|'.join(_KOREAN_NUMBERS)})\s?(?=곳|개|번|차례|쪽|회|가지|명|대(?!로)|건|달|배|사람|나라|도시|시간|종)"
)
_YEAR_AS_WORD = re.compile(r"(?<![가-힣])한 해(?![가-힣]*[가-힣]{3})")
_ONE = re.compile(r"\bone\b(?!-to-)|(?<![가-힣])한\s?(?=곳|개|번|차례|쪽|가지|명|건|달)", re.IGNORECASE)


def with_digits(text: str, *, ones: bool) -> str:
    """``text`` with small numbers as digits. ``ones``: also one, which as a word says little and so is not asked of a claim."""
    text = _ENGLISH_NUMBER.sub(lambda match: _ENGLISH_NUMBERS[match[1].casefold()], text)
    text = _KOREAN_NUMBER.sub(lambda match: _KOREAN_NUMBERS[match[1]], text)
    text = _YEAR_AS_WORD.sub("1년", text)
    return _ONE.sub("1", text) if ones else text


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


# --- Figures that stand in the source, but beside something else ---

_SEGMENT = re.compile(
    r"[;\n)]|\((?![’'‘]?\d)|(?<=[.!?])\s(?=[A-Z가-힣“])|,\s|\s[·/]\s|(?<=[가-힣0-9%])(?:과|와)\s|(?<=[가-힣])(?:고|며|나|지만|하여|해서)(?:,\s|\s)|,?\s(?:and|but|while|whereas|or)\s"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
Figure = tuple[str, str]
_DATE = "date"
_BOUND_WORDS = frozenset(
    {"least", "most", "more", "less", "up", "over", "under", "이상", "이하", "이내", "최대", "최소", "미만"}
)
_COUNTERS = frozenset({"개", "곳", "번", "차례", "회", "건", "명", "1년", "1회", "1번"})
# A month given as such begins and ends on these days.
_MONTH_ENDS = ("01", "28", "29", "30", "31")


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    figures: frozenset[Figure]


def _figures(text: str) -> frozenset[Figure]:
    plain = _THOUSANDS.sub("", text)
    found: set[Figure] = set()
    taken: list[tuple[int, int]] = []
    for mention in find_dates(plain):
        if mention.period is not None:
            taken.append((mention.start, mention.end))
            found |= {(day.isoformat(), _DATE) for day in (mention.period.start, mention.period.end)}
    for amount in find_amounts(plain):
        if not _inside(amount.start, amount.end, taken):
            taken.append((amount.start, amount.end))
            found |= {(str(value.normalize()), amount.unit.value) for value in (amount.lower, amount.upper)}
    for match in _DIGITS.finditer(plain):
        if not _inside(match.start(), match.end(), taken):
            found.add((match.group().lstrip("0"), Unit.PLAIN.value))
    return frozenset(found)


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _parts(text: str) -> list[_Part]:
    """The clauses of a text. A table row's first cell belongs to the beginning of the second; of a longer row, all cells without figures
    belong to those with."""
    found = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split(" | ")]
        label = cells[:1] if len(cells) == 2 else [cell for cell in cells if not _figures(cell)]
        for cell in [cell for cell in cells if cell not in label] or [" ".join(cells)]:
            for number, piece in enumerate(_clauses(cell)):
                named = label if len(cells) > 2 or not number else []
                # A clause with nothing but a figure goes on with what the one before it is about.
                before = [found[-1]] if number and found and not _content(piece) else []
                found.append(" ".join((*before, *named, piece)))
    return [_Part(part, _figures(part)) for part in found]


def _content(text: str) -> set[str]:
    """The words of a text besides numbers, dates and what only counts or bounds them."""
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return {t.form for t in analyze(text) if not t.form[0].isdigit() and len(t.form) > 1} - _BOUND_WORDS - _COUNTERS


def _clauses(text: str) -> list[str]:
    """``text`` cut between clauses, but neither inside a date nor at a mere comma before one."""
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    found, start = [], 0
    for match in _SEGMENT.finditer(text):
        reach = match.end() if match.group().strip() in (",", "") else match.start()
        if not any(first <= reach and match.start() < last for first, last in dates):
            found.append(text[start : match.start()])
            start = match.end()
    return [piece.strip() for piece in (*found, text[start:]) if piece.strip()]


def _states(part: _Part, figure: Figure) -> bool:
    """Whether a part has a figure, its unit perhaps worded otherwise; a day counts as its month and year."""
    value, unit = figure
    if figure in part.figures:
        return True
    if unit == _DATE:
        return value[8:] in _MONTH_ENDS and any(u == _DATE and v[:7] == value[:7] for v, u in part.figures)
    return any(value == other and Unit.PLAIN.value in (unit, u) for other, u in part.figures)


def misplaced_figure(claim: str, quotes: str, holds: Holds, names: Callable[[str], set[Any]]) -> str:
    """A figure whose words in the claim, or whose name, stand in the source beside another figure only, and not beside this one.

    Args:
        names: the known names in a text, the same in either language.
    """
    source = _parts(quotes)
    for part in _parts(claim):
        words = _content(part.text)
        named = names(part.text)
        for figure in part.figures:
            beside = [one for one in source if _states(one, figure)]
            # Another figure that the same clause of the claim has may be what the words belong to.
            elsewhere = [one for one in source if one not in beside and one.figures - part.figures]
            if not beside or not elsewhere:
                continue
            there = {word for word in words if any(holds(word, one.text) for one in elsewhere)}
            here = {word for word in words if any(holds(word, one.text) for one in beside)}
            other_name = any(named & names(one.text) for one in elsewhere) and not any(
                named & names(one.text) for one in beside
            )
            if (there - here and not here - there) or (other_name and len(named) == 1):
                return figure[0]
    return ""


# --- Words that change what is said, and must themselves be said ---

_MUST_BE_SAID: tuple[str, ...] = (
    r"보장|보증|guarante\w+",
    r"현재|지금|currently|\bnow\b|at present",
    r"이미|벌써|\balready\b|마련된|마친|마쳤",
    r"단독|혼자|\balone\b|by itself|single-handed",
    r"무료|무상|free of charge|\bfree\b|at no cost",
    r"각각|respectively|\bapiece\b",
    r"전액|전체|전부|모두|모든|누구나|\bwhole\b|\bentire\w*|\ball\b|\bfull\b|\balways\b",
    r"온라인|비대면|화상|전자우편|이메일|online|virtual\w*|webinar|e-?mail|remote",
    r"추첨|제비|by lot\b|lottery|\bdraw\b",
    r"(?<=[가-힣])만(?=\s(?!\d)|이\s|을\s|$)|뿐(?!만)|유일|\bonly\b|\bsolely\b|exclusiv\w+|\bin person\b|\bjust\b|한정|국한",
    r"의무|mandatory|obligat\w+|compulsory",
    r"결과|results?\b|outcome",
    r"발표|공개|announc\w+|publish\w*|released?\b|disclos\w+",
)
_COUNTED_NOUN = re.compile(r"\b\d+ ([a-z]+(?: [a-z]+)?)")
_ONLY_AFTER = re.compile(r"\b(?:only|solely)\s+(?:the\s+|to\s+|for\s+|by\s+)?([A-Za-z-]+)", re.IGNORECASE)
_ONLY_BEFORE = re.compile(r"([가-힣A-Za-z]+)만(?=\s(?!\d)|을\s|이\s)")
_SAID_GROUPS = tuple(re.compile(group, re.IGNORECASE) for group in _MUST_BE_SAID)


def unsaid_word(claim: str, source: str) -> str:
    """A word that promises, limits or generalises, in the claim and in no form in the source."""
    for group in _SAID_GROUPS:
        if (found := group.search(claim)) and not group.search(source):
            return found.group().strip()
    return ""


def others_than_the_only_ones(claim: str, quotes: str) -> str:
    """Whom or what alone the source means, if the claim speaks of others; both in one language."""
    own = {token.form for token in analyze(claim)}
    for pattern in (_ONLY_AFTER, _ONLY_BEFORE):
        for match in pattern.finditer(quotes):
            meant = {token.form for token in analyze(match[1])}
            rest = {token.form for token in analyze(quotes)} - meant
            if meant and not meant & own and len(own & rest) >= len(own) / 2:
                return match[1]
    return ""


# --- Opposites beyond those that the assistant itself knows ---

_OTHER_SIDES: tuple[tuple[str, ...], ...] = (
    (
        r"매일|하루에|daily|a day\b|per day",
        r"매주|주마다|weekly|a week\b",
        r"매월|매달|한 달에|달마다|monthly|a month\b",
        r"분기마다|분기별|분기에|quarterly|each quarter|a quarter\b",
        r"매년|해마다|연간|한 해|1년(?:에|\s?\d)|연 \d|annual\w*|yearly|a year\b|per year|each year",
    ),
    (
        r"기업당|업체당|회사당|기업 한 곳|한 기업|per company|per firm|each company",
        r"사업당|한 사업|건당|과제당|프로젝트당|per project|each project",
        r"컨소시엄당|per consortium|each consortium",
    ),
    (r"전액|전부|whole|entire|full cost|all of the cost", r"일부|part of|partly|some of"),
    (
        r"(?<!not )include[sd]? (?:tax|vat)|(?:taxes|VAT) included|includ\w+ (?:taxes|VAT)|부가가치세 포함|세금 포함",
        r"exclud\w+ (?:tax|vat)|(?:taxes|VAT) excluded|without (?:tax|vat)|plus (?:tax|vat)|net of tax|부가가치세 (?:제외|별도)|세금 별도",
    ),
    (r"비구속성|untied", r"(?<!비)구속성|(?<!un)tied\b"),
    (r"시작|착수|\bbegan\b|\bbegins?\b|\bstart(?:s|ed)?\b", r"마쳤|마친|완료|끝(?:났|낸|냈)|\bfinish\w*|\bcomplet\w*"),
    (r"\bover\b|more than|above|exceed\w*|초과|넘는", r"\bunder\b|less than|below|미만|이하|못 미치"),
    (r"\bin advance\b|선급|착수금|up ?front", r"on delivery|인도 시|납품 시|after acceptance|잔금"),
    (r"마감일부터|마감일로부터|after the deadline|closing date", r"공고일부터|공고일로부터|after the notice"),
)
_SIDES = tuple(tuple(re.compile(side, re.IGNORECASE) for side in group) for group in _OTHER_SIDES)


def uncounted(claim: str, source: str, holds: Holds) -> str:
    """What the claim counts, in English, if the source has no word of it."""
    for match in _COUNTED_NOUN.finditer(claim):
        words = _content(match[1])
        if words and not any(holds(word, source) for word in words):
            return match[0]
    return ""


def other_side(claim: str, source: str) -> str:
    """What the claim says of a pair of opposites of which the source says only another."""
    for sides in _SIDES:
        claimed = [side.search(claim) for side in sides]
        said = [bool(side.search(source)) for side in sides]
        if any(said) and any(claimed) and not any(c and s for c, s in zip(claimed, said, strict=True)):
            return next(found.group() for found in claimed if found)
    return ""


# --- Plans, attempts and changes told as facts ---

_INTENDED = re.compile(
    r"예정|계획|추진|검토|목표|\bplan\w*|\bwill\b|\bwould\b|schedul\w+|\baim\w*|\bintend\w*|\bexpect\w*|\bpropos\w+|\bto be\b|\bpursu\w+"
    r"|\bwas to\b|\bwere to\b|(?:리|꾸)기로|새로 만들",
    re.IGNORECASE,
)
_TOLD_AS_FACT = re.compile(
    r"(?:[가-힣]*[았었였했됐졌렸쳤꼈났갔왔])(?:습니다|다\b|으며|고\b)|고 있(?:습니다|다)|받습니다"
    r"|\b(?:was|were|has been|have been|had)\b|\b(?:opened|launched|started|held|exported|built)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"늘[었어려리렸]|줄[었어여이]|높[였여이]|낮[췄춰추]|인상|인하|증액|감액|우대"
    r"|increas\w+|reduc\w+|\brais\w+|lower\w*|\bcut\b|better by|\boff\b|discount",
    re.IGNORECASE,
)


def intended(claim: str, quotes: str) -> str:
    """Something that the source only plans or tries, told as done; looked for in the clauses that say most of the claim."""
    if _INTENDED.search(claim) or not _TOLD_AS_FACT.search(claim):
        return ""
    wanted, figures = {token.form for token in analyze(claim)}, _figures(claim)
    whole = _parts(quotes)
    stating = [part for part in whole if any(_states(part, figure) for figure in figures)]
    parts = [part.text for part in stating or whole]
    shares = [len(wanted & {token.form for token in analyze(part)}) for part in parts]
    best = max(shares, default=0)
    bearing = [part for part, share in zip(parts, shares, strict=True) if share == best]
    found = [_INTENDED.search(part) for part in bearing]
    return found[0].group() if best and found and all(found) and found[0] else ""


def other_change(claim: str, quotes: str) -> str:
    """A figure by which something changes told as its amount, or the other way round."""
    own = _figures(claim)
    near = [part.text for part in _parts(quotes) if own & part.figures]
    if not own or not near:
        return ""
    claimed = _CHANGE.search(claim)
    said = [_CHANGE.search(part) for part in near]
    if claimed and not _CHANGE.search(quotes):
        return claimed.group()
    if not claimed and all(said) and said[0]:
        return said[0].group()
    return ""


# --- Things added to a list ---

_ITEMS = re.compile(
    r"([가-힣][가-힣A-Za-z0-9-]+)(?:와|과| 및|,|·)\s?([가-힣A-Za-z0-9-]{2,})|\b([A-Z][\w-]+)(?:,| and|, and)\s([A-Z][\w-]+)"
)


def added_item(claim: str, source: str, holds: Holds) -> str:
    """One of the things that the claim lists, if the source says none of its words."""
    for match in _ITEMS.finditer(claim):
        for item in filter(None, match.groups()):
            words = {t.form for t in analyze(item) if not t.form[0].isdigit() and len(t.form) > 1}
            if words and not any(holds(word, source) for word in words):
                return item
    return ""


def negatable(text: str) -> str:
    """``text`` with bounds that are worded as denials said plainly, so that they are not taken for denials."""
    for pattern, plain in _BOUNDS:
        text = pattern.sub(plain, text)
    return text


_BOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"\b(?:no|not) (?:more|longer|older|later|higher|larger) than\b", "at most"),
        (r"\b(?:no|not) (?:less|fewer|lower|earlier|younger|smaller) than\b", "at least"),
        (r"\b(?:older|longer|later|higher|larger) than\b", "more than"),
        (r"\b(?:younger|shorter|lower|smaller) than\b", "less than"),
        (r"\bwithout (?=VAT|tax)", "excluding "),
        (r"뿐(?:만)? 아니라|만이 아니라", " 그리고 "),
        (r"정해진 마감 없이|마감이 없는|마감 없이", "상시"),
    )
)


def any_of(words: Iterable[str]) -> str:
    """The first that is not empty."""
    return next((word for word in words if word), "")
