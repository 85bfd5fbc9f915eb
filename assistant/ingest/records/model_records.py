"""Records by a language model, beside those by rules: asked passage by passage, checked field by field."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.errors import GenerationError
from assistant.ingest.records.extractor import identified
from assistant.ingest.records.outline import Entry, outline_of
from assistant.ingest.records.proposal_check import ProposalCheck
from assistant.text.amounts import MONEY, Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.types import Block, BlockKind, Chunk, DeadlineKind, Document, Language, Page, ProposedRecord, Record

PROBLEM = "the language model"
"""How each problem begins."""
_MAX_PASSAGE_CHARS = 3_000
_GIVEN = MONEY | {Unit.PERCENT, Unit.PERCENTAGE_POINT}
# Words that stand beside what records tell.
_SIGN = re.compile(
    r"일시|일정|기간|마감|접수|신청|장소|개최|규모|한도|지원|대출|금리|펀드|입찰|예산|사업비|대상|자격|주최|주관|담당|소관|문의|추진\s?과제"
    r"|\bdates?\b|\bwhen\b|\bvenue\b|\bdeadline|\bappl|\bsubmi|\bheld\b|\bregist|\bfund|\bloan|\bgrant|\bbudget|\bamount|\beligib|\bsupport|\btender|\bbid|\bcontact|\bhost|\bin charge",
    re.IGNORECASE,
)
_MIN_SIGNS = 3
_FILLED = (
    "place",
    "organiser",
    "country",
    "amount",
    "rate",
    "share",
    "eligible",
    "owner",
    "requirements",
    "how_to_apply",
    "contact",
)
_DAYS = ("start", "end", "precision", "year_inferred")
_DUE = ("deadline", "deadline_time", "deadline_kind")


class Proposer(Protocol):
    """A language model that says which records a passage states."""

    def propose(
        self, passage: str, *, title: str, published: str, language: Language, seconds: float
    ) -> list[ProposedRecord]:
        """The records, unproven; raises ``GenerationError`` where it cannot say within ``seconds``."""
        ...


@dataclass(frozen=True, slots=True)
class ModelReading:
    """A document's records after the model was asked, and why it could not be asked to the end, if it could not."""

    records: tuple[Record, ...]
    problem: str | None = None


class ModelRecordReader:
    """Completes the records that rules have read.

    Rules go first: what they read stays as it is. The model adds fields that they left open and records that they did not see, as far
    as each stands in the document letter by letter and reads there as the model says (``ProposalCheck``).

    Args:
        proposer: the model.
        name: what it is called.
        max_calls: passages of one document that it is asked about.
        max_seconds: for all calls of one document together.
        clock: a monotonic clock in seconds.
    """

    def __init__(
        self,
        proposer: Proposer,
        *,
        name: str,
        max_calls: int,
        max_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._proposer = proposer
        self.name = name
        self._max_calls = max_calls
        self._max_seconds = max_seconds
        self._clock = clock

    def complete(
        self,
        document: Document,
        pages: Sequence[Page],
        blocks: Sequence[Block],
        chunks: Sequence[Chunk],
        records: Sequence[Record],
    ) -> ModelReading:
        """The records of a document that was just read by rules, those first; never raises."""
        merged = list(records)
        problem = None
        try:
            for record in self._proposed(document, outline_of(document, pages, blocks, chunks).entries):
                _merge(merged, record)
        except GenerationError as error:
            problem = f"{PROBLEM} was not asked for all of its records: {error.problem}"
        except Exception as error:
            # Whatever a model says must not cost the document.
            problem = f"{PROBLEM}'s records could not be read ({type(error).__name__})"
        return ModelReading(tuple(_with_ids(merged, len(records))), problem)

    def _proposed(self, document: Document, entries: Sequence[Entry]) -> Iterator[Record]:
        deadline = self._clock() + self._max_seconds
        check = ProposalCheck(document)
        headings = [entry for entry in entries if entry.kind is BlockKind.HEADING][:1]
        for passage in _passages(entries)[: self._max_calls]:
            seconds = deadline - self._clock()
            if seconds <= 0:
                raise GenerationError("the language model", "the time was up", "Raise the limit", retryable=False)
            proposed = self._proposer.propose(
                "\n".join(entry.text for entry in passage),
                title=document.title,
                published=document.published.isoformat() if document.published else "",
                language=document.language,
                seconds=seconds,
            )
            known = [*headings, *passage] if headings and headings[0] not in passage else passage
            for one in proposed:
                if (record := check.verified(one, known)) is not None:
                    yield record


def _passages(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Sections, cut where they grow too long, that may state a record; those with the most signs of one first."""
    passages: list[list[Entry]] = []
    chars = 0
    for entry in entries:
        starts = not passages or passages[-1][-1].section != entry.section
        if starts or chars + len(entry.text) > _MAX_PASSAGE_CHARS:
            passages.append([])
            chars = 0
        passages[-1].append(entry)
        chars += len(entry.text) + 1
    signs = [(_signs(passage), passage) for passage in passages]
    return [passage for count, passage in sorted(signs, key=lambda item: -item[0]) if count >= _MIN_SIGNS]


def _signs(passage: Sequence[Entry]) -> int:
    """How many figures that records tell, and words beside them, stand in a passage; none without a figure."""
    text = "\n".join(entry.text for entry in passage)
    figures = len(find_dates(text)) + sum(amount.unit in _GIVEN for amount in find_amounts(text))
    return figures + len(set(_SIGN.findall(text))) if figures else 0


def _merge(records: list[Record], found: Record) -> None:
    """Put a proven record among those there are: into the one it is of, behind them if it is new, nowhere if that is not clear."""
    same_type = [(place, one) for place, one in enumerate(records) if one.type is found.type]
    named = [(place, one) for place, one in same_type if _is_same(one, found)]
    if len(named) == 1:
        place, known = named[0]
        records[place] = _filled(known, found)
    elif not named and not any(_on_the_same_day(one, found) or _proven_alike(one, found) for _, one in same_type):
        records.append(found)


def _is_same(one: Record, other: Record) -> bool:
    shorter, longer = sorted((_key(one.title), _key(other.title)), key=len)
    return _numbers(one.title) == _numbers(other.title) and (
        shorter == longer or (len(shorter) > 3 and shorter in longer)
    )


def _on_the_same_day(one: Record, other: Record) -> bool:
    """Whether two events that are called otherwise begin on one day, or two calls end on one: they may well be the same."""
    return (one.start is not None and one.start == other.start) or (
        one.deadline is not None and one.deadline == other.deadline
    )


def _proven_alike(one: Record, other: Record) -> bool:
    """Whether the two rest on the same words anywhere."""
    return any(
        a.page == b.page and a.start < b.end and b.start < a.end and a.field == b.field
        for a in one.evidence
        for b in other.evidence
    )


def _filled(known: Record, found: Record) -> Record:
    """The record by rules with the fields that they left open."""
    names = [name for name in _FILLED if getattr(known, name) is None and getattr(found, name) is not None]
    if "amount" in names:
        names.append("amount_krw")
    # The rules saw days and could not trust them, or saw that they are not fixed: then nobody else knows them.
    is_open = known.start is None and known.end is None and not known.planned
    if is_open and not any(proof.field == "start" for proof in known.evidence) and found.start is not None:
        names += _DAYS
    if (
        known.deadline is None
        and known.deadline_kind is DeadlineKind.NONE
        and found.deadline_kind is not DeadlineKind.NONE
    ):
        names += _DUE
    told = [proof for proof in found.evidence if proof.field in names]
    return replace(known, **{name: getattr(found, name) for name in names}, evidence=(*known.evidence, *told))


def _with_ids(records: Sequence[Record], by_rules: int) -> Iterator[Record]:
    """The records by rules under the ids they have, the others under ids that a new ingest gives again."""
    numbered = list(identified([replace(record, record_id="") for record in records]))
    for place, record in enumerate(records):
        yield record if place < by_rules else replace(record, record_id=numbered[place].record_id)


def _key(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()


def _numbers(title: str) -> set[str]:
    return set(re.findall(r"\d+", title))
