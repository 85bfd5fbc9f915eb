"""Small HWP 5 files, written from scratch: records, streams and the compound file around them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.modes import ECB

from assistant.ingest.loaders.hwp5_distribution import DISTRIBUTION_TAG, mask_record, stream_key

COMPRESSED, PASSWORD, DISTRIBUTION, DRM = 0x1, 0x2, 0x4, 0x10
PARA_SHAPE, STYLE = 25, 26
PARA_HEADER, PARA_TEXT, CONTROL, LIST, SHAPE, TABLE = 66, 67, 71, 72, 76, 77
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(data) << 20) + data
    return struct.pack("<2I", tag | level << 10 | 0xFFF << 20, len(data)) + data


def anchor(code: int, name: str = "    ") -> str:
    """A control character that stands for a control, in its eight units."""
    filler = name[::-1].encode("latin-1").decode("utf-16-le")
    return chr(code) + filler + "\0" * 4 + chr(code)


TABLE_ANCHOR = anchor(11, "tbl ")
NOTE_ANCHOR = anchor(17, "fn  ")
RUNNING_ANCHOR = anchor(16, "head")
TAB = "\t" + "\0" * 6 + "\t"


def paragraph(text: str, level: int = 0, *, shape: int = 0, style: int = 0, controls: bytes = b"") -> bytes:
    """A paragraph's records; ``controls`` are the records of the controls that its text anchors."""
    units = (text + "\r").encode("utf-16-le")
    header = struct.pack("<2IHBB", len(units) // 2, 0, shape, style, 0) + bytes(10)
    return record(PARA_HEADER, level, header) + record(PARA_TEXT, level + 1, units) + controls


def control(name: str, level: int, data: bytes = b"") -> bytes:
    return record(CONTROL, level, name[::-1].encode("latin-1") + data)


def paragraph_list(level: int, *texts: str, place: bytes = b"", title: bool = False, inner: bytes = b"") -> bytes:
    header = struct.pack("<iI", len(texts), 1 << 18 if title else 0) + place
    return record(LIST, level, header) + b"".join(paragraph(text, level) for text in texts) + inner


def table(
    level: int, cells: Sequence[tuple[int, int, int, int, str]], *, caption: str = "", titles: bool = False
) -> bytes:
    """A table whose cells are (row, column, rows, columns, text)."""
    rows, columns = max(cell[0] + cell[2] for cell in cells), max(cell[1] + cell[3] for cell in cells)
    parts = [control("tbl ", level, bytes(40))]
    if caption:
        parts.append(paragraph_list(level + 1, caption))
    parts.append(record(TABLE, level + 1, struct.pack("<I2H", 4, rows, columns) + bytes(12)))
    for row, column, high, wide, text in cells:
        place = struct.pack("<4H", column, row, wide, high) + bytes(18)
        parts.append(paragraph_list(level + 1, *text.split("\n"), place=place, title=titles and row == 0))
    return b"".join(parts)


def text_box(level: int, text: str) -> bytes:
    return control("gso ", level, bytes(40)) + record(SHAPE, level + 1, bytes(20)) + paragraph_list(level + 2, text)


def doc_info() -> bytes:
    """Styles 0 (plain) and 1 (outline 1); paragraph shapes 0 (plain), 1 (outline, level 2) and 2 (bullet)."""

    def style(name: str) -> bytes:
        return record(STYLE, 0, struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0" + bytes(10))

    shapes = [0, 1 << 23 | 1 << 25, 3 << 23]
    return b"".join(
        [
            style("바탕글"),
            style("개요 1"),
            *(record(PARA_SHAPE, 0, struct.pack("<I", bits) + bytes(50)) for bits in shapes),
        ]
    )


def hwp5(
    *sections: bytes,
    flags: int = COMPRESSED,
    streams: Mapping[str, bytes] | None = None,
    cipher: Callable[[bytes], bytes] = bytes,
) -> bytes:
    """An HWP 5 file with these sections' records; ``flags`` decide how they are stored, ``cipher`` comes last."""

    def packed(data: bytes) -> bytes:
        if not flags & COMPRESSED:
            return cipher(data)
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return cipher(deflater.compress(data) + deflater.flush())

    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<2I", 0x05000300, flags) + bytes(216)
    files = {"FileHeader": header, "DocInfo": packed(doc_info())}
    for number, section in enumerate(sections):
        if flags & DISTRIBUTION:
            placeholder = paragraph("이 문서는 상위 버전의 배포용 문서입니다.")
            files[f"BodyText/Section{number}"] = packed(placeholder)
            files[f"ViewText/Section{number}"] = locked(packed(section))
        else:
            files[f"BodyText/Section{number}"] = packed(section)
    return compound({**files, **(streams or {})})


def locked(stream: bytes, seed: int = 20_270_115) -> bytes:
    """A stream as a document saved for distribution keeps it."""
    masked = mask_record(struct.pack("<I", seed) + bytes(range(4, 256)))
    cipher = Cipher(algorithms.AES128(stream_key(masked)), ECB()).encryptor()
    padded = stream + bytes(-len(stream) % 16)
    return record(DISTRIBUTION_TAG, 0, masked) + cipher.update(padded) + cipher.finalize()


def summary(title: str) -> bytes:
    text = (title + "\0").encode("utf-16-le")
    section = struct.pack("<4I", 24 + len(text), 1, 2, 16) + struct.pack("<2I", 31, len(text) // 2) + text
    return (
        struct.pack("<2H", 0xFFFE, 0) + bytes(20) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + section
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE) with these streams; ``folder/name`` puts one into a storage."""
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        first = len(sectors)
        pieces = [data[start : start + 512].ljust(512, b"\0") for start in range(0, len(data), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    mini, mini_fat = bytearray(), []
    entries: list[list[object]] = [["Root Entry", 5, _FREE, _FREE, _FREE, _END, 0]]
    children: dict[str, list[int]] = {"": []}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in children:
            children[folder] = []
            children[""].append(len(entries))
            entries.append([folder, 1, _FREE, _FREE, _FREE, 0, 0])
        if len(data) < 4096:
            start = len(mini) // 64 if data else _END
            count = -(-len(data) // 64)
            mini_fat.extend([*range(len(mini_fat) + 1, len(mini_fat) + count), _END] if count else [])
            mini += data.ljust(count * 64, b"\0")
        else:
            start = store(data)
        children[folder].append(len(entries))
        entries.append([name, 2, _FREE, _FREE, _FREE, start, len(data)])
    for folder, numbers in children.items():
        owner = 0 if not folder else next(n for n, entry in enumerate(entries) if entry[:2] == [folder, 1])
        for number, following in zip(numbers, [*numbers[1:], _FREE], strict=True):
            entries[number][3] = following
        entries[owner][4] = numbers[0]
    entries[0][5:] = [store(bytes(mini)), len(mini)]
    mini_start = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff"))
    directory = b"".join(_entry(entry) for entry in entries)
    directory += _entry(["", 0, _FREE, _FREE, _FREE, 0, 0]) * (-len(entries) % 4)
    directory_start = store(directory)
    fat_count = 1
    while fat_count * 128 < len(fat) + fat_count:
        fat_count += 1
    fat_start = len(fat)
    fat.extend([_FAT] * fat_count)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * 512, b"\xff")
    locations = [*range(fat_start, fat_start + fat_count)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<2I", fat_count, directory_start) + bytes(4) + struct.pack("<I", 4096)
    header += struct.pack("<4I", mini_start, -(-len(mini_fat) // 128), _END, 0)
    header += struct.pack("<109I", *locations, *[_FREE] * (109 - len(locations)))
    return header + b"".join(sectors) + table


def _entry(entry: Sequence[object]) -> bytes:
    name, kind, left, right, child, start, size = entry
    encoded = str(name).encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<H2B", len(encoded) + 2 if name else 0, int(str(kind)), 1)
    return head + struct.pack("<3I", left, right, child) + bytes(36) + struct.pack("<2I", start, size) + bytes(4)
