"""What a record says of the one thing that a question asks for: comparable, and said in the asker's language."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.records.wording import event_period
from assistant.text.amounts import MONEY, Amount, Unit, find_amounts, format_amount
from assistant.text.dates import format_period
from assistant.types import Evidence, Language, Period, Precision, Record, RecordType

_DEADLINE = re.compile(
    r"마감|기한|까지|접수|신청\s?기간|모집\s?기간|\bdeadline|\bdue\b|\buntil\b|\bby when\b|\bclos(?:e|es|ing)\b|\bapply\b|\bsubmit",
    re.IGNORECASE,
)
_RATE = re.compile(r"금리|이자|이율|\binterest\b|\brates?\b", re.IGNORECASE)
# A sum may be all there is, the most that one gets, or a part of something; they are not to be compared.
_CAP = re.compile(r"이내|최대|한도|까지|당\s|up to|at most|max|cap\b|limit|\bper\b", re.IGNORECASE)
_TOTAL = re.compile(r"규모|총|조성|전체|합계|size|total|volume|worth|\bin all\b", re.IGNORECASE)
_PART = re.compile(r"중\s|가운데|그중|몫|of which|portion|share|part of|안팎", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A record's field: ``key`` is equal for two writings of one value, ``evidence`` is where it stands."""

    field: str
    key: Hashable
    evidence: tuple[Evidence, ...]
    text: str


def asked_field(question: str, record_type: RecordType) -> str | None:
    """The field of a record of this type that a question asks for: a sum, a share, a rate, a day or a place; ``None`` for all else."""
    match asked_kinds(question)[0]:
        case AnswerKind.AMOUNT:
            return "amount"
        case AnswerKind.RATE:
            return "rate" if _RATE.search(question) else "share"
        case AnswerKind.DATE if _DEADLINE.search(question):
            return "deadline"
        case AnswerKind.DATE if record_type is RecordType.EVENT:
            return "start"
        case AnswerKind.PLACE if record_type is RecordType.EVENT:
            return "place"
        case _:
            return None


def value_of(record: Record, field: str, language: Language) -> Value | None:
    """What ``record`` says of ``field``; ``None`` where it says nothing, or nothing that can be compared."""
    evidence = record.proofs(field)
    if not evidence:
        return None
    match field:
        case "amount" | "rate" | "share":
            written = getattr(record, field)
            amounts = find_amounts(written) if written else []
            if len(amounts) != 1:
                return None
            key = (amounts[0].lower, amounts[0].upper, amounts[0].unit)
            return Value(field, key, evidence, _amount(amounts[0], written, language))
        case "deadline" if record.deadline is not None:
            day = Period(record.deadline, record.deadline, Precision.DAY)
            return Value(field, record.deadline, evidence, format_period(day, language))
        case "start" if (period := event_period(record)) is not None:
            ends = record.proofs("end")
            proof = tuple(dict.fromkeys((*evidence, *ends)))
            return Value(field, (period.start, period.end), proof, format_period(period, language))
        case "place" if record.place:
            return Value(field, re.sub(r"\W+", "", record.place).casefold(), evidence, record.place)
        case _:
            return None


def sort_of_sum(record: Record, amount: str) -> str:
    """What a sum is by the words beside it: ``cap``, ``total``, ``part``, or ``plain`` where they do not say."""
    quotes = " ".join(proof.quote for proof in record.proofs(amount))
    for name, pattern in (("part", _PART), ("cap", _CAP), ("total", _TOTAL)):
        if pattern.search(quotes):
            return name
    return "plain"


def _amount(amount: Amount, written: str, language: Language) -> str:
    is_plain = amount.unit in MONEY | {Unit.PERCENT, Unit.PERCENTAGE_POINT}
    return format_amount(amount, language) if is_plain else written
