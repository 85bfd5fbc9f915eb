"""HWP 5 documents with a password (encryption version 4, Hangul 2007 and later), opened with it.

Every stream is AES-128 in 1-bit cipher feedback from a register of zeros; the key is the first half of a SHA-1 over the password's
bytes, each preceded by its predecessor turned left by one bit. Not in the format's public description; found by others and
checked against streams made here, not against a file of Hancom's.
"""

from __future__ import annotations

import hashlib

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_REGISTER_BYTES = 16
_KEY_BYTES = 16
_BEFORE_THE_FIRST = 0xEC
_MAX_PASSWORD_BYTES = 80
# Each byte of a stream takes eight blocks of AES: 1 MB of blocks at a time.
_CHUNK_BYTES = 8192


def password_key(password: str) -> bytes:
    """The AES key (16 bytes) that a password stands for; Korean counts in the encoding of Korean Windows."""
    before = _BEFORE_THE_FIRST
    mixed = bytearray()
    for byte in password.encode("cp949", "replace")[:_MAX_PASSWORD_BYTES]:
        mixed += bytes(((before << 1 | before >> 7) & 0xFF, byte))
        before = byte
    return hashlib.sha1(bytes(mixed).replace(b"\x00", b""), usedforsecurity=False).digest()[:_KEY_BYTES]


def decrypt_stream(data: bytes, key: bytes) -> bytes:
    """A stream's bytes. With a wrong key the result is noise, which does not inflate."""
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - a step of the cipher feedback
    known = np.frombuffer(bytes(_REGISTER_BYTES) + data, dtype=np.uint8)
    plain = bytearray()
    for start in range(0, len(data), _CHUNK_BYTES):
        length = min(_CHUNK_BYTES, len(data) - start)
        # The register before each bit holds the 128 bits before it, which are all there: no bit waits for another.
        part = known[start : start + length + _REGISTER_BYTES].astype(np.uint16)
        shifted = np.empty((length, 8, _REGISTER_BYTES), dtype=np.uint8)
        for bit in range(8):
            row = (part[:-1] << bit | part[1:] >> (8 - bit)) & 0xFF
            shifted[:, bit, :] = np.lib.stride_tricks.sliding_window_view(row, _REGISTER_BYTES)[:length]
        blocks = np.frombuffer(encryptor.update(shifted.tobytes()), dtype=np.uint8)
        bits = blocks.reshape(length, 8, _REGISTER_BYTES)[:, :, 0] >> 7
        plain += (np.packbits(bits, axis=1).reshape(-1) ^ known[_REGISTER_BYTES + start :][:length]).tobytes()
    return bytes(plain)
