"""Reads a language model's answer about records. Whatever is not as asked for is left out; nothing of it is believed here."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from assistant.errors import GenerationError
from assistant.generation.grounding.injection import is_instruction
from assistant.types import ProposedField, ProposedRecord, RecordType

RECORD_FIELDS = (
    "title",
    "start",
    "end",
    "deadline",
    "place",
    "organiser",
    "country",
    "amount",
    "rate",
    "share",
    "eligible",
    "owner",
    "requirements",
    "how_to_apply",
    "contact",
)
RECORDS_SCHEMA: dict[str, Any] = {
    "title": "Records",
    "description": "Events, programs, tenders and tasks that the passage states, each field with the words that state it.",
    "type": "object",
    "additionalProperties": False,
    "required": ["records"],
    "properties": {
        "records": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["type", "fields"],
                "properties": {
                    "type": {"type": "string", "enum": [kind.value for kind in RecordType]},
                    "fields": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["name", "value", "quote"],
                            "properties": {
                                "name": {"type": "string", "enum": list(RECORD_FIELDS)},
                                "value": {"type": "string", "description": "As written; dates as YYYY-MM-DD."},
                                "quote": {"type": "string", "description": "The words of one line, letter by letter."},
                            },
                        },
                    },
                },
            },
        }
    },
}
_TYPES = {kind.value: kind for kind in RecordType}
_MAX_RECORDS = 20
_MAX_VALUE_CHARS = 400


def parse_records(text: str) -> list[ProposedRecord]:
    """The records in a model's answer, at most 20, in its order; values that give orders to an assistant are left out.

    Raises:
        GenerationError: the answer is no such JSON object.
    """
    begin, end = text.find("{"), text.rfind("}")
    try:
        answer = json.loads(text[begin : end + 1])
        rows = answer["records"]
    except (ValueError, KeyError, TypeError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        # Raised out here so that the model's words do not hang on as context.
        raise GenerationError(
            "the language model", "its answer is not the JSON that was asked for", "Try another model", retryable=True
        )
    return [record for row in rows[:_MAX_RECORDS] if (record := _record(row)) is not None]


def _record(row: object) -> ProposedRecord | None:
    if not isinstance(row, dict) or not isinstance(row.get("fields"), list):
        return None
    kind = _TYPES.get(row["type"]) if isinstance(row.get("type"), str) else None
    return None if kind is None else ProposedRecord(kind, tuple(_fields(row["fields"])))


def _fields(rows: list[object]) -> Iterator[ProposedField]:
    known: set[str] = set()
    for row in rows[: 2 * len(RECORD_FIELDS)]:
        if not isinstance(row, dict):
            continue
        name, value, quote = (row.get(key) for key in ("name", "value", "quote"))
        if not (isinstance(name, str) and isinstance(value, str) and isinstance(quote, str)):
            continue
        # The passage was escaped so that it could not close its fence.
        value, quote = html.unescape(value).strip(), html.unescape(quote).strip()
        said = value and quote and max(len(value), len(quote)) <= _MAX_VALUE_CHARS
        if (
            said
            and name in RECORD_FIELDS
            and name not in known
            and not (is_instruction(value) or is_instruction(quote))
        ):
            known.add(name)
            yield ProposedField(name, value, quote)
