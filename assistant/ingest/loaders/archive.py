"""Zip packages (DOCX, HWPX, XLSX, plain archives) read with limits, and their XML without entities.

Nothing is ever unpacked to disk, so names that climb out of a folder do no harm.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.types import SourceFile

MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 500 * 1024 * 1024
MAX_RATIO = 250
_RATIO_COUNTS_FROM_BYTES = 4 * 1024 * 1024
_MAX_DEPTH = 200
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    KeyError,
    RuntimeError,
)
_RESAVE = "Open it in the program that made it and save it again"


class Archive:
    """A zip package whose directory has been checked against the limits.

    Raises:
        UnreadableFileError: not a zip file, or a damaged one.
        EncryptedFileError: its entries are encrypted.
        TooLargeError: over the limit on entries, unpacked size or compression ratio.
    """

    def __init__(self, source: SourceFile) -> None:
        self._name = source.name
        with self._mapped():
            self._zip = zipfile.ZipFile(io.BytesIO(source.content))
            entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise TooLargeError(self._name, f"the package holds more than {MAX_ENTRIES:,} entries", _RESAVE)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED_BYTES:
            limit = MAX_UNPACKED_BYTES // 1024 // 1024
            raise TooLargeError(self._name, f"the package unpacks to more than {limit} MB", "Remove large pictures")
        for entry in entries:
            if entry.file_size > max(_RATIO_COUNTS_FROM_BYTES, entry.compress_size * MAX_RATIO):
                raise TooLargeError(self._name, f"{entry.filename!r} is packed more than {MAX_RATIO} to 1", _RESAVE)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise EncryptedFileError(self._name, "the package is encrypted", "Save it without a password")
        self.names = frozenset(entry.filename for entry in entries)
        self._decoders: Mapping[str, Callable[[bytes], bytes]] = {}

    def decode_with(self, decoders: Mapping[str, Callable[[bytes], bytes]]) -> None:
        """Have the entries with these names decoded whenever they are read; a decoder raises ``IngestError``s only."""
        self._decoders = decoders

    def files(self) -> list[tuple[str, str]]:
        """Every file in the archive: the name to read it by, and the name to show, in the archive's order."""
        return [(entry.filename, _shown_name(entry)) for entry in self._zip.infolist() if not entry.is_dir()]

    def size(self, name: str) -> int:
        """The unpacked size of one entry in bytes, as the directory states it."""
        with self._mapped(name):
            return self._zip.getinfo(name).file_size

    def read(self, name: str) -> bytes:
        """The unpacked bytes of one entry."""
        with self._mapped(name):
            data = self._zip.read(name)
        return self._decoders[name](data) if name in self._decoders else data

    def xml(self, name: str) -> Element:
        """The root of an XML entry.

        Raises:
            UnreadableFileError: not well formed, or it declares a document type or entities.
            TooLargeError: nested deeper than any honest document.
        """
        data = self.read(name)
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            problem = f"{name!r} declares a document type or entities, which an office file never needs"
            raise UnreadableFileError(
                self._name, problem, "Do not trust this file; get it from its publisher"
            ) from error
        except (ParseError, ValueError, LookupError) as error:
            raise UnreadableFileError(self._name, f"{name!r} is not well-formed XML", _RESAVE) from error
        level = [root]
        for _ in range(_MAX_DEPTH):
            level = [child for element in level for child in element]
            if not level:
                return root
        raise TooLargeError(self._name, f"{name!r} is nested more than {_MAX_DEPTH} levels deep", "Simplify its tables")

    @contextmanager
    def _mapped(self, name: str | None = None) -> Iterator[None]:
        try:
            yield
        except _ZIP_ERRORS as error:
            problem = f"the entry {name!r} is damaged or missing" if name else "the package is damaged"
            raise UnreadableFileError(
                self._name, problem, "Fetch it again or " + _RESAVE[0].lower() + _RESAVE[1:]
            ) from error


def local_name(element: Element) -> str:
    """The element's name without its namespace, which differs between versions of a format; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """An entry's name; Korean Windows writes it in CP949 and does not say so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        stored = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "cp949"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
