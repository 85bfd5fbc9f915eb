"""What a program gives, until when, and whom to ask: the fields of a record from the entries that are about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from assistant.ingest.records.captions import BULLET_CAPTION
from assistant.ingest.records.outline import Entry
from assistant.ingest.records.patterns import any_case
from assistant.text.amounts import MONEY, Amount, Unit, find_amounts
from assistant.text.dates import DateMention, find_dates
from assistant.text.sentences import split_sentences
from assistant.types import BlockKind, DeadlineKind, Evidence, Precision

_I = re.IGNORECASE
_SUM_LABEL = any_case(
    r"(?:지원|대출|융자|보증|바우처|보조|사업비)\s?(?:금|금액|한도|액)|한도|상한|바우처$|\bgrant|\bamount|\blimit|\bceiling|\bmaximum|\bcap\b|\bsubsidy\b|\bloan\s(?:size|amount)|\bfunding\b|\bvalue\b|\bworth\b|지원\s?내용|지원\s?규모|\bsupport\b"
)
_TOTAL = any_case(
    r"총\s?(?:예산|규모|사업비|지원)|전체\s?(?:예산|규모|\d)|^예산|사업\s?규모|재원|모\(?母?\)?\s?펀드|^규모|조성\s?규모|\btotal|\bin\sall\b|\bbudget|\boverall|^size|mother\sfund|\bround\shas|\bof\sthe\sprogram(?:me)?\b"
)
_PER_ONE = any_case(
    r"(?:기업|업체|사업|과제|건|개사|사|1사|팀|회사|연간?|프로젝트)\s?당|개별\s?기업|한\s?(?:기업|사업|회사)에|\bper\s(?:company|project|applicant|firm|team|year|sme|case)|\ba\s(?:company|project|year|firm)\b|\beach\b|\bfor\sone\b"
)
_PER_MANY = any_case(r"컨소시엄|\bper\sconsortium")
_CAPPED = any_case(r"최대|한도|이내|까지|이하|\bup\sto|\bat\smost|\bno\smore\sthan|\bcapped")
_OWN_PART = any_case(
    r"자기\s?부담|자부담|기업\s?부담|본인\s?부담|\bown\s(?:share|contribution)|\bcompany\spays|\bself-|co-?pay"
)
_SHARE_LABEL = any_case(
    r"비율|보조율|지원율|분담|부담률|\bshare\b|\bsubsidy\srate|\bcoverage|\bco-?funding|\bsupport\srate|\bpaid\b|\bwe\spay\b|\brefund"
)
_SHARE_CONTEXT = any_case(
    r"지원|비용|보조|총사업비|이내|최대|\bcosts?\b|\bpays?\b|\bcover|\bfunded|\bgrant|\bsubsid|\breimburse|\bshare\b|\bsupport"
)
_OF_COSTS = re.compile(r"[가-힣](?:료|비|금|액|용)의\s?(?:최대\s?)?$")
_RATE_LABEL = any_case(
    r"금리|이자|이율|보증료율|요율|\brate\b|\binterest|\bdiscount|\bpercentage\spoint|우대|\bbetter\sby\b|\blower\sby\b"
)
_NOT_GIVEN = any_case(
    r"계산\s?예|산술|예를\s?들|수출\s?(?:실적|액)|매출|일자리|수주\s?시|수주\s?지원\s?효과|기대\s?효과|\bjobs\b|\bexample\b"
)
_DEADLINE_LABEL = any_case(
    r"(?:신청|접수|모집|공모|제출|참가\s?신청|응모)\s?(?:서\s?)?(?:기간|기한|마감|일정|일시)|마감(?:일|일시)?$|^접수$|^모집$|\bdeadline|\bapply\s(?:by|before)|\bapplication\s(?:period|window|dates?|deadline)|\bclosing\s(?:date|day)|\bapplications?$|\bopen(?:ing)?\s(?:dates?|period)|\bsubmission|\bdue\sdate|\bwindow\b|^(?:opens?|closes?)$|\bregistration"
)
_APPLYING = any_case(
    r"신청|접수|모집|마감|응모|\bapplication|\bapply\b|\bregister\b|\bregistration|\bdeadline|\bsubmit|\bcloses?\b|\bclosing"
)
_WHEN = any_case(r"언제|일정|\bwhen\b|\bdates\b")
_NOT_APPLYING = any_case(
    r"결과|통보|발표|선정|평가(?!.*접수한)|협약|심사|처리\s?기간|실행|사용\s?기간|지원\s?기간|보고서|지급|환불|\bresults?\b|\bselected|\binterview|\bdecision|\bannounce|\breport\b|\bpaid\b|\bpayment|\bperiod\sof\ssupport"
)
_NOTICE_DAY = any_case(r"공고|게시|게재|발표|notice|publication|announcement|publish")
_HOW_LABEL = any_case(
    r"(?:신청|접수|제출|참가|응모)\s?(?:방법|처|경로|절차)|^방법$|\bhow\sto\s(?:apply|register|join|take)|^apply$|\bapplication\s(?:method|process|route)|\bwhere\sto\s(?:apply|send)|\bmethod\b"
)
_WAY = any_case(
    r"제출|신청서|온라인|누리집|홈페이지|우편|방문|\bsend|\bonline|\bform\b|\bportal|\be-?mail|@|\bupload|\bsubmit"
)
_CONTACT_LABEL = any_case(
    r"^ask$|문의|연락처|담당자|상담\s?전화|\bcontact|\benquir|\binquir|\bquestions\s(?:to|\?)|\bhelp\s?desk"
)
_OWNER_LABEL = any_case(
    r"담당(?!자|란)|소관|주관|운영\s?(?:기관|주체)|시행\s?(?:기관|주체)|수행\s?기관|맡는\s?곳|관리\s?기관|전담\s?기관|\bin\scharge|^owners?$|\boperat(?:or|ed)|\bmanaged\sby|\brun\sby|\bimplement|\bresponsible|\badministered"
)
_OWNER_INLINE = re.compile(
    r"(?:담당|소관|주관)(?:\s?(?:부처|기관))?(?:은|는|이|:)?\s(?P<ko>[가-힣A-Za-z][가-힣A-Za-z·‧,()]*?)(?:와\s[가-힣]+|과\s[가-힣]+)?(?=[,.)/]|\s|$|이며|입니다|임)|\bOwners?:\s(?P<en>[^.]{3,60})\."
)
_ORGANISER_LABEL = any_case(
    r"^(?:주최|주관\s?기관|공고\s?기관|발주\s?기관|시행처)|\borganis(?:er|ed)|\borganiz(?:er|ed)|\bhost\b|\boffered\sby|\bissued\sby"
)
_START_LABEL = any_case(
    r"(?:조성|신설|시행|시작|개시|도입|확대|출범)\s?(?:시기|기한|일정|시점)?$|^일정$|^기한$|신설\s?기한|^시기$|\bwhen\b|^due$|\bstarts?$|\blaunch"
)
_START_INLINE = any_case(
    r"신설|시행|조성|확대|도입|마련|개편|기한|\bdue\b|\bto\sbe\s(?:formed|set|opened)|\bnew\b|\bplan"
)
_PLAN = any_case(
    r"\(개선\)|까지\s?확대|계획|예정|추진|신설|도모|(?:할|될|바꿀|둘|늘릴|넓힐|키울)\s?(?:방침|방향)|새로\s?만들|\bplanned\b|\bplans?\b|\bis\sto\b|\bto\sbe\s(?:formed|made|used|opened|set)|\bwill\sbe\b|\bare\sadded\b|\bbecome\b"
)
_ALREADY = any_case(r"이미|기존에|기\s?마련|\bexisting\b|\balready\b")
_ALSO = any_case(r"\balso\b")
_DONE = any_case(r"마쳤|완료|체결|협약식|\bsigned\b|\bcompleted\b")
_ARROW = re.compile(r"\(?(?:현재|기존|종전|당초|지금)\)?[^→⇒➡]{0,80}(?:→|⇒|➡)\s*")
_OLD_COLUMN = any_case(
    r"현재|지금까지|기존|종전|당초|변경\s?전|개선\s?전|\bbefore\b|\bcurrent|\bnow\b|\bearlier|\bold\b|\buntil\snow"
)
_NEW_COLUMN = any_case(
    r"개선|확대\s?후|변경\s?후|개편\s?후|앞으로|변경$|향후|\bafter\b|\bplanned|\bnew\b|\bfrom\s\d{4}|\brevised"
)
_SUPPORT_HEAD = any_case(
    r"지원\s?(?:내용|조건|사항|규모|금액|한도|항목)|우대\s?내용|어떤\s?(?:지원|혜택)|무엇을\s?(?:지원|받)|얼마|혜택|무엇이\s?달라|대출\s?조건|융자\s?조건|한눈에|개요|\bsupport\b|\bwhat\syou\sget|\bterms\b|\bbenefit|\bwhat\s(?:is|we|the).{0,20}(?:offer|pay|cover|give|get)|\bfunding|\bgrant|\bloan\b|\bhow\smuch|\bwhat\sit\sgives|\bat\sa\sglance|\bsummary|\bincentive"
)


@dataclass(slots=True)
class ProgramFields:
    """Fields of a record in the making, each with its evidence."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def put(self, name: str, value: Any, *entries: Entry) -> None:
        """Set a field that is not yet set; what comes first in the document counts."""
        if name not in self.values and value not in (None, ""):
            self.values[name] = value
            self.evidence += [entry.evidence(name) for entry in entries]


@dataclass(frozen=True, slots=True)
class Fact:
    """One "label: value" of a program, or one sentence (``label`` empty), with the entry it stands in."""

    label: str
    value: str
    entry: Entry
    head: str


def facts_of(entries: Sequence[Entry]) -> list[Fact]:
    """The entries as facts; of a table that sets old beside new only the new column counts, of wider tables each cell."""
    facts: list[Fact] = []
    head, by_bullet = "", False
    for entry in entries:
        if entry.kind is BlockKind.HEADING:
            # The title heads everything and tells nothing of a part.
            head = entry.text if entry.level > 1 or facts else ""
            by_bullet = entry.level == BULLET_CAPTION
            continue
        if by_bullet and entry.kind is BlockKind.BULLET and entry.level <= 1:
            head, by_bullet = "", False
        if entry.kind is BlockKind.TABLE_HEADER:
            continue
        if len(entry.cells) > 2:
            facts += [Fact(entry.cells[0], cell, entry, head) for cell in current_cells(entry)]
        elif entry.label and entry.value:
            facts.append(Fact(entry.label, entry.value, entry, head))
        else:
            facts += [Fact("", entry.text[a:b], entry, head) for a, b in split_sentences(entry.text)]
    return facts


def current_cells(entry: Entry) -> tuple[str, ...]:
    """A wide row's values: the new one where the table sets old and new side by side."""
    header = entry.header if len(entry.header) == len(entry.cells) else ()
    fresh = [
        cell
        for name, cell in zip(header[1:], entry.cells[1:], strict=False)
        if _NEW_COLUMN.search(name) and not _OLD_COLUMN.search(name)
    ]
    if fresh and any(_OLD_COLUMN.search(name) for name in header[1:]):
        return tuple(fresh)
    return entry.cells[1:]


def is_change_table(entry: Entry) -> bool:
    """Whether a row belongs to a table that sets the old beside the new."""
    names = entry.header[1:]
    return any(_OLD_COLUMN.search(name) for name in names) and any(_NEW_COLUMN.search(name) for name in names)


def read_support(facts: Sequence[Fact], into: ProgramFields, *, named_only: bool = False) -> None:
    """What is given: ``amount``, ``amount_krw``, ``share``, ``rate``.

    Args:
        named_only: the facts are a section of a policy paper, where any sum named is the program's.
    """
    sums: list[tuple[int, Amount, str, Fact]] = []
    shares: list[tuple[int, float, str, Fact]] = []
    rates: list[tuple[int, str, Fact]] = []
    for fact in facts:
        if _NOT_GIVEN.search(fact.value) or _NOT_GIVEN.search(fact.label) or _NOT_GIVEN.search(fact.head):
            continue
        if named_only and _ALREADY.search(fact.value) and _ALSO.search(fact.value):
            continue  # another program's money
        value = _after_arrow(fact.value)
        where = f"{fact.label} {value}"
        for amount in find_amounts(value):
            surface = value[amount.start : amount.end]
            before = value[: amount.start]
            if amount.unit in MONEY:
                sums.append((_sum_rank(fact, value, amount, named_only=named_only), amount, surface, fact))
            elif amount.unit is Unit.PERCENTAGE_POINT or (
                amount.unit is Unit.PERCENT and _RATE_LABEL.search(fact.label)
            ):
                if _RATE_LABEL.search(where):
                    rates.append((0 if re.search(r"^(?:금리|rate|interest)", fact.label, _I) else 1, surface, fact))
            elif (
                amount.unit is Unit.PERCENT
                and not _OWN_PART.search(fact.label)
                and not _OWN_PART.search(f"{re.split('[;,]', before)[-1]}{value[amount.end : amount.end + 12]}")
            ):
                if re.search(r"금리|\binterest", before[-24:], _I):
                    rates.append((1, surface, fact))
                elif _SHARE_LABEL.search(fact.label):
                    shares.append((0, float(amount.upper), surface, fact))
                elif (_SHARE_CONTEXT.search(where) or _OF_COSTS.search(before)) and not re.search(
                    r"지분|\bstake\b|points\sout", value, _I
                ):
                    shares.append((1, float(amount.upper), surface, fact))
    _put_sum(sums, into)
    if shares:
        rank = min(item[0] for item in shares)
        best = max((item for item in shares if item[0] == rank), key=lambda item: item[1])
        into.put("share", best[2], best[3].entry)
    if rates:
        best_rate = min(rates, key=lambda item: item[0])
        into.put("rate", best_rate[1], best_rate[2].entry)


def _after_arrow(text: str) -> str:
    match = _ARROW.search(text)
    return " " * match.end() + text[match.end() :] if match else text


def _sum_rank(fact: Fact, value: str, amount: Amount, *, named_only: bool) -> int:
    """0: a sum for one applicant; 1: the program's size; 9: something else."""
    around = value[max(0, amount.start - 30) : amount.end + 16]
    clause = re.split(r"[,;]|\sand\s", value[: amount.start])[-1] + value[amount.start : amount.end + 30]
    if _PER_MANY.search(value[amount.start : amount.end + 18]) and not _PER_MANY.search(fact.label):
        return 8
    if re.search(r"높여|추가|가산|\bmore\sfor\b|\badded\b", value[amount.end : amount.end + 12]):
        return 8
    if _PER_ONE.search(clause) or _PER_ONE.search(fact.label):
        return 0
    if _TOTAL.search(fact.label) or _TOTAL.search(clause):
        return 1
    labelled = _SUM_LABEL.search(fact.label) is not None
    if labelled and not (named_only and not _CAPPED.search(around)):
        return 0
    if _CAPPED.search(around) and (
        _SUPPORT_HEAD.search(fact.head) or re.search(r"지원|대출|\bgrant|\bpays?\b|\bloan", value, _I)
    ):
        return 0
    return 2 if named_only or _SUPPORT_HEAD.search(fact.head) else 9


def _put_sum(sums: Sequence[tuple[int, Amount, str, Fact]], into: ProgramFields) -> None:
    ones = [item for item in sums if item[0] == 0]
    if ones:
        best = max(ones, key=lambda item: (item[1].unit is Unit.KRW, item[1].upper))
        into.put("amount", best[2], best[3].entry)
        if best[1].unit is Unit.KRW:
            into.put("amount_krw", int(best[1].upper), best[3].entry)
        return
    for rank in (1, 2):
        found = [item for item in sums if item[0] == rank]
        if found:
            into.put("amount", found[0][2], found[0][3].entry)
            return


def read_deadline(facts: Sequence[Fact], published: date | None, into: ProgramFields) -> None:
    """Until when to apply: ``start``, ``end``, ``deadline``, ``deadline_time``, ``deadline_kind``."""
    labelled = [fact for fact in facts if _DEADLINE_LABEL.search(fact.label)]
    spoken = [fact for fact in facts if fact not in labelled and _is_about_applying(fact)]
    notice_day, day_entry = _notice_day(facts, published)
    kinds: dict[str, Fact] = {}
    opening: tuple[DateMention, Fact] | None = None
    closing: tuple[DateMention, Fact] | None = None
    relative: tuple[DateMention, Fact] | None = None
    times: list[DateMention] = []
    for fact in (*labelled, *spoken):
        for mention in find_dates(fact.value, published):
            if mention.kind in ("rolling", "until_budget"):
                kinds.setdefault(mention.kind, fact)
            elif mention.kind == "relative":
                if relative is None and mention.anchor_word and _NOTICE_DAY.search(mention.anchor_word):
                    relative = mention, fact
            elif mention.period is None:
                times += [mention] if mention.time and not re.search(r"~|∼|-", fact.value[mention.end :][:3]) else []
            elif mention.open_end or re.search(r"^(?:opens|starts|시작|개시)$", fact.label, _I):
                opening = opening or (mention, fact)
            elif not _may_close(mention, fact):
                continue
            elif closing is None or _better(mention, fact, *closing):
                closing = mention, fact
            elif closing[0].period and mention.period.end == closing[0].period.end:
                times.append(mention)
    for fact in facts:
        for mention in find_dates(fact.value, published):
            if mention.kind == "until_budget":
                kinds.setdefault("until_budget", fact)
        if re.search(r"(?:예산|재원|자금)[이가은]?\s?(?:모두\s)?소진", fact.value):
            kinds.setdefault("early", fact)
    if closing is not None and not (closing[0].time or closing[0].end_time):
        told = next((item for item in times if item.time or item.end_time), None)
        if told is not None:
            closing = replace(closing[0], end_time=told.end_time or told.time), closing[1]
    _put_deadline(kinds, opening, closing, relative, (notice_day, day_entry), into)


def _put_deadline(
    kinds: dict[str, Fact],
    opening: tuple[DateMention, Fact] | None,
    closing: tuple[DateMention, Fact] | None,
    relative: tuple[DateMention, Fact] | None,
    notice: tuple[date | None, Entry | None],
    into: ProgramFields,
) -> None:
    if closing is not None and closing[0].period is not None:
        mention, fact = closing
        period = closing[0].period
        into.put("deadline", period.end, fact.entry)
        if period.start < period.end and not mention.open_start and period.precision is Precision.DAY:
            into.put("start", period.start, fact.entry)
        into.put("end", period.end, fact.entry)
        into.put("precision", period.precision, fact.entry)
        if time := mention.end_time or mention.time:
            into.put("deadline_time", f"{time:%H:%M}", fact.entry)
        if mention.inferred_year:
            into.put("year_inferred", True, fact.entry)
    if opening is not None and opening[0].period is not None:
        into.put("start", opening[0].period.start, opening[1].entry)
        into.put("precision", opening[0].period.precision, opening[1].entry)
    for name in ("until_budget", "rolling"):
        if name in kinds:
            into.put("deadline_kind", DeadlineKind(name), kinds[name].entry)
    if closing is not None:
        into.put("deadline_kind", DeadlineKind.FIXED, closing[1].entry)
    elif relative is not None:
        mention, fact = relative
        into.put("deadline_kind", DeadlineKind.RELATIVE, fact.entry)
        day, entry = notice
        if day is not None and mention.days is not None and mention.days > 0:
            into.put("deadline", day + timedelta(days=mention.days), fact.entry, *([entry] if entry else []))
    elif "early" in kinds:
        into.put("deadline_kind", DeadlineKind.UNTIL_BUDGET, kinds["early"].entry)


def _may_close(mention: DateMention, fact: Fact) -> bool:
    """Whether a date may be the last day: a day, or a month that the text calls the end."""
    return mention.period is not None and (
        mention.period.precision is Precision.DAY
        or mention.is_deadline
        or re.search(r"기한|기간|마감|deadline|closing", fact.label, _I) is not None
    )


def _is_about_applying(fact: Fact) -> bool:
    if _NOT_APPLYING.search(fact.label):
        return bool(re.search(r"까지\s?접수|접수한", fact.value))
    if fact.label and not _APPLYING.search(fact.label):
        return False
    applies = bool(
        fact.label or _APPLYING.search(fact.value) or (_APPLYING.search(fact.head) or _WHEN.search(fact.head))
    )
    return applies and (_NOT_APPLYING.search(fact.value) is None or re.search(r"까지\s?접수", fact.value) is not None)


def _better(mention: DateMention, fact: Fact, old: DateMention, old_fact: Fact) -> bool:
    """A later mention replaces an earlier one where it alone has a time, or is said to be the last day of the same interval."""
    if mention.period is None or old.period is None or _DEADLINE_LABEL.search(old_fact.label):
        return False
    if mention.period.end == old.period.end:
        return False
    return mention.is_deadline and not old.is_deadline and fact.entry is not old_fact.entry


def _notice_day(facts: Sequence[Fact], published: date | None) -> tuple[date | None, Entry | None]:
    for fact in facts:
        if re.search(
            r"공고\s?(?:일|일자)$|게시일|date\sof\s(?:notice|publication)|published|notice\sdate", fact.label, _I
        ):
            mentions = [mention for mention in find_dates(fact.value, published) if mention.period]
            if mentions and mentions[0].period is not None:
                return mentions[0].period.start, fact.entry
    return published, None


def read_contacts(facts: Sequence[Fact], publisher: str | None, into: ProgramFields) -> None:
    """Whom to ask and who runs it: ``how_to_apply``, ``contact``, ``owner``, ``organiser``."""
    for fact in facts:
        if _HOW_LABEL.search(fact.label):
            into.put("how_to_apply", fact.value, fact.entry)
        if _CONTACT_LABEL.search(fact.label) or (_CONTACT_LABEL.search(fact.head) and _is_reachable(fact.value)):
            into.put("contact", _clean(fact.value), fact.entry)
        if _OWNER_LABEL.search(fact.label) and len(fact.value) <= 60 and not re.search(r"없음|해당", fact.value):
            into.put("owner", fact.value, fact.entry)
        if _ORGANISER_LABEL.search(fact.label) and len(fact.value) <= 80:
            into.put("organiser", fact.value, fact.entry)
        if inline := _OWNER_INLINE.search(fact.value):
            into.put("owner", (inline["ko"] or inline["en"]).strip(" ,"), fact.entry)
    for fact in facts:
        is_about = _HOW_LABEL.search(fact.head) and not _CONTACT_LABEL.search(fact.label)
        if is_about and _WAY.search(fact.value):
            into.put("how_to_apply", _clean(fact.value), fact.entry)
    name = re.sub(r"\s?\([^)]*\)$", "", publisher or "")
    if name and (spot := next((fact for fact in facts if name in fact.value), None)):
        into.put("organiser", name, spot.entry)
    if "owner" not in into.values and "contact" in into.values:
        spot = next(fact for fact in facts if _clean(fact.value) == into.values["contact"])
        body = re.split(r",|\s\d{2,4}-|☎|\s\(", into.values["contact"])[0].strip()
        if 2 < len(body) <= 40 and not re.search(r"[@\d]", body):
            into.put("owner", re.sub(r"\([^)]*\)$", "", body).strip(), spot.entry)


def _is_reachable(text: str) -> bool:
    return bool(re.search(r"\d{2,4}-\d{3,4}-?\d*|@|☎|\bdesk\b|센터|팀", text))


def _clean(text: str) -> str:
    return re.sub(r"^(?:[□■◇◆○●ㅇ•▪·*※-]|\d{1,2}[.)])\s*", "", text).strip()


def read_plan(facts: Sequence[Fact], published: date | None, into: ProgramFields) -> None:
    """Whether the program is planned only, and from when it is to run (to the half year as a rule)."""
    if into.values.get("deadline_kind") not in (None, DeadlineKind.NONE):
        return
    for fact in facts:
        if (is_change_table(fact.entry) or _PLAN.search(fact.value)) and not _ALREADY.search(fact.value):
            into.put("planned", True, fact.entry)
    for fact in facts:
        if not (_START_LABEL.search(fact.label) or (_START_INLINE.search(fact.value) and not fact.label)):
            continue
        if _DONE.search(fact.value):
            continue
        for mention in find_dates(fact.value, published):
            if mention.period is not None and mention.kind == "fixed":
                into.put("start", mention.period.start, fact.entry)
                into.put("precision", mention.period.precision, fact.entry)
                if published is not None and mention.period.end > published:
                    into.put("planned", True, fact.entry)
                return


def without_headings(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that say something themselves."""
    return [entry for entry in entries if entry.kind not in (BlockKind.HEADING, BlockKind.TABLE_HEADER)]


def eligible_words(entries: Sequence[Entry], into: ProgramFields, max_chars: int = 700) -> None:
    """``eligible`` in the words of its entries, one a line, as many as fit."""
    chosen: list[Entry] = []
    size = 0
    for entry in without_headings(entries):
        size += len(entry.text)
        if chosen and size > max_chars:
            break
        chosen.append(replace(entry))
    if len(chosen) == 1 and chosen[0].label and chosen[0].value:
        into.put("eligible", chosen[0].value, chosen[0])
    else:
        into.put("eligible", "\n".join(entry.text for entry in chosen), *chosen)
