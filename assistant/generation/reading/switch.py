"""A follow-up that only names another program, event or place ("And the PIS fund?"): the same thing is asked of that one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.text.language import detect_language
from assistant.text.places import HOME, find_places
from assistant.text.termbase import TermFinder
from assistant.types import Language, Question

_SORT = (
    r"펀드|기금|자금|특별\s?계정|대출|바우처|지원사업|프로그램|로드쇼|설명회|상담회|포럼|엑스포|박람회|페어|데이|클리닉|세미나|입찰|보증"
    r"|\bfund|\baccount|\bloan|\bvoucher|\bprogram|\bgrant|\broad\s?show|\bwebinar|\bforum|\bexpo\b|\bfair\b|\bday\b|\bclinic|\bseminar|\btender|\bscheme|\bstarter"
)
_SORTED = re.compile(_SORT, re.IGNORECASE)
_AT = re.compile(r"^(?:in|at|for|to)\s(?:the\s)?|에서$", re.IGNORECASE)
_KINDS = frozenset({"program", "fund", "event"})
_SWITCH = (
    re.compile(
        r"^\s*(?:그럼|그러면|그리고|그런데|근데|또|혹시)?,?\s*(?P<name>.{2,40}?)(?:은|는|도|의\s?경우는?)\s?(?:요|어때요|어떤가요|어떻습니까|어떻게\s?(?:되나요|돼요|됩니까))?\s*\?*\s*$"
    ),
    re.compile(
        r"^\s*(?:so |then |and |but |ok,? )*(?:what about|how about|and)\s(?:the |a )?(?P<name>.{2,50}?)\s*\?*\s*$",
        re.IGNORECASE,
    ),
)
# What such a question may ask of: the noun that a question asks for, as it stands there.
_ASKED = re.compile(
    r"지원\s?한도|한도|규모|금리|이율|마감|기한|신청\s?기간|기간|날짜|일정|장소|담당|소관|문의처|연락처|자격|조건|대상|지원\s?비율|비율|신청\s?방법|참가비|예산|사업비"
    r"|\b(?:size|cap|limit|amount|deadline|dates?|venue|place|contact|conditions?|eligibility|share|interest rate|rate|fee|budget)\b",
    re.IGNORECASE,
)
_WORDS: dict[AnswerKind, dict[Language, str]] = {
    AnswerKind.AMOUNT: {"ko": "얼마입니까?", "en": "how much is it?"},
    AnswerKind.RATE: {"ko": "몇 %입니까?", "en": "what percent is it?"},
    AnswerKind.DATE: {"ko": "언제입니까?", "en": "when is it?"},
    AnswerKind.COUNT: {"ko": "몇 곳입니까?", "en": "how many?"},
    AnswerKind.PLACE: {"ko": "어디에서 열립니까?", "en": "where is it?"},
    AnswerKind.ORGANISATION: {"ko": "어느 기관이 담당합니까?", "en": "which body is in charge?"},
    AnswerKind.CONTACT: {"ko": "어디에 문의합니까?", "en": "who is the contact?"},
    AnswerKind.METHOD: {"ko": "어떻게 신청합니까?", "en": "how do we apply?"},
    AnswerKind.CRITERION: {"ko": "자격 조건은 무엇입니까?", "en": "what are the conditions?"},
}


def switched(question: Question, terms: TermFinder | None = None) -> Question | None:
    """What was asked before, of what this question names instead, as a question of its own; ``None`` for every other question.

    It names a program, a fund, an event or a place and asks nothing itself; what the turn before asked for must be plain. Of another
    place is asked what was asked of one.
    """
    asked_before = [turn.content for turn in question.history if turn.role == "user"]
    elsewhere = _elsewhere(question.text, asked_before[-1]) if asked_before else None
    if elsewhere is not None:
        language = question.language or detect_language(question.text)
        return replace(question, text=elsewhere, language=language)
    name = _name(question.text, terms)
    if not asked_before or name is None:
        return None
    before = _last_ask(asked_before)
    if before is None:
        return None
    language = question.language or detect_language(question.text)
    nouns = " ".join(dict.fromkeys(match.group() for match in _ASKED.finditer(before)))
    kept = nouns if nouns and detect_language(nouns) == language else ""
    text = " ".join(part for part in (name, kept, _WORDS[asked_kinds(before)[0]][language]) if part)
    return replace(question, text=text, language=language, history=())


def names_a_sort(text: str) -> bool:
    """Whether a text names a sort of program, fund or event."""
    return _SORTED.search(text) is not None


def _name(text: str, terms: TermFinder | None) -> str | None:
    for pattern in _SWITCH:
        if (match := pattern.match(text)) is None:
            continue
        name = match["name"].strip()
        is_named = _SORTED.search(name) or (terms is not None and any(m.term.kind in _KINDS for m in terms.find(name)))
        # "And the fund?" names none: what comes before the sort of thing must be something.
        telling = re.sub(r"\W", "", _SORTED.sub("", name))
        if (
            is_named
            and len(telling) >= 2
            and not _ASKED.search(name)
            and asked_kinds(_SORTED.sub(" ", name))[0] is AnswerKind.ANY
        ):
            return name
    return None


def _elsewhere(text: str, before: str) -> str | None:
    """The question before with the place that this one names in place of its own; ``None`` where either names none, or more."""
    names = [match["name"] for pattern in _SWITCH if (match := pattern.match(text))]
    if not names:
        return None
    name = _AT.sub("", names[0].strip())
    asked = find_places(before)
    places = find_places(name)
    is_place = len(places) == 1 and places[0].end - places[0].start == len(name)
    if not is_place or len(asked) != 1 or asked[0].key in (HOME, places[0].key):
        return None
    return before[: asked[0].start] + name + before[asked[0].end :]


def _last_ask(asked: Sequence[str]) -> str | None:
    return next((text for text in reversed(asked) if asked_kinds(text)[0] in _WORDS), None)
