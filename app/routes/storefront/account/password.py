"""A forgotten password, one that is set for the first time, and one that is changed."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.storefront.account.proving import proven, refusal
from app.runtime.settings import Settings
from app.web.access import CUSTOMER, PUBLIC
from app.web.client import client_address
from app.web.devices import device_of
from app.web.even_time import even_time
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor, session_cookie
from domains import accounts
from domains.kit import Database, Invalid, TooMany
from domains.kit.crypto import email_hash

_HOUR = 3600


class Forgot(msgspec.Struct, forbid_unknown_fields=True):
    email: str


class Reset(msgspec.Struct, forbid_unknown_fields=True):
    password: str


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    token: str
    password: str


class ChangePassword(msgspec.Struct, forbid_unknown_fields=True):
    current_password: str
    password: str


@get("/account/forgot", name="account.forgot", access=PUBLIC, sync_to_thread=False)
def show_forgot(request: AnyRequest) -> Page:
    return page(request, "account/forgot.html", form=Forgot(""), errors={}, sent=False)


@post("/account/forgot", name="account.forgot.post", access=PUBLIC)
async def forgot(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    """The same answer after the same time for every address; only the mail differs."""
    form = await read_form(request, Forgot)
    try:
        accounts.check_email(form.email)
    except Invalid as refused:
        return page(request, "account/forgot.html", status=422, form=form, errors=refused.fields, sent=False)
    await limiter.hit("forgot.client", client_address(request.scope), amount=20, seconds=_HOUR)
    await limiter.hit("forgot.address", email_hash(form.email).hex(), amount=3, seconds=_HOUR)
    async with even_time(), db.transaction(visitor.actor) as tx:
        await accounts.ask_reset(tx, form.email)
    return redirect(request, url_for(request, "account.forgot.sent"))


@get("/account/forgot/sent", name="account.forgot.sent", access=PUBLIC, sync_to_thread=False)
def show_forgot_sent(request: AnyRequest) -> Page:
    return page(request, "account/forgot.html", form=Forgot(""), errors={}, sent=True)


@get("/account/reset/{token:str}", name="account.reset", access=PUBLIC)
async def show_reset(
    request: AnyRequest,
    token: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    """The mailed link leads here and only shows the form, because mail scanners follow links."""
    async with db.transaction(visitor.actor) as tx:
        if not await accounts.link_is_live(tx, token, "reset_password"):
            return page(request, "account/link_dead.html", status=409)
    return page(request, "account/reset.html", token=token, errors={})


@post("/account/reset/{token:str}", name="account.reset.post", access=PUBLIC)
async def reset(
    request: AnyRequest,
    token: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Reset)
    await limiter.hit("set_password", client_address(request.scope), amount=20, seconds=_HOUR)
    try:
        accounts.check_password(form.password, known=[shop_name(request)])
    except Invalid as refused:
        return page(request, "account/reset.html", status=422, token=token, errors=refused.fields)
    password_hash = await accounts.hash_password(form.password)
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.reset_password(tx, token, password_hash)
    except accounts.LinkDead:
        return page(request, "account/link_dead.html", status=409)
    return redirect(request, url_for(request, "account.login", done="password"))


@get("/account/set-password", name="account.password", access=PUBLIC)
async def show_set_password(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    token: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        if not await accounts.link_is_live(tx, token or "", "set_password"):
            raise accounts.LinkDead
    return page(request, "account/set_password.html", token=token, errors={})


@post("/account/set-password", name="account.password.post", access=PUBLIC)
async def set_password(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, NewPassword)
    await limiter.hit("set_password", client_address(request.scope), amount=20, seconds=3600)
    try:
        accounts.check_password(form.password, known=[shop_name(request)])
    except Invalid as refused:
        return page(request, "account/set_password.html", status=422, token=form.token, errors=refused.fields)
    password_hash = await accounts.hash_password(form.password)
    async with db.transaction(visitor.actor) as tx:
        await accounts.set_password(tx, form.token, password_hash)
    return redirect(request, url_for(request, "account.login", done="password"))


@get("/account/password", name="account.password.change", access=CUSTOMER, sync_to_thread=False)
def show_change(request: AnyRequest) -> Page:
    return page(request, "account/password.html", errors={})


@post("/account/password", name="account.password.change.post", access=CUSTOMER)
async def change(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    form = await read_form(request, ChangePassword)
    account = visitor.account
    try:
        accounts.check_password(form.password, known=[account.email, account.name, shop_name(request)])
        known_hash = await proven(request, db, visitor, form.current_password)
        password_hash = await accounts.hash_password(form.password)
        async with db.transaction(visitor.actor) as tx:
            token = await accounts.change_password(
                tx,
                account.id,
                password_hash,
                known_hash=known_hash,
                session=visitor.session_token,
                device=device_of(request.headers.get("user-agent", "")),
            )
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused)
        answer = page(request, "account/password.html", status=status, errors=errors)
        answer.headers.update(headers)
        return answer
    answer = redirect(request, url_for(request, "account.profile", done="password"))
    answer.set_cookie(session_cookie(settings, token))
    return answer


def shop_name(request: AnyRequest) -> str:
    """What somebody who guesses passwords tries early."""
    name: str = request.app.state.shell().name
    return name


ROUTES = [
    show_forgot,
    forgot,
    show_forgot_sent,
    show_reset,
    reset,
    show_set_password,
    set_password,
    show_change,
    change,
]
