"""The files of an order: how often each was fetched, and a fresh link where one has run out."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import downloads, orders
from domains.downloads import GrantNotFound
from domains.kit import Database
from domains.kit.i18n import gettext as _


class Renewal(msgspec.Struct, forbid_unknown_fields=True):
    variant: str


@get("/staff/orders/{number:str}/downloads", name="staff.orders.downloads", access=staff("orders.see"))
async def show(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        granted = {one.variant_id: one for one in await downloads.of_order(tx, order.id)}
    return page(
        request,
        "staff/orders/downloads.html",
        order=order,
        lines=[(line, granted.get(line.variant_id)) for line in order.lines if line.is_digital],
    )


@post("/staff/orders/{number:str}/downloads", name="staff.orders.downloads.renew", access=staff("orders.serve"))
async def renew(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The old grant ends, and a mail with a new link goes out."""
    form = await read_form(request, Renewal)
    try:
        variant_id = UUID(form.variant)
    except ValueError as error:
        raise GrantNotFound from error
    async with db.transaction(visitor.actor) as tx:
        await downloads.renew(tx, await orders.id_of(tx, number), variant_id)
    answer = redirect(request, url_for(request, "staff.orders.downloads", number=number))
    say(request, answer, _("A mail with a new link is on its way."))
    return answer


ROUTES = [show, renew]
