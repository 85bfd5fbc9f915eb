"""The reply to "which one do you mean?": the question it completes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.eligibility.words import word
from assistant.generation.records.list_words import listed
from assistant.messages import message
from assistant.text.demonyms import country_of
from assistant.text.morphemes import analyze
from assistant.text.termbase import TermFinder
from assistant.types import LANGUAGES, Language, Question, Turn

_OFFERED = re.compile(r"「(?P<ko>[^」]+)」|“(?P<en>[^”]+)”")
_ORDINALS = (
    re.compile(r"첫\s?번?째|첫\s?번|[①]|(?<!\d)1\s?번|\bfirst\b|\b1st\b|^\W*1\W*$", re.IGNORECASE),
    re.compile(r"두\s?번째|둘째|[②]|(?<!\d)2\s?번|\bsecond\b|\b2nd\b|^\W*2\W*$", re.IGNORECASE),
    re.compile(r"세\s?번째|셋째|[③]|(?<!\d)3\s?번|\bthird\b|\b3rd\b|^\W*3\W*$", re.IGNORECASE),
    re.compile(r"네\s?번째|넷째|[④]|(?<!\d)4\s?번|\bfourth\b|\b4th\b|^\W*4\W*$", re.IGNORECASE),
)
_LAST = re.compile(r"마지막|맨\s?끝|\blast\b", re.IGNORECASE)
# A reply is a name and little else.
_MAX_WORDS = 9


def completed(question: Question, terms: TermFinder | None = None) -> Question | None:
    """The question asked before, about the choice that this reply picks, with the talk before it and in its language.

    A choice is picked by its place among them or by a word that only its name has, in either language. ``None`` where the turn before
    offered none, or none is picked.
    """
    if len(question.history) < 2:
        return None
    asked, offer = question.history[-2:]
    language = _language_offered(offer)
    if asked.role != "user" or offer.role != "assistant" or language is None:
        return None
    asks = asked_kinds(question.text)[0] not in (AnswerKind.ANY, AnswerKind.DEFINITION)
    if asks or len(question.text.split()) > _MAX_WORDS:
        return None
    choice = picked(question.text, offered(offer.content), terms)
    if choice is None:
        return None
    text = message(language, "clarified", choice=choice, question=asked.content)
    return replace(question, text=text, language=question.language or language, history=question.history[:-2])


def offered(text: str) -> list[str]:
    """The choices that an answer which asks back names, in order, each once."""
    return list(dict.fromkeys(match["ko"] or match["en"] for match in _OFFERED.finditer(text)))


def _language_offered(turn: Turn) -> Language | None:
    """The language in which a turn asks which one is meant; ``None`` where it does not. What it names may be in the other one."""
    return next((language for language in LANGUAGES if turn.content.startswith(_leads(language))), None)


def _leads(language: Language) -> tuple[str, ...]:
    return (
        message(language, "clarify_which"),
        listed(language, "which_center"),
        listed(language, "which_deadline"),
        word(language, "chat_which", titles="").strip(),
    )


def picked(reply: str, choices: Sequence[str], terms: TermFinder | None) -> str | None:
    """The one of several names that a few words mean: by its place among them, or by a word that only it has, in either language."""
    if len(choices) < 2:
        return None
    for place, pattern in enumerate(_ORDINALS):
        if pattern.search(reply) and place < len(choices):
            return choices[place]
    if _LAST.search(reply):
        return choices[-1]
    # The words themselves first, then what they are called in the other language.
    for known in (None, terms):
        said = _words(reply, known)
        own = [_words(choice, known) for choice in choices]
        telling = [
            len(said & {one for one in words if not any(one in other for n, other in enumerate(own) if n != place)})
            for place, words in enumerate(own)
        ]
        best = max(telling)
        if best and telling.count(best) == 1:
            return choices[telling.index(best)]
    return None


def _words(text: str, terms: TermFinder | None) -> set[str]:
    """Index forms of a text, of the countries that it has by their people, and of what its terms are called in either language.

    A ministry counts as a whole: the land and the infrastructure in its name are no words of the text.
    """
    forms = [text, *(country for word in text.split() if (country := country_of(word)))]
    found = [match.term for match in terms.find(text)] if terms is not None else []
    forms += [form for term in found if term.kind != "body" for name in LANGUAGES for form in term.forms(name)]
    words = {token.form for form in forms for token in analyze(form) if len(token.form) > 1}
    return words | {term.name("en") for term in found if term.kind == "body"}
