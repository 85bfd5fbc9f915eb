"""A task said in the asker's language: who is in charge, and by when."""

from __future__ import annotations

from datetime import date

from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.wording import event_period
from assistant.messages import message
from assistant.text.bodies import spelt_out
from assistant.text.dates import find_dates, format_period
from assistant.text.language import detect_language
from assistant.text.termbase import Term, TermFinder, TermMatch
from assistant.types import Document, Language, Period, Record, RecordStatus

_PROOF = frozenset({"title", "owner", "end", "start", "deadline"})
_IN_CHARGE = frozenset({"body", "place"})


class TaskWriter:
    """Says what a row of a table of tasks tells.

    Args:
        terms: knows the official names of bodies in both languages.
    """

    def __init__(self, terms: TermFinder | None = None) -> None:
        self._terms = terms

    def owner(self, record: Record, language: Language) -> str | None:
        """``담당 기재부, 국토부``: each body in full, for a reader of English with its English name; ``None`` where nobody is named."""
        if not record.owner:
            return None
        written = spelt_out(" ".join(record.owner.split()))
        if language == "en" and detect_language(written, default="en") == "ko":
            names = [match.term.name("en") for match in self._bodies(written)]
            written = f"{', '.join(names)} ({written})" if names else written
        return message(language, "task_owner", owner=written)

    def due(self, record: Record, language: Language, as_of: date, *, is_brief: bool = False) -> str | None:
        """``기한 2020년 상반기(이미 지났습니다)``; of a task that only begins, from when on; ``None`` where no time is given."""
        if (period := _period(record)) is None:
            return None
        due = message(language, "task_due" if record.end else "task_from", due=format_period(period, language))
        over = "task_over_brief" if is_brief else "task_over"
        return message(language, over, due=due) if record.status(as_of) is RecordStatus.PAST else due

    def in_charge(self, text: str) -> frozenset[Term]:
        """The bodies and places that a question or an owner's cell names."""
        return frozenset(match.term for match in self._bodies(spelt_out(text)))

    def cite(self, record: Record, document: Document, citations: CitationList) -> tuple[int, ...]:
        """The numbers of the citations for a task's row."""
        proof = (evidence for evidence in record.evidence if evidence.field in _PROOF)
        return tuple(dict.fromkeys(citations.cite_evidence(document, evidence) for evidence in proof))

    def _bodies(self, text: str) -> list[TermMatch]:
        found = self._terms.find(text) if self._terms else ()
        return [match for match in found if match.term.kind in _IN_CHARGE]


def _period(record: Record) -> Period | None:
    """When a task is due; of one that only begins, the time as it is written."""
    if record.end is not None:
        return event_period(record)
    quotes = (evidence.quote for evidence in record.proofs("start"))
    return next((mention.period for quote in quotes for mention in find_dates(quote) if mention.period), None)
