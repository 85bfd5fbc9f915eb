"""The door to pypdf: what a PDF says about itself."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from typing import Any

import pypdf

from assistant.ingest.loaders.lines import sensible_title
from assistant.text.normalize import normalize_text
from assistant.types import SourceFile

_MAX_OUTLINE_ENTRIES = 5_000
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings about damaged files have no reader here


@dataclass(slots=True)
class Extras:
    """What pypdf knows: the title, the labels by page and the outline's titles (blanks removed) by page."""

    title: str | None = None
    labels: dict[int, str] = field(default_factory=dict)
    outline: dict[int, dict[str, int]] = field(default_factory=dict)


def read_extras(source: SourceFile) -> Extras:
    """What pypdf finds; nothing where it stumbles."""
    extras = Extras()
    # The text is already read; pypdf fails in many ways on files that pdfium repairs, and then there are no extras.
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.content))
        if reader.is_encrypted:
            reader.decrypt(source.password or "")
        extras.title = sensible_title(reader.metadata.title) if reader.metadata else None
        if "/PageLabels" in reader.root_object:
            labels = enumerate(reader.page_labels, start=1)
            extras.labels = {number: label for number, label in labels if label and label != str(number)}
        extras.outline = _outline(reader)
    except Exception:
        return extras
    return extras


def _outline(reader: pypdf.PdfReader) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    todo: list[tuple[Any, int]] = [(entry, 1) for entry in reversed(reader.outline)]
    for _ in range(_MAX_OUTLINE_ENTRIES):
        if not todo:
            break
        entry, depth = todo.pop()
        if isinstance(entry, list):
            todo.extend((child, depth + 1) for child in reversed(entry))
            continue
        page = reader.get_destination_page_number(entry)
        title = normalize_text(str(entry.title)).replace(" ", "").replace("\n", "")
        if page is not None and page >= 0 and title:
            found.setdefault(page + 1, {}).setdefault(title, min(depth, 6))
    return found
