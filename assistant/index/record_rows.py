"""Records and amendments as JSON, and back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from assistant.types import Amendment, Record

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# The columns of the table say these already.
_KEYS = frozenset({"record_id", "document_id", "type"})


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    # Only who has records pays for the import.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def record_row(ordinal: int, record: Record) -> dict[str, Any]:
    """A record as a row of its table; ``ordinal`` is its place in the document."""
    return {
        "record_id": record.record_id,
        "document_id": record.document_id,
        "ordinal": ordinal,
        "type": record.type.value,
        "data": _adapter(Record).dump_python(record, mode="json", exclude=set(_KEYS)),
    }


def load_record(record_id: str, document_id: str, kind: str, data: dict[str, Any]) -> Record:
    """The record of a row."""
    record: Record = _adapter(Record).validate_python(
        data | {"record_id": record_id, "document_id": document_id, "type": kind}
    )
    return record


def dump_amendment(amendment: Amendment) -> dict[str, Any]:
    """An amendment's fields as JSON values."""
    dumped: dict[str, Any] = _adapter(Amendment).dump_python(amendment, mode="json")
    return dumped


def load_amendment(data: dict[str, Any]) -> Amendment:
    """The amendment of a row."""
    amendment: Amendment = _adapter(Amendment).validate_python(data)
    return amendment


def read_field(name: str, value: Any) -> Any:
    """A JSON value as the record's field ``name`` holds it: ``"2026-12-01"`` for ``deadline`` becomes that day.

    Raises:
        ValueError: the record has no such field, or the value is not one of its values.
    """
    return _field_adapter(name).validate_python(value)


@cache
def _field_adapter(name: str) -> TypeAdapter[Any]:
    hints = get_type_hints(Record)
    if name not in hints:
        raise ValueError(f"a record has no field {name!r}")
    return _adapter(hints[name])
