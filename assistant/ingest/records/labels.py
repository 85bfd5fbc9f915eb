"""What a label in a notice stands for: 일시, Venue, 신청 마감, Contact."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.ingest.records.patterns import any_case


class Part(StrEnum):
    """The part of a notice that a label opens."""

    NAME = "name"
    WHEN = "when"
    WHEN_AND_PLACE = "when_and_place"
    HOURS = "hours"
    PLACE = "place"
    MODE = "mode"
    ORGANISER = "organiser"
    BUYER = "buyer"
    COUNTRY = "country"
    BUDGET = "budget"
    DEADLINE = "deadline"
    APPLY_PERIOD = "apply_period"
    HOW = "how_to_apply"
    CONTACT = "contact"
    ELIGIBLE = "eligible"
    REQUIREMENTS = "requirements"
    REMARK = "remark"


_OPENING = r"(?:행사|개최|교육|전시|대회|포럼|설명회|상담회|세미나|웨비나|로드쇼|박람회|컨퍼런스|회의|강의|진행|운영|파견|방문|당초)?\s?"
_KOREAN: tuple[tuple[Part, str], ...] = (
    (Part.WHEN_AND_PLACE, rf"{_OPENING}(?:일시|일자|날짜|기간|때)\s?(?:및|와|/|·|,|&)\s?(?:장소|곳|방식)"),
    (
        Part.DEADLINE,
        r"(?:.{0,12}(?:신청|접수|모집|등록|제출|응모|지원서|참가|입찰|공모|제안서?|지원)\s?)?(?:마감|기한|마감일|마감일시|마감 일시|마감시한|마감일자)",
    ),
    (Part.DEADLINE, r"(?:입찰서|제안서|신청서|서류|견적서)\s?(?:제출|접수)(?:\s?(?:일시|일자|일))?"),
    (
        Part.APPLY_PERIOD,
        r"(?:.{0,8}(?:참가|참여|사전|온라인|교육|입찰서?|제안서?|서류|원서)?\s?(?:신청|접수|모집|등록|응모|공모|제출)\s?(?:기간|일정|일시)"
        r"|접수|사전\s?등록|공고\s?기간)",
    ),
    (
        Part.HOW,
        r"(?:참가\s?|참여\s?|사전\s?|입찰\s?)?(?:신청|접수|등록|제출|응모|지원|참가|참여)\s?(?:방법|방식|안내|절차|요령|처)|참가\s?신청|신청|제출|사전\s?신청",
    ),
    (
        Part.CONTACT,
        r"(?:행사\s?|담당자?\s?)?문의(?:처|사항|\s?및\s?신청)?|연락처|담당자?(?:\s?연락처)|문의\s?전화|담당\s?부서",
    ),
    (
        Part.NAME,
        r"(?:행사|교육|과정|회의|대회|전시회|프로그램|세미나|포럼|강좌)\s?(?:명|이름|명칭|제목)|행사|회의|주제명|명칭",
    ),
    (Part.WHEN, rf"{_OPENING}(?:일시|일자|날짜|기간|일정|시기|때|예정일|개최일)|개최일|언제"),
    (Part.HOURS, r"시간|운영\s?시간|행사\s?시간|교육\s?시간"),
    (
        Part.PLACE,
        rf"{_OPENING}(?:장소|곳|지역|도시)|개최지|행사장|자리|방문국|방문지|파견국|파견\s?국가|위치|어디서?|어디에서",
    ),
    (Part.MODE, r"(?:진행|행사|개최|교육|참가|운영)?\s?(?:방식|방법|형태|형식)"),
    (
        Part.ORGANISER,
        r"주최|주관|공동\s?주최|주최\s?(?:[/·,및&]|\s및\s)\s?주관|주최\s?기관|주관\s?기관|주최자|주최측|개최\s?기관|누가",
    ),
    (Part.BUYER, r"발주처|발주\s?기관|발주자|수요\s?기관|공고\s?기관|입찰\s?공고\s?기관|계약\s?기관"),
    (Part.COUNTRY, r"(?:대상|발주|해당|개최|진출|사업)?\s?(?:국가|나라)(?:명)?|상대국"),
    (
        Part.BUDGET,
        r"(?:총\s?|배정\s?|소요\s?)?(?:사업\s?)?(?:예산|사업비|용역비|용역\s?금액|사업\s?금액|추정\s?가격|추정\s?금액|기초\s?금액|예정\s?가격|예정\s?금액|계약\s?금액|구매\s?예산)(?:액)?",
    ),
    (
        Part.REQUIREMENTS,
        r"(?:입찰\s?)?(?:참가|참여|응찰|입찰)\s?(?:자격|요건|조건)|자격\s?(?:요건|조건)|입찰\s?참가\s?자격",
    ),
    (Part.ELIGIBLE, r"(?:참가|참여|신청|모집|지원|교육|참석)?\s?(?:대상|자격)"),
    (Part.REMARK, r"비고|상태|참고|메모|진행\s?상황"),
)
_ENGLISH: tuple[tuple[Part, str], ...] = (
    (Part.WHEN_AND_PLACE, r"(?:when|dates?|time)\s?(?:and|&|/|,)\s?(?:where|venue|place|location)"),
    (
        Part.DEADLINE,
        r"(?:(?:registration|application|submission|entry|bid|tender|proposal|bidding|sign-?up)s?\s)?(?:deadline|closing date|due date|due|closes?|close)"
        r"(?:\s(?:for|of)\s(?:registration|applications?|submissions?|bids|proposals|entries|tenders))?(?:\s(?:on|by))?"
        r"|(?:register|apply|sign up|enrol|submit|rsvp|respond|reply|bids?\smust\sbe\sin)\s(?:by|before|until)|rsvp|last day to (?:apply|register)",
    ),
    (
        Part.APPLY_PERIOD,
        r"(?:registration|application|enrolment|sign-?up|submission)s?\s(?:period|dates?|window|opens?|phase)|registration",
    ),
    (
        Part.HOW,
        r"how to (?:register|join|apply|take part|participate|sign up|attend|bid|submit|enter)|to (?:register|join|apply)|(?:registration|application|submission)(?: procedure| method)?|sign-?up|register(?: at)?|apply(?: at)?",
    ),
    (
        Part.CONTACT,
        r"contacts?(?:\s(?:us|person|point|details|information))?|(?:for\s)?(?:more|further)\s(?:information|details)|enquir(?:y|ies)|inquir(?:y|ies)|questions\?|who to ask",
    ),
    (
        Part.NAME,
        r"(?:event|conference|fair|exhibition|webinar|seminar|course|workshop|forum|meeting|programme|program|session)(?:\s(?:name|title))?|name(?: of (?:the )?event)?|events?|title",
    ),
    (
        Part.WHEN,
        r"(?:event\s|conference\s|exhibition\s|show\s)?(?:dates?|date and time|dates and times?|period|schedule|day|days)|when",
    ),
    (Part.HOURS, r"(?:opening\s)?(?:hours|times?)"),
    (
        Part.PLACE,
        r"(?:event\s)?(?:venue|place|location|where|city|hall|site|address)|countries visited|host city|cities",
    ),
    (Part.MODE, r"format|mode|online or on[- ]site|on[- ]site or online|type|attendance|online"),
    (
        Part.ORGANISER,
        r"(?:co-?)?(?:organi[sz]ers?|hosts?|organi[sz]ed by|hosted by|organi[sz]ing body|run by)|organi[sz]er and host",
    ),
    (
        Part.BUYER,
        r"buyer|client|purchaser|employer|procuring (?:entity|agency|body)|contracting (?:authority|entity|body)|issued by|issuing (?:agency|body)|purchasing (?:entity|agency)|procuring|agency",
    ),
    (Part.COUNTRY, r"(?:target\s|host\s)?countr(?:y|ies)"),
    (
        Part.BUDGET,
        r"(?:total\s|estimated\s|available\s|maximum\s|project\s|contract\s|indicative\s)?(?:budget|value|contract value|cost estimate|price ceiling|ceiling|estimated cost|contract price)",
    ),
    (
        Part.REQUIREMENTS,
        r"(?:bidder\s|bidders?['’]?\s|minimum\s|qualification\s)?(?:requirements?|qualifications?|eligibility)(?: of bidders| criteria)?|who (?:may|can) bid",
    ),
    (
        Part.ELIGIBLE,
        r"who (?:can|may|should) (?:take part|join|attend|participate|apply|register|come)|participants|target group|eligibility|audience|for whom|open to",
    ),
    (Part.REMARK, r"remarks?|notes?|state(?: at publication)?|status|comments?"),
)
_MATCHERS = tuple((part, any_case(f"(?:{pattern})")) for part, pattern in (*_KOREAN, *_ENGLISH))
_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[가-하][.)]|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[.)]?|\(\d{1,2}\)|[□■◆◇○●ㅇ▪▶·•*※-])\s*")
_QUESTION_TIME = any_case(
    r"질의|질문|question|clarification|결과|발표|선정|통보|result|award|개찰|opening|평가|보증|bond"
)


@lru_cache(maxsize=4096)
def part_of(label: str | None) -> Part | None:
    """The part that a label, a heading or a column's head stands for; ``None`` for any other words."""
    if not label:
        return None
    plain = re.sub(r"\s+", " ", _NUMBER.sub("", label.strip().strip("*_ "))).strip(" :：[]<>【】()")
    if not plain or len(plain) > 40 or _QUESTION_TIME.search(plain):
        return None
    if both := re.fullmatch(r"(?P<first>[^()]+?)\s?\((?P<second>[^()]+)", plain):
        # "일시(Date)" says the same twice.
        return part_of(both["first"]) or part_of(both["second"])
    # "일 시" and "장   소" are spread out to line up with longer labels.
    forms = (plain, plain.replace(" ", "")) if re.search("[가-힣]", plain) else (plain,)
    return next((part for form in forms for part, matcher in _MATCHERS if matcher.fullmatch(form)), None)
