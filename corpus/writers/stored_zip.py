"""Packages that are the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def stored_zip(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """A package of these files, by name, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            # Packed sizes differ between versions of zlib, so nothing is packed.
            entry.compress_type = zipfile.ZIP_STORED
            package.writestr(entry, content)
    return buffer.getvalue()
