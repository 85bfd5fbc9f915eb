"""Terms that documents explain themselves: 경제발전경험공유사업(KSP), WB(세계은행), 해외건설협회(이하 ‘해건협’).

A name and what stands behind it in parentheses are one thing if they are in two scripts, or if the shorter one is made of the first
letters or syllables of the longer. What the termbase knows already is left out; the rest is offered to an officer, most frequent first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.text.language import has_hangul
from assistant.text.termbase import Term, Termbase, squeezed

_EXAMPLE_CHARS = 160
_MAX_INNER = 90
_PAIR = re.compile(rf"(?<=\S)[ \t]?[(（](?P<inner>[^()（）\n]{{2,{_MAX_INNER}}})[)）]")
_QUOTES = "‘’“”'\"「」『』<>〈〉《》 \t"
_HEREINAFTER = re.compile(
    r"^(?:이하|약칭|약어|영문명?|영어명|국문명?|hereinafter(?: referred to as)?|hereafter(?: referred to as)?|known as|or)\s*[:：,]?\s*"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z0-9&/]*(?:-[A-Z][A-Za-z0-9&]*)*")
_NAME_WORD = re.compile(r"[A-Z][A-Za-z0-9&'’.-]*|(?:of|and|the|for|on|in|to|de|&)")
_SMALL = frozenset({"of", "and", "the", "for", "on", "in", "to", "de", "&", "a", "an"})
_PHRASE = re.compile(r"[A-Za-z][A-Za-z0-9&'’., /-]*[A-Za-z0-9.]")
_KOREAN_NAME = re.compile(r"[가-힣A-Z][가-힣A-Za-z0-9·&-]*(?: [가-힣A-Za-z0-9·&-]+){0,3}")
_EOJEOL = re.compile(r"[가-힣A-Za-z0-9·&-]*[가-힣]$")
_PARTICLE_END = re.compile(r"[은는이가을를의에와과로도및]$|에서$|에게$|으로$|하는$|되는$|위한$")
# What stands in parentheses without being a name for what stands before them.
_REMARKS = frozenset(
    """
    예정 기준 잠정 신규 가칭 단위 포함 제외 별도 누계 추정 현재 이상 이하 이내 미만 초과 동일 생략 필수 선택 참고
    예시 국내 해외 국비 지방비 자부담 완료 진행중 안 명 건 개 원 억원 백만원 천원 달러 억달러 만달러 무료 유료
    온라인 오프라인 오전 오후 월 화 수 목 금 토 일
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable at this length
)
_NO_ACRONYMS = frozenset(
    {"KRW", "USD", "EUR", "JPY", "CNY", "US", "AM", "PM", "TEL", "FAX", "URL", "PDF", "HWP", "VAT", "NO", "TBD", "KST"}
)


@dataclass(frozen=True, slots=True)
class TermCandidate:
    """A pair of names that documents give for one thing; a form they don't give is empty.

    ``count`` says how often, ``example`` is the first place. ``known_as`` is the entry that has one of the forms already, to which
    the others may be added; empty where the termbase has none of them.
    """

    korean: str
    english: str
    abbreviation: str
    count: int
    example: str
    known_as: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that documents give."""
        return tuple(form for form in (self.korean, self.english, self.abbreviation) if form)


def find_candidates(texts: Iterable[str], termbase: Termbase) -> list[TermCandidate]:
    """The pairs in ``texts`` that ``termbase`` does not know, most frequent first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    spelt: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    examples: dict[tuple[str, str, str], str] = {}
    for text in texts:
        for line in text.split("\n"):
            for match in _PAIR.finditer(line):
                for forms in _pairs(line[: match.start()].rstrip(), match["inner"]):
                    key = (squeezed(forms[0]), squeezed(forms[1]), squeezed(forms[2]))
                    counts[key] += 1
                    spelt.setdefault(key, forms)
                    examples.setdefault(key, _example(line, match.start(), match.end()))
    found = [TermCandidate(*spelt[key], count=counts[key], example=examples[key]) for key in counts]
    owners = _owners(termbase)
    offered = (_unknown(candidate, owners) for candidate in _joined(found))
    return sorted(filter(None, offered), key=lambda candidate: (-candidate.count, candidate.forms))


def _pairs(before: str, inner: str) -> Iterator[tuple[str, str, str]]:
    """Korean, English and abbreviation of what stands before the parentheses and in them; nothing if they are not one thing."""
    said = [_HEREINAFTER.sub("", part.strip(_QUOTES)).strip(_QUOTES) for part in re.split(r"[,;，]\s", inner)]
    said = [part for part in said if len(part) > 1]
    if not said or any(character.isdigit() for character in said[0][:1]):
        return
    if _ends_in_hangul(before):
        yield from _behind_korean(before, said)
    elif before[-1:].isascii() and before[-1:].isalnum():
        yield from _behind_latin(before, said)


def _behind_korean(before: str, said: list[str]) -> Iterator[tuple[str, str, str]]:
    name = _korean_name(before)
    if not name:
        return
    if has_hangul(said[0]):
        if len(said[0]) < len(name) and " " not in said[0] and _is_short_for(said[0], name):
            yield name, "", said[0]
        return
    acronym = next((part for part in said[:2] if _is_acronym(part)), "")
    english = next((part for part in said[:2] if _is_phrase(part)), "")
    if english and acronym and not _initials_fit(acronym, english):
        acronym = ""
    if acronym or english:
        yield name, english, acronym


def _behind_latin(before: str, said: list[str]) -> Iterator[tuple[str, str, str]]:
    inner = said[0]
    words = before.split()
    acronym = words[-1].strip(_QUOTES)
    if has_hangul(inner):
        if not _KOREAN_NAME.fullmatch(inner) or inner in _REMARKS or _PARTICLE_END.search(inner[2:]):
            return
        if _is_acronym(acronym):
            yield inner, "", acronym
        elif name := _capitalised_run(words):
            yield inner, name, ""
    elif _is_acronym(inner):
        name = _fitting_run(words, inner)
        if name:
            yield "", name, inner
    elif _is_acronym(acronym) and _is_phrase(inner) and _initials_fit(acronym, inner):
        yield "", inner, acronym


def _ends_in_hangul(text: str) -> bool:
    return bool(text) and has_hangul(text[-1])


def _korean_name(before: str) -> str:
    """The last word before the parentheses, with the one before it where it is too short for a name."""
    words = before.split()
    match = _EOJEOL.search(words[-1].lstrip(_QUOTES)) if words else None
    if not match or len(match.group()) < 2 or match.group() in _REMARKS:
        return ""
    name = match.group().strip("·-&")
    if len(name) <= 3 and len(words) > 1:
        earlier = words[-2].strip(_QUOTES)
        if _EOJEOL.fullmatch(earlier) and len(earlier) > 1 and not _PARTICLE_END.search(earlier):
            name = f"{earlier} {name}"
    return name


def _is_acronym(text: str) -> bool:
    return 2 <= len(text) <= 12 and bool(_ACRONYM.fullmatch(text)) and text.upper() not in _NO_ACRONYMS


def _is_phrase(text: str) -> bool:
    """Whether Latin text reads like a name: several words, or one with a capital."""
    if (
        not _PHRASE.fullmatch(text)
        or _is_acronym(text)
        or text.upper() in _NO_ACRONYMS
        or "www." in text
        or "://" in text
    ):
        return False
    words = text.split()
    return len(words) <= 12 and (len(words) > 1 or (text[0].isupper() and len(text) > 3))


def _capitalised_run(words: list[str]) -> str:
    run: list[str] = []
    for word in reversed(words):
        if not _NAME_WORD.fullmatch(word.strip(_QUOTES)) or len(run) == 12:
            break
        run.insert(0, word.strip(_QUOTES))
    while run and run[0].casefold() in _SMALL:
        run.pop(0)
    return " ".join(run)


def _fitting_run(words: list[str], acronym: str) -> str:
    """The shortest run of last words whose first letters make the acronym."""
    for length in range(2, min(12, len(words)) + 1):
        run = [word.strip(_QUOTES) for word in words[-length:]]
        if run[0].casefold() not in _SMALL and _initials_fit(acronym, " ".join(run)):
            return " ".join(run)
    return ""


def _initials_fit(acronym: str, name: str) -> bool:
    """Whether the capitals of ``acronym`` are, in order, first letters of the words of ``name``, the first word's among them.

    Up to half of the words may be passed over, as Urban and Corporation are in KIND; small words don't count.
    """
    letters = [letter.casefold() for letter in acronym if letter.isalpha() and letter.isupper()]
    words = [
        word.casefold() for word in re.split(r"[\s/,-]+", name) if word.casefold() not in _SMALL and word[:1].isalpha()
    ]
    if len(letters) < 2 or not words or words[0][0] != letters[0]:
        return False
    place, used = 0, 0
    for word in words:
        if place < len(letters) and word[0] == letters[place]:
            place, used = place + 1, used + 1
            # KIND takes two letters of Infrastructure.
            if place < len(letters) and word[1:2] == letters[place]:
                place += 1
    return place == len(letters) and used * 2 >= len(words)


def _is_short_for(short: str, name: str) -> bool:
    """Whether the syllables of ``short`` stand in ``name`` in this order, the first at its beginning or that of a part."""
    plain = squeezed(name)
    rest = iter(plain)
    return len(short) >= 2 and short[0] in plain[:3] and all(syllable in rest for syllable in short)


def _joined(found: list[TermCandidate]) -> list[TermCandidate]:
    """KSP explained in Korean here and in English there is one candidate, if nobody explains it in another way."""
    by_acronym: dict[str, list[TermCandidate]] = defaultdict(list)
    for candidate in found:
        if candidate.abbreviation and not has_hangul(candidate.abbreviation):
            by_acronym[candidate.abbreviation].append(candidate)
    gone: set[TermCandidate] = set()
    added: list[TermCandidate] = []
    for sharing in by_acronym.values():
        korean = [candidate for candidate in sharing if candidate.korean and not candidate.english]
        english = [candidate for candidate in sharing if candidate.english and not candidate.korean]
        if len(korean) == len(english) == 1:
            gone.update(korean + english)
            count = korean[0].count + english[0].count
            added.append(replace(korean[0], english=english[0].english, count=count))
    return [candidate for candidate in found if candidate not in gone] + added


def _owners(termbase: Termbase) -> dict[str, list[Term]]:
    owners: dict[str, list[Term]] = defaultdict(list)
    for term in termbase.terms:
        for form in {squeezed(form) for form in (*term.korean, *term.english, *term.abbreviations)}:
            owners[form].append(term)
    return owners


def _unknown(candidate: TermCandidate, owners: dict[str, list[Term]]) -> TermCandidate | None:
    """The candidate, with the entry that knows a part of it; ``None`` if every form of it is known."""
    knowing = [owners.get(squeezed(form), []) for form in candidate.forms]
    if all(knowing):
        return None
    known = next((term for terms in knowing for term in terms), None)
    return replace(candidate, known_as=known.name("ko")) if known else candidate


def _example(line: str, start: int, end: int) -> str:
    """The line around the pair, cut where it is too long."""
    if len(line) <= _EXAMPLE_CHARS:
        return line.strip()
    left = max(0, min(start - _EXAMPLE_CHARS // 2, len(line) - _EXAMPLE_CHARS))
    right = max(end, left + _EXAMPLE_CHARS)
    return f"{'…' if left else ''}{line[left:right].strip()}{'…' if right < len(line) else ''}"
