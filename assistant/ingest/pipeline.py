"""From files to stored, indexed documents."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import IngestError, TooLargeError, UnreadableFileError
from assistant.index.indexer import Indexer
from assistant.index.store import Store
from assistant.ingest.chunking import Chunker
from assistant.ingest.manifest import MANIFEST_NAME, read_manifest
from assistant.ingest.metadata import Metadata
from assistant.ingest.parsing import ParsedDocument, ParsedPart, ParseTask, document_id, fingerprint
from assistant.types import Failure, FileEntry, SourceFile

if TYPE_CHECKING:
    from assistant.ingest.records.model_records import ModelRecordReader

# Enough documents to keep the embedder busy, few enough that a crash repeats little.
_FILES_PER_SYNC = 32


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file to take in: what it is called in its folder, what the manifest says of it, and what is wrong with it already."""

    path: Path
    name: str
    metadata: Metadata
    problem: IngestError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of an ingest, for whoever shows progress. ``done`` of ``total`` files are finished."""

    done: int
    total: int
    name: str
    chunks: int


@dataclass(slots=True)
class IngestReport:
    """What became of every file; ``removed`` are parts that an archive or mail no longer holds."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failures: list[IngestError] = field(default_factory=list)
    chunks: int = 0


class Parser(Protocol):
    """Parses files, here or in processes of their own."""

    def run(self, jobs: Iterable[ParseTask | ParsedPart]) -> Generator[Iterator[ParsedPart], None, None]:
        """The parts of each job, in order; a job that is a part already is passed on."""
        ...


@dataclass(slots=True)
class _Intake:
    """One call of ``ingest``: what was known before, and the contents of the files that are on their way."""

    report: IngestReport
    known: dict[str, FileEntry]
    password: str | None
    parts: dict[str, list[FileEntry]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    is_preparing: bool = False

    def __post_init__(self) -> None:
        for entry in self.known.values():
            if entry.parent is not None:
                self.parts.setdefault(entry.parent, []).append(entry)


class IngestPipeline:
    """Parse, store and index files.

    Parsing runs ahead, in another thread and in other processes; storing and indexing are done here.

    Args:
        parser: turns files into documents.
        now: the time, for what is remembered of failures and older versions.
        max_bytes: larger files are refused unread.
        model_records: completes the records of each document, where a language model is set.
    """

    def __init__(
        self,
        store: Store,
        indexer: Indexer,
        chunker: Chunker,
        parser: Parser,
        now: Callable[[], datetime],
        max_bytes: int = 50_000_000,
        model_records: ModelRecordReader | None = None,
    ) -> None:
        self._store = store
        self._indexer = indexer
        self._chunker = chunker
        self._parser = parser
        self._now = now
        self._max_bytes = max_bytes
        self._model_records = model_records

    def ingest(
        self, paths: Iterable[Path], report: IngestReport, *, password: str | None = None
    ) -> Generator[Progress, None, None]:
        """Take in files and folders, filling ``report`` as it goes; yields after every file.

        A document is acknowledged once its step is yielded: it is then in the store and survives a crash, and it is searchable when
        the iteration ends, or after the next start's repair. A file that cannot be read is reported and the others go in.

        Args:
            password: opens files that need one, where their manifest names none.
        """
        self._indexer.check()
        paths = list(paths)
        planned = list(plan_files(paths, report))
        intake = _Intake(report, {entry.name: entry for entry in self._store.files.all()}, password)
        self._forget_gone(paths, planned, intake)
        yield from self._take_all_in(planned, intake)

    def ingest_files(self, planned: Sequence[PlannedFile], report: IngestReport) -> Iterator[Progress]:
        """Take in files under the names given with them, wherever they lie, as ``ingest`` does: what an officer uploads."""
        self._indexer.check()
        known = {entry.name: entry for entry in self._store.files.all()}
        yield from self._take_all_in(planned, _Intake(report, known, None))

    def _take_all_in(self, planned: Sequence[PlannedFile], intake: _Intake) -> Iterator[Progress]:
        # Closed here, whatever ends the iteration: left to the garbage collector, it might be closed by its own thread.
        with closing(self._parser.run(self._job(item, intake) for item in planned)) as results:
            for done, (item, parts) in enumerate(zip(planned, results, strict=True), start=1):
                chunks = self._take_in(item, parts, intake)
                intake.report.chunks += chunks
                yield Progress(done, len(planned), item.name, chunks)
                if done % _FILES_PER_SYNC == 0:
                    self._index()
        self._index()

    def _index(self) -> None:
        for _ in self._indexer.sync():
            pass

    def _job(self, item: PlannedFile, intake: _Intake) -> ParseTask | ParsedPart:
        """What is to be parsed; an unchanged or unreadable file is through already. Runs in the parser's thread."""
        try:
            source = self._read(item, intake.password)
        except IngestError as error:
            return ParsedPart(item.name, "", None, error)
        version = fingerprint(source.digest, item.metadata, self._chunker)
        inner = intake.parts.get(item.name, [])
        entry = intake.known.get(item.name)
        if not any(part.failure for part in inner):
            is_whole = entry is not None and entry.version == version and not entry.failure
            if is_whole or self._store.version(document_id(item.name)) == version:
                return ParsedPart(item.name, source.digest, None, None)
        if not intake.is_preparing:
            intake.is_preparing = True
            threading.Thread(target=self._indexer.prepare, name="annae-preparing").start()
        intake.contents[item.name] = source.content
        intake.versions[item.name] = version
        stored = {part.name: part.version for part in (*inner, *([entry] if entry else [])) if not part.failure}
        known = {name: version for name, version in stored.items() if version}
        return ParseTask(source, item.metadata, self._chunker, self._max_bytes, known)

    def _take_in(self, item: PlannedFile, parts: Iterator[ParsedPart], intake: _Intake) -> int:
        """Store what was parsed of a file, and remember what became of it and of each of its parts."""
        chunks = 0
        seen: dict[str, bool] = {}
        for part in parts:
            seen[part.name] = not isinstance(part.outcome, IngestError)
            if isinstance(part.outcome, ParsedDocument):
                chunks += self._put(item, part, part.outcome, intake)
            elif part.outcome is None:
                intake.report.unchanged.append(part.name)
                self._remember(self._entry(item, part.name, self._known_version(part.name, intake)), intake)
            else:
                intake.report.failures.append(part.outcome)
                error = part.outcome
                failure = Failure(
                    type(error).__name__, error.problem, error.remedy, self._now().isoformat("T", "seconds")
                )
                entry = self._entry(item, part.name, self._known_version(part.name, intake))
                self._remember(replace(entry, failure=failure), intake)
        intake.contents.pop(item.name, None)
        version = intake.versions.pop(item.name, None)
        if version is not None and seen.get(item.name, True):
            self._remove_missing_parts(item, seen, intake)
        if version is not None and item.name not in seen:
            # An archive is no document itself; it is whole when all of its parts are.
            self._remember(self._entry(item, item.name, version if all(seen.values()) else None), intake)
        return chunks

    def _put(self, item: PlannedFile, part: ParsedPart, parsed: ParsedDocument, intake: _Intake) -> int:
        parsed = self._completed(parsed)
        document = parsed.document
        is_new = self._store.version(document.document_id) is None
        content = intake.contents[item.name] if part.content is None else part.content
        self._store.originals.keep(document.digest, content)
        self._store.put_document(
            document,
            parsed.version,
            parsed.pages,
            parsed.blocks,
            parsed.chunks,
            parsed.records,
            parsed.amendments,
            facts=parsed.facts,
            file=self._entry(item, part.name, parsed.version),
            replaced_at=self._now().isoformat("T", "seconds"),
        )
        (intake.report.added if is_new else intake.report.replaced).append(part.name)
        return len(parsed.chunks)

    def _completed(self, parsed: ParsedDocument) -> ParsedDocument:
        """The document with what a language model adds to its records. A notice on an earlier one is left to rules."""
        if self._model_records is None:
            return parsed
        facts = replace(parsed.facts, records_by=self._model_records.name)
        if parsed.amendments:
            return replace(parsed, facts=facts)
        read = self._model_records.complete(parsed.document, parsed.pages, parsed.blocks, parsed.chunks, parsed.records)
        if read.problem is not None:
            facts = replace(parsed.facts, problems=(*parsed.facts.problems, read.problem))
        return replace(parsed, records=read.records, facts=facts)

    def _remove_missing_parts(self, item: PlannedFile, seen: dict[str, bool], intake: _Intake) -> None:
        for part in intake.parts.get(item.name, []):
            if part.name not in seen:
                self._store.remove_document(part.document_id)
                intake.report.removed.append(part.name)

    def _forget_gone(self, paths: Sequence[Path], planned: Sequence[PlannedFile], intake: _Intake) -> None:
        """Drop the failures of files that are no longer in the folders at hand."""
        folders = [path.resolve() for path in paths if path.is_dir()]
        names = {item.name for item in planned}
        for entry in list(intake.known.values()):
            path = Path(entry.path)
            if not entry.failure or entry.name in names or path.exists():
                continue
            if any(path.is_relative_to(folder) for folder in folders):
                del intake.known[entry.name]
                if entry.version:
                    self._store.files.put(replace(entry, failure=None))
                else:
                    self._store.files.forget([entry.name])

    def _known_version(self, name: str, intake: _Intake) -> str | None:
        entry = intake.known.get(name)
        return (entry.version if entry else None) or self._store.version(document_id(name))

    def _entry(self, item: PlannedFile, name: str, version: str | None) -> FileEntry:
        parent = item.name if name != item.name else None
        return FileEntry(name, str(item.path.resolve()), document_id(name), version, parent)

    def _remember(self, entry: FileEntry, intake: _Intake) -> None:
        # Nothing is written about a file of which nothing changed.
        if intake.known.get(entry.name) != entry:
            self._store.files.put(entry)

    def _read(self, item: PlannedFile, password: str | None) -> SourceFile:
        if item.problem is not None:
            raise item.problem
        try:
            size = item.path.stat().st_size
            if size > self._max_bytes:
                raise TooLargeError(
                    item.name,
                    f"{size / 1e6:.0f} MB is over the limit of {self._max_bytes / 1e6:.0f} MB",
                    "Split it, or raise ANNAE_MAX_FILE_MB",
                )
            content = item.path.read_bytes()
        except OSError as error:
            raise UnreadableFileError(
                item.name, f"cannot be read ({error.strerror})", "Check the path and its permissions"
            ) from error
        digest = hashlib.sha256(content).hexdigest()
        return SourceFile(item.path, item.name, content, digest, item.metadata.password or password)


def plan_files(paths: Iterable[Path], report: IngestReport) -> Iterator[PlannedFile]:
    """The files to take in, folders opened and in name order; a path that does not exist goes to the report's failures.

    Hidden files and manifests are no documents. A file that a manifest names and that is missing is planned with its problem.
    """
    seen: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            report.failures.append(UnreadableFileError(str(path), "does not exist", "Check the path"))
            continue
        for item in _plan_folder(path) if path.is_dir() else _plan_file(path):
            if seen.setdefault(item.name, item.path.resolve()) == item.path.resolve():
                yield item
                continue
            # A document is known by its name in its folder: the second file would silently replace the first.
            remedy = "Ingest the folder above both, or rename one"
            problem = UnreadableFileError(str(item.path), f"{seen[item.name]} has the same name", remedy)
            yield replace(item, name=str(item.path), problem=problem)


def _plan_file(path: Path) -> Iterator[PlannedFile]:
    manifest = read_manifest(path.parent) or {}
    yield PlannedFile(path, path.name, manifest.get(path.name, Metadata()))


def _plan_folder(folder: Path) -> Iterator[PlannedFile]:
    manifest = read_manifest(folder)
    if manifest is not None:
        for name, metadata in manifest.items():
            problem = None
            if not (folder / name).is_file():
                remedy = "Add it or drop it from the manifest"
                problem = UnreadableFileError(name, f"{MANIFEST_NAME} names it, but it is not there", remedy)
            yield PlannedFile(folder / name, name, metadata, problem)
        return
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and path.name != MANIFEST_NAME and not any(part.startswith(".") for part in relative.parts):
            yield PlannedFile(path, relative.as_posix(), Metadata())
