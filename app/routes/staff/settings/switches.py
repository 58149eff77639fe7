"""Parts of the shop switched off and on again; the next request of every process knows."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import store
from domains.kit import Database
from domains.kit.i18n import gettext as _

HINTS = {
    store.Switch.SHOP: _(
        "Off is maintenance: shoppers see that it is closed for a moment, staff go on seeing the shop."
    ),
    store.Switch.CHECKOUT: _("Off pauses buying: carts are kept, payments that are under way are finished."),
    store.Switch.REGISTRATION: _("Off: nobody can make an account; log-in and orders without one go on."),
    store.Switch.REVIEWS: _("Off: nobody can write or change a review; those that are there stay."),
    store.Switch.CONTACT: _("Off: the form takes nothing; the page with your address stays."),
}


class Turned(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    is_on: bool = False


@get("/staff/settings/switches", name="staff.settings.switches", access=staff("settings.do"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        off = await store.switched_off(tx)
    switches = [(switch, store.LABELS[switch], HINTS[switch], switch not in off) for switch in store.Switch]
    return page(request, "staff/settings/switches.html", switches=switches)


@post("/staff/settings/switches", name="staff.settings.switches.turn", access=staff("settings.do"))
async def turn(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, Turned)
    async with db.transaction(visitor.actor) as tx:
        await store.turn(tx, form.name, is_on=form.is_on)
    answer = redirect(request, url_for(request, "staff.settings.switches"))
    said = _("{what}: on again.") if form.is_on else _("{what}: off, from the next request on.")
    say(
        request, answer, said.format(what=store.LABELS[store.Switch(form.name)]), "success" if form.is_on else "warning"
    )
    return answer


ROUTES = [show, turn]
