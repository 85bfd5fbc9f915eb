"""Which cell of a table a claim tells: what it says of a row must stand in that row.

A heading of a list with the lines under it is read as a row too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.claim_checks import Holds, states
from evals.clauses import DATE, Part, content, figures, is_header, statements
from evals.datasets import bare_text

_CELL = " | "
_THINGS = re.compile(
    r"(?:사업|과제|회의|나라|국가|지역|도시|기관|센터|시스템|서비스|솔루션|기업|구역청?|단계|유형|대상)(?:명|별)?$"
    r"|(?:Project|Zone|Meeting|Province|Country|Center|City|Step|Service|Body|Task|Event|Company|System|Type|Who)s?$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d\s?(?:[%조억만원]|million|billion|개|곳)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ITEM, _UNDER = re.compile(r"^\s*(?:[□■◇ㅇ○◦]|\d{1,2}[.)])\s+"), re.compile(r"^\s*[-–·*※]\s+")
# Words by which a claim speaks of more rows than those that it names.
_SEVERAL = re.compile(
    r"보다|나머지|다른|모두|각각|\bthan\b|\bother|\bboth\b|\ball\b|\beach\b|\bexcept\b", re.IGNORECASE
)
# So many of the words of another row's cell, and at least two, tell that cell.
_MIN_TOLD, _MIN_WORDS = 0.6, 2
_MIN_CELL_CHARS = 4
_HOLDERS = re.compile(
    r"기관|부처|나라|국가|도시|기업|회사|Bod(?:y|ies)|Countr(?:y|ies)|Cit(?:y|ies)|Compan(?:y|ies)", re.IGNORECASE
)
# A cell with so many things is a list of them.
_MIN_ITEMS, _MIN_ITEM_CHARS = 2, 4
_ITEMS = re.compile(r",\s|·")
# A label is meant without all of its words if so many, and such a share, of them are said.
_MIN_LABEL_WORDS, _MOST = 3, 0.6
# A line of a list that begins with what it is about; a short label names a property of one thing they are all about.
_LABELLED = re.compile(r"^\s*(?:[-–•·□ㅇ○◦]\s+|\d{1,2}[.)]\s+)(?P<label>[^:()|]{2,80}): (?P<said>\S.{3,})$")


# What a statement is about: the words before the first particle of a topic, or before the verb.
_TOPIC = re.compile(
    r"(.{2,60}?)(?:[은는이가]\s|\s(?:is|are|was|were|will|can|must|may|has|have|takes?|holds?|meets?)\s)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, and its other cells."""

    label: str
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that the row says."""
        return " ".join((self.label, *self.cells))


def table_rows(claim: str, quotes: Sequence[str]) -> list[Row]:
    """The rows of the tables among the quotations, headers aside, and headings of lists with what stands under them.

    Rows of a table of two columns tell several things of one matter, unless there is a header over things of a kind, or the claim
    begins with what one of them is about.
    """
    found: list[Row] = []
    item, under = "", []
    lines = [line for quote in quotes for line in quote.split("\n")]
    tables = [[cell.strip() for cell in f" {line} ".split(_CELL)] for line in lines if _CELL in line]
    start = bare_text(claim)
    headed = any(_names_things(row) or (len(row[0]) > 2 and start.startswith(bare_text(row[0]))) for row in tables)
    headed = headed or any(len(row) == 2 and is_header(row) and _HOLDERS.fullmatch(row[1]) for row in tables)
    firsts = [row[0] for row in tables]
    labelled = [match for line in lines if _CELL not in line and (match := _LABELLED.match(line))]
    for line in lines:
        if _CELL in line:
            cells = [cell.strip() for cell in f" {line} ".split(_CELL)]
            if not is_header(cells) and not _names_things(cells) and (len(cells) > 2 or headed):
                # Where several rows begin alike, what they are about takes two cells.
                width = 2 if len(cells) > 2 and firsts.count(cells[0]) > 1 else 1
                found.append(Row(" ".join(cells[:width]), tuple(cells[width:])))
        elif (
            len(labelled) > 1
            and all(len(m["label"].split()) >= _MIN_LABEL_WORDS for m in labelled)
            and (match := _LABELLED.match(line))
        ):
            found.append(Row(match["label"], (match["said"],)))
        elif _UNDER.match(line) and item:
            under.append(_UNDER.sub("", line))
        elif _ITEM.match(line):
            if item:
                found.append(Row(item, tuple(under)))
            item, under = _ITEM.sub("", line), []
    listed = [*found, *([Row(item, tuple(under))] if item else [])]
    # Headings with nothing under them are a list only where another one has something.
    return listed if len(listed) > 1 and any(row.cells for row in listed) else []


def _names_things(row: Sequence[str]) -> bool:
    """Whether a row is a header over things of one kind, such as projects or bodies."""
    return _THINGS.match(row[0]) is not None and not any(_AMOUNT.search(cell) for cell in row[1:])


def cell_of_another_row(
    claim: str,
    quotes: Sequence[str],
    holds: Holds,
    names: Callable[[str], set[Any]],
    nearest: Callable[[str, Sequence[str]], int | None] | None = None,
) -> str:
    """A cell that the claim tells of a row that it does not stand in, or an empty text.

    Args:
        nearest: which of several labels means the same as a text, where no words of either are the other's; across the languages.
    """
    rows = table_rows(claim, quotes)
    if len(rows) < 2:
        return ""
    outside = "\n".join(line for quote in quotes for line in quote.split("\n") if _CELL not in line)
    carried: list[Row] = []
    for part in statements(claim):
        own = _told_of(part.text, rows, holds, names)
        if not own and nearest and (topic := _TOPIC.match(part.text)):
            place = nearest(topic[1], [row.label for row in rows])
            own = [] if place is None else [rows[place]]
        own = own or carried
        carried = own
        if not own or _SEVERAL.search(part.text):
            continue
        known = "\n".join((outside if any(_CELL in q for q in quotes) else "", *(row.text for row in own)))
        known_part = Part(known, figures(known))
        for row in rows:
            if row in own:
                continue
            for cell in row.cells:
                if _tells(part, cell, known_part, holds) or _tells_item(part.text, cell, known):
                    return f"{own[0].label}: {cell}"
    return ""


def _tells_item(text: str, cell: str, known: str) -> bool:
    """Whether a statement names a thing of another row's list that what is known of its own row does not name."""
    items = [bare_text(_BRACKETS.sub("", item)) for item in _ITEMS.split(cell)]
    told = [item for item in items if len(item) >= _MIN_ITEM_CHARS and item in bare_text(text)]
    return len(items) >= _MIN_ITEMS and any(item not in bare_text(known) for item in told)


def _tells(part: Part, cell: str, known: Part, holds: Holds) -> bool:
    """Whether a statement tells a cell that what is known of its subject does not have."""
    bare = bare_text(cell.rsplit(": ", 1)[-1])
    if len(bare) >= _MIN_CELL_CHARS and bare in bare_text(part.text) and bare not in bare_text(known.text):
        return True
    own = figures(cell)
    measured = {figure for figure in own if figure in part.figures and not states(known, figure)}
    # Two periods may begin on the same day.
    days = {figure for figure in own if figure[1] == DATE}
    if measured - days or (measured and days <= part.figures):
        return True
    words = [word for word in content(cell) if not holds(word, known.text)]
    told = [word for word in words if holds(word, part.text)]
    return len(told) >= _MIN_WORDS and len(told) >= _MIN_TOLD * len(words)


def _told_of(text: str, rows: Sequence[Row], holds: Holds, names: Callable[[str], set[Any]]) -> list[Row]:
    """The rows whose labels a statement names: in their own letters, by a name of the termbase, or word by word."""
    solid = bare_text(text)
    exact = [row for row in rows if any(name in solid for name in _spellings(row.label))]
    if exact:
        # A label inside a longer one that is there too is not meant.
        longest = [
            row
            for row in exact
            if not any(bare_text(row.label) in bare_text(o.label) and o.label != row.label for o in exact)
        ]
        return longest
    named = names(text)
    by_name = [row for row in rows if names(row.label) and names(row.label) <= named]
    if by_name:
        return by_name
    common = frozenset.intersection(*(content(row.label) for row in rows))
    found = []
    for row in rows:
        words = content(row.label) - common
        if words and all(holds(word, text) for word in words):
            found.append(row)
    return found or _mostly_named(text, rows, holds)


def _mostly_named(text: str, rows: Sequence[Row], holds: Holds) -> list[Row]:
    """The one row of whose long label most words are said, and of no other nearly as many."""
    held = [[bool(row.cells) and holds(word, text) for word in content(row.label)] for row in rows]
    ranked = sorted(range(len(rows)), key=lambda place: -sum(held[place]))
    best, next_best = ranked[0], ranked[1]
    clear = sum(held[best]) >= max(_MIN_LABEL_WORDS, sum(held[next_best]) + 2)
    return [rows[best]] if clear and sum(held[best]) >= _MOST * len(held[best]) else []


def _spellings(label: str) -> list[str]:
    inside = [bare_text(found) for found in _BRACKETS.findall(label)]
    return [name for name in (bare_text(label), bare_text(_BRACKETS.sub("", label)), *inside) if len(name) > 1]
