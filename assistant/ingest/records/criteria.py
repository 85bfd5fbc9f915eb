"""Who may take part: the conditions of an eligibility section, each with the sentence that states it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.ingest.records.captions import BULLET_CAPTION
from assistant.ingest.records.conditions import (
    ANY,
    READERS,
    Condition,
    goes_together,
    is_denied,
    is_preference,
    named_sizes,
    read_export,
    read_sizes,
    read_years,
    scope_of,
    turned,
    waived_fields,
)
from assistant.ingest.records.outline import Entry
from assistant.ingest.records.patterns import any_case
from assistant.text.company import SIZES, find_sectors, find_sizes
from assistant.text.sentences import split_sentences
from assistant.types import BlockKind, Criterion, Evidence, ProfileField, Record, RecordType

_I = re.IGNORECASE
ELIGIBILITY = any_case(
    r"(?:지원|신청|참가|참여|모집|응모|이용|입찰\s?참가|선정|가입|수혜|보조|융자|대출|보증|투자)\s?(?:대상(?!국|\s?국)|자격|요건|기업|조건)|자격\s?(?:요건|조건|기준)|^\W*(?:[\d가-하]+[.)]\s?)?(?:대상|자격|대상\s?기업|요건|참가\s?기업)$|^for$|^participants?$|^(?:\d+[.)]\s)?requirements$|누가\s?(?:받|신청|참여|이용|될)"
    r"|\beligib|\bwho\s(?:may|can|is|should|qualif|could)|\bapplicants?\b|\brequirements\sfor\b|\bqualif(?:y|ication)|\bconditions?\s(?:of\sentry|to\stake\spart|for\sparticipa)|\bfor\swhom\b|\bwho\sit\sis\sfor\b|\btarget\s(?:group|companies)\b"
)
"""A heading or label above who may apply."""
EXCLUSION = any_case(
    r"제외|신청\s?(?:불가|제한)|지원\s?(?:불가|제한)|참여\s?제한|결격|\bnot\sfor\b|\bnot\seligible|\bineligible|\bexclu|\bwho\s(?:cannot|may\snot)|\bdisqualif"
)
_PREFERENCE_HEAD = any_case(
    r"우대|가점|가산|선정\s?기준|평가\s?(?:기준|항목)|\bpreference|\bbonus|\bpriority|\bextra\spoints"
)
_BESIDE = any_case(
    r"^(?:소재지|업력|기업규모|수출실적|설립연수|대상국가|대상국|진출국가|targetcountr(?:y|ies)|countries|companyage|yearsinbusiness|exportrecord|companysize|location)$"
)
# Wherever it stands, among the duties as a rule.
_BARRED = re.compile(
    r"(?:경우|기업은?|업체는?)[^.]{0,12}(?:신청|지원|참여|참가)할\s?수\s?없|\b(?:cannot|may\snot)\sapply\b"
)
_SPOKEN = any_case(
    r"(?:신청|참가|참여|지원)\s?(?:자격|대상)은|(?:기업|업체|회사)(?:이|가|은|는|만|도)?\s?(?:신청|참여|참가|지원)할\s?수\s?(?:있|없)|기업을\s대상으로|[은는]\s?신청할\s?수\s?(?:있|없)"
    r"|\b(?:is|are)\s(?:open\sto|meant\sfor|eligible|not\seligible)|\b(?:can|may|cannot)\s(?:not\s)?(?:apply|borrow|take\spart|join)\b"
)
_ONE_OF = any_case(
    r"(?:하나|1개|한\s?가지|1가지|어느\s?하나)\s?(?:이상)?\s?(?:에|를|을|의)?\s?(?:이상\s?)?(?:해당|충족|만족|갖)|\b(?:any|one|either)\s(?:one\s)?of\sthe\s(?:following|conditions|two)|\bat\sleast\sone\sof\b|\beither\sof\b"
)
_INTRODUCTION = any_case(
    r"(?:다음|아래|모두|각\s?호|요건을|조건을).{0,30}(?:충족|만족|해당|갖춘|같습니다|같음|기업|업체|법인|자|(?:충족|만족)(?:하여야|해야)\s?(?:함|한다|합니다))\W*$|\b(?:all|each)\sof\sthe\sfollowing\b|:\s*$|\bmust\smeet\sall\b|\bconditions\s(?:below|are)\b"
)
_HINTS: tuple[tuple[ProfileField, re.Pattern[str]], ...] = (
    ("other", any_case(r"^(?:유사\s?)?실적$|사업\s?실적|용역\s?실적|면허|^등록|인증|신용|재무|매출|인력|track\srecord|turnover|licen[cs]e|certificat|similar\s(?:work|project)|staff|experience$")),
    ("consortium_with_large", any_case(r"컨소시엄|공동\s?신청|동반|consorti|partner")),
    ("years_in_business", any_case(r"업력|설립|창업\s?(?:기간|연수|연한)|사업\s?기간|years\sin\sbusiness|company\sage|^age|years\sof\soperation|^founded|established")),
    ("export_record", any_case(r"수출|export")),
    ("target_country", any_case(r"대상\s?(?:국|국가|지역\s?국가)$|진출\s?(?:국|국가|대상국)|사업\s?대상국|지원\s?대상국|대상국가|countr")),
    ("region", any_case(r"소재지|지역|본사|사업장|^region|location|seat|head\soffice|place\sof\sbusiness|where")),
    ("size", any_case(r"규모|기업\s?(?:구분|유형|형태)|^size|company\stype|\bsize\b|type\sof\scompany|borrower")),
    ("sector", any_case(r"분야|업종|산업|품목|sector|field|industry|industries|products?$|business\sarea")),
)  # fmt: skip
_REQUIREMENT = any_case(
    r"(?:기업|업체|법인|단체|기관|사업자|자|곳)(?:\([^)]*\))?\W*$|(?:이상|이하|이내|한함|한정)\W*$|보유|갖춘|체결|있는\s|하여야|해야|이어야|필수|없어야|\b(?:must|has|have|holds?|needs?|required|with|without|whose|completed|signed)\b"
)
_INFORMATION = any_case(
    r"허용|가능(?:\s|,|$)|\bwelcome\b|\b(?:can|may)\s(?:also\s)?(?:apply|be\smembers)|신청할\s?수\s?있|참여할\s?수\s?있|바랍니다|하십시오|보십시오|참고|뜻합니다|말함|의미|\bmeans\b|\bsee\b|contact|문의"
)
_PIECE = re.compile(r";\s|,\s(?=(?:중소|중견|대기업|스타트업|창업\s?기업)[^,(]{0,8}[은는]\s)|\s단,\s|,\s다만\s")
_OR = any_case(r"또는|혹은|이거나|거나|\bor\b")
_NOT_OR = any_case(
    r"(?:head\s?)?(?:office|quarters|factory|plant|branch)\sor|or\s(?:a\s)?(?:head\s?)?(?:office|factory|plant|branch)|\bor\s(?:more|less|fewer|over|under|older|younger|later)|(?:본사|공장|연구소|사업장)\s?(?:또는|나|이나)"
)
_FIELD_ORDER = tuple(READERS)


@dataclass(slots=True)
class _Context:
    """What the bullets above the present one have announced for those below them."""

    level: int
    kind: str
    group: int | None = None


@dataclass(slots=True)
class _Waiver:
    fields: tuple[ProfileField, ...]
    evidence: Evidence
    sizes: tuple[str, ...]
    together: bool


@dataclass(slots=True)
class _Found:
    criteria: list[Criterion] = field(default_factory=list)
    hinted: set[int] = field(default_factory=set)
    scopes: list[Criterion] = field(default_factory=list)
    waivers: list[_Waiver] = field(default_factory=list)
    groups: int = 0

    def next_group(self) -> int:
        self.groups += 1
        return self.groups


class CriteriaReader:
    """Reads the entries of an eligibility section, headings included, into criteria in reading order."""

    def read(self, entries: Sequence[Entry]) -> tuple[Criterion, ...]:
        """The conditions; empty where the entries state none. A sentence may give several, one a field."""
        found = _Found()
        context: list[_Context] = []
        for entry in entries:
            if entry.kind is BlockKind.HEADING:
                level = 1 if entry.level == BULLET_CAPTION else -1
                context = [_Context(level, kind)] if (kind := _announces((entry.text,))) else []
                continue
            if entry.kind is BlockKind.TABLE_HEADER:
                continue
            if entry.kind is BlockKind.NOTE:
                context = [] if entry.text.startswith("※") else context
            else:
                level = entry.level if entry.kind is BlockKind.BULLET else 0
                context = [item for item in context if item.level < level or item.level < 0]
            self._read_entry(entry, context, found)
        return tuple(_settled(found))

    def _read_entry(self, entry: Entry, context: list[_Context], found: _Found) -> None:
        level = entry.level if entry.kind is BlockKind.BULLET else 0
        label = entry.label or ""
        announced = _announces((label,)) if label else None
        if not entry.value and _is_caption(entry.text) and (kind := _announces((entry.text,))):
            context.append(_Context(level, kind))
            return
        if _ONE_OF.search(entry.text):
            context.append(_Context(level, "one_of", found.next_group()))
            # "다음 중 하나에 해당하는 중소기업": who must fulfil one of them is a condition of its own.
            for evidence, text in _pieces(entry, labelled=bool(label)):
                found.criteria += [_criterion(c, evidence) for c in read_sizes(text)]
            return
        kind = announced or (context[-1].kind if context else "")
        if kind == "preference":
            if announced:
                context.append(_Context(level, kind))
            return
        if len(entry.cells) > 2:
            self._read_columns(entry, found)
            return
        group = context[-1].group if context and context[-1].kind == "one_of" else None
        hint = None if kind == "exclusion" else _hint(label)
        for number, (evidence, text) in enumerate(_pieces(entry, labelled=bool(label))):
            if number and hint and not (_is_about(hint, text) or named_sizes(text)):
                continue
            self._read_sentence(evidence, text, hint, kind == "exclusion", group, entry.kind is BlockKind.NOTE, found)

    def _read_columns(self, entry: Entry, found: _Found) -> None:
        """A row whose columns are for different size classes."""
        hint = _hint(entry.cells[0])
        if hint is None or len(entry.header) != len(entry.cells):
            return
        for name, cell in zip(entry.header[1:], entry.cells[1:], strict=True):
            for condition in READERS[hint](cell, hinted=True):
                scoped = replace(_criterion(condition, entry.evidence(condition.field)), sizes=named_sizes(name))
                found.criteria.append(scoped)

    def _read_sentence(
        self,
        evidence: Evidence,
        text: str,
        hint: ProfileField | None,
        excluding: bool,
        group: int | None,
        is_note: bool,
        found: _Found,
    ) -> None:
        if waived := waived_fields(text):
            found.waivers.append(_Waiver(waived, evidence, named_sizes(text), goes_together(text)))
            return
        if excluding:
            found.criteria += [_criterion(c, evidence) for c in _exclusions(text)]
            return
        if hint is None and is_preference(text):
            return
        conditions = _conditions(text, hint)
        if not conditions:
            if not _is_requirement(text, is_note, hint):
                return
            negative = bool(re.search(r"제외|할\s?수\s?없|불가|\bcannot\b|\bmay\snot\b|not\seligible", text))
            conditions = [Condition("other", 0, len(text), *(((), ("true",)) if negative else (("true",), ())))]
        scope = scope_of(text) if hint != "size" else ()
        sizes = [c for c in conditions if c.field == "size"]
        rules = [c for c in conditions if c.field not in ("size", "consortium_with_large", "other")]
        if scope and rules and sizes and not sizes[0].excluded:
            found.scopes.append(_criterion(sizes[0], evidence))
            conditions = [replace(c, sizes=c.sizes or scope) for c in conditions if c.field != "size"]
        numbers = _alternatives(text, conditions, found)
        for condition, number in zip(conditions, numbers, strict=True):
            if hint:
                found.hinted.add(len(found.criteria))
            criterion = replace(_criterion(condition, evidence), alternative=group or number)
            found.criteria.append(criterion)


def _is_caption(text: str) -> bool:
    """Whether a line only names what follows, and says nothing of anybody itself."""
    return (
        len(text) <= 40
        and not find_sizes(text)
        and not re.search(r"[\d(]|기업은|기업도|companies\b.*\bnot\b", text, _I)
    )


def _announces(texts: Iterable[str]) -> str | None:
    """Whether a heading or label opens a list of exclusions or of preferences."""
    for text in texts:
        if EXCLUSION.search(text) and not re.search(r"제외\s?(?:한|하고)", text):
            return "exclusion"
        if _PREFERENCE_HEAD.search(text):
            return "preference"
    return None


def _hint(label: str) -> ProfileField | None:
    plain = re.sub(r"(?<=[가-힣])\s+(?=[가-힣](?:\s|$))", "", label)
    return next((name for name, pattern in _HINTS if pattern.search(plain)), None) if label else None


def _is_about(hint: ProfileField, text: str) -> bool:
    """Whether a later sentence under a label goes on about what the label names."""
    return hint not in ("sector", "other") and any(c.allowed != ANY for c in READERS[hint](text))


def _pieces(entry: Entry, *, labelled: bool) -> Iterator[tuple[Evidence, str]]:
    """The sentences of an entry, each with its place; a label belongs to the first."""
    value = entry.value if labelled and entry.value else None
    offset = entry.text.rfind(value) if value else 0
    spans = [
        (offset + start + a, offset + start + b)
        for start, end in split_sentences(entry.text[offset:])
        for a, b in _split(entry.text[offset + start : offset + end])
    ]
    for number, (start, end) in enumerate(spans):
        begin = 0 if number == 0 else start
        whole = entry.evidence("criteria")
        quote = entry.text[begin:end]
        yield replace(whole, start=entry.start + begin, end=entry.start + end, quote=quote), entry.text[start:end]


def _split(sentence: str) -> Iterator[tuple[int, int]]:
    position = 0
    for match in _PIECE.finditer(sentence):
        yield position, match.start()
        position = match.end()
    yield position, len(sentence)


def _conditions(text: str, hint: ProfileField | None) -> list[Condition]:
    if hint == "other":
        return [Condition("other", 0, len(text), ("true",))]
    if hint is None:
        found = _denied([condition for name in _FIELD_ORDER for condition in READERS[name](text)], text)
    else:
        found = READERS[hint](text, hinted=True)
        if hint == "size":
            found += [c for name in ("years_in_business", "region", "export_record") for c in READERS[name](text)]
        elif hint == "consortium_with_large" and not found:
            found = read_sizes(text)
    if any(c.field == "consortium_with_large" and c.sizes for c in found):
        found = [c for c in found if c.field != "consortium_with_large" or c.sizes]
    return sorted(found, key=lambda c: _FIELD_ORDER.index(c.field) if c.field in _FIELD_ORDER else 99)


def _denied(found: Sequence[Condition], text: str) -> list[Condition]:
    """The conditions of a sentence, turned round where it says that such companies may not apply: "업력 10년 초과 기업은 제외"."""
    others = {
        n: other
        for n, c in enumerate(found)
        if c.field in ("years_in_business", "export_record", "region")
        and (c.minimum is not None or c.maximum is not None or (c.field == "region" and c.allowed))
        and is_denied(text, c)
        and (other := turned(c))
    }
    if not others:
        return list(found)
    # The sizes named are those of the companies shut out, not of all.
    return [others.get(n, c) for n, c in enumerate(found) if c.field != "size"]


def _exclusions(text: str) -> Iterator[Condition]:
    """What a company must not be: every condition turned round."""
    if len(text) <= 30 and (sizes := named_sizes(text)) and not re.search(r"체납|부도|휴업|폐업", text):
        yield Condition("size", 0, len(text), excluded=sizes)
        return
    bounds = [c for c in (*read_years(text), *read_export(text)) if c.minimum is not None or c.maximum is not None]
    if bounds and (other_way := turned(bounds[0])):
        yield other_way
        return
    if (
        keys := find_sectors(text)
        if len(text) <= 40 and re.search(r"업\W*$|업체|기업|\bcompan|\bfirms|\bbusiness", text, _I)
        else ()
    ):
        yield Condition("sector", 0, len(text), excluded=keys)
        return
    if re.sub(r"\W", "", text):
        yield Condition("other", 0, len(text), excluded=("true",))


def _is_requirement(text: str, is_note: bool, hint: ProfileField | None) -> bool:
    if hint is not None:
        return True
    if _INTRODUCTION.search(text) or len(text) < 6:
        return False
    negative = re.search(r"할\s?수\s?없|불가|제외|\bcannot\b|\bmay\snot\b|\bmust\b", text)
    if is_note:
        return negative is not None
    return negative is not None or (_REQUIREMENT.search(text) is not None and _INFORMATION.search(text) is None)


def _criterion(condition: Condition, evidence: Evidence) -> Criterion:
    return Criterion(
        condition.field,
        evidence,
        condition.allowed,
        condition.excluded,
        condition.minimum,
        condition.maximum,
        condition.sizes,
    )


def _alternatives(text: str, conditions: Sequence[Condition], found: _Found) -> list[int | None]:
    """For each condition the group of alternatives it is in: those of different fields that an "or" joins."""
    numbers: list[int | None] = [None] * len(conditions)
    placed = sorted(
        (n for n, c in enumerate(conditions) if not (c.start == 0 and c.end == len(text))),
        key=lambda n: conditions[n].start,
    )
    plain = _NOT_OR.sub(lambda match: " " * len(match[0]), text)
    for before, after in itertools.pairwise(placed):
        a, b = conditions[before], conditions[after]
        if a.field != b.field and a.end <= b.start and _OR.search(plain[a.end : b.start]) and not a.sizes:
            numbers[before] = numbers[before] or found.next_group()
            numbers[after] = numbers[before]
    return numbers


def _settled(found: _Found) -> list[Criterion]:
    """The criteria together: what labels say before what prose says, lifted conditions joined to what lifts them."""
    labelled = {found.criteria[n].field for n in found.hinted if found.criteria[n].field != "other"}
    criteria = [
        criterion
        for n, criterion in enumerate(found.criteria)
        if n in found.hinted
        or criterion.field not in labelled
        or criterion.sizes
        or criterion.excluded
        or criterion.alternative
    ]
    limited = {c.field for c in criteria if c.allowed != ANY}
    criteria = [c for c in criteria if c.allowed != ANY or c.field not in limited]
    criteria = _unrepeated(criteria)
    if found.scopes and not any(c.field == "size" and c.allowed for c in criteria):
        named = {size for scope in found.scopes for size in scope.allowed}
        criteria.append(replace(found.scopes[0], allowed=tuple(size for size in SIZES if size in named)))
    for waiver in found.waivers:
        criteria = _lifted(criteria, waiver, found)
    criteria = _with_partners(criteria, found)
    return sorted(
        (replace(c, evidence=replace(c.evidence, field="criteria")) for c in criteria),
        key=lambda c: (c.evidence.page, c.evidence.start),
    )


def _unrepeated(criteria: Sequence[Criterion]) -> list[Criterion]:
    kept: list[Criterion] = []
    for criterion in criteria:
        same = [c for c in kept if replace(c, evidence=criterion.evidence) == criterion]
        if not same or criterion.field == "other":
            kept.append(criterion)
    return kept


def _lifted(criteria: Sequence[Criterion], waiver: _Waiver, found: _Found) -> list[Criterion]:
    result: list[Criterion] = []
    for criterion in criteria:
        if criterion.field not in waiver.fields or criterion.allowed == ANY:
            result.append(criterion)
        elif waiver.sizes and not waiver.together:
            kept = tuple(size for size in criterion.sizes or SIZES if size not in waiver.sizes)
            result.append(replace(criterion, sizes=kept))
        else:
            group = criterion.alternative or found.next_group()
            by: ProfileField = "consortium_with_large" if waiver.together else "other"
            lifting = Criterion(by, waiver.evidence, ("true",), sizes=waiver.sizes, alternative=group)
            result += [replace(criterion, alternative=group), lifting]
    return result


def _with_partners(criteria: Sequence[Criterion], found: _Found) -> list[Criterion]:
    """Join "large companies may come with others" to the sizes that may come alone."""
    partners = [c for c in criteria if c.field == "consortium_with_large" and c.sizes and c.alternative is None]
    if not partners:
        return list(criteria)
    others = [c for c in criteria if c not in partners]
    sizes = [c for c in others if c.field == "size"]
    allowed = next((c for c in sizes if c.allowed and c.allowed != ANY), None)
    base = allowed or next(iter(sizes), None)
    if base is None:
        lead = {size for c in partners for size in c.sizes}
        base = replace(partners[0], field="size", allowed=(), excluded=tuple(s for s in SIZES if s in lead), sizes=())
    rest = [c for c in others if c.field != "size"]
    group = found.next_group()
    return [*rest, replace(base, alternative=group), *(replace(c, alternative=group) for c in partners)]


def eligibility_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries under headings, or behind labels, that say who may take part or who may not.

    Where labels do so, their notes and sub-points belong to it, and labels such as 소재지 and 업력 beside them.
    """
    chosen: list[Entry] = []
    by_label = any(entry.label and _says_who(entry.label) and entry.value for entry in entries)
    depth: int | None = None
    below: int | None = None
    for position, entry in enumerate(entries):
        if entry.kind is BlockKind.HEADING:
            below = None
            if _opens(entry, is_title=position == 0):
                depth = entry.level
            elif depth is not None and entry.level <= depth:
                depth = None
            if depth is not None:
                chosen.append(entry)
            continue
        if depth == BULLET_CAPTION and entry.kind is BlockKind.BULLET and entry.level <= 1:
            depth = None
        labelled = entry.label is not None and len(entry.label) <= 30 and _says_who(entry.label)
        if entry.kind is not BlockKind.NOTE and (below is None or entry.level <= below):
            below = entry.level if labelled else None
        beside = by_label and entry.label and _BESIDE.search(re.sub(r"\s", "", entry.label))
        if depth is not None or labelled or beside or below is not None:
            chosen.append(entry)
    told = {id(entry) for entry in chosen}
    barred = (entry for entry in entries if id(entry) not in told and _BARRED.search(entry.text))
    return [*chosen, *barred] if chosen else []


def eligibility_sentences(entries: Sequence[Entry]) -> list[Entry]:
    """For papers in prose: the sentences that say who may apply or may not, each as an entry of its own."""
    found = []
    for entry in entries:
        if entry.kind in (BlockKind.PARAGRAPH, BlockKind.BULLET) and not entry.value:
            for start, end in split_sentences(entry.text):
                sentence = entry.text[start:end]
                if _SPOKEN.search(sentence):
                    found.append(replace(entry, text=sentence, start=entry.start + start, end=entry.start + end))
    return found


def _says_who(label: str) -> bool:
    return bool(
        ELIGIBILITY.search(label)
        or re.search(r"신청\s?제외|지원\s?제외|제외\s?대상|신청\s?제한|^not\sfor\b|\bexclu|\bnot\seligible", label, _I)
    )


def _opens(entry: Entry, *, is_title: bool) -> bool:
    if is_title or (entry.level == 1 and len(entry.text) > 25) or len(entry.text) > 45:
        return False
    return bool(ELIGIBILITY.search(entry.text) or (EXCLUSION.search(entry.text)))


def with_criteria(records: Sequence[Record], entries: Sequence[Entry]) -> list[Record]:
    """Events and tenders with what their document says of who may take part: the first of each type, which the paper is about."""
    criteria = CriteriaReader().read(eligibility_entries(entries)) if records else ()
    seen: set[RecordType] = set()
    result = []
    for record in records:
        main = record.type not in seen and not record.criteria
        seen.add(record.type)
        result.append(replace(record, criteria=criteria) if main else record)
    return result
