"""HWPX documents with a password, opened with it.

The package says how each entry is encrypted in the way of OpenDocument 1.2: the password's SHA-256 through PBKDF2 gives an AES key for
CBC mode; inside is a raw deflate stream. The checksum that tells whether the password is right is the SHA-256 of the first 1,024
bytes of what comes out.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from assistant.errors import EncryptedFileError, TooLargeError, UnreadableFileError
from assistant.ingest.loaders.lines import OPENING_REMEDY

_MAX_ITERATIONS = 200_000
_MAX_ENTRY_BYTES = 200 * 1024 * 1024
_BLOCK = 16
_CHECKED_BYTES = 1024
_METHODS = {
    "algorithm": "aes256-cbc",
    "key-derivation": "pbkdf2",
    "start-key-generation": "sha256",
}


@dataclass(frozen=True, slots=True)
class _Encryption:
    """How one entry is encrypted."""

    vector: bytes
    salt: bytes
    iterations: int
    checksum: bytes


def encryptions(subject: str, manifest: Element) -> Mapping[str, _Encryption]:
    """How the entries of a package are encrypted, by name; empty if none is.

    Raises:
        EncryptedFileError: in a way that is not known.
        UnreadableFileError: the manifest is damaged.
    """
    found: dict[str, _Encryption] = {}
    for entry in manifest.iter():
        data = next((child for child in entry if _local(child.tag) == "encryption-data"), None)
        if data is None:
            continue
        parts = {_local(child.tag): {_local(key): value for key, value in child.attrib.items()} for child in data}
        named = {
            name: next((v for k, v in parts.get(name, {}).items() if k.endswith("-name")), "") for name in _METHODS
        }
        if any(not named[name].endswith(method) for name, method in _METHODS.items()):
            raise EncryptedFileError(
                subject, "it is encrypted in a way that is not supported", "Save it without a password"
            )
        attributes = {_local(key): value for key, value in entry.attrib.items()}
        try:
            found[attributes["full-path"]] = _Encryption(
                base64.b64decode(parts["algorithm"]["initialisation-vector"], validate=True),
                base64.b64decode(parts["key-derivation"]["salt"], validate=True),
                int(parts["key-derivation"]["iteration-count"]),
                base64.b64decode({_local(k): v for k, v in data.attrib.items()}["checksum"], validate=True),
            )
        except (KeyError, ValueError, binascii.Error) as error:
            raise UnreadableFileError(subject, "its encryption data are damaged", "Fetch it again") from error
    return found


def decrypted(subject: str, content: bytes, *, encryption: _Encryption, password: str) -> bytes:
    """The bytes of an entry.

    Raises:
        EncryptedFileError: the password is wrong.
        TooLargeError: over the limits on rounds of the key and on size.
        UnreadableFileError: the entry is damaged.
    """
    if not 0 < encryption.iterations <= _MAX_ITERATIONS:
        raise TooLargeError(subject, "its key takes too many rounds", "Save it without a password")
    if len(encryption.vector) != _BLOCK or not content or len(content) % _BLOCK:
        raise UnreadableFileError(subject, "an encrypted entry is damaged", "Fetch it again")
    start = hashlib.sha256(password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, encryption.salt, encryption.iterations, 32)
    cipher = Cipher(algorithms.AES(key), modes.CBC(encryption.vector)).decryptor()
    packed = cipher.update(content) + cipher.finalize()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, _MAX_ENTRY_BYTES)
    except zlib.error as error:
        raise _wrong(subject) from error
    if hashlib.sha256(data[:_CHECKED_BYTES]).digest() != encryption.checksum:
        raise _wrong(subject)
    if inflater.unconsumed_tail:
        raise TooLargeError(subject, "an encrypted entry is too large", "Save it without a password, and split it")
    return data


def _wrong(subject: str) -> EncryptedFileError:
    return EncryptedFileError(subject, "the password is wrong", OPENING_REMEDY, opens_with_password=True)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
