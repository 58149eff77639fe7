"""Who the customer is, and where he is logged in."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.web.access import CUSTOMER
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import accounts, store
from domains.kit import Database, Invalid, Transaction
from domains.kit.i18n import gettext as _

_DONE = {
    "profile": _("Your details are saved."),
    "password": _("Your password is changed, and you are logged out everywhere else."),
    "sessions": _("You are logged out everywhere else."),
}


class Profile(msgspec.Struct, forbid_unknown_fields=True):
    first_name: str
    last_name: str
    phone: str = ""


@get("/account/profile", name="account.profile", access=CUSTOMER)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    done: FromQuery[str | None] = None,
) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    account = visitor.account
    async with db.transaction(visitor.actor) as tx:
        around = await _around(tx, visitor)
    form = Profile(account.first_name, account.last_name, account.phone or "")
    return page(request, "account/profile.html", form=form, errors={}, notice=_DONE.get(done or "", ""), **around)


@post("/account/profile", name="account.profile.change", access=CUSTOMER)
async def change(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    form = await read_form(request, Profile)
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.change_profile(
                tx,
                visitor.account.id,
                first_name=form.first_name,
                last_name=form.last_name,
                phone=form.phone,
                country=(await store.shop(tx)).country,
            )
    except Invalid as refused:
        async with db.transaction(visitor.actor) as tx:
            around = await _around(tx, visitor)
        return page(request, "account/profile.html", status=422, form=form, errors=refused.fields, notice="", **around)
    return redirect(request, url_for(request, "account.profile", done="profile"))


@post("/account/sessions/end", name="account.sessions.end", access=CUSTOMER)
async def end_sessions(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """Log out everywhere else."""
    assert visitor.account is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        await accounts.end_sessions(tx, visitor.account.id, but=visitor.session_token)
    return redirect(request, url_for(request, "account.profile", done="sessions"))


async def _around(tx: Transaction, visitor: Visitor) -> dict[str, Any]:
    """What stands on the page beside the form."""
    assert visitor.account is not None  # the guard has seen to it
    return {
        "account": visitor.account,
        "sessions": await accounts.sessions(tx, visitor.account.id, token=visitor.session_token),
        "email_change": await accounts.open_email_change(tx, visitor.account.id),
    }


ROUTES = [show, change, end_sessions]
