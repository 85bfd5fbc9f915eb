"""Tenders: calls for bids, and tables that list them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.ingest.records.draft import Draft, evidence
from assistant.ingest.records.labels import Part, part_of
from assistant.ingest.records.notice_parts import NoticeParts
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import read_deadline
from assistant.ingest.records.tables import Table, tables_of
from assistant.ingest.records.titles import bare, event_name, key_of
from assistant.text.amounts import MONEY, Unit, find_amounts
from assistant.text.sentences import split_sentences
from assistant.text.termbase import Termbase
from assistant.types import BlockKind, DocumentKind, Record, RecordType

_TITLE = any_case(
    r"입찰\s?(?:공고|안내|참가)|제안\s?요청|(?:용역|구매|물품|공사)\s?(?:입찰|공고)|조달\s?공고|공개\s?입찰|견적\s?요청|사업자\s?선정\s?공고"
    r"|invitation (?:for|to) (?:bids?|tenders?)|requests? for (?:proposals?|quotations?|tenders?|expressions?|bids)|call for (?:tenders?|bids)"
    r"|tender (?:notice|for|no)|procurement notice|\bRF[PQ]\b|\bIFB\b|\bITB\b"
)
_NOT_TENDER = any_case(
    r"지원사업|지원 안내|클리닉|교육|설명회|컨설팅|웨비나|세미나|과정|강의|전문가|방법|절차|clinic|webinar|workshop|how to|guide"
)
_ITEM_HEAD = any_case(
    r"(?:사업|용역|입찰|공고|물품|공사|프로젝트|건)\s?(?:명|건명|이름)|사업|프로젝트|건명|(?:project|tender|title|lot|contract|opportunity|notice|procurement)s?(?:\s(?:name|title))?"
)
_NAME_LABEL = any_case(
    r"(?:사업|용역|입찰|공고|물품|공사|프로젝트|건|과업)\s?(?:명|건명)|(?:project|tender|contract)(?:\s(?:name|title))?|title"
)
_DEADLINE_LINE = any_case(
    r"(?:입찰서?|제안서?|견적서?|서류|투찰|응찰).{0,8}(?:제출|접수|마감|기한)|(?:입찰서|제안서|견적서)[은는을를]?\s.{0,40}까지|제출\s?(?:마감|기한)|입찰\s?마감|마감\s?일시|접수\s?마감"
    r"|(?:bids?|proposals?|tenders?|offers?|quotations?|submissions?|expressions of interest)\s.{0,30}?(?:due|close|deadline|submitted|received|by)|closing date|deadline|due date"
)
_NOT_DEADLINE = any_case(
    r"질의|질문|설명회|개찰|평가|보증|결과|착수|question|clarif|meeting|opening|award|answers|bond|visit|demonstration|registration"
)
_BUYER_SENTENCE = re.compile(
    r"^(?P<who>(?:The\s)?[A-Z][\w’'&.-]*(?:\s(?:of|for|and|the|&|[A-Z][\w’'&.-]*))*)(?:,\s[A-Z][\w ]+)?(?:\s\([^)]*\))?,?\s"
    r"(?:wants? to (?:buy|procure|build)|invites?|seeks?|requests?|is looking for|intends to (?:buy|procure)|plans to (?:buy|procure)|hereby invites?|calls? for)",
)
_KOREAN_BUYER = re.compile(
    r"^(?P<who>[가-힣A-Za-z·\s]{1,40}?(?:부|국|청|시|도|군|구|원|공사|협회|센터|재단|공단|은행|기금|위원회|과|처|실|대학교?|병원|사업소|조합))"
    r"(?:\([^)]*\))?[은는이가]\s.{0,80}(?:입찰|발주|조달|제안|업체를|사업자를|구매하|구매합|용역을)"
)
# Everyday names beside the official ones of the termbase.
_EVERYDAY = re.compile(
    r"(?<![A-Za-z])(?:Vietnam|Laos|Russia|Turkey|Türkiye|Iran|Syria|Bolivia|Venezuela|Tanzania|Moldova|Czech Republic|UAE|UK|USA|Ivory Coast|Brunei"
    r"|Hong Kong|Taiwan|Macau)(?![A-Za-z])|UAE|튀르키예|터키|체코|대만|홍콩"
)
_MONEY_WORD = any_case(r"예산|사업비|용역비|추정\s?가격|budget|estimated (?:value|cost)|contract value")
_FACTS_WITHOUT_TITLE = 2
_BOND = any_case(r"보증|bond")


def is_tender(outline: Outline) -> bool:
    """Whether the paper calls for bids."""
    title = outline.document.title
    if _TITLE.search(title):
        return not _NOT_TENDER.search(_TITLE.sub(" ", title))
    return outline.document.kind is DocumentKind.TENDER_NOTICE and not _NOT_TENDER.search(title)


class TenderReader:
    """Read the tenders of a document."""

    def read(self, outline: Outline) -> list[Record]:
        """The tenders in reading order: that of a notice, or those of a list."""
        listed = [draft for table in tables_of(outline) for draft in _listed(outline, table)]
        if listed:
            return [draft.build() for draft in listed]
        if not is_tender(outline):
            return []
        draft = _notice(outline)
        facts = {"deadline_kind", "amount", "organiser"} & draft.fields.keys()
        # A kind that was guessed from the words of a paper is a weaker sign than its title.
        needed = 1 if _TITLE.search(outline.document.title) else _FACTS_WITHOUT_TITLE
        return [draft.build()] if len(facts) >= needed else []


def _notice(outline: Outline) -> Draft:
    document, entries = outline.document, outline.entries
    title = event_name(document.title)
    named = next((e for e in entries if e.value and _NAME_LABEL.fullmatch((e.label or "").strip())), None)
    proof = next((e for e in entries[:8] if key_of(title) in key_of(e.text)), None)
    if named is not None and (
        len(key_of(title)) < 8 or (proof is None and key_of(named.value or "") not in key_of(title))
    ):
        title, proof = bare(named.value or ""), named
    proof = proof or named or entries[0]
    draft = Draft(RecordType.TENDER, document.document_id, title, [proof.evidence("title")])
    parts = NoticeParts(document, entries)
    for entry in parts.labelled(Part.BUYER, Part.ORGANISER):
        draft.put("organiser", bare(entry.value or ""), entry.evidence("organiser"))
    if "organiser" not in draft.fields:
        _told_buyer(entries, draft)
    _put_country(entries, draft, proof, parts)
    _put_budget(entries, draft, parts)
    _put_deadline(outline, draft)
    parts.fill_text(draft, "requirements", Part.REQUIREMENTS, Part.ELIGIBLE, max_lines=10)
    parts.fill_text(draft, "how_to_apply", Part.HOW)
    parts.fill_text(draft, "contact", Part.CONTACT)
    return draft


def _told_buyer(entries: tuple[Entry, ...], draft: Draft) -> None:
    for entry in entries:
        if entry.kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET):
            continue
        for start, end in split_sentences(entry.text):
            said = bare(entry.text[start:end])
            found = _BUYER_SENTENCE.match(said) or _KOREAN_BUYER.match(said)
            if found:
                who = re.sub(r"^The\s", "", found["who"]).strip()
                draft.put("organiser", who, evidence(entry, "organiser", start, end))
                return


def _put_country(entries: tuple[Entry, ...], draft: Draft, titled: Entry, parts: NoticeParts) -> None:
    for entry in parts.labelled(Part.COUNTRY):
        draft.put("country", bare(entry.value or ""), entry.evidence("country"))
        return
    for entry in (titled, *entries):
        if country := country_in(entry.text):
            draft.put("country", country, entry.evidence("country"))
            return


def _put_budget(entries: tuple[Entry, ...], draft: Draft, parts: NoticeParts) -> None:
    for entry in parts.labelled(Part.BUDGET):
        if put_amount(draft, entry.value or "", entry):
            return
    for entry in entries:
        for start, end in split_sentences(entry.text):
            said = entry.text[start:end]
            if _MONEY_WORD.search(said) and not _BOND.search(said) and put_amount(draft, said, entry, start, end):
                return


def put_amount(draft: Draft, text: str, entry: Entry, start: int = 0, end: int | None = None) -> bool:
    """Put the first sum of money in ``text``, as written, and in won if it is in won."""
    for amount in find_amounts(text):
        if amount.unit in MONEY:
            proof = evidence(entry, "amount", start, end)
            draft.put("amount", text[amount.start : amount.end], proof)
            if amount.unit is Unit.KRW:
                draft.put("amount_krw", int(amount.upper), evidence(entry, "amount_krw", start, end))
            return True
    return False


def _put_deadline(outline: Outline, draft: Draft) -> None:
    """The day by which bids must be in: labelled as such, in a timetable's row, or told in a sentence."""
    best: tuple[int, Entry, str] | None = None
    for entry in outline.entries:
        if entry.kind in (BlockKind.HEADING, BlockKind.TABLE_HEADER):
            continue
        label = entry.label or (entry.cells[0] if entry.cells else "")
        value = entry.value or " | ".join(entry.cells[1:])
        if label and value and not _NOT_DEADLINE.search(label):
            part = part_of(label)
            rank = (
                0
                if _DEADLINE_LINE.search(label)
                else 1
                if part is Part.DEADLINE
                else 2
                if part is Part.APPLY_PERIOD
                else 9
            )
            if rank < 9 and read_deadline(value, outline.document) and (best is None or rank < best[0]):
                best = (rank, entry, value)
    if best:
        deadline = read_deadline(best[2], outline.document)
        if deadline:
            draft.put_deadline(deadline, best[1].evidence("deadline"))
            return
    for entry in outline.entries:
        for start, end in split_sentences(entry.text):
            said = entry.text[start:end]
            if entry.kind is BlockKind.HEADING or not _DEADLINE_LINE.search(said) or _NOT_DEADLINE.search(said):
                continue
            if deadline := read_deadline(said, outline.document):
                draft.put_deadline(deadline, evidence(entry, "deadline", start, end))
                return


def _listed(outline: Outline, table: Table) -> Iterator[Draft]:
    """A table with a tender a row: a name beside a buyer, a budget or a deadline."""
    cells = table.head.cells
    parts = [part_of(cell) for cell in cells]
    column = next((n for n, cell in enumerate(cells) if _ITEM_HEAD.fullmatch(cell.strip())), None)
    deadline_column = next((n for n, p in enumerate(parts) if p in (Part.DEADLINE, Part.APPLY_PERIOD)), None)
    if column is None or deadline_column is None or not {Part.BUYER, Part.BUDGET, Part.COUNTRY} & set(parts):
        return
    if not any(p is Part.BUYER for p in parts) and not is_tender(outline):
        return
    for row in table.rows:
        if len(row.cells) != len(cells) or not bare(row.cells[column]):
            continue
        deadline = read_deadline(row.cells[deadline_column], outline.document)
        if deadline is None:
            continue
        draft = Draft(
            RecordType.TENDER, outline.document.document_id, event_name(row.cells[column]), [row.evidence("title")]
        )
        draft.put_deadline(deadline, row.evidence("deadline"))
        for part, cell in zip(parts, row.cells, strict=True):
            if part in (Part.BUYER, Part.ORGANISER):
                draft.put("organiser", bare(cell) or None, row.evidence("organiser"))
            elif part is Part.COUNTRY:
                draft.put("country", bare(cell) or None, row.evidence("country"))
            elif part is Part.BUDGET:
                put_amount(draft, cell, row)
        draft.put("country", country_in(row.cells[column]), row.evidence("country"))
        yield draft


def country_in(text: str) -> str | None:
    """The first country that ``text`` names, as written; Korea is where the companies are, not where a tender is."""
    found = [(m.start, m.end) for m in _countries().find(text) if m.term.korean[0] not in ("대한민국", "북한")]
    found += [match.span() for match in _EVERYDAY.finditer(text)]
    return text[slice(*min(found))] if found else None


@cache
def _countries() -> Termbase:
    return Termbase(term for term in Termbase.load().terms if term.kind == "country")
