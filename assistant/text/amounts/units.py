"""What stands before and after a number to say what it counts."""

from __future__ import annotations

import re

from assistant.text.amounts.amount import Unit

CURRENCY_BEFORE = r"(?:US\s?\$|USD|U\.S\.\s?\$|\$|미화|미\s?달러|KRW|₩|￦|EUR|€|유로화)"
CURRENCY = re.compile(rf"{CURRENCY_BEFORE}\s?", re.IGNORECASE)
_ADJECTIVE = (
    r"(?:(?:Korean|foreign|overseas|domestic|local|new|other|partner|tenant|small|promising|regional|developing|member"
    r"|major|participating|start-up|housing|calendar|working|business)\s)?"
)
_UNITS: tuple[tuple[Unit, str], ...] = (
    (
        Unit.PERCENTAGE_POINT,
        r"\s?%\s?(?:p\b|P\b|p(?=[가-힣])|포인트)|\s?퍼센트\s?포인트|\spercentage[ -]points?\b|\s?pp\b",
    ),
    (Unit.PERCENT, r"\s?[%％]|\s?(?:퍼센트|프로(?![가-힣]))|\sper\s?cent\b"),
    (Unit.KRW, r"\s?원(?!칙)|\s(?:Korean\s)?won\b|\sKRW\b"),
    (Unit.USD, r"\s?(?:미\s?)?(?:달러|불(?!가|법|필|량|편|과))|\s(?:US\s|U\.S\.\s)?dollars?\b|\sUSD\b"),
    (Unit.EUR, r"\s?유로(?!화)|\seuros?\b|\sEUR\b"),
    (Unit.PYEONG, r"\s?평(?![가균일])|\spyeong\b"),
    (Unit.KM2, r"\s?(?:㎢|km²|km2\b|제곱\s?킬로미터|평방\s?킬로미터)|\s(?:sq\.?\s?km|square\skilomet(?:er|re)s?)\b"),
    (Unit.M2, r"\s?(?:㎡|m²|m2\b|제곱\s?미터|평방\s?미터)|\s(?:sqm|sq\.?\s?m|square\smet(?:er|re)s?)\b"),
    (Unit.KM, r"\s?(?:㎞|km\b|km(?=[가-힣])|킬로미터)|\skilomet(?:er|re)s?\b"),
    (
        Unit.HOUSEHOLDS,
        rf"\s?(?:가구|세대|호(?!선|텔|주|황|응))|\s{_ADJECTIVE}(?:households?|homes?|housing\sunits?|families)\b",
    ),
    (
        Unit.COMPANIES,
        r"\s?(?:개\s?(?:중소|중견|대|국내|입주|회원)?\s?(?:사(?!업|례|항|안|무|람|용|이트)|社|기업|업체|회사)|社"
        r"|사(?![가-힣]))"
        rf"|\s{_ADJECTIVE}(?:companies|company|firms?|SMEs?|start-?ups|enterprises?|businesses)\b",
    ),
    (Unit.COUNTRIES, rf"\s?(?:개\s?(?:국(?!내|민|책|제)|나라)|나라)|\s{_ADJECTIVE}(?:countries|country|nations?)\b"),
    (
        Unit.PLACES,
        r"\s?(?:개\s?(?:소(?![가-힣])|소(?=[가에를의로는도])|所|도시|지역|지구|센터|무역관|거점|시도|장소)|개?소(?=[\s,)(·]|$)"
        r"|곳|所)"
        rf"|\s{_ADJECTIVE}(?:places?|cent(?:er|re)s?|offices?|sites?|cities|city|locations?|branches|provinces?|regions?)\b",
    ),
    (
        Unit.PEOPLE,
        r"\s?(?:명(?!칭|시|령|단|의)|명(?=의\s)|인(?=[\s,)·]|$|\s?(?:이상|이하|이내|미만)))"
        rf"|\s{_ADJECTIVE}(?:people|persons?|residents?|employees?|workers?|trainees?|participants?|jobs?|specialists?)\b",
    ),
    (Unit.TIMES, r"\s?(?:회(?!의|사|원|계|담|장|수)|차례|번(?!째|호|지))|\stimes?\b(?!\s(?:zone|limit))"),
    (Unit.DAYS, rf"\s?일간|\s?일(?=\s?(?:이내|동안|전|후|안|이상|이하|미만|내(?![가-힣])|넘))|\s{_ADJECTIVE}days?\b"),
    (Unit.MONTHS, r"\s?(?:개월|달(?!러|성)(?=\s?(?:간|동안|전|후|안|이내|이상|[\s,.)]|$)))|\s(?:calendar\s)?months?\b"),
    (
        Unit.YEARS,
        r"\s?(?:개\s?년|년간|년(?!\s?\d|도|생|\s?[~∼～〜]|\s?(?:상|하)반기|\s?[초말중](?:[\s,.)까부]|$)|\s?까지"
        r"|\s?[1-4]분기|대(?![가-힣]))|해(?=\s?(?:동안|전|후|째)))"
        r"|\s(?:calendar\s|fiscal\s)?years?\b",
    ),
)
UNIT = re.compile("|".join(f"(?P<{unit.name}>{pattern})" for unit, pattern in _UNITS), re.IGNORECASE)


def currency_of(prefix: str) -> Unit:
    """The currency that ``CURRENCY`` has found before a number."""
    prefix = prefix.upper()
    if "KRW" in prefix or "₩" in prefix or "￦" in prefix:
        return Unit.KRW
    return Unit.EUR if "EUR" in prefix or "€" in prefix or "유로" in prefix else Unit.USD
