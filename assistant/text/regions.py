"""The provinces of Korea as notices and companies name them.

A province's key is its short Korean name, the first form of the termbase (``경기``, ``강원``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Language

PROVINCES: dict[str, str] = {
    "서울": "Seoul", "부산": "Busan", "대구": "Daegu", "인천": "Incheon", "광주": "Gwangju", "대전": "Daejeon",
    "울산": "Ulsan", "세종": "Sejong", "경기": "Gyeonggi", "강원": "Gangwon", "충북": "Chungbuk", "충남": "Chungnam",
    "전북": "Jeonbuk", "전남": "Jeonnam", "경북": "Gyeongbuk", "경남": "Gyeongnam", "제주": "Jeju",
}  # fmt: skip
"""English names by key, in the order of official lists."""

_CAPITAL = ("서울", "인천", "경기")
_LONG = {
    "충청북도": "충북", "충청남도": "충남", "전라북도": "전북", "전라남도": "전남", "경상북도": "경북", "경상남도": "경남",
    "North Chungcheong": "충북", "South Chungcheong": "충남", "North Jeolla": "전북", "South Jeolla": "전남",
    "North Gyeongsang": "경북", "South Gyeongsang": "경남", "Chungcheongbuk": "충북", "Chungcheongnam": "충남",
    "Jeollabuk": "전북", "Jeollanam": "전남", "Gyeongsangbuk": "경북", "Gyeongsangnam": "경남",
}  # fmt: skip
_CITIES = {
    "경기": "수원|성남|용인|고양|화성|부천|안산|안양|남양주|평택|의정부|파주|시흥|김포|광명|군포|이천|오산|하남|판교",
    "강원": "춘천|원주|강릉|속초|동해",
    "충북": "청주|충주|제천|오송",
    "충남": "천안|아산|공주|서산|당진|논산",
    "전북": "전주|익산|군산|정읍",
    "전남": "여수|순천|목포|나주|광양",
    "경북": "포항|구미|경산|경주|안동|김천|영주",
    "경남": "창원|김해|진주|양산|거제|통영|사천",
    "제주": "서귀포",
}
_ENGLISH_CITIES = {
    "경기": "Suwon|Seongnam|Yongin|Goyang|Hwaseong|Bucheon|Ansan|Anyang|Pyeongtaek|Paju|Gimpo|Pangyo",
    "강원": "Chuncheon|Wonju|Gangneung",
    "충북": "Cheongju|Chungju|Osong",
    "충남": "Cheonan|Asan",
    "전북": "Jeonju|Iksan|Gunsan",
    "전남": "Yeosu|Suncheon|Mokpo|Naju|Gwangyang",
    "경북": "Pohang|Gumi|Gyeongju|Andong",
    "경남": "Changwon|Gimhae|Jinju",
}
_GROUPS = {
    "비수도권": tuple(key for key in PROVINCES if key not in _CAPITAL),
    "지방 소재": tuple(key for key in PROVINCES if key not in _CAPITAL),
    "non-capital": tuple(key for key in PROVINCES if key not in _CAPITAL),
    "수도권": _CAPITAL,
    "Seoul metropolitan area": _CAPITAL,
    "Seoul Capital Area": _CAPITAL,
    "capital region": _CAPITAL,
    "capital area": _CAPITAL,
    "greater Seoul": _CAPITAL,
    "충청권": ("대전", "세종", "충북", "충남"),
    "충청": ("대전", "세종", "충북", "충남"),
    "Chungcheong region": ("대전", "세종", "충북", "충남"),
    "호남권": ("광주", "전북", "전남"),
    "호남": ("광주", "전북", "전남"),
    "Honam": ("광주", "전북", "전남"),
    "영남권": ("부산", "대구", "울산", "경북", "경남"),
    "영남": ("부산", "대구", "울산", "경북", "경남"),
    "동남권": ("부산", "울산", "경남"),
    "대경권": ("대구", "경북"),
}


def _forms() -> dict[str, tuple[str, ...]]:
    forms = dict(_GROUPS)
    forms |= {long: (key,) for long, key in _LONG.items()}
    for cities in (_CITIES, _ENGLISH_CITIES):
        forms |= {city: (key,) for key, names in cities.items() for city in names.split("|")}
    return forms | {key: (key,) for key in PROVINCES} | {name: (key,) for key, name in PROVINCES.items()}


_FORMS = {form.casefold(): keys for form, keys in _forms().items()}
# "경기 침체" is no province and "동해안" no city: a Korean form ends where a place name may end.
_PLACE_END = r"(?=(?:특별자치도|특별자치시|특별시|광역시|도|시)?(?:\s|[·,./()~‧・]|$|[을를은는이가에의와과]|및|또는|로|으로|권|지역|소재|관내|내\b|기업|업체|회사|본사|외|밖|출신|에서|입니다|이고|인데|인\s|이며|또|쪽|북부|남부))"
_NO_PLACE = r"(?!경기\s?(?:침체|회복|부양|변동|전망|둔화|하강|상승))"
_FINDER = re.compile(
    _NO_PLACE
    + "(?:"
    + "|".join(
        rf"(?<![가-힣]){re.escape(form)}{_PLACE_END}" if form[0] > "가" else rf"(?<![A-Za-z]){re.escape(form)}(?![a-z])"
        for form in sorted(_FORMS, key=len, reverse=True)
    )
    + ")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region named in ``text[start:end]``: the keys of its provinces."""

    start: int
    end: int
    keys: tuple[str, ...]


def find_regions(text: str) -> list[RegionMention]:
    """Provinces, groups of provinces and larger cities in ``text``, in order, without overlaps."""
    return [
        RegionMention(match.start(), match.end(), _FORMS[match.group().casefold()]) for match in _FINDER.finditer(text)
    ]


def region_name(key: str, language: Language) -> str:
    """A province's name; a key that is no province's is a place's own name and stays."""
    return key if language == "ko" else PROVINCES.get(key, key)
