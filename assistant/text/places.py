"""Places that a text names, and where they lie: a city in its country, a town in its province, a country in its part of the world.

A place's key is its first Korean form in the termbase (``자카르타``, ``인도네시아``, ``중동``), or a province's key (``강원``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.text.countries import find_countries
from assistant.text.regions import PROVINCES, RegionMention, find_regions, region_name
from assistant.text.termbase import Termbase
from assistant.types import Language

HOME = "대한민국"
"""Korea's key."""
_CITIES = {
    "베트남": "하노이 호찌민 다낭 하이퐁 껀터 후에시 흥이엔", "태국": "방콕 치앙마이 촌부리 푸껫",
    "인도네시아": "자카르타 누산타라 수라바야 반둥 발리섬 마카사르 바탐",
    "말레이시아": "쿠알라룸푸르 코타키나발루 조호르바루 쿠칭 페낭 푸트라자야", "필리핀": "마닐라 세부섬 다바오 클락",
    "캄보디아": "프놈펜 시엠레아프 시아누크빌", "라오스": "비엔티안 루앙프라방", "미얀마": "양곤 네피도 만달레이",
    "브루나이": "반다르스리브가완", "동티모르": "딜리",
    "인도": "뉴델리 뭄바이 첸나이 벵갈루루 하이데라바드 콜카타 푸네 아마다바드 칼리안_돔비블리 나그푸르",
    "방글라데시": "다카 치타공", "스리랑카": "콜롬보", "네팔": "카트만두", "파키스탄": "이슬라마바드 카라치 라호르",
    "아프가니스탄": "카불", "몰디브": "말레시", "몽골": "울란바토르", "일본": "도쿄 오사카 요코하마 나고야 후쿠오카",
    "중국": (
        "베이징 상하이 톈진 광저우 선전시 충칭 칭다오 다롄 선양 창춘 하얼빈 시안시 청두 우한시 난징 항저우 쑤저우 "
        "웨이하이 옌타이 정저우 홍콩 마카오"
    ),
    "우즈베키스탄": "타슈켄트 사마르칸트 나망간", "카자흐스탄": "아스타나 알마티", "키르기스스탄": "비슈케크",
    "타지키스탄": "두샨베", "투르크메니스탄": "아시가바트", "아제르바이잔": "바쿠", "조지아": "트빌리시", "아르메니아": "예레반",
    "튀르키예": "이스탄불 앙카라 이즈미르 가지안테프", "이란": "테헤란", "이라크": "바그다드 비스마야 바스라 에르빌",
    "쿠웨이트": "쿠웨이트시티 압둘라", "사우디아라비아": "리야드 제다시 담맘 네옴",
    "아랍에미리트": "두바이 아부다비 마스다르시티 샤르자", "카타르": "도하시 루사일", "바레인": "마나마", "오만": "무스카트 두쿰",
    "예멘": "사나시", "요르단": "암만", "레바논": "베이루트", "시리아": "다마스쿠스", "이스라엘": "텔아비브 예루살렘",
    "이집트": "카이로 알렉산드리아", "리비아": "트리폴리", "튀니지": "튀니스", "알제리": "알제시", "모로코": "라바트 카사블랑카",
    "수단공화국": "하르툼", "에티오피아": "아디스아바바", "케냐": "나이로비 몸바사 콘자", "탄자니아": "다르에스살람 도도마",
    "우간다": "캄팔라", "르완다": "키갈리", "마다가스카르": "안타나나리보", "모잠비크": "마푸투", "잠비아": "루사카",
    "짐바브웨": "하라레", "앙골라": "루안다", "남아프리카공화국": "요하네스버그 프리토리아 케이프타운 더반",
    "콩고민주공화국": "킨샤사", "카메룬": "야운데 두알라", "가봉": "리브르빌", "나이지리아": "라고스 아부자", "가나공화국": "아크라 테마항",
    "코트디부아르": "아비장", "세네갈": "다카르", "말리공화국": "바마코", "부르키나파소": "와가두구",
    "미국": (
        "뉴욕 워싱턴 로스앤젤레스 샌프란시스코 실리콘밸리 시카고 댈러스 디트로이트 애틀랜타 볼티모어 보스턴 시애틀 "
        "휴스턴 오스틴 마이애미 라스베이거스 콜럼버스"
    ),
    "캐나다": "토론토 밴쿠버 몬트리올 오타와", "멕시코": "멕시코시티 몬테레이 과달라하라", "과테말라": "과테말라시티",
    "온두라스": "테구시갈파", "엘살바도르": "산살바도르", "니카라과": "마나과", "코스타리카": "산호세", "파나마": "파나마시티",
    "쿠바": "아바나", "도미니카공화국": "산토도밍고", "자메이카": "킹스턴", "콜롬비아": "보고타 메데인 바랑키야", "베네수엘라": "카라카스",
    "에콰도르": "키토 과야킬", "페루": "리마시 쿠스코 친체로", "볼리비아": "라파스 산타크루즈 코차밤바",
    "브라질": "브라질리아 상파울루 리우데자네이루", "파라과이": "아순시온", "우루과이": "몬테비데오", "아르헨티나": "부에노스아이레스",
    "칠레": "산티아고 발파라이소", "영국": "런던 맨체스터 브리스틀", "아일랜드": "더블린", "프랑스": "파리시",
    "독일": "베를린 프랑크푸르트 뮌헨 함부르크 뒤셀도르프 하노버", "네덜란드": "암스테르담 로테르담 헤이그 에인트호번", "벨기에": "브뤼셀",
    "스위스": "취리히 제네바", "오스트리아": "빈시", "이탈리아": "로마시 밀라노", "스페인": "마드리드 바르셀로나", "포르투갈": "리스본",
    "그리스": "아테네", "덴마크": "코펜하겐", "스웨덴": "스톡홀름", "노르웨이": "오슬로", "핀란드": "헬싱키", "에스토니아": "탈린",
    "폴란드": "바르샤바 브로츠와프", "체코": "프라하", "슬로바키아": "브라티슬라바", "헝가리": "부다페스트", "루마니아": "부쿠레슈티",
    "불가리아": "소피아시", "세르비아": "베오그라드", "크로아티아": "자그레브", "우크라이나": "키이우", "벨라루스": "민스크",
    "러시아": "모스크바 상트페테르부르크 블라디보스토크", "호주": "시드니 멜버른 캔버라 브리즈번", "뉴질랜드": "오클랜드 웰링턴 크라이스트처치",
    "파푸아뉴기니": "포트모르즈비", "피지공화국": "수바시", "대만": "타이베이 가오슝",
}  # fmt: skip
# Halls and districts at home whose province their name does not tell.
_AT_HOME = {
    "킨텍스": "경기", "벡스코": "부산", "해운대": "부산", "센텀시티": "부산", "부산신항": "부산", "부산항": "부산", "엑스코": "대구",
    "대구테크노폴리스": "대구", "코엑스": "서울", "강남": "서울", "여의도": "서울", "상암": "서울", "마곡": "서울", "김대중컨벤션센터": "광주",
    "송도": "인천", "청라": "인천", "영종": "인천", "송도컨벤시아": "인천", "인천항": "인천", "인천국제공항": "인천", "분당": "경기",
    "일산": "경기", "동탄": "경기", "새만금": "전북", "진해": "경남", "마산": "경남", "하동": "경남", "명지": "부산", "광양항": "전남",
    "여수국가산단": "전남", "세풍": "전남", "옥계": "강원", "오창": "충북",
}  # fmt: skip
_AFRICA = (
    "이집트 리비아 튀니지 알제리 모로코 수단공화국 남수단 차드 니제르 에리트레아 부룬디 카보베르데 에스와티니 레소토 에티오피아 케냐 탄자니아 "
    "우간다 르완다 지부티 소말리아 마다가스카르 모리셔스 모잠비크 잠비아 짐바브웨 말라위 보츠와나 나미비아 앙골라 남아프리카공화국 "
    "콩고민주공화국 콩고공화국 카메룬 가봉 적도기니 나이지리아 가나공화국 코트디부아르 세네갈 말리공화국 부르키나파소 베냉 토고 시에라리온 "
    "라이베리아 감비아 기니공화국 모리타니"
)
_EUROPE = (
    "영국 아일랜드 프랑스 독일 네덜란드 벨기에 룩셈부르크 스위스 오스트리아 이탈리아 스페인 포르투갈 그리스 키프로스 몰타 덴마크 스웨덴 노르웨이 "
    "핀란드 아이슬란드 폴란드 체코 슬로바키아 헝가리 루마니아 불가리아 세르비아 크로아티아 슬로베니아 북마케도니아 알바니아 몬테네그로 "
    "우크라이나 벨라루스 몰도바 에스토니아 라트비아 리투아니아 러시아"
)
_SOUTH_ASIA = "인도 파키스탄 방글라데시 스리랑카 네팔 부탄 몰디브 아프가니스탄"
# Parts of the world that ``find_countries`` does not take apart.
_PARTS = {
    "아프리카": _AFRICA,
    "유럽": _EUROPE,
    "유럽연합": _EUROPE,
    "동유럽": "폴란드 체코 슬로바키아 헝가리 루마니아 불가리아 우크라이나 벨라루스 몰도바",
    "서남아시아": _SOUTH_ASIA,
    "동북아시아": "일본 중국 몽골 대만 홍콩",
    "남미": "콜롬비아 베네수엘라 에콰도르 페루 볼리비아 브라질 파라과이 우루과이 아르헨티나 칠레 가이아나 수리남",
    "북미": "미국 캐나다",
    "오세아니아": "호주 뉴질랜드 파푸아뉴기니 피지공화국 솔로몬제도 통가 사모아 바누아투 팔라우",
    "걸프협력회의": "사우디아라비아 아랍에미리트 카타르 바레인 오만 쿠웨이트",
    "아시아": "중국 일본 몽골 베트남 라오스 캄보디아 태국 미얀마 말레이시아 싱가포르 인도네시아 필리핀 브루나이 동티모르 카자흐스탄 우즈베키스탄 "
    f"키르기스스탄 타지키스탄 투르크메니스탄 {_SOUTH_ASIA}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in ``text[start:end]``.

    ``within`` has its own key and those of what it lies in (``자카르타, 인도네시아``); ``members`` the countries of a part of the
    world, empty for every other place.
    """

    start: int
    end: int
    key: str
    within: frozenset[str]
    members: frozenset[str] = frozenset()

    def covers(self, other: Place) -> bool:
        """Whether what is in ``other`` is in this place."""
        return self.key in other.within or bool(self.members & other.within)

    def is_near(self, other: Place) -> bool:
        """Whether both lie in one country or province, or one is a part of the world with the other's country in it."""
        shared = (self.within & other.within) - {HOME}
        return bool(shared or self.members & other.within or other.members & self.within)

    @property
    def country(self) -> str | None:
        """The key of the country that it is, or lies in; ``None`` for a part of the world."""
        return next((key for key in self.within if key == HOME or key in _countries()), None)

    def name(self, language: Language) -> str:
        """What it is called in ``language``."""
        return place_name(self.key, language)


def cities_of(country: str) -> tuple[str, ...]:
    """The keys of a country's cities, the better known first; none for Korea and for what is no country."""
    return tuple(city.replace("_", " ") for city in _CITIES.get(country, "").split())


def place_name(key: str, language: Language) -> str:
    """A place's name in ``language``; an unknown key stays."""
    if key in PROVINCES:
        return region_name(key, language)
    term = _by_key().get(key)
    return term[0 if language == "ko" else 1] if term is not None else key


@lru_cache(maxsize=20_000)
def find_places(text: str) -> tuple[Place, ...]:
    """The places in ``text`` that this module can locate, in order, without overlaps; words such as "overseas" are none."""
    found: list[Place] = []
    regions = find_regions(text)
    for match in _terms().find(text):
        key = match.term.korean[0]
        within, members = _located(key)
        # "경기 침체" is no province.
        is_other = key in PROVINCES and _is_free(match.start, match.end, regions)
        if within and not is_other:
            found.append(Place(match.start, match.end, key, within, members))
    for mention in regions:
        if len(mention.keys) == 1 and _is_free(mention.start, mention.end, found):
            named, province = text[mention.start : mention.end], mention.keys[0]
            key = province if named.casefold() == PROVINCES[province].casefold() else named
            found.append(Place(mention.start, mention.end, key, frozenset((key, province, HOME))))
    # What only the lists of countries know: everyday names.
    for word in re.finditer(r"\w+", text):
        names = find_countries(word.group()) if _is_free(word.start(), word.end(), found) else ()
        if len(names) == 1:
            found.append(Place(word.start(), word.end(), names[0], frozenset(names)))
    return tuple(sorted(found, key=lambda place: place.start))


def _is_free(start: int, end: int, taken: Iterable[Place | RegionMention]) -> bool:
    return all(end <= one.start or start >= one.end for one in taken)


def _located(key: str) -> tuple[frozenset[str], frozenset[str]]:
    """Where the place with this key lies, and which countries it has; nothing where that is unknown."""
    if key in _countries():
        return frozenset((key,)), frozenset()
    if key in _country_of():
        return frozenset((key, _country_of()[key])), frozenset()
    if key in _PARTS:
        return frozenset((key,)), frozenset(_PARTS[key].split())
    if key in _AT_HOME:
        return frozenset((key, _AT_HOME[key], HOME)), frozenset()
    regions = {one for mention in find_regions(key) for one in mention.keys}
    if len(regions) == 1:
        return frozenset((key, *regions, HOME)), frozenset()
    members = find_countries(key)
    return (frozenset((key,)), frozenset(members)) if len(members) > 1 else (frozenset(), frozenset())


@cache
def _terms() -> Termbase:
    return Termbase(term for term in Termbase.load().terms if term.kind in ("country", "place")).prepare()


@cache
def _by_key() -> dict[str, tuple[str, str]]:
    return {term.korean[0]: (_plain(term.korean[0]), term.english[0]) for term in _terms().terms}


def _plain(name: str) -> str:
    """A city's name without the 시 that keeps it apart from another word (도하시, 빈시)."""
    return name[:-1] if name.endswith("시") and _country_of().get(name) else name


@cache
def _countries() -> frozenset[str]:
    # Taiwan is listed among places.
    return frozenset(term.korean[0] for term in _terms().terms if term.kind == "country") | {"대만"}


@cache
def _country_of() -> dict[str, str]:
    return {city.replace("_", " "): country for country, cities in _CITIES.items() for city in cities.split()}
