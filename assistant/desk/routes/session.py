"""Signing in and out."""

# No postponed annotations here: the routes' dependencies are local names, which could not be found by name later.
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.responses import RedirectResponse

from assistant.desk.contract.accounts import PasswordRequest, SessionModel, SignInRequest
from assistant.desk.desk import Desk
from assistant.desk.oidc import LOGIN_MINUTES, OidcSignIn
from assistant.desk.routes.access import COOKIE, NO_STORE, Access, address, check_origin, guarded, problems
from assistant.desk.sessions import Session
from assistant.errors import NotFoundError, SignInError

_OIDC_COOKIE = "annae_desk_oidc"
_OIDC_PATH = "/api/desk/oidc"
# The desk's page says it in its own words.
_REFUSED = "/desk?sign_in=refused"
_MAX_QUERY_CHARS = 4000
_EXAMPLES = {
    "ko": {"summary": "로그인", "value": {"name": "kim", "password": "ten characters at least"}},
    "en": {"summary": "Sign in", "value": {"name": "kim@example.org", "password": "ten characters at least"}},
}


def routes(desk: Desk, access: Access) -> APIRouter:
    """Session, password, and the organisation's sign-in."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    Officer = Annotated[Session, Depends(access.require("officer"))]  # noqa: N806

    @router.get("/session", responses=problems())
    def show_session(request: Request) -> SessionModel:
        """Who is signed in, and the CSRF token; all null for nobody · 로그인 상태."""
        return _model(desk, access.current(request))

    @router.post("/session", responses=problems(401, 403, 422, 429))
    def sign_in(
        body: Annotated[SignInRequest, Body(openapi_examples=_EXAMPLES)],
        request: Request,
        response: Response,
    ) -> SessionModel:
        """Sign in; sets the cookie of a new session · 로그인."""
        check_origin(request)
        session = desk.sessions.sign_in(body.name.strip(), body.password, address(request))
        _give(response, request, session)
        return _model(desk, session)

    @router.delete("/session", status_code=204, responses=guarded())
    def sign_out(session: Officer) -> Response:
        """Sign out · 로그아웃."""
        desk.sessions.sign_out(session)
        left = Response(status_code=204, headers=NO_STORE)
        left.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return left

    @router.put("/session/password", responses=guarded(422, 429))
    def change_password(body: PasswordRequest, session: Officer, request: Request, response: Response) -> SessionModel:
        """Give oneself a new password; all other sessions end · 비밀번호 변경."""
        renewed = desk.sessions.change_password(session, body.current, body.new)
        _give(response, request, renewed)
        return _model(desk, renewed)

    @router.get("/oidc/start", status_code=302, response_class=RedirectResponse, responses=problems(401, 404))
    def start_oidc(request: Request) -> RedirectResponse:
        """To the organisation's sign-in · 기관 계정으로 로그인."""
        try:
            url, state = _provider(desk).start(_redirect_uri(desk, request))
        except SignInError:
            if not _is_browser(request):
                raise
            return RedirectResponse(_REFUSED, status_code=302, headers=NO_STORE)
        sent = RedirectResponse(url, status_code=302, headers=NO_STORE)
        sent.set_cookie(
            _OIDC_COOKIE,
            state,
            max_age=LOGIN_MINUTES * 60,
            path=_OIDC_PATH,
            httponly=True,
            samesite="lax",
            secure=_is_secure(request),
        )
        return sent

    @router.get("/oidc/callback", status_code=302, response_class=RedirectResponse, responses=problems(401, 404, 422))
    def finish_oidc(request: Request, code: str = "", state: str = "") -> RedirectResponse:
        """Back from the organisation's sign-in · 기관 로그인 결과."""
        cookie = request.cookies.get(_OIDC_COOKIE)
        code, state = code[:_MAX_QUERY_CHARS], state[:_MAX_QUERY_CHARS]
        try:
            account = _provider(desk).finish(code, state, cookie, _redirect_uri(desk, request))
        except SignInError:
            if not _is_browser(request):
                raise
            account = None
        back = RedirectResponse("/desk" if account else _REFUSED, status_code=302, headers=NO_STORE)
        back.delete_cookie(_OIDC_COOKIE, path=_OIDC_PATH, httponly=True, samesite="lax")
        if account:
            _give(back, request, desk.sessions.open(account, "oidc"))
        return back

    return router


def _model(desk: Desk, session: Session | None) -> SessionModel:
    return SessionModel(
        officer=session.account.officer() if session else None,
        csrf_token=session.csrf_token if session else None,
        expires=session.expires if session else None,
        idle_minutes=desk.workspace.settings.desk_idle_minutes,
        oidc=desk.oidc is not None,
    )


def _give(response: Response, request: Request, session: Session) -> None:
    response.set_cookie(COOKIE, session.token, path="/", httponly=True, samesite="lax", secure=_is_secure(request))


def _is_browser(request: Request) -> bool:
    """Whether somebody looks at the answer, who could do nothing with a problem in JSON."""
    return "text/html" in request.headers.get("accept", "")


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _provider(desk: Desk) -> OidcSignIn:
    if desk.oidc is None:
        raise NotFoundError("OpenID Connect", "it is not set up here", "Sign in with a password")
    return desk.oidc


def _redirect_uri(desk: Desk, request: Request) -> str:
    base = desk.workspace.settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}{_OIDC_PATH}/callback"
