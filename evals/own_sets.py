"""Sets of one's own: checked, completed, drafted from a document."""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.text.amounts import Unit, find_amounts
from assistant.text.dates import find_dates
from assistant.types import AnswerStatus, Document, Language
from assistant.workspace import Workspace
from evals.check_sets import PROFILE_FIELDS
from evals.datasets import Passages, bare_text, split_of
from evals.own_tables import LIST_FIELDS
from evals.own_words import say

# What a line must have; all else has a default.
REQUIRED = ("id", "lang", "question")
DEFAULTS: dict[str, Any] = {
    "history": [],
    "as_of": None,
    "kind": "own",
    "cross_lingual": False,
    "doc": [],
    "evidence": [],
    "must_contain": [],
    "expected_status": ["answered"],
    "difficulty": 1,
}
_OPTIONAL = ("must_not_contain", "profile", "split", "pair")
_MAX_DRAFTS = 40
# What a record's field is asked by, in Korean and in English.
_RECORD_QUESTIONS = {
    "deadline": ("{title}의 마감은 언제인가요?", "When is the deadline of {title}?"),
    "start": ("{title}은(는) 언제부터인가요?", "When does {title} begin?"),
    "place": ("{title}은(는) 어디에서 하나요?", "Where does {title} take place?"),
    "organiser": ("{title}은(는) 어디에서 주최하나요?", "Who organises {title}?"),
    "owner": ("{title}의 담당은 어디인가요?", "Who is in charge of {title}?"),
    "amount": ("{title}의 금액은 얼마인가요?", "What is the amount of {title}?"),
    "share": ("{title}의 지원 비율은 얼마인가요?", "What share does {title} cover?"),
}


def validate(
    rows: Sequence[dict[str, Any]],
    workspace: Workspace | None = None,
    *,
    places: Sequence[str] = (),
    language: Language = "en",
) -> list[str]:
    """What is wrong with a set, one line each. With a workspace the evidence is looked up in its documents.

    Args:
        places: where each question stands in a spreadsheet, said before what is wrong with it.
        language: in which the problems are told.
    """
    problems: list[str] = []
    passages = Passages(workspace) if workspace else None
    names = {Path(d.source).stem for d in workspace.store.documents()} if workspace else set()
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id") or say("line", language, number=number))
        told = f"{places[number - 1]} ({name})" if places else name
        found = [say(key, language, **values) for key, values in _problems(row)]
        if name in seen:
            found.append(say("twice", language))
        seen.add(name)
        if passages is not None and isinstance(row.get("doc", []), list):
            missing = [document for document in row.get("doc", []) if Path(document).stem not in names]
            found += [say("no_document", language, name=document) for document in missing]
            known = [Path(document).stem for document in row.get("doc", []) if document not in missing]
            for quote in row.get("evidence", []):
                if known and not any(passages.covering(document, quote, required=False) for document in known):
                    found.append(say("no_evidence", language, quote=quote))
        problems += [f"{told}: {problem}" for problem in found]
    return problems


def _problems(row: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Keys of the catalogue, with what stands in their blanks."""
    for field in REQUIRED:
        if not isinstance(row.get(field), str) or not row[field].strip():
            yield "missing", {"field": field}
    fields = (*REQUIRED, *DEFAULTS, *_OPTIONAL)
    if unknown := sorted(set(row) - set(fields)):
        yield "unknown", {"names": unknown, "known": ", ".join(fields)}
    if row.get("lang") not in ("ko", "en", None):
        yield "language", {"value": row["lang"]}
    for field in LIST_FIELDS:
        value = row.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            yield "list", {"field": field}
    facts = row.get("must_contain", [])
    if not isinstance(facts, list) or not all(
        isinstance(f, list) and f and all(isinstance(a, str) for a in f) for f in facts
    ):
        yield "facts", {}
    turns = row.get("history", [])
    if not isinstance(turns, list) or not all(
        isinstance(turn, dict)
        and turn.get("role") in ("user", "assistant")
        and isinstance(turn.get("content"), str)
        and len(turn) == 2
        for turn in turns
    ):
        yield "history", {}
    if (profile := row.get("profile")) is not None and not (
        isinstance(profile, dict) and set(profile) <= PROFILE_FIELDS
    ):
        yield "profile", {"names": ", ".join(sorted(PROFILE_FIELDS))}
    if row.get("difficulty", 1) not in (1, 2, 3):
        yield "difficulty", {"value": row["difficulty"]}
    statuses = row.get("expected_status", ["answered"])
    allowed = {status.value for status in AnswerStatus}
    if isinstance(statuses, list) and not (statuses and set(map(str, statuses)) <= allowed):
        yield "status", {"value": statuses, "names": ", ".join(sorted(allowed))}
    elif isinstance(statuses, list) and bool(facts) != bool({"answered", "partial"} & set(statuses)):
        yield "status_facts", {}
    if row.get("as_of") is not None:
        try:
            date.fromisoformat(str(row["as_of"]))
        except ValueError:
            yield "as_of", {"value": row["as_of"]}


def completed(row: dict[str, Any]) -> dict[str, Any]:
    """A line with the defaults for what it leaves out, and its half."""
    whole = {**{name: value for name, value in DEFAULTS.items() if name not in row}, **row}
    whole.setdefault("split", "dev" if split_of(str(row["id"])) == "development" else "test")
    return whole


def drafts(workspace: Workspace, document: Document, limit: int = _MAX_DRAFTS) -> list[dict[str, Any]]:
    """Questions that a document's records, and its dated and counted lines, answer, for a person to accept, reword or strike out.

    One for each field of a record that can be asked for; then one for each line that holds an amount or a date, asked by the words
    before it: a row's first cell, a label before a colon, or the heading.
    """
    name, language = Path(document.source).stem, document.language
    found = _from_records(workspace, document)[:limit]
    taken: set[str] = {bare_text(quote) for row in found for quote in row["evidence"]}
    for chunk in workspace.store.document_chunks(document.document_id):
        for line in chunk.text.split("\n"):
            facts = _facts(line)
            about = _label(line) or (chunk.section[-1] if chunk.section else "")
            key = bare_text(about)
            told = bare_text(line) in taken or key in taken
            if not facts or not key or told or len(found) >= limit:
                continue
            taken.add(key)
            asks = (
                f"{document.title}: {about} - 얼마 또는 언제인가요?"
                if language == "ko"
                else f"{document.title}: {about} - how much or when?"
            )
            found.append(_draft(name, language, asks, line.strip(), facts, len(found)))
    return found


def _from_records(workspace: Workspace, document: Document) -> list[dict[str, Any]]:
    name, language = Path(document.source).stem, document.language
    found: list[dict[str, Any]] = []
    for record in workspace.store.records(document_id=document.document_id):
        quotes = {evidence.field: evidence.quote for evidence in record.evidence}
        for field, questions in _RECORD_QUESTIONS.items():
            value = getattr(record, field)
            quote = quotes.get(field, "").split("\n")[0].strip()
            facts = [_spellings(value) if isinstance(value, date) else [str(value)]]
            if value and len(bare_text(quote)) > 1:
                asks = questions[0 if language == "ko" else 1].format(title=record.title)
                found.append(_draft(name, language, asks, quote, facts, len(found)))
    return found


def _spellings(day: date) -> list[str]:
    month = month_name[day.month]
    return [
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        day.isoformat(),
    ]


def _draft(name: str, language: str, asks: str, line: str, facts: list[list[str]], number: int) -> dict[str, Any]:
    return completed(
        {
            "id": f"{name}-{number + 1:03}",
            "lang": language,
            "question": asks,
            "kind": "draft",
            "doc": [name],
            "evidence": [line],
            "must_contain": facts,
        }
    )


def _facts(line: str) -> list[list[str]]:
    amounts = [line[a.start : a.end].strip() for a in find_amounts(line) if a.unit is not Unit.PLAIN]
    dates = [line[d.start : d.end].strip() for d in find_dates(line) if d.period is not None]
    return [[fact] for fact in dict.fromkeys((*amounts, *dates)) if fact][:3]


def _label(line: str) -> str:
    head, mark, _ = line.partition(" | ") if " | " in line else line.partition(": ")
    head = re.sub(r"^[\W_]+", "", head).strip()
    return head if mark and 1 < len(head) <= 40 and not re.search(r"\d{2}", head) else ""


def write_set(rows: Sequence[dict[str, Any]], out: Path) -> None:
    """Write a set as JSON lines.

    Raises:
        FileExistsError: there is a file already; a person's work is not written over.
    """
    with out.open("x", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
