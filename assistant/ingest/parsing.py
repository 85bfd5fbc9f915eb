"""From one file's bytes to everything the store keeps of it. Pure: nothing is read but the file, nothing is written.

This is the part of ingest that runs in parser processes (``parser_process.py``): all that is heavy, and all that trusts bytes
from outside.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from assistant.errors import IngestError, NoTextError, TooLargeError, UnreadableFileError
from assistant.ingest.chunking import Chunker
from assistant.ingest.metadata import Metadata, derive_metadata
from assistant.ingest.structure import StructureBuilder
from assistant.text.dates import find_dates
from assistant.text.sketch import text_sketch
from assistant.types import (
    Amendment,
    Block,
    Chunk,
    Document,
    LineKind,
    LoadedDocument,
    Page,
    Period,
    RawPage,
    ReadingFacts,
    Record,
    SourceFile,
)

# Part of every document's fingerprint: raise it when the same file would give other pages, chunks, records or facts.
_PIPELINE_VERSION = "4"
_DEADLINE_WORD = re.compile(
    r"마감|접수|제출|(?:신청|모집|공모)\s?기[간한]|까지|deadline|clos(?:es?|ing)|due\b|apply by|no later than|submi",
    re.IGNORECASE,
)
_MAX_DEADLINE_CHARS = 1_000
_ROWS = (LineKind.TABLE_HEADER, LineKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class ParseTask:
    """A file to parse.

    Attributes:
        stated: what the manifest says of it.
        known: fingerprints of its parts that are stored already, by name; these parts are passed over.
        first_part: parts before this one are passed over too: they were read before a parser broke down.
    """

    source: SourceFile
    stated: Metadata
    chunker: Chunker
    max_bytes: int
    known: Mapping[str, str] = field(default_factory=dict)
    first_part: int = 0


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All that the store keeps of a document."""

    document: Document
    version: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    chunks: tuple[Chunk, ...]
    records: tuple[Record, ...]
    amendments: tuple[Amendment, ...]
    facts: ReadingFacts


@dataclass(frozen=True, slots=True)
class ParsedPart:
    """What became of a file, or of one part of an archive or mail.

    Attributes:
        content: the part's bytes; ``None`` if it is the file itself, or if it was not read.
        outcome: the document, the error that says why there is none, or ``None`` for a part that is stored already.
    """

    name: str
    digest: str
    content: bytes | None
    outcome: ParsedDocument | IngestError | None


def document_id(name: str) -> str:
    """The id of the document with this name in its folder."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def fingerprint(digest: str, stated: Metadata, chunker: Chunker) -> str:
    """Changes whenever the same file would give another document."""
    parts = (_PIPELINE_VERSION, chunker.version, digest, repr(stated))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def parts_of(task: ParseTask) -> list[SourceFile]:
    """The file itself, or the parts of an archive or mail, in order.

    Raises:
        IngestError: it holds too much.
    """
    # The libraries behind the loaders take a while to import: nothing changed, nothing imported.
    from assistant.ingest.loaders import expand

    parts = expand(task.source)
    if not parts:
        raise NoTextError(
            task.source.name, "the archive holds no files", "Check that it was saved or fetched completely"
        )
    return parts


def parse(task: ParseTask) -> Iterator[ParsedPart]:
    """Read a file, part by part; a part that fails is a result too, and its neighbours follow."""
    try:
        parts = parts_of(task)
    except IngestError as error:
        yield ParsedPart(task.source.name, task.source.digest, None, error)
        return
    for part in parts[task.first_part :]:
        yield parse_part(task, part)


def parse_part(task: ParseTask, part: SourceFile) -> ParsedPart:
    """Read one part of a file, unless the task knows it already. Whatever goes wrong is the part's outcome."""
    version = fingerprint(part.digest, task.stated, task.chunker)
    if task.known.get(part.name) == version:
        return ParsedPart(part.name, part.digest, None, None)
    outcome: ParsedDocument | IngestError
    try:
        outcome = _parsed(task, part, version)
    except IngestError as error:
        return ParsedPart(part.name, part.digest, None, error)
    except MemoryError:
        outcome = TooLargeError(
            part.name, "reading it takes more memory than a file may", "Split it, or raise the limit"
        )
        return ParsedPart(part.name, part.digest, None, outcome)
    except Exception as error:
        # A reader's own fault costs the file it stumbled over, and is told.
        problem = f"its reader failed ({type(error).__name__}: {error})"
        return ParsedPart(
            part.name, part.digest, None, UnreadableFileError(part.name, problem, "Save it as PDF, and report this")
        )
    return ParsedPart(part.name, part.digest, None if part is task.source else part.content, outcome)


def _parsed(task: ParseTask, source: SourceFile, version: str) -> ParsedDocument:
    from assistant.ingest.loaders import load_document

    own_id = document_id(source.name)
    loaded = load_document(source, max_bytes=task.max_bytes)
    structured = StructureBuilder().build(loaded)
    described = derive_metadata(source.name, task.stated, loaded.metadata, structured)
    chunks = tuple(task.chunker.split(own_id, described.title, structured))
    document = Document(
        document_id=own_id,
        source=PurePath(source.name).name,
        digest=source.digest,
        media_type=loaded.media_type,
        title=described.title,
        publisher=described.publisher,
        published=described.published,
        language=described.language,
        kind=described.kind,
        url=described.url,
        pages=len(structured.pages),
        status="indexing",
        warnings=_warnings(loaded, structured.pages),
    )
    records, amendments, problems = _records(document, structured.pages, structured.blocks, chunks)
    facts = _facts(loaded, structured.pages, described.published, problems)
    return ParsedDocument(document, version, structured.pages, structured.blocks, chunks, records, amendments, facts)


def _records(
    document: Document, pages: tuple[Page, ...], blocks: tuple[Block, ...], chunks: tuple[Chunk, ...]
) -> tuple[tuple[Record, ...], tuple[Amendment, ...], tuple[str, ...]]:
    """The document's records and amendments, and what went wrong with them: that must not cost the text."""
    from assistant.ingest.records import RecordExtractor

    try:
        found = RecordExtractor().extract(document, pages, blocks, chunks)
    except Exception as error:
        return (), (), (f"its events, programs and tenders could not be read ({type(error).__name__}: {error})",)
    return found.records, found.amendments, ()


def _facts(
    loaded: LoadedDocument, pages: tuple[Page, ...], published: Period | None, problems: tuple[str, ...]
) -> ReadingFacts:
    raw = loaded.pages
    return ReadingFacts(
        empty_pages=tuple(page.number for page in pages if not page.text),
        ocr_pages=tuple((page.number, page.ocr_confidence) for page in raw if page.ocr_confidence is not None),
        tables=tuple((page.number, count) for page in raw if (count := _tables(page))),
        lost_tables=tuple((page.number, page.lost_tables) for page in raw if page.lost_tables),
        encoding=loaded.encoding,
        is_locked=loaded.is_locked,
        tracks_changes=loaded.tracks_changes,
        last_deadline=_last_deadline(pages, published),
        problems=problems,
        sketch=text_sketch("\n".join(page.text for page in pages)),
    )


def _last_deadline(pages: tuple[Page, ...], published: Period | None) -> date | None:
    """The latest day on a line that speaks of applying or closing."""
    anchor = published.start if published else None
    days = [
        mention.period.end
        for page in pages
        for line in page.text.split("\n")
        if len(line) <= _MAX_DEADLINE_CHARS and _DEADLINE_WORD.search(line)
        for mention in find_dates(line, anchor)
        if mention.period is not None and not mention.open_end
    ]
    return max(days, default=None)


def _tables(page: RawPage) -> int:
    """How many tables stand on a page: runs of rows, and a header row always begins one."""
    count = 0
    before = LineKind.TEXT
    for line in page.lines:
        if line.kind in _ROWS and (
            before not in _ROWS or (line.kind is LineKind.TABLE_HEADER and before is LineKind.TABLE_ROW)
        ):
            count += 1
        before = line.kind
    return count


def _warnings(loaded: LoadedDocument, pages: tuple[Page, ...]) -> tuple[str, ...]:
    """What the officer should know: pages without text, and pages that were read by character recognition."""
    empty = [f"page {page.number} holds no text" for page in pages if not page.text]
    scanned = [
        f"page {page.number} was read by character recognition ({page.ocr_confidence:.0%} sure)"
        for page in loaded.pages
        if page.ocr_confidence is not None
    ]
    return (*empty, *scanned)
