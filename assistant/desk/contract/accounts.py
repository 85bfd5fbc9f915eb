"""Sessions, accounts and the record of what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from assistant.contract.fields import RequestModel, Text

Role = Literal["officer", "editor", "admin"]
ROLES: tuple[Role, ...] = ("officer", "editor", "admin")
"""Each role may do what the ones before it may."""

Name = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$", description="What the person signs in with.")
]
DisplayName = Annotated[Text, Field(min_length=1, max_length=80)]
NewPassword = Annotated[str, Field(min_length=10, max_length=200, description="At least ten characters.")]


class OfficerModel(BaseModel):
    """A person at the desk, as colleagues see them."""

    account_id: str
    name: str
    display_name: str
    role: Role


class SessionModel(BaseModel):
    """Who is signed in; all null for nobody."""

    officer: OfficerModel | None
    csrf_token: Annotated[str | None, Field(description="To send as X-CSRF-Token with everything but GET.")]
    expires: Annotated[datetime | None, Field(description="When the session ends even if it is used.")]
    idle_minutes: Annotated[int, Field(description="The session ends after this long without a request.")]
    oidc: Annotated[
        bool, Field(description="Whether GET /api/desk/oidc/start signs in with the organisation's account.")
    ]


class SignInRequest(RequestModel):
    """A name and its password."""

    name: Annotated[str, Field(max_length=64)]
    password: Annotated[str, Field(max_length=200)]


class PasswordRequest(RequestModel):
    """A new password for oneself; every other session of the account ends."""

    current: Annotated[str, Field(max_length=200)]
    new: NewPassword


class AccountModel(OfficerModel):
    """An account, as admins see it. There is no password in it, nor its hash."""

    active: bool
    has_password: bool
    created: datetime
    last_sign_in: datetime | None
    locked_until: datetime | None


class AccountsResponse(BaseModel):
    """All accounts, by name."""

    accounts: list[AccountModel]


class OfficersResponse(BaseModel):
    """Those to whom an inquiry can be given, by name."""

    officers: list[OfficerModel]


class NewAccountRequest(RequestModel):
    """A new account. Without a password it can sign in only with the organisation's account (OIDC)."""

    name: Name
    display_name: DisplayName
    role: Role
    password: NewPassword | None = None


class AccountChange(RequestModel):
    """What is to change; what is left out stays. A new password or ``active: false`` ends the account's sessions."""

    display_name: DisplayName | None = None
    role: Role | None = None
    active: Annotated[bool | None, Field(strict=True)] = None
    password: NewPassword | None = None


class AuditEntry(BaseModel):
    """One thing that was done."""

    entry_id: int
    at: datetime
    actor: Annotated[
        str, Field(description="The account's name; - for nobody signed in, system for the server itself.")
    ]
    action: Annotated[str, Field(description="Such as inquiry.approve; docs/desk.md lists them.")]
    subject: Annotated[str, Field(description="On what: a kind and an id, such as inquiry:1f….")]
    details: Annotated[dict[str, Any], Field(description="Never a secret and never an inquirer's words.")]


class AuditResponse(BaseModel):
    """Newest first."""

    entries: list[AuditEntry]
    next_before: Annotated[int | None, Field(description="Send as `before` for the next page; null on the last.")]
