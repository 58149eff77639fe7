"""One's own log-in: authenticator app, passkeys, recovery codes, and where one is logged in."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.passkeys import plain, site_of
from app.routes.staff.second_factor import picture_of, spelled
from app.routes.storefront.account.proving import client_key, refusal
from app.runtime.settings import Settings
from app.web.access import staff
from app.web.devices import device_of
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import PRIVATE, Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import accounts
from domains.accounts import AccountView
from domains.kit import Database, Invalid, TooMany
from domains.kit.i18n import gettext as _


class AppCode(msgspec.Struct, forbid_unknown_fields=True):
    code: str


class MadePasskey(msgspec.Struct, forbid_unknown_fields=True):
    answer: str
    next: str = ""


@get("/staff/security", name="staff.security", access=staff("desk.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    member = _member(visitor)
    async with db.transaction(visitor.actor) as tx:
        factors = await accounts.factors(tx, member.id)
        places = await accounts.sessions(tx, member.id, token=visitor.session_token)
    return page(request, "staff/access/security.html", factors=factors, places=places)


@get("/staff/security/app", name="staff.security.app", access=staff("desk.see", fresh=True))
async def show_app(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _app_page(request, db, visitor)


@post("/staff/security/app", name="staff.security.app.post", access=staff("desk.see", fresh=True))
async def change_app(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, AppCode)
    member = _member(visitor)
    try:
        async with db.transaction(visitor.actor) as tx:
            try_id = await accounts.begin_code_try(tx, member.id, client=client_key(request))
        try:
            async with db.transaction(visitor.actor) as tx:
                await accounts.confirm_totp(tx, member.id, form.code)
                await accounts.try_passed(tx, try_id)
        except accounts.CodeWrong:
            async with db.transaction(visitor.actor) as tx:
                await accounts.try_failed(tx, try_id)
            raise
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused, field="code")
        answer = await _app_page(request, db, visitor, status=status, errors=dict(errors))
        answer.headers.update(headers)
        return answer
    return _back(request, _("Codes of the new app count from now on."))


@post("/staff/security/app/removal", name="staff.security.app.remove", access=staff("desk.see", fresh=True))
async def remove_app(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.remove_totp(tx, _member(visitor).id)
    return _back(request, _("The authenticator app is removed."))


@post("/staff/security/recovery-codes", name="staff.security.codes", access=staff("desk.see", fresh=True))
async def new_codes(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        codes = await accounts.new_recovery_codes(tx, _member(visitor).id)
    return page(request, "staff/access/recovery_codes.html", codes=codes, to=url_for(request, "staff.security"))


@get("/staff/security/passkey", name="staff.security.passkey", access=staff("desk.see", fresh=True))
async def show_passkey(request: AnyRequest) -> Page:
    return page(request, "staff/access/passkey.html", errors={})


@post("/staff/security/passkey/options", name="staff.security.passkey.options", access=staff("desk.see", fresh=True))
async def ask_passkey(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Response[dict[str, Any]]:
    member = _member(visitor)
    async with db.transaction(visitor.actor) as tx:
        options = await accounts.ask_new_passkey(
            tx,
            member.id,
            session=visitor.session_token,
            site=site_of(request, settings),
            name=member.email,
            label=request.app.state.shell().name,
        )
    return Response(options, headers={"Cache-Control": PRIVATE})


@post("/staff/security/passkey", name="staff.security.passkey.post", access=staff("desk.see", fresh=True))
async def add_passkey(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, MadePasskey)
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.add_passkey(
                tx,
                _member(visitor).id,
                form.answer,
                session=visitor.session_token,
                site=site_of(request, settings),
                name=device_of(request.headers.get("user-agent", "")),
            )
    except accounts.PasskeyRefused as refused:
        return page(request, "staff/access/passkey.html", status=422, errors=plain(refused))
    return _back(request, _("The passkey is yours."))


@post(
    "/staff/security/passkeys/{passkey:uuid}/removal",
    name="staff.security.passkey.remove",
    access=staff("desk.see", fresh=True),
)
async def remove_passkey(
    request: AnyRequest, passkey: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.remove_passkey(tx, _member(visitor).id, passkey)
    return _back(request, _("The passkey is removed."))


@post("/staff/security/sessions/end", name="staff.security.sessions.end", access=staff("desk.see"))
async def end_sessions(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.end_sessions(tx, _member(visitor).id, but=visitor.session_token)
    return _back(request, _("You are logged out everywhere else."))


async def _app_page(
    request: AnyRequest, db: Database, visitor: Visitor, *, status: int = 200, errors: dict[str, str] | None = None
) -> Page:
    member = _member(visitor)
    async with db.transaction(visitor.actor) as tx:
        secret = await accounts.begin_totp(tx, member.id)
    picture, address = picture_of(secret, member, request.app.state.shell().name)
    return page(
        request,
        "staff/access/app.html",
        status=status,
        picture=picture,
        address=address,
        secret=spelled(secret),
        errors=errors or {},
    )


def _back(request: AnyRequest, said: str) -> Page:
    answer = redirect(request, url_for(request, "staff.security"))
    say(request, answer, said)
    return answer


def _member(visitor: Visitor) -> AccountView:
    assert visitor.account is not None  # the guard has seen to it
    return visitor.account


ROUTES = [
    show,
    show_app,
    change_app,
    remove_app,
    new_codes,
    show_passkey,
    ask_passkey,
    add_passkey,
    remove_passkey,
    end_sessions,
]
