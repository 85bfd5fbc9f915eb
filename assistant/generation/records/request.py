"""Which events, tenders or programs a question asks for: of what sort, where, when, about what, and whether they are still open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.generation.records.asked import asks_standing
from assistant.generation.records.window import window_asked
from assistant.text.dates import find_dates
from assistant.text.language import has_hangul
from assistant.text.places import Place, find_places
from assistant.types import Concept, Period, Query, RecordType

_EVENTS = (
    r"행사|설명회|로드쇼|박람회|전시회|세미나|웨비나|포럼|[컨콘]퍼런스|상담회|워크[숍샵]|클리닉|엑스포|이벤트"
    r"|\bevents?\b|\bwebinars?\b|\broad\s?shows?\b|\bfairs?\b|\bexpos?\b|\bseminars?\b|\bconferences?\b|\bworkshops?\b|\bbriefings?\b"
    r"|\bforums?\b|\bexhibitions?\b|\bclinics?\b|\binfo(?:rmation)? sessions?\b|\banything (?:on|happening|going on|coming up)\b"
)
_TENDERS = (
    r"입찰|발주|용역|조달|\btenders?\b|\bbids?\b(?! bond)|\brequests? for proposals?\b|\brfps?\b|\bprocurements?\b"
)
_PROGRAMS = (
    r"지원\s?(?:사업|프로그램|제도|책)|(?:공모|모집)\s?사업|바우처|보조금|대출(?:\s?지원)?|(?:모집|지원)\s?공고|프로그램|(?<=[는인된큰은른]\s)(?:사업|공고|자금|상품)|(?<=한\s)공고|^공고(?=[\s은는이가])"
    r"|\bprogram(?:me)?s?\b|\bgrants?\b|\bschemes?\b|\bvouchers?\b|\bloans?\b|\bsupport (?:program(?:me)?|scheme)s?\b|\bsupport\b"
    r"|\bcalls?\b(?! for (?:participants|proposals))|\bdeadlines\b|(?:(?<=마감되는\s)|(?<=마감하는\s)|(?<=끝나는\s))(?:거|것|게|건)"
)
_NOUNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in ((RecordType.EVENT, _EVENTS), (RecordType.TENDER, _TENDERS), (RecordType.PROGRAM, _PROGRAMS))
)
# Nouns that may mean a program as well as a tender.
_CALL = re.compile(r"공고|calls?|deadlines|거|것|게|건", re.IGNORECASE)
# Sorts of records by what their titles (or, of loans and the like, their quoted fields) call them, in either language.
_SORTS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(called, re.IGNORECASE))
    for asked, called in (
        (r"로드쇼|\broad\s?show", r"로드쇼|road\s?show"),
        (r"설명회|\bbriefings?\b|\binfo(?:rmation)? sessions?\b", r"설명회|briefing|info(?:rmation)? session"),
        (r"박람회|페어|엑스포|전시회|\bfairs?\b|\bexpos?\b|\bexhibitions?\b", r"박람회|페어|엑스포|전시회|\bfair\b|\bexpo\b|exhibition"),
        (r"상담회", r"상담회|consult"),
        (r"세미나|\bseminars?\b", r"세미나|seminar"),
        (r"포럼|\bforums?\b", r"포럼|forum"),
        (r"[컨콘]퍼런스|\bconferences?\b", r"[컨콘]퍼런스|conference"),
        (r"워크[숍샵]|\bworkshops?\b", r"워크[숍샵]|workshop"),
        (r"클리닉|\bclinics?\b", r"클리닉|clinic"),
        (r"대출|융자|\bloans?\b", r"대출|융자|\bloans?\b"),
        (r"바우처|\bvouchers?\b", r"바우처|voucher"),
        (r"보조금|\bgrants?\b", r"보조금|지원금|\bgrant"),
        (r"상시|수시|연중|소진|\brolling\b|\byear-round\b", r"(?:상시|수시|연중)\s?접수|소진|rolling|year-round|used up|runs out"),
        (r"타당성\s?조사|\bfeasibility", r"타당성\s?조사|feasibility"),
    )
)  # fmt: skip
_ONLINE = re.compile(r"온라인|비대면|웨비나|화상|\bonline\b|\bwebinars?\b|\bvirtual\b|\bremote", re.IGNORECASE)
# Words that a question for records may hold besides their sort, place, time and subject.
_STEM = (
    r"지금|현재|아직|요즘|최근|오늘|혹시|뭐|뭔가|뭘|무엇|무슨|어떤|있|없|나온|나오|나와|뜬|뜨|떴|떠|올라|예정|계획|알려"
    r"|알고|보여|찾|추천|정리|소개"
    r"|부탁|주[세시]|싶|궁금|끝|남|공고|일정|목록|소식|정보|리스트|중에|중인|저희|우리|들어갈|다른|전부|모두|가까|제일|가장|임박|급한|상시|수시|연중|시작|소진|시까지"
    r"|빠른|빨리|이번|다음|내년|올해|몇"
)
_DEED = (
    r"(?:신청|접수|모집|참가|참여|진행|마감|응모|개최|투찰|이용|지원|취소|정정|변경|연기|연장)(?:을|를|이|가|은|는|도)?(?:(?:할|하|한|해|중|가능|되"
    r"|된|됐|돼|받|예정)[가-힣]*)?"
    r"|하나요?|하는|하고|합니까|해요|한다|열[리려릴린립렸][가-힣]*|여[나는][가-힣]*|가능[가-힣]*|받을?|받는|나갈|수|좀|더"
    r"|또|다|안|몇|(?:사업|프로그램|자금)들?(?:은|는|이|가|을|를)?|순(?:서|으로|서대로)?|(?:개|건)(?:나|이나|가|이|정도)?(?:인가요|인지|입니까|이에요|예요)?|줘요?|주나요|되나요?|됩니까|되는|될까요?"
    r"|(?:것|거|게|건|곳)(?:들?[이은는도]?|나|요|예요|있[가-힣]*)?|인가요?|인지|입니까|[?？!.,~ㅋㅎ]+"
)
_KOREAN_TAIL = re.compile(rf"^(?:{_DEED}|(?:{_STEM})[가-힣]*)$")
_PARTICLE = re.compile(
    r"^(?:\s?(?:공고|안내|일정|목록|소식|정보|계획|리스트|건))?(?:들)?(?:에서|에는|에도|중에서?|이나|이|가|은|는|도|을|를"
    r"|의|로)?(?:요|야)?(?=\s|$|[?？!.,~])"
)
_DATE_PARTICLE = re.compile(r"^(?:에는|에도|에|의|은|는|도)?(?=\s|$)")
# "Can we join it?" is about one that is known.
_ABOUT_ONE = re.compile(r"(?:수\s?있|가능|되나|됩니까|될까|돼요)")
_ASKS_WHO = re.compile(
    r"(?:어떤|무슨|어느)\s?(?:기업|회사|업체|사람|나라|도시|기관)|누가|누구|어디(?:서|에서|에|가)?\s|얼마|몇\s(?!개|건)|왜\s"
    r"|(?:무엇|뭐|뭘)(?:을|를)?\s?(?:지원|제공|주(?:나|는|고)|해\s?주|다루|도와|배우)"
)
_ASKS_KOREAN = re.compile(
    r"있|없|열[리려립릴]|알려|보여|찾|추천|소개|정리|뭐|뭔|무엇|무슨|어떤|나온|나왔|나와|떴|떠|진행|모집|접수|신청|가능"
    r"|순서|(?:행사|입찰|사업|공고|설명회|로드쇼|바우처|프로그램)\s*[?？]?$|(?:하나요|합니까|해요)\s*[?？]?$|예정|다가오|남은|끝|취소|언제|[은는]\s?[?？]?\s*$|일정|목록"
)
_HEAD = re.compile(
    r"^\W*(?:(?:so|and|ok(?:ay)?|please|hi|hello|now|but)\W+)*(?:(?:is|are|were|will) there\b|(?:is|are) the\b"
    r"|how many\b|do you (?:have|know)|have you got|any\b|what\b|which\b|list\b|show\b|find\b|give\b|tell\b"
    r"|(?:we|i)(?:'re| are|'m| am) looking for|looking for|(?:can|could) you (?:list|show|tell)|upcoming\b|open\b|current\b"
    r"|future\b|next\b|when(?:'s| is) the (?=next|soonest|nearest|earliest|upcoming)|(?=(?:\w+\W*){1,6}$))",
    re.IGNORECASE,
)
_ENGLISH_TAIL = re.compile(
    r"^(?:that|which|took|happened|ended|finished|is|are|be|will|was|were|still|now|right|currently|current|open|available|accepting|applications?|bids?"
    r"|on|in|for|from|at|near|around|during|before|by|until|within|happening|taking|take|takes|place"
    r"|held|planned|scheduled|coming|up|next|this|there|being|today|soon|to|us|you|know|of|about|related|concerning"
    r"|regarding|the|a|an|please|running|ongoing|announced|listed|have|has|do|can|could|we|i|apply|applied|join"
    r"|attend|bid|out|moment|your|documents|ahead|abroad|going|closing|close|closes|end|ends|due|year|months?|quarter|weeks?|days?"
    r"|half|first|second|third|fourth|and|or|closed|over|yet|already|collection|here|me|our|some|more|else|like|s|online"
    r"|virtual|future|been|cancel+ed|postponed|rescheduled|corrected|amended|extended|changed)$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\s*(?:me\b|us\b|about\b|of\b|a list of\b|which\b|what\b|is the (?=next|latest|upcoming|soonest|nearest|first)"
    r"|are (?:the|there|any|all)\b|is (?:there|any)\b|the\b|any\b|all\b|some\b|\s)+",
    re.IGNORECASE,
)
_NO_MODIFIER = re.compile(
    r"\b(?:of|does|did|do|long|much|many|kind|s|at|the|to|for|by|with|from|in|can|have|has|had|is|are|was|were|that|won"
    r"|which|exactly|who|whose|and|or)\b",
    re.IGNORECASE,
)
# "Is the grant for us?" asks for a verdict.
_FIT = re.compile(r"^\W*(?:is|would) (?:the|this|that)\b[^?]{1,60}\bfor (?:us|me)\s*(?:\?|$)", re.IGNORECASE)
_MAX_MODIFIERS = 6
# "Which events does X hold?"
_HELD_BY = re.compile(
    r"^\s*(?:does|do|is|are|has|have|will)\s.{2,80}\s(?:hold|host|organi[sz]|run|offer|plan|put on)\w*(?:\s(?:now|next"
    r"|this)\b.*)?\s*[?.!]*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:on|about|for|regarding|concerning|related to|in|to do with|by|from|of)\s", re.IGNORECASE)
_OPEN_NOW = re.compile(
    r"지금|현재|요즘|진행\s?중|접수\s?중|모집\s?중|신청(?:할|\s?가능|이?\s?되)|열려\s?있|\bnow\b|\bopen\b"
    r"|\bcurrent(?:ly)?\b|\btoday\b|\bavailable\b|\bat the moment\b|\bcan we (?:apply|bid)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"지난(?!\s?(?:뒤|후))|과거|끝난|열렸|열린|있었|개최된|\bpast\b|\bprevious\b|\bwere\b|\btook place\b|\bwas\b|\bheld in (?:19|20)\d\d",
    re.IGNORECASE,
)
# How often something takes place, and which one is the largest, no list tells.
_NO_LIST = re.compile(
    r"무료|유료|\bfree\b(?!\s(?:economic|trade))|매년|해마다|연간|(?:1|한)\s?년에"
    r"|(?:가장|제일|젤)\s?(?:큰|크|많|높|낮|작|적|싼|비싼)|\b(?:a|per|each|every) (?:year|month|week)\b"
    r"|\bannually\b|\b(?:larg|bigg|small|high|low|cheap)est\b",
    re.IGNORECASE,
)
# "When is the next event?" asks for the event as well.
_NEXT = re.compile(
    r"(?:가장|제일|젤)\s?(?:가까|빠른|빨리|먼저|이른)|다음\s(?:행사|설명회|로드쇼|상담회|웨비나|입찰|공고)"
    r"|\bwhen(?:'s| is) the (?:next|soonest|nearest|earliest|upcoming)\b",
    re.IGNORECASE,
)
# When one can begin to apply.
_OPENS = re.compile(r"시작|\bopen(?:s|ing)?\b[^?]{0,20}\bin\b|\bstart(?:s|ing)?\b", re.IGNORECASE)
_CALLS = (RecordType.PROGRAM, RecordType.TENDER, RecordType.EVENT)
_CANCELLED = re.compile(r"취소|\bcancel+(?:ed|ations?)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"정정(?:된|한|공고|\s?공고)|변경(?:된|\s?공고)|연기(?:된|됐|되었)|연장(?:된|됐|되었)|바뀐|바뀌었|미뤄진|\b(?:postponed|rescheduled|corrected|amended|extended|changed)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"몇\s?(?:개|건)|\bhow many\b", re.IGNORECASE)
_CLOSES = re.compile(r"마감|기한|까지|\bclos|\bdeadline|\bdue\b|\bend(?:s|ing)?\b", re.IGNORECASE)
# Words that any such question may hold: no subject.
_COMMON = re.compile(
    r"신청|접수|모집|참가|참여|기업|회사|업체|중소|중견|스타트업|스마트|도시|시티|해외|수출|진출|지원|한국|국내|사업|열리"
    r"|열려|열|가능|예정|다가오|일정|공고|최근|현재|지금|이번|다음|올해|내년|달|월(?!드)|년|분기|반기|남|온라인|목록|종류|관련"
    r"|분야|진행|아직|끝|마감|기한|쪽|나오|나온|요즘|혹시|정보|계획|안내|대상|가깝|가까|빠르|중에|있다|하다|받|프로젝트|몇|개$|비대면"
    r"|때|곳|종료|시작|임박|순서|예산|개최|취소|정정|변경|연기|연장|바뀌|미루|소식|건\b|지역|알리|보이|보여|부탁|앞으로|향후|안에|이내|주일|지난|지나|과거|작년|이전|전년"
    # What one thinks of it is no subject either.
    r"|좋|괜찮|유명|새로|신규|쉬운|쉽|급하|급한|큰|규모|인기|유익|유용|재미|중요|추천|알맞|적합|맞"
    r"|(?:new|good|great|best|big|large|easy|nice|major|useful|interesting|popular|important|suitable|relevant|recommended|latest|newest)\b"
    r"|compan|\bsmes?\b|start-?up|smart|\bcit(?:y|ies)\b|export|abroad|overseas|korea|open|available|support|upcoming"
    r"|coming|next|this|month|year|week|quarter|half|scheduled|planned|soon|currently|now|apply|application|register|accept|still"
    r"|online|virtual|deadline|happen|anything|project|related|held|hold|host|organi|offer|take|place|clos|within|day|due|list|show"
    r"|find|tell|get|receiv|moment|run|right|look|took|held|going|ahead|past|previous|last|recent|many|cancel|postpon|reschedul|correct|amend|extend|chang|before|after|until|january|february|march|april|\bmay\b|june|july|august|september|october"
    r"|november|december|ongoing|attend|join|event|\d",
    re.IGNORECASE,
)
_MAX_CHARS = 160
_MIN_TELLING = 2


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What is asked for. ``None`` and empty: any.

    ``about`` are the telling words besides type, place and time; ``window`` is when the event is held, or with ``closes`` the
    deadline falls; ``past`` asks for what is over, ``open_now`` for what can be applied for, ``standing`` whether one is still open,
    ``one`` whether one can take part in it, ``cancelled`` whether it, or which, is cancelled, ``changed`` which a later
    notice moved or corrected, ``count`` how many there are,
    ``opens`` what can first be applied for in that time.
    ``is_subject``: the telling words plainly say what the records are to be about.
    """

    type: RecordType
    noun: str
    sorts: tuple[re.Pattern[str], ...] = ()
    online: bool = False
    places: tuple[Place, ...] = ()
    about: tuple[Concept, ...] = ()
    window: Period | None = None
    closes: bool = False
    past: bool = False
    open_now: bool = False
    standing: bool = False
    one: bool = False
    is_subject: bool = False
    cancelled: bool = False
    changed: bool = False
    count: bool = False
    opens: bool = False

    @property
    def types(self) -> tuple[RecordType, ...]:
        """The types of records that the noun may mean: a notice is of a program or a tender, what closes also of an event."""
        if not _CALL.fullmatch(self.noun):
            return (self.type,)
        return tuple(kind for kind in _CALLS if self.closes or kind is not RecordType.EVENT)

    @property
    def kind(self) -> str:
        """The name of the type, ``call`` where several are meant."""
        return self.type.value if len(self.types) == 1 else "call"


def record_request(text: str, as_of: date, query: Query) -> RecordRequest | None:
    """Read a question for records; ``None`` where it asks for anything else: a detail of one record, how often, or the largest of them."""
    noun = _noun(text) if len(text) <= _MAX_CHARS and not _NO_LIST.search(text) else None
    return _read(text, as_of, query, *noun) if noun is not None and _asks_for_records(text, noun[1]) else None


def record_named(text: str, as_of: date, query: Query) -> RecordRequest | None:
    """What a question says of the record that it asks a detail of; ``None`` where it names no type."""
    noun = _noun(text) if len(text) <= _MAX_CHARS else None
    return _read(text, as_of, query, *noun) if noun is not None else None


def _read(text: str, as_of: date, query: Query, kind: RecordType, match: re.Match[str]) -> RecordRequest:
    places = tuple(place for place in find_places(text) if not match.start() < place.start < match.end())
    window = window_asked(text, as_of)
    if window is not None and kind is not RecordType.EVENT and window.start == window.end == as_of:
        # "Today" asks what is open, not what ends on this day.
        window = None
    about = telling_concepts(text, query)
    return RecordRequest(
        kind,
        match.group(),
        tuple(called for asked, called in _SORTS if asked.search(text)),
        kind is RecordType.EVENT and bool(_ONLINE.search(text)),
        places,
        about,
        window,
        (window is not None or _CALL.fullmatch(match.group()) is not None) and bool(_CLOSES.search(text)),
        bool(_PAST.search(text)) or (window is not None and window.end < as_of),
        bool(_OPEN_NOW.search(text)),
        asks_standing(text),
        _asks_about_one(text, match),
        _is_subject(text, match, about),
        bool(_CANCELLED.search(text)),
        bool(_CHANGED.search(text)),
        bool(_COUNT.search(text)),
        window is not None and kind is not RecordType.EVENT and bool(_OPENS.search(text)),
    )


def _noun(text: str) -> tuple[RecordType, re.Match[str]] | None:
    """The last word that names a type of record, and which."""
    found = [(match.start(), kind, match) for kind, pattern in _NOUNS for match in pattern.finditer(text)]
    if not found:
        return None
    _, kind, match = max(found, key=lambda item: item[0])
    return kind, match


def _asks_for_records(text: str, noun: re.Match[str]) -> bool:
    """Whether the question asks which records there are, or whether one is open, and nothing more of them."""
    is_next = _NEXT.search(text) is not None
    if has_hangul(text):
        tail = _without_dates(text[noun.end() :])
        particle = _PARTICLE.match(tail)
        words = tail[particle.end() :].split() if particle else []
        return (
            particle is not None
            and all(_is_korean_tail(word) or (is_next and word.startswith("언제")) for word in words)
            and bool(_ASKS_KOREAN.search(text))
            and not _ASKS_WHO.search(text)
        )
    head = None if _FIT.search(text) else _HEAD.match(text)
    tail = text[noun.end() :]
    if noun.group()[:8].casefold() == "anything":
        return all(_ENGLISH_TAIL.match(word) for word in re.findall(r"[A-Za-z]+", _without_place(tail)))
    if head is None or head.end() > noun.start():
        return False
    if _HELD_BY.match(tail):
        return bool(re.search(r"\b(?:what|which)\b", text[: noun.start()], re.IGNORECASE))
    subject = _SUBJECT.search(tail)
    before = tail[: subject.start()] if subject else tail
    between = _OPENING.sub("", text[head.end() : noun.start()])
    if len(between.split()) > _MAX_MODIFIERS or _NO_MODIFIER.search(between):
        return False
    other = re.search(r"\b(?:how(?! many)|who|whom|why|where|does|did|must|should|cost|pay)\b", text, re.IGNORECASE)
    if other or (not is_next and re.search(r"\bwhen\b", text, re.IGNORECASE)):
        return False
    return all(_ENGLISH_TAIL.match(word) for word in re.findall(r"[A-Za-z]+", before))


def _without_dates(text: str) -> str:
    """``text`` without the days, months and years that it names, a particle behind each included."""
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]}{_DATE_PARTICLE.sub('', text[mention.end :])}"
    return text


def _without_place(text: str) -> str:
    """``text`` without the places that it names."""
    for place in reversed(find_places(text)):
        text = f"{text[: place.start]} {text[place.end :]}"
    return text


def _asks_about_one(text: str, noun: re.Match[str]) -> bool:
    """Whether what is asked is whether one can take part in the thing named."""
    return has_hangul(text) and bool(_ABOUT_ONE.search(text[noun.end() :]))


def _is_korean_tail(word: str) -> bool:
    plain = word.strip("?？!.,~ ")
    return not plain or bool(_KOREAN_TAIL.match(plain))


def telling_concepts(text: str, query: Query) -> tuple[Concept, ...]:
    """The words of a question that narrow down which records it means: no place, no sort of record, no word of the calendar."""
    places = find_places(text)
    told = [c for c in query.concepts if c.emphasis == 1.0 and _is_telling(c, text, places)]
    return tuple(c for c in told if not any(c.text != other.text and c.text in other.text for other in told))


def _is_telling(concept: Concept, text: str, places: tuple[Place, ...]) -> bool:
    rest = concept.text
    if concept.is_name:
        # Of a name (월드 스마트시티 엑스포) what stands beside the sort of thing tells.
        for _, pattern in _NOUNS:
            rest = pattern.sub(" ", rest)
        if rest != concept.text and not _is_common(rest):
            return True
    if _is_common(concept.text) or any(pattern.search(concept.text) for _, pattern in _NOUNS):
        return False
    if any(asked.search(concept.text) for asked, _ in _SORTS) or find_dates(concept.text):
        return False
    named = " ".join(text[place.start : place.end] for place in places).casefold()
    return concept.text.casefold() not in named and not find_places(concept.text)


def _is_common(words: str) -> bool:
    """Whether nothing is left of what a concept says without what any such question may say."""
    if has_hangul(words):
        return len(re.sub(r"\W", "", _COMMON.sub("", words))) < _MIN_TELLING
    return all(_COMMON.match(word) for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", words))


def _is_subject(text: str, noun: re.Match[str], about: tuple[Concept, ...]) -> bool:
    """Whether the telling words stand as a subject does: before the noun (교통 관련 입찰, a traffic tender), or after "on" and its like."""
    if not about:
        return False
    if has_hangul(text):
        words = "|".join(re.escape(concept.text) for concept in about)
        return (
            bool(
                re.search(
                    rf"(?:{words})\S{{0,4}}\s?(?:관련(?:된|한)?|분야(?:의)?|쪽|대상|관한)?\s?$", text[: noun.start()]
                )
            )
            and len(about) == 1
        )
    before, after = text[: noun.start()], text[noun.end() :]
    return all(
        concept.text.casefold() in before.casefold()
        or re.search(
            rf"\b(?:on|about|for|regarding|concerning|related to|to do with)\b.*{re.escape(concept.text)}",
            after,
            re.IGNORECASE,
        )
        for concept in about
    )
