"""Passkeys: made at the first log-in in place of an app, and used at the next ones. Needs the browser's script."""

from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency

from app.routes.staff.second_factor import recovery_codes
from app.routes.staff.session import HOME
from app.routes.storefront.account.proving import client_key
from app.runtime.settings import Settings
from app.web.access import ENTERING
from app.web.devices import device_of
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import PRIVATE, Page, page, redirect, url_for
from app.web.safe_paths import own_path
from app.web.visitors import Visitor, session_cookie
from domains import accounts
from domains.accounts import AccountView, Site
from domains.kit import Database, Forbidden


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    answer: str
    next: str = ""


@post("/staff/second-factor/passkey/options", name="staff.second_factor.passkey", access=ENTERING)
async def ask(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Response[dict[str, Any]]:
    member = _entering(visitor)
    async with db.transaction(visitor.actor) as tx:
        options = await accounts.ask_passkey(
            tx, member.id, session=visitor.session_token, site=site_of(request, settings)
        )
    return Response(options, headers={"Cache-Control": PRIVATE})


@post("/staff/second-factor/passkey", name="staff.second_factor.passkey.post", access=ENTERING)
async def enter(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, Answer)
    if visitor.entering is None:
        return redirect(request, own_path(form.next, HOME))
    member, site = visitor.entering, site_of(request, settings)
    async with db.transaction(visitor.actor) as tx:
        try_id = await accounts.begin_code_try(tx, member.id, client=client_key(request))
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.use_passkey(tx, member.id, form.answer, session=visitor.session_token, site=site)
            token = await accounts.pass_second_factor(tx, visitor.session_token)
            await accounts.try_passed(tx, try_id)
    except accounts.PasskeyRefused as refused:
        async with db.transaction(visitor.actor) as tx:
            await accounts.try_failed(tx, try_id)
            factors = await accounts.factors(tx, member.id)
        form.answer = ""
        return page(
            request, "staff/access/second_factor.html", status=422, factors=factors, form=form, errors=plain(refused)
        )
    answer = redirect(request, own_path(form.next, HOME))
    answer.set_cookie(session_cookie(settings, token))
    return answer


@post("/staff/second-factor/enrol/passkey/options", name="staff.second_factor.enrol.passkey", access=ENTERING)
async def ask_new(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Response[dict[str, Any]]:
    member = _entering(visitor)
    async with db.transaction(visitor.actor) as tx:
        if (await accounts.factors(tx, member.id)).is_enrolled:
            raise Forbidden  # with the password alone nobody adds a second one
        options = await accounts.ask_new_passkey(
            tx,
            member.id,
            session=visitor.session_token,
            site=site_of(request, settings),
            name=member.email,
            label=request.app.state.shell().name,
        )
    return Response(options, headers={"Cache-Control": PRIVATE})


@post("/staff/second-factor/enrol/passkey", name="staff.second_factor.enrol.passkey.post", access=ENTERING)
async def make(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, Answer)
    member = visitor.entering
    if member is None:
        return redirect(request, own_path(form.next, HOME))
    async with db.transaction(visitor.actor) as tx:
        if (await accounts.factors(tx, member.id)).is_enrolled:
            return redirect(request, url_for(request, "staff.second_factor", next=form.next or None))
        await accounts.add_passkey(
            tx,
            member.id,
            form.answer,
            session=visitor.session_token,
            site=site_of(request, settings),
            name=device_of(request.headers.get("user-agent", "")),
        )
        codes = await accounts.new_recovery_codes(tx, member.id)
        token = await accounts.pass_second_factor(tx, visitor.session_token)
    return recovery_codes(request, settings, codes, token, own_path(form.next, HOME))


def site_of(request: AnyRequest, settings: Settings) -> Site:
    """Where the browser is: the boundary has let only hosts of ours through, and a proxy may end its TLS."""
    host = request.headers.get("host", "").lower()
    base = urlsplit(settings.base_url)
    scheme = base.scheme if host == base.netloc.lower() else request.url.scheme
    return Site(host=urlsplit(f"//{host}").hostname or "", origin=f"{scheme}://{host}")


def plain(refused: accounts.PasskeyRefused) -> dict[str, str]:
    """What is wrong, of no field: the page shows none for a passkey."""
    return {"": next(iter(refused.fields.values()))}


def _entering(visitor: Visitor) -> AccountView:
    if visitor.entering is None:
        raise Forbidden
    return visitor.entering


ROUTES = [ask, enter, ask_new, make]
