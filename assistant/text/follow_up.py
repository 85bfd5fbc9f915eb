"""Whether a question leans on the turns before it."""

from __future__ import annotations

import re

from assistant.text.morphemes import analyze

# What points at something that was said, and what only goes on from it.
_POINTS = re.compile(
    r"^\s*(?:아까|방금|앞(?:에서|의)|그\s|그건|그게|그거|그곳|거기|저기|이건|이게|위의?\s|해당\s)"
    r"|(?:^|\s)(?:그|해당)\s[가-힣A-Za-z]|(?:^|\s)(?:이|저|위)\s(?:회의|사업|펀드|센터|행사|공고|프로그램|문서|기관|제도|과제|대출|지원|입찰|문의처|담당|기한|금액)"
    r"|(?:그것|그거|그분|거기|그중|그때|그쪽)"
    r"|\b(?:it|its|they|them|their|those|these|that one|this one|the ones?|there|he|she|the same|the former|the latter)\b"
    r"|\b(?:much|many|part|share|all|none|some) of (?:that|this)\b"
    r"|\b(?:that|this|such an?)\s(?:program(?:me)?|project|fund|scheme|cent(?:er|re)|event|meeting|expo|fair|account|loan|support|plan"
    r"|tender|contract|deal|agreement|company|firm|zone|city|country|service|club|network|task|system|platform|body|office|document|notice)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\s*(?:그럼|그러면|그리고|그런데|근데|그래서|또|추가로)|^\s*(?:and|but|so|then|also|what about|how about|ok|okay|or)\b",
    re.IGNORECASE,
)
# Who asks what is coming up goes on with nothing.
_STANDS = re.compile(
    r"다가오는|예정된|모집\s?중|접수\s?중|\bupcoming\b|\bcoming up\b|\bopen (?:calls|tenders|programs)\b", re.IGNORECASE
)
# A question of so few words names nothing of its own to look for; with a name among them it may be whole.
_FEW_WORDS, _FEW_WITH_NAME = 2, 1
# Who goes on with more words than these may be at a new subject, if none of them is a name.
_MANY_WORDS = 4


def follows_up(question: str, *, has_name: bool) -> bool:
    """Whether ``question`` needs the turns before it to be understood: it points back, or says hardly anything itself.

    ``has_name`` is whether it names something.
    """
    starts = {token.start for token in analyze(question)}
    is_short = len(starts) <= (_FEW_WITH_NAME if has_name else _FEW_WORDS)
    goes_on = _GOES_ON.search(question) is not None and (has_name or len(starts) < _MANY_WORDS)
    return goes_on or _POINTS.search(question) is not None or (is_short and not _STANDS.search(question))
