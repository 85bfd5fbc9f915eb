"""From the lines of a loaded file to the outline of a document.

Korean government papers are outlines (Ⅰ. → 1 → (1) → □ → ㅇ → - , with * and ※ notes), mostly without any mark-up; English releases
are short headings over paragraphs. This module drops page furniture, re-joins hard-wrapped lines, and says of every block what
part it plays. The pages' text is made here, once, and every later offset counts its characters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.text.language import detect_language
from assistant.text.morphemes import join_lines
from assistant.types import Block, BlockKind, Box, Line, LineKind, LoadedDocument, Page, RawPage

_MAX_HEADING_CHARS = 60
_MAX_TITLE_CHARS = 120
_CAPTION_LEVEL = 4
_LABEL_LEVEL = 5
# A wrapped line reaches at least this share of the usual line width; a shorter one ended on purpose.
_MIN_WRAPPED_RATIO = 0.72
_MAX_LABEL_WIDTH = 24

_ROMAN = re.compile(r"^[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?[.)]?\s?\S")
_CHAPTER = re.compile(r"^제\s?\d+\s?[장편]")
_ARTICLE = re.compile(r"^제\s?\d+\s?[절조]")
_NUMBERED = re.compile(r"^\d{1,2}(?:\s|[.)]\s)\S")
_KOREAN_LETTER = re.compile(r"^[가나다라마바사아자차카타파하][.)]\s")
_PARENTHESISED = re.compile(r"^\(\d{1,2}\)\s?\S")
_CAPTION = re.compile(r"^(?:[≪《〈<【].{1,50}[≫》〉>】]|‣‣.{1,60})$")
_NOTE = re.compile(r"^(?:\*+\s?\S|※|†|주\s?\d*\))")
_BULLETS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^[□■◆◇◈❏▢⇨➡☞➢]"), 1),
    (re.compile(r"^(?:[ㅇ○◦●◎•]|o\s)"), 2),
    (re.compile(r"^[①-⑳❶-❿]"), 3),
    (re.compile(r"^(?:[▪▸▶‣▷]|[-–—·]\s)"), 3),
)
_SENTENCE_END = re.compile(r"(?:[.!?。][\"'”’)\]]*|니다|세요|까\?)$")
_DUE = r"(?:['‘’]?\d{2}\.?\s?[上下]|\d{4}년?\s?[상하]반기|\d{4}\.?\s?[上下]|계속|상시|연중)\s?[~∼～]?"
_SCHEDULE_ROW = re.compile(rf"^(?P<task>\S.{{2,}}?)\s(?P<due>{_DUE})(?:\s(?P<owner>\S.{{0,30}}))?$")
_COLUMN_WORDS = frozenset(
    ["과제", "기한", "담당", "구분", "내용", "일정", "비고", "분야", "기관", "부서", "항목", "task", "due", "owner"]
)

_BOOKMARK = re.compile(r"\[bookmark:[^\]]{0,200}\]", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^(?:[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?/\s?\d{1,4}|(?:page|쪽)\s?\d{1,4}(?:\s(?:of|/)\s\d{1,4})?|\d{1,4}\s?쪽"
    r"|[•·]?\s?go\s(?:facebook|twitter|blog|youtube|linkedin|instagram|rss)"
    r"|(?:date|sort|views|hit|조회수?|작성일|등록일|첨부파일)\s?:\s?"
    r"|(?:share|print|top|home|목록|인쇄|이전글|다음글|맨\s?위로|본문\s?바로가기|skip to (?:main )?content))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StructuredDocument:
    """Pages whose text is final, and the outline over them in reading order."""

    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class _Draft:
    """A block being gathered from the lines of one page."""

    kind: BlockKind
    level: int
    lines: list[Line] = field(default_factory=list)


class StructureBuilder:
    """Build the outline of a loaded document."""

    def build(self, loaded: LoadedDocument) -> StructuredDocument:
        """Return the final page texts and their blocks; a page without text keeps its number and has no block."""
        found = self._built(loaded, _running_lines(loaded.pages))
        # Pages that all say the same are no paper of nothing but headers.
        return found if found.blocks else self._built(loaded, None)

    @staticmethod
    def _built(loaded: LoadedDocument, running: frozenset[str] | None) -> StructuredDocument:
        """The outline without furniture: ``running`` lines, page numbers, buttons; with all of it if ``None``."""
        pages: list[Page] = []
        blocks: list[Block] = []
        for raw in loaded.pages:
            lines = [_without_bookmark(line) for line in raw.lines]
            if running is not None:
                lines = [line for line in lines if not _is_furniture(line, running)]
            lines = _with_title(lines, first_page=not pages)
            page, page_blocks = _assemble(raw, _gather(lines))
            pages.append(page)
            blocks.extend(page_blocks)
        return StructuredDocument(tuple(pages), tuple(blocks))


def _running_lines(pages: Sequence[RawPage]) -> frozenset[str]:
    """Headers and footers: lines among the first or last two that stand on most of at least three pages, digits aside."""
    if len(pages) < 3:
        return frozenset()
    counts: Counter[str] = Counter()
    for page in pages:
        texts = [line.text for line in page.lines if line.text]
        counts.update({_masked(text) for text in (*texts[:2], *texts[-2:]) if len(text) <= 120})
    return frozenset(text for text, count in counts.items() if count >= max(3, len(pages) * 0.6))


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _without_bookmark(line: Line) -> Line:
    if "[bookmark:" not in line.text:
        return line
    return Line(_BOOKMARK.sub("", line.text).strip(), line.kind, line.level)


def _is_furniture(line: Line, running: frozenset[str]) -> bool:
    return bool(_FURNITURE.match(line.text)) or _masked(line.text) in running


def _with_title(lines: list[Line], *, first_page: bool) -> list[Line]:
    """Mark the title: the line that a breadcrumb ("All news | Title") repeats, else a short first line."""
    last_places = {line.text: position for position, line in enumerate(lines)}
    for position, line in enumerate(lines):
        last_crumb = line.text.rsplit("|", 1)[-1].strip() if line.kind is LineKind.TEXT and "|" in line.text else ""
        if last_crumb and last_places.get(last_crumb, 0) > position:
            repeated = next(n for n in range(position + 1, len(lines)) if lines[n].text == last_crumb)
            title = Line(last_crumb, LineKind.HEADING, 1, lines[repeated].boxes)
            return [title, *(kept for n, kept in enumerate(lines) if n not in (position, repeated))]
    first = next((n for n, line in enumerate(lines) if line.text), None)
    if first_page and first is not None and lines[first].kind is LineKind.TEXT:
        text = lines[first].text
        if (
            len(text) <= _MAX_TITLE_CHARS and _classify(text) is None and not text.endswith((".", "?", ",", "다"))
        ) or text.endswith(".."):
            return [*lines[:first], Line(text, LineKind.HEADING, 1, lines[first].boxes), *lines[first + 1 :]]
    return lines


def _width(text: str) -> int:
    """Columns on a fixed-width screen: Hangul and other wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a page of physical lines is set."""

    full_width: int
    double_spaced: bool


def _layout(lines: Sequence[Line]) -> _Layout:
    texts = [line for line in lines if line.kind is LineKind.TEXT]
    widths = sorted(_width(line.text) for line in texts if line.text)
    if not widths:
        return _Layout(0, False)
    filled = len(widths)
    followed = sum(1 for a, b in itertools.pairwise(texts) if a.text and not b.text)
    full = widths[min(filled - 1, int(filled * 0.85))]
    return _Layout(full, filled > 10 and followed / filled > 0.55 and full <= 110)


def _classify(text: str) -> tuple[BlockKind, int] | None:
    """The block that a line's opening mark begins, or ``None`` for an unmarked line."""
    short = len(text) <= _MAX_HEADING_CHARS and not _SENTENCE_END.search(text)
    if _ROMAN.match(text) or _CHAPTER.match(text):
        return (BlockKind.HEADING, 1) if short else (BlockKind.BULLET, 1)
    if _ARTICLE.match(text):
        return (BlockKind.HEADING, 3) if short else (BlockKind.PARAGRAPH, 0)
    if _CAPTION.match(text):
        return BlockKind.HEADING, _CAPTION_LEVEL
    if _NOTE.match(text):
        return BlockKind.NOTE, 0
    if _NUMBERED.match(text) and not re.match(
        r"^\d{1,2}\s(?:[a-z]|January|February|March|April|May|June|July|August|"
        r"September|October|November|December|percent)",
        text,
    ):
        return (BlockKind.HEADING, 2) if short and len(text) <= 45 else (BlockKind.BULLET, 1)
    if _KOREAN_LETTER.match(text):
        return (BlockKind.HEADING, 3) if short and len(text) <= 30 else (BlockKind.BULLET, 1)
    if _PARENTHESISED.match(text):
        return (BlockKind.HEADING, 3) if short else (BlockKind.BULLET, 1)
    for pattern, level in _BULLETS:
        if pattern.match(text):
            return BlockKind.BULLET, level
    return None


_FROM_FORMAT = {
    LineKind.HEADING: BlockKind.HEADING,
    LineKind.PARAGRAPH: BlockKind.PARAGRAPH,
    LineKind.LIST_ITEM: BlockKind.BULLET,
    LineKind.TABLE_HEADER: BlockKind.TABLE_HEADER,
    LineKind.TABLE_ROW: BlockKind.TABLE_ROW,
    LineKind.NOTE: BlockKind.NOTE,
}


def _gather(lines: Sequence[Line]) -> list[_Draft]:
    """Group physical lines into blocks."""
    layout = _layout(lines)
    drafts: list[_Draft] = []
    blank_before = True
    in_schedule = False
    for position, line in enumerate(lines):
        if not line.text:
            blank_before = True
            continue
        if line.kind is not LineKind.TEXT:
            if not blank_before and drafts and _is_wrapped_heading(drafts[-1], line):
                drafts[-1].lines.append(line)
                continue
            drafts.append(_Draft(_FROM_FORMAT[line.kind], line.level, [line]))
            blank_before, in_schedule = False, False
            continue
        marked = _classify(line.text)
        if _is_column_header(line.text):
            drafts.append(_Draft(BlockKind.TABLE_HEADER, 0, [line]))
            in_schedule = True
        elif in_schedule and _SCHEDULE_ROW.match(line.text):
            drafts.append(_Draft(BlockKind.TABLE_ROW, 0, [line]))
        elif marked is not None:
            in_schedule = in_schedule and marked[0] is BlockKind.HEADING and marked[1] > 1
            drafts.append(_Draft(*marked, [line]))
        elif (in_schedule and _is_open_row(drafts[-1])) or (
            drafts
            and not _begins_label(lines, position, blank_before)
            and _continues(drafts[-1], line, blank_before, layout)
        ):
            drafts[-1].lines.append(line)
        elif _is_plain_heading(line, lines, position, layout):
            drafts.append(_Draft(BlockKind.HEADING, 2, [line]))
        else:
            drafts.append(_Draft(BlockKind.PARAGRAPH, 0, [line]))
        blank_before = False
    return _with_labels(drafts)


def _is_wrapped_heading(draft: _Draft, line: Line) -> bool:
    """Whether a heading of a page image goes on from the line above; files with mark-up have their headings whole."""
    previous = draft.lines[-1]
    return line.kind is previous.kind is LineKind.HEADING and line.level == draft.level and bool(line.boxes)


def _is_column_header(text: str) -> bool:
    words = text.lower().split()
    return 2 <= len(words) <= 8 and sum(word in _COLUMN_WORDS for word in words) >= min(3, len(words))


def _is_open_row(draft: _Draft) -> bool:
    """Whether a schedule's row breaks off in the middle of its owners."""
    return draft.kind is BlockKind.TABLE_ROW and draft.lines[-1].text.endswith(("·", ",", "및"))


def _continues(draft: _Draft, line: Line, blank_before: bool, layout: _Layout) -> bool:
    """Whether an unmarked line goes on with the block before it."""
    previous = draft.lines[-1]
    if previous.kind is not LineKind.TEXT or draft.kind in (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW):
        return False
    if draft.kind is BlockKind.HEADING and not (blank_before is False and previous.text.endswith((",", "·"))):
        return False
    if blank_before and not layout.double_spaced:
        return False
    if not blank_before and layout.double_spaced:
        return True
    if previous.text.count("(") > previous.text.count(")") or previous.text.endswith((",", "·", "및")):
        return True
    if _width(previous.text) >= layout.full_width * _MIN_WRAPPED_RATIO:
        return not (_SENTENCE_END.search(previous.text) and layout.double_spaced)
    return line.text[0].islower() and not _SENTENCE_END.search(previous.text)


def _begins_label(lines: Sequence[Line], position: int, blank_before: bool) -> bool:
    """A short line after a blank one that leads, through short lines only, to a small bullet: a flattened row's title."""
    if not blank_before:
        return False
    for line in lines[position : position + 8]:
        if line.kind is not LineKind.TEXT:
            return False
        if line.text and _classify(line.text) == (BlockKind.BULLET, 3):
            return True
        if line.text and (_classify(line.text) is not None or _width(line.text) > _MAX_LABEL_WIDTH):
            return False
    return False


def _is_plain_heading(line: Line, lines: Sequence[Line], position: int, layout: _Layout) -> bool:
    """A short unmarked line that stands alone above a longer one, as English releases have them."""
    if (
        layout.double_spaced
        or len(line.text) > 80
        or _SENTENCE_END.search(line.text)
        or line.text.endswith((":", ",", ";"))
    ):
        return False
    if not (line.text[0].isupper() or line.text[0].isdigit() or detect_language(line.text) == "ko"):
        return False
    alone = position == 0 or not lines[position - 1].text
    following = next((later for later in lines[position + 1 :] if later.text), None)
    ends_block = position + 1 < len(lines) and not lines[position + 1].text
    return alone and ends_block and following is not None and len(following.text) > len(line.text)


def _with_labels(drafts: list[_Draft]) -> list[_Draft]:
    """Turn a run of short unmarked lines above a bullet (the first column of a flattened table) into its heading."""
    result: list[_Draft] = []
    for draft in drafts:
        if draft.kind is BlockKind.BULLET and draft.level == 3:
            run: list[_Draft] = []
            while result and result[-1].kind is BlockKind.PARAGRAPH and _is_label(result[-1]) and len(run) < 4:
                run.insert(0, result.pop())
            if run:
                result.append(_Draft(BlockKind.HEADING, _LABEL_LEVEL, [line for item in run for line in item.lines]))
        result.append(draft)
    return result


def _is_label(draft: _Draft) -> bool:
    return all(line.kind is LineKind.TEXT and _width(line.text) <= _MAX_LABEL_WIDTH for line in draft.lines)


def _assemble(raw: RawPage, drafts: Iterable[_Draft]) -> tuple[Page, list[Block]]:
    """Write a page's text, one block a line, and place blocks and boxes in it."""
    texts: list[str] = []
    blocks: list[Block] = []
    boxes: list[Box] = []
    for draft in drafts:
        joined, offsets = join_lines([line.text for line in draft.lines])
        start = blocks[-1].end + 1 if blocks else 0
        texts.append(joined)
        blocks.append(Block(draft.kind, draft.level, raw.number, start, start + len(joined)))
        for line, offset in zip(draft.lines, offsets, strict=True):
            boxes.extend(box.shifted(start + offset) for box in line.boxes)
    return Page(raw.number, "\n".join(texts), raw.label, raw.width, raw.height, tuple(boxes)), blocks
