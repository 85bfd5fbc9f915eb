"""What is told of the company after a question ("Our head office is in Daejeon"), asked for or not: the question, with what is told now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.generation.answer_kind import AnswerKind, asked_kinds, asks_whether
from assistant.generation.eligibility.profile import ProfileReader
from assistant.generation.eligibility.words import asks_of_company
from assistant.generation.reading.parts import parts
from assistant.generation.reading.switch import names_a_sort
from assistant.text.language import detect_language
from assistant.text.termbase import TermFinder
from assistant.types import Language, ProfileField, Question, Turn

_MAX_CHARS = 100
_PIECES = re.compile(r"[,，;\n]|\.(?=\s|$)|(?<=[가-힣])고\s|\s그리고\s|\sand\s", re.IGNORECASE)
_YES = re.compile(
    r"^\W*(?:네|예|응|그렇습니다|맞아요|맞습니다|있(?:어요|습니다|음)|yes|yeah|yep|we (?:do|have))\W*$", re.IGNORECASE
)
_NO = re.compile(
    r"^\W*(?:아니(?:요|오|에요)?|없(?:어요|습니다|음)|안\s?해요|no|nope|none|not yet|we (?:don't|do not|haven't))\W*$",
    re.IGNORECASE,
)
# A bare reply says what it is of only beside the question: "3 years", "USD 100,000", "yes".
_FRAMES: dict[Language, dict[ProfileField, str]] = {
    "ko": {"years_in_business": "창업 {reply}", "export_record": "수출 {reply}"},
    "en": {"years_in_business": "{reply} in business", "export_record": "exports of {reply}"},
}
_ANSWERS: dict[Language, dict[ProfileField, tuple[str, str]]] = {
    "ko": {
        "export_record": ("수출 실적이 있습니다", "수출 실적이 없습니다"),
        "consortium_with_large": ("대기업과 컨소시엄을 구성합니다", "컨소시엄은 없습니다"),
    },
    "en": {
        "export_record": ("we have exports", "no exports"),
        "consortium_with_large": ("in a consortium with a large company", "without a consortium"),
    },
}
# What no question but one about the company leads to.
_OF_ITSELF = frozenset({"size", "years_in_business", "export_record"})
# How many answers back one may have asked.
_MOST_BACK = 3
_OF_US: dict[Language, str] = {"ko": "저희 회사:", "en": "Our company:"}


def replied(question: Question, terms: TermFinder | None = None) -> Question | None:
    """The question about the company that was asked before, with what this reply tells of it, with the talk before it.

    It is the last one whose answer asked for more, of the last three. What sort of company it is, how old, or what it exports may follow
    any question of whether, or for a company of a kind. What was told otherwise in an earlier reply is left out.
    ``None`` where the text tells nothing of the company, names a program, a body or an event, or asks something else.
    """
    if len(question.text) > _MAX_CHARS or not question.history or _is_about_else(question, terms):
        return None
    for place, asked, wanted in _asked_before(question.history):
        facts = list(_facts(question, wanted))
        told = _told(". ".join(facts), question)
        is_settling = _OF_ITSELF & told.keys() and (_told(asked, question) or _asks_whether(asked))
        if not told or not (wanted or is_settling):
            continue
        language = detect_language(question.text, default=detect_language(asked))
        head, of_us, before = asked.partition(next((words for words in _OF_US.values() if words in asked), "\0"))
        if _contradicts(head, told, question):
            return None
        kept = [fact for fact in before.split(". ") if fact.strip() and not _told(fact, question).keys() & told.keys()]
        listed = ". ".join(fact.strip(" .") for fact in (*kept, *facts))
        text = f"{head.strip()} {of_us or _OF_US[language]} {listed}."
        return replace(question, text=text, language=question.language or language, history=question.history[:place])
    return None


def _asked_before(history: Sequence[Turn]) -> Iterator[tuple[int, str, tuple[ProfileField, ...]]]:
    """The last question with what its answer asks of the company, if anything, then those before whose answers ask: place, text, fields."""
    pairs = [n for n in range(len(history) - 1) if (history[n].role, history[n + 1].role) == ("user", "assistant")]
    for n in pairs[: -_MOST_BACK - 1 : -1]:
        wanted = asks_of_company(history[n + 1].content)
        if wanted or n == pairs[-1]:
            yield n, history[n].content, wanted


def _told(text: str, question: Question) -> Mapping[str, Any]:
    return ProfileReader().read(text, question.as_of).profile.told


def _contradicts(head: str, told: Mapping[str, Any], question: Question) -> bool:
    """Whether the question itself told otherwise; of exports that there are, how large they are may come later."""
    before = _told(head, question)
    return any(before.get(name, True) is not True for name in told)


def _asks_whether(text: str) -> bool:
    asked = parts(text)[-1]
    return asks_whether(asked) or asked_kinds(asked)[0] is AnswerKind.CRITERION


def _is_about_else(question: Question, terms: TermFinder | None) -> bool:
    """Whether a text asks something itself, or names what is no company's."""
    text = question.text
    asks = ProfileReader().read(text, question.as_of).asks != "no"
    if asked_kinds(text)[0] is not AnswerKind.ANY or ("?" in text and not asks) or names_a_sort(text):
        return True
    found = terms.find(text) if terms is not None else ()
    return any(match.term.kind in ("program", "fund", "event", "body") for match in found)


def _facts(question: Question, wanted: Sequence[ProfileField]) -> Iterator[str]:
    """The pieces of a reply that tell something of the company, each in words that say what it is of."""
    reader = ProfileReader()
    left = list(wanted)
    language = detect_language(question.text, default="ko")
    for piece in filter(None, (part.strip() for part in _PIECES.split(question.text))):
        told = reader.read(piece, question.as_of).profile.told
        if told:
            left = [field for field in left if field not in told]
            yield piece
            continue
        for field in left:
            fact = _framed(piece, field, language)
            if fact is not None and field in reader.read(fact, question.as_of).profile.told:
                left.remove(field)
                yield fact
                break


def _framed(piece: str, field: ProfileField, language: Language) -> str | None:
    """A bare reply with what it is of."""
    yes, no = _ANSWERS[language].get(field, (None, None))
    if _YES.match(piece):
        return yes
    if _NO.match(piece):
        return no
    frame = _FRAMES[language].get(field)
    return frame.format(reply=piece) if frame is not None else None
