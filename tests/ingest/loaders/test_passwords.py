"""Files that open with a password: read with it, named with what to do without it."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hwp5_samples import COMPRESSED, hwp5, paragraph
from loader_samples import hwp_paragraph, hwpx, make_source, texts
from test_pdf_loader import make_pdf, written

from assistant.errors import EncryptedFileError, IngestError, TooLargeError
from assistant.ingest.loaders import load_document
from assistant.ingest.loaders.hwp5_password import decrypt_stream, password_key
from assistant.types import SourceFile

PASSWORD = "서울2026!"


def _locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(written("공고문"))))
    writer.encrypt(PASSWORD, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _locked_entry(name: str, plain: bytes, iterations: int) -> tuple[bytes, str]:
    """An entry encrypted as Hangul does, and its line of the manifest."""
    salt, vector = hashlib.md5(name.encode()).digest(), hashlib.md5(name.encode() + b"iv").digest()
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(PASSWORD.encode()).digest(), salt, min(iterations, 4096), 32)
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(plain) + packer.flush()
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    content = cipher.update(packed + bytes(-len(packed) % 16)) + cipher.finalize()
    checksum = base64.b64encode(hashlib.sha256(plain[:1024]).digest()).decode()
    return content, (
        f'<m:file-entry full-path="{name}"><m:encryption-data checksum-type="urn:x#sha256-1k" checksum="{checksum}">'
        f'<m:algorithm algorithm-name="urn:x#aes256-cbc" initialisation-vector="{base64.b64encode(vector).decode()}"/>'
        f'<m:key-derivation key-derivation-name="urn:x#pbkdf2" key-size="32" iteration-count="{iterations}" '
        f'salt="{base64.b64encode(salt).decode()}"/><m:start-key-generation start-key-generation-name="urn:x#sha256"/>'
        "</m:encryption-data></m:file-entry>"
    )


def _locked_hwpx(iterations: int = 1024) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hwpx(hwp_paragraph("공고문")))) as plain, zipfile.ZipFile(buffer, "w") as locked:
        lines = []
        for name in plain.namelist():
            content = plain.read(name)
            if name.startswith("Contents/section"):
                content, line = _locked_entry(name, content, iterations)
                lines.append(line)
            if name != "META-INF/manifest.xml":
                locked.writestr(name, content)
        locked.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="urn:m">{"".join(lines)}</m:manifest>')
    return buffer.getvalue()


def _feedback_encrypted(plain: bytes, key: bytes) -> bytes:
    """The library's own 8-bit mode is another one; this is the 1-bit mode, bit by bit, as one would explain it."""
    block = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    register = 0
    result = bytearray()
    for byte in plain:
        coded = 0
        for place in range(7, -1, -1):
            bit = (byte >> place & 1) ^ (block.update(register.to_bytes(16, "big"))[0] >> 7)
            register = (register << 1 | bit) & ((1 << 128) - 1)
            coded = coded << 1 | bit
        result.append(coded)
    return bytes(result)


def _locked_hwp() -> bytes:
    key = password_key(PASSWORD)
    return hwp5(paragraph("공고문"), flags=COMPRESSED | 2, cipher=lambda stream: _feedback_encrypted(stream, key))


FILES = {"a.pdf": _locked_pdf, "a.hwpx": _locked_hwpx, "a.hwp": _locked_hwp}


def _given(source: SourceFile, password: str | None) -> SourceFile:
    return replace(source, password=password)


@pytest.mark.parametrize("name", FILES)
def test_with_the_password_the_text_is_read(name: str) -> None:
    source = make_source(name, FILES[name]())
    assert "공고문" in "".join(texts(load_document(_given(source, PASSWORD))))


@pytest.mark.parametrize("name", FILES)
def test_without_it_the_error_says_how_to_give_it(name: str) -> None:
    with pytest.raises(EncryptedFileError, match=r"needs a password.*Give the right password"):
        load_document(make_source(name, FILES[name]()))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("wrong", ["", "부산2026!", "x" * 500])
def test_a_wrong_password_is_called_wrong(name: str, wrong: str) -> None:
    source = make_source(name, FILES[name]())
    with pytest.raises(EncryptedFileError, match="password is wrong"):
        load_document(_given(source, wrong))


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    source = make_source("a.pdf", make_pdf(written("공고문")))
    assert "공고문" in "".join(texts(load_document(_given(source, PASSWORD))))


def test_a_key_that_takes_too_many_rounds_is_refused() -> None:
    source = make_source("a.hwpx", _locked_hwpx(iterations=2_000_000_000))
    with pytest.raises(TooLargeError, match="rounds"):
        load_document(_given(source, PASSWORD))


@pytest.mark.parametrize("seed", range(30))
def test_damaged_encryption_is_an_ingest_error_or_harmless(seed: int) -> None:
    from test_damaged_files import mutated

    for name, make in FILES.items():
        try:
            load_document(_given(make_source(name, mutated(make(), seed)), PASSWORD))
        except IngestError:
            continue


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 8191, 8192, 8193])
def test_the_whole_stream_is_decrypted_whatever_its_length(length: int) -> None:
    key = os.urandom(16)
    plain = os.urandom(min(length, 300)) + bytes(max(length - 300, 0))
    assert decrypt_stream(_feedback_encrypted(plain, key), key) == plain


def test_a_real_document_with_a_password(shared: Path) -> None:
    path = shared / "formats" / "encrypted_pw_123456.hwpx"
    source = make_source(path.name, path.read_bytes())
    assert sum(map(len, texts(load_document(_given(source, "123456"))))) > 20_000


def test_a_password_is_shown_nowhere() -> None:
    assert PASSWORD not in repr(_given(make_source("a.pdf", b""), PASSWORD))
