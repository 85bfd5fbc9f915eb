"""What an amending notice changes, and to what: from 당초/변경 tables, labelled lines, arrows and sentences.

A value of the old column, or before the arrow, is never taken for the new one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from assistant.ingest.records.draft import evidence
from assistant.ingest.records.labels import Part, part_of
from assistant.ingest.records.notice_parts import read_online
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import anchor_of, read_deadline, read_when
from assistant.ingest.records.tables import Table, tables_of
from assistant.ingest.records.titles import bare
from assistant.text.amounts import MONEY, Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.text.sentences import split_sentences
from assistant.types import BlockKind, DeadlineKind, Evidence, Precision

_OLD = any_case(
    r"(?:당초|기존|변경\s?전|정정\s?전|현행|이전|종전|원래|(?:as )?(?:original(?:ly)?|published|announced|before|old|previous(?:ly)?|from|first|initial|was))"
    r"(?:\s?(?:내용|공고|안내|일정|일시|장소|value|date|notice|text|schedule))?"
)
_NEW = any_case(
    r"(?:정정|변경|변경\s?후|정정\s?후|수정|수정\s?후|개정|조정|새로운|새|연장|연기|(?:as )?(?:new|after|now|corrected|revised|amended|changed|to|updated|current|extended|correction|change))"
    r"(?:\s?(?:내용|공고|안내|사항|일정|일시|장소|value|date|notice|text|schedule|to))?"
)
_NEW_PREFIX = any_case(
    r"^(?:변경\s?후|정정\s?후|변경된|정정된|연장된|연기된|변경|정정|연장|연기|새로운|새|new|revised|corrected|updated|extended|amended)\s+"
)
_OLD_PREFIX = any_case(r"^(?:당초|기존|변경\s?전|정정\s?전|원래|종전|original|previous|old|first|initial)\b")
_ARROW = re.compile(r"\s?(?:→|⇒|➡|=>|->|▶)\s?")
_DEADLINE_WORD = any_case(
    r"마감|기한|신청|접수|제출|모집|응모|등록|deadline|closing|submission|applications?|registration|due|submit|apply|register"
)
_NOT_IT = any_case(r"질의|질문|개찰|설명회|결과|발표|평가|보증|question|opening|result|award|clarif|bond")
_PLACE_WORD = any_case(r"장소|개최지|venue|place|location")
_MOVED = any_case(
    r"변경|연기|연장|정정|순연|옮기|옮겨|바꾸|바뀌|postpone|extend|resched|moved|change|correct|amend|put off|will now|now (?:be|take)|new (?:date|deadline|day)"
)
_UNTIL_NOTICE = any_case(
    r"무기한|추후\s?(?:공지|안내|공고|결정|확정|알)|잠정\s?연기|until further notice|indefinitely|new dates? will be|to be announced|no new date"
)
_TITLE_PART = any_case(r"장소|일시|개최일|(?:신청|접수|모집|제출)\s?(?:기간|기한|마감)|마감|venue|deadline|date")
_TO = any_case(r"에서\s|\bto\s|\buntil\s|\btill\s|→|대신|instead of")


class Changes:
    """The changed fields with their new values as in ``Amendment.changes``, and the place each stands at."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.proofs: list[Evidence] = []

    def put(self, name: str, value: Any, proof: Evidence) -> None:
        """Set a field that is not set yet; ``proof`` is taken over under the field's name."""
        if name in self.fields:
            return
        self.fields[name] = value
        self.proofs.append(
            Evidence(name, proof.chunk_id, proof.section, proof.page, proof.start, proof.end, proof.quote)
        )

    def read_value(self, outline: Outline, label: str, value: str, proof: Evidence) -> None:
        """Take over a new value that stands under ``label``."""
        label = _NEW_PREFIX.sub("", bare(label)).strip()
        value = _ARROW.split(value)[-1].strip()
        part = part_of(label)
        if _NOT_IT.search(label) or not value:
            return
        if part in (Part.DEADLINE, Part.APPLY_PERIOD) or (part is None and _DEADLINE_WORD.search(label)):
            self._put_deadline(outline, value, proof)
        elif part in (Part.WHEN, Part.WHEN_AND_PLACE):
            self._put_when(outline, value, proof, None)
        elif part is Part.PLACE:
            self.put("place", bare(value), proof)
        elif part is Part.MODE and (online := read_online(value)) is not None:
            self.put("online", online, proof)
        elif part is Part.BUDGET:
            self._put_amount(value, proof)
        elif part in (Part.CONTACT, Part.HOW, Part.ELIGIBLE, Part.REQUIREMENTS, Part.ORGANISER, Part.BUYER):
            self.put({Part.BUYER: "organiser"}.get(part, part.value), bare(value), proof)

    def read_sentence(self, outline: Outline, entry: Entry, start: int, end: int, kind: str) -> None:
        """Take over what a sentence says: "from X to Y", "X에서 Y로 변경", "Y까지 연장"."""
        sentence = entry.text[start:end]
        if not _MOVED.search(sentence):
            return
        proof = evidence(entry, "start", start, end)
        old, new = _sides(sentence, anchor_of(outline.document))
        if new is None or _UNTIL_NOTICE.search(sentence):
            # The days that such a sentence names are the old ones.
            if kind == "postponement" and _UNTIL_NOTICE.search(sentence) and "start" not in self.fields:
                for name in ("start", "end", "precision"):
                    self.put(name, None, proof)
                self.put("planned", True, proof)
            return
        subject = sentence[: old if old is not None else len(sentence)]
        is_deadline = kind == "extension" or bool(
            _DEADLINE_WORD.search(subject) and not re.search(r"행사|개최|event|takes? place|held", subject, re.I)
        )
        if _NOT_IT.search(subject) and not re.search(r"설명회", subject):
            return
        earlier = find_dates(sentence[: new[0]], anchor_of(outline.document))
        base = next((m.period.start for m in reversed(earlier) if m.period), None)
        if is_deadline:
            self._put_deadline(outline, new[1], proof, base)
        else:
            self._put_when(outline, new[1], proof, base)

    def as_record_fields(self) -> dict[str, Any]:
        """The changes as fields of ``Record``."""
        fields = {name: value for name, value in self.fields.items() if value is not None}
        for name in ("start", "end", "deadline"):
            if name in fields:
                fields[name] = date.fromisoformat(fields[name])
        if "precision" in fields:
            fields["precision"] = Precision(fields["precision"])
        if "deadline_kind" in fields:
            fields["deadline_kind"] = DeadlineKind(fields["deadline_kind"])
        return fields

    def _put_when(self, outline: Outline, text: str, proof: Evidence, base: date | None) -> None:
        when = read_when(text, base or anchor_of(outline.document))
        if when is None or when.start is None or when.end is None or when.precision is None:
            if when is None and _UNTIL_NOTICE.search(text):
                for name in ("start", "end", "precision"):
                    self.put(name, None, proof)
                self.put("planned", True, proof)
            return
        self.put("start", when.start.isoformat(), proof)
        self.put("end", when.end.isoformat(), proof)
        self.put("precision", when.precision.value, proof)

    def _put_deadline(self, outline: Outline, text: str, proof: Evidence, base: date | None = None) -> None:
        if base is not None and (when := read_when(text, base)) and when.end and not when.conflict:
            self.put("deadline", when.end.isoformat(), proof)
        deadline = read_deadline(text, outline.document)
        if deadline is None:
            return
        if deadline.day:
            self.put("deadline", deadline.day.isoformat(), proof)
            if deadline.time:
                self.put("deadline_time", deadline.time, proof)
        if deadline.kind is not DeadlineKind.RELATIVE:
            self.put("deadline_kind", deadline.kind.value, proof)

    def _put_amount(self, text: str, proof: Evidence) -> None:
        money = next((amount for amount in find_amounts(text) if amount.unit in MONEY), None)
        if money is None:
            return
        self.put("amount", text[money.start : money.end], proof)
        if money.unit is Unit.KRW:
            self.put("amount_krw", int(money.upper), proof)


def read_changes(outline: Outline, kind: str) -> Changes:
    """What the paper changes in an earlier one: tables first, then labelled lines, then sentences."""
    changes = Changes()
    for table in tables_of(outline):
        _read_table(outline, table, changes)
    _read_lines(outline, changes)
    if not changes.fields.keys() - {"contact", "how_to_apply", "organiser"}:
        for entry in outline.entries:
            if entry.kind is BlockKind.HEADING:
                continue
            for start, end in split_sentences(entry.text):
                changes.read_sentence(outline, entry, start, end, kind)
    return changes


def _read_table(outline: Outline, table: Table, changes: Changes) -> None:
    cells = [cell.strip() for cell in table.head.cells]
    old = next((n for n, cell in enumerate(cells) if _OLD.fullmatch(cell)), None)
    new = next((n for n, cell in enumerate(cells) if n != old and _NEW.fullmatch(cell)), None)
    if old is None or new is None:
        return
    label_column = next((n for n in range(len(cells)) if n not in (old, new)), None)
    for row in table.rows:
        if len(row.cells) <= max(old, new):
            continue
        label = row.cells[label_column] if label_column is not None and label_column < len(row.cells) else ""
        if label_column is None:
            # Two columns only: each cell says by itself what it is about ("일시: 2027. 3. 9.").
            label, _, value = row.cells[new].partition(":")
            changes.read_value(outline, label, value or row.cells[new], row.evidence("title"))
        else:
            changes.read_value(outline, label, row.cells[new], row.evidence("title"))


def _read_lines(outline: Outline, changes: Changes) -> None:
    """ "변경 일시: …", "일시: X → Y", and "당초: … / 변경: …" below a line that says what is changed."""
    about = next((word[0] for word in _TITLE_PART.finditer(outline.document.title)), "")
    for entry in outline.entries:
        if len(entry.cells) > 2:
            continue
        label, value = bare(entry.label or ""), entry.value or ""
        if not label:
            about = bare(entry.text) if part_of(bare(entry.text)) else about
            if _ARROW.search(entry.text) and len(entry.text) < 160:
                name = re.match(r"(?P<name>[가-힣A-Za-z ]{2,16}?)\s?(?:[:：(]|\d|’|')", bare(entry.text))
                changes.read_value(outline, name["name"] if name else about, entry.text, entry.evidence("title"))
            continue
        if _OLD.fullmatch(label) or _OLD_PREFIX.match(label):
            continue
        if _ARROW.search(value):
            changes.read_value(outline, label, value, entry.evidence("title"))
        elif _NEW.fullmatch(label):
            # "변경 일시" names its field; "변경" alone is about the line above.
            own = _NEW_PREFIX.sub("", label)
            changes.read_value(outline, own if part_of(own) else about, value, entry.evidence("title"))
        elif _NEW_PREFIX.match(label):
            changes.read_value(outline, label, value, entry.evidence("title"))
        else:
            about = label


def _sides(sentence: str, anchor: date | None) -> tuple[int | None, tuple[int, str] | None]:
    """Where the old days begin, and where the new ones stand with their text; ``None`` where the sentence names no new ones."""
    dated = [
        m
        for m in find_dates(sentence, anchor)
        if m.kind == "fixed" and (m.period or m.weekday_conflict or m.time is None)
    ]
    if not dated:
        return None, None
    first = dated[0]
    inner = sentence[first.start : first.end]
    # "3월 9일에서 3월 16일로" reads as a range of days; here it is a move from one to the other.
    joint = re.search(r"에서\s?|\sto\s", inner)
    if (
        joint
        and len(dated) == 1
        and re.search(r"에서|\bfrom\s$|\bfrom\s", inner + sentence[max(0, first.start - 20) : first.start], re.I)
    ):
        position = first.start + joint.end()
        return first.start, (position, sentence[position:])
    if len(dated) == 1:
        before = sentence[max(0, first.start - 60) : first.start]
        old = re.search(
            r"당초|원래|예정(?:됐|되었|이)던|original|previous|planned for|scheduled for|\bfrom\s$", before, re.I
        )
        new = re.search(r"\b(?:to|until|till|now|new)\b[^.]*$", before, re.I)
        return (
            (first.start, None)
            if old and not new and not _TO.search(sentence[first.end : first.end + 4])
            else (first.start, (first.start, sentence[first.start :]))
        )
    # Where a sentence names several days, the new ones come last, unless the old ones are put behind ("instead of").
    behind = re.search(r"instead of|rather than|대신", sentence)
    if behind and dated[0].end <= behind.start() <= dated[-1].start and "대신" not in behind[0]:
        return dated[-1].start, (dated[0].start, sentence[dated[0].start : behind.start()])
    acted = [
        m
        for m in dated
        if not re.search(
            r"공고|안내|announced|published|notice of",
            sentence[max(0, m.start - 22) : m.start] + sentence[m.end : m.end + 8],
        )
    ]
    chosen = (acted or dated)[-1]
    return dated[0].start, (chosen.start, sentence[chosen.start :])
