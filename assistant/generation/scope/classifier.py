"""Questions that are not for the documents: greetings, other subjects, attempts to turn the assistant against its sources.

A text is read in every way it may be meant (``readings``), and each reading is searched for the rules of an intent
(``injection``, ``topics`` and ``deeds``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from assistant.generation.scope.deeds import DEED_RULES
from assistant.generation.scope.injection import DOCUMENT_RULES, INJECTION_RULES, SQUEEZED
from assistant.generation.scope.readings import plain, readings, squeezed
from assistant.generation.scope.rules import Rule
from assistant.generation.scope.topics import GREETING_RULES, GUARANTEE_RULES, OFF_TOPIC_RULES, PERSONAL_DATA_RULES
from assistant.types import Turn


class Scope(StrEnum):
    """What to do with a question before looking anything up."""

    GREETING = "greeting"
    OFF_TOPIC = "off_topic"
    INJECTION = "injection"
    PERSONAL_DATA = "personal_data"
    GUARANTEE = "guarantee"


_RULES: tuple[tuple[Scope, tuple[Rule, ...]], ...] = (
    (Scope.INJECTION, INJECTION_RULES),
    (Scope.GUARANTEE, GUARANTEE_RULES),
    (Scope.PERSONAL_DATA, PERSONAL_DATA_RULES),
    (Scope.OFF_TOPIC, OFF_TOPIC_RULES),
    (Scope.GREETING, GREETING_RULES),
    (Scope.INJECTION, DEED_RULES),
)
_DOCUMENT_RULES = (*DOCUMENT_RULES, *(rule for rule in INJECTION_RULES if rule.in_documents))
_SQUEEZED = re.compile(SQUEEZED)
# A paper on security may name an attack between quotation marks; what it says around them is not meant for the assistant.
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_ON_ATTACKS = re.compile(
    r"공격|침해|탐지|차단|방어|악성|위협|대응|유형|인젝션|주입|\battack|\bdetect|\bprevent|\bfilter(?:s|ed|ing)?\b|\bthreat|\binjection|\bmalicious|\bdefen[cs]e|\bmitigat",
    re.IGNORECASE,
)
# A message that only takes up what was said before is judged together with it.
_TAKES_UP = re.compile(
    r"\b(?:go on|continue|as agreed|as promised|as in your last|do it|execute|run|second|then|so|nova|you were about to|secret part|in that role)\b"
    r"|계속|약속|합쳐|실행|아까|그대로\s?해|둘째|이어|이제|지니",
    re.IGNORECASE,
)
_FEW_WORDS = 3
_TURNS = 4


def classify(text: str, history: Sequence[Turn] = ()) -> Scope | None:
    """What kind of question this is if it is not one for the documents, else ``None``.

    ``history`` counts where the question takes it up: an order may come in several turns, or be agreed beforehand.
    """
    for scope, rules in _RULES:
        deep = rules is INJECTION_RULES
        for reading in readings(text, decode=deep):
            if _speaks_of_attacks(reading):
                continue
            if any(rule.matches(reading) for rule in rules):
                return scope
    if (apart := squeezed(text)) is not None and _SQUEEZED.search(apart):
        return Scope.INJECTION
    return Scope.INJECTION if _continues_an_attack(text, history) else None


@lru_cache(maxsize=4096)
def is_instruction(text: str) -> bool:
    """Whether a passage of a document speaks to an assistant instead of to its readers: such a passage is never quoted."""
    for reading in readings(text, decode=False):
        if not _speaks_of_attacks(reading) and any(rule.matches(reading, is_document=True) for rule in _DOCUMENT_RULES):
            return True
    return (apart := squeezed(text)) is not None and _SQUEEZED.search(apart) is not None


def _speaks_of_attacks(text: str) -> bool:
    """Whether a text on attacks quotes an order, and gives none outside the quotation marks."""
    if not _ON_ATTACKS.search(text) or not _QUOTED.search(text):
        return False
    around = _QUOTED.sub("…", text)
    return not any(rule.matches(around) for rule in (*INJECTION_RULES, *DOCUMENT_RULES))


def _continues_an_attack(text: str, history: Sequence[Turn]) -> bool:
    """Whether a question takes up earlier turns that set up an attack."""
    visible = plain(text)
    if not history or not (_TAKES_UP.search(visible) or len(visible.split()) < _FEW_WORDS):
        return False
    earlier = [turn.content for turn in history[-_TURNS:]]
    if any(rule.matches(plain(turn)) for turn in earlier for rule in INJECTION_RULES):
        return True
    joined = plain(" ".join((*(turn.content for turn in history[-_TURNS:] if turn.role == "user"), text)))
    return any(rule.matches(joined) for rule in INJECTION_RULES)
