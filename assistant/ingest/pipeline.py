"""From files to stored, indexed documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from assistant.errors import IngestError, TooLargeError, UnreadableFileError
from assistant.index.indexer import Indexer
from assistant.index.store import Store
from assistant.ingest.chunking import Chunker
from assistant.ingest.manifest import MANIFEST_NAME, read_manifest
from assistant.ingest.metadata import Metadata, derive_metadata
from assistant.ingest.structure import StructureBuilder
from assistant.types import Document, LoadedDocument, SourceFile

# Part of every document's fingerprint: raise it when the same file would give other pages or chunks.
_PIPELINE_VERSION = "2"


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file to take in: what it is called in its folder, and what the folder's manifest says of it."""

    path: Path
    name: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of an ingest, for whoever shows progress. ``done`` of ``total`` files are finished."""

    done: int
    total: int
    name: str
    chunks: int


@dataclass(slots=True)
class IngestReport:
    """What became of every file."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failures: list[IngestError] = field(default_factory=list)
    chunks: int = 0


class IngestPipeline:
    """Load, structure, chunk, store and index files.

    Args:
        max_bytes: larger files are refused unread.
    """

    def __init__(self, store: Store, indexer: Indexer, chunker: Chunker, max_bytes: int = 50_000_000) -> None:
        self._store = store
        self._indexer = indexer
        self._chunker = chunker
        self._structure = StructureBuilder()
        self._max_bytes = max_bytes

    def ingest(self, paths: Iterable[Path], report: IngestReport) -> Iterator[Progress]:
        """Take in files and folders, filling ``report`` as it goes; yields after every file.

        A document is acknowledged once its step is yielded: it is then in the store and survives a crash, and it is searchable when
        the iteration ends, or after the next start's repair. A file that cannot be read is reported and the others go in.
        """
        self._indexer.check()
        planned = list(plan_files(paths, report))
        for done, item in enumerate(planned, start=1):
            chunks = 0
            try:
                source = self._read(item)
                if self._is_stored(source, item.metadata):
                    report.unchanged.append(source.name)
                else:
                    chunks = self._take_in_parts(source, item.metadata, report)
            except IngestError as error:
                report.failures.append(error)
            report.chunks += chunks
            yield Progress(done, len(planned), item.name, chunks)
            if done % 32 == 0:
                for _ in self._indexer.sync():
                    pass
        for _ in self._indexer.sync():
            pass

    def _is_stored(self, source: SourceFile, stated: Metadata) -> bool:
        return self._store.version(_document_id(source)) == self._version(source, stated)

    def _take_in_parts(self, source: SourceFile, stated: Metadata, report: IngestReport) -> int:
        """Take in a file, or each part of an archive or mail; the neighbours of a part that fails go in."""
        # The libraries behind the loaders take a while to import: nothing changed, nothing imported.
        from assistant.ingest.loaders import expand

        chunks = 0
        for part in expand(source):
            try:
                if self._is_stored(part, stated):
                    report.unchanged.append(part.name)
                else:
                    chunks += self._take_in(part, stated, report)
            except IngestError as error:
                report.failures.append(error)
        return chunks

    def _take_in(self, source: SourceFile, stated: Metadata, report: IngestReport) -> int:
        from assistant.ingest.loaders import load_document

        document_id = _document_id(source)
        version = self._version(source, stated)
        known = self._store.version(document_id)
        loaded = load_document(source, max_bytes=self._max_bytes)
        structured = self._structure.build(loaded)
        described = derive_metadata(source.name, stated, loaded.metadata, structured)
        chunks = self._chunker.split(document_id, described.title, structured)
        document = Document(
            document_id=document_id,
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
            warnings=_warnings(loaded),
        )
        self._store.keep_original(source.digest, source.content)
        self._store.put_document(document, version, structured.pages, structured.blocks, chunks)
        (report.added if known is None else report.replaced).append(source.name)
        return len(chunks)

    def _read(self, item: PlannedFile) -> SourceFile:
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
        return SourceFile(item.path, item.name, content, hashlib.sha256(content).hexdigest())

    def _version(self, source: SourceFile, metadata: Metadata) -> str:
        parts = (_PIPELINE_VERSION, self._chunker.version, source.digest, repr(metadata))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _document_id(source: SourceFile) -> str:
    return hashlib.sha256(source.name.encode()).hexdigest()[:16]


def _warnings(loaded: LoadedDocument) -> tuple[str, ...]:
    """What the officer should know: pages without text, and pages that were read by character recognition."""
    empty = [f"page {page.number} holds no text" for page in loaded.pages if not any(line.text for line in page.lines)]
    scanned = [
        f"page {page.number} was read by character recognition ({page.ocr_confidence:.0%} sure)"
        for page in loaded.pages
        if page.ocr_confidence is not None
    ]
    return (*empty, *scanned)


def plan_files(paths: Iterable[Path], report: IngestReport) -> Iterator[PlannedFile]:
    """The files to take in, folders opened and in name order; a path that does not exist goes to the report's failures.

    Hidden files and manifests are no documents. A file that a manifest names and that is missing is a failure too.
    """
    seen: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            report.failures.append(UnreadableFileError(str(path), "does not exist", "Check the path"))
            continue
        for item in _plan_folder(path, report) if path.is_dir() else _plan_file(path):
            if seen.setdefault(item.name, item.path.resolve()) == item.path.resolve():
                yield item
                continue
            # A document is known by its name in its folder: the second file would silently replace the first.
            remedy = "Ingest the folder above both, or rename one"
            report.failures.append(UnreadableFileError(str(item.path), f"{seen[item.name]} has the same name", remedy))


def _plan_file(path: Path) -> Iterator[PlannedFile]:
    manifest = read_manifest(path.parent) or {}
    yield PlannedFile(path, path.name, manifest.get(path.name, Metadata()))


def _plan_folder(folder: Path, report: IngestReport) -> Iterator[PlannedFile]:
    manifest = read_manifest(folder)
    if manifest is not None:
        for name, metadata in manifest.items():
            if (folder / name).is_file():
                yield PlannedFile(folder / name, name, metadata)
            else:
                report.failures.append(
                    UnreadableFileError(
                        name, f"{MANIFEST_NAME} names it, but it is not there", "Add it or drop it from the manifest"
                    )
                )
        return
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and path.name != MANIFEST_NAME and not any(part.startswith(".") for part in relative.parts):
            yield PlannedFile(path, relative.as_posix(), Metadata())
