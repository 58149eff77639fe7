"""Log in, register, prove the address, set a password, and the account's home."""

from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.runtime.settings import Settings
from app.web.access import CUSTOMER, PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.safe_paths import own_path
from app.web.visitors import Visitor, ended_cookie, session_cookie
from domains import accounts, cart, orders, wishlists
from domains.kit import Database, Invalid
from domains.kit.crypto import email_hash
from domains.kit.i18n import gettext as _

_TRIES, _WINDOW = 5, 15 * 60  # SEC-09: per account and per address
_TRIES_OF_A_HOUSE = 40  # one office behind one address

AnyRequest = Request[Any, Any, Any]


class LogIn(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str
    next: str = ""


class Register(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str
    name: str = ""


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    token: str
    password: str


class Link(msgspec.Struct, forbid_unknown_fields=True):
    token: str


@get("/account/login", name="account.login", access=PUBLIC)
async def show_login(
    request: AnyRequest,
    visitor: NamedDependency[Visitor],
    next: FromQuery[str | None] = None,
    done: FromQuery[str | None] = None,
) -> Page:
    if visitor.account is not None:
        return redirect(request, own_path(next or "", url_for(request, "account.show")))
    notice = _("Your password is set. Log in with it.") if done == "password" else ""
    return page(request, "account/login.html", form=LogIn("", "", next or ""), errors={}, notice=notice)


@post("/account/login", name="account.login.post", access=PUBLIC)
async def log_in(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, LogIn)
    await _limit(limiter, request, form.email)
    async with db.transaction(visitor.actor) as tx:
        found = await accounts.credentials(tx, form.email)
    right = await accounts.verify_password(found.password_hash if found else accounts.NOBODY, form.password)
    if found is None or not right or not found.may_log_in:
        wrong = accounts.LogInFailed()
        return page(request, "account/login.html", status=422, form=form, errors=wrong.fields, notice="")
    fresh = await accounts.hash_password(form.password) if accounts.needs_rehash(found.password_hash) else None
    async with db.transaction(visitor.actor) as tx:
        token = await accounts.open_session(tx, found.account_id, replacing=visitor.session_token)
        if fresh is not None:
            await accounts.replace_password_hash(tx, found.account_id, fresh)
        await cart.adopt(tx, token=visitor.cart_token, account_id=found.account_id)
        await wishlists.adopt(tx, token=visitor.wishlist_token, account_id=found.account_id)
    await limiter.forgive("login.account", _account_key(form.email), amount=_TRIES, seconds=_WINDOW)
    answer = redirect(request, own_path(form.next, url_for(request, "account.show")))
    answer.set_cookie(session_cookie(settings, token))
    return answer


@post("/account/logout", name="account.logout", access=PUBLIC)
async def log_out(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    if visitor.session_token:
        async with db.transaction(visitor.actor) as tx:
            await accounts.end_session(tx, visitor.session_token)
    answer = redirect(request, "/")
    answer.set_cookie(ended_cookie(settings, "session"))
    if visitor.account is not None:  # the member's cart stays his; the next one at this computer starts his own
        answer.set_cookie(ended_cookie(settings, "cart"))
        answer.set_cookie(ended_cookie(settings, "checkout"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


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
        accounts.check_password(form.password, known=[request.app.state.shell().name])
    except Invalid as refused:
        return page(request, "account/set_password.html", status=422, token=form.token, errors=refused.fields)
    password_hash = await accounts.hash_password(form.password)
    async with db.transaction(visitor.actor) as tx:
        await accounts.set_password(tx, form.token, password_hash)
    return redirect(request, url_for(request, "account.login", done="password"))


@get("/account", name="account.show", access=CUSTOMER)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    sent: FromQuery[str | None] = None,
) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        history = await orders.history(tx, visitor.account.id)
        addresses = await accounts.addresses(tx, visitor.account.id)
    return page(
        request, "account/show.html", account=visitor.account, orders=history, addresses=addresses, sent=sent == "1"
    )


async def _limit(limiter: Limiter, request: AnyRequest, email: str) -> None:
    """Before any password is hashed: for all together, for the client's address, for the account."""
    await limiter.hit("login.all", "all", amount=600, seconds=60)
    await limiter.hit("login.address", client_address(request.scope), amount=_TRIES_OF_A_HOUSE, seconds=_WINDOW)
    await limiter.hit("login.account", _account_key(email), amount=_TRIES, seconds=_WINDOW)


def _account_key(email: str) -> str:
    return email_hash(email[:255]).hex()


ROUTES = [
    show_login,
    log_in,
    log_out,
    show_register,
    register,
    show_registered,
    show_verify,
    verify,
    show_verified,
    ask_verification,
    show_set_password,
    set_password,
    show,
]
