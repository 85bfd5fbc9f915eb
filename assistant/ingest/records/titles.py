"""Names of events: the words that make one, and what a notice adds to them."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.ingest.records.patterns import any_case

# Words that alone make an event.
_KOREAN_NOUN = (
    r"설명회|로드쇼|박람회|포럼|[컨콘]퍼런스|세미나|웨비나|상담회|워크[숍샵]|엑스포|개소식|(?:스마트|비즈니스|산업|시티|주간|혁신|기술|투자|무역|수출|코리아)\s?위크"
    r"|심포지[엄움]|전시회|발대식|출범식|착공식|준공식|개막식|체결식|시상식|공청회|간담회|교류회|발표회|시연회|경진대회|학술대회|도로대회|세계대회|공모전"
    r"|해커톤|컨벤션|페스티벌|사절단|데모데이|쇼케이스|밋업|피칭(?:데이)?|(?<![A-Za-z])IR(?![A-Za-z])|페어|플라자|서밋|콩그레스|콘테스트|아카데미|투어|토론회|정상회의"
)
# Words that make one only with a name or a number before them.
_KOREAN_WEAK = r"교육|데이|회의|위원회|총회|회담|연수|캠프|클리닉|핀포인트\s?상담|비즈니스\s?컨설팅|상담|컨설팅|위크|주간|축제|행사|투자유치\s?활동|투자유치단"
_ENGLISH_NOUN = (
    r"webinar|road\s?show|trade\sfair|fair|expo|exposition|exhibition|conference|seminar|workshop|match\s?making|forum|opening\sceremony|ceremony|plaza"
    r"|summit|symposium|congress|showcase|hackathon|convention|festival|trade\smission|delegation|roundtable|briefing\ssession|info(?:rmation)?\ssession"
    r"|business\smeetings?|consultation\smeeting|meet-?up|demo\sday|open\sday|masterclass|boot\s?camp|pitch(?:ing)?\s(?:day|event|session)|open\shouse|campaign"
    r"|open\sforum|launch\sevent|tech\sday|clinic"
)
_ENGLISH_WEAK = r"day|week|meeting|training|course|consulting|consultation|session|mission|event|tour|briefing|academy|gathering|visit"
STRONG = any_case(
    rf"(?:{_KOREAN_NOUN})(?![가-힣]*(?:장|지원사업|비|실))|(?<![A-Za-z])(?:{_ENGLISH_NOUN})s?(?![A-Za-z])"
)
ANY = any_case(rf"(?:{_KOREAN_NOUN}|{_KOREAN_WEAK})|(?<![A-Za-z])(?:{_ENGLISH_NOUN}|{_ENGLISH_WEAK})s?(?![A-Za-z])")
KOREAN_NAME_END = rf"(?:{_KOREAN_NOUN}|{_KOREAN_WEAK})"
ENGLISH_NAME_WORD = rf"(?:{_ENGLISH_NOUN}|{_ENGLISH_WEAK})"
ENGLISH_STRONG_WORD = rf"(?:{_ENGLISH_NOUN})"
_WEBINAR = any_case(r"웨비나|온라인|화상|비대면|webinar|online|virtual")

_TAG = re.compile(
    r"^\s*(?:[\[【〔<(（][^\]】〕>)）]{1,16}[\]】〕>)）]\s*|(?:재공고|정정공고|공고문?|보도자료|안내|알림|공지)\s*[:：]\s*)+"
)
_QUOTED_WHOLE = re.compile(r"^[「『“\"‘'《〈](?P<inner>[^」』”\"’'》〉]+)[」』”\"’'》〉]\s*(?P<rest>.*)$")
_KOREAN_TAIL = re.compile(
    r"\s*(?:(?:(?:참가|참여|참석|신청|접수|수강|교육)\s?(?:기업|업체|기관|자|생|팀)?\s?(?:및\s?)?)?(?:추가\s?)?(?:모집|신청|접수)(?:\s?(?:공고|안내|기간))?"
    r"|(?:참가|참여|참석)\s?(?:기업|업체)?\s?(?:안내|신청)|(?:개최|행사|일정|사전\s?등록)?\s?(?:안내|공고|알림|공지|공지사항|안내문|공고문)|개최(?:\s?계획)?|열려|열린다|성료|개막"
    r"|입찰\s?(?:공고|안내)|입찰)\s*(?:\([^)]*\))?\s*$"
)
_ENGLISH_TAIL = any_case(
    r"\s*(?:[:–—-]\s*(?:(?:call|invitation|request)\s(?:for|to)\s.{3,40}|save the date|registration(?: now)? open|register now|notice|announcement|apply now|programme|agenda)"
    r"|\s(?:call for (?:participants|participation|applications)|registration open))\s*$"
)
_ENGLISH_HEAD = any_case(
    r"^(?:(?:invitation|notice|announcement|call|request|save the date|register(?: now)?|registration(?: open)?|tender notice|event notice)"
    r"(?:\s(?:for|to|of)\s(?:bids?|proposals?|tenders?|quotations?|participation|participants|expressions of interest|the))?\s*[:–—-]\s*"
    r"|(?:invitation|announcement|notice) (?:to|of|for) (?:the\s)?|(?:RFP|RFQ|IFB|ITB)\s*[:–—-]\s*)"
)
_LIST_MARK = re.compile(r"^(?:[□■◆◇○●◦ㅇ▪▶·•*※-]|\d{1,2}[.)]|\(\d{1,2}\)|[①-⑳]|[가-하][.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[.)]?)\s*")


def bare(text: str) -> str:
    """A line without its list mark and emphasis."""
    return _LIST_MARK.sub("", text.strip()).strip().strip("*_").strip()


def event_name(title: str) -> str:
    """The event's or tender's own name: the title without tags, "개최 안내", ": call for participants" and the like."""
    name = _TAG.sub("", bare(title)).strip()
    if (quoted := _QUOTED_WHOLE.match(name)) and (not quoted["rest"] or _KOREAN_TAIL.fullmatch(" " + quoted["rest"])):
        name = quoted["inner"].strip()
    for pattern in (_ENGLISH_HEAD, _KOREAN_TAIL, _KOREAN_TAIL, _ENGLISH_TAIL):
        shorter = pattern.sub("", name).strip(" -–—:·,")
        if len(shorter) >= 4:
            name = shorter
    return name


@lru_cache(maxsize=4096)
def key_of(title: str) -> str:
    """What two spellings of the same title share."""
    return re.sub(r"\W+|예시|가상", "", event_name(title)).casefold()


def is_online(text: str) -> bool:
    """Whether the words say that one can take part over the network."""
    return bool(_WEBINAR.search(text))
