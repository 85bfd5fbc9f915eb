"""Approved answers: kept, offered for similar questions, flagged when what they rest on changes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, insert, select, update

from assistant.desk import schema
from assistant.desk.audit import AuditLog
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.contract.answers import AnswerFlag, AnswerState, ApprovedAnswerModel, FlagCode, SimilarAnswer
from assistant.desk.contract.drafts import DraftModel
from assistant.desk.database import DeskDatabase
from assistant.desk.inquiries import conflict
from assistant.desk.masking import mask
from assistant.desk.messages import in_both
from assistant.desk.places import Places
from assistant.errors import NotFoundError, RefusedError
from assistant.index.embedder import Embedder
from assistant.index.store import Store
from assistant.types import Document, Language

MIN_SIMILARITY = 0.6
"""Cosine of two questions from which an approved answer is offered (docs/desk.md has what was measured)."""
_MAX_OFFERED = 5


@dataclass(frozen=True, slots=True)
class ApprovedAnswer:
    """An approved answer as it is stored; ``pins`` are the digests of the cited documents when it was approved."""

    answer_id: str
    inquiry_id: str | None
    draft: DraftModel
    pins: dict[str, str]
    vector: bytes
    embedder: str
    valid_until: date | None
    retired: bool
    approved_by: str
    approved_at: datetime
    used: int
    version: int


class ApprovedAnswers:
    """Keeps approved answers. Flags are found when an answer is read, so that no change of a document is missed."""

    def __init__(
        self, database: DeskDatabase, audit: AuditLog, store: Store, places: Places, embedder: Embedder, clock: Clock
    ) -> None:
        self._database = database
        self._audit = audit
        self._store = store
        self._places = places
        self._embedder = embedder
        self._clock = clock

    def vector(self, question: str) -> bytes:
        """What a question is compared by: a unit vector, float32."""
        return self._embedder.embed_query(question).astype(np.float32).tobytes()

    def keep(
        self, connection: Connection, actor: str, inquiry_id: str, draft: DraftModel, valid_until: date | None
    ) -> str:
        """Keep an approved draft, its question without personal data; returns the answer's id.

        An earlier answer of the same inquiry in this language is retired.
        """
        answer_id = secrets.token_hex(8)
        question = mask(draft.question, draft.language)
        kept = draft.model_copy(update={"question": question, "stale": []})
        table = schema.answers.c
        connection.execute(
            update(schema.answers)
            .where(table.inquiry_id == inquiry_id, table.language == draft.language)
            .values(retired=True, version=table.version + 1)
        )
        connection.execute(
            insert(schema.answers).values(
                answer_id=answer_id,
                inquiry_id=inquiry_id,
                language=draft.language,
                question=question,
                draft={"draft": kept.model_dump(mode="json"), "pins": self._pins(draft)},
                vector=self.vector(question),
                embedder=self._embedder.name,
                valid_until=valid_until.isoformat() if valid_until else None,
                retired=False,
                approved_by=actor,
                approved_at=stamp(self._clock()),
                used=0,
                version=1,
            )
        )
        return answer_id

    def answer(self, answer_id: str) -> ApprovedAnswer:
        """One approved answer. Raises NotFoundError."""
        with self._database.reading() as connection:
            return _read(connection, answer_id)

    def all(self, language: Language | None = None, words: Sequence[str] = ()) -> list[ApprovedAnswer]:
        """Approved answers that hold every word, newest first."""
        conditions = [schema.answers.c.language == language] if language else []
        with self._database.reading() as connection:
            rows = connection.execute(
                select(schema.answers).where(*conditions).order_by(schema.answers.c.approved_at.desc())
            ).all()
        found = [_answer(row) for row in rows]
        return [
            answer
            for answer in found
            if all(word.lower() in f"{answer.draft.question}\n{answer.draft.text}".lower() for word in words)
        ]

    def similar(self, question: str, today: date) -> list[SimilarAnswer]:
        """Approved answers to similar questions, in either language, best first; expired and retired ones are left out."""
        asked = np.frombuffer(self.vector(question), dtype=np.float32)
        offered = []
        for answer in self.all():
            if answer.retired or (answer.valid_until and answer.valid_until < today):
                continue
            stored = answer.vector
            if answer.embedder != self._embedder.name:
                # Vectors of two embedders don't compare.
                stored = self.vector(answer.draft.question)
            similarity = float(asked @ np.frombuffer(stored, dtype=np.float32))
            if similarity >= MIN_SIMILARITY:
                offered.append((round(min(similarity, 1.0), 4), answer))
        offered.sort(key=lambda pair: pair[0], reverse=True)
        return [
            SimilarAnswer(answer=self.model(answer, today), similarity=similarity)
            for similarity, answer in offered[:_MAX_OFFERED]
        ]

    def change(self, actor: str, answer_id: str, version: int, values: dict[str, Any], *, confirmed: bool) -> None:
        """Change an answer; ``confirmed`` pins the documents as they are now.

        Raises:
            ConflictError: it is at another version.
            RefusedError: it is to be confirmed, and a quotation is no longer at its place.
        """
        with self._database.writing() as connection:
            before = _read(connection, answer_id)
            if confirmed:
                if not all(self._places.stands(citation) for citation in before.draft.citations):
                    raise RefusedError(
                        answer_id, "a quotation is no longer at its place", "Approve a new answer and retire this one"
                    )
                pinned = {"draft": before.draft.model_dump(mode="json"), "pins": self._pins(before.draft)}
                values = values | {"draft": pinned}
            done = connection.execute(
                update(schema.answers)
                .where(schema.answers.c.answer_id == answer_id, schema.answers.c.version == version)
                .values(**values, version=version + 1)
            )
            if done.rowcount == 0:
                raise conflict(answer_id, before.version)
            fields = sorted((values.keys() - {"draft"}) | ({"confirmed"} if confirmed else set()))
            self._audit.record(connection, actor, "answer.change", f"answer:{answer_id}", fields=fields)

    def count_use(self, connection: Connection, answer_id: str) -> None:
        """The answer was taken for another inquiry."""
        table = schema.answers.c
        connection.execute(update(schema.answers).where(table.answer_id == answer_id).values(used=table.used + 1))

    def citing(self) -> dict[str, int]:
        """How many approved answers in use cite each document."""
        counts: dict[str, int] = {}
        for answer in self.all():
            if not answer.retired:
                for document_id in answer.pins:
                    counts[document_id] = counts.get(document_id, 0) + 1
        return counts

    def models(self, answers: Sequence[ApprovedAnswer], today: date) -> list[ApprovedAnswerModel]:
        """The answers as HTTP shows them, each with what is wrong with it now."""
        stored = {document.document_id: document for document in self._store.documents()}
        return [self._model(answer, today, stored) for answer in answers]

    def model(self, answer: ApprovedAnswer, today: date) -> ApprovedAnswerModel:
        """One answer as HTTP shows it."""
        return self.models([answer], today)[0]

    def _model(self, answer: ApprovedAnswer, today: date, stored: dict[str, Document]) -> ApprovedAnswerModel:
        flags = self._flags(answer, today, stored)
        expired = any(flag.code == "expired" for flag in flags)
        state: AnswerState = (
            "retired" if answer.retired else "expired" if expired else "flagged" if flags else "current"
        )
        return ApprovedAnswerModel(
            answer_id=answer.answer_id,
            inquiry_id=answer.inquiry_id,
            language=answer.draft.language,
            question=answer.draft.question,
            text=answer.draft.text,
            claims=answer.draft.claims,
            citations=[self._places.marked(citation) for citation in answer.draft.citations],
            state=state,
            flags=flags,
            valid_until=answer.valid_until,
            approved_by=answer.approved_by,
            approved_at=answer.approved_at,
            used=answer.used,
            version=answer.version,
        )

    def _flags(self, answer: ApprovedAnswer, today: date, stored: dict[str, Document]) -> list[AnswerFlag]:
        flags = []
        if answer.valid_until and answer.valid_until < today:
            flags.append(_flag("expired", None, day=answer.valid_until))
        for document_id, pinned in answer.pins.items():
            cited = [citation for citation in answer.draft.citations if citation.document_id == document_id]
            title = cited[0].title
            document = stored.get(document_id)
            if document is None:
                flags.append(_flag("document_removed", document_id, title=title))
                continue
            if document.digest != pinned:
                flags.append(_flag("document_changed", document_id, title=title))
            if not all(self._places.stands(citation) for citation in cited):
                flags.append(_flag("quote_moved", document_id, title=title))
            newer = self._store.superseded_by(document_id)
            if newer is not None:
                flags.append(_flag("document_superseded", document_id, title=title, newer=newer.title))
        return flags

    def _pins(self, draft: DraftModel) -> dict[str, str]:
        cited = dict.fromkeys(
            citation.document_id
            for citation in draft.citations
            if any(citation.number in claim.citations for claim in draft.claims)
        )
        return {document_id: self._store.document(document_id).digest for document_id in cited}


def _flag(code: FlagCode, document_id: str | None, **named: object) -> AnswerFlag:
    return AnswerFlag(code=code, document_id=document_id, explanation=in_both(f"flag_{code}", **named))


def _read(connection: Connection, answer_id: str) -> ApprovedAnswer:
    row = connection.execute(select(schema.answers).where(schema.answers.c.answer_id == answer_id)).one_or_none()
    if row is None:
        raise NotFoundError(answer_id, "no such approved answer", "List the approved answers to see their ids")
    return _answer(row)


def _answer(row: Row[Any]) -> ApprovedAnswer:
    return ApprovedAnswer(
        answer_id=row.answer_id,
        inquiry_id=row.inquiry_id,
        draft=DraftModel.model_validate(row.draft["draft"]),
        pins=row.draft["pins"],
        vector=row.vector,
        embedder=row.embedder,
        valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
        retired=row.retired,
        approved_by=row.approved_by,
        approved_at=moment(row.approved_at),
        used=row.used,
        version=row.version,
    )
