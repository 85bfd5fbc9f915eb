"""What a claim may turn round while all its words and figures stand in the source: negation, modality, scope, opposites, belonging.

Each check compares a clause of the claim with the clauses of the source that say most of it, and returns what is wrong, or an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.generation.polarity import is_negated
from assistant.text.amounts import find_amounts
from assistant.text.morphemes import analyze
from evals.claim_checks import Holds, miscounted, misplaced_cell, misplaced_figure, states
from evals.clauses import Part, content, figures, parts, statements
from evals.concepts import contrast

Names = Callable[[str], set[Any]]


def turned_round(
    claim: str,
    quotes: str,
    source: str,
    heads: Sequence[str],
    holds: Holds,
    names: Names,
    *,
    same: bool,
) -> str:
    """What is wrong with a claim whose figures and names all stand in the source, with the kind of mistake before it.

    Args:
        quotes: the quotations, a line each.
        source: these with titles and headings.
        heads: the heading right above each quotation.
        holds: whether a text says a content word.
        names: the known names in a text, the same in either language.
        same: claim and source are in one language.
    """
    found = {
        "not said": unsaid_word(claim, source) or (added_item(claim, source, holds) if same else ""),
        "figure of something else": misplaced_figure(claim, quotes, holds, names)
        or misplaced_cell(claim, quotes, holds, names)
        or miscounted(claim, quotes, holds)
        or one_of_several(claim, quotes),
        "turned round": other_side(claim, quotes)
        or other_bound(claim, quotes)
        or _by_statements(claim, quotes, heads, holds, names)
        or intended(claim, quotes, holds, names)
        or other_change(claim, quotes)
        or (others_than_the_only_ones(claim, quotes) if same else ""),
    }
    return next((f"{kind}: {what}" for kind, what in found.items() if what), "")


# --- Statement by statement ---

_ALSO_NEGATIVE = re.compile(r"\bexempt\w*|\bfails? to\b|면제|없애|\bbarred\b|지 못|아님|뜻은 아", re.IGNORECASE)
_NOT_NEGATIVE = re.compile(r"변경 없|당초|not (?:older|later|more|less|fewer)|다름없|as well as not", re.IGNORECASE)
_NEGATIVE_HEAD = re.compile(
    r"지원하지 않|제외|안 되는|불가|받을 수 없|\bnot\b|\bcannot\b|exclu\w+|ineligib\w+|\bno\b", re.IGNORECASE
)
_SAME_MATTER = 0.5
_NEARLY_BEST = 0.6


def negated(text: str) -> bool:
    """Whether a clause denies, excludes or forbids."""
    plain = _NOT_NEGATIVE.sub(" ", text)
    return is_negated(plain) or _ALSO_NEGATIVE.search(plain) is not None


def _bearing(part: Part, source: Sequence[Part], holds: Holds, names: Names) -> list[Part]:
    """The statements of the source that say most of a statement of the claim."""
    words, named = content(part.text), names(part.text)
    scores = [
        sum(holds(word, one.text) for word in words)
        + 2 * sum(states(one, figure) for figure in part.figures)
        + len(named & names(one.text))
        for one in source
    ]
    best = max(scores, default=0)
    return [one for one, score in zip(source, scores, strict=True) if score >= _NEARLY_BEST * best] if best else []


def _by_statements(claim: str, quotes: str, heads: Sequence[str], holds: Holds, names: Names) -> str:
    source = statements(quotes)
    under_negation = bool(heads) and all(_NEGATIVE_HEAD.search(head) for head in heads)
    any_negated = under_negation or negated(quotes)
    whole = negated(claim)
    units = [
        Part(unit, figures(unit), one.row, one.cell)
        for one in source
        for unit in ([one.text] if one.row >= 0 else _DENIAL_CUT.split(one.text))
        if unit and unit.strip()
    ]
    for part in statements(claim):
        near = _bearing(part, source, holds, names)
        if not near:
            continue
        if negated(part.text):
            if not any_negated:
                return "negation"
        elif not whole and (under_negation or _denied(part, units, holds)):
            return "negation"
        named = names(part.text)
        if part.figures:
            near = [one for one in parts(quotes) if all(states(one, figure) for figure in part.figures)] or near
        most = max(len(named & names(one.text)) for one in near)
        text = "\n".join(one.text for one in near if len(named & names(one.text)) == most)
        if other := contrast(part.text, text):
            return other
        if required := told_as_required(part.text, text):
            return required
    return contrast(claim, quotes)


def _denied(part: Part, source: Sequence[Part], holds: Holds) -> bool:
    """Whether a statement that is denied in the source says no more than the claim does, or most of it."""
    for one in source:
        if not negated(one.text):
            continue
        words = content(_DENIAL.sub(" ", one.cell or one.text)) - _REPORTING
        own = [word for word in words if holds(word, part.text)]
        told = [word for word in content(one.text) if holds(word, part.text)]
        affirmed = max(
            (sum(holds(w, other.text) for w in told) for other in source if not negated(other.text)), default=0
        )
        if words and len(own) >= _SAME_MATTER * len(words) and affirmed < len(told):
            return True
    return False


# What a source says about itself.
_REPORTING = frozenset(
    [
        "articl",
        "materi",
        "document",
        "sourc",
        "page",
        "guid",
        "confirm",
        "say",
        "mention",
        "state",
        "give",
        "list",
        "tell",
        "said",
        "자료",
        "글",
        "문서",
        "안내문",
        "나오",
        "적히",
        "실리",
        "밝히",
        "담기",
        "공개",
        "바탕",
        "원문",
    ]
)
_DENIAL_CUT = re.compile(
    r"[;()]|,\s|\b(?:where|which|who|but|while|because|if)\b|(?<=[가-힣])(?:며|고|지만|으나)(?:,\s|\s)", re.IGNORECASE
)
_DENIAL = re.compile(
    r"\bnot\b|\bno\b|\bnever\b|\bwithout\b|않[가-힣]*|없[가-힣]*|아[니닙님][가-힣]*|불가", re.IGNORECASE
)


# --- Bounds ---


def other_bound(claim: str, quotes: str) -> str:
    """An amount told as a least one where the source has it as a greatest one, or the other way round."""
    said = list(find_amounts(quotes))
    for amount in find_amounts(claim):
        bounds = {a.bound for a in said if (a.lower, a.unit) == (amount.lower, amount.unit)}
        if amount.bound and bounds and None not in bounds and amount.bound not in bounds:
            return claim[amount.start : amount.end]
    return ""


# --- Words that change what is said, and must themselves be said ---

_MUST_BE_SAID: tuple[tuple[str, str], ...] = (
    (r"보장|보증|guarante\w+", ""),
    (r"현재|지금|currently|\bnow\b|at present", ""),
    (r"이미|벌써|\balready\b|마련된|마친|마쳤", r"기존|\bexist\w*"),
    (r"단독|혼자|\balone\b|by itself|single-handed", r"\bsole\b|on (?:its|their) own"),
    (r"무료|무상|free of charge|\bfree\b|at no cost", r"pay nothing|no (?:fee|charge)|면제"),
    (r"각각|respectively|\bapiece\b", r"\beach\b|각|[당마]다"),
    (
        r"전액|전체|전부|모두(?!\s?\d)|모든|누구나|\bwhole\b|\bentire\w*|\ball\b|\bfull\b|\balways\b"
        r"|\bevery(?:one|body)?\b(?!\s(?:\w+\s)?(?:year|month|week|quarter|day|time|session))",
        r"(?<![가-힣])온\s|(?<![가-힣])전\s|\beach\b|\bany\b|\banyone\b|범부처|일률|통틀어|전국|100%|총",
    ),
    (
        r"온라인|비대면|화상|전자우편|이메일|online|virtual\w*|webinar|e-?mail|remote",
        r"@|누리집|\bweb\w*|upload|portal|포털",
    ),
    (r"추첨|제비|by lot\b|lottery|\bdraw\b", ""),
    (
        r"(?<=[가-힣])(?<![지다하])만(?=\s(?!\d)|이\s|을\s|$)|뿐(?!만)|유일|\bonly\b|\bsolely\b|exclusiv\w+|\bin person\b|\bjust\b|한정"
        r"|국한",
        r"한해|한하여|\bon site\b",
    ),
    (r"의무|mandatory|obligat\w+|compulsory", r"필수|\bmust\b|required|해야"),
    (r"결과|results?\b|outcome", ""),
)
_SAID_GROUPS = tuple(
    (re.compile(group, re.IGNORECASE), re.compile(f"{group}|{more}" if more else group, re.IGNORECASE))
    for group, more in _MUST_BE_SAID
)
_ONLY_AFTER = re.compile(r"(?<!not )\b(?:only|solely)\s+(?:the\s+|to\s+|for\s+|by\s+)?([A-Za-z-]+)", re.IGNORECASE)
_ONLY_BEFORE = re.compile(r"([가-힣A-Za-z]+)만(?=\s(?!\d)|을\s|이\s)")


_ENDINGS = frozenset({"으로", "로", "에서", "에게", "까지"})


def unsaid_word(claim: str, source: str) -> str:
    """A word that promises, limits or generalises, in the claim and in no form in the source; denying it says less and is let pass."""
    for asked, answered in _SAID_GROUPS:
        found = asked.search(claim)
        if found and not answered.search(source) and not is_negated(claim):
            return found.group().strip()
    return ""


def others_than_the_only_ones(claim: str, quotes: str) -> str:
    """Whom or what alone the source means, if the claim speaks of others; both in one language."""
    own = {token.form for token in analyze(claim)}
    for pattern in (_ONLY_AFTER, _ONLY_BEFORE):
        for match in pattern.finditer(quotes):
            meant = {token.form for token in analyze(match[1])}
            rest = {token.form for token in analyze(quotes)} - meant
            if match[1] not in _ENDINGS and meant and not meant & own and len(own & rest) >= len(own) / 2:
                return match[1]
    return ""


# --- Opposites beyond those that the assistant itself knows ---

_OTHER_SIDES: tuple[tuple[str, ...], ...] = (
    (
        r"매일|하루에|daily|a day\b|per day",
        r"매주|주마다|weekly|a week\b",
        r"매월|매달|한 달에|달마다|monthly|a month\b|every month|each month",
        r"분기마다|분기별|분기에|quarterly|(?:each|every|a) quarter\b",
        r"매년|해마다|연간|한 해|1년(?:에|\s?\d)|연 \d|annual\w*|yearly|a year\b|per year|each year|every year",
    ),
    (
        r"기업당|업체당|회사당|기업 한 곳|한 기업|per company|per firm|each company|every company",
        r"사업당|한 사업|건당|과제당|프로젝트당|per project|each project",
        r"컨소시엄당|per consortium|each consortium",
    ),
    (r"전액|전부|whole|entire|full cost|all of the cost", r"일부|part of|partly|some of"),
    (
        r"(?<!not )include[sd]? (?:tax|vat)|(?:taxes|VAT) included|includ\w+ (?:taxes|VAT)|부가가치세 포함|세금 포함",
        r"exclud\w+ (?:tax|vat)|(?:taxes|VAT) excluded|without (?:tax|vat)|plus (?:tax|vat)|net of tax|부가가치세 (?:제외|별도)|세금 별도",
    ),
    (r"비구속성|untied", r"(?<!비)구속성|(?<!un)tied\b"),
    (r"시작|착수|\bbegan\b|\bbegins?\b|\bstart(?:s|ed)?\b", r"마쳤|마친|완료|끝(?:났|낸|냈)|\bfinish\w*|\bcomplet\w*"),
    (r"\bover\b|more than|above|exceed\w*|초과|넘는", r"\bunder\b|less than|below|미만|이하|못 미치"),
    (r"\bin advance\b|선급|착수금|up ?front", r"on delivery|인도 시|납품 시|after acceptance|잔금"),
    (r"마감일부터|마감일로부터|after the deadline|closing date", r"공고일부터|공고일로부터|after the notice"),
)
_SIDES = tuple(tuple(re.compile(side, re.IGNORECASE) for side in group) for group in _OTHER_SIDES)


def other_side(claim: str, source: str) -> str:
    """What the claim says of a pair of opposites of which the source says only another."""
    for sides in _SIDES:
        claimed = [side.search(claim) for side in sides]
        said = [bool(side.search(source)) for side in sides]
        if any(said) and any(claimed) and not any(c and s for c, s in zip(claimed, said, strict=True)):
            return next(found.group() for found in claimed if found)
    return ""


# --- Plans, wishes and changes told as facts ---

_INTENDED = re.compile(
    r"[년上下기말]까지|예정|계획|추진|검토|목표|방안|추산|전망|예상|estimat\w+|forecast\w*|\bplan\w*|\bwill\b"
    r"|\bwould\b|schedul\w+|\baim\w*|\bintend\w*|\bexpect\w*|\bpropos\w+|\bto be\b|\bpursu\w+"
    r"|\bwas to\b|\bwere to\b|(?:리|꾸)기로|새로 만들"
    r"|being prepared|under discussion|논의|\btargets?\b|\bwants? to\b|\bwas due\b|\bwere due\b",
    re.IGNORECASE,
)
_TOLD_AS_FACT = re.compile(
    r"(?:[가-힣]*[았었였했됐졌렸쳤꼈났갔왔])(?:습니다|다\b|으며|고\b)|고 있(?:습니다|다)|받습니다"
    r"|\b(?:was|were|has been|have been|had|has|have)\b|\b(?:opened|launched|started|held|exported|built)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"늘[었어려리렸]|줄[었어여이]|높[였여이]|낮[췄춰추]|인상|인하|증액|감액|우대"
    r"|increas\w+|reduc\w+|\brais\w+|lower\w*|\bcut\b|better by|\boff\b|discount",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"[가-힣](?:아|어|해|여|되|돼|려)야|해야|여야|되어야|필수|의무|\bmust\b|\brequired?\b|\bhas to\b|\bhave to\b|\bneeds?\b",
    re.IGNORECASE,
)
_PREFERRED = re.compile(
    r"가점|\d점|우대|필수[가-힣 ]*아[니닙]|\bbonus\b|extra points?|\bwelcome\b|\bprefer\w+|\boptional\b|not (?:required|necessary)",
    re.IGNORECASE,
)


def intended(claim: str, quotes: str, holds: Holds, names: Names) -> str:
    """Something that the source only plans or tries, told as done; looked for in the clauses that say most of the claim."""
    if _INTENDED.search(claim) or not _TOLD_AS_FACT.search(claim):
        return ""
    own = figures(claim)
    whole = statements(quotes)
    stating = [part for part in parts(quotes) if own and all(states(part, figure) for figure in own)]
    stating = stating or [part for part in whole if any(states(part, figure) for figure in own)]
    near = _bearing(Part(claim, own), stating or whole, holds, names)
    found = [_INTENDED.search(part.text) for part in near]
    return f"told as done: {found[0].group()}" if found and all(found) and found[0] else ""


def told_as_required(claim: str, near: str) -> str:
    """The words by which a claim requires what the source only prefers or rewards, or says is not required."""
    required = _REQUIRED.search(claim)
    if (
        required
        and not is_negated(claim)
        and _PREFERRED.search(near)
        and not _REQUIRED.search(_PREFERRED.sub(" ", near))
    ):
        return f"told as required: {required.group()}"
    return ""


def other_change(claim: str, quotes: str) -> str:
    """A figure by which something changes told as its amount, or the other way round."""
    own = figures(claim)
    near = [part.text for part in parts(quotes) if own & part.figures]
    if not own or not near:
        return ""
    claimed = _CHANGE.search(claim)
    said = [_CHANGE.search(part) for part in near]
    # Of two figures of one kind the change follows.
    kinds = [unit for _, unit in own if unit != "date"]
    if claimed and not _CHANGE.search(quotes) and len(kinds) == len(set(kinds)):
        return claimed.group()
    if not claimed and all(said) and said[0]:
        return said[0].group()
    return ""


# --- Lists ---

_SEPARATOR = r"(?:,\s?|·|\s및\s|[와과]\s|\sand\s|,\sand\s)"
_ITEM = r"[가-힣A-Za-z][가-힣A-Za-z0-9&-]+"
_LIST = re.compile(rf"{_ITEM}(?:{_SEPARATOR}{_ITEM})+")
_SEVERAL = re.compile(
    r"(?:,|·|[와과]\s|\sand\s).{1,80}(?:\btogether\b|합쳐|합해|합하여|통틀어"
    r"|의\s(?:두|세|네|다섯|여섯|\d+개)\s|\b(?:two|three|four|five|\d)\s[a-z ]+together)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def added_item(claim: str, source: str, holds: Holds) -> str:
    """One of the things that the claim lists, if the source says none of its words; both in one language."""
    for match in _LIST.finditer(claim):
        for item in re.split(_SEPARATOR, match.group()):
            words = content(item)
            if words and not any(holds(word, source) for word in words):
                return item
    return ""


def one_of_several(claim: str, quotes: str) -> str:
    """A figure that the source gives for several things together, told of one of them."""
    own = figures(claim)
    for sentence in _SENTENCE.split(quotes):
        if own & figures(sentence) and (found := _SEVERAL.search(sentence)) and not re.search(_SEPARATOR, claim):
            return found.group()[-20:]
    return ""
