"""Making an account, and proving its mail address."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.web.access import CUSTOMER, PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import accounts
from domains.kit import Database, Invalid


class Register(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str
    name: str = ""


class Link(msgspec.Struct, forbid_unknown_fields=True):
    token: str


@get("/account/register", name="account.register", access=PUBLIC)
async def show_register(request: AnyRequest, visitor: NamedDependency[Visitor]) -> Page:
    if visitor.account is not None:
        return redirect(request, url_for(request, "account.show"))
    return page(request, "account/register.html", form=Register("", ""), errors={})


@post("/account/register", name="account.register.post", access=PUBLIC)
async def register(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Register)
    await limiter.hit("register", client_address(request.scope), amount=20, seconds=3600)
    first_name, _space, last_name = form.name.strip().partition(" ")
    try:
        accounts.check_email(form.email)
        shop_name: str = request.app.state.shell().name
        accounts.check_password(form.password, known=[form.email, form.name, shop_name])
        password_hash = await accounts.hash_password(form.password)
        async with db.transaction(visitor.actor) as tx:
            await accounts.register(
                tx, email=form.email, password_hash=password_hash, first_name=first_name, last_name=last_name
            )
    except Invalid as refused:
        return page(request, "account/register.html", status=422, form=form, errors=refused.fields)
    # The same for a new address and for one that has an account: only the mail differs.
    return page(request, "account/registered.html", at="account.registered", email=form.email)


@get("/account/registered", name="account.registered", access=PUBLIC, sync_to_thread=False)
def show_registered(request: AnyRequest) -> Page:
    return page(request, "account/registered.html", email="")


@get("/account/verify", name="account.verify", access=PUBLIC)
async def show_verify(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    token: FromQuery[str | None] = None,
) -> Page:
    """The mailed link leads here; only the button changes anything, because mail scanners follow links."""
    async with db.transaction(visitor.actor) as tx:
        if not await accounts.link_is_live(tx, token or "", "verify_email"):
            raise accounts.LinkDead
    return page(request, "account/verify.html", token=token, done=False)


@post("/account/verify", name="account.verify.post", access=PUBLIC)
async def verify(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, Link)
    async with db.transaction(visitor.actor) as tx:
        await accounts.verify_email(tx, form.token)
    return page(request, "account/verify.html", at="account.verified", token="", done=True)


@get("/account/verified", name="account.verified", access=PUBLIC, sync_to_thread=False)
def show_verified(request: AnyRequest) -> Page:
    return page(request, "account/verify.html", token="", done=True)


@post("/account/verification", name="account.verification", access=CUSTOMER)
async def ask_verification(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    """Have the verification mail sent once more."""
    assert visitor.account_id is not None  # the guard has seen to it
    await limiter.hit("verification", str(visitor.account_id), amount=3, seconds=3600)
    async with db.transaction(visitor.actor) as tx:
        await accounts.ask_verification(tx, visitor.account_id)
    return redirect(request, url_for(request, "account.show", sent="1"))


ROUTES = [show_register, register, show_registered, show_verify, verify, show_verified, ask_verification]
