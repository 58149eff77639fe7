"""The password once more, where it was given more than a quarter of an hour ago: before refunds, exports and roles.

What was sent is kept: the page that asks sends it again beside the password, and the route goes on as if nothing had
been asked. Until then the route has done nothing.
"""

from typing import Any

import msgspec
from litestar.connection import ASGIConnection, Request
from litestar.types import Message, Scope

from app.runtime.settings import Settings
from app.web.client import client_address
from app.web.forms import PASSWORD_AGAIN
from app.web.visitors import Visitor, remember_visitor, session_cookie, visitor_key
from domains import accounts
from domains.kit import Database, DomainError, Invalid, TooMany

_RENEWED = "stoa.renewed_session"


class PasswordNeeded(DomainError):
    """`sent` is what was sent, to be sent again; `errors` say why the password that came along is not enough."""

    code = "password_needed"

    def __init__(self, fields: list[tuple[str, str]], errors: dict[str, str], *, can_be_kept: bool = True) -> None:
        super().__init__()
        self.sent = fields
        self.errors = errors
        self.can_be_kept = can_be_kept


async def require_fresh(connection: ASGIConnection[Any, Any, Any, Any], visitor: Visitor) -> None:
    """See to it that the password was given a short while ago, or comes along. Raises `PasswordNeeded`."""
    assert visitor.session is not None  # there is an account
    assert isinstance(connection, Request)
    sent = [] if connection.method == "GET" else list((await connection.form()).multi_items())
    kept = [(name, value) for name, value in sent if name != PASSWORD_AGAIN and isinstance(value, str)]
    typed = next((value for name, value in sent if name == PASSWORD_AGAIN and isinstance(value, str)), None)
    if visitor.session.is_fresh:
        return
    can_be_kept = all(isinstance(value, str) for _name, value in sent)
    if typed is None:
        raise PasswordNeeded(kept, {}, can_be_kept=can_be_kept)
    try:
        await prove_again(connection, visitor, typed)
    except Invalid as refused:
        raise PasswordNeeded(kept, {PASSWORD_AGAIN: next(iter(refused.fields.values()))}) from refused
    except TooMany as refused:
        raise PasswordNeeded(kept, {PASSWORD_AGAIN: f"{refused.title} {refused.hint}".strip()}) from refused


async def prove_again(connection: Request[Any, Any, Any], visitor: Visitor, password: str) -> None:
    """Compare the password and let the session go on under a new id. Raises `Invalid` and `TooMany`."""
    member = visitor.acting or visitor.account
    assert member is not None  # the guard has seen to it
    db: Database = connection.app.state.db
    client = visitor_key(client_address(connection.scope))
    async with db.transaction(visitor.actor) as tx:
        try_id = await accounts.begin_try(tx, email=member.email, client=client)
        found = await accounts.credentials_of(tx, member.id)
    right = await accounts.verify_password(found.password_hash if found else accounts.NOBODY, password)
    async with db.transaction(visitor.actor) as tx:
        if found is None or not right:
            await accounts.try_failed(tx, try_id)
        else:
            await accounts.try_passed(tx, try_id)
    if found is None or not right:
        raise accounts.WrongPassword(PASSWORD_AGAIN)
    async with db.transaction(visitor.actor) as tx:
        token = await accounts.freshen_session(tx, visitor.session_token)
    renew(connection, visitor, token)


def renew(connection: ASGIConnection[Any, Any, Any, Any], visitor: Visitor, token: str) -> None:
    """The password was given: this request knows the session by its new id, and its answer brings the cookie."""
    assert visitor.session is not None  # it was renewed
    session = msgspec.structs.replace(visitor.session, is_fresh=True)
    remember_visitor(connection, msgspec.structs.replace(visitor, session=session, session_token=token))
    connection.scope.setdefault("state", {})[_RENEWED] = token


async def bring_the_cookie(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook: whatever a route answers, the session it renewed reaches the browser."""
    token: str | None = scope.get("state", {}).get(_RENEWED)
    if token is not None and message["type"] == "http.response.start":
        settings: Settings = scope["app"].state.settings
        cookie = session_cookie(settings, token).to_header(header="").encode()
        message["headers"] = [*message.get("headers", []), (b"set-cookie", cookie)]
