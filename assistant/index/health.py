"""What an officer should know of each document: how it was read, what it repeats, what has passed, and what failed.

Nothing is stored here: a report is made of what the store remembers, on the day that is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import NotFoundError
from assistant.index.store import Store
from assistant.text.sketch import bands, similarities
from assistant.types import DeadlineKind, Document, Failure, ReadingFacts, Record, RecordType

# From here on two texts are the same paper with other dates or names in it.
NEAR_DUPLICATE = 0.8
_UNSURE = 0.8
_USUAL_ENCODINGS = (None, "utf-8")

FindingKind = Literal[
    "failed",
    "stale",
    "not_checked",
    "empty_pages",
    "ocr_pages",
    "tables",
    "lost_tables",
    "undated",
    "past_deadline",
    "duplicate",
    "near_duplicate",
    "superseded",
    "older_versions",
    "locked",
    "tracked_changes",
    "encoding",
    "records_failed",
]
_NOTES: frozenset[str] = frozenset(["tables", "older_versions", "locked", "encoding"])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of a document.

    Attributes:
        pages: where, counted from 1; empty for the document as a whole.
        detail: a name, date, encoding or reason; which, the kind says.
        number: a count, a confidence or a similarity (0 to 1); which, the kind says.
        other: the id of the other document of a duplicate or a newer version.
        at: when a file failed (ISO 8601).
    """

    kind: FindingKind
    pages: tuple[int, ...] = ()
    detail: str | None = None
    number: float | None = None
    other: str | None = None
    at: str | None = None
    remedy: str | None = None

    @property
    def is_warning(self) -> bool:
        """Whether something should be done about it."""
        return self.kind not in _NOTES and not (self.kind == "ocr_pages" and (self.number or 0) >= _UNSURE)


@dataclass(frozen=True, slots=True)
class DocumentHealth:
    """The report on one document, or on a file that has none because it failed."""

    document_id: str
    name: str
    document: Document | None
    findings: tuple[Finding, ...]

    @property
    def status(self) -> Literal["ok", "attention", "failed"]:
        """``failed``: there is no document; ``attention``: something should be done."""
        if self.document is None:
            return "failed"
        return "attention" if any(finding.is_warning for finding in self.findings) else "ok"


class HealthReporter:
    """Makes the reports, of one state of the store and one day."""

    def __init__(self, store: Store, as_of: date) -> None:
        self._store = store
        self._as_of = as_of
        self._documents = {document.document_id: document for document in store.documents()}
        self._facts = store.facts()
        self._files = {entry.document_id: entry for entry in store.files.all()}
        self._records: dict[str, list[Record]] = defaultdict(list)
        for record in store.records():
            self._records[record.document_id].append(record)
        self._same: dict[str, list[str]] = defaultdict(list)
        for document in self._documents.values():
            self._same[document.digest].append(document.document_id)
        self._alike: dict[tuple[int, bytes], list[str]] = defaultdict(list)
        for document_id, facts in self._facts.items():
            for key in bands(facts.sketch):
                self._alike[key].append(document_id)

    def reports(self) -> list[DocumentHealth]:
        """A report for every document and every file that failed, by name."""
        failed = [key for key, entry in self._files.items() if entry.failure and key not in self._documents]
        return sorted((self.report(key) for key in (*self._documents, *failed)), key=lambda report: report.name)

    def report(self, document_id: str) -> DocumentHealth:
        """The report on one document or failed file. Raises NotFoundError."""
        entry = self._files.get(document_id)
        document = self._documents.get(document_id)
        if document is None:
            if entry is None or entry.failure is None:
                document = self._store.document(document_id)  # says that there is none
            else:
                return DocumentHealth(document_id, entry.name, None, (_failed(entry.failure, "failed"),))
        name = entry.name if entry else document.source
        findings = [_failed(entry.failure, "stale")] if entry and entry.failure else []
        facts = self._facts.get(document_id)
        findings += _read(facts) if facts else [Finding("not_checked")]
        findings += self._dated(document, facts)
        findings += self._repeated(document_id, document, facts)
        return DocumentHealth(document_id, name, document, tuple(findings))

    def find(self, name: str) -> list[str]:
        """The ids that a name stands for: an id, the name of a file, or its last part. Raises NotFoundError."""
        known = {key: self._name(key) for key in self._documents}
        known |= {key: entry.name for key, entry in self._files.items() if entry.failure}
        found = [key for key, full in known.items() if name in (key, full, full.rpartition("/")[2])]
        if not found:
            raise NotFoundError(name, "no such document", "List the documents to see their names and ids")
        return sorted(found, key=lambda key: known[key])

    def _dated(self, document: Document, facts: ReadingFacts | None) -> Iterable[Finding]:
        if document.published is None:
            yield Finding("undated")
        last = _last_day(self._records.get(document.document_id, ()))
        if last is None and facts is not None and not self._records.get(document.document_id):
            last = facts.last_deadline
        if last is not None and last < self._as_of:
            yield Finding("past_deadline", detail=last.isoformat())

    def _repeated(self, document_id: str, document: Document, facts: ReadingFacts | None) -> Iterable[Finding]:
        same = [other for other in self._same[document.digest] if other != document_id]
        for other in same:
            yield Finding("duplicate", detail=self._name(other), other=other)
        for other, similarity in self._near(document_id, facts, same):
            yield Finding("near_duplicate", detail=self._name(other), number=similarity, other=other)
        newer = self._store.superseded_by(document_id)
        if newer is not None:
            yield Finding("superseded", detail=self._name(newer.document_id), other=newer.document_id)
        if older := self._store.older_versions.of(document_id):
            yield Finding("older_versions", number=len(older), detail=older[-1].replaced_at)

    def _near(self, document_id: str, facts: ReadingFacts | None, same: Sequence[str]) -> Iterable[tuple[str, float]]:
        if facts is None:
            return
        candidates = {other for key in bands(facts.sketch) for other in self._alike[key]} - {document_id, *same}
        ordered = sorted(candidates)
        found = similarities(facts.sketch, [self._facts[other].sketch for other in ordered])
        for other, similarity in zip(ordered, found.tolist(), strict=True):
            if similarity >= NEAR_DUPLICATE:
                yield other, round(similarity, 2)

    def _name(self, document_id: str) -> str:
        entry = self._files.get(document_id)
        return entry.name if entry else self._documents[document_id].source


def _failed(failure: Failure, kind: Literal["failed", "stale"]) -> Finding:
    return Finding(kind, detail=failure.problem, at=failure.at, remedy=failure.remedy)


def _read(facts: ReadingFacts) -> Iterable[Finding]:
    """What happened while the document was read."""
    if facts.empty_pages:
        yield Finding("empty_pages", facts.empty_pages)
    if facts.ocr_pages:
        least = min(confidence for _, confidence in facts.ocr_pages)
        yield Finding("ocr_pages", tuple(page for page, _ in facts.ocr_pages), number=round(least, 2))
    if facts.tables:
        yield Finding("tables", tuple(page for page, _ in facts.tables), number=sum(n for _, n in facts.tables))
    if facts.lost_tables:
        pages = tuple(page for page, _ in facts.lost_tables)
        yield Finding("lost_tables", pages, number=sum(n for _, n in facts.lost_tables))
    if facts.is_locked:
        yield Finding("locked")
    if facts.tracks_changes:
        yield Finding("tracked_changes")
    if facts.encoding not in _USUAL_ENCODINGS:
        yield Finding("encoding", detail=facts.encoding)
    for problem in facts.problems:
        yield Finding("records_failed", detail=problem)


def _last_day(records: Sequence[Record]) -> date | None:
    """The last day that any record names; ``None`` if there is none, or if one stays open."""
    days: list[date] = []
    for record in records:
        if record.cancelled:
            continue
        if record.deadline_kind in (DeadlineKind.ROLLING, DeadlineKind.UNTIL_BUDGET):
            return None
        last = (record.end or record.start) if record.type is RecordType.EVENT else (record.deadline or record.end)
        if last is not None:
            days.append(last)
    return max(days, default=None)
