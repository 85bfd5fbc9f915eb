"""A follow-up about one of the things that the answer before it listed: the second one, the last one, the one in Uzbekistan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.reading.choice import picked
from assistant.messages import message
from assistant.text.language import detect_language
from assistant.text.termbase import TermFinder
from assistant.types import Question

# A line that tells of a thing by its title, and no line that quotes a document.
_LISTED = re.compile(
    r"^[^「“\n]{0,80}(?:「(?P<ko>[^」\n]+)」(?=:|의\s|은\s|는\s)|“(?P<en>[^”\n]+)”(?=:| is\b| has\b))", re.MULTILINE
)
_ORDINAL_KO = r"(?:첫\s?번?째|두\s?번째|세\s?번째|네\s?번째|둘째|셋째|넷째|마지막|맨\s?끝|[1-4]\s?번(?:째)?)"
_ORDINAL_EN = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_THING_KO = r"(?:거|것|건|행사|사업|입찰|공고|프로그램|회차)"
_THING_EN = r"(?:one|event|tender|program(?:me)?|session|notice)"
# How one of them is pointed at: by its place in the list, or by a word of its own.
_POINTS = (
    re.compile(
        rf"(?P<said>{_ORDINAL_KO})(?:\s?{_THING_KO}(?:은|는|이|의|도|에|로)?(?=\s|$|[,?])|(?:은|는|이|의|도)(?:요)?(?=\s|$|[,?])|(?=\s*(?:$|[,?])))"
    ),
    re.compile(
        r"(?P<said>[가-힣A-Za-z]{2,12}(?:에서\s?(?:하는|열리는))?)\s(?:거|것|건)(?:은|는|이|의|도)?(?=\s|$|[,?])"
    ),
    re.compile(rf"\b(?:the )?(?P<said>{_ORDINAL_EN})(?: {_THING_EN}\b|(?=\s*(?:$|[,.?])))", re.IGNORECASE),
    re.compile(
        r"\bthe (?P<said>(?:[\w-]+ ){1,3}one|one (?:in|for|from|on|about|at|with) (?:the )?[\w-]+(?: [A-Z][\w-]+)*)\b",
        re.IGNORECASE,
    ),
    # Nothing but a name: the same is asked of that one.
    re.compile(
        r"^\s*(?:그럼|그러면|그리고|그런데|근데)?,?\s*(?P<said>[^?]{2,20}?)(?:은|는)요?\s*\?*\s*$"
        r"|^\s*(?:and|what about|how about)\s(?:in |for )?(?:the )?(?P<name>[^?]{2,30}?)\s*\?*\s*$",
        re.IGNORECASE,
    ),
)
_LEFT = re.compile(
    r"^[\s,.]*(?:and|so|what about|how about|그럼|그러면|그리고|아)?[\s,.]*(?=\S)|\s+(?=[?!.,])", re.IGNORECASE
)
_MAX_CHARS = 80
# How many answers back a list is still pointed into.
_ANSWERS = 3


def of_listed(question: Question, terms: TermFinder | None = None) -> Question | None:
    """The question, asked of the one it points at, as a question of its own; ``None`` where it points at none or nothing was listed.

    Who only points ("And the last one?") asks what was asked before.
    """
    answers = [turn.content for turn in question.history if turn.role == "assistant"][-_ANSWERS:]
    titles = next((listed for text in reversed(answers) if len(listed := _listed(text)) > 1), [])
    pointed = _pointed(question.text, titles, terms) if len(question.text) <= _MAX_CHARS else None
    if pointed is None:
        return None
    title, rest = pointed
    if not _asks(rest):
        before = next((turn.content for turn in reversed(question.history) if turn.role == "user"), "")
        asked = (before.removeprefix(f"{listed}:") for listed in titles if before.startswith(f"{listed}:"))
        rest = next(asked, rest).strip()
    language = question.language or detect_language(question.text)
    text = message(language, "clarified", choice=title, question=rest if _asks(rest) else question.text)
    return replace(question, text=text, language=language, history=())


def _asks(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _listed(answer: str) -> list[str]:
    return list(dict.fromkeys(match["ko"] or match["en"] for match in _LISTED.finditer(answer)))


def _pointed(text: str, titles: Sequence[str], terms: TermFinder | None) -> tuple[str, str] | None:
    """The title that a question points at, and what else it says."""
    for pattern in _POINTS:
        match = pattern.search(text)
        said = next(filter(None, match.groups()), "") if match else ""
        # "And the deadline?" names nothing.
        named = pattern is not _POINTS[-1] or asked_kinds(said)[0] is AnswerKind.ANY
        title = picked(said, titles, terms) if named else None
        if match is not None and title is not None:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return title, _LEFT.sub("", rest).strip(" ,")
    return None
