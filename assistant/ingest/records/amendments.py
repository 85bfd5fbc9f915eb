"""What a notice says about an earlier one: it corrects, postpones, extends or cancels it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.ingest.records.changes import Changes, read_changes
from assistant.ingest.records.draft import Draft, evidence
from assistant.ingest.records.events import EventReader
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import anchor_of, read_when
from assistant.ingest.records.programs import ProgramReader
from assistant.ingest.records.tenders import TenderReader, is_tender
from assistant.ingest.records.titles import ANY, STRONG, event_name
from assistant.text.sentences import split_sentences
from assistant.types import Amendment, BlockKind, DeadlineKind, Evidence, Record, RecordType

Kind = Literal["correction", "postponement", "extension", "cancellation"]

# A word of amending as a notice's title carries it: in a tag, before "공고" or "안내", at the very end, or in front of a colon.
_TITLE = any_case(
    r"[\[【〔<(（][^\]】〕>)）]{0,10}(?:정정|변경|취소|연기|연장|수정)[^\]】〕>)）]{0,8}[\]】〕>)）]"
    r"|(?:정정|변경|취소|연기|연장|순연)\s?(?:공고|안내|알림|공지|공고문|안내문)"
    r"|(?:취소|연기|연장|순연)(?:됩니다|합니다|됨|함)?\s*$"
    r"|^\s*(?:[\[(](?:correction|corrigendum|erratum|amendment|addendum|amended|cancel+ed|postponed|extended|extension|rescheduled|updated?|revised|change)[^\])]*[\])]"
    r"|(?:correction|corrigendum|erratum|amendment|addendum|cancellation|postponement|extension|change|notice of (?:correction|cancellation|postponement|extension|change|amendment))"
    r"(?:\s(?:no\.?\s?)?\d+)?(?:\s(?:to|of|for|notice)\b|\s?[:–—-])|(?:cancel+ed|postponed|rescheduled|extended|deadline extended|date changed|revised)\s?[:–—-])"
    r"|(?:\b(?:is|has been|was|are)\s)?\b(?:cancel+ed|postponed|rescheduled|called off|moved to .{3,30})\s*$|\b(?:deadline|date|venue) (?:extended|changed|extension|change)\s*$"
    r"|[-–—:(]\s*(?:deadline extension|extension of (?:the )?deadline|deadline extended|new dates?|date change|change of (?:date|venue|dates)|cancellation|postponement|correction)\)?\s*$"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("cancellation", any_case(r"취소|cancel|called off")),
    ("extension", any_case(r"연장|extend|extension")),
    ("postponement", any_case(r"연기|순연|postpone|resched|moved to|put off")),
    ("correction", any_case(r"")),
)
_POSTPONED = any_case(r"연기(?:합|됩|하|되|됐|했|함)|순연|postponed|has been moved|have been moved|put off|rescheduled")
_EXTENDED = any_case(r"연장(?:합|됩|하|되|됐|했|함)|extended")
_GOODS = any_case(
    r"입찰|용역|구축|구매|공급|설치\s?사업|tender|\bbids?\b|\bsupply\b|procurement|delivery of|construction of|system for"
)
_LESSONS = any_case(r"과정|교육|강의|강좌|course|training|class")
_ACT = any_case(
    r"정정|변경|취소|연기|연장|순연|바로잡|바꾸|옮기|correct|amend|change|postpone|extend|cancel|resched|moved|replace|called off"
)
_QUOTED = re.compile(
    r"「([^」]{4,120})」|『([^』]{4,120})』|“([^”]{6,120})”|‘([^’]{6,120})’|\"([^\"]{6,120})\"|《([^》]{4,120})》|<([^<>]{6,120})>"
)
_SENTENCE_ACT = any_case(
    r"(?:취소|연기|연장|순연|변경|정정)(?:되었|됐|되어|하였|했|합니다|됩니다|하기로|한다|된다)|\b(?:has|have|was|were|is|are|will be)\s(?:been\s)?(?:cancel+ed|postponed|extended|rescheduled|moved|called off|corrected)"
)
_PROGRAM = any_case(r"지원사업|지원\s?(?:공고|안내)|모집\s?공고|바우처|융자|보증|공모|grant|voucher|loan|fund|subsid")
_TITLE_ACT = any_case(
    r"\s*[-–—:]\s*[^-–—:]*(?:정정|변경|취소|연기|연장|extension|extended|postpone\w*|cancel\w*|new dates?|change\w*|correction)[^-–—:]*$"
    r"|\s*(?:(?:개최|행사|접수|신청|제출|마감|모집|참가)?\s?(?:일정|기간|기한|일시|장소|마감일?)?\s?(?:정정|변경|취소|연기|연장|순연)(?:\s?및\s?\S+)?\s?(?:공고|안내|알림|공지|공고문|안내문)?(?:됩니다|합니다|됨|함)?)\s*$"
    r"|\s(?:is|has been|was)?\s?(?:cancel+ed|postponed|rescheduled|called off|moved to .{3,30}|deadline extended)\s*$"
)
_TITLE_HEAD = any_case(
    r"^\s*(?:(?:correction|corrigendum|erratum|amendment|addendum|cancellation|postponement|extension|change|notice of \w+|cancel+ed|postponed|rescheduled|extended|deadline extended|date changed|revised)"
    r"(?:\s(?:no\.?\s?)?\d+)?(?:\s(?:to|of|for|notice)\b)?(?:\s(?:the\s)?(?:date|deadline|venue|notice)s?(?:\s(?:of|for|to))?)?\s?[:–—-]?\s*)"
)


@dataclass(frozen=True, slots=True)
class AmendingNotice:
    """What a document amends. ``records`` tell the same by themselves, for want of the earlier notice; they are empty unless the paper
    tells the amendment and nothing else.
    """

    amendments: tuple[Amendment, ...] = ()
    records: tuple[Record, ...] = ()


class AmendmentReader:
    """Read what a document says of earlier notices."""

    def read(self, outline: Outline) -> AmendingNotice:
        """The amendments of a document, in reading order."""
        if not _TITLE.search(outline.document.title):
            return AmendingNotice(tuple(_told(outline)))
        kind = _kind(outline.document.title)
        if kind == "correction":
            # "Change of date": the text says which way.
            said = " ".join(entry.text for entry in outline.entries if entry.kind is not BlockKind.HEADING)
            kind = "postponement" if _POSTPONED.search(said) else "extension" if _EXTENDED.search(said) else kind
        target, proof = _target(outline)
        if not target:
            return AmendingNotice()
        changes = _cancelled(outline) if kind == "cancellation" else read_changes(outline, kind)
        if not changes.fields and kind != "cancellation":
            return _reissued(outline, kind, target)
        if not changes.fields:
            return AmendingNotice()
        amendment = Amendment(outline.document.document_id, target, kind, changes.fields, tuple(changes.proofs))
        record = _record(outline, target, proof, changes)
        if kind == "cancellation" and record.type is RecordType.EVENT and len(told := EventReader().read(outline)) == 1:
            # The days on which it would have been, for who looks for it without having the earlier notice.
            kept = tuple(p for p in told[0].evidence if p.field != "title")
            record = replace(told[0], title=target, cancelled=True, evidence=(*record.evidence, *kept))
        elif kind == "cancellation" and record.type is RecordType.EVENT:
            record = _with_lost_days(outline, record)
        return AmendingNotice((amendment,), (record,))


def _kind(text: str) -> Kind:
    return next(kind for kind, pattern in _KINDS if pattern.search(text))


def _target(outline: Outline) -> tuple[str, Evidence | None]:
    """What the notice is about: the title that it quotes, else its own without the words of amending."""
    own = _own_target(outline.document.title)
    for entry in outline.entries:
        for start, end in split_sentences(entry.text):
            sentence = entry.text[start:end]
            quoted = _QUOTED.search(sentence)
            if quoted and _ACT.search(sentence):
                name = event_name(next(group for group in quoted.groups() if group))
                if ANY.search(name) or len(name) >= 8:
                    return name, evidence(entry, "title", start, end)
    first = outline.entries[0] if outline.entries else None
    return own, first.evidence("title") if first else None


def _own_target(title: str) -> str:
    name = re.sub(r"^\s*[\[【〔<(（][^\]】〕>)）]{0,24}[\]】〕>)）]\s*", "", title)
    for pattern in (_TITLE_HEAD, _TITLE_ACT, _TITLE_ACT):
        shorter = pattern.sub("", name).strip()
        if len(shorter) >= 4:
            name = shorter
    return event_name(name)


def _cancelled(outline: Outline) -> Changes:
    changes = Changes()
    for entry in outline.entries:
        for start, end in split_sentences(entry.text):
            if entry.kind is not BlockKind.HEADING and re.search(
                r"취소|cancel|called off|not take place", entry.text[start:end], re.I
            ):
                changes.put("cancelled", True, evidence(entry, "cancelled", start, end))
                return changes
    if outline.entries:
        changes.put("cancelled", True, outline.entries[0].evidence("cancelled"))
    return changes


def _with_lost_days(outline: Outline, record: Record) -> Record:
    """The cancelled event with the days on which it would have been: those of the sentence that cancels it."""
    for entry in outline.entries:
        for start, end in split_sentences(entry.text):
            sentence = entry.text[start:end]
            when = read_when(sentence, anchor_of(outline.document)) if record.title in sentence else None
            before = sentence[: when.begin] if when else ""
            around = before + (sentence[when.finish : when.finish + 20] if when else "")
            beside = before.rstrip(" (").endswith((record.title, f"{record.title}」", f"{record.title}”"))
            if when and when.start and (beside or re.search(r"planned|scheduled|due|예정|당초|원래", around, re.I)):
                proof = evidence(entry, "start", start, end)
                return replace(
                    record, start=when.start, end=when.end, precision=when.precision, evidence=(*record.evidence, proof)
                )
    return record


def _reissued(outline: Outline, kind: Kind, target: str) -> AmendingNotice:
    """A notice that is printed anew, corrected: everything it says is how things now stand."""
    records: Sequence[Record] = TenderReader().read(outline) if is_tender(outline) else EventReader().read(outline)
    records = records or ProgramReader().read(outline)
    if len(records) != 1:
        return AmendingNotice()
    record = records[0]
    fields: dict[str, Any] = {}
    for name in ("start", "end", "deadline"):
        if (value := getattr(record, name)) is not None:
            fields[name] = value.isoformat()
    for name in (
        "precision",
        "deadline_time",
        "deadline_kind",
        "place",
        "online",
        "amount",
        "amount_krw",
        "rate",
        "share",
    ):
        if (value := getattr(record, name)) not in (None, DeadlineKind.NONE):
            fields[name] = str(value) if name in ("precision", "deadline_kind") else value
    proofs = [
        next((proof for proof in record.evidence if proof.field in (name, _PROVED_BY.get(name))), None)
        for name in fields
    ]
    named = tuple(
        Evidence(name, p.chunk_id, p.section, p.page, p.start, p.end, p.quote)
        for name, p in zip(fields, proofs, strict=True)
        if p
    )
    # The paper is a notice like any other, too: its records are read as usual.
    return AmendingNotice((Amendment(outline.document.document_id, target, kind, fields, named),))


_PROVED_BY = {
    "end": "start",
    "precision": "start",
    "deadline_time": "deadline",
    "deadline_kind": "deadline",
    "amount_krw": "amount",
}


def _record(outline: Outline, target: str, proof: Evidence | None, changes: Changes) -> Record:
    """The event, tender or program as the notice alone tells it."""
    if is_tender(outline) or (_GOODS.search(target) and not STRONG.search(target) and not _LESSONS.search(target)):
        kind = RecordType.TENDER
    elif _PROGRAM.search(target) and not re.search(r"설명회|상담회|세미나|webinar|fair", target, re.I):
        kind = RecordType.PROGRAM
    else:
        kind = RecordType.EVENT
    draft = Draft(kind, outline.document.document_id, target, [proof] if proof else [])
    draft.fields |= changes.as_record_fields()
    draft.proofs += changes.proofs
    return draft.build()


def _told(outline: Outline) -> list[Amendment]:
    """Amendments that a paper on something else mentions: only where it names the other notice in quotation marks."""
    found: list[Amendment] = []
    for entry in outline.entries:
        if entry.kind is BlockKind.HEADING:
            continue
        for start, end in split_sentences(entry.text):
            sentence = entry.text[start:end]
            quoted = _QUOTED.search(sentence)
            if not quoted or not _SENTENCE_ACT.search(sentence):
                continue
            name = event_name(next(group for group in quoted.groups() if group))
            if not ANY.search(name) and len(name) < 10:
                continue
            if amendment := _sentence_amendment(outline, entry, start, end, name):
                found.append(amendment)
    return found


def _sentence_amendment(outline: Outline, entry: Entry, start: int, end: int, name: str) -> Amendment | None:
    kind = _kind(entry.text[start:end])
    changes = Changes()
    if kind == "cancellation":
        changes.put("cancelled", True, evidence(entry, "cancelled", start, end))
    else:
        changes.read_sentence(outline, entry, start, end, kind)
    if not changes.fields:
        return None
    return Amendment(outline.document.document_id, name, kind, changes.fields, tuple(changes.proofs))
