"""Who is signed in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from assistant.desk import schema
from assistant.desk.accounts import Account, Accounts
from assistant.desk.attempts import Attempts
from assistant.desk.audit import NOBODY, AuditLog
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.database import DeskDatabase
from assistant.desk.passwords import Passwords
from assistant.errors import SignInError

MAX_ATTEMPTS_NAME = 5
MAX_ATTEMPTS_ADDRESS = 20
# A session in use is not written down with every request.
_TOUCH_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in officer. ``token`` is what the cookie holds; only its digest is stored."""

    account: Account
    token: str
    expires: datetime

    @property
    def csrf_token(self) -> str:
        """What a request that changes something must bring along: bound to the session, worth nothing as a cookie."""
        return hmac.new(self.token.encode(), b"annae desk csrf", hashlib.sha256).hexdigest()

    def is_csrf_token(self, given: str) -> bool:
        """Whether ``given`` is this session's token; takes the same time for every wrong one."""
        return hmac.compare_digest(self.csrf_token.encode(), given.encode())


class Sessions:
    """Signs officers in and out. Every sign-in makes a new session; no token is ever taken over from a request.

    Args:
        idle: a session ends after this long without a request.
        longest: a session ends after this long in any case.
    """

    def __init__(
        self,
        database: DeskDatabase,
        accounts: Accounts,
        audit: AuditLog,
        passwords: Passwords,
        clock: Clock,
        *,
        idle: timedelta,
        longest: timedelta,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._audit = audit
        self._passwords = passwords
        self._clock = clock
        self._idle = idle
        self._longest = longest
        self.attempts = Attempts(database, clock)

    def sign_in(self, name: str, password: str, address: str) -> Session:
        """A new session for a name and its password.

        Args:
            address: where the request comes from, which is limited in its attempts too.

        Raises:
            SignInError: the two don't belong together, or the account is not active; it is not said which.
            TooManyAttemptsError: the name or the address has to wait.
        """
        by_name, by_address = name_subject(name), f"address:{address}"
        self.attempts.count({by_name: MAX_ATTEMPTS_NAME, by_address: MAX_ATTEMPTS_ADDRESS})
        account = self._accounts.named(name)
        right = self._passwords.is_right(password, account.password_hash if account else None)
        if account is None or not right or not account.active:
            self._audit.note(NOBODY, "session.refused", f"account:{account.name}" if account else "account:unknown")
            raise SignInError("sign-in", "name and password don't belong together", "Check both")
        self.attempts.forget(by_name)
        self.attempts.take_back(by_address)
        return self.open(account, "password")

    def open(self, account: Account, way: str) -> Session:
        """A new session for an account that has proven who it is; ``way`` says how, for the log."""
        with self._database.writing() as connection:
            session = self._open(connection, account)
            self._audit.record(connection, account.name, "session.sign_in", f"account:{account.name}", way=way)
        return session

    def _open(self, connection: Connection, account: Account) -> Session:
        token, now = secrets.token_urlsafe(32), self._clock()
        expires = now + self._longest
        connection.execute(delete(schema.sessions).where(schema.sessions.c.expires < stamp(now)))
        connection.execute(
            insert(schema.sessions).values(
                token_hash=digest(token),
                account_id=account.account_id,
                created=stamp(now),
                last_seen=stamp(now),
                expires=stamp(expires),
            )
        )
        connection.execute(
            update(schema.accounts)
            .where(schema.accounts.c.account_id == account.account_id)
            .values(last_sign_in=stamp(now))
        )
        return Session(account, token, expires)

    def session(self, token: str, *, in_use: bool = True) -> Session | None:
        """The session of a cookie, if it still runs and its account is active.

        Args:
            in_use: whether a person did something; a page's own heartbeat keeps no session alive.
        """
        now = self._clock()
        table = schema.sessions.c
        with self._database.reading() as connection:
            row = connection.execute(select(schema.sessions).where(table.token_hash == digest(token))).one_or_none()
        if row is None or moment(row.expires) <= now or moment(row.last_seen) + self._idle <= now:
            return None
        account = self._accounts.account(row.account_id)
        if not account.active:
            return None
        if in_use and (now - moment(row.last_seen)).total_seconds() >= _TOUCH_SECONDS:
            with self._database.writing() as connection:
                connection.execute(
                    update(schema.sessions).where(table.token_hash == row.token_hash).values(last_seen=stamp(now))
                )
        return Session(account, token, moment(row.expires))

    def sign_out(self, session: Session) -> None:
        """End a session."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.sessions).where(schema.sessions.c.token_hash == digest(session.token)))
            name = session.account.name
            self._audit.record(connection, name, "session.sign_out", f"account:{name}")

    def change_password(self, session: Session, current: str, new: str) -> Session:
        """Give oneself a new password; all sessions of the account end and a new one begins.

        Raises:
            SignInError: ``current`` is wrong.
            TooManyAttemptsError: it was wrong too often.
        """
        account = session.account
        self.attempts.count({name_subject(account.name): MAX_ATTEMPTS_NAME})
        if not self._passwords.is_right(current, account.password_hash):
            raise SignInError("password", "the current password is wrong", "Check it")
        self.attempts.forget(name_subject(account.name))
        changed = self._accounts.change(account.name, account.account_id, password=new)
        with self._database.writing() as connection:
            renewed = self._open(connection, changed)
            self._audit.record(connection, account.name, "session.password", f"account:{account.name}")
        return renewed


def digest(token: str) -> str:
    """What is stored in a token's place."""
    return hashlib.sha256(token.encode()).hexdigest()


def name_subject(name: str) -> str:
    """By what attempts to sign in with a name are counted."""
    return f"name:{name.lower()}"
