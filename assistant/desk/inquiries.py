"""Inquiries as they are stored: received, queued, changed one version at a time."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from assistant.desk import schema
from assistant.desk.audit import NOBODY, AuditLog
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.contract.drafts import DraftModel
from assistant.desk.contract.fields import InquiryStatus, Topic
from assistant.desk.contract.inquiries import Channel
from assistant.desk.database import DeskDatabase
from assistant.errors import ConflictError, NotFoundError
from assistant.index import schema as store_schema
from assistant.types import Language

# Without what is easily taken for something else: 0 O 1 I.
_REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DRAFT_CONVERSATION = "desk-"
"""What the ids of conversations begin with under which drafts were made."""
_OPEN: tuple[InquiryStatus, ...] = ("new", "in_progress", "approved")
_CLOSED: tuple[InquiryStatus, ...] = ("sent", "returned")
# Fewer letters of a reference say nothing; these are its half.
_MIN_REFERENCE_CHARS = 4


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry as it is stored."""

    inquiry_id: str
    reference: str
    status: InquiryStatus
    language: Language
    topic: Topic
    question: str
    conversation_id: str | None
    conversation: tuple[tuple[str, str], ...]
    email: str | None
    phone: str | None
    consent_version: str | None
    created: datetime
    updated: datetime
    assigned_to: str | None
    drafts: dict[Language, DraftModel]
    approved_by: str | None
    approved_language: Language | None
    sent_at: datetime | None
    channel: Channel | None
    returned_to: str | None
    return_reason: str | None
    version: int

    @property
    def draft_conversation_id(self) -> str:
        """Under which the assistant remembers what was drafted for this inquiry."""
        return f"{DRAFT_CONVERSATION}{self.inquiry_id}"

    def draft(self, language: Language) -> DraftModel:
        """The draft in ``language``. Raises NotFoundError."""
        if language not in self.drafts:
            raise NotFoundError(self.reference, f"there is no draft in this language ({language})", "Ask in it first")
        return self.drafts[language]


@dataclass(frozen=True, slots=True)
class NewInquiry:
    """What an inquirer hands over."""

    question: str
    language: Language
    topic: Topic
    conversation_id: str | None = None
    conversation: tuple[tuple[str, str], ...] = ()
    email: str | None = None
    phone: str | None = None
    consent_version: str | None = None


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Limits on the queue; ``None`` = any. ``assigned_to`` is an account's id, or ``none``."""

    status: InquiryStatus | None = None
    language: Language | None = None
    topic: Topic | None = None
    assigned_to: str | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    words: tuple[str, ...] = field(default=())


class Inquiries:
    """Reads and writes inquiries. Every change names the version it was made on."""

    def __init__(self, database: DeskDatabase, audit: AuditLog, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    def receive(self, new: NewInquiry) -> Inquiry:
        """Take an inquiry in, under a reference that nobody can guess (40 bits)."""
        now = stamp(self._clock())
        inquiry_id = secrets.token_hex(8)
        letters = "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(8))
        turns = [{"role": role, "content": content} for role, content in new.conversation]
        with self._database.writing() as connection:
            connection.execute(
                insert(schema.inquiries).values(
                    inquiry_id=inquiry_id,
                    reference=f"{letters[:4]}-{letters[4:]}",
                    status="new",
                    language=new.language,
                    topic=new.topic,
                    question=new.question,
                    conversation_id=new.conversation_id,
                    conversation=turns,
                    email=new.email,
                    phone=new.phone,
                    consent_version=new.consent_version,
                    created=now,
                    updated=now,
                    drafts={},
                    searched=_searched(new.question, new.conversation, {}),
                    version=1,
                )
            )
            self._audit.record(connection, NOBODY, "inquiry.receive", subject(inquiry_id), language=new.language)
        return self.inquiry(inquiry_id)

    def inquiry(self, inquiry_id: str) -> Inquiry:
        """One inquiry. Raises NotFoundError."""
        with self._database.reading() as connection:
            return _read(connection, inquiry_id)

    def by_reference(self, reference: str) -> Inquiry:
        """The inquiry of a reference, written in any way. Raises NotFoundError."""
        letters = re.sub(r"[^2-9A-Z]", "", reference.upper())
        table = schema.inquiries.c
        with self._database.reading() as connection:
            row = connection.execute(
                select(schema.inquiries).where(table.reference == f"{letters[:4]}-{letters[4:]}")
            ).one_or_none()
        if row is None:
            raise NotFoundError("this reference", "no inquiry has it", "Check the letters; 0, 1, I and O do not occur")
        return _inquiry(row)

    def queue(self, wanted: QueueFilter, order: str, limit: int, offset: int) -> tuple[list[Inquiry], int]:
        """Inquiries that pass and how many there are in all. ``order`` is ``oldest``, ``newest`` or ``updated``."""
        table = schema.inquiries.c
        conditions: list[Any] = [
            condition
            for given, condition in (
                (wanted.status, table.status == wanted.status),
                (wanted.language, table.language == wanted.language),
                (wanted.topic, table.topic == wanted.topic),
                (wanted.created_after, table.created >= stamp(wanted.created_after or self._clock())),
                (wanted.created_before, table.created <= stamp(wanted.created_before or self._clock())),
            )
            if given is not None
        ]
        if wanted.assigned_to is not None:
            nobody = wanted.assigned_to == "none"
            conditions.append(table.assigned_to.is_(None) if nobody else table.assigned_to == wanted.assigned_to)
        conditions += [_holds(word) for word in wanted.words]
        # Open ones first: a queue is there to become empty.
        closed = table.status.in_(_CLOSED)
        orders = {
            "oldest": (closed, table.created, table.inquiry_id),
            "newest": (table.created.desc(), table.inquiry_id),
            "updated": (table.updated.desc(), table.inquiry_id),
        }
        with self._database.reading() as connection:
            total = connection.execute(
                select(func.count()).select_from(schema.inquiries).where(*conditions)
            ).scalar_one()
            rows = connection.execute(
                select(schema.inquiries).where(*conditions).order_by(*orders[order]).limit(limit).offset(offset)
            ).all()
        return [_inquiry(row) for row in rows], total

    def counts(self, column: str) -> dict[str, int]:
        """How many inquiries there are by ``status``, ``language`` or ``topic``."""
        grouped = schema.inquiries.c[column]
        with self._database.reading() as connection:
            rows = connection.execute(select(grouped, func.count()).group_by(grouped))
            return {row[0]: row[1] for row in rows}

    def received_since(self, day: date) -> dict[InquiryStatus, int]:
        """How many inquiries were received on ``day`` (UTC) or later, by the status that they have now."""
        table = schema.inquiries.c
        found = select(table.status, func.count()).where(table.created >= day.isoformat()).group_by(table.status)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(found)}

    def open_counts(self, account_id: str) -> tuple[int, int]:
        """How many open inquiries are the account's, and how many are nobody's."""
        table = schema.inquiries.c
        open_ones = select(func.count()).select_from(schema.inquiries).where(table.status.in_(_OPEN))
        with self._database.reading() as connection:
            mine = connection.execute(open_ones.where(table.assigned_to == account_id)).scalar_one()
            nobodys = connection.execute(open_ones.where(table.assigned_to.is_(None))).scalar_one()
        return mine, nobodys

    def change(
        self, connection: Connection, actor: str, action: str, before: Inquiry, values: dict[str, Any], **details: Any
    ) -> None:
        """Write ``values`` over the version that ``before`` is, and the log.

        Raises:
            ConflictError: somebody changed it meanwhile.
            NotFoundError: it was erased meanwhile.
        """
        table = schema.inquiries.c
        if "drafts" in values:
            drafts: dict[Language, DraftModel] = values["drafts"]
            values = values | {
                "drafts": {language: draft.model_dump(mode="json") for language, draft in drafts.items()},
                "searched": _searched(before.question, before.conversation, drafts),
            }
        done = connection.execute(
            update(schema.inquiries)
            .where(table.inquiry_id == before.inquiry_id, table.version == before.version)
            .values(**values, updated=stamp(self._clock()), version=before.version + 1)
        )
        if done.rowcount == 0:
            raise conflict(before.reference, _read(connection, before.inquiry_id).version)
        self._audit.record(connection, actor, action, subject(before.inquiry_id), **details)

    def note_opening(self, actor: str, inquiry_id: str) -> None:
        """Log that somebody read it: there may be contact details in it."""
        self._audit.note(actor, "inquiry.open", subject(inquiry_id))

    def closed_before(self, day: date) -> list[str]:
        """Ids of the inquiries that were sent or given back to the inquirer and have not changed since before ``day`` (UTC)."""
        table = schema.inquiries.c
        with self._database.reading() as connection:
            found = select(table.inquiry_id).where(table.status.in_(_CLOSED), table.updated < day.isoformat())
            return list(connection.execute(found).scalars())

    def erase(self, actor: str, inquiry_id: str) -> None:
        """Delete an inquiry and its conversations for good; the log keeps that it was done. Raises NotFoundError."""
        turns = store_schema.conversations
        with self._database.writing() as connection:
            gone = _read(connection, inquiry_id)
            conversations = [key for key in (gone.conversation_id, gone.draft_conversation_id) if key]
            connection.execute(delete(turns).where(turns.c.conversation_id.in_(conversations)))
            connection.execute(delete(schema.inquiries).where(schema.inquiries.c.inquiry_id == inquiry_id))
            connection.execute(
                update(schema.answers).where(schema.answers.c.inquiry_id == inquiry_id).values(inquiry_id=None)
            )
            self._audit.record(connection, actor, "inquiry.erase", subject(inquiry_id))
        self._database.forget_deleted()


def subject(inquiry_id: str) -> str:
    """What the audit log calls an inquiry."""
    return f"inquiry:{inquiry_id}"


def conflict(what: str, version: int) -> ConflictError:
    """Somebody else was faster."""
    return ConflictError(
        what, f"it is at version {version} now", "Read it again and send the change anew", version=version
    )


def _read(connection: Connection, inquiry_id: str) -> Inquiry:
    row = connection.execute(select(schema.inquiries).where(schema.inquiries.c.inquiry_id == inquiry_id)).one_or_none()
    if row is None:
        raise NotFoundError(inquiry_id, "no such inquiry", "See the queue for those there are")
    return _inquiry(row)


def _holds(word: str) -> ColumnElement[bool]:
    """Whether an inquiry's text holds a word, or its reference does, in any letters and with or without the hyphen."""
    table = schema.inquiries.c
    inside: ColumnElement[bool] = table.searched.contains(word.lower(), autoescape=True)
    letters = word.upper().replace("-", "")
    if len(letters) < _MIN_REFERENCE_CHARS:
        return inside
    return or_(inside, func.replace(table.reference, "-", "").contains(letters, autoescape=True))


def _searched(question: str, conversation: Sequence[tuple[str, str]], drafts: dict[Language, DraftModel]) -> str:
    parts = [question, *(content for _, content in conversation), *(draft.text for draft in drafts.values())]
    return "\n".join(parts).lower()


def _inquiry(row: Row[Any]) -> Inquiry:
    return Inquiry(
        inquiry_id=row.inquiry_id,
        reference=row.reference,
        status=row.status,
        language=row.language,
        topic=row.topic,
        question=row.question,
        conversation_id=row.conversation_id,
        conversation=tuple((turn["role"], turn["content"]) for turn in row.conversation),
        email=row.email,
        phone=row.phone,
        consent_version=row.consent_version,
        created=moment(row.created),
        updated=moment(row.updated),
        assigned_to=row.assigned_to,
        drafts={language: DraftModel.model_validate(draft) for language, draft in row.drafts.items()},
        approved_by=row.approved_by,
        approved_language=row.approved_language,
        sent_at=moment(row.sent_at) if row.sent_at else None,
        channel=row.channel,
        returned_to=row.returned_to,
        return_reason=row.return_reason,
        version=row.version,
    )
