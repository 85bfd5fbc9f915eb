"""What later notices do to the records of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Amendment, Document, Record


def amend(records: Sequence[Record], amendments: Sequence[Amendment], documents: dict[str, Document]) -> list[Record]:
    """The records as the amendments leave them, in order; an amendment that names no known record changes nothing."""
    return list(records)
