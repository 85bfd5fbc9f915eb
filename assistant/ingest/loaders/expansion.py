"""Files that hold other files: zip archives and e-mails with attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from assistant.errors import IngestError, TooLargeError
from assistant.ingest.loaders.archive import Archive
from assistant.ingest.loaders.eml import attachments, read_message
from assistant.ingest.loaders.lines import one_line
from assistant.ingest.loaders.sniff import FileKind, sniff
from assistant.types import SourceFile

MAX_FILES = 2_000
MAX_TOTAL_BYTES = 500 * 1024 * 1024
MAX_DEPTH = 3
_CLUTTER = frozenset(["__MACOSX", "Thumbs.db", "desktop.ini", ".DS_Store"])


def expand(source: SourceFile) -> list[SourceFile]:
    """The documents in a file: its members for a zip archive, the message and its attachments for an e-mail, else itself.

    A member is named after the file it came in: ``parent.zip/notice.hwp``. Archives in archives are opened up to
    ``MAX_DEPTH`` levels. One that lies deeper, is damaged or has a password stays one file of the result, so that loading
    it says what is wrong with it and its neighbours are taken in. Hidden files and operating systems' clutter are left out.

    Raises:
        TooLargeError: over ``MAX_FILES`` files or ``MAX_TOTAL_BYTES`` in all, counted through all levels.
    """
    found: list[SourceFile] = []
    total = 0
    todo = [(source, 0)]
    while todo:
        current, depth = todo.pop()
        members = _members(current) if depth < MAX_DEPTH else None
        if members is None:
            found.append(current)
            continue
        inner, is_document = members
        if is_document:
            found.append(current)
        total += sum(len(member.content) for member in inner)
        if len(found) + len(todo) + len(inner) > MAX_FILES:
            raise TooLargeError(source.name, f"it holds more than {MAX_FILES:,} files", "Unpack it and take in a part")
        if total > MAX_TOTAL_BYTES:
            limit = MAX_TOTAL_BYTES // 1024 // 1024
            raise TooLargeError(source.name, f"it unpacks to more than {limit} MB", "Unpack it and take in a part")
        todo.extend((member, depth + 1) for member in reversed(inner))
    return found


def _members(source: SourceFile) -> tuple[list[SourceFile], bool] | None:
    """The files in ``source`` and whether it is a document itself; ``None`` if it holds none or cannot be opened."""
    try:
        kind = sniff(source)
        if kind is FileKind.ZIP:
            return _named(source, _zip_members(source)), False
        if kind is FileKind.EML:
            return _named(source, attachments(source, read_message(source))), True
    except IngestError:
        return None
    return None


def _named(parent: SourceFile, members: Iterator[tuple[str, bytes]]) -> list[SourceFile]:
    files: dict[str, SourceFile] = {}
    for name, content in members:
        path = PurePosixPath(name)
        number = 1
        while f"{parent.name}/{path}" in files:
            number += 1
            path = path.with_name(f"{PurePosixPath(name).stem} ({number}){path.suffix}")
        full = f"{parent.name}/{path}"
        files[full] = SourceFile(parent.path, full, content, hashlib.sha256(content).hexdigest(), parent.password)
    return list(files.values())


def _zip_members(source: SourceFile) -> Iterator[tuple[str, bytes]]:
    archive = Archive(source)
    for entry, name in archive.files():
        parts = [one_line(part) for part in name.replace("\\", "/").split("/")]
        parts = [part for part in parts if part not in ("", ".", "..")]
        if parts and not any(part.startswith(".") or part in _CLUTTER for part in parts):
            yield "/".join(parts), archive.read(entry)
