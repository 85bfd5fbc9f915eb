"""Whether two records, perhaps of papers in different languages, are of one program or event."""

from __future__ import annotations

import re

from assistant.text.termbase import TermFinder
from assistant.types import Record

# What a notice's title has besides the name.
_FRAME = re.compile(
    r"\[[^\]]*\]|「|」|『|』|[“”\"‘’']|(?:지원\s?)?(?:사업\s?)?(?:모집|참가|신청|입찰|지원)?\s?(?:공고|안내|개최\s?안내|모집)\s*$"
    r"|\b(?:the|an?|notice|call for (?:participants|applications)|guide|sheet|information)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（](?P<inner>[^)）]*)[)）]")
# Of one language; a sort of thing that both languages name.
_SORTS = (
    ("fund", r"펀드|\bfunds?\b"),
    ("program", r"프로그램|지원\s?사업|\bprogram(?:me)?s?\b"),
    ("account", r"특별\s?계정|\bspecial accounts?\b"),
    ("loan", r"대출|\bloans?\b"),
    ("voucher", r"바우처|\bvouchers?\b"),
    ("forum", r"포럼|\bforum\b"),
    ("fair", r"페어|박람회|\bfair\b"),
    ("expo", r"엑스포|\bexpo\b"),
    ("webinar", r"웨비나|\bwebinar\b"),
    ("roadshow", r"로드쇼|\broad\s?show\b"),
)
_MIN_LETTERS = 3


class SameThing:
    """Compares records by their names; strict, so that two funds are never taken for one.

    Args:
        terms: official names in both languages.
    """

    def __init__(self, terms: TermFinder | None = None) -> None:
        self._terms = terms

    def are(self, one: Record, other: Record) -> bool:
        """Whether both have one type and one name, however it is framed; another number (제3회, 2027) is another thing."""
        if one.type is not other.type or _numbers(one.title) != _numbers(other.title):
            return False
        return bool(self._names(one.title) & self._names(other.title))

    def _names(self, title: str) -> set[str]:
        """The title in normal form, and what its brackets say once more where that is a name by itself."""
        forms = [_BRACKETED.sub(" ", title), title]
        # "EDCF (대외경제협력기금)", "World Smart City Expo (WSCE 2019)"
        forms += [
            match["inner"] for match in _BRACKETED.finditer(title) if re.search(r"[A-Z]{3,}|기금|자금", match["inner"])
        ]
        return {key for form in forms if len(key := self._key(form)) >= _MIN_LETTERS}

    def _key(self, title: str) -> str:
        plain = _FRAME.sub(" ", title)
        if self._terms is not None:
            for match in sorted(self._terms.find(plain), key=lambda match: -match.start):
                plain = f"{plain[: match.start]} {match.term.name('en')} {plain[match.end :]}"
        for name, pattern in _SORTS:
            plain = re.sub(pattern, name, plain, flags=re.IGNORECASE)
        return re.sub(r"[\W_]+", "", plain).casefold()


def _numbers(title: str) -> set[str]:
    return set(re.findall(r"\d+", title))
