"""Events: from labelled lines, tables, lists of sessions and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from assistant.ingest.records.draft import Draft
from assistant.ingest.records.event_prose import told_events
from assistant.ingest.records.event_tables import tabled_events
from assistant.ingest.records.labels import Part, part_of
from assistant.ingest.records.notice_parts import NoticeParts, fill_online_from_title
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import anchor_of, read_when, says_tentative
from assistant.ingest.records.tenders import is_tender
from assistant.ingest.records.titles import ANY, STRONG, bare, event_name, key_of
from assistant.types import BlockKind, DocumentKind, Precision, Record, RecordType

_TURN = any_case(
    r"(?:session|round|part|webinar|class|lecture|module|leg)\s?\d+|(?:제?\s?\d+\s?(?:차|회|강|기|회차|차시)|\(\d+차\))(?:\s?(?:행사|교육|설명회|상담회|세미나))?"
)
_NOT_EVENT = any_case(
    r"지원사업|바우처|융자|대출|보증|지원\s?공고|수수료|금리|보조금|지원\s?프로그램|\b(?:loan|grant|voucher|guarantee|subsid(?:y|ies)|fund)s?\b"
)
_EVENT_LABEL = any_case(
    r"행사|회의|교육|대회|전시|세미나|포럼|event|conference|fair|webinar|seminar|workshop|course|forum"
)
_SAME = 88
# A list of more events than this is a calendar: each row stands for itself, and comparing all with all would take too long.
_MANY = 200


class EventReader:
    """Read the events that a notice, press release or guide announces."""

    def read(self, outline: Outline) -> list[Record]:
        """The events in reading order; one that is told twice is one event."""
        if is_tender(outline):
            return []
        labelled = list(self._labelled(outline))
        found = [draft for draft, _ in labelled] or list(self._turns(outline))
        own = bool(found)
        found += list(tabled_events(outline))
        told = [draft for draft in told_events(outline, strict=own or _is_program(outline)) if _is_new(draft, found)]
        merged = _merged([*found, *told])
        spent = {id(entry) for _, segment in labelled for entry in segment} if len(merged) > 1 else set()
        common = NoticeParts(outline.document, [entry for entry in outline.entries if id(entry) not in spent])
        main = _main(outline, merged, found)
        for draft in merged:
            # What the notice says of joining is not about an event that it only mentions.
            if draft is main:
                common.fill(draft, draft.fields.get("start"))
            elif len(merged) <= _MANY and any(draft is other for other in found):
                _fill_common(draft, common)
            fill_online_from_title(draft)
            _mark_tentative(outline, draft, alone=len(merged) == 1)
        return [draft.build() for draft in merged]

    def _labelled(self, outline: Outline) -> Iterator[tuple[Draft, Sequence[Entry]]]:
        """Events whose days stand under a label, with the other labels around them; and the lines that are about each."""
        entries = outline.entries
        marks = [n for n, entry in enumerate(entries) if _tells_when(outline, entry)]
        begun = 0
        for index, mark in enumerate(marks):
            following = marks[index + 1] if index + 1 < len(marks) else len(entries)
            named, position = _name_before(entries[begun:mark], begun)
            end = _section_end(entries, mark) if index + 1 == len(marks) else _next_start(entries, mark, following)
            segment = entries[position:end] if len(marks) > 1 else entries
            begun = mark + 1
            draft = _named(outline, named, segment, entries[mark], alone=len(marks) == 1)
            if draft is None:
                continue
            _put_days(outline, draft, entries[mark])
            NoticeParts(outline.document, segment).fill(draft, draft.fields.get("start"))
            yield draft, segment

    def _turns(self, outline: Outline) -> Iterator[Draft]:
        """The sessions of a series: "Session 1: Thursday, February 4, 2027 …"."""
        if not ANY.search(outline.document.title) or _is_program(outline):
            return
        anchor = anchor_of(outline.document)
        turns = [entry for entry in outline.entries if entry.label and _TURN.fullmatch(bare(entry.label).strip("() "))]
        dated = [(entry, when) for entry in turns if (when := read_when(entry.value or "", anchor)) and when.start]
        if len(dated) < 2:
            return
        name = event_name(outline.document.title)
        for entry, when in dated:
            draft = Draft(
                RecordType.EVENT,
                outline.document.document_id,
                f"{name} – {bare(entry.label or '')}",
                [_title_entry(outline, entry).evidence("title"), entry.evidence("title")],
            )
            draft.put_when(when, entry.evidence("start"))
            yield draft


def _main(outline: Outline, merged: Sequence[Draft], found: Sequence[Draft]) -> Draft | None:
    """The one event that the paper is about, if it is about one: the only one, or the only one of its sentences that is ahead."""
    if found:
        return merged[0] if len(merged) == 1 else None
    published = anchor_of(outline.document)
    ahead = [draft for draft in merged if published is None or draft.fields.get("end", published) >= published]
    return ahead[0] if len(ahead) == 1 else None


def _fill_common(draft: Draft, common: NoticeParts) -> None:
    """What the paper says once holds for all the events that it lists: until when, how to join, whom to ask."""
    begins = draft.fields.get("start") if draft.fields.get("precision") is Precision.DAY else None
    common.fill_text(draft, "how_to_apply", Part.HOW)
    common.fill_text(draft, "contact", Part.CONTACT)
    common.fill_text(draft, "organiser", Part.ORGANISER)
    common.fill_deadline(draft, begins)


def _mark_tentative(outline: Outline, draft: Draft, *, alone: bool) -> None:
    """A notice on one event that says that its day may move announces a plan."""
    vague = alone and draft.fields.get("precision") not in (None, Precision.DAY)
    if vague and any(says_tentative(entry.text) for entry in outline.entries):
        draft.fields["planned"] = True


def _is_program(outline: Outline) -> bool:
    title = outline.document.title
    return bool(_NOT_EVENT.search(title)) and not STRONG.search(event_name(title))


def _tells_when(outline: Outline, entry: Entry) -> bool:
    if entry.kind is BlockKind.TABLE_HEADER or part_of(entry.label) not in (Part.WHEN, Part.WHEN_AND_PLACE):
        return False
    if entry.kind is not BlockKind.TABLE_ROW and entry.value is None:
        return False
    value = entry.value or ""
    return read_when(value, anchor_of(outline.document)) is not None or (says_tentative(value) and len(value) < 40)


def _put_days(outline: Outline, draft: Draft, entry: Entry) -> None:
    value = entry.value or ""
    when = read_when(value, anchor_of(outline.document))
    if when is None:
        draft.fields["planned"] = True
        draft.proofs.append(entry.evidence("start"))
        return
    draft.put_when(when, entry.evidence("start"))
    if part_of(entry.label) is Part.WHEN_AND_PLACE:
        rest = value[when.finish :].strip(" ,/·|-–;")
        if len(rest) > 1:
            draft.put("place", rest, entry.evidence("place"))


def _name_before(entries: Sequence[Entry], offset: int) -> tuple[Entry | None, int]:
    """The nearest line above that names an event, and where it stands; else the first line of the section."""
    for n in range(len(entries) - 1, -1, -1):
        entry = entries[n]
        if _is_name(entry):
            return entry, offset + n
        if entry.label or entry.cells or entry.kind is BlockKind.NOTE:
            continue
        text = event_name(entry.text)
        if (n or offset) and len(text) <= 90 and _ends_in_event(text) and not text.endswith((".", "다", "요")):
            return entry, offset + n
    start = next((n for n in range(len(entries) - 1, -1, -1) if entries[n].kind is BlockKind.HEADING), 0)
    return None, offset + start


def _ends_in_event(text: str) -> bool:
    """Whether the line is an event's name and not just the word for one."""
    last = next(reversed(list(ANY.finditer(text))), None)
    if (
        last is None
        or text[last.end() :].strip(" )」”’\"'0123456789(")
        or len(text[: last.start()].strip(" 이번본제")) < 2
    ):
        return False
    return not re.fullmatch(
        r"(?:the|this|next|our|후속|관련|주요|예정된|다가오는|upcoming)\s?", text[: last.start()].strip(), re.IGNORECASE
    )


def _next_start(entries: Sequence[Entry], mark: int, following: int) -> int:
    """Where the part about one event ends before the next one begins."""
    for n in range(mark + 1, following):
        entry = entries[n]
        if (
            entry.kind is BlockKind.HEADING
            or part_of(entry.label) is Part.NAME
            or (not entry.label and _ends_in_event(event_name(entry.text)) and len(entry.text) <= 90)
        ):
            return n
    return following


def _section_end(entries: Sequence[Entry], mark: int) -> int:
    return next((n for n in range(mark + 1, len(entries)) if entries[n].kind is BlockKind.HEADING), len(entries))


def _named(
    outline: Outline, named: Entry | None, segment: Sequence[Entry], mark: Entry, *, alone: bool
) -> Draft | None:
    document = outline.document
    title, proof = event_name(document.title), _title_entry(outline, mark)
    labelled = _is_name(named)
    inside = next((entry for entry in segment if _is_name(entry)), None) if alone else None
    if inside is not None and not labelled:
        named, labelled = inside, True
    if named is not None and (labelled or not (alone and STRONG.search(title))):
        said = event_name(named.value or "" if labelled else named.text)
        # "회의 | 정기회의" says less than a title that has the same words and more.
        if said and not (alone and key_of(said) in key_of(title) and len(said) < 8):
            title, proof = said, named
    is_event = labelled or named is not None or ANY.search(title) or document.kind is DocumentKind.EVENT_NOTICE
    has_place = any(part_of(entry.label) in (Part.PLACE, Part.ORGANISER) and entry.value for entry in segment)
    if _is_program(outline) and not (named and STRONG.search(title)):
        return None
    if not (is_event or (has_place and mark.label and len(document.title) < 80)):
        return None
    return Draft(RecordType.EVENT, document.document_id, title, [proof.evidence("title")])


def _is_name(entry: Entry | None) -> bool:
    """Whether the entry gives an event's name under a label; "(명칭)" may give that of anything."""
    if entry is None or part_of(entry.label) is not Part.NAME or not entry.value or part_of(entry.value):
        return False
    return bool(ANY.search(entry.value) or _EVENT_LABEL.search(entry.label or ""))


def _title_entry(outline: Outline, otherwise: Entry) -> Entry:
    """Where the document's title stands in its text."""
    key = key_of(outline.document.title)
    for entry in outline.entries[:8]:
        if key and (key in key_of(entry.text) or fuzz.ratio(key, key_of(entry.text)) >= _SAME):
            return entry
    return otherwise


def _is_new(draft: Draft, known: Sequence[Draft]) -> bool:
    return len(known) > _MANY or not any(_same(draft, other) for other in known)


def _same(draft: Draft, other: Draft) -> bool:
    """Whether two drafts tell of the same event: the same name, and days that do not exclude each other."""
    first, second = key_of(draft.title), key_of(other.title)
    if not first or not second:
        return False
    alike = fuzz.ratio(first, second) >= _SAME or (
        min(len(first), len(second)) >= 4 and (first in second or second in first)
    )
    begin, end = draft.fields.get("start"), draft.fields.get("end")
    begin2, end2 = other.fields.get("start"), other.fields.get("end")
    if begin is None or begin2 is None:
        return alike
    return alike and begin <= end2 and begin2 <= end


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    if len(drafts) > _MANY:
        return list({(key_of(draft.title), draft.fields.get("start")): draft for draft in reversed(drafts)}.values())[
            ::-1
        ]
    kept: list[Draft] = []
    for draft in drafts:
        same = next((other for other in kept if _same(draft, other)), None)
        if same is None:
            kept.append(draft)
            continue
        for name in ("place", "online", "organiser", "country"):
            if name in draft.fields:
                same.put(name, draft.fields[name], *(proof for proof in draft.proofs if proof.field == name))
    return kept
