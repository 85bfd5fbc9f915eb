"""How Korean and English official prose writes dates: patterns, and the words they are made of.

Every date pattern names its parts the same way, so that one builder (``points.py``) reads them all.
"""

from __future__ import annotations

import re

TILDE = r"[~∼～〜–—-]"
_YEAR = r"(?:19|20)\d\d"
_APOSTROPHE = "[‘’'`´′＇]"
_ORDINAL = r"(?:st|nd|rd|th)?"
MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                "november", "december")  # fmt: skip
MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTH = (
    r"(?P<mon>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?![a-z])"
)
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {name[:3]: number for number, name in enumerate(DAY_NAMES)}
WEEKDAYS |= {name: number for number, name in enumerate("월화수목금토일")}
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)"
_KOREAN_PART = (
    r"(?:\s?(?P<part>초순|초반|초|상순|중순|중반|하순|말경|말)"
    r"(?=까지|부터|에|경|쯤|께|이후|이전|이내|로|의|은|는|이|[^가-힣]|$))?"
)
THIRDS = {
    "초": 0, "초순": 0, "초반": 0, "상순": 0, "연초": 0, "early": 0, "beginning": 0, "start": 0,
    "중순": 1, "중반": 1, "mid": 1, "middle": 1,
    "하순": 2, "말경": 2, "말": 2, "연말": 2, "late": 2, "end": 2,
}  # fmt: skip
_ENGLISH_PART = r"(?:(?:(?P<part>early|mid|late)(?:\s(?:in\s)?|-)|(?:the\s)?(?P<part2>beginning|start|middle|end)\sof\s(?:the\s)?))?"
_YEAR_WORD = "올해|금년|내년|명년|작년|지난해|내후년|재작년"
_DIRECTION_WORD = "오는|다가오는|지난"
OFFSETS = {
    "올해": 0, "금년": 0, "연내": 0, "연초": 0, "연말": 0, "내년": 1, "명년": 1, "작년": -1, "지난해": -1, "내후년": 2,
    "재작년": -2, "this year": 0, "next year": 1, "last year": -1, "the year": 0, "this": 0,
}  # fmt: skip
_KOREAN_YEAR = (
    rf"(?:(?P<y>{_YEAR})(?:\s?년도?|(?=\s?[.\s]))|{_APOSTROPHE}\s?(?P<ay>\d\d)(?:\s?년도?)?|(?P<yy>\d\d)(?:년|(?=\.\d{{1,2}}월))"
    rf"|(?P<rel>{_YEAR_WORD}|{_DIRECTION_WORD}))"
)
_NOT_UNIT = r"(?!\d|[.,:]\d|\s?(?:[%％㎢㎡㎞°조억만천백배점명원불개곳건평]|%p|[a-zA-Z]{2,}\d|km|m\b|[xX×]))"
# What may follow an English half or quarter (", 2027", " of next year"), its short form (H1, Q3), a month, and a first day.
_OF_YEAR = rf"(?:(?:\sof|,)?\s(?:(?P<y>{_YEAR})|(?P<rel>(?:this|next|last|the)\syear)))?"
_SHORT_YEAR_AFTER = rf"(?:,|\sof)?\s?(?P<y>{_YEAR})?(?![\dA-Za-z])"
_MONTH_YEAR = rf"(?:,?\s(?:of\s)?(?P<y>{_YEAR})(?!\d|,\d)|\s(?:of\s)?(?P<rel2>this\syear|next\syear|last\syear))?"
_TO_DAY = rf"\s?(?:{TILDE}|to|and|through|&)\s?"
# Kind, possible first characters, pattern. Every pattern names its parts the same way, so one builder reads them all;
# the first that matches wins.
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        "ymd",
        "D",
        rf"(?P<y>{_YEAR})\s?(?P<sep>[.\-/])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<d>\d{{1,2}})(?!\d|[.,:]\d|[-/]\d)\.?",
    ),
    ("ymd", "A", rf"{_APOSTROPHE}\s?(?P<ay>\d\d)\s?\.\s?(?P<m>\d{{1,2}})\s?\.\s?(?P<d>\d{{1,2}})(?!\d|[.,:]\d)\.?"),
    ("ymd", "D", r"(?P<yy>\d\d)\.\s?(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})\.?(?=\s?\([월화수목금토일])"),
    (
        "month",
        "DAH",
        rf"(?:{_KOREAN_YEAR}[\s.,]*)?(?P<m>\d{{1,2}})(?:월?\s?{TILDE}\s?(?P<m2>\d{{1,2}}))?\s?월"
        rf"(?!드|급|세|평|간|스|요|례|별|액)(?:\s?(?P<d>\d{{1,2}})(?:일?\s?{TILDE}\s?(?P<d2>\d{{1,2}}))?\s?일(?!\s?간))?{_KOREAN_PART}",
    ),
    ("half", "DAH", rf"{_KOREAN_YEAR}[\s.]*(?P<half>상반기|하반기|上半期|下半期|上|下)"),
    ("half", "A", rf"{_APOSTROPHE}\s?(?P<ay>\d\d)(?:년)?\.?\s?(?P<half>상|하)(?![가-힣])"),
    ("half", "H", r"(?P<half>상반기|하반기)"),
    ("quarter", "DAH", rf"(?:{_KOREAN_YEAR}[\s.]*)?(?P<q>[1-4])(?:\s?/\s?4)?\s?분기"),
    ("ym", "D", rf"(?P<y>{_YEAR})\s?\.\s?(?P<m>\d{{1,2}}){_NOT_UNIT}\.?"),
    ("ym", "D", rf"(?P<y>{_YEAR})(?P<sep>[-/])(?P<m>0[1-9]|1[0-2])(?!\d|[-/]\d|호)"),
    ("ym", "A", rf"{_APOSTROPHE}\s?(?P<ay>\d\d)\s?\.\s?(?P<m>\d{{1,2}}){_NOT_UNIT}\.?"),
    (
        "relmonth",
        "H",
        rf"(?P<rmon>다음\s?달|내달|익월|이번\s?달|이달|금월|지난\s?달|전월)(?:\s?(?P<d>\d{{1,2}})\s?일)?{_KOREAN_PART}",
    ),
    (
        "relday",
        "H",
        r"(?P<rday>오늘|내일|어제)(?=까지|부터|[은는의]?(?:\s|[,.)]|$))|(?P<week>이번|다음|지난)\s?주(?![가-힣]|\s?제)",
    ),
    ("day", "H", rf"(?P<rel>{_DIRECTION_WORD})\s(?P<d>\d{{1,2}})\s?일(?!\s?간)"),
    ("yearword", "H", r"(?P<rel>연내|연초|연말)(?![가-힣])|(?P<rel2>연말|연초|연내)(?=까지|부터|에|로)"),
    ("yearword", "H", rf"(?P<rel>{_YEAR_WORD}){_KOREAN_PART}"),
    # English
    ("half", "L", rf"(?:the\s)?(?P<half>first|second)\shalf\sof\s{_MONTH}(?:,?\s(?P<y>{_YEAR}))?"),
    (
        "half",
        "L",
        rf"(?:the\s)?(?P<half>first|second)[\s-]half{_OF_YEAR}",
    ),
    ("half", "DL", rf"(?:the\s)?(?P<half>H[12]|[12]H){_SHORT_YEAR_AFTER}"),
    ("half", "D", rf"(?P<y>{_YEAR}),?\s?(?P<half>H[12]|[12]H)(?![A-Za-z\d])"),
    (
        "quarter",
        "L",
        r"(?:the\s)?(?P<q>first|second|third|fourth)[\s-]quarter"
        rf"{_OF_YEAR}",
    ),
    ("quarter", "DL", rf"(?P<q>Q[1-4]|[1-4]Q){_SHORT_YEAR_AFTER}"),
    ("quarter", "D", rf"(?P<y>{_YEAR}),?\s?(?P<q>Q[1-4]|[1-4]Q)(?![A-Za-z\d])"),
    (
        "month",
        "L",
        rf"{_ENGLISH_PART}(?:(?P<rel>this\scoming|coming|upcoming|this|next|last|past)\s)?{_MONTH}"
        rf"(?:\s(?:the\s)?(?P<d>\d{{1,2}}){_ORDINAL}(?![\d:%A-Za-z]|[.,]\d|\s?(?:%|million|billion|companies|a\.?m|p\.?m))"
        rf"(?:{_TO_DAY}(?:the\s)?(?P<d2>\d{{1,2}}){_ORDINAL}(?![\d:A-Za-z]|[.,]\d))?)?"
        rf"(?P<wday>,?\s\(?{_DAY}(?:\s(?:and|to)\s{_DAY})?\)?)?"
        rf"{_MONTH_YEAR}",
    ),
    (
        "month",
        "D",
        rf"(?P<d>\d{{1,2}}){_ORDINAL}(?:{_TO_DAY}(?P<d2>\d{{1,2}}){_ORDINAL})?\s(?:of\s)?{_MONTH}"
        rf"{_MONTH_YEAR}",
    ),
    ("relmonth", "L", rf"{_ENGLISH_PART}(?P<rmon>(?:this|next|last)\smonth)\b"),
    ("relday", "L", r"(?P<rday>today|tomorrow|yesterday)\b|(?P<week>this|next|last)\sweek\b"),
    ("yearword", "L", rf"{_ENGLISH_PART}(?P<rel>(?:this|next|last)\syear)\b"),
    ("yearword", "L", r"(?:the\s)?(?P<part>end)\sof\s(?P<rel>the\syear)\b"),
    ("md", "D", r"(?P<m>\d{1,2})\s?\.\s?(?P<d>\d{1,2})(?!\d|[.,:]\d)(?P<dot>\.)?"),
    ("md", "D", r"(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=\s?\([월화수목금토일])(?P<dot>)"),
    (
        "year",
        "DL",
        rf"{_ENGLISH_PART}(?P<y>{_YEAR})"
        rf"(?:\s?년도?(?!\s?대(?![가-힣])){_KOREAN_PART.replace('part', 'kpart')}|(?![\d년]|,\d{{3}}|[.:/]\d|-\d))",
    ),
    (
        "year",
        "A",
        rf"{_APOSTROPHE}\s?(?P<ay>\d\d)(?!\d)(?:\s?년도?(?!간|대){_KOREAN_PART}|(?=\s?(?:[~∼～〜–)\],;→·/\n]|-|$|까지|부터|이후|이전|\s[^a-z%])))",
    ),
)
# By the first character: D a digit, A an apostrophe, H Hangul, L a Latin letter.
COMPILED = {
    first: tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, starts, pattern in _PATTERNS if first in starts)
    for first in "DAHL"
}
_START = re.compile(
    rf"(?<![\d])\d|{_APOSTROPHE}\s?\d\d|오는|다가오는|지난|올해|금년|내년|명년|작년|내후년|재작년|다음|내달|익월|이번|이달|금월|전월|연[내초말]"
    r"|오늘|내일|어제|상반기|하반기|(?<![A-Za-z])(?:the\s(?:first|second|third|fourth|beginning|start|middle|end)\b|first|second|third|fourth"
    r"|early|mid|late|beginning|start|middle|end\sof|this|next|last|coming|upcoming|past|today|tomorrow|yesterday|[QH][1-4]"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?P<noon>정오|noon\b)"
    r"|(?P<ko>오전|오후|낮|밤|새벽|저녁)?\s?(?P<h>\d{1,2})\s?시(?!간|범|장|도|스|설|행|작|기|점|민|내|의회|각)(?:\s?(?P<min>[0-5]?\d)\s?분|\s?(?P<half>반)(?![가-힣]))?"
    r"|(?P<ko2>오전|오후)?\s?(?P<h2>\d{1,2}):(?P<min2>[0-5]\d)(?![\d:])(?:\s?(?P<ap2>[ap])\.?m\b\.?)?"
    r"|(?:(?P<h0>\d{1,2})\s?(?:[–~-]|to)\s?)?(?P<h3>\d{1,2})(?:\.(?P<min3>[0-5]\d))?\s?(?P<ap3>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
TIME_JOIN = re.compile(r"\s?(?:~|∼|～|〜|–|—|-|부터|에서|\bto\b|\band\b|\buntil\b)\s?", re.IGNORECASE)
BEFORE_TIME = re.compile(r",?\s?(?:at\s|by\s|from\s|에\s)?|\s?\|\s?", re.IGNORECASE)
JOIN = re.compile(
    rf"\s?(?P<mark>{TILDE}|부터|에서)\s?|\s(?P<word>to|until|till|through|and)\s(?:the\s)?(?:(?:{_DAY}),?\s)?",
    re.IGNORECASE,
)
KOREAN_WEEKDAY = re.compile(
    r"\s?\(\s?(?P<w>[월화수목금토일])(?:요일)?(?:(?P<more>,?\s?(?=[\d오정낮]))|\s?\))|\s?(?P<w2>[월화수목금토일])요일"
)
ENGLISH_WEEKDAY = re.compile(
    rf",?\s\(?(?P<w>{_DAY})(?:\s?(?:and|to|&|{TILDE})\s?(?P<w2>{_DAY}))?\)?(?![a-z])", re.IGNORECASE
)
WEEKDAY_BEFORE = re.compile(rf"(?<![A-Za-z])({_DAY}),?\s(?:the\s)?$", re.IGNORECASE)
DAY_ONLY = re.compile(r"(?P<d>\d{1,2})\s?(?:일(?!\s?간)|\.(?!\d)|(?=\s?\([월화수목금토일]))")
CLOSE = re.compile(r"\s?\)")
INNER_DAY = re.compile(rf",?\s\(?{_DAY}", re.IGNORECASE)
SHORT_YEAR = re.compile(
    rf"(?P<ay>\d\d)(?:\s?년도?(?!간)|(?=\s?(?:[),;~\n]|$)))|{_APOSTROPHE}\s?(?P<by>\d\d)(?!\d|\s?\.)(?:\s?년도?(?!간))?"
)
DEADLINE_BEFORE = re.compile(
    r"(?<![a-z])(?:by|until|till|no later than|not later than|on or before|before|due(?: on| by)?)\s(?:the\s)?$", re.I
)
OPEN_BEFORE = re.compile(
    r"(?<![a-z])(?:since|after|starting(?: from| in| on)?|beginning(?: in| on)|as of|from)\s(?:the\s)?$", re.IGNORECASE
)
UNTIL = re.compile(r"\s?(?:\([^()]{0,12}\)\s?)?(?:까지|이내|內|내(?=[\s,)에로·]|$)|한(?=[\s,)]|$))")
EVERY = re.compile(r"(?:매년|매월|매해|해마다|\bevery|\beach)\s?$", re.IGNORECASE)
SINCE = re.compile(rf"\s?(?:부터|이후|이래|{TILDE}(?!\s?\d)|onwards?\b|on(?=\s*(?:[|,.;)]|$)))", re.IGNORECASE)
EARLIER = re.compile(r"\s?이전")
PAST = re.compile(
    r"정상\s?임석|후속\s?조치|체결(?:한|했|하고)|열린|개최(?:했|한\s)|발표(?:한|했)|(?:was|were) (?:held|signed)|(?:signed|held|met) on",
    re.I,
)
CONTEXT_WORD = re.compile(
    "체결|협약|개최|정상|발표|출범|착수|선정|서명|회의|회담|마감|접수|공고|시행|개막|착공|준공|발족|설명회|기준|부터|까지|종료"
)
ROLLING = re.compile(
    r"(?<![가-힣])상시(?!험|설|근로|\s?근로|고용|장)|(?<![가-힣])수시(?!로)|(?<![가-힣])연중(?!도)|(?:on\sa\s)?rolling\sbasis|rolling\sadmissions?"
    r"|(?<![A-Za-z])(?:year-round|all\syear(?:\sround)?|throughout\sthe\syear|at\sany\stime)(?![A-Za-z])",
    re.IGNORECASE,
)
BUDGET = re.compile(
    r"(?:예산|재원|자금|한도|기금)[이의]?\s?(?:소진|바닥|떨어)(?:\s?(?:시|될\s?때|할\s?때|되면|날\s?때))?(?:\s?까지)?"
    r"|(?:until|while|when|as\slong\sas)\s(?:the\s|its\s)?(?:budget|funds?|funding|money)\s"
    r"(?:(?:is|are|has\sbeen|have\sbeen)\s)?(?:used\sup|exhausted|spent|depleted|lasts?|runs?\sout|available)",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"(?<![A-Za-z])[DＤ]\s?(?P<sign>[-+−])\s?(?P<count>\d{1,3})(?![\d.])(?:\s?일)?"
    r"|(?P<word>[가-힣]{1,12}일)(?:로)?부터\s?(?P<n>\d{1,4})\s?(?P<unit>일|주|개월)(?:\s?(?:이내|안에|간|내|동안))?"
    r"|(?P<word2>[가-힣]{1,12})\s?(?:후|뒤|이후)(?:\s?로?부터)?\s?(?P<n2>\d{1,4})\s?(?P<unit2>일|주|개월)\s?(?:이내|안에|내)"
    r"|(?P<word3>[가-힣]{1,12})\s(?P<n3>\d{1,4})\s?(?P<unit3>일|주|개월)\s?전"
    r"|(?<![A-Za-z])(?P<within>within\s)?(?P<n4>\d{1,4}|one|two|three|four|five|six|seven|ten)\s(?:(?:calendar|working|business)\s)?(?P<unit4>days?|weeks?|months?)"
    r"\s(?P<way>(?(within)of|from)|from|after|following|before|prior\sto)\s(?:the\s)?(?P<word4>[A-Za-z]+(?:\s(?:of\s)?(?:the\s)?(?:notice|award|date|contract|publication|announcement|event|meeting|signing))?)",
    re.IGNORECASE,
)
ANY = re.compile(f"(?:{_START.pattern})|오전|오후|정오|(?<![A-Za-z])noon", re.IGNORECASE)
# A whole date that no calendar has (2027년 2월 29일) must not be read by its tail.
WHOLE = re.compile(rf"({_YEAR})\s?[년.\-/]\s?(\d{{1,2}})\s?[월.\-/]\s?(\d{{1,2}})(?!\d)(?:\s?일)?")
RUN = re.compile(r"\d+(?:[.,:/-]\d+)*(?:\.(?=\d))?")
