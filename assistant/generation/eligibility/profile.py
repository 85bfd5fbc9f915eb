"""What is known of the company that asks: given field by field, or said in the words of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from assistant.text.amounts import Unit, find_amounts
from assistant.text.company import Size, find_sectors, find_sizes, sector_name
from assistant.text.countries import Income, find_countries
from assistant.text.language import detect_language
from assistant.text.regions import find_regions

_I = re.IGNORECASE
_OWN_KOREAN = re.compile(
    r"우리|저희|당사|자사|폐사|제\s?회사|저는|본사가|저흰|울\s?회사|(?:기업|스타트업|업체|회사|개월|년차?|소재)(?:입니다|이에요|예요)|(?:인데|한데|는데|입니다만|이고|이며|으로서|인\s?경우)"
)
_OWN_ENGLISH = re.compile(
    r"\b(?:we|we're|we've|our|ours|us|my\s(?:company|firm|business|start-?up)|I\s(?:run|own|have))\b", _I
)
_ASKS_KOREAN = re.compile(
    r"(?:돼|되|될|됩|된다|가능|해당|대상|자격).{0,8}(?:요|까|나|지|죠)\s*[?？]?|(?:신청|참여|참가|지원|이용|받|대출|응모)(?:을|를)?\s?(?:할|받을|을|해도|하면)?\s?(?:수\s?(?:있|잇|없)|돼|되|가능|자격)|대상\s?(?:인가|이\s?(?:되|됩|될)|에\s?(?:해당|들))|자격이?\s?(?:되|있|됩)|(?:쓸|낼|들어갈|빌릴|나갈|응모할|지원받을|들|낄)\s?수\s?있|응모해도|됨\?|되여|괜찮(?:나|을까|아요|습니까|은가)"
)
_ASKS_ENGLISH = re.compile(
    r"\beligib|\bqualif|\b(?:can|could|may|are|do|would|is)\s(?:we|I|our|my|us)\b.{0,60}(?:apply|eligible|qualify|join|take\spart|participat|borrow|use|meet|allowed|able|entitled)|\b(?:can|could|may|are|would|is)\s(?:we|I|our|my|us)\b.{0,24}(?:\bget\b(?!\son)|\breceive)|\b(?:ok(?:ay)?|enough)\s*\?|\bable\sto\sapply|\ballowed\sto\sapply|\bwould\swe\b|\bis\sit\sopen\sto\sus|\blet\sus\b|\b(?:is|would)\s(?:the|this|that)\b.{1,60}\bfor\s(?:us|me)\s*\?|\b(?:is|are)\sour\s.{0,40}(?:enough|right)|\ballowed\b|\bmay\s.{0,40}\b(?:apply|join|borrow)|\bcan\s.{0,40}\b(?:apply|join|borrow|take\spart)"
    r"|\b(?:can|could|may)\s[\w\s-]{0,34}(?:compan(?:y|ies)|firms?|start-?ups?|SMEs?|business(?:es)?)\s(?:also\s|still\s)?(?:get\b(?!\son)|receive\b|use\b)",
    _I,
)
_QUANTITY = re.compile(
    r"몇\s?%|얼마|언제|어디서|누가|무엇|몇\s?개|\bhow\s(?:much|many|large)|\bwhen\b|\bwhat\s(?:is|(?:share|percent(?:age)?|proportion|portion|amount|rate)\b)",
    _I,
)
_SENTENCE_END = re.compile(r"(?<=[?？!;])|(?<=\.)(?=\s)")
_SAID_OF_US = re.compile(
    r"\s?(?:인데|이고|이며|입니다|이에요|예요|인\s|으로서|로서|이라|인\s?경우|[이가]?\s?(?:우리|저희))|(?:[- ]sized?)?\s?(?:compan|firm|business|enterprise|manufactur|maker|develop|with\b|in\b|from\b|,|\.|$)",
    _I,
)
_YEARS = re.compile(
    r"(?:업력|창업(?:한\s?지|후)?|설립(?:한\s?지|된\s?지|\s?후)?|개업(?:한\s?지)?|사업자\s?등록\s?(?:후)?|회사를?\s?(?:세운|만든)\s?지|시작한\s?지|된\s?지|차린\s?지)\s?(?:이|은|는|가)?\s?(?:이제\s?|정확히\s?|딱\s?|꼭\s?|올해로\s?)?(?:만\s?)?(?P<n>\d{1,3}(?:\.\d)?)\s?년(?P<nth>\s?차|째)?"
    r"|(?P<n2>\d{1,3}(?:\.\d)?)\s?년\s?(?P<nth2>차|째)|(?P<n3>\d{1,3})\s?년\s?(?:된|되었|됐|전에\s?(?:창업|설립))"
)
_MONTHS = re.compile(
    r"(?:창업|설립|개업|업력)[^.]{0,8}?(?P<n>\d{1,3})\s?개월|(?P<e>\d{1,3})\smonths\s(?:old|ago|in\sbusiness)"
)
_NUMBER = r"(?P<{0}>\d{{1,3}}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|an?)"
_ENGLISH_YEARS = re.compile(
    rf"(?:founded|established|registered|set\sup|started|incorporated|opened)\s(?:about\s|just\s|only\s)?{_NUMBER.format('a')}\syears?\sago"
    rf"|{_NUMBER.format('b')}[- ]years?[- ]old|(?:in\sbusiness|operating|been\sgoing|around|running)\sfor\s(?:about\s|exactly\s|just\s)?{_NUMBER.format('c')}\syears?"
    rf"|{_NUMBER.format('d')}\syears\s(?:in\sbusiness|of\soperation|since)|(?:exactly|just)\s{_NUMBER.format('e')}\syears\sold",
    _I,
)
_ORDINAL_YEAR = re.compile(
    r"\bin\s(?:our|its|my|the)\s(?P<word>second|third|fourth|fifth|sixth|seventh|eighth)\syear", _I
)
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "a": 1, "an": 1,
}  # fmt: skip
_FOUNDED = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?년(?:도)?에?\s?(?:창업|설립|개업|세운)|(?:founded|established|incorporated|set\sup|started)\sin\s(?P<y2>(?:19|20)\d\d)",
    _I,
)
_FOUNDED_LATELY = re.compile(
    r"(?:(?P<before>재작년)|(?P<last>작년|지난해)|(?P<this>올해|금년))(?:에|도에)?\s?(?:막\s|새로\s)?(?:회사를?\s)?(?:창업|설립|개업|세운|차린|만든)"
    r"|\b(?:founded|established|incorporated|set\sup|started)\s(?:only\s|just\s)?(?:(?P<last2>last)|(?P<this2>this))\syear\b",
    _I,
)
_NO_EXPORT = re.compile(
    r"수출\s?(?:실적|경험|이력|액)?[이은을도]?\s?(?:전혀\s|아직\s)?(?:없|못\s?해|안\s?(?:해|하)|해\s?본\s?적[이은]?\s?없|한\s?적[이은]?\s?없|해보지)|내수\s?(?:기업|만)|(?:아직|한\s?번도)\s?수출"
    r"|\bno\sexports?\b|\bnever\sexported|\bnot\s(?:yet\s)?exported|\bwithout\s(?:an?y?\s)?export|\bhaven't\s(?:yet\s)?exported|\bno\sexport|\bdon't\sexport|\bdo\snot\sexport|\bexported\snothing",
    _I,
)
_EXPORT = re.compile(
    r"수출\s?(?:실적|경험|이력)?[이은을도]?\s?(?:있|보유)|수출(?:을)?\s?(?:하고|합니다|해\s?왔|한\s?적[이은]?\s?있|중)|\bwe\s(?:have\s)?(?:export|exported)|\bhave\s(?:an?\s|some\s)?export|\bwith\s(?:an?\s|some\s)export|\bexports?\sof\b",
    _I,
)
_SOLD = re.compile(r"수출|해외\s?(?:매출|판매)|export|\b(?:sold|sales|sell)\b.{0,40}\b(?:abroad|overseas)", _I)
_TOGETHER = re.compile(
    r"대기업(?:과|이랑|하고|들과|\s?협력사)|대기업\s?컨소시엄|컨소시엄(?:을|으로|에|도|이)\s?(?!없)|동반\s?진출|\b(?:in|with|as|form|join|through|part\sof)\s(?:an?\s|the\s)?consorti|\bwith\s(?:an?|the|one)\s(?:large|big|major)\s(?:compan|firm|corporat|partner)|\btogether\swith\s(?:a\slarge|two|three|at\sleast|several|SMEs|other)|중소기업\s?\d+\s?개?사와",
    _I,
)
_ALONE = re.compile(
    r"컨소시엄\s?(?:없이|은\s?없|이\s?없|이\s?아니)|단독으?로?|혼자|대기업\s?없이|\bwithout\s(?:a\s)?(?:consorti|large|partner)|\bon\sour\sown|\balone\b|\bby\sourselves|\bno\sconsorti|\bsingle-handed",
    _I,
)
_TRADE = re.compile(
    r"(?:(?P<before>[가-힣A-Za-z·/\s]{1,18}?)\s?(?:솔루션|기술|서비스|제품|소프트웨어|장비|분야|업종|관련|쪽)?(?:을|를|의|이)?\s?(?:만드|개발|제조|파는|판매|하는|전문|다루)|(?P<kind>[가-힣A-Za-z·/]{2,12}\s?(?:솔루션|소프트웨어|설계|기술|분야|업종|제조|장비))\s?(?:기업|회사|업체|스타트업|중소기업|중견기업)"
    r"|(?P<kind2>[가-힣A-Za-z·/]{1,10})\s?(?:기업|회사|업체|스타트업)(?:인데|입니다|이고|이에요)"
    r"|\bwe\s(?:make|develop|build|sell|do|supply|provide|design|manufacture)\s(?P<what>[A-Za-z ,/-]{3,60})|\b(?:an?|our)\s(?P<adjective>[A-Za-z -]{3,40}?)\s(?:company|firm|start-?up|business|developer|maker|provider|manufacturer|SME)\b)",
    _I,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A company as far as it is known; ``None`` = not told.

    ``years_in_business`` counts completed years and may be broken. ``export_record`` is ``False`` (none), ``True`` (some, nobody said
    how much) or US dollars. ``region``, ``sector`` and ``target_country`` are in the company's own words, either language.
    ``other``: whether the conditions that no field settles are all met.
    """

    size: Size | None = None
    region: str | None = None
    sector: str | None = None
    years_in_business: float | None = None
    export_record: bool | float | None = None
    consortium_with_large: bool | None = None
    target_country: str | None = None
    country_income: Income | None = None
    other: bool | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any] | None) -> Profile:
        """A profile from the fields of an untyped mapping; fields that a profile does not have are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (values or {}).items() if name in known})

    @property
    def told(self) -> dict[str, Any]:
        """The fields that are known."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """What a question says of the company that asks.

    ``asks`` tells that it wants to know whether that company may take part: not "how much", not whether companies of a kind may.
    """

    profile: Profile
    asks: Literal["own", "general", "no"]


class ProfileReader:
    """Reads a company's profile from the words of a question in Korean or English."""

    def read(self, question: str, as_of: date) -> ProfileReading:
        """The profile that a question tells, and whether it asks about that company's eligibility.

        "3년차" is taken as two and a half years: the third year is running. A year of foundation is counted from its middle.
        """
        korean = detect_language(question) == "ko"
        own = (_OWN_KOREAN if korean else _OWN_ENGLISH).search(question) is not None
        asks = _ASKS_KOREAN if korean else _ASKS_ENGLISH
        # "We are mid-sized: what share can we get?" asks for the share.
        asked = any(asks.search(part) and not _QUANTITY.search(part) for part in _SENTENCE_END.split(question))
        profile = Profile(
            size=_size(question),
            region=_region(question),
            sector=_sector(question) if own else None,
            years_in_business=_years(question, as_of),
            export_record=_export(question),
            consortium_with_large=_consortium(question),
            target_country=_country(question),
        )
        told = bool(profile.told)
        if not asked or (_QUANTITY.search(question) and not own):
            return ProfileReading(profile, "no")
        if own and (told or not _QUANTITY.search(question)):
            return ProfileReading(profile, "own")
        return ProfileReading(profile, "general" if told else "no")


def _size(text: str) -> Size | None:
    mentions = [m for m in find_sizes(text) if not _is_partner(text, m.start, m.end)]
    if not mentions:
        return None
    said = [m for m in mentions if _SAID_OF_US.match(text, m.end)]
    sizes = {m.size for m in said or mentions}
    if "startup" in sizes:
        return "startup"
    return next(iter(sizes)) if len(sizes) == 1 else (said or mentions)[0].size


def _is_partner(text: str, start: int, end: int) -> bool:
    after, before = text[end : end + 14], text[max(0, start - 16) : start]
    return bool(
        re.match(r"(?:들)?(?:과|와|이랑|하고|\s?없이|\s?협력|\s?컨소시엄|\s?계열)", after)
        or re.search(r"\b(?:with|without|alongside|by)\s(?:an?\s|the\s|one\s)?$", before, _I)
    )


def _region(text: str) -> str | None:
    mentions = find_regions(text)
    return text[mentions[0].start : mentions[0].end] if mentions else None


def _sector(text: str) -> str | None:
    language = detect_language(text)
    for match in _TRADE.finditer(text):
        words = next((group for group in match.groups() if group), "")
        if keys := find_sectors(words):
            return sector_name(keys[0], language)
    return None


def _years(text: str, as_of: date) -> float | None:
    if match := _YEARS.search(text):
        number = float(match["n"] or match["n2"] or match["n3"])
        nth = (match["nth"] or match["nth2"] or "").strip()
        return max(0.0, number - 0.5) if nth == "차" else number
    if match := _ENGLISH_YEARS.search(text):
        told = next(group for group in match.groups() if group).lower()
        return float(_WORDS.get(told) or float(told))
    if match := _ORDINAL_YEAR.search(text):
        return _ORDINALS[match["word"].lower()] - 0.5
    if match := _MONTHS.search(text):
        return round(int(match["n"] or match["e"]) / 12, 2)
    if (year := _year_founded(text, as_of)) is not None:
        return max(0.0, round((as_of - date(year, 7, 1)).days / 365.25, 1))
    return None


def _year_founded(text: str, as_of: date) -> int | None:
    if match := _FOUNDED.search(text):
        return int(match["y"] or match["y2"])
    if match := _FOUNDED_LATELY.search(text):
        return as_of.year - (2 if match["before"] else 1 if match["last"] or match["last2"] else 0)
    return None


def _export(text: str) -> bool | float | None:
    if _NO_EXPORT.search(text):
        return False
    if _SOLD.search(text):
        for amount in find_amounts(text):
            near = text[max(0, amount.start - 30) : amount.end + 30]
            if amount.unit is Unit.USD and _SOLD.search(near):
                return float(amount.upper)
    return True if _EXPORT.search(text) else None


def _consortium(text: str) -> bool | None:
    if _ALONE.search(text):
        return False
    return True if _TOGETHER.search(text) else None


def _country(text: str) -> str | None:
    found = find_countries(text)
    return found[0] if len(found) == 1 else None
