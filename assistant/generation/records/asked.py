"""What a question asks of one thing in the calendar: whether it is still open, until when, or when it is held."""

from __future__ import annotations

import re

_DEED = r"(?:신청|접수|모집|참가|참여|지원|입찰|투찰|등록|제출|응모|예약|들어|낼|볼|갈)"
_STANDING = re.compile(
    r"아직|벌써|늦(?:었|지|은\s?건)|닫혔|(?<!언제\s)닫혀|끝(?:났|난\s?건|나\s?버)|마감(?:됐|되었|되진|된\s?건|된\s?거|인가|했나|했습)|지났|지난\s?건|접수\s?중(?:인가|이에|이야|입니까|인지)"
    r"|열려\s?있(?:나|습|어|을|는지|는가|죠)|유효한가"
    rf"|(?:지금|현재|오늘|이제|요즘)(?:도|이라도|은|까지)?\s[^?.]{{0,24}}{_DEED}[^?.]{{0,8}}(?:수\s?있(?:나|습|어|을|는지|죠|지)|가능(?:한가|할까|해|합|한지)|되나|됩니까|돼|받나|받습|받고\s?있(?:나|습))"
    r"|\bstill\b|\bnot yet\b|\btoo late\b|\bmissed\b|\balready (?:over|past|closed?|shut|ended|finished)\b"
    r"|^(?:\W*(?:so|and|but|ok)\W+)?\W*(?:is|are|has|have|did|was)\s(?!there\b|any\b)[^?]{2,80}\b(?:open|closed?|over|past|shut|ended|finished|expired|passed|coming up)\b(?:\s(?:now|today|yet|already|soon|for (?:applications|registration|bids)))?\W*$"
    r"|^(?:\W*(?:so|and|but|ok)\W+)?\W*(?:can|could|may) (?:we|i|one|companies|they)\b[^?]{0,60}\b(?:apply|bid|register|join|submit|enter|sign up)\b[^?]{0,30}\b(?:now|today|right away)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"언제까지|며칠까지|몇\s?(?:월|일)까지|(?:신청|접수|제출|모집|응모|입찰)\s?(?:마감|기한)|마감(?:일|이|은|\s?언제)"
    r"|\buntil when\b|\bby (?:when|what (?:date|day))\b|\bdeadline\b|\bclosing (?:date|day|time)\b|\bdue\b|\blast day\b|\bhow long can (?:i|we) (?:still )?(?:apply|register)"
    r"|\bwhen (?:do|does|must|should|will)\b[^?]{0,60}\b(?:close|closes|be in|be handed in|be submitted|have to be)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?<!신청은\s)(?<!신청이\s)(?<!접수는\s)(?<!등록은\s)언제\s?(?:열|개최|하|해(?!야)|할|있|진행|예요|인가|입니까|에요|죠)|며칠(?:이|에|예|인)"
    r"|\bwhen (?:is|will|does)\b(?!.{0,20}\b(?:registration|application|deadline|enrol))[^?]{0,60}\b(?:held|take place|taking place|happen|start|roadshow|webinar|expo|fair|event|conference|seminar|day|briefing)",
    re.IGNORECASE,
)


def asks_standing(question: str) -> bool:
    """Whether it asks if something can still be taken part in, or is over; no mere "now" of a fact."""
    return _STANDING.search(question) is not None


def asks_deadline(question: str) -> bool:
    """Whether it asks until when one may apply, bid or hand in."""
    return _DEADLINE.search(question) is not None


def asks_days(question: str) -> bool:
    """Whether it asks when an event is held."""
    return _DAYS.search(question) is not None


def asks_calendar(question: str) -> bool:
    """Whether it asks for any of these, so that the calendar may know where no passage answers."""
    return asks_standing(question) or asks_deadline(question) or asks_days(question)
