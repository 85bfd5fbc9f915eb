"""Faults that extraction leaves in text, put right before the text is stored.

Pure functions. Those that change a line's length move its boxes along, so that what is stored, searched and quoted is one
text and still points at the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.types import Box, Line, LineKind

_LEADS = "\u1100-\u1112"
_TAILS = "\u11a8-\u11c2"
# The vowel ᆞ is no longer written; old spellings such as ᄒᆞᆫ글 stand for the vowel ㅏ. Alone it is used as a middle dot.
_OLD_A = re.compile(f"(?<=[{_LEADS}])\u119e(?=[{_TAILS}]|[^\u1160-\u11a7]|$)")
# Hancom's private characters that carry meaning: numbers in boxes, title brackets. (Others are in ``normalize_text``.)
_PRIVATE = {0xF02B0 + number: str(number) for number in range(1, 11)} | {0xF0854: "『", 0xF0855: "』"}

UNIT = (
    r"(?:년|월|일|억|조|만|천|개|회|명|%)"
    r"(?=$|[^가-힣]|[년월일억만천원간도차개여분말초중내씩사국소]|까지|부터|이상|이하|이내|이며|이고|에|의|은|는|을|를|과|와|로)"
)
"""What may follow a number without a blank: a unit, with its ending or its particle."""
_UNIT_GAP = re.compile(rf"(?<=\d) (?={UNIT})")
_YEAR_MARK_GAP = re.compile(r"(?<=[‘’'])\s(?=\d{2}(?:년|\.|\s?[~∼-]))")
_BROKEN_WORD = re.compile(r"\b([A-Za-z]+)- ([a-z]{2,})\b")
_BROKEN_END = re.compile(r"(?:^|(?<=[\s(\"'“‘]))[A-Za-z]+(?:-[A-Za-z]+)*-$")
_NEXT_WORD = re.compile(r"[a-z]{2,}")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
# "short- and long-term": the hyphen stands for the rest of the second word.
_CONJUNCTIONS = frozenset(["and", "or", "to", "nor", "versus", "but"])
# First halves that are words of their own and keep their hyphen.
_COMPOUNDING = frozenset(
    """
    all best co cross end ex fast first five follow four full half high in inter joint large left long
    low lower medium mid multi new non off on one open out over policy post pre private public real
    right second self semi short single small so start state third three top two up upper well world
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)

Edit = tuple[int, int, str]
"""Characters ``start:end`` and what stands there instead."""


def repair_characters(text: str) -> str:
    """Old spellings and Hancom's private characters as ordinary text; to be called before normalisation."""
    return _OLD_A.sub("\u1161", text).translate(_PRIVATE)


def repair_line(line: Line, *, words: frozenset[str] = frozenset()) -> Line:
    """Take out the blanks that a change of font leaves inside ``‘20년`` and ``560억원``, and mend ``sup- port``.

    Args:
        line: the line; its boxes follow their characters.
        words: the words of the whole document in small letters, to tell ``support`` from ``long-term``.
    """
    edits: list[Edit] = [(match.start(), match.end(), "") for match in _UNIT_GAP.finditer(line.text)]
    edits.extend((match.start(), match.end(), "") for match in _YEAR_MARK_GAP.finditer(line.text))
    for match in _BROKEN_WORD.finditer(line.text):
        head, tail = match.groups()
        if tail not in _CONJUNCTIONS:
            hyphen = "-" if _keeps_hyphen(head, tail, words) else ""
            edits.append((match.end(1), match.start(2), hyphen))
    return edited(line, edits)


def join_broken_words(lines: Sequence[Line], *, words: frozenset[str] = frozenset()) -> list[Line]:
    """Mend English words that a hyphen breaks at the end of a physical line; the rest of the word moves up.

    Only neighbouring ``TEXT`` lines are touched. No character is lost but the hyphen, and boxes follow their characters.
    """
    result = list(lines)
    for index in range(len(result) - 1):
        line, following = result[index], result[index + 1]
        if line.kind is not LineKind.TEXT or following.kind is not LineKind.TEXT or not line.text.endswith("-"):
            continue
        broken, rest = _BROKEN_END.search(line.text), _NEXT_WORD.match(following.text)
        if broken is None or rest is None or rest[0] in _CONJUNCTIONS:
            continue
        hyphen = "-" if _keeps_hyphen(broken[0][:-1], rest[0], words) else ""
        # What clings to the word (a comma, a closing bracket) goes with it.
        end = following.text.find(" ")
        end = len(following.text) if end < 0 else end
        head = edited(line, [(len(line.text) - 1, len(line.text), hyphen)])
        moved = tuple(box.shifted(len(head.text)) for box in following.boxes if box.end <= end)
        result[index] = replace(head, text=head.text + following.text[:end], boxes=(*head.boxes, *moved))
        start = min(end + 1, len(following.text))
        kept = tuple(box.shifted(-start) for box in following.boxes if box.start >= start)
        result[index + 1] = replace(following, text=following.text[start:], boxes=kept)
    return result


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """The English words of a document in small letters, compounds with their hyphen; broken ends do not count."""
    return frozenset(match.lower() for line in lines for match in _WORD.findall(line.text))


def edited(line: Line, edits: Sequence[Edit]) -> Line:
    """The line with edits applied; they must not overlap. A box whose characters all go, goes too."""
    if not edits:
        return line
    ordered = sorted(edits)
    text, boxes, position = "", list(line.boxes), 0
    for start, end, new in ordered:
        text += line.text[position:start] + new
        position = end
    text += line.text[position:]
    moved = [(_moved(box.start, ordered), _moved(box.end, ordered), box) for box in boxes]
    kept = tuple(Box(start, end, box.left, box.top, box.right, box.bottom) for start, end, box in moved if end > start)
    return replace(line, text=text, boxes=kept)


def _moved(offset: int, edits: Sequence[Edit]) -> int:
    shift = 0
    for start, end, new in edits:
        if offset >= end:
            shift += len(new) - (end - start)
        elif offset > start:
            return start + shift + min(len(new), offset - start)
    return offset + shift


def _keeps_hyphen(head: str, tail: str, words: frozenset[str]) -> bool:
    """Whether two halves are a compound rather than one word; the document's own spelling decides where it can."""
    if (head + tail).lower() in words:
        return False
    if f"{head}-{tail}".lower() in words or "-" in head:
        return True
    return head.lower() in _COMPOUNDING or head[-1:].isupper()
