"""The clauses of a text and the cells of its tables, each with the figures in it: what a figure or a name belongs to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.amounts import Unit, find_amounts
from assistant.text.dates import find_dates
from evals.wording import content_tokens

Figure = tuple[str, str]
"""A value and what it counts; a day is a date in ISO form."""
DATE = "date"
_CELL = " | "
_SEGMENT = re.compile(
    r"[;\n)]|\((?![’'‘]?\d)|:\s|(?<=[.!?])\s(?=[A-Z가-힣“])|,\s|\s[·/]\s|(?<=[가-힣0-9%])(?:과|와)\s"
    r"|(?<=[가-힣])(?:고|며|나|지만|하여|해서|는데|은데|니)(?:,\s|\s)|,?\s(?:and|but|while|whereas|or|because|so that)\s"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# What stands above a column and never in a row.
_COLUMN_HEAD = re.compile(
    r"쓰임|담당|기한|비고|일시|내용|규모|금액|방식|때|곳|자리|장소|시기|위치|주관|예시|결과|Owners?|Due|When|Where|Content|Terms?|Notes?|Deadline|Place|Figures?|Share",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"구분|항목|기준|비교|사업|과제|회의|나라|순서|시간|때|구역청|솔루션|방향|회차|지역|단계|유형|구성|내용|기관|센터|도시|서비스|분야|국가"
    r"|Item|Criterion|Condition|Point|No\.|Project|Zone|Meeting|Province|Country|Centers?|City|Date|Time|Step|Service|Body|Task|Event",
    re.IGNORECASE,
)


_MONTH_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
_DAY = re.compile(
    rf"(?:20\d\d[.년]\s?)?\d{{1,2}}(?:\.|월)\s?\d{{1,2}}[.일]|(?:\w+day,? )?(?:{'|'.join(_MONTH_NAMES)}) \d{{1,2}}\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)")
# Cells that say that there is nothing to say.
_EMPTY = re.compile(r"none\b.*|n/a|not (?:stated|named)|-|해당 없음|자료에 .*없음", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?<=[.!?])\s+(?=[A-Z가-힣“(])|[;\n]|(?<=[가-힣])(?:며|지만|으나|는데|은데|나)(?:,\s|\s)|(?<=[가-힣])고(?:,\s)|,\s(?:and|but|while|whereas)\s|\s(?:but|while|whereas)\s"
    r"|(?<=[가능불가함음됨임님])(?:,\s|\s?\()"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or a cell with its labels. ``row``: the same for the cells of one row, -1 outside tables. ``cell``: without labels."""

    text: str
    figures: frozenset[Figure]
    row: int = -1
    cell: str = ""


_BULLET = re.compile(r"^\s*(?:[□ㅇ○◦•*※-]|\d{1,2}\.)\s+")
_MONTH = re.compile(
    rf"(?<!\d)(1[0-2]|[1-9])월(?!\s?\d{{1,2}}\s?일)|(?<=in |by |to )({'|'.join(_MONTH_NAMES)})\b(?!,? \d)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\S*\d\S*")
_MAX_HEAD_WORDS = 8
_BOUND_WORDS = frozenset(
    """
    least most more less up over under until 이상 이하 이내 최대 최소 미만 개 곳 번 차례 회 건 명 1년 1회 1번
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """The content words of a text besides numbers, amounts, dates and what only counts or bounds them."""
    spans = [(found.start, found.end) for found in (*find_dates(text), *find_amounts(text))]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return frozenset(token.form for token in content_tokens(text) if len(token.form) > 1) - _BOUND_WORDS


@lru_cache(maxsize=2048)
def figures(text: str) -> frozenset[Figure]:
    """Dates, amounts with their units and bare numbers of a text."""
    plain = _THOUSANDS.sub("", text)
    found: set[Figure] = set()
    taken: list[tuple[int, int]] = []
    for mention in find_dates(plain):
        if mention.period is not None:
            taken.append((mention.start, mention.end))
            found |= {(day.isoformat(), DATE) for day in (mention.period.start, mention.period.end)}
    # A month without its year goes with the year before it.
    years = [(mention.start, mention.period.start.year) for mention in find_dates(plain) if mention.period]
    for match in _MONTH.finditer(plain):
        before = [year for start, year in years if start < match.start()]
        if before and not _inside(match.start(), match.end(), taken):
            taken.append((match.start(), match.end()))
            month = int(match[1]) if match[1] else _MONTH_NAMES.index(match[2].casefold()) + 1
            found |= {(f"{before[-1]}-{month:02}-{day:02}", DATE) for day in (1, monthrange(before[-1], month)[1])}
    for amount in find_amounts(plain):
        if not _inside(amount.start, amount.end, taken):
            taken.append((amount.start, amount.end))
            found |= {(str(value.normalize()), amount.unit.value) for value in (amount.lower, amount.upper)}
    for match in _DIGITS.finditer(plain):
        if not _inside(match.start(), match.end(), taken):
            found.add((match.group().lstrip("0"), Unit.PLAIN.value))
    return frozenset(found)


@lru_cache(maxsize=2048)
def parts(text: str) -> tuple[Part, ...]:
    """The clauses of a text. A cell is a part of its own, with the label of its row and, if the header is there, of its column."""
    lines = text.split("\n")
    rows = [_split(line) for line in lines]
    headers = [row for row in rows if is_header(row)]
    found: list[Part] = []
    for number, row in enumerate(rows):
        if row in headers and len(rows) > 1:
            continue
        header = next((head for head in headers if len(head) == len(row)), None)
        for text_of_cell in _cells(row, header):
            found.extend(
                Part(piece, figures(piece), number if len(row) > 2 else -1) for piece in _with_labels(*text_of_cell)
            )
    return tuple(found)


def is_header(row: list[str]) -> bool:
    """Whether the cells of a row are headings: the first is empty or a word for what rows are, and none has a figure.

    Days as headings over more than one column are headings too.
    """
    if len(row) > 2 and sum(_COLUMN_HEAD.fullmatch(cell) is not None for cell in row[1:]) > len(row[1:]) / 2:
        return True
    if len(row) < 2 or not (not row[0] or _HEADS.match(row[0])):
        return False
    days = len(row) > 2 and not figures(row[0]) and all(_DAY.match(cell) for cell in row[1:])
    return days or not any(figures(cell) for cell in row)


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in f" {line} ".split(_CELL)]


def _cells(row: list[str], header: list[str] | None) -> Iterable[tuple[list[str], str, bool]]:
    """Labels, text, and whether the labels belong to every clause, for each cell that says something."""
    if len(row) == 1:
        head, colon, rest = row[0].partition(": ")
        if colon and len(head.split()) <= _MAX_HEAD_WORDS:
            yield [_BULLET.sub("", head)], rest, True
        else:
            yield [], _BULLET.sub("", row[0]), False
    elif len(row) == 2:
        yield row[:1], row[1], False
    elif header and _is_comparing(header):
        for column, cell in zip(header[1:], row[1:], strict=True):
            yield [row[0], column], cell, True
    else:
        row = [cell for cell in row if not _EMPTY.fullmatch(cell)]
        label = [cell for cell in row if not figures(_BRACKETS.sub(" ", cell))]
        for place, cell in enumerate(row):
            if cell not in label:
                yield [*label, *([header[place]] if header and len(header) == len(row) else [])], cell, True
        if len(label) == len(row):
            yield [], " ".join(row), False


def _is_comparing(header: list[str]) -> bool:
    return (
        bool(re.match(r"구분|항목|기준|비교|Item|Criterion|Condition|Point", header[0], re.IGNORECASE))
        and len(header) > 2
    )


def _with_labels(labels: list[str], text: str, everywhere: bool) -> Iterable[str]:
    before = ""
    for number, piece in enumerate(_clauses(text)):
        named = labels if everywhere or not number else []
        # A clause with nothing but a figure goes on with what the one before it is about.
        carried = [before] if number and before and not content(piece) and figures(piece) else []
        yield " ".join((*carried, *named, piece))
        before = before if carried else _NUMBERS.sub(" ", piece)


def _clauses(text: str) -> list[str]:
    """``text`` cut between clauses, but neither inside a date nor at a mere comma before one."""
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    found, start = [], 0
    for match in _SEGMENT.finditer(text):
        reach = match.end() if match.group().strip() in (",", "") else match.start()
        # In Korean a comma before a date parts clauses; in English it may stand between a weekday and its date.
        after_hangul = match.group().strip() == "," and "가" <= text[match.start() - 1 : match.start()] <= "힣"
        cut_to = match.start() + 1 if after_hangul else reach
        if not any(first <= cut_to and match.start() < last for first, last in dates):
            found.append(text[start : match.start()])
            start = match.end()
    return [piece.strip() for piece in (*found, text[start:]) if piece.strip()]


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


@lru_cache(maxsize=2048)
def statements(text: str) -> tuple[Part, ...]:
    """What a text states, coarser than ``parts``: its sentences, cut where another predicate begins, and the cells of its tables."""
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [_split(line) for line in lines]
    headers = [row for row in rows if is_header(row)]
    found = []
    for number, row in enumerate(rows):
        if len(row) == 1:
            found += [Part(piece, figures(piece)) for piece in map(str.strip, _SENTENCE.split(row[0])) if piece]
            continue
        if row in headers and len(rows) > 1:
            continue
        header = next((head for head in headers if len(head) == len(row)), [""] * len(row))
        for column, cell in zip(header[1:], row[1:], strict=True):
            if not _EMPTY.fullmatch(cell):
                text_of_cell = f"{row[0]} {column} {cell}"
                found.append(Part(text_of_cell, figures(text_of_cell), number, cell))
        if not _is_comparing(header) and len(row) > 2 and any(header):
            found.append(Part(" ".join(row), figures(" ".join(row)), number))
    return tuple(found)
