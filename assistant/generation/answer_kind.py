"""What kind of thing a question asks for, and whether a clause holds it."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from assistant.text.termbase import Termbase


class AnswerKind(StrEnum):
    """The kind of thing asked for; ``ANY`` where the question does not say."""

    AMOUNT = "amount"
    RATE = "rate"
    COUNT = "count"
    DATE = "date"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    CONTACT = "contact"
    ANY = "any"


# Kinds that a clause plainly holds or not.
STRICT_KINDS = frozenset({AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.DATE})

_ASKED: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = (
    (
        AnswerKind.RATE,
        re.compile(
            r"몇\s?(?:%|퍼센트|프로)|비율|비중|금리|이자율|\bpercent|\bper cent|\brate\b|\binterest\b|\bshare\b|%", re.I
        ),
    ),
    (
        AnswerKind.AMOUNT,
        re.compile(
            r"얼마|금액|몇\s?(?:억|조|만|원)|예산|한도|총사업비|사업비|규모|how much|how large|how big|\bbudget|\bcost|\bamount|\bcap\b|\bworth|\bfee\b|참가비",
            re.I,
        ),
    ),
    (
        AnswerKind.DATE,
        re.compile(
            r"언제|몇\s?(?:년|월|일|시)|며칠|기한|마감|까지예요|까지인가|일정|\bwhen\b|deadline|\bdate\b|what (?:day|year|month)|by when|how long|기간",
            re.I,
        ),
    ),
    (AnswerKind.COUNT, re.compile(r"몇\s?\S|how many|number of|수는|개수|얼마나", re.I)),
    (AnswerKind.PERSON, re.compile(r"누구|누가|직함|\bwho\b|\bwhom\b", re.I)),
    (
        AnswerKind.CONTACT,
        re.compile(
            r"연락처|전화|문의처|(?:어디|누구)(?:에|에게|한테|로)\s?(?:문의|연락|전화|물어)|이메일|전자우편\s?주소"
            r"|\bcontact|\bphone|\btelephone|\be-?mail address|\bwho (?:do|can|should) (?:i|we) (?:call|ask|write)",
            re.I,
        ),
    ),
    (
        AnswerKind.PLACE,
        re.compile(
            r"어디(?:서|에서)\s?(?:열|개최|진행|하|있|만나|모이)|장소|개최지|(?:어느|무슨)\s?(?:나라|도시|지역|곳)|어디(?:에|예요|인가|입니까|에요|죠)"
            r"|\bwhere\b|\bvenue\b|which (?:city|cities|country|countries|region|place)",
            re.I,
        ),
    ),
    (
        AnswerKind.ORGANISATION,
        re.compile(
            r"어디(?:서|에서)?\s?(?:담당|주관|맡|운영|지원|하나)|담당|소관|부처|기관|간사|\bwhich (?:ministry|agency|body|organi[sz]ation)|in charge|responsible",
            re.I,
        ),
    ),
)

_HELD: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.RATE: re.compile(r"\d(?:[\d.,]*)\s?(?:%p?|퍼센트|percent|per cent|percentage)", re.I),
    AnswerKind.AMOUNT: re.compile(
        r"\d[\d.,]*\s?(?:천|백)?\s?(?:억|조|만\s?(?:평|달러|불|원)|원|달러|불|㎢|㎡|million|billion|trillion|won|%)|[$₩€]\s?\d|KRW|USD",
        re.I,
    ),
    AnswerKind.DATE: re.compile(
        r"['‘’]\d{2}|\d{4}\s?[년.]|\d{1,2}\s?[월일시]|\d{1,2}:\d{2}|[상하]반기|분기|상시|수시|이내|\b(?:19|20)\d{2}\b"
        r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\byears?\b|\bquarter",
        re.I,
    ),
    AnswerKind.COUNT: re.compile(
        r"\d[\d,.]*\s?(?:만|천|백)?\s?\S|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I
    ),
    AnswerKind.PERSON: re.compile(
        r"장관|차관|국장|단장|과장|대표|원장|총리|위원장|\bMr\b|\bMs\b|Director|Minister|President|specialists?|experts?|panel|[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+",
        re.I,
    ),
    AnswerKind.PLACE: re.compile(
        r"장소|개최지|온라인|[가-힣]{2,}(?:시|도|군|구|센터|호텔|홀|관|코엑스|킨텍스|벡스코)(?![가-힣]{3})|\b(?:at|in) (?:the )?[A-Z]|\bvenue\b|\bplace\b|\bonline\b"
    ),
    AnswerKind.CONTACT: re.compile(r"\d{2,4}-\d{3,4}-\d{4}|\S+@\S+\.\S+|https?://|www\.|문의|contact", re.I),
    AnswerKind.ORGANISATION: re.compile(
        r"부\b|부처|처\b|청\b|공사|은행|센터|협회|기금|수은|무보|[A-Z]{3,}|Ministry|Agency|Corporation|Bank|Center",
        re.I,
    ),
}


def asked_kind(question: str) -> AnswerKind:
    """The kind of thing a Korean or English question asks for; the most telling one where it asks for several."""
    return next((kind for kind, pattern in _ASKED if pattern.search(question)), AnswerKind.ANY)


def asked_kinds(question: str) -> tuple[AnswerKind, ...]:
    """Every kind of thing a question asks for, the most telling first; ``(ANY,)`` where it does not say."""
    return tuple(kind for kind, pattern in _ASKED if pattern.search(question)) or (AnswerKind.ANY,)


_LABELS: dict[AnswerKind, re.Pattern[str]] = {
    AnswerKind.AMOUNT: re.compile(
        r"규모|총액|총\s?\S|전체|금액|한도|예산|이내|\bsize\b|\btotal\b|\bamount\b|\bbudget\b|\bup to\b|\blimit", re.I
    ),
    AnswerKind.DATE: re.compile(
        r"기한|마감|일시|일정|기간|날짜|까지|\bdates?\b|\bdeadline|\bdue\b|\buntil\b|\bcloses?\b|\bwhen\b", re.I
    ),
    AnswerKind.RATE: re.compile(r"금리|비율|비중|\brate\b|\bshare\b|percent", re.I),
}


def names_kind(text: str, kind: AnswerKind) -> bool:
    """Whether ``text`` calls what it holds by a word for this kind, as the label of a table's row does."""
    return kind in _LABELS and _LABELS[kind].search(text) is not None


def holds_kind(text: str, kind: AnswerKind) -> bool:
    """Whether ``text`` holds a thing of this kind; everything holds ``ANY``."""
    if kind is AnswerKind.PLACE and _places().search(text):
        return True
    return kind is AnswerKind.ANY or _HELD[kind].search(text) is not None


@cache
def _places() -> re.Pattern[str]:
    """Every place and country that the termbase knows, in both languages."""
    names = {
        form
        for term in Termbase.load().terms
        if term.kind in ("place", "country")
        for form in (*term.korean, *term.english)
        if len(form) > 1
    }
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
