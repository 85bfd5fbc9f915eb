"""What every loader does to the lines it found, in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.errors import NoTextError
from assistant.ingest.loaders.repair import repair_characters
from assistant.text.normalize import normalize_text
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, RawPage, SourceFile

OPENING_REMEDY = "Give the right password when it is taken in, or save the file without one"
_LINE_ENDS = re.compile(r"\r\n?|[\n\v\u2028\u2029\u0085]")
# Symbols with which Korean government papers mark the levels of an outline and its notes.
_SYMBOLS = "□■◻◼○●◎◯◦ㅇ◇◆△▲▽▼▷▶▸▹❍❏❑❒❖◈▪▫•‣☐☑☞☛➢➤※★☆"
_SYMBOL_MARKER = re.compile(rf"(?:[{_SYMBOLS}]|[-–—]\s|\*{{1,3}}(?=[\s가-힣(]|\d)|[·∙]\s|o\s+(?=[가-힣(]))")
_NUMBER_MARKER = re.compile(
    r"(?:[①-⑳⑴-⒇㉠-㉻❶-❿➀-➓]|[Ⅰ-Ⅻ]+\s*[.)]|\d{1,2}\s*[.)]\s+\S|\(\d{1,2}\)|[가나다라마바사아자차카타파하]\s*[.)]\s|\([가-하]\)\s)"
)
_RUBBISH_TITLE = re.compile(
    r"(?:제목\s*없음|무제|빈\s*문서|새\s*문서|문서\s*\d*|제목|untitled.*|no\s*title|title|document\s*\d*|word document|"
    r"microsoft (?:word|powerpoint|excel)\b.*|powerpoint (?:presentation|프레젠테이션)|slide \d+|슬라이드 \d+|"
    r"\(?anonymous\)?|unspecified|null|none|홈|home|main|메인)",
    re.IGNORECASE,
)
_OUTLINE_STYLE = re.compile(r"(?:개요|outline|제목|heading)\s*([1-9]|10)", re.IGNORECASE)
_FILE_NAME = re.compile(r".+\.(?:hwpx?|docx?|pdf|pptx?|xlsx?|txt|md|html?|indd|odt)", re.IGNORECASE)
_ORGANISATION = re.compile(
    r".*(?:부|처|청|시청|도청|원|공사|공단|은행|센터|협회|위원회|재단|진흥원|연구원|정부)|"
    r".*\b(?:ministry|agency|cent(?:er|re)|bank|corporation|institute|commission|office|association|authority)\b.*",
    re.IGNORECASE,
)


def split_lines(text: str) -> list[str]:
    """Cut ``text`` at every kind of line end; form feeds are left alone."""
    return _LINE_ENDS.split(text)


def one_line(text: str) -> str:
    """``text`` repaired and normalised, with its line ends turned into blanks."""
    return normalize_text(_LINE_ENDS.sub(" ", repair_characters(text)))


def starts_with_symbol(text: str) -> bool:
    """Whether ``text`` opens with an outline symbol such as ``□``, ``ㅇ``, ``- `` or ``※``."""
    return _SYMBOL_MARKER.match(text) is not None


def starts_with_marker(text: str) -> bool:
    """Whether ``text`` opens with an outline symbol or number (``Ⅰ.``, ``1.``, ``가.``, ``(1)``, ``①``)."""
    return starts_with_symbol(text) or _NUMBER_MARKER.match(text) is not None


def outline_level(style: str) -> int:
    """The heading level that a style's name stands for (``개요 1``, ``Heading 2``), or 0."""
    match = _OUTLINE_STYLE.fullmatch(style.strip())
    return int(match[1]) if match else 0


def marked_note(mark: str, text: str) -> Line:
    """A line that stands outside the running text, as a note that says what it is: ``[머리말] …``."""
    return Line(f"[{mark}] {text}", LineKind.NOTE)


def flowing_line(text: str, kind: LineKind, level: int = 0) -> Line | None:
    """One paragraph, list item or heading of a flowing format, or ``None`` if nothing is left of it.

    A text that opens with an outline marker becomes ``TEXT``, unchanged, so that the outline builder places it
    by its marker. A heading does so only for a symbol: ``Ⅰ. 개요`` in a heading style is a heading.
    """
    text = one_line(text)
    if not text:
        return None
    marked = starts_with_symbol(text) if kind is LineKind.HEADING else starts_with_marker(text)
    if marked and kind in (LineKind.HEADING, LineKind.PARAGRAPH, LineKind.LIST_ITEM):
        return Line(text)
    return Line(text, kind, level)


def flowing_lines(text: str, kind: LineKind, level: int = 0) -> list[Line]:
    """Like ``flowing_line`` for a text with line breaks: one line each."""
    lines = (flowing_line(piece, kind, level) for piece in split_lines(text))
    return [line for line in lines if line is not None]


def sensible_title(title: object) -> str | None:
    """A title from a file's metadata, or ``None`` if it is a placeholder or a file name."""
    text = one_line(title) if isinstance(title, str) else ""
    if not 2 <= len(text) <= 300 or _RUBBISH_TITLE.fullmatch(text) or _FILE_NAME.fullmatch(text):
        return None
    return text


def sensible_publisher(author: object) -> str | None:
    """An author field that names an organisation; a person's or a program's name gives ``None``."""
    text = one_line(author) if isinstance(author, str) else ""
    return text if 2 < len(text) <= 100 and _ORGANISATION.fullmatch(text) else None


def loaded(
    source: SourceFile,
    media_type: str,
    pages: Iterable[RawPage | Iterable[Line]],
    metadata: FileMetadata | None = None,
    remedy: str = "Check that it is the right file, or leave it out",
) -> LoadedDocument:
    """Put a loader's result together.

    Raises:
        NoTextError: no page holds a line with text; ``remedy`` says what to do about it.
    """
    raw: list[RawPage] = []
    for number, page in enumerate(pages, start=1):
        raw.append(page if isinstance(page, RawPage) else RawPage(number, tuple(page)))
    if not any(line.text for page in raw for line in page.lines):
        raise NoTextError(source.name, "no page holds any text", remedy)
    return LoadedDocument(media_type, tuple(raw), metadata or FileMetadata())
