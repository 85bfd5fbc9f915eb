"""What a claim may turn round while all its words and figures stand in the source: negation, modality, scope, opposites, belonging.

Each check compares a clause of the claim with the clauses of the source that say most of it, and returns what is wrong, or an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.generation.grounding.polarity import is_negated
from assistant.text.amounts import Amount, find_amounts
from assistant.text.morphemes import analyze
from evals.arguments import (
    counted_otherwise,
    crossed_names,
    exchanged,
    exchanged_denials,
    other_base,
    other_order,
    told_of_all,
)
from evals.claim_checks import Holds, miscounted, misplaced_cell, misplaced_figure, mixed_rows, states
from evals.clauses import DATE, Figure, Part, content, figures, parts, statements
from evals.concepts import contrast
from evals.negation import DENIAL_CUT, HALF_NEGATIVE, NEGATIVE_PREFIX, negated
from evals.roles import (
    beyond_the_only_thing,
    compared_against_figures,
    compared_the_other_way,
    other_end,
    other_payer,
    other_place_in_order,
    permitted,
    whole_of_part,
)

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
        "not said": unsaid_word(claim, source) or added_item(claim, source, holds, same=same),
        "figure of something else": misplaced_figure(claim, quotes, holds, names)
        or misplaced_cell(claim, quotes, holds, names)
        or mixed_rows(claim, quotes, holds, names)
        or miscounted(claim, quotes, holds)
        or one_of_several(claim, quotes)
        or other_base(claim, quotes, holds)
        or counted_otherwise(claim, quotes),
        "turned round": other_side(claim, quotes)
        or other_bound(claim, quotes)
        or _by_statements(claim, quotes, heads, holds, names)
        or permitted(claim, quotes, holds)
        or other_end(claim, quotes)
        or other_payer(claim, quotes, holds)
        or whole_of_part(claim, quotes)
        or compared_the_other_way(claim, quotes, holds, names)
        or compared_against_figures(claim, quotes, names)
        or other_place_in_order(claim, quotes, holds)
        or other_order(claim, quotes, holds)
        or exchanged(claim, quotes, holds)
        or exchanged_denials(claim, quotes, holds)
        or _told_of_all(claim, quotes, holds, names)
        or intended(claim, quotes, holds, names)
        or told_as_decided(claim, quotes, holds, names)
        or crossed_names(claim, quotes, holds, names)
        or other_change(claim, quotes)
        or (others_than_the_only_ones(claim, quotes) if same else "")
        or beyond_the_only_thing(claim, quotes, holds),
    }
    return next((f"{kind}: {what}" for kind, what in found.items() if what), "")


# --- Statement by statement ---

_NEGATIVE_HEAD = re.compile(
    r"지원하지 않|제외|안 되는|불가|받을 수 없|\bnot\b|\bcannot\b|exclu\w+|ineligib\w+|\bno\b", re.IGNORECASE
)
_SAME_MATTER = 0.5
_NEARLY_BEST = 0.6


def _bearing(part: Part, source: Sequence[Part], holds: Holds, names: Names) -> list[Part]:
    """The statements of the source that say most of a statement of the claim."""
    scores = [score for score, _ in _told_of(part, source, holds, names)]
    best = max(scores, default=0)
    return [one for one, score in zip(source, scores, strict=True) if score >= _NEARLY_BEST * best] if best else []


def _told_of(part: Part, source: Sequence[Part], holds: Holds, names: Names) -> list[tuple[int, int]]:
    """How much of a statement of the claim each statement of the source says, with its place, negative so that the first wins."""
    words, named = content(part.text), names(part.text)
    return [
        (
            sum(holds(word, one.text) for word in words)
            + 2 * sum(states(one, figure) for figure in part.figures)
            + len(named & names(one.text)),
            -place,
        )
        for place, one in enumerate(source)
    ]


def _by_statements(claim: str, quotes: str, heads: Sequence[str], holds: Holds, names: Names) -> str:
    source = statements(quotes)
    under_negation = bool(heads) and all(_NEGATIVE_HEAD.search(head) for head in heads)
    any_negated = under_negation or negated(quotes) or HALF_NEGATIVE.search(quotes) is not None
    whole = negated(claim) or NEGATIVE_PREFIX.search(claim) is not None
    units = [
        Part(unit, figures(unit), one.row, one.cell)
        for one in source
        for unit in ([one.text] if one.row >= 0 else DENIAL_CUT.split(one.text))
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


def _told_of_all(claim: str, quotes: str, holds: Holds, names: Names) -> str:
    near = _bearing(Part(claim, figures(claim)), statements(quotes), holds, names)
    return told_of_all(claim, [part.text for part in near], holds)


def _denied(part: Part, source: Sequence[Part], holds: Holds) -> bool:
    """Whether a statement that is denied in the source says no more than the claim does, or most of it."""
    for one in source:
        if not negated(one.text):
            continue
        # "Nobody without a ticket comes in": one must have a ticket.
        if _REQUIRED.search(part.text) and len(_DENIAL.findall(one.text)) > 1:
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
_DENIAL = re.compile(
    r"\bnot\b|\bno\b|\bnever\b|\bwithout\b|않[가-힣]*|없[가-힣]*|아[니닙님][가-힣]*|불가", re.IGNORECASE
)


# --- Bounds ---


def other_bound(claim: str, quotes: str) -> str:
    """An amount told as a least one where the source has it as a greatest one, or the other way round."""
    said = [(a.lower, a.unit, _bound(quotes, a), _around(quotes, a)) for a in find_amounts(quotes)]
    for amount in find_amounts(claim):
        bound = _bound(claim, amount)
        near = [(there, text) for value, unit, there, text in said if (value, unit) == (amount.lower, amount.unit)]
        bounds = {there for there, _ in near}
        denied = negated(claim) != any(negated(text) for _, text in near)
        if bound and bounds and None not in bounds and bound not in bounds and not denied:
            return claim[amount.start : amount.end]
    return ""


def _around(text: str, amount: Amount) -> str:
    """The sentence or cell with an amount."""
    before = re.split(r"[.;|\n]\s", text[: amount.start])[-1]
    return before + re.split(r"[.;|\n]\s", text[amount.start :])[0]


_AT_LEAST_AFTER = re.compile(r"[을를이가은는]?\s?(?:넘|초과|웃도|훌쩍)")
_AT_MOST_AFTER = re.compile(r"[을를이가은는에]?\s?(?:못 ?미치|밑도|안 ?되는|안쪽)")
_AT_MOST_BEFORE = re.compile(
    r"(?:많아야|길어야|기껏해야|커야|높아야|고작)\s?$|\b(?:as (?:long|much|many) as|at the longest)\s?$", re.IGNORECASE
)
_AT_LEAST_BEFORE = re.compile(r"(?:못해도|짧아도|줄잡아)\s?$")


def _bound(text: str, amount: Amount) -> str | None:
    """``min`` or ``max`` where the text sets an amount as a least or a greatest one, in the words of talk too."""
    before = text[max(0, amount.start - 20) : amount.start]
    if _AT_LEAST_AFTER.match(text, amount.end) or _AT_LEAST_BEFORE.search(before):
        return "min"
    if _AT_MOST_AFTER.match(text, amount.end) or _AT_MOST_BEFORE.search(before):
        return "max"
    return amount.bound


# --- Words that change what is said, and must themselves be said ---

_MUST_BE_SAID: tuple[tuple[str, str], ...] = (
    (r"보장|보증(?=합니다|해 ?[주줍드]|된)|guaranteed\b|\bguarantees? (?:a|an|the|that|every)\b", r"보증|guarantee\w*"),
    (
        r"(?<![년월일] )현재|지금(?!까지)|currently|(?<!until )(?<!till )(?<!up to )\bnow\b|at present",
        r"이제|올해|\d{4}년 \d+월|\btoday\b",
    ),
    (
        r"여전히|변함없이|\bstill\b|\bunchanged\b",
        r"그대로|유지|아직|계속|변경 없|미정|\bno decision\b|not (?:yet )?(?:been )?decided"
        r"|\bremain\w*|\bcontinu\w*|\bas before\b|\bkeep\w*",
    ),
    (
        r"제한 없이|제한이 없|얼마든지|무제한|몇 (?:개|곳|명)이든|any number|unlimited"
        r"|as many[\w ]{0,30} as (?:you|they) (?:like|want|wish)|no limit|without (?:any )?(?:limit|restriction)\w*"
        r"|unrestricted",
        "",
    ),
    (
        r"이미|벌써|\balready\b|마련된|마친|마쳤",
        r"기존|\bexist\w*|[가-힣][았었였했됐졌렸](?:고|습|다|으|음)|\b(?:has|have|had)\b|\bby (?:\w+ )?20\d\d|20\d\d년(?: \d+월)?까지",
    ),
    (r"단독|혼자|\balone\b|by itself|single-handed", r"\bsole\b|on (?:its|their) own"),
    (r"무료|무상|free of charge|\bfree\b|at no cost", r"pay nothing|no (?:fee|charge)|면제"),
    (r"각각|respectively|\bapiece\b", r"\beach\b|각|[당마]다"),
    (
        r"전액|전체|전부|모두(?!\s?\d)|모든|누구나|\bwhole\b|\bentire\w*|\ball\b|\bfull\b|\balways\b"
        r"|\bevery(?:one|body)?\b(?!\s(?:\w+\s)?(?:year|month|week|quarter|day|time|session))",
        r"(?<![가-힣])온\s|(?<![가-힣])전\s|\beach\b|\bany\b|\banyone\b|범부처|일률|통틀어|전국|100%|총|모두|합계|\btotal\b",
    ),
    (
        r"온라인|비대면|화상|전자우편|이메일|online|virtual\w*|webinar|e-?mail|remote",
        r"@|누리집|\bweb\w*|upload|portal|포털",
    ),
    (r"추첨|제비|by lot\b|lottery|\bdraw\b", ""),
    (
        r"완료(?:되었|했|됐)|마쳤|끝났|\b(?:was|were|has been|have been) (?:completed|finished)\b|\bha(?:s|ve) (?:already )?been built\b",
        r"완료|마[쳤친치침]|마무리|끝|준공|입주|\bcomplet\w+|\bfinish\w*|\bdone\b|\bbuilt\b|\bended\b",
    ),
    (
        r"(?<=[가-힣])(?<![지다하])만(?=\s(?!\d)|이\s|을\s|$)|뿐(?!만)|유일|\bonly\b(?! (?:provisional|temporary|an? "
        r"|about|examples?|slight\w*|recent\w*|then|if|when|after|once))|\bsolely\b|exclusiv\w+|\bin person\b"
        r"|한정"
        r"|국한",
        r"한해|한하여|한합|한함|한정|에 한|까지만|\bon site\b|\bas listeners\b|\blimited to\b|\bno venue\b|이어야|여야|\bmust\b",
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
            line = quotes[quotes.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
            rest = {token.form for token in analyze(line)} - meant
            if match[1] not in _ENDINGS and meant and not meant & own and len(own & rest) >= len(own) / 2:
                return match[1]
    return ""


# --- Opposites beyond those that the assistant itself knows ---

_OTHER_SIDES: tuple[tuple[str, ...], ...] = (
    (
        r"매일|하루에|daily|(?:once|twice|times|hours) a day\b|per day",
        r"매주|주마다|weekly|(?:once|twice|times|days) a week\b|per week",
        r"매월|매달|한 달에|달마다|monthly|(?:once|twice|times) a month\b|per month|every month|each month",
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
        r"exclud\w+ (?:the )?(?:tax|vat)|(?:세금|부가가치세|부가세)[을를]? ?(?:뺀|빼고|제외|별도)|before tax|(?:taxes"
        r"|VAT) excluded|without (?:tax|vat)|plus (?:tax|vat)|net of tax|부가가치세 (?:제외|별도)|세금 별도",
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
    r"\b(?:is|are|was|were) (?:also |then |later |first |now )?to\b|[년上下기말]까지|예정|계획|추진(?=하기|할|하려|\s?예정|\s?계획"
    r"|\s?중|$|[,.;)*])|검토|목표|방안(?!전)|추산|전망|예상|estimat\w+|forecast\w*|\bplan(?:s|ned)?\b|\bplanning (?:to|for)\b|\bwill\b"
    r"|\bwould\b|schedul\w+|\baim\w*|\bintend\w*|\bexpect\w*|\bpropos\w+|\bto be\b|\bpursu\w+"
    r"|\bmeant to\b|\bsupposed to\b|\bhop(?:e|es|ed|ing) to\b|\bseeks? to\b|\bwas to\b|\bwere to\b|새로 만들"
    r"|[가-힣]기로 (?=[하했함한합되됐된됨])|겠다(?:고|는)|려(?:고|는)? ?[하했함한]"
    r"|being prepared|under discussion|논의|\bare sought\b|\bis sought\b|찾고 있|\btargets?\b|\bwants? to\b|\bwas due\b|\bwere due\b",
    re.IGNORECASE,
)
# Syllables that end in ㅆ, as verbs of the past do; 있 and 겠 tell no past.
_PAST = "".join(chr(code) for code in range(ord("가") + 20, ord("힣"), 28) if chr(code) not in "있겠")
_TOLD_AS_FACT = re.compile(
    rf"(?:[가-힣]*[{_PAST}])(?:습니다|다\b|으며|고\b)|(?:고|(?<![되혀겨려여])(?<![들나담])[아어와해]) ?있(?:습니다|다)|받습니다"
    r"|\b(?:was|were|has been|have been|had|has|have)\b|\b(?:opened|launched|started|held|exported|built)\b|: (?:made|done|\w+ed) ",
    re.IGNORECASE,
)
# The verb of what is told as done.
_DONE = re.compile(
    r"\b(?:has|have|had|was|were) (?:already |now |since )?(?:been )?(\w+(?:ed|en|un|ilt|eld))\b"
    r"|([가-힣]{2,}?)(?:되었|됐|했|하였)(?:습니다|다\b)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"늘[었어려리렸]|줄[었어여이]|높[였여이]|낮[췄춰추]|인상|인하|증액|감액|우대"
    r"|깎|할인|더 (?:길|높|많|크)|유리|longer|shorter|higher|cheaper|\bfalls?\b(?! to\b)|\bfell\b(?! to\b)|\brises?\b"
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
    if _INTENDED.search(claim) or _ANNOUNCED.search(claim) or not _TOLD_AS_FACT.search(claim):
        return ""
    own = figures(claim)
    whole = statements(quotes)
    days = [figure for figure in own if figure[1] == DATE]
    if days and any(_DONE_ON.search(part.text) for part in parts(quotes) if all(states(part, day) for day in days)):
        return ""
    stating = [part for part in whole if own and all(states(part, figure) for figure in own)]
    stating = [_narrowed(part, own) for part in stating] or [p for p in whole if any(states(p, f) for f in own)]
    near = _bearing(Part(claim, own), stating or whole, holds, names)
    found = [_INTENDED.search(part.text) for part in near]
    if found and not all(found) and len(near) > 1:
        # A statement that clearly says most of the claim decides alone.
        first, second = sorted(_told_of(Part(claim, own), near, holds, names), reverse=True)[:2]
        found = [_INTENDED.search(near[-first[1]].text)] if first[0] > second[0] else found
    if not (found and all(found)):
        # Where the statements that say most are no plans, the one that says what is told as done may be.
        done = [word for told in _DONE.finditer(claim) for word in content(told[1] or told[2])]
        saying = [part.text for part in whole if any(holds(word, part.text) for word in done)]
        found = [_INTENDED.search(text) for text in saying]
    told = found[0].group() if found and all(found) and found[0] else ""
    # "They pursue exports" says no more than that exports are pursued.
    return f"told as done: {told}" if told and not (told in _NAMED_SO and told in claim) else ""


_NAMED_SO = frozenset({"추진", "검토", "논의", "목표", "찾고 있"})


_CONSIDERED = re.compile(
    r"under (?:consideration|discussion|review)|being (?:considered|discussed)|\bno decision\b|\bundecided\b"
    r"|검토(?: ?중|하고|함|할)|논의 ?중|미정",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"consider|discuss|review|decid|decision|\bopen\b|\bmay\b|\bmight\b|\bcould\b|possib|\bwhether\b|not (?:yet )?(?:fixed|certain|known)"
    r"|검토|논의|미정|결정|정해|확정|가능성|수도 있|수 있|여부|[는은]지",
    re.IGNORECASE,
)


def told_as_decided(claim: str, quotes: str, holds: Holds, names: Names) -> str:
    """Something that the source only considers, told as decided."""
    if _OPEN.search(claim) or not _CONSIDERED.search(quotes):
        return ""
    near = _bearing(Part(claim, figures(claim)), statements(quotes), holds, names)
    found = [_CONSIDERED.search(part.text) for part in near]
    return f"told as decided: {found[0].group()}" if found and all(found) and found[0] else ""


_ANNOUNCED = re.compile(
    r"\b(?:announced|said|set|about|asked) to\b|\bdiscussed\b|논의(?:되|했|하였)|발표되|구상되|기획되|계획되|한다고|된다고|라고",
    re.IGNORECASE,
)
# "선정(’18.1)" tells what was done and when.
_DONE_ON = re.compile(
    r"[가-힣]{2}\(['’‘]\d|(?<!계획이)(?<!예정이)(?<!목표)(?<!목표였)[았었였했됐졌렸](?:습니다|다\b|음\b)"
)


def _narrowed(part: Part, own: frozenset[Figure]) -> Part:
    """The clause of a statement that has the figures, if it ends in a predicate of its own; else the statement."""
    for clause in parts(part.text):
        if all(states(clause, figure) for figure in own) and _PREDICATE.search(clause.text):
            return clause
    return part


_PREDICATE = re.compile(
    r"[가-힣](?:다|음|함|임|됨|고|며|지만)$|[았었였했됐졌렸]|예정|계획|\b(?:is|are|was|were|has|have|had|will|\w+ed)\b",
    re.IGNORECASE,
)


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
    r"|의\s(?:두|세|네|다섯|여섯|\d+개?)\s|\b(?:two|three|four|five|\d)\s[a-z ]+together)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"·|\s및\s|[와과]\s|\sand\s")
_ADDS_NOTHING = re.compile(r"similar|others?|various|related|비슷한|유사한|기타|여러", re.IGNORECASE)
_VERB_END = re.compile(r"(?:하며|이며|되며|으며|지만|하고|되고|이고|면서|해서|니다)$|[a-z]ing$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def added_item(claim: str, source: str, holds: Holds, *, same: bool) -> str:
    """One of the things that the claim lists, if the source says none of its words though it says others of the list.

    Across the languages two others must be said, since not all words are known there.
    """
    for match in _LIST.finditer(claim):
        items = [item for item in re.split(_SEPARATOR, match.group()) if not _VERB_END.search(item)]
        items = [item for item in items if not _ADDS_NOTHING.fullmatch(item)]
        # A word may mean something only with the one before it, as in "at home".
        before = re.findall(r"\b(?:at|in|on)(?=\W+$)", claim[: match.start()])
        said = {
            item: any(holds(word, source) for word in (*words, *(f"{first} {item}" for first in before)))
            for item in items
            if (words := content(item))
        }
        enough = sum(said.values()) >= (1 if same else 2) and (len(items) > 2 or _JOINED.search(match.group()))
        for item in items if enough else ():
            if not said.get(item, True):
                return item
    return ""


def one_of_several(claim: str, quotes: str) -> str:
    """A figure that the source gives for several things together, told of one of them."""
    own = figures(claim)
    for sentence in _SENTENCE.split(quotes):
        if own & figures(sentence) and (found := _SEVERAL.search(sentence)) and not re.search(_SEPARATOR, claim):
            return found.group()[-20:]
    return ""
