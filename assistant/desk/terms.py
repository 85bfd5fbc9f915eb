"""The termbase editor: the operator's file, changed row by row, each time whole and sound."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import replace

from assistant.desk.audit import AuditLog
from assistant.desk.contract.terms import TermModel, TermRequest, TermsImported, TermsResponse
from assistant.errors import ConfigurationError, ConflictError, NotFoundError, RefusedError
from assistant.text.term_check import KINDS, TermProblem, TermRow, check_terms, read_rows, write_rows
from assistant.text.termbase_file import TermbaseFile, rows_in_effect, save_rows

_MAX_NAMED = 50


class Terms:
    """Reads and changes the termbase in effect. A change takes effect at once; one with a problem is not made."""

    def __init__(self, termbase: TermbaseFile, audit: AuditLog) -> None:
        self._termbase = termbase
        self._audit = audit
        # One process serves a data folder: two editors wait for each other here, and the digest tells the second.
        self._lock = threading.Lock()

    def find(self, text: str, kind: str | None, limit: int, offset: int) -> TermsResponse:
        """Entries with every word of ``text`` in a form or a note, in the file's order."""
        rows = rows_in_effect(self._termbase.path)
        words = text.lower().split()
        found = [
            row
            for row in rows
            if kind in (None, row.kind) and all(word in "\n".join(row.cells).lower() for word in words)
        ]
        return TermsResponse(
            terms=[_model(row) for row in found[offset : offset + limit]],
            total=len(found),
            digest=_digest(rows),
            kinds=sorted(KINDS),
        )

    def export(self) -> bytes:
        """The CSV of the termbase in effect."""
        return write_rows(rows_in_effect(self._termbase.path))

    def add(self, actor: str, request: TermRequest) -> TermsImported:
        """Add an entry.

        Raises:
            ConflictError: the termbase has changed since it was shown.
            RefusedError: the entry would make the termbase unsound; every problem is named.
        """
        with self._lock:
            rows = self._rows(request.digest)
            line = max((row.line for row in rows), default=1) + 1
            return self._save(actor, "term.add", request.ko[0], rows, [*rows, _row(request, line)])

    def change(self, actor: str, term_id: str, request: TermRequest) -> TermsImported:
        """Put an entry in another's place. Raises as ``add``, and NotFoundError."""
        with self._lock:
            rows = self._rows(request.digest)
            place = _place(rows, term_id)
            changed = [*rows[:place], _row(request, rows[place].line), *rows[place + 1 :]]
            return self._save(actor, "term.change", request.ko[0], rows, changed)

    def delete(self, actor: str, term_id: str, digest: str) -> TermsImported:
        """Delete an entry. Raises ConflictError and NotFoundError."""
        with self._lock:
            rows = self._rows(digest)
            place = _place(rows, term_id)
            name = next(iter(rows[place].forms), term_id)
            return self._save(actor, "term.delete", name, rows, [*rows[:place], *rows[place + 1 :]])

    def replace_all(self, actor: str, content: bytes) -> TermsImported:
        """Put a CSV in the termbase's place.

        Raises:
            RefusedError: it is no termbase, has no entries or has problems, each of which is named with its line.
        """
        try:
            rows = read_rows(content, "the file")
        except ConfigurationError as error:
            raise RefusedError(error.subject, error.problem, error.remedy) from error
        if not rows:
            raise RefusedError("the file", "it has no entries", "Export the termbase in effect and edit that")
        with self._lock:
            return self._save(actor, "term.import", "all", [], rows)

    def _rows(self, digest: str) -> list[TermRow]:
        rows = rows_in_effect(self._termbase.path)
        if _digest(rows) != digest:
            raise ConflictError("the termbase", "it has changed meanwhile", "Load it again and repeat the change")
        return rows

    def _save(
        self, actor: str, action: str, name: str, before: Sequence[TermRow], after: Sequence[TermRow]
    ) -> TermsImported:
        # An older problem of the file is no reason to refuse a sound entry.
        older = {_told(problem) for problem in check_terms(before)} if before else set()
        problems = [problem for problem in check_terms(after) if _told(problem) not in older]
        if problems:
            parts = tuple((f"line {problem.line}", str(problem)) for problem in problems[:_MAX_NAMED])
            raise RefusedError("the termbase", f"it would have {len(problems)} problems", "Correct them", parts=parts)
        save_rows(self._termbase.path, after)
        self._termbase.refresh()
        self._audit.note(actor, action, f"term:{name}", entries=len(after))
        return TermsImported(entries=len(after), digest=_digest(rows_in_effect(self._termbase.path)))


def _told(problem: TermProblem) -> TermProblem:
    # Lines move when a row above goes.
    return replace(problem, line=0)


def _digest(rows: Sequence[TermRow]) -> str:
    return hashlib.sha256(write_rows(rows)).hexdigest()


def _place(rows: Sequence[TermRow], term_id: str) -> int:
    for place, row in enumerate(rows):
        if str(row.line) == term_id:
            return place
    raise NotFoundError(term_id, "no such entry", "Load the termbase again")


def _row(request: TermRequest, line: int) -> TermRow:
    return TermRow(
        line,
        request.kind.strip(),
        _forms(request.ko),
        _forms(request.en),
        _forms(request.abbr),
        "official" if request.official else "unofficial",
        request.source.strip(),
        request.note.strip(),
    )


def _forms(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(stripped for form in given if (stripped := " ".join(form.replace("|", " ").split())))


def _model(row: TermRow) -> TermModel:
    return TermModel(
        term_id=str(row.line),
        kind=row.kind,
        ko=list(row.korean),
        en=list(row.english),
        abbr=list(row.abbreviations),
        official=row.status == "official",
        source=row.source,
        note=row.note,
    )
