"""What later notices do to the records of earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from assistant.index.record_rows import read_field
from assistant.types import Amendment, Change, Document, Evidence, Record

# Titles are the same from here on (0 to 100); a longer one may add words to a shorter one that is at least so long.
_SAME = 86
_SAME_ELSEWHERE = 96
_MIN_CONTAINED_CHARS = 9
# A target within this of the best is as likely meant: then nothing is changed, unless both tell of the same thing.
_MARGIN = 3
_NOTICE_WORDS = re.compile(
    r"\[[^\]]*\]|\([^)]*(?:예시|가상|fictional|sample)[^)]*\)|입찰|공고|안내|개최|모집|참가기업|\b(?:the|notice|call for participants)\b",
    re.IGNORECASE,
)
_NOT_A_FIELD = frozenset({"record_id", "type", "document_id", "title", "evidence", "criteria", "changes"})


def amend(records: Sequence[Record], amendments: Sequence[Amendment], documents: dict[str, Document]) -> list[Record]:
    """The records as the amendments leave them, in order; an amendment that names no known record changes nothing.

    A record is meant by its title (or its document's, where that document has no other), from the same publisher where both are
    known, and only if its document is not younger than the notice. Where several different records fit as well, none is changed.
    Notices are applied oldest first, so that the latest one decides. A notice's own record of what it amends is left out.
    """
    current = {record.record_id: record for record in records}
    applied: dict[str, list[str]] = {}
    for amendment in sorted(
        amendments, key=lambda one: (_published(one.document_id, documents) or date.min, one.document_id)
    ):
        targets = _targets(amendment, list(current.values()), documents)
        for record in targets:
            current[record.record_id] = _changed(record, amendment)
        if targets:
            applied.setdefault(amendment.document_id, []).append(amendment.target)
    return [
        current[record.record_id]
        for record in records
        if not any(_likeness(record.title, target) >= _SAME for target in applied.get(record.document_id, ()))
    ]


def _published(document_id: str, documents: dict[str, Document]) -> date | None:
    document = documents.get(document_id)
    return document.published.start if document and document.published else None


def _targets(amendment: Amendment, records: Sequence[Record], documents: dict[str, Document]) -> list[Record]:
    by_document: dict[str, list[Record]] = {}
    for record in records:
        by_document.setdefault(record.document_id, []).append(record)
    scored: list[tuple[float, Record]] = []
    for record in records:
        if record.document_id == amendment.document_id or not _is_earlier(record, amendment, documents):
            continue
        score = _likeness(record.title, amendment.target)
        document = documents.get(record.document_id)
        alone = sum(other.type is record.type for other in by_document[record.document_id]) == 1
        if document and alone and score < _SAME and _key(record.title) in _key(document.title):
            score = max(score, _likeness(document.title, amendment.target))
        needed = _SAME if _same_publisher(record, amendment, documents) else _SAME_ELSEWHERE
        if score >= needed:
            scored.append((score, record))
    if not scored:
        return []
    best = max(score for score, _ in scored)
    meant = [record for score, record in scored if score >= best - _MARGIN]
    first = meant[0]
    if all(_tell_the_same(first, other) for other in meant):
        return meant
    exact = [record for score, record in scored if score == best and score >= 100]
    return exact if exact and all(_tell_the_same(exact[0], other) for other in exact) else []


def _is_earlier(record: Record, amendment: Amendment, documents: dict[str, Document]) -> bool:
    before, after = _published(record.document_id, documents), _published(amendment.document_id, documents)
    return before is None or after is None or before <= after


def _same_publisher(record: Record, amendment: Amendment, documents: dict[str, Document]) -> bool:
    names = [
        documents[key].publisher if key in documents else None for key in (record.document_id, amendment.document_id)
    ]
    if names[0] is None or names[1] is None:
        return True
    first, second = (re.sub(r"\W+", "", re.sub(r"\([^)]*\)", "", name)).casefold() for name in names if name)
    return first == second or (min(len(first), len(second)) >= 3 and (first in second or second in first))


def _tell_the_same(first: Record, second: Record) -> bool:
    """Whether two records are of one thing: as a notice and a press release on it are."""
    same_title = _likeness(first.title, second.title) >= _SAME
    return first is second or (
        same_title and first.type is second.type and (first.start, first.deadline) == (second.start, second.deadline)
    )


def _likeness(title: str, target: str) -> float:
    """How alike two titles are, 0 to 100; titles with different numbers (2026 and 2027, 제3회 and 제4회) are not."""
    if _numbers(title) and _numbers(target) and _numbers(title) != _numbers(target):
        return 0.0
    first, second = _key(title), _key(target)
    if not first or not second:
        return 0.0
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= _MIN_CONTAINED_CHARS and shorter in longer and len(shorter) >= len(longer) / 2:
        return max(fuzz.ratio(first, second), _SAME + 10 * len(shorter) / len(longer))
    return fuzz.ratio(first, second)


def _numbers(title: str) -> set[str]:
    return set(re.findall(r"\d+", title))


def _key(title: str) -> str:
    plain = _NOTICE_WORDS.sub(" ", title)
    return re.sub(r"[\W_]+", "", plain or title).casefold()


def _changed(record: Record, amendment: Amendment) -> Record:
    """The record with the amendment's values; the old ones stay in ``changes``."""
    values: dict[str, Any] = {}
    changes: list[Change] = []
    proofs = {proof.field: proof for proof in amendment.evidence}
    amended = dict(amendment.changes)
    if amended.get("deadline") and record.deadline is not None and record.end == record.deadline:
        # The period to apply ends with its deadline.
        amended.setdefault("end", amended["deadline"])
    for name, value in amended.items():
        if name in _NOT_A_FIELD:
            continue
        new = read_field(name, value)
        old = getattr(record, name)
        values[name] = new
        if new != old and (proof := _proof(name, proofs)):
            changes.append(Change(name, _shown(old), _shown(new), amendment.document_id, proof))
    if values.get("start") and "planned" not in values:
        values["planned"] = False
    if values.get("start") and "year_inferred" not in values:
        values["year_inferred"] = False
    return replace(record, **values, changes=(*record.changes, *changes)) if changes else record


def _proof(name: str, proofs: dict[str, Evidence]) -> Evidence | None:
    return proofs.get(name) or next(iter(proofs.values()), None)


def _shown(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
