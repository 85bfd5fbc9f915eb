"""The parts of a notice besides its days: where, who, how to join, until when, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.ingest.records.draft import Draft, evidence
from assistant.ingest.records.labels import Part, part_of
from assistant.ingest.records.outline import Entry
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import Deadline, read_deadline
from assistant.ingest.records.titles import bare, is_online
from assistant.text.sentences import split_sentences
from assistant.types import BlockKind, DeadlineKind, Document, Precision

_MAX_CHARS = 800
_ON_SITE = any_case(
    r"오프라인|현장\s?(?:개최|행사|참석만)|대면(?!\s?·?\s?비대면)|on[- ]site only|in person(?: only)?|face[- ]to[- ]face|physical"
)
_ONLINE = any_case(
    r"온라인|화상|비대면|웨비나|실시간\s?중계|유튜브|줌\b|zoom|online|webinar|virtual|streamed|hybrid|온·오프라인|병행"
)
_NOT_ONLINE = any_case(r"(?:not|no)\s(?:be\s)?(?:streamed|online)|온라인\s?(?:참가|참여)?\s?(?:불가|없음|안 됨)")
_ONLY_ONLINE = any_case(
    r"^(?:전면\s?)?(?:온라인|비대면|화상|zoom|줌|유튜브|online|virtual|webinar)(?:\s?(?:개최|진행|생중계|중계|only|meeting|\(.*\)))*\.?$"
)
_APPLYING = any_case(
    r"신청|접수|등록|모집|응모|지원서|제출|\b(?:regist(?:er|ers|ration)|appl(?:y|ies|ications?)|sign[- ]?up|submit|rsvp|enrol)"
)
_SILENT = any_case(
    r"^(?:-|–|—|자료에 표시 없음|표시 없음|not stated|n/?a|미정|추후\s?(?:공지|안내)|TB[ADC]|해당\s?없음|없음)$"
)


class NoticeParts:
    """What a notice, or the part of it about one thing, says under its labels and headings."""

    def __init__(self, document: Document, entries: Sequence[Entry]) -> None:
        self._document = document
        self._entries = entries

    def fill(self, draft: Draft, begins: date | None) -> None:
        """Put what is said into ``draft``. ``begins`` is the event's first day, from which some deadlines count."""
        self._put(draft, "place", Part.PLACE, self._place)
        self._put(draft, "organiser", Part.ORGANISER, lambda entry: _said(entry.value))
        self._put(draft, "country", Part.COUNTRY, lambda entry: _said(entry.value))
        self._fill_online(draft)
        for name, part in (("how_to_apply", Part.HOW), ("contact", Part.CONTACT), ("eligible", Part.ELIGIBLE)):
            self.fill_text(draft, name, part)
        self.fill_deadline(draft, begins if draft.fields.get("precision") is Precision.DAY else None)

    def labelled(self, *parts: Part) -> Iterator[Entry]:
        """The entries whose label stands for one of ``parts``."""
        return (entry for entry in self._entries if part_of(entry.label) in parts and entry.value)

    def fill_text(self, draft: Draft, name: str, *parts: Part, max_lines: int = 4) -> None:
        """Put the words under a label, else the first lines under a heading."""
        for entry in self.labelled(*parts):
            if (said := _said(entry.value)) and not _bare_date(said):
                draft.put(name, said[:_MAX_CHARS], entry.evidence(name))
                return
        found = list(self._under(*parts))[:max_lines]
        text = "; ".join(bare(entry.text) for entry in found)
        if found and text:
            draft.put(name, text[:_MAX_CHARS], *(entry.evidence(name) for entry in found))

    def fill_deadline(self, draft: Draft, begins: date | None) -> None:
        """Put the deadline that is labelled as one, else that of the period to apply, else what the sentences on applying say."""
        for part in (Part.DEADLINE, Part.APPLY_PERIOD):
            for entry in self.labelled(part):
                deadline = read_deadline(entry.value or "", self._document, begins)
                if deadline:
                    draft.put_deadline(deadline, entry.evidence("deadline"))
                    return
        best: tuple[Deadline, Entry, int, int] | None = None
        for entry, start, end in self._sentences():
            said = entry.text[start:end]
            if not _APPLYING.search(said):
                continue
            deadline = read_deadline(said, self._document, begins, labelled=False)
            # The first sentence counts, but a day beats "two days before".
            if deadline and (
                best is None
                or (best[0].day is None and deadline.day is not None and best[0].kind is not DeadlineKind.RELATIVE)
            ):
                best = (deadline, entry, start, end)
        if best:
            draft.put_deadline(best[0], evidence(best[1], "deadline", best[2], best[3]))

    def _sentences(self) -> Iterator[tuple[Entry, int, int]]:
        for entry in self._entries:
            if entry.kind not in (BlockKind.HEADING, BlockKind.TABLE_HEADER):
                yield from ((entry, start, end) for start, end in split_sentences(entry.text))

    def _under(self, *parts: Part) -> Iterator[Entry]:
        """Unlabelled lines below a heading that stands for one of ``parts``."""
        inside = False
        for entry in self._entries:
            if entry.kind is BlockKind.HEADING:
                inside = any(
                    _heading_part(piece) in parts for piece in re.split(r"와 |과 |및 | and |, ", bare(entry.text))
                )
            elif inside and entry.kind is not BlockKind.TABLE_HEADER and (part_of(entry.label) in (None, *parts)):
                yield entry

    def _put(self, draft: Draft, name: str, part: Part, read: object) -> None:
        for entry in self.labelled(part):
            value = read(entry) if callable(read) else None
            if value:
                draft.put(name, value, entry.evidence(name))
                return

    def _place(self, entry: Entry) -> str | None:
        value = _said(entry.value)
        return None if value is None or _ONLY_ONLINE.match(value) else value

    def _fill_online(self, draft: Draft) -> None:
        for entry in self.labelled(Part.PLACE, Part.MODE):
            online = read_online(entry.value or "")
            if online is None and (entry.label or "").strip().lower() == "online":
                online = True
            if online is not None:
                draft.put("online", online, entry.evidence("online"))
                return


def read_online(text: str) -> bool | None:
    """Whether one can take part over the network; ``None`` where the words do not say."""
    if _NOT_ONLINE.search(text):
        return False
    if _ONLINE.search(text):
        return True
    return False if _ON_SITE.search(text) else None


def fill_from_cells(draft: Draft, row: Entry, columns: Iterable[tuple[Part | None, str]], document: Document) -> None:
    """Put what the cells of a table row say, each under the part that its column's head stands for."""
    begins = draft.fields.get("start")
    for part, cell in columns:
        said = _said(cell)
        if said is None:
            continue
        if part is Part.PLACE and not _ONLY_ONLINE.match(said):
            draft.put("place", said, row.evidence("place"))
        if part in (Part.PLACE, Part.MODE):
            draft.put("online", read_online(said), row.evidence("online"))
        if part is Part.ORGANISER:
            draft.put("organiser", said, row.evidence("organiser"))
        if part is Part.COUNTRY:
            draft.put("country", said, row.evidence("country"))
        if part is Part.HOW:
            draft.put("how_to_apply", said, row.evidence("how_to_apply"))
        if part is Part.CONTACT:
            draft.put("contact", said, row.evidence("contact"))
        if part in (Part.DEADLINE, Part.APPLY_PERIOD) and (deadline := read_deadline(said, document, begins)):
            draft.put_deadline(deadline, row.evidence("deadline"))


def fill_online_from_title(draft: Draft) -> None:
    """A webinar is online, whatever the rest says."""
    if is_online(draft.title) and draft.proofs:
        first = draft.proofs[0]
        draft.put("online", True, replace(first, field="online"))


def _heading_part(text: str) -> Part | None:
    return part_of(text) or part_of(re.sub(r"^(?:참가|행사|교육)\s", "", text))


def _said(value: str | None) -> str | None:
    # No list mark is taken off: "2. 26.(금)" begins with a month.
    plain = (value or "").strip().strip("*_").strip()
    return None if not plain or _SILENT.match(plain) else plain


def _bare_date(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,:~∼–()월화수목금토일년까지부터-]+", text))
