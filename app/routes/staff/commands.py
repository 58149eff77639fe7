"""The command bar: one box over orders, customers, products, SKUs, pages and actions; and the keys."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.web.access import may, staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.commands import places_for
from app.web.staff.desk import address_of, say
from app.web.visitors import Visitor
from domains import accounts, desk
from domains.kit import Database
from domains.kit.i18n import gettext as _

_SEEN_BY = {"orders": "orders.see", "customers": "customers.see", "products": "catalogue.see"}


class Keys(msgspec.Struct, forbid_unknown_fields=True):
    single_keys: str = "on"


@get("/staff/search", name="staff.search", access=staff("desk.see"))
async def search(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    q: FromQuery[str | None] = None,
) -> Page:
    role, typed = visitor.actor.role, (q or "").replace("\x00", "").strip()[:200]
    async with db.transaction(visitor.actor) as tx:
        found = await desk.find(tx, typed, [kind for kind, need in _SEEN_BY.items() if may(role, need)])
    return page(
        request,
        "staff/search.html",
        fragment="found",
        typed=typed,
        found=found,
        places=places_for(role, typed, lambda name: address_of(request, name)),
    )


@get("/staff/shortcuts", name="staff.shortcuts", access=staff("desk.see"))
async def shortcuts(request: AnyRequest) -> Page:
    return page(request, "staff/shortcuts.html")


@post("/staff/shortcuts", name="staff.shortcuts.switch", access=staff("desk.see"))
async def switch(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, Keys)
    assert visitor.account_id is not None  # the guard has seen to it
    is_on = form.single_keys == "on"
    async with db.transaction(visitor.actor) as tx:
        await accounts.prefer(tx, visitor.account_id, "single_keys", is_on)
    answer = redirect(request, url_for(request, "staff.shortcuts"))
    say(request, answer, _("Single keys are shortcuts again.") if is_on else _("Single keys are switched off."))
    return answer


ROUTES = [search, shortcuts, switch]
