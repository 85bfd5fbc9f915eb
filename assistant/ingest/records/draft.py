"""A record while it is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.ingest.records.outline import Entry
from assistant.ingest.records.periods import Deadline, When
from assistant.types import Evidence, Record, RecordType


def evidence(entry: Entry, name: str, start: int = 0, end: int | None = None) -> Evidence:
    """Characters ``start:end`` of an entry as the proof of a field."""
    quote = entry.text[start:end]
    begin = entry.start + start
    return Evidence(name, entry.chunk_id, entry.section, entry.page, begin, begin + len(quote), quote)


def _in_named_year(when: When, named: str) -> When:
    years = {int(year) for year in re.findall(r"(?<![\d.])(20\d\d)(?![\d.])", named)}
    if not when.inferred or when.start is None or when.end is None or len(years) != 1 or when.start.year in years:
        return when
    shift = years.pop() - when.start.year
    try:
        return replace(
            when,
            start=when.start.replace(year=when.start.year + shift),
            end=when.end.replace(year=when.end.year + shift),
        )
    except ValueError:  # 29 February
        return replace(when, start=None, end=None, precision=None)


@dataclass(slots=True)
class Draft:
    """The fields found so far, each with the place it stands at."""

    type: RecordType
    document_id: str
    title: str
    proofs: list[Evidence]
    fields: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: Any, *proofs: Evidence) -> None:
        """Set a field that is not set yet; ``None`` sets nothing."""
        if value is None or name in self.fields:
            return
        self.fields[name] = value
        self.proofs.extend(proofs)

    def put_when(self, when: When, *proofs: Evidence, beside: str = "") -> None:
        """Set the days. Where weekday and date disagree they stay unknown, but the place is kept as proof.

        A year in the event's name, or in the words ``beside`` it, goes before one that is inferred from the document's date.
        """
        when = _in_named_year(when, f"{self.title} {beside}")
        if "start" in self.fields:
            return
        if when.start is None or when.end is None:
            self.proofs.extend(proofs)
            if when.conflict:
                self.fields["planned"] = True
            return
        self.fields |= {
            "start": when.start,
            "end": when.end,
            "precision": when.precision,
            "year_inferred": when.inferred,
        }
        if when.planned:
            self.fields["planned"] = True
        self.proofs.extend(proofs)

    def put_deadline(self, deadline: Deadline, *proofs: Evidence) -> None:
        """Set the deadline and its kind."""
        if "deadline_kind" in self.fields:
            return
        self.fields |= {"deadline_kind": deadline.kind}
        if deadline.day:
            self.fields["deadline"] = deadline.day
            if deadline.inferred:
                self.fields["year_inferred"] = True
        if deadline.time and (deadline.day or deadline.kind.value == "relative"):
            self.fields["deadline_time"] = deadline.time
        self.proofs.extend(proofs)

    def build(self) -> Record:
        """The record; its id is given where all records of the document are known."""
        kept = tuple(dict.fromkeys(self.proofs))
        return Record("", self.type, self.document_id, self.title, kept, **self.fields)
