"""What a document is called, who published it, when, and what kind of paper it is.

The manifest decides; where it is silent the file's own metadata; where that is silent too, the text. Unknown stays unknown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from assistant.ingest.structure import StructuredDocument
from assistant.text.language import detect_language
from assistant.types import BlockKind, DocumentKind, FileMetadata, Language, Period, Precision

_TITLE_WORDS = re.compile(r"(?:방안|전략|계획|대책|지침|공고|안내|보고서|보도자료)(?:\(안\))?$")
_OUTLINE_MARK = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?[.)]?|\d{1,2}(?:[.)](?!\d)|(?=\s))|\(\d{1,2}\)|‣‣|#+)\s*")
_HEAD_CHARS = 1500
_LABELLED_DATE = re.compile(
    r"(?:created?d?|published|posted|release date|date|등록일|작성일|게시일|배포일?시?|보도일시|공고일|발행일?)\s*[:：.]?\s*"
    r"(?P<y>(?:19|20)\d{2})\s?[.년/-]\s?(?P<m>\d{1,2})\s?[.월/-]\s?(?P<d>\d{1,2})",
    re.IGNORECASE,
)
_OPENING_DATE = re.compile(
    r"^\(?(?P<y>(?:19|20)\d{2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<d>\d{1,2})\.?)?(?:\([월화수목금토일]\))?\)?$",
    re.MULTILINE,
)
_AS_OF_YEAR = re.compile(
    r"\bas of (?P<y>(?:19|20)\d{2})\b|(?P<y2>(?:19|20)\d{2})년\s?(?:\d{1,2}월\s?)?(?:말\s?)?(?:기준|현재)",
    re.IGNORECASE,
)

_KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        DocumentKind.TENDER_NOTICE,
        re.compile(
            r"입찰|제안요청|조달\s?공고|invitation (?:to|for) (?:bid|tender)|tender notice|request for proposals?", re.I
        ),
    ),
    (
        DocumentKind.EVENT_NOTICE,
        re.compile(
            r"개최\s?안내|참가\s?(?:기업\s?)?모집|설명회|행사\s?안내|상담회|event notice|webinar|register (?:now|by)",
            re.I,
        ),
    ),
    (
        DocumentKind.PRESS_RELEASE,
        re.compile(
            r"보도\s?자료|보도일시|press release|holds? (?:a )?meeting|opens? .{0,60}centers?|PR Center|Promotion Efforts",
            re.I,
        ),
    ),
    (
        DocumentKind.POLICY,
        re.compile(r"추진\s?배경|활성화\s?방안|전략|추진\s?계획|종합\s?대책|기본\s?계획|policy|strategy", re.I),
    ),
    (DocumentKind.GUIDE, re.compile(r"안내서?|가이드|자주\s?묻는|FAQ|guide|how to|support centers?", re.I)),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """A document's description; ``None`` where nothing is known. Also what one manifest entry may state.

    ``password`` opens the file; it is shown and stored nowhere.
    """

    title: str | None = None
    publisher: str | None = None
    published: Period | None = None
    language: Language | None = None
    kind: DocumentKind | None = None
    url: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DerivedMetadata:
    """A document's description after derivation: title and language are always there."""

    title: str
    publisher: str | None
    published: Period | None
    language: Language
    kind: DocumentKind | None
    url: str | None


def derive_metadata(name: str, stated: Metadata, file: FileMetadata, document: StructuredDocument) -> DerivedMetadata:
    """Fill what the manifest leaves open from the file, then from the text."""
    text = "\n".join(page.text for page in document.pages[:3])
    title = stated.title or file.title or _title(document) or PurePath(name).stem
    published = stated.published or (day_period(file.published) if file.published else None) or _published(text)
    language = stated.language or detect_language("\n".join(page.text for page in document.pages)[:20_000])
    kind = stated.kind or _kind(f"{title}\n{text[:_HEAD_CHARS]}")
    return DerivedMetadata(title, stated.publisher or file.publisher, published, language, kind, stated.url or file.url)


def _title(document: StructuredDocument) -> str | None:
    pages = {page.number: page.text for page in document.pages}
    headings = [(b.level, pages[b.page][b.start : b.end]) for b in document.blocks if b.kind is BlockKind.HEADING]
    if not headings:
        return None
    first = headings[0][1]
    if not _OUTLINE_MARK.match(first):
        return first
    # The paper opens with its first chapter: the chapter named like a paper gives the title.
    named = [text for level, text in headings if level == 1 and _TITLE_WORDS.search(text)]
    return _OUTLINE_MARK.sub("", named[0]) if named else None


def _published(text: str) -> Period | None:
    match = _LABELLED_DATE.search(text[:_HEAD_CHARS]) or _OPENING_DATE.search(text[:_HEAD_CHARS])
    if match:
        try:
            if match["d"]:
                return day_period(date(int(match["y"]), int(match["m"]), int(match["d"])))
            return parse_period(f"{match['y']}-{int(match['m']):02}")
        except ValueError:
            return None
    years = [int(m["y"] or m["y2"]) for m in _AS_OF_YEAR.finditer(text)]
    return parse_period(str(max(years))) if years else None


def _kind(text: str) -> DocumentKind | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def day_period(day: date) -> Period:
    """A single day."""
    return Period(day, day, Precision.DAY)


def parse_period(text: str) -> Period:
    """Read ``2019``, ``2019-07``, ``2019-07-08``, ``2019-H2`` or ``2019-Q3``.

    Raises:
        ValueError: the text is none of these.
    """
    match = re.fullmatch(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|H([12])|Q([1-4])))?", text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a date: write 2019, 2019-07, 2019-07-08, 2019-H2 or 2019-Q3")
    year, month, day, half, quarter = match.groups()
    if day:
        return day_period(date(int(year), int(month), int(day)))
    if month:
        return _months(int(year), int(month), int(month), Precision.MONTH)
    if half:
        return _months(int(year), 1 if half == "1" else 7, 6 if half == "1" else 12, Precision.HALF)
    if quarter:
        return _months(int(year), int(quarter) * 3 - 2, int(quarter) * 3, Precision.QUARTER)
    return _months(int(year), 1, 12, Precision.YEAR)


def _months(year: int, first: int, last: int, precision: Precision) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)
