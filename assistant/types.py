"""Domain objects that every part passes to the next.

Nothing here knows a library, a database or a file format. Offsets count characters of NFC-normalised
text; pages count from 1; rectangles are PDF points with the origin at the page's top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


class DocumentKind(StrEnum):
    """What sort of paper a document is."""

    POLICY = "policy"
    PRESS_RELEASE = "press_release"
    TENDER_NOTICE = "tender_notice"
    EVENT_NOTICE = "event_notice"
    GUIDE = "guide"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days, as exact as ``precision`` says.

    ``Period(date(2019, 7, 1), date(2019, 12, 31), Precision.HALF)`` is the second half of 2019.
    """

    start: date
    end: date
    precision: Precision

    def isoformat(self) -> str:
        """ISO 8601: ``2019-07-08``, ``2019-07``, ``2019``; quarters and halves as an interval of months."""
        match self.precision:
            case Precision.DAY:
                return self.start.isoformat()
            case Precision.MONTH:
                return f"{self.start:%Y-%m}"
            case Precision.YEAR:
                return f"{self.start:%Y}"
            case _:
                return f"{self.start:%Y-%m}/{self.end:%Y-%m}"


# --- Ingest: what a loader returns -------------------------------------------------------------


class LineKind(StrEnum):
    """What a loader knows about a line from the file format (``TEXT`` where the format is silent)."""

    TEXT = "text"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Box:
    """Where characters ``start:end`` stand on the page image, in points from the top left."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float

    def shifted(self, offset: int) -> Box:
        """The same rectangle for text that begins ``offset`` characters later."""
        return Box(self.start + offset, self.end + offset, self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a loaded page, already normalised (``assistant.text.normalize.normalize_text``).

    A ``TEXT`` line is a physical line that may be a hard-wrapped piece of a sentence (PDF, plain text); every
    other kind is logically whole. ``level`` is the heading level (1 = top) or list depth (1 = top), else 0.
    A table row holds its cells joined by ``" | "``. ``boxes`` are relative to ``text``, in order.
    """

    text: str
    kind: LineKind = LineKind.TEXT
    level: int = 0
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class RawPage:
    """The lines of one page as the loader found them; width and height in points for paged formats.

    ``ocr_confidence`` (0 to 1, mean over its characters) marks a page whose text was recognised in a picture.
    ``lost_tables`` counts what was seen to be a table and could not be read as one; its text is in ``lines``.
    """

    number: int
    lines: tuple[Line, ...]
    label: str | None = None
    width: float | None = None
    height: float | None = None
    ocr_confidence: float | None = None
    lost_tables: int = 0


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What the file itself says about the document; ``None`` where it is silent."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to ingest: its bytes, the name it is known by, and the password that opens it, if one was given."""

    path: Path
    name: str
    content: bytes
    digest: str
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """What a loader returns: pages in order, and the file's own metadata.

    ``encoding`` is the character encoding that was found, for formats of plain text; ``is_locked`` marks a file that was saved
    for distribution only and decoded; ``tracks_changes`` one whose deletions are recorded and cannot be told from its text.
    """

    media_type: str
    pages: tuple[RawPage, ...]
    metadata: FileMetadata = field(default_factory=FileMetadata)
    encoding: str | None = None
    is_locked: bool = False
    tracks_changes: bool = False


# --- The stored document -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A page as stored: citations are spans of ``text``."""

    number: int
    text: str
    label: str | None = None
    width: float | None = None
    height: float | None = None
    boxes: tuple[Box, ...] = ()


class BlockKind(StrEnum):
    """The part a block plays in its document's outline."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NOTE = "note"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A whole heading, paragraph, bullet, note or table row: ``pages[page - 1].text[start:end]``.

    ``level`` is the heading level or bullet depth, 1 = outermost; a note belongs to the block before it.
    """

    kind: BlockKind
    level: int
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start:end`` of a stored page's text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval: whole blocks of one section, in reading order.

    ``text`` is the blocks' text, one block a line, each equal to its span on the page (``spans`` has one entry
    a line); ``section`` is the heading path, outermost first; ``digest`` covers everything that is indexed.
    """

    chunk_id: str
    document_id: str
    ordinal: int
    text: str
    section: tuple[str, ...]
    spans: tuple[Span, ...]
    language: Language
    digest: str

    @property
    def page(self) -> int:
        """The page on which the chunk begins."""
        return self.spans[0].page


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document without its pages' text.

    ``ocr_pages`` has the pages whose text was recognised in a picture, each with its confidence from 0 to 1.
    ``version`` counts the contents that its file has had, from 1; ``status`` is ``older`` where it describes one that was replaced.
    """

    document_id: str
    source: str
    digest: str
    media_type: str
    title: str
    publisher: str | None
    published: Period | None
    language: Language
    kind: DocumentKind | None
    url: str | None
    pages: int
    status: str
    warnings: tuple[str, ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """What happened while a document was read; the part of its health report that its file alone decides.

    ``ocr_pages`` has (page, confidence from 0 to 1), ``tables`` and ``lost_tables`` have (page, how many). ``encoding`` is set for
    formats of plain text. ``last_deadline`` is the latest day that the text names as one, and ``problems`` what else went wrong.
    ``sketch`` stands for the text when it is compared with other documents' (``text/sketch.py``). ``records_by`` is the language model
    that was asked for its records to the end, empty where rules alone have read them.
    """

    empty_pages: tuple[int, ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    lost_tables: tuple[tuple[int, int], ...] = ()
    encoding: str | None = None
    is_locked: bool = False
    tracks_changes: bool = False
    last_deadline: date | None = None
    problems: tuple[str, ...] = ()
    sketch: bytes = b""
    records_by: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file was not taken in: the error's class, what is wrong, what to do, and when it was tried (ISO 8601)."""

    kind: str
    problem: str
    remedy: str
    at: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What became of a file, or of a part (``parent`` is then the archive's or mail's name).

    ``version`` is the fingerprint of what was taken in last, ``None`` if that never went well; ``failure`` is set if the last
    attempt failed, whether or not an older version is stored under ``document_id``.
    """

    name: str
    path: str
    document_id: str
    version: str | None = None
    parent: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """An older version of a document whose file has changed since. ``number`` counts from 1, oldest first."""

    document_id: str
    number: int
    digest: str
    title: str
    published: str | None
    replaced_at: str
    pages: int


# --- Records -----------------------------------------------------------------------------------


class RecordType(StrEnum):
    """What a structured fact is about."""

    EVENT = "event"
    PROGRAM = "program"
    TENDER = "tender"
    TASK = "task"


class DeadlineKind(StrEnum):
    """How a record's deadline is set. ``NONE``: the text names none."""

    FIXED = "fixed"
    ROLLING = "rolling"
    UNTIL_BUDGET = "until_budget"
    RELATIVE = "relative"
    NONE = "none"


class RecordStatus(StrEnum):
    """Where a record stands on a given day."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    PAST = "past"
    CANCELLED = "cancelled"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a record's field is written: ``page.text[start:end] == quote``, inside the chunk ``chunk_id``."""

    field: str
    chunk_id: str
    section: tuple[str, ...]
    page: int
    start: int
    end: int
    quote: str


ProfileField = Literal[
    "size",
    "region",
    "sector",
    "years_in_business",
    "export_record",
    "consortium_with_large",
    "target_country",
    "country_income",
    "other",
]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a program, in the words of its document (``evidence.quote``).

    ``field`` is the part of a company's profile that it judges. ``allowed`` and ``excluded`` are values of that field (sizes:
    ``startup, sme, midsize, large``; ``true`` or ``false``; countries and regions by their termbase key); ``minimum`` and
    ``maximum`` bound a number, both included (exports in US dollars). ``allowed`` is ``("any",)`` where the text says that there is no
    limit. A condition that no profile field can settle is ``other``: ``("true",)`` is allowed where it must hold, excluded where it
    must not.

    ``sizes`` names the size classes that the condition is for; empty = all. Of conditions with the same ``alternative`` one is enough.
    """

    field: ProfileField
    evidence: Evidence
    allowed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    sizes: tuple[str, ...] = ()
    alternative: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a later notice changed in a record: the field, its old value as it was shown, and the notice's document."""

    field: str
    old: str | None
    new: str | None
    document_id: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Record:
    """A structured fact of one document. A field is ``None`` where the text is silent.

    ``start`` and ``end`` are the first and last day, as exact as ``precision``; an open interval has one of them.
    ``deadline`` is the last day to apply, submit or finish. ``amount_krw`` is the largest sum named for one applicant (programs)
    or the budget (tenders), in won; ``amount``, ``rate`` and ``share`` are as written (``500백만원``, ``0.3%p``, ``70%``).
    ``evidence`` has at least one entry for every field that is set, ``title`` included.
    """

    record_id: str
    type: RecordType
    document_id: str
    title: str
    evidence: tuple[Evidence, ...]
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    year_inferred: bool = False
    deadline: date | None = None
    deadline_time: str | None = None
    deadline_kind: DeadlineKind = DeadlineKind.NONE
    place: str | None = None
    online: bool | None = None
    organiser: str | None = None
    country: str | None = None
    amount: str | None = None
    amount_krw: int | None = None
    rate: str | None = None
    share: str | None = None
    eligible: str | None = None
    owner: str | None = None
    requirements: str | None = None
    how_to_apply: str | None = None
    contact: str | None = None
    planned: bool = False
    cancelled: bool = False
    criteria: tuple[Criterion, ...] = ()
    changes: tuple[Change, ...] = ()

    def proofs(self, field: str) -> tuple[Evidence, ...]:
        """Every place where ``field`` is written; a title may be put together from two."""
        return tuple(evidence for evidence in self.evidence if evidence.field == field)

    @property
    def amended_by(self) -> str | None:
        """The document of the latest notice that changed this record."""
        return self.changes[-1].document_id if self.changes else None

    def status(self, as_of: date) -> RecordStatus:
        """Where the record stands on ``as_of``: an event by its days (planned if they are not known), everything else by its deadline."""
        if self.cancelled:
            return RecordStatus.CANCELLED
        last = (self.end or self.start) if self.type is RecordType.EVENT else (self.deadline or self.end)
        if last is not None and last < as_of:
            return RecordStatus.PAST if self.type in (RecordType.EVENT, RecordType.TASK) else RecordStatus.CLOSED
        if self.planned or (self.type is RecordType.EVENT and self.start is None):
            return RecordStatus.PLANNED
        begins = self.start is not None and self.start > as_of
        if begins or (self.type is RecordType.EVENT and self.start is not None and self.start >= as_of):
            return RecordStatus.UPCOMING
        return RecordStatus.OPEN


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a notice says about an earlier one: it corrects, postpones, extends or cancels what ``target`` names.

    ``changes`` maps record fields (``start``, ``end``, ``deadline``, ``place``, ``amount_krw`` …) to their new values as
    in ``Record``, dates in ISO 8601; ``evidence`` names each changed field once (``cancelled`` for a cancellation).
    """

    document_id: str
    target: str
    kind: Literal["correction", "postponement", "extension", "cancellation"]
    changes: dict[str, Any]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ProposedField:
    """What a language model says a passage states: a record's field, its value, and the words that are said to prove it.

    Nothing of it is believed before ``ingest/records/proposal_check.py`` has found it in the passage.
    """

    name: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class ProposedRecord:
    """A record as a language model proposes it; its title is a field like the others."""

    type: RecordType
    fields: tuple[ProposedField, ...]


# --- Retrieval ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on the documents that may be returned; ``None`` = any. Dates compare with ``published``, ``documents`` are ids."""

    language: Language | None = None
    kind: DocumentKind | None = None
    publisher: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    documents: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: index forms that together stand for it, and how far it may be trusted (0 to 1)."""

    forms: tuple[str, ...]
    weight: float
    origin: Literal["word", "compound", "termbase", "place", "lexicon", "transliteration", "spelling"]
    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a query asks for, with the ways each language may say it; the first is the query's own.

    ``weight`` says how much it tells (0 to about 2): rare words and names of several words tell more than common ones.
    ``is_name`` says that the termbase knows it as a proper name: a body, a fund, a country.
    ``emphasis`` is 1 for what the question itself says, less for what only the turns before it say, and for bare years.
    """

    text: str
    alternatives: dict[Language, tuple[Alternative, ...]]
    is_name: bool = False
    weight: float = 1.0
    emphasis: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """What a retriever gets: the words to embed, and the concepts to look up."""

    text: str
    language: Language
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A retrieved chunk. ``score`` compares across queries (0 to 1); ``ranks`` has its rank in each leg, from 1."""

    chunk: Chunk
    document: Document
    score: float
    ranks: dict[str, int]
    leg_scores: dict[str, float] = field(default_factory=dict)


# --- Questions and answers ---------------------------------------------------------------------


class AnswerStatus(StrEnum):
    """How a question ended. Outcomes are data; exceptions are for what broke."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks. ``as_of`` is the date that counts as today."""

    text: str
    as_of: date
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    conversation_id: str | None = None
    profile: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim span of a stored page: ``page.text[start:end] == quote``."""

    number: int
    document: Document
    chunk_id: str
    page: int
    section: tuple[str, ...]
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and the numbers of the citations it rests on (at least one)."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about an answer's sources, in the answer's language."""

    kind: Literal["past_event", "stale", "plan", "conflict", "unofficial_name", "partial", "passage", "llm_fallback"]
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says, with its proof."""

    answer_id: str
    conversation_id: str
    status: AnswerStatus
    language: Language
    mode: Literal["extractive", "llm"]
    as_of: date
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    records: tuple[Record, ...] = ()
    suggestions: tuple[str, ...] = ()
    contact: str | None = None
    standalone_query: str | None = None
