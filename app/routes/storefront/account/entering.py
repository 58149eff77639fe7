"""Logging in and out."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.storefront.account.proving import client_key, refusal
from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.devices import device_of
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.safe_paths import own_path
from app.web.visitors import Visitor, ended_cookie, session_cookie
from domains import accounts, cart, wishlists
from domains.accounts import Status
from domains.kit import Database, Invalid, TooMany
from domains.kit.i18n import gettext as _


class LogIn(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str
    next: str = ""


@get("/account/login", name="account.login", access=PUBLIC)
async def show_login(
    request: AnyRequest,
    visitor: NamedDependency[Visitor],
    next: FromQuery[str | None] = None,
    done: FromQuery[str | None] = None,
) -> Page:
    if visitor.entering is not None:
        return redirect(request, url_for(request, "staff.second_factor", next=own_path(next or "", "") or None))
    if visitor.account is not None:
        return redirect(request, own_path(next or "", _home(request, visitor.account.is_staff)))
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
    await limiter.hit("login.all", "all", amount=600, seconds=60)
    try:
        token, is_staff = await _opened(request, db, visitor, form)
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused, field="")
        answer = page(request, "account/login.html", status=status, form=form, errors=errors, notice="")
        answer.headers.update(headers)
        return answer
    to = own_path(form.next, _home(request, is_staff))
    answer = redirect(request, url_for(request, "staff.second_factor", next=to) if is_staff else to)
    answer.set_cookie(session_cookie(settings, token))
    return answer


def _home(request: AnyRequest, is_staff: bool) -> str:
    return "/staff" if is_staff else url_for(request, "account.show")


async def _opened(request: AnyRequest, db: Database, visitor: Visitor, form: LogIn) -> tuple[str, bool]:
    """The token of a new session, if the password is right: the one thing that tells anybody about an account.

    For who works here the second factor is still to come, and his cart stays that of a guest.
    """
    async with db.transaction(visitor.actor) as tx:
        try_id = await accounts.begin_try(tx, email=form.email, client=client_key(request))
        found = await accounts.credentials(tx, form.email)
    right = await accounts.verify_password(found.password_hash if found else accounts.NOBODY, form.password)
    if found is None or not right:
        async with db.transaction(visitor.actor) as tx:
            await accounts.try_failed(tx, try_id)
        raise accounts.LogInFailed
    fresh = await accounts.hash_password(form.password) if accounts.needs_rehash(found.password_hash) else None
    async with db.transaction(visitor.actor) as tx:
        await accounts.try_passed(tx, try_id)
    if not found.may_log_in:
        raise accounts.AccountSuspended if found.status is Status.SUSPENDED else accounts.AccountClosed
    async with db.transaction(visitor.actor) as tx:
        token = await accounts.open_session(
            tx,
            found.account_id,
            replacing=visitor.session_token,
            device=device_of(request.headers.get("user-agent", "")),
        )
        if fresh is not None:
            await accounts.replace_password_hash(tx, found.account_id, fresh)
        is_staff = (await accounts.account(tx, found.account_id)).is_staff
        if not is_staff:
            await cart.adopt(tx, token=visitor.cart_token, account_id=found.account_id)
            await wishlists.adopt(tx, token=visitor.wishlist_token, account_id=found.account_id)
    return token, is_staff


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
    return forget_member(redirect(request, "/"), visitor, settings)


def forget_member(answer: Page, visitor: Visitor, settings: Settings) -> Page:
    """Take away what this browser knows of the member: his cart stays his, the next one here starts his own."""
    answer.set_cookie(ended_cookie(settings, "session"))
    answer.set_cookie(ended_cookie(settings, "acting"))
    if visitor.account is not None:
        answer.set_cookie(ended_cookie(settings, "cart"))
        answer.set_cookie(ended_cookie(settings, "checkout"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


ROUTES = [show_login, log_in, log_out]
