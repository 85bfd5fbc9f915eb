"""Accounts and the audit log, for admins."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from assistant.contract.fields import IsoDay
from assistant.desk.accounts import Account
from assistant.desk.audit import AuditFilter
from assistant.desk.contract.accounts import (
    AccountChange,
    AccountModel,
    AccountsResponse,
    AuditResponse,
    NewAccountRequest,
    OfficersResponse,
)
from assistant.desk.desk import Desk
from assistant.desk.routes.access import Access, guarded
from assistant.desk.sessions import MAX_ATTEMPTS_NAME, Session, name_subject


def routes(desk: Desk, access: Access) -> APIRouter:
    """Accounts, colleagues, audit."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806
    Admin = Annotated[Session, Depends(access.require("admin"))]  # noqa: N806

    def shown(account: Account) -> AccountModel:
        return account.model(desk.sessions.attempts.locked_until(name_subject(account.name), MAX_ATTEMPTS_NAME))

    @router.get("/officers", responses=guarded())
    def list_officers(session: Officer) -> OfficersResponse:
        """Those to whom an inquiry can be given · 담당자 목록."""
        active = [account.officer() for account in desk.accounts.all() if account.active]
        return OfficersResponse(officers=active)

    @router.get("/accounts", responses=guarded())
    def list_accounts(session: Admin) -> AccountsResponse:
        """All accounts · 계정 목록."""
        return AccountsResponse(accounts=[shown(account) for account in desk.accounts.all()])

    @router.post("/accounts", status_code=201, responses=guarded(409, 422))
    def create_account(body: NewAccountRequest, session: Admin) -> AccountModel:
        """Make an account · 계정 만들기."""
        actor = session.account.name
        return shown(desk.accounts.create(actor, body.name, body.display_name, body.role, body.password))

    @router.patch("/accounts/{account_id}", responses=guarded(404, 409, 422))
    def change_account(account_id: str, body: AccountChange, session: Admin) -> AccountModel:
        """Change an account's name, role or password, or switch it off · 계정 변경."""
        changed = desk.accounts.change(
            session.account.name,
            account_id,
            display_name=body.display_name,
            role=body.role,
            active=body.active,
            password=body.password,
        )
        return shown(changed)

    @router.get("/audit", responses=guarded(422))
    def show_audit(
        session: Admin,
        actor: Annotated[str | None, Query(max_length=64)] = None,
        action: Annotated[str | None, Query(max_length=40)] = None,
        subject: Annotated[str | None, Query(max_length=120)] = None,
        since: IsoDay | None = None,
        until: IsoDay | None = None,
        before: Annotated[int | None, Query(ge=1)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> AuditResponse:
        """Who did what, newest first · 감사 기록."""
        wanted = AuditFilter(
            actor,
            action,
            subject,
            since.isoformat() if since else None,
            until.isoformat() if until else None,
            before,
        )
        entries = desk.audit.entries(wanted, limit)
        more = len(entries) == limit
        return AuditResponse(entries=entries, next_before=entries[-1].entry_id if more else None)

    return router
