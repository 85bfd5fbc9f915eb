"""The text of HWP 5 documents saved for distribution (배포용 문서).

Such a file shows a placeholder in its body and keeps the real text scrambled beside it, so that programs may show it but
not change it. The key is in the file itself: this is a lock against editing, not a password. Each stream begins with one
record of 256 bytes, from which the key is read; the rest is AES-128 in ECB mode.
"""

from __future__ import annotations

import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.modes import ECB  # the format's own choice

DISTRIBUTION_TAG = 28
_KEY_RECORD_BYTES = 256
_HEADER_BYTES = 4
_AES_BYTES = 16


def unlock_stream(stream: bytes) -> bytes:
    """The plain bytes of one scrambled stream (still compressed if the document is).

    Raises:
        ValueError: it does not begin with a whole key record.
    """
    if len(stream) < _HEADER_BYTES + _KEY_RECORD_BYTES:
        raise ValueError("the stream is shorter than its key record")
    (header,) = struct.unpack_from("<I", stream)
    if header & 0x3FF != DISTRIBUTION_TAG or header >> 20 != _KEY_RECORD_BYTES:
        raise ValueError("the stream does not begin with a key record")
    body = stream[_HEADER_BYTES + _KEY_RECORD_BYTES :]
    body = body[: len(body) - len(body) % _AES_BYTES]
    key = stream_key(stream[_HEADER_BYTES : _HEADER_BYTES + _KEY_RECORD_BYTES])
    decryptor = Cipher(algorithms.AES128(key), ECB()).decryptor()  # noqa: S305 - to read what others wrote
    return decryptor.update(body) + decryptor.finalize()


def stream_key(record: bytes) -> bytes:
    """The AES key in a key record: unmasked with the record's own random numbers, at a place that the seed gives."""
    plain = mask_record(record)
    start = 4 + (plain[0] & 0x0F)
    return plain[start : start + _AES_BYTES]


def mask_record(record: bytes) -> bytes:
    """Mask or unmask a key record (the same operation): its first four bytes seed the numbers for the others.

    A number gives the byte to combine with, the next one for how many bytes (1 to 16) it serves.
    """
    (seed,) = struct.unpack_from("<I", record)
    result = bytearray(record)
    mask = left = 0
    for index in range(len(record)):
        if not left:
            seed, mask = _next_random(seed)
            seed, run = _next_random(seed)
            mask, left = mask & 0xFF, (run & 0x0F) + 1
        if index >= 4:
            result[index] ^= mask
        left -= 1
    return bytes(result)


def _next_random(seed: int) -> tuple[int, int]:
    """One step of the linear congruential generator of Microsoft's C library: the new state and its number."""
    seed = (seed * 214_013 + 2_531_011) & 0xFFFFFFFF
    return seed, seed >> 16 & 0x7FFF
