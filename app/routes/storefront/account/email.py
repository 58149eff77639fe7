"""Another mail address: asked for here, confirmed by the new one's mail, stopped by the old one's."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.storefront.account.proving import proven, refusal
from app.web.access import CUSTOMER, PUBLIC
from app.web.even_time import even_time
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import accounts
from domains.kit import Database, Invalid, TooMany
from domains.kit.crypto import email_hash

_HOUR = 3600


class ChangeEmail(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    current_password: str


@get("/account/email", name="account.email", access=CUSTOMER)
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        waiting = await accounts.open_email_change(tx, visitor.account.id)
    return page(
        request, "account/email.html", account=visitor.account, form=ChangeEmail("", ""), errors={}, waiting=waiting
    )


@post("/account/email", name="account.email.change", access=CUSTOMER)
async def ask(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    """The same answer for an address that is free and for one that is another account's."""
    assert visitor.account is not None  # the guard has seen to it
    form = await read_form(request, ChangeEmail)
    try:
        accounts.check_email(form.email)
        await proven(request, db, visitor, form.current_password)
        await limiter.hit("email.change", str(visitor.account.id), amount=5, seconds=_HOUR)
        await limiter.hit("email.change.to", email_hash(form.email).hex(), amount=3, seconds=_HOUR)
        async with even_time(), db.transaction(visitor.actor) as tx:
            await accounts.ask_email_change(tx, visitor.account.id, form.email)
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused)
        async with db.transaction(visitor.actor) as tx:
            waiting = await accounts.open_email_change(tx, visitor.account.id)
        answer = page(
            request,
            "account/email.html",
            status=status,
            account=visitor.account,
            form=form,
            errors=errors,
            waiting=waiting,
        )
        answer.headers.update(headers)
        return answer
    return redirect(request, url_for(request, "account.email"))


@post("/account/email/withdraw", name="account.email.withdraw", access=CUSTOMER)
async def withdraw(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """The address stays as it is after all."""
    assert visitor.account is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        await accounts.withdraw_email_change(tx, visitor.account.id)
    return redirect(request, url_for(request, "account.profile"))


@get("/account/email/confirm/{token:str}", name="account.email.confirm", access=PUBLIC)
async def show_confirm(
    request: AnyRequest, token: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The link in the new address's mail; only the button changes anything."""
    async with db.transaction(visitor.actor) as tx:
        change = await accounts.email_change_of(tx, token, "change_email")
    return page(request, "account/email_confirm.html", token=token, change=change, done=False)


@post("/account/email/confirm/{token:str}", name="account.email.confirm.post", access=PUBLIC)
async def confirm(
    request: AnyRequest, token: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.confirm_email_change(tx, token)
    return redirect(request, url_for(request, "account.email.confirmed"))


@get("/account/email/confirmed", name="account.email.confirmed", access=PUBLIC, sync_to_thread=False)
def show_confirmed(request: AnyRequest) -> Page:
    return page(request, "account/email_confirm.html", token="", change=None, done=True)


@get("/account/email/keep/{token:str}", name="account.email.keep", access=PUBLIC)
async def show_keep(
    request: AnyRequest, token: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The link in the old address's mail: says what the button does."""
    async with db.transaction(visitor.actor) as tx:
        change = await accounts.email_change_of(tx, token, "keep_email")
    return page(request, "account/email_keep.html", token=token, change=change, done=False)


@post("/account/email/keep/{token:str}", name="account.email.keep.post", access=PUBLIC)
async def keep(
    request: AnyRequest, token: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.stop_email_change(tx, token)
    return redirect(request, url_for(request, "account.email.kept"))


@get("/account/email/kept", name="account.email.kept", access=PUBLIC, sync_to_thread=False)
def show_kept(request: AnyRequest) -> Page:
    return page(request, "account/email_keep.html", token="", change=None, done=True)


ROUTES = [
    show,
    ask,
    withdraw,
    show_confirm,
    confirm,
    show_confirmed,
    show_keep,
    keep,
    show_kept,
]
