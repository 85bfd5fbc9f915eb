"""Support programs: one record of a call or guide to one program, one a program of a paper about several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from assistant.ingest.records.captions import with_captions
from assistant.ingest.records.conditions import READERS, Condition, read_sizes
from assistant.ingest.records.criteria import (
    ELIGIBILITY,
    CriteriaReader,
    eligibility_entries,
    eligibility_sentences,
)
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.program_fields import (
    Fact,
    ProgramFields,
    eligible_words,
    facts_of,
    read_contacts,
    read_deadline,
    read_plan,
    read_support,
    without_headings,
)
from assistant.text.amounts import MONEY, find_amounts
from assistant.text.sentences import split_sentences
from assistant.text.termbase import Termbase
from assistant.types import BlockKind, Criterion, DeadlineKind, DocumentKind, Record, RecordType

_I = re.IGNORECASE
_CALL_TITLE = any_case(
    r"지원\s?(?:사업|안내|공고|계획|제도)|지원$|모집|공모|바우처|융자|보조금|지원\s?확대|\bgrant|\bloan|\bvoucher|\bcall\sfor\s(?:application|proposal)|\bsupport\sprogram|\bfund(?:ing)?\b|\bscheme|\bsubsid|\bsupport\sfor"
)
_SURE_CALL = any_case(
    r"지원\s?사업|보조금|융자|바우처|비용\s?지원|\bgrant|\bsubsid|\baid\b|\bvoucher|\bloans?\b|\bco-?funding"
)
_OTHER_TITLE = any_case(
    r"입찰|제안\s?요청|사전규격|로드쇼|상담회|설명회|세미나|포럼|컨퍼런스|콘퍼런스|박람회|전시회|웨비나|교육생|채용|\btender|\binvitation\s(?:for|to)\sbid|\bRFP\b|\bwebinar|\broadshow|\bforum|\bconference|\bexpo\b|\bfair\b|\bseminar|\bworkshop|\bclinic\b"
)
_MONEY_NAME = any_case(
    r"펀드|자금|계정|바우처|(?:지원|금융|협력|동반진출)\s?프로그램|기금|\bfund\b|\bfacility|\bvoucher|\baccount|\bprogram"
)
_HEADING_NAME = re.compile(
    r"^(?:[\dⅠ-Ⅹ(]+[.)\s]*\s*)?(?:[A-Z-]+:\s)?(?P<name>(?:.{2,40}?(?:펀드|자금|특별\s?계정|바우처|프로그램|지원\s?사업)(?=\s|$|[(을를은는의이에*]))"
    r"|(?:[A-Za-z][\w&-]*\s){1,5}(?:[Ff]und|[Ff]acility|[Vv]oucher|[Aa]ccount|[Pp]rogram(?:me)?|[Ll]oan|[Gg]rant)\b)"
)
_NO_NAME = any_case(
    r"^(?:어떤|이|두|왜|본|각|해당|the|this|which|what|how|a|an|other|운전|필요|재정)\s?|현황|비교|차이|관계|규모|^.{0,2}(?:펀드|자금|계정|프로그램)$|계약\s?이행|\bdoes\b|\bcompar"
)
# Kinds of fund, words about funds, and programs that companies do not apply for.
_NO_PROGRAMS = frozenset(
    [
        "블라인드펀드",
        "프로젝트펀드",
        "벤처펀드",
        "사모펀드",
        "인프라펀드",
        "국부펀드",
        "스마트시티 펀드",
        "펀드 조성",
        "투자기간",
        "위탁운용사",
        "업무집행조합원",
        "유한책임조합원",
        "신탁기금",
        "사업공고",
        "국가전략 R&D",
        "특별계정",
        "해외민간네트워크",
        "글로벌 강소기업",
        "내수기업 수출기업화",
        "중소기업 정책자금",
        "국별협력사업",
        "초청연수",
        "지식공유 프로그램",
    ]
)
_APPLY_HEAD = any_case(
    r"신청|접수|모집|마감|\bappl(?:y|ication)|\bregist|\bdeadline|\bclosing|\bsubmission|\bdates\b|^open$|\bgrant|\bfunded\b"
)
_COLUMN = any_case(
    r"대상|자격|한도|금액|비율|규모|기간|기한|금리|\bwho\b|\beligib|\bamount|\bshare|\brate|\bdeadline|\bsupport|\blimit"
)
_ROW_NAME = any_case(
    r"^(?:지원\s?)?(?:사업|프로그램|제도|자금|상품)\s?(?:명|이름)?$|^(?:program(?:me)?|scheme|fund|voucher|product)(?:\sname)?$"
)
_OLD = any_case(r"^(?:기존|종전|현재|지금까지|구\s|earlier|former|old|current)")
_QUESTION = re.compile(r"[?？]\s*$|나요$|까$")
_FOR_WHOM = any_case(
    r"대상|위한|지원|덜어|우대|받을|받습니다|이라면|교섭|\bfor\b|\bavailable\sto\b|\bget\b|\breceive|\beligible\b|\bopen\sto\b|\bloan\srate\slower\b"
)
_ELIGIBLE_LABEL = any_case(
    r"^for\swhom$|^who\b|^(?:지원|신청|투자|참여|이용)?\s?대상(?:\s?국|\s?국가|\s?기업|자)?$|자격|^(?:eligible\s|target\s)?countries$|\beligible|\bborrower|\bfor\swhom\b"
)
_NUMBERING = re.compile(
    r"^(?:제?\s?\d+\s?[.)장절]\s*|\(\d+\)\s*|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s?[.)]?\s*|[가-하][.)]\s+|\d+\s+|[①-⑳]\s*)"
)


@dataclass(slots=True)
class _Named:
    """What a paper about several programs says of one: its name as first written, and the entries about it."""

    key: str
    name: str
    origin: Entry
    entries: list[Entry] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Section:
    heading: Entry | None
    entries: tuple[Entry, ...]


class ProgramReader:
    """Reads calls, guides and fact sheets of support programs, and policy papers that name several."""

    def read(self, outline: Outline) -> list[Record]:
        """The programs of a document in reading order; none of an event notice or a tender."""
        document = outline.document
        title = document.title
        if document.kind in (DocumentKind.EVENT_NOTICE, DocumentKind.TENDER_NOTICE) and not _SURE_CALL.search(title):
            return []
        if _OTHER_TITLE.search(title) and not _SURE_CALL.search(title):
            return []
        if not outline.entries:
            return []
        outline = replace(outline, entries=tuple(with_captions(outline.entries)))
        columns = list(_columns(outline.entries))
        columns += list(_rows(outline.entries))
        if not columns and _is_call(outline):
            return [_whole(outline, None)]
        own = [] if columns else _heading_names(title)
        if len(own) == 1 and not _is_old(title):
            return [_whole(outline, own[0][1])]
        sections = list(_sections_named(outline.entries, {item.key for item in columns}))
        named = _merged([*columns, *sections, *(_strays(sections) if sections else ())])
        records = [_record_of(item, outline) for item in named]
        return [record for record in records if record is not None]


def _who(entries: Sequence[Entry], title: str) -> list[Entry]:
    """The entries that say who may apply; of a call in prose, the sentences that do."""
    eligible = eligibility_entries(entries)
    if without_headings(eligible):
        return eligible
    return eligibility_sentences(entries[1:]) if _CALL_TITLE.search(title) or _SURE_CALL.search(title) else []


def _is_call(outline: Outline) -> bool:
    """Whether the whole document is about one program: it says who may apply, and for what or until when."""
    title = outline.document.title
    if not without_headings(_who(outline.entries, title)):
        return False
    if _CALL_TITLE.search(title) or _SURE_CALL.search(title):
        return True
    for entry in outline.entries[1:]:
        head = entry.text if entry.kind is BlockKind.HEADING else entry.label or ""
        if _APPLY_HEAD.search(head) or re.match(r"\W*(?:apply\sby|applications?\s(?:close|are|open))", entry.text, _I):
            return True
    return False


def _title_entry(outline: Outline) -> Entry:
    """The entry that holds the title, for its proof; the first one where no heading does."""
    title = re.sub(r"\W+", "", outline.document.title)
    for entry in outline.entries:
        if re.sub(r"\W+", "", entry.text) == title:
            return entry
    return outline.entries[0]


def _whole(outline: Outline, key: str | None) -> Record:
    """The one program that a call, guide or fact sheet is about; ``key`` where its title names a program of that name."""
    document = outline.document
    fields = ProgramFields()
    eligible = _who(outline.entries, document.title)
    who = {id(entry) for entry in eligible}
    origin = _title_entry(outline)
    rest = [entry for entry in outline.entries if id(entry) not in who and entry is not origin]
    facts = facts_of(rest) if key is None else _about(facts_of(rest), key)
    published = document.published.start if document.published else None
    fields.evidence.append(origin.evidence("title"))
    criteria = CriteriaReader().read(eligible)
    if without_headings(eligible):
        eligible_words(eligible, fields)
    else:
        criteria = _described(facts, fields)
    read_support(facts, fields, named_only=key is not None)
    if key is None or any(re.search(r"신청|접수|마감|공모|\bappl|\bdeadline", fact.label, _I) for fact in facts):
        read_deadline(facts, published, fields)
    read_plan(facts, published, fields)
    read_contacts(facts, document.publisher, fields)
    return _record(outline, document.title, fields, criteria)


def _about(facts: Sequence[Fact], key: str) -> list[Fact]:
    """The facts without those that are told of other programs only."""
    kept = []
    for fact in facts:
        label = {name for _, name in _names(fact.label)} if fact.label else set()
        value = {name for _, name in _names(fact.value)}
        named = label or value
        if not named or key in named:
            kept.append(fact)
    return kept


def _described(facts: Sequence[Fact], fields: ProgramFields) -> tuple[Criterion, ...]:
    """Who may take part where no heading says so: the first sentence that says for companies of which size it is."""
    criteria: list[Criterion] = []
    for fact in facts:
        text = fact.value
        if fact.head and re.search(r"계산|예시|효과", fact.head):
            continue
        if _ELIGIBLE_LABEL.search(fact.label):
            fields.put("eligible", text, fact.entry)
            criteria += _of(fact, "target_country", text)
        sizes = [c for c in read_sizes(text) if c.field == "size" and c.allowed and c.allowed != ("any",)]
        if sizes and (_FOR_WHOM.search(text) or fact.label) and not any(c.field == "size" for c in criteria):
            fields.put("eligible", text, fact.entry)
            criteria.append(_criterion(sizes[0], fact))
    return tuple(criteria)


def _of(fact: Fact, name: str, text: str) -> Iterator[Criterion]:
    for condition in READERS["target_country" if name == "target_country" else "size"](text, hinted=True):
        if condition.allowed != (text.strip(),):
            yield _criterion(condition, fact)


def _criterion(condition: Condition, fact: Fact) -> Criterion:
    return Criterion(
        condition.field,
        fact.entry.evidence("criteria"),
        condition.allowed,
        condition.excluded,
        condition.minimum,
        condition.maximum,
        condition.sizes,
    )


@cache
def _money_terms() -> Termbase:
    """The funds, accounts, vouchers and programs of the termbase that are names of their own."""
    return Termbase(
        term
        for term in Termbase.load().terms
        if term.kind in ("fund", "program")
        and term.korean[0] not in _NO_PROGRAMS
        and (term.kind == "fund" or any(_MONEY_NAME.search(form) for form in (*term.korean, *term.english)))
        and (term.is_name or term.abbreviations or len(term.korean[0]) > 4)
    )


def _names(text: str) -> list[tuple[str, str]]:
    """The programs that a heading or sentence names, as (name as written, key); each key once."""
    found: dict[str, str] = {}
    for match in _money_terms().find(text):
        start = match.start
        found.setdefault(match.term.korean[0], text[start : match.end])
    return [(name, key) for key, name in found.items()]


def _is_old(text: str) -> bool:
    return _OLD.match(_NUMBERING.sub("", text)) is not None


def _heading_names(text: str) -> list[tuple[str, str]]:
    names = _names(text)
    if names:
        return names
    match = _HEADING_NAME.match(text)
    if match is None or _NO_NAME.search(match["name"]):
        return []
    name = _NUMBERING.sub("", match["name"]).strip(" ‘’'\"“”")
    return [(name, re.sub(r"\W+", "", name).casefold())]


def _columns(entries: Sequence[Entry]) -> Iterator[_Named]:
    """Tables that compare programs, one a column."""
    for position, entry in enumerate(entries):
        cells = _cells(entry)
        is_head = entry.kind is BlockKind.TABLE_HEADER or (entry.kind is BlockKind.TABLE_ROW and not cells[0])
        if not is_head or len(cells) < 3:
            continue
        heads = [(n, _heading_names(cell)) for n, cell in enumerate(cells) if n and not _is_old(cell)]
        heads = [(n, names) for n, names in heads if len({key for _, key in names}) == 1]
        if len(heads) < 2:
            continue
        rows: list[Entry] = []
        for later in entries[position + 1 :]:
            if later.kind is not BlockKind.TABLE_ROW:
                break
            rows.append(later)
        for number, names in heads:
            item = _Named(names[0][1], cells[number].strip(), entry)
            for row in rows:
                if len(row.cells) > number:
                    item.facts.append(
                        Fact(row.cells[0], row.cells[number], row, entry.section[-1] if entry.section else "")
                    )
            yield item


def _rows(entries: Sequence[Entry]) -> Iterator[_Named]:
    """Tables that list programs, one a row, with who may apply, what is given and until when in columns."""
    for entry in entries:
        header = entry.header
        if entry.kind is not BlockKind.TABLE_ROW or len(header) < 4 or len(header) != len(entry.cells):
            continue
        name = next((n for n, head in enumerate(header) if _ROW_NAME.search(head.strip())), None)
        known = sum(bool(_COLUMN.search(head)) for n, head in enumerate(header) if n != name)
        if name is None or known < 2 or not entry.cells[name]:
            continue
        key = re.sub(r"\W+", "", entry.cells[name]).casefold()
        item = _Named(key, entry.cells[name], entry)
        item.facts = [
            Fact(head, cell, entry, "")
            for n, (head, cell) in enumerate(zip(header, entry.cells, strict=True))
            if n != name
        ]
        yield item


def _cells(entry: Entry) -> tuple[str, ...]:
    """A row's cells; an empty first one is lost at the start of a line."""
    return ("", entry.text[2:].split(" | ")[0], *entry.cells[1:]) if entry.text.startswith("| ") else entry.cells


def _sections(entries: Sequence[Entry]) -> Iterator[_Section]:
    heading: Entry | None = None
    pending: list[Entry] = []
    for entry in entries:
        if entry.kind is BlockKind.HEADING:
            yield _Section(heading, tuple(pending))
            heading, pending = entry, []
        else:
            pending.append(entry)
    yield _Section(heading, tuple(pending))


def _sections_named(entries: Sequence[Entry], known: set[str]) -> Iterator[_Named]:
    """Sections whose heading names one program, and questions whose answer does."""
    for position, section in enumerate(_sections(entries)):
        if section.heading is None or not section.entries or (position <= 1 and section.heading is entries[0]):
            continue
        names = _heading_names(section.heading.text)
        if not names and _QUESTION.search(section.heading.text):
            names = _names(" ".join(entry.text for entry in section.entries))
            origin = next((e for e in section.entries if names and names[0][0] in e.text), section.entries[0])
        else:
            origin = section.heading
        if len({key for _, key in names}) != 1 or _is_old(section.heading.text):
            continue
        if section.entries[0].kind is BlockKind.TABLE_HEADER and len(section.entries[0].header) > 2 and known:
            continue
        item = _Named(names[0][1], names[0][0], origin, list(section.entries))
        item.facts = facts_of(section.entries)
        yield item


def _strays(sections: Sequence[_Named]) -> Iterator[_Named]:
    """What a program's section says of another one: "EDPF : 중소득국 대상", "기 마련한 수은 특별계정(1조원)도 활용"."""
    for section in sections:
        for entry in section.entries:
            matches = [m for m in _money_terms().find(entry.text) if m.term.korean[0] != section.key]
            own = any(m.term.korean[0] == section.key for m in _money_terms().find(entry.text))
            defined = [m for m in _money_terms().find(entry.text) if re.match(r"\s?[:：]\s", entry.text[m.end :])]
            for number, match in enumerate(defined):
                stop = defined[number + 1].start if number + 1 < len(defined) else len(entry.text)
                text = entry.text[match.end : stop].lstrip(" :：")
                item = _Named(match.term.korean[0], entry.text[match.start : match.end], entry)
                item.facts = [Fact("", text, entry, "")]
                yield item
            if not defined and not own and len({m.term.korean[0] for m in matches}) == 1 and _sum_of(entry.text):
                item = _Named(matches[0].term.korean[0], entry.text[matches[0].start : matches[0].end], entry)
                item.facts = [Fact("", entry.text, entry, "")]
                yield item


def _sum_of(text: str) -> bool:
    return not re.search(r"효과|예상", text) and any(amount.unit in MONEY for amount in find_amounts(text))


def _merged(items: Sequence[_Named]) -> list[_Named]:
    merged: dict[str, _Named] = {}
    for item in items:
        if item.key in merged:
            merged[item.key].entries += item.entries
            merged[item.key].facts += item.facts
        else:
            merged[item.key] = item
    return list(merged.values())


def _record_of(item: _Named, outline: Outline) -> Record | None:
    published = outline.document.published.start if outline.document.published else None
    fields = ProgramFields()
    fields.evidence.append(item.origin.evidence("title"))
    facts = [fact for fact in _about(item.facts, item.key) if not re.search(r"없음|해당\s?없|not\sstated", fact.value)]
    criteria: list[Criterion] = list(
        CriteriaReader().read([e for e in item.entries if ELIGIBILITY.search(e.label or "")])
    )
    criteria = criteria or list(_described(facts, fields))
    if "eligible" not in fields.values:
        eligible_words([e for e in item.entries if ELIGIBILITY.search(e.label or "")], fields)
    criteria += [c for fact in facts if not fact.label for c in _countries(fact)] if not criteria else []
    read_support(facts, fields, named_only=True)
    if any(re.search(r"신청|접수|마감|공모|\bappl|\bdeadline", fact.label, _I) for fact in facts):
        read_deadline(facts, published, fields)
    read_plan(facts, published, fields)
    read_contacts(facts, outline.document.publisher, fields)
    told = {"amount", "rate", "share", "eligible", "how_to_apply", "start"} & fields.values.keys()
    announced = "planned" in fields.values and item.origin.kind is BlockKind.HEADING
    if not told and not criteria and not announced:
        return None
    return _record(outline, item.name, fields, tuple(criteria))


def _countries(fact: Fact) -> Iterator[Criterion]:
    """Income classes that prose says a fund is for."""
    for start, end in split_sentences(fact.value):
        sentence = fact.value[start:end]
        if re.search(r"대상|에\s?쓰|\bfor\b", sentence):
            for condition in READERS["target_country"](sentence):
                if condition.field == "country_income" and condition.allowed:
                    yield _criterion(condition, fact)
                    return


def _record(outline: Outline, title: str, fields: ProgramFields, criteria: Sequence[Criterion]) -> Record:
    values = dict(fields.values)
    values.setdefault("deadline_kind", DeadlineKind.NONE)
    shown = _NUMBERING.sub("", title).strip()
    return replace(
        Record(
            "",
            RecordType.PROGRAM,
            outline.document.document_id,
            shown,
            tuple(fields.evidence),
            criteria=tuple(criteria),
        ),
        **values,
    )
