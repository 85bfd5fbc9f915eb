"""Countries and their income classes, as lending and aid conditions name them.

A country's key is its first Korean form in the termbase (``베트남``). Classes follow the World Bank's list by income of July 2025; a
country that the list does not class (Venezuela) has none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from assistant.text.termbase import Termbase
from assistant.types import Language

Income = Literal["low", "lower_middle", "upper_middle", "high"]

_LOW = [
    "북한",
    "아프가니스탄",
    "부룬디",
    "부르키나파소",
    "차드",
    "콩고민주공화국",
    "중앙아프리카공화국",
    "에리트레아",
    "에티오피아",
    "감비아",
    "기니비사우",
    "라이베리아",
    "마다가스카르",
    "말라위",
    "말리공화국",
    "말리",
    "모잠비크",
    "니제르",
    "르완다",
    "시에라리온",
    "소말리아",
    "남수단",
    "수단공화국",
    "수단",
    "시리아",
    "토고",
    "우간다",
    "예멘",
]
_LOWER_MIDDLE = [
    "앙골라",
    "방글라데시",
    "베냉",
    "부탄",
    "볼리비아",
    "캄보디아",
    "카메룬",
    "코모로",
    "콩고공화국",
    "코트디부아르",
    "지부티",
    "이집트",
    "에스와티니",
    "가나공화국",
    "가나",
    "기니공화국",
    "기니",
    "아이티공화국",
    "아이티",
    "온두라스",
    "인도",
    "요르단",
    "케냐",
    "키르기스스탄",
    "라오스",
    "레바논",
    "레소토",
    "모리타니",
    "모로코",
    "미얀마",
    "나미비아",
    "네팔",
    "니카라과",
    "나이지리아",
    "파키스탄",
    "파푸아뉴기니",
    "필리핀",
    "세네갈",
    "솔로몬제도",
    "스리랑카",
    "탄자니아",
    "타지키스탄",
    "동티모르",
    "튀니지",
    "우즈베키스탄",
    "바누아투",
    "베트남",
    "잠비아",
    "짐바브웨",
]
_UPPER_MIDDLE = [
    "알바니아",
    "알제리",
    "아르헨티나",
    "아르메니아",
    "아제르바이잔",
    "벨라루스",
    "벨리즈",
    "보츠와나",
    "브라질",
    "카보베르데",
    "중국",
    "콜롬비아",
    "쿠바",
    "도미니카공화국",
    "에콰도르",
    "엘살바도르",
    "적도기니",
    "피지공화국",
    "피지",
    "가봉",
    "조지아",
    "과테말라",
    "인도네시아",
    "이란",
    "이라크",
    "자메이카",
    "카자흐스탄",
    "코소보",
    "리비아",
    "말레이시아",
    "몰디브",
    "모리셔스",
    "멕시코",
    "몰도바",
    "몽골",
    "몬테네그로",
    "북마케도니아",
    "파라과이",
    "페루",
    "사모아",
    "세르비아",
    "남아프리카공화국",
    "수리남",
    "태국",
    "통가",
    "튀르키예",
    "투르크메니스탄",
    "우크라이나",
]
_BOSNIA = "보스니아 헤르체고비나"
_UNCLASSED = ("베네수엘라",)
SANCTIONED = "sanctioned"
"""Stands for the countries under sanctions, which change too often to be listed in a document."""
_MAYBE_SANCTIONED = frozenset(
    "북한 이란 시리아 러시아 벨라루스 쿠바 미얀마 베네수엘라 수단공화국 남수단 리비아 소말리아 예멘 아프가니스탄 이라크 레바논 말리공화국 "
    "콩고민주공화국 아이티공화국 짐바브웨 니카라과".split()
)
_GROUPS: tuple[tuple[str, str], ...] = (
    (
        r"아세안|동남아(?:시아)?|ASEAN|South-?\s?east Asia",
        "베트남 라오스 캄보디아 태국 미얀마 말레이시아 싱가포르 인도네시아 필리핀 브루나이 동티모르",
    ),
    (r"중앙아시아|Central Asia", "카자흐스탄 우즈베키스탄 키르기스스탄 타지키스탄 투르크메니스탄"),
    (
        r"중동|Middle East|GCC",
        "사우디아라비아 아랍에미리트 카타르 바레인 오만 쿠웨이트 예멘 요르단 레바논 시리아 이라크 이란 이스라엘 이집트",
    ),
    (
        r"중남미|라틴\s?아메리카|Latin America",
        "멕시코 과테말라 온두라스 엘살바도르 니카라과 코스타리카 파나마 쿠바 도미니카공화국 자메이카 아이티공화국 콜롬비아 베네수엘라 에콰도르 페루 볼리비아 브라질 파라과이 우루과이 아르헨티나 칠레 가이아나 수리남",
    ),
)
# Everyday names that the termbase, which keeps to official ones, does not have.
_ALIASES = (
    (r"\bVietnam\b", "베트남"),
    (r"\bSaudi\b", "사우디아라비아"),
    (r"^\s*수단\s*$", "수단공화국"),
    (r"^\s*기니\s*$", "기니공화국"),
)
_INCOME_WORDS: tuple[tuple[re.Pattern[str], tuple[Income, ...]], ...] = (
    (
        re.compile(r"하위\s?중소득국|중하위\s?소득국|(?<!upper-)(?<!upper )lower[- ]middle[- ]income", re.I),
        ("lower_middle",),
    ),
    (re.compile(r"상위\s?중소득국|중상위\s?소득국|upper[- ]middle[- ]income", re.I), ("upper_middle",)),
    (re.compile(r"(?<!하위)(?<!상위)(?<!하위 )(?<!상위 )중소득국|(?<!lower[- ])(?<!upper[- ])middle[- ]income", re.I), ("lower_middle", "upper_middle")),
    (re.compile(r"저소득국|(?<![a-z])low[- ]income", re.I), ("low",)),
    (re.compile(r"고소득국|high[- ]income|선진국", re.I), ("high",)),
    (
        re.compile(r"개도국|개발\s?도상국|수원국|developing countr|ODA[- ](?:recipient|eligible|countr)|recipients? of ODA|ODA 대상국", re.I),
        ("low", "lower_middle", "upper_middle"),
    ),
)  # fmt: skip
_ENGLISH_INCOME = {
    "low": "low-income",
    "lower_middle": "lower-middle-income",
    "upper_middle": "upper-middle-income",
    "high": "high-income",
}
_KOREAN_INCOME = {"low": "저소득국", "lower_middle": "하위중소득국", "upper_middle": "상위중소득국", "high": "고소득국"}


@cache
def _countries() -> Termbase:
    return Termbase(term for term in Termbase.load().terms if term.kind == "country")


def find_countries(text: str) -> tuple[str, ...]:
    """The keys of the countries and groups of countries that ``text`` names; Korea itself is none of them."""
    found = [match.term.korean[0] for match in _countries().find(text)]
    found += [key for pattern, key in _ALIASES if re.search(pattern, text, re.IGNORECASE)]
    for pattern, members in _GROUPS:
        if re.search(pattern, text):
            found += members.split()
    return tuple(dict.fromkeys(key for key in found if key not in ("대한민국", "북한")))


def find_incomes(text: str) -> tuple[Income, ...]:
    """The income classes that ``text`` names, poorest first."""
    found = {income for pattern, incomes in _INCOME_WORDS if pattern.search(text) for income in incomes}
    order: tuple[Income, ...] = ("low", "lower_middle", "upper_middle", "high")
    return tuple(income for income in order if income in found)


def income_of(country: str) -> Income | None:
    """The income class of the country with this key, or ``None`` where it has none or is unknown."""
    if country in _LOW:
        return "low"
    if country in _LOWER_MIDDLE:
        return "lower_middle"
    if country in _UPPER_MIDDLE or country == _BOSNIA:
        return "upper_middle"
    known = any(term.korean[0] == country for term in _countries().terms)
    return "high" if known and country not in _UNCLASSED else None


def may_be_sanctioned(country: str) -> bool:
    """Whether sanctions of some kind are known against the country, so that somebody must look them up."""
    return country in _MAYBE_SANCTIONED


def country_name(key: str, language: Language) -> str:
    """A country's name in ``language``; an unknown key stays."""
    term = next((term for term in _countries().terms if term.korean[0] == key), None)
    if term is None:
        return key
    return term.name(language) if language == "ko" or len(term.english) < 2 else min(term.english, key=len)


def income_name(income: str, language: Language) -> str:
    """An income class in ``language``."""
    return (_KOREAN_INCOME if language == "ko" else _ENGLISH_INCOME)[income]
