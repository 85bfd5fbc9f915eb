"""The streams of an HWP 5 file: a compound file (olefile) whose streams are compressed, may be encrypted, and hold trees of records."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import dataclass, field

import olefile

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders.hwp5_distribution import unlock_stream
from assistant.ingest.loaders.hwp5_password import decrypt_stream, password_key
from assistant.ingest.loaders.lines import OPENING_REMEDY, sensible_publisher, sensible_title
from assistant.types import FileMetadata, SourceFile

_SIGNATURE = b"HWP Document File"
_COMPRESSED, _PASSWORD, _DISTRIBUTION = 0x1, 0x2, 0x4
# The public description names the flag, not the records that would tell which text was deleted.
_TRACKED = 0x4000
_RIGHTS_MANAGED = 0x10 | 0x100 | 0x400  # DRM, and encryption or DRM by certificate
_MAX_STREAM_BYTES = 200 * 1024 * 1024
_MAX_RECORDS = 4_000_000
_MAX_DEPTH = 120
_MAX_SECTIONS = 2_000
_SUMMARY = "\x05HwpSummaryInformation"
_PROPERTIES_AT, _WIDE_STRING = 44, 31
_TITLE_PROPERTY, _AUTHOR_PROPERTY = 2, 4


@dataclass(slots=True)
class Record:
    """A record and those nested in it."""

    tag: int
    data: bytes
    children: list[Record] = field(default_factory=list)

    @property
    def control(self) -> str:
        """The four letters that say what a control is."""
        return self.data[3::-1].decode("latin-1") if len(self.data) >= 4 else ""


class Hwp5File:
    """What a file says of itself, and its streams as records.

    Attributes:
        has_password: nothing can be read before ``unlock``.
        is_rights_managed: nothing can be read here at all.
        is_for_distribution: it was locked against changes; its text is read all the same.
        tracks_changes: deletions are recorded in it.

    Raises:
        UnreadableFileError: on making it and by every method but ``metadata``: what is asked for is missing or damaged.
        TooLargeError: by every method but ``metadata``: over the limits on size and nesting.
    """

    def __init__(self, source: SourceFile) -> None:
        self._name = source.name
        # olefile reports a damaged file by whatever error it runs into.
        try:
            self._ole = olefile.OleFileIO(io.BytesIO(source.content))
            self._names = {"/".join(path) for path in self._ole.listdir(streams=True, storages=False)}
        except Exception as error:
            raise self._damaged("the HWP file's directory") from error
        self._key: bytes | None = None
        flags = self._flags()
        self._is_compressed = bool(flags & _COMPRESSED)
        self.has_password = bool(flags & _PASSWORD)
        self.is_rights_managed = bool(flags & _RIGHTS_MANAGED)
        self.is_for_distribution = bool(flags & _DISTRIBUTION)
        self.tracks_changes = bool(flags & _TRACKED)

    def unlock(self, password: str) -> None:
        """Have the streams of the text decrypted from now on."""
        self._key = password_key(password)

    def sections(self) -> list[str]:
        """The names of the streams that hold the text, in order."""
        folder = "ViewText" if self.is_for_distribution else "BodyText"
        found = [name for name in self._names if re.fullmatch(rf"{folder}/Section\d{{1,4}}", name)]
        if not found:
            raise self._damaged(f"the folder {folder}, which holds the text,")
        if len(found) > _MAX_SECTIONS:
            raise TooLargeError(self._name, f"it has more than {_MAX_SECTIONS:,} sections", "Split it")
        return sorted(found, key=lambda name: int(name.rpartition("Section")[2]))

    def records(self, name: str) -> list[Record]:
        """The records of a stream as trees; none for a document without it.

        Raises:
            EncryptedFileError: the password was another.
        """
        if name not in self._names:
            return []
        data = self._stream(name)
        if name.startswith("ViewText/"):
            try:
                data = unlock_stream(data)
            except ValueError as error:
                raise self._damaged(f"the locked stream {name!r}") from error
        if self._key is None:
            return self._tree(name, data)
        try:
            return self._tree(name, decrypt_stream(data, self._key))
        except UnreadableFileError as error:
            problem = "the password is wrong, or the file is encrypted by a Hangul older than 2007"
            raise EncryptedFileError(self._name, problem, OPENING_REMEDY, opens_with_password=True) from error

    def metadata(self) -> FileMetadata:
        """Title and author of the summary; nothing if it is missing or damaged."""
        if _SUMMARY not in self._names:
            return FileMetadata()
        try:
            properties = _properties(self._stream(_SUMMARY))
        except (UnreadableFileError, struct.error):
            return FileMetadata()
        return FileMetadata(
            sensible_title(properties.get(_TITLE_PROPERTY)), sensible_publisher(properties.get(_AUTHOR_PROPERTY))
        )

    def _flags(self) -> int:
        header = self._stream("FileHeader")
        if not header.startswith(_SIGNATURE) or len(header) < 40:
            raise self._damaged("the HWP file header")
        (flags,) = struct.unpack_from("<I", header, 36)
        return int(flags)

    def _stream(self, name: str) -> bytes:
        try:
            data: bytes = self._ole.openstream(name).read()
        except Exception as error:
            raise self._damaged(f"the stream {name!r}") from error
        return data

    def _inflate(self, name: str, data: bytes) -> bytes:
        inflater = zlib.decompressobj(-15)
        try:
            plain = inflater.decompress(data, _MAX_STREAM_BYTES)
        except zlib.error as error:
            raise self._damaged(f"the stream {name!r}") from error
        if inflater.unconsumed_tail:
            limit = _MAX_STREAM_BYTES // 1024 // 1024
            raise TooLargeError(self._name, f"{name!r} unpacks to more than {limit} MB", "Split it")
        if not inflater.eof:
            raise self._damaged(f"the end of the stream {name!r}")
        return plain

    def _tree(self, name: str, data: bytes) -> list[Record]:
        if self._is_compressed:
            data = self._inflate(name, data)
        roots: list[Record] = []
        path: list[Record] = []
        position = count = 0
        while position + 4 <= len(data):
            (header,) = struct.unpack_from("<I", data, position)
            position += 4
            tag, level, size = header & 0x3FF, header >> 10 & 0x3FF, header >> 20
            if size == 0xFFF:
                if position + 4 > len(data):
                    raise self._damaged(f"a record in {name!r}")
                (size,) = struct.unpack_from("<I", data, position)
                position += 4
            if size > len(data) - position:
                raise self._damaged(f"a record in {name!r}")
            count += 1
            if level > _MAX_DEPTH or count > _MAX_RECORDS:
                raise TooLargeError(self._name, f"{name!r} is nested too deeply or too long", "Simplify its tables")
            record = Record(tag, data[position : position + size])
            position += size
            del path[level:]
            (path[-1].children if path else roots).append(record)
            path.append(record)
        return roots

    def _damaged(self, what: str) -> UnreadableFileError:
        remedy = "Fetch it again, or open it in Hancom Office and save it"
        return UnreadableFileError(self._name, f"{what} is missing or damaged", remedy)


def _properties(data: bytes) -> dict[int, str]:
    """The texts of a property set by their number."""
    (start,) = struct.unpack_from("<I", data, _PROPERTIES_AT)
    _, count = struct.unpack_from("<2I", data, start)
    found: dict[int, str] = {}
    for index in range(min(count, 100)):
        number, offset = struct.unpack_from("<2I", data, start + 8 + 8 * index)
        kind, length = struct.unpack_from("<2I", data, start + offset)
        if kind == _WIDE_STRING:
            text = data[start + offset + 8 :][: 2 * length].decode("utf-16-le", "ignore")
            found[number] = text.partition("\0")[0]
    return found


def strings(data: bytes, position: int, count: int) -> list[str]:
    """Strings that follow each other, each with its length in units of 16 bits before it."""
    found: list[str] = []
    for _ in range(count):
        if position + 2 > len(data):
            break
        (length,) = struct.unpack_from("<H", data, position)
        position += 2
        found.append(data[position : position + 2 * length].decode("utf-16-le", "ignore"))
        position += 2 * length
    return found
