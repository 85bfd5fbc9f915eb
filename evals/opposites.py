"""Opposites in their places: which of two things that exclude one another is said of the same words.

A text often has both sides ("large companies … small ones"). So each side that a claim says is looked up in the source together with
the words around it: if these stand there around the other side, and around this side less, the claim has turned them round.
"""

from __future__ import annotations

# ruff: noqa: E501 - a pattern stays on one line
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.amounts import find_amounts
from assistant.text.dates import find_dates
from evals.concepts import concept_spans, denied_at
from evals.wording import content_tokens

# Of each group one side holds of the same matter.
_OPPOSITES: tuple[tuple[str, ...], ...] = (
    (
        r"수 있|가능(?!성)|허용|\bcan\b(?! ?not)|\bmay\b(?! not)|\ballowed\b|\bable to\b|\bwelcome\b",
        r"[해여어아]야|필수|의무|\bmust\b(?! not)|\bhas to\b|\bhave to\b|\brequired\b|\bmandatory\b|\bneeds? to\b|바랍니다|하십시오",
    ),
    (r"(?<=[\d일월년시])부터|\bsince\b", r"(?<=[\d일월년시%원])까지|\buntil\b|\btill\b"),
    (r"이내|안에|\bwithin\b", r"이후|뒤에|지나서|\bafter more than\b"),
    (
        r"대기업|\blarge (?:compan|firm|enterprise)\w*|\bbig (?:compan|firm)\w*",
        r"(?<!중)소기업|\bsmall (?:compan|firm|enterprise)\w*",
    ),
    (
        r"함께|같이|공동|더불어|\btogether\b|\bjoint\w*|\balongside\b",
        r"따로|단독|혼자|각자|\bseparate\w*|\balone\b|\bindividual\w*|\bby (?:it|them)sel\w+",
    ),
    (r"민간|\bprivate\b", r"공공|공기업|\bpublic\b|\bstate-owned\b"),
    (
        r"늘[어었리려렸린릴림]|늘[고며]|증가|확대|인상|상향|높[이인여였혀]|올[라랐리려린]|\bincreas\w+|\brais\w+|\brose\b|\bris(?:e|es|en)\b|\bgrew\b|\bgrow\w*|\bexpand\w*|\bmore than (?:doubled|tripled)|\bhigher\b|\bextend\w*",
        r"줄[어었이여였인일임]|줄[고며]|감소|축소|인하|하향|낮[추춰췄춘아]|내[리려렸린]|\breduc\w+|\bdecreas\w+|\bfell\b|\bfalls?\b|\bshr[aiu]nk\w*|\blower\w*|\bcut\b|\bshorten\w*",
    ),
    (r"신설|새로|신규|\bnew\w*", r"기존|이미 있|\bexisting\b|\bcurrent\b|\balready exist\w*"),
    (r"먼저|우선|첫|처음|\bfirst\b", r"나중|마지막|\blast\b|\bfinal(?:ly)?\b"),
    (
        r"이전|전에|전까지|앞서|\bbefore\b|\bprior to\b|\bearlier than\b|\bahead of\b",
        r"이후|후에|뒤에|다음에|\bafter\b|\bfollowing\b|\blater than\b",
    ),
    (r"수출|\bexport\w*", r"수입(?!금|원)|\bimport(?!an)\w*"),
    (
        r"온라인|비대면|화상|\bonline\b|\bvirtual\w*|\bremote\w*",
        r"오프라인|현장|(?<!비)대면|\bon[- ]?site\b|\bin[- ]person\b|\boffline\b",
    ),
    (r"유료|유상|\bfor a fee\b|\bcharged\b", r"무료|무상|\bfree\b(?! economic| trade| zone)"),
    (r"발주|\borders?\b|\bissu\w+", r"수주|\bw[io]n(?:s|ning)?\b"),
    (r"포함|\binclud\w+", r"제외|별도|\bexclud\w+|\bexcept\b|\bwithout\b"),
    (r"상반기|\bfirst half\b", r"하반기|\bsecond half\b"),
    (r"주관|대표사|주관사|리더|\blead(?:er|s|ing)?\b", r"구성원|참여사|\bmembers?\b|\bpartners?\b"),
    (r"현금|\bcash\b", r"보증서|보증보험|\bguarantee\w*|\bbond\b|\binsurance\b"),
    (
        r"매월|월 ?1회|\bmonthly\b|\bevery month\b|\ba month\b",
        r"매주|\bweekly\b|\bevery week\b",
        r"분기|\bquarter\w*",
        r"매년|해마다|\byearly\b|\bannual\w*|\bevery year\b",
    ),
    (r"금액|매출액|수출액|\bvalue\b|\bamount\b", r"기업 ?수|업체 ?수|\bnumber of (?:companies|firms)"),
    (r"개인|\bpersonal\w*|\bindividuals?\b", r"법인|기관|단체|\bcorporat\w+|\borgani[sz]ation\w*"),
    (r"동쪽|동부|\beast\w*", r"서쪽|서부|\bwest\w*", r"남쪽|남부|\bsouth\w*", r"북쪽|북부|\bnorth\w*"),
    (r"오전|\bmorning\b|\ba\.?m\.?\b", r"오후|\bafternoon\b|\bp\.?m\.?\b"),
)
_GROUPS = tuple(tuple(re.compile(side, re.IGNORECASE) for side in group) for group in _OPPOSITES)
# How many content words on either side are looked at.
_REACH = 4
_MIN_SHARED, _MIN_SHARE = 2, 0.6


# Whether one form of ``analyze`` says what another one says.
Alike = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    form: str
    concepts: frozenset[int]
    value: frozenset[str]


def turned_opposite(claim: str, quotes: str, alike: Alike) -> str:
    """A word of the claim in whose place the source has its opposite, or an empty text."""
    for group in _GROUPS:
        told, said = _sides(claim, group), _sides(quotes, group)
        if not told or len({side for side, *_ in said}) == 0:
            continue
        for side, start, end in told:
            around = _around(claim, start, end)
            if len(around) < _MIN_SHARED:
                continue
            scores = {True: 0.0, False: 0.0}
            for other, from_, to in said:
                score = _shared(around, _around(quotes, from_, to), alike)
                scores[other == side] = max(scores[other == side], score)
            if scores[False] >= max(_MIN_SHARED, _MIN_SHARE * len(around)) and scores[False] > scores[True]:
                return claim[start:end]
    return ""


def _sides(text: str, group: Sequence[re.Pattern[str]]) -> list[tuple[int, int, int]]:
    found = [(side, match) for side, pattern in enumerate(group) for match in pattern.finditer(text)]
    # "Not mandatory" says neither side.
    return [(side, m.start(), m.end()) for side, m in found if not denied_at(text, m.start(), m.end())]


_BREAK = re.compile(r"[.;\n](?=\s|$)|\n| \| ")


def _around(text: str, start: int, end: int) -> tuple[_Token, ...]:
    """The content words, figures and dates near a place, in its sentence."""
    breaks = [0, *(m.start() for m in _BREAK.finditer(text)), len(text)]
    low, high = max(b for b in breaks if b <= start), min(b for b in breaks if b >= end)
    tokens = [t for t in _tokens(text) if low <= t.start < high and not (t.start < end and start < t.end)]
    before = [t for t in tokens if t.end <= start][-_REACH:]
    after = [t for t in tokens if t.start >= end][:_REACH]
    return (*before, *after)


@lru_cache(maxsize=2048)
def _tokens(text: str) -> tuple[_Token, ...]:
    found: list[_Token] = []
    for date in find_dates(text):
        if date.period is not None:
            days = frozenset({date.period.start.isoformat(), date.period.end.isoformat()})
            found.append(_Token(date.start, date.end, "", frozenset(), days))
    for amount in find_amounts(text):
        if not any(t.start <= amount.start < t.end for t in found):
            values = frozenset({str(amount.lower.normalize()), str(amount.upper.normalize())})
            found.append(_Token(amount.start, amount.end, "", frozenset(), values))
    spans = concept_spans(text)
    for token in content_tokens(text):
        if not any(t.start < token.end and token.start < t.end for t in found if not t.form):
            concepts = frozenset(n for s, e, n in spans if s < token.end and token.start < e)
            found.append(_Token(token.start, token.end, token.form, concepts, frozenset()))
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def _shared(one: Sequence[_Token], other: Sequence[_Token], alike: Alike) -> float:
    return sum(any(_same(mine, theirs, alike) for theirs in other) for mine in one)


def _same(mine: _Token, theirs: _Token, alike: Alike) -> bool:
    if mine.value or theirs.value:
        return bool(mine.value & theirs.value)
    return bool(mine.concepts & theirs.concepts) or alike(mine.form, theirs.form)
