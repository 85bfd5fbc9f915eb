"""Records made by hand, every field of which is written in a line of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from answer_parts import document

from assistant.text.language import detect_language
from assistant.types import Change, DeadlineKind, Document, Evidence, Language, Precision, Question, Record, RecordType

AS_OF = date(2026, 11, 22)
_WRITTEN = {"start": "{:%Y. %-m. %-d.}", "end": "{:%Y. %-m. %-d.}", "deadline": "{:%Y. %-m. %-d.}까지"}


def a_record(kind: RecordType, title: str, **fields: Any) -> Record:
    """A record whose every field is written in a line of its own."""
    quotes = {"title": title, **{name: str(value) for name, value in fields.items() if isinstance(value, str)}}
    quotes |= {name: _WRITTEN[name].format(value) for name, value in fields.items() if name in _WRITTEN and value}
    proof, start = [], 0
    for name, quote in quotes.items():
        proof.append(Evidence(name, "chunk", (), 1, start, start + len(quote), quote))
        start += len(quote) + 1
    if "deadline" in fields:
        fields.setdefault("deadline_kind", DeadlineKind.FIXED)
    if "start" in fields:
        fields.setdefault("end", fields["start"])
        fields.setdefault("precision", Precision.DAY)
    return Record(f"record-{title}", kind, document(title).document_id, title, tuple(proof), **fields)


def an_event(title: str, start: date, **fields: Any) -> Record:
    return a_record(RecordType.EVENT, title, start=start, **fields)


def a_tender(title: str, deadline: date, **fields: Any) -> Record:
    return a_record(RecordType.TENDER, title, deadline=deadline, **fields)


def a_change(field: str, old: date | str, new: date | str, notice: str = "정정 공고") -> Change:
    written = " → ".join(f"{d:%Y. %-m. %-d.}" if isinstance(d, date) else "취소" for d in (old, new))
    proof = Evidence(field, "chunk-notice", (), 1, 0, len(written), written)
    return Change(field, str(old), str(new), document(notice).document_id, proof)


def asked(text: str, as_of: date = AS_OF) -> tuple[Question, Language]:
    return Question(text, as_of), detect_language(text)


def documents_of(*records: Record) -> dict[str, Document]:
    papers = [document(record.title) for record in records] + [document("정정 공고")]
    return {paper.document_id: paper for paper in papers}
