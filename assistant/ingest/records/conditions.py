"""What one sentence of an eligibility section asks of a company, field by field."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.ingest.records.patterns import any_case
from assistant.text.amounts import Amount, Unit, find_amounts
from assistant.text.company import SIZES, find_sectors, find_sizes
from assistant.text.countries import SANCTIONED, find_countries, find_incomes
from assistant.text.regions import find_regions
from assistant.types import ProfileField

ANY = ("any",)
"""``Criterion.allowed`` where the text says that there is no limit."""

_I = re.IGNORECASE
_NO_LIMIT = any_case(
    r"제한\s?(?:이\s?)?없|무관|관계\s?없|상관\s?없|필요\s?(?:하지\s?)?(?:없|않)|불필요|요구하지\s?않|필수\s?(?:요건|조건|사항)?(?:은|이|는|가)?\s?아[니닙님]|(?:보지|따지지)\s?않|전국|(?<![가-힣])전\s?(?:분야|업종|산업)|모든\s?(?:분야|업종|산업|지역|국가|규모)"
    r"|\bnot\s(?:a\s)?(?:required|needed|necessary|requirement|condition)|\bno\s(?:limit|restriction|requirement|minimum|particular)|\b(?:any|every|all)\s(?:product|service|sector|field|industr|region|size|countr|line)|\banywhere\b|\bnationwide\b|\bunrestricted\b|\birrespective\b|\bregardless\b|\boptional\b|\bdoes\snot\smatter\b|\bopen\sto\sall\b|\bof\sany\ssize\b|\ball\ssizes\b"
)
_NEGATIVE_AFTER = any_case(
    r"제외|불가|(?:신청|참여|참가|지원|이용|수혜|응모)(?:할|받을)?\s?수\s?없|받을\s?수\s?없|지원하지\s?않|대상(?:이|에서)?\s?(?:아[니닙님]|제외|빠)|해당\s?(?:되|하)지\s?않|자격이\s?없"
    r"|\bnot\s(?:be\s)?eligible|\bcannot\b|\bcan\snot\b|\bcan't\b|\bmay\snot\b|\b(?:are|is)\s(?:not|excluded|out|barred)|\bineligible\b|\bdo(?:es)?\snot\squalify|\bdo\snot\sapply\b|\bexcluded\b"
)
_NEGATIVE_BEFORE = any_case(
    r"(?:\bexcept(?:\sfor)?|\bexcluding|\bother\sthan|\bbut\snot|\bnot\sopen\sto|\bnot\sfor|\bno)\s[^,;.]{0,40}$"
)
_POSSIBLE = any_case(r"가능|수\s?있|허용|인정|\bcan\b|\bmay\b|\beligible\b|\bwelcome\b|\ballowed\b")
_TOGETHER = any_case(
    r"컨소시엄|구성원|함께|공동\s?(?:으로|신청|수급|이행)|동반|consorti|together\swith|jointly|\bpartner|\bwith\sat\sleast\b|\bteam"
)
# Who is welcome is not the only one who may come.
_WELCOME = any_case(r"환영|\bare\s(?:also\s)?welcome\b")
_ONLY_IF = any_case(
    r"경우에?\s?(?:한하여|한해|만)|때에?만|\bif\s(?:they|it)\b|\bonly\s(?:in|as|with|if)\b|\bprovided\b"
)
_RELATION_AFTER = any_case(
    r"(?:\s?(?:[·,및]|또는|이나)\s?(?:공기업|공공기관|대기업|중견기업|중소기업))*(?:\s?(?:\d+|한|두|세)\s?개?\s?(?:사|곳|업체)?\s?이상)?\s?(?:과|와)의?\s?(?=[^,.]{0,12}(?:컨소시엄|함께|공동|동반|같이|협력|손잡))|\s?(?:계열|협력사|협력업체|협력\s?기업|자회사|\s?확인서|\s?출자|\s?지분|\s?협력)"
    r"|['’]s\s(?:supplier|subsidiar|affiliat)|\s(?:supplier|subsidiar|affiliat)"
)
_RELATION_BEFORE = any_case(
    r"(?:협력\s?|\b(?:with|alongside|beside|by|and\sat\sleast|supplying)\s(?:a|an|one|the|its|their|at\sleast\s(?:one|two|three|\d)|one\sor\smore|two|three|\d+|several|other)?\s?(?:Korean\s)?|\b(?:of|to)\s(?:a|an|one|at\sleast\s(?:one|two|three|\d)|two|three|\d+)\s(?:Korean\s)?)$"
)
_TOPIC = any_case(
    r"(?:은|는|의\s?경우(?:에는|엔)?|인\s?경우|이라면)[\s,]|\s?[:：]|(?:[- ]sized)?(?:\s(?:compan(?:y|ies)|firms?|enterprises?|businesses))?\s(?:must|need|have\sto|should|require)"
)
_BREAK = any_case(
    r"(?:(?<=으나)|(?<=지만)|(?<=하되)|(?<=하며)|(?<=하고)|(?<=있으며)|(?<=있고)|(?<=가능하나))[,\s]\s?|;\s|\s/\s|,?\s(?:but|while|whereas|however)\s|,\s(?=대기업은|중견기업은|중소기업은|스타트업은)"
)
_PREFERENCE = any_case(
    r"우대|가점|가산점|추가\s?지원|\d\s?점(?![가-힣])|preference|bonus|extra\spoints|points?\soff|\boff\sfor\b|discount|additional\spoints|priority"
)
_YEARS_CONTEXT = any_case(
    r"업력|창업|설립|사업자\s?등록|개업|법인\s?등기|영위|\bfounded|\bestablished|\bincorporated|\bin\sbusiness|\bin\soperation|\bold(?:er)?\b|\byounger|\bset\sup\b|\bregistered\b|\bstart-?ups?\b|\byears\sof\soperation|trading\sfor"
)
_YEARS_LATER = re.compile(
    r"\s?(?:이\s|을\s|를\s)?(?:지난|경과|넘은|지나지\s?않은|경과하지\s?않은|넘지\s?않은)|\sor\s(?:younger|less|newer|older)|\sor\smore"
)
_NOT_OVER = any_case(r"\b(?:no|not)\s(?:more|older|longer|over|exceeding|be\sover|be\solder)(?:\s?than)?\s?$")
_NOT_UNDER = any_case(r"\b(?:no|not)\s(?:less|younger|fewer|under)(?:\s?than)?\s?$")
_PAST_YEARS = any_case(
    r"(?:최근|지난|직전|과거|past|last|previous|preceding|over\sthe|within\sthe\spast)\s?(?:만\s?)?$"
)
_WORD_YEARS = any_case(
    r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven|ten)(?:\syears?)?\s(?:or\s(?P<way>more|over|less|fewer))"
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_SCOPED_MINIMUM = any_case(
    r"(?:at\sleast|minimum(?:\sof)?)\s(?P<n>\d{1,2}|one|two|three|four|five|six|seven|ten)\b(?!\s(?:SME|compan|firm|year))"
)
_EXPORT_CONTEXT = any_case(r"수출|\bexport")
_EXPORT_WORD = any_case(
    r"수출\s?(?:실적|경험|액|이력|금액)?|\bexport(?:s|ed|ing)?(?:\s(?:record|experience|sales|history|turnover|volume))?"
)
_NO_EXPORT = any_case(
    r"수출\s?(?:실적|경험|이력)?[이을은]?\s?(?:전혀\s)?없는|미수출|내수\s?기업|수출을\s?(?:하지|한\s?적)|\bno\sexport|\bnever\sexported|\bnot\s(?:yet\s)?exported|without\s(?:an?\s)?export|\bnone\sis\b|\bnon-export"
)
_ALSO = any_case(r"[가-힣]도\s|\bmay\salso|\bcan\salso|\balso\b|\btoo\b|\bis\sfine\b|\bare\swelcome|\bis\senough")
_HAS_EXPORT = any_case(
    r"수출\s?(?:실적|경험|이력)?[이을]?\s?(?:있는|있을|있어야|보유|가진|갖춘)|수출\s?중인|\b(?:has|have|with|having)\s(?:an?\s)?(?:export|exported)|\bexported\sbefore|export\s(?:record|experience)\s(?:is\s)?(?:required|needed)"
)
_SEAT = any_case(
    r"본사|소재|사업장|공장|연구소|주소|관내|도내|시내|지역|에\s?있는|위치|\bhead\s?(?:office|quarters)|\bheadquarter|\blocated|\bbased\sin|\boffice\sin|\bregistered\sin|\bcompanies\sin\b|\bfirms\sin\b|\bSMEs\sin\b|\bplant\sin"
)
_PLACE_OUT = re.compile(r"(?:수도권|서울|지역)\s?(?:제외|이외|외\s)")
_SIZE_IN_PLACE = re.compile(r"\b(?:SMEs?|start-?ups?|companies|firms|businesses)\s(?:in|from|of)\s[A-Z]")
_OUTSIDE = any_case(r"[^.]{0,12}?(?:밖|외의\s|외\s?지역|이외|제외)")
_OUTSIDE_BEFORE = any_case(r"(?:outside|except|excluding|other\sthan|not\sin)(?:\sof)?\s(?:the\s)?[^.;]{0,30}$")
_IN_KOREA = any_case(
    r"국내(?:에|\s?소재|\s?본사)|대한민국에|\bin\s(?:the\sRepublic\sof\s)?Korea\b|\bKorean\s(?:head|territory)"
)
_OWN_PLACE = re.compile(
    r"(?P<name>[가-힣]{2,4}(?:시|군|구|도))(?:\s?(?:관내|내\s|소재|에\s?(?:본사|사업장|공장|소재|있는|위치|주된)))"
)
_OPEN_LIST = any_case(r"\s등(?:\s|$|[의을를에])|\betc\b|such\sas|for\sexample|including|\band\sothers")
_SECTOR_CONTEXT = any_case(
    r"분야|업종|제품|솔루션|기술을|서비스를|기업\s?\(|(?:제조|건설|설계|엔지니어링|소프트웨어|정보통신|ICT|IT)\s?(?:기업|업체|사업자)|(?:engineering|planning|software|construction|manufacturing|logistics|design|ICT|IT|technology)\s(?:firms?|compan|business|SMEs?|start-?ups?)|\bsolutions?\b|\bproducts?\b|\bsector|\bindustr|\bfields?\b|\bservices\sfor"
)
_COUNTRY_CONTEXT = any_case(
    r"대상\s?국|진출|수주|현지|해외|사업\s?(?:국|지)|국가|소득국|개도국|수원국|\bcountr|\bprojects?\sin|\babroad|\bmarket|\bincome"
)
_CONSORTIUM = any_case(
    r"컨소시엄|동반\s?진출|공동\s?수급|공동으로\s?(?:진출|신청)|consorti|together\swith\sa\slarge|jointly\swith\sa\slarge"
)
_LARGE = any_case(r"대기업|대·중소|대[·‧・]중소|공기업|\blarge\b|\bmajor\s(?:compan|firm)")
_OPTIONAL = any_case(
    r"할\s?수\s?있|가능|우대|경우에는|도\s신청|\bmay\b|\bcan\b|\boptional|\bwelcome|\bwhether\sor\snot"
)
_ALONE_ONLY = any_case(
    r"컨소시엄(?:은|\s?신청은|\s?참여는)?\s?(?:불가|허용하지|받지\s?않)|단독\s?신청만|단독으로만|\bno\sconsorti|consortia\sare\snot\s(?:accepted|allowed|eligible)"
)
_WAIVED = any_case(
    r"(?:요건|조건|기준|제한|실적|업력)?[을를은는]?\s?(?:적용하지\s?않|적용\s?(?:제외|배제)|면제|보지\s?않|예외)|\bwaived\b|\bexempt|\bdo(?:es)?\snot\sapply\b|\bneed\sno\b"
)
_SANCTION = any_case(r"제재|sanction")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, at characters ``start:end`` of its sentence; the rest as in ``assistant.types.Criterion``."""

    field: ProfileField
    start: int
    end: int
    allowed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    sizes: tuple[str, ...] = ()


def _unlimited(field: ProfileField, said: re.Match[str]) -> Condition:
    """The condition of a text that says there is no limit."""
    return Condition(field, *said.span(), ANY)


def is_preference(sentence: str) -> bool:
    """Whether a sentence only says who is preferred or gets more."""
    return bool(_PREFERENCE.search(sentence))


def waived_fields(sentence: str) -> tuple[ProfileField, ...]:
    """The fields whose condition a sentence lifts for some companies: "수출 실적 요건은 적용하지 않음"."""
    if not _WAIVED.search(sentence):
        return ()
    fields: list[ProfileField] = []
    if _EXPORT_CONTEXT.search(sentence):
        fields.append("export_record")
    if re.search(r"업력|years\sin\sbusiness|\bage\b", sentence, _I):
        fields.append("years_in_business")
    if re.search(r"소재지|지역\s?(?:요건|제한|조건)|location\s(?:requirement|condition|rule)", sentence, _I):
        fields.append("region")
    return tuple(fields)


def named_sizes(sentence: str) -> tuple[str, ...]:
    """The size classes that a sentence speaks of as companies that apply, not as their partners."""
    found = {mention.size for mention in find_sizes(sentence) if not _is_partner(sentence, mention.start, mention.end)}
    return tuple(size for size in SIZES if size in found)


def goes_together(sentence: str) -> bool:
    """Whether a sentence speaks of going with a large company or in a consortium."""
    return bool(_CONSORTIUM.search(sentence) or re.search(r"대기업\s?(?:협력사|과|와)", sentence))


def _is_partner(text: str, start: int, end: int) -> bool:
    return bool(_RELATION_AFTER.match(text, end) or _RELATION_BEFORE.search(text[:start]))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Clauses of a sentence, those in parentheses on their own."""
    position = 0
    for match in _BREAK.finditer(text):
        if match.start() > position and find_sizes(text[match.end() :]):
            yield position, match.start()
            position = match.end()
    yield position, len(text)


def read_sizes(text: str, *, hinted: bool = False) -> list[Condition]:
    """Who may apply by size; of large companies that may come with others, a condition on the consortium."""
    allowed: list[str] = []
    excluded: list[str] = []
    together: list[str] = []
    first, last = len(text), 0
    masked = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text)
    pieces = [(masked, a, b) for a, b in _parts(masked)]
    pieces += [(text, match.start() + 1, match.end() - 1) for match in re.finditer(r"\([^()]*\)", text)]
    for source, begin, end in pieces:
        clause = source[begin:end]
        for mention in find_sizes(clause):
            if _is_partner(clause, mention.start, mention.end):
                continue
            rest = clause[mention.end :]
            negative = _NEGATIVE_BEFORE.search(clause[: mention.start]) or _NEGATIVE_AFTER.search(rest)
            conditional = mention.size == "large" or negative or _ONLY_IF.search(rest)
            if conditional and _TOGETHER.search(rest) and _POSSIBLE.search(rest):
                together.append(mention.size)
            elif negative:
                excluded.append(mention.size)
            else:
                allowed.append(mention.size)
            first, last = min(first, begin + mention.start), max(last, begin + mention.end)
    if not allowed and not excluded and not together:
        if hinted and (found := _NO_LIMIT.search(text)):
            return [_unlimited("size", found)]
        if found := re.search(r"모든\s?(?:국내\s?)?기업|기업\s?규모(?:와|에)\s?(?:관계|상관)|\bof\s(?:any|all)\ssizes?\b|\bany\ssize\b", text, _I):  # fmt: skip
            return [_unlimited("size", found)]
        return []
    if re.search(r"제외한\s?(?:모든|국내|전)", text) or _WELCOME.search(text):
        allowed = []
    both = tuple(size for size in SIZES if size in allowed and size not in together)
    not_these = tuple(size for size in SIZES if size in excluded and size not in allowed)
    found_sizes = [Condition("size", first, last, both, not_these)] if both or not_these else []
    lead = tuple(size for size in SIZES if size in together)
    if lead:
        found_sizes.append(Condition("consortium_with_large", first, last, ("true",), sizes=lead))
    return found_sizes


def scope_of(text: str) -> tuple[str, ...]:
    """The size classes that a sentence is a rule for: "중견기업은 …이어야", "Mid-sized companies need …"."""
    mentions = find_sizes(text)
    last = max((m.end for m in mentions if _TOPIC.match(text, m.end)), default=None)
    if last is None:
        return ()
    found = {m.size for m in mentions if m.end <= last and not _is_partner(text, m.start, m.end)}
    return tuple(size for size in SIZES if size in found)


def read_years(text: str, *, hinted: bool = False) -> list[Condition]:
    """How long a company must have existed, or may have existed at most."""
    if not hinted and not _YEARS_CONTEXT.search(text):
        return []
    minimum = maximum = None
    first, last = len(text), 0
    for amount in find_amounts(text):
        if amount.unit not in (Unit.YEARS, Unit.MONTHS) or _PAST_YEARS.search(text[: amount.start]):
            continue
        lower, upper = _years(amount, text)
        if lower is None and upper is None:
            continue
        minimum, maximum = lower if lower is not None else minimum, upper if upper is not None else maximum
        tail = re.match(r"\s?(?:이내|이하|이상|미만|초과|or more|or less)", text[amount.end :])
        first, last = min(first, amount.start), max(last, amount.end + (tail.end() if tail else 0))
    for word in _WORD_YEARS.finditer(text) if minimum is maximum is None and hinted else ():
        value = float(_WORDS.get(word["n"].lower()) or int(word["n"]))
        first, last = word.span()
        if word["way"].lower() in ("more", "over"):
            minimum = value
        else:
            maximum = value
    if (
        (bare := _SCOPED_MINIMUM.search(text))
        and minimum is None
        and maximum is not None
        and _YEARS_CONTEXT.search(text)
    ):
        minimum = float(_WORDS.get(bare["n"].lower()) or int(bare["n"]))
    if minimum is not None or maximum is not None:
        return [Condition("years_in_business", first, last, minimum=minimum, maximum=maximum)]
    if hinted and (found := _NO_LIMIT.search(text)):
        return [_unlimited("years_in_business", found)]
    return []


def _years(amount: Amount, text: str) -> tuple[float | None, float | None]:
    scale = 12 if amount.unit is Unit.MONTHS else 1
    before, after = text[: amount.start], text[amount.end : amount.end + 20]
    if limits := _limits(amount, before, scale):
        return limits
    years = float(amount.lower / scale)
    if re.search(r"\b(?:over|above)\s$", before, _I):
        return math.nextafter(years, math.inf), None
    later = _YEARS_LATER.match(after)
    if later is None:
        return None, None
    if "않" in later[0] or "younger" in later[0] or "less" in later[0] or "newer" in later[0]:
        return None, years
    return years, None


def _limits(amount: Amount, before: str, scale: int = 1) -> tuple[float | None, float | None] | None:
    """The least and the most that an amount allows by its own words and those ``before`` it, ``None`` if they set no limit."""
    lower, upper = float(amount.lower / scale), float(amount.upper / scale)
    if amount.lower != amount.upper:
        return lower, upper
    if _NOT_OVER.search(before):
        return None, upper
    if _NOT_UNDER.search(before):
        return lower, None
    if amount.bound == "max":
        return None, math.nextafter(upper, 0.0) if amount.strict else upper
    if amount.bound == "min":
        return math.nextafter(lower, math.inf) if amount.strict else lower, None
    return None


def read_export(text: str, *, hinted: bool = False) -> list[Condition]:
    """What a company must have exported, in US dollars."""
    word = _EXPORT_WORD.search(text)
    if not hinted and word is None:
        return []
    start = word.start() if word else 0
    minimum = maximum = None
    end = word.end() if word else 0
    for amount in find_amounts(text):
        if amount.unit is not Unit.USD:
            continue
        lower, upper = _dollars(amount, text)
        minimum, maximum = lower if lower is not None else minimum, upper if upper is not None else maximum
        end = max(end, amount.end)
    if minimum is not None or maximum is not None:
        return [Condition("export_record", start, end, minimum=minimum, maximum=maximum)]
    if (none := _NO_EXPORT.search(text)) and not _NO_LIMIT.search(text):
        if _ALSO.search(text):
            return [_unlimited("export_record", none)]
        if _NEGATIVE_AFTER.search(text[none.end() :]):
            return [Condition("export_record", none.start(), none.end(), ("true",))]
        return [Condition("export_record", none.start(), none.end(), ("false",))]
    if found := _NO_LIMIT.search(text):
        return [Condition("export_record", min(start, found.start()), found.end(), ANY)]
    if has := _HAS_EXPORT.search(text):
        return [Condition("export_record", has.start(), has.end(), ("true",))]
    if hinted and re.search(r"필요|필수|있어야|있음|required|needed|yes", text, _I):
        return [Condition("export_record", start, end or len(text), ("true",))]
    return []


def _dollars(amount: Amount, text: str) -> tuple[float | None, float | None]:
    return _limits(amount, text[: amount.start]) or (float(amount.lower), None)


def read_region(text: str, *, hinted: bool = False) -> list[Condition]:
    """Where a company must have its seat."""
    if re.search(r"소재지|지역|\blocation", text, _I) and (found := _NO_LIMIT.search(text)) and not find_regions(text):
        return [_unlimited("region", found)]
    if not hinted and not any(pattern.search(text) for pattern in (_SEAT, _SIZE_IN_PLACE, _PLACE_OUT)):
        everywhere = re.search(r"전국(?=의|\s|에)|\bnationwide\b", text)
        return [_unlimited("region", everywhere)] if everywhere else []
    inside: list[str] = []
    outside: list[str] = []
    mentions = find_regions(text)
    for mention in mentions:
        gone = _OUTSIDE.match(text, mention.end) or _OUTSIDE_BEFORE.search(text[: mention.start])
        (outside if gone else inside).extend(mention.keys)
    if mentions:
        # "수도권(서울·인천·경기) 밖": what a parenthesis spells out has the polarity of what it explains.
        bracket = re.search(r"\(([^()]*)\)\s?(?:밖|외|이외|제외)", text)
        if bracket:
            outside += inside
            inside = []
        kept = tuple(dict.fromkeys(key for key in inside if key not in outside))
        span = mentions[0].start, mentions[-1].end
        return [Condition("region", *span, kept, tuple(dict.fromkeys(outside)))]
    if found := (_NO_LIMIT.search(text) if hinted or re.search(r"지역|소재지|region|location", text, _I) else None):
        return [_unlimited("region", found)]
    if found := _IN_KOREA.search(text):
        return [_unlimited("region", found)]
    if found := _OWN_PLACE.search(text):
        return [Condition("region", found.start(), found.end(), (found["name"],))]
    return []


def read_sector(text: str, *, hinted: bool = False) -> list[Condition]:
    """What a company must make or do. A list that says it is not complete allows ``open`` too."""
    if not hinted and not _SECTOR_CONTEXT.search(text):
        return []
    if found := (_NO_LIMIT.search(text) if hinted or re.search(r"업종|분야|sector|field|industry", text, _I) else None):
        return [_unlimited("sector", found)]
    keys = find_sectors(text)
    if not keys:
        return [Condition("sector", 0, len(text), (text.strip(),))] if hinted else []
    if _NEGATIVE_AFTER.search(text) and not _POSSIBLE.search(text):
        return [Condition("sector", 0, len(text), excluded=keys)]
    return [Condition("sector", 0, len(text), (*keys, "open") if _OPEN_LIST.search(text) else keys)]


def read_country(text: str, *, hinted: bool = False) -> list[Condition]:
    """Where the business abroad must be: countries, or their income class."""
    if not hinted and not _COUNTRY_CONTEXT.search(text):
        return []
    if _SANCTION.search(text):
        return [Condition("target_country", 0, len(text), excluded=(SANCTIONED,))]
    if incomes := find_incomes(text):
        gone = _NEGATIVE_AFTER.search(text) is not None
        allowed, excluded = ((), incomes) if gone else (incomes, ())
        return [Condition("country_income", 0, len(text), tuple(allowed), tuple(excluded))]
    if countries := find_countries(text):
        gone = (
            _NEGATIVE_AFTER.search(text) is not None or re.search(r"이외|외\s국가|other\sthan|except", text) is not None
        )
        return [Condition("target_country", 0, len(text), *(((), countries) if gone else (countries, ())))]
    if hinted and (found := _NO_LIMIT.search(text) or re.search(r"any\scountry|전\s?세계|worldwide", text, _I)):
        return [_unlimited("target_country", found)]
    return []


def read_consortium(text: str, *, hinted: bool = False) -> list[Condition]:
    """Whether a consortium with a large company is needed, allowed or ruled out."""
    found = _CONSORTIUM.search(text) or (
        re.search(r"(?:대기업|large\scompan\w+)[과와]?\s?(?:함께|with)?", text) if hinted else None
    )
    start, end = found.span() if found else (0, len(text))
    if not hinted and found is None:
        return []
    if _ALONE_ONLY.search(text):
        return [Condition("consortium_with_large", start, end, ("false",))]
    if _NO_LIMIT.search(text):
        return [Condition("consortium_with_large", start, end, ANY)]
    if not _LARGE.search(text):
        return []
    if _OPTIONAL.search(text):
        return []
    return [Condition("consortium_with_large", start, end, ("true",))]


def turned(condition: Condition) -> Condition | None:
    """What must hold where a company of this condition may not apply; ``None`` where that cannot be said in one condition."""
    low, high = condition.minimum, condition.maximum
    if low is not None and high is None:
        return replace(condition, minimum=None, maximum=math.nextafter(low, 0.0))
    if high is not None and low is None:
        return replace(condition, maximum=None, minimum=math.nextafter(high, math.inf))
    if (
        low is None
        and high is None
        and bool(condition.allowed) != bool(condition.excluded)
        and condition.allowed != ANY
    ):
        return replace(condition, allowed=condition.excluded, excluded=condition.allowed)
    return None


def is_denied(text: str, condition: Condition) -> bool:
    """Whether the clause of a condition ends in "may not apply": parentheses aside, they speak of others."""
    masked = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text)
    end = next((match.start() for match in _BREAK.finditer(masked) if match.start() >= condition.end), len(text))
    rest = masked[condition.end : end]
    return _NEGATIVE_AFTER.search(rest) is not None and not find_sizes(
        re.split(r",\s", rest, maxsplit=1)[-1] if ", " in rest else ""
    )


READERS: dict[ProfileField, Callable[..., list[Condition]]] = {
    "size": read_sizes,
    "region": read_region,
    "sector": read_sector,
    "years_in_business": read_years,
    "export_record": read_export,
    "consortium_with_large": read_consortium,
    "target_country": read_country,
}
