"""Words by which notices and companies say how large a company is and what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.types import Language

Size = Literal["startup", "sme", "midsize", "large"]
SIZES: tuple[Size, ...] = ("startup", "sme", "midsize", "large")

_SIZE_WORDS = re.compile(
    r"(?P<startup>스타트\s?업|스탓업|(?:초기\s?|예비\s?)?창업\s?(?:초기\s?)?기업|초기\s?기업|신생\s?기업|신생\s?업체|start-?\s?ups?\b)"
    r"|(?P<sme>중소\s?기업|중소\s?벤처\s?기업|중소(?=\s?[·・‧/,、및과와]?\s?중견)|중소(?=\s?[·・‧/]\s?(?:스타트업|벤처))|(?<=대[·‧・/])\s?중소(?=\s?기업)|소기업|소상공인"
    r"|\bSMEs?\b|\b(?:small|micro|smaller)(?:,\s?(?:small|medium))?(?:[- ](?:and|or|to|&)[- ](?:medium)(?:[- ]sized?)?)?[- ](?:sized?\s)?(?:enterprises?|compan(?:y|ies)|business(?:es)?|firms?)\b"
    r"|\bsmall(?:\sand|\sor|,)?\s(?=mid)|\bsmall\sand\smedium\b|\bsmall or medium\b)"
    r"|(?P<midsize>중견\s?기업|중견(?=\s?[·・‧/])|\bmid-?\s?(?:sized?|size|cap|tier)\b|\bmiddle-(?:sized|market)\b|\bmid-?sizes?\b)"
    r"|(?P<large>대기업|대규모\s?기업|대(?=[·‧・/]\s?중소)|\b(?:large|big|major)(?:r)?(?:\s(?:and\s)?(?:public|Korean|private))?(?=[ -](?:compan|firm|enterpris|corporat|business))|\bconglomerates?\b|\blarge(?=\s(?:or|and)\s(?:public|mid|small)))",
    re.IGNORECASE,
)
_KOREAN_SIZE = {"startup": "스타트업", "sme": "중소기업", "midsize": "중견기업", "large": "대기업"}
_ENGLISH_SIZE = {"startup": "start-up", "sme": "SME", "midsize": "mid-sized company", "large": "large company"}

_SECTORS: tuple[tuple[str, str, str, str], ...] = (
    ("transport", "교통", "transport", r"교통|모빌리티|철도|자율주행|신호|주차|transport|traffic|mobility|parking|rail|vehicle"),
    ("energy", "에너지", "energy", r"에너지|전력|태양광|신재생|배터리|발전|energy|power|solar|batter"),
    ("water", "물", "water", r"(?<![가-힣])물(?![가-힣])|상수도|하수|수처리|수자원|water|sewage"),
    ("waste", "폐기물", "waste", r"폐기물|재활용|쓰레기|waste|recycl"),
    ("environment", "환경", "environment", r"환경|대기질|미세먼지|기후|environment|climate|air quality"),
    ("safety", "안전", "safety", r"안전|방범|재난|소방|CCTV|관제|safety|disaster|security camera|surveillance"),
    ("government", "행정", "public administration", r"행정|전자정부|e-government|public administration|administration"),
    ("health", "의료", "health", r"의료|헬스|보건|바이오|제약|health|medical|bio|pharma"),
    ("education", "교육", "education", r"교육|에듀|education|edtech"),
    ("telecom", "통신", "telecommunications", r"통신|5G|네트워크 장비|telecom|wireless"),
    ("ict", "ICT·소프트웨어", "ICT and software", r"ICT|정보통신|소프트웨어|\bSW\b|S/W|플랫폼|빅데이터|인공지능|\bAI\b|클라우드|사물인터넷|\bIoT\b|정보보안|보안|software|\bIT\b|data|cloud|platform|artificial intelligence|cyber"),
    ("smart_city", "스마트시티", "smart city", r"스마트\s?(?:시티|도시)|도시\s?솔루션|smart[- ]cit(?:y|ies)|city solution|urban solution"),
    ("planning", "도시계획·설계", "urban planning", r"도시계획|도시설계|도시개발|urban planning|city planning|master plan|urban design"),
    ("architecture", "건축설계", "architecture", r"건축|architect"),
    ("engineering", "엔지니어링", "engineering", r"엔지니어링|\bENG\b|engineering"),
    ("construction", "건설", "construction", r"건설|시공|토목|construction|building contract|infrastructure|인프라|플랜트"),
    ("real_estate", "부동산", "real estate", r"부동산|real estate|property development"),
    ("logistics", "물류", "logistics", r"물류|해운|항만|logistics|shipping"),
    ("food", "식품·농업", "food and agriculture", r"식품|농업|농식품|수산|음식|food|agricultur|fisher|farm"),
    ("consumer", "소비재", "consumer goods", r"소비재|화장품|뷰티|의류|패션|섬유|생활용품|consumer|cosmetic|beauty|fashion|textile|clothing"),
    ("manufacturing", "제조", "manufacturing", r"제조|기계|부품|소재|전자|반도체|자동차|manufactur|machine|parts|semiconductor|electronics|automotive"),
    ("finance", "금융", "finance", r"금융|핀테크|보험|financ|fintech|insurance"),
    ("tourism", "관광·숙박", "tourism", r"관광|숙박|여행|호텔|touris|hotel|travel"),
    ("entertainment", "유흥·사행", "gambling and nightlife", r"유흥|사행|도박|주점|gambling|casino|nightclub|liquor"),
    ("content", "콘텐츠", "content", r"콘텐츠|게임|영상|content|games?\b|media"),
)  # fmt: skip
_SECTOR_PATTERNS = {key: re.compile(pattern, re.IGNORECASE) for key, _, _, pattern in _SECTORS}
_SECTOR_NAMES = {key: (korean, english) for key, korean, english, _ in _SECTORS}
CITY_SECTORS = ("transport", "energy", "water", "waste", "environment", "safety", "government", "ict", "planning")
"""Sectors that may be part of a smart city solution."""


@dataclass(frozen=True, slots=True)
class SizeMention:
    """A size class named in ``text[start:end]``."""

    start: int
    end: int
    size: Size


def find_sizes(text: str) -> list[SizeMention]:
    """Size classes in ``text``, in order. "대·중소기업" names two, "SMEs" one."""
    found = []
    for match in _SIZE_WORDS.finditer(text):
        size = next(size for size in SIZES if match[size])
        found.append(SizeMention(match.start(), match.end(), size))
    return found


def size_name(size: str, language: Language) -> str:
    """A size class in ``language``."""
    return (_KOREAN_SIZE if language == "ko" else _ENGLISH_SIZE)[size]


def find_sectors(text: str) -> tuple[str, ...]:
    """The keys of the sectors that ``text`` names."""
    return tuple(key for key, pattern in _SECTOR_PATTERNS.items() if pattern.search(text))


def sector_name(key: str, language: Language) -> str:
    """A sector in ``language``; a key that is none stays."""
    korean, english = _SECTOR_NAMES.get(key, (key, key))
    return korean if language == "ko" else english
