"""Officers' accounts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.desk import schema
from assistant.desk.audit import AuditLog
from assistant.desk.clock import Clock, moment, stamp
from assistant.desk.contract.accounts import ROLES, AccountModel, OfficerModel, Role
from assistant.desk.database import DeskDatabase
from assistant.desk.passwords import Passwords
from assistant.errors import ConflictError, NotFoundError


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the desk keeps it."""

    account_id: str
    name: str
    display_name: str
    role: Role
    active: bool
    password_hash: str | None
    created: datetime
    last_sign_in: datetime | None

    def may(self, role: Role) -> bool:
        """Whether the account may do what ``role`` may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def officer(self) -> OfficerModel:
        """The person as colleagues see them."""
        return OfficerModel(account_id=self.account_id, name=self.name, display_name=self.display_name, role=self.role)

    def model(self, locked_until: datetime | None) -> AccountModel:
        """The account as admins see it."""
        return AccountModel(
            account_id=self.account_id,
            name=self.name,
            display_name=self.display_name,
            role=self.role,
            active=self.active,
            has_password=self.password_hash is not None,
            created=self.created,
            last_sign_in=self.last_sign_in,
            locked_until=locked_until,
        )


class Accounts:
    """Creates, changes and finds accounts. Names are compared in small letters."""

    def __init__(self, database: DeskDatabase, audit: AuditLog, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._passwords = passwords
        self._clock = clock

    def create(self, actor: str, name: str, display_name: str, role: Role, password: str | None) -> Account:
        """Make an account. Raises ConflictError if the name is taken."""
        account_id = secrets.token_hex(8)
        row = {
            "account_id": account_id,
            "name": name.lower(),
            "display_name": display_name,
            "role": role,
            "active": True,
            "password_hash": self._passwords.hash(password) if password else None,
            "created": stamp(self._clock()),
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(schema.accounts).values(**row))
                self._audit.record(connection, actor, "account.create", f"account:{name.lower()}", role=role)
        except IntegrityError as error:
            raise ConflictError(name, "an account of this name exists", "Choose another name") from error
        return self.account(account_id)

    def change(
        self,
        actor: str,
        account_id: str,
        *,
        display_name: str | None = None,
        role: Role | None = None,
        active: bool | None = None,
        password: str | None = None,
    ) -> Account:
        """Change what is given. A new password, a new role or ``active=False`` ends the account's sessions.

        Raises:
            NotFoundError: there is no such account.
            ConflictError: nobody would be left who may manage accounts.
        """
        given = {"display_name": display_name, "role": role, "active": active}
        values: dict[str, Any] = {field: value for field, value in given.items() if value is not None}
        if password is not None:
            values["password_hash"] = self._passwords.hash(password)
        with self._database.writing() as connection:
            before = _find(connection, schema.accounts.c.account_id == account_id)
            if before is None:
                raise _unknown(account_id)
            if values:
                connection.execute(
                    update(schema.accounts).where(schema.accounts.c.account_id == account_id).values(**values)
                )
            if _admins(connection) == 0 and before.role == "admin" and before.active:
                raise ConflictError(before.name, "it is the last active admin", "Make another account admin first")
            if password is not None or active is False or (role is not None and role != before.role):
                connection.execute(delete(schema.sessions).where(schema.sessions.c.account_id == account_id))
            changed = sorted("password" if field == "password_hash" else field for field in values)
            self._audit.record(connection, actor, "account.change", f"account:{before.name}", fields=changed)
        return self.account(account_id)

    def account(self, account_id: str) -> Account:
        """One account. Raises NotFoundError."""
        with self._database.reading() as connection:
            found = _find(connection, schema.accounts.c.account_id == account_id)
        if found is None:
            raise _unknown(account_id)
        return found

    def named(self, name: str) -> Account | None:
        """The account of this name, if there is one."""
        with self._database.reading() as connection:
            return _find(connection, schema.accounts.c.name == name.lower())

    def all(self) -> list[Account]:
        """All accounts, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.accounts).order_by(schema.accounts.c.name)).all()
        return [_account(row) for row in rows]


def _find(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(schema.accounts).where(condition)).one_or_none()
    return _account(row) if row else None


def _admins(connection: Connection) -> int:
    table = schema.accounts.c
    admins = select(func.count()).where(table.role == "admin", table.active.is_(True))
    return connection.execute(admins).scalar_one()


def _account(row: Row[Any]) -> Account:
    return Account(
        account_id=row.account_id,
        name=row.name,
        display_name=row.display_name,
        role=row.role,
        active=row.active,
        password_hash=row.password_hash,
        created=moment(row.created),
        last_sign_in=moment(row.last_sign_in) if row.last_sign_in else None,
    )


def _unknown(account_id: str) -> NotFoundError:
    return NotFoundError(account_id, "no such account", "List the accounts to see their ids")
