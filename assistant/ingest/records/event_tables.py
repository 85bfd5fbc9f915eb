"""Events in tables: one a row, or one a column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ingest.records.draft import Draft
from assistant.ingest.records.labels import Part, part_of
from assistant.ingest.records.notice_parts import fill_from_cells
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import anchor_of, read_when, says_plan, says_tentative
from assistant.ingest.records.tables import Table, tables_of
from assistant.ingest.records.titles import ANY, ENGLISH_NAME_WORD, KOREAN_NAME_END, bare, event_name
from assistant.text.countries import find_countries
from assistant.types import RecordType

_NAME_HEAD = any_case(
    rf"{KOREAN_NAME_END}(?:\s?명)?|{ENGLISH_NAME_WORD}s?|(?:행사|회의|교육|과정|전시회|박람회|세미나|프로그램|강좌|대회|상담회|설명회|로드쇼|웨비나)(?:\s?(?:명|이름|명칭))?|명칭"
    r"|(?:event|conference|exhibition|fair|webinar|seminar|course|workshop|forum|meeting|trade show|programme|program)s?(?:\s(?:name|title))?"
)
_VAGUE_HEAD = any_case(r"구분|항목|내용|이름|제목|분류|item|name|title|what|activity|")
_TURN_HEAD = any_case(r"회차|차수|차시|기수|회|session|round|leg|no\.?")
_OWNER_HEAD = any_case(r"담당|맡는 곳|주관\s?부서|owner|in charge|responsible")
# Rows of a schedule that belong to one event or to something else than an event.
_STEP = re.compile(
    r"신청|접수|마감|선정|통보|발표|공고|제출|평가|질의|개찰|협약|계약|착수|모집|등록|현장\s?설명회"
    r"|regist|appl|deadline|closing|selection|result|notification|submission|questions|award|opening of|kick-?off"
)


def tabled_events(outline: Outline) -> Iterator[Draft]:
    """The events that the document's tables list, in reading order."""
    for table in tables_of(outline):
        if len(table.head.cells) < 2:
            continue
        heads = [_head_part(cell) for cell in table.head.cells]
        if Part.WHEN in heads:
            yield from _rows(outline, table, heads)
        elif _VAGUE_HEAD.fullmatch(table.head.cells[0].strip()) and len(table.head.cells) > 2:
            yield from _columns(outline, table)


def _head_part(cell: str) -> Part | None:
    if _OWNER_HEAD.fullmatch(cell.strip()):
        return Part.ORGANISER
    return part_of(cell)


def _rows(outline: Outline, table: Table, heads: list[Part | None]) -> Iterator[Draft]:
    document = outline.document
    names = [n for n, cell in enumerate(table.head.cells) if _NAME_HEAD.fullmatch(cell.strip())]
    turns = [n for n, cell in enumerate(table.head.cells) if _TURN_HEAD.fullmatch(cell.strip())]
    vague = [n for n, cell in enumerate(table.head.cells) if _VAGUE_HEAD.fullmatch(cell.strip())]
    column = next(iter(names or turns or vague), None)
    when_column = heads.index(Part.WHEN)
    if column is None or column == when_column:
        return
    for row in table.rows:
        if len(row.cells) != len(table.head.cells):
            continue
        cell, said = bare(row.cells[column]), row.cells[when_column]
        if not cell or (not names and not turns and (not ANY.search(cell) or _STEP.search(cell))):
            continue
        title, place = _name_and_place(event_name(cell))
        if not names and turns:
            if not ANY.search(document.title):
                return
            turn = f"{table.head.cells[column].strip()} {cell}" if cell.isdigit() and cell.isascii() else cell
            title = f"{event_name(document.title)} – {turn}"
        remarks = [row.cells[n] for n, part in enumerate(heads) if part is Part.REMARK]
        draft = _dated(outline, row, title, said, " | ".join((said, *remarks)))
        if draft:
            columns = [(heads[n], row.cells[n]) for n in range(len(heads)) if n not in (column, when_column)]
            fill_from_cells(draft, row, columns, document)
            draft.put("place", place, row.evidence("place"))
            yield draft


def _name_and_place(name: str) -> tuple[str, str | None]:
    """세계도로대회 (UAE): a place in parentheses after the name; "(하노이)" glued to it is part of the name."""
    found = re.fullmatch(r"(?P<name>.+?)\s\((?P<place>[^()]{2,30})\)", name)
    known = found and (
        find_countries(found["place"]) or re.search(r"센터|호텔|전시장|홀$|시$|Hall|Center", found["place"])
    )
    return (found["name"], found["place"]) if found and known else (name, None)


def _columns(outline: Outline, table: Table) -> Iterator[Draft]:
    """A table with an event a column: its first column holds the labels."""
    when_row = next((row for row in table.rows if part_of(row.cells[0]) is Part.WHEN), None)
    if when_row is None:
        return
    for column in range(1, len(table.head.cells)):
        name = bare(table.head.cells[column])
        if not ANY.search(name) or column >= len(when_row.cells):
            continue
        draft = _dated(outline, when_row, event_name(name), when_row.cells[column], when_row.cells[column], table.head)
        if draft is None:
            continue
        for row in table.rows:
            if row is not when_row and column < len(row.cells):
                fill_from_cells(draft, row, [(_head_part(row.cells[0]), row.cells[column])], outline.document)
        yield draft


def _dated(
    outline: Outline, row: Entry, title: str, said: str, around: str, named: Entry | None = None
) -> Draft | None:
    when = read_when(said, anchor_of(outline.document))
    if when is None and not says_tentative(said):
        return None
    draft = Draft(RecordType.EVENT, outline.document.document_id, title, [(named or row).evidence("title")])
    if when is None:
        draft.fields["planned"] = True
        return draft
    draft.put_when(when, row.evidence("start"))
    if says_tentative(around) or (when.vague and says_plan(around)):
        draft.fields["planned"] = True
    return draft
