"""Who and what is told in which place of a statement: who may, who pays, what alone, which end of a span, which part, which order.

Each check compares the claim with its source and returns what is told otherwise, or an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assistant.text.amounts import find_amounts
from assistant.text.dates import find_dates
from assistant.text.language import has_hangul
from assistant.types import Precision
from evals.claim_checks import Holds
from evals.clauses import content, parts, statements
from evals.derived import ordered, rank_told
from evals.negation import DENIAL_CUT, negated

Names = Callable[[str], set[Any]]

# --- Who may and who may not ---

_MAY = re.compile(
    r"수 있|가능|허용|자격이 있|대상(?:입|이며|이다|에 들)|받습니다|됩니다"
    r"|\bcan\b|\bmay\b|\beligible\b|\bqualif(?:y|ies)\b|\ballowed\b|\bpermitted\b|\bwelcome\b|\bentitled\b|\bopen to\b|\bcovered\b",
    re.IGNORECASE,
)
_MAY_NOT = re.compile(
    r"수 없|불가|안 (?:됩|되|돼)|제외|대상이 아|지 않|지 못"
    r"|\bcannot\b|\bcan['’]t\b|\bcan not\b|\bnot (?:be )?(?:eligible|qualif\w+|allowed|permitted|accepted|open|entitled|covered|paid)\b"
    r"|\bineligible\b|\bmay not\b|\bexcluded\b|\bbarred\b",
    re.IGNORECASE,
)
_ASKING = frozenset(
    """
    신청 지원 참가 참여 받 가능 대상 자격 응모 입찰 제한 이용 조건 없이 허용 아니 없 못하
    appli applic apply elig qualifi receiv particip join allow permit accept support cover can may bid grant
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)


def permitted(claim: str, quotes: str, holds: Holds) -> str:
    """Somebody or something told as permitted that the source excludes, or as excluded that the source permits."""
    units = [
        unit
        for one in statements(quotes)
        for unit in ([one.text] if one.row >= 0 else DENIAL_CUT.split(one.text))
        if unit
    ]
    for part in statements(claim):
        words = content(part.text) - _ASKING
        forbids, permits = _MAY_NOT.search(part.text), _MAY.search(part.text)
        if not words or not (forbids or permits):
            continue
        about = [unit for unit in units if all(holds(word, unit) for word in words)]
        forbidden = any(_MAY_NOT.search(unit) for unit in about)
        allowed = any(_MAY.search(unit) and not _MAY_NOT.search(unit) for unit in about)
        if forbids and allowed and not forbidden:
            return forbids.group()
        if permits and not forbids and not negated(part.text) and forbidden and not allowed:
            return permits.group()
    return ""


# --- What alone ---

_ONLY_THING = re.compile(r"((?:[가-힣A-Za-z·]+\s)?)([가-힣A-Za-z·]+)만(?=\s|$)(?! 아니)")


def beyond_the_only_thing(claim: str, quotes: str, holds: Holds) -> str:
    """What alone the source grants somebody, if the claim grants the same body something else of its kind."""
    if negated(claim) or _ONLY_THING.search(claim):
        return ""
    for clause in re.split(r"[\n/;]|(?<=[.다])\s", quotes):
        for match in _ONLY_THING.finditer(clause):
            kind, own = content(match[2]), content(match[1])
            who = content(clause[: match.start()])
            if not (kind and own and who):
                continue
            granted = all(holds(word, claim) for word in who | kind)
            if granted and not any(holds(word, claim) for word in own):
                return match.group()
    return ""


# --- Ends of a span ---

_ENDING = re.compile(
    r"마감|기한|까지|종료|끝|\bdeadline\b|\bdue\b|\buntil\b|\bby\b|\bclos\w+|\bend(?:s|ed)?\b|\bat the latest\b",
    re.IGNORECASE,
)
_STARTING = re.compile(r"부터|시작|개시|\bfrom\b|\bstart\w*|\bbegin\w*|\bopen(?:s|ed)?\b|\bsince\b", re.IGNORECASE)


def other_end(claim: str, quotes: str) -> str:
    """The first day of a span told as its last, or the last as the first."""
    spans = [found.period for found in find_dates(quotes) if found.period and found.period.precision is Precision.DAY]
    starts = {span.start for span in spans if span.start != span.end}
    ends = {span.end for span in spans if span.start != span.end}
    single = {span.start for span in spans if span.start == span.end}
    ending, starting = _ENDING.search(claim), _STARTING.search(claim)
    for found in find_dates(claim):
        day = found.period
        if day is None or day.start != day.end or day.start in single or bool(ending) == bool(starting):
            continue
        if (ending and day.start in starts - ends) or (starting and day.start in ends - starts):
            return claim[found.start : found.end]
    return ""


_PAYS = r"pays?\b|bears?\b|covers?\b"
_PAYER = re.compile(
    rf"(?P<en>[A-Za-z]+)(?: also| itself| themselves)? (?:{_PAYS})|\b(?:paid|borne|covered) (?:for )?by (?:the )?(?P<by>[A-Za-z]+)"
    r"|(?P<ko>[가-힣]+?)[이가은는]\s[^.,;]{0,40}?(?:부담|지급|대 [주줍드]|[^가-힣]냅니다|낸다|내 [주줍드])",
    re.IGNORECASE,
)


def other_payer(claim: str, quotes: str, holds: Holds) -> str:
    """Who pays for something in the claim, if the source says that somebody else pays for it."""
    return next(
        (found for clause in _CLAUSES.split(claim) if clause and (found := _paid_otherwise(clause, quotes, holds))), ""
    )


_CLAUSES = re.compile(r"[.;]\s|,\s(?:but|while|whereas|and)\s|(?<=[가-힣])(?:지만|으며|며|고),?\s")


def _paid_otherwise(claim: str, quotes: str, holds: Holds) -> str:
    told = _PAYER.search(claim)
    payers = content(told["en"] or told["by"] or told["ko"]) if told else frozenset()
    if not told or not payers or negated(claim):
        return ""
    things = {word for word in content(claim) - payers if not _PAYER_WORDS.search(word)}
    others = []
    for clause in re.split(r"[.;|\n]\s?", quotes):
        found = _PAYER.search(clause)
        said = (found["en"] or found["by"] or found["ko"]) if found else ""
        if (
            found
            and any(holds(word, clause) for word in things)
            and said.casefold() not in ("it", "they", "who", "that")
        ):
            others.append(any(holds(word, said) for word in payers))
    return told.group() if others and not any(others) else ""


_PAYER_WORDS = re.compile(r"부담|지급|비용|pay|paid|cost|cover|bear|대 |내$")

_PART_OF = r"\s?(?:가운데|중(?:에서|의)?\s|\bof which\b|, of which\b)"
_WHOLE = re.compile(r"전부|모두|전액|전체|\ball\b|\bwhole\b|\bentire\w*", re.IGNORECASE)


def whole_of_part(claim: str, quotes: str) -> str:
    """An amount told to go to something as a whole, of which the source gives it a part."""
    if not _WHOLE.search(claim) or negated(claim):
        return ""
    for amount in find_amounts(claim):
        text = claim[amount.start : amount.end]
        if re.search(re.escape(text) + _PART_OF, quotes):
            return text
    return ""


# --- Comparisons and orders ---

_THAN = re.compile(
    r"\b(longer|shorter|more|less|higher|lower|larger|smaller|greater|earlier|later|better)\b(?P<what>[^.,;]{0,40}?)\bthan\b(?P<other>[^.,;]+)",
    re.IGNORECASE,
)
_THAN_KOREAN = re.compile(
    r"(?P<other>[가-힣A-Za-z0-9 ·-]+?)보다 (?P<what>[^.,;]{0,30}?)(?P<how>길|짧|많|적|높|낮|크|작|늦|이르|빠르|깁|깊|큽|좋)"
)
_MORE_SIDE = frozenset(
    ["longer", "more", "higher", "larger", "greater", "later", "better", "길", "깁", "많", "높", "크", "큽", "늦", "좋"]
)


def compared_the_other_way(claim: str, quotes: str, holds: Holds, names: Names) -> str:
    """Two named things whose comparison the claim turns round."""
    for own in _comparisons(claim):
        for said in _comparisons(quotes):
            same_way = own[0] == said[0]
            mine, theirs = names(own[1]), names(said[1])
            subject = names(claim) - mine
            if mine and theirs and subject and ((same_way and theirs & subject) or (not same_way and theirs & mine)):
                return own[1].strip()
    return ""


def compared_against_figures(claim: str, quotes: str, names: Names) -> str:
    """Two named things compared otherwise than their figures in the source are, where each has one figure of a kind that both have."""
    for more, other in _comparisons(claim):
        # Korean puts what is compared right before the particle, and what it is compared with perhaps before that.
        theirs = names(other.split()[-1]) if has_hangul(other) else names(other)
        mine = names(claim) - theirs
        if len(mine) != 1 or len(theirs) != 1 or negated(claim):
            continue
        found = [_own_figures(quotes, named, mine | theirs, names) for named in (mine, theirs)]
        kinds = [kind for kind in found[0] if kind in found[1]]
        if kinds and all(
            found[0][kind] != found[1][kind] and (found[0][kind] > found[1][kind]) != more for kind in kinds
        ):
            return other.strip()
    return ""


def _own_figures(quotes: str, named: set[Any], either: set[Any], names: Names) -> dict[str, Decimal]:
    """The amounts, by unit, of the parts of the source that name one of two things and not the other; the first of each unit."""
    found: dict[str, Decimal] = {}
    for part in parts(quotes):
        if names(part.text) & either == named:
            for amount in find_amounts(part.text):
                found.setdefault(amount.unit.value, amount.lower)
    return found


def _comparisons(text: str) -> list[tuple[bool, str]]:
    """Whether more is said, and than what, for each comparison."""
    english = [(m[1].casefold() in _MORE_SIDE, m["other"]) for m in _THAN.finditer(text)]
    return english + [(m["how"] in _MORE_SIDE, m["other"]) for m in _THAN_KOREAN.finditer(text)]


def other_place_in_order(claim: str, quotes: str, holds: Holds) -> str:
    """Something told as first, last or before another thing, where the source lists them in another order."""
    for steps in ordered(quotes):
        held = [[holds(word, claim) for word in content(step)] for step in steps]
        places = [place for place, words in enumerate(held) if words and sum(words) >= len(words) / 2]
        rank = rank_told(claim)
        if len(places) == 1 and rank is not None and steps[rank] != steps[places[0]]:
            return steps[places[0]]
        earlier, mark, later = _BEFORE.sub("\0", claim, count=1).partition("\0")
        if mark and len(places) == 2:
            told = [p for p in places if any(holds(word, earlier) for word in content(steps[p]))]
            after = [p for p in places if any(holds(word, later) for word in content(steps[p]))]
            if len(told) == len(after) == 1 and told[0] > after[0]:
                return steps[told[0]]
    return ""


_BEFORE = re.compile(r"\bbefore\b|보다 먼저", re.IGNORECASE)
