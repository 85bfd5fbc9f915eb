"""The desk's tables, in the same database as the documents. Times are ISO 8601 in UTC, so that they sort as text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)

metadata = MetaData()
_TIME = String(32)

accounts = Table(
    "desk_accounts",
    metadata,
    Column("account_id", String(32), primary_key=True),
    # In small letters: Kim and kim are one person.
    Column("name", String(64), nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("active", Boolean, nullable=False),
    # Argon2id; none for those who sign in with the organisation's account only.
    Column("password_hash", Text),
    Column("created", _TIME, nullable=False),
    Column("last_sign_in", _TIME),
)

sessions = Table(
    "desk_sessions",
    metadata,
    # SHA-256 of the cookie: whoever reads the table cannot sign in with it.
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("desk_accounts.account_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created", _TIME, nullable=False),
    Column("last_seen", _TIME, nullable=False),
    Column("expires", _TIME, nullable=False),
)

# Attempts that count towards a lock-out, by SHA-256 of a name or an address; old ones are deleted.
attempts = Table(
    "desk_attempts",
    metadata,
    Column("attempt_id", Integer, primary_key=True, autoincrement=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("at", _TIME, nullable=False),
)

# Sign-ins under way at the organisation's provider.
oidc_logins = Table(
    "desk_oidc_logins",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("nonce", String(64), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("expires", _TIME, nullable=False),
)

audit = Table(
    "desk_audit",
    metadata,
    Column("entry_id", Integer, primary_key=True, autoincrement=True),
    Column("at", _TIME, nullable=False, index=True),
    Column("actor", String(64), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(120), nullable=False, index=True),
    Column("details", JSON, nullable=False),
)


@event.listens_for(audit, "after_create")
def _make_append_only(table: Table, connection: Connection, **_: Any) -> None:
    """What is in the log is never changed: the database itself refuses."""
    if connection.dialect.name != "sqlite":
        return
    for change in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER desk_audit_no_{change.lower()} BEFORE {change} ON {table.name} "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )


inquiries = Table(
    "desk_inquiries",
    metadata,
    Column("inquiry_id", String(32), primary_key=True),
    Column("reference", String(9), nullable=False, unique=True),
    Column("status", String(12), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("topic", String(20), nullable=False),
    Column("question", Text, nullable=False),
    Column("conversation_id", String(32)),
    # List of {role, content}, as it was handed over.
    Column("conversation", JSON, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("consent_version", String(40)),
    Column("created", _TIME, nullable=False, index=True),
    Column("updated", _TIME, nullable=False),
    Column("assigned_to", String(32)),
    # Drafts by language.
    Column("drafts", JSON, nullable=False),
    # What full-text search looks in, in small letters: question, conversation and drafts.
    Column("searched", Text, nullable=False),
    Column("approved_by", String(32)),
    Column("approved_language", String(2)),
    Column("sent_at", _TIME),
    Column("channel", String(10)),
    Column("returned_to", String(10)),
    Column("return_reason", Text),
    Column("version", Integer, nullable=False),
)

answers = Table(
    "desk_answers",
    metadata,
    Column("answer_id", String(32), primary_key=True),
    Column("inquiry_id", String(32)),
    Column("language", String(2), nullable=False),
    Column("question", Text, nullable=False),
    Column("draft", JSON, nullable=False),
    # Unit vector of the question (float32), and the embedder that made it.
    Column("vector", LargeBinary, nullable=False),
    Column("embedder", Text, nullable=False),
    Column("valid_until", String(10)),
    Column("retired", Boolean, nullable=False),
    Column("approved_by", String(64), nullable=False),
    Column("approved_at", _TIME, nullable=False),
    Column("used", Integer, nullable=False),
    Column("version", Integer, nullable=False),
)

# When the daily purge first saw a conversation at this length: its messages carry no date.
conversation_days = Table(
    "desk_conversation_days",
    metadata,
    Column("conversation_id", String(32), primary_key=True),
    Column("turns", Integer, nullable=False),
    # In the service's time zone.
    Column("day", String(10), nullable=False, index=True),
)

# Questions for insight, masked before they come here.
questions = Table(
    "desk_questions",
    metadata,
    Column("question_id", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", String(32), nullable=False, index=True),
    # In the service's time zone.
    Column("day", String(10), nullable=False),
    Column("language", String(2), nullable=False),
    Column("status", String(20), nullable=False),
    Column("topic", String(20), nullable=False),
    Column("question", Text, nullable=False),
    Column("concepts", JSON, nullable=False),
    # Ids of the documents cited.
    Column("documents", JSON, nullable=False),
    # Titles of what came nearest, for questions without an answer.
    Column("nearest", JSON, nullable=False),
    Index("ix_desk_questions_day", "day"),
)
