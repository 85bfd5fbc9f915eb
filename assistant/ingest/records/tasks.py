"""Tasks of a plan: what is to be done, until when, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.text.dates import DateMention, find_dates
from assistant.types import BlockKind, DeadlineKind, Evidence, Record, RecordType

_TASK = any_case(
    r"^(?:세부\s?|추진\s?|주요\s?)*(?:과제|사업|조치|실행\s?과제|할\s?일)(?:\s?명|\s?이름|\s?내용)?$|^(?:task|action|measure|work\sitem|activity|deliverable|milestone)s?\b"
)
_DUE = any_case(
    r"기한|일정|시기|추진\s?시점|완료\s?(?:시점|일)|마감|목표\s?연도|\bdue\b|\bdeadline|\bwhen\b|\btarget\s(?:date|year)|\bby\swhen|\btiming|\bcompletion|\btimeline|\bschedule"
)
_OWNER = any_case(
    r"담당|소관|주관|추진\s?(?:부처|기관|주체)|부처|기관|책임|\bowner|\bresponsib|\bin\scharge|\blead\b|\bministr|\bagency|\bwho\b|\bcarried\sout\sby"
)
_ONGOING = any_case(r"^\W*(?:계속|상시|연중|수시|지속|매년|ongoing|continuous(?:ly)?|rolling|permanent|always)\W*$")
_NUMBER_COLUMN = any_case(r"^(?:연번|번호|순번|no\.?|#)$")
_FLAT_HEADER = any_case(r"^(?:과제|추진\s?과제|세부과제|task)\S*\s+\S+\s+\S+$")
_FLAT_DUE = re.compile(
    r"\s(?P<due>(?:['‘’`]?\d{2}\.?\s?[上下]|\d{4}년?\s?[상하]반기|\d{4}\.?\s?[上下]|(?:19|20)\d\d\s?H[12]|['‘’]\d{2}(?:\.\d{1,2})?년?|20\d\d년?(?:\s?\d{1,2}월)?|계속|상시|연중)(?:\s?[~∼～]|\son\b)?)(?=\s|$)"
)
_LEADING_OWNER = re.compile(
    r"^(?P<owner>(?:[A-Z]{2,}|[가-힣A-Z]{1,6}(?:부|처|청|시|도|공사|공단))(?:[·‧・][A-Z가-힣]{2,8})*)\s{1,3}(?=\S)"
)
_GAPS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Columns:
    task: int
    due: int | None
    owner: int | None


class TaskReader:
    """Reads task tables with columns in any order, one record a row; a table needs a task and a due date or an owner."""

    def read(self, outline: Outline) -> list[Record]:
        """The tasks of a document in reading order. Tables of programs, events and prices give none."""
        anchor = outline.document.published.start if outline.document.published else None
        records: list[Record] = []
        flat = False
        for entry in outline.entries:
            if entry.kind is BlockKind.TABLE_HEADER:
                flat = len(entry.cells) == 1 and _is_flat_header(entry.text)
                continue
            if entry.kind is BlockKind.HEADING and entry.level <= 1:
                flat = False
            if entry.kind is not BlockKind.TABLE_ROW:
                continue
            if len(entry.cells) >= 2 and (columns := _columns(entry.header)):
                record = _from_cells(entry, columns, outline, anchor)
            elif flat and len(entry.cells) == 1:
                record = _from_text(entry, outline, anchor)
                if record is not None and records and _leads_with_owner(entry, record):
                    records[-1], record = _sharing(records[-1], record)
            else:
                record = None
            if record is not None:
                records.append(record)
        return records or list(_from_card(outline, anchor))


def _is_flat_header(text: str) -> bool:
    words = _GAPS.split(text.strip())
    return any(_TASK.search(word) for word in words) and any(_DUE.search(word) for word in words)


def _columns(header: tuple[str, ...]) -> _Columns | None:
    """Which column holds what; ``None`` for tables that are not about tasks."""
    task = next((n for n, name in enumerate(header) if _TASK.search(name.strip())), None)
    if task is None:
        return None
    due = next((n for n, name in enumerate(header) if n != task and _DUE.search(name)), None)
    owner = next((n for n, name in enumerate(header) if n not in (task, due) and _OWNER.search(name)), None)
    if due is None or (owner is None and len(header) > 4):
        return None
    return _Columns(task, due, owner)


def _from_cells(entry: Entry, columns: _Columns, outline: Outline, anchor: date | None) -> Record | None:
    cells = entry.cells
    if len(cells) != len(entry.header):
        return None
    title = cells[columns.task].strip()
    due = cells[columns.due] if columns.due is not None else ""
    owner = cells[columns.owner].strip() if columns.owner is not None else None
    if not title:
        return None
    return _record(entry, outline, title, due, owner or None, anchor)


def _from_text(entry: Entry, outline: Outline, anchor: date | None) -> Record | None:
    """A row whose columns were lost: the due date stands between the task and its owner."""
    matches = list(_FLAT_DUE.finditer(entry.text))
    if not matches:
        return None
    match = matches[-1]
    title, owner = entry.text[: match.start()].strip(), entry.text[match.end() :].strip()
    if not title:
        return None
    # A cell that two rows share is flattened to the front of the second one.
    lead = _LEADING_OWNER.match(title)
    if lead and not owner:
        title, owner = title[lead.end() :].strip(), lead["owner"]
    return _record(entry, outline, title, match["due"], _GAPS.sub("", owner) if owner else None, anchor)


def _leads_with_owner(entry: Entry, record: Record) -> bool:
    return record.owner is not None and entry.text.startswith(record.owner)


def _sharing(above: Record, below: Record) -> tuple[Record, Record]:
    """Two rows of one merged owner cell: its first lines were read into the first row, its last into the second."""
    owner = ", ".join(name for name in (above.owner, below.owner) if name)
    proof = [e for e in (*above.evidence, *below.evidence) if e.field == "owner"]
    first, second = (
        replace(r, owner=owner, evidence=(*(e for e in r.evidence if e.field != "owner"), *proof))
        for r in (above, below)
    )
    return first, second


def _from_card(outline: Outline, anchor: date | None) -> Iterator[Record]:
    """A two-column table about a single task: its name, its due date, its owner."""
    rows: list[Entry] = []
    for entry in (*outline.entries, None):
        if entry is not None and entry.kind is BlockKind.TABLE_ROW and len(entry.cells) == 2:
            rows.append(entry)
            continue
        if entry is not None and entry.kind is BlockKind.TABLE_HEADER:
            continue
        task = next((row for row in rows if _TASK.search(row.cells[0].strip())), None)
        due = next((row for row in rows if _DUE.search(row.cells[0])), None)
        if task and due:
            owner = next((row for row in rows if _OWNER.search(row.cells[0])), None)
            yield _record(
                task, outline, task.cells[1], due.cells[1], owner.cells[1] if owner else None, anchor, due, owner
            )
        rows = []


def _record(
    entry: Entry,
    outline: Outline,
    title: str,
    due: str,
    owner: str | None,
    anchor: date | None,
    due_entry: Entry | None = None,
    owner_entry: Entry | None = None,
) -> Record:
    evidence: list[Evidence] = [entry.evidence("title")]
    dated = due_entry or entry
    start = end = deadline = precision = None
    kind = DeadlineKind.NONE
    inferred = False
    if _ONGOING.match(due):
        kind = DeadlineKind.ROLLING
        evidence.append(dated.evidence("deadline_kind"))
    elif (mention := _first(due, anchor)) is not None and mention.period is not None:
        period = mention.period
        precision, inferred = period.precision, mention.inferred_year
        evidence.append(dated.evidence("precision"))
        if mention.open_end:
            start = period.start
            evidence.append(dated.evidence("start"))
        else:
            deadline, end, kind = period.end, period.end, DeadlineKind.FIXED
            start = period.start if not mention.open_start else None
            names = ("deadline", "end", "deadline_kind", *(("start",) if start else ()))
            evidence += [dated.evidence(name) for name in names]
    if owner:
        evidence.append((owner_entry or entry).evidence("owner"))
    return Record(
        "",
        RecordType.TASK,
        outline.document.document_id,
        title,
        tuple(evidence),
        start=start,
        end=end,
        precision=precision,
        year_inferred=inferred,
        deadline=deadline,
        deadline_kind=kind,
        owner=owner,
    )


def _first(due: str, anchor: date | None) -> DateMention | None:
    return next((mention for mention in find_dates(due, anchor) if mention.period is not None), None)
