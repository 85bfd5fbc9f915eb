"""What kind of thing a question asks for, and whether a clause holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from assistant.text.language import has_hangul
from assistant.text.termbase import Termbase


class AnswerKind(StrEnum):
    """The kind of thing asked for, the most telling ones first; ``ANY`` where the question does not say."""

    RATE = "rate"
    AMOUNT = "amount"
    DATE = "date"
    COUNT = "count"
    PERSON = "person"
    CONTACT = "contact"
    PLACE = "place"
    ORGANISATION = "organisation"
    REASON = "reason"
    METHOD = "method"
    CRITERION = "criterion"
    ROLE = "role"
    DEFINITION = "definition"
    ANY = "any"


# Kinds that a clause plainly holds or not.
STRICT_KINDS = frozenset({AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.DATE})


def _compiled(patterns: Mapping[AnswerKind, str]) -> dict[AnswerKind, re.Pattern[str]]:
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in patterns.items()}


_SPANS_OF_TIME = "(?:years|months|weeks|days|hours)"
# Who may do these is asked of conditions, not of a person.
_TAKES_PART_KO = r"(?:신청|참가|참여|지원|응모|입찰|이용|들어|받)[^?]{0,6}(?:수\s?있|가능|되|돼)"
_TAKES_PART_EN = r"(?:can|could|may|is (?:eligible|allowed|entitled)|qualifies)\b"
# Question words that ask for one kind of thing.
_WORDS = _compiled(
    {
        AnswerKind.RATE: r"몇\s?(?:%|퍼센트|프로)|\bpercent|\bper cent",
        AnswerKind.AMOUNT: r"얼마(?!나\s?(?:오래|길|자주|빨|많은))|몇\s?(?:억|조|만|천|원|달러|불)|how (?:large|big)\b"
        r"|how much(?! (?:longer|later|earlier|sooner|faster|time))",
        AnswerKind.DATE: r"언제|몇\s?(?:년|월|일|시|개월|달|주)|며칠|얼마나\s?(?:오래|길)|\bwhen\b|\bhow (?:much )?(?:long|later|earlier|sooner)"
        rf"|how many (?:\w+ )?{_SPANS_OF_TIME}",
        AnswerKind.COUNT: r"몇\s?(?!%|퍼센트|프로|[억조만천원년월일시달주]|개월|불)[가-힣]|얼마나\s?(?:많은|자주)|how often"
        rf"|how many(?! (?:\w+ )?{_SPANS_OF_TIME})",
        AnswerKind.PERSON: rf"누구|누가(?!\s?{_TAKES_PART_KO})|\b(?:who|whom|whose)\b(?!\s{_TAKES_PART_EN})",
        AnswerKind.CONTACT: r"(?:어디|누구)(?:에|에게|한테|로)\s?(?:문의|연락|전화|물어)|담당\s?부서|(?:어느|무슨|어떤)\s?부서|\bwho (?:do|can|should) (?:i|we) (?:call|ask|write)"
        r"|\b(?:which|what) (?:\w+ )?(?:office|department|team|desk|division)\b",
        AnswerKind.PLACE: r"어디(?:서|에서)?\s?(?:열|개최|진행|하|있|만나|모이)|(?:어느|무슨)\s?(?:나라|도시|지역|곳)"
        r"|어디(?:에|어디|예요|인가|입니까|에요|죠|였)|\bwhere\b",
        AnswerKind.ORGANISATION: r"어디(?:서|에서)?\s?(?:담당|주관|맡|운영|지원|하나)|(?:어느|무슨|어떤)\s?(?:부처|기관|부서|팀|은행|단체|회의)",
        AnswerKind.REASON: r"(?<![가-힣])왜(?![가-힣]{2})|때문에|\bwhy\b|\bhow come\b|\bwhat\b[^?]*(?<!account )(?<!pay )(?<!apply )(?<!stand )(?<!ask )(?<!look )(?<!call )\bfor\?",
        AnswerKind.METHOD: r"어떻게\s?(?:하|해|신청|접수|제출|참가|참여|등록|이용|받|진행|운영|뽑|고르|선정)|어떤\s?식"
        r"|\bhow (?:do|can|could|should|to|does|did|is|are|was|were|will|would)\b",
        AnswerKind.CRITERION: rf"누가\s?{_TAKES_PART_KO}|\bwho\s{_TAKES_PART_EN}",
        AnswerKind.ROLE: r"(?:뭘|무엇을|뭐|어떤\s?걸)\s?(?:좀\s)?(?:도와|돕|해\s?주|지원해|하는\s?(?:곳|데|기관|센터|팀))|무슨\s?(?:일|역할|도움)|어떤\s?(?:일|역할|도움)"
        r"|\bwhat (?:do|does|did|will|can|could|would) (?:\w+ ){1,5}?(?:do|help|offer|provide)\b(?! (?:i|we)\b)",
        AnswerKind.DEFINITION: r"(?:무슨|어떤)\s?(?:뜻|의미|제도|사업|자금|서비스|상품|프로그램|건가|거예|기구|개념)"
        r"|(?:뭐|뭔|무엇)(?:예요|에요|야|죠|가요|인가|입니까|지요|이에요|을\s?말)|(?:뭐|무엇|뭘)\s?하는"
        r"|\bwhat does .{1,60}\b(?:mean|stand for|refer to)\b|^what(?:'s| is| are| exactly is| exactly are)(?: exactly)?\s(?:[^\s?]+\s?){1,6}(?:\?|$| and )",
    }
)
# Nouns that name the kind where the question word leaves it open ("what is the …", 얼마, 알려 주세요).
_NOUNS = _compiled(
    {
        AnswerKind.RATE: r"비율|비중|금리|이자|\brates?\b|\binterest\b|\bshare\b|%",
        AnswerKind.AMOUNT: r"금액|예산|한도|사업비|규모|계약금|참가비|\bbudget|\bamount|\bcap\b|\bworth\b|\bfee\b|\bsize\b|\bvalue\b|\bprice\b"
        # Which costs are covered, or what a program for costs pays for, is no sum.
        r"|\bcosts?\b(?![^?]*\b(?:covers?|covered|pays?|paid|reimburse\w*|eligible|supports?|funds?|counts?)\b)",
        AnswerKind.DATE: r"기한|마감|까지(?:예요|인가)|일정|기간|날짜|deadline|\bdates?\b|(?<!\blast )(?<!\bthis )(?<!\bnext )\b(?:day|year|month|term|period)\b",
        AnswerKind.COUNT: r"\bnumber of|수는|수를|개수|인원",
        AnswerKind.PERSON: r"직함|직책|성함|성명|이름(?!의)|\bnames? of (?:the |its )?(?:director|minister|head|chair|person|official)|\bjob title",
        AnswerKind.CONTACT: r"연락처|전화|문의처|이메일|전자우편\s?주소|\bcontact|\bphone|\btelephone|\be-?mail address",
        AnswerKind.PLACE: r"장소|개최지|\bvenue\b|(?<!smart )(?<!-)\b(?:city|cities|country|countries|region|regions|place|places)\b",
        AnswerKind.ORGANISATION: r"담당|소관|부처|기관|간사|in charge|responsible"
        r"|\b(?:ministry|ministries|agency|agencies|body|organi[sz]ation|office|department|institution|bank)\b",
        AnswerKind.REASON: r"이유|까닭|배경|목적|취지|\b(?:reasons?|purpose|aims?|goals?)\b",
        AnswerKind.METHOD: r"방법|절차|\b(?:procedure|steps)\b|\bway to\b",
        AnswerKind.CRITERION: r"기준|요건|자격|조건|\b(?:criteria|criterion|basis|conditions?|requirements?)\b",
        AnswerKind.ROLE: r"역할|기능|업무|하는\s?일|\b(?:role|functions?|duties)\b",
        AnswerKind.DEFINITION: r"정의|의미|설명해|\b(?:define|definition|meaning|explain|describe)\b|\btell me about\b",
    }
)
# Question words that leave the kind to a noun.
_OPEN = re.compile(
    r"얼마|몇|무엇|뭐|뭔|뭘|무슨|어떤|어떻게|알려|말해|알고|궁금|설명|\b(?:what|which|how much|give|tell|name|list|explain|describe)\b",
    re.IGNORECASE,
)
# In English that noun stands soon after the question word, or is joined to one that does.
_FOCUS = re.compile(
    r"\bwhich\b(?:\W+\w+){0,2}"
    r"|\b(?:what(?:'s)?|how much|give|tell|name|list|explain|describe|and (?:the|its|their|by|how))\b(?:\W+\w+){0,5}",
    re.IGNORECASE,
)

_NUMBER = (
    r"(?<![\d.,'’‘])(?!(?:19|20)\d\d(?![\d,]))\d[\d,.]*\s?(?:만|천|백|억)?\s?(?:여\s?)?"
    r"(?:개|곳|명|인\b|건|회|번|社|사\b|팀|종|호\b|세대|가구|점|군데|국\b|쪽|대\b|차례|가지|배\b|단계|과제)"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
# Words that end like places.
_NO_PLACE = (
    r"(?<!제도)(?<!정도)(?<!한도)(?<!속도)(?<!년도)(?<!용도)(?<!연구)(?<!기구)(?<!요구)(?<!도구)(?<!기관)(?<!유관)"
)
_HELD = _compiled(
    {
        AnswerKind.RATE: r"\d(?:[\d.,]*)\s?(?:%p?|퍼센트|percent|per cent|percentage)",
        AnswerKind.AMOUNT: r"\d[\d.,]*\s?(?:천|백)?\s?(?:억|조|만\s?(?:평|달러|불|원)|원|달러|불|㎢|㎡|million|billion|trillion|won|%)|[$₩€]\s?\d|KRW|USD",
        AnswerKind.DATE: r"['‘’]\d{2}|\d{4}\s?[년.]|\d{1,2}\s?[월일시]|\d{1,2}:\d{2}|[상하]반기|분기|(?<![가-힣])(?:상시|수시)|이내|\b(?:19|20)\d{2}\b"
        rf"|\b(?:{_MONTHS})\b|\byears?\b|\bquarter",
        AnswerKind.COUNT: rf"{_NUMBER}|\b(?:{_SMALL})\b|(?<![\d.,'’‘$])(?!(?:19|20)\d\d\b)\d[\d,]*\s(?:\w+\s){{0,2}}(?:\w+s|people|staff)\b|\| \d[\d,]*(?: \||$)",
        AnswerKind.PERSON: r"장관|차관|국장|단장|과장|대표|원장|총리|위원장|\bMr\b|\bMs\b|Director|Minister|President|specialists?|experts?|panel|(?-i:[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+)",
        AnswerKind.PLACE: rf"장소|개최지|온라인|[가-힣]{{2,}}(?:시(?!티)|도|군|구|센터|호텔|홀|관)(?![가-힣]{{3}}){_NO_PLACE}|코엑스|킨텍스|벡스코|\bvenue\b|\bplace\b|\bonline\b|(?-i:\b(?:at|in) (?:the )?(?!{_MONTHS})[A-Z])",
        AnswerKind.CONTACT: r"\d{2,4}-\d{3,4}-\d{4}|\S+@\S+\.\S+|https?://|www\.|문의|contact",
        AnswerKind.ORGANISATION: r"[가-힣]부\b|부처|[가-힣]처\b|[가-힣]청\b|공사|은행|협회|기금|수은|무보|진흥원|위원회|Ministry|Agency|Corporation|Bank|Authority|Association|Institute|meeting|회의",
        AnswerKind.REASON: r"때문|위해|위하여|위한|위함|인해|인한|이유|사유|까닭|배경|목적|취지|감안|고려|덕분|활용|에 따라|에 따른|(?:으로|함에) 따[라른]|탓|어려[워움]|곤란|부족|미흡|하고자|도록|므로|[가-힣]기에\s|[가-힣][아어]서\s"
        r"|because|due to|\bsince\b|\bas the\b|in order to|so that|\baims?\b|purpose|reason|as a result|owing|\bgiven\b|\bin (?:view|light) of\b|\bfollowing\b|\brecogni[sz]ing\b|determined that"
        r"|\bto (?:help|support|promote|improve|create|build|secure|strengthen|obtain|share|facilitate|provide|make|enable|meet|allow|ensure|reduce|increase)\b",
        AnswerKind.METHOD: r"신청|접수|제출|등록|온라인|홈페이지|우편|통해|방식|절차|방법|submit|\bsend\b|\bupload|\bfill in\b|e-?mail|\bappl|register|registration|online|\bthrough\b|\bvia\b|\bby \w+ing\b",
        AnswerKind.CRITERION: r"기준|요건|조건|자격|평가|심사|이상|이하|이내|대상|based on|criteri|according to|\bmust\b|at least|require|eligib|review",
        AnswerKind.ROLE: r"지원|돕|도움|도와|제공|상담|알선|연결|조사|발굴|수집|주선|안내|컨설팅|교육|역할|업무"
        r"|\b(?:help|support|provid|assist|arrang|consult|link|connect|gather|collect|coordinat|offer|organi[sz]|invit|visit|train|advis)\w*",
        AnswerKind.DEFINITION: r"정의|뜻|의미|을\s?말|를\s?말|(?:사업|제도|자금|기금|서비스|프로그램|상품|체계|모델|기구|기관|협의체|협력체|행사|시스템)(?:인\s|입니다|이다|임$)"
        r"|\brefers? to\b|\bmeans?\b|\bstands? for\b|\bknown as\b|\bdefined as\b|\b(?:is|are) (?:an?|the|one)\b|\(an? ",
    }
)


def asked_kind(question: str) -> AnswerKind:
    """The kind of thing a Korean or English question asks for; the most telling one where it asks for several."""
    return asked_kinds(question)[0]


def asked_kinds(question: str) -> tuple[AnswerKind, ...]:
    """Every kind of thing a question asks for, the most telling first; ``(ANY,)`` where it does not say."""
    found = {kind for kind, pattern in _WORDS.items() if pattern.search(question)}
    if not found or _OPEN.search(question):
        foci = _FOCUS.findall(question)
        focus = " … ".join(foci) if foci and not has_hangul(question) else question
        named = {kind for kind, pattern in _NOUNS.items() if pattern.search(focus)}
        # "How much" and "what is" mean what the noun says.
        found = (found - {AnswerKind.DEFINITION} if named else found) | named
    return tuple(kind for kind in AnswerKind if kind in found) or (AnswerKind.ANY,)


_LABELS = _compiled(
    {
        AnswerKind.AMOUNT: r"규모|총액|총\s?\S|전체|금액|한도|예산|이내|\bsize\b|\btotal\b|\bamount\b|\bbudget\b|\bup to\b|\blimit",
        AnswerKind.DATE: r"기한|마감|일시|일정|기간|날짜|까지|\bdates?\b|\bdeadline|\bdue\b|\buntil\b|\bcloses?\b|\bwhen\b",
        AnswerKind.RATE: r"금리|비율|비중|\brate\b|\bshare\b|percent",
        AnswerKind.PLACE: r"^(?:곳|장소|개최지|위치|venue|place|location)\b",
        AnswerKind.METHOD: r"(?:신청|접수|제출|참가|참여|등록|응모|이용)\s?(?:방법|절차)|방법\s?[:|]|\bhow to (?:apply|register|join|bid|enter|take part)|\bsubmission\b",
        AnswerKind.ROLE: r"하는\s?일|역할|기능|업무|지원\s?(?:내용|사항|업무)|\bwhat (?:they|it) do(?:es)?\b|\bfunctions?\b|\bservices?\b|\bactivities\b",
    }
)
_QUESTION_WORD = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how)\b|얼마|몇|무엇|뭐|뭔|뭘|무슨|어떤|어떻게|누구|누가|언제|어디|어느|왜",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"(?:나요?|까요?|니까|죠|지요|는지|어요|아요|는가|가요|은지|되는)\W*$"
    r"|(?:[.,?!]\s|^)\W*(?:(?:so|and|but|then)\W+)?(?:is|are|was|were|do|does|did|can|could|may|must|will|would|should|has|have)\s\w",
    re.IGNORECASE,
)
_TELLS_WHETHER = re.compile(
    r"수\s?(?:있|없)|않|못|불가|가능|하여야|해야|허용|제외|한함|한하|필요|만\s?(?:가능|지원|신청)|없[습음이다]"
    r"|\b(?:can|cannot|can't|must|may|not|only|no|need|required?|allowed|eligible|except|unless|free)\b",
    re.IGNORECASE,
)


def asks_whether(question: str) -> bool:
    """Whether a question can be answered by yes or no."""
    return not _QUESTION_WORD.search(question) and _WHETHER.search(question) is not None


def tells_whether(text: str) -> bool:
    """Whether ``text`` allows, forbids, demands or denies something."""
    return _TELLS_WHETHER.search(text) is not None


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
    """Every place and country that the termbase knows, in both languages, save the one that all the documents are about."""
    names = {
        form
        for term in Termbase.load().terms
        if term.kind in ("place", "country") and "대한민국" not in term.korean
        for form in (*term.korean, *term.english)
        if len(form) > 1
    }
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
