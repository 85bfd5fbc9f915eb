"""Whether a claim turns its source round: negation, opposites, and plans told as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.morphemes import forms

_NOT_NEGATIVE = re.compile(
    r"(?:뿐|만)(?:만|이|은)?\s?아니라|불가피|없이\s?이용|끊임없|지속없|잘못|연못"
    r"|not only|\b(?:no|not) (?:later|earlier|sooner|more|less|fewer) than|\bNo\.\s?\d",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"않|없|아니|아닌|아닙|아닐|못\s?(?:하|한|할|함|합|해|됩|되|된|받)|불가|불허|(?<![가-힣])안\s?(?:됩|된|되|돼|함|합|받)"
    r"|미(?:지원|포함|해당|적용|실시|대상|지급)|비(?:대상|해당|적용)|제외|금지|거절|거부"
    r"|\b(?:not|no|never|without|cannot|none|neither|nor|nobody|nothing|unable|ineligible|excluded?|excludes|excluding|except|prohibit\w*|refus\w+|unavailable)\b|n['’]t\b",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"(?<!\d)[,;:·/()](?!\d)|[,;:()](?=\s)|\s[-–—|]\s|(?<=[가-힣])(?:으나|지만|이며|하며|되며|하고|하되|이나)\s|\b(?:but|however|while|whereas|although)\b"
)
# A segment of the source speaks about the same thing when the claim has this share of its content words.
_SAME_MATTER_RATIO = 0.5

# Within a group, each side has its words in both languages; a claim that says one side where the source says only another is false.
_OPPOSITES: tuple[tuple[str, ...], ...] = (
    (
        r"소상공인|micro[- ]?enterprises?",
        r"중소기업|\bSMEs?\b|small[- ](?:and|or)[- ]medium",
        r"중견기업|중견|mid[- ]?(?:size|sized|tier|cap)|middle[- ]market",
        r"대기업|large (?:companies|firms|enterprises|corporations)|conglomerate",
    ),
    (
        r"이상|최소|at least|or more|minimum|no less than",
        r"이하|이내|최대|한도|at most|up to|or less|maximum|no more than|(?<=[%원개명회건])까지|미만|less than",
        r"초과|(?<!no )more than|exceed\w*",
    ),
    (
        r"확대|증가|인상|상향|늘[어리려렸]|증액|increas\w+|expan\w+|rais\w+|rose|grow\w*|grew",
        r"축소|감소|인하|하향|줄[어이여였]|감액|decreas\w+|reduc\w+|lower\w*|fell|cut\b|cuts\b|shrink\w*",
    ),
    (r"상반기|['’‘]?\d{2}\.?上|first half|H1\b|1H\b", r"하반기|下|second half|latter half|H2\b|2H\b"),
    (r"유상|paid|융자|대출|loans?\b", r"무상|무료|free of charge|grants?\b|보조"),
    (r"온라인|비대면|online|virtual", r"오프라인|대면|현장|offline|in[- ]person"),
    (r"시작|개시|open(?:s|ed|ing)?\b|start(?:s|ed)?\b", r"마감|종료|close[sd]?\b|closing|deadline"),
    (r"수출|export\w*", r"수입(?!금)|import(?!an)\w*"),
    (r"민간|private", r"공공|public"),
)
_SIDES = tuple(tuple(re.compile(rf"(?:{side})", re.IGNORECASE) for side in group) for group in _OPPOSITES)
# Company sizes must also agree next to the figure: "70% for SMEs, 50% for mid-size firms" has both.
_SIZES = _SIDES[0]
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")

_PLAN = re.compile(
    r"예정|계획|추진|검토|목표|할 것|\bplan\w*|\bwill\b|schedul\w+|\baim\w*|\bintend\w*|\bexpect\w*|\bpropos\w+|\bto be\b|\bby 20\d\d",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:[가-힣]*[았었였했됐졌렸쳤꼈났갔왔했])(?:습니다|다\b|음\b|으며|고\b)|완료|\b(?:was|were|has been|have been|had)\b"
    r"|(?<!\bbe )(?<!\bto )\b(?:opened|launched|established|signed|completed|started|created|founded|built|introduced|held)\b",
    re.IGNORECASE,
)


def is_negated(text: str) -> bool:
    """Whether ``text`` denies, excludes or forbids."""
    return _NEGATION.search(_NOT_NEGATIVE.sub(" ", text)) is not None


def contradicts(claim: str, quotes: list[str], *, same_language: bool) -> str | None:
    """The way in which ``claim`` turns ``quotes`` round, or ``None``.

    Args:
        claim: a sentence.
        quotes: the spans it rests on, at least one.
        same_language: whether their words can be compared; if not, a quotation counts as a whole.
    """
    source = "\n".join(quotes)
    segments = [segment for quote in quotes for segment in _segments(quote)]
    if is_negated(claim):
        if not is_negated(source):
            return "negation"
    elif any(is_negated(segment) and (not same_language or _same_matter(segment, claim)) for segment in segments):
        return "negation"
    for sides in _SIDES:
        claimed = [bool(side.search(claim)) for side in sides]
        said = [bool(side.search(source)) for side in sides]
        if any(claimed) and any(said) and not any(a and b for a, b in zip(claimed, said, strict=True)):
            return "opposite"
    if _swaps_size(claim, quotes):
        return "opposite"
    if _DONE.search(claim) and not _PLAN.search(claim) and _PLAN.search(source) and not _DONE.search(source):
        return "plan"
    return None


def _segments(text: str) -> Iterator[str]:
    for piece in _SEGMENT.split(text):
        if piece and piece.strip():
            yield piece.strip()


def _same_matter(segment: str, claim: str) -> bool:
    words = {form for form in forms(segment) if not is_negated(form)}
    return not words or len(words & set(forms(claim))) >= _SAME_MATTER_RATIO * len(words)


def _swaps_size(claim: str, quotes: list[str]) -> bool:
    """Whether a claim about one size of company takes a figure that stands next to another size only."""
    claimed = {n for n, side in enumerate(_SIZES) if side.search(claim)}
    if len(claimed) != 1:
        return False
    for figure in _FIGURE.findall(claim):
        nearest = {size for quote in quotes for size in _nearest_sizes(quote, figure)}
        if nearest and not nearest & claimed:
            return True
    return False


def _nearest_sizes(quote: str, figure: str) -> Iterator[int]:
    """The size of company named nearest to each place of ``figure``: in Korean before it, in English on either side."""
    places = [(match.start(), match.end(), n) for n, side in enumerate(_SIZES) for match in side.finditer(quote)]
    for match in re.finditer(rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)", quote):
        near = [(match.start() - end, n) for _, end, n in places if end <= match.start()]
        if not re.search(r"[가-힣]", quote):
            near += [(start - match.end(), n) for start, _, n in places if start >= match.end()]
        if near:
            yield min(near)[1]
